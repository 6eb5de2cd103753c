"""A person's judgement, made, shown with who and when, and undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from starlette.testclient import TestClient

from reportedly.ledger import Ledger, Outcome


def say(client: TestClient, csrf: str, **form: Any) -> Any:
    return client.post("/correct", data={"csrf": csrf, "by": "Ines", **form})


def test_a_wrong_speaker_is_put_right_and_undone(client: TestClient, csrf: str, ledger: Ledger) -> None:
    row = next(s for s in ledger.statements() if len(s.chain) > 1)
    answer = say(
        client, csrf, kind="wrong-speaker", about=row.id[:16], name="Nikos Christou", why="the byline", back="/table"
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/table")
    assert ledger.chain(row.id).chain[-1].name == "Nikos Christou"
    page = client.get(f"/statement/{row.id[:16]}")
    assert "the speaker is Nikos Christou" in page.text
    (judged,) = client.get(f"/statement/{row.id[:16]}.json").json()["judgements"]
    assert (judged["by"], judged["why"], judged["standing"]) == ("Ines", "the byline", True)
    assert "Nikos Christou" in client.get(f"/article/{row.article[:16]}").text
    client.post("/undo", data={"csrf": csrf, "id": judged["id"], "by": "Bo"})
    assert ledger.chain(row.id) == row
    assert "undone by Bo" in client.get(f"/statement/{row.id[:16]}").text
    assert "undone by Bo" in client.get("/judgements").text


def test_words_are_found_where_the_article_prints_them(client: TestClient, csrf: str, ledger: Ledger) -> None:
    row = next(t for t in ledger.terms() if len(t.words.split()) > 4 and "…" not in t.words)
    fewer = " ".join(row.words.split()[1:])
    say(client, csrf, kind="wrong-span", sort="term", about=row.id, words=fewer)
    (changed,) = [t for t in ledger.terms() if t.id == row.id]
    assert changed.words == fewer
    answer = say(client, csrf, kind="wrong-span", sort="term", about=row.id, words="words that nobody printed")
    assert answer.status_code == 400
    assert "article does not print" in answer.text


def test_what_is_no_statement_goes_and_comes_back(client: TestClient, csrf: str, ledger: Ledger) -> None:
    row = ledger.statements()[0]
    number = len(ledger.statements())
    say(client, csrf, kind="not-a-statement", about=row.id)
    assert len(ledger.statements()) == number - 1
    page = client.get(f"/article/{row.article[:16]}.json").json()
    assert page["removed"][0]["by"] == "Ines"
    assert "Taken out by a person" in client.get(f"/article/{row.article[:16]}").text
    client.post("/undo", data={"csrf": csrf, "id": page["removed"][0]["id"], "by": "Ines"})
    assert len(ledger.statements()) == number


def test_parties_and_points_of_a_term(client: TestClient, csrf: str, ledger: Ledger) -> None:
    row = next(t for t in ledger.terms() if t.points)
    say(client, csrf, kind="term-party", about=row.id, gives="Albion Rail; HM Treasury", gets="")
    say(client, csrf, kind="point-number", about=row.id, points="2")
    (changed,) = [t for t in ledger.terms() if t.id == row.id]
    assert (changed.gives, changed.gets, changed.points) == (("Albion Rail", "HM Treasury"), (), (2,))
    assert say(client, csrf, kind="point-number", about=row.id, points="two").status_code == 400


def test_claims_are_put_together_and_parted(client: TestClient, csrf: str, ledger: Ledger) -> None:
    claim = client.get("/claims.json").json()["rows"][0]
    members = client.get(f"/claim/{claim['id']}.json").json()["members"]
    one, other = members[0]["statement"]["id"], members[-1]["statement"]["id"]
    say(client, csrf, kind="different", about=one, other=f"http://127.0.0.1:8765/statement/{other}")
    claims = [client.get(f"/statement/{id}.json").json()["claim"] for id in (one, other)]
    assert claims[0] != claims[1]
    assert say(client, csrf, kind="same", about=one, other="no id").status_code == 400


def test_grades_and_likelihoods_are_a_persons_own(client: TestClient, csrf: str, ledger: Ledger) -> None:
    row = next(s for s in ledger.statements() if len(s.chain) > 1)
    say(client, csrf, kind="grade", about=row.id, source=row.chain[-1].name, reliability="B", credibility="2")
    say(client, csrf, kind="likelihood", about=row.id, likelihood="very likely")
    words = {j["kind"]: j["words"] for j in client.get(f"/statement/{row.id}.json").json()["judgements"]}
    assert words["Grade"] == "B 2"
    assert words["Likelihood"] == "very likely"
    assert ledger.chain(row.id).certainty_source == row.certainty_source
    assert say(client, csrf, kind="grade", about=row.id, reliability="Z").status_code == 400


@pytest.mark.parametrize(
    "form",
    [
        {"kind": "nonsense", "about": "x"},
        {"kind": "wrong-speaker", "about": "ffffffff", "name": "A"},
        {"kind": "wrong-speaker", "about": "", "name": "A"},
        {"kind": "not-a-statement", "by": ""},
        {"kind": "wrong-span", "sort": "article", "about": "x", "words": "a"},
        {"kind": "grade", "about": "x", "by": "y" * 200},
    ],
)
def test_what_cannot_be_is_refused_and_not_kept(
    client: TestClient, csrf: str, ledger: Ledger, form: dict[str, str]
) -> None:
    answer = say(client, csrf, **form)
    assert answer.status_code in (400, 404)
    assert not ledger.judgements()


def test_a_form_comes_alone_where_a_script_asks_for_it(client: TestClient, ledger: Ledger) -> None:
    row = ledger.statements()[0]
    back = f"/article/{row.article[:16]}#st0"
    part = client.get(f"/statement/{row.id[:16]}", params={"back": back}, headers={"hx-request": "true"}).text
    assert "<html" not in part
    assert f'name="back" value="{back}"' in part
    away = client.get(f"/statement/{row.id[:16]}", params={"back": "//evil"}, headers={"hx-request": "true"}).text
    assert "evil" not in away


def a_claim_of_several(client: TestClient) -> tuple[str, list[str]]:
    claim = client.get("/claims.json").json()["rows"][0]["id"]
    members = client.get(f"/claim/{claim}.json").json()["members"]
    return claim, [member["statement"]["id"] for member in members]


def test_a_likelihood_is_the_claims_own_and_goes_with_most_of_its_statements(
    client: TestClient, csrf: str, ledger: Ledger
) -> None:
    claim, ids = a_claim_of_several(client)
    assert len(ids) > 2
    say(client, csrf, kind="likelihood", about=" ".join(ids), likelihood="unlikely")
    say(client, csrf, kind="likelihood", about=" ".join(ids), likelihood="very likely")
    page = client.get(f"/claim/{claim}.json").json()
    assert [(one["judgement"]["standing"], one["here"], one["of"]) for one in page["likelihoods"]] == [
        (False, len(ids), len(ids)),
        (True, len(ids), len(ids)),
    ]
    assert page["line"]["likelihood"] == "very likely"
    assert "held to be very likely" in client.get("/claims").text
    assert ledger.likelihoods() == {}
    # One statement is told apart: the claim of the others keeps what was said of it, and says of how many.
    for other in ids[1:]:
        say(client, csrf, kind="different", about=ids[0], other=other)
    homes = Counter(client.get(f"/statement/{id}.json").json()["claim"] for id in ids)
    (most, here), *others = homes.most_common()
    assert 1 < here < len(ids)
    rest = client.get(f"/claim/{most}.json").json()
    assert rest["line"]["likelihood"] == "very likely"
    assert [one["here"] for one in rest["likelihoods"]] == [here] * 2
    assert f"Said of {len(ids)} statements, of which {here} are in this claim now" in client.get(f"/claim/{most}").text
    assert all(client.get(f"/claim/{other}.json").json()["line"]["likelihood"] is None for other, _ in others)
    # Taken back, the word before it counts again.
    client.post("/undo", data={"csrf": csrf, "id": page["likelihoods"][1]["judgement"]["id"], "by": "Ines"})
    assert client.get(f"/claim/{most}.json").json()["line"]["likelihood"] == "unlikely"


def test_a_corrected_speaker_is_compared_anew(client: TestClient, csrf: str, ledger: Ledger) -> None:
    _, ids = a_claim_of_several(client)
    for id in ids:
        say(client, csrf, kind="wrong-speaker", about=id, name="Wilhelmina Zand")
    homes = {client.get(f"/statement/{id}.json").json()["claim"] for id in ids}
    origins = {name for home in homes for name in client.get(f"/claim/{home}.json").json()["line"]["origin_names"]}
    assert any("Wilhelmina Zand" in name for name in origins)
    page = client.get(f"/statement/{ids[0]}").text
    assert "Act and certainty stay, for they are of the wording" in page


def test_two_tabs_are_both_heard(client: TestClient, csrf: str, ledger: Ledger) -> None:
    row = next(s for s in ledger.statements() if len(s.chain) > 1)
    for name in ("Nikos Christou", "Ada Lind"):
        assert say(client, csrf, kind="wrong-speaker", about=row.id, name=name).status_code == 303
    assert ledger.chain(row.id).chain[-1].name == "Ada Lind"
    judged = client.get(f"/statement/{row.id[:16]}.json").json()["judgements"]
    assert [one["state"] for one in judged] == ["overruled by a later one", "stands"]
    # The other tab still shows the form for what is no statement any more.
    say(client, csrf, kind="not-a-statement", about=row.id)
    late = say(client, csrf, kind="wrong-speaker", about=row.id, name="Bo Berg")
    assert late.status_code == 400
    assert "is not a statement; undo" in late.text
    undo = {"csrf": csrf, "id": judged[1]["id"], "by": "Bo"}
    assert client.post("/undo", data=undo).status_code == 303
    again = client.post("/undo", data=undo)
    assert again.status_code == 400
    assert "was undone by Bo" in again.text


def test_an_undoing_after_a_newer_reading_brings_back_what_that_has(
    client: TestClient, csrf: str, ledger: Ledger
) -> None:
    row = next(s for s in ledger.statements() if len(s.chain) > 1)
    say(client, csrf, kind="wrong-speaker", about=row.id, name="Nikos Christou")
    reading = ledger.reading(row.article, corrected=False)
    anew = tuple(replace(s, confidence=0.5) if s.id == row.local else s for s in reading.statements)
    assert ledger.add(replace(reading, statements=anew, reader="newer")).outcome is Outcome.REREAD
    page = client.get(f"/statement/{row.id[:16]}.json").json()
    assert page["chain"][-1]["name"] == "Nikos Christou"
    client.post("/undo", data={"csrf": csrf, "id": page["judgements"][0]["id"], "by": "Ines"})
    page = client.get(f"/statement/{row.id[:16]}.json").json()
    assert page["chain"][-1]["name"] == row.chain[-1].name
    assert ["Confidence", "50%"] in page["facts"]


OWN = {"origin": "http://127.0.0.1:8765"}


def test_a_form_from_before_a_restart_comes_back_as_it_was(
    client: TestClient, make_client: Callable[..., TestClient], csrf: str, ledger: Ledger
) -> None:
    row = next(s for s in ledger.statements() if len(s.chain) > 1)
    form = {"kind": "wrong-speaker", "about": row.id[:16], "sort": "statement", "back": "/table", "by": "Ines"}
    typed = {**form, "name": 'Nikos "N" Christou', "source_kind": "person", "why": "<b>the byline</b>"}
    again = make_client(ledger)
    again.cookies = client.cookies
    page = again.post("/correct", data={**typed, "csrf": csrf}, headers=OWN)
    assert page.status_code == 403
    assert "was started anew since this form was opened" in page.text
    assert "<b>the byline" not in page.text
    assert not ledger.judgements()
    given = FilledIn(page.text)
    assert {name: given.fields[name] for name in typed} == typed
    assert again.post("/correct", data=given.fields, headers=OWN).headers["location"] == "/table"
    assert ledger.chain(row.id).chain[-1].name == 'Nikos "N" Christou'


def test_a_form_with_a_fault_comes_back_with_the_reason(client: TestClient, csrf: str, ledger: Ledger) -> None:
    row = next(t for t in ledger.terms() if t.words)
    form = {"kind": "wrong-span", "sort": "term", "about": row.id[:16], "words": "nobody\nprinted this", "by": "Ines"}
    page = client.post("/correct", data={"csrf": csrf, **form}, headers=OWN)
    assert page.status_code == 400
    assert "article does not print" in page.text
    given = FilledIn(page.text)
    assert {name: given.fields[name] for name in form} == form
    assert f'href="/term/{row.id[:16]}"' in page.text
    assert client.post("/correct", data={**given.fields, "words": row.words}, headers=OWN).status_code == 303


def test_a_pasted_text_comes_back(client: TestClient, csrf: str) -> None:
    typed = {
        "text": "\nHe said \u202eno\u202c.\n",
        "outlet": "The Courier",
        "published": "no day",
        "title": "",
        "story": "x",
    }
    page = client.post("/add", data={"csrf": csrf, **typed}, files={"x": ("", b"")}, headers=OWN)
    assert page.status_code == 400
    given = FilledIn(page.text)
    assert {name: given.fields[name] for name in typed} == typed
    files = [("files", ("a.exe", b"MZ", "application/octet-stream"))]
    page = client.post("/add", data={"csrf": "0" * 64, "outlet": "The Courier"}, files=files, headers=OWN)
    assert "Files have to be chosen again" in page.text
    assert FilledIn(page.text).fields["outlet"] == "The Courier"


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "none"}])
def test_no_form_is_given_back_that_may_come_from_elsewhere(client: TestClient, headers: dict[str, str]) -> None:
    form = {"kind": "wrong-speaker", "about": "a" * 16, "name": "Eve", "by": "Eve"}
    page = client.post("/correct", data={"csrf": "0" * 64, **form}, headers=headers)
    assert page.status_code == 403
    assert 'Eve"' not in page.text


class FilledIn(HTMLParser):
    """The fields of a page's last form that posts, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._area: str | None = None
        self._select, self._posts = "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._posts = of.get("method") == "post"
            self.fields = {} if self._posts else self.fields
        elif not self._posts:
            return
        elif tag == "input" and "name" in of:
            self.fields[of["name"]] = of.get("value", "")
        elif tag == "textarea":
            self._area, self.fields[of["name"]] = of["name"], ""
        elif tag == "select":
            self._select = of["name"]
        elif tag == "option" and "selected" in of:
            self.fields[self._select] = of["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.fields[self._area] = self.fields[self._area].removeprefix("\n")
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data

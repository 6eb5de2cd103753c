"""Every page and its JSON twin, over a story in four articles and an article that is hostile."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from reportedly.ledger import Ledger, open_ledger
from reportedly.records import Block, BlockKind, Document, Reading, Source, SourceKind, Span, Statement, from_json
from reportedly.views.exports import ExportFormat

PAGES = (
    *("/table", "/table?across=versions", "/table?plan=five-point+offer", "/table?plan=-", "/table?topic=ceasefire"),
    *("/table?party=Albion+Rail&certainty=CT%2B", "/articles", "/articles?outlet=Daily+Beacon", "/claims"),
    *("/claims?q=strike", "/parties", "/party?party=Albion+Rail", "/party?party=Nobody", "/timeline", "/map"),
    *("/changes", "/changes?since=2025-02-05", "/sources", "/search", "/search?q=pay", "/search?kind=statements"),
    *("/search?kind=terms&topic=pay_and_work", "/search?kind=positions", "/search?kind=meetings", "/judgements"),
    *("/brief", "/add", "/search?kind=statements&named=no", "/search?act=deny&certainty=CT-&since=2025&until=2025-12"),
)


def twin_of(address: str) -> str:
    path, mark, query = address.partition("?")
    return f"{path}.json{mark}{query}"


@pytest.mark.parametrize("address", PAGES)
def test_a_page_and_its_twin_answer(client: TestClient, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 200, page.text
    assert "</html>" in page.text
    twin = client.get(twin_of(address))
    assert twin.status_code == 200
    assert twin.json()["page"]


def test_every_kind_of_record_has_a_page(client: TestClient, ledger: Ledger) -> None:
    rows = {
        "statement": ledger.statements()[0],
        "term": ledger.terms()[0],
        "position": ledger.positions()[0],
        "encounter": ledger.encounters()[0],
    }
    for sort, row in rows.items():
        page = client.get(f"/{sort}/{row.id[:16]}")
        assert page.status_code == 200
        assert client.get(f"/{sort}/{row.id[:16]}.json").json()["quote"]["words"] == row.words


def test_the_first_page_counts_what_there_is(client: TestClient, ledger: Ledger) -> None:
    totals = client.get("/start.json").json()["totals"]
    assert totals["articles"] == ledger.count()
    assert totals["statements"] == len(ledger.statements())
    assert totals["terms"] == len(ledger.terms())
    assert "railstrike" in client.get("/").text


def test_an_empty_ledger_says_how_to_add(make_client: Callable[..., TestClient], empty: Ledger) -> None:
    client = make_client(empty)
    page = client.get("/")
    assert "This ledger is empty" in page.text
    assert 'href="/add"' in page.text
    for address in PAGES:
        assert client.get(address).status_code == 200


def test_an_article_is_shown_to_the_last_character(client: TestClient, ledger: Ledger) -> None:
    for id, reading in ledger.readings():
        page = client.get(f"/article/{id[:16]}.json").json()
        shown = "".join(
            sentence["space"] + "".join(tag["text"] for tag in sentence["tags"])
            for passage in page["passages"]
            for sentence in passage["sentences"]
        )
        assert "".join(shown.split()) == "".join(reading.document.text.split())


def test_everything_read_has_a_card_in_the_margin(client: TestClient, ledger: Ledger) -> None:
    for id, reading in ledger.readings():
        page = client.get(f"/article/{id[:16]}.json").json()
        cards = {card["local"] for passage in page["passages"] for card in passage["cards"]}
        every = (*reading.statements, *reading.terms, *reading.positions, *reading.encounters)
        assert cards == {item.id for item in every}


def test_a_place_is_shown_where_it_is(client: TestClient, ledger: Ledger) -> None:
    row = ledger.terms()[0]
    page = client.get(f"/article/{row.article[:16]}.json?at={row.spans[0].start}").json()
    (here,) = [s for p in page["passages"] for s in p["sentences"] if s["here"]]
    text = "".join(tag["text"] for tag in here["tags"])
    assert row.words.split(" … ")[0].split()[0] in text


def test_gaps_and_absences_are_said(client: TestClient) -> None:
    page = client.get("/table?plan=harbour+draft").text
    assert "nothing found in 5 articles" in page
    assert "not in it" in page


def test_versions_stand_side_by_side(client: TestClient) -> None:
    grid = client.get("/table.json?plan=five-point+offer").json()["grids"][0]
    assert [v["outlet"] for v in grid["versions"]] == ["Morning Register", "Daily Beacon"]
    assert all(len(row["versions"]) == 2 for row in grid["rows"])


def test_filters_narrow_the_table(client: TestClient) -> None:
    every = client.get("/table.json").json()
    narrowed = client.get("/table.json?topic=alliance").json()
    assert every["plans"]
    assert not narrowed["plans"]
    party = client.get("/table.json?party=Albion+Rail").json()
    terms = [t for g in party["grids"] for r in g["rows"] for t in r["terms"]]
    assert terms
    assert all("Albion Rail" in (*t["gives"], *t["gets"]) for t in terms)


def test_a_count_opens_as_many_sentences(client: TestClient) -> None:
    sources = client.get("/sources.json").json()
    for named in ("yes", "no"):
        told: Counter[str] = Counter()
        for source in sources["named" if named == "yes" else "unnamed"]:
            told[source["name"].casefold()] += source["statements"]
        for name, number in told.items():
            asked = {"kind": "statements", "source": name, "named": named, "last": "yes"}
            assert client.get("/search.json", params=asked).json()["total"] == number > 0
    for outlet in sources["outlets"]:
        if outlet["outlet"] is None:
            continue
        asked = {"kind": "statements", "outlet": outlet["outlet"], "named": "no"}
        assert client.get("/search.json", params=asked).json()["total"] == outlet["unnamed"]


def test_the_rest_of_a_plan_and_meetings_without_a_place_can_be_listed(client: TestClient, ledger: Ledger) -> None:
    of_plan = client.get("/search.json", params={"kind": "terms", "plan": "harbour draft"}).json()
    assert 0 < of_plan["total"] == len(ledger.terms(plan="harbour draft")) < len(ledger.terms())
    nowhere = client.get("/search.json", params={"kind": "meetings", "place": "-"}).json()
    assert nowhere["total"] == client.get("/map.json").json()["nowhere"] < len(ledger.encounters())
    in_york = client.get("/search.json", params={"kind": "meetings", "place": "York"}).json()
    assert all(row["where"] == "York" for row in in_york["meetings"])
    assert in_york["total"] > 0


def test_what_a_party_gives_opens_on_all_its_sentences(client: TestClient) -> None:
    grids = client.get("/table.json").json()["grids"]
    cells = [(row, cell) for grid in grids for row in grid["rows"] for cell in row["cells"]]
    several = next(cell for _, cell in cells if len(cell["gives"]) > 1)
    page = client.get("/table").text
    opened = next(p for p in page.split('class="opened role-of"') if f"gives ×{len(several['gives'])}" in p[:200])
    panel = opened.partition("</details>")[0]
    assert panel.count("<blockquote>") == len(several["gives"])
    for grid in grids:
        assert len(grid["places"]) == min(grid["articles"], 6)


def test_names_without_an_end_and_names_from_right_to_left_stay_in_their_place(
    make_client: Callable[..., TestClient], empty: Ledger
) -> None:
    endless, arabic = "O" * 5000, "\u0627\u0644\u062c\u0632\u064a\u0631\u0629"
    for outlet in (endless, arabic):
        document = Document(text="He said yes.", name=outlet[:9], outlet=outlet, published="2026-03-01", title=outlet)
        source = Source(id="so0", name=outlet, kind=SourceKind.OUTLET)
        said = Statement(id="st0", piece=0, source=(), cue=(), content=(Span(8, 11),), chain=("so0",))
        empty.add(Reading(document=document, sources=(source,), statements=(said,)))
    client = make_client(empty)
    for address in ("/articles", "/", "/sources", "/search?kind=statements", "/timeline"):
        page = client.get(address).text
        assert "O" * 1000 not in re.sub(r'"[^"]*"', "", page), address
        assert f"<bdi>{arabic}</bdi>" in page, address
    links = re.findall(r'href="(/articles\?outlet=[^"]*)"', client.get("/sources").text)
    assert client.get(next(link for link in links if "OOO" in link)).text.count("<li ") == 1


def test_a_claim_names_its_origins_and_what_contradicts_it(client: TestClient) -> None:
    rows = client.get("/claims.json").json()["rows"]
    claim = client.get(f"/claim/{rows[0]['id']}.json").json()
    assert len(claim["members"]) == rows[0]["statements"] > 1
    assert claim["contradictions"]
    page = client.get(f"/claim/{rows[0]['id']}").text
    assert all(member["statement"]["id"] in page for member in claim["members"])


def test_towns_are_on_the_map(client: TestClient) -> None:
    page = client.get("/map.json").json()
    spots = {spot["name"]: spot for spot in page["spots"]}
    assert spots["York"]["known_as"] == "York, United Kingdom"
    assert spots["York"]["latitude"] == pytest.approx(53.96, abs=0.1)
    assert [name["name"] for name in page["unplaced"]] == ["Lenn"]
    assert "<path" in client.get("/map").text


def test_changes_tell_what_parties_and_plans_have_otherwise_and_of_one_story_where_asked(
    client: TestClient, ledger: Ledger
) -> None:
    across = client.get("/changes.json?since=2025-02-01").json()["across"]
    assert {"terms", "stances", "meetings", "contradictions", "drifts", "new_claims", "gained", "quiet"} < set(across)
    assert {row["kind"] for row in across["stances"]} <= {"hardened", "softened"}
    assert all(row["before"]["article_id"] != row["after"]["article_id"] for row in across["stances"])
    assert across["meetings"]
    assert across["new_claims"]
    page = client.get("/changes?since=2025-02-01").text
    assert all(f'id="{part}"' in page for part in ("plans", "stances", "met", "new-claims"))
    ids = {row.id for row in ledger.articles(story="railstrike")}
    of_story = client.get("/changes.json?since=2025-02-01&story=railstrike").json()["across"]
    places = [row[side] for row in of_story["contradictions"] for side in ("a", "b")]
    assert places
    assert {place["article_id"] for place in places} <= ids
    other = client.get("/changes.json?since=2025-02-01&story=no+such+story").json()["across"]
    assert not any(other.values())


def test_days_hold_articles_meetings_and_plans(client: TestClient) -> None:
    days = client.get("/timeline.json").json()["days"]
    assert [d["day"] for d in days] == sorted((d["day"] for d in days), reverse=True)
    assert any(d["articles"] and d["meetings"] and d["plans"] for d in days)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nowhere", 404),
        ("/article/ffffffffffff", 404),
        ("/article/..%2f..%2fetc%2fpasswd", 404),
        ("/statement/zzz", 404),
        ("/claim/none", 404),
        ("/table?topic=nonsense", 400),
        ("/table?since=yesterday", 400),
        ("/changes?since=2026-13", 400),
        ("/changes?since=2026-02-30", 400),
        ("/timeline?until=0000", 400),
        ("/table?page=0", 400),
        ("/table?page=99999999999", 400),
        ("/table?certainty=maybe", 400),
        ("/article/ffffffffffff?at=-1", 400),
        ("/search?q=" + "x" * 301, 400),
        ("/static/../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
        ("/static/..%2fapp.py", 404),
    ],
)
def test_what_is_not_there_is_said_in_the_desks_look(
    client: TestClient, ledger: Ledger, address: str, status: int
) -> None:
    page = client.get(address)
    assert page.status_code == status, page.text
    assert '<link rel="stylesheet" href="/static/desk.css' in page.text
    assert ledger.where not in page.text
    path, mark, query = address.partition("?")
    if not path.startswith("/static"):
        twin = client.get(f"{path}.json{mark}{query}")
        assert twin.status_code == status
        assert ledger.where not in twin.text
        json.loads(twin.text)


HOSTILE = (
    "<script>alert(1)</script> said <img src=x onerror=alert(2)> \u202etxet denrut\u202c would end.\n\n"
    + "x" * 50_000
    + "\n\n</p></main><!-- {{ 7*7 }} {% raw %} "
    + "&lt;b&gt; \N{ZERO WIDTH JOINER}\N{COMBINING GRAVE ACCENT}" * 20
)


def hostile(*, statements: int = 1) -> Reading:
    """An article whose every field attacks."""
    attack = "\"><script>alert(3)</script>'\u202e"
    text = HOSTILE + "\n\n" + "A said b. " * statements
    begin = len(HOSTILE) + 2
    spans = [Span(0, 25), *(Span(begin + 10 * n, begin + 10 * n + 9) for n in range(statements - 1))]
    source = Source(id="so0", name=attack, kind=SourceKind.OUTLET)
    said = tuple(
        Statement(id=f"st{n}", piece=0, source=(), cue=(), content=(span,), chain=("so0",))
        for n, span in enumerate(spans)
    )
    return Reading(
        document=Document(
            text=text,
            name=attack,
            outlet=attack,
            published="2025-01-01",
            url="javascript:alert(4)",
            title=attack,
            byline=(attack,),
            story=attack,
            blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),),
        ),
        sources=(source,),
        statements=said,
    )


def everything(client: TestClient, ledger: Ledger) -> list[tuple[str, Any]]:
    ids = [f"/article/{a.id[:16]}" for a in ledger.articles()]
    ids += [f"/statement/{s.id[:16]}" for s in ledger.statements(limit=2)]
    return [(address, client.get(address)) for address in ("/", *PAGES, *ids)]


def test_hostile_articles_are_only_words(make_client: Callable[..., TestClient], empty: Ledger) -> None:
    empty.add(hostile())
    for address, page in everything(make_client(empty), empty):
        assert page.status_code == 200, address
        text = page.text
        assert "<script>alert" not in text, address
        assert "<img src=x" not in text, address
        assert 'href="javascript:' not in text, address
        assert "\u202e" not in text, address
        assert "49" not in text.partition("<main")[2].partition("{{ 7*7 }}")[0][-5:]


def test_a_very_long_article_comes_in_parts(make_client: Callable[..., TestClient], empty: Ledger) -> None:
    empty.add(hostile(statements=1500))
    client = make_client(empty)
    id = empty.articles()[0].id[:16]
    first = client.get(f"/article/{id}.json").json()
    assert first["parts"] > 2
    shown = 0
    for part in range(1, first["parts"] + 1):
        page = client.get(f"/article/{id}.json?part={part}").json()
        cards = [card for passage in page["passages"] for card in passage["cards"]]
        assert len(cards) <= 1000
        shown += len(cards)
    assert shown == 1500
    assert len(client.get(f"/article/{id}").content) < 3_000_000


def test_ten_thousand_statements_come_in_parts(make_client: Callable[..., TestClient], empty: Ledger) -> None:
    empty.add(hostile(statements=10_000))
    client = make_client(empty)
    id = empty.articles()[0].id[:16]
    first = client.get(f"/article/{id}.json").json()
    assert dict(first["counts"])["statements"] == 10_000
    last = client.get(f"/article/{id}?part={first['parts']}")
    assert "st9998" in last.text
    assert len(last.content) < 3_000_000
    assert len(client.get("/search?kind=statements").content) < 3_000_000


def test_a_ledger_that_is_damaged_is_said(client: TestClient, ledger: Ledger) -> None:
    with sqlite3.connect(ledger.where) as damaged:
        damaged.execute("DROP TABLE encounter")
    page = client.get("/timeline")
    assert page.status_code == 503
    assert "The ledger does not answer" in page.text
    assert ledger.where not in page.text


def test_a_ledger_that_is_removed_is_said_and_comes_back(client: TestClient, ledger: Ledger) -> None:
    path = Path(ledger.where)
    path.rename(path.with_suffix(".away"))
    for address in ("/table", "/", "/articles.json", "/export/csv"):
        page = client.get(address)
        assert page.status_code == 503
        assert "removed or replaced while it was open" in page.text
        assert str(path.parent) not in page.text
    path.with_suffix(".away").rename(path)
    assert client.get("/table").status_code == 200


def test_what_another_program_adds_is_shown(client: TestClient, ledger: Ledger) -> None:
    client.get("/articles")
    with open_ledger(ledger.where) as other:
        other.add(hostile())
        row = other.statements()[0]
        other.correct("not-a-statement", row.id, by="Bo")
    assert client.get("/start.json").json()["totals"]["articles"] == ledger.count()
    assert client.get(f"/statement/{row.id[:16]}").status_code == 404
    assert "Bo" in client.get("/judgements").text


def test_a_page_reads_without_script(client: TestClient) -> None:
    """No style, handler or script stands in a page, so the policy that forbids them forbids nothing of ours."""
    for address in ("/", *PAGES):
        text = client.get(address).text
        assert " style=" not in text, address
        assert "<style" not in text, address
        assert " onclick=" not in text, address
        assert text.count("<script") == text.count('<script src="/static/'), address


def test_records_from_json_are_shown_as_they_are(make_client: Callable[..., TestClient], empty: Ledger) -> None:
    """A record from elsewhere may carry any id; it stays an attribute's words."""
    record = {
        "schema": "reportedly/record/1",
        "article": {
            "id": "x",
            "name": "x",
            "outlet": None,
            "published": None,
            "url": None,
            "title": None,
            "byline": [],
            "language": "en",
            "text": "He said yes.",
            "blocks": [],
            "pieces": [],
        },
        "sources": [],
        "statements": [
            {
                "id": '" onmouseover="alert(1)',
                "piece": 0,
                "source": [[0, 2]],
                "cue": [[3, 7]],
                "content": [[8, 11]],
                "addressee": [],
                "mode": "indirect",
                "act": "assert",
                "parent": None,
                "chain": [],
                "certainty": {"outlet": "U", "source": "CT+"},
                "hedges": [],
                "confidence": 1.0,
            }
        ],
        **{name: [] for name in ("plans", "terms", "positions", "encounters")},
    }
    empty.add(from_json(record))
    page = make_client(empty).get(f"/article/{empty.articles()[0].id}").text
    assert '" onmouseover="' not in page
    assert "onmouseover" in page


@pytest.mark.parametrize("name", ["brief.html", "brief.md", "brief.docx", *(f"export/{f.value}" for f in ExportFormat)])
def test_what_is_handed_over(client: TestClient, name: str) -> None:
    answer = client.get(f"/{name}?story=railstrike")
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    if name == "brief.html":
        assert "sandbox" in answer.headers["content-security-policy"]
        assert "script-src" not in answer.headers["content-security-policy"]
    else:
        assert answer.headers["content-disposition"].startswith("attachment")
    assert client.get(f"/{name}?since=never").status_code == 400

"""Asking: every row with its place, filters, names, ids, full text."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_readings import TEXT, a_reading, made_up, places
from sqlalchemy import event

from reportedly.errors import LedgerError
from reportedly.ledger import Ledger, open_ledger, short
from reportedly.ledger.edtf import days
from reportedly.ledger.search import escape
from reportedly.ledger.surroundings import Surroundings
from reportedly.records import Block, BlockKind, Document, Encounter, Reading, Span, Status, Topic
from reportedly.views.from_ledger import search_of


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The written-out reading twice, as two outlets print it, and a few made up."""
    with open_ledger(tmp_path_factory.mktemp("asked") / "talks.db") as opened:
        opened.add(a_reading())
        opened.add(a_reading(outlet="Levant Tribune", url=None, name="trib", published=None, story=None))
        for number in range(5):
            opened.add(made_up(number))
        yield opened


def test_every_row_says_where_it_stands(ledger: Ledger) -> None:
    texts = {id: reading.document.text for id, reading in ledger.readings()}
    rows = (*ledger.statements(), *ledger.terms(), *ledger.positions(), *ledger.encounters())
    assert len(rows) > 200
    for row in rows:
        assert row.words == " … ".join(span.of(texts[row.article]) for span in row.spans)
        assert all(any(around.holds(span) for around in row.sentence_spans) for span in row.spans)
        assert row.sentence == " … ".join(span.of(texts[row.article]) for span in row.sentence_spans)
        assert row.outlet
        assert row.name


def test_a_term_has_its_plan_its_parties_and_what_it_rests_on(ledger: Ledger) -> None:
    (row,) = ledger.terms(plan="Nine-Point Paper", story="cyprus")
    assert (row.plan_name, row.points, row.gives, row.gets) == ("nine-point paper", (3,), ("Turkey",), ("Greece",))
    assert row.sentence == (
        "Point three of the nine-point paper would have Turkey withdraw 5,000 troops if Greece agrees."
    )
    assert row.condition_words == "if Greece agrees"
    (said,) = row.said
    assert [link.name for link in said.chain] == ["Daily Comet", "Bosphorus Post", "Kerem Demir"]
    assert (said.words, said.cue_words, said.source_words) == ("the deal is close", "told", "Mr. Demir")
    assert row.statements == (ledger.chain(said.id[:10]).id,)


def test_statements_keep_the_order_in_which_a_term_names_them(ledger: Ledger) -> None:
    (row,) = ledger.terms(story="cyprus", topic="peacekeeping")
    assert [said.local for said in row.said] == ["st2", "st1"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"topic": Topic.FORCE_LIMITS}, {"te1"}),
        ({"topic": "peacekeeping"}, {"te2"}),
        ({"party": "turkey"}, {"te1"}),
        ({"party": "GREECE"}, {"te1"}),
        ({"party": "Norway"}, set()),
        ({"since": "2026-03-06"}, {"te1", "te2"}),
        ({"since": "2026-03-07"}, set()),
        ({"story": "sudan"}, set()),
        ({"limit": 1}, {"te1"}),
    ],
)
def test_terms_by_filter(ledger: Ledger, asked: dict[str, object], found: set[str]) -> None:
    assert {row.local for row in ledger.terms(**{"story": "cyprus", **asked})} == found  # type: ignore[arg-type]


@pytest.mark.parametrize("since", ["last week", "03/04/2026", ""])
def test_since_is_a_date(ledger: Ledger, since: str) -> None:
    with pytest.raises(LedgerError, match="is no date; give one such as"):
        ledger.terms(since=since)


def test_threads_share_a_ledger(ledger: Ledger) -> None:
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(question) for question in (ledger.terms, ledger.digest) * 8]
        asked.append(threads.submit(ledger.add, a_reading()))
        assert len({repr(answer.result()) for answer in asked}) == 3


def test_a_plan_is_found_by_the_first_digits_of_its_id(ledger: Ledger) -> None:
    plan = next(row for row in ledger.plans() if row.name == "trib")
    (term,) = ledger.terms(plan=short(plan.id))
    assert (term.plan, plan.terms) == (plan.id, 1)


def test_positions_by_party_and_topic(ledger: Ledger) -> None:
    (row,) = ledger.positions(party="greece", story="cyprus")
    (te2,) = ledger.terms(story="cyprus", topic="peacekeeping")
    assert (row.stance, row.term, row.sentence) == ("rejects", te2.id, "Greece rejects peacekeepers.")
    assert ledger.positions(topic="ceasefire", party="greece", story="cyprus") == ()


def test_an_undated_article_counts_from_the_day_it_was_added(ledger: Ledger) -> None:
    today = datetime.now(UTC).date().isoformat()
    assert "trib" in {row.name for row in ledger.articles(since=today)}
    (row,) = (row for row in ledger.articles() if row.name == "trib")
    assert (row.published, row.day <= today) == (None, True)


def test_articles_come_by_day_with_their_counts(ledger: Ledger) -> None:
    (row,) = ledger.articles(story="cyprus")
    assert (row.statements, row.plans, row.terms, row.positions, row.encounters) == (2, 1, 2, 1, 1)
    listed = [row.day for row in ledger.articles()]
    assert listed == sorted(listed)
    assert ledger.count() == len(listed) == 7
    assert ledger.count(story="cyprus") == 1
    assert "cyprus" in ledger.stories()


def meeting(id: str, when: str | None) -> Encounter:
    place = places(TEXT, "He met Anna Weiss")
    return Encounter(id=id, participants=("Anna Weiss",), status=Status.PROPOSED, spans=place, when=when)


def test_encounters_come_by_their_own_date_and_undated_last(tmp_path: Path) -> None:
    whens = ("2026-05", None, "2026-04-30", "2025", "../2026-04-01", "soon", "2026-05-02/2026-05-04", "2026-05-02")
    meetings = tuple(meeting(f"en{n}", when) for n, when in enumerate(whens))
    with open_ledger(tmp_path / "talks.db") as ledger:
        ledger.add(replace(a_reading(), encounters=meetings))
        assert [row.when for row in ledger.encounters()] == [
            *("2025", "../2026-04-01", "2026-04-30", "2026-05", "2026-05-02", "2026-05-02/2026-05-04", None, "soon")
        ]
        # The article is of 6 March: what has no date of its own goes with it.
        assert [row.when for row in ledger.encounters(since="2026-05-03")] == ["2026-05", "2026-05-02/2026-05-04"]
        assert None in {row.when for row in ledger.encounters(since="2026-03-06")}
        assert [row.place for row in ledger.encounters(party="anna weiss", limit=1)] == [None]


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2026-04-23", "2026-04-23", "2026-04-23"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-04?", "2026-04-01", "2026-04-30"),
        ("2026-04-XX", "2026-04-01", "2026-04-30"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("2026-21", "2026-03-01", "2026-05-31"),
        ("2026-04/2026-05", "2026-04-01", "2026-05-31"),
        ("2026-04-03/..", "2026-04-03", None),
        ("../2026-04-03", None, "2026-04-03"),
        ("[2026-04-03,2026-04-09]", "2026-04-03", "2026-04-09"),
        ("2026-04-23T15:00:00Z", "2026-04-23", "2026-04-23"),
        ("next week", None, None),
        (None, None, None),
    ],
)
def test_first_and_last_day_of_a_date(when: str | None, first: str | None, last: str | None) -> None:
    assert days(when) == (first, last)


def test_a_chain_by_a_beginning_that_fits_several_names_them(ledger: Ledger) -> None:
    ids = [row.id for row in ledger.statements()]
    digit = max("0123456789abcdef", key=lambda d: sum(id.startswith(d) for id in ids))
    with pytest.raises(LedgerError, match=f"several statements have ids that begin with '{digit}'") as raised:
        ledger.chain(digit)
    assert min(id[:8] for id in ids if id.startswith(digit)) in str(raised.value)


@pytest.mark.parametrize("id", ["", "ffffffffffffffff", "so1", "%", "Ü"])
def test_a_chain_that_is_not_there_says_where_ids_are(ledger: Ledger, id: str) -> None:
    with pytest.raises(LedgerError, match="no statement has the id"):
        ledger.chain(id)


@pytest.mark.parametrize(
    ("asked", "names", "statements"),
    [
        ("Kerem Demir", ("Kerem Demir",), 2),
        ("demir", ("Kerem Demir",), 2),
        ("  KEREM   demir ", ("Kerem Demir",), 2),
        ("Bosphorus Post", ("Bosphorus Post",), 2),
        ("Daily Comet", ("Daily Comet",), 2),
        ("post", ("Bosphorus Post",), 2),
        ("Anna Weiss", ("Anna Weiss",), 0),
        ("", (), 0),
    ],
)
def test_who(ledger: Ledger, asked: str, names: tuple[str, ...], statements: int) -> None:
    found = ledger.who(asked)
    mine = [row for row in found.statements if not row.name.startswith("made-up")]
    assert (found.names, len(mine)) == (names, statements)


def test_who_holds_all_that_a_party_does(ledger: Ledger) -> None:
    found = ledger.who("Turkey", story="cyprus")
    assert [row.words for row in found.statements] == ["the deal is close"]
    assert [row.local for row in found.terms] == ["te1"]
    assert [row.party for row in ledger.who("greece", story="cyprus").positions] == ["Greece"]
    assert [row.place for row in ledger.who("weiss", story="cyprus").encounters] == ["St Gallen"]


def test_who_is_nobody_known_suggests_the_nearest(ledger: Ledger) -> None:
    found = ledger.who("Keren Demirr")
    assert (found.names, found.statements, found.suggestions[0]) == ((), (), "Kerem Demir")
    assert ledger.who("Qzqzqz").suggestions == ()


def test_a_country_is_not_another_that_ends_in_its_name(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "talks.db") as ledger:
        reading = a_reading()
        positions = [
            replace(reading.positions[0], id=f"po{n}", party=name) for n, name in enumerate(("Sudan", "South Sudan"))
        ]
        ledger.add(replace(reading, positions=tuple(positions)))
        assert ledger.who("sudan").names == ("Sudan",)
        assert len(ledger.who("south sudan").positions) == 1


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("deal", ["deal"]),
        ("DEAL close", ["deal", "close"]),
        ('"the deal is"', ["the deal is"]),
        ('"deal the"', []),
        ("peace*", ["peacekeepers"]),
        ("peace", []),
        ('"5,000 tro"*', ["5,000 troops"]),
        ("deal OR nothing", []),
        ("deal unicorns", []),
        ("NEAR(deal", []),
        ("text:deal", []),
        ('"unclosed', []),
        ("deal -", ["deal"]),
        ("", []),
        ('*"^(', []),
    ],
)
def test_search(ledger: Ledger, words: str, marks: list[str]) -> None:
    hits = [hit for hit in ledger.search(words, story="cyprus") if hit.name == "post-1"]
    assert [mark.of(TEXT) for hit in hits for mark in hit.marks] == marks


def test_a_hit_has_its_sentence_and_its_statements(ledger: Ledger) -> None:
    (hit,) = ledger.search("deal", story="cyprus")
    assert (hit.outlet, hit.published) == ("Daily Comet", "2026-03-06")
    assert hit.sentence == "Mr. Demir told the Bosphorus Post that “the deal is close”."
    assert [ledger.chain(id).words for id in hit.statements] == ["the deal is close"]
    assert hit.spans == (Span(0, len(hit.sentence)),)


HARBOUR = (
    "The escort left. The convoys stayed. An escort is a ship. A convoy is many. "
    "Convoys need an escort. Nobody mentioned the harbour."
)


@pytest.mark.parametrize(
    ("words", "sentences", "all_words"),
    [
        ("escort convoys", ["Convoys need an escort."], True),
        ("Convoy* escort", ["Convoys need an escort."], True),
        ('"an escort"', ["An escort is a ship.", "Convoys need an escort."], True),
        ("escort ESCORT harbour", ["The escort left.", "An escort is a ship.", "Convoys need an escort."], False),
        ("escort submarine", [], True),
    ],
)
def test_sentences_with_all_the_words_go_first(
    tmp_path: Path, words: str, sentences: list[str], all_words: bool
) -> None:
    with open_ledger(tmp_path / "talks.db") as ledger:
        ledger.add(Reading(document=Document(text=HARBOUR, name="harbour")))
        hits = ledger.search(words)
        page = search_of(ledger, words)
    assert [hit.sentence for hit in hits] == sentences
    assert all(hit.all_words for hit in hits) is page.all_words is all_words


def test_search_shows_some_sentences_of_each_article(ledger: Ledger) -> None:
    hits = ledger.search("the", limit=4)
    assert len(hits) == 4
    assert max(sum(hit.article == other.article for other in hits) for hit in hits) <= 3
    assert ledger.search("troops", limit=1)[0].marks


def test_statements_by_words(ledger: Ledger) -> None:
    assert {row.words for row in ledger.statements(words="peacekeep*")} == {"Greece rejects peacekeepers"}
    assert ledger.claims(words="???") == ()


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.text(max_size=20) | st.text('"*()^:-+ aANDORNEAR\0', max_size=20))
def test_no_words_are_ill_formed(ledger: Ledger, words: str) -> None:
    assert len(ledger.search(words)) <= 20
    ledger.statements(words=words, limit=1)


@settings(max_examples=50, deadline=None)
@given(words=st.text(max_size=30))
def test_escaped_words_are_escaped_the_same_again(words: str) -> None:
    assert escape(escape(words)) == escape(words)


def test_odd_characters_do_not_move_the_marks(tmp_path: Path) -> None:
    text = "𝔻é\x02\x03 zero\u200bwidth İstanbul 🤝 Zürich.\r\n\r\n国防部 met zurich."
    with open_ledger(tmp_path / "talks.db") as ledger:
        ledger.add(Reading(document=Document(text=text, name="odd")))
        marks = [mark.of(text) for hit in ledger.search("zurich") for mark in hit.marks]
    assert marks == ["Zürich", "zurich"]


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("It ended. Talks went on. It rained.", "Talks", "Talks went on."),
        ("Mr. Demir met Gen. J. Weiss on Jan. 5 in the U.S. capital. He left.", "Weiss", None),
        ("He said “no deal.” She left.", "deal", "He said “no deal.”"),
        ("“Is it over?” asked Weiss. Yes.", "over", "“Is it over?” asked Weiss."),
        ("It cost 3.5 million. No more.", "cost", "It cost 3.5 million."),
        ("A heading\n\nThe first line\ngoes on. Next.", "first", "The first line\ngoes on."),
        ("Wait… what? He left!", "what", "Wait… what?"),
        ("Talks on point no. 5 ended. He left.", "5", "Talks on point no. 5 ended."),
        ("He said no. Weiss left.", "Weiss", "Weiss left."),
    ],
)
def test_the_sentence_around_a_place(text: str, words: str, sentence: str | None) -> None:
    document = Document(text=text, name="x")
    (around,) = Surroundings(document).of(places(text, words))
    assert around.of(text) == (sentence or text[: text.index(" He left")])


def test_a_sentence_ends_at_the_edge_of_its_block() -> None:
    text = "Bridge reopens\nTraffic crossed again."
    heading = Block(BlockKind.HEADING, Span(0, 14))
    around = Surroundings(Document(text=text, name="x", blocks=(heading,))).of(places(text, "Traffic"))
    assert [span.of(text) for span in around] == ["Traffic crossed again."]


def test_a_question_takes_as_many_statements_for_many_articles_as_for_one(tmp_path: Path) -> None:
    counts = []
    with open_ledger(tmp_path / "talks.db") as ledger:
        asked: list[str] = []
        event.listen(ledger._engine, "before_cursor_execute", lambda _c, _u, sql, *_: asked.append(sql))
        for first in (0, 8):
            for number in range(first, first + 8):
                ledger.add(made_up(number, sentences=10))
            asked.clear()
            ask_everything(ledger)
            counts.append(len(asked))
    assert counts[0] == counts[1]


def ask_everything(ledger: Ledger) -> None:
    for question in (ledger.articles, ledger.plans, ledger.terms, ledger.positions, ledger.encounters):
        assert question()
    assert ledger.statements()
    assert ledger.search("troops")
    assert ledger.who("Turkey").names
    assert list(ledger.readings())

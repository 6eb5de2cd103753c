"""Adding: once or twice, in any order, anew, and in versions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_readings import a_reading, collections, documents, read_anew, readings
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from reportedly.errors import InputError, RecordError
from reportedly.ledger import Ledger, Outcome, article_id, open_ledger, tables
from reportedly.ledger.keeping import fitting
from reportedly.ledger.surroundings import Surroundings
from reportedly.records import Document, Reading, Source, SourceKind, Span, Statement, to_json

SEEN = datetime(2026, 4, 1, 12, tzinfo=UTC)
ANY = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "talks.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with nothing in it, to be copied: making one takes longer than filling it."""
    path = tmp_path_factory.mktemp("empty") / "talks.db"
    open_ledger(path).close()
    return path


def hurried(ledger: Ledger) -> Ledger:
    """The ledger without its waits for the disk, where many are made and none has to outlive the power."""
    ledger._engine.dispose()
    event.listen(ledger._engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
    return ledger


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with hurried(open_ledger(tmp_path_factory.mktemp("shared") / "talks.db")) as opened:
        yield opened


def filled(empty: Path, folder: str, name: str, given: list[Reading]) -> Ledger:
    ledger = hurried(open_ledger(shutil.copy(empty, Path(folder) / name)))
    for reading in given:
        ledger.add(reading, seen=SEEN)
    return ledger


@ANY
@given(reading=readings())
def test_what_is_read_back_equals_what_was_added(shared: Ledger, reading: Reading) -> None:
    shared.add(reading)
    assert shared.reading(article_id(reading.document)) == reading


@ANY
@given(given=collections())
def test_adding_twice_equals_adding_once(empty: Path, given: list[Reading]) -> None:
    with TemporaryDirectory() as folder, filled(empty, folder, "a.db", given) as ledger:
        once = (ledger.digest(), ledger.articles(superseded=True), ledger.statements(superseded=True))
        assert {ledger.add(reading, seen=SEEN).outcome for reading in given} == {Outcome.KNOWN}
        assert (ledger.digest(), ledger.articles(superseded=True), ledger.statements(superseded=True)) == once


@ANY
@given(given=collections(), order=st.randoms(use_true_random=False))
def test_the_order_of_adding_does_not_matter(empty: Path, given: list[Reading], order: object) -> None:
    shuffled = list(given)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    with (
        TemporaryDirectory() as folder,
        filled(empty, folder, "a.db", given) as one,
        filled(empty, folder, "b.db", shuffled) as other,
    ):
        assert one.digest() == other.digest()
        assert one.articles(superseded=True) == other.articles(superseded=True)
        assert one.statements() == other.statements()
        assert (one.plans(), one.terms(), one.positions()) == (other.plans(), other.terms(), other.positions())
        assert one.encounters() == other.encounters()


@ANY
@given(document=documents(), place=st.data())
def test_the_sentence_around_a_span_holds_it_and_lies_in_the_text(document: Document, place: st.DataObject) -> None:
    length = len(document.text)
    start = place.draw(st.integers(0, length - 1))
    span = Span(start, place.draw(st.integers(start + 1, length)))
    (around,) = Surroundings(document).of((span,))
    words = span.of(document.text)
    assert words.strip() in around.of(document.text)
    assert around.end <= length


def test_adding_again_only_moves_last_seen(ledger: Ledger) -> None:
    later = SEEN + timedelta(days=2)
    ledger.add(a_reading(), seen=SEEN)
    before = ledger.digest()
    added = ledger.add(a_reading(), seen=later)
    (row,) = ledger.articles()
    assert added.outcome is Outcome.KNOWN
    assert ledger.digest() == before
    assert (row.first_seen[:10], row.last_seen[:10]) == ("2026-04-01", "2026-04-03")


def test_one_text_in_two_outlets_is_two_articles(ledger: Ledger) -> None:
    ledger.add(a_reading())
    added = ledger.add(a_reading(outlet="Levant Tribune", url="https://levant.example/9"))
    one, other = ledger.articles()
    assert added.outcome is Outcome.NEW
    assert one.document == other.document
    assert one.id != other.id
    assert one.superseded_by is other.superseded_by is None


def test_a_newer_reader_replaces_what_the_older_took_down(ledger: Ledger) -> None:
    article = ledger.add(a_reading()).article
    (before,) = ledger.statements(source="Kerem Demir")
    judged = ledger.judge("speaker", [before.id], by="editor", value={"is": "Kerem Demir"})
    added = ledger.add(read_anew(a_reading()))
    assert (added.outcome, added.article) == (Outcome.REREAD, article)
    assert ledger.reading(article) == read_anew(a_reading())
    assert ledger.terms() == ledger.positions() == ledger.encounters() == ()
    # The judgement stands, and its id still finds the statement.
    assert ledger.judgements() == (judged,)
    assert ledger.chain(judged.about[0]).certainty_source == "PR+"
    assert [hit.statements for hit in ledger.search("close")] == [(before.id,)]


def test_a_reader_that_fails_in_the_middle_leaves_what_was_there(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.add(a_reading())
    before = ledger.digest()
    monkeypatch.setattr("reportedly.ledger.keeping._Rows.actors", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ledger.add(replace(a_reading(), reader="rules/2"))
    assert ledger.digest() == before
    (article,) = ledger.articles()
    assert ledger.reading(article.id) == a_reading()


@pytest.mark.parametrize(
    "known_by", [{"url": "https://comet.example/1"}, {"url": None}], ids=["URL", "outlet and name"]
)
def test_a_corrected_article_is_kept_beside_the_first(ledger: Ledger, known_by: dict[str, object]) -> None:
    first = ledger.add(a_reading(**known_by), seen=SEEN)
    longer = a_reading().document.text + " Corrected."
    second = ledger.add(a_reading(text=longer, **known_by), seen=SEEN + timedelta(hours=3))
    assert second.outcome is Outcome.VERSION
    assert second.version_of == first.article
    assert [row.id for row in ledger.articles()] == [second.article]
    assert ledger.article(first.article).superseded_by == second.article
    assert ledger.article(second.article).version_of == first.article
    assert len(ledger.statements()) == 2
    assert len(ledger.statements(superseded=True)) == 4
    assert ledger.article(first.article[:8]).id == first.article
    assert len(ledger.terms(article=first.article)) == 2
    assert ledger.reading(first.article) == a_reading(**known_by)


@pytest.mark.parametrize("outlet", ["Daily Comet", None])
def test_a_name_alone_makes_no_version_of_another_text(ledger: Ledger, outlet: str | None) -> None:
    ledger.add(a_reading(url=None, outlet=outlet))
    text = "Rail unions meet the company on Friday. " * 9
    other = ledger.add(Reading(document=Document(text=text, name="post-1", outlet=outlet)))
    assert (other.outcome, ledger.count()) == (Outcome.NEW, 2)
    corrected = Document(text=f"{text} Corrected.", name="post-1", outlet=outlet)
    assert ledger.add(Reading(document=corrected)).version_of == other.article
    assert ledger.count() == 2


def test_a_version_between_two_that_are_not_alike_joins_them(ledger: Ledger) -> None:
    halves = [" ".join(f"{letter}{n}" for n in range(60)) for letter in "ab"]
    texts = (halves[0], halves[1], " ".join(halves))
    added = [ledger.add(Reading(document=Document(text=text, name="live")), seen=SEEN) for text in texts]
    assert [row.outcome for row in added] == [Outcome.NEW, Outcome.NEW, Outcome.VERSION]
    assert (ledger.count(), ledger.count(superseded=True)) == (1, 3)


def test_the_later_day_is_the_newer_version_whatever_was_added_first(ledger: Ledger) -> None:
    longer = a_reading().document.text + " Corrected."
    newer = ledger.add(a_reading(text=longer, published="2026-03-09"), seen=SEEN)
    older = ledger.add(a_reading(), seen=SEEN + timedelta(days=1))
    assert (older.outcome, older.version_of, older.superseded_by) == (Outcome.VERSION, None, newer.article)
    assert ledger.article(older.article).superseded_by == newer.article
    assert ledger.article(newer.article).version_of == older.article


def test_an_outlet_learnt_later_makes_a_newer_version_of_the_same_url(ledger: Ledger) -> None:
    ledger.add(a_reading(outlet=None), seen=SEEN)
    added = ledger.add(a_reading(), seen=SEEN + timedelta(days=1))
    assert added.outcome is Outcome.VERSION
    assert [row.outlet for row in ledger.articles()] == ["Daily Comet"]


def test_ids_do_not_depend_on_the_numbering_of_the_record(ledger: Ledger) -> None:
    ledger.add(a_reading())
    before = {row.words: row.id for row in ledger.statements()}
    reading = a_reading()
    renumbered = replace(reading.statements[0], id="st9")
    ledger.add(replace(reading, statements=(renumbered,), plans=(), terms=(), positions=(), encounters=()))
    (after,) = ledger.statements()
    assert after.local == "st9"
    assert before[after.words] == after.id


def test_things_that_are_alike_are_kept_apart(ledger: Ledger) -> None:
    twin = Statement(id="st1", piece=0, source=(), cue=(), content=(Span(0, 3),), chain=("so0",))
    reading = Reading(
        document=a_reading().document,
        sources=(Source(id="so0", name="Daily Comet", kind=SourceKind.OUTLET),),
        statements=(twin, replace(twin, id="st2")),
    )
    article = ledger.add(reading).article
    assert len({row.id for row in ledger.statements()}) == 2
    assert ledger.reading(article) == reading


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"chain": ("so9",)}, "st1 names the source so9"),
        ({"parent": "st9"}, "st1 names the statement st9"),
        ({"content": (Span(0, 9_999),)}, "st1 has the span"),
        ({"id": "st2"}, "two things are called st2"),
        ({"confidence": float("nan")}, "st1 has the confidence nan"),
    ],
)
def test_a_reading_that_points_nowhere_is_refused(ledger: Ledger, fault: dict[str, object], said: str) -> None:
    reading = a_reading()
    broken = replace(reading, statements=(replace(reading.statements[0], **fault), reading.statements[1]))
    with pytest.raises(RecordError, match=f"post-1: {said}"):
        ledger.add(broken)
    assert ledger.count() == 0


def test_a_text_that_no_database_can_store_is_the_inputs_fault(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="post-1: cannot be stored"):
        ledger.add(a_reading(text=a_reading().document.text + "\ud800"))
    assert ledger.count() == 0


def test_a_moment_without_a_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        ledger.add(a_reading(), seen=datetime(2026, 4, 1))


def test_fields_that_records_may_gain_are_kept_without_a_column() -> None:
    row = fitting(tables.term, {"plan": "pl1", "deadline": "2026-06", "statements": ["st1"]}, {"statements"})
    assert row == {"plan": "pl1", "more": {"deadline": "2026-06"}}


def test_a_record_has_no_part_that_the_ledger_does_not_know() -> None:
    parts = ("plans", "terms", "positions", "encounters", "sources", "statements", "notes")
    assert set(to_json(a_reading())) == {"schema", "reader", "article", *parts}


def test_judgements_cannot_be_changed_or_dropped(ledger: Ledger) -> None:
    ledger.judge("same", ["a", "b"], by="editor")
    for sql in ("UPDATE judgement SET by = 'x'", "DELETE FROM judgement"):
        with pytest.raises(IntegrityError, match="append-only"), ledger._engine.begin() as connection:
            connection.exec_driver_sql(sql)
    assert len(ledger.judgements()) == 1


def test_a_text_without_full_stops_does_not_fill_the_ledger_with_its_sentence(ledger: Ledger) -> None:
    """Each statement would else be kept with all of the text."""
    number, text = 2000, "the envoy said that nothing was agreed and " * 2000
    length = len(text) // number
    said = tuple(
        Statement(id=f"st{n}", piece=0, source=(), cue=(), content=(Span(n * length + 15, n * length + 38),), chain=())
        for n in range(number)
    )
    ledger.add(Reading(document=Document(text=text, name="long"), statements=said))
    rows = ledger.statements()
    assert len(rows) == number
    assert max(len(row.sentence) for row in rows) < 3500
    assert all(row.words in row.sentence for row in rows)
    assert all(" ".join(row.sentence.split()) in " ".join(text.split()) for row in rows[:5])


@pytest.mark.parametrize("text", ["x" * 10_000, "word " * 2000, "\n".join("line" for _ in range(2000))])
def test_a_long_sentence_is_cut_around_the_place(text: str) -> None:
    place = Span(4000, 4010)
    (around,) = Surroundings(Document(text=text, name="x")).of((place,))
    assert around.holds(place)
    assert place.start - around.start <= 1500
    assert around.end - place.end <= 1500

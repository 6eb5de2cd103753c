"""What people put right: kept, given out, undone, found again; and refused where it cannot be."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_readings import TEXT, a_reading, places, readings

from reportedly.errors import CorrectionError, LedgerError
from reportedly.ledger import Kind, Ledger, Outcome, State, open_ledger
from reportedly.ledger.checks import check
from reportedly.ledger.corrections import Change, Mark, apply
from reportedly.ledger.opinions import LIKELIHOODS, checked_grade, checked_likelihood, checked_pairs
from reportedly.records import (
    Basis,
    Document,
    Link,
    PointsBasis,
    Reading,
    Source,
    SourceKind,
    Topic,
    from_json,
    to_json,
)

ANY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "talks.db") as opened:
        opened.add(a_reading())
        yield opened


def st1(ledger: Ledger) -> str:
    """The id of the statement that Demir makes."""
    return next(row.id for row in ledger.statements(superseded=True) if row.local == "st1")


def te1(ledger: Ledger) -> str:
    """The id of the term on troops."""
    return next(row.id for row in ledger.terms() if row.topic is Topic.FORCE_LIMITS)


def pairs(words: str) -> list[list[int]]:
    return [[span.start, span.end] for span in places(TEXT, words)]


def test_a_wrong_speaker_is_put_right_wherever_it_is_asked_for(ledger: Ledger) -> None:
    id = st1(ledger)
    said = ledger.correct("wrong-speaker", id, "Anna Weiss", by="Ines", why="she is quoted")
    (row,) = (row for row in ledger.statements() if row.id == id)
    assert [link.name for link in row.chain] == ["Daily Comet", "Bosphorus Post", "Anna Weiss"]
    assert [(mark.id, mark.kind, mark.by) for mark in row.corrected] == [(said.id, Kind.WRONG_SPEAKER, "Ines")]
    assert row.method == f"wrong-speaker, corrected by Ines on {said.at[:10]}"
    assert [found.id for found in ledger.who("Anna Weiss").statements] == [id]
    assert not ledger.who("Demir").statements
    assert (said.state, said.value["name"], said.why) == (State.STANDS, "Anna Weiss", "she is quoted")
    assert said.before["chain_names"][-1] == "Kerem Demir"
    assert said.after["chain_names"][-1] == "Anna Weiss"


def test_the_new_speaker_has_the_kind_that_the_ledger_knows(ledger: Ledger) -> None:
    ledger.correct("wrong-speaker", st1(ledger), {"name": "Ministry", "kind": "government"}, by="Ines")
    assert ledger.chain(st1(ledger)).chain[-1].kind is SourceKind.GOVERNMENT
    ledger.add(a_reading(text=TEXT + " More.", url="https://comet.example/2", name="post-2"))
    other = next(row.id for row in ledger.statements() if row.local == "st1" and row.name == "post-2")
    ledger.correct("wrong-speaker", other, "ministry", by="Ines")
    assert ledger.chain(other).chain[-1].kind is SourceKind.GOVERNMENT


def test_a_speaker_who_is_a_link_already_ends_the_chain(ledger: Ledger) -> None:
    ledger.correct("wrong-speaker", st1(ledger), "Daily Comet", by="Ines")
    assert [link.name for link in ledger.chain(st1(ledger)).chain] == ["Daily Comet"]


def test_what_explains_a_chain_fits_the_corrected_one(tmp_path: Path) -> None:
    first = a_reading().statements[0]
    links = tuple(Link(source=id, basis=Basis.TOLD) for id in first.chain)
    inner = replace(first, id="st3", parent="st1", content=places(TEXT, "close"), links=links)
    explained = replace(a_reading(), statements=(replace(first, links=links), a_reading().statements[1], inner))
    with open_ledger(tmp_path / "talks.db") as ledger:
        article = ledger.add(explained).article
        id = next(row.id for row in ledger.statements() if row.local == "st1")
        ledger.correct("wrong-speaker", id, "Anna Weiss", by="Ines")
        for statement in ledger.reading(article).statements[::2]:
            assert [link.source for link in statement.links] == list(statement.chain)
            assert (statement.links[-1].basis, len(statement.chain)) == (Basis.SPEAKS, 3)
        assert ledger.reading(article, corrected=False) == explained


def test_a_position_and_a_term_are_put_where_they_stand(ledger: Ledger) -> None:
    position = ledger.positions()[0]
    ledger.correct("wrong-span", position.id, pairs("rejects peacekeepers"), by="Ines")
    ledger.correct("wrong-span", te1(ledger), {"spans": pairs("withdraw 5,000 troops")}, by="Ines")
    assert (ledger.positions()[0].words, ledger.positions()[0].id) == ("rejects peacekeepers", position.id)
    assert ledger.terms()[0].words == "withdraw 5,000 troops"
    assert ledger.positions()[0].corrected[0].by == "Ines"


def held_positions(ledger: Ledger) -> list[tuple[str, int]]:
    return [(row.party, len(row.said)) for row in ledger.positions()]


@pytest.mark.parametrize(
    ("party", "statements", "speaker", "held"),
    [
        ("Turkey", ("st1",), "Anna Weiss", [("Anna Weiss", 1)]),
        ("Kerem Demir", ("st1",), {"name": "Ministry", "kind": "government"}, [("Ministry", 1)]),
        ("Turkey", ("st1", "st2"), "Anna Weiss", [("Turkey", 1)]),
        ("Turkey", ("st1",), {"name": "two diplomats", "kind": "unnamed"}, []),
        ("Turkey", ("st1",), "Bosphorus Post", []),
        ("Greece", ("st1",), "Anna Weiss", [("Greece", 1)]),
        ("Turkey", ("st2",), "Anna Weiss", [("Turkey", 1)]),
    ],
)
def test_a_position_goes_with_the_speaker_of_the_statement_it_stands_on(
    tmp_path: Path, party: str, statements: tuple[str, ...], speaker: Any, held: list[tuple[str, int]]
) -> None:
    reading = a_reading()
    with open_ledger(tmp_path / "held.db") as ledger:
        position = replace(reading.positions[0], party=party, statements=statements)
        ledger.add(replace(reading, positions=(position,)))
        before = ledger.positions()
        said = ledger.correct("wrong-speaker", st1(ledger), speaker, by="Ines")
        assert held_positions(ledger) == held
        assert [row.id for row in ledger.positions()] == [row.id for row in before][: len(held)]
        ledger.undo(said.id, by="Ines")
        assert ledger.positions() == before


def test_a_new_speaker_speaks_for_whom_the_ledger_knows(tmp_path: Path) -> None:
    reading = a_reading()
    weiss = Source(id="so0", name="Anna Weiss", kind=SourceKind.PERSON, party="Germany")
    with open_ledger(tmp_path / "held.db") as ledger:
        position = replace(reading.positions[0], party="Turkey", statements=("st1",))
        ledger.add(replace(reading, positions=(position,)))
        ledger.add(Reading(document=Document(text="Anna Weiss said so.", name="other"), sources=(weiss,)))
        ledger.correct("wrong-speaker", st1(ledger), "Anna Weiss", by="Ines")
        assert held_positions(ledger) == [("Germany", 1)]


def test_the_machines_own_reading_stays_to_be_seen(ledger: Ledger) -> None:
    article = ledger.articles()[0].id
    ledger.correct("wrong-speaker", st1(ledger), "Anna Weiss", by="Ines")
    assert ledger.reading(article, corrected=False) == a_reading()
    assert ledger.reading(article) != a_reading()
    assert [note.about for note in ledger.reading(article).notes] == ["dates", "st1"]
    assert [reading for _, reading in ledger.readings(corrected=False)] == [a_reading()]


def test_a_corrected_span_keeps_the_id_of_its_statement(ledger: Ledger) -> None:
    id = st1(ledger)
    said = ledger.correct("wrong-span", id, {"content": pairs("deal is close")}, by="Ines")
    row = ledger.chain(id)
    assert (row.words, row.id, row.cue_words) == ("deal is close", id, "told")
    assert (said.before["content_words"], said.after["content_words"]) == ("the deal is close", "deal is close")
    assert [found.id for found in ledger.statements(words='"deal is close"')] == [id]


def test_what_is_no_statement_leaves_the_things_that_rested_on_it(ledger: Ledger) -> None:
    id = st1(ledger)
    said = ledger.correct("not-a-statement", id, by="Ines")
    assert id not in {row.id for row in ledger.statements()}
    assert [len(row.said) for row in ledger.terms()] == [0, 1]
    assert (said.after, said.words, said.about) == (None, "the deal is close", (id,))
    with pytest.raises(CorrectionError, match=rf"Ines said on .* undo {said.id[:8]} first"):
        ledger.correct("wrong-speaker", id, "Anna Weiss", by="Bo")
    ledger.undo(said.id, by="Bo")
    assert ledger.chain(id).words == "the deal is close"


@pytest.mark.parametrize(("statements", "held"), [(("st1",), 0), (("st1", "st2"), 1), ((), 1), (("st2",), 1)])
def test_a_position_goes_with_what_is_no_statement(tmp_path: Path, statements: tuple[str, ...], held: int) -> None:
    reading = a_reading()
    with open_ledger(tmp_path / "held.db") as ledger:
        ledger.add(replace(reading, positions=(replace(reading.positions[0], statements=statements),)))
        before = ledger.positions()
        said = ledger.correct("not-a-statement", st1(ledger), by="Ines")
        assert [row.id for row in ledger.positions()] == [row.id for row in before][:held]
        ledger.undo(said.id, by="Bo")
        assert ledger.positions() == before


def test_a_position_goes_with_the_last_of_its_statements(tmp_path: Path) -> None:
    reading = a_reading()
    with open_ledger(tmp_path / "held.db") as ledger:
        ledger.add(replace(reading, positions=(replace(reading.positions[0], statements=("st1", "st2")),)))
        before = ledger.positions()
        said = [ledger.correct("not-a-statement", row.id, by="Ines") for row in before[0].said]
        assert not ledger.positions()
        ledger.undo(said[0].id, by="Bo")
        assert [(row.id, len(row.said)) for row in ledger.positions()] == [(before[0].id, 1)]


def test_a_terms_parties_and_point_are_put_right(ledger: Ledger) -> None:
    id = te1(ledger)
    ledger.correct("term-party", id, {"gives": ["Greece"]}, by="Ines")
    ledger.correct("term-party", id, {"gets": []}, by="Bo")
    ledger.correct("point-number", id, 4, by="Ines")
    (row,) = (row for row in ledger.terms() if row.id == id)
    assert (row.gives, row.gets, row.points, row.points_basis) == (("Greece",), (), (4,), PointsBasis.INFERRED)
    assert {mark.by for mark in row.corrected} == {"Ines", "Bo"}
    assert [found.id for found in ledger.terms(party="Greece")] == [id]
    assert not ledger.terms(party="Turkey")
    ledger.correct("point-number", id, [], by="Ines")
    assert (ledger.terms()[0].points, ledger.terms()[0].points_basis) == ((), None)


def test_of_two_people_the_last_word_counts_and_both_are_shown(ledger: Ledger) -> None:
    first = ledger.correct("wrong-speaker", st1(ledger), "Anna Weiss", by="Ines")
    second = ledger.correct("wrong-speaker", st1(ledger), "Bosphorus Post", by="Bo")
    assert ledger.chain(st1(ledger)).chain[-1].name == "Bosphorus Post"
    assert [c.state for c in ledger.corrections()] == [State.OVERRULED, State.STANDS]
    ledger.undo(second.id, by="Bo", why="I was wrong")
    assert ledger.chain(st1(ledger)).chain[-1].name == "Anna Weiss"
    states = {c.id: (c.state, c.undone_by) for c in ledger.corrections()}
    assert states == {first.id: (State.STANDS, None), second.id: (State.UNDONE, "Bo")}


def test_an_undoing_is_kept_and_happens_once(ledger: Ledger) -> None:
    said = ledger.correct("not-a-statement", st1(ledger), by="Ines")
    ledger.undo(said.id[:8], by="Bo")
    assert [j.kind for j in ledger.judgements()] == ["not-a-statement", "undo"]
    with pytest.raises(CorrectionError, match="was undone by Bo on"):
        ledger.undo(said.id, by="Ines")
    with pytest.raises(CorrectionError, match="no correction but one's undoing"):
        ledger.undo(ledger.judgements()[-1].id, by="Ines")
    with pytest.raises(LedgerError, match="no judgement has the id"):
        ledger.undo("ffff", by="Ines")


def test_people_who_correct_at_once_are_all_heard(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "talks.db") as ledger:
        ledger.add(a_reading())
        id = st1(ledger)
        speakers = [f"Speaker {number}" for number in range(8)]
        work = [
            threading.Thread(target=lambda s=s: ledger.correct("wrong-speaker", id, s, by=s))  # type: ignore[misc]
            for s in speakers
        ]
        for thread in work:
            thread.start()
        for thread in work:
            thread.join()
        said = ledger.corrections()
        assert sorted(c.by for c in said) == speakers
        assert [c.state for c in said[:-1]] == [State.OVERRULED] * 7
        assert ledger.chain(id).chain[-1].name == said[-1].by


def reread(**changes: Any) -> Reading:
    """The reading as a newer reader has it: a longer content, other numbers, and the changes in the first statement."""
    reading = a_reading()
    first = replace(reading.statements[0], id="st9", content=places(TEXT, "that “the deal is close"), **changes)
    terms = tuple(replace(t, statements=tuple(s.replace("st1", "st9") for s in t.statements)) for t in reading.terms)
    plans = tuple(replace(plan, statements=("st9",)) for plan in reading.plans)
    encounters = tuple(replace(encounter, statements=("st9",)) for encounter in reading.encounters)
    held = {"plans": plans, "terms": terms, "encounters": encounters, "reader": "rules/2"}
    return replace(reading, statements=(first, reading.statements[1]), **held)


def test_a_correction_outlives_a_newer_reading(ledger: Ledger) -> None:
    said = ledger.correct("wrong-speaker", st1(ledger), "Anna Weiss", by="Ines")
    assert ledger.add(reread()).outcome is Outcome.REREAD
    row = next(row for row in ledger.statements() if row.local == "st9")
    assert (row.chain[-1].name, row.words) == ("Anna Weiss", "that “the deal is close")
    (now,) = ledger.corrections()
    assert (now.id, now.state, now.about) == (said.id, State.STANDS, (row.id,))
    assert ledger.add(reread()).outcome is Outcome.KNOWN
    ledger.undo(said.id, by="Ines")
    assert ledger.reading(ledger.articles()[0].id) == reread()


def test_a_correction_that_finds_nothing_is_kept_and_listed(ledger: Ledger) -> None:
    said = ledger.correct("wrong-speaker", st1(ledger), "Anna Weiss", by="Ines")
    gone = replace(reread(cue=places(TEXT, "met")))
    ledger.add(gone)
    assert [(c.id, c.state) for c in ledger.corrections()] == [(said.id, State.LOST)]
    assert ledger.reading(ledger.articles()[0].id) == gone
    ledger.add(reread())
    assert [c.state for c in ledger.corrections()] == [State.STANDS]


def test_a_better_reader_may_have_the_span_as_it_was_put_right(ledger: Ledger) -> None:
    ledger.correct("wrong-span", st1(ledger), pairs("close"), by="Ines")
    first = replace(a_reading().statements[0], content=places(TEXT, "close"))
    ledger.add(replace(a_reading(), statements=(first, a_reading().statements[1])))
    assert [c.state for c in ledger.corrections()] == [State.STANDS]


def test_a_correction_holds_for_every_article_of_its_text(ledger: Ledger) -> None:
    ledger.correct("wrong-speaker", st1(ledger), "Anna Weiss", by="Ines")
    ledger.add(a_reading(outlet="Levant Tribune", url="https://levant.example/1"))
    assert {row.chain[-1].name for row in ledger.statements() if row.local == "st1"} == {"Anna Weiss"}
    (said,) = ledger.corrections()
    assert len(said.about) == len(said.articles) == 2
    assert all(ledger.corrections(article) == (said,) for article in said.articles)


def test_pairs_are_told_by_statement_or_by_name(ledger: Ledger) -> None:
    one, other = (row.id for row in ledger.statements())
    ledger.correct("same", (one[:8], other[:8]), by="Ines")
    ledger.correct("different", (other, one), by="Bo")
    ledger.correct("same", ("Turkey", "Greece"), by="Ines")
    assert [c.state for c in ledger.corrections()] == [State.OVERRULED, State.STANDS, State.STANDS]
    ledger.add(reread())
    again = next(row.id for row in ledger.statements() if row.local == "st9")
    assert ledger.corrections()[1].about == (other, again)


def test_grades_and_likelihoods_stand_in_fields_of_their_own(ledger: Ledger) -> None:
    before = ledger.reading(ledger.articles()[0].id)
    ledger.correct("grade", "Bosphorus Post", "b2", by="Ines")
    ledger.correct("grade", st1(ledger), 3, by="Ines")
    ledger.correct("likelihood", st1(ledger), "highly probable", by="Ines")
    ledger.correct("likelihood", st1(ledger), "unlikely", by="Bo")
    ledger.correct("grade", "Bosphorus Post", "C", by="Bo")
    grade = ledger.grades()["Bosphorus Post"]
    assert (str(grade), [said.by for said in grade.said]) == ("C2", ["Ines", "Bo"])
    assert str(ledger.grades()[st1(ledger)]) == "3"
    assert {id: c.value for id, c in ledger.likelihoods().items()} == {st1(ledger): "unlikely"}
    assert ledger.reading(ledger.articles()[0].id) == before
    ledger.undo(ledger.likelihoods()[st1(ledger)].id, by="Bo")
    assert ledger.likelihoods()[st1(ledger)].value == "very likely"


BAD = (
    ("colour", "st1", 1, "no kind of correction 'colour'; choose from: wrong-speaker"),
    ("wrong-speaker", "st1", "  ", "no speaker; give a name"),
    ("wrong-speaker", "st1", "a\u202eb", "none that are unseen"),
    ("wrong-speaker", "st1", "x" * 201, "at most 200 characters"),
    ("wrong-speaker", "st1", {"name": "Ana", "kind": "robot"}, "no kind of source 'robot'; choose from: outlet"),
    ("wrong-speaker", "st1", {"nam": "Ana"}, "a speaker has no 'nam'"),
    ("wrong-speaker", "st1", {"name": "Ana", "spans": [[0, 999]]}, "0-999 is beyond the text, which has"),
    ("wrong-speaker", "ffff", "Ana", "no statement has the id 'ffff'; give the first digits"),
    ("wrong-speaker", "te1", "Ana", "no statement has the id"),
    ("wrong-span", "st1", [[5, 5]], "no span in"),
    ("wrong-span", "st1", [[9, 5]], "no span in"),
    ("wrong-span", "st1", [["a", "b"]], "no span in"),
    ("wrong-span", "st1", [[0, 5], [3, 9]], "two of the spans overlap"),
    ("wrong-span", "st1", {"content": []}, "nothing would be left of it"),
    ("wrong-span", "st1", {}, "no span; give where it begins"),
    ("wrong-span", "st1", {"colour": [[0, 4]]}, "a statement has no 'colour'"),
    ("wrong-span", "te1", {"cue": [[0, 4]]}, "a term has no 'cue'"),
    ("wrong-span", "st1", [[TEXT.index("\n"), TEXT.index("\n") + 2]], "holds nothing but white space"),
    ("not-a-statement", "st1", "because", "takes no value, but got 'because'"),
    ("term-party", "te1", {}, "say who gives and who gets"),
    ("term-party", "te1", {"takes": ["Ana"]}, "a term's parties has no 'takes'"),
    ("term-party", "st1", {"gives": ["Ana"]}, "no term has the id"),
    ("point-number", "te1", 0, "there is no point 0; points begin at 1"),
    ("point-number", "te1", -3, "there is no point -3"),
    ("point-number", "te1", 10, "there is no point 10: the plan has 9"),
    ("point-number", "te1", "three", "no point number in 'three'"),
    ("point-number", "te1", {"points": [3], "basis": "guessed"}, "no basis 'guessed'"),
    ("same", ("st1",), None, "give two ids of statements, or two names, not 1"),
    ("same", ("st1", "st1"), None, "one and the same thing already"),
    ("same", ("Greece", "Greec"), None, "the ledger knows no 'Greec'; did you mean Greece"),
    ("grade", "Nobody", "B2", "the ledger knows no 'Nobody'"),
    ("grade", "Greece", "G7", "no grade in 'G7'; give a letter A to F"),
    ("grade", "Greece", "", "no grade in ''"),
    ("grade", "st1", "B2", "A to F are of a source"),
    ("likelihood", "st1", "maybe", "no likelihood 'maybe'; choose from: almost no chance"),
    ("likelihood", (), "likely", "a likelihood is of a statement"),
)


@pytest.mark.parametrize(("kind", "about", "value", "message"), BAD)
def test_what_cannot_be_is_refused_and_leaves_no_trace(
    ledger: Ledger, kind: str, about: Any, value: Any, message: str
) -> None:
    ids = {"st1": st1(ledger), "te1": te1(ledger)}
    things = ids.get(about, about) if isinstance(about, str) else tuple(ids.get(each, each) for each in about)
    before = ledger.digest()
    with pytest.raises(CorrectionError) as error:
        ledger.correct(kind, things, value, by="Ines")
    assert message in str(error.value)
    assert (ledger.digest(), ledger.corrections()) == (before, ())


@pytest.mark.parametrize("by", ["", "  ", "a\nb\x00", "x" * 300])
def test_who_says_it_must_be_told(ledger: Ledger, by: str) -> None:
    with pytest.raises(CorrectionError):
        ledger.correct("not-a-statement", st1(ledger), by=by)
    assert not ledger.judgements()


@pytest.mark.parametrize("word", [*LIKELIHOODS, *LIKELIHOODS.values(), "Nearly-Certain"])
def test_the_words_of_likelihood_have_their_equals(word: str) -> None:
    assert checked_likelihood(word) in LIKELIHOODS


def test_grades_are_a_letter_a_number_or_both() -> None:
    assert checked_grade("a") == checked_grade({"reliability": "A"}) == {"reliability": "A"}
    assert checked_grade(6) == {"credibility": 6}


@given(st.lists(st.tuples(st.integers(-2, 30), st.integers(-2, 30)), max_size=4))
def test_checked_spans_lie_in_the_text_and_apart(given_pairs: list[tuple[int, int]]) -> None:
    try:
        kept = checked_pairs(given_pairs, "twelve chars and a few")
    except CorrectionError:
        return
    assert all(0 <= a < b <= 22 for a, b in kept)
    assert all(one[1] <= other[0] for one, other in pairwise(kept))


def any_change(reading: Reading, draw: Any) -> tuple[str, str, Any] | None:
    """A correction that may be made of something in the reading."""
    statements, terms = [s.id for s in reading.statements], [t.id for t in reading.terms]
    length = len(reading.document.text)
    choices: list[tuple[str, list[str], Any]] = [
        ("wrong-speaker", statements, st.sampled_from(("Ana", "BBC", "Nobody yet"))),
        ("not-a-statement", statements, st.none()),
        ("wrong-span", statements, st.integers(0, length - 1).map(lambda at: [[at, at + 1]])),
        ("term-party", terms, st.sampled_from(({"gives": ["Ana"]}, {"gets": []}, {"gives": [], "gets": ["BBC"]}))),
        ("point-number", terms, st.sampled_from((1, [1], []))),
    ]
    kind, locals_, values = draw(st.sampled_from(choices))
    return (kind, draw(st.sampled_from(locals_)), draw(values)) if locals_ else None


@ANY
@given(reading=readings(), data=st.data())
def test_correcting_and_undoing_is_doing_nothing(reading: Reading, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, open_ledger(Path(folder) / "talks.db") as ledger:
        article = ledger.add(reading).article
        kept, made = ledger.reading(article), []
        rows = [(row.id, row.local) for row in (*ledger.statements(), *ledger.terms())]
        for _ in range(3):
            if (change := any_change(reading, data.draw)) is None:
                continue
            kind, local, value = change
            id = next((id for id, own in rows if own == local), "")
            try:
                made.append(ledger.correct(kind, id, value, by="Ines").id)
            except CorrectionError:
                continue
            check(ledger.reading(article))
            assert ledger.reading(article, corrected=False) == kept
        for id in data.draw(st.permutations(made)):
            ledger.undo(id, by="Bo")
        assert ledger.reading(article) == kept
        assert [(row.id, row.local) for row in (*ledger.statements(), *ledger.terms())] == rows
        assert not any(row.corrected for row in (*ledger.statements(), *ledger.terms()))


@ANY
@given(reading=readings(), data=st.data())
def test_adding_again_leaves_a_correction_as_it_is(reading: Reading, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, open_ledger(Path(folder) / "talks.db") as ledger:
        article = ledger.add(reading).article
        rows = {row.local: row.id for row in (*ledger.statements(), *ledger.terms())}
        if (change := any_change(reading, data.draw)) is None:
            return
        try:
            ledger.correct(change[0], rows[change[1]], change[2], by="Ines")
        except CorrectionError:
            return
        corrected, said = ledger.reading(article), ledger.corrections()
        assert ledger.add(reading).outcome is Outcome.KNOWN
        assert (ledger.reading(article), ledger.corrections()) == (corrected, said)
        newer = replace(reading, reader=reading.reader + "+")
        assert ledger.add(newer).outcome is Outcome.REREAD
        assert ledger.reading(article) == replace(corrected, reader=newer.reader)
        assert ledger.corrections() == said


def test_the_order_of_articles_does_not_matter(tmp_path: Path) -> None:
    given_readings = [
        a_reading(),
        a_reading(outlet="Levant Tribune", url="https://levant.example/1"),
        a_reading(text=TEXT + " More.", url="https://comet.example/2"),
    ]
    seen = set()
    for number, order in enumerate(permutations(given_readings)):
        with open_ledger(tmp_path / f"{number}.db") as ledger:
            ledger.add(order[0])
            if order[0].document.text == TEXT:
                ledger.correct("wrong-speaker", st1(ledger), "Anna Weiss", by="Ines")
            for reading in order[1:]:
                ledger.add(reading)
            if order[0].document.text != TEXT:
                id = next(row.id for row in ledger.statements() if row.outlet == "Levant Tribune")
                ledger.correct("wrong-speaker", id, "Anna Weiss", by="Ines")
            seen.add(tuple((row.id, row.chain[-1].name) for row in ledger.statements()))
    assert len(seen) == 1


@ANY
@given(reading=readings())
def test_no_change_is_the_reading_itself(reading: Reading) -> None:
    assert apply(reading, []).reading is reading
    lost = Change(
        Mark(id="x", kind=Kind.NOT_A_STATEMENT, by="a", at="b"),
        {},
        [{"sort": "statement", "spans": [], "cue": [[0, 99]]}],
    )
    assert apply(reading, [lost]).reading == reading


def test_a_corrected_reading_is_a_record_like_any(ledger: Ledger) -> None:
    ledger.correct("wrong-speaker", st1(ledger), "Anna Weiss", by="Ines")
    reading = ledger.reading(ledger.articles()[0].id)
    check(reading)
    assert from_json(to_json(reading)) == reading

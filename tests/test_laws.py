"""The laws that hold for every reading, whatever the article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.documents import load, make_document
from reportedly.reading.reader import Reader
from reportedly.records import (
    Act,
    Amount,
    Basis,
    Block,
    BlockKind,
    Bound,
    Certainty,
    Deadline,
    Document,
    Encounter,
    Force,
    Knowledge,
    Limit,
    Link,
    Mode,
    Note,
    Piece,
    Plan,
    PointsBasis,
    Position,
    Reading,
    Reason,
    Source,
    SourceKind,
    Span,
    Spans,
    Stance,
    Statement,
    Status,
    Term,
    Topic,
    from_json,
    to_json,
)
from reportedly.run import find_examples

WORDS = st.text(max_size=12)
NAMES = st.lists(WORDS, max_size=3).map(tuple)
MAYBE = st.none() | WORDS
IDS = st.lists(st.sampled_from(["st1", "st2", "so1"]), max_size=2).map(tuple)
SCORES = st.floats(0, 1)
SIZES = st.floats(0, 1e13)


def spans_in(length: int) -> st.SearchStrategy[Spans]:
    """Spans of a text of that length, in any order, overlapping as they like."""
    pairs = st.tuples(st.integers(0, length - 1), st.integers(1, length)).filter(lambda pair: pair[0] < pair[1])
    return st.lists(pairs.map(lambda pair: Span(*pair)), max_size=3).map(tuple)


def few(record: Any, /, *values: Any, **fields: Any) -> Any:
    """Up to two of a record, each built from those strategies."""
    return st.lists(st.builds(record, *values, **fields), max_size=2).map(tuple)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(st.text(min_size=2, max_size=80))
    spans = spans_in(len(text)).filter(bool).map(lambda found: found[0])
    return Document(
        text=text,
        name=draw(st.text(min_size=1, max_size=12)),
        **{field: draw(MAYBE) for field in ("outlet", "published", "url", "title", "story")},
        byline=draw(NAMES),
        blocks=draw(few(Block, st.sampled_from(BlockKind), spans, st.integers(0, 2))),
        pieces=draw(few(Piece, MAYBE, NAMES, spans)),
        known_from=tuple(draw(st.dictionaries(WORDS, WORDS, max_size=2)).items()),
        notes=draw(few(Note, WORDS, WORDS)),
    )


@st.composite
def made_readings(draw: st.DrawFn) -> Reading:
    document = draw(documents())
    spans = spans_in(len(document.text))
    span = spans.filter(bool).map(lambda found: found[0])

    return draw(
        st.builds(
            Reading,
            document=st.just(document),
            sources=few(Source, id=WORDS, name=WORDS, kind=st.sampled_from(SourceKind), party=MAYBE, mentions=spans),
            statements=few(
                Statement,
                **dict.fromkeys(("source", "cue", "content", "addressee", "hedges"), spans),
                **dict.fromkeys(("certainty_outlet", "certainty_source"), st.sampled_from(Certainty)),
                id=WORDS,
                piece=st.integers(0, 3),
                parent=MAYBE,
                chain=IDS,
                confidence=SCORES,
                mode=st.sampled_from(Mode),
                act=st.sampled_from(Act),
                links=few(
                    Link,
                    source=WORDS,
                    basis=st.sampled_from(Basis),
                    knows=st.none() | st.sampled_from(Knowledge),
                    **dict.fromkeys(("spans", "knows_spans"), spans),
                ),
                reasons=few(Reason, side=WORDS, value=st.sampled_from(Certainty), rule=WORDS, words=spans),
            ),
            plans=few(Plan, id=WORDS, name=WORDS, authors=NAMES, points=st.none() | st.integers(1, 30), spans=spans),
            terms=few(
                Term,
                id=WORDS,
                plan=MAYBE,
                spans=spans,
                topic=st.sampled_from(Topic),
                confidence=SCORES,
                points=st.lists(st.integers(1, 30), max_size=3).map(tuple),
                force=st.sampled_from(Force),
                points_basis=st.none() | st.sampled_from(PointsBasis),
                included=st.booleans(),
                gives=NAMES,
                gets=NAMES,
                conditional=st.booleans(),
                condition=spans,
                condition_of=MAYBE,
                amounts=few(
                    Amount,
                    span=span,
                    value=st.none() | SIZES,
                    upper=st.none() | SIZES,
                    unit=WORDS,
                    bound=st.sampled_from(Bound),
                ),
                deadline=st.none()
                | st.builds(Deadline, span=span, limit=st.sampled_from(Limit), when=WORDS, counts_from=MAYBE),
                statements=IDS,
            ),
            positions=few(
                Position,
                id=WORDS,
                party=WORDS,
                topic=st.sampled_from(Topic),
                stance=st.sampled_from(Stance),
                spans=spans,
                term=MAYBE,
                statements=IDS,
                confidence=SCORES,
            ),
            encounters=few(
                Encounter,
                id=WORDS,
                participants=NAMES,
                status=st.sampled_from(Status),
                spans=spans,
                place=MAYBE,
                when=MAYBE,
                statements=IDS,
            ),
            notes=few(Note, about=WORDS, text=WORDS),
            reader=WORDS,
        )
    )


@settings(deadline=None, max_examples=80)
@given(made_readings())
def test_a_record_written_and_read_is_the_same(reading: Reading) -> None:
    assert from_json(json.loads(json.dumps(to_json(reading)))) == reading


# Real readings, of articles that nobody tuned anything on.
TEXTS = {
    "plain": "Mara Oke said on Monday that talks would resume in Lenn. The governor reportedly refused to sign.",
    "nothing": "It rained all day in the valley, and the harbour was quiet.",
    "quotes": '"We will go," said one official. "Or not," another told the Harbour Post.\n\n“Perhaps,” he added.',
    "symbols": "😀 The minister — naïve? — said: “Yes.”\u00a0 Point two: no tugs!\n7\n7\nREAD MORE: tides",
    "one word": "Reportedly",
    "no end": "The ministry said that the union had told it that the company would",
    "list": "The plan has three points.\n1. A truce.\n2. Prisoners would be exchanged.\n3. Lenn must pay.",
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader("en")


@pytest.fixture(scope="module")
def real(reader: Reader) -> list[Reading]:
    made = [make_document(text, name=name) for name, text in TEXTS.items()]
    examples = list(load(find_examples() / "sudan.jsonl"))[:1]
    return [reader.read(document) for document in (*made, *examples)]


def places(record: Any) -> Iterator[list[int]]:
    """Every `[start, end]` in a record."""
    if isinstance(record, dict):
        for value in record.values():
            yield from places(value)
    elif isinstance(record, list):
        if len(record) == 2 and all(type(item) is int for item in record):
            yield record
        else:
            for item in record:
                yield from places(item)


def test_every_place_lies_in_the_text(real: list[Reading]) -> None:
    for reading in real:
        record = to_json(reading)
        for kind in ("sources", "statements", "plans", "terms", "positions", "encounters"):
            for item in record[kind]:
                found = list(places({k: v for k, v in item.items() if k != "points"}))
                assert all(0 <= start < end <= len(reading.document.text) for start, end in found)


def test_nothing_is_said_without_a_place(real: list[Reading]) -> None:
    for reading in real:
        assert all(statement.content or statement.cue for statement in reading.statements)
        for item in (*reading.terms, *reading.positions, *reading.encounters):
            assert item.spans


def test_every_chain_begins_with_the_outlet_and_is_known(real: list[Reading]) -> None:
    for reading in real:
        kinds = {source.id: source.kind for source in reading.sources}
        for statement in reading.statements:
            assert statement.chain
            assert all(link in kinds for link in statement.chain)
            assert kinds[statement.chain[0]] == SourceKind.OUTLET


def test_ids_are_unique_and_lead_somewhere(real: list[Reading]) -> None:
    for reading in real:
        said = [statement.id for statement in reading.statements]
        assert len(said) == len(set(said))
        plans = {plan.id for plan in reading.plans}
        assert {term.plan for term in reading.terms} <= plans | {None}
        for item in (*reading.plans, *reading.terms, *reading.positions, *reading.encounters):
            assert set(item.statements) <= set(said)
        assert {statement.parent for statement in reading.statements} <= {*said, None}


def test_reading_twice_gives_the_same(reader: Reader, real: list[Reading]) -> None:
    for reading in real:
        assert reader.read(reading.document) == reading


def test_real_records_written_and_read_are_the_same(real: list[Reading]) -> None:
    for reading in real:
        assert from_json(json.loads(json.dumps(to_json(reading)))) == reading


def test_the_text_is_kept_as_it_is(real: list[Reading]) -> None:
    assert [reading.document.text for reading in real[: len(TEXTS)]] == list(TEXTS.values())

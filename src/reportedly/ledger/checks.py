"""A reading that points nowhere is refused before it is kept: spans beyond the text, ids that nothing bears."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportedly.errors import RecordError
from reportedly.records import Encounter, Plan, Position, Reading, Span, Statement, Term


def check(reading: Reading) -> None:
    """Raises RecordError, naming the article and the first fault, unless the reading is whole."""
    for fault in _faults(reading):
        raise RecordError(f"{reading.document.name}: {fault}; read the article again, and report this if it stays")


def _faults(reading: Reading) -> Iterator[str]:
    length = len(reading.document.text)
    for owner, span in _places(reading):
        if span.end > length:
            yield f"{owner} has the span [{span.start}, {span.end}) in a text of {length} characters"
    yield from _scores(reading)
    yield from _doubles(reading)
    sources, statements, plans, terms = (
        {item.id for item in items} for items in (reading.sources, reading.statements, reading.plans, reading.terms)
    )
    for statement in reading.statements:
        yield from _missing(statement.id, statement.chain, sources, "source")
        yield from _missing(statement.id, (statement.parent,), statements, "statement")
    for item in _items(reading):
        yield from _missing(item.id, item.statements, statements, "statement")
    for term in reading.terms:
        yield from _missing(term.id, (term.plan,), plans, "plan")
    for position in reading.positions:
        yield from _missing(position.id, (position.term,), terms, "term")


def _scores(reading: Reading) -> Iterator[str]:
    scored: list[Statement | Term | Position | Encounter] = [*reading.statements, *reading.terms]
    for item in (*scored, *reading.positions, *reading.encounters):
        if not 0 <= item.confidence <= 1:
            yield f"{item.id} has the confidence {item.confidence}, which is no probability"


def _items(reading: Reading) -> Iterator[Plan | Term | Position | Encounter]:
    yield from reading.plans
    yield from reading.terms
    yield from reading.positions
    yield from reading.encounters


def _missing(owner: str, ids: Iterable[str | None], held: set[str], what: str) -> Iterator[str]:
    for id in ids:
        if id is not None and id not in held:
            yield f"{owner} names the {what} {id}, which the record does not hold"


def _doubles(reading: Reading) -> Iterator[str]:
    kinds = (reading.sources, reading.statements, reading.plans, reading.terms, reading.positions, reading.encounters)
    for items in kinds:
        ids = [item.id for item in items]
        if len(set(ids)) < len(ids):
            yield f"two things are called {next(id for id in ids if ids.count(id) > 1)}"


def _places(reading: Reading) -> Iterator[tuple[str, Span]]:
    document = reading.document
    yield from (("a block", block.span) for block in document.blocks)
    yield from (("a piece", piece.span) for piece in document.pieces)
    for source in reading.sources:
        yield from ((source.id, span) for span in source.mentions)
    for st in reading.statements:
        yield from ((st.id, span) for span in (*st.source, *st.cue, *st.content, *st.addressee, *st.hedges))
    for term in reading.terms:
        yield from ((term.id, span) for span in term.condition)
    for item in _items(reading):
        yield from ((item.id, span) for span in item.spans)

"""What people say of a reading: what it got wrong, and what they think of it. Kept beside it, never written over it.

A correction is found again in a later reading of the same text by what it is about (see `anchors`), not by an id or a
row. `apply` is pure: the same reading and corrections give the same corrected reading, and none gives the reading
itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from reportedly.ledger.anchors import FIELDS, Item, find, items_of
from reportedly.ledger.identity import name_key
from reportedly.records import (
    Basis,
    Link,
    Note,
    PointsBasis,
    Reading,
    Source,
    SourceKind,
    Span,
    Spans,
    Statement,
    Term,
)


class Kind(StrEnum):
    """What a person says: the first five change what is given out, the others stand beside it."""

    WRONG_SPEAKER = "wrong-speaker"
    WRONG_SPAN = "wrong-span"
    NOT_A_STATEMENT = "not-a-statement"
    TERM_PARTY = "term-party"
    POINT_NUMBER = "point-number"
    SAME = "same"
    DIFFERENT = "different"
    GRADE = "grade"
    LIKELIHOOD = "likelihood"


CHANGING = frozenset({Kind.WRONG_SPEAKER, Kind.WRONG_SPAN, Kind.NOT_A_STATEMENT, Kind.TERM_PARTY, Kind.POINT_NUMBER})
"""The kinds that change what a ledger gives out."""

UNDO = "undo"
"""The kind of the judgement that takes another back."""


class State(StrEnum):
    """What became of a correction."""

    STANDS = "stands"
    OVERRULED = "overruled by a later one"
    UNDONE = "undone"
    LOST = "no longer found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """That a person changed a row: which correction (its id), of what kind, who and when (ISO 8601 in UTC)."""

    id: str
    kind: Kind
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person said of a thing.

    `about` are the ledger's ids of the things as they are now, or the names; as they were then where they are no
    longer found. `value` is what the person says (see docs/reference/corrections.md), `words` what the thing printed.
    `before` and `after` are the thing as the program took it down and as it is with this correction, JSON-ready;
    `after` is None for what is no statement. `articles` are the ids of the articles it is about.
    """

    id: str
    kind: Kind
    about: tuple[str, ...]
    value: Any
    by: str
    at: str
    why: str
    state: State
    words: str = ""
    before: Any = None
    after: Any = None
    articles: tuple[str, ...] = ()
    undone_by: str | None = None
    undone_at: str | None = None

    @property
    def mark(self) -> Mark:
        """Who and when."""
        return Mark(id=self.id, kind=self.kind, by=self.by, at=self.at)


@dataclass(frozen=True, slots=True)
class Grade:
    """The Admiralty code's letter for a source and number for what it says; two people may have given one each."""

    reliability: str | None = None
    credibility: int | None = None
    said: tuple[Correction, ...] = ()

    def with_(self, correction: Correction) -> Grade:
        """The grade with what a later correction says in it."""
        letter, number = (correction.value.get(part) for part in ("reliability", "credibility"))
        return Grade(letter or self.reliability, number or self.credibility, (*self.said, correction))

    def __str__(self) -> str:
        return f"{self.reliability or ''}{self.credibility or ''}"


@dataclass(frozen=True, slots=True)
class Change:
    """A correction as `apply` takes it: its mark, the value, and the places by which its thing is known."""

    mark: Mark
    value: Mapping[str, Any]
    anchors: Sequence[Mapping[str, Any]]

    @property
    def parts(self) -> frozenset[str]:
        """What of the thing it sets; a later one of its kind that sets all of it overrules it."""
        return frozenset(self.value) if self.mark.kind in (Kind.WRONG_SPAN, Kind.TERM_PARTY) else frozenset({"all"})


@dataclass(frozen=True, slots=True)
class Applied:
    """A corrected reading; the marks of its items by their local ids; what became of each change, by its id.

    `found` has for each change the local id of its thing, where there is one.
    """

    reading: Reading
    marks: Mapping[str, tuple[Mark, ...]]
    states: Mapping[str, State]
    found: Mapping[str, str]


def apply(reading: Reading, changes: Sequence[Change]) -> Applied:
    """The reading with the changes, the oldest first, in it; the last word on a thing counts."""
    found = {change.mark.id: id for change in changes if (id := find(change.anchors, reading)) is not None}
    states = {c.mark.id: State.STANDS if c.mark.id in found else State.LOST for c in changes}
    held = [c for c in changes if c.mark.id in found]
    for place, change in enumerate(held):
        if change.parts <= _later_parts(change, held[place + 1 :], found):
            states[change.mark.id] = State.OVERRULED
    corrected = reading
    marks: dict[str, tuple[Mark, ...]] = {}
    standing = [c for c in held if states[c.mark.id] is State.STANDS]
    # What is no statement goes last, so that what else was said of it does no harm.
    for change in sorted(standing, key=lambda c: c.mark.kind is Kind.NOT_A_STATEMENT):
        id = found[change.mark.id]
        corrected = _DO[change.mark.kind](corrected, id, change.value)
        marks[id] = (*marks.get(id, ()), change.mark)
    return Applied(_marked(corrected, marks), marks, states, found)


def _later_parts(change: Change, later: Iterable[Change], found: Mapping[str, str]) -> frozenset[str]:
    same = (c for c in later if c.mark.kind is change.mark.kind and found[c.mark.id] == found[change.mark.id])
    return frozenset().union(*(c.parts for c in same))


def _marked(reading: Reading, marks: Mapping[str, tuple[Mark, ...]]) -> Reading:
    """The reading with a note for each mark, and a method that names the last person on each corrected item."""
    if not marks:
        return reading
    notes = [Note(about=id, text=worded(mark)) for id, given in sorted(marks.items()) for mark in given]
    for id, given in marks.items():
        if (item := items_of(reading).get(id)) is not None:
            reading = _with(reading, replace(item, method=worded(given[-1])))
    return replace(reading, notes=(*reading.notes, *notes))


def worded(mark: Mark) -> str:
    """`wrong-speaker, corrected by Ana on 2026-03-05`."""
    return f"{mark.kind.value}, corrected by {mark.by} on {mark.at[:10]}"


def is_mark(method: str) -> bool:
    """Whether the method of an item says that a person put it right."""
    return method.startswith(tuple(f"{kind.value}, corrected by " for kind in CHANGING))


def _with(reading: Reading, item: Item) -> Reading:
    """The reading with an item in the place of the one that has its id."""
    field = FIELDS[type(item)]
    return _set(reading, {field: tuple(item if old.id == item.id else old for old in getattr(reading, field))})


Thing = TypeVar("Thing", bound="Item | Reading")


def _set(thing: Thing, fields: Any) -> Thing:
    """The thing with other values in some fields."""
    return replace(thing, **fields)


def spans_of(pairs: Iterable[Sequence[int]]) -> Spans:
    """Spans from pairs."""
    return tuple(Span(*pair) for pair in pairs)


def _respan(reading: Reading, id: str, value: Mapping[str, Any]) -> Reading:
    item = items_of(reading)[id]
    return _with(reading, _set(item, {field: spans_of(pairs) for field, pairs in value.items()}))


def _reparty(reading: Reading, id: str, value: Mapping[str, Any]) -> Reading:
    item = items_of(reading)[id]
    return _with(reading, _set(item, {side: tuple(names) for side, names in value.items()}))


def _renumber(reading: Reading, id: str, value: Mapping[str, Any]) -> Reading:
    item = items_of(reading)[id]
    assert isinstance(item, Term)
    points = tuple(value["points"])
    basis = PointsBasis(value["basis"]) if points else None
    return _with(reading, replace(item, points=points, points_basis=basis))


def _respeak(reading: Reading, id: str, value: Mapping[str, Any]) -> Reading:
    statement = items_of(reading)[id]
    assert isinstance(statement, Statement)
    reading, source = _source(reading, value)
    reading = _held_by(reading, id, statement.chain[-1:], source)
    chain = _rechained(statement.chain, source.id)
    spans = spans_of(value["spans"]) if value.get("spans") else ()
    why = Link(source=source.id, basis=Basis.SPEAKS, spans=spans)
    links = _relinked(statement.links, chain, (why,))
    reading = _with(reading, replace(statement, source=spans, chain=chain, links=links))
    return _passed_on(reading, id, statement.chain, replace(statement, chain=chain, links=links))


FOLLOWED = "follows the speaker as corrected"
"""The method of a position that changed hands with the statement it stands on."""

_NOBODY = frozenset({SourceKind.OUTLET, SourceKind.UNNAMED, SourceKind.DOCUMENT})
"""Kinds of speaker whose word, where they speak for no party, is no party's position."""


def _held_by(reading: Reading, id: str, old: Sequence[str], new: Source) -> Reading:
    """The reading in which a position that was the old speaker's is the new one's, where it stands on that statement.

    Where it stands on others too it stays, on those alone. Where the new speaker speaks for nobody, nobody holds it.
    """
    before = {source.id: source for source in reading.sources}
    names = {name_key(n) for s in old if s in before for n in (before[s].name, before[s].party) if n}
    party = new.party or (None if new.kind in _NOBODY else new.name)
    positions = []
    for position in reading.positions:
        others = tuple(s for s in position.statements if s != id)
        if len(others) == len(position.statements) or name_key(position.party) not in names:
            positions.append(position)
        elif others:
            positions.append(replace(position, statements=others))
        elif party is not None:
            positions.append(replace(position, party=party, method=FOLLOWED))
    return replace(reading, positions=tuple(positions))


def _relinked(links: Sequence[Link], chain: Sequence[str], others: Sequence[Link]) -> tuple[Link, ...]:
    """Why each source of a new chain is a link of it, where that was explained of the old one."""
    known = {link.source: link for link in (*others, *links)}
    return tuple(known[source] for source in chain) if links and known.keys() >= set(chain) else ()


def _rechained(chain: tuple[str, ...], source: str) -> tuple[str, ...]:
    """The chain with another last source; what lies between the outlet and it stays."""
    if source in chain:
        return chain[: chain.index(source) + 1]
    return (*(chain[:-1] if len(chain) > 1 else chain), source)


def _source(reading: Reading, value: Mapping[str, Any]) -> tuple[Reading, Source]:
    """The source of that name, which the reading gets if it has none."""
    wanted, kind = name_key(value["name"]), SourceKind(value["kind"])
    for source in reading.sources:
        if name_key(source.name) == wanted:
            return reading, source
    taken = {source.id for source in reading.sources}
    number = next(n for n in range(len(taken) + 1) if f"so{n}" not in taken)
    mentions = spans_of(value.get("spans") or ())
    named = kind is not SourceKind.UNNAMED
    party = value.get("party")
    source = Source(id=f"so{number}", name=value["name"], kind=kind, named=named, party=party, mentions=mentions)
    return replace(reading, sources=(*reading.sources, source)), source


def _passed_on(reading: Reading, id: str, old: tuple[str, ...], new: Statement) -> Reading:
    """What stands in a statement, at however many removes, came through its speaker too."""
    waiting, seen = [id], {id}
    while waiting:
        outer = waiting.pop()
        for inner in reading.statements:
            if inner.parent == outer and inner.id not in seen and inner.chain[: len(old)] == old:
                chain = tuple(dict.fromkeys((*new.chain, *inner.chain[len(old) :])))
                links = _relinked(inner.links, chain, new.links)
                reading = _with(reading, replace(inner, chain=chain, links=links))
                seen.add(inner.id)
                waiting.append(inner.id)
    return reading


def _unsay(reading: Reading, id: str, value: Mapping[str, Any]) -> Reading:
    """The reading without a statement. What stood in it moves out of it; what rested on it rests on the others.

    A position is of what somebody said: one that rested on this alone goes with it.
    """
    gone = items_of(reading)[id]
    assert isinstance(gone, Statement)
    kept = (s for s in reading.statements if s.id != id)
    outer = gone.parent if gone.parent != id else None

    def without(items: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(replace(i, statements=tuple(s for s in i.statements if s != id)) for i in items)

    return replace(
        reading,
        statements=tuple(replace(s, parent=outer) if s.parent == id else s for s in kept),
        plans=without(reading.plans),
        terms=without(reading.terms),
        positions=without(tuple(p for p in reading.positions if p.statements != (id,))),
        encounters=without(reading.encounters),
    )


_DO = {
    Kind.WRONG_SPEAKER: _respeak,
    Kind.WRONG_SPAN: _respan,
    Kind.NOT_A_STATEMENT: _unsay,
    Kind.TERM_PARTY: _reparty,
    Kind.POINT_NUMBER: _renumber,
}

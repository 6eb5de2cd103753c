"""Things of a reading by what they are in the text, so that a later reading of the same text still has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reportedly.records import Encounter, Position, Reading, Span, Statement, Term

Pairs = Sequence[Sequence[int]]

Item = Statement | Term | Position | Encounter
"""What can be put right."""

ALIKE = 0.5
"""The share of their characters that two spans must have in common to be the same thing read differently."""

FIELDS = {Statement: "statements", Term: "terms", Position: "positions", Encounter: "encounters"}
"""The field of a reading that holds each sort of item."""

_OF_SORT = {sort.__name__.lower(): field for sort, field in FIELDS.items()}


def items_of(reading: Reading) -> dict[str, Item]:
    """All that can be put right in a reading, by local id."""
    every: tuple[Item, ...] = (*reading.statements, *reading.terms, *reading.positions, *reading.encounters)
    return {item.id: item for item in every}


def anchor_of(item: Item) -> dict[str, Any]:
    """What makes an item itself, JSON-ready: its sort, its place, and the cue or topic that parts it from others."""
    if isinstance(item, Statement):
        return {"sort": "statement", "spans": _pairs(item.content), "cue": _pairs(item.cue)}
    sort = type(item).__name__.lower()
    named = {"topic": item.topic.value} if isinstance(item, Term | Position) else {}
    return {"sort": sort, "spans": _pairs(item.spans), **named}


def find(anchors: Sequence[Mapping[str, Any]], reading: Reading) -> str | None:
    """The local id of the item that an anchor is of: the very same, else the one most like it; None if none is.

    Several anchors are of one item as it was and as it was put right: a better reader may have it either way.
    """
    for anchor in anchors:
        for item in _of_sort(anchor, reading):
            if anchor_of(item) == anchor:
                return item.id
    for anchor in anchors:
        near = [(_nearness(anchor, anchor_of(item)), item.id) for item in _of_sort(anchor, reading)]
        if best := max((score for score, _ in near if score is not None), default=None):
            return next(id for score, id in near if score == best)
    return None


def _of_sort(anchor: Mapping[str, Any], reading: Reading) -> Iterable[Item]:
    items: tuple[Item, ...] = getattr(reading, _OF_SORT[anchor["sort"]])
    return items


def _nearness(anchor: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[bool, float] | None:
    """Whether the topic is the same, and how much of the places; None where the two cannot be one thing.

    Two cues that share no character are two acts of saying, however alike what is said.
    """
    share = _shared(anchor["spans"], other["spans"])
    one, two = anchor.get("cue"), other.get("cue")
    if share < ALIKE or (one and two and not _overlap(one, two)):
        return None
    return anchor.get("topic") == other.get("topic"), share


def _shared(one: Pairs, other: Pairs) -> float:
    """The characters that both hold, among those that either holds."""
    both = _overlap(one, other)
    either = sum(end - start for start, end in (*one, *other)) - both
    return both / either if either else 0.0


def _overlap(one: Pairs, other: Pairs) -> int:
    """How many characters both hold."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]

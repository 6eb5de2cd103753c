"""Places in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`[start, end)` in Unicode code points of one document's text. Raises ValueError if it is empty or reversed."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The printed words."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether the other lies in this one, borders included."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


Spans = tuple[Span, ...]


def hull(spans: Iterable[Span]) -> Span:
    """The shortest span that holds all of them; raises ValueError if there are none."""
    kept = tuple(spans)
    if not kept:
        raise ValueError("no spans to cover")
    return Span(min(s.start for s in kept), max(s.end for s in kept))


def shown(spans: Spans, text: str) -> str:
    """The printed words of a discontinuous span, its parts joined by an ellipsis."""
    return " … ".join(" ".join(s.of(text).split()) for s in spans)

"""Spans with what belongs to them, so kept that those of one stretch of a long text are found without all others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

from reportedly.records import Span

T = TypeVar("T")


class Ranges(Generic[T]):
    """Pairs of a span and a value, by start; of those that start together the longer first, else as they came."""

    def __init__(self, pairs: Iterable[tuple[Span, T]]) -> None:
        self._pairs = sorted(pairs, key=lambda pair: (pair[0].start, -pair[0].end))
        self._starts = [span.start for span, _ in self._pairs]
        self._reach = list(accumulate((span.end for span, _ in self._pairs), max))

    def meeting(self, span: Span) -> Iterator[tuple[Span, T]]:
        """Those that share a character with the span."""
        first = bisect_right(self._reach, span.start)
        for at in range(first, bisect_left(self._starts, span.end)):
            if self._pairs[at][0].end > span.start:
                yield self._pairs[at]

    def within(self, span: Span) -> Iterator[tuple[Span, T]]:
        """Those that lie in the span."""
        for at in range(bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)):
            if self._pairs[at][0].end <= span.end:
                yield self._pairs[at]

"""Which statements are worth comparing. Cost grows with their number, not with its square.

In a small collection that is every pair of one matter. In a large one each statement meets those with which it shares
what tells most: quotations, runs of words, quantities, rare stems; and its neighbours in its own article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly.reconciliation.index import Index, Key, keys_of
from reportedly.reconciliation.sameness import Weights, of_one_matter
from reportedly.reconciliation.sayings import Saying

_NEIGHBOURS = 30
"""Others that a statement is compared with, besides those of its own article."""

_NEAR = 8
"""Statements of one article between two that may still be compared: one inside the other, or close by."""


def index_of(sayings: Sequence[Saying], weights: Weights) -> Index:
    """The statements under what they are looked up by."""
    return Index(_keys(saying, weights) for saying in sayings)


def find_candidates(sayings: Sequence[Saying], index: Index) -> tuple[tuple[int, int], ...]:
    """Pairs of places in the list, the lower first, in order."""
    pairs = set(_in_one_article(sayings))
    for place, saying in enumerate(sayings):
        for other in index.near(place, limit=_NEIGHBOURS):
            if of_one_matter(saying.article, sayings[other].article):
                pairs.add((min(place, other), max(place, other)))
    return tuple(sorted(pairs))


def _keys(saying: Saying, weights: Weights) -> Iterator[Key]:
    yield from keys_of(saying.content, weights.known, weights.unseen)
    yield from ((weights.unseen, f'"{quote}"') for quote in saying.quotes)
    if saying.thin:
        yield from ((weights.of((stem,)), stem) for stem in saying.around.stems - saying.content.stems)


def _in_one_article(sayings: Sequence[Saying]) -> Iterator[tuple[int, int]]:
    for place, saying in enumerate(sayings):
        for other in range(place + 1, min(place + _NEAR, len(sayings))):
            if sayings[other].article is saying.article:
                yield place, other

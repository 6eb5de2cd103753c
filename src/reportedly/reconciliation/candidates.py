"""Which statements are worth comparing. Cost grows with their number, not with its square.

In a small collection that is every pair. In a large one each statement meets those with which it shares what tells
most: quotations, runs of words, quantities, rare stems. Lists that are too long tell little and are cut.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from reportedly.reconciliation.sameness import Weights, of_one_matter
from reportedly.reconciliation.sayings import Saying

_FEW = 400
"""Statements up to which every pair is compared."""

_LONGEST = 60
"""Statements under one feature; a feature that more of them share is not looked at."""

_KEYS = 12
"""Features by which a statement is looked up, those that tell most."""

_NEIGHBOURS = 30
"""Others that a statement is compared with, besides those of its own article."""

_NEAR = 8
"""Statements of one article between two that may still be compared: one inside the other, or close by."""


def find_candidates(sayings: Sequence[Saying], weights: Weights) -> tuple[tuple[int, int], ...]:
    """Pairs of places in the list, the lower first, in order."""
    if len(sayings) <= _FEW:
        return tuple(pair for pair in combinations(range(len(sayings)), 2) if _meet(sayings, pair))
    postings = _postings(sayings, weights)
    pairs = {pair for place in range(len(sayings)) for pair in _neighbours(place, sayings, postings, weights)}
    pairs = {pair for pair in pairs if _meet(sayings, pair)} | set(_in_one_article(sayings))
    return tuple(sorted(pairs))


def _meet(sayings: Sequence[Saying], pair: tuple[int, int]) -> bool:
    return of_one_matter(sayings[pair[0]].article, sayings[pair[1]].article)


def _keys(saying: Saying, weights: Weights) -> list[tuple[float, str]]:
    """What a statement is looked up by, with how much it tells, the most telling first."""
    stems = saying.content.stems | (saying.around.stems if saying.thin else frozenset())
    keys = [(weights.of((s,)), s) for s in stems]
    keys += [(weights.unseen, f'"{q}"') for q in saying.quotes]
    keys += [
        (weights.unseen, f"{n.value}{unit}") for n in saying.content.numbers for unit in n.unit if not unit.isdigit()
    ]
    stop = saying.content.words
    keys += [(weights.unseen, " ".join(stop[i : i + 4])) for i in range(0, max(0, len(stop) - 3), 2)]
    return sorted(keys, key=lambda k: (-k[0], k[1]))


def _postings(sayings: Sequence[Saying], weights: Weights) -> dict[str, list[int]]:
    postings: dict[str, list[int]] = defaultdict(list)
    for place, saying in enumerate(sayings):
        for _, key in _keys(saying, weights):
            postings[key].append(place)
    return {key: places for key, places in postings.items() if 1 < len(places) <= _LONGEST}


def _neighbours(
    place: int, sayings: Sequence[Saying], postings: dict[str, list[int]], weights: Weights
) -> Iterator[tuple[int, int]]:
    shared: Counter[int] = Counter()
    looked = [(weight, key) for weight, key in _keys(sayings[place], weights) if key in postings][:_KEYS]
    for weight, key in looked:
        for other in postings[key]:
            shared[other] += weight  # type: ignore[assignment]
    del shared[place]
    best = sorted(shared, key=lambda other: (-shared[other], other))[:_NEIGHBOURS]
    yield from ((min(place, other), max(place, other)) for other in best)


def _in_one_article(sayings: Sequence[Saying]) -> Iterator[tuple[int, int]]:
    for place, saying in enumerate(sayings):
        for other in range(place + 1, min(place + _NEAR, len(sayings))):
            if sayings[other].article is saying.article:
                yield place, other

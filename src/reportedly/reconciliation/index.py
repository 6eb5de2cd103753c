"""Looks up what shares most with a thing, at a cost that does not grow with the collection.

Every thing is kept under its telling features. A feature that too many share tells little and is not looked at; of the
things found, those that share most are given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from reportedly.reconciliation.words import Print

Key = tuple[float, str]
"""How much a feature tells, and the feature."""

_LONGEST = 60
"""Things under one feature from which on it is not looked at."""

_KEYS = 12
"""Features by which a thing is looked up, those that tell most."""

FEW = 400
"""Things up to which all are given."""


class Index:
    """Things 0 to n under their features."""

    def __init__(self, keyed: Iterable[Iterable[Key]]) -> None:
        self._keys = [sorted(keys, key=lambda k: (-k[0], k[1])) for keys in keyed]
        postings: dict[str, list[int]] = defaultdict(list)
        for place, keys in enumerate(self._keys):
            for _, key in keys:
                postings[key].append(place)
        self._postings = {key: places for key, places in postings.items() if len(places) <= _LONGEST}

    def near(self, place: int, *, limit: int) -> list[int]:
        """The other things that share most with the one at a place, best first."""
        if len(self._keys) <= FEW:
            return [other for other in range(len(self._keys)) if other != place]
        shared: dict[int, float] = defaultdict(float)
        for weight, key in [k for k in self._keys[place] if k[1] in self._postings][:_KEYS]:
            for other in self._postings[key]:
                shared[other] += weight
        shared.pop(place, None)
        return sorted(shared, key=lambda other: (-shared[other], other))[:limit]


def keys_of(p: Print, weigh: Mapping[str, float], unseen: float) -> list[Key]:
    """The features of a print: its stems, its quantities with what they count, and its runs of four words."""
    keys = [(weigh.get(stem, unseen), stem) for stem in p.stems]
    keys += [(unseen, f"{n.value}{unit}") for n in p.numbers for unit in n.unit if not unit.isdigit()]
    return keys + [(unseen, run) for run in runs(p.words)]


def runs(words: Sequence[str]) -> list[str]:
    """Every second run of four words."""
    return [" ".join(words[i : i + 4]) for i in range(0, max(0, len(words) - 3), 2)]

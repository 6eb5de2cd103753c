"""An article in short: enough to say which others are worth comparing with it, whatever the size of the collection.

An article is compared with those that are likest to it: by the words of both (random indexing of stems, Kanerva et al.,
2000), by whether one names the other's outlet as a source, and by the days between them. How like two articles are
depends on these two alone, so that a new article changes nothing between old ones but who is among the likest.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from reportedly.reconciliation.names import Key, key_of
from reportedly.reconciliation.words import calendar, print_of
from reportedly.records import Reading, SourceKind

SIZE = 256
"""Numbers in a sign."""

NEAREST = 24
"""Articles that one is compared with, besides those that are compared with it."""

_LEAST = 0.1
"""Likeness below which articles have nothing to do with each other."""

_CITED, _SAME_DAYS = 0.3, 0.1
"""What a citation counts, and a short time between two articles."""

_WEEK = 7.0
_NAMES = 2
"""What a name counts against a plain word."""

_BATCH = 512

Sign = NDArray[np.int8]


@dataclass(frozen=True)
class Profile:
    """What others are compared by: the day, the outlet and the outlets that are named as sources; keys are plain."""

    day: str
    outlet: Key | None
    cited: frozenset[Key]


@dataclass(frozen=True, slots=True, order=True)
class Near:
    """An article among the likest of another: the sortable distance, 1 less its likeness, and its id."""

    distance: float
    article: str


def profile_of(reading: Reading) -> Profile:
    """The profile of a reading; it depends on nothing else."""
    outlet = reading.document.outlet
    own = key_of(outlet, SourceKind.OUTLET) if outlet else None
    linked = {link for s in reading.statements for link in s.chain[1:]}
    outlets = (s for s in reading.sources if s.kind is SourceKind.OUTLET and s.named and s.id in linked)
    cited = frozenset(key_of(s.name, s.kind) for s in outlets) - {own}
    return Profile(reading.document.published or "", own, frozenset(k for k in cited if k))


def _ordinal(day: str | None) -> int:
    try:
        return date.fromisoformat(day or "").toordinal()
    except ValueError:
        return 0


def sign_of(reading: Reading) -> Sign:
    """The words of a reading, (256,) int8."""
    text = reading.document.text
    whole = [print_of(text[b.start : b.end]) for b in (block.span for block in reading.document.prose())]
    prints = whole or [print_of(text)]
    total = np.zeros(SIZE, dtype=np.int32)
    for stem in sorted({stem for p in prints for stem in p.stems}):
        total += _direction(stem)
    for name in sorted({name for p in prints for name in p.names} - calendar()):
        total += _NAMES * _direction(name.upper())
    top = int(np.abs(total).max()) or 1
    return np.asarray(np.rint(total * (127 / top)), dtype=np.int8)


@lru_cache(maxsize=65536)
def _direction(stem: str) -> NDArray[np.int32]:
    """A direction of its own for each stem, -1 or 1 in each place."""
    hashed = hashlib.blake2b(stem.encode("utf-8", "replace"), digest_size=SIZE // 8).digest()
    bits = np.unpackbits(np.frombuffer(hashed, np.uint8))
    return bits.astype(np.int32) * 2 - 1


@dataclass(frozen=True, eq=False)
class Sheet:
    """The signs of some articles: their ids, their days, and the signs themselves, (articles, 256) int8."""

    ids: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    signs: NDArray[np.int8] = field(default_factory=lambda: np.zeros((0, SIZE), dtype=np.int8))

    def without(self, articles: Set[str]) -> Sheet:
        """The sheet of the others."""
        kept = [place for place, id in enumerate(self.ids) if id not in articles]
        if len(kept) == len(self.ids):
            return self
        return Sheet(tuple(self.ids[p] for p in kept), tuple(self.days[p] for p in kept), self.signs[kept])


def sheet_of(signs: Mapping[str, tuple[str, Sign]]) -> Sheet:
    """The sheet of articles with their days and signs, in the order of their ids."""
    ids = sorted(signs)
    table = np.stack([signs[id][1] for id in ids]) if ids else np.zeros((0, SIZE), dtype=np.int8)
    return Sheet(tuple(ids), tuple(signs[id][0] for id in ids), table)


def joined(sheets: Sequence[Sheet]) -> Sheet:
    """All that lies on some sheets."""
    signs = [sheet.signs for sheet in sheets]
    return Sheet(
        tuple(id for sheet in sheets for id in sheet.ids),
        tuple(day for sheet in sheets for day in sheet.days),
        np.concatenate(signs) if signs else np.zeros((0, SIZE), dtype=np.int8),
    )


class Citing(Protocol):
    """Who publishes and who cites outlets."""

    def published_by(self, outlets: Set[Key]) -> Mapping[Key, Set[str]]:
        """The articles that each of some outlets published."""

    def citing(self, outlets: Set[Key]) -> Mapping[Key, Set[str]]:
        """The articles that name each of some outlets as a source."""


class Profiles:
    """The signs and days of a collection, in one table that many can be held against at once."""

    def __init__(self, sheet: Sheet) -> None:
        self.ids = sheet.ids
        self.places = {id: place for place, id in enumerate(sheet.ids)}
        # Sums of products of small whole numbers are exact in float32, in whatever order they are added.
        self._signs = sheet.signs.astype(np.float32)
        self._lengths = np.sqrt(np.einsum("ij,ij->i", self._signs, self._signs).astype(np.float64))
        ordinals = {day: _ordinal(day) for day in set(sheet.days)}
        self._days = np.array([ordinals[day] for day in sheet.days], dtype=np.float64)

    def likeness(self, articles: Sequence[str], bound: Mapping[str, Set[str]]) -> NDArray[np.float64]:
        """How like each of some articles is to every article of the table, (articles, all).

        `bound` are for each of them those that it cites or that cite it.
        """
        rows = [self.places[id] for id in articles]
        dots = (self._signs[rows] @ self._signs.T).astype(np.float64)
        scale = np.maximum(self._lengths[rows][:, None] * self._lengths[None, :], 1.0)
        gaps = np.abs(self._days[rows][:, None] - self._days[None, :])
        dated = (self._days[rows][:, None] > 0) & (self._days[None, :] > 0)
        like = dots / scale + np.where(dated, _SAME_DAYS * np.exp(-gaps / _WEEK), 0.0)
        for i, row in enumerate(rows):
            citing = sorted(self.places[id] for id in bound.get(articles[i], ()) if id in self.places)
            like[i, citing] += _CITED
            like[i, row] = -1.0
        return np.asarray(like)

    def nearest(self, articles: Sequence[str], bound: Mapping[str, Set[str]]) -> dict[str, tuple[Near, ...]]:
        """The likest of each of some articles, best first, ties by id."""
        out: dict[str, tuple[Near, ...]] = {}
        for start in range(0, len(articles), _BATCH):
            some = articles[start : start + _BATCH]
            for id, like in zip(some, self.likeness(some, bound), strict=True):
                out[id] = best_of(Near(round(1 - float(like[p]), 9), self.ids[p]) for p in _top(like))
        return out

    def reached(
        self, articles: Sequence[str], bound: Mapping[str, Set[str]], reach: Mapping[str, float]
    ) -> dict[str, list[Near]]:
        """For the other articles, those of some that may be among their likest; `reach`: the distance of their last."""
        far = np.array([reach.get(id, math.inf) for id in self.ids])
        rest = set(articles)
        out: dict[str, list[Near]] = {}
        for start in range(0, len(articles), _BATCH):
            some = articles[start : start + _BATCH]
            for id, like in zip(some, self.likeness(some, bound), strict=True):
                for place in np.flatnonzero((like >= _LEAST) & (np.round(1 - like, 9) <= far)):
                    if self.ids[place] not in rest:
                        out.setdefault(self.ids[place], []).append(Near(round(1 - float(like[place]), 9), id))
        return out


def bound_by(articles: Mapping[str, Profile], citing: Citing) -> dict[str, Set[str]]:
    """For each of some articles those that cite its outlet, and those of the outlets that it cites."""
    outlets = frozenset(p.outlet for p in articles.values() if p.outlet)
    cited = frozenset(key for p in articles.values() for key in p.cited)
    by, of = citing.citing(outlets), citing.published_by(cited)
    return {
        id: (set(by.get(p.outlet, ())) if p.outlet else set()).union(*(of.get(key, ()) for key in p.cited)) - {id}
        for id, p in articles.items()
    }


def best_of(near: Iterable[Near]) -> tuple[Near, ...]:
    """The nearest ones, best first."""
    return tuple(sorted(near)[:NEAREST])


def reach_of(near: Sequence[Near]) -> float:
    """The distance within which another article would be among the nearest."""
    return near[-1].distance if len(near) >= NEAREST else math.inf


def _top(like: NDArray[np.float64]) -> list[int]:
    """The places of the likest, a few more where the last ones tie."""
    able = np.flatnonzero(like >= _LEAST)
    if len(able) <= NEAREST:
        return [int(place) for place in able]
    least = np.partition(np.round(like[able], 9), len(able) - NEAREST)[len(able) - NEAREST]
    return [int(place) for place in able[np.round(like[able], 9) >= least - 1e-9]]

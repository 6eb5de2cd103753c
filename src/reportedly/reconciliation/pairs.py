"""All that two articles are compared for, and one with itself. It depends on these two, and on names, alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from reportedly.reconciliation.changes import Answer, answers_of
from reportedly.reconciliation.contradictions import Denial, clashes_between, denials_between
from reportedly.reconciliation.copies import find_copy
from reportedly.reconciliation.names import Names
from reportedly.reconciliation.packing import unpack_field
from reportedly.reconciliation.sameness import Context, context_of, of_one_matter, weights_of
from reportedly.reconciliation.sayings import Article, Saying, sayings_of
from reportedly.reconciliation.scoring import Told, load_model, score
from reportedly.reconciliation.signals import Pairs
from reportedly.records import Contradiction, Copy, Member

NEAR = 8
"""Statements of one article between two that may still be compared: one inside the other, or close by."""

_WORTH = 0.02
"""Score below which a pair of statements is not remembered."""

_APART = 0.005
"""The same for two that never can say the same: where nothing ties them, nothing has to part them."""
_ROWS = 64
"""Statements of one article that are held against those near them at a time."""


@dataclass(frozen=True)
class Tied:
    """How probable it is that two statements say the same, and by which signs; `apart` is why they never can."""

    a: Member
    b: Member
    score: float
    told: Told = ()
    apart: str = ""


@dataclass(frozen=True)
class Found:
    """What came of holding two articles against each other."""

    tied: tuple[Tied, ...] = ()
    copy: Copy | None = None
    denials: tuple[Denial, ...] = ()
    clashes: tuple[Contradiction, ...] = ()
    answers: tuple[Answer, ...] = ()


class KeptFound(Found):
    """The same as it was packed and written, each part read when it is asked for: most runs ask for few."""

    def __init__(self, raw: str) -> None:
        object.__setattr__(self, "_raw", raw)

    def __getattribute__(self, name: str) -> Any:
        if name not in _PARTS:
            return object.__getattribute__(self, name)
        known = object.__getattribute__(self, "__dict__")
        if name not in known:
            if isinstance(known["_raw"], str):
                known["_raw"] = json.loads(known["_raw"])
            known[name] = unpack_field(Found, name, known["_raw"])
        return known[name]


_PARTS = frozenset(field.name for field in fields(Found))


def compare(a: Article, b: Article, names: Names) -> Found:
    """What two articles, or one and itself, have to do with each other; the same whichever comes first."""
    first, second = sorted((a, b), key=lambda article: article.rank)
    weights = weights_of(first, second)
    if first is second:
        return _with_itself(first, names)
    copy = find_copy(first, second, weights)
    if not of_one_matter(first, second):
        return Found(copy=copy)
    ones, others = sayings_of(first, names), sayings_of(second, names)
    context = context_of((*ones, *others), weights, copied=copy is not None)
    return Found(
        tied=tuple(tied_between(ones, others, context)),
        copy=copy,
        denials=denials_between((*ones, *others), weights, within=False),
        clashes=clashes_between(first, second, weights, names),
        answers=answers_of(first, second, weights),
    )


def _with_itself(article: Article, names: Names) -> Found:
    sayings, weights = sayings_of(article, names), weights_of(article, article)
    context = context_of(sayings, weights)
    denials = denials_between(sayings, weights, within=True)
    return Found(tied=tuple(tied_inside(sayings, context)), denials=denials)


def tied_between(ones: Sequence[Saying], others: Sequence[Saying], context: Context) -> Iterator[Tied]:
    """The pairs of statements of two articles that may say the same, and those that never can."""
    return _tied(Pairs(ones, others, context), lambda i, j: True) if ones and others else iter(())


def tied_inside(sayings: Sequence[Saying], context: Context) -> Iterator[Tied]:
    """The same of the statements of one article that stand near each other."""
    for start in range(0, len(sayings), _ROWS):
        end = start + _ROWS
        near = Pairs(sayings[start:end], sayings[start : end + NEAR - 1], context)
        yield from _tied(near, lambda i, j: 0 < j - i < NEAR)


def _tied(pairs: Pairs, wanted: Callable[[int, int], bool]) -> Iterator[Tied]:
    model = load_model()
    scores, reasons = score(pairs, model=model), pairs.reasons
    worth = (scores.table >= _WORTH) | ((reasons != "") & (scores.table >= _APART))
    for i, j in np.argwhere(worth).tolist():
        if not wanted(i, j):
            continue
        apart, found = str(reasons[i, j]), float(scores.table[i, j])
        first, second = sorted((pairs.ones[i].member, pairs.others[j].member))
        yield Tied(first, second, 0.0 if apart else found, () if apart else scores.told(i, j), apart)

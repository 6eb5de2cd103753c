"""All that two articles are compared for, and one with itself. It depends on these two, and on names, alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from reportedly.reconciliation.changes import Answer, answers_of
from reportedly.reconciliation.contradictions import Denial, clashes_between, denials_between
from reportedly.reconciliation.copies import find_copy
from reportedly.reconciliation.names import Names
from reportedly.reconciliation.packing import unpack_field
from reportedly.reconciliation.sameness import Context, context_of, kept_apart, of_one_matter, weights_of
from reportedly.reconciliation.sayings import Article, Saying, sayings_of
from reportedly.reconciliation.scoring import Pair, Told, load_model, score_pairs
from reportedly.records import Contradiction, Copy, Member

NEAR = 8
"""Statements of one article between two that may still be compared: one inside the other, or close by."""

_WORTH = 0.02
"""Score below which a pair of statements is not remembered."""


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
    """The same as it was packed, each part unpacked when it is asked for: most runs ask for few."""

    def __init__(self, raw: Any) -> None:
        object.__setattr__(self, "_raw", raw)

    def __getattribute__(self, name: str) -> Any:
        if name not in _PARTS:
            return object.__getattribute__(self, name)
        known = object.__getattribute__(self, "__dict__")
        if name not in known:
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
    sayings = (*sayings_of(first, names), *sayings_of(second, names))
    context = context_of(sayings, weights, copied=copy is not None)
    return Found(
        tied=tied(sayings, between(sayings), context),
        copy=copy,
        denials=denials_between(sayings, weights, within=False),
        clashes=clashes_between(first, second, weights, names),
        answers=answers_of(first, second, weights),
    )


def _with_itself(article: Article, names: Names) -> Found:
    sayings, weights = sayings_of(article, names), weights_of(article, article)
    context = context_of(sayings, weights)
    denials = denials_between(sayings, weights, within=True)
    return Found(tied=tied(sayings, inside(sayings), context), denials=denials)


def between(sayings: Sequence[Saying]) -> tuple[Pair, ...]:
    """The pairs of statements of two articles, as places in the list of both."""
    first = [i for i, s in enumerate(sayings) if s.article is sayings[0].article]
    return tuple((i, j) for i in first for j in range(len(first), len(sayings)))


def inside(sayings: Sequence[Saying]) -> tuple[Pair, ...]:
    """The pairs of statements of one article that stand near each other."""
    return tuple((i, j) for i in range(len(sayings)) for j in range(i + 1, min(i + NEAR, len(sayings))))


def tied(sayings: Sequence[Saying], pairs: Sequence[Pair], context: Context) -> tuple[Tied, ...]:
    """The pairs that may say the same, and those that never can."""
    return tuple(_tied(sayings, pairs, context))


def _tied(sayings: Sequence[Saying], pairs: Sequence[Pair], context: Context) -> Iterator[Tied]:
    for (i, j), (score, told) in score_pairs(sayings, pairs, context, model=load_model()).items():
        a, b = sayings[i], sayings[j]
        apart = kept_apart(a, b, context)
        if apart or score >= _WORTH:
            first, second = sorted((a.member, b.member))
            yield Tied(first, second, 0.0 if apart else score, () if apart else told, apart)

"""How sure it is that two statements say the same, and by which signs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reportedly.reconciliation.names import Key
from reportedly.reconciliation.sayings import Article, Saying
from reportedly.reconciliation.words import Print, language
from reportedly.records import Act

_MATTER = 0.15
"""Cosine of their names from which two articles are on one matter: 98 % of pairs of eleven stories, 3 % of others."""

_NAMES_OF_MATTER = 3
"""Names that two articles on one matter share at least, where each has twice as many."""

_WORDS_OF_MATTER = 0.35
"""Cosine of all their stems from which short ones are as well; no pair of articles of different stories reaches it."""

_FEW_NAMES = 5
"""Names below which they do not say what an article is about. Two strikes of dockers share most of their words."""

_FAMILIAR = 10
"""Sentences more that a stem is weighed on, so that a short text does not make all its words common."""

YES = frozenset({Act.ACCEPT, Act.OFFER, Act.PROMISE})
NO = frozenset({Act.REJECT, Act.DENY})
WISH = frozenset({Act.DEMAND, Act.ASK, Act.PROPOSE})


class Weights:
    """How much a stem tells: the logarithm of how rare it is among the sentences that it is weighed on."""

    def __init__(self, counts: Mapping[str, int], sentences: int) -> None:
        self._counts, self._sentences = counts, sentences + _FAMILIAR
        self._known: dict[str, float] = {}
        self._sums: dict[frozenset[str], float] = {}

    def whole(self, stems: frozenset[str]) -> float:
        """What a print's stems tell together; remembered, since each is held against many."""
        if stems not in self._sums:
            self._sums[stems] = self.of(stems)
        return self._sums[stems]

    def of(self, stems: Iterable[str]) -> float:
        """What stems tell together."""
        return math.fsum(self.one(stem) for stem in stems)

    def one(self, stem: str) -> float:
        """What a stem tells."""
        if stem not in self._known:
            rarity = math.log(self._sentences / (self._counts.get(stem, 0) + 0.5))
            self._known[stem] = max(0.1, rarity)
        return self._known[stem]


def weigh(prints: Iterable[Print]) -> Weights:
    """Weights by inverse document frequency, never below a tenth (Spärck Jones, 1972).

    Two articles are weighed on their own sentences, so that what is compared does not depend on what else there is.
    """
    counts, sentences = Counter[str](), 0
    for p in prints:
        counts.update(p.stems)
        sentences += 1
    return Weights(counts, sentences)


def weights_of(a: Article, b: Article) -> Weights:
    """The weights by which two articles, or one and itself, are compared."""
    return weigh([*a.prints, *b.prints] if a is not b else a.prints)


def cosine(a: frozenset[str], b: frozenset[str], weights: Weights) -> float:
    """How much of what two sets of stems tell is shared, 0 to 1."""
    shared = a & b
    return weights.of(shared) / math.sqrt(weights.whole(a) * weights.whole(b)) if shared else 0.0


def longest_run(a: Sequence[str], b: Sequence[str]) -> int:
    """The most words in a row that both have, if one of them carries meaning."""
    places: dict[str, list[int]] = {}
    for j, word in enumerate(b):
        places.setdefault(word, []).append(j)
    longest, end, before = 0, 0, dict[int, int]()
    for i, word in enumerate(a):
        here = {j: before.get(j - 1, 0) + 1 for j in places.get(word, ())}
        if here and max(here.values()) > longest:
            longest, end = max(here.values()), i + 1
        before = here
    return longest if any(w not in language()["stop"] for w in a[end - longest : end]) else 0


@dataclass(frozen=True)
class Context:
    """What two statements are judged by besides themselves.

    `copied`: whether one of their articles copies the other; `said` counts the statements of each speaker in each.
    """

    weights: Weights
    copied: bool = False
    said: Mapping[tuple[str, Key], int] = field(default_factory=dict)


def context_of(sayings: Sequence[Saying], weights: Weights, *, copied: bool = False) -> Context:
    """The context of the statements of two articles."""
    return Context(weights, copied, Counter((s.article.key, s.speakers[-1]) for s in sayings if s.speakers))


def of_one_matter(a: Article, b: Article) -> bool:
    """Whether two articles speak of the same people and places; with few names in one, in much the same words."""
    if a is b or not (a.names and b.names) or _share_names(a.names, b.names):
        return True
    return min(len(a.names), len(b.names)) < _FEW_NAMES and _shared(a.stems, b.stems) >= _WORDS_OF_MATTER


def _share_names(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two articles share so many of their names; of short ones half, for any two may have two in common."""
    enough = min(_NAMES_OF_MATTER, -(-min(len(a), len(b)) // 2))
    return len(a & b) >= enough and _shared(a, b) >= _MATTER


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    """The cosine of two sets."""
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0


def dates_differ(a: Print, b: Print) -> bool:
    """Whether both name days, or years, and none of them is the same."""
    return any(
        mine and theirs and not mine & theirs
        for mine, theirs in ((_of_unit(a, unit), _of_unit(b, unit)) for unit in ("date", "year of our era"))
    )


def _of_unit(p: Print, unit: str) -> set[float]:
    return {n.value for n in p.numbers if unit in n.unit}


def number_signs(a: Print, b: Print) -> tuple[float, float]:
    """Whether the numbers agree, and whether numbers of one thing differ."""
    values = {n.value for n in a.numbers}, {n.value for n in b.numbers}
    agree = bool(values[0] & values[1])
    differ = any(
        n.unit & m.unit and n.value not in values[1] and m.value not in values[0] for n in a.numbers for m in b.numbers
    )
    return float(agree), float(differ)

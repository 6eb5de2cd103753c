"""How likely a stretch is a term by its features, found out no further than it can still be one.

One stretch in a hundred is a term, and most others are known for none long before all is asked of them: their head,
their sentence and their borders leave so little that nothing else could make up for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from math import inf

from reportedly.reading.language import load_table
from reportedly.reading.terms_candidates import Candidate
from reportedly.reading.terms_clause import shape_of
from reportedly.reading.terms_features import (
    DOING,
    SETTING,
    Setting,
    of_cut,
    of_place,
    of_size,
    of_speech,
    of_this_head,
    of_tokens,
    plain_features,
    says_absent,
)
from reportedly.reading.terms_sentence import ENTITIES, Facts

Part = Callable[[Candidate, frozenset[int], Facts, Setting], Iterable[str]]

_KINDS = ("clause", "phrase", "noun", "nouns", "line")
_HELD = tuple(f"holds {kind.lower()}" for kind in ENTITIES)
_PARTS: tuple[tuple[Part, tuple[str, ...]], ...] = (
    (lambda c, held, facts, setting: of_size(held, facts), ("length=", "single", "first person")),
    (
        lambda c, held, facts, setting: of_tokens(held, facts),
        ("number", "plan inside", "verbs=", "reporting inside", "hearsay", "question"),
    ),
    (
        lambda c, held, facts, setting: of_cut(c, held, facts),
        ("starts the sentence", "left=", "ends the sentence", "right=", "pieces=", "left something out"),
    ),
    (
        lambda c, held, facts, setting: shape_of(c, facts, setting.draft),
        (
            *(*_HELD, "parties=", "past", "judging", "talking", "timing", "figure only"),
            *("contrast", "contrast=", "behind a colon", "behind a semicolon"),
        ),
    ),
)
"""Parts of the features that are looked at one after the other, and what they may be, of "name=" only one each."""
_LAST = ("topic words=", "condition")
"""What is asked last: it takes longest, and adds little."""
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Weights:
    """What features add to the log-odds: by themselves, and two together (`pairs`, by the first)."""

    bias: float
    single: dict[str, float]
    pairs: dict[str, dict[str, float]]

    @cached_property
    def by_kind(self) -> dict[str, dict[str, float]]:
        """What each feature adds to a stretch of a kind, by itself and with the kind."""
        out: dict[str, dict[str, float]] = {}
        for kind in _KINDS:
            together = self.pairs.get(kind, {})
            names = self.single.keys() | together.keys()
            out[kind] = {name: self.single.get(name, 0.0) + together.get(name, 0.0) for name in names}
        return out

    @cached_property
    def most(self) -> dict[str, tuple[float, ...]]:
        """By kind the most that all parts can add from each of them on, and what is asked last."""
        out: dict[str, tuple[float, ...]] = {}
        for kind in _KINDS:
            parts = [_most(names, self.by_kind[kind]) for _, names in _PARTS]
            out[kind] = tuple(accumulate(reversed(parts), initial=_most(_LAST, self.by_kind[kind])))[::-1]
        return out


def _most(names: Iterable[str], weights: Mapping[str, float]) -> float:
    """The most that features of these names can add: of "name=" the best value, and no less than nothing."""
    best: dict[str, float] = defaultdict(float)
    for feature, weight in weights.items():
        name, equals, _ = feature.partition("=")
        best[name + equals] = max(best[name + equals], weight)
    return sum(best[name] for name in names)


def log_odds(candidate: Candidate, setting: Setting, language: str, *, least: float) -> float:
    """The log-odds that a stretch is a term; minus infinity where they are certain to be lower than `least`.

    Else the sum of the weights of `features_of`, in that order.
    """
    weights = load_weights(language)
    if any(bound < least - _ROUNDING for bound in _bounds(candidate, setting, weights)):
        return -inf
    kind, plain = candidate.kind, plain_features(candidate, setting)
    with_kind, settings = weights.pairs.get(kind, {}), [name for name in plain if name.startswith(SETTING)]
    found = [weights.single.get(name, 0.0) for name in plain]
    found += [with_kind.get(name, 0.0) for name in plain]
    for name in plain:
        if name.startswith(DOING) and name in weights.pairs:
            found += [weights.pairs[name].get(other, 0.0) for other in settings]
    return weights.bias + sum([*found, weights.single.get(f"kind={kind}", 0.0)])


def _bounds(candidate: Candidate, setting: Setting, weights: Weights) -> Iterator[float]:
    """Yield what the log-odds are at most, as part after part of the features is looked at."""
    facts, held = setting.facts(candidate.sentence), frozenset(candidate.numbers)
    alone, most = weights.by_kind[candidate.kind], weights.most[candidate.kind]
    place, speech = _of_sentence(candidate, setting)
    total, absence = _of_head(candidate, (place, speech), setting, weights)
    for (find, _), rest in zip(_PARTS, most[1:], strict=True):
        total += sum([alone.get(name, 0.0) for name in find(candidate, held, facts, setting)])
        yield total + max(0.0, absence) + rest
    yield total + (absence if says_absent(candidate, facts) else 0.0) + most[-1]


def _of_sentence(candidate: Candidate, setting: Setting) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What `of_place` and `of_speech` give; for most sentences the same for all stretches."""
    index = candidate.sentence.index
    place = setting.places.get(index)
    if place is None:
        place = tuple(of_place(candidate, setting))
        if index not in setting.marks_in:
            setting.places[index] = place
    return place, tuple(of_speech(candidate, setting)) if index in setting.voiced else ("nobody says it",)


def _of_head(
    candidate: Candidate, around: tuple[tuple[str, ...], tuple[str, ...]], setting: Setting, weights: Weights
) -> tuple[float, float]:
    """What head, sentence and the two together add, and what words that the plan lacks something would add to it."""
    key = candidate.sentence.index, candidate.head.i, candidate.kind, around
    if key not in setting.sums:
        head, alone = of_this_head(candidate, setting), weights.by_kind[candidate.kind]
        names = dict.fromkeys((*head, *setting.around[candidate.sentence.index], *around[0], *around[1]))
        settings = [name for name in names if name.startswith(SETTING)]
        pairs = [weights.pairs[name] for name in head if name.startswith(DOING) and name in weights.pairs]
        total = weights.bias + weights.single.get(f"kind={candidate.kind}", 0.0)
        total += sum([alone.get(name, 0.0) for name in names])
        total += sum([pair.get(name, 0.0) for pair in pairs for name in settings])
        absent = weights.pairs.get("absent", {})
        absence = alone.get("absent", 0.0) + sum([absent.get(name, 0.0) for name in settings])
        setting.sums[key] = total, absence
    return setting.sums[key]


@lru_cache(maxsize=8)
def load_weights(language: str) -> Weights:
    """The weights of `terms.tsv`."""
    table = {row["feature"]: float(row["weight"]) for row in load_table(language, "terms")}
    pairs: dict[str, dict[str, float]] = defaultdict(dict)
    for name, weight in table.items():
        first, _, other = name.partition("&")
        pairs[first][other] = weight
    return Weights(table.pop("(all)"), table, dict(pairs))

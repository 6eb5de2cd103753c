"""Scores of pairs of statements: a logistic regression over the signals, then one over how the pair does among rivals.

A statement usually has one counterpart in another article. The second step therefore sets a pair's score against the
best that either side reaches elsewhere in the other's article. The weights lie in `sameness.json`, with its card; they
are fitted by `training/claims`.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from reportedly.reconciliation.sameness import SIGNALS, Context, signals
from reportedly.reconciliation.sayings import Saying

Pair = tuple[int, int]
Told = tuple[tuple[str, float], ...]
"""Signals and what each weighed."""

RIVALRY = ("alone", "worse_lead", "better_lead", "leads", "one_article")
_NOWHERE = -4.0
_LEAD = 3.0
_TOLD = 4


@dataclass(frozen=True)
class Model:
    """Weights of the signals and of rivalry, each with its bias last, and the score from which groups are joined."""

    signals: tuple[float, ...]
    rivalry: tuple[float, ...]
    least: float


@cache
def load_model() -> Model:
    """The shipped weights. Raises ValueError where they were fitted for other signals."""
    raw = json.loads(files(__package__).joinpath("sameness.json").read_text(encoding="utf-8"))
    if raw["signals"] != [*SIGNALS, "bias"] or raw["rivalry"] != [*RIVALRY, "bias"]:
        raise ValueError("sameness.json is for other signals; fit it again with training/claims")
    return Model(tuple(raw["signal_weights"]), tuple(raw["rivalry_weights"]), raw["least"])


def logit_of(found: Sequence[float], weights: Sequence[float]) -> float:
    """The logit of a logistic regression whose bias is the last weight."""
    return sum(x * w for x, w in zip(found, weights, strict=False)) + weights[-1]


def probability(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def score_pairs(
    sayings: Sequence[Saying], pairs: Iterable[Pair], context: Context, *, model: Model
) -> dict[Pair, tuple[float, Told]]:
    """How probable it is of each pair that the two say the same, and what weighed most in that."""
    seen = {(a, b): signals(sayings[a], sayings[b], context) for a, b in pairs}
    alone = {pair: logit_of(found, model.signals) for pair, found in seen.items()}
    scored = rivalry(sayings, alone)
    return {p: (round(probability(logit_of(scored[p], model.rivalry)), 4), told(seen[p], model)) for p in alone}


def rivalry(sayings: Sequence[Saying], alone: Mapping[Pair, float]) -> dict[Pair, tuple[float, ...]]:
    """For each pair its logit and by how much it leads the rivals of either side, in the order of `RIVALRY`."""
    reached: dict[tuple[int, str], list[tuple[float, int]]] = defaultdict(list)
    for (a, b), logit in alone.items():
        reached[a, sayings[b].article.key].append((logit, b))
        reached[b, sayings[a].article.key].append((logit, a))
    for found in reached.values():
        found.sort(key=lambda x: (-x[0], x[1]))
    out: dict[Pair, tuple[float, ...]] = {}
    for (a, b), logit in alone.items():
        if sayings[a].article is sayings[b].article:
            out[a, b] = (_held(logit), 0.0, 0.0, 0.0, 1.0)
            continue
        leads = [
            _lead(_held(logit) - _best_rival(sayings, reached[one, sayings[other].article.key], other))
            for one, other in ((a, b), (b, a))
        ]
        out[a, b] = (_held(logit), min(leads), max(leads), float(min(leads) > 0), 0.0)
    return out


def _held(logit: float) -> float:
    return max(_NOWHERE, logit)


def _lead(difference: float) -> float:
    return max(-_LEAD, min(_LEAD, difference))


def _best_rival(sayings: Sequence[Saying], reached: Sequence[tuple[float, int]], target: int) -> float:
    """The best logit reached in the target's article by another that does not stand inside it or around it."""
    for logit, place in reached:
        if place != target and not _nested(sayings[place], sayings[target]):
            return _held(logit)
    return _NOWHERE


def _nested(a: Saying, b: Saying) -> bool:
    def within(x: Saying, y: Saying) -> bool:
        return all(any(o.holds(s) for o in y.statement.content) for s in x.statement.content)

    return within(a, b) or within(b, a)


def told(found: Sequence[float], model: Model) -> Told:
    """The signals that weighed most, and what they weighed."""
    weighed = [(name, round(x * w, 2)) for name, x, w in zip(SIGNALS, found, model.signals, strict=False) if x]
    return tuple(sorted(weighed, key=lambda pair: (-abs(pair[1]), pair[0]))[:_TOLD])

"""Scores of pairs of statements: a logistic regression over the signals, then one over how the pair does among rivals.

A statement usually has one counterpart in another article. The second step therefore sets a pair's score against the
best that either side reaches elsewhere in the other's article. The weights lie in `sameness.json`, with its card; they
are fitted by `training/claims`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from reportedly.reconciliation.sayings import Saying
from reportedly.reconciliation.signals import SIGNALS, Pairs, Table, nested

Told = tuple[tuple[str, float], ...]
"""Signals and what each weighed."""

RIVALRY = ("alone", "worse_lead", "better_lead", "leads", "one_article")
_NOWHERE = -4.0
_LEAD = 3.0
_TOLD = 4
_ROWS = 128
"""Statements of one article that are held against all of the other at a time."""


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


def logits_of(found: NDArray[np.float64], weights: Sequence[float]) -> NDArray[np.float64]:
    """The logits of a logistic regression whose bias is the last weight; the features are the last axis."""
    return np.asarray(found @ np.array(weights[:-1]) + weights[-1])


@dataclass(frozen=True)
class Scores:
    """How probable it is of each pair that the two say the same, to four digits, and what weighed most."""

    table: Table
    told: Callable[[int, int], Told]


def score(pairs: Pairs, *, model: Model) -> Scores:
    """The scores of all pairs of two articles, or of one article with itself; some rows are in memory at a time."""
    alone = np.empty(pairs.shape)
    kept: dict[tuple[int, int], NDArray[np.float64]] = {}
    for start in range(0, len(pairs.ones), _ROWS):
        found = Pairs(pairs.ones[start : start + _ROWS], pairs.others, pairs.context).signals
        rows = logits_of(found, model.signals)
        alone[start : start + _ROWS] = rows
        kept |= {(start + i, j): found[i, j] for i, j in np.argwhere(rows > _NOWHERE).tolist()}
    logits = np.clip(logits_of(rivalry(pairs, alone), model.rivalry), -30.0, 30.0)
    table = np.round(1 / (1 + np.exp(-logits)), 4)
    return Scores(table, lambda i, j: told(kept[i, j].tolist(), model) if (i, j) in kept else ())


def rivalry(pairs: Pairs, alone: Table) -> NDArray[np.float64]:
    """For each pair its logit and by how much it leads the rivals of either side: (ones, others, RIVALRY)."""
    held = np.maximum(_NOWHERE, alone)
    if not pairs.apart:
        rest = np.zeros(pairs.shape)
        return np.stack([held, rest, rest, rest, rest + 1.0], axis=-1)
    leads = [
        np.clip(held - _best_rivals(held, pairs.others), -_LEAD, _LEAD),
        np.clip(held - _best_rivals(held.T, pairs.ones).T, -_LEAD, _LEAD),
    ]
    worse, better = np.minimum(*leads), np.maximum(*leads)
    return np.stack([held, worse, better, (worse > 0).astype(np.float64), np.zeros(pairs.shape)], axis=-1)


def _best_rivals(held: Table, targets: Sequence[Saying]) -> Table:
    """For each row and target the best that the row reaches at another that does not stand inside it or around it."""
    out = np.full(held.shape, _NOWHERE)
    for place, taken in enumerate(nested(targets)):
        if not taken.all():
            out[:, place] = held[:, ~taken].max(axis=1)
    return out


def told(found: Sequence[float], model: Model) -> Told:
    """The signals that weighed most, and what they weighed."""
    weighed = [(name, round(float(x * w), 2)) for name, x, w in zip(SIGNALS, found, model.signals, strict=False) if x]
    return tuple(sorted(weighed, key=lambda pair: (-abs(pair[1]), pair[0]))[:_TOLD])

"""Which of the stretches that may be terms are taken for terms."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from numpy import exp

from reportedly.reading.language import load_table
from reportedly.reading.terms_candidates import Candidate, find_candidates
from reportedly.reading.terms_features import Setting, features_of
from reportedly.records import Spans

THRESHOLD = -0.6
"""Logit from which a stretch is taken; set by cross-validation over stories."""
_SHARED = 0.25


def choose(setting: Setting, *, language: str = "en") -> tuple[tuple[Candidate, float], ...]:
    """The stretches taken for terms, in text order, each with its probability.

    Method: logistic regression on the named features, weights in `terms.tsv`; then the surest first, leaving out
    what shares more than a quarter of its characters with one already taken.
    """
    candidates = [c for s in setting.draft.parse.sentences for c in find_candidates(s)]
    scored = [(logit(features_of(c, setting), language), n) for n, c in enumerate(candidates)]
    taken: set[int] = set()
    kept: list[tuple[Candidate, float]] = []
    for score, n in sorted(scored, key=lambda pair: (-pair[0], pair[1])):
        if score < THRESHOLD:
            break
        held = characters(candidates[n].spans)
        if len(held & taken) <= _SHARED * len(held):
            taken |= held
            kept.append((candidates[n], float(1 / (1 + exp(-score)))))
    return tuple(sorted(kept, key=lambda pair: pair[0].spans))


def logit(features: Iterable[str], language: str = "en") -> float:
    """The log-odds that a stretch with these features is a term."""
    table = _weights(language)
    return table[""] + sum(table.get(name, 0.0) for name in features)


def characters(spans: Spans) -> set[int]:
    return {i for span in spans for i in range(span.start, span.end)}


@lru_cache(maxsize=8)
def _weights(language: str) -> dict[str, float]:
    rows = load_table(language, "terms")
    return {"" if row["feature"] == "(all)" else row["feature"]: float(row["weight"]) for row in rows}

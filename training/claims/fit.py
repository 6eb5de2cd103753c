"""Fit the weights by which pairs of statements are scored, and measure them by leaving one story out.

usage: python training/claims/fit.py GOLD_TRAIN [--out src/reportedly/reconciliation/sameness.json]

Trained on the pairs of statements of the training stories, read by the program and made of the gold alike; a pair is
positive if one claim holds both. Pairs of which the gold puts only one into a claim count less, pairs of which it puts
none least, since its claims are not all that could be drawn. Method: logistic regression, Newton's steps, L2.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "measures"))

from stories import GoldStory, gold_tools, load_stories  # noqa: E402

from reportedly.ledger import article_id  # noqa: E402
from reportedly.reconciliation.copies import find_copy  # noqa: E402
from reportedly.reconciliation.grouping import group  # noqa: E402
from reportedly.reconciliation.naming import resolve_names  # noqa: E402
from reportedly.reconciliation.pairs import NEAR  # noqa: E402
from reportedly.reconciliation.sameness import context_of, of_one_matter, weights_of  # noqa: E402
from reportedly.reconciliation.sayings import Article, Saying, gather, sayings_of  # noqa: E402
from reportedly.reconciliation.scoring import RIVALRY, logits_of, rivalry  # noqa: E402
from reportedly.reconciliation.signals import SIGNALS, Pairs  # noqa: E402

Floats = NDArray[np.float64]
PENALTY = 6.0
HALF_JUDGED, UNJUDGED = 0.1, 0.05
THRESHOLDS = (0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4)


@dataclass(frozen=True)
class Held:
    """Two articles of a story held against each other, and where each pair of their statements lies in the story."""

    pairs: Pairs
    places: tuple[tuple[int, int], ...]
    wanted: NDArray[np.bool_]


@dataclass(frozen=True)
class StoryPairs:
    """All pairs of a story's statements: signals (pairs, signals), labels and weights (pairs,)."""

    story: GoldStory
    sayings: tuple[Saying, ...]
    held: tuple[Held, ...]
    signals: Floats
    labels: Floats
    weights: Floats

    @cached_property
    def apart(self) -> frozenset[tuple[int, int]]:
        """The pairs that can never say the same."""
        reasons = np.concatenate([h.pairs.reasons[h.wanted] for h in self.held])
        return frozenset(place for place, reason in zip(self.places, reasons, strict=True) if reason)

    @property
    def places(self) -> list[tuple[int, int]]:
        return [place for held in self.held for place in held.places]


def pairs_of(story: GoldStory) -> StoryPairs:
    readings = tuple(story.readings.values())
    names = resolve_names(readings)
    articles = gather(readings, [article_id(r.document) for r in readings], names)
    sayings = tuple(s for a in articles for s in sayings_of(a, names))
    claims = claims_of(story)
    homes = [claims.get((s.article.reading.document.name, s.statement.id), set()) for s in sayings]
    held = tuple(_held(articles, sayings))
    found = [place for h in held for place in h.places]
    labels = [bool(homes[a] & homes[b]) for a, b in found]
    weights = [1.0 if homes[a] and homes[b] else HALF_JUDGED if homes[a] or homes[b] else UNJUDGED for a, b in found]
    values = np.concatenate([h.pairs.signals[h.wanted] for h in held])
    return StoryPairs(story, sayings, held, values, np.array(labels, float), np.array(weights))


def _held(articles: Sequence[Article], sayings: Sequence[Saying]) -> Iterator[Held]:
    """Every two articles that are compared, and each with itself."""
    places = {s: i for i, s in enumerate(sayings)}
    for a, b in combinations_with_replacement(articles, 2):
        ones, others = ([s for s in sayings if s.article is article] for article in (a, b))
        if not (ones and others and of_one_matter(a, b)):
            continue
        weights = weights_of(a, b)
        copied = a is not b and find_copy(a, b, weights) is not None
        context = context_of(ones if a is b else (*ones, *others), weights, copied=copied)
        gaps = np.subtract.outer(np.arange(len(ones)), np.arange(len(others)))
        wanted = (gaps < 0) & (gaps > -NEAR) if a is b else np.ones(gaps.shape, dtype=np.bool_)
        found = tuple((places[ones[i]], places[others[j]]) for i, j in np.argwhere(wanted))
        yield Held(Pairs(ones, others, context), found, wanted)


def claims_of(story: GoldStory) -> dict[tuple[str, str], set[str]]:
    """For each statement that answers one of the gold's, the claims that hold it."""
    homes: dict[tuple[str, str], set[str]] = {}
    for claim in story.gold["claims"]:
        for member in claim["members"]:
            found = story.aligned[member["article"]].get(member.get("statement"))
            if found:
                homes.setdefault((member["article"], found), set()).add(claim["id"])
    return homes


def fit(x: Floats, y: Floats, w: Floats) -> Floats:
    """Weights of a logistic regression, the bias last."""
    a = np.hstack([x, np.ones((len(x), 1))])
    beta, ridge = np.zeros(a.shape[1]), np.full(a.shape[1], PENALTY)
    ridge[-1] = 1e-9
    for _ in range(60):
        p = 1 / (1 + np.exp(-a @ beta))
        step = np.linalg.solve(
            (a * (w * p * (1 - p))[:, None]).T @ a + np.diag(ridge), a.T @ (w * (p - y)) + ridge * beta
        )
        beta -= step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def logits(x: Floats, beta: Floats) -> Floats:
    return np.asarray(x @ beta[:-1] + beta[-1])


def rivals(pairs: StoryPairs, beta: Floats) -> Floats:
    """The features of the second step."""
    found = [rivalry(h.pairs, logits_of(h.pairs.signals, list(beta)))[h.wanted] for h in pairs.held]
    return np.concatenate(found)


def train(stories: list[StoryPairs]) -> tuple[Floats, Floats]:
    labels, weights = np.concatenate([p.labels for p in stories]), np.concatenate([p.weights for p in stories])
    first = fit(np.concatenate([p.signals for p in stories]), labels, weights)
    return first, fit(np.concatenate([rivals(p, first) for p in stories]), labels, weights)


def tally(scorer: Any, scored: list[tuple[StoryPairs, Floats]], least: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs of statements put together at a threshold."""
    counts = scorer.Tally()
    for pairs, scores in scored:
        ties = {place: 0.0 if place in pairs.apart else float(s) for place, s in zip(pairs.places, scores, strict=True)}
        groups = group(len(pairs.sayings), ties, least=least, never=pairs.apart)
        claims = [{"members": [_member(pairs.sayings[i]) for i in found]} for found in groups]
        scorer.score_story(pairs.story.gold, {"claims": claims}, pairs.story.aligned, counts, [])
    row = counts.rows()["claims: pairs of statements put together"]
    return row["precision"], row["recall"], row["f1"]


def _member(saying: Saying) -> dict[str, str]:
    return {"article": saying.article.reading.document.name, "statement": saying.statement.id}


def scores_of(pairs: StoryPairs, weights: tuple[Floats, Floats]) -> Floats:
    found = 1 / (1 + np.exp(-logits(rivals(pairs, weights[0]), weights[1])))
    return np.asarray(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--check", type=Path, help="other stories to show figures for; nothing is chosen by them")
    parser.add_argument("--least", type=float, help="the threshold to write; the best by leave-one-story-out else")
    args = parser.parse_args()
    scorer = gold_tools(args.gold)
    kinds = {kind: [pairs_of(s) for s in load_stories(args.gold, oracle=kind == "gold")] for kind in ("gold", "own")}
    best = (0.0, 0.0)
    for kind, stories in kinds.items():
        scored = []
        for i, left in enumerate(stories):
            rest = [p for others in kinds.values() for j, p in enumerate(others) if j != i]
            scored.append((left, scores_of(left, train(rest))))
        for least in THRESHOLDS:
            p, r, f = tally(scorer, scored, least)
            print(f"left out, {kind:4} readings, from {least:.2f}: P {p:.3f} R {r:.3f} F1 {f:.3f}")
            best = max(best, (f, least)) if kind == "own" else best
    weights = train([p for stories in kinds.values() for p in stories])
    for name, value in zip((*SIGNALS, "bias", *RIVALRY, "bias"), np.concatenate(weights), strict=True):
        print(f"{name:20}{value:7.2f}")
    if args.check:
        for kind in kinds:
            scored = [
                (p, scores_of(p, weights))
                for p in (pairs_of(s) for s in load_stories(args.check, oracle=kind == "gold"))
            ]
            for least in THRESHOLDS:
                print(
                    f"check, {kind:4} readings, from {least:.2f}: P %.3f R %.3f F1 %.3f" % tally(scorer, scored, least)
                )
    if args.out:
        write(args.out, weights, args.least or best[1], stories=len(kinds["own"]))


def write(path: Path, weights: tuple[Floats, Floats], least: float, *, stories: int) -> None:
    """The weights with their card."""
    path.write_text(
        json.dumps(
            {
                "card": "Whether two statements say the same: logistic regression over readable signals, then over how "
                f"the pair does among its rivals. Fitted by training/claims/fit.py on {stories} hand-annotated stories "
                "written for the project, English news in agency and tabloid register. Threshold chosen by "
                "leave-one-story-out. Not meant for other languages or for text that is no news.",
                "least": least,
                "signals": [*SIGNALS, "bias"],
                "signal_weights": [round(float(v), 4) for v in weights[0]],
                "rivalry": [*RIVALRY, "bias"],
                "rivalry_weights": [round(float(v), 4) for v in weights[1]],
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()

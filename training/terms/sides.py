#!/usr/bin/env python3
"""Learn between whom talks are; writes `languages/en/sides.tsv`.

usage: sides.py GOLD ... [--folds N] [--check FOLDER ...] [--l2 8] [--out FILE]

GOLD is a folder of gold articles (NAME.txt with NAME.json, one folder a story), several may be given. The sides of an
article are the parties that most of its terms bind or serve by gold. `--folds N` leaves out every N-th story in turn
and prints for each folder how often the first two parties are the right ones, by a plain count and as learned, and what
share of all giving and getting falls to them; it writes nothing, and of `--check` nothing is learned.
Method: a log-linear model of which party a term binds or serves, that is cross-entropy with the shares that gold gives;
the plain count of mentions and acts stands in it with a fixed weight; L2, full-batch Adam.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from roles import names, write
from train import draft_of

from reportedly.reading.language import _folder
from reportedly.reading.plans import find_plans
from reportedly.reading.plans_mentions import plan_mentions
from reportedly.reading.reader import read_mentions, read_statements
from reportedly.reading.terms import found_in, plain_scenes
from reportedly.reading.terms_features import setting_of
from reportedly.reading.terms_sides import _PRIOR, Signs, party_signs

ROUNDS, RARE, COPIES = 300, 3, 1.5
"""Steps; articles below which a sign is left out; what an article of the first folder counts."""


@dataclass(frozen=True)
class Article:
    """An article's parties with their signs, and the share of giving and getting that gold gives to each."""

    folder: str
    story: str
    signs: dict[str, Signs]
    shares: dict[str, float]
    sides: frozenset[str]


def read_articles(folder: Path) -> Iterator[Article]:
    for path in sorted(p for p in folder.rglob("*.json") if not p.name.endswith(".story.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        draft = read_statements(read_mentions(draft_of(text, path.stem, gold["outlet"], gold["published"])))
        draft = replace(draft, plans=find_plans(draft))
        setting = setting_of(draft)
        kept = found_in(setting)
        scenes = plain_scenes(kept, kept, setting, plan_mentions(draft))
        if scenes:
            yield article_of(party_signs(scenes[0].table), gold, (folder.name, path.parent.name))


def article_of(signs: dict[str, Signs], gold: dict, where: tuple[str, str]) -> Article:
    """Gold's shares for the parties that the program knows; where it knows not all, they sum to less than one."""
    told = Counter(p for term in gold["terms"] for p in names({*term["gives"], *term["gets"]}))
    total = sum(told.values()) or 1
    shares = {party: sum(told[name] for name in names([party])) / total for party in signs}
    return Article(*where, signs, shares, frozenset(name for name, _ in told.most_common(2)))


def fit(articles: list[Article], l2: float, first: str) -> dict[str, float]:
    """Weights by sign."""
    kept = [a for a in articles if sum(a.shares.values()) > 0 and len(a.signs) > 1]
    counts = Counter(name for a in kept for name in {n for signs in a.signs.values() for n in signs})
    index = {n: i for i, n in enumerate(sorted(n for n, c in counts.items() if c >= RARE and n != "counted"))}
    rows = [(signs, a.shares[party]) for a in kept for party, signs in a.signs.items()]
    values = np.zeros((len(rows), len(index)))
    for row, (signs, _) in zip(values, rows, strict=True):
        for name in signs.keys() & index.keys():
            row[index[name]] = signs[name]
    prior, wanted = np.array([_PRIOR * s["counted"] for s, _ in rows]), np.array([share for _, share in rows])
    starts = np.cumsum([0, *(len(a.signs) for a in kept)])[:-1]
    group = np.repeat(np.arange(len(kept)), [len(a.signs) for a in kept])
    mass = np.add.reduceat(wanted, starts)[group]
    count = np.array([COPIES if a.folder == first else 1.0 for a in kept])[group]
    weights, one, two = (np.zeros(len(index)) for _ in range(3))
    for step in range(1, ROUNDS + 1):
        scores = values @ weights + prior
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        error = (odds / np.add.reduceat(odds, starts)[group] * mass - wanted) * count
        slope = values.T @ error + l2 * weights
        one, two = 0.9 * one + 0.1 * slope, 0.999 * two + 0.001 * slope**2
        rate = 0.05 if step < 0.75 * ROUNDS else 0.01
        weights = weights - rate * (one / (1 - 0.9**step)) / (np.sqrt(two / (1 - 0.999**step)) + 1e-8)
    return dict(zip(index, map(float, weights), strict=True))


def first_two(article: Article, weights: dict[str, float], prior: float = _PRIOR) -> list[str]:
    def score(party: str) -> float:
        signs = article.signs[party]
        return prior * signs["counted"] + sum(weights.get(n, 0.0) * v for n, v in signs.items())

    return sorted(article.signs, key=lambda p: (-score(p), p))[:2]


def count(article: Article, weights: dict[str, float], tally: Counter[str]) -> None:
    """Add what is right of an article's first two parties, by the plain count and as learned."""
    tally["of"] += 1
    for way, chosen in (("plain", first_two(article, {}, 1.0)), ("learned", first_two(article, weights))):
        tally[f"{way} one"] += len(names(chosen) & article.sides) / max(1, len(article.sides))
        tally[f"{way} both"] += names(chosen) == article.sides
        tally[f"{way} share"] += sum(article.shares[p] for p in chosen)


def print_folds(articles: list[Article], checks: list[Article], l2: float, number: int) -> None:
    first, stories = articles[0].folder, sorted({a.story for a in articles})
    tallies: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for start in range(number):
        out = set(stories[start::number])
        weights = fit([a for a in articles if a.story not in out], l2, first)
        for article in (a for a in articles if a.story in out):
            count(article, weights, tallies[article.folder])
    weights = fit(articles, l2, first)
    for article in checks:
        count(article, weights, tallies[article.folder])
    for folder, tally in tallies.items():
        shares = "  ".join(f"{name} {n / tally['of']:.3f}" for name, n in tally.items() if name != "of")
        print(f"{folder:10} {tally['of']:4}  {shares}", flush=True)


TOLD = "# How much each sign speaks for a party being a side of the talks, in log-odds (training/terms/sides.py)."


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--l2", type=float, default=8.0)
    parser.add_argument("--out", type=Path, default=Path(str(_folder("en"))) / "sides.tsv")
    parser.add_argument("--check", type=Path, nargs="+", default=[])
    args = parser.parse_args()
    articles = [article for folder in args.gold for article in read_articles(folder)]
    if args.folds:
        print_folds(articles, [a for f in args.check for a in read_articles(f)], args.l2, args.folds)
        return 0
    write(fit(articles, args.l2, articles[0].folder), args.out, told=TOLD, least=0.005)
    return 0


if __name__ == "__main__":
    sys.exit(main())

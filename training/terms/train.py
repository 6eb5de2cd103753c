#!/usr/bin/env python3
"""Learn how much each feature of a clause speaks for its being a term; writes `languages/en/terms.tsv`.

usage: train.py GOLD [GOLD ...] [--news FOLDER] [--folds N] [--l2 15] [--out FILE]

GOLD is a folder of gold articles (NAME.txt with NAME.json, one folder a story). Each article with gold statements is
read twice, with them and with the program's own, so that the weights serve both. `--folds` parts the stories of each
folder in N groups, leaves out one group at a time and prints the score of the terms found in it; nothing is written
then. FOLDER holds ordinary news as *.txt: articles of it with next to no word about talks are taken to hold no term
and count little. `--folds` prints how many terms are found in one of those left out.
Method: logistic regression, targets the overlap of a stretch with a gold term (Dice, 0 below 0.6), full-batch Adam.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from reportedly.documents.document import make_document
from reportedly.reading.draft import Draft
from reportedly.reading.language import _folder
from reportedly.reading.reader import read_mentions, read_statements
from reportedly.reading.sentences import find_sentences
from reportedly.reading.terms_candidates import find_candidates
from reportedly.reading.terms_choice import THRESHOLD, characters
from reportedly.reading.terms_features import features_of, setting_of
from reportedly.records import Act, Mode, Source, SourceKind, Span, Spans, Statement

ROUNDS, RARE, COPIES = 300, 5, 2
"""Steps; stories below which a feature is left out; how often the examples count."""
NEWS, EVERY, LONGEST, SPOKEN = 0.06, 3, 1500, 2
"""Of ordinary news: how much an article counts, which are read (every third), how many words and words about talks it
may have."""

_TALKS = re.compile(
    r"\b(negotiat\w*|cease-?fire|truce|treat(y|ies)|accords?|agreements?|deals?|talks|compromise|bargain\w*|unions?"
    r"|strike|coalition|concession\w*|draft|framework|proposals?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Article:
    """An article's candidates: characters, overlap with the nearest gold term, features."""

    folder: str
    story: str
    gold: list[set[int]]
    candidates: list[tuple[set[int], float, tuple[str, ...]]]
    as_read: bool = True
    """Not so where it is read with its gold statements."""
    weight: float = 1.0


def spans_of(text: str, where: object) -> Spans:
    """A gold span (a string, {"text", "nth"}, or a list of these) as spans."""
    if where is None:
        return ()
    if isinstance(where, list):
        return tuple(s for part in where for s in spans_of(text, part))
    wanted, nth = (where["text"], where.get("nth", 1)) if isinstance(where, dict) else (where, 1)
    start = -1
    for _ in range(nth):
        start = text.index(wanted, start + 1)
    return (Span(start, start + len(wanted)),)


def with_gold_statements(draft: Draft, gold: dict) -> Draft:
    """The draft with the gold's statements and their chains."""
    text, sources, statements = draft.document.text, {}, []
    for s in gold["statements"]:
        for link in s["chain"]:
            key = (link["name"], link["kind"])
            kind = SourceKind(link["kind"])
            sources.setdefault(key, Source(id=f"so{len(sources)}", name=link["name"], kind=kind, named=link["named"]))
        chain = tuple(sources[link["name"], link["kind"]].id for link in s["chain"])
        parts = {k: spans_of(text, s[k]) for k in ("source", "cue", "content")}
        statements.append(Statement(id=s["id"], piece=0, mode=Mode(s["mode"]), act=Act(s["act"]), chain=chain, **parts))
    return replace(draft, statements=tuple(statements), sources=tuple(sources.values()))


def overlap(a: set[int], b: set[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def read_articles(folder: Path) -> list[Article]:
    """Every gold article as the program reads it, and with its gold statements if it has any."""
    out: list[Article] = []
    for path in sorted(folder.rglob("*.json")):
        if path.name.endswith(".story.json"):
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        draft = read_mentions(draft_of(text, path.stem, gold["outlet"], gold["published"]))
        terms = [characters(spans_of(text, t["text"])) for t in gold["terms"]]
        out.append(article_of(folder.name, path.parent.name, read_statements(draft), terms))
        if gold["statements"]:
            other = article_of(folder.name, path.parent.name, with_gold_statements(draft, gold), terms)
            out.append(replace(other, as_read=False))
    return out


def read_examples(path: Path) -> list[Article]:
    """The short articles written for training, terms in brackets, each as the program reads it."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, terms, start = "", [], 0
        for character in line:
            if character == "[":
                start = len(text)
            elif character == "]":
                terms.append(set(range(start, len(text))))
            else:
                text += character
        draft = read_mentions(draft_of(text, "example", "The Example", "2026-03-02"))
        out.append(article_of("examples", f"example {len(out)}", read_statements(draft), terms))
    return out


def read_news(folder: Path) -> list[Article]:
    """Ordinary news, which holds no term."""
    out = []
    for path in sorted(folder.glob("*.txt"))[::EVERY]:
        text = path.read_text(encoding="utf-8")
        if len(text.split()) <= LONGEST and len(_TALKS.findall(text)) <= SPOKEN:
            draft = read_mentions(draft_of(text, path.stem, "The News", "2016-05-05"))
            out.append(replace(article_of("news", path.stem, read_statements(draft), []), weight=NEWS))
    return out


def draft_of(text: str, name: str, outlet: str, published: str) -> Draft:
    document = make_document(text, name=name, outlet=outlet, published=published)
    return Draft(document=document, parse=find_sentences(document))


def article_of(folder: str, story: str, draft: Draft, terms: list[set[int]]) -> Article:
    """The candidates of a draft, each with its overlap with the nearest gold term."""
    setting, rows = setting_of(draft), []
    for sentence in draft.parse.sentences:
        for candidate in find_candidates(sentence):
            held = characters(candidate.spans)
            rows.append((held, max((overlap(held, t) for t in terms), default=0), features_of(candidate, setting)))
    return Article(folder, story, terms, rows)


def fit(articles: Iterable[Article], l2: float) -> dict[str, float]:
    """Weights by feature; "(all)" is the intercept."""
    articles = list(articles)
    rows = [row for article in articles for row in article.candidates]
    counts = np.concatenate([np.full(len(article.candidates), article.weight) for article in articles])
    stories: defaultdict[str, set[str]] = defaultdict(set)
    for article in (a for a in articles if a.folder != "news"):
        for feature in {f for _, _, features in article.candidates for f in features}:
            stories[feature].add(article.story)
    names = sorted(f for f, held in stories.items() if len(held) >= RARE)
    index = {f: i for i, f in enumerate(names)}
    at, which = array("i"), array("i")
    for k, (_, _, features) in enumerate(rows):
        known = [index[f] for f in features if f in index]
        which.extend(known)
        at.extend([k] * len(known))
    row, column = np.frombuffer(at, np.int32), np.frombuffer(which, np.int32)
    target = np.array([o if o >= 0.6 else 0.0 for _, o, _ in rows])
    weights, bias = np.zeros(len(names)), -3.0
    first, second, first_bias, second_bias = np.zeros(len(names)), np.zeros(len(names)), 0.0, 0.0
    for step in range(1, ROUNDS + 1):
        error = counts * (1 / (1 + np.exp(-np.bincount(row, weights[column], len(rows)) - bias)) - target)
        slope, slope_bias = np.bincount(column, error[row], len(names)) + l2 * weights, error.sum()
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        first_bias, second_bias = 0.9 * first_bias + 0.1 * slope_bias, 0.999 * second_bias + 0.001 * slope_bias**2
        rate = 0.05 if step < 0.7 * ROUNDS else 0.01
        early, late = 1 - 0.9**step, 1 - 0.999**step
        weights = weights - rate * (first / early) / (np.sqrt(second / late) + 1e-6)
        bias -= rate * (first_bias / early) / (np.sqrt(second_bias / late) + 1e-6)
    return {"(all)": float(bias), **dict(zip(names, map(float, weights), strict=True))}


def score(articles: Iterable[Article], weights: dict[str, float]) -> tuple[int, int, int]:
    """How many terms are in gold, found, and matched (Dice of at least 0.5, one to one)."""
    total = [0, 0, 0]
    for article in articles:
        taken, found = set(), []
        ranked = sorted(
            (-(weights["(all)"] + sum(weights.get(f, 0.0) for f in features)), n)
            for n, (_, _, features) in enumerate(article.candidates)
        )
        for cost, n in ranked:
            held = article.candidates[n][0]
            if -cost >= THRESHOLD and len(held & taken) <= 0.25 * len(held):
                taken |= held
                found.append(held)
        pairs = sorted(
            ((overlap(g, f), i, j) for i, g in enumerate(article.gold) for j, f in enumerate(found)), reverse=True
        )
        used_gold, used_found = set(), set()
        for like, i, j in pairs:
            if like >= 0.5 and i not in used_gold and j not in used_found:
                used_gold.add(i)
                used_found.add(j)
        total = [a + b for a, b in zip(total, (len(article.gold), len(found), len(used_gold)), strict=True)]
    return total[0], total[1], total[2]


def print_folds(articles: list[Article], examples: list[Article], l2: float, groups: int) -> None:
    """Leave one group of stories out at a time; the scores are of each article as the program reads it."""
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    folders = list(dict.fromkeys(a.folder for a in articles))
    numbers = {folder: sorted({a.story for a in articles if a.folder == folder}) for folder in folders}
    group = {(folder, s): n % groups for folder, stories in numbers.items() for n, s in enumerate(stories)}
    for left in range(groups):
        weights = fit([*(a for a in articles if group[a.folder, a.story] != left), *examples], l2)
        for folder in numbers:
            held = [a for a in articles if a.folder == folder and a.as_read and group[folder, a.story] == left]
            counts = score(held, weights)
            sums[folder] = [a + b for a, b in zip(sums[folder], counts, strict=True)]
    for folder, (wanted, found, matched) in sums.items():
        if folder == "news":
            print(f"{folder:14} {found / len(numbers[folder]):.2f} terms an article")
        else:
            print(f"{folder:14} F1 {2 * matched / (wanted + found):.3f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--news", type=Path, metavar="FOLDER")
    parser.add_argument("--folds", type=int, default=0, metavar="N")
    parser.add_argument("--l2", type=float, default=15.0)
    parser.add_argument("--out", type=Path, default=Path(str(_folder("en"))) / "terms.tsv")
    args = parser.parse_args()
    articles = [a for folder in args.gold for a in read_articles(folder)]
    articles += read_news(args.news) if args.news else []
    examples = read_examples(Path(__file__).with_name("examples.txt")) * COPIES
    if args.folds:
        print_folds(articles, examples, args.l2, args.folds)
        return 0
    weights = fit([*articles, *examples], args.l2)
    lines = [
        "# How much each feature of a clause speaks for its being a term, in log-odds (training/terms).",
        "feature\tweight",
        *(f"{name}\t{weight:.3f}" for name, weight in weights.items() if name == "(all)" or abs(weight) >= 0.015),
    ]
    args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 2} weights in {args.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Learn who gives and who gets under a term; writes `languages/en/roles.tsv`.

usage: roles.py GOLD ... [--leanings FILE ...] [--folds N] [--check FOLDER ...] [--l2 8] [--out FILE]

GOLD is a folder of gold articles (NAME.txt with NAME.json, one folder a story), several may be given. Each is read as
the program reads it; the terms that it finds, and the stretches nearest to those that it misses, give the examples.
`--leanings` are what networks say of articles that they had not learned from (training/table/learn.py --fold); without
them, the shipped network is asked, which had.
`--folds N` leaves out every N-th story of each folder in turn, prints for each folder how often topic, givers and
getters of found terms are right, by the rules and as learned, and writes nothing; of `--check` nothing is learned.
Method: conditional logistic regression over the sets of parties that may give, and then get; L2, full-batch Adam. The
first folder is the one to serve: its terms count twice, and each sign has a second weight that only they bear upon,
added in the end (Daumé 2007, frustratingly easy domain adaptation). What the rules say is trusted by TRUST beyond that.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from train import characters, draft_of, overlap, spans_of

from reportedly.reading import terms, terms_ranking
from reportedly.reading.draft import Draft
from reportedly.reading.language import _folder
from reportedly.reading.plans import find_plans
from reportedly.reading.plans_mentions import plan_mentions
from reportedly.reading.reader import read_mentions, read_statements
from reportedly.reading.terms import Found, found_in, scenes_of
from reportedly.reading.terms_candidates import find_candidates
from reportedly.reading.terms_features import setting_of
from reportedly.reading.terms_ranking import choices, rank_roles
from reportedly.reading.terms_ranking_signs import Sign, Signs
from reportedly.reading.terms_scene import Leaning, Parties, Scene
from reportedly.records import Topic

ROUNDS, RARE, NEAR = 160, 4, 0.6
COPIES, TRUST = 2, 1.5
_OWN = "own "
Sets = tuple[tuple[Sign, ...], ...]


@dataclass(frozen=True)
class Example:
    """A term as the program sees it, who gives and gets by gold, and whether the program finds it by itself."""

    folder: str
    story: str
    scene: Scene
    gives: frozenset[str]
    gets: frozenset[str]
    topic: str
    found: bool


def read_examples(folder: Path) -> Iterator[Example]:
    """The terms of all articles in a folder."""
    for path in sorted(p for p in folder.rglob("*.json") if not p.name.endswith(".story.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        draft = read_statements(read_mentions(draft_of(text, path.stem, gold["outlet"], gold["published"])))
        yield from examples_of(replace(draft, plans=find_plans(draft)), gold, (folder.name, path.parent.name))


def examples_of(draft: Draft, gold: dict, where: tuple[str, str]) -> Iterator[Example]:
    """The terms of one article; `where` is its folder and its story."""
    setting, text = setting_of(draft), draft.document.text
    wanted = [(characters(spans_of(text, t["text"])), t) for t in gold["terms"]]
    kept = found_in(setting)
    matched = _matched([held for held, _ in wanted], kept)
    missing = [n for n in range(len(wanted)) if n not in matched]
    missed = [near_to(wanted[n][0], draft) for n in missing]
    items = [(found, n, True) for n, found in matched.items()]
    items += [(found, n, False) for found, n in zip(missed, missing, strict=True) if found is not None]
    every = sorted([*kept, *(f for f, _, own in items if not own)], key=lambda f: f.candidate.spans)
    scenes = dict(zip(map(id, every), scenes_of(every, kept, setting, plan_mentions(draft)), strict=True))
    for found, n, own in items:
        term = wanted[n][1]
        if term["included"] and not found.absent:
            yield Example(*where, scenes[id(found)], names(term["gives"]), names(term["gets"]), term["topic"], own)


def near_to(held: set[int], draft: Draft) -> Found | None:
    """The stretch that is likest to a term which the program misses."""
    near = (s for s in draft.parse.sentences if held & set(range(s.span.start, s.span.end)))
    likeness = [
        (overlap(held, characters(c.spans)), n, c) for n, c in enumerate(c for s in near for c in find_candidates(s))
    ]
    like, _, best = max(likeness, default=(0.0, 0, None), key=lambda each: (each[0], -each[1]))
    if best is None or like < NEAR:
        return None
    return Found(best, 0.5, " ".join(s.of(draft.document.text) for s in best.spans))


def _matched(terms: list[set[int]], kept: list[Found]) -> dict[int, Found]:
    """Gold term to found one, likest first."""
    likeness = (
        (overlap(held, characters(f.candidate.spans)), i, j) for i, held in enumerate(terms) for j, f in enumerate(kept)
    )
    pairs: dict[int, int] = {}
    for like, i, j in sorted(likeness, reverse=True):
        if like >= 0.5 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return {i: kept[j] for i, j in pairs.items()}


def names(parties: Iterable[str]) -> frozenset[str]:
    """Names without case, article and possessive."""
    return frozenset(re.sub(r"[’']s\b|^the ", "", p.casefold()) for p in parties)


def index_of(sets: tuple[Parties, ...], wanted: frozenset[str]) -> int | None:
    return next((n for n, each in enumerate(sets) if names(each) == wanted), None)


def instances(examples: Iterable[Example]) -> Iterator[tuple[Sets, int]]:
    """For each term the signs of every set of givers, then of every set of getters, and which of them is right."""
    for example in examples:
        signs = Signs(example.scene)
        sets = choices(signs)
        gives, gets = index_of(sets, example.gives), index_of(sets, example.gets)
        if gives is not None:
            yield tuple(tuple(signs.of_giver(each)) for each in sets), gives
        if gets is not None:
            givers = sets[gives] if gives is not None else tuple(example.gives)
            yield tuple(tuple(signs.of_getter(each, givers)) for each in sets), gets


def learn(examples: list[Example], l2: float) -> dict[str, float]:
    """Weights by sign, to serve the first example's folder."""
    rows = [(row, e.folder == examples[0].folder) for e in examples for row in instances([e])]
    weights = fit([r for row, own in rows for r in ([_twice(row)] * COPIES if own else [row])], l2)
    names = {name.removeprefix(_OWN) for name in weights}
    summed = {n: weights.get(n, 0.0) + weights.get(_OWN + n, 0.0) for n in sorted(names)}
    return {n: w + TRUST * n.endswith(": rule") for n, w in summed.items()}


def _twice(row: tuple[Sets, int]) -> tuple[Sets, int]:
    """The same with every sign a second time, as the folder's own."""
    sets, right = row
    return tuple((*each, *((_OWN + name, value) for name, value in each)) for each in sets), right


def fit(rows: list[tuple[Sets, int]], l2: float) -> dict[str, float]:
    """Weights by sign, each row a choice between sets."""
    counts = Counter(name for sets, _ in rows for name in {n for each in sets for n, _ in each})
    index = {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= RARE))}
    every = [each for sets, _ in rows for each in sets]
    starts = np.cumsum([0, *(len(sets) for sets, _ in rows)])[:-1]
    group = np.repeat(np.arange(len(rows)), [len(sets) for sets, _ in rows])
    cells = [(k, index[n], v) for k, each in enumerate(every) for n, v in each if n in index]
    row, column = (np.array([c[i] for c in cells]) for i in (0, 1))
    value, right = np.array([c[2] for c in cells]), np.zeros(len(every))
    right[starts + [n for _, n in rows]] = 1
    weights, first, second = (np.zeros(len(index)) for _ in range(3))
    for step in range(1, ROUNDS + 1):
        scores = np.bincount(row, weights[column] * value, len(every))
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        error = odds / np.add.reduceat(odds, starts)[group] - right
        slope = np.bincount(column, error[row] * value, len(index)) + l2 * weights
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        rate = 0.05 if step < 0.75 * ROUNDS else 0.01
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-6)
    return dict(zip(index, map(float, weights), strict=True))


def use_leanings(paths: list[Path]) -> None:
    """Let the files say what the network says."""
    said: dict[str, dict[str, dict[str, Any]]] = {}
    for path in paths:
        for name, terms_said in json.loads(path.read_text(encoding="utf-8")).items():
            said.setdefault(name, terms_said)

    def look_up(draft: Draft, scenes: Sequence[Scene]) -> tuple[Leaning | None, ...]:
        held = said.get(draft.document.name, {})
        return tuple(_leaning(held[str(n)]) if str(n) in held else None for n in range(len(scenes)))

    terms.find_leanings = look_up


def _leaning(said: dict[str, Any]) -> Leaning:
    topics = {Topic(name): share for name, share in said["topics"].items()}
    return Leaning(topics, said["gives"], said["gets"], tuple(said["sizes"]))


def print_folds(examples: list[Example], checks: list[Example], l2: float, number: int) -> None:
    """Leave out every `number`-th story of each folder in turn; then score the checks by what all teach."""
    kept = {
        folder: sorted({e.story for e in examples if e.folder == folder}) for folder in {e.folder for e in examples}
    }
    tallies: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for start in range(number):
        out = {(folder, story) for folder, stories in kept.items() for story in stories[start::number]}
        held = [e for e in examples if (e.folder, e.story) in out]
        score(held, [e for e in examples if (e.folder, e.story) not in out], l2, tallies)
    score(checks, examples, l2, tallies)
    for folder, tally in tallies.items():
        shares = "  ".join(f"{name} {n / tally['of']:.3f}" for name, n in tally.items() if name != "of")
        print(f"{folder:14} {tally['of']:5}  {shares}", flush=True)


def score(held: list[Example], learned: list[Example], l2: float, tallies: dict[str, Counter[str]]) -> None:
    """Count what is right of the terms found, by the rules, and as learned with the network and without."""
    plain = [replace(e, scene=replace(e.scene, leaning=None)) for e in learned]
    with_network, without = learn(learned, l2), learn(plain, l2)
    for e in (e for e in held if e.found):
        tally = tallies[e.folder]
        tally["of"] += 1
        tally["topic"] += e.scene.topic.value == e.topic
        ways = {"rules": e.scene.ruled}
        for way, weights, scene in (
            ("signs", without, replace(e.scene, leaning=None)),
            ("with network", with_network, e.scene),
        ):
            terms_ranking._weights = lambda language, weights=weights: weights
            ways[way] = rank_roles(scene)
        for way, (gives, gets) in ways.items():
            tally[f"{way} gives"] += names(gives) == e.gives
            tally[f"{way} gets"] += names(gets) == e.gets


TOLD = "# How much each sign speaks for a set of parties giving, or getting, in log-odds (training/terms/roles.py)."


def write(weights: dict[str, float], path: Path, *, told: str = TOLD, least: float = 0.01) -> None:
    """Write the weights that are not less than `least`, below a line that tells what they are."""
    kept = {name: weight for name, weight in weights.items() if abs(weight) >= least}
    lines = [told, "sign\tweight", *(f"{name}\t{weight:.3f}" for name, weight in kept.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 2} weights in {path}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--l2", type=float, default=8.0)
    parser.add_argument("--out", type=Path, default=Path(str(_folder("en"))) / "roles.tsv")
    parser.add_argument("--leanings", type=Path, nargs="+", default=[])
    parser.add_argument("--check", type=Path, nargs="+", default=[])
    args = parser.parse_args()
    if args.leanings:
        use_leanings(args.leanings)
    examples = [example for folder in args.gold for example in read_examples(folder)]
    if args.folds:
        print_folds(examples, [e for folder in args.check for e in read_examples(folder)], args.l2, args.folds)
        return 0
    write(learn(examples, args.l2), args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Learn which topic a stance is about; writes `languages/en/subjects.tsv`.

usage: train.py GOLD [TEXTS ...] [--folds] [--check FOLDER ...] [--out FILE]

GOLD and TEXTS are folders of gold articles (NAME.txt with NAME.json, one folder a story): the evidence of their
positions gives the examples, the program's own reading their terms; an example of GOLD counts as FIRST of TEXTS. The
topic classifier that gives two of the signs is learned anew without the stories at hand, a tenth at a time, so that its
probabilities are those of texts that it has not seen. `--folds` leaves out a tenth of the stories at a time, prints how
many topics are found in them, and writes nothing; `--check` prints it for folders that nothing is learned from.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from reportedly.documents import make_document
from reportedly.reading import positions_signs
from reportedly.reading.draft import Draft
from reportedly.reading.language import _folder
from reportedly.reading.positions_signs import Asked
from reportedly.reading.positions_words import condition_in
from reportedly.reading.reader import read_mentions, read_statements, read_table, shipped_model
from reportedly.reading.sentences import find_sentences
from reportedly.records import Span, Stance, Topic

Matrix = NDArray[np.float64]
PENALTY, ROUNDS, STEP = 1.0, 300, 0.1
FIRST, GROUPS = 4.0, 10
TOPICS = tuple(t for t in Topic if t is not Topic.OTHER)
_HEADER = "# How much each sign speaks for a topic's being what a stance is about, in log-odds (training/positions)."


@dataclass(frozen=True)
class Example:
    """The signs of every topic for one piece of evidence, the topic that it is about, and what it counts."""

    group: int
    signs: positions_signs.Signs
    topic: Topic
    weight: float


def articles_in(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*.json") if not p.name.endswith(".story.json"))


def read_examples(folders: list[Path]) -> list[Example]:
    """The evidence of all positions in folders of gold articles; those of the first count FIRST."""
    sys.path.insert(0, str(folders[0].resolve().parent))
    topics = load_trainer("topics")
    clauses = [e for folder in folders for e in topics.gold_examples(folder)]
    shared = [*topics.own_examples(), *topics.phrases()]
    stories = sorted({e.story for e in clauses})
    group_of = {story: n % GROUPS for n, story in enumerate(stories)}
    found: list[Example] = []
    for group in range(GROUPS):
        model = topics.fit([*(e for e in clauses if group_of[e.story] != group), *shared])
        positions_signs.shipped_topics = lambda model=model: model
        for weight, folder in zip([FIRST] + [1.0] * len(folders), folders, strict=False):
            here = [p for p in articles_in(folder) if group_of.get(p.parent.name) == group]
            found.extend(e for path in here for e in examples_of(*read_article(path), group, weight))
    return found


def read_article(path: Path) -> tuple[Draft, dict[str, object]]:
    text, record = path.with_suffix(".txt").read_text("utf-8"), json.loads(path.read_text("utf-8"))
    return read_draft(text, record), record


def examples_of(draft: Draft, record: dict[str, object], group: int, weight: float) -> Iterator[Example]:
    """The signs of all evidence in an article."""
    from check import locate

    text = draft.document.text
    for position in record["positions"]:
        spots = locate(text, position["evidence"])
        span, alone = evidence(Span(spots[0][0], spots[-1][1]), text, position["stance"])
        asked = Asked(span, Stance(position["stance"]), (position["party"],), alone)
        if position["topic"] != Topic.OTHER:
            yield Example(group, positions_signs.signs_of(asked, draft), Topic(position["topic"]), weight)


def read_draft(text: str, record: dict[str, str]) -> Draft:
    """An article as the program reads it, up to its terms."""
    document = make_document(text, name=record["id"], outlet=record["outlet"], published=record["published"])
    draft = Draft(document=document, parse=find_sentences(document), model=shipped_model())
    for step in (read_mentions, read_statements, read_table):
        draft = step(draft)
    return draft


def evidence(span: Span, text: str, stance: str) -> tuple[Span, bool]:
    """The evidence as the finder would look at it: without its condition, or as a condition."""
    condition = condition_in(span, text, span.end, after_no=True)
    if condition is None:
        return span, False
    if condition.start <= span.start + 12:
        return span, stance == "demands"
    return (condition, True) if stance == "demands" else (Span(span.start, condition.start), False)


def load_trainer(name: str) -> ModuleType:
    path = Path(__file__).parents[1] / name / "train.py"
    spec = importlib.util.spec_from_file_location(f"train_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def names_in(examples: list[Example]) -> list[str]:
    """Every sign's name."""
    return sorted({name for e in examples for signs in e.signs.values() for name in signs})


def fit(examples: list[Example], names: list[str]) -> Matrix:
    """The weights (signs,) of a conditional logistic regression: L2, full-batch Adam."""
    x, truth = _arrays(examples, names)
    counts = np.array([e.weight for e in examples])[:, None]
    weights, mean, square = (np.zeros(len(names)) for _ in range(3))
    for n in range(1, ROUNDS + 1):
        odds = np.exp((logits := x @ weights) - logits.max(1, keepdims=True))
        error = (odds / odds.sum(1, keepdims=True) - truth) * counts
        slope = np.einsum("et,ets->s", error, x) + PENALTY * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights = weights - STEP * (mean / (1 - 0.9**n)) / (np.sqrt(square / (1 - 0.999**n)) + 1e-8)
    return weights


def _arrays(examples: list[Example], names: list[str]) -> tuple[Matrix, Matrix]:
    """Signs (examples, topics, signs) and truth (examples, topics)."""
    x = np.array([[[e.signs[t].get(n, 0.0) for n in names] for t in TOPICS] for e in examples])
    return x, np.array([[float(e.topic is t) for t in TOPICS] for e in examples])


def right_of(examples: list[Example], names: list[str], weights: Matrix) -> int:
    """How many topics are found."""
    x, truth = _arrays(examples, names)
    return int(((x @ weights).argmax(1) == truth.argmax(1)).sum())


def print_folds(examples: list[Example], names: list[str]) -> None:
    """Leave one group of stories out at a time."""
    for weight in sorted({e.weight for e in examples}):
        right, of = 0, 0
        for group in range(GROUPS):
            held = [e for e in examples if e.group == group and e.weight == weight]
            right += right_of(held, names, fit([e for e in examples if e.group != group], names)) if held else 0
            of += len(held)
        print(f"counting {weight:g}: {right / of:.3f} of {of}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--check", type=Path, nargs="+", default=[])
    parser.add_argument("--out", type=Path, default=Path(str(_folder("en"))) / "subjects.tsv")
    options = parser.parse_args()
    shipped = positions_signs.shipped_topics
    examples = read_examples(options.gold)
    names = names_in(examples)
    if options.folds:
        print_folds(examples, names)
        return 0
    weights = fit(examples, names)
    positions_signs.shipped_topics = shipped
    for folder in options.check:
        held = [e for path in articles_in(folder) for e in examples_of(*read_article(path), 0, 1.0)]
        print(f"{folder.name}: {right_of(held, names, weights) / len(held):.3f} of {len(held)}")
    rows = [f"{name}\t{weight:.3f}" for name, weight in zip(names, weights, strict=True)]
    options.out.write_text("\n".join([_HEADER, "sign\tweight", *rows]) + "\n", encoding="utf-8")
    print(f"{len(rows)} weights in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

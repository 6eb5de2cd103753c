#!/usr/bin/env python3
"""Learn which topic a stance is about; writes `languages/en/subjects.tsv`.

usage: train.py GOLD [--folds] [--out FILE]

GOLD is a folder of gold articles (NAME.txt with NAME.json, one folder a story): the evidence of their positions gives
the examples, the program's own reading their terms. The topic classifier that gives two of the signs is learned anew
without the story at hand, so that its probabilities are those of a text that it has not seen. `--folds` leaves out
one story at a time, prints how many topics are found in it, and writes nothing.
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
from reportedly.reading import positions_topics
from reportedly.reading.draft import Draft
from reportedly.reading.language import _folder
from reportedly.reading.positions_words import condition_in
from reportedly.reading.reader import read_mentions, read_statements, read_table, shipped_model
from reportedly.reading.sentences import find_sentences
from reportedly.records import Span, Topic

Matrix = NDArray[np.float64]
PENALTY, ROUNDS, STEP = 1.0, 600, 0.05
_HEADER = "# How much each sign speaks for a topic's being what a stance is about, in log-odds (training/positions)."


@dataclass(frozen=True)
class Example:
    """The signs of every topic for one piece of evidence, and the topic that it is about."""

    story: str
    signs: positions_topics.Signs
    topic: Topic


def read_examples(gold: Path) -> list[Example]:
    """The evidence of all positions in a folder of gold articles."""
    sys.path.insert(0, str(gold.resolve().parent))
    topics = _load("topics")
    clauses = [*topics.gold_examples(gold), *topics.own_examples(), *topics.phrases()]
    found: list[Example] = []
    for folder in sorted(p for p in gold.iterdir() if p.is_dir()):
        model = topics.fit([e for e in clauses if e.story != folder.name])
        positions_topics.shipped_topics = lambda model=model: model
        for path in sorted(p for p in folder.glob("*.json") if not p.name.endswith(".story.json")):
            found.extend(_of_article(path))
    return found


def _of_article(path: Path) -> Iterator[Example]:
    from check import locate

    text, record = path.with_suffix(".txt").read_text("utf-8"), json.loads(path.read_text("utf-8"))
    draft = read_draft(text, record)
    for position in record["positions"]:
        spots = locate(text, position["evidence"])
        span, alone = evidence(Span(spots[0][0], spots[-1][1]), text, position["stance"])
        signs = positions_topics.signs_of(span, draft, alone=alone)
        yield Example(path.parent.name, signs, Topic(position["topic"]))


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


def _load(name: str) -> ModuleType:
    path = Path(__file__).parents[1] / name / "train.py"
    spec = importlib.util.spec_from_file_location(f"train_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def fit(examples: list[Example], names: list[str]) -> Matrix:
    """The weights (signs,) of a conditional logistic regression: L2, full-batch Adam."""
    x, truth = _arrays(examples, names)
    weights, mean, square = (np.zeros(len(names)) for _ in range(3))
    for n in range(1, ROUNDS + 1):
        odds = np.exp((logits := x @ weights) - logits.max(1, keepdims=True))
        error = odds / odds.sum(1, keepdims=True) - truth
        slope = np.einsum("et,ets->s", error, x) + PENALTY * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights = weights - STEP * (mean / (1 - 0.9**n)) / (np.sqrt(square / (1 - 0.999**n)) + 1e-8)
    return weights


def _arrays(examples: list[Example], names: list[str]) -> tuple[Matrix, Matrix]:
    """Signs (examples, topics, signs) and truth (examples, topics)."""
    x = np.array([[[e.signs[t].get(n, 0.0) for n in names] for t in Topic] for e in examples])
    return x, np.array([[float(e.topic is t) for t in Topic] for e in examples])


def print_folds(examples: list[Example], names: list[str]) -> None:
    """Leave one story out at a time."""
    total = 0.0
    for story in sorted({e.story for e in examples}):
        weights = fit([e for e in examples if e.story != story], names)
        x, truth = _arrays([e for e in examples if e.story == story], names)
        right = float(((x @ weights).argmax(1) == truth.argmax(1)).sum())
        total += right
        print(f"{story:14} {right / len(x):.3f} of {len(x)}")
    print(f"{'all':14} {total / len(examples):.3f} of {len(examples)}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--out", type=Path, default=Path(str(_folder("en"))) / "subjects.tsv")
    options = parser.parse_args()
    examples = [e for e in read_examples(options.gold) if e.topic is not Topic.OTHER]
    names = sorted({name for e in examples for signs in e.signs.values() for name in signs})
    if options.folds:
        print_folds(examples, names)
        return 0
    weights = fit(examples, names)
    rows = [f"{name}\t{weight:.3f}" for name, weight in zip(names, weights, strict=True)]
    options.out.write_text("\n".join([_HEADER, "sign\tweight", *rows]) + "\n", encoding="utf-8")
    print(f"{len(rows)} weights in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

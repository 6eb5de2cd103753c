#!/usr/bin/env python3
"""Train the topic classifier over sentence vectors; writes `shipped/topics/weights.npz` and its card.

usage: train.py GOLD [--folds FOLDER] [--out FOLDER]

GOLD is a folder of gold articles (NAME.txt with NAME.json, one folder a story): their terms and the evidence of their
positions are examples, beside those of `examples.tsv` and the phrases of `languages/en/topics.tsv`. `--folds` leaves
out one story at a time, prints how many of its topics are found, writes that story's classifier under FOLDER, and
nothing else. The card says how many of a held-out fifth of `examples.tsv` are found, and what is taken for what.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from reportedly.documents import make_document
from reportedly.reading.language import load_table
from reportedly.reading.models import SHIPPED
from reportedly.reading.sentences import find_sentences
from reportedly.reading.topics import blended, score_topics
from reportedly.reading.topics_model import FORMAT, TopicModel, features_of
from reportedly.records import Topic

EXAMPLES = Path(__file__).parent / "examples.tsv"
PENALTY, ROUNDS, STEP = 0.1, 400, 0.05
PHRASE = 0.15  # what a phrase of the lexicon counts, times its weight there, against an example
DATA = {
    "training/topics/examples.tsv": "clauses written for the purpose, Apache-2.0",
    "own gold articles, train": "articles written for this project, their terms and positions",
    "languages/en/topics.tsv": "the phrases of the lexicon",
}


@dataclass(frozen=True)
class Example:
    """A clause in its sentence, what it is about, and where it is from: a story, "own" or "lexicon"."""

    clause: str
    context: str
    topic: str
    story: str
    kind: str
    weight: float = 1.0


def own_examples() -> list[Example]:
    """The clauses of examples.tsv."""
    rows = [line.split("\t") for line in EXAMPLES.read_text(encoding="utf-8").splitlines()[2:]]
    return [Example(text, text, topic, "own", "own") for topic, text in rows]


def phrases() -> list[Example]:
    """The phrases of the lexicon, without their stars."""
    rows = load_table("en", "topics")
    texts = [" ".join(row["phrase"].replace("*", " ").split()) for row in rows]
    return [
        Example(text, text, row["topic"], "lexicon", "lexicon", PHRASE * float(row["weight"]))
        for row, text in zip(rows, texts, strict=True)
    ]


def gold_examples(gold: Path) -> list[Example]:
    """The terms and the evidence of positions of all articles in a folder."""
    sys.path.insert(0, str(gold.resolve().parent))
    from check import locate

    found = []
    for path in sorted(p for p in gold.rglob("*.json") if not p.name.endswith(".story.json")):
        text, record = path.with_suffix(".txt").read_text("utf-8"), json.loads(path.read_text("utf-8"))
        parse = find_sentences(
            make_document(text, name=record["id"], outlet=record["outlet"], published=record["published"])
        )
        for kind, key in (("terms", "text"), ("positions", "evidence")):
            for item in record[kind]:
                spans = locate(text, item[key])
                sentence = parse.sentence_at(spans[0][0])
                clause = " ".join(text[a:b] for a, b in spans)
                context = sentence.span.of(text) if sentence else clause
                found.append(Example(clause, context, item["topic"], path.parent.name, kind))
    return found


def fit(examples: list[Example]) -> TopicModel:
    """The classifier of these examples: logistic regression, L2 on the weights, full-batch Adam."""
    x = np.array([features_of(e.clause, e.context) for e in examples])
    names = sorted({e.topic for e in examples})
    truth = np.eye(len(names), dtype=np.float32)[[names.index(e.topic) for e in examples]]
    counts = np.array([[e.weight] for e in examples], dtype=np.float32)
    x = np.hstack([x, np.ones((len(x), 1), np.float32)])
    weights, mean, square = (np.zeros((x.shape[1], len(names)), np.float32) for _ in range(3))
    for n in range(1, ROUNDS + 1):
        odds = np.exp((logits := x @ weights) - logits.max(1, keepdims=True))
        slope = x.T @ (counts * (odds / odds.sum(1, keepdims=True) - truth))
        slope[:-1] += PENALTY * weights[:-1]
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights -= STEP * (mean / (1 - 0.9**n)) / (np.sqrt(square / (1 - 0.999**n)) + 1e-8)
    rounded = weights.T.astype(np.float16).astype(np.float32)
    return TopicModel(tuple(map(Topic, names)), rounded[:, :-1], rounded[:, -1])


def topic_of(model: TopicModel, e: Example) -> str:
    """What the finder says with this classifier."""
    shares = blended(score_topics(e.clause, e.context), model.shares(e.clause, e.context))
    return max(shares, key=lambda topic: (shares[topic], topic.value)).value


def by_words(e: Example) -> str:
    """What the lexicon alone says."""
    scores = score_topics(e.clause, e.context)
    return max(scores, key=lambda topic: (scores[topic], topic.value)).value if scores else "other"


def fold_accuracy(examples: list[Example], folder: Path) -> None:
    """Print the share of topics found in each story by what was learned without it."""
    total: Counter[str] = Counter()
    for story in sorted({e.story for e in examples if e.kind in ("terms", "positions")}):
        model = fit([e for e in examples if e.story != story])
        write(model, folder / story, {})
        for e in examples:
            if e.story == story:
                total.update({e.kind: 1, e.kind + " found": topic_of(model, e) == e.topic})
                total.update({e.kind + " by words": by_words(e) == e.topic})
    for kind in ("terms", "positions"):
        found, words = total[kind + " found"] / total[kind], total[kind + " by words"] / total[kind]
        print(f"{kind}: {found:.3f} of {total[kind]}, by the lexicon alone {words:.3f}")


def held_out(examples: list[Example]) -> dict[str, object]:
    """How the finder does on every fifth of the own examples, learned without them, and what it confuses."""
    own = [e for e in examples if e.kind == "own"]
    out = own[::5]
    model = fit([e for e in examples if e not in out])
    pairs = Counter(f"{e.topic} taken for {topic_of(model, e)}" for e in out if topic_of(model, e) != e.topic)
    return {
        "examples": len(out),
        "accuracy": round(1 - sum(pairs.values()) / len(out), 3),
        "accuracy of the lexicon alone": round(sum(by_words(e) == e.topic for e in out) / len(out), 3),
        "confusions": dict(sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))),
    }


def write(model: TopicModel, out: Path, card: dict[str, object]) -> None:
    """The weights in half precision, and the card."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / "weights.npz"
    np.savez(path, weights=model.weights.astype(np.float16), bias=model.bias.astype(np.float16))
    card = {"format": FORMAT, "topics": [t.value for t in model.topics], **card}
    card["files"] = {path.name: {"bytes": path.stat().st_size, "sha256": sha256(path.read_bytes()).hexdigest()}}
    (out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Train and write, or measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--out", type=Path, default=SHIPPED / "topics")
    options = parser.parse_args()
    examples = [*gold_examples(options.gold), *own_examples(), *phrases()]
    if options.folds:
        fold_accuracy(examples, options.folds)
        return
    card = {
        "data": DATA,
        "licence": "Apache-2.0; the weights hold no text",
        "method": "multinomial logistic regression over the vectors of the clause and of its sentence",
        "counts": dict(Counter(e.kind for e in examples)),
        "held-out fifth of the own examples": held_out(examples),
    }
    write(fit(examples), options.out, card)


if __name__ == "__main__":
    main()

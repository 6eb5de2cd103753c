#!/usr/bin/env python3
"""Train the topic classifier over sentence vectors and words; writes `shipped/topics/` (weights, words, card).

usage: train.py GOLD [GOLD ...] [--folds] [--check FOLDER ...] [--out FOLDER]

GOLD are folders of gold articles (NAME.txt with NAME.json, one folder a story), such as
`training/negotiations/texts.py` writes: their terms and the evidence of their positions are examples, beside
those of `examples.tsv` and the phrases of
`languages/en/topics.tsv`. Ten groups of stories are left out one after the other, and how many of their topics are
found goes into the card, with what is taken for what; `--check` does the same on folders that nothing is learned from.
`--folds` only prints. README.md tells how the folders were made.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reportedly.documents import make_document
from reportedly.reading.language import load_table
from reportedly.reading.models import SHIPPED, Floats
from reportedly.reading.sentences import find_sentences
from reportedly.reading.topics import blended, score_topics
from reportedly.reading.topics_model import FORMAT, TopicModel, features_of, stems_of
from reportedly.records import Topic

Matrix = NDArray[np.float64]
EXAMPLES = Path(__file__).parent / "examples.tsv"
SHRINKAGE = 0.002  # added to the variance of every number of a vector
PRIOR, DRAWN = 0.5, 2.0  # how much the topics' numbers count; examples at the overall mean that each topic is given
BY_VECTORS, BY_WORDS = 0.24, 0.16  # what the two parts count, by stories held out
DOUBT = 2.0  # examples of the common share of topics that each word is given
GROUPS = 10
PHRASE = 0.15  # what a phrase of the lexicon counts, times its weight there, against an example
DATA = {
    "training/topics/examples.tsv": "clauses written for the purpose, Apache-2.0",
    "own gold articles, train": "articles written for this project, their terms and positions",
    "training/negotiations": "texts written for this project but for longer.txt, pacts.txt and unseen.txt, "
    "terms and positions",
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
    article: tuple[str, ...] = ()


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
        article = tuple(s.span.of(text) for s in parse.sentences[:2])
        for kind, key in (("terms", "text"), ("positions", "evidence")):
            for item in record[kind]:
                spans = locate(text, item[key])
                sentence = parse.sentence_at(spans[0][0])
                clause = " ".join(text[a:b] for a, b in spans)
                context = sentence.span.of(text) if sentence else clause
                found.append(Example(clause, context, item["topic"], path.parent.name, kind, article=article))
    return found


def fit(examples: list[Example]) -> TopicModel:
    """The classifier of these examples: linear discriminants of the vectors, and what each word speaks for."""
    names = sorted({e.topic for e in examples})
    weights, bias = _discriminants(examples, names)
    words = {stem: (BY_WORDS * row).astype(np.float16).astype(np.float32) for stem, row in _words(examples, names)}
    rounded = [(BY_VECTORS * part).astype(np.float16).astype(np.float32) for part in (weights, bias)]
    return TopicModel(tuple(map(Topic, names)), rounded[0], rounded[1], words)


def _discriminants(examples: list[Example], names: list[str]) -> tuple[Matrix, Matrix]:
    """Weights (topics, 1152) and bias (topics,) of a linear discriminant analysis with a shrunk common covariance."""
    x = np.array([_features(e) for e in examples], dtype=np.float64)
    topics = np.array([names.index(e.topic) for e in examples])
    counts = np.array([e.weight for e in examples])
    held = np.eye(len(names))[topics] * counts[:, None]
    sums = held.sum(0)
    means = (held.T @ x + DRAWN * (counts @ x) / counts.sum()) / (sums[:, None] + DRAWN)
    apart = x - means[topics]
    spread = (apart * counts[:, None]).T @ apart / counts.sum() + SHRINKAGE * np.eye(x.shape[1])
    weights = np.linalg.solve(spread, means.T).T
    return weights, PRIOR * np.log((sums + 1) / (sums + 1).sum()) - (means * weights).sum(1) / 2


@cache
def _features(e: Example) -> Floats:
    return features_of(e.clause, e.context, e.article)


def _words(examples: list[Example], names: list[str]) -> Iterable[tuple[str, Matrix]]:
    """Each stem of two stories and the log of how much likelier than else a topic is beside it, (topics,).

    Within a story, examples of a stem and a topic count as their root: they are not independent.
    """
    within: dict[tuple[str, str], Matrix] = defaultdict(lambda: np.zeros(len(names)))
    common = np.ones(len(names))
    for e in examples:
        share = 0.4 if e.kind == "lexicon" else 1.0
        common[names.index(e.topic)] += share
        for stem in stems_of(e.clause):
            within[stem, e.story][names.index(e.topic)] += share
    found: dict[str, Matrix] = defaultdict(lambda: np.zeros(len(names)))
    for (stem, story), counts in within.items():
        found[stem] += counts if story in ("own", "lexicon") else np.sqrt(counts)
    common /= common.sum()
    for stem, counts in sorted(found.items()):
        if counts.sum() >= 1.5:
            yield stem, np.log((counts + DOUBT * common) / (counts.sum() + DOUBT) / common)


def topic_of(model: TopicModel, e: Example) -> str:
    """What the finder says with this classifier."""
    shares = blended(score_topics(e.clause, e.context), model.shares(e.clause, e.context, e.article))
    kept = [t for t in shares if e.kind != "terms" or t is not Topic.WHOLE_PLAN]
    return max(kept, key=lambda topic: (shares[topic], topic.value)).value


def by_words(e: Example) -> str:
    """What the lexicon alone says."""
    scores = score_topics(e.clause, e.context)
    return max(scores, key=lambda topic: (scores[topic], topic.value)).value if scores else "other"


def held_out(examples: list[Example]) -> dict[str, object]:
    """How the finder does on each group of stories, learned without it."""
    stories = sorted({e.story for e in examples if e.kind in ("terms", "positions")})
    found: list[tuple[Example, str]] = []
    for n in range(GROUPS):
        out = set(stories[n::GROUPS])
        model = fit([e for e in examples if e.story not in out])
        found += [(e, topic_of(model, e)) for e in examples if e.story in out]
    return scores_of(found)


def scores_of(found: list[tuple[Example, str]]) -> dict[str, object]:
    """The share of right topics, by kind, beside the lexicon's own, and the commonest confusions among terms."""
    out: dict[str, object] = {}
    for kind in ("terms", "positions"):
        held = [(e, topic) for e, topic in found if e.kind == kind]
        right, words = sum(e.topic == t for e, t in held), sum(e.topic == by_words(e) for e, _ in held)
        out[kind] = len(held)
        out[f"{kind}: found"] = round(right / max(1, len(held)), 3)
        out[f"{kind}: found by the lexicon alone"] = round(words / max(1, len(held)), 3)
    pairs = Counter(f"{e.topic} taken for {t}" for e, t in found if e.kind == "terms" and t != e.topic)
    return out | {"confusions": dict(sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))[:20])}


def write(model: TopicModel, out: Path, card: dict[str, object]) -> None:
    """The weights in half precision, the words, and the card."""
    out.mkdir(parents=True, exist_ok=True)
    words = np.array(list(model.words.values()), dtype=np.float16)
    weights, bias = model.weights.astype(np.float16), model.bias.astype(np.float16)
    np.savez(out / "weights.npz", weights=weights, bias=bias, words=words)
    (out / "words.txt").write_text("\n".join(model.words) + "\n", encoding="utf-8")
    files = [out / "weights.npz", out / "words.txt"]
    card = {"format": FORMAT, "topics": [t.value for t in model.topics], **card}
    card["files"] = {p.name: {"bytes": p.stat().st_size, "sha256": sha256(p.read_bytes()).hexdigest()} for p in files}
    (out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Train and write, or measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--check", type=Path, nargs="+", default=[])
    parser.add_argument("--out", type=Path, default=SHIPPED / "topics")
    options = parser.parse_args()
    stories = [e for folder in options.gold for e in gold_examples(folder)]
    examples = [*stories, *own_examples(), *phrases()]
    model = fit(examples)
    scores = {"stories held out, in ten groups": held_out(examples)}
    for folder in options.check:
        found = [(e, topic_of(model, e)) for e in gold_examples(folder)]
        scores[f"never learned from: {folder.name}"] = scores_of(found)
    if options.folds:
        print(json.dumps(scores, indent=1))
        return
    card = {
        "data": DATA,
        "licence": "Apache-2.0; the weights hold no text",
        "method": "linear discriminants over the vectors of the clause, its sentence and the article's opening; words",
        "counts": dict(Counter(e.kind for e in examples)),
        **scores,
    }
    write(model, options.out, card)


if __name__ == "__main__":
    main()

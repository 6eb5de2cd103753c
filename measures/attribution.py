"""Measure the shipped attribution reader on a corpus in PolNeAR's layout.

usage: attribution.py POLNEAR [--part dev] [--found FILE] [--model FOLDER] [--boot N]

POLNEAR holds score.py, the scorer, and a folder a part with text/ and attributions/. Writes what the reader finds as
JSON lines for that scorer, and prints the scorer's figures, exact-span F1 by role and how long the reading took.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from reportedly.documents import make_document
from reportedly.reading.models import SHIPPED, AttributionModel, load_attribution
from reportedly.reading.sentences import find_sentences
from reportedly.reading.tagger import Found, tag_attributions
from reportedly.reading.transcripts import find_turns
from reportedly.records import Spans

ROLES = ("source", "cue", "content")
Pairs = list[tuple[int, int]]
Prediction = dict[str, Pairs]
Corpus = Mapping[str, tuple[str, list[Prediction]]]


def load_scorer(folder: Path) -> ModuleType:
    """The corpus's own score.py."""
    spec = importlib.util.spec_from_file_location("polnear_score", folder / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def paragraphs_of(text: str) -> list[tuple[int, str]]:
    """The lines that hold a letter or digit, each with its offset in code points."""
    return [(line.start(), line[0]) for line in re.finditer(r"\S[^\r\n]*", text) if re.search(r"\w", line[0])]


def _pairs(spans: Spans) -> Pairs:
    return [(span.start, span.end) for span in spans]


def as_prediction(found: Found) -> Prediction:
    """An attribution as the scorer reads it."""
    return {"source": _pairs(found.source), "cue": _pairs(found.cue), "content": _pairs(found.content)}


def read_corpus(corpus: Corpus, model: AttributionModel) -> dict[str, list[Prediction]]:
    """What is found in each article, contents not read again: the corpus has no statements within statements."""
    return {
        name: with_turns(text, [as_prediction(f) for f in tag_attributions(paragraphs_of(text), model, nested=False)])
        for name, (text, _) in corpus.items()
    }


def with_turns(text: str, found: list[Prediction]) -> list[Prediction]:
    """The predictions, and instead of those that stand in the turns of a transcript the turns of all who are named."""
    turns = find_turns(find_sentences(make_document(text, name="article")))
    spoken = [
        {"source": _pairs((turn.source,)), "cue": _pairs((turn.mark,)), "content": _pairs(turn.words)}
        for turn in turns
        if turn.source is not None
    ]
    apart = [f for f in found if not any(_overlap(f["content"] + f["cue"], turn["content"]) for turn in spoken)]
    return apart + spoken


def _overlap(ones: Pairs, others: Pairs) -> bool:
    return any(start < end and begin < stop for begin, end in ones for start, stop in others)


def exact_spans(corpus: Corpus, found: Mapping[str, Sequence[Prediction]], scorer: ModuleType) -> dict[str, float]:
    """F1 by role of spans that agree to the word, each counted once in an article."""
    scores = {}
    for role in ROLES:
        right = wanted = given = 0
        for name, (text, gold) in corpus.items():
            words = [match.span() for match in scorer.WORD.finditer(text)]
            theirs, ours = (
                {frozenset(scorer.to_words([span], words)) for entry in entries for span in entry[role]} - {frozenset()}
                for entries in (gold, found[name])
            )
            right, wanted, given = right + len(theirs & ours), wanted + len(theirs), given + len(ours)
        scores[role] = 2 * right / max(wanted + given, 1)
    return scores


def summarise(corpus: Corpus, found: Mapping[str, Sequence[Prediction]], scorer: ModuleType) -> dict[str, Any]:
    """The scorer's summary, with exact-span F1 by role under "exact"."""
    rows = scorer.score(corpus, found)
    summary: dict[str, Any] = scorer.summarise(scorer.total(rows))
    return summary | {"exact": exact_spans(corpus, found, scorer), "rows": rows}


def interval(rows: Sequence[Any], pick: Callable[[dict[str, Any]], float], scorer: ModuleType, n: int) -> str:
    """A 95 % bootstrap interval over articles, in per cent."""
    chance = random.Random(0)
    drawn = sorted(pick(scorer.summarise(scorer.total(chance.choices(rows, k=len(rows))))) for _ in range(n))
    return f" [{100 * drawn[int(0.025 * n)]:.1f}-{100 * drawn[int(0.975 * n)]:.1f}]"


def report(summary: Mapping[str, Any], scorer: ModuleType, boot: int) -> Iterable[str]:
    """The figures as lines: precision, recall and F1 in per cent."""
    names = {"attr": "linked", "q_attr": "linked, quoted"} | {role: f"words, {role}" for role in ROLES}
    for key, name in names.items():
        precision, recall, f1 = summary[key]
        spread = interval(summary["rows"], lambda s, key=key: s[key][2], scorer, boot) if boot else ""  # type: ignore[misc]
        yield f"{name:16} P {100 * precision:.1f}  R {100 * recall:.1f}  F1 {100 * f1:.1f}{spread}"
    for role in ROLES:
        yield f"{'exact, ' + role:16} F1 {100 * summary['exact'][role]:.1f}"
    for kind in ("direct", "mixed", "indirect"):
        yield f"{'recall, ' + kind:16} {100 * summary['recall_' + kind]:.1f}"


def main() -> None:
    """Read, write and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("polnear", type=Path)
    parser.add_argument("--part", default="dev")
    parser.add_argument("--found", type=Path, help="where to write the JSON lines")
    parser.add_argument("--model", type=Path, default=SHIPPED / "attribution")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--boot", type=int, default=0, help="bootstrap resamples for 95 %% intervals")
    options = parser.parse_args()
    scorer = load_scorer(options.polnear)
    corpus = scorer.load_gold(str(options.polnear / options.part))
    model = load_attribution(options.model.name, folder=options.model.parent, threads=options.threads)
    begun = time.perf_counter()
    found = read_corpus(corpus, model)
    seconds = time.perf_counter() - begun
    if options.found:
        with options.found.open("w", encoding="utf-8") as file:
            for name, entries in found.items():
                file.write(json.dumps({"doc": name, "attributions": entries}) + "\n")
    summary = summarise(corpus, found, scorer)
    print(*report(summary, scorer, options.boot), sep="\n")
    print(
        f"{len(corpus)} articles, {summary['words']} words in {seconds:.1f} s: {summary['words'] / seconds:.0f} words/s"
    )


if __name__ == "__main__":
    main()

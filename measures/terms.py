#!/usr/bin/env python3
"""Score the terms that the reader finds in gold articles, story by story.

usage: terms.py GOLD [--misses]

GOLD is a folder of gold articles (NAME.txt with NAME.json, one folder a story). Prints for each story how many terms
gold and reader have, precision, recall and F1 (Dice of characters of at least 0.5, one to one), and of matched terms
the share with the right point numbers, topic, givers, getters, inclusion and force. `--misses` adds a line a term.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from reportedly.documents import make_document
from reportedly.reading.reader import Reader
from reportedly.records import Reading, Term, shown

DETAILS = ("points", "topic", "gives", "gets", "included", "force")


def places(text: str, where: Any) -> set[int]:
    """The characters of a gold span: a string, {"text", "nth"}, or a list of these."""
    if isinstance(where, list):
        return set().union(*(places(text, part) for part in where))
    wanted, nth = (where["text"], where.get("nth", 1)) if isinstance(where, dict) else (where, 1)
    start = -1
    for _ in range(nth):
        start = text.index(wanted, start + 1)
    return set(range(start, start + len(wanted)))


def overlap(a: set[int], b: set[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b))


def matched(gold: list[set[int]], found: list[set[int]]) -> dict[int, int]:
    """Gold index to found index, likest first."""
    ranked = sorted(((overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    pairs: dict[int, int] = {}
    for like, i, j in ranked:
        if like >= 0.5 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def is_right(detail: str, gold: dict[str, Any], term: Term) -> bool:
    value = getattr(term, detail)
    if detail in ("gives", "gets"):
        return {n.casefold() for n in gold[detail]} == {n.casefold() for n in value}
    return sorted(gold[detail]) == sorted(value) if detail == "points" else bool(gold[detail] == value)


def measure(path: Path, reader: Reader, counts: dict[str, list[int]], *, misses: bool) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    reading: Reading = reader.read(
        make_document(text, name=path.stem, outlet=gold["outlet"], published=gold["published"])
    )
    wanted = [places(text, t["text"]) for t in gold["terms"]]
    found = [{i for s in t.spans for i in range(s.start, s.end)} for t in reading.terms]
    pairs = matched(wanted, found)
    row = [len(wanted), len(found), len(pairs)]
    row += [sum(is_right(d, gold["terms"][i], reading.terms[j]) for i, j in pairs.items()) for d in DETAILS]
    for story in (path.parent.name, "all"):
        counts[story] = [a + b for a, b in zip(counts[story], row, strict=True)]
    if misses:
        print(*(f"{path.stem}: missed: {t['text']}" for i, t in enumerate(gold["terms"]) if i not in pairs), sep="\n")
        extra = [t for j, t in enumerate(reading.terms) if j not in pairs.values()]
        print(*(f"{path.stem}: extra: {shown(t.spans, text)}" for t in extra), sep="\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * (3 + len(DETAILS)))
    reader = Reader()
    for path in sorted(args.gold.rglob("*.json")):
        if not path.name.endswith(".story.json"):
            measure(path, reader, counts, misses=args.misses)
    print(f"{'story':14} gold found    P     R     F1  " + " ".join(f"{d:>8}" for d in DETAILS))
    for story in sorted(counts, key=lambda name: (name == "all", name)):
        gold, found, hits, *right = counts[story]
        scores = (hits / max(1, found), hits / max(1, gold), 2 * hits / max(1, gold + found))
        shares = " ".join(f"{n / max(1, hits):8.3f}" for n in right)
        print(f"{story:14} {gold:4} {found:5} " + " ".join(f"{x:.3f}" for x in scores) + f"  {shares}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

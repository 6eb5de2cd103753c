"""Measure acts, certainty and hedges on statements whose spans and chains are given.

usage: labels.py --gold FOLDER --labels FOLDER [--details]
    --gold    a folder of gold articles, NAME.txt with NAME.json, in any depth
    --labels  a folder of attribution labels, NAME.tsv; the texts and attributions are looked for in
              ../../SPLIT/text and ../../SPLIT/attributions, SPLIT being the folder's own name

Prints a table: per value right, majority baseline and macro-F1; with --details the confusion pairs and every miss.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reportedly.reading.acts import find_acts
from reportedly.reading.certainty import find_certainty
from reportedly.reading.parse import Parse
from reportedly.reading.sentences import find_sentences
from reportedly.records import Act, Block, BlockKind, Certainty, Document, Source, SourceKind, Span, Spans, Statement

ABOUT_CONTENT = frozenset({Act.ASSERT, Act.DENY, Act.BELIEVE, Act.WARN})


@dataclass(frozen=True)
class Case:
    """An article with its statements as a person labelled them; `hedged` says whether hedges were labelled too."""

    parse: Parse
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]
    hedged: bool


def document_of(name: str, text: str, furniture: Spans = ()) -> Document:
    """Every line a paragraph, but for furniture."""
    blocks, at = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            span = Span(start, start + len(line.strip()))
            kind = BlockKind.FURNITURE if any(f.holds(span) for f in furniture) else BlockKind.PARAGRAPH
            blocks.append(Block(kind, span))
        at += len(line)
    return Document(text=text, name=name, blocks=tuple(blocks))


def spans_of(text: str, gold: Any) -> Spans:
    """Where a gold span stands: a string, `{"text", "nth"}`, `{"at"}` or a list of them."""
    if gold is None:
        return ()
    if isinstance(gold, list):
        return tuple(span for part in gold for span in spans_of(text, part))
    if isinstance(gold, dict) and "at" in gold:
        return (Span(*gold["at"]),)
    wanted, nth = (gold["text"], gold.get("nth", 1)) if isinstance(gold, dict) else (gold, 1)
    start = -1
    for _ in range(nth):
        start = text.index(wanted, start + 1)
    return (Span(start, start + len(wanted)),)


def read_gold(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.rglob("*.json")):
        if path.with_suffix(".txt").exists():
            yield gold_case(path)


def gold_case(path: Path) -> Case:
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    gold = json.loads(path.read_text(encoding="utf-8"))
    sources: dict[str, Source] = {}
    statements = tuple(gold_statement(text, given, sources) for given in gold["statements"])
    furniture = tuple(s for f in gold.get("furniture", []) for s in spans_of(text, f))
    return Case(find_sentences(document_of(path.stem, text, furniture)), statements, tuple(sources.values()), True)


def gold_statement(text: str, given: dict[str, Any], sources: dict[str, Source]) -> Statement:
    chain = []
    for link in given["chain"]:
        key = f"{link['name']}|{link['kind']}"
        named = link.get("named", True)
        sources[key] = Source(id=key, name=str(link["name"]), kind=SourceKind(link["kind"]), named=bool(named))
        chain.append(key)
    return Statement(
        id=given["id"],
        piece=0,
        source=spans_of(text, given["source"]),
        cue=spans_of(text, given["cue"]),
        content=spans_of(text, given["content"]),
        act=Act(given["act"]),
        chain=tuple(chain),
        certainty_outlet=Certainty(given["certainty"]["outlet"]),
        certainty_source=Certainty(given["certainty"]["source"]),
        hedges=tuple(s for h in given.get("hedges", []) for s in spans_of(text, h)),
    )


def read_labels(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("*.tsv")):
        yield label_case(path, folder.resolve().parents[1] / folder.name)


def label_case(path: Path, split: Path) -> Case:
    with (split / "text" / f"{path.stem}.txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    ann = min((split / "attributions").glob(f"{path.stem}_????.ann"))
    events = attributions(ann.read_text(encoding="utf-8"))
    sources: dict[str, Source] = {"outlet": Source(id="outlet", name="outlet", kind=SourceKind.OUTLET)}
    rows = csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)
    statements = tuple(labelled(row, events[row["id"]], sources) for row in rows)
    kept = tuple(s for s in statements if s.content)
    return Case(find_sentences(document_of(path.stem, text)), kept, tuple(sources.values()), False)


def attributions(ann: str) -> dict[str, dict[str, Spans]]:
    """Brat standoff: event id to role to its spans."""
    lines = [line.split("\t") for line in ann.splitlines()]
    spans = {key: standoff(rest[0]) for key, *rest in lines if key.startswith("T") and len(rest) > 1}
    return {key: event_roles(rest[0].split()[1:], spans) for key, *rest in lines if key.startswith("E")}


def standoff(line: str) -> list[Span]:
    """`Cue 12 16;20 24` to its spans."""
    return [Span(int(p.split()[0]), int(p.split()[1])) for p in line.split(" ", 1)[1].split(";")]


def event_roles(arguments: list[str], spans: dict[str, list[Span]]) -> dict[str, Spans]:
    roles: dict[str, Spans] = {}
    for argument in arguments:
        role, ref = argument.split(":")
        name = role.rstrip("0123456789").lower()
        roles[name] = tuple(sorted((*roles.get(name, ()), *spans[ref])))
    return roles


def labelled(row: dict[str, str], roles: dict[str, Spans], sources: dict[str, Source]) -> Statement:
    chain = ["outlet"]
    if row["via"] != "-":
        sources[row["via"]] = Source(id=row["via"], name=row["via"], kind=SourceKind.OUTLET)
        chain.append(row["via"])
    key = f"{row['name']}|{row['kind']}"
    sources[key] = Source(id=key, name=row["name"], kind=SourceKind(row["kind"]))
    return Statement(
        id=row["id"],
        piece=0,
        source=roles.get("source", ()),
        cue=roles.get("cue", ()),
        content=roles.get("content", ()),
        act=Act(row["act"]),
        chain=(*chain, key),
        certainty_outlet=Certainty(row["outlet"]),
        certainty_source=Certainty(row["source"]),
    )


def read_again(case: Case) -> tuple[Statement, ...]:
    """The case's statements with act, certainty and hedges as the program finds them."""
    blank = tuple(
        replace(
            s,
            act=Act.ASSERT,
            hedges=(),
            certainty_outlet=Certainty.UNCOMMITTED,
            certainty_source=Certainty.UNCOMMITTED,
        )
        for s in case.statements
    )
    return find_certainty(find_acts(blank, case.parse), case.sources, case.parse)


@dataclass(frozen=True)
class Pair:
    """What a person said and what the program says of one statement."""

    case: Case
    gold: Statement
    found: Statement


def table(pairs: Sequence[Pair], *, assertive: bool) -> Iterator[str]:
    """A row per value. `assertive`: outlet certainty only where the gold act is about its content."""
    yield from (row(name, values) for name, values in columns(pairs, assertive=assertive))
    hedged = [p for p in pairs if p.case.hedged]
    if hedged:
        right, found, gold = hedge_counts(hedged)
        yield f"hedges   F1 {2 * right / max(1, found + gold):.3f}  precision {right}/{found}  recall {right}/{gold}"


def columns(pairs: Sequence[Pair], *, assertive: bool) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield "act", [(p.gold.act.value, p.found.act.value) for p in pairs]
    kept = [p for p in pairs if not assertive or p.gold.act in ABOUT_CONTENT]
    yield "outlet", [(p.gold.certainty_outlet.value, p.found.certainty_outlet.value) for p in kept]
    yield "source", [(p.gold.certainty_source.value, p.found.certainty_source.value) for p in pairs]


def row(name: str, values: list[tuple[str, str]]) -> str:
    right = sum(g == f for g, f in values) / len(values)
    most = Counter(g for g, _ in values).most_common(1)[0][1] / len(values)
    return f"{name:8s} right {right:.3f}  majority {most:.3f}  macro-F1 {macro_f1(values):.3f}  n {len(values)}"


def macro_f1(values: Iterable[tuple[str, str]]) -> float:
    """Mean F1 over the values that the gold uses."""
    pairs = Counter(values)
    scores = []
    for label in {g for g, _ in pairs}:
        right = pairs[label, label]
        gold = sum(n for (g, _), n in pairs.items() if g == label)
        found = sum(n for (_, f), n in pairs.items() if f == label)
        scores.append(2 * right / (gold + found))
    return sum(scores) / len(scores)


def hedge_counts(pairs: Iterable[Pair]) -> tuple[int, int, int]:
    """Hedges found that share a character with a gold one, hedges found, gold hedges."""
    right = found = gold = 0
    for pair in pairs:
        found += len(pair.found.hedges)
        gold += len(pair.gold.hedges)
        right += sum(any(f.meets(g) for f in pair.found.hedges) for g in pair.gold.hedges)
    return right, found, gold


def details(pairs: Sequence[Pair], *, assertive: bool) -> Iterator[str]:
    for name, values in columns(pairs, assertive=assertive):
        wrong = Counter((g, f) for g, f in values if g != f)
        yield f"{name}: " + ", ".join(f"{g} taken for {f} {n}" for (g, f), n in wrong.most_common(12))
    yield from (line for p in pairs for line in missed(p, assertive=assertive))


def missed(pair: Pair, *, assertive: bool) -> Iterator[str]:
    gold, found, text = pair.gold, pair.found, pair.case.parse.text
    wrong = []
    if gold.act != found.act:
        wrong.append(f"act {gold.act}>{found.act}")
    if gold.certainty_outlet != found.certainty_outlet and (not assertive or gold.act in ABOUT_CONTENT):
        wrong.append(f"outlet {gold.certainty_outlet}>{found.certainty_outlet}")
    if gold.certainty_source != found.certainty_source:
        wrong.append(f"source {gold.certainty_source}>{found.certainty_source}")
    if pair.case.hedged and {h.of(text) for h in gold.hedges} != {h.of(text) for h in found.hedges}:
        wrong.append(f"hedges {[h.of(text) for h in gold.hedges]}>{[h.of(text) for h in found.hedges]}")
    if wrong:
        parts = (" // ".join(s.of(text) for s in spans) or "-" for spans in (gold.source, gold.cue, gold.content))
        yield f"[{'; '.join(wrong)}] ({gold.act}) {pair.case.parse.document.name} {gold.id} " + " | ".join(parts)


def measure(name: str, cases: Iterable[Case], *, detailed: bool) -> None:
    pairs = [Pair(c, g, f) for c in cases for g, f in zip(c.statements, read_again(c), strict=True)]
    assertive = not pairs[0].case.hedged
    lines = [name, *table(pairs, assertive=assertive)]
    if detailed:
        lines.extend(details(pairs, assertive=assertive))
    sys.stdout.write("\n".join(lines) + "\n")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--gold", type=Path, action="append", default=[])
    options.add_argument("--labels", type=Path, action="append", default=[])
    options.add_argument("--details", action="store_true")
    given = options.parse_args()
    for folder in given.gold:
        measure(f"gold {folder.name}", read_gold(folder), detailed=given.details)
    for folder in given.labels:
        measure(f"labels {folder.name}", read_labels(folder), detailed=given.details)


if __name__ == "__main__":
    main()

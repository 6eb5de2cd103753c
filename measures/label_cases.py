"""Statements that people labelled: gold articles, and the attributions of PolNeAR with labels of our own."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportedly.documents import make_document
from reportedly.reading.parse import Parse
from reportedly.reading.sentences import find_sentences
from reportedly.records import Act, Certainty, Source, SourceKind, Span, Spans, Statement

OUTLETS = {
    "breitbart": "Breitbart",
    "huff-post": "HuffPost",
    "nyt": "New York Times",
    "politico": "Politico",
    "usa-today": "USA Today",
    "wash-post": "Washington Post",
    "west-journal": "Western Journalism",
}
"""The publishers of PolNeAR as they call themselves."""


@dataclass(frozen=True)
class Case:
    """An article with its statements as a person labelled them; `hedged` says whether hedges were labelled too."""

    parse: Parse
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]
    hedged: bool

    def chain(self, statement: Statement) -> tuple[Source, ...]:
        """The sources behind a statement as labelled, the publishing outlet first."""
        by_id = {source.id: source for source in self.sources}
        return tuple(by_id[link] for link in statement.chain)


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
    document = make_document(text, name=path.stem, outlet=gold["outlet"])
    return Case(find_sentences(document), statements, tuple(sources.values()), True)


def gold_statement(text: str, given: dict[str, Any], sources: dict[str, Source]) -> Statement:
    chain = []
    for link in given["chain"]:
        key = f"{link['name']}|{link['kind']}|{link.get('count', 1)}"
        sources[key] = Source(
            id=key,
            name=str(link["name"]),
            kind=SourceKind(link["kind"]),
            named=bool(link.get("named", True)),
            count=int(link.get("count") or (2 if link["kind"] == "group" else 1)),
            at_least=bool(link.get("at_least")) or (link["kind"] == "group" and not link.get("count")),
        )
        chain.append(key)
    return Statement(
        id=given["id"],
        piece=0,
        source=spans_of(text, given["source"]),
        cue=spans_of(text, given["cue"]),
        content=spans_of(text, given["content"]),
        addressee=spans_of(text, given.get("addressee")),
        act=Act(given["act"]),
        chain=tuple(chain),
        certainty_outlet=Certainty(given["certainty"]["outlet"]),
        certainty_source=Certainty(given["certainty"]["source"]),
        hedges=tuple(s for h in given.get("hedges", []) for s in spans_of(text, h)),
    )


def read_labels(folder: Path) -> Iterator[Case]:
    outlets = publishers(folder.resolve().parents[1] / "metadata.tsv")
    for path in sorted(folder.glob("*.tsv")):
        yield label_case(path, folder.resolve().parents[1] / folder.name, outlets[path.stem])


def publishers(metadata: Path) -> dict[str, str]:
    """Article to the outlet that published it."""
    with metadata.open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["filename"]: OUTLETS.get(row["publisher"], row["publisher"]) for row in rows}


def label_case(path: Path, split: Path, outlet: str) -> Case:
    with (split / "text" / f"{path.stem}.txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    ann = min((split / "attributions").glob(f"{path.stem}_????.ann"))
    events = attributions(ann.read_text(encoding="utf-8"))
    sources: dict[str, Source] = {"outlet": Source(id="outlet", name=outlet, kind=SourceKind.OUTLET)}
    rows = csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)
    statements = tuple(labelled(row, events[row["id"]], sources) for row in rows)
    kept = tuple(s for s in statements if s.content)
    return Case(
        find_sentences(make_document(text, name=path.stem, outlet=outlet)), kept, tuple(sources.values()), False
    )


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
    key = f"{row['name']}|{row['kind']}|{row['count']}"
    count, several = int(row["count"].rstrip("+")), row["count"].endswith("+")
    kind = SourceKind(row["kind"])
    sources[key] = Source(id=key, name=row["name"], kind=kind, count=count, at_least=several)
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

"""Score stories: claims, origins, copies, contradictions and changes over gold articles.

usage: python measures/stories.py GOLD_FOLDER [--oracle] [--misses] [--json]

The readings are the program's own; with --oracle they are made of the gold's statements, terms and positions, so that
only what comes after reading is measured. GOLD_FOLDER has one folder a story; `check.py` and `score.py` lie beside it.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportedly.documents import make_document
from reportedly.ledger import article_id
from reportedly.reading.reader import Reader
from reportedly.reconciliation import compare_readings, story_json
from reportedly.records import (
    Act,
    Certainty,
    Encounter,
    Force,
    Mode,
    Plan,
    Position,
    Reading,
    Source,
    SourceKind,
    Span,
    Stance,
    Statement,
    Status,
    Term,
    Topic,
    to_json,
)

Json = dict[str, Any]


@dataclass(frozen=True)
class GoldStory:
    """A story, its articles' texts and gold records, and which of a reading's statements answers which gold one."""

    name: str
    gold: Json
    texts: dict[str, str]
    records: dict[str, Json]
    readings: dict[str, Reading]
    aligned: dict[str, dict[str, str]]


def load_stories(folder: Path, *, oracle: bool) -> Iterator[GoldStory]:
    """The stories below a folder, read by the program or made of the gold."""
    scorer = gold_tools(folder)
    reader = Reader("en")
    for path in sorted(folder.rglob("*.story.json")):
        names = [p.stem for p in sorted(path.parent.glob("*.json")) if not p.name.endswith(".story.json")]
        texts = {n: (path.parent / f"{n}.txt").read_text(encoding="utf-8") for n in names}
        records = {n: json.loads((path.parent / f"{n}.json").read_text(encoding="utf-8")) for n in names}
        own = {n: reader.read(document_of(records[n], texts[n])) for n in names}
        if oracle:
            readings = {n: oracle_reading(scorer.locate, texts[n], records[n], own[n]) for n in names}
            aligned = {n: {s["id"]: s["id"] for s in records[n]["statements"]} for n in names}
        else:
            readings = own
            aligned = {
                n: scorer.score_article(texts[n], records[n], to_json(own[n]), scorer.Tally(), []) for n in names
            }
        gold = json.loads(path.read_text(encoding="utf-8"))
        yield GoldStory(path.name.split(".")[0], gold, texts, records, readings, aligned)


def gold_tools(folder: Path) -> Any:
    """The gold's own `score.py`."""
    sys.path.insert(0, str(folder.resolve().parent))
    return importlib.import_module("score")


def document_of(record: Json, text: str) -> Any:
    return make_document(
        text,
        name=record["id"],
        outlet=record["outlet"],
        published=record["published"],
        byline=tuple(record.get("byline", ())),
        story=record["story"],
    )


def oracle_reading(locate: Any, text: str, record: Json, own: Reading) -> Reading:
    """The gold record as a reading. Parties of sources, which the gold leaves out, are the program's."""
    parties = {s.name: s.party for s in own.sources if s.party}
    sources: dict[tuple[object, ...], Source] = {}

    def spans(value: object) -> tuple[Span, ...]:
        return tuple(Span(a, b) for a, b in locate(text, value))

    def link(found: Json) -> str:
        key = (found["name"], found["kind"], found.get("count"))
        if key not in sources:
            sources[key] = Source(
                id=f"so{len(sources)}",
                name=found["name"],
                kind=SourceKind(found["kind"]),
                named=found.get("named", True),
                count=found.get("count") or 1,
                at_least=bool(found.get("at_least")),
                party=parties.get(found["name"]),
            )
        return sources[key].id

    statements = tuple(
        Statement(
            id=s["id"],
            piece=0,
            source=spans(s.get("source")),
            cue=spans(s["cue"]),
            content=spans(s["content"]),
            addressee=spans(s.get("addressee")),
            mode=Mode(s["mode"]),
            act=Act(s["act"]),
            chain=tuple(link(found) for found in s["chain"]),
            certainty_outlet=Certainty(s["certainty"]["outlet"]),
            certainty_source=Certainty(s["certainty"]["source"]),
            hedges=tuple(span for hedge in s.get("hedges", ()) for span in spans(hedge)),
        )
        for s in record["statements"]
    )
    return Reading(
        document=own.document,
        statements=statements,
        sources=tuple(sources.values()),
        plans=tuple(_plan(p) for p in record["plans"]),
        terms=tuple(_term(t, spans(t["text"])) for t in record["terms"]),
        positions=tuple(_position(i, p, spans(p["evidence"])) for i, p in enumerate(record["positions"])),
        encounters=tuple(_encounter(i, e, spans(e["evidence"])) for i, e in enumerate(record["encounters"])),
    )


def _plan(plan: Json) -> Plan:
    return Plan(
        id=plan["id"],
        name=plan["name"],
        authors=tuple(plan["authors"]),
        points=plan.get("points"),
        first_reported_by=plan.get("first_reported_by"),
    )


def _term(term: Json, spans: tuple[Span, ...]) -> Term:
    return Term(
        id=term["id"],
        plan=term["plan"],
        spans=spans,
        topic=Topic(term["topic"]),
        points=tuple(term["points"]),
        gives=tuple(term["gives"]),
        gets=tuple(term["gets"]),
        included=term["included"],
        force=Force(term["force"]),
        conditional=term["conditional"],
    )


def _position(number: int, position: Json, spans: tuple[Span, ...]) -> Position:
    return Position(
        id=f"po{number}",
        party=position["party"],
        topic=Topic(position["topic"]),
        stance=Stance(position["stance"]),
        spans=spans,
        term=position.get("term"),
    )


def _encounter(number: int, encounter: Json, spans: tuple[Span, ...]) -> Encounter:
    return Encounter(
        id=f"en{number}",
        participants=tuple(encounter["participants"]),
        status=Status(encounter["status"]),
        spans=spans,
        place=encounter.get("place"),
        when=encounter.get("when"),
    )


def compared(story: GoldStory) -> Json:
    """The story file that the program writes."""
    readings = tuple(story.readings.values())
    names = {article_id(r.document): r.document.name for r in readings}
    return story_json(compare_readings(readings), names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--oracle", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    scorer = gold_tools(args.gold)
    whole, rows = scorer.Tally(), {}
    for story in load_stories(args.gold, oracle=args.oracle):
        one, misses, found = scorer.Tally(), [], compared(story)
        for tally, into in ((one, misses), (whole, [])):
            scorer.score_story(story.gold, found, story.aligned, tally, into)
        rows[story.name] = one.rows()
        if args.misses:
            print(story.name, *misses, sep="\n  ")
    rows["all"] = whole.rows()
    if args.json:
        print(json.dumps(rows, indent=1))
        return
    for name, row in rows.items():
        print(f"{name:12}" + "".join(f"{short(what)} {value_of(r):.3f}  " for what, r in row.items()))


def short(what: str) -> str:
    return (
        what.replace("claims: pairs of statements put together", "claims")
        .replace("claims: number of independent origins", "origins")
        .split(" (")[0]
        .split(" between")[0]
    )


def value_of(row: Json) -> float:
    return float(row["f1"] if "f1" in row else row["right"])


if __name__ == "__main__":
    main()

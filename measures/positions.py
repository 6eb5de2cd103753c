"""Score positions and encounters on gold articles.

usage: python measures/positions.py GOLD_FOLDER [--read] [--misses] [--story NAME] [--whatever party|topic|stance]

Without --read the statements, terms and plans are the gold's own, so that only these two steps (and the mentions)
are measured; with --read they are the program's. `--whatever topic` counts a position whose topic is wrong as found,
which tells how much is lost by topics. GOLD_FOLDER has one folder a story; `check.py` and `score.py` lie
beside it.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from reportedly.documents import make_document
from reportedly.reading.draft import Draft
from reportedly.reading.encounters import find_encounters
from reportedly.reading.mentions import find_mentions
from reportedly.reading.positions import find_positions
from reportedly.reading.reader import read_mentions, read_statements, read_table, shipped_model
from reportedly.reading.sentences import find_sentences
from reportedly.records import (
    Act,
    Certainty,
    Force,
    Mode,
    Plan,
    Source,
    SourceKind,
    Span,
    Statement,
    Term,
    Topic,
)


def spans_of(gold: Any, text: str, value: object) -> tuple[Span, ...]:
    return tuple(Span(a, b) for a, b in gold.locate(text, value))


def oracle_draft(gold: Any, text: str, record: dict[str, Any]) -> Draft:
    """A draft whose statements, terms and plans are the gold's, and whose mentions are read."""
    draft = blank_draft(text, record)
    draft = replace(draft, mentions=find_mentions(draft.parse, draft.dossier))
    sources, statements = gold_statements(gold, text, record, draft)
    terms, plans = gold_terms(gold, text, record), gold_plans(record)
    return replace(draft, sources=sources, statements=statements, terms=terms, plans=plans)


def blank_draft(text: str, record: dict[str, Any]) -> Draft:
    document = make_document(text, name=record["id"], outlet=record["outlet"], published=record["published"])
    return Draft(document=document, parse=find_sentences(document))


def gold_statements(
    gold: Any, text: str, record: dict[str, Any], draft: Draft
) -> tuple[tuple[Source, ...], tuple[Statement, ...]]:
    sources: dict[str, Source] = {}
    statements = []
    for s in record["statements"]:
        spot = spans_of(gold, text, s["source"])
        actor = draft.mentions.actor_at(spot[0]) if spot else None
        for link in s["chain"]:
            known = next((a for a in draft.mentions.actors if a.name == link["name"]), None)
            last = link is s["chain"][-1]
            party = known.party if known and known.party else actor.party if last and actor else None
            sources.setdefault(
                link["name"],
                Source(
                    id=link["name"], name=link["name"], kind=SourceKind(link["kind"]), named=link["named"], party=party
                ),
            )
        statements.append(
            Statement(
                id=s["id"],
                piece=0,
                source=spot,
                cue=spans_of(gold, text, s["cue"]),
                content=spans_of(gold, text, s["content"]),
                addressee=spans_of(gold, text, s.get("addressee")),
                mode=Mode(s["mode"]),
                act=Act(s["act"]),
                chain=tuple(c["name"] for c in s["chain"]),
                certainty_outlet=Certainty(s["certainty"]["outlet"]),
                certainty_source=Certainty(s["certainty"]["source"]),
            )
        )
    return tuple(sources.values()), tuple(statements)


def gold_terms(gold: Any, text: str, record: dict[str, Any]) -> tuple[Term, ...]:
    return tuple(
        Term(
            id=t["id"],
            plan=t["plan"],
            spans=spans_of(gold, text, t["text"]),
            topic=Topic(t["topic"]),
            points=tuple(t["points"]),
            gives=tuple(t["gives"]),
            gets=tuple(t["gets"]),
            included=t["included"],
            force=Force(t["force"]),
            conditional=t["conditional"],
        )
        for t in record["terms"]
    )


def gold_plans(record: dict[str, Any]) -> tuple[Plan, ...]:
    return tuple(
        Plan(id=p["id"], name=p["name"], authors=tuple(p["authors"]), points=p["points"]) for p in record["plans"]
    )


def read_draft(gold: Any, text: str, record: dict[str, Any]) -> Draft:
    """A draft read by the program from the text alone, up to the two steps that are measured."""
    draft = replace(blank_draft(text, record), model=shipped_model())
    for step in (read_mentions, read_statements, read_table):
        draft = step(draft)
    return draft


def whatever(kind: str, record: dict[str, Any]) -> dict[str, Any]:
    """A record whose positions all have the same party, topic or stance, so that this part of them is not judged."""
    same = {"party": "anybody", "topic": "other", "stance": "open"}[kind]
    return {**record, "positions": [{**position, kind: same} for position in record["positions"]]}


def as_record(text: str, positions: Any, encounters: Any) -> dict[str, Any]:
    def pairs(spans: tuple[Span, ...]) -> list[list[int]]:
        return [[s.start, s.end] for s in spans]

    return {
        "article": {"text": text},
        "positions": [
            {
                "party": p.party,
                "topic": p.topic.value,
                "stance": p.stance.value,
                "term": p.term,
                "spans": pairs(p.spans),
            }
            for p in positions
        ],
        "encounters": [
            {
                "participants": list(e.participants),
                "place": e.place,
                "when": e.when,
                "status": e.status.value,
                "spans": pairs(e.spans),
            }
            for e in encounters
        ],
    }


def show_misses(gold: Any, text: str, record: dict[str, Any], found: dict[str, Any]) -> None:
    print("##", record["id"], record["published"])
    for kind in ("encounters", "positions"):
        for item in record[kind]:
            print("  gold ", kind[0], *(item[k] for k in item if k != "evidence"), "|", str(item["evidence"])[:150])
        for item in found[kind]:
            shown = " … ".join(text[a:b] for a, b in item["spans"])
            print("  found", kind[0], *(item[k] for k in item if k != "spans"), "|", shown[:150].replace("\n", " "))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--read", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--story")
    parser.add_argument("--whatever", choices=("party", "topic", "stance"))
    args = parser.parse_args()
    sys.path.insert(0, str(args.gold.resolve().parent))
    gold, score = importlib.import_module("check"), importlib.import_module("score")
    total = score.Tally()
    stories: dict[str, Any] = {}
    for path in sorted(p for p in args.gold.rglob("*.json") if not p.name.endswith(".story.json")):
        if args.story and path.parent.name != args.story:
            continue
        text, record = path.with_suffix(".txt").read_text("utf-8"), json.loads(path.read_text("utf-8"))
        draft = (read_draft if args.read else oracle_draft)(gold, text, record)
        found = as_record(text, find_positions(draft), find_encounters(draft))
        if args.whatever:
            record, found = whatever(args.whatever, record), whatever(args.whatever, found)
        for tally in (total, stories.setdefault(path.parent.name, score.Tally())):
            score.score_article(
                text, {**record, "statements": [], "terms": [], "furniture": [], "pieces": []}, found, tally, []
            )
        if args.misses:
            show_misses(gold, text, record, found)
    for name, tally in [*stories.items(), ("all", total)]:
        print(f"{name:12}", *summary(tally.rows()))
    return 0


def summary(rows: dict[str, Any]) -> list[str]:
    out = []
    for what in ("positions", "encounters"):
        row = rows.get(what, Counter())
        out.append(
            f"{what} F1 {row['f1']:.2f} (P {row['precision']:.2f} R {row['recall']:.2f}, "
            f"{row['gold']} gold {row['found']} found)"
        )
    return out + [f"{k.split(': ')[1][:12]} {rows[k]['right']:.2f}" for k in rows if k.startswith("encounter:")]


if __name__ == "__main__":
    sys.exit(main())

"""Write the records that the views are tested on, from gold records.

usage: python tests/golden/from_gold.py GOLD_FOLDER OUT_FOLDER
A gold record gives words, a record gives places; nothing else is added.
"""

from __future__ import annotations

import json
import re
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

Json = dict[str, Any]


def locate(text: str, span: Any) -> list[list[int]]:
    """The places of a gold span: words, words with `nth`, or a list of those."""
    if span is None:
        return []
    if isinstance(span, list):
        return [place for part in span for place in locate(text, part)]
    words, nth = (span["text"], span.get("nth", 1)) if isinstance(span, dict) else (span, 1)
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return [[start, start + len(words)]]


def blocks(text: str, furniture: list[list[int]], pieces: list[Json]) -> list[Json]:
    """Every line that is not empty, as furniture where the gold says so, as a heading where it is a piece's title."""
    titles = {p["title"] for p in pieces if p["title"]}
    found = []
    for line in re.finditer(r"[^\n]+", text):
        start, end = line.span()
        aside = any(a <= start and end <= b for a, b in furniture)
        kind = "furniture" if aside else "heading" if line[0].strip() in titles else "paragraph"
        piece = max((i for i, p in enumerate(pieces) if p["start"] <= start), default=0)
        found.append({"kind": kind, "start": start, "end": end, "piece": piece})
    return found


def pieces(text: str, gold: Json) -> list[Json]:
    starts = [0, *(locate(text, p["title"] or p["first"])[0][0] for p in gold["pieces"][1:]), len(text)]
    return [
        {"title": p["title"], "byline": p["byline"], "start": start, "end": end}
        for p, (start, end) in zip(gold["pieces"], pairwise(starts), strict=True)
    ]


class Sources:
    """The links of all chains, each once."""

    def __init__(self) -> None:
        self.rows: dict[tuple[Any, ...], Json] = {}

    def id(self, link: Json) -> str:
        key = (link["name"], link["kind"], link["count"])
        row = {"at_least": False, "party": None, "mentions": [], **link, "id": f"so{len(self.rows)}"}
        return str(self.rows.setdefault(key, row)["id"])


def statement(text: str, gold: Json, sources: Sources) -> Json:
    return {
        "id": gold["id"],
        "piece": 0,
        **{part: locate(text, gold[part]) for part in ("source", "cue", "content", "addressee")},
        "mode": gold["mode"],
        "act": gold["act"],
        "parent": None,
        "chain": [sources.id(link) for link in gold["chain"]],
        "certainty": gold["certainty"],
        "hedges": [place for hedge in gold["hedges"] for place in locate(text, hedge)],
        "confidence": 1.0,
        "method": "gold",
    }


def nested(statements: list[Json]) -> list[Json]:
    """Each statement inside the shortest other whose content holds its content."""
    for inner in statements:
        (low, high) = (inner["content"][0][0], inner["content"][-1][1])
        around = [
            o
            for o in statements
            if o is not inner
            and any(a <= low and high <= b for a, b in o["content"])
            and o["content"] != inner["content"]
        ]
        size = [(o["content"][-1][1] - o["content"][0][0], o["id"]) for o in around]
        inner["parent"] = min(size)[1] if size else None
    return statements


def supports(spans: list[list[int]], statements: list[Json]) -> list[str]:
    """The statements whose content shares a character with the spans, the shortest first."""
    touching = [s for s in statements if any(a < d and c < b for a, b in spans for c, d in s["content"])]
    touching.sort(key=lambda s: s["content"][-1][1] - s["content"][0][0])
    return [s["id"] for s in touching]


def record(text: str, gold: Json) -> Json:
    sources, parts = Sources(), pieces(text, gold)
    furniture = [place for span in gold["furniture"] for place in locate(text, span)]
    statements = nested([statement(text, s, sources) for s in gold["statements"]])
    for s in statements:
        s["piece"] = max((i for i, p in enumerate(parts) if p["start"] <= s["content"][0][0]), default=0)

    def evident(row: Json, id: str) -> Json:
        spans = locate(text, row.pop("evidence", None) or row.pop("text", None))
        return {"id": id, **row, "spans": spans, "statements": supports(spans, statements)}

    def numbered(row: Json) -> Json:
        said = re.search(r"\b(point|phase|step)s?\b|\b(first|second|third|ninth)\b", text, re.IGNORECASE)
        return {"points_basis": ("stated" if said else "inferred") if row["points"] else None, **row}

    return {
        "schema": "reportedly/record/1",
        "reader": "gold",
        "article": {
            "name": gold["id"],
            **{k: gold[k] for k in ("id", "outlet", "published", "byline", "story")},
            "url": None,
            "title": parts[0]["title"],
            "language": "en",
            "text": text,
            "blocks": blocks(text, furniture, parts),
            "pieces": parts,
            "known_from": {k: "JSONL" for k in ("outlet", "published", "byline") if gold[k]},
        },
        "sources": list(sources.rows.values()),
        "statements": statements,
        "plans": [{**p, "statements": []} for p in gold["plans"]],
        "terms": [numbered(evident({k: v for k, v in t.items() if k != "id"}, t["id"])) for t in gold["terms"]],
        "positions": [evident(dict(p), f"po{i}") for i, p in enumerate(gold["positions"], 1)],
        "encounters": [evident(dict(e), f"en{i}") for i, e in enumerate(gold["encounters"], 1)],
    }


def main(gold_folder: Path, out: Path) -> None:
    for path in sorted(gold_folder.glob("*.json")):
        if not path.name.endswith(".story.json"):
            gold = json.loads(path.read_text(encoding="utf-8"))
            made = record(path.with_suffix(".txt").read_text(encoding="utf-8"), gold)
            made["sources"].sort(key=lambda s: int(s["id"][2:]))
            (out / f"{path.stem}.record.json").write_text(
                json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

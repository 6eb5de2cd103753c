#!/usr/bin/env python3
"""Write what the network learns from: each article's windows, and what gold says of the terms in them.

usage: examples.py OUT GOLD ...     writes OUT/FOLDER.jsonl for each folder GOLD of gold articles, an article a line

Each article is laid out as the program does it, with the terms that it finds and the stretches nearest to those that
it misses. They hold articles, so they stay out of the repository.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "terms"))
from roles import _matched, names, near_to
from train import characters, draft_of, spans_of

from reportedly.reading.draft import Draft
from reportedly.reading.models import SHIPPED, load_tokenizer
from reportedly.reading.plans import find_plans
from reportedly.reading.plans_mentions import plan_mentions
from reportedly.reading.reader import read_mentions, read_statements
from reportedly.reading.terms import Found, found_in, plain_scenes
from reportedly.reading.terms_features import setting_of
from reportedly.reading.terms_ranking import choices
from reportedly.reading.terms_ranking_signs import Signs
from reportedly.reading.terms_scene import Scene
from reportedly.reading.terms_windows import Window, lay_out_terms

Json = dict[str, Any]
_SMALL = frozenset({"the", "of", "and", "government"})


def read_draft(path: Path) -> tuple[Draft, Json]:
    """A gold article as the program reads it up to its plans, and the gold."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    draft = read_statements(read_mentions(draft_of(text, path.stem, gold["outlet"], gold["published"])))
    return replace(draft, plans=find_plans(draft)), gold


def terms_of(draft: Draft, gold: Json) -> list[tuple[Scene, Found, Json | None, bool]]:
    """Terms found and those near to missed ones, as plain scenes, each with its gold, and whether it was found."""
    setting = setting_of(draft)
    terms = [characters(spans_of(draft.document.text, t["text"])) for t in gold["terms"]]
    kept = found_in(setting)
    matched = _matched(terms, kept)
    gold_of: dict[int, int] = {id(found): n for n, found in matched.items()}
    missed = {n: near_to(held, draft) for n, held in enumerate(terms) if n not in matched}
    gold_of |= {id(found): n for n, found in missed.items() if found is not None}
    every = sorted([*kept, *(f for f in missed.values() if f is not None)], key=lambda f: f.candidate.spans)
    scenes = plain_scenes(every, kept, setting, plan_mentions(draft))
    return [
        (s, f, gold["terms"][gold_of[id(f)]] if id(f) in gold_of else None, f in kept)
        for s, f in zip(scenes, every, strict=True)
    ]


def example_of(path: Path) -> Json:
    """An article's windows as plain lists, with the choices that the heads learn to make."""
    draft, gold = read_draft(path)
    terms = terms_of(draft, gold)
    tokenizer = load_tokenizer(SHIPPED / "sentences" / "tokenizer.json")
    parties, windows = lay_out_terms(draft, [scene for scene, *_ in terms], tokenizer)
    told = [choice_of(scene, found, wanted, parties) for scene, found, wanted, _ in terms]
    return {
        "story": gold["story"],
        "name": path.stem,
        "parties": parties,
        "windows": [as_lists(window) for window in windows],
        "terms": told,
    }


def as_lists(window: Window) -> Json:
    return {
        "ids": window.ids.tolist(),
        "features": window.features.tolist(),
        "terms": window.terms,
        "stretches": [s.tolist() for s in window.stretches],
        "names": [n.tolist() for n in window.names],
        "mentions": [m.tolist() for m in window.mentions],
        "nearest": window.nearest.tolist(),
        "signs": window.signs.astype(int).tolist(),
    }


def choice_of(scene: Scene, found: Found, wanted: Json | None, parties: tuple[str, ...]) -> Json:
    """The sets of parties (by number) that may give or get, and which of them do; None where gold does not say."""
    gives, gets = None, None
    if wanted is not None and wanted["included"] and not found.absent:
        gives, gets = (numbered(wanted[role], parties) for role in ("gives", "gets"))
    at = {party: n for n, party in enumerate(parties)}
    sets = [tuple(sorted(at[p] for p in each)) for each in choices(Signs(scene)) if all(p in at for p in each)]
    sets += [(), *(each for each in (gives, gets) if each is not None), *((n,) for n in range(len(parties)))]
    return {
        "topic": wanted["topic"] if wanted is not None else None,
        "sets": list(dict.fromkeys(sets)),
        "gives": gives,
        "gets": gets,
    }


def numbered(wanted: Iterable[str], parties: tuple[str, ...]) -> tuple[int, ...] | None:
    """Which of the listed parties gold means, where the program calls them otherwise; None if one is not listed."""
    found = [_nearest_name(name, parties) for name in wanted]
    return tuple(sorted({n for n in found if n is not None})) if None not in found else None


def _nearest_name(name: str, parties: tuple[str, ...]) -> int | None:
    """The party of that name, else the one whose words are all in the name, or the name's in its."""
    same = [n for n, party in enumerate(parties) if names([party]) == names([name])]
    words = _words(name)
    like = [
        (len(w & words) / len(w | words), -n) for n, w in enumerate(map(_words, parties)) if w and _within(w, words)
    ]
    return next(iter(same), -max(like)[1] if like else None)


def _within(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(other) and (one <= other or other <= one)


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold())) - _SMALL


def examples_in(folder: Path) -> Iterator[Json]:
    for path in sorted(p for p in folder.rglob("*.json") if not p.name.endswith(".story.json")):
        yield example_of(path)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for folder in args.gold:
        lines = [json.dumps(example, ensure_ascii=False) for example in examples_in(folder)]
        (args.out / f"{folder.name}.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        print(f"{len(lines)} articles of {folder}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

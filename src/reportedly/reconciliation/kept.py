"""What is derived, kept in a ledger: a shelf that a run looks things up on, and the writing of what it changed."""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from reportedly.ledger import Ledger, derived_tables
from reportedly.ledger.derived import Derived, Values
from reportedly.reconciliation.judging import Judged
from reportedly.reconciliation.meetings import Stage, Telling
from reportedly.reconciliation.names import Key, Use
from reportedly.reconciliation.naming import Entry
from reportedly.reconciliation.packing import unpack
from reportedly.reconciliation.pairs import Found, KeptFound
from reportedly.reconciliation.profiles import SIZE, Near, Profile, Sheet, joined
from reportedly.reconciliation.sayings import Meanings
from reportedly.reconciliation.shelves import Card, Finding, Gain, Home, Place, Two
from reportedly.reconciliation.shifts import LOOKED_BACK, Shift, Stand
from reportedly.records import Change, Contradiction, Copy, Drift, Member, Reading

DERIVATION = "5"
"""Raised with every change of how things are derived; what an older one derived is made anew."""

_TABLES = derived_tables
_NAME = (_TABLES.name.c.kind, _TABLES.name.c.name)
_NAME_OF_USE = (_TABLES.use.c.kind, _TABLES.use.c.name)
_TIED_TO = (_TABLES.name.c.tied_kind, _TABLES.name.c.tied_name)
_RECORDS: Mapping[str, type] = {
    "copy": Copy,
    "change": Change,
    "clash": Contradiction,
    "denial": Contradiction,
    "drift": Drift,
    "gain": Gain,
    "stance": Shift,
    "meeting": Stage,
}


@cache
def version() -> str:
    """What derived it: the way of deriving, and the weights."""
    weights = files(__package__).joinpath("sameness.json").read_bytes()
    return f"{DERIVATION} {hashlib.sha256(weights).hexdigest()[:12]}"


class Kept:
    """The shelf in a ledger. What another version derived is as good as not there."""

    def __init__(self, ledger: Ledger) -> None:
        self.derived = Derived(ledger)
        state = self.derived.state()
        self.revision = int(state.get("revision", 0))
        self.current = state.get("version") == version()
        self._judged = _judged_of(state["judged"]) if self.current else Judged()
        self._sheets: Mapping[str, Sheet] | None = None

    def _all(self, table: Any) -> list[Values]:
        return self.derived.rows(table) if self.current else []

    def fresh(self) -> Mapping[str, str]:
        return self.derived.fresh(anew=not self.current)

    def gone(self) -> Sequence[str]:
        return self.derived.gone() if self.current else ()

    def readings(self, articles: Sequence[str]) -> Mapping[str, Reading]:
        return self.derived.readings(articles)

    def judged(self) -> Judged:
        return self._judged

    def cards(self, articles: Sequence[str]) -> Mapping[str, Card]:
        cited: dict[str, set[Key]] = defaultdict(set)
        for row in self._some(_TABLES.cited, _TABLES.cited.c.article, articles):
            cited[row["article"]].add(_key_of(row["outlet"]))
        rows = self._some(_TABLES.article, _TABLES.article.c.article, articles)
        return {
            row["article"]: Card(
                row["digest"],
                Profile(row["day"], row["outlet"] and _key_of(row["outlet"]), frozenset(cited[row["article"]])),
            )
            for row in rows
        }

    def sheets(self) -> Mapping[str, Sheet]:
        """The sheets that signs lie on, by name."""
        if self._sheets is None:
            self._sheets = {row["sheet"]: _sheet(row) for row in self._all(_TABLES.sign)}
        return self._sheets

    def signs(self) -> Sheet:
        return joined(list(self.sheets().values()))

    def reach(self) -> Mapping[str, float]:
        if not self.current:
            return {}
        wanted = select(_TABLES.reach.c.article, _TABLES.reach.c.least)
        return {id: math.inf if least is None else least for id, least in self.derived.pairs(wanted)}

    def published_by(self, outlets: Set[Key]) -> Mapping[Key, Set[str]]:
        return self._by_outlet(_TABLES.article, outlets)

    def citing(self, outlets: Set[Key]) -> Mapping[Key, Set[str]]:
        return self._by_outlet(_TABLES.cited, outlets)

    def _by_outlet(self, table: Any, outlets: Set[Key]) -> Mapping[Key, Set[str]]:
        out: dict[Key, set[str]] = defaultdict(set)
        for row in self._some(table, table.c.outlet, sorted(map(json.dumps, outlets))):
            out[_key_of(row["outlet"])].add(row["article"])
        return out

    def uses(self, articles: Sequence[str] | None) -> Mapping[str, Sequence[Use]]:
        table, out = _TABLES.use, defaultdict(list)
        rows = self._all(table) if articles is None else self._some(table, table.c.article, articles)
        for row in rows:
            out[row["article"]].append(unpack(Use, row["found"]))
        return out

    def used(self, keys: Sequence[Key], *, without: Sequence[str]) -> Sequence[Use]:
        gone = set(without)
        rows = self._of_names(_TABLES.use, _NAME_OF_USE, keys)
        return list({unpack(Use, row["found"]): None for row in rows if row["article"] not in gone})

    def bearing(self, keys: Sequence[Key]) -> set[str]:
        return {row["article"] for row in self._of_names(_TABLES.use, _NAME_OF_USE, keys)}

    def entries(self, keys: Sequence[Key]) -> Mapping[Key, Entry]:
        rows = self._of_names(_TABLES.name, _NAME, keys)
        return {(row["kind"], row["name"]): unpack(Entry, row["found"]) for row in rows}

    def every_entry(self) -> Mapping[Key, Entry]:
        return {(row["kind"], row["name"]): unpack(Entry, row["found"]) for row in self._all(_TABLES.name)}

    def listed(self, blocks: Sequence[str]) -> Mapping[str, Sequence[Key]]:
        out: dict[str, list[Key]] = defaultdict(list)
        for row in self._some(_TABLES.block, _TABLES.block.c.block, blocks):
            if row["listed"]:
                out[row["block"]].append((row["kind"], row["name"]))
        return out

    def looking(self, blocks: Sequence[str]) -> Set[Key]:
        rows = self._some(_TABLES.block, _TABLES.block.c.block, blocks)
        return {(row["kind"], row["name"]) for row in rows if row["looking"]}

    def tied_to(self, keys: Sequence[Key]) -> Set[Key]:
        return {(row["kind"], row["name"]) for row in self._of_names(_TABLES.name, _TIED_TO, keys)}

    def _of_names(self, table: Any, columns: tuple[Any, Any], keys: Sequence[Key]) -> list[Values]:
        return self.derived.rows_of_pairs(table, columns, keys) if self.current and keys else []

    def meanings(self, articles: Sequence[str]) -> Mapping[str, Meanings]:
        rows = self._some(_TABLES.meaning, _TABLES.meaning.c.article, articles)
        return {r["article"]: {name: numbers(value) for name, value in r["meanings"].items()} for r in rows}

    def near(self, articles: Sequence[str]) -> Mapping[str, tuple[Near, ...]]:
        out: dict[str, list[Near]] = defaultdict(list)
        for row in self._some(_TABLES.near, _TABLES.near.c.article, articles):
            out[row["article"]].append(Near(row["distance"], row["other"]))
        return {id: tuple(sorted(near)) for id, near in out.items()}

    def near_to(self, articles: Sequence[str]) -> set[str]:
        return {row["article"] for row in self._some(_TABLES.near, _TABLES.near.c.other, articles)}

    def pairs_with(self, articles: Sequence[str]) -> Mapping[Two, Found]:
        if not self.current:
            return {}
        table = _TABLES.pair
        rows = self.derived.rows_of_either(table, (table.c.a, table.c.b), articles, unread=table.c.found)
        return {(row["a"], row["b"]): KeptFound(row["found"]) for row in rows}

    def places(self, articles: Sequence[str]) -> Mapping[str, Mapping[str, Place]]:
        out: dict[str, dict[str, Place]] = defaultdict(dict)
        for row in self._some(_TABLES.member, _TABLES.member.c.article, articles):
            out[row["article"]][row["statement"]] = Place(row["claim"], row["knot"], row["place"])
        return out

    def homes(self, claims: Sequence[str]) -> Mapping[str, Home]:
        return {row["id"]: unpack(Home, row["found"]) for row in self._some(_TABLES.claim, _TABLES.claim.c.id, claims)}

    def tellings_in(self, articles: Sequence[str]) -> Sequence[Telling]:
        rows = self._some(_TABLES.telling, _TABLES.telling.c.article, articles)
        return [unpack(Telling, row["found"]) for row in rows]

    def tellings_of(self, blocks: Sequence[str]) -> Sequence[Telling]:
        rows = self._some(_TABLES.telling, _TABLES.telling.c.block, blocks)
        return [unpack(Telling, row["found"]) for row in rows]

    def stages(self, blocks: Sequence[str]) -> set[str]:
        return {row["id"] for row in self._some(_TABLES.meeting, _TABLES.meeting.c.block, blocks)}

    def stands_in(self, articles: Sequence[str]) -> Sequence[Stand]:
        rows = self._some(_TABLES.stand, _TABLES.stand.c.article, articles)
        return [unpack(Stand, row["found"]) for row in rows]

    def stands_around(self, block: str, first: str, last: str) -> Sequence[Stand]:
        if not self.current:
            return ()
        table = _TABLES.stand
        of, order = table.c.block == block, (table.c.day, table.c.article, table.c.local)
        earlier = select(table.c.found).where(of, table.c.day < first).order_by(*(c.desc() for c in order))
        later = select(table.c.day).where(of, table.c.day > last).order_by(*order).limit(LOOKED_BACK)
        days = [row["day"] for row in self.derived.ask(later)]
        until = max(days, default=last)
        these = select(table.c.found).where(of, table.c.day >= first, table.c.day <= until)
        rows = (*self.derived.ask(earlier.limit(LOOKED_BACK)), *self.derived.ask(these))
        return [unpack(Stand, row["found"]) for row in rows]

    def _some(self, table: Any, column: Any, keys: Sequence[str]) -> list[Values]:
        return self.derived.rows(table, column, keys) if self.current else []


def _sheet(row: Values) -> Sheet:
    ids, days = zip(*row["articles"], strict=True)
    return Sheet(ids, days, numbers(row["signs"]).reshape(len(ids), SIZE))


def numbers(letters: str) -> NDArray[np.int8]:
    """Numbers that were kept as letters."""
    return np.frombuffer(base64.b64decode(letters), dtype=np.int8)


def _key_of(letters: str) -> Key:
    kind, name = json.loads(letters)
    return kind, name


def finding_of(row: Values) -> Finding:
    """The finding of a row."""
    found: Finding = unpack(_RECORDS[row["kind"]], row["found"])
    return found


def _judged_of(raw: Any) -> Judged:
    pairs = tuple[tuple[Member, Member], ...]
    return Judged(
        frozenset(unpack(pairs, raw["same"])),
        frozenset(unpack(pairs, raw["different"])),
        frozenset(map(frozenset, raw["same_names"])),
        frozenset(map(frozenset, raw["different_names"])),
    )

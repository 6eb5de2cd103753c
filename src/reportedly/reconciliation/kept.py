"""What is derived, kept in a ledger: a shelf that a run looks things up on, and the writing of what it changed."""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from reportedly.ledger import Ledger, derived_tables
from reportedly.ledger.derived import Derived, Rows, Values
from reportedly.reconciliation.board import Board
from reportedly.reconciliation.judging import Judged
from reportedly.reconciliation.meetings import Stage, Telling, block_of
from reportedly.reconciliation.names import Key, Use
from reportedly.reconciliation.packing import pack, unpack
from reportedly.reconciliation.pairs import Found
from reportedly.reconciliation.profiles import Near, profile_from, reach_of
from reportedly.reconciliation.sayings import Meanings
from reportedly.reconciliation.shelves import Card, Delta, Finding, Gain, Home, Short, Two
from reportedly.reconciliation.shifts import LOOKED_BACK, Shift, Stand
from reportedly.records import Change, Contradiction, Copy, Drift, Member, Reading

DERIVATION = "2"
"""Raised with every change of how things are derived; what an older one derived is made anew."""

_TABLES = derived_tables
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
        short = select(*(column for column in _TABLES.article.c if column.name != "meanings"))
        rows = self.derived.ask(short) if self.current else []
        self._articles = {row["article"]: row for row in rows}

    def _all(self, table: Any) -> list[Values]:
        return self.derived.rows(table) if self.current else []

    def digests(self) -> Mapping[str, str]:
        return self.derived.digests()

    def readings(self, articles: Sequence[str]) -> Mapping[str, Reading]:
        return self.derived.readings(articles)

    def judged(self) -> Judged:
        return self._judged

    def cards(self) -> Mapping[str, Card]:
        return {id: _card_of(row) for id, row in self._articles.items()}

    def reach(self) -> Mapping[str, float]:
        return {id: math.inf if row["least"] is None else row["least"] for id, row in self._articles.items()}

    def names(self) -> Mapping[Key, tuple[Key, str]]:
        rows = self._all(_TABLES.name)
        return {(r["kind"], r["name"]): ((r["of_kind"], r["of_name"]), r["shown"]) for r in rows}

    def meanings(self, articles: Sequence[str]) -> Mapping[str, Meanings]:
        rows = self._some(_TABLES.article, _TABLES.article.c.article, articles)
        return {r["article"]: {name: _numbers(value) for name, value in r["meanings"].items()} for r in rows}

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
        columns = (_TABLES.pair.c.a, _TABLES.pair.c.b)
        rows = self.derived.rows_of_either(_TABLES.pair, columns, articles)
        return {(row["a"], row["b"]): unpack(Found, row["found"]) for row in rows}

    def places(self, articles: Sequence[str]) -> Mapping[str, Mapping[str, Two]]:
        out: dict[str, dict[str, Two]] = defaultdict(dict)
        for row in self._some(_TABLES.member, _TABLES.member.c.article, articles):
            out[row["article"]][row["statement"]] = (row["claim"], row["knot"])
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


def keep(shelf: Kept, board: Board) -> None:
    """Write what a run changed, wholly or not at all. Raises LedgerError if somebody else did so meanwhile."""
    delta = board.delta
    rows = Rows(anew=not shelf.current)
    for table, (old, new) in _rows(board).items():
        rows.old[table], rows.new[table] = list(old), list(new)
    state = {"version": version(), "judged": _spelled(delta.judged), "articles": len(board.cards)}
    shelf.derived.write(rows, state, revision=shelf.revision)


def _rows(board: Board) -> dict[Any, tuple[list[Any], list[Values]]]:
    """For each table the keys of old rows, and new rows."""
    delta = board.delta
    homes = [home for _, home in sorted(delta.homes.items()) if home is not None]
    return {
        _TABLES.article: _article_rows(board),
        _TABLES.near: (
            sorted({*delta.near, *(id for id, card in delta.cards.items() if card is None)}),
            [{"article": a, "other": n.article, "distance": n.distance} for a in delta.near for n in delta.near[a]],
        ),
        _TABLES.name: (
            sorted(delta.names),
            [
                {"kind": key[0], "name": key[1], "of_kind": now[0][0], "of_name": now[0][1], "shown": now[1]}
                for key, now in sorted(delta.names.items())
                if now is not None
            ],
        ),
        _TABLES.pair: (
            sorted(delta.pairs),
            [{"a": a, "b": b, "found": pack(f)} for (a, b), f in sorted(delta.pairs.items()) if f is not None],
        ),
        _TABLES.claim: (sorted(delta.homes), [_claim_row(home, board) for home in homes]),
        _TABLES.member: (sorted(delta.homes), [row for home in homes for row in _members(home)]),
        _TABLES.finding: (sorted(delta.findings), list(_finding_rows(delta, board))),
        _TABLES.telling: (
            sorted(delta.tellings),
            [
                {"article": t.article, "local": t.id, "block": block_of(t), "found": pack(t)}
                for id in sorted(delta.tellings)
                for t in delta.tellings[id]
            ],
        ),
        _TABLES.stand: (
            sorted(delta.stands),
            [
                {"article": s.article, "local": s.id, "block": s.block, "day": s.day, "found": pack(s)}
                for id in sorted(delta.stands)
                for s in delta.stands[id]
            ],
        ),
        _TABLES.meeting: (
            sorted(delta.meetings),
            [
                {"id": meeting.id, "block": block, "found": pack(meeting)}
                for block in sorted(delta.meetings)
                for meeting in delta.meetings[block]
            ],
        ),
        _TABLES.met: (sorted(delta.meetings), list(_met_rows(delta))),
    }


def _met_rows(delta: Delta) -> Iterator[Values]:
    for block in sorted(delta.meetings):
        for meeting in delta.meetings[block]:
            for kind, name in sorted(meeting.keys):
                about = {"kind": kind, "name": name, "day": meeting.about, "open": meeting.open}
                yield {"meeting": meeting.id, "block": block} | about


def _article_rows(board: Board) -> tuple[list[str], list[Values]]:
    """The rows of articles that are new, or whose reach or vectors are others now."""
    delta = board.delta
    changed = sorted({*delta.cards, *delta.near, *delta.meanings})
    return changed, [_article_row(id, board) for id in changed if id in board.cards]


def _article_row(id: str, board: Board) -> Values:
    card, reach = board.cards[id], reach_of(board.near(id))
    profile = card.profile
    return {
        "article": id,
        "digest": card.digest,
        "day": card.day,
        "outlet": profile.outlet and json.dumps(profile.outlet),
        "cited": sorted(map(list, profile.cited)),
        "names": pack(card.names),
        "least": None if math.isinf(reach) else reach,
        "sign": _letters(profile.sign),
        "meanings": {name: _letters(vector) for name, vector in sorted(board.meanings(id).items())},
    }


def _card_of(row: Values) -> Card:
    outlet = row["outlet"] and tuple(json.loads(row["outlet"]))
    cited = frozenset((kind, name) for kind, name in row["cited"])
    profile = profile_from(row["article"], row["day"], outlet, cited, _numbers(row["sign"]))
    return Card(row["digest"], row["day"], profile, unpack(tuple[Use, ...], row["names"]))


def _letters(vector: NDArray[np.int8]) -> str:
    return base64.b64encode(vector.tobytes()).decode()


def _numbers(letters: str) -> NDArray[np.int8]:
    return np.frombuffer(base64.b64decode(letters), dtype=np.int8)


def _claim_row(home: Home, board: Board) -> Values:
    articles = {member.article for member in home.claim.members}
    days = sorted(board.cards[id].day for id in articles)
    return {
        "id": home.claim.id,
        "gist": home.claim.gist,
        "articles": len(articles),
        "origins": home.claim.origins,
        "first_day": days[0],
        "last_day": days[-1],
        "short": pack(_short(home, board)),
        "found": pack(home),
    }


def _short(home: Home, board: Board) -> Short:
    claim = home.claim
    outlets = {board.cards[member.article].profile.outlet for member in claim.members}
    ends = claim.members[0], claim.members[-1]
    return Short(claim.id, claim.gist, claim.origins, claim.origins_range, claim.origin_names, len(outlets), *ends)


def _members(home: Home) -> Iterator[Values]:
    for member in home.claim.members:
        place = {"article": member.article, "statement": member.statement}
        yield place | {"claim": home.claim.id, "knot": home.knot}


def _finding_rows(delta: Delta, board: Board) -> Iterator[Values]:
    for (kind, owner), found in sorted(delta.findings.items()):
        for number, finding in enumerate(found):
            id = hashlib.sha256(f"{kind} {owner} {number}".encode()).hexdigest()[:32]
            days = [board.cards[a].day for a in articles_of(finding) if a in board.cards]
            dated = {"day": max(days, default=""), "start": min(days, default=""), "same": _same(kind, owner, finding)}
            yield {"id": id, "kind": kind, "owner": owner, "found": pack(finding)} | dated


def _same(kind: str, owner: str, finding: Finding) -> str:
    """What all findings of one thing share; a dispute is one, however many articles take a side in it."""
    parts: tuple[object, ...]
    match finding:
        case Change():
            parts = (finding.topic, finding.kind.value, finding.before, finding.after)
        case Contradiction() if kind == "denial":
            parts = (owner, finding.about)
        case Shift():
            parts = (finding.after.block, finding.before.stance, finding.after.stance)
        case Gain():
            parts = (finding.claim,)
        case _:
            parts = (pack(finding),)
    return _hashed(kind, *parts)


def _hashed(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def articles_of(finding: Finding) -> tuple[str, ...]:
    """The articles that a finding is about."""
    match finding:
        case Copy():
            return (finding.within,)
        case Change():
            return tuple(at[0] for at in (finding.before_at, finding.after_at) if at is not None)
        case Drift():
            return (finding.b.article,)
        case Stage():
            return (finding.after.article,)
        case Contradiction():
            return (finding.a.article, finding.b.article)
        case Gain() | Shift():
            return (finding.before.article, finding.after.article)


def finding_of(row: Values) -> Finding:
    """The finding of a row."""
    found: Finding = unpack(_RECORDS[row["kind"]], row["found"])
    return found


def _spelled(judged: Judged) -> Any:
    """Judgements as they are kept: the pairs of each kind, in order."""
    return {
        "same": pack(tuple(sorted(judged.same))),
        "different": pack(tuple(sorted(judged.different))),
        "same_names": sorted(sorted(pair) for pair in judged.same_names),
        "different_names": sorted(sorted(pair) for pair in judged.different_names),
    }


def _judged_of(raw: Any) -> Judged:
    pairs = tuple[tuple[Member, Member], ...]
    return Judged(
        frozenset(unpack(pairs, raw["same"])),
        frozenset(unpack(pairs, raw["different"])),
        frozenset(map(frozenset, raw["same_names"])),
        frozenset(map(frozenset, raw["different_names"])),
    )

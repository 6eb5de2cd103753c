"""What a run changed, as rows of a ledger."""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportedly.ledger import derived_tables
from reportedly.ledger.derived import Rows, Values
from reportedly.reconciliation.board import Board
from reportedly.reconciliation.judging import Judged, said_by
from reportedly.reconciliation.kept import Kept, version
from reportedly.reconciliation.meetings import Stage, block_of
from reportedly.reconciliation.names import Key
from reportedly.reconciliation.naming import Entry, blocks_listed, blocks_looked_into
from reportedly.reconciliation.packing import pack
from reportedly.reconciliation.profiles import Sheet, Sign, joined, reach_of, sheet_of
from reportedly.reconciliation.shelves import Card, Delta, Finding, Gain, Home, Short
from reportedly.reconciliation.shifts import Shift
from reportedly.records import Change, Contradiction, Copy, Drift

_TABLES = derived_tables


def keep(shelf: Kept, board: Board) -> None:
    """Write what a run changed, wholly or not at all. Raises LedgerError if somebody else did so meanwhile."""
    delta = board.delta
    rows = Rows(anew=not shelf.current)
    for table, (old, new) in _rows(shelf, board).items():
        rows.old[table], rows.new[table] = list(old), new
    state = {"version": version(), "judged": _spelled(delta.judged)}
    shelf.derived.write(rows, state, revision=shelf.revision)


def _rows(shelf: Kept, board: Board) -> dict[Any, tuple[list[Any], Iterable[Values]]]:
    """For each table the keys of old rows, and new rows."""
    delta = board.delta
    homes = [home for _, home in sorted(delta.homes.items()) if home is not None]
    cards = {id: card for id, card in sorted(delta.cards.items()) if card is not None}
    gone = [id for id, card in delta.cards.items() if card is None]
    return {
        _TABLES.article: (sorted(delta.cards), [_article_row(id, card) for id, card in cards.items()]),
        _TABLES.cited: (sorted(delta.cards), list(_cited_rows(cards))),
        _TABLES.use: (sorted(delta.cards), list(_use_rows(delta))),
        _TABLES.sign: _sheet_rows(shelf, delta),
        _TABLES.meaning: (
            sorted({*delta.meanings, *gone}),
            [
                {"article": id, "meanings": {name: _letters(vector) for name, vector in sorted(meanings.items())}}
                for id, meanings in sorted(delta.meanings.items())
            ],
        ),
        _TABLES.reach: (
            sorted({*delta.near, *gone}),
            [
                {"article": id, "least": None if math.isinf(reach) else reach}
                for id, reach in ((id, reach_of(near)) for id, near in sorted(delta.near.items()))
            ],
        ),
        _TABLES.near: (
            sorted({*delta.near, *gone}),
            [{"article": a, "other": n.article, "distance": n.distance} for a in delta.near for n in delta.near[a]],
        ),
        _TABLES.name: (
            sorted(delta.names),
            [_name_row(key, entry) for key, entry in sorted(delta.names.items()) if entry is not None],
        ),
        _TABLES.block: (sorted(delta.names), list(_block_rows(delta))),
        _TABLES.pair: (
            sorted(delta.pairs),
            ({"a": a, "b": b, "found": pack(f)} for (a, b), f in sorted(delta.pairs.items()) if f is not None),
        ),
        _TABLES.claim: (sorted(delta.homes), [_claim_row(home, board) for home in homes]),
        _TABLES.member: (sorted(delta.homes), [row for home in homes for row in _members(home, board)]),
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


def _sheet_rows(shelf: Kept, delta: Delta) -> tuple[list[str], list[Values]]:
    """The sheets that signs of changed articles lie on."""
    changed = sorted({_sheet_of(id) for id in delta.cards})
    new: dict[str, dict[str, tuple[str, Sign]]] = {sheet: {} for sheet in changed}
    for id, fresh in delta.fresh.items():
        new[_sheet_of(id)][id] = (fresh.card.day, fresh.sign)
    held = {name: shelf.sheets().get(name, Sheet()).without(delta.cards.keys()) for name in changed}
    sheets = {name: joined([held[name], sheet_of(new[name])]) for name in changed}
    return changed, [_sheet_row(name, sheet) for name, sheet in sheets.items() if sheet.ids]


def _sheet_of(article: str) -> str:
    """The sheet that an article's sign lies on: one of 256, whatever else there is."""
    return hashlib.sha256(article.encode()).hexdigest()[:2]


def _sheet_row(name: str, sheet: Sheet) -> Values:
    order = sorted(range(len(sheet.ids)), key=sheet.ids.__getitem__)
    return {
        "sheet": name,
        "articles": [[sheet.ids[place], sheet.days[place]] for place in order],
        "signs": base64.b64encode(sheet.signs[order].tobytes()).decode(),
    }


def _article_row(id: str, card: Card) -> Values:
    outlet = card.profile.outlet
    return {"article": id, "digest": card.digest, "day": card.day, "outlet": outlet and json.dumps(outlet)}


def _cited_rows(cards: Mapping[str, Card]) -> Iterator[Values]:
    for id, card in cards.items():
        yield from ({"article": id, "outlet": json.dumps(outlet)} for outlet in sorted(card.profile.cited))


def _use_rows(delta: Delta) -> Iterator[Values]:
    for id, new in sorted(delta.fresh.items()):
        for use in new.uses:
            kind, name = use.key
            yield {"article": id, "kind": kind, "name": name, "found": pack(use)}


def _name_row(key: Key, entry: Entry) -> Values:
    kind, name = entry.tie[0] if entry.tie is not None else (None, None)
    return {"kind": key[0], "name": key[1], "tied_kind": kind, "tied_name": name, "found": pack(entry)}


def _block_rows(delta: Delta) -> Iterator[Values]:
    said = said_by(delta.judged)
    for key, entry in sorted(delta.names.items()):
        if entry is not None:
            listed, looking = blocks_listed(entry, said), blocks_looked_into(entry, said)
            for block in sorted(listed | looking):
                flags = {"listed": block in listed, "looking": block in looking}
                yield {"block": block, "kind": key[0], "name": key[1]} | flags


def _claim_row(home: Home, board: Board) -> Values:
    articles = {member.article for member in home.claim.members}
    days = sorted(board.day(id) for id in articles)
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
    outlets = {board.card(member.article).profile.outlet for member in claim.members}
    ends = claim.members[0], claim.members[-1]
    return Short(claim.id, claim.gist, claim.origins, claim.origins_range, claim.origin_names, len(outlets), *ends)


def _members(home: Home, board: Board) -> Iterator[Values]:
    for member in home.claim.members:
        place = {"article": member.article, "statement": member.statement}
        yield place | {"claim": home.claim.id, "knot": home.knot, "place": board.rank(member)[-1]}


def _finding_rows(delta: Delta, board: Board) -> Iterator[Values]:
    for (kind, owner), found in sorted(delta.findings.items()):
        for number, finding in enumerate(found):
            id = hashlib.sha256(f"{kind} {owner} {number}".encode()).hexdigest()[:32]
            days = [board.day(id) for id in articles_of(finding) if board.is_here(id)]
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


def _spelled(judged: Judged) -> Any:
    """Judgements as they are kept: the pairs of each kind, in order."""
    return {
        "same": pack(tuple(sorted(judged.same))),
        "different": pack(tuple(sorted(judged.different))),
        "same_names": sorted(sorted(pair) for pair in judged.same_names),
        "different_names": sorted(sorted(pair) for pair in judged.different_names),
    }


def _letters(vector: NDArray[np.int8]) -> str:
    return base64.b64encode(vector.tobytes()).decode()

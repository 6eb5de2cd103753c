"""Many readings to one story: claims with their origins, copies, contradictions, changes.

The result does not depend on the order of the readings: every step works on what is ordered by day and key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from reportedly.ledger import Ledger, article_id
from reportedly.reconciliation.board import Board
from reportedly.reconciliation.changes import first_of_each
from reportedly.reconciliation.contradictions import surest
from reportedly.reconciliation.judging import NOTHING_JUDGED, Judged, read_judged
from reportedly.reconciliation.kept import Kept
from reportedly.reconciliation.kept_rows import keep
from reportedly.reconciliation.meetings import find_moves
from reportedly.reconciliation.naming import merges_of
from reportedly.reconciliation.reconciled import Reconciled, with_contradictions
from reportedly.reconciliation.shelves import Finding, Nowhere, Owner
from reportedly.reconciliation.update import update
from reportedly.records import Change, Contradiction, Copy, Reading, Story

STEP = 100
"""New articles that are compared at a time: their pairs are in memory until they are written."""


def compare_readings(readings: Sequence[Reading], *, judged: Judged = NOTHING_JUDGED) -> Story:
    """What holds across the readings. The same article twice counts once."""
    by_key = {article_id(r.document): r for r in readings}
    board = update(Nowhere({key: by_key[key] for key in sorted(by_key)}), judged=judged, held=len(by_key))
    return story_of(board)


def reconcile(ledger: Ledger) -> Reconciled:
    """Bring what is derived in a ledger up to its articles and judgements, and give it out.

    Only what is new is compared. Of many articles a few hundred at a time are, those of the earliest days first, and
    what comes of them is written wholly or not at all. Articles with a newer version are left out. Raises LedgerError
    if somebody else reconciled the ledger meanwhile.
    """
    added, left = 0, 1
    while left:
        shelf, judged = Kept(ledger), read_judged(ledger)
        board = update(shelf, judged=judged, most=STEP)
        delta, left = board.delta, board.left
        if delta.cards or delta.homes or delta.names or delta.judged != shelf.judged() or not shelf.current:
            keep(shelf, board)
        added += len(delta.fresh)
    return Reconciled(ledger, added)


def story_of(board: Board) -> Story:
    """The story of all that is on a board which was made from nothing."""
    keys = sorted(board.delta.cards, key=lambda id: (board.day(id) or "9999", id))
    homes = sorted(board.homes(), key=lambda home: board.rank(home.claim.members[0]))
    contradictions = surest(_kind(board.delta.findings, Contradiction))
    copies = _kind(board.delta.findings, Copy)
    places = {key: place for place, key in enumerate(keys)}
    return Story(
        articles=tuple(keys),
        claims=with_contradictions([home.claim for home in homes], contradictions),
        copies=tuple(sorted(copies, key=lambda copy: places[copy.within])),
        contradictions=contradictions,
        changes=first_of_each(sorted(_kind(board.delta.findings, Change), key=_told_at)),
        drifts=tuple(drift for home in homes for drift in home.drifts),
        moves=find_moves([meeting for _, held in sorted(board.delta.meetings.items()) for meeting in held]),
        merges=merges_of(
            [entry for entry in board.delta.names.values() if entry is not None],
            {key: entry.shown for key, entry in board.delta.names.items() if entry is not None},
        ),
    )


Kind = TypeVar("Kind", Copy, Contradiction, Change)


def _kind(findings: Mapping[Owner, tuple[Finding, ...]], kind: type[Kind]) -> list[Kind]:
    return [found for owner in sorted(findings) for found in findings[owner] if isinstance(found, kind)]


def _told_at(change: Change) -> str:
    return str(change.after_at or change.before_at)

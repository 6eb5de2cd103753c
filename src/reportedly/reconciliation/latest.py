"""What is new on a day, brought up to the articles: meetings, positions that shifted, claims that drifted or gained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from reportedly.reconciliation.board import Board
from reportedly.reconciliation.meetings import Telling, block_of, group_tellings, stages_of, tellings_of
from reportedly.reconciliation.shelves import Gain, Home
from reportedly.reconciliation.shifts import Stand, before, shift_of, stands_of
from reportedly.records import Member


def set_latest(board: Board, gone: Set[str], anew: Set[str]) -> None:
    """Find it for articles that are no more, and for those that are new or bear a name that stands for another."""
    _read_anew(board, gone, anew)
    _set_meetings(board, gone | anew)
    _set_shifts(board, gone | anew)
    for id, home in sorted(board.delta.homes.items()):
        board.set_findings(("drift", id), home.drifts if home else ())
        board.set_findings(("gain", id), tuple(gains_of(home, board)) if home else ())


def _read_anew(board: Board, gone: Set[str], anew: Set[str]) -> None:
    for id in sorted(gone - anew):
        board.delta.tellings[id], board.delta.stands[id] = (), ()
    for article in board.each(anew):
        board.delta.tellings[article.key] = tellings_of(article.key, article.reading, board.names)
        board.delta.stands[article.key] = tuple(stands_of(article, board.names))


def _set_meetings(board: Board, changed: Set[str]) -> None:
    """Group the tellings of every time that a changed article speaks of."""
    blocks: dict[str, list[Telling]] = defaultdict(list)
    for id in sorted(changed):
        for telling in board.delta.tellings[id]:
            blocks[block_of(telling)].append(telling)
    for telling in board.shelf.tellings_in(sorted(changed)):
        blocks[block_of(telling)] += ()
    for telling in board.shelf.tellings_of(sorted(blocks)):
        if telling.article not in changed:
            blocks[block_of(telling)].append(telling)
    for id in board.shelf.stages(sorted(blocks)):
        board.set_findings(("meeting", id), ())
    for block, tellings in sorted(blocks.items()):
        board.delta.meetings[block] = group_tellings(tellings)
        for meeting in board.delta.meetings[block]:
            board.set_findings(("meeting", meeting.id), stages_of(meeting))


def _set_shifts(board: Board, changed: Set[str]) -> None:
    """Hold the positions of changed articles against earlier ones, and those against them that look back to them."""
    new: dict[str, list[Stand]] = defaultdict(list)
    old: dict[str, list[Stand]] = defaultdict(list)
    for stand in (s for id in sorted(changed) for s in board.delta.stands[id]):
        new[stand.block].append(stand)
    for stand in board.shelf.stands_in(sorted(changed)):
        old[stand.block].append(stand)
        board.set_findings(("stance", _owner(stand)), ())
    for block in sorted({*new, *old}):
        days = [stand.day for stand in (*new[block], *old[block])]
        around = board.shelf.stands_around(block, min(days), max(days))
        kept = [stand for stand in around if stand.article not in changed]
        stands = sorted((*kept, *new[block]), key=lambda s: s.rank)
        _shift(board, stands, {s.at for s in new[block]}, since=min(days), all_of_them=bool(old[block]))


def _shift(board: Board, stands: Sequence[Stand], new: Set[tuple[str, str]], *, since: str, all_of_them: bool) -> None:
    for place, stand in enumerate(stands):
        if stand.day < since:
            continue
        older = before(stands, place)
        if all_of_them or stand.at in new or any(s.at in new for s in older):
            found = shift_of(stand, older)
            board.set_findings(("stance", _owner(stand)), (found,) if found else ())


def _owner(stand: Stand) -> str:
    return f"{stand.article} {stand.id}"


def gains_of(home: Home, board: Board) -> Iterator[Gain]:
    """The origins that a claim has had since a later day than its first."""
    traces = sorted(home.claim.traces, key=lambda t: (board.day(t.member.article), t.member))
    first: dict[str, Member] = {}
    for trace in traces:
        first.setdefault(trace.origin, trace.member)
    members = list(first.items())
    for origin, member in members[1:]:
        if board.day(member.article) > board.day(members[0][1].article):
            yield Gain(home.claim.id, origin, members[0][1], member)

"""Bring what is derived up to the articles that there are now, at the cost of what is new.

What two articles have to do with each other depends on these two alone, and an article is compared with its nearest
only. A new article therefore adds its own pairs, takes the place of others among the nearest of some, and changes the
claims whose statements those pairs tie; the rest stands. The outcome is that of a run from the beginning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set

from reportedly.reconciliation.board import HELD, Board
from reportedly.reconciliation.changes import changes_of
from reportedly.reconciliation.claims import part_knot
from reportedly.reconciliation.contradictions import Denial, spread, targets_of
from reportedly.reconciliation.copies import best_copies
from reportedly.reconciliation.judging import NOTHING_JUDGED, Judged, said_by
from reportedly.reconciliation.latest import set_latest
from reportedly.reconciliation.names import Key
from reportedly.reconciliation.pairs import Found, compare
from reportedly.reconciliation.profiles import Profiles, best_of, bound_by, joined, sheet_of
from reportedly.reconciliation.scoring import load_model
from reportedly.reconciliation.shelves import Home, Shelf, Two, fresh_of, two
from reportedly.records import Contradiction, Copy, Member

_AT_A_TIME = 50


def update(shelf: Shelf, *, judged: Judged = NOTHING_JUDGED, held: int = HELD, most: int | None = None) -> Board:
    """The board with all that has changed since the shelf was written. Nothing is written here.

    With `most` no more new articles are taken than so many, those of the earliest days; `board.left` are the others.
    """
    board = Board(shelf, held=held)
    board.delta.judged = judged
    gone, fresh = _take_cards(board, most)
    renamed = _take_names(board, gone, judged) - fresh
    touched = _take_near(board, gone, fresh)
    changed = _compare(board, gone, fresh, renamed, touched)
    seeds = _seeds(board, changed, gone, fresh | renamed, judged)
    _findings_of_articles(board, changed, gone)
    deniers = _denials_by(board, changed)
    deniers |= _claims(board, seeds, judged)
    _contradictions(board, deniers)
    set_latest(board, gone, fresh | renamed)
    return board


def _take_cards(board: Board, most: int | None) -> tuple[set[str], set[str]]:
    """The articles that are no more, or were read anew, and those that are new, or were read anew."""
    every, gone = board.shelf.fresh(), board.shelf.gone()
    now = dict(list(every.items())[:most])
    board.left = len(every) - len(now)
    board.look_up_cards((*gone, *now))
    for id in gone:
        board.set_card(id, None)
    fresh = sorted(now)
    for start in range(0, len(fresh), _AT_A_TIME):
        some = fresh[start : start + _AT_A_TIME]
        for id, reading in board.shelf.readings(some).items():
            board.delta.fresh[id] = fresh_of(now[id], reading)
            board.set_card(id, board.delta.fresh[id].card)
            board.delta.meanings[id] = {}
    return set(gone), set(fresh)


def _take_names(board: Board, gone: Set[str], judged: Judged) -> set[str]:
    """Articles in which a name stands for something else than before."""
    said, last = said_by(judged), board.shelf.judged()
    if said == said_by(last):
        changed = board.register.take(sorted(gone), board.delta.fresh, said)
    else:
        changed = board.register.take_all(gone, board.delta.fresh, said)
    board.delta.names = changed
    return board.shelf.bearing(sorted(changed)) - gone


def _take_near(board: Board, gone: Set[str], fresh: Set[str]) -> set[str]:
    """Find the nearest of the new articles, and put them among those of others; returns whose have changed."""
    if not gone and not fresh:
        return set()
    held = board.shelf.signs().without(gone)
    profiles = Profiles(joined([held, sheet_of({id: (f.card.day, f.sign) for id, f in board.delta.fresh.items()})]))
    anew = sorted(fresh | (board.shelf.near_to(sorted(gone)) & profiles.places.keys() if gone else set()))
    board.look_up_cards(anew)
    bound = bound_by({id: board.card(id).profile for id in anew}, _Citing(board, gone))
    touched = set(anew)
    reached_by = profiles.reached(sorted(fresh), bound, board.shelf.reach()) if held.ids else {}
    board.look_up_near(reached_by)
    for id, reached in reached_by.items():
        if id not in touched:
            near = best_of((*board.near(id), *reached))
            if near != board.near(id):
                board.set_near(id, near)
                touched.add(id)
    for id, near in profiles.nearest(anew, bound).items():
        board.set_near(id, near)
    return touched


class _Citing:
    """Who publishes and who cites outlets, in the last run and now."""

    def __init__(self, board: Board, gone: Set[str]) -> None:
        self._shelf, self._gone = board.shelf, gone
        self._publishing: dict[Key, set[str]] = defaultdict(set)
        self._citing: dict[Key, set[str]] = defaultdict(set)
        for id, new in board.delta.fresh.items():
            if new.card.profile.outlet:
                self._publishing[new.card.profile.outlet].add(id)
            for key in new.card.profile.cited:
                self._citing[key].add(id)

    def published_by(self, outlets: Set[Key]) -> Mapping[Key, Set[str]]:
        return self._with(outlets, self._shelf.published_by(outlets), self._publishing)

    def citing(self, outlets: Set[Key]) -> Mapping[Key, Set[str]]:
        return self._with(outlets, self._shelf.citing(outlets), self._citing)

    def _with(
        self, outlets: Set[Key], before: Mapping[Key, Set[str]], now: Mapping[Key, Set[str]]
    ) -> Mapping[Key, Set[str]]:
        return {key: (set(before.get(key, ())) - self._gone) | set(now.get(key, ())) for key in outlets}


def _compare(
    board: Board, gone: Set[str], fresh: Set[str], renamed: Set[str], touched: Set[str]
) -> dict[Two, tuple[Found | None, Found | None]]:
    """Compare what is to be compared now and was not, or not so; what came of it, before and after."""
    board.look_up(gone | renamed | touched)
    before: dict[Two, Found] = {}
    for id in gone | renamed | touched:
        before |= board.pairs_with(id)
    stale = {pair for pair in before if not gone.isdisjoint(pair) or not renamed.isdisjoint(pair)}
    board.look_up_near({id for pair in before for id in pair if id not in gone})
    wanted = {two(id, near.article) for id in touched for near in board.near(id)} | {(id, id) for id in fresh}
    kept = {pair for pair in before if gone.isdisjoint(pair) and (pair[0] == pair[1] or board.neighbours(*pair))}
    changed: dict[Two, tuple[Found | None, Found | None]] = {}
    for pair in before.keys() - kept - wanted:
        changed[pair] = (before[pair], None)
        board.set_pair(pair, None)
    due = (wanted - before.keys()) | ((kept | wanted) & stale)
    for pair in _in_order(board, due):
        found = compare(board.article(pair[0]), board.article(pair[1]), board.names)
        changed[pair] = (before.get(pair), found)
        board.set_pair(pair, found)
        board.note_meanings(pair)
    return changed


def _in_order(board: Board, pairs: Iterable[Two]) -> Iterator[Two]:
    """By the day of the later article, so that those of one time are in memory together; fetched a few at once."""

    def rank(pair: Two) -> tuple[str, str, Two]:
        later = max((board.day(id), id) for id in pair)
        return (*later, pair)

    held = list(pairs)
    board.look_up_cards(id for pair in held for id in pair)
    ordered = sorted(held, key=rank)
    for start in range(0, len(ordered), _AT_A_TIME):
        some = ordered[start : start + _AT_A_TIME]
        board.fetch(id for pair in some for id in pair)
        yield from some


def _seeds(
    board: Board,
    changed: dict[Two, tuple[Found | None, Found | None]],
    gone: Set[str],
    anew: Set[str],
    judged: Judged,
) -> set[Member]:
    """The statements whose claims have to be made again."""
    seeds: set[Member] = set()
    least = load_model().least
    for before, after in changed.values():
        for tie in set(before.tied if before else ()) ^ set(after.tied if after else ()):
            if tie.score >= least or board.one_knot(tie.a, tie.b):
                seeds |= {tie.a, tie.b}
        for copy in _copies(before) ^ _copies(after):
            seeds |= {m for home in board.homes_in(copy.within) for m in home.claim.members}
    for home in [home for id in gone | anew for home in board.homes_in(id)]:
        seeds |= set(home.claim.members)
        board.drop_home(home)
    for article in board.each(anew):
        seeds |= {saying.member for saying in board.sayings(article.key).values()}
    last = board.shelf.judged()
    for a, b in (last.same ^ judged.same) | (last.different ^ judged.different):
        seeds |= {a, b}
    board.look_up_cards({m.article for m in seeds})
    return {member for member in seeds if board.has(member)}


def _copies(found: Found | None) -> set[Copy]:
    return {found.copy} if found is not None and found.copy is not None else set()


def _findings_of_articles(board: Board, changed: dict[Two, tuple[Found | None, Found | None]], gone: Set[str]) -> None:
    """Copies, changes of plans and clashes of each article of which these may be others now."""
    telling = {p for p, states in changed.items() if any(f and (f.copy or f.answers or f.clashes) for f in states)}
    for id in sorted({id for pair in telling for id in pair} | gone):
        found = board.pairs_with(id) if board.is_here(id) else {}
        board.set_findings(("copy", id), best_copies(board.copies_of(id)) if found else ())
        answers = [a for f in found.values() for a in f.answers if a.later == id]
        ordered = sorted(answers, key=lambda a: (-a.like, str(a.change)))
        board.set_findings(("change", id), changes_of(ordered))
        clashes = (c for f in found.values() for c in f.clashes if c.b.article == id)
        board.set_findings(("clash", id), tuple(sorted(clashes, key=str)))


def _denials_by(board: Board, changed: dict[Two, tuple[Found | None, Found | None]]) -> set[Member]:
    """The statements of which what they may deny has changed."""
    found = (f for states in changed.values() for f in states if f is not None)
    return {denial.denial for f in found for denial in f.denials}


def _claims(board: Board, seeds: Set[Member], judged: Judged) -> set[Member]:
    """Make the claims of the seeds again; returns the denials that concern them."""
    deniers: set[Member] = set()
    done: set[Member] = set()
    waiting = sorted(seeds, key=board.rank, reverse=True)
    while waiting:
        seed = waiting.pop()
        if seed in done:
            continue
        knot = _knot(board, seed, judged)
        done |= knot
        board.fetch({m.article for m in knot})
        for home in board.homes_of(knot):
            board.drop_home(home)
            waiting += sorted(m for m in home.claim.members if m not in done and board.has(m))
        for home in part_knot(board, sorted(knot, key=board.rank), judged):
            board.set_home(home)
        deniers |= _concerned(board, knot)
    return deniers


def _knot(board: Board, seed: Member, judged: Judged) -> set[Member]:
    """All statements that likely pairs lead to from one, at however many removes."""
    least = load_model().least
    knot, frontier = {seed}, {seed}
    while frontier:
        board.look_up({m.article for m in frontier})
        reached: set[Member] = set()
        for member in frontier:
            likely = {other for other, tie in board.ties_of(member).items() if tie.score >= least}
            said_same = {other for other in judged.together.get(member, ()) if board.has(other)}
            reached |= (likely - judged.apart.get(member, set())) | said_same
        frontier = reached - knot
        knot |= frontier
    return knot


def _concerned(board: Board, members: Iterable[Member]) -> set[Member]:
    """The statements that may deny one of these, or are one of these and may deny."""
    wanted = set(members)
    out: set[Member] = set()
    for id in {m.article for m in wanted}:
        for found in board.pairs_with(id).values():
            out |= {d.denial for d in found.denials if d.denial in wanted or d.target in wanted}
    return out


def _contradictions(board: Board, deniers: Iterable[Member]) -> None:
    """What each claim with a denial in it denies. A claim that is no more, or has lost its denial, denies nothing."""
    denying = {home.claim.id: home for home in board.homes_of(m for m in deniers if board.is_here(m.article))}
    for id in board.delta.homes:
        if id not in denying:
            board.set_findings(("denial", id), ())
    for id, home in sorted(denying.items()):
        told: dict[str, tuple[Denial, Home]] = {}
        for denial in _denials_of(board, home):
            target = board.home(denial.target)
            if target is not None and (target.claim.id not in told or denial.like > told[target.claim.id][0].like):
                told[target.claim.id] = (denial, target)
        board.set_findings(("denial", id), [c for key in sorted(told) for c in _spread(home, *told[key])])


def _denials_of(board: Board, home: Home) -> Iterator[Denial]:
    """What the members of a claim deny, in their order."""
    for voice in home.voices:
        if voice.denies:
            found = board.pairs_with(voice.member.article).values()
            yield from targets_of(d for f in found for d in f.denials if d.denial == voice.member)


def _spread(own: Home, denial: Denial, told: Home) -> Iterator[Contradiction]:
    about = next(voice.words for voice in told.voices if voice.member == denial.target)
    yield from spread(denial, own.voices, told.voices, about)

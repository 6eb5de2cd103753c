"""Statements of many articles put together to claims, each with its origins and with why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from reportedly.reconciliation.board import Board
from reportedly.reconciliation.contradictions import voice_of
from reportedly.reconciliation.copies import best_copies
from reportedly.reconciliation.drifts import drifts_of
from reportedly.reconciliation.grouping import group
from reportedly.reconciliation.judging import Judged
from reportedly.reconciliation.origins import count_origins
from reportedly.reconciliation.pairs import Tied
from reportedly.reconciliation.sayings import Saying
from reportedly.reconciliation.scoring import load_model
from reportedly.reconciliation.shelves import Home
from reportedly.records import Claim, Member, Tie

_GIST = 200
"""Characters of a gist."""

_TIES = 30
"""Ties that a claim keeps, the surest first."""

_ID = 12

Pair = tuple[int, int]
"""Two statements by their places."""


def part_knot(board: Board, members: Sequence[Member], judged: Judged) -> Iterator[Home]:
    """The claims that statements tied to each other are parted into, in order; `members` are in order too."""
    ties = _ties(board, members, judged)
    scores = {pair: tie.score for pair, tie in ties.items()}
    never = [pair for pair, tie in ties.items() if tie.apart]
    knot = f"{members[0].article} {members[0].statement}"
    for found in group(len(members), scores, least=load_model().least, never=never):
        sayings = [board.saying(members[i]) for i in found]
        claim = _claim(sayings, [ties[pair] for pair in combinations(found, 2) if pair in ties], board)
        place = board.rank(members[found[0]])[-1]
        yield Home(claim, place, tuple(map(voice_of, sayings)), knot, drifts_of(sayings, claim))


def _ties(board: Board, members: Sequence[Member], judged: Judged) -> dict[Pair, Tied]:
    """The ties between members, as places in their order; a person's word stands above every score."""
    places = {member: place for place, member in enumerate(members)}
    ties: dict[Pair, Tied] = {}
    for member, place in places.items():
        for other, tie in board.ties_of(member).items():
            if places.get(other, -1) > place:
                ties[place, places[other]] = tie
    for kind, said in (("same", judged.together), ("different", judged.apart)):
        for member, place in places.items():
            for other in said.get(member, ()):
                if places.get(other, -1) > place:
                    ties[place, places[other]] = _said(member, other, kind)
    return ties


def _said(a: Member, b: Member, kind: str) -> Tied:
    first, second = sorted((a, b))
    if kind == "same":
        return Tied(first, second, 1.0, (("a person said so", 1.0),))
    return Tied(first, second, 0.0, (), "a person said so")


def _claim(sayings: Sequence[Saying], ties: Sequence[Tied], board: Board) -> Claim:
    articles = sorted({s.article.key for s in sayings})
    origins = count_origins(sayings, board.names, _copied(board, articles) if len(articles) > 1 else {})
    first = sayings[0].member
    return Claim(
        id="cl" + hashlib.sha256(f"{first.article} {first.statement}".encode()).hexdigest()[:_ID],
        gist=_gist(sayings),
        members=tuple(s.member for s in sayings),
        origins=origins.count,
        origins_range=origins.bounds,
        origin_names=origins.names,
        traces=origins.traces,
        ties=tuple(_surest(ties)),
    )


def _copied(board: Board, articles: Sequence[str]) -> Mapping[str, set[str]]:
    """For an article, the one that it copies."""
    return {id: {copy.of for copy in best_copies(board.copies_of(id))} for id in articles}


def _gist(members: Sequence[Saying]) -> str:
    """The first wording that says something by itself."""
    saying = next((s for s in members if not s.thin), members[0])
    text = saying.text
    return text if len(text) <= _GIST else text[: _GIST - 1].rsplit(" ", 1)[0] + "…"


def _surest(ties: Sequence[Tied]) -> Iterator[Tie]:
    """Why the members stand together."""
    ranked = sorted((t for t in ties if not t.apart), key=lambda t: (-t.score, t.a, t.b))
    for tie in ranked[:_TIES]:
        yield Tie(a=tie.a, b=tie.b, score=round(tie.score, 3), signals=tie.told)

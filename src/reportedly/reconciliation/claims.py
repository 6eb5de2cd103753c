"""Statements of many articles put together to claims, each with its origins and with why."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from reportedly.reconciliation.candidates import find_candidates
from reportedly.reconciliation.grouping import group
from reportedly.reconciliation.index import Index
from reportedly.reconciliation.judging import NOTHING_JUDGED, Judged
from reportedly.reconciliation.names import Names
from reportedly.reconciliation.origins import count_origins
from reportedly.reconciliation.sameness import Context, kept_apart
from reportedly.reconciliation.sayings import Saying
from reportedly.reconciliation.scoring import Pair, explain, load_model, score_pairs
from reportedly.records import Claim, Copy, Member, Tie

_GIST = 200
"""Characters of a gist."""

_TIES = 30
"""Ties that a claim keeps, the surest first."""

_ID = 12


@dataclass(frozen=True)
class Collection:
    """The statements of a collection, in order, and what they are judged and named by."""

    sayings: tuple[Saying, ...]
    context: Context
    index: Index
    names: Names
    copies: tuple[Copy, ...] = ()

    def sources(self) -> dict[str, set[str]]:
        """For an article's key, the articles that it copies."""
        out: dict[str, set[str]] = defaultdict(set)
        for copy in self.copies:
            out[copy.within].add(copy.of)
        return out


def find_claims(collection: Collection, *, judged: Judged = NOTHING_JUDGED) -> tuple[Claim, ...]:
    """The statements put together, each in one claim, in the order of their first members."""
    sayings, model = collection.sayings, load_model()
    pairs = find_candidates(sayings, collection.index)
    scores = score_pairs(sayings, pairs, collection.context, model=model)
    places = {s.member: i for i, s in enumerate(sayings)}
    same, never = _pairs(judged.same, places), _pairs(judged.different, places)
    never += [p for p in pairs if kept_apart(sayings[p[0]], sayings[p[1]], collection.context) and p not in same]
    scores |= dict.fromkeys(never, 0.0) | dict.fromkeys(same, 1.0)
    groups = group(len(sayings), scores, least=model.least, never=never)
    sources = collection.sources()
    return tuple(_claim(found, collection, scores, sources) for found in groups)


def _pairs(judged: Set[tuple[Member, Member]], places: Mapping[Member, int]) -> list[Pair]:
    known = [(places[a], places[b]) for a, b in judged if a in places and b in places]
    return sorted((min(pair), max(pair)) for pair in known)


def _claim(
    found: Sequence[int], collection: Collection, scores: Mapping[Pair, float], sources: Mapping[str, set[str]]
) -> Claim:
    members = [collection.sayings[i] for i in found]
    origins = count_origins(members, collection.names, sources)
    first = members[0].member
    return Claim(
        id="cl" + hashlib.sha256(f"{first.article} {first.statement}".encode()).hexdigest()[:_ID],
        gist=_gist(members),
        members=tuple(s.member for s in members),
        origins=origins.count,
        origins_range=origins.bounds,
        origin_names=origins.names,
        traces=origins.traces,
        ties=tuple(_ties(found, collection, scores)),
    )


def _gist(members: Sequence[Saying]) -> str:
    """The first wording that says something by itself."""
    saying = next((s for s in members if not s.thin), members[0])
    text = saying.text
    return text if len(text) <= _GIST else text[: _GIST - 1].rsplit(" ", 1)[0] + "…"


def _ties(found: Sequence[int], collection: Collection, scores: Mapping[Pair, float]) -> Iterator[Tie]:
    """Why the members stand together: the surest pairs. In a large claim, those with its first members only."""
    few = found if len(found) <= _TIES else found[:_TIES]
    pairs = sorted((pair for pair in combinations(few, 2) if pair in scores), key=lambda p: (-scores[p], p))
    model = load_model()
    for a, b in pairs[:_TIES]:
        yield explain(collection.sayings[a], collection.sayings[b], collection.context, score=scores[a, b], model=model)

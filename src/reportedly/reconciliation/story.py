"""A story as JSON: schema `reportedly/story/1`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reportedly.records import (
    Change,
    Claim,
    Contradiction,
    Copy,
    Drift,
    Member,
    Merge,
    Move,
    Side,
    Spans,
    Story,
    Tie,
    Trace,
)

SCHEMA = "reportedly/story/1"

Json = dict[str, Any]


def story_json(story: Story, names: Mapping[str, str]) -> Json:
    """The story as JSON-ready dicts and lists. `names` says what the articles' keys are called; a key else."""

    def named(key: str) -> str:
        return names.get(key, key)

    def member(m: Member) -> Json:
        return {"article": named(m.article), "statement": m.statement}

    ids = {claim.id: f"cl{number}" for number, claim in enumerate(story.claims, start=1)}
    return {
        "schema": SCHEMA,
        "articles": [named(key) for key in story.articles],
        "claims": [_claim(c, ids[c.id], member) for c in story.claims],
        "copies": [_copy(c, named) for c in story.copies],
        "contradictions": [_contradiction(c, named) for c in story.contradictions],
        "changes": [_change(c, named) for c in story.changes],
        "drifts": [_drift(d, ids, member) for d in story.drifts],
        "encounters": [_move(m, named) for m in story.moves],
        "names": [_merge(m) for m in story.merges],
    }


Named = Callable[[str], str]
AsMember = Callable[[Member], Json]


def _pairs(spans: Spans) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _claim(claim: Claim, id: str, member: AsMember) -> Json:
    return {
        "id": id,
        "gist": claim.gist,
        "members": [member(m) for m in claim.members],
        "origins": claim.origins,
        "origins_range": list(claim.origins_range),
        "origin_names": list(claim.origin_names),
        "traces": [_trace(t, member) for t in claim.traces],
        "ties": [_tie(t, member) for t in claim.ties],
    }


def _trace(trace: Trace, member: AsMember) -> Json:
    return {**member(trace.member), "through": list(trace.through), "origin": trace.origin, "by": trace.passing.value}


def _tie(tie: Tie, member: AsMember) -> Json:
    return {"a": member(tie.a), "b": member(tie.b), "score": tie.score, "signals": dict(tie.signals)}


def _copy(copy: Copy, named: Named) -> Json:
    return {
        "of": named(copy.of),
        "in": named(copy.within),
        "kind": copy.kind.value,
        "share": copy.share,
        "direction": copy.direction,
        "spans": [{"of": [a.start, a.end], "in": [b.start, b.end]} for a, b in copy.aligned],
    }


def _side(side: Side, named: Named) -> Json:
    return {"article": named(side.article), "statement": side.statement, "spans": _pairs(side.spans)}


def _contradiction(found: Contradiction, named: Named) -> Json:
    return {
        "a": _side(found.a, named),
        "b": _side(found.b, named),
        "about": found.about,
        "why": found.why,
        "score": found.score,
    }


def _change(change: Change, named: Named) -> Json:
    def at(place: tuple[str, Spans] | None) -> Json | None:
        return place and {"article": named(place[0]), "spans": _pairs(place[1])}

    return {
        "plan": change.plan,
        "topic": change.topic,
        "from": change.before,
        "to": change.after,
        "kind": change.kind.value,
        "what": change.what,
        "from_at": at(change.before_at),
        "to_at": at(change.after_at),
    }


def _drift(drift: Drift, ids: Mapping[str, str], member: AsMember) -> Json:
    return {
        "claim": ids[drift.claim],
        "a": member(drift.a),
        "b": member(drift.b),
        "kind": drift.kind,
        "from": drift.before,
        "to": drift.after,
    }


def _move(move: Move, named: Named) -> Json:
    return {
        "participants": list(move.participants),
        "from": move.before,
        "to": move.after,
        "from_at": {"article": named(move.before_at[0]), "encounter": move.before_at[1]},
        "to_at": {"article": named(move.after_at[0]), "encounter": move.after_at[1]},
    }


def _merge(merge: Merge) -> Json:
    return {
        "kind": merge.kind,
        "name": merge.name,
        "other": merge.other,
        "reason": merge.reason,
        "score": round(merge.score, 3),
    }

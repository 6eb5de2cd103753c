"""What became of a claim on its way: grown surer or less sure, or parted from its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportedly.reconciliation.sayings import Saying
from reportedly.records import Certainty, Claim, Drift, Member, Passing

_SURENESS = {
    Certainty.CERTAIN: 3,
    Certainty.CERTAIN_NOT: 3,
    Certainty.PROBABLE: 2,
    Certainty.PROBABLE_NOT: 2,
    Certainty.POSSIBLE: 1,
    Certainty.POSSIBLE_NOT: 1,
    Certainty.UNCOMMITTED: 0,
}
_MOST = 40
"""Members of a claim that are looked at: where forty outlets repeat a thing, the first ones show how it changed."""


def find_drifts(sayings: Sequence[Saying], claims: Sequence[Claim]) -> tuple[Drift, ...]:
    """The drifts of all claims, each member held against the first one that it goes back to."""
    by_member = {s.member: s for s in sayings}
    return tuple(drift for claim in claims if len(claim.members) > 1 for drift in _of_claim(claim, by_member))


def _of_claim(claim: Claim, by_member: Mapping[Member, Saying]) -> Iterator[Drift]:
    members = [by_member[m] for m in claim.members[:_MOST]]
    traces = {t.member: t for t in claim.traces}
    for i, later in enumerate(members):
        trace = traces[later.member]
        earlier = next((s for s in members[:i] if traces[s.member].origin == trace.origin and _before(s, later)), None)
        if earlier is None or trace.passing is Passing.FIRST_HAND:
            continue
        yield from _sureness(claim, earlier, later)
        if earlier.tail and not later.tail:
            named = earlier.tail[0].name
            yield Drift(claim=claim.id, a=earlier.member, b=later.member, kind="source lost", before=named, after="")


def _before(a: Saying, b: Saying) -> bool:
    return a.article.place < b.article.place and a.statement.act == b.statement.act


def _sureness(claim: Claim, earlier: Saying, later: Saying) -> Iterator[Drift]:
    before, after = earlier.statement.certainty_source, later.statement.certainty_source
    if before == after:
        return
    surer = _SURENESS[after] > _SURENESS[before]
    kind = "turned round" if _SURENESS[after] == _SURENESS[before] else "surer" if surer else "less sure"
    yield Drift(claim=claim.id, a=earlier.member, b=later.member, kind=kind, before=before.value, after=after.value)

"""What became of a claim on its way: grown surer or less sure, or parted from its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly.reconciliation.sayings import Saying
from reportedly.reconciliation.words import print_of
from reportedly.records import Certainty, Claim, Drift, Passing

_SURENESS = {
    Certainty.CERTAIN: 3,
    Certainty.CERTAIN_NOT: 3,
    Certainty.PROBABLE: 2,
    Certainty.PROBABLE_NOT: 2,
    Certainty.POSSIBLE: 1,
    Certainty.POSSIBLE_NOT: 1,
}
_MOST = 40
"""Members of a claim that are looked at: where forty outlets repeat a thing, the first ones show how it changed."""


def drifts_of(sayings: Sequence[Saying], claim: Claim) -> tuple[Drift, ...]:
    """The drifts of a claim, each member held against the first one that it goes back to."""
    return tuple(_of_claim(claim, sayings[:_MOST])) if len(sayings) > 1 else ()


def _of_claim(claim: Claim, members: Sequence[Saying]) -> Iterator[Drift]:
    traces = {t.member: t for t in claim.traces}
    for i, later in enumerate(members):
        trace = traces[later.member]
        earlier = next((s for s in members[:i] if traces[s.member].origin == trace.origin and _before(s, later)), None)
        if earlier is None or trace.passing is Passing.FIRST_HAND:
            continue
        yield from _sureness(claim, earlier, later)
        if earlier.tail and not later.tail and not _still_told(earlier, later, members):
            named = earlier.tail[0].name
            yield Drift(claim=claim.id, a=earlier.member, b=later.member, kind="source lost", before=named, after="")


def _still_told(earlier: Saying, later: Saying, members: Sequence[Saying]) -> bool:
    """Whether the later article has a source in the claim after all: in another statement, or inside this one."""
    own = {s.tail[0].name for s in members if s.article is later.article and s.tail}
    return bool(own) or bool(print_of(earlier.tail[0].name).names & later.content.names)


def _before(a: Saying, b: Saying) -> bool:
    return a.article.rank < b.article.rank and a.statement.act == b.statement.act


def _sureness(claim: Claim, earlier: Saying, later: Saying) -> Iterator[Drift]:
    before, after = earlier.statement.certainty_source, later.statement.certainty_source
    if before == after or Certainty.UNCOMMITTED in (before, after):
        return
    surer = _SURENESS[after] > _SURENESS[before]
    kind = "turned round" if _SURENESS[after] == _SURENESS[before] else "surer" if surer else "less sure"
    yield Drift(claim=claim.id, a=earlier.member, b=later.member, kind=kind, before=before.value, after=after.value)

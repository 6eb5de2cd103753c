"""The morning brief: what is new or different in a ledger since a day, each line with its sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from reportedly.ledger import EncounterRow, Ledger, PositionRow
from reportedly.reconciliation import Reconciled
from reportedly.reconciliation.sameness import cosine, weigh
from reportedly.reconciliation.words import print_of
from reportedly.records import Change, Claim, Member, Stance, Status, Topic
from reportedly.views import wording
from reportedly.views.claims import Telling
from reportedly.views.pages import ChangeRow, ClashRow
from reportedly.views.reconciled_pages import ChangesPage, ClaimNews, DriftRow, MeetingChange, StanceRow

Row = TypeVar("Row")

MOST = 25
"""Lines of a part; how many more there are is said."""

WEEK = 7
_QUIET_AFTER = 3
"""Articles that have made a claim before its silence is news."""

_BEFORE = 30
"""Days before the day in which what went quiet was still told."""

_ALIKE = 0.2
"""Cosine from which two positions of a party are on one thing."""

_YIELDING = {
    Stance.REJECTS: 0,
    Stance.DEMANDS: 1,
    Stance.PROPOSES: 2,
    Stance.OPEN: 3,
    Stance.OFFERS: 4,
    Stance.ACCEPTS: 4,
}
"""How far a stance goes to meet the other side."""

_PLANNED = (Status.SCHEDULED, Status.PROPOSED)


def changes_since(ledger: Ledger, found: Reconciled, *, since: str | None = None) -> ChangesPage:
    """All that articles of that day and later tell anew or otherwise; a week before the newest where none is given."""
    telling = Telling(ledger, found)
    days = sorted(row.published for row in telling.rows.values() if row.published)
    start = since or _week_before(days[-1] if days else "")
    parts = Parts(telling, start)
    more: dict[str, int] = {}

    def few(name: str, rows: Iterable[Row]) -> tuple[Row, ...]:
        held = tuple(rows)
        if len(held) > MOST:
            more[name] = len(held) - MOST
        return held[:MOST]

    page = ChangesPage(
        since=start,
        articles=len(telling.rows),
        added=sum(day >= start for day in days),
        terms=few("terms", parts.terms()),
        stances=few("stances", parts.stances()),
        drifts=few("drifts", parts.drifts()),
        meetings=few("meetings", parts.meetings()),
        contradictions=few("contradictions", parts.contradictions()),
        new_claims=few("new_claims", parts.new_claims()),
        gained=few("gained", parts.gained()),
        quiet=few("quiet", parts.quiet()),
        more=(),
    )
    return replace(page, more=tuple(more.items()))


def _week_before(day: str) -> str:
    try:
        return (date.fromisoformat(day) - timedelta(days=WEEK)).isoformat()
    except ValueError:
        return day


class Parts:
    """The parts of the page, each found by itself."""

    def __init__(self, telling: Telling, since: str) -> None:
        self.telling, self.since = telling, since
        self.found = telling.found

    def late(self, article: str) -> bool:
        return self.telling.day(article) >= self.since

    def terms(self) -> Iterator[ChangeRow]:
        """What a later version of a plan has otherwise."""
        for change in self.found.changes:
            at = change.after_at or change.before_at
            if at is not None and self.late(at[0]):
                yield self._change(change)

    def _change(self, change: Change) -> ChangeRow:
        before, after = (
            self.telling.filler(at[0]).place(at[1]) if at else None for at in (change.before_at, change.after_at)
        )
        return ChangeRow(
            plan=change.plan, topic=change.topic, kind=change.kind.value, what=change.what, before=before, after=after
        )

    def stances(self) -> Iterator[StanceRow]:
        """Parties that came nearer to the other side on a thing, or went farther from it."""
        of: dict[tuple[str, Topic], list[PositionRow]] = defaultdict(list)
        for row in self.telling.ledger.positions():
            if row.topic is not Topic.OTHER:
                of[row.party, row.topic].append(row)
        for (party, topic), rows in sorted(of.items()):
            dated = sorted((r for r in rows if r.published), key=lambda r: (r.published or "", r.id))
            yield from self.moved(party, topic, dated)

    def moved(self, party: str, topic: Topic, rows: Sequence[PositionRow]) -> Iterator[StanceRow]:
        """Where the party's stance on the topic is another than before; the rows by day."""
        weights = weigh(print_of(row.sentence) for row in rows)
        seen: set[tuple[Stance, Stance]] = set()
        for place, row in enumerate(rows):
            if (row.published or "") < self.since:
                continue
            older = [
                r for r in rows[:place] if (r.published or "") < (row.published or "") and r.article != row.article
            ]
            likes = [(cosine(print_of(row.words).stems, print_of(r.words).stems, weights), r) for r in older]
            like, old = max(likes, key=lambda x: (x[0], x[1].published or "", x[1].id), default=(0.0, None))
            if old is None or like < _ALIKE or (old.stance, row.stance) in seen:
                continue
            step = _YIELDING[row.stance] - _YIELDING[old.stance]
            if step:
                seen.add((old.stance, row.stance))
                yield StanceRow(
                    party=party,
                    topic=topic.value,
                    kind="softened" if step > 0 else "hardened",
                    before_stance=old.stance.value,
                    after_stance=row.stance.value,
                    before=self.telling.place_of(old),
                    after=self.telling.place_of(row),
                )

    def drifts(self) -> Iterator[DriftRow]:
        """Claims that grew surer or less sure on their way, or lost their source."""
        for home in self.found.homes_since(self.since):
            for drift in home.drifts:
                if self.late(drift.b.article):
                    yield self.telling.drift(drift)

    def meetings(self) -> Iterator[MeetingChange]:
        """Encounters that were announced, or of which it is told otherwise."""
        rows = {(row.article, row.local): row for row in self.telling.ledger.encounters()}
        told = set()
        for move in self.found.moves:
            if self.late(move.after_at[0]) and move.before_at in rows and move.after_at in rows:
                before, after = rows[move.before_at], rows[move.after_at]
                told.add(after.id)
                yield self._meeting(_kind_of(before, after), f"{move.before} → {move.after}", before, after)
        yield from self._announced(list(rows.values()), told)

    def _announced(self, rows: Sequence[EncounterRow], told: set[str]) -> Iterator[MeetingChange]:
        """Those that no earlier article has."""
        known: set[object] = set()
        for row in sorted(rows, key=lambda r: (r.published or "", r.id)):
            key = (frozenset(row.participants), row.place, row.when)
            if key not in known and row.id not in told and (row.published or "") >= self.since and row.participants:
                kind = {Status.CANCELLED: "cancelled", Status.HELD: "held"}.get(row.status, "announced")
                yield self._meeting(kind, wording.when(row.when), None, row)
            known.add(key)

    def _meeting(self, kind: str, what: str, before: EncounterRow | None, after: EncounterRow) -> MeetingChange:
        return MeetingChange(
            participants=after.participants,
            kind=kind,
            what=what,
            before=self.telling.place_of(before) if before else None,
            after=self.telling.place_of(after),
        )

    def contradictions(self) -> Iterator[ClashRow]:
        """What cannot both be so, where one of the two is new."""
        for found in self.found.contradictions:
            if self.late(found.a.article) or self.late(found.b.article):
                yield self.telling.clash(found)

    def new_claims(self) -> Iterator[ClaimNews]:
        """Claims that several articles make, none of them before the day."""
        for claim in self._shared():
            if all(self.late(m.article) for m in claim.members):
                yield self._news(claim, "", claim.members[0])

    def gained(self) -> Iterator[ClaimNews]:
        """Claims with an origin that they had not before the day."""
        for claim in self._shared():
            old = [t for t in claim.traces if not self.late(t.member.article)]
            known = {t.origin for t in old}
            new = [t for t in claim.traces if self.late(t.member.article) and t.origin not in known]
            if old and new:
                names = "; ".join(dict.fromkeys(t.origin for t in new))
                yield self._news(claim, f"now from {names} too", new[0].member, before=old[0].member)

    def quiet(self) -> Iterator[ClaimNews]:
        """Claims that several articles made not long before the day, and none since."""
        earliest = _days_before(self.since, _BEFORE)
        late = [row for row in self.telling.rows.values() if (row.published or "") >= self.since]
        for claim in self.found.shared if late else ():
            days = sorted(self.telling.day(m.article) for m in claim.members)
            articles = {m.article for m in claim.members}
            if len(articles) >= _QUIET_AFTER and earliest <= days[-1] < self.since:
                yield self._news(claim, f"last told on {wording.day(days[-1])}", claim.members[-1])

    def _shared(self) -> Iterable[Claim]:
        return (c for c in self.found.shared if any(self.late(m.article) for m in c.members))

    def _news(self, claim: Claim, what: str, member: Member, *, before: Member | None = None) -> ClaimNews:
        return ClaimNews(
            id=claim.id,
            summary=self.telling.line(claim).summary,
            what=what,
            place=self.telling.place(member),
            before=self.telling.place(before) if before else None,
        )


def _days_before(day: str, number: int) -> str:
    try:
        return (date.fromisoformat(day) - timedelta(days=number)).isoformat()
    except ValueError:
        return ""


def _kind_of(before: EncounterRow, after: EncounterRow) -> str:
    """What became of a meeting: held, cancelled, moved."""
    if after.status in (Status.HELD, Status.ONGOING):
        return "held"
    if after.status is Status.CANCELLED:
        return "cancelled"
    return "moved" if after.when != before.when else after.status.value

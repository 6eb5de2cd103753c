"""What is new or different since a day, looked up by its day: of each part the first lines, and how many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select, tuple_

from reportedly.ledger import Ledger, derived_tables
from reportedly.ledger.derived import Derived
from reportedly.reconciliation.kept import finding_of
from reportedly.reconciliation.meetings import Meeting, Stage, Telling, around, replaced
from reportedly.reconciliation.packing import unpack
from reportedly.reconciliation.shelves import Gain, Short
from reportedly.reconciliation.shifts import Shift
from reportedly.records import Change, Contradiction, Drift

_QUIET_AFTER = 3
"""Articles that have made a claim before its silence is news."""

_BEFORE = 30
"""Days before the day in which what went quiet was still told."""

_CLAIM, _FINDING = derived_tables.claim, derived_tables.finding
_SHARED = _CLAIM.c.articles > literal_column("1")

Line = TypeVar("Line")
Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Part(Generic[Line]):
    """The first lines of a part of the news, and how many more there are."""

    lines: tuple[Line, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Turn:
    """What became of a meeting: `kind` is proposed, announced, moved, held or cancelled; `before` is None if new."""

    kind: str
    stage: Stage
    before: Telling | None


@dataclass(frozen=True)
class ClaimGain:
    """A claim with the origins that it has had since the day, in their order."""

    claim: Short
    gains: tuple[Gain, ...]


class News:
    """What is new since a day (`YYYY-MM-DD`, or as much of it), the newest first; nothing is read that is not shown.

    It tells of what was derived when the ledger was last reconciled. Each part is found when it is asked for.
    """

    def __init__(self, ledger: Ledger, since: str, *, most: int) -> None:
        self.since, self._most = since, most
        self._derived = Derived(ledger)

    @cached_property
    def terms(self) -> Part[Change]:
        """What a later version of a plan has otherwise, and nobody told before."""
        return self._part(Change, "change", ever=True)

    @cached_property
    def shifts(self) -> Part[Shift]:
        """Parties that came nearer to the other side on a thing, or went farther from it."""
        return self._part(Shift, "stance")

    @cached_property
    def drifts(self) -> Part[Drift]:
        """Claims that grew surer or less sure on their way, or lost their source."""
        return self._part(Drift, "drift")

    @cached_property
    def contradictions(self) -> Part[Contradiction]:
        """What cannot both be so, one of the two new; of a dispute that many articles take a side in one pair."""
        return self._part(Contradiction, "clash", "denial")

    @cached_property
    def meetings(self) -> Part[Turn]:
        """Meetings that are new, and what became of others."""
        found = self._part(Stage, "meeting")
        fresh = {s.meeting for s in found.lines if s.before is None and s.kind in ("announced", "proposed", "held")}
        moved = self._replaced(sorted(fresh))
        return Part(tuple(_turn(stage, moved.get(stage.meeting)) for stage in found.lines), found.more)

    @cached_property
    def claims(self) -> Part[Short]:
        """Claims of several articles, none of them before the day; those of most articles first."""
        return self._claims(_CLAIM.c.first_day >= self.since)

    @cached_property
    def quiet(self) -> Part[Short]:
        """Claims that several articles made not long before the day, and none since."""
        if not self.articles:
            return Part()
        last = _CLAIM.c.last_day
        return self._claims(
            last >= _days_before(self.since, _BEFORE), last < self.since, _CLAIM.c.articles >= _QUIET_AFTER
        )

    @cached_property
    def gained(self) -> Part[ClaimGain]:
        """Claims with an origin that they had not before the day."""
        since = (_FINDING.c.kind == "gain", _FINDING.c.day >= self.since, _FINDING.c.start < self.since)
        latest = func.max(_FINDING.c.day).label("latest")
        owners = select(_FINDING.c.owner, latest).where(*since).group_by(_FINDING.c.owner)
        claims = [row["owner"] for row in self._ask(owners.order_by(latest.desc(), _FINDING.c.owner).limit(self._most))]
        gains: dict[str, list[Gain]] = defaultdict(list)
        found = select(_FINDING.c.found).where(*since, _FINDING.c.owner.in_(claims)).order_by(_FINDING.c.day)
        for row in self._ask(found):
            gain = unpack(Gain, row["found"])
            gains[gain.claim].append(gain)
        shorts = {s.id: s for s in self._shorts(select(_CLAIM.c.short).where(_CLAIM.c.id.in_(claims)))}
        total = self._count(select(func.count(_FINDING.c.owner.distinct()).label("number")).where(*since))
        return Part(
            tuple(ClaimGain(shorts[id], tuple(gains[id])) for id in claims if id in shorts), total - len(claims)
        )

    @cached_property
    def articles(self) -> int:
        """How many articles that are compared are of that day or later."""
        article = derived_tables.article
        return self._count(select(func.count().label("number")).where(article.c.day >= self.since))

    def _part(self, kind: type[Kind], *names: str, ever: bool = False) -> Part[Kind]:
        """The first finding of each thing since the day; with `ever` only of what nobody told before."""
        since = and_(_FINDING.c.kind.in_(names), _FINDING.c.day >= self.since)
        first = self._first(ever=ever)
        order = (_FINDING.c.day.desc(), _FINDING.c.owner, _FINDING.c.id)
        wanted = select(_FINDING.c.kind, _FINDING.c.found).where(since, first).order_by(*order).limit(self._most)
        lines = [finding_of(row) for row in self._ask(wanted)]
        if len(lines) < self._most:
            return Part(tuple(line for line in lines if isinstance(line, kind)))
        number = func.count() if ever else func.count(_FINDING.c.same.distinct())
        every = select(number.label("number")).where(since, *([first] if ever else []))
        return Part(tuple(line for line in lines if isinstance(line, kind)), self._count(every) - len(lines))

    def _first(self, *, ever: bool) -> ColumnElement[bool]:
        """Whether no other finding of the same thing comes before it."""
        other = _FINDING.alias("other")
        same = and_(other.c.same == _FINDING.c.same, other.c.kind == _FINDING.c.kind)
        earlier = or_(other.c.day < _FINDING.c.day, and_(other.c.day == _FINDING.c.day, other.c.id < _FINDING.c.id))
        late = [] if ever else [other.c.day >= self.since]
        return ~select(other.c.id).where(same, earlier, *late).exists()

    def _claims(self, *conditions: ColumnElement[bool]) -> Part[Short]:
        order = (_CLAIM.c.articles.desc(), _CLAIM.c.id)
        wanted = select(_CLAIM.c.short).where(_SHARED, *conditions).order_by(*order).limit(self._most)
        total = self._count(select(func.count().label("number")).where(_SHARED, *conditions))
        lines = tuple(self._shorts(wanted))
        return Part(lines, total - len(lines))

    def _shorts(self, wanted: Any) -> Iterable[Short]:
        return (unpack(Short, row["short"]) for row in self._ask(wanted))

    def _replaced(self, ids: Sequence[str]) -> dict[str, Telling]:
        """For new meetings the last word on the planned one that each takes the place of, where there is one."""
        table, met = derived_tables.meeting, derived_tables.met
        out: dict[str, Telling] = {}
        for row in self._ask(select(table.c.found).where(table.c.id.in_(ids))):
            meeting: Meeting = unpack(Meeting, row["found"])
            first, last = around(meeting.day)
            keys = tuple_(met.c.kind, met.c.name).in_(sorted(meeting.keys))
            held = select(met.c.meeting).where(keys, met.c.open.is_(True), met.c.day >= first, met.c.day <= last)
            rows = self._ask(select(table.c.found).where(table.c.id.in_(held), table.c.id != meeting.id))
            earlier = replaced(meeting, [unpack(Meeting, other["found"]) for other in rows])
            if earlier is not None:
                out[meeting.id] = earlier.planned[-1]
        return out

    def _ask(self, wanted: Any) -> list[dict[str, Any]]:
        return self._derived.ask(wanted)

    def _count(self, wanted: Any) -> int:
        (row,) = self._ask(wanted)
        return int(row["number"])


def _turn(stage: Stage, earlier: Telling | None) -> Turn:
    if earlier is None:
        return Turn(stage.kind, stage, stage.before)
    return Turn("held" if stage.kind == "held" else "moved", stage, earlier)


def _days_before(day: str, number: int) -> str:
    try:
        return (date.fromisoformat(day) - timedelta(days=number)).isoformat()
    except ValueError:
        return ""

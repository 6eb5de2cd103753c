"""Changes since a day: new articles, what differs in plans and stances, what came to pass, what contradicts what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from sqlalchemy import func, select

from reportedly.ledger import Scope, queries, tables
from reportedly.reconciliation import Reconciled
from reportedly.records import Claim, Member, Spans
from reportedly.views import wording
from reportedly.views.pages import ChangeRow, ClashRow
from reportedly.views.reconciled_pages import ClaimNews, DriftRow, MeetingChange
from reportedly.views.web import filling
from reportedly.views.web.asking import Asked
from reportedly.views.web.claims import days_of, place_in
from reportedly.views.web.desk import Desk
from reportedly.views.web.pages import Across, ChangesPage, Quote

_FEW = 25
_MOST = 15
"""Lines of a part of what holds across articles."""

_QUIET_AFTER = 3
"""Articles that have made a claim before its silence is news."""

_QUIET_WITHIN = 30
"""Days before the day in which what went quiet was still told."""

_BACK = 7
"""Days that are looked back from the newest article where no day is given."""

T = TypeVar("T")


def changes_page(desk: Desk, asked: Asked) -> ChangesPage:
    """What is new or different since a day; a week before the newest article where none is given."""
    since = asked.since or _week_before(desk)
    scope: Scope = {**asked.scope(limit=_FEW), "since": since}
    with desk.ledger.asking() as connection:
        total = queries.count_articles(connection, scope)
        articles = queries.find_articles(connection, scope, newest=True)
        terms = queries.find_terms(connection, scope)
        positions = queries.find_positions(connection, scope)
        meetings = queries.find_encounters(connection, scope)
    story = desk.comparing.story()
    key = ("changes", since, desk.comparing.turn)
    across = desk.memo(key, lambda: _across(desk, story, since)) if story else Across()
    return ChangesPage(
        asked=asked,
        since=since,
        articles=tuple(map(filling.article, articles)),
        articles_total=total,
        pending=desk.comparing.pending(),
        across=across,
        terms=tuple(map(filling.term, terms)),
        positions=tuple(map(filling.position, positions)),
        meetings=tuple(map(filling.meeting, meetings)),
    )


def _week_before(desk: Desk) -> str:
    with desk.ledger.asking() as connection:
        last = connection.execute(select(func.max(tables.article.c.day))).scalar_one()
    try:
        return (date.fromisoformat(last[:10]) - timedelta(days=_BACK)).isoformat() if last else date.today().isoformat()
    except ValueError:
        return str(last)[:4]


def _across(desk: Desk, story: Reconciled, since: str) -> Across:
    """What holds across articles and is new or different; of each part the first lines."""
    found = _Found(story, desk.memo("days of articles", lambda: days_of(desk)), since)
    return Across(
        terms=_few(found.terms()),
        meetings=_few(found.meetings()),
        contradictions=_few(found.contradictions()),
        drifts=_few(found.drifts()),
        gained=_few(found.gained()),
        quiet=_few(found.quiet()),
    )


def _few(rows: Iterable[T]) -> tuple[T, ...]:
    return tuple(islice(rows, _MOST))


class _Found:
    """What holds across articles, as far as it is of a day or later; each part found when it is asked for."""

    def __init__(self, story: Reconciled, days: Mapping[str, str], since: str) -> None:
        self.story, self.days, self.since = story, days, since

    def late(self, article: str) -> bool:
        return self.days.get(article, "") >= self.since

    def terms(self) -> Iterator[ChangeRow]:
        """What a later version of a plan has otherwise."""
        for change in self.story.changes:
            at = change.after_at or change.before_at
            if at is not None and self.late(at[0]):
                yield ChangeRow(
                    plan=change.plan,
                    topic=change.topic,
                    kind=change.kind.value,
                    what=change.what,
                    before=self._place(change.before_at),
                    after=self._place(change.after_at),
                )

    def meetings(self) -> Iterator[MeetingChange]:
        """Encounters of which it is told otherwise than before."""
        for move in self.story.moves:
            after = self._encounter(*move.after_at) if self.late(move.after_at[0]) else None
            if after is not None:
                before = self._encounter(*move.before_at)
                what = f"{move.before} → {move.after}"
                yield MeetingChange(
                    participants=move.participants, kind="otherwise", what=what, before=before, after=after
                )

    def contradictions(self) -> Iterator[ClashRow]:
        """What cannot both be so, where one of the two is new."""
        for found in self.story.contradictions:
            if self.late(found.a.article) or self.late(found.b.article):
                a, b = (place_in(side.article, side.spans, self.story) for side in (found.a, found.b))
                yield ClashRow(about=found.about, why=found.why, a=a, b=b)

    def drifts(self) -> Iterator[DriftRow]:
        """Claims that grew surer or less sure on their way, or lost their source."""
        for drift in (d for home in self.story.homes_since(self.since) for d in home.drifts):
            if self.late(drift.b.article):
                what = f"{drift.before} to {drift.after}" if drift.after else drift.before
                before, after = self._statement(drift.a), self._statement(drift.b)
                yield DriftRow(claim=drift.claim, kind=drift.kind, what=what, before=before, after=after)

    def gained(self) -> Iterator[ClaimNews]:
        """Claims with an origin that they had not before the day."""
        for claim in self.story.shared:
            old = [t for t in claim.traces if not self.late(t.member.article)]
            known = {t.origin for t in old}
            new = [t for t in claim.traces if self.late(t.member.article) and t.origin not in known]
            if old and new:
                names = "; ".join(dict.fromkeys(t.origin for t in new))
                yield self._news(claim, f"now from {names} too", new[0].member, old[0].member)

    def quiet(self) -> Iterator[ClaimNews]:
        """Claims that several articles made in the weeks before the day, and none since."""
        earliest = _days_before(self.since, _QUIET_WITHIN)
        for claim in self.story.shared:
            articles = {m.article for m in claim.members}
            last = max(self.days.get(id, "") for id in articles)
            if len(articles) >= _QUIET_AFTER and earliest <= last < self.since:
                yield self._news(claim, f"last told on {wording.day(last)}", claim.members[-1], None)

    def _news(self, claim: Claim, what: str, member: Member, before: Member | None) -> ClaimNews:
        return ClaimNews(
            id=claim.id,
            summary=claim.gist,
            what=what,
            place=self._statement(member),
            before=self._statement(before) if before else None,
        )

    def _place(self, at: tuple[str, Spans] | None) -> Quote | None:
        return place_in(at[0], at[1], self.story) if at else None

    def _statement(self, member: Member) -> Quote:
        said = next(s for s in self.story.readings[member.article].statements if s.id == member.statement)
        return place_in(member.article, said.content, self.story)

    def _encounter(self, article: str, local: str) -> Quote | None:
        held = (e for e in self.story.readings[article].encounters if e.id == local)
        return next((place_in(article, e.spans, self.story) for e in held), None)


def _days_before(day: str, number: int) -> str:
    try:
        return (date.fromisoformat(day) - timedelta(days=number)).isoformat()
    except ValueError:
        return ""

"""The morning brief: what is new or different in a ledger since a day, each line with its sentences.

Everything here is looked up by its day, and only what is shown is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from sqlalchemy import func, select

from reportedly.ledger import Ledger, tables
from reportedly.ledger.quoting import At, Quoted, Stretch, quote_items, quote_spans
from reportedly.reconciliation.news import ClaimGain, News, Part, Turn
from reportedly.reconciliation.shelves import Short
from reportedly.reconciliation.shifts import Shift
from reportedly.records import Change, Contradiction, Drift, Member
from reportedly.views import wording
from reportedly.views.claims import summary
from reportedly.views.pages import ChangeRow, ClashRow, Place
from reportedly.views.reconciled_pages import ChangesPage, ClaimNews, DriftRow, MeetingChange, StanceRow

Line = TypeVar("Line")
Row = TypeVar("Row")

MOST = 25
"""Lines of a part; how many more there are is said."""

WEEK = 7


def changes_since(
    ledger: Ledger,
    *,
    since: str | None = None,
    most: int = MOST,
    quote: Callable[[Quoted], Place] | None = None,
) -> ChangesPage:
    """All that articles of that day and later tell anew or otherwise; a week before the newest where none is given.

    It tells of what was derived when the ledger was last reconciled, and takes the time of what it shows, not of what
    there is. `most` are the lines of a part; `quote` makes the places that are shown, plain ones otherwise.
    """
    day = tables.article.c.day
    current = tables.article.c.superseded_by.is_(None)
    with ledger.asking() as connection:
        number, newest = connection.execute(select(func.count(), func.max(day)).where(current)).one()
        start = since or _week_before(newest or "")
        added = connection.execute(select(func.count()).where(current, day >= start)).scalar_one()
    return _Page(ledger, News(ledger, start, most=most), quote or place_of).page(articles=number, added=added)


def _week_before(day: str) -> str:
    try:
        return (date.fromisoformat(day) - timedelta(days=WEEK)).isoformat()
    except ValueError:
        return day


def place_of(quoted: Quoted) -> Place:
    """A quoted place as it is shown."""
    return Place(
        article=quoted.name,
        outlet=quoted.outlet,
        published=quoted.published,
        words=quoted.words,
        spans=quoted.spans,
        sentence=quoted.sentence,
    )


class _Page:
    """The news with all places that they are shown by, which are looked up at once."""

    def __init__(self, ledger: Ledger, news: News, quote: Callable[[Quoted], Place]) -> None:
        self._ledger, self._news, self._quote = ledger, news, quote

    def page(self, *, articles: int, added: int) -> ChangesPage:
        """The page, all parts in it."""
        more: dict[str, int] = {}

        def rows(name: str, part: Part[Line], row: Callable[[Line], Row]) -> tuple[Row, ...]:
            if part.more:
                more[name] = part.more
            return tuple(map(row, part.lines))

        news = self._news
        page = ChangesPage(
            since=news.since,
            articles=articles,
            added=added,
            terms=rows("terms", news.terms, self._term),
            stances=rows("stances", news.shifts, self._shift),
            drifts=rows("drifts", news.drifts, self._drift),
            meetings=rows("meetings", news.meetings, self._meeting),
            contradictions=rows("contradictions", news.contradictions, self._clash),
            new_claims=rows("new_claims", news.claims, lambda claim: self._claim(claim, "", claim.first)),
            gained=rows("gained", news.gained, self._gained),
            quiet=rows("quiet", news.quiet, self._quiet),
            more=(),
        )
        return replace(page, more=tuple(more.items()))

    def _term(self, change: Change) -> ChangeRow:
        before, after = (self._stretch(at) if at else None for at in (change.before_at, change.after_at))
        return ChangeRow(
            plan=change.plan, topic=change.topic, kind=change.kind.value, what=change.what, before=before, after=after
        )

    def _shift(self, shift: Shift) -> StanceRow:
        return StanceRow(
            party=shift.after.party,
            topic=shift.after.topic.value,
            kind=shift.kind,
            before_stance=shift.before.stance.value,
            after_stance=shift.after.stance.value,
            before=self._item("position", shift.before.at),
            after=self._item("position", shift.after.at),
        )

    def _drift(self, drift: Drift) -> DriftRow:
        what = wording.way(drift.before, drift.after)
        before, after = self._statement(drift.a), self._statement(drift.b)
        return DriftRow(claim=drift.claim, kind=drift.kind, what=what, before=before, after=after)

    def _meeting(self, turn: Turn) -> MeetingChange:
        after = turn.stage.after
        what = f"{turn.before.told} → {after.told}" if turn.before else wording.when(after.when)
        return MeetingChange(
            participants=turn.stage.participants,
            kind=turn.kind,
            what=what,
            before=self._item("encounter", turn.before.at) if turn.before else None,
            after=self._item("encounter", after.at),
        )

    def _clash(self, found: Contradiction) -> ClashRow:
        """A contradiction with both sentences, the earlier one first."""
        places = [self._stretch((side.article, side.spans)) for side in (found.a, found.b)]
        a, b = sorted(places, key=lambda place: (place.published or "", place.article, place.spans))
        return ClashRow(about=found.about, why=found.why, a=a, b=b)

    def _gained(self, found: ClaimGain) -> ClaimNews:
        names = "; ".join(gain.origin for gain in found.gains)
        first = found.gains[0]
        return self._claim(found.claim, f"now from {names} too", first.after, before=first.before)

    def _quiet(self, claim: Short) -> ClaimNews:
        last = self._statement(claim.last)
        return self._claim(claim, f"last told on {wording.day(last.published)}", claim.last)

    def _claim(self, claim: Short, what: str, member: Member, *, before: Member | None = None) -> ClaimNews:
        return ClaimNews(
            id=claim.id,
            summary=summary(claim, claim.outlets),
            what=what,
            place=self._statement(member),
            before=self._statement(before) if before else None,
        )

    def _statement(self, member: Member) -> Place:
        return self._item("statement", (member.article, member.statement))

    def _item(self, kind: str, at: At) -> Place:
        return self._quote(self._items[kind][at])

    def _stretch(self, at: Stretch) -> Place:
        return self._quote(self._stretches[at])

    @cached_property
    def _items(self) -> Mapping[str, Mapping[At, Quoted]]:
        wanted = {
            "statement": set(self._statements()),
            "position": {s.at for shift in self._news.shifts.lines for s in (shift.before, shift.after)},
            "encounter": {t.at for turn in self._news.meetings.lines for t in (turn.before, turn.stage.after) if t},
        }
        with self._ledger.asking() as connection:
            return {kind: quote_items(connection, kind, items) for kind, items in wanted.items()}

    def _statements(self) -> Iterator[At]:
        news = self._news
        members = [m for drift in news.drifts.lines for m in (drift.a, drift.b)]
        members += [claim.first for claim in news.claims.lines] + [claim.last for claim in news.quiet.lines]
        members += [m for found in news.gained.lines for m in (found.gains[0].before, found.gains[0].after)]
        return ((m.article, m.statement) for m in members)

    @cached_property
    def _stretches(self) -> Mapping[Stretch, Quoted]:
        news = self._news
        wanted = {at for change in news.terms.lines for at in (change.before_at, change.after_at) if at}
        wanted |= {(side.article, side.spans) for c in news.contradictions.lines for side in (c.a, c.b)}
        with self._ledger.asking() as connection:
            return quote_spans(connection, wanted)

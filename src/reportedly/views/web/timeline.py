"""The timeline: articles, encounters past and scheduled, and plan versions by day."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain

from sqlalchemy import func, or_, select

from reportedly.ledger import browsing, queries, tables
from reportedly.ledger.queries import Scope, in_scope
from reportedly.views.web import filling
from reportedly.views.web.asking import Asked
from reportedly.views.web.desk import Desk
from reportedly.views.web.pages import DayRow, MeetingEntry, TimelinePage

DAYS = 20
"""Days on one page."""

PER_DAY = 5
MEETINGS = 10
UNDATED = 25


def timeline_page(desk: Desk, asked: Asked) -> TimelinePage:
    """The days, the newest first."""
    return desk.memo(("timeline", asked), lambda: _timeline(desk, asked))


def _timeline(desk: Desk, asked: Asked) -> TimelinePage:
    published = desk.memo(("days", asked.query()), lambda: _published(desk, asked))
    met = desk.memo(("meeting days", asked.query()), lambda: _met(desk, asked))
    every = sorted({d.day for d in published} | {day for day, _, _ in met}, reverse=True)
    shown = every[(asked.page - 1) * DAYS : asked.page * DAYS]
    met_on = _encounters(desk, asked, shown[-1], shown[0]) if shown else {}
    return TimelinePage(
        asked=asked,
        days=tuple(_day(desk, asked, day, met_on.get(day, [])) for day in shown),
        total=len(every),
        published=published,
        meeting_days=met,
        undated=_undated(desk, asked) if asked.page * DAYS >= len(every) else (),
    )


def _published(desk: Desk, asked: Asked) -> tuple[browsing.Day, ...]:
    with desk.ledger.asking() as connection:
        return browsing.days(connection, asked.scope())


def _everywhere(asked: Asked) -> Scope:
    """The scope without its days: an encounter has a day of its own."""
    return {"story": asked.story, "outlet": asked.outlet}


def _met(desk: Desk, asked: Asked) -> tuple[tuple[str, str, int], ...]:
    """Day, status and number of the encounters."""
    encounter, article = tables.encounter, tables.article
    day = func.coalesce(encounter.c.first_day, encounter.c.last_day)
    wanted = select(day, encounter.c.status, func.count()).join(article, article.c.number == encounter.c.article)
    wanted = wanted.where(*in_scope(_everywhere(asked)), day.is_not(None))
    if asked.since:
        wanted = wanted.where(day >= asked.since)
    if asked.until:
        wanted = wanted.where(day < f"{asked.until}~")
    with desk.ledger.asking() as connection:
        rows = connection.execute(wanted.group_by(day, encounter.c.status).order_by(day)).all()
    return tuple((day, status, number) for day, status, number in rows)


def _day(desk: Desk, asked: Asked, day: str, met: list[int]) -> DayRow:
    """What is of a day; `met` are the numbers of its encounters."""
    this: Scope = {**asked.scope(limit=PER_DAY), "since": day, "until": day}
    with desk.ledger.asking() as connection:
        number = queries.count_articles(connection, this)
        articles = queries.find_articles(connection, this)
        plans = queries.find_plans(connection, this)
        wanted = tables.encounter.c.number.in_(met[:MEETINGS])
        meetings = queries.find_encounters(connection, {"superseded": True}, wanted) if met else ()
    return DayRow(
        day=day,
        articles=tuple(map(filling.article, articles)),
        meetings=_once(tuple(map(filling.meeting, meetings))),
        plans=tuple(map(filling.plan_version, plans)),
        more=number - len(articles),
        more_meetings=len(met) - len(meetings),
    )


def _encounters(desk: Desk, asked: Asked, first: str, last: str) -> dict[str, list[int]]:
    """The numbers of the encounters of each day from the first to the last."""
    encounter, article = tables.encounter, tables.article
    day = func.coalesce(encounter.c.first_day, encounter.c.last_day)
    wanted = select(day, encounter.c.number).join(article, article.c.number == encounter.c.article)
    wanted = wanted.where(*in_scope(_everywhere(asked)), day >= first, day <= last)
    found: dict[str, list[int]] = defaultdict(list)
    with desk.ledger.asking() as connection:
        for day_of, number in connection.execute(wanted.order_by(encounter.c.number)):
            found[day_of].append(number)
    return found


def _once(rows: tuple[MeetingEntry, ...]) -> tuple[MeetingEntry, ...]:
    """One meeting told in several articles alike is one row, and the first telling is shown."""
    told: dict[object, list[MeetingEntry]] = defaultdict(list)
    for row in rows:
        told[frozenset(row.participants), row.where, row.when, row.status].append(row)
    return tuple(chain.from_iterable(same[:1] for same in told.values()))


def _undated(desk: Desk, asked: Asked) -> tuple[MeetingEntry, ...]:
    encounter = tables.encounter
    none = or_(encounter.c.first_day.is_(None), encounter.c.first_day == "") & encounter.c.last_day.is_(None)
    with desk.ledger.asking() as connection:
        rows = queries.find_encounters(connection, asked.scope(limit=UNDATED), none)
    return tuple(map(filling.meeting, rows))

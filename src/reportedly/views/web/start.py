"""The first page: what the ledger holds; an empty one says how to add."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, or_

from reportedly.ledger import browsing, queries, tables
from reportedly.views.web import filling
from reportedly.views.web.asking import Asked
from reportedly.views.web.desk import Desk, cut
from reportedly.views.web.pages import ArticlesPage, MeetingEntry, StartPage

_FEW = 8
ROWS = 50


def start_page(desk: Desk, asked: Asked) -> StartPage:
    """What there is."""
    return desk.memo(("start", date.today()), lambda: _start(desk))


def _start(desk: Desk) -> StartPage:
    with desk.ledger.asking() as connection:
        totals = browsing.totals(connection, {})
        plans = browsing.plan_names(connection, {"limit": _FEW})
        parties = browsing.party_names(connection, {"limit": _FEW * 2})
        days = browsing.days(connection, {})
        newest = queries.find_articles(connection, {"limit": _FEW}, newest=True)
    return StartPage(
        name=desk_name(desk),
        totals=totals,
        stories=desk.ledger.stories(),
        plans=plans,
        parties=parties,
        newest=tuple(map(filling.article, newest)),
        coming=_coming(desk),
        days=days,
    )


def desk_name(desk: Desk) -> str:
    """What the ledger is called: the name of its file, without where it lies."""
    return name_of(desk.ledger.where)


def name_of(where: str) -> str:
    """The last part of a path or URL, without its ending."""
    last = where.replace("\\", "/").rstrip("/").rpartition("/")[2].partition("?")[0]
    return last.removesuffix(".db") or "ledger"


def _coming(desk: Desk) -> tuple[MeetingEntry, ...]:
    """Scheduled encounters that are not past by the newest article's own day."""
    encounter, article = tables.encounter, tables.article
    with desk.ledger.asking() as connection:
        last = connection.execute(func.max(article.c.day).select()).scalar_one()
        if last is None:
            return ()
        ahead = or_(encounter.c.first_day >= last, encounter.c.last_day >= last)
        rows = queries.find_encounters(
            connection, {"limit": _FEW}, encounter.c.status.in_(("scheduled", "ongoing")), ahead
        )
    return tuple(map(filling.meeting, rows))


def articles_page(desk: Desk, asked: Asked) -> ArticlesPage:
    """The articles, the newest first."""
    with desk.ledger.asking() as connection:
        total = queries.count_articles(connection, asked.scope())
        rows = queries.find_articles(connection, asked.paged(ROWS), newest=True)
    return ArticlesPage(asked=asked, total=total, rows=cut([filling.article(row) for row in rows], ROWS))

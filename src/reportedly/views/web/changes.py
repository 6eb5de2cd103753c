"""Changes since a day: new articles, what differs in plans and stances, what came to pass, what contradicts what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from reportedly.ledger import Scope, queries
from reportedly.views.changes import changes_since
from reportedly.views.web import filling
from reportedly.views.web.asking import Asked
from reportedly.views.web.desk import Desk
from reportedly.views.web.pages import Across, ChangesPage, Quote

_FEW = 25
"""Terms, positions, meetings and articles that are listed; the rest is searched for."""

_MOST = 15
"""Lines of a part of what holds across articles."""

_AMONG = 150
"""Lines among which those of one story are looked for."""


def changes_page(desk: Desk, asked: Asked) -> ChangesPage:
    """What is new or different since a day; a week before the newest article where none is given."""
    desk.comparing.story()
    key = ("changes", asked.since, asked.story, desk.comparing.turn)
    since, across = desk.memo(key, lambda: _across(desk, asked))
    scope: Scope = {**asked.scope(limit=_FEW), "since": since}
    with desk.ledger.asking() as connection:
        total = queries.count_articles(connection, scope)
        articles = queries.find_articles(connection, scope, newest=True)
        terms = queries.find_terms(connection, scope)
        positions = queries.find_positions(connection, scope)
        meetings = queries.find_encounters(connection, scope)
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


def _across(desk: Desk, asked: Asked) -> tuple[str, Across]:
    """The day since when, and what holds across articles and is new or different since then."""
    most = _AMONG if asked.story else _MOST
    told = changes_since(desk.ledger, since=asked.since, most=most, quote=filling.quote_of)
    ids = None
    if asked.story:
        ids = {row.id for row in desk.ledger.articles(story=asked.story)}
    parts = {part.name: _few(getattr(told, part.name), ids) for part in fields(Across) if part.name != "more"}
    return told.since, Across(**parts, more=() if asked.story else told.more)


def _few(rows: tuple[Any, ...], articles: Collection[str] | None) -> tuple[Any, ...]:
    """The first lines, of all or of those that stand in one of the articles."""
    if articles is None:
        return rows
    return tuple(row for row in rows if any(place.article_id in articles for place in _places(row)))[:_MOST]


def _places(row: Any) -> list[Quote]:
    held = (getattr(row, field.name) for field in fields(row))
    return [place for place in held if isinstance(place, Quote)]

"""Changes since a day: new articles, what differs in plans, what came to pass, what contradicts what."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func

from reportedly.ledger import queries, tables
from reportedly.reconciliation import Reconciled
from reportedly.records import Change as Changed
from reportedly.records import Spans
from reportedly.views.web import filling
from reportedly.views.web.asking import Asked
from reportedly.views.web.claims import clashes, place_in, reconciled
from reportedly.views.web.desk import Desk
from reportedly.views.web.pages import Change, ChangesPage, Quote

_FEW = 25
_BACK = 7
"""Days that are looked back from the newest article where no day is given."""


def changes_page(desk: Desk, asked: Asked) -> ChangesPage:
    """What is new or different since a day; a week before the newest article where none is given."""
    since = asked.since or _week_before(desk)
    scope = {**asked.scope(limit=_FEW), "since": since}
    with desk.ledger.asking() as connection:
        total = queries.count_articles(connection, {**scope, "limit": None})  # type: ignore[typeddict-item]
        articles = queries.find_articles(connection, scope, newest=True)  # type: ignore[arg-type]
        terms = queries.find_terms(connection, scope)  # type: ignore[arg-type]
        positions = queries.find_positions(connection, scope)  # type: ignore[arg-type]
        meetings = queries.find_encounters(connection, scope)  # type: ignore[arg-type]
    story = reconciled(desk)
    return ChangesPage(
        asked=asked,
        since=since,
        articles=tuple(map(filling.article, articles)),
        articles_total=total,
        changes=tuple(_changes(story, since)),
        terms=tuple(map(filling.term, terms)),
        positions=tuple(map(filling.position, positions)),
        meetings=tuple(map(filling.meeting, meetings)),
        clashes=clashes(story, _new_clashes(story, since))[:_FEW],
    )


def _week_before(desk: Desk) -> str:
    with desk.ledger.asking() as connection:
        last = connection.execute(func.max(tables.article.c.day).select()).scalar_one()
    try:
        return (date.fromisoformat(last[:10]) - timedelta(days=_BACK)).isoformat() if last else date.today().isoformat()
    except ValueError:
        return str(last)[:4]


def _day(story: Reconciled, article: str) -> str:
    return story.readings[article].document.published or "9999"


def _changes(story: Reconciled, since: str) -> list[Change]:
    found = [c for c in story.story.changes if _late(story, c, since)]
    moved = [
        Change(
            sort="encounter",
            about=", ".join(m.participants),
            kind="status",
            what=f"{m.before} → {m.after}",
            before=_encounter(story, *m.before_at),
            after=_encounter(story, *m.after_at),
        )
        for m in story.story.moves
        if _day(story, m.after_at[0]) >= since
    ]
    return [_change(story, c) for c in found[:100]] + moved[:100]


def _encounter(story: Reconciled, article: str, local: str) -> Quote | None:
    held = next((e for e in story.readings[article].encounters if e.id == local), None)
    return place_in(article, held.spans, story) if held else None


def _late(story: Reconciled, change: Changed, since: str) -> bool:
    at = change.after_at or change.before_at
    return at is not None and _day(story, at[0]) >= since


def _change(story: Reconciled, change: Changed) -> Change:
    return Change(
        sort="term",
        about=f"{change.plan}: {change.topic.replace('_', ' ')}",
        kind=change.kind.value,
        what=change.what,
        before=_place(story, change.before_at),
        after=_place(story, change.after_at),
    )


def _place(story: Reconciled, at: tuple[str, Spans] | None) -> Quote | None:
    return place_in(at[0], at[1], story) if at else None


def _new_clashes(story: Reconciled, since: str) -> list:  # type: ignore[type-arg]
    return [c for c in story.story.contradictions if max(_day(story, c.a.article), _day(story, c.b.article)) >= since]

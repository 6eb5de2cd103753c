"""Changes since a day: new articles, what differs in plans, what came to pass, what contradicts what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import func, select

from reportedly.ledger import Scope, queries, tables
from reportedly.reconciliation import Reconciled
from reportedly.records import Change as Changed
from reportedly.records import Contradiction, Move, Spans
from reportedly.views.web import filling
from reportedly.views.web.asking import Asked
from reportedly.views.web.claims import clashes, place_in
from reportedly.views.web.desk import Desk
from reportedly.views.web.pages import Change, ChangesPage, Clash, Quote

_FEW = 25
_MOST = 40
_CLASHES = 15
_BACK = 7
"""Days that are looked back from the newest article where no day is given."""


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
    changes, contradictions = desk.memo(("changes", since, id(story)), lambda: _across(desk, story, since))
    return ChangesPage(
        asked=asked,
        since=since,
        articles=tuple(map(filling.article, articles)),
        articles_total=total,
        pending=desk.comparing.pending(),
        changes=changes,
        terms=tuple(map(filling.term, terms)),
        positions=tuple(map(filling.position, positions)),
        meetings=tuple(map(filling.meeting, meetings)),
        clashes=contradictions,
    )


def _week_before(desk: Desk) -> str:
    with desk.ledger.asking() as connection:
        last = connection.execute(select(func.max(tables.article.c.day))).scalar_one()
    try:
        return (date.fromisoformat(last[:10]) - timedelta(days=_BACK)).isoformat() if last else date.today().isoformat()
    except ValueError:
        return str(last)[:4]


def _across(desk: Desk, story: Reconciled | None, since: str) -> tuple[tuple[Change, ...], tuple[Clash, ...]]:
    """What differs and what contradicts, of the articles that appeared since then."""
    if story is None:
        return (), ()
    late = _since(desk, since)
    changes = [c for c in story.changes if (c.after_at or c.before_at or ("",))[0] in late][:_MOST]
    moves = [m for m in story.moves if m.after_at[0] in late][:_MOST]
    found: list[Contradiction] = [c for c in story.contradictions if {c.a.article, c.b.article} & late]
    shown = (*(_change(story, c) for c in changes), *(_moved(story, m) for m in moves))
    return shown, clashes(story, islice(found, _CLASHES))


def _since(desk: Desk, since: str) -> set[str]:
    with desk.ledger.asking() as connection:
        return set(connection.execute(select(tables.article.c.id).where(tables.article.c.day >= since)).scalars())


def _moved(story: Reconciled, move: Move) -> Change:
    return Change(
        sort="encounter",
        about=", ".join(move.participants),
        kind="status",
        what=f"{move.before} → {move.after}",
        before=next(_encounter(story, *move.before_at), None),
        after=next(_encounter(story, *move.after_at), None),
    )


def _encounter(story: Reconciled, article: str, local: str) -> Iterator[Quote]:
    for held in story.readings[article].encounters:
        if held.id == local:
            yield place_in(article, held.spans, story)


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

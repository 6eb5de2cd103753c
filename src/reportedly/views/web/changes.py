"""Changes since a day: new articles, what differs in plans and stances, what came to pass, what contradicts what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from sqlalchemy import func, select

from reportedly.ledger import Row, Scope, queries, tables
from reportedly.ledger.identity import name_key
from reportedly.reconciliation import Reconciled
from reportedly.records import Spans, Topic
from reportedly.views.changes import Parts
from reportedly.views.claims import Telling
from reportedly.views.from_reading import Filler
from reportedly.views.pages import Place
from reportedly.views.reconciled_pages import MeetingChange, StanceRow
from reportedly.views.web import filling
from reportedly.views.web.asking import Asked
from reportedly.views.web.claims import place_in
from reportedly.views.web.desk import Desk
from reportedly.views.web.pages import Across, ChangesPage, Quote

_FEW = 25
_MOST = 15
"""Lines of a part of what holds across articles."""

_PAIRS = 40
"""Parties and topics whose stances are looked back on."""

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
    across = desk.memo(("changes", since, id(story)), lambda: _across(desk, story, since)) if story else Across()
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


class _Quoting(Filler):
    """Fills places that can be opened."""

    def __init__(self, article: str, story: Reconciled) -> None:
        super().__init__(story.readings[article])
        self._article, self._story = article, story

    def place(self, spans: Spans) -> Quote:
        return place_in(self._article, spans, self._story)


class _Telling(Telling):
    """What is derived, its places such as can be opened."""

    def filler(self, article: str) -> Filler:
        if article not in self._fillers:
            self._fillers[article] = _Quoting(article, self.found)
        return self._fillers[article]

    def place_of(self, row: Row) -> Quote:
        return filling.quote_of(row)


def _across(desk: Desk, story: Reconciled, since: str) -> Across:
    """What holds across articles and is new or different; of each part the first lines."""
    rows = desk.memo("rows of articles", lambda: {row.id: row for row in desk.ledger.articles()})
    telling = _Telling(desk.ledger, story, rows=rows)
    parts = Parts(telling, since)
    return Across(
        terms=_few(parts.terms()),
        stances=_few(_stances(desk, parts, since)),
        drifts=_few(parts.drifts()),
        meetings=_few(_moves(parts)),
        contradictions=_few(parts.contradictions()),
        gained=_few(parts.gained()),
        quiet=_few(parts.quiet()),
    )


def _few(rows: Iterable[T]) -> tuple[T, ...]:
    return tuple(islice(rows, _MOST))


def _stances(desk: Desk, parts: Parts, since: str) -> Iterator[StanceRow]:
    """Parties that came nearer to the other side, or went farther from it; those with the newest positions first."""
    position, article = tables.position, tables.article
    late = select(position.c.party, position.c.topic).join(article, article.c.number == position.c.article)
    late = late.where(article.c.day >= since, position.c.topic != Topic.OTHER.value)
    late = late.group_by(position.c.party, position.c.topic).order_by(func.max(article.c.day).desc())
    with desk.ledger.asking() as connection:
        pairs = connection.execute(late.limit(_PAIRS)).all()
    for party, topic in pairs:
        with desk.ledger.asking() as connection:
            held = (queries.acted_by("position", name_key(party)), position.c.topic == topic)
            rows = queries.find_positions(connection, {"limit": 200}, *held)
        dated = sorted((r for r in rows if r.published), key=lambda r: (r.published or "", r.id))
        yield from parts.moved(party, Topic(topic), dated)


def _moves(parts: Parts) -> Iterator[MeetingChange]:
    """Encounters of which it is told otherwise than before."""
    for move in parts.found.moves:
        if not parts.late(move.after_at[0]):
            continue
        before, after = (_encounter(parts, *at) for at in (move.before_at, move.after_at))
        if after is not None:
            what = f"{move.before} → {move.after}"
            yield MeetingChange(participants=move.participants, kind="otherwise", what=what, before=before, after=after)


def _encounter(parts: Parts, article: str, local: str) -> Place | None:
    filler = parts.telling.filler(article)
    held = (e for e in filler.reading.encounters if e.id == local)
    return next((filler.place(e.spans) for e in held), None)

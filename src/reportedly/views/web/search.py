"""Search: full text, and by field. Every count on the desk opens here on its sentences."""

from __future__ import annotations

from typing import Any

from reportedly.ledger import browsing, queries, tables
from reportedly.ledger.identity import name_key
from reportedly.ledger.queries import Condition
from reportedly.views.web import filling
from reportedly.views.web.asking import Asked, Kind
from reportedly.views.web.desk import Desk, cut
from reportedly.views.web.pages import SearchPage

ROWS = 25


def search_page(desk: Desk, asked: Asked) -> SearchPage:
    """What was asked for: sentences by their words, or things by their fields."""
    kind = asked.kind or (Kind.STATEMENTS if _by_field(asked) else Kind.SENTENCES)
    with desk.ledger.asking() as connection:
        articles = queries.count_articles(connection, asked.scope())
    found: dict[str, Any] = {"hits": (), "statements": (), "terms": (), "positions": (), "meetings": ()}
    total, all_words = None, True
    if kind is Kind.SENTENCES:
        hits = desk.ledger.search(asked.q, **asked.scope(limit=asked.page * ROWS + 1)) if asked.q else ()
        all_words = all(hit.all_words for hit in hits)
        found["hits"] = tuple(map(filling.hit, hits[(asked.page - 1) * ROWS :]))[: ROWS + 1]
    else:
        total, found[kind.value] = _fielded(desk, asked, kind)
    return SearchPage(asked=asked, articles=articles, total=total, all_words=all_words, **found)


def _by_field(asked: Asked) -> bool:
    fields = (asked.source, asked.party, asked.topic, asked.certainty, asked.act, asked.named, asked.outlet)
    return any(fields)


def _fielded(desk: Desk, asked: Asked, kind: Kind) -> tuple[int, tuple[Any, ...]]:
    """How many things of that kind there are, and the page's."""
    sort, find, fill = _SORTS[kind]
    conditions = _conditions(asked, sort)
    with desk.ledger.asking() as connection:
        total = browsing.how_many(connection, sort, asked.scope(), *conditions)
        rows = find(connection, asked.paged(ROWS), *conditions)
    return total, cut(tuple(map(fill, rows)), ROWS)


_SORTS: dict[Kind, Any] = {
    Kind.STATEMENTS: ("statement", queries.find_statements, filling.statement),
    Kind.TERMS: ("term", queries.find_terms, filling.term),
    Kind.POSITIONS: ("position", queries.find_positions, filling.position),
    Kind.MEETINGS: ("encounter", queries.find_encounters, filling.meeting),
}


def _conditions(asked: Asked, sort: str) -> list[Condition]:
    table = tables.metadata.tables[sort]
    conditions: list[Condition] = []
    if asked.party is not None and sort == "statement":
        conditions.append(queries.spoken_by(name_key(asked.party)))
    elif asked.party is not None:
        conditions.append(queries.acted_by(sort, name_key(asked.party)))
    if asked.plan is not None and sort == "term":
        conditions.append(queries.of_plan(asked.plan, ()))
    if asked.place is not None and sort == "encounter":
        conditions.append(_at(asked.place))
    if asked.topic is not None and "topic" in table.c:
        conditions.append(table.c.topic == asked.topic.value)
    if asked.q:
        conditions += [table.c.sentence.icontains(word, autoescape=True) for word in asked.q.replace('"', " ").split()]
    if sort == "statement":
        if asked.certainty is not None:
            conditions.append(table.c.certainty_source == asked.certainty.value)
        source = name_key(asked.source) if asked.source else None
        conditions += browsing.spoken(source=source, named=asked.named, act=asked.act, last=bool(asked.last))
    elif asked.certainty is not None:
        conditions.append(queries.surely(sort, asked.certainty.value))
    return conditions


NOWHERE = "-"
"""What the address calls meetings without a place."""


def _at(place: str) -> Condition:
    held = tables.encounter.c.place
    return held.is_(None) if place == NOWHERE else held == place

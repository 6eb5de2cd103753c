"""Versions of an article: which articles are one work, and which of them is the newer.

Articles of one URL are versions of one work. Without a URL, those of one outlet and name are, if their texts are
alike: two folders may both hold a `1.txt`. The later day is the newer version; of one day, what was met first is the
older.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select, update

from reportedly.ledger.tables import article

ALIKE = 0.3
"""The share of the shorter text's word triples that the longer one must hold too."""

_WORD = re.compile(r"\w+")


def link_versions(connection: Connection, number: int) -> tuple[str | None, str | None]:
    """Link the article of that number with its versions; returns the ids just before and just after it."""
    rows = _same_work(connection, number)
    own = next(row for row in rows if row.number == number)
    family = rows if own.url or len(rows) == 1 else _alike(connection, own, rows)
    before: dict[str, str | None] = {}
    after: dict[str, str | None] = {}
    ids = [None, *(row.id for row in family), None]
    for row, previous, following in zip(family, ids, ids[2:], strict=False):
        before[row.id], after[row.id] = previous, following
        if (row.version_of, row.superseded_by) != (previous, following):
            change = {"version_of": previous, "superseded_by": following}
            connection.execute(update(article).where(article.c.number == row.number).values(change))
    return before[own.id], after[own.id]


def _same_work(connection: Connection, number: int) -> list[Any]:
    """The articles that share the work key of that one, the oldest first."""
    fields = ("number", "id", "url", "version_of", "superseded_by")
    work = select(article.c.work).where(article.c.number == number).scalar_subquery()
    order = (article.c.day, article.c.first_seen, article.c.id)
    wanted = select(*(article.c[field] for field in fields)).where(article.c.work == work)
    return list(connection.execute(wanted.order_by(*order)))


def _alike(connection: Connection, own: Any, rows: list[Any]) -> list[Any]:
    """Of the rows, those whose texts are like the article's own, and the versions that they are linked to."""
    texts = select(article.c.number, article.c.text).where(article.c.number.in_([row.number for row in rows]))
    triples = {number: _triples(text) for number, text in connection.execute(texts)}
    mine = triples[own.number]
    wanted = {row.id for row in rows if row is own or _share(mine, triples[row.number]) >= ALIKE}
    family = _linked(wanted, rows)
    return [row for row in rows if row.id in family]


def _linked(ids: set[str], rows: Iterable[Any]) -> set[str]:
    """The ids and all that are linked to them already, at however many removes."""
    links = [{row.id, row.version_of} - {None} for row in rows] + [{row.id, row.superseded_by} - {None} for row in rows]
    linked, size = set(ids), 0
    while len(linked) > size:
        size = len(linked)
        for link in links:
            linked |= link if link & linked else set()
    return linked


def _triples(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False)) or {tuple(words)}


def _share(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    return len(one & other) / min(len(one), len(other))

"""Rows back into readings, exactly as they were added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from reportedly.ledger import tables
from reportedly.records import Reading, from_json
from reportedly.records.codec import SCHEMA

Values = dict[str, Any]

_PLAIN = {
    tables.source: ("name", "kind", "named", "count", "at_least", "party", "mentions", "ref"),
    tables.statement: (
        "piece",
        "source",
        "cue",
        "addressee",
        "mode",
        "act",
        "parent",
        "hedges",
        "confidence",
        "method",
    ),
    tables.plan: ("name", "authors", "points", "first_reported_by", "spans"),
    tables.term: (
        *("plan", "points", "points_basis", "spans", "topic", "gives", "gets", "included", "force"),
        *("conditional", "condition", "confidence", "method"),
    ),
    tables.position: ("party", "topic", "term", "stance", "spans", "confidence", "method"),
    tables.encounter: ("participants", "place", "when", "status", "spans", "confidence", "method"),
}
_ARTICLE = (
    *("name", "outlet", "published", "url", "title", "byline", "language", "story"),
    *("text", "blocks", "pieces", "known_from"),
)


def rebuild(connection: Connection, numbers: Sequence[int]) -> dict[str, Reading]:
    """The readings of the articles of those numbers, by article id, in the order given."""
    article = tables.article
    found = {row["number"]: dict(row) for row in _of(connection, article, article.c.number, numbers)}
    parts = {table: _by_article(connection, table, numbers) for table in (*_PLAIN, tables.note)}
    chains = _locals(connection, tables.link, tables.source, numbers)
    supports = _locals(connection, tables.support, tables.statement, numbers)
    readings = {}
    for number in numbers:
        row = found[number]
        of_article = {table: by_article[number] for table, by_article in parts.items()}
        readings[row["id"]] = from_json(_record(row, of_article, chains, supports))
    return readings


def _of(connection: Connection, table: Table, column: Any, numbers: Sequence[int]) -> Any:
    return connection.execute(select(table).where(column.in_(numbers))).mappings()


def _by_article(connection: Connection, table: Table, numbers: Sequence[int]) -> dict[int, list[Values]]:
    rows: dict[int, list[Values]] = defaultdict(list)
    wanted = select(table).where(table.c.article.in_(numbers)).order_by(table.c.article, table.c.step)
    for row in connection.execute(wanted).mappings():
        rows[row["article"]].append(dict(row))
    return rows


def _locals(connection: Connection, via: Table, to: Table, numbers: Sequence[int]) -> dict[Any, list[str]]:
    """The record's ids at the far end of `link` or `support`, in order, by what they start from."""
    start = (via.c.kind, via.c.item) if via is tables.support else (via.c.statement,)
    wanted = (
        select(*start, to.c.local)
        .join(to, to.c.number == (via.c.statement if via is tables.support else via.c.source))
        .where(via.c.article.in_(numbers))
        .order_by(*start, via.c.step)
    )
    found: dict[Any, list[str]] = defaultdict(list)
    for *key, local in connection.execute(wanted):
        found[tuple(key)].append(local)
    return found


def _record(row: Values, parts: dict[Table, list[Values]], chains: Any, supports: Any) -> Values:
    notes = [({"about": n["about"], "text": n["text"]}, n["on_document"]) for n in parts[tables.note]]
    article = {field: row[field] for field in _ARTICLE} | {"id": row["document"]} | (row["more"] or {})
    record: Values = {"schema": SCHEMA, "reader": row["reader"]}
    record["article"] = article | {"notes": [note for note, on_document in notes if on_document]}
    record["notes"] = [note for note, on_document in notes if not on_document]
    record["sources"] = [_plain(tables.source, source) for source in parts[tables.source]]
    record["statements"] = [_statement(s, chains) for s in parts[tables.statement]]
    for table in (tables.plan, tables.term, tables.position, tables.encounter):
        record[f"{table.name}s"] = [
            _plain(table, item) | {"statements": supports[table.name, item["number"]]} for item in parts[table]
        ]
    return record


def _plain(table: Table, row: Values) -> Values:
    return {"id": row["local"]} | {field: row[field] for field in _PLAIN[table]} | (row["more"] or {})


def _statement(row: Values, chains: Any) -> Values:
    certainty = {"outlet": row["certainty_outlet"], "source": row["certainty_source"]}
    derived = {"content": row["spans"], "certainty": certainty, "chain": chains[row["number"],]}
    return _plain(tables.statement, row) | derived

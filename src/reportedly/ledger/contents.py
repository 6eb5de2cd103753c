"""What a ledger holds as a whole: judgements, and one hash over everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from reportedly.ledger import tables
from reportedly.ledger.identity import digest, reading_digest
from reportedly.ledger.rebuilding import rebuild
from reportedly.ledger.rows import Judgement

_BATCH = 200
_WITH_IDS = (tables.source, tables.statement, tables.plan, tables.term, tables.position, tables.encounter)


def write_judgement(
    connection: Connection,
    kind: str,
    about: Sequence[str],
    *,
    by: str,
    at: str,
    value: Any,
    document: str | None = None,
) -> Judgement:
    """Append a judgement; `document` is the hash of the text that it changes the reading of, if it does."""
    table = tables.judgement
    number = int(connection.execute(select(func.coalesce(func.max(table.c.number), 0))).scalar_one()) + 1
    id = digest("judgement", number, str(kind), list(about), value, by, at)
    values = {"number": number, "kind": str(kind), "about": list(about), "value": value, "by": by, "at": at}
    connection.execute(table.insert().values(id=id, document=document, **values))
    return Judgement(id=id, kind=str(kind), about=tuple(about), value=value, by=by, at=at)


def read_judgements(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[Judgement, ...]:
    """The judgements that meet the conditions, the oldest first; all of them where there are none."""
    wanted = select(tables.judgement).where(*conditions).order_by(tables.judgement.c.number)
    rows = connection.execute(wanted).mappings()
    fields = ("id", "kind", "value", "by", "at")
    return tuple(Judgement(about=tuple(row["about"]), **{field: row[field] for field in fields}) for row in rows)


def digest_of(connection: Connection) -> str:
    """A hash of the readings and the ids of their rows, by article id, and of the judgements."""
    article = tables.article
    articles = connection.execute(select(article.c.number, article.c.id).order_by(article.c.id)).all()
    parts = []
    for start in range(0, len(articles), _BATCH):
        numbers = [number for number, _ in articles[start : start + _BATCH]]
        for id, reading in rebuild(connection, numbers).items():
            parts.append([id, reading_digest(reading)])
    ids = [sorted(connection.execute(select(table.c.id)).scalars()) for table in _WITH_IDS]
    judged = [judgement.id for judgement in read_judgements(connection)]
    return digest(parts, ids, judged)


def ids_of(connection: Connection) -> dict[tuple[str, str], str]:
    """The ledger's ids of all statements and things on the table, by article id and the record's own id."""
    article = tables.article
    ids: dict[tuple[str, str], str] = {}
    for table in _WITH_IDS:
        wanted = select(article.c.id, table.c.local, table.c.id).join(article, article.c.number == table.c.article)
        ids |= {(of, local): id for of, local, id in connection.execute(wanted)}
    return ids

"""The rows of what is derived from readings: looked up by key, written all at once or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, Text, bindparam, cast, delete, or_, select

from reportedly.errors import LedgerError
from reportedly.ledger import derived_tables, tables
from reportedly.ledger.ledger import Ledger
from reportedly.ledger.rebuilding import rebuild
from reportedly.records import Reading

Values = dict[str, Any]
_AT_A_TIME = 500
"""Keys in one question."""

_KEYS = {
    derived_tables.article: derived_tables.article.c.article,
    derived_tables.cited: derived_tables.cited.c.article,
    derived_tables.reach: derived_tables.reach.c.article,
    derived_tables.meaning: derived_tables.meaning.c.article,
    derived_tables.sign: derived_tables.sign.c.sheet,
    derived_tables.use: derived_tables.use.c.article,
    derived_tables.near: derived_tables.near.c.article,
    derived_tables.claim: derived_tables.claim.c.id,
    derived_tables.member: derived_tables.member.c.claim,
    derived_tables.telling: derived_tables.telling.c.article,
    derived_tables.stand: derived_tables.stand.c.article,
    derived_tables.meeting: derived_tables.meeting.c.block,
    derived_tables.met: derived_tables.met.c.block,
}
"""By what the old rows of a thing are found when new ones take their place."""

_PAIRS = {
    derived_tables.finding: (derived_tables.finding.c.kind, derived_tables.finding.c.owner),
    derived_tables.block: (derived_tables.block.c.kind, derived_tables.block.c.name),
}
"""The same where it takes two; elsewhere it is the primary key."""


@dataclass
class Rows:
    """New rows, and the keys of the old ones that they take the place of. With `anew` nothing old stays."""

    new: dict[Table, Iterable[Values]] = field(default_factory=dict)
    old: dict[Table, list[Any]] = field(default_factory=dict)
    anew: bool = False


class Derived:
    """The derived tables of a ledger. Every method raises LedgerError where the file cannot be read or written."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def fresh(self, *, anew: bool) -> dict[str, str]:
        """The articles that nothing was derived from as they stand now, by day, each with its digest; with `anew` all.

        Articles that a newer version supersedes are left out.
        """
        article, derived = tables.article, derived_tables.article
        wanted = select(article.c.id, article.c.digest).where(article.c.superseded_by.is_(None))
        if not anew:
            same = (derived.c.article == article.c.id) & (derived.c.digest == article.c.digest)
            wanted = wanted.where(~select(derived.c.article).where(same).exists())
        wanted = wanted.order_by(article.c.day, article.c.id)
        return {row["id"]: row["digest"] for row in self.ask(wanted)}

    def gone(self) -> list[str]:
        """The articles that something was derived from, and that are no more, or read otherwise now."""
        article, derived = tables.article, derived_tables.article
        here = (article.c.superseded_by.is_(None), article.c.id == derived.c.article)
        same = select(article.c.id).where(*here, article.c.digest == derived.c.digest)
        return [row["article"] for row in self.ask(select(derived.c.article).where(~same.exists()))]

    def readings(self, articles: Sequence[str]) -> dict[str, Reading]:
        """The readings of articles, as people put them right."""
        number = select(tables.article.c.number).where(tables.article.c.id.in_(articles))
        with self._ledger.asking() as connection:
            return rebuild(connection, connection.execute(number).scalars().all())

    def state(self) -> Values:
        """What is known of the last run, by name."""
        with self._ledger.asking() as connection:
            return _state(connection)

    def rows(self, table: Table, column: Column[Any] | None = None, keys: Sequence[Any] = ()) -> list[Values]:
        """The rows with one of the keys in a column; all of them where no column is given."""
        return list(self._rows(table, (column,) if column is not None else (), keys))

    def rows_of_either(
        self,
        table: Table,
        columns: tuple[Column[Any], Column[Any]],
        keys: Sequence[Any],
        *,
        unread: Column[Any] | None = None,
    ) -> list[Values]:
        """The rows with one of the keys in one of two columns; the JSON of the `unread` column as it is written."""
        shown = [cast(c, Text).label(c.name) if c is unread else c for c in table.columns]
        return list(self._rows(table, columns, keys, shown))

    def rows_of_pairs(
        self, table: Table, columns: tuple[Column[Any], Column[Any]], pairs: Sequence[tuple[Any, Any]]
    ) -> list[Values]:
        """The rows with one of the pairs in two columns."""
        first, second = columns
        by_first: dict[Any, list[Any]] = {}
        for one, other in pairs:
            by_first.setdefault(one, []).append(other)
        found: list[Values] = []
        for one, others in by_first.items():
            for start in range(0, len(others), _AT_A_TIME):
                some = others[start : start + _AT_A_TIME]
                found += self.ask(select(table).where(first == one, second.in_(some)))
        return found

    def pairs(self, wanted: Any) -> list[tuple[Any, Any]]:
        """The two columns that a question of one's own brings."""
        with self._ledger.asking() as connection:
            return [(row[0], row[1]) for row in connection.execute(wanted)]

    def _rows(
        self, table: Table, columns: Sequence[Column[Any]], keys: Sequence[Any], shown: Sequence[Any] = ()
    ) -> Iterator[Values]:
        with self._ledger.asking() as connection:
            if not columns:
                yield from (dict(row) for row in connection.execute(select(table)).mappings())
                return
            for start in range(0, len(keys), _AT_A_TIME):
                some = keys[start : start + _AT_A_TIME]
                found = select(*(shown or table.columns)).where(or_(*(column.in_(some) for column in columns)))
                yield from (dict(row) for row in connection.execute(found).mappings())

    def ask(self, wanted: Any) -> list[Values]:
        """The rows that a question of one's own brings."""
        with self._ledger.asking() as connection:
            return [dict(row) for row in connection.execute(wanted).mappings()]

    def write(self, rows: Rows, state: Mapping[str, Any], *, revision: int) -> None:
        """Write what has changed since that revision, wholly or not at all.

        Raises LedgerError if somebody else wrote meanwhile: what was derived then may lack what they saw.
        """
        with self._writing() as connection:
            if int(_state(connection).get("revision", 0)) != revision:
                raise LedgerError(f"{self._ledger.where}: somebody else reconciled it meanwhile; do it once more")
            for table in derived_tables.ALL if rows.anew else ():
                connection.execute(delete(table))
            for table, keys in rows.old.items():
                _forget(connection, table, [] if rows.anew else keys)
            for table, new in rows.new.items():
                rest = iter(new)
                while some := list(islice(rest, _AT_A_TIME)):
                    connection.execute(table.insert(), some)
            connection.execute(delete(derived_tables.state))
            kept = {**state, "revision": revision + 1}
            connection.execute(derived_tables.state.insert(), [{"name": n, "value": v} for n, v in kept.items()])

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._ledger._writing() as connection:
            yield connection


def _state(connection: Connection) -> Values:
    rows = connection.execute(select(derived_tables.state.c.name, derived_tables.state.c.value)).all()
    return {name: value for name, value in rows}  # noqa: C416


def _forget(connection: Connection, table: Table, keys: Sequence[Any]) -> None:
    if table in _KEYS:
        for start in range(0, len(keys), _AT_A_TIME):
            connection.execute(delete(table).where(_KEYS[table].in_(keys[start : start + _AT_A_TIME])))
        return
    first, second = _PAIRS.get(table) or tuple(table.primary_key.columns)
    gone = delete(table).where(first == bindparam("one"), second == bindparam("other"))
    if keys:
        connection.execute(gone, [{"one": one, "other": other} for one, other in keys])

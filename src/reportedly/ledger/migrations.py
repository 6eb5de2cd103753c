"""The shape of a ledger, as numbered steps that are never edited once released: a new shape is a new step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, func, inspect, select

from reportedly.errors import LedgerError
from reportedly.ledger.dialects import Dialect
from reportedly.ledger.migrations_sql import APOSTROPHES, CORRECTIONS, DERIVED, FIRST, LOOKED_UP, NEWS, PLACES
from reportedly.ledger.tables import migration


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step: its SQL, the columns it makes searchable as (table, column), and the tables it closes to changes."""

    number: int
    name: str
    sql: str
    search: tuple[tuple[str, str], ...] = ()
    append_only: tuple[str, ...] = ()

    def statements(self) -> tuple[str, ...]:
        """Its SQL, one statement at a time."""
        return tuple(part.strip() for part in self.sql.split(";") if part.strip())


MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        number=1,
        name="articles and what they say",
        sql=FIRST,
        search=(("article", "text"), ("statement", "sentence")),
        append_only=("judgement",),
    ),
    Migration(number=2, name="what holds across articles", sql=DERIVED),
    Migration(number=3, name="what people put right", sql=CORRECTIONS),
    Migration(number=4, name="what is new, by day", sql=NEWS),
    Migration(number=5, name="what a run looks up", sql=LOOKED_UP),
    Migration(number=6, name="where statements of claims stand", sql=PLACES),
    Migration(number=7, name="one apostrophe in the keys of names", sql=APOSTROPHES),
)


def migrate(engine: Engine, dialect: Dialect, where: str) -> None:
    """Bring the ledger to the newest shape, each step in a transaction of its own.

    Raises LedgerError if the ledger is of a newer version than this program.
    """
    newest = MIGRATIONS[-1].number
    if (held := _version(engine)) > newest:
        raise LedgerError(
            f"{where}: the ledger is of version {held} and this program knows {newest}; "
            "install a newer reportedly, or open another ledger"
        )
    for step in MIGRATIONS:
        if step.number > held:
            with dialect.writing(engine) as connection:
                _apply(connection, dialect, step)


def _version(engine: Engine) -> int:
    with engine.begin() as connection:
        return _last(connection)


def _last(connection: Connection) -> int:
    """The number of the last migration applied; 0 where there is none."""
    if not inspect(connection).has_table("migration"):
        return 0
    return int(connection.execute(select(func.coalesce(func.max(migration.c.number), 0))).scalar_one())


def _apply(connection: Connection, dialect: Dialect, step: Migration) -> None:
    if _last(connection) >= step.number:
        return  # Another process was first, between our look and our lock.
    if step.number == 1:
        connection.exec_driver_sql(
            "CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL)"
        )
        dialect.mark(connection)
    for sql in (*step.statements(), *dialect.searchable(step.search), *dialect.append_only(step.append_only)):
        connection.exec_driver_sql(dialect.spell(sql))
    applied = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(migration.insert().values(number=step.number, name=step.name, applied=applied))

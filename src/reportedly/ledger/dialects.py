"""Everything that is said differently to one database than to another: set-up, locks, full text, error words."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

APPLICATION = 0x52505444
"""The application id that a ledger's SQLite header carries: `RPTD`."""


class Dialect(Protocol):
    """What a database must be able to do to hold a ledger."""

    def writing(self, engine: Engine) -> AbstractContextManager[Connection]:
        """A transaction that alone may write, from its first statement on."""

    def mark(self, connection: Connection) -> None:
        """Mark the database as a ledger."""

    def spell(self, sql: str) -> str:
        """The SQL of a migration with the dialect's own words in it."""

    def searchable(self, columns: Sequence[tuple[str, str]]) -> Iterator[str]:
        """The statements that keep a full-text index of each (table, column)."""

    def append_only(self, tables: Sequence[str]) -> Iterator[str]:
        """The statements that close tables to UPDATE and DELETE."""

    def matching(self, table: str, column: str) -> str:
        """SQL for the numbers of the rows that match `:words`, in any order."""

    def ranked(self, table: str, column: str) -> str:
        """SQL for the numbers of the rows that match `:words`, best first."""

    def marked(self, connection: Connection, words: str, numbers: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
        """Where in each article's text the words stand: code points, ends exclusive, in order."""

    def settle(self, engine: Engine) -> None:
        """After additions: whatever lets the database answer faster next time."""

    def explain(self, error: DBAPIError) -> str:
        """What went wrong and what to do, after the name of the ledger."""

    def place(self) -> object:
        """What tells the database from another that takes its place; None where there is none."""


class Sqlite:
    """SQLite with WAL, foreign keys and FTS5."""

    def __init__(self, path: str, *, wait: float) -> None:
        self.path, self.wait = path, wait

    def engine(self) -> Engine:
        """An engine whose transactions are ours to begin: the driver's own habit leaves DDL outside of them."""
        # A URL made of its parts takes a path with `?` or `%` in it; as many connections as there are threads.
        url = URL.create("sqlite", database=self.path)
        engine = create_engine(url, connect_args={"timeout": self.wait}, max_overflow=-1)
        event.listen(engine, "connect", self._connected)
        event.listen(engine, "begin", self._begun)
        return engine

    def _connected(self, connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("foreign_keys = ON", "synchronous = FULL", f"busy_timeout = {int(self.wait * 1000)}"):
            connection.execute(f"PRAGMA {pragma}")

    def _begun(self, connection: Connection) -> None:
        begin = {"alone": "BEGIN IMMEDIATE", "bare": ""}
        kind = connection.get_execution_options().get("kind", "")
        if sql := begin.get(kind, "BEGIN"):
            connection.exec_driver_sql(sql)

    @contextmanager
    def writing(self, engine: Engine) -> Iterator[Connection]:
        # A reader that turns writer in mid-transaction is refused at once, whatever busy_timeout says.
        with engine.connect().execution_options(kind="alone") as connection, connection.begin():
            yield connection

    def mark(self, connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")

    def spell(self, sql: str) -> str:
        return sql.replace("{json}", "TEXT").replace("{number}", "INTEGER")

    def searchable(self, columns: Sequence[tuple[str, str]]) -> Iterator[str]:
        for table, column in columns:
            index = f"{table}_search"
            old = f"INSERT INTO {index} ({index}, rowid, {column}) VALUES ('delete', old.number, old.{column})"
            new = f"INSERT INTO {index} (rowid, {column}) VALUES (new.number, new.{column})"
            yield (
                f"CREATE VIRTUAL TABLE {index} USING fts5({column}, content='{table}', content_rowid='number', "
                "tokenize='unicode61 remove_diacritics 2')"
            )
            yield f"CREATE TRIGGER {index}_new AFTER INSERT ON {table} BEGIN {new}; END"
            yield f"CREATE TRIGGER {index}_old AFTER DELETE ON {table} BEGIN {old}; END"
            yield f"CREATE TRIGGER {index}_changed AFTER UPDATE OF {column} ON {table} BEGIN {old}; {new}; END"

    def append_only(self, tables: Sequence[str]) -> Iterator[str]:
        for table in tables:
            for act in ("UPDATE", "DELETE"):
                refusal = f"SELECT RAISE(ABORT, '{table} is append-only')"
                yield f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN {refusal}; END"

    def matching(self, table: str, column: str) -> str:
        index = f"{table}_search"
        return f"SELECT rowid AS number FROM {index} WHERE {index} MATCH :words"

    def ranked(self, table: str, column: str) -> str:
        return f"{self.matching(table, column)} ORDER BY rank, rowid"

    def marked(self, connection: Connection, words: str, numbers: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
        # Marks that nobody can have put into an article beforehand.
        before, after = (f"\x02{secrets.token_hex(8)}\x03" for _ in range(2))
        sql = text(
            "SELECT rowid, highlight(article_search, 0, :before, :after) FROM article_search "
            f"WHERE article_search MATCH :words AND rowid IN ({', '.join(map(str, map(int, numbers)))})"
        )
        rows = connection.execute(sql, {"words": words, "before": before, "after": after})
        return {number: list(_marks(marked, before, after)) for number, marked in rows}

    def settle(self, engine: Engine) -> None:
        # Without statistics SQLite reads every statement to show the first hundred. A few hundred rows are enough.
        with self.writing(engine) as connection:
            connection.exec_driver_sql("PRAGMA analysis_limit = 400")
            connection.exec_driver_sql("ANALYZE")

    def place(self) -> object:
        # An open file can be written to after it was removed, and what is written is lost with it.
        try:
            kept = os.stat(self.path)
        except OSError:
            return None
        return kept.st_dev, kept.st_ino

    def explain(self, error: DBAPIError) -> str:
        name = getattr(error.orig, "sqlite_errorname", "") or ""
        for start, meaning in _SQLITE_ERRORS.items():
            if name.startswith(start):
                return meaning
        return f"the database says {error.orig}; what was added before is kept, try again"


_SQLITE_ERRORS = {
    "SQLITE_FULL": "no room left on its disk; make room and add again, what was added before is kept",
    "SQLITE_BUSY": "another program is writing to it and did not let go; wait for it or close it, then try again",
    "SQLITE_LOCKED": "another program is writing to it and did not let go; wait for it or close it, then try again",
    "SQLITE_NOTADB": "not a ledger; give the path of one, or of a file that does not exist yet",
    "SQLITE_CORRUPT": "the file is damaged; put back a copy, or add the articles to a new ledger",
    "SQLITE_READONLY": "it may not be written to; change its permissions, or copy it to a folder of yours",
    "SQLITE_CANTOPEN": "it cannot be opened; see that its folder exists and that you may write in it",
    "SQLITE_PERM": "it may not be opened; change its permissions, or copy it to a folder of yours",
    "SQLITE_IOERR": "its disk failed to read or write; see that it has room and is well, what was added before is kept",
}


def _marks(marked: str, before: str, after: str) -> Iterator[tuple[int, int]]:
    """The places of the marked words in the text without its marks."""
    head, *rest = marked.split(before)
    at = len(head)
    for part in rest:
        word, _, tail = part.partition(after)
        yield at, at + len(word)
        at += len(word) + len(tail)

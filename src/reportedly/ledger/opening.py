"""A path or URL into a database that is a ledger, or a LedgerError that says why not."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from reportedly.errors import LedgerError
from reportedly.ledger.dialects import APPLICATION, Dialect, Sqlite
from reportedly.ledger.migrations import migrate

_SQLITE = "sqlite:///"


def open_database(path_or_url: str | os.PathLike[str], *, create: bool, wait: float) -> tuple[Engine, Sqlite]:
    """The engine and dialect of a ledger of the newest shape.

    `wait` is how many seconds to let another program finish its writing. Raises LedgerError.
    """
    path = _path(path_or_url)
    if not path.exists() and not create:
        raise LedgerError(f"{path}: no such ledger; check the path, or make it by adding an article")
    _check_place(path)
    # Connections are made when they are needed, wherever the program may have gone meanwhile.
    dialect = Sqlite(str(path.absolute()), wait=wait)
    engine = dialect.engine()
    try:
        with failures(dialect, str(path)):
            _check_file(engine, path)
            _keep_wal(engine, wait)
            migrate(engine, dialect, str(path))
    except BaseException:
        engine.dispose()
        raise
    return engine, dialect


def _path(path_or_url: str | os.PathLike[str]) -> Path:
    given = os.fspath(path_or_url)
    if given.startswith(_SQLITE):
        return Path(given.removeprefix(_SQLITE))
    if "://" in given:
        scheme = given.partition("://")[0]
        raise LedgerError(f"{scheme}://…: this version keeps ledgers in SQLite files only; give the path of a file")
    return Path(given)


def _check_place(path: Path) -> None:
    folder = path.absolute().parent
    if path.is_dir():
        raise LedgerError(f"{path}: a folder, not a ledger; give the path of a file in it, such as {path / 'talks.db'}")
    if not folder.is_dir():
        raise LedgerError(f"{path}: there is no folder {folder}; make it first")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise LedgerError(f"{path}: no permission to write in the folder {folder}; change it, or choose another folder")
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise LedgerError(f"{path}: no permission to read and write it; change that, or copy it to a folder of yours")


def _check_file(engine: Engine, path: Path) -> None:
    """A file with tables in it must be marked as a ledger."""
    with engine.begin() as connection:
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if mark != APPLICATION and (tables or mark):
        raise LedgerError(
            f"{path}: an SQLite file of another program, not a ledger; "
            "give the path of a ledger, or of a file that does not exist yet"
        )


def _keep_wal(engine: Engine, wait: float) -> None:
    """Turn on write-ahead logging, which stays on. SQLite does not wait for others by itself here."""
    until = time.monotonic() + wait
    while True:
        try:
            return _turn_on_wal(engine)
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _turn_on_wal(engine: Engine) -> None:
    # Outside of any transaction, where SQLite allows it.
    with engine.connect().execution_options(kind="bare") as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")


@contextmanager
def failures(dialect: Dialect, where: str) -> Iterator[None]:
    """Whatever the database complains of in here, as a LedgerError."""
    try:
        yield
    except DBAPIError as error:
        raise LedgerError(f"{where}: {dialect.explain(error)}") from error

"""Killed, interrupted, out of room, two at once: the ledger is whole after each."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ledger_readings import a_reading, made_up
from sqlalchemy import Engine, event

from reportedly.errors import LedgerError
from reportedly.ledger import Ledger, open_ledger

HERE = Path(__file__).parent

_ADD = """
import sys
sys.path.insert(0, {here!r})
from ledger_readings import made_up
from reportedly.ledger import open_ledger
from reportedly.ledger import {module} as module
{before}
with open_ledger({path!r}) as ledger:
    for number in range({first}, {last}):
        ledger.add(made_up(number))
        print(number, flush=True)
"""

# Stops where the rows of an article are half written.
_STOP_IN_THE_MIDDLE = """
import time
whole = module._Rows.actors
def half(rows, kind, row):
    if rows.record["article"]["name"] == "made-up-2":
        print("middle", flush=True)
        time.sleep(60)
    return whole(rows, kind, row)
module._Rows.actors = half
"""

_STOP_IN_A_MIGRATION = """
import time
def mark(*_):
    print("middle", flush=True)
    time.sleep(60)
module.Sqlite.mark = mark
"""

_SMALL_DISK = """
import resource
def limit():
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
limit()
"""


def adding(path: Path, first: int, last: int, *, module: str = "keeping", before: str = "") -> subprocess.Popen[str]:
    code = _ADD.format(here=str(HERE), path=str(path), first=first, last=last, module=module, before=before)
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", code], stdout=pipe, stderr=pipe, text=True)


def stopped_at(process: subprocess.Popen[str], line: str, how: int) -> None:
    """Wait until the process prints the line, then send it the signal and wait for its end."""
    assert process.stdout
    for printed in process.stdout:
        if printed.strip() == line:
            break
    os.kill(process.pid, how)
    process.communicate(timeout=20)


def assert_whole(path: Path, count: int) -> None:
    """The file passes SQLite's own checks, its indexes fit, and its articles are whole."""
    with open_ledger(path) as ledger:
        assert ledger.count() == count
        kept = {reading.document.name: reading for _, reading in ledger.readings()}
        assert kept == {f"made-up-{number}": made_up(number) for number in range(count)}
        with ledger._engine.begin() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            for index in ("article_search", "statement_search"):
                connection.exec_driver_sql(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        ledger.add(a_reading())
        assert ledger.count() == count + 1


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
def test_stopped_while_an_article_is_written(tmp_path: Path, how: int) -> None:
    path = tmp_path / "talks.db"
    process = adding(path, 0, 9, before=_STOP_IN_THE_MIDDLE)
    stopped_at(process, "middle", how)
    assert process.returncode != 0
    assert_whole(path, 2)


def test_killed_at_any_moment(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    process = adding(path, 0, 10_000)
    assert process.stdout
    process.stdout.readline()
    time.sleep(0.35)
    process.kill()
    printed = process.communicate(timeout=20)[0].splitlines()
    with open_ledger(path) as ledger:
        count = ledger.count()
    # What was said to be added is there; the last may have been killed between its commit and its line.
    assert count - (len(printed) + 1) in (0, 1)
    assert_whole(path, count)


def test_killed_while_the_ledger_is_made(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    stopped_at(adding(path, 0, 1, module="dialects", before=_STOP_IN_A_MIGRATION), "middle", signal.SIGKILL)
    assert path.exists()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    connection.close()
    assert_whole(path, 0)


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    printed, said = adding(path, 0, 10_000, before=_SMALL_DISK).communicate(timeout=30)
    last = said.strip().splitlines()[-1]
    assert last.startswith("reportedly.errors.LedgerError")
    assert "room" in last
    assert str(path) in last
    assert_whole(path, len(printed.splitlines()))


def limited(path: Path, pages: int) -> Ledger:
    """A ledger on a disk that has room for so many pages more."""
    ledger = open_ledger(path)
    engine: Engine = ledger._engine
    with engine.begin() as connection:
        held = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    engine.dispose()

    @event.listens_for(engine, "connect")
    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {held + pages}")

    return ledger


def until_refused(ledger: Ledger) -> tuple[int, str]:
    """How many made-up articles the ledger took, and what it said to the next."""
    for number in range(1_000):
        try:
            ledger.add(made_up(number))
        except LedgerError as error:
            return number, str(error)
    raise AssertionError("there was room for all")


def test_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    with limited(path, 60) as ledger:
        added, said = until_refused(ledger)
    assert said == (f"{path}: no room left on its disk; make room and add again, what was added before is kept")
    assert added > 0
    assert_whole(path, added)


def test_a_disk_too_full_to_read_anew_keeps_the_former_reading(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    short, long = made_up(1, sentences=3), made_up(1, sentences=400)
    with open_ledger(path) as ledger:
        ledger.add(short)
        before = ledger.digest()
    with limited(path, 2) as ledger:
        with pytest.raises(LedgerError, match="no room left"):
            ledger.add(long)
        assert ledger.digest() == before


def test_two_processes_add_at_once(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    processes = [adding(path, first, first + 12) for first in (0, 8)]
    said = [process.communicate(timeout=60)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    with open_ledger(path) as ledger, open_ledger(tmp_path / "alone.db") as alone:
        for number in range(20):
            alone.add(made_up(number))
        assert ledger.digest() == alone.digest()


def test_a_file_that_is_gone_is_not_written_to(tmp_path: Path) -> None:
    """What is written to a removed file is lost when it is closed."""
    path, away = tmp_path / "talks.db", tmp_path / "away.db"
    with open_ledger(path) as ledger:
        ledger.add(a_reading())
        path.rename(away)
        for ask in (ledger.count, ledger.statements, lambda: ledger.add(a_reading()), ledger.corrections):
            with pytest.raises(LedgerError, match="removed or replaced while it was open"):
                ask()
        away.rename(path)
        assert ledger.count() == 1
        path.rename(away)
        path.write_bytes(away.read_bytes())
        with pytest.raises(LedgerError, match="removed or replaced"):
            ledger.count()

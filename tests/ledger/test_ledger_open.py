"""Opening: what is a ledger, what is not, and what is said of it."""

from __future__ import annotations

import os
import sqlite3
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_readings import a_reading
from sqlalchemy import inspect

from reportedly.errors import LedgerError
from reportedly.ledger import migrations, open_ledger, tables
from reportedly.ledger.migrations import MIGRATIONS, Migration

NEXT = MIGRATIONS[-1].number + 1


def test_a_new_file_becomes_a_ledger_and_opens_again(tmp_path: Path) -> None:
    for expected in (0, 1):
        with open_ledger(tmp_path / "talks.db") as ledger:
            assert ledger.count() == expected
            ledger.add(a_reading())


def test_a_url_names_a_file_as_well(tmp_path: Path) -> None:
    with open_ledger(f"sqlite:///{tmp_path / 'talks.db'}") as ledger:
        ledger.add(a_reading())
    assert (tmp_path / "talks.db").exists()


def test_odd_names_and_a_change_of_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_ledger("talks?mode=ro&50%.db") as ledger:
        monkeypatch.chdir("/")
        ledger._engine.dispose()
        ledger.add(a_reading())
    assert [path.name for path in tmp_path.iterdir()] == ["talks?mode=ro&50%.db"]


def test_the_file_is_set_up_to_stay_whole(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "talks.db") as ledger, ledger._engine.begin() as connection:
        pragmas = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in pragmas] == ["wal", 1, 2, 10_000]


def test_the_migrations_make_the_tables_that_queries_see(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "talks.db") as ledger:
        made = inspect(ledger._engine)
        for name, table in tables.metadata.tables.items():
            assert {column["name"] for column in made.get_columns(name)} == set(table.c.keys()), name
        numbers = [migration.number for migration in MIGRATIONS]
    assert numbers == list(range(1, len(numbers) + 1))


def test_one_name_with_two_apostrophes_is_one_in_an_older_ledger_too(tmp_path: Path) -> None:
    reading = a_reading()
    curly, plain = (replace(reading.positions[0], party=f"Drivers{sign} Union") for sign in "’'")
    with open_ledger(tmp_path / "talks.db") as ledger:
        ledger.add(replace(reading, positions=(curly, replace(plain, id="po9"))))
        assert len(ledger.positions(party="drivers’ union")) == 2
    with sqlite3.connect(tmp_path / "talks.db") as older:
        older.execute("UPDATE actor SET name_key = replace(name_key, ?, ?) WHERE name = ?", ("'", "’", curly.party))
        older.execute("DELETE FROM migration WHERE number = 7")
    with open_ledger(tmp_path / "talks.db") as ledger:
        assert len(ledger.positions(party="Drivers' Union")) == 2


def _text(path: Path) -> None:
    path.write_text("A hand-written list of ledgers, of some length. " * 40)


def _other_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmark (url TEXT)")
    connection.close()


def _newer(path: Path) -> None:
    open_ledger(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO migration VALUES (999, 'from the future', '2030-01-01')")
    connection.close()


def _torn(path: Path) -> None:
    with open_ledger(path) as ledger:
        ledger.add(a_reading())
    held = path.read_bytes()
    path.write_bytes(held[:4096] + b"\x00\xff" * (len(held) // 2 - 2048))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_text, "not a ledger; give the path of one"),
        (_other_program, "an SQLite file of another program"),
        (_newer, r"the ledger is of version 999 and this program knows \d+; install a newer reportedly"),
        (_torn, "the file is damaged; put back a copy"),
        (Path.mkdir, "a folder, not a ledger; give the path of a file in it"),
    ],
)
def test_what_is_no_ledger_is_refused_and_left_alone(tmp_path: Path, make: object, said: str) -> None:
    path = tmp_path / "talks.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(LedgerError, match=said) as raised:
        open_ledger(path)
    assert str(path) in str(raised.value)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_missing_ledger_is_only_made_where_wanted(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no such ledger; check the path"):
        open_ledger(tmp_path / "talks.db", create=False)
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"there is no folder .*talks; make it first"):
        open_ledger(tmp_path / "talks" / "talks.db")


def test_postgresql_is_refused_without_repeating_its_password() -> None:
    with pytest.raises(LedgerError, match="SQLite files only") as raised:
        open_ledger("postgresql://desk:secret@db/talks")
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("closed", ["folder", "file"])
def test_missing_permission_is_named(tmp_path: Path, closed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "talks.db"
    if closed == "file":
        path.touch()
    # The superuser may do anything, so the system's answer is made from the mode that the file shows.
    monkeypatch.setattr(os, "access", lambda p, _mode: bool(os.stat(p).st_mode & stat.S_IWUSR))
    (tmp_path if closed == "folder" else path).chmod(0o500)
    with pytest.raises(LedgerError, match="no permission to"):
        open_ledger(path)
    tmp_path.chmod(0o700)


def test_a_locked_ledger_says_so_and_is_free_again(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    with open_ledger(path, wait=0.05) as ledger:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="another program is writing to it"):
            ledger.add(a_reading())
        # Readers are not kept out.
        with open_ledger(path, create=False, wait=0.05) as reader:
            assert reader.count() == 0
        other.close()
        ledger.add(a_reading())
        assert ledger.count() == 1


def test_an_interrupted_migration_leaves_the_former_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "talks.db"
    with open_ledger(path) as ledger:
        ledger.add(a_reading())
        before = ledger.digest()
    broken = Migration(number=NEXT, name="colours", sql="ALTER TABLE article ADD COLUMN colour TEXT; NOT SQL")
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, broken))
    with pytest.raises(LedgerError, match="NOT"):
        open_ledger(path)
    monkeypatch.undo()
    with open_ledger(path) as ledger:
        assert ledger.digest() == before
        assert "colour" not in {column["name"] for column in inspect(ledger._engine).get_columns("article")}


def test_a_finished_migration_is_recorded_and_not_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "talks.db"
    open_ledger(path).close()
    second = Migration(number=NEXT, name="colours", sql="ALTER TABLE article ADD COLUMN colour TEXT")
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, replace(second)))
    for _ in range(2):
        with open_ledger(path) as ledger, ledger._engine.begin() as connection:
            applied = connection.exec_driver_sql("SELECT number, name FROM migration").all()
            assert applied == [*((m.number, m.name) for m in MIGRATIONS), (NEXT, "colours")]

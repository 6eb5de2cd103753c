"""Correcting from a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reportedly.cli import main
from reportedly.ledger import open_ledger
from reportedly.records import Reading

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, readings: list[Reading]) -> Run:
    """A command on a ledger of one story."""
    path = str(tmp_path / "talks.db")
    with open_ledger(path) as ledger:
        for reading in readings:
            ledger.add(reading)
    return lambda *words: CliRunner().invoke(main, [*words, "--ledger", path])


def first(run: Run) -> tuple[str, str]:
    """A statement with a speaker: its id and its words."""
    rows = json.loads(run("statements", "--format", "json").stdout)["rows"]
    row = next(row for row in rows if len(row["backing"]["chain"]) > 1)
    return row["id"], row["content"]


def test_a_correction_is_printed_listed_and_undone(run: Run) -> None:
    id, words = first(run)
    done = run("correct", "wrong-speaker", id, "--to", "Ana Lenn", "--by", "Ines", "--why", "her words")
    assert done.exit_code == 0, done.output
    head, about, change, who = done.stdout.splitlines()
    assert head.endswith("wrong-speaker: stands")
    assert about.startswith(f"  of {id}: {words[:20]}")
    assert change.endswith("to Ana Lenn")
    assert who.startswith("  by Ines on ")
    assert who.endswith(": her words")
    assert "Ana Lenn" in run("chain", id).stdout
    undone = run("correct", "undo", head.split()[0], "--by", "Bo")
    assert undone.stdout.splitlines()[0].endswith("wrong-speaker: undone")
    assert "Ana Lenn" not in run("chain", id).stdout
    assert "undone by Bo" in run("corrections").stdout
    told = json.loads(run("corrections", "--format", "json").stdout)
    assert (told["by"], told["undone_by"], told["state"]) == ("Ines", "Bo", "undone")


def test_every_kind_can_be_said(run: Run) -> None:
    id, _ = first(run)
    term = next(
        row["id"] for plan in json.loads(run("table", "--format", "json").stdout)["plans"] for row in plan["rows"]
    )
    for words in (
        ("wrong-span", id, "--to", "0-5", "--to", "7-9"),
        ("term-party", term, "--gives", "Ana", "--gives", "Bo", "--gets", ""),
        ("point-number", term, "--to", "1,2"),
        ("point-number", term, "--to", "none"),
        ("grade", id, "--to", "3"),
        ("likelihood", id, "--to", "very", "--to", "likely"),
        ("not-a-statement", id),
    ):
        done = run("correct", *words, "--by", "Ines")
        assert done.exit_code == 0, done.output
    assert len(run("corrections").stdout.split("\n\n")) == 7


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("wrong-span", "ID", "--to", "here"), 2, "no place in 'here'"),
        (("wrong-span", "ID", "--to", "0-99999999"), 1, "is beyond the text"),
        (("point-number", "ID", "--to", "three"), 1, "no term has the id"),
        (("grade", "Nobody at all", "--to", "B2"), 1, "the ledger knows no 'Nobody at all'"),
        (("grade", "ID", "--gives", "Ana"), 2, "only term-party takes them"),
        (("undo", "ID", "ID"), 2, "give the id of one correction"),
        (("undo", "ID"), 1, "no judgement has the id"),
        (("applaud", "ID"), 1, "no kind of correction 'applaud'"),
    ],
)
def test_what_cannot_be_is_said(run: Run, words: tuple[str, ...], status: int, message: str) -> None:
    id, _ = first(run)
    done = run("correct", *(id if word == "ID" else word for word in words), "--by", "Ines")
    assert (done.exit_code, message in " ".join(done.output.split())) == (status, True), done.output


def test_a_ledger_nobody_corrected_says_so(run: Run) -> None:
    assert run("corrections").stdout == "nobody put anything right\n"

"""The command line as a person uses it: in processes of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportedly.ledger import open_ledger
from reportedly.records import Reading, from_json, to_json

PROGRAM = str(Path(sys.executable).with_name("reportedly"))
ARTICLE = (
    "Mara Oke said the harbour talks would resume in Lenn on Monday.\n\n"
    "The ministry told the Harbour Post that it had rejected the offer.\n"
)


def run(*words: str | Path, stdin: str = "", columns: int = 80) -> subprocess.CompletedProcess[str]:
    """What a command prints and how it ends."""
    surroundings = {**os.environ, "COLUMNS": str(columns), "PYTHONUTF8": "1"}
    return subprocess.run(
        [PROGRAM, *map(str, words)], input=stdin, capture_output=True, text=True, env=surroundings, timeout=120
    )


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, readings: list[Reading]) -> Path:
    path = tmp_path_factory.mktemp("kept") / "talks.db"
    with open_ledger(path) as kept:
        for reading in readings:
            kept.add(reading)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four articles: one in a file, three in a feed under names that clash or lead out of the folder."""
    path = tmp_path_factory.mktemp("read")
    (path / "one.txt").write_text(ARTICLE, encoding="utf-8")
    lines = [{"id": id, "text": ARTICLE, "outlet": "Harbour Post"} for id in ("two", "two", "../../up")]
    (path / "feed.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def recorded(folder: Path) -> subprocess.CompletedProcess[str]:
    return run("read", folder, "--published", "5 March 2026", "--records", folder / "out")


def test_a_record_is_written_for_each_article(recorded: subprocess.CompletedProcess[str], folder: Path) -> None:
    assert (recorded.returncode, recorded.stdout) == (0, "")
    names = sorted(path.name for path in (folder / "out").iterdir())
    assert names == ["one.record.json", "two-2.record.json", "two.record.json", "up.record.json"]
    assert not (folder.parent / "up.record.json").exists()


def test_a_changed_name_is_told(recorded: subprocess.CompletedProcess[str]) -> None:
    assert "two: written as two-2.record.json" in recorded.stderr
    assert "../../up: written as up.record.json" in recorded.stderr


def test_records_are_whole_and_keep_the_text(recorded: subprocess.CompletedProcess[str], folder: Path) -> None:
    record = json.loads((folder / "out" / "one.record.json").read_text(encoding="utf-8"))
    assert to_json(from_json(record)) == record
    assert record["article"]["text"] == ARTICLE
    assert record["article"]["published"] == "2026-03-05"
    assert record["article"]["known_from"]["published"] == "option"


def test_read_from_stdin_as_json_is_one_line_an_article() -> None:
    ended = run("read", "-", "--outlet", "Harbour Post", "--format", "json", stdin=ARTICLE)
    assert ended.returncode == 0
    (line,) = ended.stdout.splitlines()
    assert json.loads(line)["article"]["outlet"] == "Harbour Post"


def test_read_prints_an_outline_and_html_is_a_page(tmp_path: Path) -> None:
    (tmp_path / "talks.txt").write_text(ARTICLE, encoding="utf-8")
    outlined = run("read", tmp_path / "talks.txt", "--outlet", "Harbour Post")
    assert outlined.returncode == 0
    assert outlined.stdout.startswith("Harbour Post, date not known\n")
    assert "\x1b" not in outlined.stdout
    assert max(map(len, outlined.stdout.splitlines())) <= 80
    paged = run("read", tmp_path / "talks.txt", "--format", "html", "-o", tmp_path / "talks.html")
    assert (paged.returncode, paged.stdout) == (0, "")
    assert (tmp_path / "talks.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_adding_twice_adds_nothing(tmp_path: Path) -> None:
    (tmp_path / "talks.txt").write_text(ARTICLE, encoding="utf-8")
    first, second = (run("add", tmp_path / "talks.txt", "--ledger", tmp_path / "talks.db") for _ in range(2))
    assert first.stdout.startswith("new: talks (")
    assert second.stdout.startswith("already there: talks (")
    assert (first.returncode, second.returncode) == (0, 0)
    with open_ledger(tmp_path / "talks.db") as kept:
        assert kept.count() == 1


@pytest.mark.parametrize(
    "question",
    [
        ["table"],
        ["table", "--topic", "pay_and_work"],
        ["table", "--topic", "Pay and work"],
        ["table", "--plan", "five-point offer"],
        ["positions", "--party", "Albion Rail"],
        ["meetings", "--since", "2025-02"],
        ["statements", "--words", "offer"],
        ["who", "Farrow"],
        ["search", "offer", "union"],
    ],
    ids=" ".join,
)
def test_questions_are_answered_in_words_and_as_json(question: list[str], ledger: Path) -> None:
    outlined = run(*question, "--ledger", ledger, "--story", "railstrike")
    assert (outlined.returncode, outlined.stderr) == (0, "")
    assert "2025" in outlined.stdout
    page = json.loads(run(*question, "--ledger", ledger, "--format", "json").stdout)
    assert page["page"] == question[0]
    assert page["articles"] == 4


def test_a_chain_is_found_by_the_beginning_of_an_id(ledger: Path) -> None:
    claims = json.loads(run("statements", "--ledger", ledger, "--format", "json").stdout)
    row = next(row for row in claims["rows"] if len(row["backing"]["chain"]) > 2)
    page = json.loads(run("chain", row["id"], "--ledger", ledger, "--format", "json").stdout)
    assert [link["name"] for link in page["links"]] == row["backing"]["chain"]
    assert run("chain", "zzzz", "--ledger", ledger).returncode == 1


def test_brief(ledger: Path, tmp_path: Path) -> None:
    ended = run("brief", "--ledger", ledger, "-o", tmp_path / "brief.html", "--title", "Rail & strike")
    assert (ended.returncode, ended.stdout) == (0, "")
    assert "<h1>Rail &amp; strike</h1>" in (tmp_path / "brief.html").read_text(encoding="utf-8")


LOADED = """
import sys
from reportedly.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    sys.exit(str({'spacy', 'onnxruntime', 'dateparser', 'trafilatura'} & set(sys.modules)))
"""


def test_help_and_questions_load_no_language_model(ledger: Path) -> None:
    for words in (["--help"], ["table", "--ledger", str(ledger)]):
        ended = subprocess.run([sys.executable, "-c", LOADED, *words], capture_output=True, text=True, timeout=60)
        assert ended.stderr.strip() == "set()"


def test_help_is_quick() -> None:
    def seconds() -> float:
        begun = time.perf_counter()
        assert run("--help").returncode == 0
        return time.perf_counter() - begun

    assert min(seconds() for _ in range(3)) < 1.0

"""Bad input and bad luck: a clear line on stderr, the right exit status, the others done, the ledger whole."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import time
from pathlib import Path

import pytest
from test_cli import ARTICLE, PROGRAM, run

from reportedly.ledger import open_ledger

FEED = (
    json.dumps({"id": "whole", "text": ARTICLE}),
    '{"id": "cut", "text": ',
    json.dumps({"id": "undated", "text": ARTICLE, "published": "the day of the fox"}),
    json.dumps({"id": "textless"}),
)


@pytest.fixture(scope="module")
def mess(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mess")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\n ", encoding="utf-8")
    (folder / "big.txt").write_bytes(b"a tug " * (20_000_000 // 6))
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (folder / "broken.txt").write_bytes("The minister said the café was shut.\n".encode("latin-1"))
    (folder / "menu.html").write_text("<html><body><script>x()</script></body></html>", encoding="utf-8")
    (folder / "feed.jsonl").write_text("\n".join(FEED) + "\n", encoding="utf-8")
    (folder / "good.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def ended(mess: Path) -> subprocess.CompletedProcess[str]:
    return run("read", mess, mess / "gone.txt", "https://example.org/talks", "--records", mess / "out")


BAD = ["empty.txt", "blank", "big.txt", "picture.txt", "menu.html", "feed.jsonl, line 2", "line 3", "textless|line 4"]


@pytest.mark.parametrize("name", [*BAD, "gone.txt", "https://example.org/talks"])
def test_each_bad_input_is_named_with_a_reason_and_a_way_out(
    name: str, ended: subprocess.CompletedProcess[str]
) -> None:
    lines = [line for line in ended.stderr.splitlines() if any(part in line for part in name.split("|"))]
    (line,) = [line for line in lines if line.startswith("failed: ")]
    assert "; " in line
    assert "Traceback" not in line


def test_the_others_are_done(ended: subprocess.CompletedProcess[str], mess: Path) -> None:
    assert ended.returncode == 1
    written = sorted(path.name for path in (mess / "out").iterdir())
    assert written == ["broken.record.json", "good.record.json", "whole.record.json"]


def test_a_guessed_encoding_is_noted(ended: subprocess.CompletedProcess[str], mess: Path) -> None:
    record = json.loads((mess / "out" / "broken.record.json").read_text(encoding="utf-8"))
    assert "café" in record["article"]["text"]
    assert any(note["about"] == "encoding" for note in record["article"]["notes"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["read", "talks.txt", "--published", "the day of the fox"], "the day of the fox"),
        (["read"], "INPUT"),
        (["read", "a.txt", "b.txt", "--url", "https://example.org/a"], "--url"),
        (["table"], "--ledger"),
        (["table", "--ledger", "talks.db", "--since", "soon"], "soon"),
        (["table", "--ledger", "talks.db", "--topic", "weather"], "no topic 'weather'; choose from: ceasefire, talks"),
        (["table", "--ledger", "talks.db", "--format", "xml"], "no format 'xml'; choose from: outline, json"),
        (["read", "talks.txt", "--format", "xml"], "no format 'xml'; choose from: outline, json, html"),
        (["changes"], "changes"),
    ],
)
def test_wrong_usage_is_status_2(words: list[str], told: str) -> None:
    ended = run(*words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert told in ended.stderr
    assert "Value error" not in ended.stderr


def test_a_question_makes_no_ledger(tmp_path: Path) -> None:
    ended = run("table", "--ledger", tmp_path / "none.db")
    assert ended.returncode == 1
    assert "none.db" in ended.stderr
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "talks.txt").write_text(ARTICLE, encoding="utf-8")
    assert run("table", "--ledger", tmp_path / "talks.txt").returncode == 1
    assert (tmp_path / "talks.txt").read_text(encoding="utf-8") == ARTICLE


def test_a_dossier_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text("[[partty]]\nname = 'Lenn'\n", encoding="utf-8")
    ended = run("read", "-", "--dossier", tmp_path / "dossier.toml", stdin=ARTICLE)
    assert ended.returncode == 1
    assert "partty" in ended.stderr
    assert run("read", "-", "--dossier", tmp_path / "none.toml", stdin=ARTICLE).returncode == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_no_permission(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "secret.txt").chmod(0)
    ended = run("read", tmp_path / "secret.txt")
    assert ended.returncode == 1
    assert "secret.txt: no permission" in ended.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_for_output() -> None:
    ended = run("read", "-", "-o", "/dev/full", stdin=ARTICLE)
    assert ended.returncode == 1
    assert "/dev/full: cannot be written (No space left on device)" in ended.stderr


def test_a_failed_output_leaves_the_old_one(tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text("old", encoding="utf-8")
    ended = run("read", tmp_path / "gone.txt", "-", "--format", "json", "-o", old, stdin=ARTICLE)
    assert ended.returncode == 1
    assert json.loads(old.read_text(encoding="utf-8"))["schema"] == "reportedly/record/1"
    assert list(tmp_path.iterdir()) == [old]


def test_a_full_disk_during_add_keeps_what_was_added(tmp_path: Path) -> None:
    ledger, feed = tmp_path / "talks.db", tmp_path / "feed.jsonl"
    assert run("add", "-", "--ledger", ledger, stdin=ARTICLE).returncode == 0
    long = "".join(f"Mara Oke said tug {n} of {n * n} would leave Lenn.\n\n" for n in range(150))
    feed.write_text(json.dumps({"id": "long", "text": long}) + "\n", encoding="utf-8")
    room = 48_000

    def narrow() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    words = [PROGRAM, "add", str(feed), "--ledger", str(ledger)]
    ended = subprocess.run(words, capture_output=True, text=True, preexec_fn=narrow, timeout=300)
    assert ended.returncode == 1
    assert "talks.db" in ended.stderr
    assert "Traceback" not in ended.stderr
    with open_ledger(ledger) as kept:
        assert [article.name for article in kept.articles()] == ["stdin"]


def test_ctrl_c_in_the_middle_leaves_the_ledger_whole(tmp_path: Path) -> None:
    ledger, feed = tmp_path / "talks.db", tmp_path / "feed.jsonl"
    lines = (json.dumps({"id": f"talks-{n}", "text": f"{ARTICLE}\nTug {n} left.\n"}) + "\n" for n in range(400))
    feed.write_text("".join(lines), encoding="utf-8")
    words = [PROGRAM, "add", str(feed), "--ledger", str(ledger)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as going:
        assert going.stdout is not None
        first = going.stdout.readline()
        time.sleep(0.2)
        going.send_signal(signal.SIGINT)
        rest, told = going.communicate(timeout=60)
    assert going.returncode == 130
    assert told == "stopped; what was finished is whole, the same command goes on from there\n"
    with open_ledger(ledger) as kept:
        assert 1 <= kept.count() < 400
        assert kept.count() >= 1 + len(rest.splitlines())
    assert first.startswith("new: talks-0 ")


def test_a_reader_that_stops_listening(tmp_path: Path) -> None:
    lines = (json.dumps({"id": f"talks-{n}", "text": f"{ARTICLE}\nTug {n} left.\n"}) + "\n" for n in range(9))
    (tmp_path / "feed.jsonl").write_text("".join(lines), encoding="utf-8")
    words = f"{PROGRAM} read {tmp_path / 'feed.jsonl'} | head -1"
    ended = subprocess.run(["bash", "-o", "pipefail", "-c", words], capture_output=True, text=True, timeout=120)
    assert ended.returncode in (0, 141)
    assert ended.stderr == ""

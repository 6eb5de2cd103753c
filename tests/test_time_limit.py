"""An article that takes too long is given up; the others are read as ever."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pytest
from test_cli import ARTICLE, run

from reportedly.documents import load, make_document
from reportedly.documents.article import Article
from reportedly.documents.load import FORMATS
from reportedly.errors import InputError, ReportedlyError, TimeLimitError
from reportedly.reading.reader import Reader
from reportedly.reading.time_limit import read_within
from reportedly.records import Document, Reading
from reportedly.run import read_one

EXAMPLES = Path(__file__).parents[1] / "examples"


def document(words: str) -> Document:
    return make_document(words, name="talks", outlet="The Courier", published="2026-03-04")


@pytest.fixture(scope="module")
def long() -> Document:
    """Some minutes of reading: all examples as one article, again and again."""
    lines = "".join(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.jsonl"))).splitlines()
    words = "\n".join(json.loads(line)["text"] for line in lines)
    return document((words + "\n") * (200_000 // len(words)))


@dataclass
class Kept:
    reading: Reading | None = None
    error: BaseException | None = None


def read_in_thread(given: Document, reader: Reader, seconds: float) -> Kept:
    kept = Kept()

    def read() -> None:
        try:
            kept.reading = read_within(given, reader=reader, seconds=seconds)
        except TimeLimitError as error:
            kept.error = error

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    return kept


@pytest.mark.parametrize("seconds", [0.01, 0.3, 1.0])
def test_a_reading_is_broken_off_wherever_it_is(long: Document, seconds: float) -> None:
    reader, begun = Reader(), time.monotonic()
    with pytest.raises(TimeLimitError, match=f"more than {seconds:g} seconds and was given up"):
        read_within(long, reader=reader, seconds=seconds)
    assert time.monotonic() - begun < seconds + 15


def test_what_was_broken_off_leaves_no_trace(long: Document) -> None:
    reader, given = Reader(), document(ARTICLE)
    before = reader.read(given)
    handler = signal.getsignal(signal.SIGALRM)
    for seconds in (0.05, 0.2, 0.5):
        with pytest.raises(TimeLimitError):
            read_within(long, reader=reader, seconds=seconds)
    assert read_within(given, reader=reader, seconds=60) == before
    assert signal.getsignal(signal.SIGALRM) is handler
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_nothing_is_limited_where_no_time_is_given() -> None:
    reader, given = Reader(), document(ARTICLE)
    assert read_within(given, reader=reader, seconds=0) == reader.read(given)


def test_in_another_thread_the_time_is_looked_at_between_the_steps() -> None:
    reader, given = Reader(), document(ARTICLE)
    assert read_in_thread(given, reader, 60).reading == reader.read(given)
    assert isinstance(read_in_thread(given, reader, 0.0001).error, TimeLimitError)


def test_the_failure_names_the_article_and_the_way_out(long: Document) -> None:
    failures: list[ReportedlyError] = []
    assert read_one(long, reader=Reader(), on_failure=failures.append, seconds=0.1) is None
    (failure,) = failures
    assert isinstance(failure, InputError)
    assert str(failure).startswith("talks: reading it took more than 0.1 seconds and was given up; ")
    assert "--time-limit" in str(failure)


def test_the_other_articles_are_kept(long: Document, tmp_path: Path) -> None:
    (tmp_path / "a-long.txt").write_text(long.text, encoding="utf-8")
    (tmp_path / "b-short.txt").write_text(ARTICLE, encoding="utf-8")
    ledger = tmp_path / "talks.db"
    ended = run("add", tmp_path / "a-long.txt", tmp_path / "b-short.txt", "--ledger", ledger, "--time-limit", "2")
    assert ended.returncode == 1
    assert "failed: a-long" in ended.stderr
    assert "more than 2 seconds" in ended.stderr
    assert ended.stdout.startswith("new: b-short")


@pytest.mark.parametrize("given", ["-1", "soon", "nan", "1e9"])
def test_a_limit_that_is_none_is_wrong_usage(given: str) -> None:
    ended = run("read", "talks.txt", "--time-limit", given)
    assert ended.returncode == 2
    assert "--time-limit" in ended.stderr


def test_a_file_that_loads_too_slowly_is_given_up_and_the_others_are_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(stream: BinaryIO, *, name: str, place: str) -> Iterator[Article | InputError]:
        while True:
            stream.seek(0)
        yield InputError(place, "never", "never")

    monkeypatch.setitem(FORMATS, ".slow", never)
    for name in ("a.txt", "b.slow", "c.txt"):
        (tmp_path / name).write_text(ARTICLE, encoding="utf-8")
    failed: list[InputError] = []
    found = list(load(tmp_path, on_error=failed.append, seconds=0.3))
    assert [document.name for document in found] == ["a", "c"]
    assert [(error.name, "more than 0.3 seconds" in str(error)) for error in failed] == [
        (str(tmp_path / "b.slow"), True)
    ]

"""Reading in a process of its own, which can be stopped when an article takes too long.

The models are loaded there as well, so the server stays small and answers while articles are read.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from reportedly.errors import InputError, ReportedlyError, TimeLimitError
from reportedly.records import Reading

_STARTING = 120.0
"""Seconds in which the models must be loaded."""
_GRACE = 15.0
"""Seconds after an article's time in which the process must answer before it is ended."""
_WAY_OUT = "cut it into its articles, or open the desk with a longer --time-limit"


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read, and what is known of the articles in it."""

    path: str
    known: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be read, and why."""

    name: str
    reason: str


def read_tasks(pipe: Connection, dossier: str | None, seconds: float) -> None:
    """Answer tasks until there are no more: each article as a Reading or Failure, then None."""
    from reportedly.documents import load
    from reportedly.reading.dossier import Dossier, parse_dossier
    from reportedly.reading.reader import Reader
    from reportedly.reading.time_limit import read_within

    try:
        reader = Reader("en", dossier=parse_dossier(dossier, "dossier") if dossier else Dossier())
    except ReportedlyError as error:
        pipe.send(Failure("reader", str(error)))
        return
    pipe.send("ready")
    while (task := pipe.recv()) is not None:
        failed: list[InputError] = []
        for document in load([task.path], on_error=failed.append, **task.known):
            yield_failures(pipe, failed)
            try:
                pipe.send(read_within(document, reader=reader, seconds=seconds))
            except TimeLimitError as error:
                pipe.send(Failure(document.name, f"{error}; {_WAY_OUT}"))
            except Exception as error:  # one article must not take the others with it
                pipe.send(Failure(document.name, f"reading it failed ({type(error).__name__})"))
        yield_failures(pipe, failed)
        pipe.send(None)


def yield_failures(pipe: Connection, failed: list[InputError]) -> None:
    """Hand over and forget what could not be loaded."""
    for error in failed:
        pipe.send(Failure(Path(error.name).name or "article", f"{error.reason}; {error.way_out}"))
    failed.clear()


class Worker:
    """The reading process, started when it is needed. `patience` is how many seconds an article may take, 0 for any."""

    def __init__(self, *, dossier: str | None, patience: float) -> None:
        self._dossier, self._patience = dossier, patience
        self._process: Any = None
        self._pipe: Any = None

    def read(self, task: Task) -> Iterator[Reading | Failure]:
        """What comes of a file. What takes too long, or breaks the process, is a failure, and ends it."""
        name = Path(task.path).name
        if (failure := self._start()) is not None:
            yield failure
            return
        try:
            self._pipe.send(task)
            while self._pipe.poll(self._patience + _GRACE if self._patience > 0 else None):
                if (answer := self._pipe.recv()) is None:
                    return
                yield answer
            reason = f"it took more than {self._patience:g} seconds and was given up; {_WAY_OUT}"
        except (EOFError, OSError):
            reason = "reading it broke off; cut it into articles, or leave it out"
        self.stop()
        yield Failure(name, reason)

    def _start(self) -> Failure | None:
        if self._process is not None and self._process.is_alive():
            return None
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=read_tasks, args=(theirs, self._dossier, self._patience), daemon=True)
        self._process.start()
        theirs.close()
        try:
            answer = self._pipe.recv() if self._pipe.poll(_STARTING) else None
        except (EOFError, OSError):
            answer = None
        if answer == "ready":
            return None
        self.stop()
        return answer if isinstance(answer, Failure) else Failure("reader", "the models could not be loaded; try again")

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join(5)
            self._pipe.close()
        self._process = self._pipe = None

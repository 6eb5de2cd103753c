"""Adding: what is handed in is read one after the other and kept; what fails is listed with its reason."""

from __future__ import annotations

import queue
import re
import shutil
import tempfile
import threading
import traceback
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reportedly.documents.load import FORMATS, ending_of
from reportedly.errors import ReportedlyError
from reportedly.ledger import Ledger
from reportedly.records import Reading
from reportedly.views.web.asking import ID
from reportedly.views.web.handling_pages import AddedRow, JobRow
from reportedly.views.web.worker import Failure, Task, Worker

WAITING, READING, DONE, FAILED = "waiting", "reading", "done", "stopped"
FAULT = "a fault of the program, which its terminal shows; leave this out and report it"
_SHOWN = 12
_MOST_WAITING = 20
_UNSAFE = re.compile(r"[^\w.()+,=@ -]+")


Done = Callable[[], None]
"""Is told whenever something that was handed in is read."""


class RefusedError(ReportedlyError):
    """What was handed in is not taken; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it was handed in."""

    name: str
    content: bytes


@dataclass(slots=True)
class _Job:
    id: int
    label: str
    folder: Path
    tasks: list[Task]
    total: int
    rows: list[AddedRow] = field(default_factory=list)
    state: str = WAITING


class Adding:
    """The line of what was handed in, and a thread that reads it."""

    def __init__(
        self, ledger: Ledger, *, dossier: str | None, patience: float, most_files: int, done: Done = lambda: None
    ) -> None:
        self._ledger, self._most_files, self._done = ledger, most_files, done
        self._worker = Worker(dossier=dossier, patience=patience)
        self._line: queue.Queue[_Job | None] = queue.Queue(maxsize=_MOST_WAITING)
        self._jobs: deque[_Job] = deque(maxlen=_SHOWN)
        self._lock, self._number = threading.Lock(), 0
        self._thread: threading.Thread | None = None

    def hand_in(self, files: Sequence[Handed], known: Mapping[str, Any]) -> JobRow:
        """Put files in line. Raises RefusedError where they are none, too many, or of a kind that is not read."""
        if not files:
            raise RefusedError("nothing was handed in; choose files, or paste a text")
        if len(files) > self._most_files:
            raise RefusedError(f"{len(files)} files, more than the {self._most_files} that are taken at once")
        rows = [
            AddedRow(name=safe_name(handed.name), id=None, outcome="not read", found=reason)
            for handed in files
            if (reason := refusal(handed)) is not None
        ]
        folder = Path(tempfile.mkdtemp(prefix="reportedly-"))
        try:
            paths = [_laid_down(handed, folder / str(n)) for n, handed in enumerate(files) if refusal(handed) is None]
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            reason = error.strerror or "it failed"
            raise RefusedError(f"it could not be laid down to be read ({reason}); make room and try again") from error
        return self._put(_label(files), folder, [Task(str(path), dict(known)) for path in paths], rows)

    def hand_in_folder(self, path: Path) -> JobRow:
        """Put the files of a folder of the package in line."""
        folder = Path(tempfile.mkdtemp(prefix="reportedly-"))
        tasks = [Task(str(file), {}) for file in sorted(path.iterdir()) if file.suffix in FORMATS]
        return self._put("the example articles", folder, tasks, [])

    def _put(self, label: str, folder: Path, tasks: list[Task], rows: list[AddedRow]) -> JobRow:
        total = len(rows) + sum(_articles_in(Path(task.path)) for task in tasks)
        with self._lock:
            self._number += 1
            job = _Job(self._number, label, folder, tasks, total, rows)
            try:
                self._line.put_nowait(job)
            except queue.Full:
                shutil.rmtree(folder, ignore_errors=True)
                raise RefusedError("too much is waiting to be read; try again when some of it is done") from None
            self._jobs.appendleft(job)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._read_all, daemon=True)
                self._thread.start()
        return _row(job)

    @property
    def jobs(self) -> tuple[JobRow, ...]:
        """The last things handed in, the newest first."""
        with self._lock:
            return tuple(map(_row, self._jobs))

    def close(self) -> None:
        """Stop reading."""
        self._worker.stop()

    def _read_all(self) -> None:
        while (job := self._line.get()) is not None:
            try:
                self._read(job)
            except Exception:  # a fault of ours: what else is handed in must still be read
                traceback.print_exc()
                self._worker.stop()
                row = AddedRow(name=job.label, id=None, outcome="stopped", found=FAULT)
                with self._lock:
                    job.rows.append(row)
                job.state = FAILED
            finally:
                shutil.rmtree(job.folder, ignore_errors=True)
                # A desk stays open for days: it must not wait for its end to answer fast.
                self._ledger.settle()
                self._done()

    def _read(self, job: _Job) -> None:
        job.state = READING
        try:
            for task in job.tasks:
                for answer in self._worker.read(task):
                    row = self._kept(answer)
                    with self._lock:
                        job.rows.append(row)
        except ReportedlyError as error:
            with self._lock:
                job.rows.append(AddedRow(name=job.label, id=None, outcome="stopped", found=_plain(error, self._ledger)))
            job.state = FAILED
            return
        job.state = DONE

    def _kept(self, answer: Reading | Failure) -> AddedRow:
        if isinstance(answer, Failure):
            return AddedRow(name=answer.name, id=None, outcome="not read", found=answer.reason)
        try:
            added = self._ledger.add(answer)
        except ReportedlyError as error:
            return AddedRow(name=answer.document.name, id=None, outcome="not kept", found=_plain(error, self._ledger))
        found = f"{len(answer.statements)} statements, {len(answer.terms)} terms, {len(answer.encounters)} meetings"
        name = answer.document.title or answer.document.name
        return AddedRow(name=name, id=added.article[:ID], outcome=added.outcome.value, found=found)


def _laid_down(handed: Handed, folder: Path) -> Path:
    folder.mkdir()
    path = folder / safe_name(handed.name)
    path.write_bytes(handed.content)
    return path


def refusal(handed: Handed) -> str | None:
    """Why a file is not taken, None if it is."""
    ending = ending_of(handed.name)
    if ending not in FORMATS:
        return f"files of the kind {ending or 'without an ending'} are not read; give one of {', '.join(FORMATS)}"
    if not handed.content.strip():
        return "there is nothing in it; look whether it was saved whole"
    return None


def safe_name(name: str) -> str:
    """A file name without folders, leading dots or characters that mean something elsewhere."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem, ending = Path(last).stem, Path(last).suffix
    return (_UNSAFE.sub("_", stem).strip(" ._")[:120] or "article") + _UNSAFE.sub("", ending)[:10]


def _label(files: Sequence[Handed]) -> str:
    return safe_name(files[0].name) if len(files) == 1 else f"{len(files)} files"


def _articles_in(path: Path) -> int:
    if path.suffix.lower() != ".jsonl":
        return 1
    with path.open("rb") as stream:
        return max(1, sum(1 for line in stream if line.strip()))


def _plain(error: ReportedlyError, ledger: Ledger) -> str:
    """The error without where the ledger lies."""
    return str(error).replace(ledger.where, "the ledger")


def _row(job: _Job) -> JobRow:
    return JobRow(
        id=str(job.id),
        label=job.label,
        total=max(job.total, len(job.rows)),
        done=len(job.rows),
        state=job.state,
        rows=tuple(replace(row) for row in job.rows[-200:]),
    )

"""A limit to how long the reading of one article may take: what takes longer is given up.

In a main thread that has the timer of Unix, the reading is broken off wherever it is. Elsewhere the time is looked at
between its steps.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic
from types import FrameType

from reportedly.errors import TimeLimitError
from reportedly.reading.draft import Draft
from reportedly.reading.pipeline import load_pipeline
from reportedly.reading.reader import Reader
from reportedly.records import Document, Reading

_AGAIN = 0.5
"""Seconds after which the alarm is raised again: C code that calls back into Python may lose the first."""


class _TimeUp(BaseException):
    """No Exception: a step that mends what fails in it must not go on."""


def read_within(document: Document, *, reader: Reader, seconds: float) -> Reading:
    """The article's reading; 0 seconds: however long it takes.

    Raises TimeLimitError where it takes longer. The models are loaded before the time begins to run.
    """
    if seconds <= 0:
        return reader.read(document)
    load_pipeline()
    try:
        if _has_alarm():
            with _alarm(seconds):
                return reader.read(document)
        return _watched(reader, monotonic() + seconds).read(document)
    except _TimeUp:
        raise TimeLimitError(f"reading it took more than {seconds:g} seconds and was given up") from None


def _has_alarm() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(signum: int, frame: FrameType | None) -> None:
        raise _TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _watched(reader: Reader, end: float) -> Reader:
    def look(draft: Draft) -> Draft:
        if monotonic() > end:
            raise _TimeUp
        return draft

    return replace(reader, steps=(look, *(each for step in reader.steps for each in (step, look))))

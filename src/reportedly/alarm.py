"""A timer that breaks off whatever runs too long, in a main thread that has the timer of Unix."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 0.5
"""Seconds after which the alarm is raised again: C code that calls back into Python may lose the first."""


class TimeUp(BaseException):
    """No Exception: a step that mends what fails in it must not go on."""


def has_alarm() -> bool:
    """Whether there is such a timer here."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise TimeUp in what runs longer; with 0 seconds, and where there is no timer, nothing is broken off."""
    if seconds <= 0 or not has_alarm():
        yield
        return

    def ring(signum: int, frame: FrameType | None) -> None:
        raise TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

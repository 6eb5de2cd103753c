"""A limit to how long the reading of one article may take: what takes longer is given up.

In a main thread that has the timer of Unix, the reading is broken off wherever it is. Elsewhere the time is looked at
between its steps.
"""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

from reportedly.alarm import TimeUp, alarm, has_alarm
from reportedly.errors import TimeLimitError
from reportedly.reading.draft import Draft
from reportedly.reading.pipeline import load_pipeline
from reportedly.reading.reader import Reader
from reportedly.records import Document, Reading


def read_within(document: Document, *, reader: Reader, seconds: float) -> Reading:
    """The article's reading; 0 seconds: however long it takes.

    Raises TimeLimitError where it takes longer. The models are loaded before the time begins to run.
    """
    if seconds <= 0:
        return reader.read(document)
    load_pipeline()
    try:
        if has_alarm():
            with alarm(seconds):
                return reader.read(document)
        return _watched(reader, monotonic() + seconds).read(document)
    except TimeUp:
        raise TimeLimitError(f"reading it took more than {seconds:g} seconds and was given up") from None


def _watched(reader: Reader, end: float) -> Reader:
    def look(draft: Draft) -> Draft:
        if monotonic() > end:
            raise TimeUp
        return draft

    return replace(reader, steps=(look, *(each for step in reader.steps for each in (step, look))))

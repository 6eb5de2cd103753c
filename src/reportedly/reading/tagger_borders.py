"""Where a content begins and ends in its paragraph: whole quotations, no marks around it, no trailing comma."""

from __future__ import annotations

import re

import numpy as np

from reportedly.reading.tagger_sheet import CLOSES, INSIDE, OPENS, Ints, quotation

SHORT_OF_IT = 3  # words that a content may stop before its closing quotation mark

_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Inc|Corp|Co|Ltd|No|Gov|Sen|Rep|etc))\.$")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a content begins and ends in its paragraph: whole quotations, no marks around it, no trailing comma.

    An utterance that has begun with its quotation mark ends with it at the latest; one that stops a few words short
    of it goes on to it. Marks stay around a part of the content.
    """
    marks = quotation(text)
    return _bare(text, marks, *_snap(text, marks, start, end))


def _snap(text: str, marks: Ints, start: int, end: int) -> tuple[int, int]:
    """Borders moved to quotation marks nearby."""
    if start and marks[start - 1] == OPENS:
        start -= 1
    closed = _next_close(marks, start) if marks[start] in (OPENS, INSIDE) else -1
    if 0 <= closed < end - 1 and text[closed - 1] in ",.?!" and OPENS not in marks[closed:end]:
        return start, closed + 1
    if marks[end - 1] in (OPENS, INSIDE):
        closed = _next_close(marks, end - 1)
        if closed >= 0 and len(text[end:closed].split()) <= SHORT_OF_IT:
            return start, closed + 1
    return start, end


def _bare(text: str, marks: Ints, start: int, end: int) -> tuple[int, int]:
    """Without the marks of a quotation that holds all of it, and without punctuation that belongs to the sentence."""
    end = _last_letter(text, start, end)
    if start < end and marks[start] == OPENS and not 0 <= _next_close(marks, start) < end - 1:
        start += 1
    if start < end and marks[end - 1] == CLOSES and not (marks[start:end] == OPENS).any():
        end -= 1
    while start < end and (text[start].isspace() or text[start] in ",;:–—-"):
        start += 1
    return start, _last_letter(text, start, end)


def _last_letter(text: str, start: int, end: int) -> int:
    """The end without commas, dashes, spaces and the sentence's stop; the point of an abbreviation stays."""
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;:–—-"):
        end -= 1
    if start < end and text[end - 1] == "." and not _ABBREVIATION.search(text, start, end):
        end -= 1
    return end


def _next_close(marks: Ints, after: int) -> int:
    at = np.flatnonzero(marks[after:] == CLOSES)
    return after + int(at[0]) if len(at) else -1

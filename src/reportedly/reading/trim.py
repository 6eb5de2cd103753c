"""The borders of a content: what is cut off it and what is not."""

from __future__ import annotations

import re

from reportedly.reading.quotes import Quote
from reportedly.records import Span

_OPENERS = ("that ", "if ", "whether ", "to ", "as ")
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ/ .’'-]+(?:, [A-Z][a-z]+\.? \d{1,2})?,? \([^)\n]{2,30}\) ?[-–—]+ ")
_LOOSE = " \t\n,;:—–-"
_MARKS = "\"“”‘’'«»"


def trimmed(span: Span, text: str, quotes: tuple[Quote, ...], *, opened: bool = True) -> Span | None:
    """The span without loose punctuation, complementizer and, where one quotation is all of it, its marks.

    A full stop stays inside direct speech and is cut off indirect. None where nothing is left. `opened` says that a
    word like "that" at its head is a complementizer and no word of the content's own ("dismissed that demand").
    """
    start, end = _loose(_after_dateline(span, text), span.end, text)
    start = _after_opener(start, end, text) if opened else start
    start, end = _loose(start, end, text)
    if start >= end:
        return None
    if text[end - 1] in ".!?" and text[end - 2 : end - 1] in tuple('"”»'):  # the stop stands after the marks
        end -= 1
    around = _quote_of(start, end, text, quotes)
    if around is not None:
        start, end = _loose(around.inner.start, around.inner.end, text)
    elif text[end - 1 : end] in (".", "!", "?") and text[end - 2 : end - 1] != ".":
        end -= 1
    start, end = _unpaired(start, end, text)
    return Span(start, end) if start < end and any(c.isalnum() for c in text[start:end]) else None


def _after_dateline(span: Span, text: str) -> int:
    """Past "GENEVA, May 12 (Reuters) -" at the head of a paragraph: where it was written is not what was said."""
    line = _DATELINE.match(text, span.start, span.end)
    return line.end() if line and (span.start == 0 or text[span.start - 1] == "\n") else span.start


def _loose(start: int, end: int, text: str) -> tuple[int, int]:
    while start < end and text[start] in _LOOSE:
        start += 1
    while end > start and text[end - 1] in _LOOSE:
        end -= 1
    return start, end


def _after_opener(start: int, end: int, text: str) -> int:
    low = text[start : min(end, start + 8)].casefold()
    for opener in _OPENERS:
        if low.startswith(opener) and opener in ("that ", "whether ", "if ") and text[start].islower():
            return start + len(opener)
    return start


def _quote_of(start: int, end: int, text: str, quotes: tuple[Quote, ...]) -> Quote | None:
    """The quotation that is the whole span, its marks inside or just outside of it."""
    for quote in quotes:
        if quote.inner.start <= start + 1 and end - 1 <= quote.inner.end and quote.outer.meets(Span(start, end)):
            whole = Span(min(start, quote.outer.start), max(end, quote.outer.end))
            rest = text[whole.start : quote.outer.start] + text[quote.outer.end : whole.end]
            if not any(c.isalnum() for c in rest) and start <= quote.inner.start + 1 and end >= quote.inner.end - 1:
                return quote
    return None


def _unpaired(start: int, end: int, text: str) -> tuple[int, int]:
    """A mark at one end whose partner lies outside is no part of the content."""
    body = text[start:end]
    if body[:1] in '"“‘' and not any(m in body[1:] for m in _MARKS):
        start += 1
    body = text[start:end]
    if body[-1:] in '"”' and not any(m in body[:-1] for m in _MARKS):
        end -= 1
    return start, end

"""The sentence that a place in an article stands in, for readers of a table who want to see it.

Rule: a sentence ends at `.`, `!`, `?` or `…`, with any closing quotation marks and brackets, before white space and
a capital, digit, quotation mark or bracket; not after a title, an initial, a month, or a `no.` with its number. It
ends at a block's edge and at an empty line too. A span that runs over several sentences gets all of them. A wrong
split shows more or less of the article than one would like, and touches no record. Of a text without full stops
only as much as `LONGEST` before and after the place is given, cut at white space where there is some.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from reportedly.records import Document, Span, Spans

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[^\W_a-zß-öø-ÿ])|\n[ \t]*\n")
_SHORTENED = re.compile(
    r"(?:^|[\s(\[\"'“‘])(?:[^\W\d_]|Mrs?|Ms|Dr|Prof|St|Sir|Rev|Hon|Gen|Col|Lt|Maj|Capt|Cpl|Sgt|Adm|Cmdr|Sen|Rep|Gov|Pres"
    r"|Jr|Sr|vs|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|(?:[^\W\d_]\.)+[^\W\d_])$"
)
_NUMBERED = re.compile(r"(?:^|\s)(?:nos?|arts?|pp?|fig|vol)$", re.IGNORECASE)
_DIGIT = re.compile(r"\.\s+\d")
_LOOK_BACK = 16
_LOOK_FOR = 60

LONGEST = 1_500
"""Characters of a sentence that are given before a place in it, and after it."""


class Surroundings:
    """The sentences of one document."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._cuts = sorted(set(_cuts(document)))

    def of(self, spans: Spans) -> Spans:
        """The sentences that the spans touch, in order, each once and without white space around it."""
        return _joined(self._sentence(span) for span in sorted(spans))

    def _sentence(self, span: Span) -> Span:
        start = self._near(self._cuts[bisect_right(self._cuts, span.start) - 1], span.start)
        end = self._near(self._cuts[bisect_left(self._cuts, span.end)], span.end)
        words = self._text[start:end]
        trimmed = words.strip()
        start += len(words) - len(words.lstrip())
        # A span of nothing but white space has no words to trim to.
        return Span(start, start + len(trimmed)) if trimmed else span

    def _near(self, cut: int, place: int) -> int:
        """The cut, or white space on the way to it where it is too far away."""
        if abs(cut - place) <= LONGEST:
            return cut
        if cut < place:
            return _after_space(self._text, place - LONGEST, place)
        return _before_space(self._text, place, place + LONGEST)


def _after_space(text: str, start: int, end: int) -> int:
    found = re.search(r"\s", text[start : min(end, start + _LOOK_FOR)])
    return start + found.end() if found else start


def _before_space(text: str, start: int, end: int) -> int:
    last = max(start, end - _LOOK_FOR)
    space = max((m.start() for m in re.finditer(r"\s", text[last:end])), default=None)
    return end if space is None else last + space


def _cuts(document: Document) -> Iterable[int]:
    yield from (0, len(document.text))
    for block in document.blocks:
        yield from (block.span.start, block.span.end)
    for end in _END.finditer(document.text):
        if not (end[0] == "." and _shortened(document.text, end.start())):
            yield end.end()


def _shortened(text: str, stop: int) -> bool:
    """Whether the full stop there belongs to a word: "Mr.", "U.S.", "no. 5"."""
    before = text[max(0, stop - _LOOK_BACK) : stop]
    numbered = _NUMBERED.search(before) and _DIGIT.match(text, stop)
    return bool(numbered or _SHORTENED.search(before))


def _joined(spans: Iterable[Span]) -> Spans:
    """Spans in order of their start, with those that share a character made one."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].meets(span):
            span = Span(joined[-1].start, max(joined.pop().end, span.end))
        joined.append(span)
    return tuple(joined)

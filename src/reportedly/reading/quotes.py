"""Quotation marks: where quoted speech begins and ends, over paragraphs too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.reading.parse import Paragraph, Parse
from reportedly.reading.quotes_blocks import find_ahead
from reportedly.reading.transcripts import find_turns
from reportedly.records import Span

_CLOSING = {"“": "”", "«": "»", "„": "“"}
_STRAIGHT = '"'
_SINGLE = {"‘": "’", "'": "'"}
_TYPED = ("''", "``")
"""Double marks as typewriters and wire services make them."""
_MARK = re.compile(f"[{''.join({_STRAIGHT, *_CLOSING, *_SINGLE, *(typed[0] for typed in _TYPED)})}]")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: `outer` with its marks, `inner` without; `open` where its paragraph ends before it is closed."""

    outer: Span
    inner: Span
    paragraph: int
    open: bool = False


def find_quotes(parse: Parse) -> tuple[Quote, ...]:
    """All quotations of the article's prose, in order, nested single quotation marks left out.

    A paragraph whose quotation is not closed runs on into the next one if that opens with a mark too, as the
    press prints speech of several paragraphs. What is said in a transcript, or
    in a paragraph that "The union tweeted:" announces, is a quotation without marks.
    """
    marked = (q for paragraph in parse.paragraphs for q in _quotes_in(paragraph, parse.text))
    unmarked = (*_spoken(parse), *_set_off(parse))
    return tuple(sorted((*marked, *unmarked), key=lambda quote: (quote.outer.start, -quote.outer.end)))


def _set_off(parse: Parse) -> Iterator[Quote]:
    """What a paragraph of its own quotes without marks."""
    for ahead in find_ahead(parse):
        if not ahead.marked and (sentence := parse.sentence_at(ahead.words.start)) is not None:
            yield Quote(ahead.words, ahead.words, sentence.paragraph.index)


def _spoken(parse: Parse) -> Iterator[Quote]:
    for turn in find_turns(parse):
        for words in turn.words if not turn.asks else ():
            sentence = parse.sentence_at(words.start)
            if sentence is not None:
                yield Quote(words, words, sentence.paragraph.index)


def _quotes_in(paragraph: Paragraph, text: str) -> list[Quote]:
    quotes = []
    at, end = paragraph.span.start, paragraph.span.end
    while (mark := _MARK.search(text, at, end)) is not None:
        at = mark.start()
        close = _close_of(text, at, paragraph.span)
        if close is None:
            at += 1
            continue
        stop, is_open = close
        width = _width(text, at)
        start, inner_end = at + width, stop if is_open else stop - width
        if inner_end > start:
            quotes.append(Quote(Span(at, stop), Span(start, inner_end), paragraph.index, is_open))
        at = stop
    return quotes


def _close_of(text: str, at: int, within: Span) -> tuple[int, bool] | None:
    """End of the quotation that opens at this character, and whether its paragraph ends first; None if none opens."""
    mark = text[at]
    if _width(text, at) == 2:
        return _find_close(text, at, "''", within)
    if mark == _STRAIGHT:
        return _find_close(text, at, _STRAIGHT, within)
    if mark in _CLOSING:
        return _find_close(text, at, _CLOSING[mark], within)
    if mark in _SINGLE and _may_open(text, at, within.start):
        stop = _single_close(text, at, _SINGLE[mark], within.end)
        return (stop, False) if stop else None
    return None


def _find_close(text: str, at: int, closing: str, within: Span) -> tuple[int, bool]:
    stop = text.find(closing, at + len(closing), within.end)
    return (stop + len(closing), False) if stop >= 0 else (within.end, True)


def _width(text: str, at: int) -> int:
    return 2 if text[at : at + 2] in _TYPED else 1


def _may_open(text: str, at: int, start: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1 : at + 2]
    return (before.isspace() or before in "([—–-") and bool(after) and (after.isalnum() or after in "[…")


def _single_close(text: str, at: int, closing: str, end: int) -> int | None:
    """A single mark closes before a space or stop; between letters it is an apostrophe."""
    stop = text.find(closing, at + 1, end)
    while stop >= 0:
        after = text[stop + 1 : stop + 2]
        if (not after or not after.isalnum()) and not _plural_possessive(text, at, stop, closing, end):
            return stop + 1
        stop = text.find(closing, stop + 1, end)
    return None


def _plural_possessive(text: str, at: int, stop: int, closing: str, end: int) -> bool:
    """Whether the mark after an s is an apostrophe ("the ministers' talks"): another one closes the quotation later."""
    if text[stop - 1] != "s" or text[stop + 1 : stop + 2] != " ":
        return False
    later = text.find(closing, stop + 1, min(end, at + 300))
    return later >= 0 and not text[later + 1 : later + 2].isalnum()


def quoted_share(span: Span, quotes: tuple[Quote, ...]) -> float:
    """The part of a span's characters that stands in quotation marks, 0 to 1."""
    inside = sum(
        max(0, min(span.end, q.outer.end) - max(span.start, q.outer.start)) for q in quotes if q.outer.meets(span)
    )
    return inside / (span.end - span.start)

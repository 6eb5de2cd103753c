"""An article's text with what was found in it marked: paragraphs of sentences of segments, every character once.

Found things overlap and nest, and may be discontinuous. So the text is cut wherever one begins or ends, and each
piece carries the kinds of all that cover it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from reportedly.ledger.surroundings import Surroundings
from reportedly.records import PROSE, Block, BlockKind, Document, Reading, Span, Spans

INNER = "inner"
"""The kind of a content that stands in another content."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text and what it is: `source`, `cue`, `content`, `hedge` or `focus`."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that are all covered by the same marks."""

    text: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """`start` tells it from the others of its article; `space` is the white space before it."""

    start: int
    space: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the page; `number` counts those that are prose, None for the others."""

    kind: str
    number: int | None
    piece: int
    start: int
    sentences: tuple[Sentence, ...]


class MarkedText:
    """A text cut at every border of its marks."""

    def __init__(self, text: str, marks: Iterable[Mark]) -> None:
        self._text = text
        self._cuts, self._kinds = _cut(sorted(marks, key=lambda m: m.span), len(text))

    def within(self, span: Span) -> tuple[Segment, ...]:
        """The segments of a stretch of it, with the same kinds joined."""
        segments: list[Segment] = []
        first = bisect_right(self._cuts, span.start) - 1
        for at in range(first, bisect_left(self._cuts, span.end)):
            start, end = max(self._cuts[at], span.start), min(self._cuts[at + 1], span.end)
            segments.append(Segment(self._text[start:end], self._kinds[at]))
        return tuple(segments)


def _cut(marks: list[Mark], length: int) -> tuple[list[int], list[tuple[str, ...]]]:
    """Borders in order, 0 and the text's length among them, and the kinds that cover each stretch between two."""
    changes: dict[int, Counter[str]] = {0: Counter(), length: Counter()}
    for mark in marks:
        changes.setdefault(mark.span.start, Counter())[mark.kind] += 1
        changes.setdefault(mark.span.end, Counter())[mark.kind] -= 1
    open_marks: Counter[str] = Counter()
    cuts, kinds = sorted(changes), []
    for cut in cuts:
        for kind, change in changes[cut].items():
            open_marks[kind] += change
        kinds.append(_kinds(open_marks))
    return cuts, kinds


def _kinds(open_marks: Counter[str]) -> tuple[str, ...]:
    kinds = [kind for kind, number in sorted(open_marks.items()) if number > 0]
    return (*kinds, INNER) if open_marks["content"] > 1 else tuple(kinds)


def marks_of(reading: Reading) -> Iterator[Mark]:
    """Who says what, by which word, and what weakens it."""
    for statement in reading.statements:
        parts = {
            "source": statement.source,
            "cue": statement.cue,
            "content": statement.content,
            "hedge": statement.hedges,
        }
        for kind, spans in parts.items():
            yield from (Mark(kind, span) for span in spans)


def paragraphs_of(reading: Reading, surroundings: Surroundings) -> Iterator[Paragraph]:
    """The whole article, block by block, everything in it marked."""
    document = reading.document
    marked = MarkedText(document.text, marks_of(reading))
    number = 0
    for block in _blocks(document):
        number += block.kind in PROSE
        yield Paragraph(
            kind=block.kind.value,
            number=number if block.kind in PROSE else None,
            piece=block.piece,
            start=block.span.start,
            sentences=tuple(_sentences(document.text, block, surroundings, marked)),
        )


def _blocks(document: Document) -> Iterable[Block]:
    return document.blocks or (Block(BlockKind.PARAGRAPH, Span(0, len(document.text))),)


def _sentences(text: str, block: Block, surroundings: Surroundings, marked: MarkedText) -> Iterator[Sentence]:
    at = block.span.start
    while at < block.span.end:
        start = at + len(text[at : block.span.end]) - len(text[at : block.span.end].lstrip())
        if start >= block.span.end:
            return
        (around,) = surroundings.of((Span(start, start + 1),))
        end = min(max(around.end, start + 1), block.span.end)
        yield Sentence(start, text[at:start], marked.within(Span(start, end)))
        at = end


def excerpt(marked: MarkedText, sentences: Spans, focus: Spans) -> tuple[tuple[Segment, ...], ...]:
    """The sentences around the words in focus, marked; the focus too."""
    return tuple(tuple(_focused(marked, sentence, focus)) for sentence in sentences)


def _focused(marked: MarkedText, sentence: Span, focus: Spans) -> Iterator[Segment]:
    """The segments of a sentence, cut where the focus begins and ends."""
    cuts = {at for span in focus for at in (span.start, span.end) if sentence.start < at < sentence.end}
    borders = sorted({sentence.start, sentence.end, *cuts})
    for start, end in pairwise(borders):
        here = Span(start, end)
        inside = any(span.holds(here) for span in focus)
        for segment in marked.within(here):
            yield Segment(segment.text, _with_focus(segment.kinds)) if inside else segment


def _with_focus(kinds: tuple[str, ...]) -> tuple[str, ...]:
    inner = (INNER,) if INNER in kinds else ()
    return (*sorted({*kinds, "focus"} - {INNER}), *inner)

"""Plans that are printed as a list: which lines are points of a plan, and under which numbers they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from reportedly.reading.draft import Draft
from reportedly.reading.parse import Sentence
from reportedly.reading.terms_marks import PointMark, total_of
from reportedly.reading.terms_words import number_of, pattern, phrase_pattern, words
from reportedly.records import Block, BlockKind, Span

_EN = "en"
_MARKER = re.compile(
    r"\(?(?P<digits>\d{1,2})[.):]\s+|(?:point|step|article|clause|item)\s+(?P<word>\w+)\s*[:.–—-]\s*|[•‣◦▪●·*–—-]\s+",
    re.I,
)
_HERE = re.compile(r"here(?:['’]s| is| are)\b", re.I)
_FEWEST = 2
"""A list has at least so many lines."""


@dataclass(frozen=True, slots=True)
class ListedPoint:
    """A line of a plan's list. `number` is None behind a bullet; `marker` is the span of the number or bullet."""

    block: Block
    marker: Span
    number: int | None


def find_listed(draft: Draft) -> tuple[ListedPoint, ...]:
    """The lines of lists that give a plan's points, in text order.

    Method: runs of list items; the line before the run, or the headline where the list follows at once, must announce
    a plan's points ("the draft reads as follows:", "the twelve points", "the union's demands:").
    """
    return tuple(point for run in _runs(draft) if _is_announced(run, draft) for point in run)


def listed_marks(points: tuple[ListedPoint, ...], draft: Draft) -> tuple[PointMark, ...]:
    """The numbers of listed points, as marks of each sentence that stands under one."""
    return tuple(
        PointMark(point.marker, (point.number,), sentence.index, "point")
        for point in points
        if point.number is not None
        for sentence in _under(point, draft)
    )


def headed_marks(draft: Draft) -> tuple[PointMark, ...]:
    """The numbers of points that stand as headings over what is told of them, as marks of each sentence below one.

    Headings count where their numbers go up by one from one on, and the plan has as many points as the text says.
    """
    blocks = draft.document.blocks
    run: list[ListedPoint] = []
    for block in blocks:
        point = _point_of(replace(block, kind=BlockKind.LIST_ITEM), draft.document.text)
        if block.kind is BlockKind.HEADING and point is not None and point.number is not None:
            run = [*run, point] if run and _next_to(run[-1], point) else [point]
    if len(run) < _FEWEST or run[0].number != 1 or total_of(draft.document.text) != len(run):
        return ()
    return tuple(
        PointMark(point.marker, (point.number or 0,), sentence.index, "point")
        for point in run
        for sentence in draft.parse.sentences_in(Span(point.block.span.end, _end_of(point, draft)))
        if not _is_spoken(sentence, draft)
    )


def _end_of(point: ListedPoint, draft: Draft) -> int:
    """Where what stands under a heading ends: at the next one."""
    starts = (b.span.start for b in draft.document.blocks if b.kind is BlockKind.HEADING)
    return next((start for start in starts if start > point.block.span.start), len(draft.document.text))


def _is_spoken(sentence: Sentence, draft: Draft) -> bool:
    """Whether somebody says something in the sentence: a reaction to the point, and no wording of it."""
    return any(cue.meets(sentence.span) for statement in draft.statements for cue in statement.cue)


def listed_sentences(points: tuple[ListedPoint, ...], draft: Draft) -> dict[int, Span]:
    """The sentences, by index, that are the wording of listed points, each with the marker of its point."""
    return {s.index: point.marker for point in points for s in _under(point, draft)}


def announcing_sentences(points: tuple[ListedPoint, ...], draft: Draft) -> frozenset[int]:
    """The sentences, by index, that announce a list and say nothing of their own: before a colon, "Here is ..."."""
    starts = {p.block.span.start for p in points}
    lines, text = draft.parse.sentences, draft.document.text
    before = {a.index for a, b in pairwise(lines) if b.paragraph.span.start in starts and a.span.of(text).endswith(":")}
    return frozenset(before | {s.index for s in lines if _HERE.match(s.span.of(text))})


def _under(point: ListedPoint, draft: Draft) -> Iterator[Sentence]:
    """The sentences of a listed point, without one that is its number alone."""
    for sentence in draft.parse.sentences_in(point.block.span):
        if sentence.span.end > point.marker.end:
            yield sentence


def _runs(draft: Draft) -> Iterator[list[ListedPoint]]:
    """Neighbouring list items of one piece; numbers go up by one."""
    run: list[ListedPoint] = []
    last = -1
    for at, block in enumerate(draft.document.blocks):
        point = _point_of(block, draft.document.text)
        if point is None:
            continue
        follows = run and at == last + 1 and block.piece == run[-1].block.piece and _next_to(run[-1], point)
        if not follows:
            if len(run) >= _FEWEST:
                yield run
            run = []
        run.append(point)
        last = at
    if len(run) >= _FEWEST:
        yield run


def _next_to(one: ListedPoint, two: ListedPoint) -> bool:
    if one.number is None or two.number is None:
        return one.number is two.number
    return two.number == one.number + 1


def _point_of(block: Block, text: str) -> ListedPoint | None:
    if block.kind is not BlockKind.LIST_ITEM:
        return None
    match = _MARKER.match(block.span.of(text))
    if match is None:
        return None
    named = match["digits"] or match["word"]
    number = number_of(named) if named else None
    start = block.span.start
    return ListedPoint(block, Span(start, start + len(match[0].rstrip())), number) if number or not named else None


def _is_announced(run: list[ListedPoint], draft: Draft) -> bool:
    text, blocks = draft.document.text, draft.document.blocks
    first = blocks.index(run[0].block)
    before = [b for b in blocks[:first] if b.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)]
    if not before or before[-1].piece != run[0].block.piece:
        return False
    lead = re.split(r"(?<=[.!?])\s+", before[-1].span.of(text))[-1]
    if pattern(_EN, "terms", "not_listing").search(lead):
        return False
    speaks = _speaks_of_plan(lead)
    if lead.endswith(":") or before[-1].kind is BlockKind.HEADING:
        return speaks or (bool(pattern(_EN, "terms", "listing").search(lead)) and _titled(draft))
    return speaks and bool(pattern(_EN, "terms", "listing").search(lead))


def _titled(draft: Draft) -> bool:
    """Whether the headline, or the page's first lines, speak of a plan."""
    return _speaks_of_plan(f"{draft.document.title or ''} {draft.document.text[:300]}")


def _speaks_of_plan(text: str) -> bool:
    held = {w.casefold().removesuffix("s") for w in re.findall(r"[\w-]+", text)}
    kinds = words(_EN, "plans", "plans") | words(_EN, "plans", "units") | words(_EN, "terms", "listed")
    return bool(held & {w.removesuffix("s") for w in kinds} or phrase_pattern(_EN, "terms", "listed").search(text))

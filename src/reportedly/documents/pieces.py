"""Parts of a page with authors of their own: an embedded second article, the posts of a live blog."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from reportedly.documents.bylines import (
    DATE_ANYWHERE,
    is_dateline,
    opens_post,
    parse_bare_byline,
    parse_byline,
    parse_more_authors,
    parse_open_head,
    parse_post_head,
    people_of,
)
from reportedly.documents.headings import is_all_caps
from reportedly.records import PROSE, Block, BlockKind, Piece, Span

NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s")
"""How a heading begins that counts a point and is no headline."""

ASIDE = (BlockKind.FURNITURE, BlockKind.CAPTION)


@dataclass(frozen=True, slots=True)
class _Part:
    """Where a piece begins, in blocks, and what its own lines say of it."""

    first: int
    title: str | None
    byline: tuple[str, ...]


def find_pieces(
    text: str, blocks: Sequence[Block], *, title: str | None = None, byline: tuple[str, ...] = ()
) -> tuple[Piece, ...]:
    """The pieces of the page in order; together they cover all blocks. None only where there are no blocks.

    `title` and `byline` are what is known of the page otherwise. The first piece takes them where its own lines give
    none; an author who signs a later piece is not taken for the first one's.
    """
    if not blocks:
        return ()
    parts = _parts(text, blocks)
    others = {name for part in parts[1:] for name in part.byline}
    lead = parts[0].byline or tuple(name for name in byline if name not in others or len(parts) == 1)
    parts[0] = replace(parts[0], title=title or parts[0].title, byline=lead)
    ends = [*(part.first for part in parts[1:]), len(blocks)]
    return tuple(
        Piece(part.title, part.byline, Span(blocks[part.first].span.start, blocks[end - 1].span.end))
        for part, end in zip(parts, ends, strict=True)
    )


def in_pieces(blocks: Sequence[Block], pieces: Sequence[Piece]) -> tuple[Block, ...]:
    """The blocks, each with the index of the piece that it lies in."""
    placed = []
    at = 0
    for block in blocks:
        while not pieces[at].span.holds(block.span):
            at += 1
        placed.append(replace(block, piece=at))
    return tuple(placed)


def page_title(text: str, blocks: Sequence[Block]) -> str | None:
    """The headline at the top of the page; a name of the outlet or a catchword above it is passed over."""
    headings: list[str] = []
    for block in blocks:
        line = block.span.of(text)
        if headings and NUMBERED.match(line):
            break
        if block.kind is BlockKind.HEADING and any(map(str.isalpha, line)):
            headings.append(line)
        elif block.kind not in (*ASIDE, BlockKind.HEADING) and not (
            block.kind is BlockKind.BYLINE and is_dateline(line)
        ):
            break
    if not headings:
        return None
    return next((line for line in headings if not _is_kicker(line)), headings[-1])


def _is_kicker(line: str) -> bool:
    """Whether a heading is a section's or outlet's name, or a catchword over the headline."""
    words = len(line.split())
    return words <= 4 or (is_all_caps(line) and words <= 6)


def _parts(text: str, blocks: Sequence[Block]) -> list[_Part]:
    heads = [i for i, b in enumerate(blocks) if b.kind is BlockKind.BYLINE and opens_post(b.span.of(text))]
    if heads and DATE_ANYWHERE.search(blocks[heads[0]].span.of(text)) and not _prose_before(blocks, heads[0]):
        heads = heads[1:]  # the day and hour at the top are the page's own
    return _posts(text, blocks, heads) if len(heads) >= 2 else _articles(text, blocks)


def _prose_before(blocks: Sequence[Block], i: int) -> bool:
    return any(block.kind in PROSE for block in blocks[:i])


def _posts(text: str, blocks: Sequence[Block], heads: list[int]) -> list[_Part]:
    """Consecutive posts by one author are one piece; a post without a name is by the author before it."""
    top = tuple(dict.fromkeys(n for i in range(heads[0]) for n in _names(text, blocks[i], top=True)))
    signed = [(i, names) for i in heads if (names := _post_names(text, blocks, i))]
    first = signed[0][1] if signed and signed[0][0] == heads[0] else top
    parts = [_Part(0, page_title(text, blocks), first)]
    for i, names in signed:
        if names != parts[-1].byline:
            parts.append(_Part(i, None, names))
    return parts


def _post_names(text: str, blocks: Sequence[Block], i: int) -> tuple[str, ...]:
    line = blocks[i].span.of(text)
    head = parse_post_head(line) or parse_open_head(line)
    if head and head.names:
        return head.names
    below = blocks[i + 1] if i + 1 < len(blocks) else None
    return _names(text, below, top=True) if below and below.kind is BlockKind.BYLINE else ()


def _articles(text: str, blocks: Sequence[Block]) -> list[_Part]:
    parts = [_Part(0, page_title(text, blocks), ())]
    prose = [0, *accumulate(block.kind in PROSE for block in blocks)]
    for i, block in enumerate(blocks):
        names = _names(text, block, top=prose[i] == 0)
        if not names:
            continue
        last = parts[-1]
        start = _opening(blocks, i)
        prose_before, prose_after = prose[start] - prose[last.first], prose[-1] - prose[i]
        opens = (start < i and prose_before >= 1 + (not last.byline)) or (prose_before >= 3 and bool(last.byline))
        if opens and prose_after and names != last.byline:
            parts.append(_Part(start, _title_of(text, blocks, start, i), names))
        elif not last.byline:
            parts[-1] = replace(last, byline=names)
        elif prose_before == 0:
            parts[-1] = replace(last, byline=people_of(tuple(dict.fromkeys(last.byline + names))))
    return parts


def _names(text: str, block: Block, *, top: bool) -> tuple[str, ...]:
    """The authors that a byline block names; without a word such as "By" they are believed at the top only."""
    if block.kind is not BlockKind.BYLINE:
        return ()
    line = block.span.of(text)
    bare = top and not is_dateline(line)
    return parse_byline(line) or (parse_bare_byline(line) if bare else None) or parse_more_authors(line) or ()


def _opening(blocks: Sequence[Block], byline: int) -> int:
    """The block that the part signed here begins with: the headings right above its byline, if any."""
    start = at = byline
    while at > 0 and blocks[at - 1].kind in (*ASIDE, BlockKind.HEADING, BlockKind.BYLINE):
        at -= 1
        if blocks[at].kind is BlockKind.HEADING:
            start = at
    return start


def _title_of(text: str, blocks: Sequence[Block], start: int, byline: int) -> str | None:
    headings = [b.span.of(text) for b in blocks[start:byline] if b.kind is BlockKind.HEADING]
    return headings[-1] if headings else None

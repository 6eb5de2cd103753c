"""What each line of a page is: prose, heading, list item, caption, byline or furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from reportedly.documents.bylines import (
    is_date,
    is_dateline,
    is_outlet,
    is_place_or_office,
    opens_post,
    parse_bare_byline,
    parse_byline,
    parse_more_authors,
    parse_open_head,
    parse_post_head,
)
from reportedly.documents.furniture import COUNTER, find_furniture
from reportedly.documents.headings import is_question, is_subheading, is_title
from reportedly.documents.lines import Line, find_lines
from reportedly.records import Block, BlockKind, Span

Kinds = dict[int, BlockKind]

LIST_ITEM = re.compile(
    r"(?:[•‣◦▪●·*–—-]|\d{1,2}[.)]|\(\d{1,2}\)|\([a-z]\)|[a-z]\)|\(?[ivx]{1,4}[.)]|[A-Z]\))\s+\S"
    r"|(?i:point|step|article|clause|paragraph|phase|item|stage)\s+(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\s*[:.–—-]\s*\S"
)
FRAMED = re.compile(r"[-–—]\s+\S.{0,80}\s[-–—]\.?")
"""A subheading between dashes, as wire services set it."""
NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s")
ABOUT_AN_AUTHOR = r"(?:is|was|has|covers|writes|reports|reported|works|joined|leads|teaches|serves|contributed)\b"
ASIDE = (BlockKind.FURNITURE, BlockKind.CAPTION)
STANDFIRST_WORDS = 50
TOP = 12
"""How many lines from the top a headline, byline or dateline without a mark is looked for."""


def find_blocks(
    text: str, *, known: Mapping[int, BlockKind] | None = None, authors: Sequence[str] = ()
) -> tuple[Block, ...]:
    """One block for each line that is not blank (each paragraph, where lines are hard-wrapped), all of piece 0.

    Spans leave out the white space around a line. `known`: kinds told by a page's markup, by the line's start;
    `authors`: who is known to have written it, besides those whom the page names.
    Method: word lists and the look of neighbouring lines, see `furniture.toml` and the cases in
    tests/cases/blocks.
    """
    lines = find_lines(text)
    told = {i: known[line.span.start] for i, line in enumerate(lines) if known and line.span.start in known}
    kinds = find_furniture(lines)
    kinds |= {i: kind for i, kind in told.items() if i not in kinds}
    for rule in (_bylines, _open_heads, _top, _signed_posts, _list_items, _headings):
        kinds = rule(lines, kinds) | kinds
    kinds |= dict.fromkeys(_notes_on_authors(lines, kinds, authors), BlockKind.FURNITURE)
    blocks = [Block(kinds.get(i, BlockKind.PARAGRAPH), line.span) for i, line in enumerate(lines)]
    return _join_counters(text, blocks)


def _join_counters(text: str, blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks, a run of photo counters being one."""
    joined: list[Block] = []
    counted = False
    for block in blocks:
        counts = block.kind is BlockKind.FURNITURE and bool(COUNTER.fullmatch(block.span.of(text)))
        if counts and counted:
            joined[-1] = Block(BlockKind.FURNITURE, Span(joined[-1].span.start, block.span.end))
        else:
            joined.append(block)
        counted = counts
    return tuple(joined)


def _bylines(lines: tuple[Line, ...], kinds: Kinds) -> Kinds:
    """Lines that say by their own words that they name authors, times or days."""
    found: Kinds = {}
    for i, line in enumerate(lines):
        if i in kinds:
            continue
        goes_on = not line.gap and i - 1 in found and parse_more_authors(line.text)
        if parse_post_head(line.text) or parse_byline(line.text) or is_date(line.text) or goes_on:
            found[i] = BlockKind.BYLINE
    return found


def _open_heads(lines: tuple[Line, ...], kinds: Kinds) -> Kinds:
    """Times with names right behind them, as far as they are heads of posts and not headings that give a time.

    Believed are authors with a place behind them, authors who are named elsewhere, and all where there are several.
    """
    heads = {i: head.names for i, line in enumerate(lines) if i not in kinds and (head := parse_open_head(line.text))}
    signed = (line for i, line in enumerate(lines) if kinds.get(i) is BlockKind.BYLINE)
    others = {name for line in signed for name in _post_or_byline(line)}
    believed = len(heads) > 1
    return {
        i: BlockKind.BYLINE
        for i, names in heads.items()
        if believed or "," in lines[i].text or others.issuperset(names)
    }


def _post_or_byline(line: Line) -> tuple[str, ...]:
    head = parse_post_head(line.text)
    return head.names if head else parse_byline(line.text) or ()


def _notes_on_authors(lines: tuple[Line, ...], kinds: Kinds, authors: Sequence[str]) -> set[int]:
    """Lines below the prose that say who an author is: "Anna Kovac covers trade"."""
    signed = [line for i, line in enumerate(lines) if kinds.get(i) is BlockKind.BYLINE]
    names = {*authors, *(name for line in signed for name in _authors(line.text) or () if " " in name)}
    if not names:
        return set()
    opening = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(names)))}),? {ABOUT_AN_AUTHOR}")
    prose = [i for i in range(len(lines)) if i not in kinds]
    return {i for i in prose[2:] if opening.match(lines[i].text)}


def _signed_posts(lines: tuple[Line, ...], kinds: Kinds) -> Kinds:
    """Bare names below the times of a live blog, as far as they are authors and not the heading of a post.

    Believed are authors named at the top, names that come back, and all where no post has a heading.
    """
    heads = [i for i, line in enumerate(lines[:-1]) if kinds.get(i) is BlockKind.BYLINE and opens_post(line.text)]
    top = {name for line in lines[: heads[0] if heads else 0] for name in _authors(line.text) or ()}
    signed = {i + 1: names for i in heads if i + 1 not in kinds and (names := parse_bare_byline(lines[i + 1].text))}
    again = Counter(signed.values())
    headed = any(i + 1 not in kinds | signed and is_subheading(lines[i + 1]) for i in heads)
    return {
        i: BlockKind.BYLINE
        for i, names in signed.items()
        if again[names] > 1 or top.issuperset(names) or (len(signed) > 1 and not headed)
    }


def _authors(line: str) -> tuple[str, ...] | None:
    """The authors of a line at the top of the page."""
    return parse_byline(line) or (None if is_dateline(line) else parse_bare_byline(line))


def _names_people(line: str) -> bool:
    names = _authors(line)
    return names is not None and not all(map(is_outlet, names))


def _top(lines: tuple[Line, ...], kinds: Kinds) -> Kinds:
    """The headline and what stands between it and the prose; nothing if the page has no prose below."""
    found: Kinds = {}
    titled = signed = False
    for i, line in enumerate(lines[:TOP]):
        told = kinds.get(i)
        if told in (BlockKind.FURNITURE, BlockKind.CAPTION):
            continue
        if told is BlockKind.BYLINE and titled and opens_post(line.text):
            return found
        kind = told or (_top_kind(lines, i, signed=signed) if titled else None)
        if (
            kind is None
            and not signed
            and (_stands_over(lines, i, titled) or (titled and _is_standfirst(lines, kinds, i)))
        ):
            kind = BlockKind.HEADING
        if kind not in (BlockKind.HEADING, BlockKind.BYLINE):
            return found
        found[i] = kind
        titled = titled or kind is BlockKind.HEADING
        signed = signed or (titled and kind is BlockKind.BYLINE and _names_people(line.text))
    return found if len(lines) > TOP else {}


def _top_kind(lines: tuple[Line, ...], i: int, *, signed: bool) -> BlockKind | None:
    """Byline, if a line below the headline is names, a day, or the place below the names."""
    line = lines[i].text
    below_names = signed and not lines[i].gap and is_place_or_office(line)
    return BlockKind.BYLINE if is_dateline(line) or below_names or (not signed and _signs(lines, i)) else None


def _signs(lines: tuple[Line, ...], i: int) -> bool:
    """Whether a line below the headline is nothing but names, with prose to follow."""
    return i + 1 < len(lines) and parse_bare_byline(lines[i].text) is not None and not _under_head(lines, i)


def _stands_over(lines: tuple[Line, ...], i: int, titled: bool) -> bool:
    if i + 1 >= len(lines) or LIST_ITEM.match(lines[i].text):
        return False
    if titled and lines[i - 1].text.endswith(";") and not lines[i].gap:
        return lines[i].words <= 25
    runs_on = lines[i + 1].text[0].islower() and not lines[i + 1].gap
    return not runs_on and is_title(lines[i], first=not titled)


def _is_standfirst(lines: tuple[Line, ...], kinds: Kinds, i: int) -> bool:
    """Whether sentences right below the headline sum the article up: its authors are named right below them."""
    below = next((j for j in range(i + 1, len(lines)) if kinds.get(j) not in ASIDE), None)
    if below is None or lines[i].words > STANDFIRST_WORDS or LIST_ITEM.match(lines[i].text):
        return False
    return kinds.get(below) is BlockKind.BYLINE and bool(parse_byline(lines[below].text))


def _list_items(lines: tuple[Line, ...], kinds: Kinds) -> Kinds:
    """Marked points; a short number line over prose that is not numbered is a heading."""
    found: Kinds = {}
    for i, line in enumerate(lines):
        if i in kinds or not LIST_ITEM.match(line.text):
            continue
        after = lines[i + 1].text if i + 1 < len(lines) else ""
        over_prose = len(after) > 80 and not LIST_ITEM.match(after)
        numbered = NUMBERED.match(line.text) and line.words <= 9 and not line.ends_sentence and over_prose
        heads = numbered or FRAMED.fullmatch(line.text)
        found[i] = BlockKind.HEADING if heads else BlockKind.LIST_ITEM
    return found


def _headings(lines: tuple[Line, ...], kinds: Kinds) -> Kinds:
    """Subheadings: short lines over prose or over a byline. Three or more short lines in a row are a list."""
    found: Kinds = {}
    listed = _listed(lines, kinds)
    for i, line in enumerate(lines):
        if i in kinds:
            continue
        under = _next(lines, kinds, i)
        if under is None and i in listed:
            found[i] = BlockKind.LIST_ITEM
        if under is None or lines[under].text[0].islower():
            continue
        signed = kinds.get(under) is BlockKind.BYLINE and parse_byline(lines[under].text) is not None
        if signed and line.words <= 25 and not line.text.endswith((".", ",", ":")):
            found[i] = BlockKind.HEADING
        elif is_subheading(line):
            found[i] = BlockKind.LIST_ITEM if i in listed else BlockKind.HEADING
        elif is_question(line) and (len(lines[under].text) >= 60 or _under_head(lines, i)):
            found[i] = BlockKind.HEADING
    return found


def _next(lines: tuple[Line, ...], kinds: Kinds, i: int) -> int | None:
    """The next line that is neither furniture nor caption."""
    return next((j for j in range(i + 1, len(lines)) if kinds.get(j) not in ASIDE), None)


def _under_head(lines: tuple[Line, ...], i: int) -> bool:
    return i > 0 and opens_post(lines[i - 1].text)


def _listed(lines: tuple[Line, ...], kinds: Kinds) -> set[int]:
    """Short open lines in a run of three or more, or below a colon."""
    found: set[int] = set()
    run: list[int] = []
    for i, line in enumerate(lines):
        if i in kinds or not is_subheading(line):
            run = []
            continue
        run.append(i)
        below_colon = run[0] > 0 and lines[run[0] - 1].text.endswith(":")
        if below_colon or len(run) > 3:
            found.add(i)
        elif len(run) == 3:
            found.update(run)
    return found

"""Articles in PDF: the lines of its pages put together to paragraphs, without running heads and page numbers."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, BinaryIO

from pypdf import PdfReader

from reportedly.config import MAX_ARTICLE_CHARACTERS
from reportedly.documents.article import Article
from reportedly.documents.lines import CLOSERS, SENTENCE_END
from reportedly.documents.plain import read_whole
from reportedly.errors import InputError
from reportedly.records import Note

MARGIN = 0.08
"""The share of a page's height, at its top and its bottom, in which running heads and page numbers stand."""

SAME_LINE = 2.5
"""How far apart, in points, the feet of words on one line may lie (raised letters, other faces)."""

WIDE_GAP = 1.35
"""A distance between lines of so many times the usual one parts paragraphs, unless the letters are large."""

LARGE = 1.5
"""Lines of one heading stand closer than so many times the size of their letters."""

SHORT = 0.8
"""A line of less than this share of its column's width does not run on because it was full."""

COLUMN = 72.0
"""Lines that begin within such a strip of the page, in points, are of one column."""

INDENT = 4.0
"""A line that begins so many points right of its column's edge begins a paragraph."""

LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0x2010: "-", 0x00A0: " "}
SOFT_HYPHEN = "\u00ad"

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every slip of the program that wrote the file


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line: where it begins, in points from the lower left corner of its page, and how large it is set."""

    page: int
    x: float
    y: float
    size: float
    text: str


def load_pdf(stream: BinaryIO, *, name: str, place: str) -> Iterator[Article | InputError]:
    """The one article of a PDF file."""
    try:
        rows, height = _rows(read_whole(stream, place), place)
    except InputError as error:
        yield error
        return
    kept, left_out = _without_margins(rows, height)
    text = "\n".join(_paragraphs(kept))
    notes = [Note("input", f"lines left out as heads and feet of pages: {len(left_out)}")] if left_out else []
    yield Article(name=name, place=place, text=text, notes=tuple(notes))


def _rows(data: bytes, place: str) -> tuple[list[Row], dict[int, float]]:
    """The printed lines in the order of the file, and the height of each page. Raises InputError."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(place, "the PDF is locked with a password", "save it without one")
        rows: list[Row] = []
        heights = {}
        for number, page in enumerate(reader.pages):
            heights[number] = float(page.mediabox.top)
            rows.extend(_rows_of(page, number))
            if sum(len(row.text) for row in rows) > MAX_ARTICLE_CHARACTERS:
                reason = f"more than the {MAX_ARTICLE_CHARACTERS:,} characters that are read as one article"
                raise InputError(place, reason, "cut it into articles")
    except InputError:
        raise
    except Exception as error:  # whatever a file does to its parser, the other files are read
        reason = f"the PDF cannot be read ({type(error).__name__})"
        raise InputError(place, reason, "open and save it again, or save its text as .txt") from error
    if not any(row.text for row in rows):
        reason = "there is no text in this PDF, only pictures of pages"
        raise InputError(place, reason, "run text recognition over it first (ocrmypdf, for one)")
    return rows, heights


def _rows_of(page: Any, number: int) -> list[Row]:
    """The lines of a page: words whose feet stand at the same height, one after another in the file."""
    rows: list[Row] = []

    def note(words: str, matrix: Sequence[float], inner: Sequence[float], _font: object, size: float) -> None:
        text = words.translate(LIGATURES).replace("\n", " ")
        if not text.strip():
            if rows and text and not rows[-1].text.endswith(" "):
                rows[-1] = Row(number, rows[-1].x, rows[-1].y, rows[-1].size, rows[-1].text + " ")
            return
        x, y = inner[4] * matrix[0] + matrix[4], inner[5] * matrix[3] + matrix[5]
        last = rows[-1] if rows else None
        points = size * (abs(inner[3]) or 1.0) * (abs(matrix[3]) or 1.0)
        if last is not None and abs(last.y - y) < SAME_LINE and x >= last.x:
            rows[-1] = Row(number, last.x, last.y, max(last.size, points), last.text + text)
        else:
            rows.append(Row(number, x, y, points, text))

    page.extract_text(visitor_text=note)
    return [Row(r.page, r.x, r.y, r.size, " ".join(r.text.split())) for r in rows]


def _without_margins(rows: Sequence[Row], heights: dict[int, float]) -> tuple[list[Row], list[Row]]:
    """The lines of the body, and those of heads and feet: in the margin, and set smaller or printed on other pages."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size, 1)] += len(row.text)
    body = sizes.most_common(1)[0][0]
    edges = [row for row in rows if not MARGIN <= row.y / heights[row.page] <= 1 - MARGIN]
    pages: dict[str, set[int]] = {}
    for row in edges:
        pages.setdefault(_pattern(row), set()).add(row.page)
    dropped = {id(r) for r in edges if round(r.size, 1) < body or len(pages[_pattern(r)]) > 1 or r.text.isdigit()}
    return [r for r in rows if id(r) not in dropped], [r for r in rows if id(r) in dropped]


def _pattern(row: Row) -> str:
    """A running head without what changes from page to page."""
    return re.sub(r"\d+", "#", row.text.casefold())


def _paragraphs(rows: Sequence[Row]) -> Iterator[str]:
    """The lines joined to paragraphs; words broken at a line's end are made whole."""
    page = _Page(rows)
    paragraph: list[Row] = []
    for row in rows:
        if paragraph and page.parts(paragraph[-1], row):
            yield _joined(paragraph, page.words)
            paragraph = []
        paragraph.append(row)
    if paragraph:
        yield _joined(paragraph, page.words)


class _Page:
    """How a file is set: the usual distance of lines, the columns' edges and widths, the words it spells."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.usual = _leading(rows)
        self.words = Counter(re.findall(r"[\w’'-]+", " ".join(row.text for row in rows).casefold()))
        columns: dict[tuple[int, int], list[Row]] = {}
        for row in rows:
            columns.setdefault((row.page, int(row.x // COLUMN)), []).append(row)
        self._edges = {key: min(row.x for row in column) for key, column in columns.items()}
        self._widths = {key: max(len(row.text) for row in column) for key, column in columns.items()}
        indented = sum(row.x - self._edges[_column(row)] > INDENT for row in rows)
        self._indents = 3 <= indented < len(rows) / 2

    def parts(self, last: Row, row: Row) -> bool:
        """Whether a paragraph ends with the first of two lines."""
        if abs(row.size - last.size) > 0.6:
            return True
        closed = last.text.rstrip(CLOSERS).endswith(SENTENCE_END)
        short = len(last.text) < SHORT * self._widths[_column(last)]
        indented = row.x - self._edges[_column(row)] > INDENT
        if row.page != last.page or row.y > last.y:  # the next page, or the next column
            return closed and (short or indented)
        if self.usual and last.y - row.y > max(WIDE_GAP * self.usual, LARGE * row.size):
            return True
        if indented and (short or row.x - last.x > INDENT):
            return True
        return closed and short and not self._indents and not row.text[0].islower()


def _leading(rows: Sequence[Row]) -> float:
    """The usual distance from line to line, in points: the least one that is not rare; 0 where there is none."""
    steps = Counter(
        round(a.y - b.y, 1)
        for a, b in pairwise(rows)
        if a.page == b.page and abs(a.size - b.size) < 0.6 and a.y - b.y > SAME_LINE
    )
    return min((step for step, times in steps.items() if times > 0.15 * steps.total()), default=0.0)


def _column(row: Row) -> tuple[int, int]:
    return row.page, int(row.x // COLUMN)


def _joined(rows: Sequence[Row], words: Counter[str]) -> str:
    text = rows[0].text
    for row in rows[1:]:
        broken = re.search(rf"([\w’']+) ?([-{SOFT_HYPHEN}])$", text)
        whole = re.match(r"[\w’']+", row.text)
        if broken and whole and row.text[0].islower():
            hyphened = words[f"{broken[1]}-{whole[0]}".casefold()] > words[(broken[1] + whole[0]).casefold()]
            text = text[: broken.end(1)] + ("-" if hyphened and broken[2] == "-" else "") + row.text
        else:
            text = f"{text} {row.text}"
    return text.replace(SOFT_HYPHEN, "")

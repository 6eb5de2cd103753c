"""What running text is made of before a format lays it out: headings, paragraphs, grids, and the notes in them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote: the sentence that something stands on, where it was printed, its address and statement id.

    `mark` says who put it right, where somebody did.
    Where nothing was found, `looked_in` says in what, and there is no quote.
    """

    quote: str = ""
    whence: str = ""
    url: str | None = None
    statement: str | None = None
    mark: str | None = None
    looked_in: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style: "" plain, `strong`, `quote`, `faint`; or a note's mark alone."""

    text: str = ""
    style: str = ""
    note: Note | None = None


Line = tuple[Run, ...]


Cells = tuple[tuple[Line, ...], ...]
"""A row of a table: the lines of each of its cells."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 begins a chapter."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of its own; `kind` is "", `lead`, `bullet` or `entry` (of a list of articles)."""

    line: Line
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `shares` are the widths of its columns, which make 100; a cell is one or more lines."""

    columns: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[Cells, ...]


Block = Heading | Paragraph | Grid

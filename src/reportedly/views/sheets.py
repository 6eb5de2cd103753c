"""A sheet of rows for the terminal: a grid as far as the window is wide enough, stacked rows where it is not."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rich import box
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reportedly.views import wording
from reportedly.views.pages import Place

Lines = Iterator[RenderableType]


_GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """`share` is its part of the width left over once every column has `least` characters.

    A title of several lines names the lines of its cells; `label` is said before a cell that has only one.
    """

    title: str
    least: int
    share: int = 0
    label: str = ""

    def fields(self, cell: str) -> Iterator[str]:
        """What a stacked row says of a cell."""
        titles, lines = self.title.lower().splitlines(), cell.splitlines()
        if len(titles) != len(lines):
            titles, lines = [self.label or titles[0]], [", ".join(lines)] if cell else []
        yield from (f"{title}: {line}" for title, line in zip(titles, lines, strict=False))


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns and rows of words; a cell may hold several lines.

    Where rows are stacked the first two cells head a row. `grouped`: a first cell that repeats the one above it is
    left out of the grid. `main`: so many columns stay a grid in a window too narrow for all; the rest stands below.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    grouped: bool = False
    main: int = 0

    def shown(self, width: int) -> RenderableType:
        """The grid, the grid of the main columns with the rest below each row, or the stack, below an empty line."""
        if width >= self._least():
            return Group(Text(), self._grid(width))
        main = Sheet(self.columns[: self.main], tuple(row[: self.main] for row in self.rows), self.grouped)
        if self.main and width >= main._least():
            return Group(*self._grid_and_rest(main, width))
        return Group(*self._stack(width))

    def _least(self) -> int:
        return sum(column.least + _GAP for column in self.columns) - _GAP

    def _grid_and_rest(self, main: Sheet, width: int) -> Lines:
        margin = main._sizes(width)[0] + _GAP
        yield Text()
        yield Sheet(main.columns, ())._grid(width)
        above = ""
        for n, row in enumerate(self.rows):
            if n:
                yield Text()
            first = "" if self.grouped and row[0] == above else row[0]
            above = row[0]
            yield main._line((first, *row[1 : self.main]), width)
            yield from (Padding(Text(line, style="dim"), (0, 0, 0, margin)) for line in self._rest(row, width - margin))

    def _rest(self, row: tuple[str, ...], width: int) -> Iterator[str]:
        """What a row says in the columns that are not in the grid."""
        told = zip(self.columns[self.main or 2 :], row[self.main or 2 :], strict=True)
        return _packed((item for column, cell in told for item in column.fields(cell)), width)

    def _line(self, row: tuple[str, ...], width: int) -> Table:
        line = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
        for size in self._sizes(width):
            line.add_column(width=size, overflow="fold", vertical="top")
        line.add_row(*(Text(cell, style="bold" if n == 1 else "") for n, cell in enumerate(row)))
        return line

    def across(self, width: int, *, empty: str) -> RenderableType:
        """The grid, in parts of about as many columns, one below the other, where not all fit beside the first.

        A row of a part whose cells are all `empty` is left out of it and named below.
        """
        number = len(self.columns) - 1
        fits = max(1, (width - self.columns[0].least) // (max(c.least for c in self.columns[1:]) + _GAP))
        size = math.ceil(number / math.ceil(number / fits))
        shown: list[RenderableType] = []
        for first in range(1, number + 1, size):
            columns = (self.columns[0], *self.columns[first : first + size])
            rows = [(row[0], *row[first : first + size]) for row in self.rows]
            told = tuple(row for row in rows if set(row[1:]) != {empty})
            silent = [row[0] for row in rows if row not in told]
            shown += [Sheet(columns, told)._grid(width)]
            shown += [Text(f"{empty} on {', '.join(silent)}")] if silent else []
            shown.append(Text())
        return Group(*shown)

    def _grid(self, width: int) -> Table:
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, _GAP - 1, 0, 0), leading=1)
        for column, size in zip(self.columns, self._sizes(width), strict=True):
            table.add_column(Text(column.title), width=size, overflow="fold", vertical="top")
        above = ""
        for row in self.rows:
            first = "" if self.grouped and row[0] == above else row[0]
            above = row[0]
            table.add_row(*(Text(cell) for cell in (first, *row[1:])))
        return table

    def _sizes(self, width: int) -> list[int]:
        left = width - _GAP * (len(self.columns) - 1) - sum(column.least for column in self.columns)
        shares = sum(column.share for column in self.columns) or 1
        return [column.least + max(left, 0) * column.share // shares for column in self.columns]

    def _stack(self, width: int) -> Lines:
        margin = min(max((cell_len(row[0]) for row in self.rows), default=0), 20) + _GAP
        for row in self.rows:
            yield Text()
            yield self._head(row, margin)
            rest = Sheet(self.columns, self.rows)._rest(row, width - margin)
            yield from (Padding(Text(line), (0, 0, 0, margin)) for line in rest)

    def _head(self, row: tuple[str, ...], margin: int) -> RenderableType:
        head = Table.grid()
        head.add_column(width=margin, overflow="fold")
        head.add_column(style="bold", overflow="fold")
        head.add_row(Text(row[0]), Text(row[1]))
        return head


def _packed(fields: Iterable[str], width: int) -> Iterator[str]:
    """Fields in lines, as many to a line as go in whole."""
    line = ""
    for item in fields:
        joined = f"{line}   {item}" if line else item
        if line and cell_len(joined) > width:
            yield line
            joined = item
        line = joined
    if line:
        yield line


@dataclass
class Footnotes:
    """The sentences that rows stand on, each numbered once in the order in which they are first pointed to."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)

    def point(self, place: Place | None) -> str:
        """`5 Mar 2026 [3]`: the day, and the number of the sentence."""
        if place is None:
            return ""
        key = (place.article, place.sentence)
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers) + 1
            self.places.append(place)
        return f"{wording.short_day(place.published)} [{self.numbers[key]}]"

    def shown(self) -> Lines:
        """The sentences, numbered."""
        if self.places:
            yield Text()
            yield Text("Where it stands", style="bold")
        for number, place in enumerate(self.places, 1):
            note = Table.grid(padding=(0, 1))
            note.add_column(justify="right", min_width=5)
            note.add_column(overflow="fold")
            note.add_row(Text(f"[{number}]"), Text(f"{wording.whence(place)}: {place.sentence}"))
            yield note

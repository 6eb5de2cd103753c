"""The tables as one Excel workbook: a sheet a table, to be sorted, filtered and read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import chain, islice

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reportedly.config import VERSION
from reportedly.views import wording
from reportedly.views.exports_tables import TABLES, Cell, Column, Exported, Table
from reportedly.views.word_notes import safe

LONGEST = 32_767
"""Characters in a cell, as Excel counts them: UTF-16 units."""

MOST_ROWS = 1_048_576
"""Rows of a sheet, its head among them. A longer table goes on on a sheet of its own."""

_LINE, _MOST_LINES, _CHARACTERS = 13.0, 25, 1.1
"""Points of a line; how many lines high a row may be, the rest of a longer cell being below its edge; and how many
characters of running text fit into the width of one digit."""

_PAGE = 190
"""Characters of a column's width that go on a page across."""

_MOST_LINKS, _LONGEST_LINK = 65_000, 2_000
_CUT = " … [cut]"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SETTINGS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def xlsx_file(exported: Exported, tables: Sequence[Table] = TABLES) -> bytes:
    """The workbook. No cell is a formula; the same ledger gives the same bytes."""
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed, _SETTINGS)
    rows = exported.ledger.articles(**exported.scope)
    days = [row.published for row in rows if row.published and _DAY.fullmatch(row.published)]
    _set_properties(book, days)
    styles = _Styles(book)
    _add_front(book, styles, tables, len(rows), days)
    for table in tables:
        _add_table(book, styles, table, table.rows(exported))
    _add_legend(book, styles, tables)
    book.close()
    return packed.getvalue()


class _Styles:
    """How cells look."""

    def __init__(self, book: Workbook) -> None:
        base = {"valign": "top", "font_name": "Calibri", "font_size": 10}
        self.head = book.add_format(
            {
                **base,
                "bold": True,
                "bg_color": "#1F4E79",
                "font_color": "#FFFFFF",
                "text_wrap": True,
                "valign": "vcenter",
            }
        )
        self.text = book.add_format(
            {**base, "text_wrap": True, "align": "left", "indent": 1, "bottom": 1, "bottom_color": "#D9D4C8"}
        )
        self.id = book.add_format({**base, "font_color": "#5D584F", "bottom": 1, "bottom_color": "#D9D4C8"})
        self.day = book.add_format({**base, "num_format": "yyyy-mm-dd", "bottom": 1, "bottom_color": "#D9D4C8"})
        self.link = book.add_format(
            {**base, "font_color": "#1F4E79", "underline": 1, "bottom": 1, "bottom_color": "#D9D4C8"}
        )
        self.title = book.add_format({**base, "bold": True, "font_size": 16})
        self.plain = book.add_format({**base, "text_wrap": True})
        self.strong = book.add_format({**base, "bold": True})


def _set_properties(book: Workbook, days: Sequence[str]) -> None:
    moment = datetime.fromisoformat(max(days, default="1980-01-01")).replace(tzinfo=UTC)
    words = {"title": "What is on the table", "author": f"reportedly {VERSION}", "comments": "Tables of a ledger"}
    book.set_properties({**words, "created": moment})


def _add_front(book: Workbook, styles: _Styles, tables: Sequence[Table], articles: int, days: Sequence[str]) -> None:
    """A sheet that says what the others hold."""
    sheet = _reading_sheet(book, "about", (22, 90))
    sheet.write_string(0, 0, "What is on the table", styles.title)
    taken = f"Taken down from {wording.articles(articles)}, {wording.days(days)}."
    warning = "Nothing here is surer than its wording, and nothing has been checked beyond it."
    for row, words in enumerate((taken, warning, f"Certainty: {wording.values_explained()}."), 1):
        sheet.merge_range(row, 0, row, 1, words, styles.plain)
    for row, table in enumerate(tables, 5):
        sheet.write_string(row, 0, table.name, styles.strong)
        sheet.write_string(row, 1, f"a row is {table.about}", styles.plain)


def _add_legend(book: Workbook, styles: _Styles, tables: Sequence[Table]) -> None:
    """A sheet that says what the columns hold."""
    sheet = _reading_sheet(book, "columns", (18, 22, 72))
    row = 0
    for place, title in enumerate(("sheet", "column", "what it holds")):
        sheet.write_string(0, place, title, styles.head)
    sheet.freeze_panes(1, 0)
    for table in tables:
        for column in table.columns:
            row += 1
            for place, words in enumerate((table.name, _title(column), column.about)):
                sheet.write_string(row, place, words, styles.text)
    sheet.autofilter(0, 0, row, 2)


def _title(column: Column) -> str:
    return column.name.replace("_", " ")


def _reading_sheet(book: Workbook, name: str, widths: Sequence[int]) -> Worksheet:
    """A sheet to be read rather than worked on."""
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    return sheet


def _add_table(book: Workbook, styles: _Styles, table: Table, rows: Iterator[Sequence[Cell]]) -> None:
    number, waiting = 1, iter(rows)
    while True:
        first = next(waiting, None)
        if first is None and number > 1:
            return
        sheet = book.add_worksheet(table.name if number == 1 else f"{table.name} {number}")
        some = islice(waiting, MOST_ROWS - 2)
        _Sheet(sheet, table.columns, styles).fill(chain([first], some) if first is not None else ())
        number += 1


class _Sheet:
    """One sheet as it is filled."""

    def __init__(self, sheet: Worksheet, columns: Sequence[Column], styles: _Styles) -> None:
        self._sheet, self._columns, self._styles = sheet, columns, styles
        self._links = 0

    def fill(self, rows: Iterator[Sequence[Cell]] | tuple[()]) -> None:
        """Write the head and the rows."""
        sheet = self._sheet
        for place, column in enumerate(self._columns):
            sheet.set_column(place, place, column.width)
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, 30)
        for place, column in enumerate(self._columns):
            sheet.write_string(0, place, _title(column), self._styles.head)
        last = 0
        for last, row in enumerate(rows, 1):
            sheet.set_row(last, self._height(row))
            for place, (column, cell) in enumerate(zip(self._columns, row, strict=True)):
                self._write(last, place, column, cell)
        sheet.autofilter(0, 0, last, len(self._columns) - 1)
        self._print()

    def _height(self, row: Sequence[Cell]) -> float:
        """Points for the longest of the cells that are wrapped: not every program finds the height itself."""
        wrapped = (
            -(-len(cell) // int(column.width * _CHARACTERS))
            for column, cell in zip(self._columns, row, strict=True)
            if isinstance(cell, str) and column.kind == "text"
        )
        return _LINE * min(max(wrapped, default=1) or 1, _MOST_LINES) + 3

    def _print(self) -> None:
        """On paper: across, as many pages wide as can be read, the head and the first column on every page."""
        sheet = self._sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(-(-sum(column.width for column in self._columns) // _PAGE), 0)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)
        sheet.set_footer("&L&A&R&P / &N")

    def _write(self, row: int, place: int, column: Column, cell: Cell) -> None:
        sheet, style = self._sheet, self._styles.text
        if cell is None or cell == "":
            sheet.write_blank(row, place, None, style)
        elif isinstance(cell, bool):
            sheet.write_string(row, place, "yes" if cell else "no", style)
        elif isinstance(cell, int | float):
            sheet.write_number(row, place, cell, style)
        elif column.kind == "date" and (day := _day(cell)):
            sheet.write_datetime(row, place, datetime(day.year, day.month, day.day), self._styles.day)
        elif column.kind == "link" and self._may_link(cell):
            self._links += 1
            sheet.write_url(row, place, cell, self._styles.link, string=fitting(cell))
        else:
            sheet.write_string(row, place, fitting(cell), self._styles.id if column.kind == "id" else style)

    def _may_link(self, url: str) -> bool:
        web = url.startswith(("http://", "https://")) and safe(url) == url and not re.search(r"\s", url)
        return web and len(url) <= _LONGEST_LINK and self._links < _MOST_LINKS


def _day(words: str) -> date | None:
    """A day that Excel can count; its calendar begins in 1900, and counts a day too many before March."""
    if not _DAY.fullmatch(words):
        return None
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if day >= date(1900, 3, 1) else None


def fitting(words: str) -> str:
    """The words without what XML cannot hold, cut where a cell is full; that they were cut is said."""
    kept = safe(words)
    if len(kept) * 2 <= LONGEST or len(kept.encode("utf-16-le")) // 2 <= LONGEST:
        return kept
    units = kept.encode("utf-16-le")[: 2 * (LONGEST - len(_CUT))]
    return units.decode("utf-16-le", "ignore") + _CUT

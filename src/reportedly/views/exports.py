"""A ledger handed over: tables as CSV or Excel, records, corrections, provenance, and a calendar."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from enum import StrEnum
from io import BytesIO, StringIO
from typing import Any

from reportedly.ledger import Correction, Kind
from reportedly.records import to_json
from reportedly.views.exports_tables import TABLES, Cell, Exported, Table
from reportedly.views.wording import harmless


class ExportFormat(StrEnum):
    """What a ledger is exported to."""

    CORRECTIONS = "corrections"
    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    PROV = "prov"
    ICS = "ics"


# What makes a spreadsheet take a cell for a formula, at its beginning: also in its full-width forms.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def guarded(cell: str) -> str:
    """The words with an apostrophe before them where a spreadsheet would take them for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def csv_lines(table: Table, exported: Exported) -> Iterator[str]:
    """A table as CSV (RFC 4180): a line of names, then the rows; each ends in CRLF."""
    yield _csv([column.name for column in table.columns])
    for row in table.rows(exported):
        yield _csv([_spelled(cell) for cell in row])


def _csv(cells: Sequence[str]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _spelled(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return guarded(harmless(cell)) if isinstance(cell, str) else str(cell)


def csv_zip(exported: Exported) -> bytes:
    """All tables as CSV files in one zip. The same ledger gives the same bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for table in TABLES:
            info = zipfile.ZipInfo(f"{table.name}.csv", _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, "".join(csv_lines(table, exported)).encode("utf-8", "replace"))
    return packed.getvalue()


def record_lines(exported: Exported) -> Iterator[str]:
    """The record of every article as people put it right, one JSON object a line, with the ledger's id of it."""
    for id, reading in exported.ledger.readings(**exported.scope):
        yield _json({"ledger_id": id, **to_json(reading)})


def correction_lines(exported: Exported) -> Iterator[str]:
    """What people put right, one JSON object a line: the text, the thing as it was read and as it should be."""
    texts: dict[str, str] = {}
    for said in exported.said:
        for id in said.articles:
            if id not in texts:
                texts[id] = exported.ledger.reading(id).document.text
        yield _json(_correction(said, [texts[id] for id in said.articles]))


def _correction(said: Correction, texts: Sequence[str]) -> dict[str, Any]:
    pair = said.kind in (Kind.SAME, Kind.DIFFERENT)
    return {
        "id": said.id,
        "kind": said.kind.value,
        "state": said.state.value,
        "about": list(said.about),
        "text": list(dict.fromkeys(texts)) if pair else next(iter(texts), None),
        "words": said.words,
        "before": said.before,
        "after": said.after,
        "value": said.value,
        "by": said.by,
        "at": said.at,
        "why": said.why,
        "articles": list(said.articles),
        "undone_by": said.undone_by,
        "undone_at": said.undone_at,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def calendar_text(exported: Exported) -> str:
    """The meetings that have a day, as iCalendar."""
    from reportedly.views.calendar import calendar_of
    from reportedly.views.from_ledger import meetings_of

    return calendar_of(meetings_of(exported.ledger, **exported.scope)).text


def export_lines(exported: Exported, to: ExportFormat) -> Iterator[str]:
    """The export as text. Raises ValueError for the formats that are no text."""
    from reportedly.views.exports_prov import prov_text

    if to is ExportFormat.JSONL:
        return record_lines(exported)
    if to is ExportFormat.CORRECTIONS:
        return correction_lines(exported)
    if to is ExportFormat.PROV:
        return iter((prov_text(exported),))
    if to is ExportFormat.ICS:
        return iter((calendar_text(exported),))
    raise ValueError(f"{to.value} is no text")


TYPES = {
    ExportFormat.CORRECTIONS: ("application/jsonl", "corrections.jsonl"),
    ExportFormat.CSV: ("application/zip", "tables.zip"),
    ExportFormat.XLSX: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "tables.xlsx"),
    ExportFormat.JSONL: ("application/jsonl", "records.jsonl"),
    ExportFormat.PROV: ("application/json", "provenance.json"),
    ExportFormat.ICS: ("text/calendar", "meetings.ics"),
}
"""For each format its media type and what a file of it is called."""


def export_bytes(exported: Exported, to: ExportFormat) -> bytes:
    """The export as one file; CSV as a zip of its files."""
    if to is ExportFormat.XLSX:
        from reportedly.views.exports_xlsx import xlsx_file

        return xlsx_file(exported)
    if to is ExportFormat.CSV:
        return csv_zip(exported)
    return "".join(export_lines(exported, to)).encode("utf-8", "replace")

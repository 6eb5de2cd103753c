"""The exports' page of the reference: its tables are those of the code, and it names every format."""

from __future__ import annotations

import re
from pathlib import Path

from reportedly.views.exports import ExportFormat
from reportedly.views.exports_tables import TABLES

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "exports.md"
WRITTEN = re.compile(r"(<!-- tables: .*? -->\n).*?(<!-- end -->)", re.DOTALL)


def tables() -> str:
    """Each table with its columns and what they hold."""
    lines = []
    for table in TABLES:
        lines += [
            "",
            f"### {table.name}",
            "",
            f"A row is {table.about}.",
            "",
            "| column | what it holds |",
            "| --- | --- |",
        ]
        lines += [f"| `{column.name}` | {column.about} |" for column in table.columns]
    return "\n".join(lines) + "\n\n"


def rewritten() -> str:
    return WRITTEN.sub(lambda match: match[1] + tables() + match[2], PAGE.read_text(encoding="utf-8"))


def test_the_tables_are_those_of_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8") == rewritten()


def test_every_format_is_named() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [to.value for to in ExportFormat if f"| `{to.value}` |" not in page] == []


if __name__ == "__main__":
    PAGE.write_text(rewritten(), encoding="utf-8")

"""The ledger's page of the reference: its example runs, its tables are those of the code."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from dataclasses import fields
from io import StringIO
from pathlib import Path

import pytest

from reportedly.ledger import Ledger, corrections, rows

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "ledger.md"
ROWS = re.compile(r"(<!-- rows: .*? -->\n).*?(<!-- end -->)", re.DOTALL)
SHOWN = (
    *(rows.ArticleRow, rows.SourceRow, rows.Row, rows.StatementRow, rows.ItemRow),
    *(rows.PlanRow, rows.TermRow, rows.PositionRow, rows.EncounterRow, rows.Hit, rows.Who, rows.Judgement),
    *(corrections.Correction, corrections.Mark),
)


def table() -> str:
    """Each row's own fields with their types; those of its base are the base's."""
    lines = ["", "| row | fields |", "| --- | --- |"]
    for row in SHOWN:
        (base,) = row.__bases__
        inherited = {field.name for field in fields(base)} if base is not object else set()
        own = [
            f"`{field.name}: {field.type}`".replace("|", "\\|") for field in fields(row) if field.name not in inherited
        ]
        name = f"`{row.__name__}`" if base is object else f"`{row.__name__}`, a `{base.__name__}`"
        lines.append(f"| {name} | {', '.join(own)} |")
    return "\n".join(lines) + "\n\n"


def rewritten() -> str:
    return ROWS.sub(lambda match: match[1] + table() + match[2], PAGE.read_text())


def test_the_table_of_rows_is_that_of_the_code() -> None:
    assert PAGE.read_text() == rewritten()


def test_the_page_names_every_question() -> None:
    asked = {name for name, value in vars(Ledger).items() if not name.startswith("_") and callable(value)}
    assert {name for name in asked - {"close", "id_of"} if f"`{name}(" not in PAGE.read_text()} == {"add"}


def test_the_example_prints_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = PAGE.read_text()
    (code,), (expected,) = (re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL) for kind in ("python", "text"))
    monkeypatch.chdir(tmp_path)
    with redirect_stdout(StringIO()) as printed:
        exec(compile(code, str(PAGE), "exec"), {})
    assert printed.getvalue() == expected


if __name__ == "__main__":
    PAGE.write_text(rewritten())

"""The commands that make what is handed to others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.app import app
from reportedly.cli.options import (
    BriefFile,
    LedgerFile,
    Party,
    PlanName,
    Since,
    Story,
    Title,
    one_of,
    opened,
    scope_of,
)
from reportedly.cli.terminal import destination, guarded, say
from reportedly.run import TITLE, write_brief, write_tables, write_workbook

if TYPE_CHECKING:
    from reportedly.views.exports import ExportFormat
    from reportedly.views.exports_tables import Exported

ToFormat = Annotated[str, typer.Option("--to", metavar="FORMAT", help="csv, xlsx, jsonl, corrections, prov or ics.")]
ExportPath = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="PATH", help="The file, or for csv the folder, to write.")
]


@app.command()
@guarded
def brief(
    ledger: LedgerFile,
    output: BriefFile = Path("brief.html"),
    title: Title = TITLE,
    plan: PlanName = None,
    party: Party = None,
    story: Story = None,
    since: Since = None,
) -> None:
    """Write a brief of the ledger, as HTML, Markdown or Word.

    What is on the table, who wants what, who meets, which claims rest on whom, what contradicts what and what changed.
    HTML is one file without a script in which every cell opens on its sentence; in Word and Markdown every sentence
    has a footnote with the quote, its outlet, day and address.

    \b
    Example:
      reportedly brief --ledger talks.db -o brief.docx
    """
    scope = scope_of(story, since)
    with opened(ledger) as kept:
        say(f"written: {write_brief(kept, output, title=title, plan=plan, party=party, **scope)}")


@app.command()
@guarded
def export(
    ledger: LedgerFile,
    to: ToFormat,
    output: ExportPath = None,
    story: Story = None,
    since: Since = None,
) -> None:
    """Write the ledger out for other programs.

    csv is a folder with a file for each table, xlsx one workbook, jsonl the records, corrections what people put right
    (to train on), prov where everything comes from (W3C PROV-JSON), ics a calendar. Without -o the last four go to
    stdout.

    \b
    Example:
      reportedly export --ledger talks.db --to xlsx -o talks.xlsx
    """
    from reportedly.views.exports import ExportFormat
    from reportedly.views.exports_tables import Exported

    scope = scope_of(story, since)
    format = one_of(ExportFormat, to, what="format")
    with opened(ledger) as kept:
        exported = Exported(kept, scope)
        if format is ExportFormat.CSV:
            for path in write_tables(exported, output or Path("tables")):
                say(f"written: {path}")
        elif format is ExportFormat.XLSX:
            say(f"written: {write_workbook(exported, output or Path('tables.xlsx'))}")
        else:
            _write_lines(exported, format, output)


def _write_lines(exported: Exported, format: ExportFormat, output: Path | None) -> None:
    from reportedly.views.exports import export_lines

    with destination(output) as stream:
        for line in export_lines(exported, format):
            stream.write(line)
    if output is not None:
        say(f"written: {output}")

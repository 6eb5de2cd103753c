"""The commands that make what is handed to others."""

from __future__ import annotations

from pathlib import Path

from reportedly.cli.app import app
from reportedly.cli.options import BriefFile, LedgerFile, Party, PlanName, Since, Story, Title, opened, scope_of
from reportedly.cli.terminal import guarded, say
from reportedly.run import TITLE, write_brief


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

"""The commands that answer from a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.cli.app import app
from reportedly.cli.options import (
    CalendarFile,
    Explain,
    Format,
    Holding,
    LedgerFile,
    Name,
    OnTopic,
    PageFormat,
    Party,
    PlanName,
    Since,
    StatementId,
    Story,
    Words,
    opened,
    scope_of,
)
from reportedly.cli.terminal import destination, guarded, say, show
from reportedly.views.wording import count

if TYPE_CHECKING:
    from reportedly.views.pages import MeetingsPage

DEMO_STORY = "cyprus"


@app.command()
@guarded
def table(
    ledger: LedgerFile,
    plan: PlanName = None,
    party: Party = None,
    topic: OnTopic = None,
    story: Story = None,
    since: Since = None,
    format: PageFormat = Format.OUTLINE,
) -> None:
    """Print what is on the table, plan by plan.

    Each point with who gives, who gets, how binding it is, on whose word, how surely, and where it stands.

    \b
    Example:
      reportedly table --ledger talks.db --topic ceasefire
    """
    from reportedly.views.from_ledger import table_of

    scope = scope_of(story, since)
    with opened(ledger) as kept:
        show(table_of(kept, plan=plan, party=party, topic=topic, **scope), format)


@app.command()
@guarded
def positions(
    ledger: LedgerFile,
    party: Party = None,
    topic: OnTopic = None,
    story: Story = None,
    since: Since = None,
    format: PageFormat = Format.OUTLINE,
) -> None:
    """Print who wants what, party by party.

    Each party's position on each topic, and the topics on which nothing was found.

    \b
    Example:
      reportedly positions --ledger talks.db --party Turkey
    """
    from reportedly.views.from_ledger import positions_of

    scope = scope_of(story, since)
    with opened(ledger) as kept:
        show(positions_of(kept, party=party, topic=topic, **scope), format)


@app.command()
@guarded
def meetings(
    ledger: LedgerFile,
    party: Party = None,
    story: Story = None,
    since: Since = None,
    ics: CalendarFile = None,
    format: PageFormat = Format.OUTLINE,
) -> None:
    """Print who met or will meet whom, by date.

    Calls, visits and rounds of talks count; those without a date come last. A calendar holds those that have a day.

    \b
    Example:
      reportedly meetings --ledger talks.db --since 2026-03
    """
    from reportedly.views.from_ledger import meetings_of

    scope = scope_of(story, since)
    with opened(ledger) as kept:
        page = meetings_of(kept, party=party, **scope)
    if ics is None:
        show(page, format)
    else:
        _write_calendar(page, ics)


@app.command()
@guarded
def statements(
    ledger: LedgerFile,
    words: Holding = None,
    story: Story = None,
    since: Since = None,
    format: PageFormat = Format.OUTLINE,
) -> None:
    """Print every statement, by day.

    Each with its id, its chain of sources and how surely it is said.

    \b
    Example:
      reportedly statements --ledger talks.db --words ceasefire
    """
    from reportedly.views.from_ledger import statements_of

    scope = scope_of(story, since)
    with opened(ledger) as kept:
        show(statements_of(kept, words=words, **scope), format)


@app.command()
@guarded
def chain(
    id: StatementId,
    ledger: LedgerFile,
    explain: Explain = False,
    format: PageFormat = Format.OUTLINE,
) -> None:
    """Print who stands behind one statement.

    Link by link from the outlet down: the words it stands on, how it knows, how sure it is and why.

    \b
    Example:
      reportedly chain 3f9a2c41 --ledger talks.db --explain
    """
    from reportedly.views.from_ledger import chain_of

    with opened(ledger) as kept:
        show(chain_of(kept, id, explain=explain), format)


@app.command()
@guarded
def who(
    name: Name,
    ledger: LedgerFile,
    story: Story = None,
    since: Since = None,
    format: PageFormat = Format.OUTLINE,
) -> None:
    """Print all that is kept on one name.

    What it says, wants, gives and gets, and whom it meets.

    \b
    Example:
      reportedly who "Marit Solbakk" --ledger talks.db
    """
    from reportedly.views.from_ledger import who_of

    scope = scope_of(story, since)
    with opened(ledger) as kept:
        show(who_of(kept, name, **scope), format)


@app.command()
@guarded
def search(
    words: Words,
    ledger: LedgerFile,
    story: Story = None,
    since: Since = None,
    format: PageFormat = Format.OUTLINE,
) -> None:
    """Print the sentences that hold all the words.

    \b
    Example:
      reportedly search escort convoys --ledger talks.db
    """
    from reportedly.views.from_ledger import search_of

    scope = scope_of(story, since)
    with opened(ledger) as kept:
        show(search_of(kept, " ".join(words), **scope), format)


def _write_calendar(page: MeetingsPage, path: Path) -> None:
    """The calendar, and on stderr how many meetings could not be in it."""
    from reportedly.views.calendar import calendar_of

    written = calendar_of(page)
    to_stdout = str(path) == "-"
    with destination(None if to_stdout else path) as stream:
        stream.write(written.text)
    say(f"{count(written.events, 'meeting')} in {'the calendar' if to_stdout else path}")
    reasons = ((written.vague, "known only to a month, a season, a year or a deadline"), (written.undated, "undated"))
    left_out = "; ".join(f"{number} {reason}" for number, reason in reasons if number)
    if left_out:
        say(f"left out, for want of a day: {left_out}; the same command without --ics prints them")

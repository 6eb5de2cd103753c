"""The commands that put many articles together."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.app import app
from reportedly.cli.options import Format, LedgerFile, PageFormat, Since, Story, opened, scope_of
from reportedly.cli.terminal import destination, guarded, print_json, say, show
from reportedly.views.wording import count

if TYPE_CHECKING:
    from reportedly.ledger import Correction, Ledger
    from reportedly.reconciliation import Reconciled

ClaimId = Annotated[
    str | None, typer.Argument(metavar="[ID]", help="A claim's id or a statement's, or how it begins; all claims else.")
]
Holding = Annotated[str | None, typer.Option(metavar="WORDS", help="Only claims with these words, in whatever form.")]
Verdict = Annotated[str, typer.Argument(metavar="same|different|undo|list", help="What you say of the two.")]
Things = Annotated[
    list[str] | None,
    typer.Argument(metavar="A B", help="Two statements by their ids, or two names as printed; of undo one judgement."),
]
By = Annotated[str, typer.Option(metavar="NAME", help="Who says so; kept with it.")]
Why = Annotated[str | None, typer.Option(metavar="WORDS", help="Why; kept with it.")]


def brought_up(ledger: Ledger) -> Reconciled:
    """What holds across the ledger, brought up to its articles first; on stderr how many were new."""
    from reportedly.reconciliation import reconcile

    found = reconcile(ledger)
    if found.added:
        say(f"reconciled {count(found.added, 'article')} added since")
    return found


@app.command()
@guarded
def reconcile(ledger: LedgerFile, format: PageFormat = Format.OUTLINE) -> None:
    """Bring claims, copies, contradictions and changes up to the articles of a ledger.

    Only what is new is compared. `claims` and `changes` do it by themselves; after many additions this is the place.

    \b
    Example:
      reportedly reconcile --ledger talks.db
    """
    from reportedly.reconciliation import reconcile as bring_up

    with opened(ledger) as kept:
        found = bring_up(kept)
        numbers = {
            "added": found.added,
            "articles": len(found.readings),
            "shared_claims": len(found.shared),
            "copies": len(found.copies),
            "contradictions": len(found.contradictions),
            "changes": len(found.changes),
        }
    if format == Format.JSON:
        with destination(None) as stream:
            print_json(numbers, stream)
        return
    sys.stdout.write(
        f"{count(found.added, 'article')} new or read anew, {numbers['articles']} in all: "
        f"{count(numbers['shared_claims'], 'claim')} of several articles, {numbers['copies']} copies, "
        f"{count(numbers['contradictions'], 'contradiction')}, {count(numbers['changes'], 'change')} of plans\n"
    )


@app.command()
@guarded
def claims(
    ledger: LedgerFile,
    id: ClaimId = None,
    words: Holding = None,
    story: Story = None,
    since: Since = None,
    format: PageFormat = Format.OUTLINE,
) -> None:
    """Print what several articles claim, and how many origins stand behind it.

    With an ID one claim: who has it from whom, what each outlet says, why the statements stand together, and what
    contradicts them.

    \b
    Examples:
      reportedly claims --ledger talks.db --words ceasefire
      reportedly claims cl3f9a2c41 --ledger talks.db
    """
    from reportedly.views.claims import one_claim, shared_claims

    scope = scope_of(story, since)
    with opened(ledger) as kept:
        found = brought_up(kept)
        if id is not None:
            show(one_claim(kept, found, id), format)
            return
        page = shared_claims(kept, found, words=words, story=scope.get("story"), since=scope.get("since"))
        show(page, format)


@app.command()
@guarded
def changes(ledger: LedgerFile, since: Since = None, format: PageFormat = Format.OUTLINE) -> None:
    """Print what is new or different since a day.

    Terms, positions, meetings, certainty, contradictions, claims and their origins, and what went quiet; each with its
    sentences. Without a day: since a week before the newest article.

    \b
    Example:
      reportedly changes --since 2026-03-05 --ledger talks.db
    """
    from reportedly.views.changes import changes_since

    scope = scope_of(None, since)
    with opened(ledger) as kept:
        brought_up(kept)
        show(changes_since(kept, since=scope.get("since")), format)


@app.command()
@guarded
def judge(
    verdict: Verdict,
    ledger: LedgerFile,
    things: Things = None,
    by: By = "",
    why: Why = None,
    format: PageFormat = Format.OUTLINE,
) -> None:
    """Say that two statements, or two names, are the same or different.

    Your word stands above every signal, outlasts a new reading, and can be undone; nothing is written over.

    \b
    Examples:
      reportedly judge different 3f9a2c41 77b0c1d2 --by Ines --ledger talks.db
      reportedly judge same Kyiv Kiev --by Ines --ledger talks.db
      reportedly judge undo 5e1102aa --by Ines --ledger talks.db
      reportedly judge list --ledger talks.db
    """
    given, word = things or [], verdict.strip().casefold()
    wanted = {"same": 2, "different": 2, "undo": 1, "list": 0}.get(word)
    if wanted is None:
        raise typer.BadParameter(f"no {verdict!r}; say same, different, undo or list", param_hint="same|different")
    if len(given) != wanted:
        raise typer.BadParameter(f"{word} takes {count(wanted, 'thing')}, not {len(given)}", param_hint="A B")
    with opened(ledger) as kept:
        _print(_judged(kept, word, given, by=by or _whoever(), why=why), format)


def _whoever() -> str:
    """Whoever is at the terminal, as the system knows them."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise typer.BadParameter("nobody is known to say so; pass a name", param_hint="--by") from None


def _judged(ledger: Ledger, word: str, things: list[str], *, by: str, why: str | None) -> tuple[Correction, ...]:
    from reportedly.ledger import Kind

    if word == "list":
        return tuple(c for c in ledger.corrections() if c.kind in (Kind.SAME, Kind.DIFFERENT))
    if word == "undo":
        return (ledger.undo(things[0], by=by, why=why),)
    return (ledger.correct(word, things, by=by, why=why),)


def _print(said: tuple[Correction, ...], format: Format) -> None:
    from dataclasses import asdict

    from reportedly.views.corrected import lines_of

    with destination(None) as stream:
        if format == Format.JSON:
            for correction in said:
                print_json(asdict(correction), stream)
            return
        stream.write("\n\n".join("\n".join(lines_of(correction)) for correction in said) or "nobody judged anything")
        stream.write("\n")

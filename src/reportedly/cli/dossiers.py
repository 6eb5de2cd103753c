"""The commands on dossiers."""

from __future__ import annotations

from collections.abc import Iterable

import typer

from reportedly.cli.app import app
from reportedly.cli.options import (
    Debug,
    DossierFile,
    MaybeInputs,
    MaybeLedger,
    Outlet,
    Output,
    Published,
    Since,
    Story,
    known_of,
    opened,
    reader_of,
    scope_of,
)
from reportedly.cli.terminal import Failures, destination, guarded, say, watched
from reportedly.records import Reading
from reportedly.run import read_all

dossier_app = typer.Typer(
    help="Draft what a negotiation's parties, people, outlets, plans and topics are called.\n\n"
    "\b\nExample:\n  reportedly dossier init articles/ -o talks.toml",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(dossier_app, name="dossier")


@dossier_app.command()
@guarded
def init(
    inputs: MaybeInputs = None,
    ledger: MaybeLedger = None,
    outlet: Outlet = None,
    published: Published = None,
    dossier: DossierFile = None,
    story: Story = None,
    since: Since = None,
    output: Output = None,
    debug: Debug = False,
) -> None:
    """Draft a dossier from what articles hold, for a person to correct.

    Each name with how often and where it was seen. A corrected dossier, passed with --dossier, changes how articles are
    read from then on; what a person has judged in a ledger stays.

    \b
    Example:
      reportedly dossier init --ledger talks.db -o talks.toml
    """
    from reportedly.views.dossier_draft import draft_dossier

    if bool(inputs) == bool(ledger):
        raise typer.BadParameter("pass articles or --ledger, one of the two", param_hint="INPUT")
    if (story or since) and not ledger:
        raise typer.BadParameter("these choose articles of a ledger; pass --ledger", param_hint="--story, --since")
    failures = Failures(debug=debug)
    if ledger:
        scope = scope_of(story, since)
        with opened(ledger) as kept:
            text = draft_dossier(reading for _, reading in kept.readings(**scope))
    else:
        known = known_of(inputs or [], outlet, published, None)
        reading: Iterable[Reading] = read_all(inputs or [], reader=reader_of(dossier), on_failure=failures, **known)
        text = draft_dossier(watched(reading, inputs or []))
    with destination(output) as stream:
        stream.write(text)
    if output is not None:
        say(f"written: {output}; correct it and pass it with --dossier")
    failures.leave()

"""The program itself."""

from __future__ import annotations

from typing import Annotated

import typer

from reportedly.config import VERSION

app = typer.Typer(
    name="reportedly",
    help="Read press coverage of a negotiation and keep a sourced, dated record of what is on the table.",
    epilog="Try it: reportedly demo. Exit status: 0 done, 1 some inputs failed, 2 wrong usage, 130 stopped.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback(invoke_without_command=True)
def about(version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False) -> None:
    if version:
        typer.echo(f"reportedly {VERSION}")
        raise typer.Exit

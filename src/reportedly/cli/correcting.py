"""The commands by which a person puts something right."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportedly.cli.app import app
from reportedly.cli.options import Format, LedgerFile, PageFormat, opened
from reportedly.cli.terminal import destination, guarded, print_json

if TYPE_CHECKING:
    from reportedly.ledger import Correction

_PLACE = re.compile(r"(?:([a-z]+):)?(\d+)-(\d+)")

What = Annotated[
    str,
    typer.Argument(
        metavar="KIND",
        help="wrong-speaker, wrong-span, not-a-statement, term-party, point-number, same, different, grade, "
        "likelihood; or undo.",
    ),
]
Things = Annotated[
    list[str], typer.Argument(metavar="ID...", help="What it is about: an id, or how it begins; or a name.")
]
To = Annotated[
    list[str] | None,
    typer.Option(
        metavar="VALUE",
        help='What is right: a speaker, a place as 120-164 or cue:165-169, a point as 3 or none, B2, "very likely".',
    ),
]
Gives = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Who gives, for term-party; may come again.")]
Gets = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Who gets, for term-party; may come again.")]
By = Annotated[str, typer.Option(metavar="NAME", help="Who says so; kept with it.")]
Why = Annotated[str | None, typer.Option(metavar="WORDS", help="Why; kept with it.")]
OfArticle = Annotated[str | None, typer.Option("--article", metavar="ID", help="Only those on this article.")]


@app.command()
@guarded
def correct(
    kind: What,
    about: Things,
    ledger: LedgerFile,
    by: By,
    to: To = None,
    gives: Gives = None,
    gets: Gets = None,
    why: Why = None,
    format: PageFormat = Format.OUTLINE,
) -> None:
    """Say what a reading got wrong, or what you think of it.

    It is kept as your judgement, given out from then on with your name, and can be undone; nothing is written over.

    \b
    Examples:
      reportedly correct wrong-speaker 3f9a2c41 --to "Marit Solbakk" --by Ines --ledger talks.db
      reportedly correct undo 77b0c1d2 --by Ines --ledger talks.db
    """
    with opened(ledger) as kept:
        if kind.strip().casefold() == "undo":
            if len(about) != 1:
                raise typer.BadParameter("give the id of one correction", param_hint="ID")
            said = kept.undo(about[0], by=by, why=why)
        else:
            said = kept.correct(kind, about, _value(kind, to or [], gives, gets), by=by, why=why)
    _print((said,), format)


@app.command()
@guarded
def corrections(ledger: LedgerFile, article: OfArticle = None, format: PageFormat = Format.OUTLINE) -> None:
    """Print what people put right, and what became of it.

    Every correction with its id, who made it and when, what it changed, and whether it stands.

    \b
    Example:
      reportedly corrections --ledger talks.db
    """
    with opened(ledger) as kept:
        _print(kept.corrections(article), format)


def _value(kind: str, to: list[str], gives: list[str] | None, gets: list[str] | None) -> Any:
    """The value that the options spell, in the form that `Ledger.correct` takes."""
    kind = kind.strip().casefold().replace("_", "-")
    if kind == "term-party":
        return {side: names for side, names in (("gives", gives), ("gets", gets)) if names is not None}
    if gives or gets:
        raise typer.BadParameter("only term-party takes them", param_hint="--gives, --gets")
    if kind == "wrong-span":
        return _places(to)
    if kind == "point-number":
        return [] if to == ["none"] else [_number(word) for given in to for word in given.split(",")]
    return " ".join(to) or None


def _number(word: str) -> Any:
    """A whole number; what is none is handed on, for the ledger to refuse in its own words."""
    return int(word) if re.fullmatch(r"-?\d+", word.strip()) else word


def _places(to: list[str]) -> dict[str, list[list[int]]]:
    places: dict[str, list[list[int]]] = {}
    for word in to:
        found = _PLACE.fullmatch(word.strip())
        if found is None:
            raise typer.BadParameter(f"no place in {word!r}; pass 120-164, or cue:165-169", param_hint="--to")
        places.setdefault(found[1] or "spans", []).append([int(found[2]), int(found[3])])
    return places


def _print(said: tuple[Correction, ...], format: Format) -> None:
    with destination(None) as stream:
        if format == Format.JSON:
            for correction in said:
                print_json(asdict(correction), stream)
            return
        from reportedly.views.corrected import lines_of

        stream.write("\n\n".join("\n".join(lines_of(correction)) for correction in said) or "nobody put anything right")
        stream.write("\n")

"""What the commands take, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from reportedly.errors import DossierError
from reportedly.records import Topic

if TYPE_CHECKING:
    from reportedly.documents.article import Known
    from reportedly.ledger import Ledger, Scope
    from reportedly.reading.reader import Reader


class Format(StrEnum):
    """How a page is printed."""

    OUTLINE = "outline"
    JSON = "json"


class ReadFormat(StrEnum):
    """How an article's reading is printed."""

    OUTLINE = "outline"
    JSON = "json"
    HTML = "html"


Choice = TypeVar("Choice", bound=StrEnum)


def one_of(choices: type[Choice], word: str, *, what: str) -> Choice:
    """The choice that a word names, in capitals or not, with spaces or underscores."""
    try:
        return choices("_".join(word.casefold().replace("-", " ").split()))
    except ValueError:
        named = ", ".join(choice.value.replace("_", " ") for choice in choices)
        raise typer.BadParameter(f"there is no {what} {word!r}; choose from: {named}") from None


def topic_of(word: str) -> Topic:
    """The topic of a word or several, as the tables print it or as JSON does; `own:NAME` is one of a dossier."""
    return one_of(Topic, word, what="topic")


def format_of(formats: type[Choice]) -> Callable[[str], Choice]:
    """What makes a format of a word."""
    return partial(one_of, formats, what="format")


_ARTICLES = "Articles: .txt, .html, .pdf, .docx, .jsonl, feeds, web archives, folders of them, or - for stdin."
Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT", help=_ARTICLES),
]
MaybeInputs = Annotated[
    list[str] | None,
    typer.Argument(metavar="INPUT", help=_ARTICLES),
]
Outlet = Annotated[str | None, typer.Option(metavar="NAME", help="Who published it, where the input does not say.")]
Published = Annotated[str | None, typer.Option(metavar="DATE", help="When, as 2026-03-05 or 5 March 2026.")]
Url = Annotated[str | None, typer.Option(metavar="URL", help="Where it stands on the web; nothing is fetched.")]
DossierFile = Annotated[
    Path | None,
    typer.Option("--dossier", metavar="FILE", help="TOML with the negotiation's own names; see `dossier init`."),
]
LedgerFile = Annotated[str, typer.Option("--ledger", metavar="FILE", help="The ledger, such as talks.db.")]
MaybeLedger = Annotated[
    str | None, typer.Option("--ledger", metavar="FILE", help="The articles of this ledger, instead of INPUT.")
]
Story = Annotated[str | None, typer.Option(metavar="NAME", help="Only articles that carry this story label.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Only from this day on: 2026-03-05, 2026-03 or 2026.")]
Party = Annotated[str | None, typer.Option(metavar="NAME", help="Only what this party gives, gets, wants or joins.")]
OnTopic = Annotated[
    Topic | None,
    typer.Option(
        "--topic", metavar="TOPIC", parser=topic_of, help='Only this one, such as ceasefire or "pay and work".'
    ),
]
PageFormat = Annotated[
    Format, typer.Option("--format", metavar="FORMAT", parser=format_of(Format), help="outline or json.")
]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write there, not to stdout.")]
HowRead = Annotated[
    ReadFormat | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        parser=format_of(ReadFormat),
        help="outline, json or html; with --records none.",
    ),
]
CalendarFile = Annotated[
    Path | None,
    typer.Option("--ics", metavar="FILE", help="Write a calendar (iCalendar) there and print nothing; - for stdout."),
]
Records = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write NAME.record.json there for each article.")]
PlanName = Annotated[str | None, typer.Option(metavar="NAME", help="Only the plan of this name.")]
Holding = Annotated[str | None, typer.Option(metavar="WORDS", help="Only sentences with these words.")]
StatementId = Annotated[
    str, typer.Argument(metavar="ID", help="A statement's id, or how it begins; `reportedly statements` prints them.")
]
Explain = Annotated[bool, typer.Option("--explain", help="Add what each rule of certainty made of it.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="A person, body, government or outlet.")]
Words = Annotated[
    list[str], typer.Argument(metavar="WORDS", help='Words, "a phrase" in quotation marks, or word* for a beginning.')
]
BriefFile = Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The .html, .md or .docx file.")]
DemoFolder = Annotated[Path, typer.Option(metavar="FOLDER", help="Where the ledger and the brief go.")]
Title = Annotated[str, typer.Option(metavar="WORDS", help="What stands at its top.")]
TimeLimit = Annotated[
    int,
    typer.Option(
        metavar="SECONDS", min=0, max=86_400, help="How long the reading of one article may take; 0 sets no limit."
    ),
]
Debug = Annotated[bool, typer.Option("--debug", help="Print where in the program a failure came up.")]


def known_of(inputs: list[str], outlet: str | None, published: str | None, url: str | None) -> Known:
    """What the options say of every input. A date that is none is wrong usage: it would fail every article."""
    if url is not None and len(inputs) > 1:  # articles of one address would be taken for versions of each other
        raise typer.BadParameter("one address cannot be that of several inputs", param_hint="--url")
    if published is not None:
        from reportedly.documents.dates import NoDateError, parse_date

        try:
            published = parse_date(published)
        except NoDateError as error:
            raise typer.BadParameter(f"{error}; pass a day as 2026-03-05", param_hint="--published") from None
    return {"outlet": outlet, "published": published, "url": url}


def scope_of(story: str | None, since: str | None) -> Scope:
    """Which articles a question is put to; `since` may be a year or a month, which stand for their first day."""
    if since is None:
        return {"story": story}
    day = since + "-01-01"[len(since) - 4 :] if len(since) in (4, 7) else since
    try:
        return {"story": story, "since": date.fromisoformat(day).isoformat()}
    except ValueError:
        raise typer.BadParameter(f"no day, month or year in {since!r}; pass 2026-03-05", param_hint="--since") from None


def reader_of(path: Path | None) -> Reader:
    """The reader, with the names that a dossier file gives it."""
    from reportedly.reading.dossier import Dossier, parse_dossier
    from reportedly.reading.reader import Reader

    if path is None:
        return Reader("en", dossier=Dossier())
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DossierError(f"{path}: cannot be read ({error}); pass a TOML file") from error
    return Reader("en", dossier=parse_dossier(text, str(path)))


def opened(path: str) -> Ledger:
    """A ledger that is there already: a question makes none."""
    from reportedly.ledger import open_ledger

    return open_ledger(path, create=False)

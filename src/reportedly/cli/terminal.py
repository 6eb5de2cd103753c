"""What is printed, and where: data on stdout, everything else on stderr. Nothing else in the package prints."""

from __future__ import annotations

import functools
import json
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import typer

from reportedly.cli.options import Format
from reportedly.errors import ReportedlyError
from reportedly.run import count_inputs, whole_file

if TYPE_CHECKING:
    from reportedly.views.pages import Page

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LONG_RUN = 3

Thing = TypeVar("Thing")


class Failures:
    """What went wrong so far; each is said on stderr as it comes."""

    def __init__(self, *, debug: bool = False) -> None:
        self.count, self._debug = 0, debug

    def __call__(self, error: ReportedlyError) -> None:
        self.count += 1
        say(f"failed: {error}")
        if self._debug and error.__cause__ is not None:
            say("".join(traceback.format_exception(error.__cause__)))

    def leave(self) -> None:
        """End with exit status 1 if anything failed."""
        if self.count:
            raise typer.Exit(1)


def say(words: str) -> None:
    """A line on stderr, without the control characters that a file name or an article may hold."""
    encoding = sys.stderr.encoding or "utf-8"
    plain = _CONTROL.sub("?", words.rstrip("\n"))
    sys.stderr.write(plain.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    sys.stderr.flush()


def guarded(do: Callable[..., None]) -> Callable[..., None]:
    """A command that ends with a line on stderr and an exit status, whatever goes wrong in it."""

    @functools.wraps(do)
    def whole(**options: Any) -> None:
        try:
            do(**options)
            sys.stdout.flush()
        except KeyboardInterrupt:
            say("stopped; what was finished is whole, the same command goes on from there")
            raise typer.Exit(130) from None
        except BrokenPipeError:
            _let_go_of_stdout()
            raise typer.Exit(141) from None
        except ReportedlyError as error:
            say(f"failed: {error}")
            raise typer.Exit(1) from None
        except OSError as error:
            _let_go_of_stdout()
            where, reason = error.filename or "output", error.strerror or str(error)
            say(f"failed: {where}: cannot be written ({reason}); free some space or choose another place")
            raise typer.Exit(1) from None

    return whole


def _let_go_of_stdout() -> None:
    """Nobody takes what is still to be printed; without this the interpreter would fail on it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def destination(path: Path | None) -> Iterator[TextIO]:
    """Where data goes: a file that is there wholly or not at all, or stdout."""
    if path is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")
        yield sys.stdout
    else:
        with whole_file(path) as stream:
            yield stream


def print_json(value: Any, stream: TextIO) -> None:
    """One value a line."""
    stream.write(json.dumps(value, ensure_ascii=False) + "\n")


def show(page: Page, format: Format, stream: TextIO | None = None) -> None:
    """The page as JSON or laid out for the window; colour and weight only where a person looks at a terminal."""
    from reportedly.views.pages import as_json

    if format == Format.JSON:
        with destination(None) as stdout:
            print_json(as_json(page), stream or stdout)
        return
    from rich.console import Console

    from reportedly.views.outline import outline

    console = Console(file=stream or sys.stdout, highlight=False, emoji=False, markup=False, soft_wrap=False)
    if console.is_terminal:
        console.print(outline(page, width=console.width))
        return
    with console.capture() as captured:
        console.print(outline(page, width=console.width))
    for line in captured.get().splitlines():
        console.file.write(_printable(line.rstrip(), console.encoding) + "\n")


def _printable(line: str, encoding: str) -> str:
    return line.encode(encoding, "replace").decode(encoding)


def watched(things: Iterable[Thing], inputs: Iterable[str], *, on_stdout: bool = False) -> Iterator[Thing]:
    """The same things, counted on stderr as they come where that is a terminal and the run a long one."""
    total = count_inputs(inputs)
    printing = on_stdout and sys.stdout.isatty()
    if not sys.stderr.isatty() or printing or (total is not None and total <= _LONG_RUN):
        yield from things
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Rich would take what is printed on stdout to stderr as well, and data must stay where it is.
    bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    with bar as progress:
        task = progress.add_task("reading", total=total)
        for thing in things:
            progress.advance(task)
            yield thing

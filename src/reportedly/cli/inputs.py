"""The commands that read articles."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from reportedly.cli.app import app
from reportedly.cli.options import (
    Debug,
    DemoFolder,
    DossierFile,
    Format,
    HowRead,
    Inputs,
    LedgerFile,
    Outlet,
    Output,
    PageFormat,
    Published,
    ReadFormat,
    Records,
    TimeLimit,
    Url,
    known_of,
    reader_of,
)
from reportedly.cli.terminal import Failures, destination, guarded, print_json, say, show, watched
from reportedly.config import READING_SECONDS
from reportedly.records import Reading, to_json
from reportedly.run import TITLE, find_examples, keep_all, read_all, write_brief, write_records
from reportedly.views.wording import count

if TYPE_CHECKING:
    from reportedly.ledger import Added

DEMO_STORY = "cyprus"


@app.command()
@guarded
def read(
    inputs: Inputs,
    outlet: Outlet = None,
    published: Published = None,
    url: Url = None,
    dossier: DossierFile = None,
    format: HowRead = None,
    records: Records = None,
    output: Output = None,
    time_limit: TimeLimit = READING_SECONDS,
    debug: Debug = False,
) -> None:
    """Read articles and print what they say.

    Who says it, on whose word, how surely, and what is on the table: plans, positions, meetings.

    \b
    Example:
      reportedly read talks.txt --outlet "The Sun" --published 2025-04-23
    """

    failures = Failures(debug=debug)
    known = known_of(inputs, outlet, published, url)
    reading = read_all(inputs, reader=reader_of(dossier), on_failure=failures, seconds=time_limit, **known)
    readings = watched(reading, inputs, on_stdout=records is None and output is None)
    if records is not None:
        readings = _recorded(readings, records)
    chosen = format or (None if records else ReadFormat.OUTLINE)
    _print_readings(readings, chosen, output)
    failures.leave()


@app.command()
@guarded
def add(
    inputs: Inputs,
    ledger: LedgerFile,
    outlet: Outlet = None,
    published: Published = None,
    url: Url = None,
    dossier: DossierFile = None,
    format: PageFormat = Format.OUTLINE,
    time_limit: TimeLimit = READING_SECONDS,
    debug: Debug = False,
) -> None:
    """Read articles and keep what they say in a ledger.

    Adding the same article again adds nothing; a corrected version of it is kept beside the first.

    \b
    Example:
      reportedly add articles/ --ledger talks.db
    """
    from reportedly.ledger import open_ledger

    failures = Failures(debug=debug)
    known = known_of(inputs, outlet, published, url)
    reader = reader_of(dossier)
    with open_ledger(ledger) as kept:
        reading = read_all(inputs, reader=reader, on_failure=failures, seconds=time_limit, **known)
        readings = watched(reading, inputs, on_stdout=True)
        for kept_reading, added in keep_all(readings, kept, on_failure=failures):
            _print_added(kept_reading, added, format)
    failures.leave()


@app.command()
@guarded
def compare(
    inputs: Inputs,
    outlet: Outlet = None,
    published: Published = None,
    dossier: DossierFile = None,
    format: PageFormat = Format.OUTLINE,
    time_limit: TimeLimit = READING_SECONDS,
    debug: Debug = False,
) -> None:
    """Read articles on the same news and print what rests on whom.

    Which statements say the same and how many independent origins stand behind them, what contradicts what, what
    changed between versions of a plan, and who copied whom.

    \b
    Example:
      reportedly compare cyprus.jsonl
    """
    from reportedly.ledger import article_id
    from reportedly.reconciliation import compare_readings, story_json
    from reportedly.views.comparison import comparison_from

    failures = Failures(debug=debug)
    known = known_of(inputs, outlet, published, None)
    reading = read_all(inputs, reader=reader_of(dossier), on_failure=failures, seconds=time_limit, **known)
    readings = list(watched(reading, inputs, on_stdout=False))
    story = compare_readings(readings)
    if format == Format.JSON:
        with destination(None) as stream:
            print_json(story_json(story, {article_id(r.document): r.document.name for r in readings}), stream)
    else:
        show(comparison_from(story, readings), format)
    failures.leave()


@app.command()
@guarded
def demo(
    folder: DemoFolder = Path("reportedly-demo"),
) -> None:
    """Read the example articles and show what comes of them.

    Prints the table of one story and writes an HTML brief of all of them.

    \b
    Example:
      reportedly demo
    """
    from reportedly.ledger import open_ledger
    from reportedly.views.from_ledger import table_of

    folder.mkdir(parents=True, exist_ok=True)
    failures, inputs = Failures(), [str(find_examples())]
    with open_ledger(folder / "talks.db") as kept:
        readings = watched(read_all(inputs, reader=reader_of(None), on_failure=failures), inputs)
        number = sum(1 for _ in keep_all(readings, kept, on_failure=failures))
        show(table_of(kept, story=DEMO_STORY), Format.OUTLINE)
        page = write_brief(kept, folder / "brief.html")
    say(f"\n{number} articles read and kept in {folder / 'talks.db'}")
    say(f"the table above again: reportedly table --ledger {folder / 'talks.db'} --story {DEMO_STORY}")
    say(f"the same in a browser, to check and correct: reportedly serve --ledger {folder / 'talks.db'}")
    say(f"the HTML brief of all of them: {page.resolve()}")
    failures.leave()


def _recorded(readings: Iterable[Reading], folder: Path) -> Iterator[Reading]:
    """The readings, each once its record is written."""
    number = 0
    for reading, path in write_records(readings, folder):
        number += 1
        if path.name != f"{reading.document.name}.record.json":
            say(f"{reading.document.name}: written as {path.name}; its name is taken or cannot name a file")
        yield reading
    say(f"{count(number, 'record')} written to {folder}")


def _print_readings(readings: Iterable[Reading], format: ReadFormat | None, output: Path | None) -> None:
    """Each as it is read, but for HTML, which shows all of them on one page."""
    if format is None:
        for _ in readings:
            pass
        return
    with destination(output) as stream:
        if format == ReadFormat.HTML:
            from reportedly.views.brief import brief_page

            stream.write(brief_page(readings, title=TITLE))
            return
        for reading in readings:
            _print_reading(reading, format, stream)


def _print_reading(reading: Reading, format: ReadFormat, stream: TextIO) -> None:
    if format == ReadFormat.JSON:
        print_json(to_json(reading), stream)
        return
    from reportedly.views.from_reading import article_from

    show(article_from(reading), Format.OUTLINE, stream)
    stream.write("\n")


def _print_added(reading: Reading, added: Added, format: Format) -> None:
    """What became of an article, and how much was found in it."""
    document = reading.document
    if format == Format.JSON:
        print_json({"article": document.name, **asdict(added)}, sys.stdout)
        return
    found = f"{len(reading.statements)} statements, {len(reading.terms)} terms, {len(reading.positions)} positions"
    sys.stdout.write(f"{added.outcome.value}: {document.name} ({found}, {len(reading.encounters)} meetings)\n")

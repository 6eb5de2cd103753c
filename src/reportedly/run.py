"""The flow: inputs to readings, and readings to records, a ledger or a brief. One bad article never stops a run."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO, Unpack

from reportedly.config import READING_SECONDS
from reportedly.errors import InputError, ModelError, ReportedlyError, TimeLimitError
from reportedly.records import Document, Reading, to_json

if TYPE_CHECKING:
    from reportedly.documents.article import Known
    from reportedly.ledger import Added, Ledger, Scope
    from reportedly.reading.reader import Reader
    from reportedly.views.exports_tables import Exported

OnFailure = Callable[[ReportedlyError], None]
"""Is handed each article's failure as it comes; `__cause__` is what went wrong underneath."""

_UNSAFE = re.compile(r"[^\w.()+,=@ -]+")
_LONGEST_NAME = 150

TITLE = "What is on the table"


def read_all(
    inputs: Iterable[str],
    *,
    reader: Reader,
    on_failure: OnFailure,
    seconds: float = READING_SECONDS,
    **known: Unpack[Known],
) -> Iterator[Reading]:
    """Yield the reading of every article of the inputs that can be read; the others go to `on_failure`.

    Loading and reading one article may each take so many seconds; 0 sets no limit.
    """
    from reportedly.documents import load

    for document in load(inputs, on_error=on_failure, seconds=seconds, **known):
        reading = read_one(document, reader=reader, on_failure=on_failure, seconds=seconds)
        if reading is not None:
            yield reading


def read_one(
    document: Document, *, reader: Reader, on_failure: OnFailure, seconds: float = READING_SECONDS
) -> Reading | None:
    """The reading, or None where reading it failed. Raises ModelError: without its models nothing can be read."""
    from reportedly.reading.time_limit import read_within

    try:
        return read_within(document, reader=reader, seconds=seconds)
    except ModelError:
        raise
    except TimeLimitError as error:
        on_failure(_named(document, error, "cut it into its articles, or give it longer with --time-limit"))
    except ReportedlyError as error:
        on_failure(_named(document, error, "leave it out, or mend it"))
    except Exception as error:  # a fault of ours: one article must not take the others with it
        on_failure(_named(document, error, "run again with --debug and report what it prints"))
    return None


def _named(document: Document, error: Exception, way_out: str) -> InputError:
    reason = (
        str(error) if isinstance(error, ReportedlyError) else f"reading it failed ({type(error).__name__}: {error})"
    )
    failure = InputError(document.name, reason, way_out)
    failure.__cause__ = error
    return failure


def keep_all(readings: Iterable[Reading], ledger: Ledger, *, on_failure: OnFailure) -> Iterator[tuple[Reading, Added]]:
    """Add each reading and yield what that did. Raises LedgerError: nothing more can be kept then."""
    from reportedly.errors import LedgerError

    for reading in readings:
        try:
            yield reading, ledger.add(reading)
        except LedgerError:
            raise
        except ReportedlyError as error:
            on_failure(error if isinstance(error, InputError) else _named(reading.document, error, "report this"))


def write_records(readings: Iterable[Reading], folder: Path) -> Iterator[tuple[Reading, Path]]:
    """Write `NAME.record.json` for each reading, whole or not at all, and yield where.

    A name that comes twice gets a number the second time, so that nothing is written over within one run.
    """
    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for reading in readings:
        path = folder / f"{_free(_safe(reading.document.name), taken)}.record.json"
        with whole_file(path) as stream:
            json.dump(to_json(reading), stream, ensure_ascii=False, indent=1)
            stream.write("\n")
        yield reading, path


def _safe(name: str) -> str:
    """A name as a file name: no folders, no leading dots, not too long."""
    return _UNSAFE.sub("_", name).strip(" ._")[:_LONGEST_NAME] or "article"


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free.casefold() in taken:  # file systems that ignore case would write over it
        number += 1
        free = f"{name}-{number}"
    taken.add(free.casefold())
    return free


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """A text file that is there wholly once the block ends, and not at all if it fails."""
    with whole_bytes(path) as stream:
        text = TextIOWrapper(stream, encoding="utf-8", errors="surrogatepass", write_through=True)
        yield text
        text.detach()


@contextmanager
def whole_bytes(path: Path) -> Iterator[BinaryIO]:
    """The same for a file that holds no text."""
    try:
        yield from _whole(path)
    except OSError as error:
        error.filename = str(path)
        raise


def _whole(path: Path) -> Iterator[BinaryIO]:
    if path.exists() and not path.is_file():  # a device or a pipe cannot be replaced
        with path.open("wb") as stream:
            yield stream
        return
    target = path.resolve()
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_brief(
    ledger: Ledger,
    path: str | os.PathLike[str],
    *,
    title: str = TITLE,
    plan: str | None = None,
    party: str | None = None,
    **scope: Unpack[Scope],
) -> Path:
    """Write what is on the table as one file: HTML, Markdown or Word by its ending. Returns the path written to.

    `since` (an ISO 8601 date) and `story` say which articles, `plan` takes those with a plan of that name, and `party`
    what concerns it. Raises InputError for another ending, and for a plan or party that the ledger does not know.
    """
    from reportedly.views.brief_files import brief_file, format_of_name
    from reportedly.views.briefing import Wanted

    target, wanted = Path(path), Wanted(plan=plan, party=party, since=scope.get("since"))
    written = brief_file(ledger, format_of_name(target), title=title, wanted=wanted, **scope)
    with whole_bytes(target) as stream:
        stream.write(written)
    return target


def write_tables(exported: Exported, folder: Path) -> Iterator[Path]:
    """Write each table as a CSV file of a folder, whole or not at all, and yield where."""
    from reportedly.views.exports import csv_lines
    from reportedly.views.exports_tables import TABLES

    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        path = folder / f"{table.name}.csv"
        with whole_bytes(path) as stream:
            for line in csv_lines(table, exported):
                stream.write(line.encode("utf-8", "replace"))
        yield path


def write_workbook(exported: Exported, path: Path) -> Path:
    """Write the tables as one Excel workbook; the path it was written to."""
    from reportedly.views.exports_xlsx import xlsx_file

    written = xlsx_file(exported)
    with whole_bytes(path) as stream:
        stream.write(written)
    return path


def count_inputs(inputs: Iterable[str]) -> int | None:
    """About how many articles the inputs hold, for a progress bar; None where that cannot be seen beforehand."""
    counts = [_count(item) for item in inputs]
    return None if None in counts else sum(filter(None, counts))


def _count(item: str) -> int | None:
    path = Path(item)
    if item == "-":
        return None
    if path.is_dir():
        return sum(_count(str(inside)) or 0 for inside in path.rglob("*") if inside.is_file())
    if path.suffix.lower() != ".jsonl":
        return 1
    with suppress(OSError), path.open("rb") as stream:
        return sum(1 for line in stream if line.strip())
    return 1


def find_examples() -> Path:
    """The folder of the articles that come with the package."""
    shipped = Path(str(files("reportedly"))) / "examples"
    return shipped if shipped.is_dir() else Path(__file__).resolve().parents[2] / "examples"

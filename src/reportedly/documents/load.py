"""Files, folders and standard input to documents; one that fails never stops the others."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Protocol, Unpack

from reportedly.alarm import TimeUp, alarm
from reportedly.documents.article import Article, Known, Particulars
from reportedly.documents.document import document_of
from reportedly.documents.jsonl import load_jsonl
from reportedly.documents.pages import load_page
from reportedly.documents.plain import load_plain
from reportedly.errors import InputError
from reportedly.records import Document


class Loader(Protocol):
    """Articles of one input, each as it is read; what fails is yielded as the error it is, and the rest goes on.

    `name` is what an article without a name of its own is called, `place` what messages call the input.
    """

    def __call__(self, stream: BinaryIO, *, name: str, place: str) -> Iterator[Article | InputError]: ...


def _late(module: str, function: str) -> Loader:
    """A loader whose libraries are only imported where an input needs them."""

    def load_late(stream: BinaryIO, *, name: str, place: str) -> Iterator[Article | InputError]:
        loader: Loader = getattr(import_module(f"reportedly.documents.{module}"), function)
        yield from loader(stream, name=name, place=place)

    return load_late


load_pdf, load_word = _late("pdf", "load_pdf"), _late("word", "load_word")
load_feed, load_warc = _late("feeds", "load_feed"), _late("warc", "load_warc")

FORMATS: dict[str, Loader] = {
    ".txt": load_plain,
    ".html": load_page,
    ".htm": load_page,
    ".pdf": load_pdf,
    ".docx": load_word,
    ".jsonl": load_jsonl,
    ".rss": load_feed,
    ".atom": load_feed,
    ".xml": load_feed,
    ".warc": load_warc,
    ".warc.gz": load_warc,
}
"""Loader of each file ending. Another format is one more entry."""

BEGINNINGS: tuple[tuple[re.Pattern[bytes], Loader], ...] = (
    (re.compile(rb"\{\s*\""), load_jsonl),
    (re.compile(rb"%PDF-"), load_pdf),
    (re.compile(rb"PK\x03\x04"), load_word),
    (re.compile(rb"WARC/\d|\x1f\x8b"), load_warc),
    (re.compile(rb"(?s)(?:<\?xml.{0,300}?)?<(?:rss|feed|rdf:RDF)\b"), load_feed),
)
"""How an input without an ending begins, and its loader; after these come pages and plain text."""

HTML_START = re.compile(rb"(?i)<(?:!doctype|html|\?xml|!--|head|body|article|main|div|section|p|h1)\b|<!--")


def raise_error(error: InputError) -> None:
    """What `load` does with a failed input if it is not told otherwise."""
    raise error


def load(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    on_error: Callable[[InputError], None] = raise_error,
    seconds: float = 0,
    **known: Unpack[Known],
) -> Iterator[Document]:
    """Yield the documents of the inputs in order: files, folders (all in them with an ending of FORMATS), or `-`.

    `known` (outlet, published, url, title, byline, story, language) goes before what the inputs say themselves.
    Each input that cannot be read is handed to `on_error` as an InputError; if that returns, the others are read.
    So is a file that takes more than so many seconds to its next article, in a main thread that has Unix's timer; 0
    sets no limit.
    """
    given = Particulars(**known)
    items = [inputs] if isinstance(inputs, (str, os.PathLike)) else inputs
    for item in items:
        for article in _open(os.fspath(item), seconds):
            try:
                if isinstance(article, InputError):
                    raise article
                document = _document(_with_options(article, given), seconds)
            except InputError as error:
                on_error(error)
            else:
                yield document


def _document(article: Article, seconds: float) -> Document:
    try:
        with alarm(seconds):
            return document_of(article)
    except TimeUp:
        raise _too_slow(article.place, seconds) from None


def _with_options(article: Article, given: Particulars) -> Article:
    places = dict(article.known_from) | dict.fromkeys(given.names(), "option")
    notes = tuple(note for note in article.notes if note.about not in given.names())
    return replace(article, known=given.over(article.known), known_from=places, notes=notes)


def _within(articles: Iterator[Article | InputError], place: str, seconds: float) -> Iterator[Article | InputError]:
    """The articles of a file, up to one that takes too long."""
    while True:
        try:
            with alarm(seconds):
                article = next(articles, None)
        except TimeUp:
            yield _too_slow(place, seconds)
            return
        if article is None:
            return
        yield article


def _too_slow(place: str, seconds: float) -> InputError:
    reason = f"loading it took more than {seconds:g} seconds and was given up"
    return InputError(place, reason, "save its words as .txt, or give it longer with --time-limit")


def _open(item: str, seconds: float) -> Iterator[Article | InputError]:
    if item == "-":
        yield from _load_stream(sys.stdin.buffer, name="stdin", place="standard input")
    elif re.match(r"(?i)https?://", item):
        yield InputError(item, "it is an address, and pages are not fetched", "save the page as .html and pass that")
    elif Path(item).is_dir():
        yield from _load_folder(Path(item), seconds)
    else:
        yield from _within(_load_file(Path(item)), item, seconds)


def _load_folder(folder: Path, seconds: float) -> Iterator[Article | InputError]:
    """Everything below a folder with a known ending, sorted by path.

    Hidden files and folders are left out; what is no regular file is handed over as an error.
    """
    refused: list[OSError] = []
    paths = []
    for root, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths += [Path(root, n) for n in names if not n.startswith(".") and ending_of(n) in FORMATS]
    for error in refused:
        yield _system_error(str(error.filename), error)
    for path in sorted(paths):
        if path.exists() and not path.is_file():  # opening a pipe waits for somebody to write into it
            yield InputError(str(path), "it is a pipe, socket or device, not a file", "take it out of the folder")
        else:
            yield from _within(_load_file(path), str(path), seconds)
    if not paths and not refused:
        yield InputError(str(folder), "no article in this folder", f"articles end in {_endings()}")


def _load_file(path: Path) -> Iterator[Article | InputError]:
    ending = ending_of(path.name)
    loader = FORMATS.get(ending, _load_stream if not ending else None)
    try:
        with path.open("rb") as stream:
            if loader is None:
                yield InputError(str(path), f"unknown ending {path.suffix!r}", f"articles end in {_endings()}")
            else:
                yield from loader(stream, name=path.name[: len(path.name) - len(ending)], place=str(path))
    except OSError as error:
        yield _system_error(str(path), error)


def _load_stream(stream: BinaryIO, *, name: str, place: str) -> Iterator[Article | InputError]:
    """Articles of bytes whose format has to be seen from how they begin."""
    peeked = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    start = peeked.peek(512).removeprefix(b"\xef\xbb\xbf").lstrip()
    other = load_page if HTML_START.match(start) else load_plain
    loader = next((loader for beginning, loader in BEGINNINGS if beginning.match(start)), other)
    yield from loader(peeked, name=name, place=place)


def _system_error(place: str, error: OSError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(place, "there is no such file", "look at how it is spelled, and at the folder you are in")
    if isinstance(error, PermissionError):
        return InputError(place, "no permission to read it", "change its rights, or copy it to a place of your own")
    return InputError(place, f"cannot be read ({error.strerror or error})", "look at the disk, and try again")


def ending_of(name: str) -> str:
    """The ending of a file's name in lower case, its dot included; that of an archive in whole."""
    return ".warc.gz" if name.lower().endswith(".warc.gz") else Path(name).suffix.lower()


def _endings() -> str:
    return ", ".join(FORMATS)

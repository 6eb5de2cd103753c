"""Articles in plain text files: the text as it is, with universal newlines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from reportedly.config import MAX_INPUT_BYTES
from reportedly.documents.article import Article
from reportedly.documents.decoding import NotTextError, decode
from reportedly.errors import InputError


def load_plain(stream: BinaryIO, *, name: str, place: str) -> Iterator[Article | InputError]:
    """The one article of a text file."""
    try:
        text, notes = decode(read_whole(stream, place))
    except InputError as error:
        yield error
    except NotTextError as error:
        yield InputError(place, str(error), "save the article as plain text or HTML")
    else:
        yield Article(name=name, place=place, text=text.replace("\r\n", "\n").replace("\r", "\n"), notes=notes)


def read_whole(stream: BinaryIO, place: str) -> bytes:
    """All bytes of the stream. Raises InputError where they are more than one article may have, or none."""
    data = stream.read(MAX_INPUT_BYTES + 1)
    if len(data) > MAX_INPUT_BYTES:
        reason = f"larger than {MAX_INPUT_BYTES // 1024 // 1024} MB, the most that is read as one article"
        raise InputError(place, reason, "cut it into articles, or make it a .jsonl with an article a line")
    if not data:
        raise InputError(place, "the file is empty", "look whether it was saved whole, or leave it out")
    return data

"""Articles in JSON Lines: one a line, read one at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from reportedly.config import MAX_INPUT_BYTES
from reportedly.documents.article import Article, Particulars
from reportedly.documents.bylines import parse_byline, parse_names
from reportedly.documents.pages import article_of_page
from reportedly.errors import InputError
from reportedly.records import Note

WORDS = ("outlet", "published", "url", "title", "story", "language")
FIELDS = frozenset({"id", "text", "html", "byline", *WORDS})
BOM = b"\xef\xbb\xbf"


def load_jsonl(stream: BinaryIO, *, name: str, place: str) -> Iterator[Article | InputError]:
    """The article of each line, or what is wrong with the line; blank lines are passed over."""
    number = found = 0
    while line := stream.readline(MAX_INPUT_BYTES + 1):
        number += 1
        where = f"{place}, line {number}"
        if len(line) > MAX_INPUT_BYTES:
            _skip_line(stream, line)
            reason = f"larger than {MAX_INPUT_BYTES // 1024 // 1024} MB, the most that is read as one article"
            yield InputError(where, reason, "cut it into articles")
        elif line.strip() and line.strip() != BOM:
            yield _read_line(line.removeprefix(BOM), f"{name}-{number}", where)
        else:
            continue
        found += 1
    if not found:
        yield InputError(place, "there is no article in it", "look whether it was saved whole, or leave it out")


def _skip_line(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(MAX_INPUT_BYTES)


def _read_line(line: bytes, name: str, where: str) -> Article | InputError:
    try:
        fields = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return InputError(where, f"not UTF-8 at byte {error.start:,} of the line", "save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        return InputError(where, f"not JSON ({error})", "write one object a line, with quotes and commas in place")
    try:
        return _article(fields, name, where)
    except InputError as error:
        return error


def _article(fields: Any, name: str, where: str) -> Article:
    """The article of a parsed line; raises InputError where a field is missing or of another type."""
    if not isinstance(fields, dict):
        raise InputError(where, "no JSON object", 'write {"text": ..., "outlet": ...} on each line')
    known = _known(fields, where)
    name = str(fields.get("id") if fields.get("id") not in (None, "") else name)
    unused = sorted(map(str, fields.keys() - FIELDS))
    notes = (Note("input", f"fields not used: {', '.join(unused)}"),) if unused else ()
    places = dict.fromkeys(known.names(), "JSONL")
    text, html = _words(fields, "text", where), _words(fields, "html", where)
    if text is not None:
        return Article(name=name, place=where, text=text, known=known, known_from=places, notes=notes)
    if html is None:
        raise InputError(where, "neither text nor html in it", 'give the article as "text" or as "html"')
    page = article_of_page(html, name=name, place=where, known=known)
    return Article(
        name=name,
        place=where,
        text=page.text,
        known=page.known,
        known_from=dict(page.known_from) | places,
        layout=page.layout,
        notes=(*notes, *page.notes),
    )


def _known(fields: dict[str, Any], where: str) -> Particulars:
    words = {name: _words(fields, name, where) for name in WORDS}
    return Particulars(byline=_byline(fields.get("byline"), where), **words)


def _words(fields: dict[str, Any], name: str, where: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise InputError(where, f"{name} is {json.dumps(value)[:40]}, not a string", f'write "{name}": "..."')
    return value


def _byline(value: Any, where: str) -> tuple[str, ...]:
    """Names from a list, or from one string like `By Jane Doe and John Roe`."""
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        return parse_byline(value) or parse_names(value) or (value,)
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return tuple(name.strip() for name in value if name.strip())
    raise InputError(where, "byline is neither a string nor a list of strings", 'write "byline": ["Jane Doe"]')

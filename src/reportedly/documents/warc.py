"""Articles in web archives (WARC): the pages that were fetched, one article each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from reportedly.config import MAX_INPUT_BYTES
from reportedly.documents.article import Article, Particulars
from reportedly.documents.decoding import NotTextError, decode
from reportedly.documents.pages import article_of_page
from reportedly.errors import InputError

PAGES = ("text/html", "application/xhtml+xml")


def load_warc(stream: BinaryIO, *, name: str, place: str) -> Iterator[Article | InputError]:
    """The article of each page of an archive, plain or gzipped. Pages without one are counted in a single error.

    A page's address is its `WARC-Target-URI`. Redirects, error pages and what is no page are passed over.
    """
    read = number = 0
    empty: list[str] = []
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
            if not _is_page(record):
                continue
            number += 1
            where = f"{place}, page {number} ({_address(record)[:200]})"
            found = _article(record, name=f"{name}-{number}", place=where)
            if isinstance(found, InputError) and found.reason.startswith("no article"):
                empty.append(_address(record))
            else:
                read += isinstance(found, Article)
                yield found
    except (OSError, ValueError, RuntimeError) as error:  # what the archive holds up to here has been read
        reason = f"the archive breaks off after page {number} ({type(error).__name__})"
        yield InputError(place, reason, "look whether it was saved whole")
        return
    if empty:
        reason = f"no article found in {len(empty)} of {number} pages, the first of them {empty[0][:200]}"
        yield InputError(place, reason, "save those that hold one as .html, with the whole page")
    elif not read:
        yield InputError(place, "there is no page in this archive", "look whether it was saved whole, or leave it out")


def _address(record: Any) -> str:
    return record.headers.get("WARC-Target-URI") or "no address"


def _is_page(record: Any) -> bool:
    http = record.http_headers
    kind = (record.http_content_type or "").casefold()
    return http is not None and http.status_code == 200 and kind in PAGES


def _article(record: Any, *, name: str, place: str) -> Article | InputError:
    data = record.reader.read(MAX_INPUT_BYTES + 1)
    if len(data) > MAX_INPUT_BYTES:
        return InputError(place, f"larger than {MAX_INPUT_BYTES // 1024 // 1024} MB", "save its article alone")
    known = Particulars(url=record.headers.get("WARC-Target-URI") or None)
    try:
        html, notes = _decoded(data, record.http_charset)
        page = article_of_page(html, name=name, place=place, known=known)
    except InputError as error:
        return error
    except NotTextError as error:
        return InputError(place, str(error), "leave it out")
    places = {"url": "WARC", **page.known_from}
    return replace(page, known_from=places, notes=(*notes, *page.notes))


def _decoded(data: bytes, charset: str | None) -> Any:
    """The page as text, by the character set of the answer where that fits."""
    if charset:
        try:
            return data.decode(charset), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, html=True)

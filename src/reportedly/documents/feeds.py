"""Articles in feeds (RSS, Atom): one an entry, as far as the feed carries them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import feedparser

from reportedly.documents.article import Article, Particulars
from reportedly.documents.bylines import parse_byline, parse_names
from reportedly.documents.dates import NoDateError, parse_date
from reportedly.documents.pages import MIN_ARTICLE_CHARACTERS, article_of_page
from reportedly.documents.plain import read_whole
from reportedly.errors import InputError
from reportedly.records import Note

SUMMARY_ONLY = "the feed carries a summary of this article, not its text; save the page itself to have all of it"


def load_feed(stream: BinaryIO, *, name: str, place: str) -> Iterator[Article | InputError]:
    """The articles of a feed, in its order. An entry with a summary alone is read as that, with a note."""
    try:
        feed = feedparser.parse(read_whole(stream, place), sanitize_html=False, resolve_relative_uris=False)
    except InputError as error:
        yield error
        return
    if not feed.entries:
        reason = f"no feed ({feed.bozo_exception})" if feed.bozo else "a feed without entries"
        yield InputError(place, reason, "look whether it was saved whole; a page is .html")
        return
    outlet = _line(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries, start=1):
        try:
            yield _article(entry, outlet, name=f"{name}-{number}", place=f"{place}, entry {number}")
        except InputError as error:
            yield error


def _article(entry: Any, outlet: str | None, *, name: str, place: str) -> Article:
    """The article of an entry. Raises InputError where there is no text in it."""
    known, notes = _particulars(entry, outlet)
    whole = next((c.value for c in entry.get("content", ()) if c.get("value")), "")
    summary = entry.get("summary", "")
    body = whole or summary
    if not whole or len(_bare(whole)) <= len(_bare(summary)):
        body = summary or whole
        notes = (*notes, Note("input", SUMMARY_ONLY))
    if not _bare(body).strip():
        raise InputError(place, "there is no text in this entry", "save the page that it points to as .html")
    places = dict.fromkeys(known.names(), "feed")
    if len(_bare(body)) < MIN_ARTICLE_CHARACTERS or not re.search(r"<(?:p|div|br|h\d|ul|ol)\b", body):
        text = "\n".join(line for part in _bare(body).splitlines() if (line := " ".join(part.split())))
        return Article(name=name, place=place, text=text, known=known, known_from=places, notes=notes)
    page = article_of_page(f"<html><body><article>{body}</article></body></html>", name=name, place=place, known=known)
    about = {note.about for note in notes}
    kept = tuple(note for note in page.notes if note.about not in about)
    return Article(
        name=name,
        place=place,
        text=page.text,
        known=known,
        known_from=places,
        layout=page.layout,
        notes=(*notes, *kept),
    )


def _particulars(entry: Any, outlet: str | None) -> tuple[Particulars, tuple[Note, ...]]:
    """What the entry and its feed say; a date that is none is noted and left out."""
    day = entry.get("published") or entry.get("updated")
    notes: tuple[Note, ...] = ()
    if day:
        try:
            parse_date(day)
        except NoDateError as error:
            day, notes = None, (Note("published", f"{error}; left out; pass --published"),)
    authors = [a.get("name", "") for a in entry.get("authors", ())] or [entry.get("author", "")]
    byline = tuple(name for a in authors if a for name in (parse_byline(a) or parse_names(a) or (a.strip(),)))
    source = entry.get("source", {})
    return (
        Particulars(
            outlet=_line(source.get("title")) or outlet,
            published=day,
            url=entry.get("link"),
            title=_line(entry.get("title")),
            byline=byline,
        ),
        notes,
    )


def _bare(markup: str) -> str:
    """The words of a piece of HTML, with line breaks for paragraphs."""
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<(?:p|br|div|h\d|li)\b[^>]*>", "\n", markup)))


def _line(markup: str | None) -> str | None:
    return " ".join(_bare(markup).split()) or None if markup else None

"""One article made of a text and what is known about it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Unpack

from reportedly.config import MAX_ARTICLE_CHARACTERS
from reportedly.documents.article import Article, Known, Particulars
from reportedly.documents.blocks import TOP, find_blocks
from reportedly.documents.bylines import DATE_ANYWHERE
from reportedly.documents.dates import NoDateError, parse_date
from reportedly.documents.decoding import NotTextError, check_text
from reportedly.documents.language import language_note
from reportedly.documents.pieces import find_pieces, in_pieces, page_title
from reportedly.errors import InputError
from reportedly.records import Block, BlockKind, Document, Note, Piece

DATE_WAY_OUT = "pass a day as 2025-02-12 or 12 February 2025"


def make_document(text: str, *, name: str, **known: Unpack[Known]) -> Document:
    """The document of a text, with its blocks and pieces; `text` is kept as it is.

    `known`: outlet, published, url, title, byline, story, language. Title and authors that are not given are read off
    the page itself; what stays unknown is noted. Raises InputError as `document_of` does.
    """
    given = Particulars(**known)
    article = Article(name=name, place=name, text=text, known=given)
    return document_of(replace(article, known_from=dict.fromkeys(given.names(), "option")))


def document_of(article: Article) -> Document:
    """The document of an article. Raises InputError if its text is blank, too long or binary, or its date none."""
    text, known = article.text, article.known
    _check(article)
    published = _published(article)
    blocks = find_blocks(text, known=article.layout, authors=known.byline)
    pieces = _without_outlet(find_pieces(text, blocks, title=known.title, byline=known.byline), known.outlet)
    read_off = Particulars(title=page_title(text, blocks), byline=_authors(pieces))
    whole = known.over(read_off)
    return Document(
        text=text,
        name=article.name,
        outlet=known.outlet,
        published=published,
        url=known.url,
        title=whole.title,
        byline=whole.byline,
        language=known.language or "en",
        story=known.story,
        blocks=in_pieces(blocks, pieces),
        pieces=pieces,
        known_from=_known_from(article, read_off),
        notes=_notes(article, blocks),
    )


def _check(article: Article) -> None:
    text, most = article.text, MAX_ARTICLE_CHARACTERS
    if not text.strip():
        raise InputError(article.place, "there is no text in it", "look whether it was saved whole, or leave it out")
    if len(text) > most:
        reason = f"{len(text):,} characters, more than the {most:,} that are read as one article"
        raise InputError(article.place, reason, "cut it into articles")
    try:
        check_text(text)
    except NotTextError as error:
        raise InputError(article.place, str(error), "save the article as plain text") from None


def _published(article: Article) -> str | None:
    words = article.known.published
    try:
        return parse_date(words) if words else None
    except NoDateError as error:
        raise InputError(article.place, f"published: {error}", DATE_WAY_OUT) from None


def _without_outlet(pieces: tuple[Piece, ...], outlet: str | None) -> tuple[Piece, ...]:
    """The pieces, the outlet's own name below an author's being no author: "By Ann Moss", "Larn Herald"."""
    own = (outlet or "").casefold().removeprefix("the ")
    return tuple(
        replace(p, byline=tuple(n for n in p.byline if n.casefold().removeprefix("the ") != own) or p.byline)
        for p in pieces
    )


def _authors(pieces: tuple[Piece, ...]) -> tuple[str, ...]:
    """The authors of the first piece, and of all posts where the page is a live blog: its posts have no titles."""
    own = (name for nth, piece in enumerate(pieces) if not nth or piece.title is None for name in piece.byline)
    return tuple(dict.fromkeys(own))


def _known_from(article: Article, read_off: Particulars) -> tuple[tuple[str, str], ...]:
    places = dict.fromkeys(read_off.names(), "text") | dict(article.known_from)
    return tuple(sorted((name, place) for name, place in places.items() if name not in ("story", "language")))


def _notes(article: Article, blocks: tuple[Block, ...]) -> tuple[Note, ...]:
    """What is missing, with the day that the text itself gives, and whether the text is in a language that is read."""
    notes = [*article.notes, *_missing(article)]
    if day := _printed_day(article.text, blocks):
        hint = " {}, for the text says {!r}".format(*day)
        notes = [Note(n.about, n.text + hint) if n.about == "published" else n for n in notes]
    language = language_note(article.text)
    return (*notes, language) if language else tuple(notes)


def _printed_day(text: str, blocks: tuple[Block, ...]) -> tuple[str, str] | None:
    """The first day in the bylines at the top, as ISO and as printed; it is offered and not believed."""
    lines = [block.span.of(text) for block in blocks[:TOP] if block.kind is BlockKind.BYLINE]
    for found in filter(None, map(DATE_ANYWHERE.search, lines)):
        with suppress(NoDateError):
            return parse_date(found[0]), found[0]
    return None


def _missing(article: Article) -> list[Note]:
    """A note for the outlet and the day where they are not known, unless a loader has said so already."""
    noted = {note.about for note in article.notes}
    notes = []
    if not article.known.outlet and "outlet" not in noted:
        notes.append(Note("outlet", "no outlet given; chains begin with an unknown outlet; pass --outlet"))
    if not article.known.published and "published" not in noted:
        notes.append(Note("published", "no publication date given; relative dates stay unresolved; pass --published"))
    return notes

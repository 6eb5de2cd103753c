"""Articles in HTML: the text taken out of the page, with the kinds of lines that its markup tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

import trafilatura

from reportedly.documents.article import Article, Particulars
from reportedly.documents.bylines import parse_byline
from reportedly.documents.decoding import NotTextError, decode
from reportedly.documents.metadata import find_particulars
from reportedly.documents.plain import read_whole
from reportedly.errors import InputError
from reportedly.records import BlockKind

MIN_ARTICLE_CHARACTERS = 60
"""Less text than this is a menu or an error message, not an article."""

SIGNED = (
    "//*[self::p or self::div or self::address]"
    "[contains(@class, 'byline') or contains(@class, 'author') or @itemprop='author' or @rel='author']"
    "[preceding::p[string-length() > 60]][following-sibling::p[string-length() > 60]]"
)
"""Lines that a page's markup calls its author's, below some prose and right over more of it."""

Rows = list[tuple[BlockKind | None, str]]


def load_page(stream: BinaryIO, *, name: str, place: str) -> Iterator[Article | InputError]:
    """The one article of an HTML file."""
    try:
        html, notes = decode(read_whole(stream, place), html=True)
        page = article_of_page(html, name=name, place=place)
    except InputError as error:
        yield error
    except NotTextError as error:
        yield InputError(place, str(error), "save the page as HTML")
    else:
        yield replace(page, notes=(*notes, *page.notes))


def article_of_page(html: str, *, name: str, place: str, known: Particulars | None = None) -> Article:
    """The article of a page; `known` goes before what the page says. Raises InputError if there is none in it."""
    tree, body = _parsed(html, place)
    rows = [] if body is None else [(kind, line) for kind, line in _rows(body) if line]
    if sum(len(line) for kind, line in rows if kind is not BlockKind.HEADING) < MIN_ARTICLE_CHARACTERS:
        raise InputError(place, "no article found in this page", "save the whole page, or its text as .txt")
    text, layout = _laid_out(rows)
    particulars, known_from, notes = find_particulars(tree, known=known or Particulars())
    return Article(
        name=name, place=place, text=text, known=particulars, known_from=known_from, layout=layout, notes=notes
    )


def _parsed(html: str, place: str) -> tuple[Any, Any]:
    """The page as a tree, and its article as trafilatura's tree of `p`, `head`, `list`, `quote` and `table`.

    Either is None where there is none. Raises InputError where the parser gives up.
    """
    html = html.replace("\0", " ")  # libxml2 takes a NUL for the end of the page
    try:
        tree = trafilatura.load_html(html) if html.strip() else None
        if tree is None:
            return None, None
        signed = _with_bylines(trafilatura.load_html(html))
        found: Any = trafilatura.bare_extraction(
            signed, include_comments=False, include_tables=True, with_metadata=False
        )
    except Exception as error:  # whatever a page does to a parser, the other pages are read
        reason = f"the page cannot be parsed ({type(error).__name__})"
        raise InputError(place, reason, "save its text as .txt") from error
    return tree, None if found is None else found.body


def _with_bylines(tree: Any) -> Any:
    """The tree with the lines that sign an article inside the page made plain paragraphs.

    trafilatura drops what is marked as a byline, and an article further down would be given to the first one's
    authors. Only lines over prose count: those of teasers and of the page's head stay dropped.
    """
    for element in tree.xpath(SIGNED):
        if parse_byline(_words(element)) is not None:
            words = _words(element)
            element.clear(keep_tail=True)
            element.tag, element.text = "p", words
    return tree


def _rows(element: Any) -> Rows:
    """The lines below an element, in order, each with the kind that its tag tells."""
    if element.tag == "head":
        return [(BlockKind.HEADING, _words(element))]
    if element.tag == "row":
        return [(BlockKind.LIST_ITEM, " | ".join(filter(None, map(_words, element))))]
    kind = BlockKind.LIST_ITEM if element.tag == "item" else None
    rows: Rows = [(kind, _squeezed(element.text))]
    for child in element:
        if child.tag in ("p", "ab", "head", "list", "item", "quote", "table", "row", "div"):
            rows += _rows(child)
        elif child.tag == "lb":
            rows.append((kind, ""))
        else:
            rows[-1] = (kind, f"{rows[-1][1]} {_words(child)}".strip())
        rows = _with_tail(rows, child, kind)
    return rows


def _with_tail(rows: Rows, child: Any, kind: BlockKind | None) -> Rows:
    """The rows with the words that follow a child: on its line if the child is a part of a line, else on a new one."""
    tail = child.tail or ""
    if not tail.strip():
        return rows
    if child.tag in ("p", "ab", "head", "list", "item", "quote", "table", "row", "div"):
        return [*rows, (kind, _squeezed(tail))]
    space = " " if rows[-1][1] and tail[0].isspace() else ""
    return [*rows[:-1], (kind, rows[-1][1] + space + _squeezed(tail))]


def _words(element: Any) -> str:
    return _squeezed("".join(element.itertext()))


def _squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


def _laid_out(rows: Rows) -> tuple[str, Mapping[int, BlockKind]]:
    """The lines as one text, and the told kinds by where each line starts in it."""
    layout: dict[int, BlockKind] = {}
    at = 0
    for kind, line in rows:
        if kind:
            layout[at] = kind
        at += len(line) + 1
    return "\n".join(line for _, line in rows), layout

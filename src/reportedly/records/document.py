"""An article as it was read: its text, fixed for ever, and what is known of its publication."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from reportedly.records.span import Span


class BlockKind(StrEnum):
    """What a stretch of the page is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    BYLINE = "byline"
    FURNITURE = "furniture"


PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or the like; `piece` is the index of the piece that it belongs to."""

    kind: BlockKind
    span: Span
    piece: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the page with an author of its own."""

    title: str | None
    byline: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Note:
    """Something about an input that a person should know: what was missing, unclear or left out."""

    about: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article. `text` never changes and every offset counts its code points.

    `name` is what the input calls it (a JSONL line's id, a file's stem); `known_from` says for each of outlet,
    published, byline, title and url where it was found ("option", "JSONL", "JSON-LD", "<time>", "URL", ...).
    `published` is an ISO 8601 date, or None.
    """

    text: str
    name: str
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    title: str | None = None
    byline: tuple[str, ...] = ()
    language: str = "en"
    story: str | None = None
    blocks: tuple[Block, ...] = ()
    pieces: tuple[Piece, ...] = ()
    known_from: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def id(self) -> str:
        """`sha256:` and the digest of the text in UTF-8."""
        return "sha256:" + hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def prose(self) -> tuple[Block, ...]:
        """The blocks that somebody wrote as prose, in order: paragraphs and list items."""
        return tuple(b for b in self.blocks if b.kind in PROSE)

"""What a loader hands over: a text and what its input says about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TypedDict

from reportedly.records import BlockKind, Note


class Known(TypedDict, total=False):
    """Particulars as keyword arguments, see Particulars."""

    outlet: str | None
    published: str | None
    url: str | None
    title: str | None
    byline: tuple[str, ...]
    story: str | None
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is known of an article from beside its text; None or empty where nothing is.

    `published` is a date in any of the forms that `parse_date` takes.
    """

    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    title: str | None = None
    byline: tuple[str, ...] = ()
    story: str | None = None
    language: str | None = None

    def names(self) -> tuple[str, ...]:
        """The names of those that are known."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name))

    def over(self, other: Particulars) -> Particulars:
        """These, and the other's where these say nothing."""
        return Particulars(**{f.name: getattr(self, f.name) or getattr(other, f.name) for f in fields(self)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text before its blocks are found.

    `place` is where it lies, for messages ("talks.jsonl, line 3"). `known_from` says where each particular was found.
    `layout`: kinds of lines by their start in `text`, from a page's markup.
    """

    name: str
    place: str
    text: str
    known: Particulars = field(default_factory=Particulars)
    known_from: Mapping[str, str] = field(default_factory=dict)
    layout: Mapping[int, BlockKind] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

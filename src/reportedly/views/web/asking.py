"""What the address asks for: filters as a frozen dataclass, and addresses made of them again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from reportedly.errors import ReportedlyError
from reportedly.ledger import Scope
from reportedly.records import Act, Certainty, Topic

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_LONGEST = 300
_NAMES = ("plan", "party", "story", "outlet", "source", "place")
_LONGEST_NAME = 6_000
"""Characters of a name: it is whatever an article prints, and a link must lead to it."""

LAST_PAGE = 10_000


class AskedWrongly(ReportedlyError):
    """An address asks for what there cannot be."""


class Kind(StrEnum):
    """What a search by field lists."""

    SENTENCES = "sentences"
    STATEMENTS = "statements"
    TERMS = "terms"
    POSITIONS = "positions"
    MEETINGS = "meetings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The filters of an address. Empty ones are None; `page` counts from 1.

    `last`: the source is the last one of the chain. `place` is that of a meeting, `-` where it has none.
    """

    q: str | None = None
    plan: str | None = None
    party: str | None = None
    topic: Topic | None = None
    since: str | None = None
    until: str | None = None
    certainty: Certainty | None = None
    story: str | None = None
    outlet: str | None = None
    source: str | None = None
    act: Act | None = None
    named: str | None = None
    last: str | None = None
    place: str | None = None
    kind: Kind | None = None
    across: str | None = None
    page: int = 1

    def scope(self, *, limit: int | None = None, offset: int | None = None) -> Scope:
        """Which articles."""
        return {
            "story": self.story,
            "since": self.since,
            "until": self.until,
            "outlet": self.outlet,
            "limit": limit,
            "offset": offset,
        }

    def paged(self, size: int) -> Scope:
        """Which articles, and the page's rows of what they hold; one more, to see whether there is a next page."""
        return self.scope(limit=size + 1, offset=(self.page - 1) * size)

    @property
    def narrowed(self) -> tuple[tuple[str, str], ...]:
        """The filters that are set, but for the page."""
        pairs = ((f.name, getattr(self, f.name)) for f in fields(self))
        return tuple((name, str(value)) for name, value in pairs if value and name not in ("page", "across"))

    def query(self, **changes: Any) -> str:
        """`?party=Turkey&page=2`: these filters, with changes; None takes one away."""
        return query_of(replace(self, **{"page": 1, **changes}))


def query_of(asked: Asked) -> str:
    """The query of an address; empty where nothing is asked for."""
    pairs = [(f.name, getattr(asked, f.name)) for f in fields(asked)]
    kept = [(name, str(value)) for name, value in pairs if value and not (name == "page" and value == 1)]
    return f"?{urlencode(kept)}" if kept else ""


def read_asked(query: Mapping[str, str]) -> Asked:
    """The filters of a query. Raises AskedWrongly where a value is none of those there are."""
    for name, value in query.items():
        most = _LONGEST_NAME if name in _NAMES else _LONGEST
        if len(value) > most:
            raise AskedWrongly(f"{name} is longer than {most} characters; shorten it")
    given = {name: " ".join(query[name].replace("\0", " ").split()) for name in query}
    words = {n: given.get(n) or None for n in ("q", *_NAMES)}
    return Asked(
        **words,
        topic=_one_of(Topic, given.get("topic"), "topic"),
        since=_day(given.get("since"), "since"),
        until=_day(given.get("until"), "until"),
        certainty=_one_of(Certainty, given.get("certainty", "").replace(" ", "+"), "certainty"),
        act=_one_of(Act, given.get("act"), "act"),
        kind=_one_of(Kind, given.get("kind"), "kind"),
        named=_word(given.get("named"), ("yes", "no", "outlet"), "named"),
        last=_word(given.get("last"), ("yes",), "last"),
        across=_word(given.get("across"), ("parties", "versions"), "across"),
        page=_page(given.get("page")),
    )


Choice = TypeVar("Choice", bound=StrEnum)


def _one_of(choices: type[Choice], word: str | None, name: str) -> Choice | None:
    if not word:
        return None
    try:
        return choices(word)
    except ValueError:
        raise AskedWrongly(f"there is no {name} {word!r}; there are: {', '.join(c.value for c in choices)}") from None


def _word(word: str | None, choices: Iterable[str], name: str) -> str | None:
    if word and word not in choices:
        raise AskedWrongly(f"{name} is {word!r}; it can be: {', '.join(choices)}")
    return word or None


def _day(word: str | None, name: str) -> str | None:
    if word and not _is_day(word):
        raise AskedWrongly(f"{name}={word!r} is no date; give one such as 2026-03-31 or 2026-03")
    return word or None


def _is_day(word: str) -> bool:
    """Whether it is a year, month or day that there is."""
    if not _DATE.fullmatch(word):
        return False
    try:
        date.fromisoformat(f"{word}-01-01"[:10])
    except ValueError:
        return False
    return True


def _page(word: str | None) -> int:
    if not word:
        return 1
    if not word.isascii() or not word.isdigit() or not 1 <= int(word[:9]) <= LAST_PAGE:
        raise AskedWrongly(f"there is no page {word!r}; pages are numbers from 1 to {LAST_PAGE}")
    return int(word)


class Addresses:
    """Where things are on the desk."""

    @staticmethod
    def article(id: str, at: int | None = None) -> str:
        """An article, or the sentence in it that holds a character."""
        return f"/article/{id[:ID]}" + (f"?at={at}#here" if at is not None else "")

    @classmethod
    def quote(cls, place: Any) -> str:
        """The sentence that a place stands in."""
        return cls.article(place.article_id, place.at)

    @staticmethod
    def record(sort: str, id: str) -> str:
        """One thing that was taken down."""
        return f"/{sort}/{id[:ID]}"

    @staticmethod
    def claim(id: str) -> str:
        """A claim."""
        return f"/claim/{quote(id)}"

    @staticmethod
    def party(name: str) -> str:
        """A party, or any name."""
        return f"/party?{urlencode({'party': name})}"

    @staticmethod
    def search(**fields: Any) -> str:
        """Sentences by field."""
        return f"/search?{urlencode({k: str(v) for k, v in fields.items() if v is not None})}"

    @staticmethod
    def table(**fields: Any) -> str:
        """The table, narrowed."""
        return f"/table?{urlencode({k: str(v) for k, v in fields.items() if v is not None})}"


ID = 16
"""Hex digits of an id in an address: 64 bits, so that no two of a hundred million things share them."""

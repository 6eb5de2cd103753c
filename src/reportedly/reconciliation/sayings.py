"""Statements of many articles in one form, each with what it is compared by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from reportedly.reading.models import Floats
from reportedly.reading.vectors import vector_of
from reportedly.reconciliation.names import Key, Names
from reportedly.reconciliation.words import Print, calendar, print_of
from reportedly.records import Act, Member, Reading, Source, SourceKind, Statement

_END = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n+")
_QUOTED = re.compile(r"[\"“]([^\"“”]{8,}?)[\"”]|(?<!\w)‘([^‘]{8,}?)’(?!\w)")
_NO_SPEAKERS = (SourceKind.OUTLET, SourceKind.DOCUMENT)
_THIN = 2
"""Stems of its own below which a content leans on what stands around it ("it", "doing so")."""


@dataclass(frozen=True)
class Article:
    """One article of the collection, as everything here sees it. `place` is its rank by day and key."""

    key: str
    place: int
    reading: Reading
    outlet: Key | None
    cited: frozenset[Key] = frozenset()

    @property
    def text(self) -> str:
        return self.reading.document.text

    @property
    def day(self) -> str:
        return self.reading.document.published or ""

    @cached_property
    def _borders(self) -> tuple[int, ...]:
        """Where sentences begin."""
        return (0, *(m.end() for m in _END.finditer(self.text)), len(self.text) + 1)

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of all names of the article, those of days and months left out."""
        return print_of(self.text).names - calendar()

    def cites(self, outlet: Key | None) -> bool:
        """Whether an outlet is a source here."""
        return outlet is not None and outlet in self.cited

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Start and end of every sentence of prose, in order."""
        for block in self.reading.document.prose() or (None,):
            low, high = (block.span.start, block.span.end) if block else (0, len(self.text))
            for start, end in pairwise(self._borders):
                if max(start, low) < min(end, high):
                    yield max(start, low), min(end, high)

    def sentence(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence at a position."""
        i = max(bisect_right(self._borders, position), 1)
        return self._borders[i - 1], min(self._borders[min(i, len(self._borders) - 1)], len(self.text))

    def before(self, position: int) -> str:
        """The sentence before the one at a position."""
        start, _ = self.sentence(position)
        if start == 0:
            return ""
        first, end = self.sentence(start - 1)
        return self.text[first:end]


@dataclass(frozen=True)
class Saying:
    """A statement with its chain resolved.

    `via` are the outlets between the publishing one and the first source that is none, `tail` the rest of the chain.
    """

    article: Article
    statement: Statement
    chain: tuple[Source, ...]
    via: tuple[Key, ...]
    tail: tuple[Source, ...]
    speakers: tuple[Key, ...]
    content: Print
    around: Print
    quotes: frozenset[str]

    @property
    def member(self) -> Member:
        return Member(self.article.key, self.statement.id)

    @cached_property
    def text(self) -> str:
        """The words of the content."""
        return " … ".join(" ".join(s.of(self.article.text).split()) for s in self.statement.content)

    @cached_property
    def meaning(self) -> Floats:
        """The vector of the content, (384,) float32, of length 1."""
        return vector_of(self.text)

    @cached_property
    def meaning_around(self) -> Floats:
        """The vector of the sentence, and of the one before where the content says little itself."""
        return vector_of(_around(self.article, self.statement, thin=self.thin))

    @cached_property
    def start(self) -> int:
        return min((s.start for s in (*self.statement.content, *self.statement.cue)), default=0)

    @cached_property
    def thin(self) -> bool:
        return len(self.content.stems) <= _THIN

    @cached_property
    def negative(self) -> bool:
        """Whether the content is said not to be so, or is refused."""
        if self.statement.act in (Act.DENY, Act.REJECT):
            return True
        return self.statement.certainty_source.value.endswith("-") or self.content.turned

    @property
    def last(self) -> Source | None:
        return self.chain[-1] if self.chain else None


def gather(readings: Sequence[Reading], keys: Sequence[str], names: Names) -> tuple[Article, ...]:
    """The articles in order of publication, then key: the same whatever order they came in."""
    known = dict(zip(keys, readings, strict=True))
    ranked = sorted(known, key=lambda key: (known[key].document.published or "9999", key))
    return tuple(_article(key, place, known[key], names) for place, key in enumerate(ranked))


def _article(key: str, place: int, reading: Reading, names: Names) -> Article:
    outlet = _outlet(reading, names)
    used = {link for s in reading.statements for link in s.chain[1:]}
    cited = {names.of(s) for s in reading.sources if s.kind is SourceKind.OUTLET and s.named and s.id in used}
    return Article(key, place, reading, outlet, frozenset(cited - {outlet}))


def _outlet(reading: Reading, names: Names) -> Key | None:
    outlet = reading.document.outlet
    return names.one(outlet, SourceKind.OUTLET) if outlet else None


def sayings_of(article: Article, names: Names) -> tuple[Saying, ...]:
    """The statements of an article that have content."""
    return tuple(_saying(article, s, names) for s in article.reading.statements if s.content)


def _saying(article: Article, statement: Statement, names: Names) -> Saying:
    chain = article.reading.chain(statement)
    rest = chain[1:]
    outlets = _leading_outlets(rest)
    content = print_of(" ".join(s.of(article.text) for s in statement.content))
    return Saying(
        article=article,
        statement=statement,
        chain=chain,
        via=tuple(names.of(s) for s in outlets if s.named),
        tail=rest[len(outlets) :],
        speakers=tuple(names.of(s) for s in rest if s.named and s.kind not in _NO_SPEAKERS),
        content=content,
        around=print_of(_around(article, statement, thin=len(content.stems) <= _THIN)),
        quotes=frozenset(_quotes(article, statement)),
    )


def _leading_outlets(links: tuple[Source, ...]) -> tuple[Source, ...]:
    for i, link in enumerate(links):
        if link.kind is not SourceKind.OUTLET:
            return links[:i]
    return links


def _around(article: Article, statement: Statement, *, thin: bool) -> str:
    """The sentence that the content begins in, and the one before where the content says little itself."""
    start, end = article.sentence(statement.content[0].start)
    before = article.before(start) if thin else ""
    return before + article.text[start:end]


def _quotes(article: Article, statement: Statement) -> Iterator[str]:
    """The words in quotation marks inside the content, folded, four or more."""
    for span in statement.content:
        near = article.text[max(0, span.start - 1) : span.end + 1]
        for m in _QUOTED.finditer(near):
            words = print_of(m.group(1) or m.group(2)).words
            if len(words) >= 3:
                yield " ".join(words)

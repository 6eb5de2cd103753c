"""Statements of many articles in one form, each with what it is compared by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from reportedly.reading.models import Floats
from reportedly.reading.vectors import vector_of
from reportedly.reconciliation.names import Key, Names
from reportedly.reconciliation.words import Print, calendar, is_plain, language, name_stem, parting, print_of, tokens
from reportedly.records import Act, Member, Reading, Source, SourceKind, Statement

_END = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n+")
_QUOTED = re.compile(r"[\"“]([^\"“”]{8,}?)[\"”]|(?<!\w)‘([^‘]{8,}?)’(?!\w)")
_STEPS = 127
_CLAUSE = 3
"""Words of the shortest clause."""

_FEW_NAMES = 5
"""Names inside sentences below which those at their beginning count as well."""

Meanings = dict[str, NDArray[np.int8]]
"""Vectors of stretches of an article, (384,) int8, by name."""

_NO_SPEAKERS = (SourceKind.OUTLET, SourceKind.DOCUMENT)
_THIN = 2
"""Stems of its own below which a content leans on what stands around it ("it", "doing so")."""


@dataclass(frozen=True, eq=False)
class Article:
    """One article of the collection, as everything here sees it. `meanings` are vectors that are known already."""

    key: str
    reading: Reading
    outlet: Key | None
    cited: frozenset[Key] = frozenset()
    meanings: Meanings = field(default_factory=dict)

    @property
    def rank(self) -> tuple[str, str]:
        """What articles are ordered by: the day, those without one last, then the key."""
        return (self.reading.document.published or "9999", self.key)

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
        """The stems of all names of the article, those of days and months left out.

        The first word of a sentence has a capital in any case. It is no name where the article has others, nor where
        the language knows it as a plain word ("Two", "Talks").
        """
        inside = frozenset(
            name_stem(word)
            for start, end in self.sentences()
            for word, _, capital in islice(tokens(self.text, start, end), 1, None)
            if capital and word not in language()["stop"]
        )
        if len(inside) < _FEW_NAMES:
            capitals = (word for word, _, capital in tokens(self.text, 0, len(self.text)) if capital)
            inside |= frozenset(name_stem(w) for w in capitals if w not in language()["stop"] and not is_plain(w))
        return inside - calendar()

    @cached_property
    def prints(self) -> tuple[Print, ...]:
        """The prints of its sentences."""
        return tuple(print_of(self.text[a:b]) for a, b in self.sentences())

    def meaning(self, name: str, text: str) -> Floats:
        """The vector of a text, (384,) float32, of length 1, in steps of an eight-bit scale; kept under the name."""
        if name not in self.meanings:
            vector = vector_of(text)
            self.meanings[name] = np.rint(vector * (_STEPS / (float(np.abs(vector).max()) or 1.0))).astype(np.int8)
        steps = self.meanings[name].astype(np.float32)
        return np.asarray(steps / (float(np.linalg.norm(steps)) or 1.0), dtype=np.float32)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all its sentences."""
        return frozenset(stem for p in self.prints for stem in p.stems)

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


@dataclass(frozen=True, eq=False)
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

    @cached_property
    def content(self) -> Print:
        """What the content is compared by."""
        return print_of(" ".join(s.of(self.article.text) for s in self.statement.content))

    @cached_property
    def around(self) -> Print:
        """What the sentence is compared by, with the one before where the content says little itself."""
        return print_of(_around(self.article, self.statement, thin=self.thin))

    @cached_property
    def quotes(self) -> frozenset[str]:
        """What of the content stands in quotation marks."""
        return frozenset(_quotes(self.article, self.statement))

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
        return self.article.meaning(self.statement.id, self.text)

    @cached_property
    def meaning_around(self) -> Floats:
        """The vector of the sentence, and of the one before where the content says little itself."""
        around = _around(self.article, self.statement, thin=self.thin)
        return self.article.meaning(f"{self.statement.id} around", around)

    @cached_property
    def meaning_of_parts(self) -> Floats:
        """The vectors of the content and its clauses, (1 + clauses, 384) float32: one may be all that is repeated."""
        clauses = [self.article.meaning(f"{self.statement.id} {n}", part) for n, part in enumerate(self.clauses)]
        return np.stack([self.meaning, *clauses])

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """The clauses of a content of several."""
        parts = tuple(part for part in parting().split(self.text) if len(part.split()) >= _CLAUSE)
        return parts if parts != (self.text,) else ()

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
    return tuple(sorted((article_of(key, known[key], names) for key in known), key=lambda a: a.rank))


def article_of(key: str, reading: Reading, names: Names, meanings: Meanings | None = None) -> Article:
    """A reading as an article of the collection; vectors that are made for it go into `meanings`."""
    outlet = _outlet(reading, names)
    used = {link for s in reading.statements for link in s.chain[1:]}
    cited = {names.of(s) for s in reading.sources if s.kind is SourceKind.OUTLET and s.named and s.id in used}
    known = {} if meanings is None else meanings
    return Article(key, reading, outlet, frozenset(cited - {outlet}), known)


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
    return Saying(
        article=article,
        statement=statement,
        chain=chain,
        via=tuple(names.of(s) for s in outlets if s.named),
        tail=rest[len(outlets) :],
        speakers=tuple(names.of(s) for s in rest if s.named and s.kind not in _NO_SPEAKERS),
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

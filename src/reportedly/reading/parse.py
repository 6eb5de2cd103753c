"""The parsed prose of one article: sentences and tokens that know their place in its text.

The steps of reading share this object; no token index leaves it for a record.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from reportedly.records import Block, BlockKind, Document, Span

START = "start"
"""Key in `Doc.user_data` of where the paragraph begins in the article's text."""


def place(tokens: Token | TokenSpan) -> Span:
    """Where a token or a run of tokens stands in the article's text."""
    start = tokens.doc.user_data[START]
    if isinstance(tokens, Token):
        return Span(start + tokens.idx, start + tokens.idx + len(tokens.text))
    return Span(start + tokens.start_char, start + tokens.end_char)


def place_all(tokens: Iterable[Token]) -> Span:
    """The shortest span over some tokens of one paragraph."""
    ordered = sorted(tokens, key=lambda token: token.i)
    return Span(place(ordered[0]).start, place(ordered[-1]).end)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A prose block and its parse."""

    index: int
    block: Block
    doc: Doc

    @property
    def span(self) -> Span:
        return self.block.span

    @property
    def piece(self) -> int:
        return self.block.piece


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `tokens` is its run of spaCy tokens (tags, lemmas, entities, dependencies)."""

    index: int
    paragraph: Paragraph
    tokens: TokenSpan
    span: Span

    @property
    def piece(self) -> int:
        return self.paragraph.block.piece


@dataclass(frozen=True, eq=False)
class Parse:
    """An article's prose in order. Headings, captions, bylines and furniture are left out of it."""

    document: Document
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return self.document.text

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character at this offset, if it is prose."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0 or offset >= self.sentences[at].span.end:
            return None
        return self.sentences[at]

    def sentences_in(self, span: Span) -> tuple[Sentence, ...]:
        """The sentences that share a character with the span."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        return tuple(s for s in self.sentences[first:last] if s.span.meets(span))

    @cached_property
    def _tokens(self) -> tuple[list[int], list[int], list[Token]]:
        starts, ends, tokens = list[int](), list[int](), list[Token]()
        for paragraph in self.paragraphs:
            words = [token for token in paragraph.doc if not token.is_space]
            begins = [paragraph.span.start + token.idx for token in words]
            starts += begins
            ends += [begin + len(token) for begin, token in zip(begins, words, strict=True)]
            tokens += words
        return starts, ends, tokens

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """The tokens that share a character with the span, over sentence ends too."""
        starts, ends, tokens = self._tokens
        return tuple(tokens[bisect_right(ends, span.start) : bisect_left(starts, span.end)])

    @cached_property
    def headings(self) -> tuple[Block, ...]:
        return tuple(b for b in self.document.blocks if b.kind is BlockKind.HEADING)

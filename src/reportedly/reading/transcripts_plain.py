"""Interviews without labels: the questions are whole paragraphs, in bold where that is printed, and answers follow.

Explainers are laid out alike. Here somebody is asked as "you" and answers as "I" or "we".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportedly.reading.parse import Paragraph, Parse
from reportedly.records import Block, BlockKind, Span

FEWEST = 3
"""Questions, each with an answer, that make an interview."""
_LONGEST = 80
"""Words of a question."""
_FARTHEST = 8
"""Paragraphs of an answer."""
_MANY = 1 / 3
"""Of the questions, how many must speak to somebody."""
_MOSTLY = 0.5
"""Of the answers, how many must be in the first person."""

_MARKS = "*_ "
_ASKED = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_SELF = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Mm]e|us|[Mm]ine|[Oo]urs)\b(?!\.)")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, and the paragraphs of its answer."""

    question: Block
    answer: tuple[Paragraph, ...]


def find_exchanges(parse: Parse) -> tuple[Exchange, ...]:
    """The questions and answers of an interview whose turns have no labels, in order; none in other articles."""
    pieces = dict.fromkeys(block.piece for block in parse.document.blocks)
    return next((found for piece in pieces if _is_interview(found := _exchanges(parse, piece), parse.text)), ())


def _exchanges(parse: Parse, piece: int) -> tuple[Exchange, ...]:
    blocks = [b for b in parse.document.blocks if b.piece == piece and _is_question(b, parse.text)]
    prose = [p for p in parse.paragraphs if p.piece == piece and not _is_question(p.block, parse.text)]
    return tuple(_answered(blocks, prose))


def _answered(questions: Sequence[Block], prose: Sequence[Paragraph]) -> Iterator[Exchange]:
    """Yield each question that something follows; of the last answer nobody knows where it ends but for its first."""
    starts = [question.span.start for question in questions]
    answers: list[list[Paragraph]] = [[] for _ in questions]
    for paragraph in prose:
        if at := bisect_left(starts, paragraph.span.start):
            answers[at - 1].append(paragraph)
    for question, answer in zip(questions, answers, strict=True):
        if answer:
            yield Exchange(question, tuple(answer[:1] if question is questions[-1] else answer))


def _is_question(block: Block, text: str) -> bool:
    words = block.span.of(text).strip(_MARKS)
    printed = block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
    return printed and words.endswith("?") and len(words.split()) <= _LONGEST and not words.startswith(("“", '"'))


def _is_interview(exchanges: Sequence[Exchange], text: str) -> bool:
    asked = sum(_ASKED.search(e.question.span.of(text)) is not None for e in exchanges)
    first = [e.answer[0].span.of(text) for e in exchanges]
    own = sum(_SELF.search(_QUOTED.sub("", words)) is not None for words in first)
    enough = asked >= _MANY * len(exchanges) and own >= _MOSTLY * len(exchanges)
    told = any(words.startswith(("“", '"')) for words in first)  # a story that tells who said what
    return len(exchanges) >= FEWEST and enough and not told and all(len(e.answer) <= _FARTHEST for e in exchanges)


def mark_of(exchange: Exchange, text: str) -> Span:
    """The question mark that the question ends in."""
    at = text.rindex("?", exchange.question.span.start, exchange.question.span.end)
    return Span(at, at + 1)

"""What a stance is about: the term that its words meet, or a topic of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from reportedly.reading.draft import Draft
from reportedly.reading.topics import find_topic
from reportedly.records import Span, Term, Topic

_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
_LIKE_ENOUGH = 0.34
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "eleventh": 11,
    "twelfth": 12,
}
_NUMBER = r"(?:\d{1,2}|" + "|".join(_ORDINALS) + ")"
_UNIT = r"(?:points?|articles?|paragraphs?|chapters?|clauses?|items?|sections?|steps?|phases?)"
_REFERENCE = re.compile(
    rf"\b{_UNIT} ({_NUMBER}(?:(?:, | and |, and ){_NUMBER})*)\b|\b({_NUMBER}(?:(?:, | and |, and ){_NUMBER})*) {_UNIT}\b|\bfirst (two|three|four) {_UNIT}",
    re.I,
)
_PLAN = re.compile(
    r"\b(?:the |a |this |that |its |their |his |her )?(?:whole |entire |draft |revised |new |latest )?(?:plan|draft|paper|text|proposal|deal|offer|document|blueprint|memorandum|agreement|accord|package|bargain|pact|framework|roadmap|compromise|settlement)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic and, where the stance is on one of the article's terms, the term."""

    topic: Topic
    term: str | None = None
    likeness: float = 0.0


def find_subjects(span: Span, draft: Draft, *, context: Span | None = None) -> tuple[Subject, ...]:
    """What the words of a span are about; several where they name several points.

    Method: point numbers; else the term that shares most of its telling words with the span (weights by rarity
    among the article's terms); else the topic finder.
    """
    text = draft.parse.text
    named = tuple(_by_points(span.of(text), draft.terms))
    if named:
        return named
    best = _likest(span, draft)
    if best is not None:
        return (best,)
    topic, sure = find_topic(span.of(text), context.of(text) if context else "")
    return (Subject(topic, None, sure),)


def about_plan(words: str) -> bool:
    """Whether words name the plan as such and nothing in it."""
    return _PLAN.search(words) is not None


def _by_points(words: str, terms: Iterable[Term]) -> Iterable[Subject]:
    wanted: set[int] = set()
    for match in _REFERENCE.finditer(words):
        if match.group(3):
            wanted |= set(range(1, _ORDINALS[match.group(3).casefold()] + 1))
        else:
            numbers = re.findall(_NUMBER, match.group(1) or match.group(2), re.I)
            wanted |= {int(n) if n.isdigit() else _ORDINALS[n.casefold()] for n in numbers}
    seen: set[Topic] = set()
    for term in terms:
        if wanted & set(term.points) and term.topic not in seen:
            seen.add(term.topic)
            yield Subject(term.topic, term.id, 1.0)


def _likest(span: Span, draft: Draft) -> Subject | None:
    words = telling_words(span, draft)
    if not words:
        return None
    shares = Counter(w for term in draft.terms for w in _term_words(term, draft))
    best: Subject | None = None
    for term in draft.terms:
        here = _term_words(term, draft)
        like = sum(1 / (1 + shares[w]) for w in words & here) / (0.5 * sum(1 / (1 + shares[w]) for w in words) or 1)
        like = max(like, 1.0) if any(span.meets(s) for s in term.spans) else like / 2
        if like > _LIKE_ENOUGH and (best is None or like > best.likeness):
            best = Subject(term.topic, term.id, like)
    return best


def telling_words(span: Span, draft: Draft) -> frozenset[str]:
    """Stems of the words that carry meaning in a span."""
    return frozenset(
        _stem(t.lemma_) for t in draft.parse.tokens_in(span) if t.pos_ in _CONTENT and not t.is_stop and len(t.text) > 2
    )


def _term_words(term: Term, draft: Draft) -> frozenset[str]:
    return _cached_words(term.spans, draft.parse)


@lru_cache(maxsize=512)
def _cached_words(spans: tuple[Span, ...], parse: object) -> frozenset[str]:
    return frozenset(
        _stem(t.lemma_)
        for s in spans
        for t in parse.tokens_in(s)  # type: ignore[attr-defined]
        if t.pos_ in _CONTENT and not t.is_stop and len(t.text) > 2
    )


def _stem(lemma: str) -> str:
    return re.sub(r"(?:ies|ing|ment|ation|al|ed|s)$", "", lemma.casefold())[:7]

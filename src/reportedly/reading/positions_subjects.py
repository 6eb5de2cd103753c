"""What a stance is about: the term that its words meet, or a topic of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.reading.draft import Draft
from reportedly.reading.positions_matter import likest
from reportedly.reading.positions_signs import Asked
from reportedly.reading.positions_topics import likeliest_topic
from reportedly.reading.topics_own import find_own, own_topics
from reportedly.records import Span, Term, Topic

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
_SEVERAL = rf"{_NUMBER}(?:(?:, | and |, and ){_NUMBER})*"
_REFERENCE = re.compile(
    rf"\b{_UNIT} ({_SEVERAL})\b|\b({_SEVERAL}) {_UNIT}\b|\bfirst (two|three|four) {_UNIT}",
    re.I,
)
_BOTH = re.compile(rf"\b(?:both|the two) {_UNIT}\b", re.I)
_WITHIN = re.compile(rf"\b(?:in|of|under|from|at) (?:the )?(?:{_UNIT}|{_NUMBER}|\w+ {_UNIT})\b", re.I)


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic and, where the stance is on one of the article's terms, the term."""

    topic: Topic
    term: str | None = None
    likeness: float = 0.0
    sure: float = 1.0
    """How likely the topic is, 0 to 1."""


def find_subjects(asked: Asked, draft: Draft) -> tuple[Subject, ...]:
    """What the words of a span are about; several where they name several points.

    Method: point numbers; else a topic of the dossier; else the likeliest topic, by regression.
    """
    span = asked.span
    words = span.of(draft.parse.text)
    named = tuple(_by_points(words, draft.terms)) or tuple(_both_points(span, draft))
    if len(named) > 1 and _WITHIN.search(words):
        closest = likest(span, draft, among={s.term for s in named if s.term})
        named = (Subject(closest[0].topic, closest[0].id, closest[1]),) if closest is not None else ()
    if named:
        return named
    own = find_own(words, own_topics(draft.dossier))
    if own is not None:
        return (Subject(own[0], None, own[1]),)
    term, like = (None if asked.alone else likest(span, draft)) or (None, 0.0)
    topic, sure = likeliest_topic(asked, draft)
    met = term.id if term is not None and term.topic is topic else None
    return (Subject(topic, met, like if met else 0.0, sure),)


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


def _both_points(span: Span, draft: Draft) -> Iterable[Subject]:
    """The terms of the last two points told before "both points"."""
    if not _BOTH.search(span.of(draft.parse.text)):
        return
    before = [t for t in draft.terms if t.points and t.spans[0].end <= span.start]
    latest = sorted(before, key=lambda t: t.spans[0].start)
    numbers = list(dict.fromkeys(n for t in reversed(latest) for n in t.points))[:2]
    seen: set[Topic] = set()
    for term in latest:
        if set(term.points) & set(numbers) and term.topic not in seen:
            seen.add(term.topic)
            yield Subject(term.topic, term.id, 1.0)

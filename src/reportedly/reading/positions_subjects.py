"""What a stance is about: the term that its words meet, or a topic of their own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from reportedly.reading.draft import Draft
from reportedly.reading.language import load_lists
from reportedly.reading.topics import score_topics
from reportedly.reading.topics_model import shipped_topics
from reportedly.records import SourceKind, Span, Term, Topic

_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
_LIKE_ENOUGH = 0.1
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
_ACTORS = (SourceKind.PERSON, SourceKind.GOVERNMENT, SourceKind.ORGANISATION, SourceKind.OUTLET)
_TITLES = re.compile(
    r"\b(?:(?:prime|foreign|deputy|trade|defen[cs]e|finance|interior) )?(?:ministers?|ministry|president|"
    r"premier|government|parliament|speaker|spokes\w+|secretary|chancellor)\b(?!['’]s (?:election|term|office))",
    re.IGNORECASE,
)
_SURE = 0.6
_LEAST = 0.4  # of a topic's votes: below it a stance is on nothing that can be told
# Shares of a vote beside the own words' 1.0, by measures/positions.py. The lexicon was written with the training
# stories in view, which flatters it there: the classifier counts more than they alone would give it.
_SENTENCE, _BEFORE, _PRIOR, _MEANING, _TERM = 0.25, 0.2, 0.5, 0.5, 0.75


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic and, where the stance is on one of the article's terms, the term."""

    topic: Topic
    term: str | None = None
    likeness: float = 0.0
    own: float = 1.0
    """How much of the vote for the topic the span's own words gave."""


def find_subjects(span: Span, draft: Draft, *, alone: bool = False) -> tuple[Subject, ...]:
    """What the words of a span are about; several where they name several points.

    Method: point numbers; else words for meeting or for the plan as such; else a vote of the term that shares most
    telling words (weighted by their rarity among the terms), the lexicon on the words, their sentence and the one
    before, the topic classifier, and the topics that the article's terms are mostly about. `alone`: the words stand
    inside a term without being what it is about, such as its condition.
    """
    words = span.of(draft.parse.text)
    named = tuple(_by_points(words, draft.terms)) or tuple(_both_points(span, draft))
    if len(named) > 1 and _WITHIN.search(words):
        closest = _likest(span, draft, among={s.term for s in named})
        named = (closest,) if closest is not None else ()
    if named:
        return named
    term = None if alone else _likest(span, draft)
    if _listed("talks").search(words):
        return (Subject(Topic.TALKS, None, 0.8),)
    if about_plan(words) and (term is None or term.likeness < _SURE):
        return (Subject(Topic.WHOLE_PLAN, None, 0.7),)
    votes, own = _votes(span, term, draft)
    if not votes:
        return (Subject(Topic.OTHER),)
    best = max(votes, key=lambda topic: (votes[topic], topic.value))
    if votes[best] < _LEAST:
        return (Subject(Topic.OTHER),)
    return (
        Subject(best, term.term if term and term.topic is best else None, min(1.0, votes[best]), own.get(best, 0.0)),
    )


def _votes(span: Span, term: Subject | None, draft: Draft) -> tuple[dict[Topic, float], dict[Topic, float]]:
    """The vote for each topic, and how much of it came from the span's own words."""
    votes: dict[Topic, float] = defaultdict(float)
    if term is not None:
        votes[term.topic] += _TERM * term.likeness
    own: dict[Topic, float] = {}
    for where, share in _contexts(span, draft):
        scores = score_topics(where)
        total = sum(scores.values())
        for topic, weight in scores.items():
            votes[topic] += share * weight / total
        own = own or dict(votes)
    words, sentence = _without_actors(span, draft), draft.parse.sentence_at(span.start)
    meant = shipped_topics().shares(words, _without_actors(sentence.span, draft) if sentence else "")
    for topic, weight in meant.items():
        votes[topic] += _MEANING * weight
    shares = Counter(t.topic for t in draft.terms)
    for topic, count in shares.items():
        votes[topic] += _PRIOR * count / sum(shares.values())
    return dict(votes), own


def _contexts(span: Span, draft: Draft) -> Iterator[tuple[str, float]]:
    """The words of a span, of its sentence, and of the sentence before, with how much each counts."""
    yield _without_actors(span, draft), 1.0
    sentence = draft.parse.sentence_at(span.start)
    if sentence is None:
        return
    whole, start = _without_actors(sentence.span, draft), sentence.span.start
    yield whole[: max(0, span.start - start)] + " " + whole[span.end - start :], _SENTENCE
    if sentence.index:
        before = draft.parse.sentences[sentence.index - 1]
        if before.piece == sentence.piece:
            yield _without_actors(before.span, draft), _BEFORE


def _without_actors(span: Span, draft: Draft) -> str:
    """The words of a span with the names and titles of actors blanked: a minister is no word on elections."""
    words = list(span.of(draft.parse.text))
    for mention, actor in draft.mentions.mentions_in(span):
        if actor.kind in _ACTORS and actor.named:
            words[mention.start - span.start : mention.end - span.start] = " " * (mention.end - mention.start)
    return _TITLES.sub(lambda match: " " * len(match.group()), "".join(words))


def about_plan(words: str) -> bool:
    """Whether words name the plan as such and nothing in it."""
    return _listed("whole_plan").search(words) is not None


@lru_cache(maxsize=4)
def _listed(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{w})" for w in load_lists("en", "stances")[name]), re.IGNORECASE)


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


def _likest(span: Span, draft: Draft, *, among: set[str | None] | None = None) -> Subject | None:
    words = telling_words(span, draft)
    shares = Counter(w for term in draft.terms for w in _term_words(term, draft))
    best: Subject | None = None
    for term in draft.terms:
        if among is not None and term.id not in among:
            continue
        shared = words & _term_words(term, draft)
        like = sum(1 / (1 + shares[w]) for w in shared) / (sum(1 / (1 + shares[w]) for w in words) or 1)
        if max((_overlap(span, s) for s in term.spans), default=0.0) > 0.4:
            like = 1.0
        if like > _LIKE_ENOUGH and (best is None or like > best.likeness):
            best = Subject(term.topic, term.id, like)
    return best


def _overlap(a: Span, b: Span) -> float:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return 2 * shared / (a.end - a.start + b.end - b.start) if shared > 0 else 0.0


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

"""What speaks for each topic as the one that a stance is about: its words, their meaning, and what is on the table."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from reportedly.reading.draft import Draft
from reportedly.reading.language import load_lists
from reportedly.reading.models import Floats
from reportedly.reading.positions_matter import contexts, likenesses, overlap, without_actors
from reportedly.reading.topics import opening_of, score_topics
from reportedly.reading.topics_model import shipped_topics
from reportedly.reading.vectors import vector_of
from reportedly.records import Span, Stance, Topic

Signs = dict[Topic, dict[str, float]]
Scores = dict[Topic, float]

_FADES = 0.6  # how much less a term counts with each sentence that lies between
_SAME, _LIKE_ENOUGH = 0.4, 0.1
_KNOWN = 6.0  # weight of words from which on they say no more
_LEAST = 0.001  # probability below which the classifier says no more
_KEEN = 12.0  # how much the term likest in meaning outdoes the others
_SHORT = 30  # code points
# Shares of a vote beside the own words' 1.0.
_SENTENCE, _BEFORE, _PRIOR, _MEANING, _TERM = 0.25, 0.2, 0.5, 0.5, 0.75


@dataclass(frozen=True, slots=True)
class Asked:
    """The words whose topic is asked: their span, whose stance it is and which, and whether they are a condition."""

    span: Span
    stance: Stance
    parties: tuple[str, ...] = ()
    alone: bool = False


def signs_of(asked: Asked, draft: Draft) -> Signs:
    """What speaks for each topic but `other`, by name: shares from 0 to 1, logarithms of probabilities, yes and no."""
    out: Signs = {topic: {} for topic in Topic if topic is not Topic.OTHER}
    for name, scores in (*_of_words(asked, draft), *_of_terms(asked, draft)):
        for topic, value in scores.items():
            if topic in out:
                out[topic][name] = value
    for topic, name, value in _by_kind(asked, draft):
        out[topic][name] = value
    return out


def _of_words(asked: Asked, draft: Draft) -> Iterator[tuple[str, Scores]]:
    """What the lexicon and the classifier say of the words, and a vote of both with the terms."""
    known = [score_topics(words) for words in contexts(asked.span, draft)]
    meant = _meant(asked.span, draft)
    yield "weight of words", {topic: min(weight, _KNOWN) / _KNOWN for topic, weight in known[0].items()}
    yield "words before", _shares(known[2])
    yield "meaning", {topic: float(np.log(share + _LEAST)) for topic, share in meant.items()}
    yield "probability", meant
    vote = _vote(asked, draft, known, meant)
    yield "vote", vote
    yield "share of the vote", _shares(vote)
    if vote:
        yield "wins the vote", {max(vote, key=lambda topic: (vote[topic], topic.value)): 1.0}


def _meant(span: Span, draft: Draft) -> Scores:
    """The classifier's probability of each topic."""
    sentence = draft.parse.sentence_at(span.start)
    around = without_actors(sentence.span, draft) if sentence else ""
    return shipped_topics().shares(without_actors(span, draft), around, opening_of(draft))


def _vote(asked: Asked, draft: Draft, known: list[Scores], meant: Scores) -> Scores:
    """The vote for each topic but `other`: the span's own words count 1, all else less."""
    cast = [(topic, _MEANING * share) for topic, share in meant.items()]
    cast += [(topic, _PRIOR * share) for topic, share in _shares(_told(draft)).items()]
    for scores, part in zip(known, (1.0, _SENTENCE, _BEFORE), strict=True):
        cast += [(topic, part * share) for topic, share in _shares(scores).items()]
    likest = max(_likest_of_each(asked.span, draft).items(), key=lambda pair: pair[1], default=None)
    if likest is not None and likest[1] > _LIKE_ENOUGH:
        cast.append((likest[0], _TERM * likest[1]))
    out: Scores = defaultdict(float)
    for topic, votes in cast:
        if topic is not Topic.OTHER:
            out[topic] += votes
    return dict(out)


def _likest_of_each(span: Span, draft: Draft) -> Scores:
    """How much the span shares with the likest term of each topic, in the order of the text."""
    out: Scores = {}
    for term, like in likenesses(span, draft):
        same = any(overlap(span, part) > _SAME for part in term.spans)
        out[term.topic] = max(out.get(term.topic, 0.0), 1.0 if same else like)
    return out


def _of_terms(asked: Asked, draft: Draft) -> Iterator[tuple[str, Scores]]:
    """What the terms of the article say: how many, how like, how near, and whose."""
    told = _told(draft)
    yield "share of the terms", _shares(told)
    yield "has a term", dict.fromkeys(told, 1.0)
    yield "shared words", _most((term.topic, like) for term, like in likenesses(asked.span, draft))
    yield "in a term", _most((t.topic, overlap(asked.span, part)) for t in draft.terms for part in t.spans)
    yield "near a term", _near(asked.span, draft)
    yield "party of a term", {t.topic: 1.0 for t in draft.terms if {*t.gives, *t.gets} & set(asked.parties)}
    cosines = _cosines(asked.span, draft)
    odds = [float(np.exp(_KEEN * (cosine - 1))) for cosine in cosines]
    yield "like meaning", _most((t.topic, cosine) for t, cosine in zip(draft.terms, cosines, strict=True))
    drawn: Scores = defaultdict(float)
    for term, odd in zip(draft.terms, odds, strict=True):
        drawn[term.topic] += odd / sum(odds)
    yield "drawn by meaning", drawn


def _told(draft: Draft) -> Scores:
    return dict(Counter(term.topic for term in draft.terms))


def _most(pairs: Iterator[tuple[Topic, float]]) -> Scores:
    out: Scores = {}
    for topic, value in pairs:
        out[topic] = max(out.get(topic, 0.0), value)
    return out


def _cosines(span: Span, draft: Draft) -> list[float]:
    """The cosine of the span's vector with each term's."""
    words = without_actors(span, draft)
    vector = vector_of(words if words.strip() else span.of(draft.parse.text))
    return [float(vector @ other) for other in _vectors_of_terms(draft)]


@lru_cache(maxsize=2)
def _vectors_of_terms(draft: Draft) -> tuple[Floats, ...]:
    return tuple(_mean([vector_of(part.of(draft.parse.text)) for part in term.spans]) for term in draft.terms)


def _mean(vectors: list[Floats]) -> Floats:
    mean: Floats = np.sum(vectors, axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-6)


def _near(span: Span, draft: Draft) -> Scores:
    """How near a term of each topic was told before: 1 in this sentence, less with every one between."""
    sentence = draft.parse.sentence_at(span.start)
    out: Scores = defaultdict(float)
    for term in draft.terms:
        at = draft.parse.sentence_at(term.spans[0].start)
        if sentence and at and at.piece == sentence.piece and at.index <= sentence.index:
            out[term.topic] = max(out[term.topic], _FADES ** (sentence.index - at.index))
    return dict(out)


def _by_kind(asked: Asked, draft: Draft) -> Iterator[tuple[Topic, str, float]]:
    """What marks stances on the plan as such, on meeting at all, and conditions."""
    words = asked.span.of(draft.parse.text)
    yield Topic.WHOLE_PLAN, "the plan", 1.0
    yield Topic.TALKS, "talks", 1.0
    yield Topic.WHOLE_PLAN, f"the plan: {asked.stance}", 1.0
    yield Topic.WHOLE_PLAN, "the plan: like a term", max(_cosines(asked.span, draft), default=0.0)
    if about_plan(words):
        yield Topic.WHOLE_PLAN, "speaks of the plan", 1.0
    if _plan_nouns().search(words):
        yield Topic.WHOLE_PLAN, "names a plan", 1.0
    if len(words) < _SHORT:
        yield Topic.WHOLE_PLAN, "the plan: short", 1.0
    if about_talks(words):
        yield Topic.TALKS, "speaks of meeting", 1.0
    if asked.alone:
        yield Topic.WHOLE_PLAN, "the plan as a condition", 1.0
        yield Topic.TALKS, "talks as a condition", 1.0
        yield Topic.IMPLEMENTATION, "implementation as a condition", 1.0


def about_plan(words: str) -> bool:
    """Whether words name the plan as such and nothing in it."""
    return _listed("whole_plan").search(words) is not None


def about_talks(words: str) -> bool:
    """Whether words are about meeting at all."""
    return _listed("talks").search(words) is not None


@lru_cache(maxsize=4)
def _listed(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{w})" for w in load_lists("en", "stances")[name]), re.IGNORECASE)


@lru_cache(maxsize=1)
def _plan_nouns() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load_lists('en', 'stances')['plan_nouns'])})\b", re.IGNORECASE)


def _shares(scores: Mapping[Topic, float]) -> Scores:
    known = {topic: value for topic, value in scores.items() if topic is not Topic.OTHER}
    total = sum(known.values())
    return {topic: value / total for topic, value in known.items()} if total else {}

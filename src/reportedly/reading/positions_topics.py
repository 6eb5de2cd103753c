"""Which topic the words of a stance are about, from what stands in them, around them, and on the table."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from reportedly.reading.draft import Draft
from reportedly.reading.language import load_lists, load_table
from reportedly.reading.topics import opening_of, score_topics
from reportedly.reading.topics_model import shipped_topics
from reportedly.records import SourceKind, Span, Term, Topic

Signs = dict[Topic, dict[str, float]]
Scores = dict[Topic, float]

_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
_FADES = 0.6  # how much less a term counts with each sentence that lies between
_LEAST = 0.4  # of a topic's votes: below it the vote elects nothing
# Shares of a vote beside the own words' 1.0, by measures/positions.py. The lexicon was written with the training
# stories in view, which flatters it there: the classifier counts more than they alone would give it.
_SENTENCE, _BEFORE, _PRIOR, _MEANING, _TERM = 0.25, 0.2, 0.5, 0.5, 0.75
_LIKE_ENOUGH = 0.1
_ACTORS = (SourceKind.PERSON, SourceKind.GOVERNMENT, SourceKind.ORGANISATION, SourceKind.OUTLET)
_TITLES = re.compile(
    r"\b(?:(?:prime|foreign|deputy|trade|defen[cs]e|finance|interior) )?(?:ministers?|ministry|president|"
    r"premier|government|parliament|speaker|spokes\w+|secretary|chancellor)\b(?!['’]s (?:election|term|office))",
    re.IGNORECASE,
)


def likeliest_topic(span: Span, draft: Draft, *, alone: bool = False, language: str = "en") -> Topic:
    """The topic of a stretch that states what somebody wants, never `other`. `alone`: it is a condition.

    Method: a vote of the lexicon and the classifier on the words, their sentence and the one before, of the likest
    term, and of all terms. Where it elects nothing, the signs of `signs_of`, weighed by a conditional logistic
    regression over the topics (training/positions).
    """
    ahead = _ahead(_votes_of_words(span, draft, alone=alone) + _votes_of_terms(draft))
    if ahead is not None:
        return ahead
    shares = votes(span, draft, alone=alone)
    best = max(shares, key=lambda topic: (shares[topic], topic.value), default=Topic.OTHER)
    if best is not Topic.OTHER and shares[best] >= _LEAST:
        return best
    weights = _weights(language)
    scores = {
        topic: sum(weights.get(name, 0.0) * value for name, value in signs.items())
        for topic, signs in signs_of(span, draft, alone=alone).items()
        if topic is not Topic.OTHER
    }
    return max(scores, key=lambda topic: (scores[topic], topic.value))


@lru_cache(maxsize=4)
def _weights(language: str) -> dict[str, float]:
    return {row["sign"]: float(row["weight"]) for row in load_table(language, "subjects")}


Votes = list[tuple[Topic, float]]


def votes(span: Span, draft: Draft, *, alone: bool = False) -> Scores:
    """The vote for each topic: the span's own words count 1, all else less."""
    sentence = draft.parse.sentence_at(span.start)
    around = without_actors(sentence.span, draft) if sentence else ""
    meant = shipped_topics().shares(without_actors(span, draft), around, opening_of(draft))
    cast = [(topic, _MEANING * part) for topic, part in meant.items()]
    return _counted(_votes_of_words(span, draft, alone=alone) + cast + _votes_of_terms(draft))


def _counted(cast: Votes) -> Scores:
    out: Scores = defaultdict(float)
    for topic, vote in cast:
        out[topic] += vote
    return dict(out)


def _ahead(cast: Votes) -> Topic | None:
    """The topic that wins whatever the classifier says, which is slow to ask; it has only `_MEANING` to give."""
    first, second = sorted([*_counted(cast).items(), *[(Topic.OTHER, 0.0)] * 2], key=lambda pair: -pair[1])[:2]
    sure = first[0] is not Topic.OTHER and first[1] >= _LEAST and first[1] - second[1] > _MEANING
    return first[0] if sure else None


@lru_cache(maxsize=8)
def _votes_of_words(span: Span, draft: Draft, *, alone: bool) -> Votes:
    """What the likest term and the lexicon vote for."""
    term = None if alone else likest(span, draft)
    cast = [(term[0].topic, _TERM * term[1])] if term is not None else []
    for words, share in zip(contexts(span, draft), (1.0, _SENTENCE, _BEFORE), strict=True):
        cast += [(topic, share * part) for topic, part in _shares(score_topics(words)).items()]
    return cast


def _votes_of_terms(draft: Draft) -> Votes:
    """What all terms of the article vote for."""
    return [(topic, _PRIOR * part) for topic, part in _shares(dict(Counter(t.topic for t in draft.terms))).items()]


def _shares(scores: Mapping[Topic, float]) -> Scores:
    total = sum(scores.values())
    return {topic: value / total for topic, value in scores.items()} if total else {}


def signs_of(span: Span, draft: Draft, *, alone: bool) -> Signs:
    """What speaks for each topic, by name: the vote and its share, nearness of a term, 0 to 1, and yes or no."""
    out: Signs = {topic: {} for topic in Topic}
    vote = votes(span, draft, alone=alone)
    held = dict.fromkeys((t.topic for t in draft.terms), 1.0)
    for name, scores in (
        ("vote", vote),
        ("share of the vote", _shares(vote)),
        ("has a term", held),
        ("term near", _near(span, draft)),
    ):
        for topic, value in scores.items():
            out.setdefault(topic, {})[name] = value
    for topic, name in _by_kind(span.of(draft.parse.text), alone):
        out[topic][name] = 1.0
    return out


def likest(span: Span, draft: Draft, *, among: Collection[str] | None = None) -> tuple[Term, float] | None:
    """The term that the span shares most with, and how much, 0 to 1; None where it shares next to nothing."""
    best: tuple[Term, float] | None = None
    for term, like in likenesses(span, draft):
        if among is not None and term.id not in among:
            continue
        if max((_overlap(span, s) for s in term.spans), default=0.0) > 0.4:
            like = 1.0
        if like > _LIKE_ENOUGH and (best is None or like > best[1]):
            best = term, like
    return best


def _overlap(a: Span, b: Span) -> float:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return 2 * shared / (a.end - a.start + b.end - b.start) if shared > 0 else 0.0


def _near(span: Span, draft: Draft) -> Scores:
    sentence = draft.parse.sentence_at(span.start)
    out: Scores = defaultdict(float)
    for term in draft.terms:
        for part in term.spans:
            at = draft.parse.sentence_at(part.start)
            if sentence and at and at.piece == sentence.piece and at.index <= sentence.index:
                out[term.topic] = max(out[term.topic], _FADES ** (sentence.index - at.index))
    return dict(out)


def _by_kind(words: str, alone: bool) -> Iterator[tuple[Topic, str]]:
    """What marks stances on the plan as such, on meeting at all, and conditions."""
    yield Topic.WHOLE_PLAN, "the plan"
    yield Topic.TALKS, "talks"
    if about_plan(words):
        yield Topic.WHOLE_PLAN, "speaks of the plan"
    if _plan_nouns().search(words):
        yield Topic.WHOLE_PLAN, "names a plan"
    if about_talks(words):
        yield Topic.TALKS, "speaks of meeting"
    if alone:
        yield Topic.WHOLE_PLAN, "the plan as a condition"
        yield Topic.TALKS, "talks as a condition"
        yield Topic.IMPLEMENTATION, "implementation as a condition"


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


def contexts(span: Span, draft: Draft) -> tuple[str, str, str]:
    """The words of a span, those around it in its sentence, and the sentence before, all without actors' names."""
    sentence = draft.parse.sentence_at(span.start)
    if sentence is None:
        return without_actors(span, draft), "", ""
    whole, start = without_actors(sentence.span, draft), sentence.span.start
    around = whole[: max(0, span.start - start)] + " " + whole[span.end - start :]
    last = draft.parse.sentences[sentence.index - 1] if sentence.index else None
    before = without_actors(last.span, draft) if last is not None and last.piece == sentence.piece else ""
    return without_actors(span, draft), around, before


def without_actors(span: Span, draft: Draft) -> str:
    """The words of a span with the names and titles of actors blanked: a minister is no word on elections."""
    words = list(span.of(draft.parse.text))
    for mention, actor in draft.mentions.mentions_in(span):
        if actor.kind in _ACTORS and actor.named:
            words[mention.start - span.start : mention.end - span.start] = " " * (mention.end - mention.start)
    return _TITLES.sub(lambda match: " " * len(match.group()), "".join(words))


def likenesses(span: Span, draft: Draft) -> Iterator[tuple[Term, float]]:
    """Each term and the share of the span's telling words that it has, weighted by their rarity among the terms."""
    words = telling_words(span, draft)
    told = _words_of_terms(draft)
    shares = _shares_of_words(draft)
    total = sum(1 / (1 + shares[w]) for w in words) or 1
    for term, own in zip(draft.terms, told, strict=True):
        shared = words & own
        yield term, sum(1 / (1 + shares[w]) for w in shared) / total


def telling_words(span: Span, draft: Draft) -> frozenset[str]:
    """Stems of the words that carry meaning in a span."""
    return frozenset(
        _stem(t.lemma_) for t in draft.parse.tokens_in(span) if t.pos_ in _CONTENT and not t.is_stop and len(t.text) > 2
    )


@lru_cache(maxsize=2)
def _words_of_terms(draft: Draft) -> tuple[frozenset[str], ...]:
    return tuple(_term_words(term, draft) for term in draft.terms)


@lru_cache(maxsize=2)
def _shares_of_words(draft: Draft) -> Counter[str]:
    """How many terms have each word."""
    return Counter(w for held in _words_of_terms(draft) for w in held)


def _term_words(term: Term, draft: Draft) -> frozenset[str]:
    return frozenset(w for span in term.spans for w in _span_words(span, draft))


def _span_words(span: Span, draft: Draft) -> frozenset[str]:
    return _cached_words(span, draft.parse)


@lru_cache(maxsize=512)
def _cached_words(span: Span, parse: object) -> frozenset[str]:
    return frozenset(
        _stem(t.lemma_)
        for t in parse.tokens_in(span)  # type: ignore[attr-defined]
        if t.pos_ in _CONTENT and not t.is_stop and len(t.text) > 2
    )


def _stem(lemma: str) -> str:
    return re.sub(r"(?:ies|ing|ment|ation|al|ed|s)$", "", lemma.casefold())[:7]

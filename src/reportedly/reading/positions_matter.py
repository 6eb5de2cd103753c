"""The words of a stance beside those of the article's terms: what they share, and what stands around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache

from reportedly.reading.draft import Draft
from reportedly.records import SourceKind, Span, Term

_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
_LIKE_ENOUGH = 0.1
_ACTORS = (SourceKind.PERSON, SourceKind.GOVERNMENT, SourceKind.ORGANISATION, SourceKind.OUTLET)
_TITLES = re.compile(
    r"\b(?:(?:prime|foreign|deputy|trade|defen[cs]e|finance|interior) )?(?:ministers?|ministry|president|"
    r"premier|government|parliament|speaker|spokes\w+|secretary|chancellor)\b(?!['’]s (?:election|term|office))",
    re.IGNORECASE,
)


def likest(span: Span, draft: Draft, *, among: Collection[str] | None = None) -> tuple[Term, float] | None:
    """The term that the span shares most with, and how much, 0 to 1; None where it shares next to nothing."""
    best: tuple[Term, float] | None = None
    for term, like in likenesses(span, draft):
        if among is not None and term.id not in among:
            continue
        if max((overlap(span, s) for s in term.spans), default=0.0) > 0.4:
            like = 1.0
        if like > _LIKE_ENOUGH and (best is None or like > best[1]):
            best = term, like
    return best


def overlap(a: Span, b: Span) -> float:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return 2 * shared / (a.end - a.start + b.end - b.start) if shared > 0 else 0.0


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

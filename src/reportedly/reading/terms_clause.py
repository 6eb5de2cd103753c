"""How a stretch is built: tense and mood, who its subject is, what figures and times it holds, what leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Token

from reportedly.reading.branches import children, subtree
from reportedly.reading.draft import Draft
from reportedly.reading.parse import place
from reportedly.reading.terms_candidates import Candidate, subject_of
from reportedly.reading.terms_sentence import COUNTS, Facts
from reportedly.reading.terms_surroundings import form_of
from reportedly.reading.terms_words import words
from reportedly.records import hull

_EN = "en"
_ARTICLES = frozenset({"the", "a", "an"})


def build_of(candidate: Candidate, draft: Draft) -> Iterator[str]:
    """Named signs of the head of a stretch: they say what kind of clause or noun phrase it is, not which words."""
    head = candidate.head
    if candidate.kind in ("clause", "phrase"):
        yield f"form={form_of(head)}"
        if head.lemma_ == "be":
            yield "copula"
        subject = _shared_subject(head)
        if subject is not None:
            yield from _of_subject(subject, draft)
        return
    yield f"determiner={_determiner(head)}"
    if any(c.dep_ == "prep" for c in children(head)):
        yield "noun with a preposition"
    if any(c.dep_ in ("acl", "relcl") for c in children(head)):
        yield "noun with a clause"


def shape_of(candidate: Candidate, facts: Facts, draft: Draft) -> Iterator[str]:
    """Named signs of the words of a stretch and of what leads to it."""
    held = frozenset(candidate.numbers)
    yield from sorted({f"holds {facts.entities[n]}" for n in candidate.numbers if n in facts.entities})
    yield f"parties={min(2, len(draft.mentions.parties_in(hull(candidate.spans))))}"
    for name, tokens in facts.signs:
        if held & tokens:
            yield name
    if held <= facts.figures:
        yield "figure only"
    yield from _of_left(candidate, facts)


def _shared_subject(head: Token) -> Token | None:
    """The subject of a verb, or of the one that it is coordinated with or hangs on."""
    verb = head
    for _ in range(4):
        own = subject_of(verb)
        if own is not None or verb.dep_ not in ("conj", "xcomp") or verb.head == verb:
            return own
        verb = verb.head
    return None


def _of_subject(subject: Token, draft: Draft) -> Iterator[str]:
    yield f"subject determiner={_determiner(subject)}"
    yield f"subject number={'many' if subject.tag_ in ('NNS', 'NNPS') else 'one'}"
    if draft.mentions.parties_in(place(subject)):
        yield "subject is a party"
    if any(t.ent_type_ in COUNTS for t in subtree(subject)):
        yield "subject counted"


def _determiner(noun: Token) -> str:
    if noun.pos_ == "PRON":
        return f"pronoun {noun.lower_}"
    for child in children(noun):
        if child.dep_ == "det":
            return child.lower_
        if child.dep_ == "nummod":
            return "number"
        if child.dep_ == "poss":
            return "owner"
    if noun.pos_ == "NUM":
        return "number"
    return "name" if noun.pos_ == "PROPN" else "none"


def _of_left(candidate: Candidate, facts: Facts) -> Iterator[str]:
    """What leads to a stretch: words that set a figure against another, a colon or a semicolon before it."""
    first = candidate.numbers[0]
    left = [facts.lower.get(n, "") for n in range(first - 4, first)]
    if left[-1] in _ARTICLES:
        left.pop()
    phrases = (" ".join(left[-n:]) for n in (3, 2, 1)) if left[-1] in _ends_of_contrasts(_EN) else ()
    contrast = next((p for p in phrases if p in words(_EN, "terms", "contrasts")), None)
    if contrast is not None:
        yield "contrast"
        yield f"contrast={contrast}"
    if facts.colon < first:
        yield "behind a colon"
    if facts.semicolon < first:
        yield "behind a semicolon"


@lru_cache(maxsize=8)
def _ends_of_contrasts(language: str) -> frozenset[str]:
    return frozenset(phrase.split()[-1] for phrase in words(language, "terms", "contrasts"))

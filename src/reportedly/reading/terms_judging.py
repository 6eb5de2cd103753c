"""Clauses that judge a plan, and so tell nothing that anybody would do: "this would violate the law"."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.reading.terms_candidates import Candidate, subject_of
from reportedly.reading.terms_features import kind_of
from reportedly.reading.terms_words import words

_POINTING = frozenset({"this", "that", "it", "which", "these", "such"})
_COMPARED = ("JJR", "JJS", "RBR", "RBS")


def judges(verb: Token) -> bool:
    """Whether a clause, or the one that it hangs on, only says what to think of a plan, a point or "this"."""
    if verb.dep_ in ("relcl", "advcl", "acl") and any(_judges(a) for a in verb.ancestors if a.pos_ in ("VERB", "AUX")):
        return True
    return _judges(verb)


def seeks_approval(candidate: Candidate) -> bool:
    """Whether a stretch tells how a plan fares: "the envoy seeks to gain Ukraine's approval"."""
    sought = [t for t in candidate.tokens if t.lemma_.casefold() in words("en", "terms", "approvals")]
    seeking = words("en", "terms", "seeking")
    return any(t.dep_ == "dobj" and t.head in candidate.tokens and t.head.lemma_ in seeking for t in sought)


def _judges(verb: Token) -> bool:
    own = subject_of(verb)
    if own is None or not (own.lower_ in _POINTING or kind_of(own) in ("plan", "point", "it") or _tells_of(own)):
        return False
    if verb.lemma_ in words("en", "terms", "evaluating"):
        return True
    return verb.lemma_ == "be" and any(_is_verdict(c) for c in verb.children if c.dep_ in ("attr", "acomp"))


def _tells_of(noun: Token) -> bool:
    """Whether the noun is one for the news itself: "the revelation", "the move"."""
    return noun.lemma_.casefold() in words("en", "terms", "news")


def _is_verdict(word: Token) -> bool:
    """Whether what something is said to be is a comparison or a judgement: "the hardest to sell", "the first hint"."""
    if any(t.like_num for t in word.subtree if t.lower_ not in ("one", "first")):
        return False
    compared = word.tag_ in _COMPARED or any(c.tag_ in _COMPARED for c in word.children)
    return compared or word.lemma_.casefold() in words("en", "terms", "verdicts")

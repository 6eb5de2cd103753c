"""The stretch of a sentence that tells of one encounter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from reportedly.reading.draft import Draft
from reportedly.reading.parse import Sentence, place
from reportedly.records import Act, Span

_JOINS = re.compile(
    r"^(?:and|but|or|that|while|although|though|as|when|where|who|which|yet|so|because|if|then|,|;|–|—|-|\s)+\s*", re.I
)
_TELLS = (Act.ASSERT, Act.DENY, Act.BELIEVE, Act.WARN)
_FINITE = ("VBD", "VBZ", "VBP", "MD")


def clauses_of(sentence: Sentence, draft: Draft) -> tuple[Span, ...]:
    """Cut a sentence where one reported content, or one of two joined clauses, ends and another begins."""
    cuts = {sentence.span.start, sentence.span.end}
    for token in sentence.tokens:
        if token.text == ";" or _joins_clauses(token):
            cuts.add(place(token).start)
    for span in _reported(sentence, draft):
        cuts |= {max(span.start, sentence.span.start), min(span.end, sentence.span.end)}
    ordered = sorted(cuts)
    return tuple(Span(a, b) for a, b in pairwise(ordered))


def clause_around(token: Token, sentence: Sentence, clauses: tuple[Span, ...]) -> Span:
    """The clause of these that holds a token."""
    spot = place(token)
    return next((c for c in clauses if c.start <= spot.start < c.end), sentence.span)


def trimmed(span: Span, text: str) -> Span:
    """A clause without the joining words before it and the punctuation at its end."""
    words = span.of(text)
    lead = _JOINS.match(words)
    start = span.start + (lead.end() if lead else 0)
    end = span.start + len(words.rstrip(" ,;:.–—-\n"))
    return Span(start, end) if start < end else span


def _reported(sentence: Sentence, draft: Draft) -> Iterator[Span]:
    for statement in draft.statements:
        if statement.act not in _TELLS:  # "refused to receive the envoy": the cue is a part of the encounter
            continue
        for part in statement.content:
            if part.meets(sentence.span) and len(part.of(draft.parse.text).split()) > 3:
                yield part


def _joins_clauses(token: Token) -> bool:
    """Whether a conjunction joins two clauses that each have a verb of their own tense."""
    if token.dep_ != "cc":
        return False
    verb = next(
        (c for c in token.head.children if c.dep_ == "conj" and c.i > token.i and c.pos_ in ("VERB", "AUX")), None
    )
    if verb is None or token.head.pos_ not in ("VERB", "AUX"):
        return False
    helpers = [c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
    return verb.tag_ in _FINITE or any(tag in _FINITE for tag in helpers)

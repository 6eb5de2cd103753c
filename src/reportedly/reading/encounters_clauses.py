"""The stretch of a sentence that tells of one encounter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Token

from reportedly.reading.draft import Draft
from reportedly.reading.encounters_words import governing_verb
from reportedly.reading.language import load_lists
from reportedly.reading.parse import Sentence, place
from reportedly.records import Act, Span, hull

_JOINS = re.compile(
    r"^(?:(?:and|but|or|that|while|although|though|as|when|where|who|which|yet|so|because|if|then)\b|[,;–—-]|\s)+\s*",
    re.I,
)
TELLS = (Act.ASSERT, Act.DENY, Act.WARN)
"""Acts that tell of something, rather than bring it about."""
_FINITE = ("VBD", "VBZ", "VBP", "MD")


def clause_around(token: Token, sentence: Sentence, draft: Draft) -> Span:
    """The clause that holds a token: a sentence cut where reported words or joined clauses begin or end."""
    cuts = {sentence.span.start, sentence.span.end}
    for other in sentence.tokens:
        if other.text == ";" or _joins_clauses(other):
            cuts.add(place(other).start)
    spot = place(token)
    for span in _reported(token, sentence, draft):
        cuts |= {max(span.start, sentence.span.start), min(span.end, sentence.span.end)}
    clauses = [Span(a, b) for a, b in pairwise(sorted(cuts))]
    return next((c for c in clauses if c.start <= spot.start < c.end), sentence.span)


def trimmed(span: Span, text: str) -> Span:
    """A clause without the joining words before it and the punctuation at its end."""
    words = span.of(text)
    lead = _JOINS.match(words)
    start = span.start + (lead.end() if lead else 0)
    end = span.start + len(words.rstrip(" ,;:.–—-\n"))
    return Span(start, end) if start < end else span


def _reported(token: Token, sentence: Sentence, draft: Draft) -> Iterator[Span]:
    """Reported contents that begin or end beside the word: those without it, and those with it that tell of a fact."""
    spot, above = place(token), governing_verb(token)
    for statement in draft.statements:
        content = hull(statement.content)
        if not content.meets(sentence.span) or len(content.of(draft.parse.text).split()) < 4:
            continue
        of_cue = above.i < token.i and any(cue.holds(place(above)) for cue in statement.cue)
        # "discussed it over lunch", "refused to receive": the cue is part of it
        if not content.holds(spot) or (statement.act in TELLS and not of_cue):
            yield content


def _joins_clauses(token: Token) -> bool:
    """Whether a conjunction joins two clauses that each have a verb of their own tense."""
    if token.dep_ != "cc":
        return False
    verb = next(
        (c for c in token.head.children if c.dep_ == "conj" and c.i > token.i and c.pos_ in ("VERB", "AUX")), None
    )
    if verb is None or token.head.pos_ not in ("VERB", "AUX"):
        return False
    if verb.lemma_.casefold() in _moves() and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return False  # "was planned for Friday but has been put back": of one meeting
    helpers = [c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
    return verb.tag_ in _FINITE or any(tag in _FINITE for tag in helpers)


@lru_cache(maxsize=1)
def _moves() -> frozenset[str]:
    """Verbs that put a meeting off or call it off, by their first word."""
    status = load_lists("en", "encounters")["status"]
    return frozenset(verb.split()[0] for verb in (*status["moved"], *status["cancelled"]))

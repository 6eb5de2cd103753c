"""Where a party stands in a clause or a sentence, by the parse."""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile
from operator import attrgetter

from spacy.tokens import Token

from reportedly.reading.parse import Sentence
from reportedly.reading.terms_candidates import Candidate, subject_of
from reportedly.reading.terms_words import words
from reportedly.records import Span

_EN = "en"
PLACES = (
    "doer",
    "by",
    "to",
    "undergoer",
    "object",
    "from",
    "doer's",
    "undergoer's",
    "object's",
    "other",
    "above",
    "outside",
)
_SUBJECTS = frozenset({"nsubj", "csubj", "nsubjpass"})
_WHERE = frozenset({"in", "at", "near", "across", "from", "through", "inside", "into", "over", "along", "off"})
_TO = frozenset({"to", "for", "with"})


def is_dateline(tokens: list[Token], sentence: Sentence) -> bool:
    """Whether a place in capitals opens the sentence: "ANKARA, Sept 8 -"."""
    return tokens[0].i == sentence.tokens.start and tokens[0].is_upper and len(tokens[0].text) > 4


def tokens_within(span: Span, sentence: Sentence) -> list[Token]:
    """The tokens of a sentence that lie in a span."""
    shift = sentence.span.start - sentence.tokens.start_char
    first = bisect_left(sentence.tokens, span.start - shift, key=attrgetter("idx"))
    found = takewhile(lambda t: t.idx + len(t) + shift <= span.end, sentence.tokens[first:])
    return list(found)


def role_of(span: Span, sentence: Sentence) -> str | None:
    tokens = tokens_within(span, sentence)
    if not tokens:
        return None
    top = next((t for t in tokens if t.head not in tokens), tokens[-1])
    if top.dep_ == "pobj" and top.head.lower_ in _WHERE:
        return "place"
    return {"nsubj": "does", "agent": "does", "amod": "describes", "compound": "describes", "poss": "owns"}.get(
        top.dep_
    )


def place_of(token: Token, candidate: Candidate, held: set[int]) -> str:
    """doer, undergoer, object, by, to, from; with `'s` where the party only modifies the noun there."""
    path = [token]
    shared = _controller(candidate.head) if subject_of(candidate.head) is None else None
    while path[-1] != candidate.head and path[-1] != shared and path[-1].head != path[-1]:
        path.append(path[-1].head)
    if shared is not None and shared in path:
        return (
            "doer" if path.index(shared) == 0 or all(t.dep_ == "conj" for t in path[: path.index(shared)]) else "doer's"
        )
    if path[-1] != candidate.head:
        if token.i in held:
            return "other"
        return _handed(token, candidate.head) or ("above" if token == _subject_above(candidate.head) else "outside")
    if token.i not in held and (len(path) < 2 or path[-2].dep_ not in _SUBJECTS):
        return "outside"
    return _name_of(path) if len(path) > 1 else "other"


def _handed(token: Token, thing: Token) -> str | None:
    """To whom the verb around a noun phrase hands it: "hands crews a bonus", "transfers to the port a share"."""
    verb = thing.head
    if thing.dep_ not in ("dobj", "nsubjpass", "attr") or verb.pos_ != "VERB":
        return None
    path = [token]
    while path[-1] != verb and path[-1].head != path[-1]:
        path.append(path[-1].head)
    if path[-1] != verb or len(path) < 2:
        return None
    found = _name_of(path)
    return found if found in ("to", "by") or (found == "doer" and thing.dep_ == "dobj") else None


def _controller(head: Token, depth: int = 0) -> Token | None:
    """Who does what a verb without a subject tells: the subject it shares, or the object it is required of."""
    own = subject_of(head)
    if own is not None or depth > 4 or head.pos_ not in ("VERB", "AUX"):
        return own
    above = head.head
    if head.dep_ == "pcomp":
        above = above.head
    if above == head or above.pos_ not in ("VERB", "AUX"):
        return above if head.dep_ in ("acl", "relcl") and above.pos_ in ("NOUN", "PROPN") else None
    bound = next((c for c in above.children if c.dep_ in ("dobj", "dative")), None)
    if (
        bound is not None
        and head.dep_ in ("xcomp", "ccomp", "pcomp")
        and above.lemma_ in words(_EN, "terms", "binding")
    ):
        return bound
    return _controller(above, depth + 1)


def _subject_above(head: Token) -> Token | None:
    at = head
    for _ in range(5):
        own = subject_of(at) if at != head else None
        if own is not None:
            return own
        if at.head == at:
            return None
        at = at.head
    return None


def _name_of(path: list[Token]) -> str:
    """The branch of the clause that a party stands in."""
    branch = path[-2]
    direct = all(t.dep_ in ("conj", "pobj", "appos") for t in path[:-2])
    if any(t.lower_ == "by" and t.dep_ in ("prep", "agent") for t in path[1:]) and path[0].dep_ in ("pobj", "conj"):
        return "by"
    if branch.dep_ in ("nsubj", "csubj"):
        return "doer" if direct else "doer's"
    if branch.dep_ == "nsubjpass":
        return "undergoer" if direct else "undergoer's"
    if branch.dep_ == "dative" or (branch.lower_ in _TO and branch.dep_ == "prep" and direct):
        return "to"
    if branch.lower_ in ("from", "against") and branch.dep_ == "prep":
        return "from"
    if branch.dep_ in ("dobj", "attr"):
        return "object" if direct else "object's"
    return "object's" if path[-1].pos_ == "NOUN" and branch.dep_ in ("poss", "amod", "compound") else "other"

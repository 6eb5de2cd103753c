"""A noun that takes up what was just said: "X said it would close, a claim the owner denies"."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.reading.clauses import children, own_subject, subtree
from reportedly.reading.language import load_words

_RESUMING = load_words("reports", "resuming")
_DISPUTING = load_words("reports", "disputing")
_WITHHELD = load_words("reports", "withheld")
_STOPS = frozenset({",", "–", "—", "-", "--"})
_RELATIVES = frozenset({"which", "that", "who"})


def resumed(verb: Token) -> Token | None:
    """The noun that a verb hangs on and that takes up the clause before it; None where none does.

    Of "something" it may be any verb, of "a claim" one of disputing.
    """
    noun = verb.head
    takes_up = noun.lower_ == "something" or (noun.lower_ in _RESUMING and verb.lemma_ in _DISPUTING)
    if verb.dep_ not in ("relcl", "acl") or not takes_up:
        return None
    own, first = own_subject(verb), noun.left_edge.i
    objects = [c for c in children(verb, "dobj") if c.i > verb.i]
    if own is None or own.lower_ in _RELATIVES or objects or first <= verb.sent.start or noun.i > verb.i:
        return None
    return noun if verb.doc[first - 1].text in _STOPS else None


def taken_up(verb: Token) -> tuple[tuple[Token, ...], ...]:
    """What the verb is about: "a claim" as it stands; of "something" the clause before it, which alone tells what."""
    noun = resumed(verb)
    if noun is None:
        return ()
    if noun.lower_ != "something":
        return (tuple(verb.doc[noun.left_edge.i : noun.i + 1]),)
    last, sent = noun.left_edge.i - 1, verb.sent
    clauses = [t for t in verb.doc[sent.start : last] if t.dep_ == "ccomp" and t.head.i < t.i]
    outer = [t for t in clauses if not any(above.dep_ == "ccomp" and above.i < t.i for above in t.ancestors)]
    start = subtree(outer[-1])[0].i if outer else sent.start
    return (tuple(verb.doc[start:last]),) if start < last else ()


def before_resuming(start: int, end: int, verb: Token) -> int:
    """Where a content ends that such a noun takes up, else `end`."""
    for token in verb.doc[start + 1 : end + 1]:
        if token.lower_ in _RESUMING | {"something"} and any(
            resumed(c) is not None for c in children(token, "relcl", "acl")
        ):
            return int(token.left_edge.i) - 2
    return end


def before_silence(start: int, end: int, verb: Token) -> int:
    """Where a content ends before ", but declined to say when": it is the speaker who keeps that back."""
    for token in verb.doc[start + 1 : end + 1]:
        kept = token.lemma_ in ("refuse", "decline") and token.tag_ == verb.tag_ and token.nbor(-1).lower_ == "but"
        if kept and any(c.lemma_ in _WITHHELD for c in children(token, "xcomp")):
            return int(token.i) - (3 if token.nbor(-2).text == "," else 2)
    return end

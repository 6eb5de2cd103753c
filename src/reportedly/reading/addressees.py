"""Whom something is told to."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.reading.clauses import children, own_subject
from reportedly.reading.language import load_words

ADDRESSED = load_words("reports", "addressed")
"""Verbs whose addressee stands first: "told them that"."""


def addressee_of(verb: Token) -> Token | None:
    """Whom it is told to: an indirect object, or what follows `to`."""
    for noun in children(verb, "dative"):
        if noun.pos_ == "ADP":
            return next(iter(children(noun, "pobj")), None)
        return noun
    if verb.lemma_ in ADDRESSED:
        objects = [c for c in children(verb, "dobj") if c.i > verb.i]
        if objects:
            return objects[0]
        inner = _subject_taken_for_addressee(verb)
        if inner is not None:
            return inner
    for to in children(verb, "prep"):
        if to.lower_ in ("to", "with") and to.i > verb.i:
            return next((n for n in children(to, "pobj") if n.ent_type_ or n.pos_ in ("PROPN", "PRON", "NOUN")), None)
    return None


def _subject_taken_for_addressee(verb: Token) -> Token | None:
    """ "told Ms X he would go": the parser may take the addressee for part of the clause."""
    for clause in children(verb, "ccomp"):
        own = own_subject(clause)
        if own is not None and own.i > verb.i + 1:
            before = verb.doc[verb.i + 1]
            if before.dep_ in ("nsubj", "dobj", "dative", "nmod", "compound") and before.i < own.i:
                return before if before.dep_ != "compound" else before.head
    return None

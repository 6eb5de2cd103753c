"""Voices without a noun of the table: "another", "two of the five", "60 per cent", "the evidence suggests"."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.reading.mentions_lexicon import Lexicon

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_POINTING = frozenset({"the", "those", "these", "them", "us", "our", "its", "his", "her", "their"})
_SEVERAL = frozenset({"pair", "trio", "duo"})


def is_part(token: Token, lexicon: Lexicon) -> bool:
    """ "One of them", "two of the five", "another", "the other", "a third": some of the people spoken of."""
    word, before = token.lower_, token.nbor(-1).lower_ if token.i else ""
    if word == "those":
        return any(child.dep_ in ("amod", "acl", "relcl") for child in token.rights)
    follows = _next(token)
    if _is_share(token, lexicon):
        return True
    if follows is not None and follows.pos_ in ("NOUN", "ADJ", "PROPN", "NUM"):
        return False
    after = follows.lower_ if follows is not None else ""
    alone = token.dep_ in (*_SUBJECTS, "ROOT") or (token.dep_ == "pobj" and token.head.lower_ in ("to", "by"))
    if before in ("other", "remaining") and word in lexicon.counts:
        return alone
    if word == "one" and before == "what" and token.dep_ in _SUBJECTS:
        return True  # "what one called a fake"
    if token.pos_ == "NOUN" and word not in _SEVERAL and word not in lexicon.lists["parts"]["ordinals"]:
        return False
    if word in lexicon.counts and before != "the" and after == "of":
        return True
    if word in lexicon.free_parts or word in ("both", "one"):
        return alone and before != "the"
    return word in lexicon.later_parts and alone and before in ("the", "a") and after not in ("of", "-")


def is_at_large(token: Token, lexicon: Lexicon) -> bool:
    """ "Many", "most voters", "60 per cent of those asked", "one in four", where they do or say something."""
    collective = token.lower_ in lexicon.lists["parts"]["collective"] and token.tag_ == "NN"
    measured = token.lower_ in lexicon.lists["parts"]["measures"] or _is_ratio(token, lexicon)
    if not (collective or measured or token.lower_ in lexicon.at_large):
        return False
    if measured and not (token.dep_ == "nsubj" and holds_a_view(token, lexicon)):
        return False
    if not _of_people(token, lexicon):
        return False
    return token.dep_ in _SUBJECTS or (token.dep_ == "pobj" and token.head.lower_ in ("by", "among"))


def is_thing(token: Token, lexicon: Lexicon) -> bool:
    """Whether a thing speaks: "the evidence suggests", "the ruling says", "according to the footage"."""
    if token.tag_ not in ("NN", "NNS") or token.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        return False
    follows = _next(token)
    if token.lower_ == "number" and follows is not None and follows.lower_ == "of":
        return False
    lists = lexicon.lists["speakers"]
    listed = token.lemma_.casefold() in lists["things"]
    if token.dep_ in ("nsubj", "nsubjpass"):
        verb, known = token.head.lemma_, token.lemma_.casefold() in lexicon.nouns
        if verb in lists["showing"]:
            return listed or not known
        return listed and not known and verb in (*lists["verbs"], *lists["telling"])
    told = token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.lower_ == "according"
    return told and listed


def _is_share(token: Token, lexicon: Lexicon) -> bool:
    """ "Several of the diplomats", "some of them": more than one of those who are pointed at."""
    follows = _next(token)
    if token.lower_ not in lexicon.lists["parts"]["shares"] or follows is None or follows.lower_ != "of":
        return False
    pointed = _next(follows)
    return pointed is not None and pointed.lower_ in _POINTING and _of_people(token, lexicon)


def _of_people(token: Token, lexicon: Lexicon) -> bool:
    """Whether what stands behind "of" can be people; "half of the price" cannot."""
    of = _next(token)
    if of is None or of.lower_ != "of":
        return True
    whole = next((c for c in of.children if c.dep_ == "pobj"), None)
    return whole is None or whole.tag_ != "NN" or whole.lower_ in lexicon.lists["parts"]["collective"]


def _is_ratio(token: Token, lexicon: Lexicon) -> bool:
    """ "One in four", "three out of five"."""
    if token.lower_ not in lexicon.counts:
        return False
    words = [t.lower_ for t in token.doc[token.i + 1 : token.i + 4]]
    last = words[1:2] if words[:1] == ["in"] else words[2:3] if words[:2] == ["out", "of"] else []
    return bool(last) and (last[0] in lexicon.counts or last[0].isdigit())


def holds_a_view(token: Token, lexicon: Lexicon) -> bool:
    """Whether its verb is one of saying, thinking or wanting: shares of other things do none of these."""
    return token.head.lemma_ in lexicon.lists["speakers"]["holding"] + lexicon.lists["speakers"]["verbs"]


def _next(token: Token) -> Token | None:
    return token.nbor(1) if token.i + 1 < len(token.doc) else None

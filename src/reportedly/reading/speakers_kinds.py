"""What kind of voice a noun phrase is that no mention was made of, told by its head noun.

Method: lists of papers, bodies, outlets and of words for people at large, then the endings by which English makes
nouns for people ("-er", "-ist", "-man"). What no list and no ending makes a person speaks as a paper does.
"""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.reading.language import load_lists, load_words
from reportedly.reading.mentions_lexicon import load_lexicon
from reportedly.records import Source, SourceKind

PAPERS = load_words("reports", "papers")
LETTERS = load_words("reports", "letters")
PLANS = load_words("reports", "plans")
OUTLET_NOUNS = load_words("chains", "outlets")
_OFFICES = load_words("reports", "offices")
_STATES = load_words("reports", "states")
_CROWDS = load_words("reports", "crowds")
_SHARES = load_words("reports", "shares")
_ANYBODY = load_words("reports", "anybody")
_UTTERANCES = load_words("reports", "utterances")
_QUANTITIES = load_words("reports", "quantities")
_CHORUSES = load_words("reports", "choruses")
_FIRMS = load_words("reports", "firms")
_BODIES = load_words("chains", "bodies")
_ENDINGS = tuple(load_words("reports", "person_endings"))
_NO_PEOPLE = load_words("reports", "no_people")
_THINGS = frozenset(load_lists("en", "mentions")["speakers"]["things"])
_COLLECTIVE = frozenset(load_lists("en", "mentions")["parts"]["collective"])
_PEOPLE_SORTS = frozenset({"unnamed", "office", "epithet", "group"})
_BODY_KINDS = {"organisation": SourceKind.ORGANISATION, "company": SourceKind.ORGANISATION}
_KINDS = {**_BODY_KINDS, "government": SourceKind.GOVERNMENT, "outlet": SourceKind.OUTLET}
_SERVICES = frozenset({"intelligence", "diplomacy", "counterintelligence"})
_EACH = frozenset({"any", "every", "each"})
_INDEFINITE = frozenset({"a", "an", "one", "another", "my"})
_AT_LARGE = frozenset({"many", "most", "all", "every", "millions", "thousands", "hundreds", "more", "fewer"})


def kind_of(head: Token, name: str) -> Source:
    """A voice called by its words: what kind it is, whether it has a name, and how many it is."""
    if head.pos_ == "PROPN" and head.text[:1].isupper():
        return _of_a_name(head, name)
    if (members := _members(head)) is not None:
        return _several(name, _kind_of_many(head, members))
    several = head.tag_ == "NNS"
    if head.lower_ in _SERVICES and any(t.ent_type_ in ("NORP", "GPE") for t in head.lefts):  # US intelligence
        return Source(id="", name=name, kind=SourceKind.GOVERNMENT)
    body = _body(head.lemma_.lower(), several)
    if body is not None:
        return _several(name, body) if several else Source(id="", name=name, kind=body)
    if is_share(head):
        return _several(name, SourceKind.GROUP)
    if several:
        return _several(name, _kind_of_several(head))
    return _single(head, name)


def _single(head: Token, name: str) -> Source:
    thing = head.pos_ == "NOUN" and not is_person(head.lemma_.lower())
    if thing:
        return Source(id="", name=name, kind=SourceKind.DOCUMENT, named=head.lemma_.lower() in LETTERS | PLANS | PAPERS)
    before = {t.lower_ for t in head.children}
    if before & _EACH:
        return _several(name, SourceKind.GROUP)
    if before & _INDEFINITE:
        return Source(id="", name=name, kind=SourceKind.UNNAMED, named=False)
    return Source(id="", name=name, kind=SourceKind.PERSON)


def _of_a_name(head: Token, name: str) -> Source:
    """A name that the article's cast does not have: its last word may tell what it is."""
    kind = _KINDS.get(load_lexicon("en").heads.get(head.text, ""))
    if kind is None and head.text.isupper() and len(head.text) > 2:
        kind = SourceKind.ORGANISATION
    return Source(id="", name=name, kind=kind or SourceKind.PERSON)


def _body(noun: str, several: bool) -> SourceKind | None:
    if noun in _OFFICES | _STATES:
        return SourceKind.GOVERNMENT
    if noun in OUTLET_NOUNS:
        return SourceKind.OUTLET
    return SourceKind.ORGANISATION if noun in _BODIES | _FIRMS else None


def _several(name: str, kind: SourceKind) -> Source:
    return Source(id="", name=name, kind=kind, named=False, count=2, at_least=True)


def _kind_of_several(head: Token) -> SourceKind:
    noun = head.lemma_.lower()
    if noun in _COLLECTIVE:
        return SourceKind.UNNAMED
    if not is_person(noun):
        return SourceKind.DOCUMENT
    at_large = noun in _CROWDS or bool({t.lower_ for t in head.lefts} & _AT_LARGE)
    return SourceKind.GROUP if at_large else SourceKind.UNNAMED


def _members(head: Token) -> Token | None:
    """ "A number of Democrats", "a chorus of critics": those of whom there are so many."""
    if head.lemma_.lower() not in _QUANTITIES:
        return None
    of = next((c for c in head.rights if c.lower_ == "of"), None)
    return next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None


def _kind_of_many(head: Token, members: Token) -> SourceKind:
    if members.pos_ != "PROPN":
        body = _body(members.lemma_.lower(), True)
        if body is not None:
            return body
        if not is_person(members.lemma_.lower()):
            return SourceKind.DOCUMENT
    return SourceKind.GROUP if head.lemma_.lower() in _CHORUSES else SourceKind.UNNAMED


def is_share(head: Token) -> bool:
    """ "Six in 10", "40 per cent", "most", "nobody": so many of people at large."""
    word = head.lower_
    if word in _SHARES | _ANYBODY:
        return True
    one = word == "one" and any(t.lower_ in ("no", "every", "any") for t in head.lefts)
    return one or (head.pos_ == "NUM" and any(t.lower_ in ("in", "of") for t in head.children))


def is_part_of_somebody(head: Token) -> bool:
    """Whether a noun is for what somebody thinks, feels or says, not for a paper that says it: "her patience"."""
    noun = head.lemma_.lower()
    if noun in _UTTERANCES:
        return True
    written = noun in LETTERS | PLANS | PAPERS | _THINGS or noun in load_lexicon("en").nouns
    return head.pos_ == "NOUN" and not written and _body(noun, False) is None and not is_person(noun)


def is_person(noun: str) -> bool:
    """Whether a common noun, in its dictionary form, is one for a person."""
    if noun in _THINGS | LETTERS | PLANS | PAPERS | _NO_PEOPLE:
        return False
    sorts = load_lexicon("en").nouns.get(noun)
    if sorts is not None:
        return bool(sorts & _PEOPLE_SORTS)
    return noun in _CROWDS or noun.endswith(_ENDINGS)

"""Bodies and outlets called by a common noun: "the union", "Cairo's foreign ministry", "the paper adds"."""

from __future__ import annotations

import re

from reportedly.reading.coreference import Discourse
from reportedly.reading.cues import load_cues
from reportedly.reading.language import load_words
from reportedly.reading.mentions_actors import Actor
from reportedly.reading.mentions_sides import find_body, follows, holder
from reportedly.reading.roster import Sort
from reportedly.reading.unnamed import Phrase
from reportedly.records import SourceKind

_OUTLET = frozenset({SourceKind.OUTLET})
_BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.GOVERNMENT})
_NEAR = 3
"""How many sentences back a country may stand whose government is "the government"."""
_PANELS = frozenset({"panel", "committee", "subcommittee", "council", "court", "supreme court", "commission"})
_SIDES = frozenset({"party", "union", "company", "firm", "group", "movement", "organisation", "organization", "team"})
_FIRMS = load_words("mentions", "firms")


def find_outlet(phrase: Phrase, talk: Discourse) -> Actor | None:
    """The outlet that "the newspaper" or "the agency" means, the last that fits; "this newspaper" is the publisher."""
    lists = talk.cast.lexicon.lists
    if talk.cast.text[phrase.span.start : phrase.span.end].casefold().startswith("this "):
        return talk.publisher
    if phrase.noun == "paper" and _is_document(phrase, talk):
        return None
    mediums = lists["outlets"]["medium"].get(phrase.noun, [])
    outlets = [a for a in talk.back(_OUTLET) if a is not talk.publisher]
    for actor in outlets:
        if not actor.medium or actor.medium in mediums or phrase.noun in actor.roles:
            return actor
    return outlets[0] if outlets and phrase.noun not in ("paper", "agency") else None


def _is_document(phrase: Phrase, talk: Discourse) -> bool:
    """Whether "the paper" is the one on the table: an outlet adds and reports, a document says and sets."""
    lists = talk.cast.lexicon.lists["papers"]
    if any(phrase.core.holds(n.span) and n.known is not None for n in talk.names):
        return False  # "the Dutch paper"
    if any(m in lists["another"] or m in lists["written"] for m in phrase.modifiers):
        return True
    called = any("paper" in a.roles for a in talk.back(frozenset({SourceKind.DOCUMENT})))
    verb = phrase.head.head.lemma_ if phrase.head.dep_ in ("nsubj", "nsubjpass") else ""
    if verb in lists["reports"]:
        return False
    if not any(True for a in talk.back(_OUTLET) if a is not talk.publisher):
        return True
    return called or (verb in lists["reads"] and verb != "say")


def find_press(phrase: Phrase, talk: Discourse) -> Actor | None:
    """ "Media reports", "several newspapers": outlets that are not named."""
    lists = talk.cast.lexicon.lists["outlets"]
    before = {m for m in phrase.modifiers if m in lists["press"]}
    several = phrase.plural and (before or phrase.noun in ("newspaper", "outlet", "website"))
    on_air = _is_on_air(phrase)
    if not several and phrase.noun not in ("press", "media") and not on_air:
        return None
    for actor in talk.cast.actors:
        if actor.name == phrase.name and actor.kind is SourceKind.OUTLET:
            return actor
    return talk.cast.add(
        Actor(phrase.name, SourceKind.OUTLET, named=False, count=phrase.count, at_least=not on_air, roles={phrase.noun})
    )


def _is_on_air(phrase: Phrase) -> bool:
    """ "State television", "Iranian radio", where it tells something: one outlet, which nobody names."""
    head = phrase.head
    told = head.dep_ == "pobj" and head.head.lower_ == "to" and head.head.head.lower_ == "according"
    one = head.tag_ in ("NN", "NNP") and bool(phrase.modifiers) and phrase.noun in ("television", "tv", "radio")
    aside = head.dep_ == "pobj" and any(c.lower_ in ("quoting", "citing") for c in head.head.head.children)
    return one and (told or aside or head.dep_ == "nsubj") and not phrase.owned


def find_called_body(phrase: Phrase, talk: Discourse) -> Actor | None:
    """The body that a description means: a country's or company's own, or one spoken of before."""
    lists = talk.cast.lexicon.lists["bodies"]
    owner = holder(phrase, talk)
    if owner is not None and owner.kind is SourceKind.PERSON and not (phrase.owned or follows(phrase, talk)):
        owner = None
    if owner is not None:
        if phrase.noun in lists["itself"] and owner.kind is not SourceKind.PERSON:
            return owner
        own = phrase.noun in lists["own"] or follows(phrase, talk)
        if (side := _their_side(phrase, owner, talk)) is not None:
            return side
        if own and phrase.noun.split()[-1] not in (w.casefold() for w in owner.words):
            return _own(phrase, owner, talk)
    if not phrase.definite and not phrase.owned:
        return add_unknown(phrase, talk) if phrase.head.tag_ == "NN" else None
    noun = phrase.noun.split()[-1]
    found = find_body(noun, talk, _field_of(phrase)) or _fitting(phrase, talk) or _of_the_land(phrase, talk)
    if found is None and phrase.owned and phrase.noun in lists["own"] and phrase.name[:1].isupper():
        found = _add_body(re.sub(r"['’]s?(?= )", "", phrase.name, count=1), phrase, talk)
    if found is None and phrase.noun in lists["itself"]:
        return talk.cast.country(owner.party) if owner is not None and owner.party else None
    return found or add_unknown(phrase, talk)


def _field_of(phrase: Phrase) -> str:
    """The noun or adjective that tells a ministry's field, in small letters: "transport"; empty where none does."""
    before = phrase.head.nbor(-1) if phrase.head.i > phrase.head.sent.start else None
    of_state = phrase.noun.split()[-1] in ("ministry", "department")
    told = before is not None and before.is_lower and (before.pos_ == "NOUN" or " " in phrase.noun)
    return before.lower_ if of_state and told and before is not None else ""


def _their_side(phrase: Phrase, owner: Actor, talk: Discourse) -> Actor | None:
    """ "Her party", "his union": the body that somebody is known to stand for."""
    if owner.kind is not SourceKind.PERSON or owner.party is None or phrase.noun not in _SIDES:
        return None
    body = talk.cast.country(owner.party)
    return body if body is not None and body.kind is SourceKind.ORGANISATION else None


def add_unknown(phrase: Phrase, talk: Discourse) -> Actor | None:
    """A body that nothing names, where it speaks: "one aid group said", "companies fear"."""
    head = phrase.head
    told = head.dep_ == "pobj" and head.head.lower_ == "to" and head.head.head.lower_ == "according"
    reports = load_cues(talk.cast.lexicon.language).verb(head.head.lemma_) is not None
    if not told and (head.dep_ != "nsubj" or not reports):
        return None
    kind = SourceKind.GOVERNMENT if "government" in phrase.sorts else SourceKind.ORGANISATION
    several = phrase.plural and phrase.head.tag_ == "NNS"
    body = Actor(phrase.name, kind, named=False, roles={phrase.noun, phrase.noun.split()[-1]})
    body.count, body.at_least = (phrase.count, phrase.at_least) if several else (1, False)
    return talk.cast.add(body)


def _of_the_land(phrase: Phrase, talk: Discourse) -> Actor | None:
    """ "The government", "the army", where none is named: that of the country that is being spoken of."""
    nations = _lands(phrase, talk)
    if phrase.noun == "government" and phrase.definite and nations:
        return nations[0]
    found = [talk.cast.roster.get(f"{adjective_of(nation, talk)} {phrase.noun}") for nation in nations]
    known = next((body for body in found if body is not None), None)
    return talk.cast.known(known) if known is not None else None


def _lands(phrase: Phrase, talk: Discourse) -> list[Actor]:
    """Countries, the one spoken of nearest before first, where it stands or somebody of it; then the most named.

    For "the government" only those near, or the only ones there are.
    """
    all_ = [a for a in talk.cast.actors if a.nation or (a.kind is SourceKind.GOVERNMENT and a.sort is None and a.words)]
    by_name = {nation.name: nation for nation in all_}
    near = [h for h in reversed(talk.heard[-40:]) if phrase.sentence - h.sentence <= _NEAR]
    sides = [by_name[side] for h in near if (side := h.actor.party or h.actor.name) in by_name]
    rest = sorted(all_, key=lambda a: -len(a.mentions))
    if phrase.noun == "government":
        return list(dict.fromkeys(sides)) or (rest if len(all_) < 3 else [])
    return list(dict.fromkeys((*sides, *rest)))


def _own(phrase: Phrase, owner: Actor, talk: Discourse) -> Actor:
    tail = phrase.name.rfind(phrase.noun.split()[-1])
    rest = phrase.name[phrase.name.casefold().rfind(phrase.noun) :] if tail >= 0 else phrase.noun
    adjective = adjective_of(owner, talk)
    first = adjective if owner.nation else owner.name
    name = f"{first} {rest}" if owner.kind is not SourceKind.PERSON else f"{owner.name}'s {rest}"
    if owner.name.casefold() in rest.casefold():
        name = rest
    return _add_body(name, phrase, talk, party=owner.side, of_state=_is_of_state(phrase, owner, talk))


def _is_of_state(phrase: Phrase, owner: Actor, talk: Discourse) -> bool:
    """ "A House panel", "the Senate's committee": a body of one of the state's own bodies."""
    if phrase.noun not in _PANELS:
        return False
    return owner.kind is SourceKind.GOVERNMENT or owner.name in talk.cast.lexicon.lists["state_openers"]


def _add_body(name: str, phrase: Phrase, talk: Discourse, *, party: str | None = None, of_state: bool = False) -> Actor:
    lists = talk.cast.lexicon.lists["bodies"]
    for actor in talk.cast.actors:
        if actor.name.casefold() == name.casefold():
            return actor
    known = talk.cast.roster.get(name)
    if known is not None and known.sort is Sort.BODY:
        return talk.cast.known(known)
    state = of_state or phrase.noun in lists["government"]
    kind = SourceKind.GOVERNMENT if state else SourceKind.ORGANISATION
    words = tuple(name.split())
    return talk.cast.add(Actor(name, kind, words, party=party, roles={phrase.noun, phrase.noun.split()[-1]}))


def adjective_of(owner: Actor, talk: Discourse) -> str:
    """The adjective of a country ("Egyptian"), else the name."""
    return talk.cast.adjectives.get(owner.name) or talk.cast.roster.adjectives.get(owner.name, owner.name)


def _fitting(phrase: Phrase, talk: Discourse) -> Actor | None:
    """A company, group or movement without that word in its name: the last body that is no country."""
    noun = phrase.noun.split()[-1]
    if noun not in _FIRMS:
        return None
    fits = [
        a
        for a in talk.back(frozenset({SourceKind.ORGANISATION}))
        if a.words and a.sort in (None, Sort.BODY) and not _conflicts(noun, a, talk)
    ]
    doing = [h.actor for h in reversed(talk.heard[-40:]) if h.main and phrase.sentence - h.sentence <= _NEAR]
    return next((a for a in doing if a in fits), next(iter(fits), None))


def _conflicts(noun: str, actor: Actor, talk: Discourse) -> bool:
    """Whether the body's name says that it is something else: a company is no union."""
    heads = talk.cast.lexicon.lists["bodies"]["heads"]
    firm = noun in ("company", "firm", "bidder", "buyer", "operator", "group")
    apart = ("operator", "airline", "group", noun) if firm else (noun,)
    others = {word for other, words in heads.items() if other not in apart for word in words}
    if noun in ("company", "firm", "bidder", "buyer", "operator"):
        others |= {"Hamas", "NATO"}
    return bool(others & set(actor.words)) and not set(heads.get(noun, ())) & set(actor.words)

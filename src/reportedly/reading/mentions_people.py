"""People called by a description: office holders, sources without a name, nicknames, people at large."""

from __future__ import annotations

import re
from dataclasses import replace

from reportedly.reading.coreference import Discourse
from reportedly.reading.mentions_actors import Actor
from reportedly.reading.mentions_bodies import adjective_of
from reportedly.reading.mentions_sides import holder, side_of
from reportedly.reading.unnamed import Phrase
from reportedly.reading.unnamed_parts import holds_a_view
from reportedly.records import SourceKind

_PERSON = frozenset({SourceKind.PERSON})
_UNNAMED = frozenset({SourceKind.UNNAMED})
_SOURCES = _PERSON | _UNNAMED
_TIME = re.compile(r"\s*\d\d?[.:]\d\d\b")
"""What a new post of a live page begins with."""
_SECRET = frozenset({"source", "insider"})
"""What nobody is called who speaks in public."""
_LEAD = 3
"""How many sentences a lead has, and how far behind it the name may follow."""
_BACKWARD = frozenset({"them", "those", "these", "pair", "trio", "two", "three", "four", "five", "six", "seven"})
_SPEAKING = frozenset({"diplomat", "official", "politician", "spokesman", "spokeswoman", "spokesperson", "lawmaker"})
"""What somebody named is called again in agency copy."""
_OWNERS = frozenset({"his", "her", "its", "their", "our", "my", "one", "some", "both"})
_ANYBODY = frozenset({"source", "insider", "person", "man", "woman", "figure", "people", "individual"})


def find_office(phrase: Phrase, talk: Discourse) -> Actor | None:
    """The holder of an office: somebody of the article, or a person called by the office."""
    side = side_of(phrase, talk)
    best, most = None, 1.4
    for actor in talk.back(_SOURCES):
        score = _fitness(phrase, actor, side, talk) - (0.5 if actor.kind is SourceKind.UNNAMED else 0.0)
        score += 1.5 if _just_named(phrase, actor, talk) else 0.0
        if score > most:
            best, most = actor, score
    if best is not None:
        return best
    name = _office_name(phrase, talk)
    return talk.cast.add(Actor(name, SourceKind.PERSON, roles={phrase.title}, party=side))


def _just_named(phrase: Phrase, actor: Actor, talk: Discourse) -> bool:
    """Somebody without a post, named in the sentence before: "Ann Lee walked out. The union president said"."""
    if actor.roles or not actor.named or phrase.head.dep_ not in ("nsubj", "nsubjpass"):
        return False
    last = next((h for h in reversed(talk.heard) if h.actor is actor), None)
    if last is None or last.sentence != phrase.sentence - 1:
        return False
    between = talk.cast.text[last.span.end : phrase.span.start].split("\n")
    return not any(_TIME.match(line) for line in between[1:-1])


def _fitness(phrase: Phrase, actor: Actor, side: str | None, talk: Discourse) -> float:
    if actor.plural:
        return -9.0
    score = _role_fit(phrase, actor, talk)
    if side is not None and actor.party is not None:
        score += 1.5 if side == actor.party else -4.0
    return score


def _role_fit(phrase: Phrase, actor: Actor, talk: Discourse) -> float:
    lexicon = talk.cast.lexicon
    roles = {lexicon.role(role) for role in actor.roles}
    wanted, noun = lexicon.role(phrase.title), phrase.noun.split()[-1]
    if phrase.title in actor.roles:
        return 3.2
    if wanted in roles:
        return 2.6
    if lexicon.role(phrase.noun) in roles and phrase.title == phrase.noun:
        return 3.0
    bare = phrase.title == noun
    if bare and any(role.split()[-1] == noun or role.startswith(noun + " ") for role in actor.roles):
        return 2.0
    heads = lexicon.lists["roles"]["any"]
    if noun in heads and phrase.name.islower() and any(role.split()[-1] in heads for role in actor.roles):
        return 2.2
    if noun in heads:
        return 0.5 if actor.kind is SourceKind.PERSON else -1.0
    return 0.0 if not actor.roles and actor.kind is SourceKind.PERSON else -1.0


def _office_name(phrase: Phrase, talk: Discourse) -> str:
    """An office with its country as an adjective, "Serbian president"; other wordings as they stand."""
    owner = holder(phrase, talk)
    if owner is not None and owner.nation and phrase.span.end <= phrase.core.end + 40:
        words = list(phrase.title.split())
        tail = phrase.name[phrase.name.casefold().rfind(phrase.noun.split()[-1]) + len(phrase.noun.split()[-1]) :]
        if tail.startswith(" of "):
            tail = ""
        return " ".join([adjective_of(owner, talk), *words]) + tail
    return phrase.name


def find_unnamed(phrase: Phrase, talk: Discourse) -> Actor | None:
    """People without a name. "The official" is one spoken of before; "an official", "another" is a new one."""
    pointing = phrase.known and phrase.ordinal in (None, "same")
    if pointing and (found := _earlier(phrase, talk) or _last_to_speak(phrase, talk)) is not None:
        return found
    if _may_be_named(phrase, talk) and (near := find_epithet(phrase, talk, reach=2)) is not None:
        return near
    if phrase.count > 1 and not phrase.known and phrase.at_least:
        for actor in talk.back(_UNNAMED):
            if actor.name == phrase.name:
                return actor
    return talk.cast.add(_new(phrase, talk))


def _may_be_named(phrase: Phrase, talk: Discourse) -> bool:
    """ "The widow from Ashkelon" is likely somebody named; "the official" is not."""
    if phrase.plural or not phrase.definite or phrase.ordinal is not None:
        return False
    return phrase.noun.split()[-1] not in talk.cast.lexicon.lists["speakers"]["anonymous"]


def _last_to_speak(phrase: Phrase, talk: Discourse) -> Actor | None:
    """ "The diplomat", "the official", where nobody was called so before: a person named in the sentence before."""
    bare = phrase.definite and not phrase.plural and not phrase.owned and phrase.title == phrase.name
    if not bare or phrase.noun not in _SPEAKING:
        return None
    before = [h for h in talk.heard[-30:] if h.sentence == phrase.sentence - 1 and h.main]
    return next((h.actor for h in reversed(before) if h.actor.kind is SourceKind.PERSON and h.actor.roles), None)


def _new(phrase: Phrase, talk: Discourse) -> Actor:
    return Actor(
        phrase.name,
        SourceKind.UNNAMED,
        named=False,
        count=phrase.count,
        at_least=phrase.at_least,
        roles={phrase.noun, phrase.title},
        party=side_of(phrase, talk),
        gender=_gender_of(phrase.noun),
    )


def _gender_of(noun: str) -> str:
    """What the word for somebody tells of it: a spokeswoman is one, and a spokesman mostly."""
    return "f" if noun.endswith(("woman", "lady")) else "m" if noun.endswith("man") else ""


def _earlier(phrase: Phrase, talk: Discourse) -> Actor | None:
    side = side_of(phrase, talk)
    last = phrase.noun.split()[-1]
    fits = [a for a in talk.back(_SOURCES) if a.plural == phrase.plural]
    fits = [a for a in fits if not (side and a.party and side != a.party)]
    if last in _SECRET:
        fits = [a for a in fits if not any(role.startswith("spokes") for role in a.roles)]
    for actor in fits:
        if any(role.split()[-1] == last for role in actor.roles):
            return actor
    if last in ("man", "woman", "lady"):
        gender = "m" if last == "man" else "f"
        return next((a for a in fits if a.gender in ("", gender)), None)
    if last in _ANYBODY and not phrase.owned:
        return next((a for a in fits if a.kind is SourceKind.UNNAMED), None)
    return None


def join_offices(talk: Discourse) -> None:
    """Give the mentions of an office to whoever turns out to hold it further down.

    "The transport secretary has been asked ... , Rowena Pryce tells MPs": a person named later with that post, or
    else one without any post who is first named right after it.
    """
    people = [a for a in talk.cast.actors if a.kind is SourceKind.PERSON and a.words and a.mentions]
    for office in [a for a in talk.cast.actors if a.kind is SourceKind.PERSON and not a.words and a.mentions]:
        title = next(iter(office.roles))
        holders = [p for p in people if _may_hold(p, office) and talk.cast.lexicon.role(title) in _posts(p, talk)]
        if not holders:
            holders = [p for p in people if _may_hold(p, office) and not p.roles and _is_next(p, office, talk)]
        if len(holders) == 1:
            _hand_over(office, holders[0], talk)


def _posts(person: Actor, talk: Discourse) -> set[str]:
    return {talk.cast.lexicon.role(role) for role in person.roles}


def _may_hold(person: Actor, office: Actor) -> bool:
    gender = not person.gender or not office.gender or person.gender == office.gender
    return gender and (person.party is None or office.party is None or person.party == office.party)


def _is_next(person: Actor, office: Actor, talk: Discourse) -> bool:
    first, named = min(office.mentions), min(person.mentions)
    if first.end > named.start:
        return False
    if talk.cast.text.count("\n", first.end, named.start) < 1:
        return True
    return _is_introduced(office, person, talk)


def _is_introduced(office: Actor, person: Actor, talk: Discourse) -> bool:
    """Whether the lead keeps the name back: first the office, then a full name without a post, as a subject."""
    opening = [h for h in talk.heard if h.actor is office][:1]
    first = [h for h in talk.heard if h.actor is person][:1]
    if not opening or not first or opening[0].sentence > _LEAD or len(person.words) < 2:
        return False
    between = [h.actor for h in talk.heard if opening[0].span < h.span < first[0].span]
    alone = not any(a.kind is SourceKind.PERSON and a.words and not a.roles and a is not person for a in between)
    return alone and first[0].subject and first[0].sentence - opening[0].sentence <= _LEAD


def _hand_over(office: Actor, person: Actor, talk: Discourse) -> None:
    for span in list(office.mentions):
        person.mentions.append(span)
        talk.cast.at[span] = person
    person.roles |= office.roles
    person.party = person.party or office.party
    person.gender = person.gender or office.gender
    office.mentions.clear()


def find_part(phrase: Phrase, talk: Discourse) -> Actor | None:
    """ "One of them", "another", "the third": some of the people spoken of, with a count of their own.

    Whose part they are is told by the words behind "of", else by the last who were several.
    """
    if phrase.head.lower_ == "those":
        return _those(phrase, talk)
    if phrase.partitive and not _of_people(phrase, talk):
        return None
    if phrase.head.lower_ == "another" and not phrase.partitive and (beside := _beside_one(phrase, talk)) is not None:
        return beside
    whole, single = _whole(phrase, talk), next(talk.back(_UNNAMED), None)
    if whole is None and single is None and not phrase.partitive:
        return None
    if phrase.head.lower_ in ("both", "pair", "trio", "duo") and not phrase.partitive:
        return whole
    if not phrase.partitive and whole and phrase.count == whole.count > 1 and not whole.at_least:
        return whole
    base = whole or single
    name = phrase.name if base is None or not _names_nobody(phrase) else f"{_share(phrase)} of {_called(base)}"
    kind = base.kind if base is not None and phrase.at_least else SourceKind.UNNAMED
    part = Actor(name, kind, named=False, count=phrase.count, at_least=phrase.at_least)
    if base is not None:
        part.roles, part.party, part.whole = set(base.roles), base.party, whole
    return talk.cast.add(part)


def _beside_one(phrase: Phrase, talk: Discourse) -> Actor | None:
    """ "One minister said ... Another shrugged": one more of the sort that the last "one" was."""
    near = [h for h in talk.heard if h.main and phrase.sentence - 2 <= h.sentence <= phrase.sentence]
    one = next((h.actor for h in reversed(near) if h.actor.kind is SourceKind.UNNAMED and not h.actor.plural), None)
    if one is None or not one.name.casefold().startswith("one ") or one.whole is not None:
        return None
    return talk.cast.add(replace(one, name=f"another {one.name[4:]}", roles=set(one.roles), mentions=[]))


def _of_people(phrase: Phrase, talk: Discourse) -> bool:
    """Whether they are a part of people: of some who are told by a noun or pointed at, or whose part speaks."""
    inner = any(p is not phrase and phrase.span.holds(p.core) for p in talk.phrases)
    heard = any(phrase.span.holds(h.span) for h in talk.heard[-8:])
    last = phrase.name.casefold().split()[-1]
    pointed = last in _BACKWARD - {"them", "these"} or last == "of"
    return inner or heard or pointed or holds_a_view(phrase.head, talk.cast.lexicon)


def _those(phrase: Phrase, talk: Discourse) -> Actor:
    """ "Those present": the people of whom that has been said, else people told by nothing more."""
    tail = phrase.name.removeprefix("those").strip()
    for actor in talk.back(_UNNAMED):
        if actor.plural and tail and tail in actor.name:
            return actor
    return talk.cast.add(Actor(f"people {tail}".strip(), SourceKind.UNNAMED, named=False, count=2, at_least=True))


def _whole(phrase: Phrase, talk: Discourse) -> Actor | None:
    """Of whom they are a part: whoever stands behind "of", else the last who were so many, or several."""
    inside = [h.actor for h in talk.heard[-8:] if _is_several(h.actor) and phrase.span.holds(h.span)]
    if inside:
        return inside[0]
    several = [a.whole or a for a in talk.back(_UNNAMED) if a.plural or a.whole]
    number = _number_behind(phrase, talk)
    if number is None and phrase.definite and phrase.count > 2 and not phrase.partitive:
        several = [a for a in several if a.count == phrase.count] or several
    if number is not None:
        return next((a for a in several if a.count == number or a.at_least), None)
    return _who_spoke(several, talk) or next(iter(several), None)


def _who_spoke(several: list[Actor], talk: Discourse) -> Actor | None:
    """Of those in the last sentence that speaks of several, who do something in its main clause."""
    last = max((h.sentence for h in talk.heard if _those_of(h.actor) in several), default=-1)
    told = [h for h in talk.heard if h.sentence == last and _those_of(h.actor) in several]
    for heard in told:
        start = heard.span.start
        if talk.cast.text[max(0, start - 17) : start].casefold().removesuffix("the ").endswith("according to "):
            return _those_of(heard.actor)
    return next((_those_of(h.actor) for h in told if h.main), None)


def _those_of(actor: Actor) -> Actor:
    """Those whom he is one of, where he is: what is said of "two of the four" tells of the four."""
    return actor.whole or actor


def _is_several(actor: Actor) -> bool:
    return actor.plural and actor.kind in (SourceKind.UNNAMED, SourceKind.GROUP)


def _number_behind(phrase: Phrase, talk: Discourse) -> int | None:
    """How many they are of: "two of the five"."""
    words = talk.cast.text[phrase.core.end : phrase.span.end].casefold().split()
    return next((talk.cast.lexicon.counts[w] for w in words if w in talk.cast.lexicon.counts), None)


def _names_nobody(phrase: Phrase) -> bool:
    """Whether the words behind "of" only point back: "one of them", "two of the five", or none at all."""
    behind = phrase.name.casefold().split()
    return "of" not in behind or behind[-1] in _BACKWARD


def _called(people: Actor) -> str:
    """Several as they are spoken of behind "of": "the three officials", "them" without a name of their own."""
    bare = people.plural and people.name[:1].islower() and people.name.split()[0] not in _OWNERS
    return f"the {people.name}" if bare else people.name


def _share(phrase: Phrase) -> str:
    return phrase.name.split(" of ")[0]


def find_epithet(phrase: Phrase, talk: Discourse, *, reach: int | None = None) -> Actor | None:
    """ "The strongman", "the Russian tyrant": somebody named before, of that country if one is given.

    `reach` is how many sentences back the last mention may be, where it is not to be any.
    """
    side = side_of(phrase, talk)
    for heard in reversed(talk.heard):
        if reach is not None and phrase.sentence - heard.sentence > reach:
            return None
        if heard.actor.kind is SourceKind.PERSON and (side is None or heard.actor.party in (None, side)):
            return heard.actor
    return None


def find_group(phrase: Phrase, talk: Discourse) -> Actor:
    """People at large: critics, voters, commuters."""
    for actor in talk.cast.actors:
        if actor.kind is SourceKind.GROUP and actor.name == phrase.name:
            return actor
    count = max(2, phrase.count)
    return talk.cast.add(Actor(phrase.name, SourceKind.GROUP, named=False, count=count, at_least=phrase.at_least))

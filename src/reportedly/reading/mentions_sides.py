"""Sides: for whom a description says that somebody speaks, and who "both sides" are."""

from __future__ import annotations

import re

from reportedly.reading.coreference import Discourse
from reportedly.reading.mentions_actors import Actor
from reportedly.reading.roster import Sort
from reportedly.reading.unnamed import Phrase
from reportedly.records import SourceKind, Span

_NEAR = 240
"""Characters before "the two sides" in which they may just have been named."""
_PAIR = re.compile(r"\bbetween ((?:(?! and )[^,.;:\n]){2,60}) and ([^,.;:\n]{2,40})")
_BODIES = frozenset({SourceKind.GOVERNMENT, SourceKind.ORGANISATION})
_PEOPLE = frozenset({"unnamed", "office", "epithet"})
_OWNERS = frozenset({"its", "their", "his", "her", "whose"})


def holder(phrase: Phrase, talk: Discourse) -> Actor | None:
    """Whose the described one is: "senior Turkish official", "Serbia's president", "its negotiator", "union leader"."""
    within = (
        phrase.core if phrase.sorts & {"organisation", "government"} and not phrase.sorts & _PEOPLE else phrase.span
    )
    inside = [
        talk.cast.at[n.span]
        for n in talk.names
        if within.holds(n.span) or _follows_of(n.span, phrase, talk) or _right_before(n.span, phrase, talk)
    ]
    for actor in inside:
        if actor.kind in _BODIES:
            return actor
    for actor in inside:
        if actor.kind is SourceKind.PERSON and (phrase.owned or follows(phrase, talk)):
            return actor
    return _owner(phrase, talk) or _called_body(phrase, talk)


def follows(phrase: Phrase, talk: Discourse) -> bool:
    """Whether it goes by somebody's name: "the Reed campaign"."""
    return phrase.noun in talk.cast.lexicon.lists["bodies"]["followers"]


def _follows_of(name: Span, phrase: Phrase, talk: Discourse) -> bool:
    """ "The government of Serbia"."""
    gap = talk.cast.text[phrase.core.end : name.start] if phrase.core.end < name.start else ""
    return gap.strip() in ("of", "of the")


def _right_before(name: Span, phrase: Phrase, talk: Discourse) -> bool:
    """ "Greens co-leader": the name that a post follows, whatever the parser hangs it on."""
    if name.end >= phrase.core.start or not phrase.sorts & _PEOPLE:
        return False
    return talk.cast.text[name.end : phrase.core.start] in (" ", "'s ", "’s ")


def side_of(phrase: Phrase, talk: Discourse) -> str | None:
    """The party of whoever is described, if the wording gives it."""
    actor = holder(phrase, talk)
    return actor.side if actor is not None else None


def _owner(phrase: Phrase, talk: Discourse) -> Actor | None:
    """Whom "its", "their", "his" or "her" at the beginning means."""
    if not phrase.owned:
        return None
    for heard in reversed(talk.heard[-6:]):
        if phrase.core.holds(heard.span) and talk.cast.text[heard.span.start : heard.span.end].casefold() in _OWNERS:
            return heard.actor
    return None


def _called_body(phrase: Phrase, talk: Discourse) -> Actor | None:
    """A body called by a common noun inside the description: "the union's president", "head of the regulator"."""
    words = talk.cast.text[phrase.span.start : phrase.span.end].casefold().replace("’", "'").replace("'s", "").split()
    own = talk.cast.lexicon.lists["bodies"]["heads"]
    for word in words:
        if word in own and word not in phrase.noun and (actor := find_body(word, talk)) is not None:
            return actor
    return None


def find_body(noun: str, talk: Discourse, field: str = "") -> Actor | None:
    """The body last mentioned that may be called so: it is in its name, or it has been called that.

    `field` is the word before the noun: a transport ministry is none that has another field in its name.
    """
    called = frozenset(talk.cast.lexicon.lists["bodies"]["heads"].get(noun, ()))
    bodies = [a for a in talk.back(_BODIES) if a.sort in (None, Sort.BODY)]
    for actor in bodies:
        if field and len(actor.name.split()) > 1 and field[:5] not in actor.name.casefold():
            continue
        if noun in actor.roles or called & set(actor.words) or noun in (w.casefold() for w in actor.words):
            return actor
    return None


def read_both(phrase: Phrase, talk: Discourse) -> bool:
    """Resolve "both sides", "the two leaders": the mention is given to each of them. Whether it could be."""
    lists = talk.cast.lexicon.lists["sides"]
    last = phrase.noun if phrase.noun in lists["people"] else phrase.head.lower_
    if last in lists["nouns"]:
        actors = _just_between(phrase, talk) or _main_sides(talk, phrase.count)
    elif last in lists["people"] and _is_all(phrase) and phrase.count > 1 and not phrase.at_least:
        actors = _last_people(talk, phrase)
    elif "organisation" in phrase.sorts and _is_all(phrase) and not any(c.dep_ == "poss" for c in phrase.head.children):
        actors = _bodies_called(phrase, talk)
    else:
        return False
    for actor in actors:
        talk.cast.mention(actor, phrase.span)
        talk.note(actor, phrase.span, sentence=phrase.sentence, token=phrase.head)
    if not actors and "leader" in phrase.noun and phrase.count == 2:
        talk.pending.append(phrase)
        return True
    return bool(actors)


def read_pending(talk: Discourse) -> None:
    """Resolve "the island's two leaders" where they are named further down: the two most spoken of who lead."""
    leading = talk.cast.lexicon.lists["sides"]["leaders"]
    people = [a for a in talk.cast.actors if a.kind is SourceKind.PERSON and a.mentions]
    leaders = [a for a in people if any(role.split()[-1] in leading or role in leading for role in a.roles)]
    chosen: dict[str | None, Actor] = {}
    for actor in sorted(leaders, key=lambda a: -len(a.mentions)):
        chosen.setdefault(actor.party, actor)
    for phrase in talk.pending:
        for actor in list(chosen.values())[:2] if len(chosen) > 1 else []:
            talk.cast.mention(actor, phrase.span)


def _bodies_called(phrase: Phrase, talk: Discourse) -> list[Actor]:
    """ "Both unions", "the parties": all bodies of the article that are called so."""
    called = set(talk.cast.lexicon.lists["bodies"]["heads"].get(phrase.noun, ()))
    bodies = [
        a for a in talk.cast.actors if a.kind in _BODIES and a.sort in (None, Sort.BODY) and called & set(a.words)
    ]
    number = len(bodies) if phrase.at_least else phrase.count
    most = sorted(bodies, key=lambda a: -len(a.mentions))[:number]
    return sorted(most, key=lambda a: a.mentions[0]) if len(most) > 1 else []


def _is_all(phrase: Phrase) -> bool:
    return phrase.known or phrase.name.casefold().startswith("both")


def _just_between(phrase: Phrase, talk: Discourse) -> list[Actor]:
    """Those named just before: "a new start between Oslo and Rome ... The two sides would share the gas"."""
    named = pair_before(talk.cast.text, phrase.span.start)
    found = [next((h.actor for h in talk.heard if span.holds(h.span)), None) for span in named]
    actors = [a for a in found if a is not None and a.kind in _BODIES]
    return actors if named and len({a.name for a in actors}) == len(named) == max(2, phrase.count) else []


def pair_before(text: str, at: int) -> tuple[Span, ...]:
    """The two that the words before a place put talks, war or a deal "between", if they do."""
    pairs = list(_PAIR.finditer(text, max(0, at - _NEAR), at))
    return tuple(Span(*pairs[-1].span(n)) for n in (1, 2)) if pairs else ()


def _main_sides(talk: Discourse, number: int) -> list[Actor]:
    """The parties that the whole article names most often, in order of mention."""
    between = talk.cast.lexicon.lists["sides"]["between"]
    bodies = [a for a in talk.cast.actors if a.kind in _BODIES and a.side == a.name and len(a.mentions) > 1]
    parties = [a for a in bodies if a.name not in between]
    bodies = parties if len(parties) > 1 else bodies
    chosen = sorted(bodies, key=lambda a: -len(a.mentions))[: max(2, number)]
    return sorted(chosen, key=lambda a: a.mentions[0]) if len(chosen) >= 2 else []


def _last_people(talk: Discourse, phrase: Phrase) -> list[Actor]:
    """The last named people of that post, of as many sides as the wording counts."""
    singular = phrase.noun.split()[-1].removesuffix("s").replace("men", "man")
    people: list[Actor] = []
    for actor in talk.back(frozenset({SourceKind.PERSON})):
        alike = singular in ("man", "woman", "women", "pair", "duo", "rival") or _holds(actor, singular, talk)
        if alike and (actor.party is None or actor.party not in {a.party for a in people}):
            people.append(actor)
        if len(people) == phrase.count:
            return people
    return []


def _holds(actor: Actor, post: str, talk: Discourse) -> bool:
    if post == "leader":
        leading = talk.cast.lexicon.lists["sides"]["leaders"]
        return any(role in leading or role.split()[-1] in leading for role in actor.roles)
    return any(role.endswith(post) for role in actor.roles)

"""Who a pronoun, a title or a description means, by what was said before it.

Method: one pass from left to right with rules per kind of expression (after Lee et al. 2013, deterministic sieves),
recency and subjecthood deciding among those that agree in number, gender and kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from reportedly.reading.mentions_actors import Actor, Cast
from reportedly.reading.parse import place
from reportedly.reading.roster import Sort
from reportedly.reading.unnamed import Phrase
from reportedly.records import SourceKind, Span

_MALE = frozenset(["he", "him", "his", "himself"])
_FEMALE = frozenset(["she", "her", "hers", "herself"])
_PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
_NEUTER = frozenset(["it", "its", "itself"])
PRONOUNS = _MALE | _FEMALE | _PLURAL | _NEUTER | {"who", "whose"}
_BODIES = (SourceKind.ORGANISATION, SourceKind.GOVERNMENT, SourceKind.OUTLET)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_SIDES = frozenset({"sides", "parties", "leaders", "governments", "countries", "delegations", "capitals", "neighbours"})


@dataclass(slots=True)
class Heard:
    """A mention gone by: who, where, and how prominent."""

    actor: Actor
    span: Span
    sentence: int
    subject: bool
    group: tuple[Actor, ...] = ()


@dataclass
class Discourse:
    """What has been mentioned so far in an article."""

    cast: Cast
    publisher: Actor | None
    heard: list[Heard] = field(default_factory=list)

    def note(self, actor: Actor, span: Span, *, sentence: int, token: Token) -> None:
        self.heard.append(Heard(actor, span, sentence, token.dep_ in _SUBJECTS))

    def last(self, wanted: Sequence[SourceKind], *, sentence: int, reach: int = 400) -> list[Heard]:
        """Earlier mentions of some kinds, the nearest first."""
        return [h for h in reversed(self.heard) if h.actor.kind in wanted and sentence - h.sentence <= reach]


def read_pronoun(token: Token, sentence: int, talk: Discourse) -> None:
    """Resolve a pronoun of the third person, if somebody fits."""
    word = token.lower_
    if word in ("who", "whose"):
        actor = _antecedent(token, talk)
    elif word in _MALE or word in _FEMALE:
        actor = _person(token, sentence, "m" if word in _MALE else "f", talk)
    elif word in _PLURAL:
        actor = _several(token, sentence, talk)
    else:
        actor = _body(token, sentence, talk)
    if actor is not None:
        span = place(token)
        talk.cast.mention(actor, span)
        talk.note(actor, span, sentence=sentence, token=token)


def _antecedent(token: Token, talk: Discourse) -> Actor | None:
    start = place(token).start
    near = [h for h in talk.heard[-6:] if 0 <= start - h.span.end <= 3]
    return near[-1].actor if near else None


def _person(token: Token, sentence: int, gender: str, talk: Discourse) -> Actor | None:
    people = [
        h
        for h in talk.last((SourceKind.PERSON, SourceKind.UNNAMED), sentence=sentence, reach=8)
        if not h.actor.plural and h.actor.gender in ("", gender)
    ]
    best = max(people, key=lambda h: _salience(h, token, sentence), default=None)
    if best is None:
        return None
    if best.actor.kind is SourceKind.PERSON and not best.actor.gender:
        best.actor.gender = gender
    return best.actor


def _salience(heard: Heard, token: Token, sentence: int) -> float:
    away = sentence - heard.sentence
    score = -1.5 * away + (1.2 if heard.subject else 0.0)
    score += 0.4 if heard.actor.kind is SourceKind.PERSON else 0.0
    same_clause = away == 0 and token.dep_ in ("dobj", "pobj", "dative") and heard.subject
    return score - (1.5 if same_clause else 0.0) + heard.span.start * 1e-6


def _several(token: Token, sentence: int, talk: Discourse) -> Actor | None:
    for heard in reversed(talk.heard):
        if sentence - heard.sentence > 2:
            break
        if heard.actor.plural and heard.actor.kind in (SourceKind.UNNAMED, SourceKind.GROUP):
            return heard.actor
    bodies = talk.last((SourceKind.ORGANISATION,), sentence=sentence, reach=1)
    return bodies[0].actor if bodies else None


def _body(token: Token, sentence: int, talk: Discourse) -> Actor | None:
    if token.dep_ in ("expl",) or (token.dep_ in _SUBJECTS and token.head.lemma_ in ("be", "seem", "appear", "come")):
        return None
    bodies = talk.last(_BODIES, sentence=sentence, reach=2)
    best = max(bodies, key=lambda h: _salience(h, token, sentence), default=None)
    return best.actor if best else None


def read_phrase(phrase: Phrase, talk: Discourse) -> None:
    """Resolve a description, or make a new actor of it."""
    actor = resolve(phrase, talk)
    if actor is not None:
        talk.cast.mention(actor, phrase.span)
        talk.note(actor, phrase.span, sentence=phrase.sentence, token=phrase.head)


def resolve(phrase: Phrase, talk: Discourse) -> Actor | None:
    """The actor a description means: an earlier one, a new one, or nobody that could be a source."""
    if "part" in phrase.sorts or phrase.head.lower_ in ("one",):
        return _part(phrase, talk)
    known = phrase.definite or phrase.possessor is not None
    if "outlet" in phrase.sorts and phrase.definite and (outlet := _outlet(phrase, talk)):
        return outlet
    if "document" in phrase.sorts:
        return _document(phrase, talk)
    a_body = known and not phrase.plural and {"organisation", "government"} & phrase.sorts
    if a_body and (found := _named_body(phrase, talk)) is not None:
        return found
    if "office" in phrase.sorts and known and not phrase.plural:
        return _office(phrase, talk)
    if "epithet" in phrase.sorts and known and not phrase.plural and (found := _epithet(phrase, talk)):
        return found
    if "unnamed" in phrase.sorts:
        return _unnamed(phrase, talk)
    if "group" in phrase.sorts and phrase.plural:
        return _group(phrase, talk)
    return None


def _part(phrase: Phrase, talk: Discourse) -> Actor | None:
    whole = next((h.actor for h in reversed(talk.heard) if h.actor.kind is SourceKind.UNNAMED and h.actor.plural), None)
    if whole is None and not phrase.partitive and phrase.head.lower_ != "another":
        return None
    if phrase.head.lower_ in ("both", "pair", "trio") and whole is not None:
        return whole
    base = whole.name if whole is not None else "source"
    return talk.cast.add(
        Actor(
            f"one of the {base}",
            SourceKind.UNNAMED,
            named=False,
            count=phrase.count,
            party=whole.party if whole else None,
        )
    )


def _outlet(phrase: Phrase, talk: Discourse) -> Actor | None:
    if phrase.head.i > 0 and any(t.lower_ == "this" for t in phrase.head.lefts):
        return talk.publisher
    for heard in reversed(talk.heard):
        if heard.actor.kind is SourceKind.OUTLET and heard.actor is not talk.publisher:
            return heard.actor
    return None


def _document(phrase: Phrase, talk: Discourse) -> Actor | None:
    earlier = [h.actor for h in reversed(talk.heard) if h.actor.kind is SourceKind.DOCUMENT]
    same = [a for a in earlier if phrase.noun in a.roles]
    if phrase.definite:
        if same or earlier:
            found = (same or earlier)[0]
            found.roles.add(phrase.noun)
            return found
    elif same and len(phrase.modifiers) == 0:
        return same[0]
    if phrase.plural or (not phrase.definite and not phrase.modifiers and phrase.possessor is None):
        return None
    return talk.cast.add(Actor(phrase.name, SourceKind.DOCUMENT, named=False, roles={phrase.noun}))


def _named_body(phrase: Phrase, talk: Discourse) -> Actor | None:
    kinds = (SourceKind.ORGANISATION, SourceKind.GOVERNMENT)
    bodies = [h.actor for h in reversed(talk.heard) if h.actor.kind in kinds and h.actor.sort is None]
    noun = phrase.noun.split()[-1]
    for actor in bodies:
        if noun in (w.casefold() for w in actor.words) or noun in actor.roles:
            return actor
    return bodies[0] if bodies and noun in ("company", "firm", "group", "union") else None


def _office(phrase: Phrase, talk: Discourse) -> Actor | None:
    people = [h.actor for h in reversed(talk.heard) if h.actor.kind is SourceKind.PERSON]
    for actor in people:
        if any(phrase.noun == role or role.endswith(" " + phrase.noun) for role in actor.roles):
            return actor
    side = _side(phrase, talk)
    for actor in people:
        if not actor.roles and side and actor.party == side:
            return actor
    if "unnamed" in phrase.sorts:
        return _unnamed(phrase, talk)
    return talk.cast.add(Actor(phrase.name, SourceKind.PERSON, roles={phrase.noun}, party=side))


def _epithet(phrase: Phrase, talk: Discourse) -> Actor | None:
    people = talk.last((SourceKind.PERSON,), sentence=phrase.sentence, reach=6)
    return people[0].actor if people else None


def _unnamed(phrase: Phrase, talk: Discourse) -> Actor | None:
    earlier = [
        h.actor for h in reversed(talk.heard) if h.actor.kind is SourceKind.UNNAMED and h.actor.plural == phrase.plural
    ]
    if phrase.definite and phrase.ordinal in (None, "same"):
        for actor in earlier:
            if phrase.noun in actor.roles:
                return actor
        if phrase.noun in ("source", "insider", "person", "official", "man", "woman") and earlier:
            return earlier[0]
    return talk.cast.add(
        Actor(
            phrase.name,
            SourceKind.UNNAMED,
            named=False,
            count=phrase.count,
            at_least=phrase.at_least,
            roles={phrase.noun},
            party=_side(phrase, talk),
        )
    )


def _group(phrase: Phrase, talk: Discourse) -> Actor:
    for actor in talk.cast.actors:
        if actor.kind is SourceKind.GROUP and actor.name == phrase.name:
            return actor
    return talk.cast.add(
        Actor(phrase.name, SourceKind.GROUP, named=False, count=max(2, phrase.count), at_least=phrase.at_least)
    )


def _side(phrase: Phrase, talk: Discourse) -> str | None:
    """The party that a description names: "senior Turkish official", "Serbia's president", "its negotiator"."""
    for heard in reversed(talk.heard):
        if heard.span.start < phrase.span.start - 200:
            break
        if phrase.span.holds(heard.span) and heard.actor.kind in (SourceKind.GOVERNMENT, SourceKind.ORGANISATION):
            return heard.actor.party or heard.actor.name
    return None


def side_sort(actor: Actor) -> bool:
    """Whether an actor can be one of "both sides"."""
    return actor.sort in (Sort.COUNTRY, Sort.CAPITAL, Sort.ADJECTIVE, Sort.BODY, Sort.SEAT, Sort.PEOPLE)

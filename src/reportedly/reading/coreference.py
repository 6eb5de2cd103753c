"""Who a pronoun means, and the memory of what has been mentioned so far.

Method: one pass from left to right with rules per kind of expression (after Lee et al. 2013, deterministic sieves);
recency and subjecthood decide among those that agree in number, gender and kind.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from reportedly.reading.mentions_actors import Actor, Cast
from reportedly.reading.mentions_names import Name
from reportedly.reading.parse import place
from reportedly.reading.unnamed import Phrase
from reportedly.records import SourceKind, Span

_MALE = frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_NEUTER = frozenset({"it", "its", "itself"})
PRONOUNS = _MALE | _FEMALE | _PLURAL | _NEUTER | {"who", "whose"}
_BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.GOVERNMENT, SourceKind.OUTLET, SourceKind.DOCUMENT})
_PEOPLE = frozenset({SourceKind.PERSON, SourceKind.UNNAMED})
_MANY = frozenset({SourceKind.UNNAMED, SourceKind.GROUP, SourceKind.PERSON})
_EXPLETIVE = frozenset({"be", "seem", "appear", "come", "rain", "snow", "emerge", "transpire"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_REACH = 60
"""How many mentions back a pronoun is looked for: a bound on the work, farther than any of them reaches."""


_MEMORY = 400
"""How many mentions back a description is looked for: the length of a long article."""


@dataclass(slots=True)
class Heard:
    """A mention gone by: who, where, and how prominent."""

    actor: Actor
    span: Span
    sentence: int
    subject: bool
    main: bool
    quoted: bool = False


@dataclass
class Discourse:
    """What has been mentioned so far in an article."""

    cast: Cast
    publisher: Actor | None
    quotes: list[Span] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    pending: list[Phrase] = field(default_factory=list)
    """Descriptions that only the whole article can resolve."""
    names: list[Name] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    """The names and the descriptions of the sentence that is being read."""

    def note(self, actor: Actor, span: Span, *, sentence: int, token: Token) -> None:
        while token.dep_ == "appos" and token.head.i < token.i:  # "its head, Ann Lee, said"
            token = token.head
        subject = token.dep_ in _SUBJECTS
        verb = token.head
        main = subject and (verb.dep_ in ("ROOT", "parataxis") or (verb.dep_ != "ccomp" and verb.head.dep_ == "ROOT"))
        self.heard.append(Heard(actor, span, sentence, subject, main, self.in_quotes(span.start)))

    def in_quotes(self, offset: int) -> bool:
        at = bisect_right(self.quotes, Span(offset, offset + 10**7)) - 1
        return at >= 0 and self.quotes[at].start <= offset < self.quotes[at].end

    def back(self, kinds: frozenset[SourceKind]) -> Iterator[Actor]:
        """Actors of some kinds, the last mentioned first, each once."""
        seen: set[int] = set()
        for heard in reversed(self.heard[-_MEMORY:]):
            if heard.actor.kind in kinds and id(heard.actor) not in seen:
                seen.add(id(heard.actor))
                yield heard.actor


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
    near = [h for h in talk.heard[-8:] if 0 <= start - h.span.end <= 3]
    people = [h for h in near if h.actor.kind in _PEOPLE or h.actor.kind is SourceKind.GROUP]
    chosen = people or near
    return max(chosen, key=lambda h: h.span.end - h.span.start).actor if chosen else None


def _person(token: Token, sentence: int, gender: str, talk: Discourse) -> Actor | None:
    fits = [h for h in talk.heard[-_REACH:] if h.actor.kind in _PEOPLE and not h.actor.plural]
    fits = [h for h in fits if h.actor.gender in ("", gender) and sentence - h.sentence <= 8]
    best = max(fits, key=lambda h: _salience(h, token, (sentence, talk)), default=None)
    if best is None:
        return None
    best.actor.gender = best.actor.gender or gender
    return best.actor


def _salience(heard: Heard, token: Token, where: tuple[int, Discourse]) -> float:
    """How likely a pronoun means an earlier mention: nearness, then prominence."""
    sentence, talk = where
    away = sentence - heard.sentence
    score = -1.4 * min(away, 2) - 0.7 * max(0, away - 2)
    score += (0.9 if heard.subject else 0.0) + (0.5 if heard.main else 0.0)
    score += 0.3 if heard.actor.kind is SourceKind.PERSON else 0.0
    score += 0.8 if heard.actor.gender else 0.0
    score -= 0.8 if heard.quoted and not talk.in_quotes(place(token).start) else 0.0
    if away == 0 and heard.subject and token.dep_ in ("dobj", "pobj", "dative"):
        score -= 1.5  # an object pronoun is not its own clause's subject
    return score + heard.span.start * 1e-6


def _several(token: Token, sentence: int, talk: Discourse) -> Actor | None:
    near = [h for h in talk.heard[-_REACH:] if sentence - h.sentence <= 2 and h.actor.plural and h.actor.kind in _MANY]
    last = [h for h in near if h.sentence == near[-1].sentence < sentence]
    if near:  # those who do something in the last sentence before those who are only spoken of in it
        return next((h for h in last if h.main), near[-1]).actor
    for heard in reversed(talk.heard[-_REACH:]):
        if sentence - heard.sentence > 1:
            break
        if heard.actor.kind is SourceKind.ORGANISATION:
            return heard.actor
    return None


def _body(token: Token, sentence: int, talk: Discourse) -> Actor | None:
    subject = token.dep_ in _SUBJECTS and token.head.lemma_ not in _EXPLETIVE
    if not subject and token.dep_ != "poss":
        return None
    bodies = [h for h in talk.heard[-_REACH:] if h.actor.kind in _BODIES and sentence - h.sentence <= 2]
    bodies = [h for h in bodies if not h.actor.plural or h.actor.kind is SourceKind.ORGANISATION]
    best = max(bodies, key=lambda h: _salience(h, token, (sentence, talk)), default=None)
    return best.actor if best else None

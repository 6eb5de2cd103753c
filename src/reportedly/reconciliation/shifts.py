"""Positions that hardened or softened: a party's word held against its latest words on the topic before that day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportedly.reconciliation.names import Names
from reportedly.reconciliation.sameness import cosine, weigh
from reportedly.reconciliation.sayings import Article
from reportedly.reconciliation.words import print_of
from reportedly.records import Stance, Topic, shown

LOOKED_BACK = 12
"""Positions of a party on a topic that one is held against: the latest ones of earlier days."""

_ALIKE = 0.2
"""Cosine from which two positions of a party are on one thing."""

_YIELDING = {
    Stance.REJECTS: 0,
    Stance.DEMANDS: 1,
    Stance.PROPOSES: 2,
    Stance.OPEN: 3,
    Stance.OFFERS: 4,
    Stance.ACCEPTS: 4,
}
"""How far a stance goes to meet the other side."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A position as one article has it. `block` is its party and topic; `day` that of the article."""

    article: str
    id: str
    block: str
    day: str
    party: str
    topic: Topic
    stance: Stance
    words: str
    sentence: str

    @property
    def rank(self) -> tuple[str, str, str]:
        return (self.day, self.article, self.id)

    @property
    def at(self) -> tuple[str, str]:
        return (self.article, self.id)


@dataclass(frozen=True, slots=True)
class Shift:
    """A party that asks for more, or for less, than it did: `kind` is hardened or softened."""

    kind: str
    before: Stand
    after: Stand


def stands_of(article: Article, names: Names) -> Iterator[Stand]:
    """The positions of an article with a day, but for those on nothing in particular."""
    for position in article.reading.positions:
        key = names.party(position.party)
        if position.topic is Topic.OTHER or not article.day or key is None or not position.spans:
            continue
        start, end = article.sentence(position.spans[0].start)
        yield Stand(
            article.key,
            position.id,
            f"{key[0]} {key[1]} | {position.topic.value}",
            article.day,
            position.party,
            position.topic,
            position.stance,
            shown(position.spans, article.text),
            article.text[start:end],
        )


def before(stands: Sequence[Stand], place: int) -> Sequence[Stand]:
    """The latest ones of earlier days; the positions of one block in order."""
    end = place
    while end and stands[end - 1].day == stands[place].day:
        end -= 1
    return stands[max(0, end - LOOKED_BACK) : end]


def shift_of(stand: Stand, older: Sequence[Stand]) -> Shift | None:
    """How far it is from the likest of the older ones; None where that is nothing, or none is like it."""
    weights = weigh(print_of(s.sentence) for s in (*older, stand))
    own = print_of(stand.words).stems
    likes = [(cosine(own, print_of(s.words).stems, weights), s.rank, s) for s in older]
    like, _, old = max(likes, key=lambda x: x[:2], default=(0.0, ("", "", ""), stand))
    step = _YIELDING[stand.stance] - _YIELDING[old.stance]
    if like < _ALIKE or not step:
        return None
    return Shift("softened" if step > 0 else "hardened", old, stand)

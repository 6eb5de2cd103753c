"""Who and where: the actors and places of one article, each with all its mentions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from reportedly.reading.ranges import Ranges
from reportedly.records import Source, SourceKind, Span, Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place as such: a town where people meet, a region that is bargained over."""

    name: str
    country: str | None = None
    mentions: Spans = ()


@dataclass(frozen=True)
class Mentions:
    """All actors (people, bodies, governments, outlets, documents, unnamed people, groups) and places of an article.

    Every mention is a span of the whole noun phrase's name part ("Marit Solbakk", "he", "Two officials", "the
    newspaper", "Russian"). An adjective of nationality is a mention of the country's government.
    """

    actors: tuple[Source, ...] = ()
    places: tuple[Place, ...] = ()

    @cached_property
    def _ranges(self) -> Ranges[Source]:
        alike: dict[Source, Source] = {}  # of actors that are equal the first alone, so that identity tells them apart
        firsts = [alike.setdefault(actor, actor) for actor in self.actors]
        return Ranges((span, actor) for actor in firsts for span in actor.mentions)

    def mentions_in(self, span: Span) -> tuple[tuple[Span, Source], ...]:
        """Mentions that lie in the span, in text order, with their actors."""
        return tuple(self._ranges.within(span))

    def actors_in(self, span: Span) -> tuple[Source, ...]:
        """The actors mentioned in the span, each once, in text order."""
        return tuple({id(actor): actor for _, actor in self.mentions_in(span)}.values())

    def parties_in(self, span: Span) -> tuple[str, ...]:
        """The parties that the span speaks of, each once, in text order."""
        return tuple(dict.fromkeys(p for actor in self.actors_in(span) for p in parties_of(actor)))

    def actor_at(self, span: Span) -> Source | None:
        """The actor whose mention fits the span best, if any shares a character with it.

        The fit is the Dice overlap; a person who begins the span is preferred ("Ann Lee, who leads the union").
        """
        best, most = None, 0.0
        for mention, actor in self._ranges.meeting(span):
            shared = min(mention.end, span.end) - max(mention.start, span.start)
            like = 2 * shared / (mention.end - mention.start + span.end - span.start)
            like += _headed(mention, actor, span)
            if like > most:
                best, most = actor, like
        return best

    def places_in(self, span: Span) -> tuple[Place, ...]:
        """The places mentioned in the span, each once, in text order."""
        found = [(m.start, p) for p in self.places for m in p.mentions if span.holds(m)]
        return tuple(dict.fromkeys(p for _, p in sorted(found, key=lambda pair: pair[0])))


def _headed(mention: Span, actor: Source, span: Span) -> float:
    """What speaks for a person who begins the span: "Ann Lee, who leads the union"."""
    return 0.3 if mention.start == span.start and actor.kind is SourceKind.PERSON else 0.0


def parties_of(actor: Source) -> tuple[str, ...]:
    """The parties an actor stands for: its own side if known, else itself where it can be a party."""
    if actor.party is not None:
        joint = " and " in actor.name
        return tuple(actor.party.split(" and ")) if joint else (actor.party,)
    if actor.kind.value in ("government", "organisation", "person") and actor.named:
        return (actor.name,)
    return ()


def merged(names: Iterable[str]) -> tuple[str, ...]:
    """Names, each once, in the order of their first appearance."""
    return tuple(dict.fromkeys(names))

"""What speaks for a set of parties giving, or getting, under a term, as named signs with values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import log1p

from reportedly.reading.terms_frames import frames_of
from reportedly.reading.terms_scene import Parties, Scene, by_place, groups_in, is_helper, is_own

Sign = tuple[str, float]
Weights = Mapping[str, float]
_RANKED = 6
"""So many parties of the table are looked at, beside those of the clause."""
_AWAY = ("away", "outside", "above")


@dataclass(frozen=True)
class Signs:
    """A term with all that is known of the parties that may give or get."""

    scene: Scene
    _scores: dict[tuple[str, str], float] = field(default_factory=dict)

    @cached_property
    def at(self) -> dict[str, Parties]:
        """The parties of the sentence by their place in the clause."""
        return by_place(self.scene)

    @cached_property
    def groups(self) -> Parties:
        """Kinds of people that may be a party: those whom the clause names, and the staff of the employer."""
        staff = (f"{p} staff" for p in self.scene.table.employer)
        return tuple(dict.fromkeys((*groups_in(self.scene.candidate), *staff)))

    @property
    def authors(self) -> Parties:
        return self.scene.plan.authors if self.scene.plan is not None else ()

    @cached_property
    def candidates(self) -> Parties:
        """Everybody who might give or get."""
        scene = self.scene
        last = scene.last.ruled if scene.last is not None else ()
        pools = (scene.places, scene.table.ranked[:_RANKED], self.authors, scene.voice, self.groups, *last)
        return tuple(dict.fromkeys(p for pool in (*pools, *scene.ruled) for p in pool))

    @cached_property
    def frames(self) -> tuple[str, ...]:
        return frames_of(self.scene.candidate.head)

    @property
    def tells_getter(self) -> bool:
        """Whether the rules find people whom the clause names, such as nurses, to get it, or "both sides"."""
        gets = self.scene.ruled[1]
        return bool(gets) and (set(gets) <= set(self.groups) or (self.scene.speaks_of_both and len(gets) > 1))

    @cached_property
    def at_home(self) -> frozenset[str]:
        """Countries in which a place lies that the clause names."""
        places_in = self.scene.table.draft.mentions.places_in
        return frozenset(p.country for s in self.scene.candidate.spans for p in places_in(s) if p.country)

    @property
    def topic(self) -> str:
        return self.scene.topic.value

    @cached_property
    def named(self) -> str:
        """How many parties the clause itself names."""
        return str(min(2, len(self.scene.inside)))

    def score_giver(self, parties: Parties, weights: Weights) -> float:
        """What the signs of `of_giver` weigh together; those of each party are added up once."""
        return self._score("gives", parties, weights) + _total(_under("gives", self._of_set(parties, 0)), weights)

    def score_getter(self, parties: Parties, gives: Parties, weights: Weights) -> float:
        """What the signs of `of_getter` weigh together."""
        key = "gets", "\n".join(parties)
        if key not in self._scores:
            own = _total(_under("gets", self._of_set(parties, 1)), weights)
            self._scores[key] = self._score("gets", parties, weights) + own
        return self._scores[key] + _total(_under("gets", self._beside(parties, gives)), weights)

    def of_giver(self, parties: Parties) -> Iterator[Sign]:
        """The signs of a set of parties that may give."""
        yield from (sign for party in parties for sign in _under("gives one", self._of_member(party)))
        yield from _under("gives", self._of_set(parties, 0))

    def of_getter(self, parties: Parties, gives: Parties) -> Iterator[Sign]:
        """The signs of a set of parties that may get, where others give."""
        yield from (sign for party in parties for sign in _under("gets one", self._of_member(party)))
        yield from _under("gets", self._of_set(parties, 1))
        yield from _under("gets", self._beside(parties, gives))

    def _score(self, role: str, parties: Parties, weights: Weights) -> float:
        for party in parties:
            if (f"{role} one", party) not in self._scores:
                self._scores[f"{role} one", party] = _total(_under(f"{role} one", self._of_member(party)), weights)
        return sum(self._scores[f"{role} one", party] for party in parties)

    def _of_member(self, party: str) -> Iterator[Sign]:
        yield from ((name, 1.0) for name in self._of_clause(party))
        yield from ((name, 1.0) for name in self._of_talk(party))
        yield from self._of_stake(party)

    def _of_clause(self, party: str) -> Iterator[str]:
        """Where a party stands in the clause, and what it is at the table."""
        topic, named = self.topic, self.named
        place, rank, kind = self.scene.places.get(party, "away"), self.rank(party), self.kind(party)
        turned = f"passive {place}" if self.scene.is_passive else place
        yield f"place={place}"
        yield f"place={turned} in its mood"
        yield f"place={place} & named={named}"
        yield f"rank={rank}"
        yield f"rank={rank} & {topic}"
        yield f"rank={rank} & named={named}"
        yield f"kind={kind}"
        yield f"kind={kind} & {topic}"
        if place not in _AWAY:
            yield f"named & {topic}"
            yield f"place={place} & {topic}"
        for frame in self.frames:
            yield f"place={turned} & {frame}"
            yield f"rank={rank} & {frame}"
        for role, said in zip(("gives", "gets"), self.scene.ruled, strict=True):
            if party in said:
                yield f"rule {role}"
                yield f"rule {role} & {topic}"
                yield f"rule {role} & place={place}"
                yield f"rule {role} & named={named}"

    def _of_talk(self, party: str) -> Iterator[str]:
        """Whether a party says it, drew it up, or bore the term before it."""
        scene, topic, named = self.scene, self.topic, self.named
        if party in scene.voice and scene.said is not None:
            yield "voice"
            yield f"voice & {scene.said.act.value}"
            yield f"voice & named={named}"
        if party in self.authors:
            own = "own" if scene.plan is not None and is_own(scene.plan) else "plan"
            yield f"author of {own}"
            yield f"author of {own} & {topic}"
        if scene.last is not None:
            gap = min(2, scene.candidate.sentence.index - scene.last.candidate.sentence.index)
            for role, before in zip(("giver", "getter"), scene.last.ruled, strict=True):
                if party in before:
                    yield f"{role} before {gap} & named={named}"
        if party in self.at_home:
            yield "at home"
            yield f"at home & {topic}"
            yield f"at home & named={named}"

    def _of_stake(self, party: str) -> Iterator[Sign]:
        """What the article shows of a party, whatever the clause says."""
        table = self.scene.table
        yield from ((f"stake {sign}", log1p(number)) for sign, number in table.tallies.get(party, {}).items())
        yield "stake spoken", log1p(table.spoken.get(party, 0))
        before = table.named_before(self.scene.candidate.sentence.index).get(party)
        yield f"named {'never' if before is None else min(before, 4)} back & named={self.named}", 1.0
        first = table.first_named.get(party, 99)
        yield f"first named {'early' if first < 2 else 'soon' if first < 6 else 'late'}", 1.0

    def _of_set(self, parties: Parties, role: int) -> Iterator[Sign]:
        """The signs of a set as a whole."""
        scene, topic, size = self.scene, self.topic, min(3, len(parties))
        names = [f"size={size}", f"size={size} & {topic}", f"size={size} & named={self.named}"]
        names += [f"size={size} & {frame}" for frame in self.frames]
        if scene.speaks_of_both:
            names.append(f"both & size={size}")
        if set(parties) == set(scene.ruled[role]):
            names += ["rule", f"rule & size={size}", f"rule & {topic}"]
        if size == 2:
            spots = {scene.places.get(p, "away") for p in parties}
            names += [f"two at {spot}" for spot in spots if len(spots) == 1]
            if set(parties) == set(scene.table.sides):
                names += ["sides", f"sides & {topic}"]
        if size > 1 and set(parties) == set(self.authors):
            names.append("authors")
        return ((name, 1.0) for name in names)

    def _beside(self, parties: Parties, gives: Parties) -> Iterator[Sign]:
        """How those who may get stand to those who give."""
        relation = f"relation={self._relation(set(parties), set(gives))}"
        names = [relation, f"{relation} & {self.topic}", f"{relation} & named={self.named}"]
        names += [f"{relation} & givers={min(3, len(gives))}", *(f"{relation} & {frame}" for frame in self.frames)]
        return ((name, 1.0) for name in names)

    def _relation(self, gets: set[str], gives: set[str]) -> str:
        sides = set(self.scene.table.sides)
        if not gets:
            return "nobody" if gives else "both nobody"
        if gets == gives:
            return "same"
        if gets & gives:
            return "shared"
        if gives & sides and gets == sides - gives:
            return "across"
        return "else" if gives else "of nobody"

    def rank(self, party: str) -> str:
        table = self.scene.table
        if party in table.sides:
            return f"side {table.sides.index(party) + 1}"
        if party in self.authors:
            return "author"
        if is_helper(party):
            return "helper"
        if party in self.groups:
            return "group"
        return "third" if party in table.ranked[:4] else "other"

    def kind(self, party: str) -> str:
        return "group" if party in self.groups else self.scene.table.kinds.get(party, "none")


def _under(role: str, signs: Iterable[Sign]) -> Iterator[Sign]:
    return ((f"{role}: {name}", value) for name, value in signs)


def _total(signs: Iterable[Sign], weights: Weights) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in signs)

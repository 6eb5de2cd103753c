"""A term as its parties see it: where each stands in the clause, who says it, and what the term before it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from reportedly.reading.terms_candidates import Candidate
from reportedly.reading.terms_places import PLACES
from reportedly.reading.terms_table import Table, places_in
from reportedly.reading.terms_words import words
from reportedly.records import Act, Plan, Statement, Topic, hull

_EN = "en"
BINDING_ACTS = frozenset({Act.OFFER, Act.PROMISE, Act.ACCEPT})
Parties = tuple[str, ...]
Roles = tuple[Parties, Parties]


@dataclass(frozen=True, slots=True)
class Leaning:
    """What the network says of a term: the probability of each topic, and logits of who gives and who gets.

    `gives` and `gets` score each party listed; `sizes` a set of 0, 1, 2 or more givers, then of getters, then that
    both are the same.
    """

    topics: dict[Topic, float]
    gives: dict[str, float]
    gets: dict[str, float]
    sizes: tuple[float, ...]


@dataclass(frozen=True)
class Scene:
    """A term, what it is about, who says it, and the table it lies on."""

    candidate: Candidate
    topic: Topic
    table: Table
    said: Statement | None
    plan: Plan | None
    rule: Callable[[Scene], Roles]
    """Who gives and gets."""
    last: Scene | None = None
    """The term before it."""
    leaning: Leaning | None = None
    """What the network says of it, once it has been asked."""

    @cached_property
    def ruled(self) -> Roles:
        return self.rule(self)

    @cached_property
    def places(self) -> dict[str, str]:
        return places_in(self.candidate, self.table)

    @cached_property
    def inside(self) -> Parties:
        """Parties that the clause itself names."""
        return tuple(p for p, spot in self.places.items() if spot not in ("outside", "above"))

    @cached_property
    def verb(self) -> str:
        return verb_class(self.candidate)

    @property
    def is_passive(self) -> bool:
        return self.verb.startswith("passive")

    @cached_property
    def matter(self) -> str:
        """Topics by who usually owes what to whom."""
        for name in ("mutual", "armed", "paid", "own"):
            if self.topic.value in words(_EN, "terms", name):
                return name
        at_home = self.table.is_domestic and self.topic.value in words(_EN, "terms", "domestic_matters")
        return "own" if at_home else "other"

    @cached_property
    def is_paid(self) -> bool:
        """Whether it is about pay or work, and whoever employs is at the table: with a union, or among the first."""
        employer = self.table.employer
        bargains = bool(self.table.unions) or bool(set(employer) & set(self.table.ranked[:3]))
        return self.topic is Topic.PAY_AND_WORK and bool(employer) and bargains

    @cached_property
    def bidder(self) -> Parties:
        """Whose bid, tender or letter the term is part of."""
        if self.plan is None or len(self.plan.authors) != 1 or not is_own(self.plan):
            return ()
        return self.plan.authors if self.table.kinds.get(self.plan.authors[0]) != "union" else ()

    @cached_property
    def voice(self) -> Parties:
        """The parties of whoever says it."""
        voice = self.table.voices.get(self.said.chain[-1]) if self.said is not None and self.said.chain else None
        return tuple(p for p in self.table.of(voice) if p in self.table.acting) if voice is not None else ()

    @cached_property
    def speaks_of_both(self) -> bool:
        return bool({t.lower_ for t in self.candidate.tokens} & words(_EN, "terms", "both"))


def by_place(scene: Scene) -> dict[str, Parties]:
    """The parties of the sentence by their place in the clause."""
    out: dict[str, Parties] = dict.fromkeys(PLACES, ())
    for party, spot in scene.places.items():
        out[spot] = (*out[spot], party)
    return out


def is_helper(party: str) -> bool:
    """Whether a body is one that mediates rather than bargains."""
    return party.casefold() in words(_EN, "terms", "mediators")


def is_own(plan: Plan) -> bool:
    """Whether a plan is what one party lays down of its own: a bid, an offer, a letter."""
    return bool({w.casefold() for w in plan.name.split()} & words(_EN, "plans", "own"))


def groups_in(candidate: Candidate) -> Parties:
    """Kinds of people whom the clause names, as a party of their own: "livestock farmers"."""
    out = []
    for token in candidate.tokens:
        each = token.tag_ == "NN" and any(c.lower_ in ("no", "every", "each", "any") for c in token.children)
        if token.lemma_.casefold() in words(_EN, "terms", "groups") and (token.tag_ == "NNS" or each):
            front = [c for c in token.children if c.dep_ in ("compound", "amod") and c.i == token.i - 1]
            name = " ".join(t.lower_ for t in (*front, token) if not t.ent_type_)
            out.append(name + "s" if each else name)
    return tuple(dict.fromkeys(out))


def verb_class(candidate: Candidate) -> str:
    """What kind of doing the clause tells: receiving, giving, ending, or a passive of these."""
    head = candidate.head
    lemma = head.lemma_.casefold()
    kind = next((k for k in ("receiving", "giving", "ending", "allowing") if lemma in words(_EN, "terms", k)), "other")
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in head.children) or head.tag_ == "VBN"
    return f"passive {kind}" if passive else kind


def said_over(candidate: Candidate, statements: tuple[Statement, ...]) -> Statement | None:
    """The innermost statement that the term is part of."""
    span = hull(candidate.spans)
    over = [s for s in statements if any(p.meets(span) for p in s.content)]
    return min(over, key=lambda s: sum(p.end - p.start for p in s.content), default=None)

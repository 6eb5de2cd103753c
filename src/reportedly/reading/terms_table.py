"""The table that a term lies on: its parties, the two sides, and the place of each in a clause."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from reportedly.reading.actors import parties_of
from reportedly.reading.draft import Draft
from reportedly.reading.mentions_sides import pair_before
from reportedly.reading.parse import place, place_all
from reportedly.reading.terms_candidates import Candidate, subject_of
from reportedly.reading.terms_places import PLACES, is_dateline, place_of, role_of, tokens_within
from reportedly.reading.terms_words import words
from reportedly.reading.topics import by_words
from reportedly.records import Source, SourceKind, Span, Topic

_EN = "en"
_SPEECHLESS = frozenset({SourceKind.DOCUMENT, SourceKind.OUTLET})
_ACTS = frozenset({"doer", "doer's", "by", "to"})
_FIRST, _RARELY = 4, 0.2
"""So many parties of the ranking bargain at most; what a union is named beside the first, to be at the table."""
_ACTING = frozenset({SourceKind.GOVERNMENT, SourceKind.ORGANISATION, SourceKind.PERSON})


@dataclass(frozen=True)
class Table:
    """Everybody at the article's table: its parties, by what they do in the terms that were chosen."""

    draft: Draft
    chosen: tuple[Candidate, ...]
    rank: Callable[[Table], tuple[str, ...]]
    """Parties proper, those between whom the talks are first."""
    authors: frozenset[str] = frozenset()

    @cached_property
    def country(self) -> tuple[str, ...]:
        """The country that the article speaks of most."""
        states = [
            a for a in self.draft.mentions.actors if a.kind is SourceKind.GOVERNMENT and a.party in (None, a.name)
        ]
        best = max(states, key=lambda a: len(a.mentions), default=None)
        return (best.name,) if best is not None else ()

    @cached_property
    def employer(self) -> tuple[str, ...]:
        """Whoever employs: the first organisation that is no union, or the state that a union faces alone."""
        firms = [p for p in self.ranked if self.kinds.get(p) == "organisation" and not self._is_beside(p)]
        states = [p for p in self.ranked[:_FIRST] if self.kinds.get(p) == SourceKind.GOVERNMENT.value]
        facing = states if self.unions and not set(firms) & set(self.ranked[:_FIRST]) else []
        return tuple((*facing, *firms)[:1])

    def _is_beside(self, name: str) -> bool:
        """Whether a body mediates, or its name is only that of the people who work somewhere."""
        people = words(_EN, "terms", "staff") | {f"{group}s" for group in words(_EN, "terms", "groups")}
        return name.casefold() in words(_EN, "terms", "mediators") | people

    @cached_property
    def unions(self) -> tuple[str, ...]:
        """The unions at the table: not those that are named far less than the first."""
        found = [p for p in self.ranked if self.kinds.get(p) == "union"]
        least = self.tallies[found[0]]["named"] * _RARELY if found else 0.0
        return tuple(p for p in found if self.tallies[p]["named"] >= least)

    @property
    def union(self) -> tuple[str, ...]:
        """The union at the table that is spoken of most."""
        return self.unions[:1]

    @cached_property
    def ranked(self) -> tuple[str, ...]:
        """All parties proper, those between whom the talks are first."""
        return self.rank(self)

    @cached_property
    def tallies(self) -> dict[str, Counter[str]]:
        """What the article shows of each party proper, as counts."""
        out: dict[str, Counter[str]] = {p: Counter() for p in self.acting}
        for party, sign, number in _signs(self):
            if party in out:
                out[party][sign] += number
        return out

    @cached_property
    def spoken(self) -> Counter[str]:
        """How many statements each party stands behind."""
        voices = (self.voices.get(s.chain[-1]) for s in self.draft.statements if s.chain)
        return Counter(p for voice in voices if voice is not None for p in self.of(voice))

    @cached_property
    def kinds(self) -> dict[str, str]:
        """What each party is: a government, an organisation, a person."""
        out: dict[str, str] = {}
        for actor in self.draft.mentions.actors:
            if actor.kind in _ACTING and actor.party in (None, actor.name):
                is_union = actor.kind is SourceKind.ORGANISATION and _is_union(actor.name)
                kind = "union" if is_union else actor.kind.value
                for party in self.of(actor):
                    out.setdefault(party, kind)
        return out

    @cached_property
    def _named_at(self) -> dict[str, list[int]]:
        out: dict[str, list[int]] = {}
        for sentence in self.draft.parse.sentences:
            for actor in self.draft.mentions.actors_in(sentence.span):
                for party in self.of(actor):
                    out.setdefault(party, []).append(sentence.index)
        return out

    @cached_property
    def first_named(self) -> dict[str, int]:
        """The sentence that names each party first."""
        return {party: min(at) for party, at in self._named_at.items()}

    def named_before(self, index: int) -> dict[str, int]:
        """How many sentences back each party was last named, seen from one sentence."""
        return {p: min(index - i for i in at if i <= index) for p, at in self._named_at.items() if min(at) <= index}

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """The two parties that the talks are between: spoken of most, named together, acting in the terms."""
        return tuple(p for p in self.ranked if p.casefold() not in words(_EN, "terms", "mediators"))[:2]

    @cached_property
    def camps(self) -> frozenset[Span]:
        """Where the text speaks of the sides together ("both parties", "the two sides"), no others just before."""
        parse, actors = self.draft.parse, self.draft.mentions.actors
        several = Counter(span for actor in actors for span in set(actor.mentions))
        called = words(_EN, "terms", "camps")
        return frozenset(
            span
            for span, number in several.items()
            if number > 1
            and any(t.tag_ == "NNS" and t.lemma_.casefold() in called for t in parse.tokens_in(span))
            and not self._just_named(span)
        )

    def _just_named(self, span: Span) -> bool:
        """Whether these are two that the sentence before names: "a deal between A and B. The two sides ..."."""
        named = {p for each in pair_before(self.draft.parse.text, span.start) for p in self.parties_in(each)}
        return len(named) == 2 and named == set(self.parties_in(span))

    @cached_property
    def fuller(self) -> dict[str, str]:
        """Short names of parties and the one fuller name at the table that they are part of."""
        actors = self.draft.mentions.actors
        names = {p for a in actors if a.kind in _ACTING for p in parties_of(a)}
        states = {a.name for a in actors if a.kind is SourceKind.GOVERNMENT}
        out: dict[str, str] = {}
        for name in names - states:
            longer = [n for n in names if n != name and (n.startswith(name + " ") or n.endswith(" " + name))]
            if len(longer) == 1 and all(w[0].isupper() or w in ("of", "and", "the", "for") for w in longer[0].split()):
                out[name] = longer[0]
        return out

    def of(self, actor: Source) -> tuple[str, ...]:
        """The parties that an actor stands for, under their fullest names."""
        return tuple(
            dict.fromkeys(q for p in parties_of(actor) for q in self._namesakes(p) or (self.fuller.get(p, p),))
        )

    def _namesakes(self, name: str) -> tuple[str, ...]:
        """The parties that a plural name stands for: the two Koreas."""
        if " " in name or not name.endswith("s"):
            return ()
        states = (a.name for a in self.draft.mentions.actors if a.kind is SourceKind.GOVERNMENT)
        found = [n for n in dict.fromkeys(states) if " " in n and n.endswith(" " + name[:-1])]
        return tuple(found) if len(found) > 1 else ()

    def parties_in(self, span: Span) -> tuple[str, ...]:
        """The parties that the span speaks of, under their fullest names."""
        return tuple(dict.fromkeys(self.fuller.get(p, p) for p in self.draft.mentions.parties_in(span)))

    @cached_property
    def is_domestic(self) -> bool:
        """Whether the talks are about forming a government, whose acts are the country's."""
        held = {t.lower_ for s in self.draft.parse.sentences for t in s.tokens}
        return len(held & words(_EN, "terms", "domestic")) > 1

    @cached_property
    def is_mediated(self) -> bool:
        """Whether those who drew the plan up stand between the sides: not so with a bid, an offer or a letter."""
        if not self.draft.plans or len(self.authors) > 1:
            return True
        return not {w.casefold() for w in self.draft.plans[0].name.split()} & words(_EN, "plans", "own")

    @cached_property
    def acting(self) -> frozenset[str]:
        """Parties proper: governments, bodies, those who drew up the plan, and people who speak for nobody else."""
        actors = self.draft.mentions.actors
        speaking = {self.fuller.get(p, p) for s in self.draft.sources for p in parties_of(s)}
        states = {p for a in actors if a.kind is SourceKind.GOVERNMENT for p in self.of(a)}
        served = {a.party for a in actors if a.party and a.party != a.name}
        bodies = {p for a in actors if a.kind is SourceKind.ORGANISATION and a.named for p in self.of(a)}
        people = {a.name for a in actors if a.kind is SourceKind.PERSON}
        often = {a.name for a in actors if a.kind is SourceKind.PERSON and a.party is None and len(a.mentions) > 2}
        kept = (states | speaking | served | bodies | often) - (people - often if len(states) > 1 else set())
        placed = self._placed - states - speaking - served
        return frozenset(p for p in kept | self.authors if not _is_fragment(p) and p not in placed)

    @cached_property
    def _placed(self) -> frozenset[str]:
        """Names that stand for a place more often than they do or own something: "at the plant", "over the river"."""
        places, acts = Counter[str](), Counter[str]()
        for sentence in self.draft.parse.sentences:
            for span, actor in self.draft.mentions.mentions_in(sentence.span):
                role = role_of(span, sentence)
                places.update(self.of(actor) if role == "place" else ())
                acts.update(self.of(actor) if role in ("does", "owns") else ())
        return frozenset(name for name, often in places.items() if often > acts[name])

    @cached_property
    def voices(self) -> dict[str, Source]:
        return {s.id: s for s in self.draft.sources}


def _is_union(name: str) -> bool:
    """Whether a name is that of people who work: "Allied Pilots Guild", not "Maritime Employers' Association"."""
    held = set(re.findall(r"\w+", name.casefold()))
    return bool(held & words(_EN, "terms", "unions")) and not held & words(_EN, "terms", "employers")


def _is_fragment(name: str) -> bool:
    """Whether a name is a bare office or body of somebody, or a piece of text, and so no party."""
    lower = [w.casefold() for w in name.split()]
    generic = words(_EN, "terms", "generic")
    return name[:1].islower() or "/" in name or all(w in generic for w in lower) or "'s " in name or "’s " in name


def _signs(table: Table) -> Iterator[tuple[str, str, int]]:
    """What the article shows of each party, as counts."""
    for actor in table.draft.mentions.actors:
        yield from ((party, "named", len(actor.mentions)) for party in table.of(actor))
    for sentence in table.draft.parse.sentences:
        for span, actor in table.draft.mentions.mentions_in(sentence.span):
            role = role_of(span, sentence)
            if role is not None:
                yield from ((party, role, 1) for party in table.of(actor))
    for candidate in table.chosen:
        acting = [party for party, spot in places_in(candidate, table, camps=False).items() if spot in _ACTS]
        if not acting:
            continue
        topic = topic_by_words(candidate)
        held = {name for name in ("between", "helpers") if topic.value in words(_EN, "terms", name)}
        sign = "acts between" if "between" in held else "acts for others" if held else "acts"
        yield from ((party, sign, 1) for party in acting)
    for pair in _pairs(table):
        yield from ((party, "beside", 1) for party in pair)
    yield from ((party, "handed the plan", 1) for party in _recipients(table))


def topic_by_words(candidate: Candidate) -> Topic:
    """What a stretch is about by known words alone."""
    return by_words(" ".join(t.text for t in candidate.tokens), candidate.sentence.tokens.text)


def _recipients(table: Table) -> tuple[str, ...]:
    """Parties to whom the article says that a plan was sent or put, where it names two together."""
    found: list[str] = []
    for sentence in table.draft.parse.sentences:
        for verb in sentence.tokens:
            if verb.lemma_ in words(_EN, "plans", "sending"):
                for branch in verb.children:
                    if branch.dep_ == "dative" or (
                        branch.dep_ in ("prep", "dobj") and branch.lower_ not in ("by", "in")
                    ):
                        named = table.parties_in(place_all(list(branch.subtree)))
                        found.extend(named if len(named) == 2 else ())
    return tuple(dict.fromkeys(found))


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    """Two parties that the text names together: "Russia and Ukraine"."""
    mentions = table.draft.mentions
    found = [(span, actor) for actor in mentions.actors if parties_of(actor) for span in actor.mentions]
    ordered = sorted(found, key=lambda pair: (pair[0].start, pair[0].end))
    text = table.draft.document.text
    for (a, one), (b, two) in pairwise(ordered):
        between = text[a.end : b.start] if a.end <= b.start <= a.end + 9 else ""
        if between.strip() in ("and", "and the", "or", "or the"):
            yield table.of(one)[0], table.of(two)[0]


def places_in(candidate: Candidate, table: Table, *, camps: bool = True) -> dict[str, str]:
    """The place of each party that the sentence names in the clause, the weightiest where it has several.

    "Both parties" are the two sides; where `camps` is false they are nobody.
    """
    held = {t.i for t in candidate.tokens}
    out: dict[str, str] = {}
    for span, actor in table.draft.mentions.mentions_in(candidate.sentence.span):
        if actor.kind in _SPEECHLESS or (span in table.camps and not camps):
            continue
        tokens = tokens_within(span, candidate.sentence)
        if tokens and not is_dateline(tokens, candidate.sentence):
            top = next((t for t in tokens if t.head not in tokens), tokens[-1])
            found = place_of(top, candidate, held)
            for party in table.sides if span in table.camps else table.of(actor):
                if party not in table.acting:
                    continue
                if party not in out or PLACES.index(found) < PLACES.index(out[party]):
                    out[party] = found
    return out if "doer" in out.values() else out | _opened(candidate, table)


def _opened(candidate: Candidate, table: Table) -> dict[str, str]:
    """A party that opens a clause whose verb has lost its subject in the parse: "Serbia, in point two, undertakes"."""
    head, first = candidate.head, candidate.tokens[0]
    follows = first.i + 1 < len(first.doc) and first.nbor().text == ","
    if (
        not follows
        or first.pos_ != "PROPN"
        or subject_of(head) is not None
        or head.tag_ not in ("VBZ", "VBP", "MD", "VB")
    ):
        return {}
    return {p: "doer" for p in table.parties_in(place(first)) if p in table.acting}

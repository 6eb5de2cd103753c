"""The table that a term lies on: its parties, the two sides, and the place of each in a clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Token

from reportedly.reading.actors import parties_of
from reportedly.reading.draft import Draft
from reportedly.reading.parse import Sentence, place_all
from reportedly.reading.terms_candidates import Candidate, subject_of
from reportedly.reading.terms_words import words
from reportedly.records import Source, SourceKind, Span

_EN = "en"
_ACTING = frozenset({SourceKind.GOVERNMENT, SourceKind.ORGANISATION, SourceKind.PERSON})


@dataclass(frozen=True)
class Table:
    """Everybody at the article's table: its parties, by what they do in the terms that were chosen."""

    draft: Draft
    chosen: tuple[Candidate, ...]
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
        """The organisation that the article speaks of most and that is no union."""
        unions = words(_EN, "terms", "unions")
        firms = [
            a
            for a in self.draft.mentions.actors
            if a.named and a.kind is SourceKind.ORGANISATION and not {w.casefold() for w in a.name.split()} & unions
        ]
        best = max(firms, key=lambda a: len(a.mentions), default=None)
        return (best.name,) if best is not None else ()

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """The two parties that the talks are between: spoken of most, named together, acting in the terms."""
        return find_sides(self)

    @cached_property
    def fuller(self) -> dict[str, str]:
        """Short names of parties and the one fuller name at the table that they are part of."""
        names = {p for a in self.draft.mentions.actors if a.kind in _ACTING for p in parties_of(a)}
        out: dict[str, str] = {}
        for name in names:
            longer = [n for n in names if n != name and (n.startswith(name + " ") or n.endswith(" " + name))]
            if len(longer) == 1 and all(w[0].isupper() or w in ("of", "and", "the", "for") for w in longer[0].split()):
                out[name] = longer[0]
        return out

    def of(self, actor: Source) -> tuple[str, ...]:
        """The parties that an actor stands for, under their fullest names."""
        return tuple(dict.fromkeys(self.fuller.get(p, p) for p in parties_of(actor)))

    def parties_in(self, span: Span) -> tuple[str, ...]:
        """The parties that the span speaks of, under their fullest names."""
        return tuple(dict.fromkeys(self.fuller.get(p, p) for p in self.draft.mentions.parties_in(span)))

    @cached_property
    def is_coalition(self) -> bool:
        """Whether the talks are about forming a government, whose acts are the country's."""
        return "coalition" in self.draft.document.text.casefold() and "cabinet" in self.draft.document.text.casefold()

    @cached_property
    def is_mediated(self) -> bool:
        """Whether those who drew the plan up stand between the sides: not so with a bid, an offer or a letter."""
        if not self.draft.plans or len(self.authors) > 1:
            return True
        return not {w.casefold() for w in self.draft.plans[0].name.split()} & words(_EN, "plans", "own")

    @cached_property
    def acting(self) -> frozenset[str]:
        """Parties proper: governments, whoever speaks, and bodies that people speak or act for."""
        actors = self.draft.mentions.actors
        speaking = {self.fuller.get(p, p) for s in self.draft.sources for p in parties_of(s)}
        states = {p for a in actors if a.kind is SourceKind.GOVERNMENT for p in self.of(a)}
        served = {a.party for a in actors if a.party and a.party != a.name}
        bodies = {p for a in actors if a.kind is SourceKind.ORGANISATION and len(a.mentions) > 2 for p in self.of(a)}
        people = {a.name for a in actors if a.kind is SourceKind.PERSON}
        return frozenset((states | speaking | served | bodies) - (people if len(states) > 1 else set()))

    @cached_property
    def voices(self) -> dict[str, Source]:
        return {s.id: s for s in self.draft.sources}


def find_sides(table: Table) -> tuple[str, ...]:
    """The two parties between whom the talks are; fewer where the article names fewer.

    Method: a party counts for its mentions, more for those inside terms, for standing beside another in "A and B" and
    for being handed the plan; the usual mediators, and several who drew the plan up together, count less.
    """
    counts: Counter[str] = Counter()
    for actor in table.draft.mentions.actors:
        for party in table.of(actor):
            counts[party] += min(6, len(actor.mentions))
    for candidate in table.chosen:
        for party, spot in places_in(candidate, table).items():
            counts[party] += 5 if spot in _ACTS else 2 if spot not in ("outside", "above") else 0
    for pair in _pairs(table):
        counts.update(dict.fromkeys(pair, 4))
    counts.update(dict.fromkeys(_recipients(table), 12))
    for party in counts:
        if party.casefold() in words(_EN, "terms", "mediators") or (table.is_mediated and party in table.authors):
            counts[party] //= 3
    kept = [p for p in counts if p in table.acting]
    return tuple(sorted(kept, key=lambda p: (-counts[p], p))[:2])


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


def places_in(candidate: Candidate, table: Table) -> dict[str, str]:
    """The place of each party that the sentence names in the clause, the weightiest where it has several."""
    held = {t.i for t in candidate.tokens}
    out: dict[str, str] = {}
    for span, actor in table.draft.mentions.mentions_in(candidate.sentence.span):
        if actor.kind in _SPEECHLESS:
            continue
        tokens = [t for t in candidate.sentence.tokens if _within(t, span.start, span.end, candidate.sentence)]
        if tokens:
            top = next((t for t in tokens if t.head not in tokens), tokens[-1])
            found = _place(top, candidate, held)
            for party in table.of(actor):
                if party not in table.acting:
                    continue
                if party not in out or PLACES.index(found) < PLACES.index(out[party]):
                    out[party] = found
    return out


def _within(token: Token, start: int, end: int, sentence: Sentence) -> bool:
    at = token.idx + sentence.span.start - sentence.tokens.start_char
    return start <= at and at + len(token.text) <= end


PLACES = (
    "doer",
    "by",
    "to",
    "undergoer",
    "object",
    "from",
    "doer's",
    "undergoer's",
    "object's",
    "other",
    "above",
    "outside",
)


def _place(token: Token, candidate: Candidate, held: set[int]) -> str:
    """doer, undergoer, object, by, to, from; with `'s` where the party only modifies the noun there."""
    path = [token]
    shared = _controller(candidate.head) if subject_of(candidate.head) is None else None
    while path[-1] != candidate.head and path[-1] != shared and path[-1].head != path[-1]:
        path.append(path[-1].head)
    if shared is not None and shared in path:
        return (
            "doer" if path.index(shared) == 0 or all(t.dep_ == "conj" for t in path[: path.index(shared)]) else "doer's"
        )
    if path[-1] != candidate.head:
        return "other" if token.i in held else "above" if token == _subject_above(candidate.head) else "outside"
    if token.i not in held and (len(path) < 2 or path[-2].dep_ not in _SUBJECTS):
        return "outside"
    return _name_of(path) if len(path) > 1 else "other"


def _controller(head: Token, depth: int = 0) -> Token | None:
    """Who does what a verb without a subject tells: the subject it shares, or the object it is required of."""
    own = subject_of(head)
    if own is not None or depth > 4 or head.pos_ not in ("VERB", "AUX"):
        return own
    above = head.head
    if head.dep_ == "pcomp":
        above = above.head
    if above == head or above.pos_ not in ("VERB", "AUX"):
        return above if head.dep_ in ("acl", "relcl") and above.pos_ in ("NOUN", "PROPN") else None
    bound = next((c for c in above.children if c.dep_ in ("dobj", "dative")), None)
    if (
        bound is not None
        and head.dep_ in ("xcomp", "ccomp", "pcomp")
        and above.lemma_ in words(_EN, "terms", "binding")
    ):
        return bound
    return _controller(above, depth + 1)


def _subject_above(head: Token) -> Token | None:
    at = head
    for _ in range(5):
        own = subject_of(at) if at != head else None
        if own is not None:
            return own
        if at.head == at:
            return None
        at = at.head
    return None


_SUBJECTS = frozenset({"nsubj", "csubj", "nsubjpass"})
_SPEECHLESS = frozenset({SourceKind.DOCUMENT, SourceKind.OUTLET})
_ACTS = frozenset({"doer", "doer's", "by", "to"})
_TO = frozenset({"to", "for", "with"})


def _name_of(path: list[Token]) -> str:
    """The branch of the clause that a party stands in."""
    branch = path[-2]
    direct = all(t.dep_ in ("conj", "pobj", "appos") for t in path[:-2])
    if any(t.lower_ == "by" and t.dep_ in ("prep", "agent") for t in path[1:]) and path[0].dep_ in ("pobj", "conj"):
        return "by"
    if branch.dep_ in ("nsubj", "csubj"):
        return "doer" if direct else "doer's"
    if branch.dep_ == "nsubjpass":
        return "undergoer" if direct else "undergoer's"
    if branch.dep_ == "dative" or (branch.lower_ in _TO and branch.dep_ == "prep" and direct):
        return "to"
    if branch.lower_ in ("from", "against") and branch.dep_ == "prep":
        return "from"
    if branch.dep_ in ("dobj", "attr"):
        return "object" if direct else "object's"
    return "object's" if path[-1].pos_ == "NOUN" and branch.dep_ in ("poss", "amod", "compound") else "other"

"""Who meets: the participants and places that a clause gives."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from spacy.tokens import Token

from reportedly.reading.actors import merged
from reportedly.reading.draft import Draft
from reportedly.reading.encounters_places import is_town
from reportedly.reading.language import load_lists
from reportedly.reading.parse import place
from reportedly.reading.positions_parties import sides_of, split_joint
from reportedly.records import Source, SourceKind, Span

_TOPIC = re.compile(
    r"\b(?:on|about|over|regarding|concerning|since|under|despite|against|before the)\s(?:the\s)?(?:[\w-]+\s){0,2}$",
    re.I,
)
_WHERE = re.compile(r"\b(?:in|at|near|outside|inside|into|via)\s(?:the\s(?:[\w-]+\s)?)?$", re.I)
_TOWARDS = re.compile(r"\b(?:to|for|from)\s(?:the\s)?$", re.I)
_POSSESSED = re.compile(r"^(?:['’]s?)?(?:\s[\w'’-]+){1,6},?\s$")
_PARTICIPANTS = (SourceKind.PERSON, SourceKind.GOVERNMENT, SourceKind.ORGANISATION, SourceKind.GROUP)


def find_participants(
    clause: Span, draft: Draft, *, aside: tuple[Span, ...] = (), language: str = "en"
) -> tuple[str, ...]:
    """The people and bodies that a clause puts at the table, in order, groups such as "both sides" resolved.

    `aside`: spans that name nobody (dates). Left out: what it is about, where it is, and the country of a person who
    is named.
    """
    text = draft.parse.text
    found: list[tuple[int, str]] = []
    people = [m for m, a in draft.mentions.mentions_in(clause) if a.kind is SourceKind.PERSON]
    for mention, actor in draft.mentions.mentions_in(clause):
        if any(mention.meets(other) for other in aside) or actor.kind not in _PARTICIPANTS or not actor.named:
            continue
        if _takes_part(mention, actor, people, clause, text):
            found += [(mention.start, name) for name in split_joint(actor.name, draft)]
    for start, names in _groups(clause, draft, language):
        found += [(start, name) for name in names]
    return merged(name for _, name in sorted(found))


def _takes_part(mention: Span, actor: Source, people: list[Span], clause: Span, text: str) -> bool:
    before = text[clause.start : mention.start]
    if actor.kind is SourceKind.PERSON:
        return not _TOPIC.search(before)
    words = mention.of(text)
    placed = _WHERE.search(before) or (_TOWARDS.search(before) and is_town(words))
    return not (placed or _TOPIC.search(before) or _describes(mention, people, text))


def _describes(mention: Span, people: list[Span], text: str) -> bool:
    """Whether a country's name only says whose minister somebody is who is named beside it."""
    for person in people:
        if person.holds(mention):
            return True
        if mention.end <= person.start:
            between = text[mention.end : person.start]
            if _POSSESSED.match(between) and not re.search(r"\b(?:and|with|to|in|on|for|by|told|met|from)\b", between):
                return True
        elif re.fullmatch(r",\s(?:the\s)?(?:[\w'’-]+\s){0,3}", text[person.end : mention.start]):
            return True
    return False


def _groups(clause: Span, draft: Draft, language: str) -> list[tuple[int, tuple[str, ...]]]:
    out = []
    for name, pattern in _group_patterns(language):
        for match in pattern.finditer(clause.of(draft.parse.text)):
            resolve = leading_parties if name == "parties" else leading_people
            out.append((clause.start + match.start(), resolve(draft, count=_count(match.group()))))
    return out


def _count(words: str) -> int:
    numbers = {"three": 3, "four": 4, "five": 5, "six": 6, "all": 6, "everybody": 6, "everyone": 6}
    return next((n for word, n in numbers.items() if re.search(rf"\b{word}\b", words, re.I)), 2)


def leading_parties(draft: Draft, *, count: int = 2) -> tuple[str, ...]:
    """The parties that give, get and speak most in an article."""
    tally: Counter[str] = Counter()
    for term in draft.terms:
        tally.update((*term.gives, *term.gets))
    sources = {s.id: s for s in draft.sources}
    for statement in draft.statements:
        last = sources.get(statement.chain[-1]) if statement.chain else None
        if last is not None and last.kind is not SourceKind.OUTLET:
            tally.update(sides_of(last, draft))
    if not tally:
        tally.update({a.name: len(a.mentions) for a in draft.mentions.actors if a.kind is SourceKind.GOVERNMENT})
    return tuple(name for name, _ in tally.most_common(count))


def leading_people(draft: Draft, *, count: int = 2) -> tuple[str, ...]:
    """The named people who are mentioned most, one of each party first."""
    people = [a for a in draft.mentions.actors if a.kind is SourceKind.PERSON and a.named and a.party]
    ranked = sorted(people, key=lambda a: -len(a.mentions))
    firsts = {a.party: a for a in reversed(ranked)}
    chosen = [a for a in ranked if firsts[a.party] is a][:count]
    return tuple(a.name for a in chosen)


def is_outsider(token: Token, language: str = "en") -> bool:
    """Whether the one whom a verb or noun of meeting names is the press or the public."""
    words = load_lists(language, "encounters")["nouns"]["outsiders"]
    objects = [c for c in token.children if c.dep_ in ("dobj", "dative", "obj")]
    for preposition in token.children:
        if preposition.dep_ == "prep" and preposition.lower_ in ("to", "with"):
            objects += [c for c in preposition.children if c.dep_ == "pobj"]
    return any(o.lemma_.casefold() in words for o in objects)


def names_somebody(token: Token, draft: Draft, language: str = "en") -> bool:
    """Whether a noun phrase's head stands for a person or a body."""
    words = load_lists(language, "encounters")["nouns"]["somebody"]
    if token.lemma_.casefold() in words or token.lower_ in words or token.pos_ == "PRON":
        return True
    if token.ent_type_ in ("PERSON", "NORP", "ORG"):
        return True
    actor = draft.mentions.actor_at(place(token))
    return actor is not None and actor.kind in (*_PARTICIPANTS, SourceKind.UNNAMED)


@lru_cache(maxsize=4)
def _group_patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    groups = load_lists(language, "encounters")["groups"]
    return tuple(
        (name, re.compile(r"\b(?:" + "|".join(words) + r")\b", re.IGNORECASE)) for name, words in groups.items()
    )

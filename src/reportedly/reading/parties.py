"""Who gives and who gets: the parties that bear or receive a term."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from reportedly.reading.actors import Mentions
from reportedly.reading.parse import place_all
from reportedly.reading.terms_candidates import Candidate, subject_of, subtree
from reportedly.reading.terms_words import words
from reportedly.records import Topic

_EN = "en"
MUTUAL = frozenset({Topic.CEASEFIRE, Topic.TALKS, Topic.RELATIONS})


def find_roles(
    candidate: Candidate, topic: Topic, mentions: Mentions, sides: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parties that give and that get; `sides` are the two that the article's talks are between, if it has two.

    Method: subject gives and object gets; turned round for passives and verbs of receiving; both for mutual duties.
    """
    giver, getter = _sides_of(candidate, mentions)
    if topic in MUTUAL and len(giver) + len(getter) != 1:
        both = tuple(dict.fromkeys((*giver, *getter))) or sides
        return both, both
    if not getter and len(giver) == 1 and giver[0] in sides and len(sides) == 2:
        getter = tuple(s for s in sides if s not in giver)
    return giver, tuple(g for g in getter if g not in giver)


def _sides_of(candidate: Candidate, mentions: Mentions) -> tuple[tuple[str, ...], tuple[str, ...]]:
    head = candidate.head
    held = {t.i for t in candidate.tokens}
    subject = subject_of(head) if head.pos_ in ("VERB", "AUX") else None
    first = _parties(subtree(subject), held, mentions) if subject is not None else ()
    below = {t.i for t in subtree(subject)} if subject is not None else set()
    agent = [c for c in head.children if c.dep_ == "agent"]
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in head.children)
    rest = _parties([t for t in candidate.tokens if t.i not in below], held, mentions)
    if head.lemma_.casefold() in words(_EN, "terms", "receiving"):
        return tuple(p for p in rest if p not in first), first
    if passive:
        by = _parties([t for a in agent for t in subtree(a)], held, mentions)
        return by, tuple(p for p in (*first, *rest) if p not in by)
    if subject is None:
        return rest[:1], rest[1:2]
    return first, tuple(p for p in rest if p not in first)[:1]


def _parties(tokens: Iterable[Token], held: set[int], mentions: Mentions) -> tuple[str, ...]:
    kept = [t for t in tokens if t.i in held]
    return mentions.parties_in(place_all(kept)) if kept else ()

"""Who meets by the grammar: subject and object of a verb of meeting, and what hangs on a noun of meeting."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from reportedly.reading.actors import merged
from reportedly.reading.draft import Draft
from reportedly.reading.encounters_antecedents import BODIES, named_before
from reportedly.reading.encounters_groups import sides_at
from reportedly.reading.encounters_people import find_participants, found_subject, names_somebody
from reportedly.reading.encounters_words import Trigger
from reportedly.reading.language import load_words
from reportedly.reading.parse import place, place_all
from reportedly.reading.positions_parties import party_called
from reportedly.records import SourceKind, Span

_WITH = frozenset({"with", "between", "among", "by", "from", "of"})
_TO = frozenset({"to", "before"})
_AT = frozenset({"at", "in", "during", "over"})
_ASIDE = ("relcl", "acl", "advcl", "ccomp", "parataxis", "punct")
_POINTING = frozenset({"they", "them", "their", "both", "two", "pair", "duo"})
_SIDELINES = frozenset({"sidelines", "margins", "fringes"})
_OBJECTS = ("dobj", "obj", "dative")


def core_participants(trigger: Trigger, draft: Draft, *, aside: tuple[Span, ...]) -> tuple[str, ...]:
    """Those whom the grammar puts at the table, in order; fewer than two where it does not say.

    Of a verb its subject and objects; of a noun those "with", "between" and "of" whom it is, its owner, and the
    subject of a verb that holds, attends or asks for it.
    """
    names: list[str] = []
    for head in _heads(trigger):
        names += _names(head, draft, aside)
    stood_for = {side for name in names for side in sides_at(name, draft) if side != name}
    names = [name for name in names if name not in stood_for]  # a minister, not his country beside him
    few = trigger.needs != "handover" and (len(set(names)) == 1 or (not names and not trigger.is_noun))
    described = [word for head in _heads(trigger) for word in _described(head, draft)] if few else []
    return merged((*names, *described))


def _heads(trigger: Trigger) -> Iterator[Token]:
    token, verb = trigger.token, trigger.verb
    if trigger.is_noun:
        subject = found_subject(verb) if _holds(trigger) else None
        yield from (c for c in _resumed(token).children if c.dep_ == "poss")
        if subject is not None and subject is not token:
            yield subject
        yield from _behind(token, _WITH - {"of"} if token.lower_ in _SIDELINES else _WITH)
        at = token.dep_ == "pobj" and token.head.lower_ in _AT
        if at and verb.lemma_.casefold() in load_words("encounters", "there_told"):
            yield from _doers_and_hearers(verb)
        if verb is not token and token.dep_ in _OBJECTS:
            yield from _behind(verb, frozenset({"with", "between"}))
        return
    subject = found_subject(token)
    if subject is not None:
        yield subject
    yield from (c for c in token.children if c.dep_ == "nsubjpass")
    yield from (c for c in token.children if c.dep_ in _OBJECTS)
    yield from _behind(token, _WITH - {"of"} | (_TO if trigger.needs in ("call", "handover") else frozenset()))


def _doers_and_hearers(verb: Token) -> Iterator[Token]:
    """Who told or handed something to whom at the meeting: "told skippers at a closed meeting"."""
    subject = found_subject(verb)
    if subject is not None:
        yield subject
    yield from (c for c in verb.children if c.dep_ in _OBJECTS)
    yield from _behind(verb, _TO)


def _holds(trigger: Trigger) -> bool:
    """Whether the verb over a noun of meeting is one whose subject is there: "held talks", "is in Rome for a visit"."""
    return trigger.verb.lemma_.casefold() in load_words("encounters", "takes_part")


def _resumed(token: Token) -> Token:
    """The meeting that is the first since another: "their first meeting since a dinner in Rome"."""
    since = token.dep_ == "pobj" and token.head.lower_ == "since" and token.head.head.pos_ == "NOUN"
    return token.head.head if since else token


def is_setting(token: Token) -> bool:
    """Whether a meeting is only that beside which another takes place: "on the sidelines of a G20 summit"."""
    return token.dep_ == "pobj" and token.head.head.lower_ in _SIDELINES


def _behind(token: Token, words: frozenset[str]) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and child.lower_ in words:
            yield from (c for c in child.children if c.dep_ == "pobj")
            yield from _behind(child, words)


def _names(head: Token, draft: Draft, aside: tuple[Span, ...]) -> tuple[str, ...]:
    if head.lower_ in _POINTING and not any(c.dep_ in ("prep", "amod") for c in head.children):
        above = _subject_above(head)
        return _names(above, draft, aside) if above is not None else pointed_at(place(head), draft, count=_count(head))
    joined = [c for c in head.children if c.dep_ == "conj"]
    if joined:
        alone = [t for t in _phrase(head) if not any(t == j or j.is_ancestor(t) for j in joined)]
        rest = [name for j in joined for name in _names(j, draft, aside)]
        return merged((*_names_in(head, alone, draft, aside), *rest))
    return _names_in(head, _phrase(head), draft, aside)


def _names_in(head: Token, tokens: list[Token], draft: Draft, aside: tuple[Span, ...]) -> tuple[str, ...]:
    phrase = place_all(tokens)
    aside = (*aside, *(place(c) for c in head.children if c.tag_ == "PRP$"))
    return find_participants(phrase, draft, aside=aside) or party_called(head, draft)


def _count(head: Token) -> int | None:
    return None if head.lower_ in ("they", "them", "their") else 2


def _subject_above(pronoun: Token) -> Token | None:
    """The subject of the clause on which the pronoun's own hangs: "ministers are to talk when they meet"."""
    verb = pronoun.head
    if pronoun.lower_ not in ("they", "them") or verb.dep_ not in ("advcl", "ccomp", "relcl", "conj"):
        return None
    above = found_subject(verb.head) if verb.head.pos_ in ("VERB", "AUX") else None
    plural = above is not None and (above.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in above.children))
    return above if plural and above is not None and above.i < pronoun.i else None


def _described(head: Token, draft: Draft) -> tuple[str, ...]:
    """People without a name who are met, as the text calls them: "union representatives", "investors"."""
    whose = any(c.dep_ == "prep" and c.lower_ == "of" for c in head.children)
    if head.tag_ != "NNS" or whose or head.lemma_.casefold() in load_words("encounters", "outside_names"):
        return ()
    if find_participants(place_all(_phrase(head)), draft) or not names_somebody(head, draft):
        return ()
    words = [t for t in _phrase(head) if t == head or (t.head == head and t.dep_ in ("amod", "compound", "nmod"))]
    return (" ".join(t.text for t in sorted(words, key=lambda t: t.i)),)


def pointed_at(at: Span, draft: Draft, *, count: int | None = 2) -> tuple[str, ...]:
    """The people, or else the bodies, named together just before a word such as "they" or "the two"."""
    people = named_before(at, draft, count=count, kinds=(SourceKind.PERSON,))
    return people or named_before(at, draft, count=count, kinds=BODIES)


def _phrase(head: Token) -> list[Token]:
    """A noun phrase without the clauses that hang on it."""
    out = [head]
    for child in head.children:
        if child.dep_ not in _ASIDE:
            out += _phrase(child)
    return out

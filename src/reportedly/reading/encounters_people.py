"""Who meets: the participants and places that a clause gives."""

from __future__ import annotations

import re

from spacy.tokens import Token

from reportedly.reading.actors import merged
from reportedly.reading.draft import Draft
from reportedly.reading.encounters_groups import find_groups
from reportedly.reading.encounters_places import WITHIN, is_town
from reportedly.reading.language import load_lists
from reportedly.reading.parse import place
from reportedly.reading.positions_parties import subject_token
from reportedly.reading.positions_sides import split_joint
from reportedly.records import Source, SourceKind, Span

_TOPIC = re.compile(
    r"\b(?:on|about|over|regarding|concerning|since|under|despite|against|before the)\s(?:the\s)?(?:[\w-]+\s){0,2}$",
    re.I,
)
_TOWARDS = re.compile(r"\b(?:to|for|from)\s(?:the\s)?$", re.I)
_LINKS = re.compile(r"\b(?:and|with|to|in|on|for|by|told|met|from)\b")
_POSSESSED = re.compile(r"^(?:['’]s?)?(?:(?:\s[\w'’-]+){1,6},?)?\s$")
_AT_THE = re.compile(r"\b(?:at|in|inside|outside)\sthe\s$", re.I)
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
    groups = find_groups(clause, draft, language)
    aside = (*aside, *(span for span, names in groups if len(names) > 1 and _by_office(span, draft)))
    for mention, actor in draft.mentions.mentions_in(clause):
        if any(mention.meets(other) for other in aside) or actor.kind not in _PARTICIPANTS or not actor.named:
            continue
        if _takes_part(mention, actor, people, clause, text):
            found += [(mention.start, name) for name in split_joint(actor.name, draft)]
    for span, names in groups:
        found += [(span.start, name) for name in names]
    return merged(name for _, name in sorted(found))


def _by_office(span: Span, draft: Draft) -> bool:
    """Whether a group is called by an office, which tells better than nearness who is in it: "the two presidents"."""
    words = span.of(draft.parse.text).casefold()
    return any(office in words for office in load_lists("en", "encounters")["offices"])


def _takes_part(mention: Span, actor: Source, people: list[Span], clause: Span, text: str) -> bool:
    before = text[clause.start : mention.start]
    if actor.kind is SourceKind.PERSON:
        named_so = mention.of(text).casefold().startswith("the ")
        return not (_TOPIC.search(before) or _AT_THE.search(before + ("the " if named_so else "")))
    words = mention.of(text)
    placed = WITHIN.search(before) or (_TOWARDS.search(before) and is_town(words))
    return not (placed or _TOPIC.search(before) or _describes(mention, people, text))


def _describes(mention: Span, people: list[Span], text: str) -> bool:
    """Whether a country's name only says whose minister somebody is who is named beside it."""
    for person in people:
        if person.holds(mention):
            return True
        if mention.end <= person.start:
            between = text[mention.end : person.start]
            if _POSSESSED.match(between) and not _LINKS.search(between):
                return True
        else:
            between = text[person.end : mention.start]
            if re.fullmatch(r"\s(?:of|for)\s(?:the\s)?", between):
                return True
            if re.fullmatch(r",\s(?:the\s)?(?:[\w'’-]+\s){0,3}", between) and not _LINKS.search(between):
                return True
    return False


def subject_of_meeting(verb: Token, draft: Draft) -> tuple[str, ...]:
    """Whoever a verb of meeting has for its subject, outside the clause too: "Pryce slipped away to see"."""
    subject = found_subject(verb)
    actor = draft.mentions.actor_at(place(subject)) if subject is not None else None
    if actor is None or not actor.named or actor.kind not in _PARTICIPANTS:
        return ()
    return split_joint(actor.name, draft)


def found_subject(verb: Token) -> Token | None:
    """The subject of a verb, or of the verb that it hangs on as a purpose or complement."""
    if verb.dep_ == "xcomp" and verb.head.pos_ == "ADJ":  # "is likely to invite"
        return found_subject(verb.head.head) if verb.head.head.pos_ in ("VERB", "AUX") else None
    found = subject_token(verb)
    if found is None and verb.dep_ in ("advcl", "xcomp", "acl") and verb.tag_ == "VB" and verb.head.pos_ == "VERB":
        passive = next((c for c in verb.head.children if c.dep_ == "nsubjpass"), None)
        return passive or found_subject(verb.head)
    return found


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

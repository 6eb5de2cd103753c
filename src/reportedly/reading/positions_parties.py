"""Whose stance it is: the party that a speaker or a subject stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Token

from reportedly.reading.draft import Draft
from reportedly.reading.language import load_lists
from reportedly.reading.parse import place
from reportedly.reading.positions_called import BODIES, body_called, is_body, nation_of, sorts_called
from reportedly.reading.positions_sides import (
    OFFICES,
    bodies_in,
    root_of,
    side_beside,
    side_by_words,
    side_of_land,
    side_of_office,
    side_of_organ,
    split_joint,
)
from reportedly.records import Source, SourceKind, Span, Statement

_VOICES = (SourceKind.PERSON, SourceKind.UNNAMED, SourceKind.DOCUMENT, SourceKind.GOVERNMENT, SourceKind.ORGANISATION)
_OWN_SIDE = re.compile(r"(?:his|her|its|their|our|my)\b|(?:he|she|it|they|we|i)$", re.IGNORECASE)
_POSTS = re.compile(
    r"(?:(?:a|an|the|one|two|some|several|senior|top|another|its|government) )*"
    r"(?:spokes(?:man|woman|person|men|people|persons)|negotiators?|delegates?|representatives?|officials?|aides?|executives?|"
    r"advis[eo]rs?|envoys?|lawyers?|ministers?)$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?P<whose>his|her|its|their) (?!own\b)", re.IGNORECASE)
_INDEFINITE = frozenset(
    {"a", "an", "any", "some", "no", "many", "most", "other", "several", "few", "each", "every", "another"}
)
_MASS = frozenset({"management", "labour", "labor", "parliament", "opposition"})
_SIDE = re.compile(r"['’]s?\s(?!(?:government|side|team|delegation|officials|negotiators|leaders|army|ministry)\b)")


def sides_of(actor: Source, draft: Draft) -> tuple[str, ...]:
    """The parties an actor speaks for: its own, those of a joint source, the body whose man it is; else itself."""
    joint = split_joint(actor.name, draft)
    if len(joint) > 1:
        return tuple(dict.fromkeys(p for name in joint for p in _sides_by_name(name, draft)))
    if actor.party is None and (owners := sides_of_owner(actor, draft)):
        return owners
    own = tuple(p for party in _own(actor, draft) for p in root_of(party, draft))
    if actor.kind is SourceKind.ORGANISATION and actor.party and not OFFICES.search(actor.name):
        return own if not nation_of(actor.party) else (actor.name,)  # a company is not its country
    if actor.party is not None:
        return own
    if actor.kind in BODIES and (whole := side_of_organ(actor, draft)):
        return whole
    if actor.kind in (SourceKind.PERSON, SourceKind.UNNAMED, SourceKind.DOCUMENT) or OFFICES.search(actor.name):
        return (
            nation_of(actor.name)
            or side_beside(actor, draft)
            or side_of_office(actor, draft)
            or side_by_words(actor, draft)
            or side_of_land(actor, draft)
            or own
        )
    return own


def sides_of_owner(actor: Source, draft: Draft) -> tuple[str, ...]:
    """The sides of whoever "his" or "its" means in what somebody is called: "his press office", "their ambassadors"."""
    words = _OWNED.match(actor.name)
    at = min((m.start for m in actor.mentions), default=0)
    if words is None or not at:
        return ()
    kinds = (SourceKind.PERSON,) if words["whose"].casefold() in ("his", "her") else BODIES
    return next((sides for owner in last_named(at, kinds, draft) if (sides := _told_sides(owner, draft))), ())


def last_named(at: int, kinds: tuple[SourceKind, ...], draft: Draft) -> Iterator[Source]:
    """Those of some kinds who are spoken of before a place, the last first, in its sentence and the one before."""
    sentence = draft.parse.sentence_at(at)
    if sentence is None:
        return
    start = draft.parse.sentences[max(0, sentence.index - 1)].span.start
    near = draft.mentions.mentions_in(Span(start, at)) if start < at else ()
    for _, actor in reversed(near):
        if actor.kind in kinds and actor.named:
            yield actor


def _told_sides(actor: Source, draft: Draft) -> tuple[str, ...]:
    """The sides of somebody who has one: none for a person of whom the text tells none."""
    return sides_of(actor, draft) if has_side(actor, draft) else ()


def _own(actor: Source, draft: Draft) -> tuple[str, ...]:
    if actor.party is not None:
        return split_joint(actor.party, draft)
    named = actor.named and (is_body(actor) or actor.kind is SourceKind.PERSON)
    return (actor.name,) if named else ()


def has_side(actor: Source, draft: Draft) -> bool:
    """Whether an actor is a body, or a person whose side the article gives."""
    sides = sides_of(actor, draft)
    return bool(sides) and (actor.kind is not SourceKind.PERSON or sides != (actor.name,))


def party_called(noun: Token, draft: Draft) -> tuple[str, ...]:
    """The party that a common noun stands for: "the union", "management", "its transport ministry"."""
    if noun.pos_ not in ("NOUN", "PROPN") or any(c.lower_ in _INDEFINITE or c.dep_ == "nummod" for c in noun.children):
        return ()
    owners = [c for c in noun.children if c.dep_ == "poss"]
    if owners and (noun.lemma_.casefold() in sorts_called() or noun.lemma_.casefold() in _own_nouns()):
        actor = draft.mentions.actor_at(place(owners[0]))
        if actor is not None and has_side(actor, draft):
            return sides_of(actor, draft)
        return party_called(owners[0], draft)
    definite = any(c.lower_ == "the" for c in noun.children) or noun.tag_ in ("NNS", "NNPS") or noun.lower_ in _MASS
    body = body_called(noun.lemma_, place(noun).start, draft) if definite else None
    return sides_of(body, draft) if body is not None else ()


@lru_cache(maxsize=1)
def _own_nouns() -> frozenset[str]:
    return frozenset(load_lists("en", "stances")["own_nouns"])


def speaks_for(statement: Statement, draft: Draft) -> tuple[str, ...]:
    """The parties behind a statement's last source; none for an outlet or people at large."""
    source = next((s for s in draft.sources if statement.chain and s.id == statement.chain[-1]), None)
    if source is None or not (source.kind in _VOICES or is_body(source)):
        return ()
    known = next((a for a in draft.mentions.actors if a.name == source.name), source)
    sides = sides_of(known if source.party is None else source, draft)
    if sides and (sides != (source.name,) or is_body(source)):
        return sides
    spans = statement.source
    actor = draft.mentions.actor_at(spans[0]) if spans else None
    if actor is not None and actor.kind in _VOICES and (actor.party or source.kind is not SourceKind.PERSON):
        sides = sides_of(actor, draft) or sides
    if sides or not spans:
        return sides
    return bodies_in(spans[0], draft)[:1] or _called_in(spans[0], draft) or _bare(spans[0], draft)


def _bare(span: Span, draft: Draft) -> tuple[str, ...]:
    """The body spoken of last before somebody who is only called by a post: "it would serve, a spokeswoman said"."""
    if not _POSTS.match(span.of(draft.parse.text)):
        return ()
    return next((sides for body in last_named(span.start, BODIES, draft) if (sides := sides_of(body, draft))), ())


def _called_in(span: Span, draft: Draft) -> tuple[str, ...]:
    """The party that the first noun of a source's words stands for: "the rebels' political chief"."""
    for token in draft.parse.tokens_in(span):
        if token.pos_ == "NOUN" and token.lemma_.casefold() in sorts_called():
            return party_called(token, draft)
    return ()


def subject_of(span: Span, draft: Draft) -> tuple[str, ...]:
    """The body or country that reported words begin with: "Hargeisa would accept", "Turkey and Greece accept"."""
    found: list[str] = []
    text, end = draft.parse.text, span.start
    for mention, actor in draft.mentions.mentions_in(span):
        between = text[end : mention.start]
        if (
            not _may_act(actor, draft)
            or _OWN_SIDE.match(mention.of(text))
            or not re.fullmatch(r"[\s\"“'‘]*(?:that\s)?(?:the\s|and\s|,\s)*(?:the\s)?", between, re.I)
        ):
            break
        if _SIDE.match(text, mention.end) and not found:
            break
        found += [s for s in sides_of(actor, draft) if s not in found]
        end = mention.end
    acts = end >= span.end or _acts(Span(end, span.end), draft)
    return tuple(found) if acts else ()


def _may_act(actor: Source, draft: Draft) -> bool:
    """Whether somebody can be the one whose act is told: a body, or a named person."""
    return actor.kind in BODIES or (actor.kind is SourceKind.PERSON and actor.named and " " in actor.name)


def _acts(rest: Span, draft: Draft) -> bool:
    """Whether a verb follows a name: not in "(offered) Norway 30,000 tonnes", where it names the receiver."""
    if draft.parse.text[rest.start : rest.end].lstrip()[:1] in ("“", '"', "‘"):
        return True
    follow = [t for t in draft.parse.tokens_in(rest) if not t.is_punct and not t.is_space][:1]
    return not follow or follow[0].pos_ not in ("NUM", "DET", "NOUN", "ADJ", "PRON", "SYM")


def subject_token(verb: Token) -> Token | None:
    """The head of a verb's subject: its own, that of the verb it is joined to or hangs on, or what "who" stands for."""
    own = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if own is not None and verb.dep_ == "relcl" and own.tag_ in ("WP", "WDT"):
        return verb.head if own.dep_ == "nsubj" else None
    if own is not None:
        return own if own.dep_ == "nsubj" else None
    if verb.dep_ in ("conj", "xcomp") and verb.head.pos_ in ("VERB", "AUX"):
        return _hearsay_subject(verb) or subject_token(verb.head)
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and not any(c.dep_ == "mark" for c in verb.children):
        return subject_token(verb.head)
    return _subject_lost(verb) if verb.dep_ == "ROOT" else None


def _subject_lost(verb: Token) -> Token | None:
    """The noun that opens the sentence, where an aside after it or a second verb hides from the parser whose it is."""
    if any(c.dep_ in ("nsubjpass", "expl", "csubj") for c in verb.children):
        return None
    opening = [t for t in verb.sent if t.i < verb.i and t.dep_ in ("nsubj", "npadvmod", "dep", "nmod", "appos")]
    first = opening[0] if opening else None
    return first if first is not None and first.left_edge.i <= verb.sent.start + 1 else None


def _hearsay_subject(verb: Token) -> Token | None:
    """The subject of hearsay in the passive: "Ireland (is understood) to be content"."""
    if verb.dep_ != "xcomp" or not any(c.dep_ == "auxpass" for c in verb.head.children):
        return None
    return next((c for c in verb.head.children if c.dep_ == "nsubjpass"), None)


def verb_group(verb: Token) -> Token:
    """The first of a verb's helpers and negations after its subject, or the verb."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass", "neg") and c.i < verb.i]
    return min([verb, *helpers], key=lambda t: t.i)


def _sides_by_name(name: str, draft: Draft) -> tuple[str, ...]:
    actor = next((a for a in draft.mentions.actors if a.name == name), None)
    return sides_of(actor, draft) if actor is not None else nation_of(name) or (name,)

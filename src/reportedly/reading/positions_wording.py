"""Stances that the article words of a party itself: by a verb, in the passive, or in a noun."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Token

from reportedly.reading.draft import Draft
from reportedly.reading.language import load_lists
from reportedly.reading.parse import Sentence, place, place_all
from reportedly.reading.positions_parties import has_side, party_called, sides_of, subject_token, verb_group
from reportedly.reading.positions_words import is_removal, is_verdict, stance_at
from reportedly.records import Act, Certainty, SourceKind, Span, Stance

VERBS = ("VERB", "AUX")
_CLAUSE_END = re.compile(
    r"[;–—]|, (?:and|but|who|which|though|although|while|said|says|according)\b| but (?=\w+ (?:not|n\W))|\.[\"”]?$"
)
_HEARSAY = re.compile(r"^to (?:(?P<be>be)|have) ")
_WOULD = re.compile(r"(?:would|will|could|may|might|must|shall|wo|ca|is to|are to)\b", re.IGNORECASE)
_INTO_MATTER = {
    Stance.DEMANDS: ("for",),
    Stance.REJECTS: ("of", "to", "against"),
    Stance.ACCEPTS: ("of", "for"),
    Stance.OFFERS: ("of",),
}
_BARE = 16  # code points: a verb without its object
_WORDED, _IN_A_NOUN = 0.6, 0.5


@dataclass(frozen=True, slots=True)
class Taking:
    """A stance taken at one place of the text, before it is known what about."""

    parties: tuple[str, ...]
    stance: Stance
    span: Span
    statement: str | None = None
    sure: float = 0.8
    threat: bool = False
    loose: bool = False
    """A promise: counted only where it is plain what it is about."""


def find_worded(draft: Draft, taken: Iterable[Taking]) -> Iterator[Taking]:
    """Stances worded of a party where no statement's own act gives one."""
    told = list(taken)
    for sentence in draft.parse.sentences:
        for taking in (*_by_verbs(sentence, draft), *_in_passives(sentence, draft), *_in_nouns(sentence, draft)):
            if any(taking.span.meets(other.span) for other in told) or _is_term(taking, draft):
                continue
            if not _is_denied(taking, draft):
                yield _within(taking, draft)


def _is_denied(taking: Taking, draft: Draft) -> bool:
    """Whether the words stand in what somebody denies: "denied that it favoured either side"."""
    denials = (s for s in draft.statements if s.act is Act.DENY and s.certainty_source is Certainty.CERTAIN_NOT)
    return any(part.holds(taking.span) for s in denials for part in s.content)


def _within(taking: Taking, draft: Draft) -> Taking:
    """The stance as far as what somebody is told to have said goes: not on to "..., two officials said"."""
    start, end = taking.span.start, taking.span.end
    parts = (part for s in draft.statements for part in s.content if part.start <= start < part.end < end)
    last = max((part.end for part in parts), default=end)
    return replace(taking, span=Span(start, last)) if last - start > _BARE else taking


def _is_term(taking: Taking, draft: Draft) -> bool:
    """Whether the words tell what a plan would have somebody do: "Kyiv would sign the minerals deal"."""
    if not _WOULD.match(draft.parse.text, taking.span.start):
        return False
    return any(taking.span.meets(span) for term in draft.terms if term.plan for span in term.spans)


def _by_verbs(sentence: Sentence, draft: Draft) -> Iterator[Taking]:
    text = draft.parse.text
    for verb in sentence.tokens:
        if verb.pos_ not in VERBS or verb.dep_ in ("aux", "auxpass"):
            continue
        subject = subject_token(verb) or _writer(verb)
        start = place(verb_group(verb)).start
        stance = stance_at(_plain(text[start : sentence.span.end])) if subject is not None else None
        parties = named_by(subject, draft) if subject is not None and stance is not None else ()
        if parties and stance is not None:
            span = _with_object(Span(start, _clause_end(start, sentence, text)), verb)
            yield Taking(parties, _turned(stance, span.of(text)), span, sure=_WORDED)


def _writer(verb: Token) -> Token | None:
    """Who wrote what demands or offers: "fired off a letter demanding guarantees"."""
    if verb.dep_ != "acl" or verb.tag_ != "VBG" or verb.head.dep_ != "dobj":
        return None
    return subject_token(verb.head.head) if verb.head.head.pos_ in VERBS else None


def _with_object(span: Span, verb: Token) -> Span:
    """A stance with the object that stands before it: "The exile clause it rejects"."""
    before = [c for c in verb.children if c.dep_ in ("dobj", "ccomp", "npadvmod", "dep", "nsubj") and c.i < verb.i]
    if span.end - span.start > _BARE or len(before) < 2:
        return span
    return Span(min(place(c.left_edge).start for c in before), span.end)


def _turned(stance: Stance, words: str) -> Stance:
    """A no in the guise of a promise or a demand: "assured allies that the bases were not up for discussion"."""
    no = (stance is Stance.OFFERS and is_verdict(words)) or (stance is Stance.DEMANDS and is_removal(words))
    return Stance.REJECTS if no else stance


def _plain(words: str) -> str:
    """The words of a verb as they are without hearsay before them: "(is said) to be fuming" is "is fuming"."""
    return _HEARSAY.sub(lambda match: "is " if match["be"] else "has ", words)


def named_by(subject: Token, draft: Draft) -> tuple[str, ...]:
    """The parties that the head of a subject names."""
    owner = next((c for c in subject.children if c.dep_ == "poss" and c.tag_ == "PRP$"), None)
    if owner is not None and subject.lemma_.casefold() in _own_sides():
        return named_by(owner, draft)
    actor = draft.mentions.actor_at(place(subject))
    if actor is not None and actor.kind in (SourceKind.OUTLET, SourceKind.DOCUMENT):
        return ()
    if actor is not None and has_side(actor, draft):
        return sides_of(actor, draft)
    return party_called(subject, draft)


def _clause_end(start: int, sentence: Sentence, text: str) -> int:
    match = _CLAUSE_END.search(text, start, sentence.span.end)
    return match.start() if match else sentence.span.end


def _in_passives(sentence: Sentence, draft: Draft) -> Iterator[Taking]:
    """ "A pause was rejected by both", "a draft drawn up by Ankara": the one behind "by" takes the stance."""
    for verb in sentence.tokens:
        agent = next((c for c in verb.children if c.dep_ == "agent"), None) if verb.tag_ == "VBN" else None
        named = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
        stance = stance_at(draft.parse.text[place(verb).start : sentence.span.end]) if named is not None else None
        done_to = _done_to(verb)
        parties = named_by(named, draft) if named is not None and stance is not None and done_to is not None else ()
        if parties and stance is not None and done_to is not None and named is not None:
            end = max(place(verb).end, place(named).end)
            yield Taking(parties, stance, Span(place_all(done_to.subtree).start, end), sure=_WORDED)


def _done_to(verb: Token) -> Token | None:
    """What a passive is done to: its subject, or the noun it hangs on."""
    if verb.dep_ == "acl":
        return verb.head if verb.head.lemma_.casefold() in load_lists("en", "stances")["plan_nouns"] else None
    return next((c for c in verb.children if c.dep_ == "nsubjpass"), None)


def _in_nouns(sentence: Sentence, draft: Draft) -> Iterator[Taking]:
    """ "Egypt's demand for a seat", "opposition from the unions to Sunday work": a noun, its owner, its matter."""
    nouns = _nouns()
    for noun in sentence.tokens:
        stance = nouns.get(noun.lemma_.casefold()) if noun.pos_ == "NOUN" else None
        owner = _owner(noun) if stance is not None else None
        matter = _matter(noun, owner, stance) if owner is not None and stance is not None else None
        parties = named_by(owner, draft) if owner is not None and matter is not None else ()
        if parties and stance is not None and matter is not None:
            yield Taking(parties, stance, place_all([noun, *matter.subtree]), sure=_IN_A_NOUN)


@lru_cache(maxsize=1)
def _own_sides() -> frozenset[str]:
    """Nouns for the side of whoever "his" or "their" means: "his side takes the presidency"."""
    return frozenset(load_lists("en", "stances")["own_nouns"])


@lru_cache(maxsize=1)
def _nouns() -> dict[str, Stance]:
    return {noun: Stance(stance) for stance, nouns in load_lists("en", "stances")["nouns"].items() for noun in nouns}


def _owner(noun: Token) -> Token | None:
    """Whose stance a noun tells."""
    own = next((c for c in noun.children if c.dep_ == "poss"), None)
    if own is not None:
        return own
    for preposition in noun.children:
        if preposition.dep_ == "prep" and preposition.lower_ in ("by", "from"):
            return next((c for c in preposition.children if c.dep_ == "pobj"), None)
    return None


def _matter(noun: Token, owner: Token, stance: Stance) -> Token | None:
    """What a noun of stance is about: "for a seat", "to withdraw", "that the levy stay"."""
    for child in noun.children:
        if child.i > noun.i and (child.dep_ == "ccomp" or (child.dep_ == "acl" and child.tag_ == "VB")):
            return child
        into = child.dep_ == "prep" and child.lower_ in _INTO_MATTER.get(stance, ())
        if into and not any(c.i == owner.i for c in child.children):
            return child
    return None

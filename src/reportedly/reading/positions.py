"""Positions: what each party wants on each topic, from what it says and what it is told to do."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.reading.draft import Draft
from reportedly.reading.parse import Sentence, place
from reportedly.reading.positions_parties import has_side, sides_of, speaks_for, subject_of
from reportedly.reading.positions_subjects import Subject, find_subjects
from reportedly.reading.positions_words import (
    condition_in,
    is_approval,
    is_soft,
    is_verdict,
    own_side_in,
    says_authored,
    stance_at,
)
from reportedly.records import Act, Position, SourceKind, Span, Stance, Statement, Topic, hull

METHOD = "positions: acts and wording"
_BY_ACT = {
    Act.ACCEPT: Stance.ACCEPTS,
    Act.REJECT: Stance.REJECTS,
    Act.DEMAND: Stance.DEMANDS,
    Act.OFFER: Stance.OFFERS,
    Act.PROPOSE: Stance.PROPOSES,
    Act.PROMISE: Stance.OFFERS,
    Act.THREATEN: Stance.REJECTS,
}
_FIRM = 0.3
_MEDIATORS = ("United Nations",)  # puts papers forward for others
_LONG = 160  # code points: a longer content tells more than a verdict
_YES_NO = re.compile(r"(?:^|(?<=[\s,;:“\"]))(?P<word>no|yes) to\b", re.IGNORECASE)
_YES = (Stance.ACCEPTS, Stance.OFFERS, Stance.OPEN)


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
    """A promise or threat: often rhetoric, and counted only where its own words name a topic."""


def find_positions(draft: Draft) -> tuple[Position, ...]:
    """The positions of an article, one for each party, topic and stance, in text order.

    Method: the act of each statement whose last source stands for a party; the wording of what is said about a party
    (stances.tsv); who put a plan forward. A condition makes a yes `open` and adds what is demanded.
    """
    takings = [*_from_statements(draft), *_from_wording(draft)]
    found = [p for t in takings for p in _positions(t, draft)] + list(_from_plans(draft))
    return tuple(_one_each(sorted(found, key=lambda p: (p.spans[0].start, -p.confidence))))


def _from_statements(draft: Draft) -> Iterator[Taking]:
    for statement in draft.statements:
        content = hull(statement.content)
        stance = _BY_ACT.get(statement.act) or _verdict(statement, content, draft)
        if stance is None:
            continue
        parties = _whose(statement, stance, content, draft)
        if not parties:
            continue
        parts = tuple(_yes_and_no(content, draft)) or ((_softened(stance, content, draft), content),)
        for own, span in parts:
            yield Taking(
                parties,
                own,
                span,
                statement.id,
                threat=statement.act is Act.THREATEN,
                loose=statement.act in (Act.THREATEN, Act.PROMISE),
            )


def _whose(statement: Statement, stance: Stance, content: Span, draft: Draft) -> tuple[str, ...]:
    """The speaker's party, or the body that the words are about: "a diplomat said Hargeisa would accept"."""
    parties = speaks_for(statement, draft)
    if stance is Stance.DEMANDS or statement.act is Act.ASSERT:
        return parties
    return subject_of(content, draft) or parties


def _verdict(statement: Statement, content: Span, draft: Draft) -> Stance | None:
    """The stance of what a speaker plainly states of his own side, or of a thing."""
    words = content.of(draft.parse.text)
    if statement.act not in (Act.ASSERT, Act.DENY, Act.ASK) or len(words) > _LONG:
        return None
    at = own_side_in(words)
    if at:
        return stance_at(words[at:])
    if statement.act is Act.ASSERT and is_verdict(words):
        return Stance.REJECTS
    return Stance.ACCEPTS if statement.act is Act.ASSERT and is_approval(words) else None


def _yes_and_no(content: Span, draft: Draft) -> Iterator[tuple[Stance, Span]]:
    """The parts of an answer such as "no to flights, yes to the presidency"."""
    starts = list(_YES_NO.finditer(draft.parse.text, content.start, content.end))
    ends = [m.start() for m in starts[1:]] + [content.end] * bool(starts)
    for match, end in zip(starts, ends, strict=True):
        yield (Stance.ACCEPTS if match["word"].casefold() == "yes" else Stance.REJECTS), Span(match.start("word"), end)


def _softened(stance: Stance, content: Span, draft: Draft) -> Stance:
    """`open` for a yes that is only a readiness to talk."""
    soft = stance in (Stance.ACCEPTS, Stance.OFFERS) and is_soft(content.of(draft.parse.text))
    return Stance.OPEN if soft else stance


def _from_wording(draft: Draft) -> Iterator[Taking]:
    """Stances worded of a party that no statement's own act gives."""
    covered = [hull(s.content) for s in draft.statements if s.act in _BY_ACT]
    for sentence in draft.parse.sentences:
        for taking in _worded(sentence, draft):
            if not any(taking.span.meets(span) for span in covered):
                yield taking


def _worded(sentence: Sentence, draft: Draft) -> Iterator[Taking]:
    text = draft.parse.text
    mentions = [
        (m, a)
        for m, a in draft.mentions.mentions_in(sentence.span)
        if a.kind is not SourceKind.OUTLET and has_side(a, draft)
    ]
    for token in sentence.tokens:
        if token.dep_ not in ("nsubj", "nsubjpass") or token.head.pos_ not in ("VERB", "AUX"):
            continue
        subject = place(token)
        parties = tuple(dict.fromkeys(p for m, a in mentions if m.meets(subject) for p in sides_of(a, draft)))
        if not parties:
            continue
        rest = Span(subject.end, sentence.span.end) if subject.end < sentence.span.end else None
        lead = re.match(r"(?:[,\s][^,;]{0,60},)?\s*", rest.of(text)) if rest else None
        stance = stance_at(rest.of(text)[lead.end() :]) if rest and lead else None
        if rest and stance is not None:
            yield Taking(parties, stance, Span(subject.start, _clause_end(subject.end, sentence, text)), None, 0.6)


def _clause_end(start: int, sentence: Sentence, text: str) -> int:
    match = re.compile(r"[;–—]|, (?:and|but|who|which|though|although|while|said|says|according)\b|\.[\"”]?$").search(
        text, start, sentence.span.end
    )
    return match.start() if match else sentence.span.end


def _condition(span: Span, stance: Stance, draft: Draft) -> Span | None:
    sentence = draft.parse.sentence_at(span.start)
    end = max(span.end, sentence.span.end) if sentence else span.end
    return condition_in(span, draft.parse.text, end, after_no=stance is Stance.REJECTS)


def _positions(taking: Taking, draft: Draft) -> Iterator[Position]:
    condition = _condition(taking.span, taking.stance, draft) if taking.stance in (*_YES, Stance.REJECTS) else None
    span = taking.span
    if condition is not None and taking.threat and not condition.of(draft.parse.text).startswith("unless"):
        span, condition = condition, None  # "will bring the government down if ...": the if is what it rejects
    elif condition is not None and condition.start > span.start:
        span = Span(span.start, min(span.end, condition.start))
    for subject in find_subjects(span, draft):
        stance = _conditional(taking.stance, subject, condition)
        for party in taking.parties:
            if _counts(taking, subject):
                yield _position(party, subject, stance, span, taking, draft)
    if condition is not None:
        for subject in find_subjects(condition, draft):
            for party in taking.parties:
                if subject.topic is not Topic.OTHER:
                    yield _position(party, subject, Stance.DEMANDS, condition, taking, draft)


def _conditional(stance: Stance, subject: Subject, condition: Span | None) -> Stance:
    """A yes on a condition is `open`; an offer stays one, but for an offer to sign or to come."""
    joins = subject.topic in (Topic.WHOLE_PLAN, Topic.TALKS)
    if condition is not None and (stance is Stance.ACCEPTS or (stance is Stance.OFFERS and joins)):
        return Stance.OPEN
    return stance


def _counts(taking: Taking, subject: Subject) -> bool:
    """Whether a subject is firm enough: never `other`; for a promise or a threat, by its own words."""
    if subject.topic is Topic.OTHER:
        return False
    if len(taking.parties) > 1 and subject.topic is Topic.TALKS:  # "they agreed to meet" is an encounter
        return False
    return subject.own >= _FIRM if taking.loose else True


def _from_plans(draft: Draft) -> Iterator[Position]:
    """Whoever put the article's one plan forward proposes it, if a passage says so."""
    plans = [p for p in draft.plans if p.authors and p.points]
    if len(plans) != 1:
        return
    for sentence in draft.parse.sentences:
        named = set(draft.mentions.parties_in(sentence.span))
        authors = tuple(a for a in plans[0].authors if a in named and a not in _MEDIATORS)
        if authors and says_authored(sentence.span.of(draft.parse.text)):
            taking = Taking(authors, Stance.PROPOSES, sentence.span, sure=0.6)
            for author in authors:
                yield _position(author, Subject(Topic.WHOLE_PLAN), Stance.PROPOSES, sentence.span, taking, draft)
            return


def _position(party: str, subject: Subject, stance: Stance, span: Span, taking: Taking, draft: Draft) -> Position:
    key = "|".join([draft.document.id, party, subject.topic, stance, str(span.start), str(span.end)])
    return Position(
        id="po" + hashlib.sha256(key.encode()).hexdigest()[:12],
        party=party,
        topic=subject.topic,
        stance=stance,
        spans=(span,),
        term=subject.term,
        statements=(taking.statement,) if taking.statement else (),
        confidence=round(taking.sure * (0.75 if subject.topic is Topic.OTHER else 1.0), 2),
        method=METHOD,
    )


def _one_each(positions: list[Position]) -> Iterator[Position]:
    seen: set[tuple[str, Topic, Stance]] = set()
    for position in positions:
        key = (position.party, position.topic, position.stance)
        if key not in seen:
            seen.add(key)
            yield position

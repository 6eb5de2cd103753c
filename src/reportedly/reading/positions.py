"""Positions: what each party wants on each topic, from what it says and what it is told to do."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache

from reportedly.reading.draft import Draft
from reportedly.reading.plans_makers import made_by
from reportedly.reading.plans_mentions import MAIN, RIVAL, PlanMention, plan_mentions, role_of
from reportedly.reading.positions_called import is_body
from reportedly.reading.positions_signs import Asked
from reportedly.reading.positions_subjects import Subject, find_subjects
from reportedly.reading.positions_told import find_told
from reportedly.reading.positions_wording import Taking, find_worded
from reportedly.reading.positions_words import (
    condition_in,
    is_party_name,
    says_authored,
)
from reportedly.reading.terms_lists import find_listed
from reportedly.records import Position, SourceKind, Span, Stance, Topic

METHOD = "positions: acts and wording"

_SHORT = 4  # code points: less says nothing
_SURE, _FIRM = 0.2, 0.7  # least probability of a topic; that of a promise, which is often rhetoric
_MEDIATORS = ("United Nations",)  # puts papers forward for others
_NAMED = re.compile(r"(?!(?:Point|Number|Article|Chapter|Phase|No|Paragraph) )[A-Z0-9]")
_REPORTING = 120  # code points that words of saying may take up between a yes and its condition
_JOINED = re.compile(r"[^,.;:]{0,30},? ")
_YES = (Stance.ACCEPTS, Stance.OFFERS, Stance.OPEN)


def find_positions(draft: Draft) -> tuple[Position, ...]:
    """The positions of an article, one for each party, topic and stance, in text order.

    Method: the act of each statement whose last source stands for a party; the wording of what is said about a party
    (stances.tsv); who put a plan forward. A condition makes a yes `open` and adds what is demanded.
    """
    told = list(find_told(draft))
    lines = tuple(point.block.span for point in find_listed(draft))  # the wording of a plan is nobody's answer to it
    takings = [t for t in (*told, *find_worded(draft, told)) if not any(line.meets(t.span) for line in lines)]
    sides = {name for name in _sides_of_the_talks(draft) if is_party_name(name)}
    made = [(mention.span, parties) for mention, parties in _made(draft)]
    takings = [t for t in takings if t.stance is not Stance.PROPOSES or not _tells_maker(t, made)]
    found = [p for t in takings if not sides.isdisjoint(t.parties) for p in _positions(t, draft)]
    found = [p for p in (*found, *_from_plans(draft)) if p.party in sides]
    return tuple(_one_each(sorted(found, key=lambda p: (p.spans[0].start, -p.confidence))))


def _sides_of_the_talks(draft: Draft) -> frozenset[str]:
    """Who may hold a position: bodies, and whom a term or plan makes a party. A person speaks for a side or none."""
    named = {a.name for a in draft.mentions.actors if is_body(a) and _NAMED.match(a.name)}
    named |= {a.party for a in draft.mentions.actors if a.party}
    parties = {name for term in draft.terms for name in (*term.gives, *term.gets)}
    people = {a.name: a for a in draft.mentions.actors if a.kind is SourceKind.PERSON}
    alone = {name for name, a in people.items() if a.party is None and " " in name and len(a.mentions) > 2}
    authors = {name for plan in draft.plans for name in plan.authors}
    return frozenset((named | parties | authors) - set(people)) | (alone & (parties | authors))


def _condition(span: Span, stance: Stance, draft: Draft) -> Span | None:
    sentence = draft.parse.sentence_at(span.start)
    end = max(span.end, sentence.span.end) if sentence else span.end
    return condition_in(span, draft.parse.text, end, after_no=stance is Stance.REJECTS)


def _condition_behind(taking: Taking, draft: Draft) -> Span | None:
    """A condition that follows the words of saying: "Denmark accepts it, envoys said, on condition that ..."."""
    told = next((s for s in draft.statements if s.id == taking.statement), None)
    if told is None or not told.cue or taking.stance is Stance.REJECTS:
        return None
    end = max(part.end for part in (*told.cue, *(told.source or ()), *(told.addressee or ())))
    if not 0 < end - taking.span.end < _REPORTING:
        return None
    sentence = draft.parse.sentence_at(taking.span.start)
    match = _JOINED.match(draft.parse.text, end, sentence.span.end) if sentence is not None else None
    if match is None or sentence is None:
        return None
    return condition_in(Span(end, match.end()), draft.parse.text, sentence.span.end, after_no=False)


def _positions(taking: Taking, draft: Draft) -> Iterator[Position]:
    condition = None
    if taking.stance in (*_YES, Stance.REJECTS):
        condition = _condition(taking.span, taking.stance, draft) or _condition_behind(taking, draft)
    span = taking.span
    if condition is not None and taking.threat and not condition.of(draft.parse.text).startswith("unless"):
        span, condition = condition, None  # "will bring the government down if ...": the if is what it rejects
    elif condition is not None and condition.start > span.start:
        span = Span(span.start, min(span.end, condition.start))
    for subject in find_subjects(Asked(span, taking.stance, taking.parties), draft):
        stance = _conditional(taking.stance, subject, condition)
        for party in taking.parties:
            if _counts(taking, subject):
                yield _position(party, subject, stance, span, taking, draft)
    if condition is not None:
        for subject in find_subjects(Asked(condition, Stance.DEMANDS, taking.parties, alone=True), draft):
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
    """Whether a subject is firm enough: never `other`."""
    if subject.topic is Topic.OTHER or taking.span.end - taking.span.start < _SHORT:
        return False
    if subject.sure < (_FIRM if taking.loose else _SURE):
        return False
    return not (len(taking.parties) > 1 and subject.topic is Topic.TALKS)  # "they agreed to meet" is an encounter


def _from_plans(draft: Draft) -> Iterator[Position]:
    """Whoever put the article's one plan forward proposes it, if a passage says so."""
    yield from _from_makers(draft)
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


@lru_cache(maxsize=2)
def _made(draft: Draft) -> tuple[tuple[PlanMention, tuple[str, ...]], ...]:
    """Mentions of the text on the table, or of a rival one, with whoever is told there to have made or sent it."""
    mentions = [m for m in plan_mentions(draft) if role_of(m.label) in (MAIN, RIVAL)]
    told = [(m, tuple(p for p in made_by(m.head, draft) if p not in _MEDIATORS)) for m in mentions]
    return tuple((mention, parties) for mention, parties in told if parties)


def _tells_maker(taking: Taking, made: list[tuple[Span, tuple[str, ...]]]) -> bool:
    """Whether the words only tell who made the text, and so nothing of a topic in it."""
    return any(taking.span.holds(span) and set(taking.parties) <= set(parties) for span, parties in made)


def _from_makers(draft: Draft) -> Iterator[Position]:
    """Whoever is told to have made or sent the text on the table proposes it."""
    for mention, parties in _made(draft):
        sentence = draft.parse.sentences[mention.sentence]
        taking = Taking(parties, Stance.PROPOSES, sentence.span, sure=0.6)
        for party in parties:
            yield _position(party, Subject(Topic.WHOLE_PLAN), Stance.PROPOSES, sentence.span, taking, draft)


def _position(party: str, subject: Subject, stance: Stance, span: Span, taking: Taking, draft: Draft) -> Position:
    key = "|".join([draft.document.id, party, subject.topic, stance, str(span.start), str(span.end)])
    return Position(
        id="po" + hashlib.sha256(key.encode()).hexdigest()[:12],
        party=party,
        topic=subject.topic,
        stance=stance,
        spans=(span,),
        term=subject.term,
        statements=_standing_on(taking, span, draft),
        confidence=round(taking.sure * (0.4 + 0.6 * subject.sure), 2),
        method=METHOD,
    )


def _standing_on(taking: Taking, span: Span, draft: Draft) -> tuple[str, ...]:
    """The statement that a stance was read from, or the innermost one whose words hold it: on whose word it is told."""
    if taking.statement:
        return (taking.statement,)
    around = [s for s in draft.statements if any(part.start <= span.start < part.end for part in (*s.cue, *s.content))]
    inner = min(around, key=lambda s: sum(part.end - part.start for part in s.content), default=None)
    return (inner.id,) if inner is not None else ()


def _one_each(positions: list[Position]) -> Iterator[Position]:
    seen: set[tuple[str, Topic, Stance]] = set()
    for position in positions:
        key = (position.party, position.topic, position.stance)
        if key not in seen:
            seen.add(key)
            yield position

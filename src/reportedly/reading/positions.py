"""Positions: what each party wants on each topic, from what it says and what it is told to do."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from reportedly.reading.draft import Draft
from reportedly.reading.parse import place
from reportedly.reading.positions_parties import speaks_for, subject_of, subject_token, verb_group
from reportedly.reading.positions_subjects import Subject, find_subjects
from reportedly.reading.positions_wording import VERBS, Taking, find_worded
from reportedly.reading.positions_words import (
    condition_in,
    is_approval,
    is_matter,
    is_party_name,
    is_refused,
    is_soft,
    is_verdict,
    own_side_in,
    says_authored,
    stance_at,
)
from reportedly.reading.terms_lists import find_listed
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

_FIRM = 1.0
_SHORT = 8  # code points: less says nothing
_MEDIATORS = ("United Nations",)  # puts papers forward for others
_NAMED = re.compile(r"(?!(?:Point|Number|Article|Chapter|Phase|No|Paragraph) )[A-Z0-9]")
_TURN = re.compile(r"(?:,|;| –| —)? (?:but|and|while|though|yet)(?: also| then| instead)?(?: to)? (?=\w+ \w)")
_LONG = 160  # code points: a longer content tells more than a verdict
_YES_NO = re.compile(r"(?:^|(?<=[\s,;:“\"]))(?P<word>no|yes) to\b", re.IGNORECASE)
_BODIES = (SourceKind.GOVERNMENT, SourceKind.ORGANISATION)
_YES = (Stance.ACCEPTS, Stance.OFFERS, Stance.OPEN)


def find_positions(draft: Draft) -> tuple[Position, ...]:
    """The positions of an article, one for each party, topic and stance, in text order.

    Method: the act of each statement whose last source stands for a party; the wording of what is said about a party
    (stances.tsv); who put a plan forward. A condition makes a yes `open` and adds what is demanded.
    """
    told = list(_from_statements(draft))
    lines = tuple(point.block.span for point in find_listed(draft))  # the wording of a plan is nobody's answer to it
    takings = [t for t in (*told, *find_worded(draft, told)) if not any(line.meets(t.span) for line in lines)]
    sides = {name for name in _sides_of_the_talks(draft) if is_party_name(name)}
    found = [p for t in takings if not sides.isdisjoint(t.parties) for p in _positions(t, draft)]
    found = [p for p in (*found, *_from_plans(draft)) if p.party in sides]
    return tuple(_one_each(sorted(found, key=lambda p: (p.spans[0].start, -p.confidence))))


def _sides_of_the_talks(draft: Draft) -> frozenset[str]:
    """Who may hold a position: bodies, and whom a term or plan makes a party. A person speaks for a side or none."""
    bodies = (SourceKind.GOVERNMENT, SourceKind.ORGANISATION)
    named = {a.name for a in draft.mentions.actors if a.kind in bodies and _NAMED.match(a.name)}
    named |= {a.party for a in draft.mentions.actors if a.party}
    parties = {name for term in draft.terms for name in (*term.gives, *term.gets)}
    people = {a.name: a for a in draft.mentions.actors if a.kind is SourceKind.PERSON}
    alone = {name for name, a in people.items() if a.party is None and " " in name and len(a.mentions) > 2}
    authors = {name for plan in draft.plans for name in plan.authors}
    return frozenset((named | parties | authors) - set(people)) | (alone & (parties | authors))


def _from_statements(draft: Draft) -> Iterator[Taking]:
    for statement in draft.statements:
        content = hull(statement.content)
        stance = _BY_ACT.get(statement.act) or _verdict(statement, content, draft)
        if stance in (Stance.ACCEPTS, Stance.OFFERS) and _negated(statement, draft):
            stance = Stance.REJECTS
        stance = _reworded(stance, content, draft) if stance is not None else None
        if stance is None or not is_matter(content.of(draft.parse.text)):
            continue
        parties = _whose(statement, stance, content, draft)
        if not parties:
            continue
        parts = tuple(_yes_and_no(content, draft)) or tuple(_turns(stance, content, draft))
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
    named = statement.act in (Act.ASSERT, Act.ASK) and bool(_named_first(content, draft))
    if not named and (stance is Stance.DEMANDS or statement.act is Act.ASSERT):
        return parties
    return subject_of(content, draft) or parties


def _verdict(statement: Statement, content: Span, draft: Draft) -> Stance | None:
    """The stance of what a speaker plainly states of his own side, or of a thing."""
    words = content.of(draft.parse.text)
    if statement.act not in (Act.ASSERT, Act.DENY) or len(words) > _LONG:
        return None
    at = own_side_in(words)
    if at:
        return stance_at(words[at:])
    named = _named_first(content, draft)
    if named:
        return stance_at(named)
    if statement.act is Act.ASSERT and is_verdict(words):
        return Stance.REJECTS
    return Stance.ACCEPTS if statement.act is Act.ASSERT and is_approval(words) else None


def _named_first(content: Span, draft: Draft) -> str:
    """The words after the name of a body that reported words open with: "Kyiv (was ready to begin)"; none if none."""
    text, end = draft.parse.text, content.start
    for mention, actor in draft.mentions.mentions_in(content):
        if actor.kind not in _BODIES or text[end : mention.start].strip(' "“‘').casefold() not in ("", "the", "that"):
            break
        end = mention.end
        return text[end : content.end].lstrip(' ,"“”‘')
    return ""


def _negated(statement: Statement, draft: Draft) -> bool:
    """Whether the cue itself is negated: "would not accept" sanctions."""
    tokens = [t for part in statement.cue for t in draft.parse.tokens_in(part)]
    return any(c.dep_ == "neg" for t in tokens for c in (t, *t.children))


def _reworded(stance: Stance, content: Span, draft: Draft) -> Stance:
    """The stance of the content's own verb where it turns a yes into a no or back: "assured them that it rejected"."""
    if stance is Stance.DEMANDS:
        return stance
    words = content.of(draft.parse.text)
    if stance in (Stance.OFFERS, Stance.PROPOSES) and len(words) < _LONG and is_verdict(words):
        return Stance.REJECTS
    verb = next((t for t in draft.parse.tokens_in(content) if subject_token(t) is not None and t.pos_ in VERBS), None)
    own = stance_at(draft.parse.text[place(verb_group(verb)).start : content.end]) if verb is not None else None
    turned = own is not None and (own is Stance.REJECTS) != (stance is Stance.REJECTS) and own is not Stance.DEMANDS
    return own if own is not None and turned else stance


def _yes_and_no(content: Span, draft: Draft) -> Iterator[tuple[Stance, Span]]:
    """The parts of an answer such as "no to flights, yes to the presidency"."""
    starts = list(_YES_NO.finditer(draft.parse.text, content.start, content.end))
    ends = [m.start() for m in starts[1:]] + [content.end] * bool(starts)
    for match, end in zip(starts, ends, strict=True):
        yield (Stance.ACCEPTS if match["word"].casefold() == "yes" else Stance.REJECTS), Span(match.start("word"), end)


def _turns(stance: Stance, content: Span, draft: Draft) -> Iterator[tuple[Stance, Span]]:
    """A content parted where a second clause takes another stance: "accepts the pay, but will not sell Sundays"."""
    text, start, own = draft.parse.text, content.start, stance
    for match in _TURN.finditer(text, content.start, content.end):
        words = text[match.end() : content.end]
        other = stance_at(words) or (Stance.REJECTS if is_refused(words) else None)
        if other is not None and other is not own:
            yield _softened(own, Span(start, match.start()), draft), Span(start, match.start())
            start, own = match.end(), other
    yield _softened(own, Span(start, content.end), draft), Span(start, content.end)


def _softened(stance: Stance, content: Span, draft: Draft) -> Stance:
    """`open` for a yes that is only a readiness to talk."""
    soft = stance in (Stance.ACCEPTS, Stance.OFFERS) and is_soft(content.of(draft.parse.text))
    return Stance.OPEN if soft else stance


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
        for subject in find_subjects(condition, draft, alone=True):
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
    if subject.topic is Topic.OTHER or taking.span.end - taking.span.start < _SHORT:
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

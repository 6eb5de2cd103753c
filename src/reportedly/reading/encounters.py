"""Encounters: the meetings, calls, visits and rounds of talks that an article tells of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from reportedly.reading.actors import merged
from reportedly.reading.draft import Draft
from reportedly.reading.encounters_clauses import TELLS, clause_around, trimmed
from reportedly.reading.encounters_core import core_participants, is_setting
from reportedly.reading.encounters_dates import Dates, find_when, settled
from reportedly.reading.encounters_filling import filled, goes_on
from reportedly.reading.encounters_groups import known_by, leading_parties, leading_people
from reportedly.reading.encounters_people import find_participants, is_outsider, names_somebody, subject_of_meeting
from reportedly.reading.encounters_places import find_place, is_country
from reportedly.reading.encounters_sightings import Sighting, merged_sightings
from reportedly.reading.encounters_status import find_status, was_moved
from reportedly.reading.encounters_words import VERBS, Trigger, find_triggers
from reportedly.reading.parse import place
from reportedly.reading.when import find_dates
from reportedly.records import Encounter, Span, Status

METHOD = "encounters: words, clauses and dates"
_APART = re.compile(r"\b(?:separate(?:ly)?|apart|individually|one by one|in turn)\b", re.I)
_IN_PERSON = re.compile(r"\b(?:himself|herself|themselves|in person|personally)\b", re.I)
_ACROSS = re.compile(r"\b(?:opposite numbers?|counterparts?)\b", re.I)


def find_encounters(draft: Draft) -> tuple[Encounter, ...]:
    """The encounters of an article, each once, with its fullest telling as evidence.

    Method: trigger words (encounters.tsv) with the place, date and people of their clause; tellings of one encounter
    are put together by day, place and people. Meetings within one party and with the press are left out.
    """
    sightings = [s for s in _sightings(draft) if not _within_one_party(s, draft)]
    told = {encounter.id: encounter for encounter in (_encounter(s, draft) for s in merged_sightings(sightings))}
    return tuple(told.values())  # two triggers of one clause may tell the same


def _sightings(draft: Draft) -> Iterator[Sighting]:
    anchor: str | None = None
    told: list[Sighting] = []
    for sentence in draft.parse.sentences:
        dates = find_dates(sentence, draft.document.published, anchor=anchor)
        seen: list[Sighting] = []
        for trigger in find_triggers(sentence):
            if _is_aside(trigger, draft):
                continue
            clause = clause_around(trigger.token, sentence, draft)
            seen += [filled(s, trigger, told, draft) for s in _read(trigger, clause, dates, draft)]
        told += seen
        yield from seen
        anchor = dates[-1][1] if dates else anchor


def _is_aside(trigger: Trigger, draft: Draft) -> bool:
    """Whether the word only describes who speaks, or what a plan would have done: "officials briefed on the talks"."""
    at = place(trigger.token)
    head = place(trigger.token.head)
    if any(part.holds(at) and part.holds(head) for s in draft.statements for part in s.source):
        return True
    return not _takes_place(trigger) and any(part.holds(at) for t in draft.terms for part in t.spans)


def _takes_place(trigger: Trigger) -> bool:
    """Whether it is told as a fact or a date: "flies to New York", "will see each other", but not "would meet"."""
    verb = trigger.verb
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    return not trigger.is_noun and (verb.tag_ in ("VBZ", "VBP", "VBD") or "will" in helpers)


def _read(trigger: Trigger, clause: Span, dates: Dates, draft: Draft) -> list[Sighting]:
    text = draft.parse.text
    status = find_status(trigger, clause.of(text))
    if status is None or is_outsider(trigger.token) or is_setting(trigger.token):
        return []
    parts = _parts(clause, dates, draft)
    found = []
    for part in parts:
        sighting = _sighting(trigger, part, clause, status, _in(part, dates), draft)
        if sighting is not None:
            found += _apart(sighting, clause.of(text), draft)
    return found


def _parts(clause: Span, dates: Dates, draft: Draft) -> list[Span]:
    """A clause in two where a second day follows without a verb: "Ankara on Monday and Athens the day after"."""
    inside = _in(clause, dates)
    for (first, _), (second, _) in pairwise(inside):
        between = Span(first.end, second.start) if first.end < second.start else None
        match = re.match(r",?\sand\s", between.of(draft.parse.text)) if between else None
        if between and match and not any(t.pos_ in VERBS for t in draft.parse.tokens_in(between)):
            return [Span(clause.start, first.end), Span(first.end + match.end(), clause.end)]
    return [clause]


def _sighting(
    trigger: Trigger, part: Span, clause: Span, status: Status, dates: Dates, draft: Draft
) -> Sighting | None:
    at, days = place(trigger.token), tuple(span for span, _ in dates)
    where = find_place(part, at, draft, aside=days, last=was_moved(clause.of(draft.parse.text)))
    if where is None and part != clause and trigger.needs == "handover":
        where = find_place(clause, at, draft, aside=days)
    aside = (*days, *_speakers(at, draft))
    people = find_participants(part, draft, aside=aside)
    if part.start != clause.start:
        people = (*find_participants(clause, draft, aside=aside)[:1], *people)
    if not trigger.is_noun:
        people = (*subject_of_meeting(trigger.token, draft), *people)
    core = core_participants(trigger, draft, aside=aside) if part == clause else ()
    sure = len(core) > 1
    people = core if sure else (*core, *people)
    when = find_when(trigger, dates, status, clause, draft)
    span = trimmed(part, draft.parse.text)
    word, again = trigger.token.lemma_, goes_on(trigger)
    sighting = Sighting(merged(people), where, when, status, span, at, word, sure, again)
    return settled(sighting, draft) if _enough(trigger, sighting, draft) else None


def _speakers(at: Span, draft: Draft) -> tuple[Span, ...]:
    """Who tells of a meeting is not thereby at it: the sources of statements that hold its word in their content."""
    over = [s for s in draft.statements if s.act in TELLS and any(part.holds(at) for part in s.content)]
    return tuple(span for s in over if not any(c.meets(at) for c in s.cue) for span in s.source)


def _enough(trigger: Trigger, sighting: Sighting, draft: Draft) -> bool:
    detail = sighting.place is not None or sighting.when is not None
    both = sighting.place is not None and sighting.when is not None
    needs = trigger.needs
    if needs.startswith("whom"):
        objects = [c for c in trigger.token.children if c.dep_ in ("dobj", "obj")]
        if objects and not any(names_somebody(o, draft) for o in objects):
            return False
        if needs == "whom_detail" and not objects and any(c.dep_ in ("ccomp", "xcomp") for c in trigger.token.children):
            return False  # "would see prices fall"
        needs = "detail" if needs == "whom_detail" else "some"
    if _of_things(trigger, draft):
        return False
    town = sighting.place is not None and not is_country(sighting.place)
    if needs == "handover":
        return town and (sighting.when is not None or _IN_PERSON.search(sighting.span.of(draft.parse.text)) is not None)
    if needs == "town":
        return sighting.place is not None and bool(sighting.participants)
    if trigger.is_noun and ((sighting.when is None and _points_back(trigger)) or _is_first_since(trigger)):
        return False
    if needs == "unsaid" and any(c.meets(place(trigger.verb)) for s in draft.statements for c in s.cue):
        return False
    if needs in ("some", "call"):
        return detail or len(sighting.participants) > 1
    return both if needs == "both" else detail


def _of_things(trigger: Trigger, draft: Draft) -> bool:
    """Whether it is a thing that goes or is seen: "the stockpile would travel", "a draft seen by an agency"."""
    verb = trigger.token
    if trigger.is_noun or not (trigger.needs.startswith("whom") or trigger.needs == "town"):
        return False
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    bare = verb.tag_ == "VBN" and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    if bare and verb.lemma_ in ("see", "receive") and verb.i + 1 < verb.sent.end and verb.nbor(1).lower_ == "by":
        return True
    top = verb
    while top.dep_ == "conj" and top.head.tag_ == "VBN":
        top = top.head
    if not subjects and top.dep_ == "acl" and verb.tag_ == "VBN":
        subjects = [top.head]
    relatives = [verb.head if c.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else c for c in subjects]
    return bool(relatives) and not any(names_somebody(c, draft) for c in relatives)


def _points_back(trigger: Trigger) -> bool:
    """ "This conversation", "such a meeting": told of before, if at all."""
    return any(
        c.dep_ in ("det", "predet") and c.lower_ in ("this", "that", "such", "any", "every")
        for c in trigger.token.children
    )


def _is_first_since(trigger: Trigger) -> bool:
    """ "Their first meeting since a dinner in Rome": day and place are the dinner's."""
    return any(c.dep_ == "prep" and c.lower_ == "since" for c in trigger.token.children)


def _in(part: Span, dates: Dates) -> Dates:
    return tuple(d for d in dates if part.holds(d[0]))


def _apart(sighting: Sighting, clause: str, draft: Draft) -> list[Sighting]:
    """One encounter for each counterpart whom somebody sees separately."""
    if not sighting.participants or not _APART.search(clause):
        return [sighting]
    first, *others = sighting.participants
    if not others:
        others = [name for name in leading_people(draft) if name != first]
    if len(others) < 2:
        return [sighting]
    return [replace(sighting, participants=(first, other)) for other in others]


def _within_one_party(sighting: Sighting, draft: Draft) -> bool:
    sides = {a.name: a.party or a.name for a in draft.mentions.actors}
    people = sighting.participants
    if _ACROSS.search(sighting.span.of(draft.parse.text)):
        return False
    return len(people) > 1 and len({sides.get(p, p) for p in people}) == 1


def _encounter(sighting: Sighting, draft: Draft) -> Encounter:
    statements = tuple(s.id for s in draft.statements if any(c.meets(sighting.span) for c in s.content))
    people = tuple(merged(known_by(name, draft) for name in sighting.participants)) or leading_parties(draft)
    key = "|".join([draft.document.id, str(sighting.span.start), str(sighting.span.end), str(sighting.when), *people])
    return Encounter(
        id="en" + hashlib.sha256(key.encode()).hexdigest()[:12],
        participants=people,
        place=sighting.place,
        when=sighting.when,
        status=sighting.status,
        spans=(sighting.span,),
        statements=statements,
        confidence=min(0.95, 0.4 + 0.08 * sighting.weight),
        method=METHOD,
    )

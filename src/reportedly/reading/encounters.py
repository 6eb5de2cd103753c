"""Encounters: the meetings, calls, visits and rounds of talks that an article tells of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from reportedly.reading.actors import merged
from reportedly.reading.draft import Draft
from reportedly.reading.encounters_clauses import TELLS, clause_around, trimmed
from reportedly.reading.encounters_groups import known_by, leading_parties, leading_people, sides_at, told_pair
from reportedly.reading.encounters_people import find_participants, is_outsider, names_somebody, subject_of_meeting
from reportedly.reading.encounters_places import country_of, find_place, is_country
from reportedly.reading.encounters_status import find_status, was_moved
from reportedly.reading.encounters_words import VERBS, Trigger, find_triggers, governing_verb
from reportedly.reading.parse import place
from reportedly.reading.when import FUTURE, PAST, find_dates, first_day, last_day, parse_day, resolve
from reportedly.records import Encounter, Span, Status

METHOD = "encounters: words, clauses and dates"
_BY = re.compile(r"\bby (?:another )?(?P<count>[a-z]+|\d+) (?P<unit>day|week|month)s?(?P<early> earlier)?\b", re.I)
_APART = re.compile(r"\b(?:separate(?:ly)?|apart|individually|one by one|in turn)\b", re.I)
_IN_PERSON = re.compile(r"\b(?:himself|herself|themselves|in person|personally)\b", re.I)
_FAR_OFF = 110  # code points between an encounter's word and its date
_ACROSS = re.compile(r"\b(?:opposite numbers?|counterparts?)\b", re.I)
_PLENARY = frozenset({"talk", "round", "session", "summit", "negotiation", "conference"})
_OLD = 3 * 365  # days: what lies further back is history, not a step of these talks

Dates = tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """One telling of an encounter."""

    participants: tuple[str, ...]
    place: str | None
    when: str | None
    status: Status
    span: Span
    at: Span

    @property
    def weight(self) -> int:
        return 2 * (self.place is not None) + 2 * (self.when is not None) + min(3, len(self.participants))


def find_encounters(draft: Draft) -> tuple[Encounter, ...]:
    """The encounters of an article, each once, with its fullest telling as evidence.

    Method: trigger words (encounters.tsv) with the place, date and people of their clause; tellings of one encounter
    are put together by day, place and people. Meetings within one party and with the press are left out.
    """
    sightings = [s for s in _sightings(draft) if not _within_one_party(s, draft)]
    told = {encounter.id: encounter for encounter in (_encounter(s, draft) for s in _merged(sightings))}
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
            seen += [_filled(s, trigger, told, draft) for s in _read(trigger, clause, dates, draft)]
        told += seen
        yield from seen
        anchor = dates[-1][1] if dates else anchor


def _filled(sighting: Sighting, trigger: Trigger, told: list[Sighting], draft: Draft) -> Sighting:
    """A telling that names too few, with those whom the text before it or the journey's end gives.

    "The meeting" is one told before; "a meeting" without anybody is where the last ones told to have spoken did so; who
    flies to a capital sees its government; talks that name one side are between the sides.
    """
    people = sighting.participants
    if len(people) > 1:
        return sighting
    before = next((s.participants for s in reversed(told) if len(s.participants) > 1 and _fits(s, sighting)), ())
    if trigger.is_noun and _is_definite(trigger) and before:
        return replace(sighting, participants=tuple(dict.fromkeys((*people, *before))))
    if not people and sighting.status is Status.HELD:
        return replace(sighting, participants=told_pair(sighting.at, draft))
    if not people:
        return sighting
    host = country_of(sighting.place) if trigger.needs in ("town", "whom_detail") and sighting.place else None
    if host is not None and host not in sides_at(people[0], draft):
        return replace(sighting, participants=(*people, host))
    sides = leading_parties(draft)
    if trigger.is_noun and trigger.token.lemma_.casefold() in _PLENARY and people[0] in sides:
        return replace(sighting, participants=tuple(dict.fromkeys((*people, *sides))))
    return sighting


def _fits(earlier: Sighting, sighting: Sighting) -> bool:
    """Whether an earlier telling may be of what is spoken of again: nobody else, and no other place."""
    same_place = earlier.place is None or sighting.place is None or earlier.place == sighting.place
    return same_place and set(sighting.participants) <= set(earlier.participants)


def _is_definite(trigger: Trigger) -> bool:
    return any(
        c.lower_ in ("the", "their", "its", "that", "this") for c in trigger.token.children if c.dep_ in ("det", "poss")
    )


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
    if status is None or is_outsider(trigger.token):
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
    when = _when(trigger, dates, status, clause, draft)
    sighting = Sighting(tuple(dict.fromkeys(people)), where, when, status, trimmed(part, draft.parse.text), at)
    return _settled(sighting, draft) if _enough(trigger, sighting, draft) else None


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
        needs = "detail" if needs == "whom_detail" else "some"
    if _of_things(trigger, draft):
        return False
    town = sighting.place is not None and not is_country(sighting.place)
    if needs == "handover":
        return town and (sighting.when is not None or _IN_PERSON.search(sighting.span.of(draft.parse.text)) is not None)
    if needs == "town":
        return sighting.place is not None and bool(sighting.participants)
    if trigger.is_noun and sighting.when is None and _points_back(trigger):
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


def _in(part: Span, dates: Dates) -> Dates:
    return tuple(d for d in dates if part.holds(d[0]))


def _when(trigger: Trigger, dates: Dates, status: Status, clause: Span, draft: Draft) -> str | None:
    text, published, at = draft.parse.text, draft.document.published, place(trigger.token)
    usable = tuple(d for d in dates if not _told_then(trigger, d[0], draft) and _reaches(at, d, text))
    if status is not Status.ONGOING:
        usable = tuple(d for d in usable if not d[1].endswith("/..")) or usable
    if not usable:
        return None
    if was_moved(clause.of(text)):
        return _moved_to(usable, clause, draft)
    span, value = min(usable, key=lambda d: abs(d[0].start - at.end))
    value = value if status is Status.ONGOING else value.removesuffix("/..")
    return _in_time(span.of(text), value, status, published)


def _reaches(at: Span, date: tuple[Span, str], text: str) -> bool:
    """Whether a date is near enough to the encounter's word, and no mere deadline."""
    first, second = sorted((at, date[0]))
    between = text[first.end : second.start]
    return len(between) < _FAR_OFF and ":" not in between and not date[1].startswith("..")


def _in_time(words: str, value: str, status: Status, published: str | None) -> str:
    """The value that fits the status: ahead for what is to come, behind for what was, the nearer for what is off."""
    today, last = parse_day(published), last_day(value)
    if today is None or last is None:
        return value
    ahead = status in (Status.SCHEDULED, Status.PROPOSED)
    if status is Status.CANCELLED:
        options = [o for o in (resolve(words, published, tense=t) for t in (PAST, FUTURE)) if o]
        return min(options or [value], key=lambda o: abs(((last_day(o) or today) - today).days))
    if (ahead and last < today) or (status is Status.HELD and last > today):
        return resolve(words, published, tense=FUTURE if ahead else PAST) or value
    return value


def _moved_to(dates: Dates, clause: Span, draft: Draft) -> str:
    """The new day of an encounter that was put off: the last one given, or the old one and so many days."""
    words, published = clause.of(draft.parse.text), draft.document.published
    span, value = dates[-1]
    by = _BY.search(words)
    day = first_day(dates[0][1])
    if by is not None and day is not None:
        moved = resolve(
            f"{by['count']} {by['unit']} {'later' if not by['early'] else 'earlier'}", published, anchor=day.isoformat()
        )
        return moved or value
    today, last = parse_day(published), last_day(value)
    if today and last and last < today:
        value = resolve(span.of(draft.parse.text), published, tense=FUTURE) or value
    return value


def _told_then(trigger: Trigger, date: Span, draft: Draft) -> bool:
    """Whether a date is that of the telling, not of what is told: "announced on Monday"."""
    token = next(iter(draft.parse.tokens_in(date)), None)
    if token is None or trigger.needs == "call":
        return False
    verb = governing_verb(token)
    told = (c for s in draft.statements if s.act in TELLS for c in s.cue)
    if trigger.token in (verb, verb.head) or not any(c.meets(place(verb)) for c in told):
        return False
    return abs(token.i - verb.i) < abs(token.i - trigger.token.i)


def _settled(sighting: Sighting, draft: Draft) -> Sighting | None:
    """Set status against the date; drop what is history."""
    today = parse_day(draft.document.published)
    first = first_day(sighting.when) if sighting.when else None
    if today is None or first is None or sighting.when is None:
        return sighting
    if (today - first).days > _OLD or (len(sighting.when) == 4 and first.year < today.year):
        return None
    last = last_day(sighting.when) or first
    if sighting.status is Status.HELD and first > today:
        return replace(sighting, status=Status.SCHEDULED)
    if sighting.status is Status.SCHEDULED and last < today:
        return replace(sighting, status=Status.HELD)
    return sighting


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


def _merged(sightings: list[Sighting]) -> list[Sighting]:
    kept: list[Sighting] = []
    for sighting in sightings:
        same = next((i for i, other in enumerate(kept) if _same(other, sighting)), None)
        if same is None:
            kept.append(sighting)
        else:
            kept[same] = _joined(kept[same], sighting)
    return kept


def _same(a: Sighting, b: Sighting) -> bool:
    if a.place and b.place and a.place != b.place:
        return False
    if a.when and b.when and not _compatible(a.when, b.when):
        return False
    if not (a.when and b.when) and {a.status, b.status} & {Status.HELD} and a.status != b.status:
        return False
    shared = set(a.participants) & set(b.participants)
    if a.when == b.when and a.place == b.place and a.place:
        return bool(shared) or not (a.participants and b.participants) or a.span.meets(b.span)
    return bool(shared) or a.span.meets(b.span)


def _compatible(a: str, b: str) -> bool:
    bounds = [(first_day(v), last_day(v)) for v in (a, b)]
    (a1, a2), (b1, b2) = bounds
    return a == b or (None not in (a1, a2, b1, b2) and ((a1 <= b1 and b2 <= a2) or (b1 <= a1 and a2 <= b2)))  # type: ignore[operator]


def _joined(a: Sighting, b: Sighting) -> Sighting:
    best, other = (a, b) if a.weight >= b.weight else (b, a)
    whens = [w for w in (best.when, other.when) if w]
    status = Status.CANCELLED if Status.CANCELLED in (a.status, b.status) else best.status
    return replace(
        best,
        place=best.place or other.place,
        when=min(whens, key=lambda w: (w.count("/"), -len(w))) if whens else None,
        status=status,
        participants=best.participants
        if len(best.participants) > 1
        else tuple(dict.fromkeys((*best.participants, *other.participants))),
    )


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

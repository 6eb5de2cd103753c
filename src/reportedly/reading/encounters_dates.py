"""When an encounter is: the date of its clause that is its own, made to fit its status."""

from __future__ import annotations

import re
from dataclasses import replace

from reportedly.reading.draft import Draft
from reportedly.reading.encounters_clauses import TELLS
from reportedly.reading.encounters_sightings import Sighting
from reportedly.reading.encounters_status import was_moved
from reportedly.reading.encounters_words import Trigger, governing_verb
from reportedly.reading.parse import place
from reportedly.reading.when import FUTURE, PAST, first_day, last_day, parse_day, resolve
from reportedly.records import Span, Status

Dates = tuple[tuple[Span, str], ...]

_BY = re.compile(r"\bby (?:another )?(?P<count>[a-z]+|\d+) (?P<unit>day|week|month)s?(?P<early> earlier)?\b", re.I)
_FIRST = re.compile(r"\b(?:first|only|last|[a-z]{3,}est)\b[^.;]{0,70}$", re.I)  # "their first contact since 2023"
_FAR_OFF = 110  # code points between an encounter's word and its date
_OLD = 3 * 365  # days: what lies further back is history, not a step of these talks


def find_when(trigger: Trigger, dates: Dates, status: Status, clause: Span, draft: Draft) -> str | None:
    """The EDTF value of the date of a clause that is the encounter's own, the nearest one; None for none."""
    text, published, at = draft.parse.text, draft.document.published, place(trigger.token)
    usable = tuple(d for d in dates if not _told_then(trigger, d[0], draft) and _reaches(at, d, text))
    usable = tuple(d for d in usable if not (d[1].endswith("/..") and _FIRST.search(text[clause.start : d[0].start])))
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
    says = verb.lemma_.casefold() in ("say", "tell", "add", "announce", "write", "state")
    told = (c for s in draft.statements if s.act in TELLS or says for c in s.cue)
    if trigger.token in (verb, verb.head) or not any(c.meets(place(verb)) for c in told):
        return False
    return abs(token.i - verb.i) < abs(token.i - trigger.token.i)


def settled(sighting: Sighting, draft: Draft) -> Sighting | None:
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

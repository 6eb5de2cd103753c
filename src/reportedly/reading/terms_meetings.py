"""Stretches that tell of a meeting, with its day, and so are no terms: "talks are set for Tuesday in Rome"."""

from __future__ import annotations

from reportedly.reading.encounters_words import Trigger, find_triggers
from reportedly.reading.language import load_lists, load_words
from reportedly.reading.parse import place
from reportedly.reading.terms_candidates import Candidate
from reportedly.reading.when import find_dates

_SUBJECTS = ("nsubj", "nsubjpass")


def tells_of_meeting(candidate: Candidate, published: str | None) -> bool:
    """Whether a stretch says that somebody meets on a day of the calendar, or is ready to.

    `published` is the article's day. A period within which the plan would have talks begin makes a term.
    """
    triggers = {t.token: t for t in find_triggers(candidate.sentence) if t.is_noun or _meets_somebody(t)}
    if not triggers:
        return False
    if any(_is_ready(triggers[t]) for t in candidate.tokens if t in triggers):
        return True
    head = candidate.head
    above = [head, *(c for c in head.children if c.dep_ in _SUBJECTS)]
    if not any(t in triggers for t in above):
        return False
    held = {place(t).start for t in candidate.tokens}
    dates = find_dates(candidate.sentence, published)
    return any(span.start in held and not value.startswith("..") for span, value in dates)


def _meets_somebody(trigger: Trigger) -> bool:
    """Whether a verb tells of people: not "staff would receive 4 per cent", "prices see a rise"."""
    if trigger.needs in ("whom", "detail"):
        return True
    people = load_lists("en", "encounters")["nouns"]["somebody"]
    objects = [c for c in trigger.token.children if c.dep_ in ("dobj", "obj")]
    named = any(o.lemma_.casefold() in people or o.pos_ == "PRON" or o.ent_type_ == "PERSON" for o in objects)
    return trigger.needs == "whom_detail" and named


def _is_ready(trigger: Trigger) -> bool:
    """ "Remained prepared to meet": a verb of meeting below a word of being ready."""
    above = trigger.token.head
    return not trigger.is_noun and above.lemma_.casefold() in load_words("encounters", "ready")

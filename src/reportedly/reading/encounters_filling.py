"""Who else is at an encounter whose clause names too few: those told of before, the host, the other side."""

from __future__ import annotations

from dataclasses import replace

from reportedly.reading.draft import Draft
from reportedly.reading.encounters_groups import leading_parties, sides_at, told_pair
from reportedly.reading.encounters_places import country_of
from reportedly.reading.encounters_sightings import Sighting
from reportedly.reading.encounters_words import Trigger
from reportedly.reading.language import load_words
from reportedly.records import Status

_PLENARY = frozenset({"talk", "round", "session", "summit", "negotiation", "conference"})


def filled(sighting: Sighting, trigger: Trigger, told: list[Sighting], draft: Draft) -> Sighting:
    """A telling that names too few, with those whom the text before it or the journey's end gives.

    "The meeting" is one told before; "a meeting" without anybody is where the last ones told to have spoken did so; who
    flies to a capital sees its government; talks that name one side are between the sides.
    """
    people = sighting.participants
    if trigger.is_noun and _is_plenary(sighting.word) and not sighting.sure and _one_side(people, draft):
        people = ()  # those only tell of it
        sighting = replace(sighting, participants=people)
    if len(people) > 1:
        return sighting
    before = _told_before(sighting, trigger, told)
    if trigger.is_noun and before:
        return replace(sighting, participants=tuple(dict.fromkeys((*people, *before))))
    if not people and sighting.status is Status.HELD:
        return replace(sighting, participants=told_pair(sighting.at, draft))
    if not people:
        return sighting
    host = country_of(sighting.place) if trigger.needs in ("town", "whom_detail") and sighting.place else None
    if host is not None and host not in sides_at(people[0], draft):
        return replace(sighting, participants=(*people, host))
    sides = leading_parties(draft)
    if trigger.is_noun and _is_plenary(trigger.token.lemma_) and people[0] in sides:
        return replace(sighting, participants=tuple(dict.fromkeys((*people, *sides))))
    return sighting


def _one_side(people: tuple[str, ...], draft: Draft) -> bool:
    """Whether several are all of one party: a country and its ministry."""
    return len(people) > 1 and len({side for name in people for side in sides_at(name, draft)}) == 1


def _told_before(sighting: Sighting, trigger: Trigger, told: list[Sighting]) -> tuple[str, ...]:
    """Those at the meeting last told of, where the word goes on from it: "the meeting", "a third round"."""
    many = [s for s in reversed(told) if len(s.participants) > 1]
    if sighting.when and _dated(trigger):
        return next((s.participants for s in many if s.when == sighting.when), ())
    alike = [s for s in many if _is_plenary(s.word) or not _is_plenary(trigger.token.lemma_)]
    if _is_definite(trigger):
        return next((s.participants for s in alike if _fits(s, sighting)), ())
    if _is_further(trigger):
        return next((s.participants for s in alike if set(sighting.participants) <= set(s.participants)), ())
    return ()


def _is_plenary(word: str) -> bool:
    return word.casefold() in _PLENARY


def _fits(earlier: Sighting, sighting: Sighting) -> bool:
    """Whether an earlier telling may be of what is spoken of again: nobody else, and no other place."""
    same_place = earlier.place is None or sighting.place is None or earlier.place == sighting.place
    return same_place and set(sighting.participants) <= set(earlier.participants)


def goes_on(trigger: Trigger) -> bool:
    """Whether a noun of meeting is one told before: "the meeting", "Tuesday's session"."""
    return trigger.is_noun and (_is_definite(trigger) or _dated(trigger))


def _is_definite(trigger: Trigger) -> bool:
    return any(
        c.lower_ in ("the", "their", "its", "that", "this") for c in trigger.token.children if c.dep_ in ("det", "poss")
    )


def _is_further(trigger: Trigger) -> bool:
    words = load_words("encounters", "further")
    return any(c.lower_ in words for c in trigger.token.children if c.dep_ in ("amod", "det", "nummod"))


def _dated(trigger: Trigger) -> bool:
    """ "Tuesday's meeting"."""
    return any(c.ent_type_ == "DATE" for c in trigger.token.children if c.dep_ in ("poss", "compound", "nmod"))

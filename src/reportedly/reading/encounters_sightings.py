"""Tellings of encounters, and which of them tell of the same one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportedly.reading.when import first_day, last_day
from reportedly.records import Span, Status

_AHEAD = (Status.SCHEDULED, Status.PROPOSED)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One telling of an encounter.

    `sure`: the grammar says who is there, not just their standing near it;
    `again`: its word goes on from one told before ("the meeting", "Tuesday's session").
    """

    participants: tuple[str, ...]
    place: str | None
    when: str | None
    status: Status
    span: Span
    at: Span
    word: str
    sure: bool = False
    again: bool = False

    @property
    def weight(self) -> int:
        return 2 * (self.place is not None) + 2 * (self.when is not None) + min(3, len(self.participants))


def merged_sightings(sightings: list[Sighting]) -> list[Sighting]:
    """Each encounter once: tellings put together whose day, place and people agree, in the order of the first."""
    kept: list[Sighting] = []
    for sighting in sightings:
        same = next((i for i, other in enumerate(kept) if _same(other, sighting)), None)
        if same is None:
            kept.append(sighting)
        else:
            kept[same] = _joined(kept[same], sighting)
    return kept


def _same(a: Sighting, b: Sighting) -> bool:
    """Whether an earlier telling and a later one are of the same encounter."""
    if a.at == b.at and a.participants != b.participants:
        return False  # "will see the unions separately"
    if a.place and b.place and a.place != b.place:
        return False
    if a.when and b.when and not _compatible(a.when, b.when):
        return False
    if not (a.when and b.when) and {a.status, b.status} & {Status.HELD} and a.status != b.status:
        return False
    one_is_off = {a.status, b.status} & set(_AHEAD) and Status.CANCELLED in (a.status, b.status)
    if one_is_off and a.when != b.when and not b.again:
        return False
    if a.span.meets(b.span):
        return True
    if a.when == b.when and a.place == b.place and a.place:
        return bool(set(a.participants) & set(b.participants)) or not (a.participants and b.participants)
    return _share(a, b)


def _share(a: Sighting, b: Sighting) -> bool:
    """Whether the people agree: all of one among those of the other, or any where the place or the words say so."""
    shared = set(a.participants) & set(b.participants)
    within = len(shared) == min(len(a.participants), len(b.participants))
    return bool(shared) and (within or b.again or (a.place is not None and a.place == b.place))


def _compatible(a: str, b: str) -> bool:
    bounds = [(first_day(v), last_day(v)) for v in (a, b)]
    (a1, a2), (b1, b2) = bounds
    return a == b or (None not in (a1, a2, b1, b2) and ((a1 <= b1 and b2 <= a2) or (b1 <= a1 and a2 <= b2)))  # type: ignore[operator]


def _joined(a: Sighting, b: Sighting) -> Sighting:
    best, other = (a, b) if a.weight >= b.weight else (b, a)
    whens = [w for w in (best.when, other.when) if w]
    status = Status.CANCELLED if Status.CANCELLED in (a.status, b.status) else best.status
    people = best if best.sure or not other.sure else other
    return replace(
        best,
        place=best.place or other.place,
        when=min(whens, key=lambda w: (w.count("/"), -len(w))) if whens else None,
        status=status,
        sure=people.sure,
        participants=people.participants
        if len(people.participants) > 1
        else tuple(dict.fromkeys((*best.participants, *other.participants))),
    )

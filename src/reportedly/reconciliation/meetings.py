"""Encounters of many articles put together to meetings, each with what became of it.

Two tellings are of one meeting where their day is the same, their places do not differ and they share two participants,
or all of the shorter list; a person answers the party that they speak for. Tellings without a day need the same
participants. A meeting is grouped with those of its day alone, so that a new telling changes nothing else.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from reportedly.ledger.edtf import days
from reportedly.reconciliation.names import Key, Names, plain_name
from reportedly.records import Move, Reading, Status

_LONGEST = 4
"""Days that talks may last and still be known by their first; a longer span is a week or a month."""

_SHARED = 2
"""Participants in common that make two tellings one meeting."""

_MISSED = 3
"""Days after a planned day on which another may be given out in its place."""

AHEAD = 60
"""Days within which what takes the place of a planned meeting is looked for."""

_PLANNED = (Status.PROPOSED, Status.SCHEDULED)
_ORDER = {Status.PROPOSED: 0, Status.SCHEDULED: 1, Status.CANCELLED: 2, Status.ONGOING: 3, Status.HELD: 4}

Who = tuple[Key, ...]
"""A participant: the key of the name, then those of the parties that it speaks for."""


@dataclass(frozen=True, slots=True)
class Telling:
    """An encounter as one article has it; `day` is that of the article, empty where unknown."""

    article: str
    id: str
    day: str
    when: str | None
    place: str | None
    status: Status
    names: tuple[str, ...]
    who: tuple[Who, ...]

    @property
    def rank(self) -> tuple[str, int, str, str]:
        """What tellings are ordered by; of one day, what is planned comes before what came of it."""
        return (self.day or "9999", _ORDER[self.status], self.article, self.id)

    @property
    def at(self) -> tuple[str, str]:
        return (self.article, self.id)

    @property
    def told(self) -> str:
        return f"{self.status.value} {self.when or ''}".strip()


@dataclass(frozen=True)
class Meeting:
    """The tellings of one meeting, in their order."""

    tellings: tuple[Telling, ...]

    @cached_property
    def id(self) -> str:
        first = self.tellings[0]
        return "me" + hashlib.sha256(f"{first.article} {first.id}".encode()).hexdigest()[:12]

    @cached_property
    def fullest(self) -> Telling:
        """The first telling with the longest list of participants."""
        return max(self.tellings, key=lambda t: len(t.names))

    @cached_property
    def place(self) -> str | None:
        return next((t.place for t in self.tellings if t.place), None)

    @cached_property
    def when(self) -> str | None:
        return self.tellings[0].when

    @cached_property
    def day(self) -> str:
        """The first day on which it may be held; empty where none is given."""
        return days(self.when)[0] or ""

    @cached_property
    def keys(self) -> frozenset[Key]:
        return frozenset(key for t in self.tellings for who in t.who for key in who)

    @cached_property
    def planned(self) -> tuple[Telling, ...]:
        """The tellings of it as still to come."""
        return tuple(t for t in self.tellings if t.status in _PLANNED)

    @cached_property
    def open(self) -> bool:
        """Whether it was planned, and nobody tells that it was held."""
        return bool(self.planned) and all(t.status not in (Status.HELD, Status.ONGOING) for t in self.tellings)

    @cached_property
    def about(self) -> str:
        """The day that it is looked up by: its first, or that on which it was first told."""
        return self.day or self.tellings[0].day


@dataclass(frozen=True)
class Stage:
    """What became of a meeting with one telling: `kind` is proposed, announced, held or cancelled."""

    meeting: str
    kind: str
    participants: tuple[str, ...]
    before: Telling | None
    after: Telling


def tellings_of(article: str, reading: Reading, names: Names) -> tuple[Telling, ...]:
    """The encounters of a reading that name anybody."""
    parties: dict[str, str] = {plain_name(s.name): s.party for s in reading.sources if s.named and s.party}
    return tuple(
        Telling(
            article,
            e.id,
            reading.document.published or "",
            e.when,
            e.place,
            e.status,
            e.participants,
            tuple(_who(name, parties, names) for name in e.participants),
        )
        for e in reading.encounters
        if e.participants
    )


def _who(name: str, parties: Mapping[str, str], names: Names) -> Who:
    spoken_for = (parties.get(plain_name(name)) or "").split(" and ")
    keys = (names.party(one) for one in (name, *spoken_for))
    return tuple(dict.fromkeys(key for key in keys if key))


def block_of(telling: Telling) -> str:
    """What tellings of one meeting share: the first day of a short time, a longer time, or who took part."""
    if telling.when is None:
        return "with " + "; ".join(sorted(f"{who[0][0]} {who[0][1]}" for who in telling.who if who))
    first, last = days(telling.when)
    if first and last and _between(first, last) < _LONGEST:
        return f"on {first}"
    return f"in {telling.when}"


def _between(first: str, last: str) -> int:
    try:
        return (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:
        return _LONGEST


def group_tellings(tellings: Iterable[Telling]) -> tuple[Meeting, ...]:
    """The meetings of one block; the order in which the tellings come does not matter."""
    signatures: dict[object, list[Telling]] = defaultdict(list)
    for telling in sorted(tellings, key=lambda t: t.rank):
        signatures[frozenset(telling.who), telling.place].append(telling)
    groups: list[list[Telling]] = []
    for alike in sorted(signatures.values(), key=lambda held: (-len(held[0].who), held[0].rank)):
        group = next((g for g in groups if _belongs(alike[0], g)), None)
        if group is None:
            groups.append(list(alike))
        else:
            group += alike
    held = (tuple(sorted(group, key=lambda t: t.rank)) for group in groups)
    return tuple(sorted((Meeting(group) for group in held), key=lambda m: m.tellings[0].rank))


def _belongs(telling: Telling, group: Sequence[Telling]) -> bool:
    """Whether a telling is of the meeting that others of its time are of; the first of them has the longest list."""
    return _overlap(telling.who, group[0].who) and all(_agree(telling.place, p) for p in {t.place for t in group})


def _agree(a: str | None, b: str | None) -> bool:
    """Whether two places may be one: one is not given, or is part of the other's name."""
    if not a or not b:
        return True
    first, other = plain_name(a), plain_name(b)
    return first == other or set(first.split()) <= set(other.split()) or set(other.split()) <= set(first.split())


def _overlap(ones: Sequence[Who], others: Sequence[Who]) -> bool:
    few, many = sorted((ones, others), key=len)
    left, shared = list(many), 0
    for who in few:
        found = next((w for w in left if _answers(who, w)), None)
        if found is not None:
            left.remove(found)
            shared += 1
    return shared >= min(_SHARED, len(few)) > 0


def _answers(a: Who, b: Who) -> bool:
    """Whether two participants may be one: one name, or one is the party that the other speaks for."""
    return bool(a and b) and (a[0] == b[0] or a[0] in b[1:] or b[0] in a[1:])


def stages_of(meeting: Meeting) -> Iterator[Stage]:
    """What each telling has new: the first one, then whatever came of the meeting. What was held stays held."""
    last: Telling | None = None
    for telling in meeting.tellings:
        if last is None or _further(last.status, telling.status):
            yield Stage(meeting.id, _kind(telling.status), meeting.fullest.names, last, telling)
            last = telling


def _further(before: Status, after: Status) -> bool:
    """Whether a meeting has come further: agreed on, cancelled, taken up again, held."""
    if _kind(before) == "held" or _kind(before) == _kind(after):
        return False
    return before is Status.CANCELLED or _ORDER[after] > _ORDER[before]


def _kind(status: Status) -> str:
    if status in (Status.HELD, Status.ONGOING):
        return "held"
    return {Status.SCHEDULED: "announced", Status.PROPOSED: "proposed", Status.CANCELLED: "cancelled"}[status]


def replaced(meeting: Meeting, others: Iterable[Meeting]) -> Meeting | None:
    """Of others, the planned meeting that this one takes the place of: told before it, never held, for another day."""
    found = [other for other in others if _takes_place(meeting, other)]
    return max(found, key=lambda m: (m.planned[-1].rank, m.id), default=None)


def _takes_place(later: Meeting, earlier: Meeting) -> bool:
    if not (earlier.open and later.day and abs(_apart(earlier.about, later.day)) <= AHEAD):
        return False
    first, planned = later.tellings[0], earlier.planned[-1]
    if not planned.day or planned.day >= first.day or later.when == earlier.when:
        return False
    if not _agree(later.place, earlier.place) or not _alike(later.fullest.who, earlier.fullest.who):
        return False
    ends = days(earlier.when)[1] or planned.day
    return _apart(ends, first.day) <= _MISSED


def _alike(ones: Sequence[Who], others: Sequence[Who]) -> bool:
    """Whether two lists name the same participants, all of the shorter and two at least."""
    few, many = sorted((ones, others), key=len)
    return len(few) >= _SHARED and all(any(_answers(who, w) for w in many) for who in few)


def _apart(first: str, last: str) -> int:
    """Days from one day to another; many where either is none."""
    try:
        return (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:
        return AHEAD + 1


def around(day: str) -> tuple[str, str]:
    """The days between which meetings may take each other's place."""
    try:
        middle = date.fromisoformat(day)
        return (middle - timedelta(days=AHEAD)).isoformat(), (middle + timedelta(days=AHEAD)).isoformat()
    except (ValueError, OverflowError):
        return day, day


def find_moves(meetings: Sequence[Meeting]) -> tuple[Move, ...]:
    """What became of meetings: held, cancelled or taken up again on their day, or moved to another."""
    by_key: dict[Key, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        for key in sorted(meeting.keys):
            by_key[key].append(meeting)
    found: list[tuple[Telling, Telling]] = []
    for meeting in meetings:
        found += [(stage.before, stage.after) for stage in stages_of(meeting) if stage.before is not None]
        others = {other.id: other for key in sorted(meeting.keys) for other in by_key[key] if other is not meeting}
        earlier = replaced(meeting, others.values())
        if earlier is not None:
            found.append((earlier.planned[-1], meeting.tellings[0]))
    return tuple(_move(before, after) for before, after in sorted(found, key=lambda pair: (pair[1].rank, pair[0].rank)))


def _move(before: Telling, after: Telling) -> Move:
    names = max((before.names, after.names), key=len)
    return Move(participants=names, before_at=before.at, after_at=after.at, before=before.told, after=after.told)

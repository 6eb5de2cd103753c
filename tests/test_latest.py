"""What is new since a day: meetings put together, positions that shifted, and the page that shows them."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_reconciliation import SETTING, blocks_of, readings_of
from test_reconciliation_laws import bodies
from test_reconciling import grown_and_whole

from reportedly.ledger import open_ledger
from reportedly.reconciliation import compare_readings, reconcile
from reportedly.reconciliation.meetings import Meeting, find_moves, group_tellings, stages_of, tellings_of
from reportedly.reconciliation.names import Names
from reportedly.reconciliation.news import News
from reportedly.records import (
    Document,
    Encounter,
    Position,
    Reading,
    Source,
    SourceKind,
    Span,
    Stance,
    Status,
    Topic,
)
from reportedly.views.changes import changes_since

PLACES = ("Velm", "Ostrin", None)
WHENS = ("2026-03-10", "2026-03-10/2026-03-11", "2026-03-14", "2026-03", None)
WHO = (("Taran", "Gorsk"), ("Taran", "Gorsk", "Marn"), ("Ilse Brandt", "Gorsk"), ("Marn",))
WANTS = ("Taran would hand back the port of Ostrin", "Taran keeps the port of Ostrin", "a halt of 60 days at Velm")


def met(
    who: Iterable[str], when: str | None, status: Status, *, place: str | None = None, id: str = "en1"
) -> Encounter:
    return Encounter(id=id, participants=tuple(who), status=status, spans=(Span(0, 12),), place=place, when=when)


def article(number: int, day: str, *encounters: Encounter, positions: Iterable[Position] = ()) -> Reading:
    text = "They said so on the day.\n" + SETTING
    document = Document(text=text, name=str(number), outlet=f"Lamp {number}", published=day, blocks=blocks_of(text))
    brandt = Source(id="so1", name="Ilse Brandt", kind=SourceKind.PERSON, party="Taran")
    return Reading(document=document, sources=(brandt,), encounters=encounters, positions=tuple(positions))


def meetings_of(*readings: Reading) -> tuple[Meeting, ...]:
    return group_tellings(t for r in readings for t in tellings_of(r.document.name, r, Names()))


TWO = ("Taran", "Gorsk")
DAY = "2026-03-10"


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (met(TWO, DAY, Status.SCHEDULED), met((*TWO, "Marn"), DAY, Status.SCHEDULED), True),
        (met(TWO, DAY, Status.SCHEDULED), met(("Ilse Brandt", "Gorsk"), DAY, Status.SCHEDULED), True),
        (met(TWO, DAY, Status.HELD, place="Velm"), met(TWO, DAY, Status.HELD, place="Port of Velm"), True),
        (met(TWO, DAY, Status.HELD, place="Velm"), met(TWO, DAY, Status.HELD, place="Ostrin"), False),
        (met(TWO, DAY, Status.HELD), met(("Taran", "Marn"), DAY, Status.HELD), False),
        (met(("Marn",), DAY, Status.HELD), met((*TWO, "Marn"), DAY, Status.HELD), True),
    ],
)
def test_tellings_of_one_day_are_one_meeting(one: Encounter, other: Encounter, together: bool) -> None:
    found = meetings_of(article(1, "2026-03-05", one), article(2, "2026-03-06", other))
    assert (len(found) == 1) is together


def test_a_meeting_is_announced_then_held_and_stays_held() -> None:
    told = (Status.SCHEDULED, Status.SCHEDULED, Status.HELD, Status.SCHEDULED, Status.HELD)
    readings = [article(n, f"2026-03-{8 + n:02}", met(TWO, DAY, status)) for n, status in enumerate(told)]
    (meeting,) = meetings_of(*readings)
    assert [(s.kind, s.after.day) for s in stages_of(meeting)] == [("announced", "2026-03-08"), ("held", "2026-03-10")]


def test_what_is_called_off_may_be_taken_up_again() -> None:
    told = (Status.PROPOSED, Status.CANCELLED, Status.SCHEDULED)
    readings = [article(n, f"2026-03-0{1 + n}", met(TWO, DAY, status)) for n, status in enumerate(told)]
    (meeting,) = meetings_of(*readings)
    assert [s.kind for s in stages_of(meeting)] == ["proposed", "cancelled", "announced"]


@pytest.mark.parametrize(
    ("first", "then", "moves"),
    [
        (met(TWO, DAY, Status.SCHEDULED), met(TWO, "2026-03-14", Status.SCHEDULED), 1),
        (met(TWO, "2026-03", Status.SCHEDULED), met(TWO, "2026-03-14", Status.HELD), 1),
        (met(TWO, DAY, Status.HELD), met(TWO, "2026-03-14", Status.SCHEDULED), 0),
        (met(TWO, DAY, Status.SCHEDULED), met(("Taran", "Marn"), "2026-03-14", Status.SCHEDULED), 0),
        (met(TWO, "2026-01-10", Status.SCHEDULED), met(TWO, "2026-03-14", Status.SCHEDULED), 0),
    ],
)
def test_a_planned_meeting_is_moved_to_another_day(first: Encounter, then: Encounter, moves: int) -> None:
    readings = article(1, "2026-03-05", first), article(2, "2026-03-08", then)
    assert len(compare_readings(readings).moves) == moves
    assert len(find_moves([m for r in readings for m in meetings_of(r)])) == moves


@st.composite
def negotiations(draw: st.DrawFn) -> list[Reading]:
    """Readings with statements, encounters and positions."""
    readings = []
    for reading in readings_of(draw(bodies())):
        encounters = [
            met(draw(st.sampled_from(WHO)), draw(st.sampled_from(WHENS)), draw(st.sampled_from(Status)), id=f"en{n}")
            for n in range(draw(st.integers(0, 3)))
        ]
        placed = tuple(replace(e, place=draw(st.sampled_from(PLACES))) for e in encounters)
        positions = tuple(wanted(n, draw(st.sampled_from(Stance)), reading) for n in range(draw(st.integers(0, 3))))
        readings.append(replace(reading, encounters=placed, positions=positions))
    return readings


def wanted(number: int, stance: Stance, reading: Reading) -> Position:
    span = reading.document.blocks[0].span
    return Position(id=f"po{number}", party="Taran", topic=Topic.TERRITORY, stance=stance, spans=(span,))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(negotiations(), st.randoms(), st.integers(1, 2))
def test_the_news_is_the_same_in_whatever_order(
    tmp_path_factory: pytest.TempPathFactory, readings: list[Reading], rng: random.Random, step: int
) -> None:
    with grown_and_whole(tmp_path_factory.mktemp("order"), readings, rng, step) as (grown, whole):
        assert changes_since(grown, since="2026-03-03") == changes_since(whole, since="2026-03-03")


def position(number: int, day: str, stance: Stance, words: str = WANTS[0]) -> Reading:
    text = f"{words}.\n{SETTING}"
    document = Document(text=text, name=str(number), outlet=f"Lamp {number}", published=day, blocks=blocks_of(text))
    found = Position(id="po1", party="Taran", topic=Topic.TERRITORY, stance=stance, spans=(Span(0, len(words)),))
    return Reading(document=document, positions=(found,))


def shifts(folder: Path, *readings: Reading, since: str) -> list[tuple[str, str, str]]:
    with open_ledger(folder / "talks.db") as ledger:
        for reading in readings:
            ledger.add(reading)
            reconcile(ledger)
        rows = changes_since(ledger, since=since).stances
    return [(row.kind, row.before.published or "", row.after.published or "") for row in rows]


def test_a_party_softens_and_hardens(tmp_path: Path) -> None:
    told = [
        position(1, "2026-03-01", Stance.REJECTS),
        position(2, "2026-03-05", Stance.ACCEPTS),
        position(3, "2026-03-09", Stance.DEMANDS, WANTS[1]),
        position(4, "2026-03-09", Stance.REJECTS, WANTS[2]),
    ]
    assert shifts(tmp_path, *told, since="2026-03-02") == [
        ("hardened", "2026-03-05", "2026-03-09"),
        ("softened", "2026-03-01", "2026-03-05"),
    ]


def test_an_earlier_word_that_comes_late_counts(tmp_path: Path) -> None:
    told = [position(2, "2026-03-05", Stance.ACCEPTS), position(1, "2026-03-01", Stance.REJECTS)]
    assert shifts(tmp_path, *told, since="2026-03-02") == [("softened", "2026-03-01", "2026-03-05")]


def test_the_page_shows_so_many_lines_and_counts_the_rest(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "talks.db") as ledger:
        for number in range(4):
            whom = ("Taran", f"Lord {'abcd'[number] * 4}")
            ledger.add(article(number, "2026-03-05", met(whom, DAY, Status.SCHEDULED)))
        ledger.add(article(9, "2026-03-11", met(("Taran", "Lord aaaa"), DAY, Status.HELD)))
        reconcile(ledger)
        page = changes_since(ledger, since="2026-03-01", most=3)
        assert (len(page.meetings), page.more) == (3, (("meetings", 2),))
        assert (page.meetings[0].kind, page.meetings[0].what) == ("held", "scheduled 2026-03-10 → held 2026-03-10")
        assert page.meetings[0].before is not None
        late = changes_since(ledger, since="2026-03-10")
        assert [(row.kind, row.after.published) for row in late.meetings] == [("held", "2026-03-11")]


def test_the_news_of_an_empty_ledger(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "talks.db") as ledger:
        news = News(ledger, "2026-03-01", most=3)
        parts: list[Any] = [news.terms, news.shifts, news.drifts, news.meetings, news.contradictions, news.claims]
        assert all(part.lines == () and part.more == 0 for part in [*parts, news.gained, news.quiet])
        assert changes_since(ledger).empty

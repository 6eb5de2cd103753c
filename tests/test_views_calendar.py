"""The calendar: what a program that takes iCalendar files reads back from it."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar, Event
from test_cli import run

from reportedly.ledger import open_ledger
from reportedly.records import Certainty, Reading, Span, Status
from reportedly.views.calendar import calendar_of, days_of
from reportedly.views.from_reading import meetings_from
from reportedly.views.pages import Backing, MeetingRow, MeetingsPage, Place

SENTENCE = "Mara Oke; Rosa Quispe, \\ and others met in Lenn.\nÉnfin – 会"


def told(when: str | None, status: Status = Status.HELD, *, article: str = "one", **other: object) -> MeetingRow:
    """A telling of a meeting of Mara Oke and Rosa Quispe."""
    row = MeetingRow(
        participants=("Mara Oke", "Rosa Quispe"),
        where="Lenn",
        when=when,
        status=status,
        backing=Backing(chain=("Harbour Post",)),
        place=Place(
            article=article,
            outlet="Harbour Post",
            published="2026-03-05",
            words="met",
            spans=(Span(3, 6),),
            sentence=SENTENCE,
        ),
    )
    return dataclasses.replace(row, **other)  # type: ignore[arg-type]


def events(*rows: MeetingRow) -> list[Event]:
    """The events of a calendar, parsed back."""
    text = calendar_of(MeetingsPage(articles=1, rows=rows)).text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    parsed = Calendar.from_ical(text)
    assert (parsed["version"], str(parsed["prodid"]).startswith("-//reportedly//")) == ("2.0", True)
    return list(parsed.walk("VEVENT"))


@pytest.mark.parametrize(
    ("when", "first", "after"),
    [
        ("2026-03-02", date(2026, 3, 2), date(2026, 3, 3)),
        ("2026-03-02~", date(2026, 3, 2), date(2026, 3, 3)),
        ("2026-02-27/2026-03-01", date(2026, 2, 27), date(2026, 3, 2)),
        ("2026-03-02/..", date(2026, 3, 2), date(2026, 3, 3)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 3, 1)),
    ],
)
def test_days_are_whole_days(when: str, first: date, after: date) -> None:
    (event,) = events(told(when))
    assert (event.start, event.end) == (first, after)
    assert not isinstance(event.start, datetime)


@pytest.mark.parametrize(
    "when",
    [
        "2026-03",
        "2026-21",
        "2026",
        "2026-03/2026-04",
        "../2026-03-05",
        "202X",
        "2026-02-30",
        "soon",
        "2026-03-05/2026-03-01",
    ],
)
def test_what_is_no_day_is_left_out_and_counted(when: str) -> None:
    written = calendar_of(MeetingsPage(articles=1, rows=(told(when), told(None), told("2026-03-02"))))
    assert days_of(when) is None
    assert (written.events, written.vague, written.undated) == (1, 1, 1)


@pytest.mark.parametrize(
    ("row", "status"),
    [
        (told("2026-03-02"), "CONFIRMED"),
        (told("2026-03-09", Status.SCHEDULED), "CONFIRMED"),
        (told("2026-03-05/..", Status.ONGOING), "CONFIRMED"),
        (told("2026-03-09", Status.PROPOSED), "TENTATIVE"),
        (told("2026-03-09", Status.CANCELLED), "CANCELLED"),
        (told("2026-03-02?"), "TENTATIVE"),
        (told("2026-03-09/2026-03-15", Status.SCHEDULED), "TENTATIVE"),
        (told("2026-03-10/2026-03-12", Status.SCHEDULED), "CONFIRMED"),
        (told("2026-03-02", backing=Backing(chain=("A", "B"), source=Certainty.CERTAIN)), "CONFIRMED"),
        (told("2026-03-02", backing=Backing(chain=("A", "B"), source=Certainty.POSSIBLE)), "TENTATIVE"),
        (told("2026-03-02", backing=Backing(chain=("A", "B"), source=Certainty.CERTAIN_NOT)), "TENTATIVE"),
        (told("2026-03-02", backing=Backing(chain=("A",), hedges=("reportedly",))), "TENTATIVE"),
    ],
)
def test_a_meeting_is_no_surer_than_its_wording(row: MeetingRow, status: str) -> None:
    (event,) = events(row)
    assert event["status"] == status


def test_an_event_says_who_where_and_in_which_words() -> None:
    (event,) = events(told("2026-03-02"))
    assert event["summary"] == "Mara Oke, Rosa Quispe (held)"
    assert event["location"] == "Lenn"
    for part in (SENTENCE, "Harbour Post, 5 March 2026", "held: 2 March 2026 (2026-03-02)", "the outlet's own words"):
        assert part in event["description"]


def test_tellings_of_one_meeting_are_one_event_with_the_latest_status() -> None:
    early = told("2026-03-09", Status.SCHEDULED)
    place = dataclasses.replace(early.place, article="two", published="2026-03-10")
    late = told("2026-03-09", Status.CANCELLED, participants=("Rosa Quispe",), place=place)
    (event,) = events(early, late)
    assert (event["status"], event["summary"]) == ("CANCELLED", "Mara Oke, Rosa Quispe (cancelled)")
    assert event["description"].count(SENTENCE) == 2
    assert event["dtstamp"].dt == datetime(2026, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "other",
    [told("2026-03-03"), told("2026-03-02", where="Ostrava"), told("2026-03-02", participants=("Andrés Toro",))],
)
def test_another_day_place_or_company_is_another_event(other: MeetingRow) -> None:
    found = events(told("2026-03-02"), other)
    assert len({str(event["uid"]) for event in found}) == 2


def test_the_uid_stays_when_another_article_tells_of_the_meeting() -> None:
    (alone,) = events(told("2026-03-02"))
    later = told("2026-03-02", article="two", place=dataclasses.replace(told(None).place, published="2026-03-07"))
    (both,) = events(told("2026-03-02"), later)
    assert alone["uid"] == both["uid"]


def test_hostile_words_stay_words() -> None:
    sentence = "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\x00\x1b[31m\ud800"
    place = dataclasses.replace(told(None).place, sentence=sentence)
    (event,) = events(told("2026-03-02", place=place, participants=("END:VCALENDAR\nX", "B")))
    assert "\x1b" not in event["description"]
    assert "BEGIN:VEVENT" in event["description"]


def test_a_whole_story_comes_back(readings: list[Reading]) -> None:
    page = meetings_from(readings)
    written = calendar_of(page)
    assert calendar_of(page) == written
    parsed = Calendar.from_ical(written.text).walk("VEVENT")
    assert len(parsed) == written.events > 0
    assert len({str(event["uid"]) for event in parsed}) == written.events
    days = [row for row in page.rows if row.when and days_of(row.when)]
    assert len(days) + written.vague + written.undated == len(page.rows)
    shown = " ".join(str(event["description"]) for event in parsed)
    assert all(row.place.sentence in shown for row in days)


def test_the_command_writes_a_calendar(tmp_path: Path, readings: list[Reading]) -> None:
    with open_ledger(tmp_path / "talks.db") as kept:
        for reading in readings:
            kept.add(reading)
    ended = run("meetings", "--ledger", tmp_path / "talks.db", "--ics", tmp_path / "talks.ics")
    assert (ended.returncode, ended.stdout) == (0, "")
    assert "in " + str(tmp_path / "talks.ics") in ended.stderr
    raw = (tmp_path / "talks.ics").read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n")
    assert Calendar.from_ical(raw).walk("VEVENT")
    piped = run("meetings", "--ledger", tmp_path / "talks.db", "--ics", "-")
    assert piped.stdout.startswith("BEGIN:VCALENDAR")
    missing = run("meetings", "--ledger", tmp_path / "talks.db", "--ics", tmp_path / "no" / "talks.ics")
    assert missing.returncode == 1
    assert "no/talks.ics" in missing.stderr

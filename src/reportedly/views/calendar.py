"""Meetings as an iCalendar file (RFC 5545): what has a day becomes an event of whole days, the rest is counted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from reportedly.config import VERSION
from reportedly.records import Certainty, Status
from reportedly.views import wording
from reportedly.views.pages import MeetingRow, MeetingsPage

_DAY = r"\d{4}-\d\d-\d\d"
_DAYS = re.compile(rf"(?P<first>{_DAY})(?P<doubt>[?~%]?)(?:/(?P<last>{_DAY})?(?P<later>[?~%]?|\.\.))?")
_DONE = frozenset({Status.HELD, Status.ONGOING, Status.SCHEDULED})
_NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendared:
    """A calendar and how many meetings it holds; `vague` have a month, a season, a year or a deadline, no day."""

    text: str
    events: int
    vague: int
    undated: int


def calendar_of(page: MeetingsPage) -> Calendared:
    """The meetings of a page as one calendar, several tellings of a meeting as one event.

    A date is taken only where EDTF gives a day; a month is no day, and such a meeting is left out. Two tellings are
    one where their dates are the same, their places do not differ and they share somebody. Everything in the file
    comes from the page: the same meetings give the same file.
    """
    dated = [row for row in page.rows if row.when and days_of(row.when)]
    groups = _tellings(dated)
    calendar = Calendar()
    calendar.add("prodid", f"-//reportedly//reportedly {VERSION}//EN")
    calendar.add("version", "2.0")
    for rows in groups:
        calendar.add_component(_event(rows))
    return Calendared(
        text=calendar.to_ical().decode("utf-8"),
        events=len(groups),
        vague=sum(row.when is not None for row in page.rows) - len(dated),
        undated=sum(row.when is None for row in page.rows),
    )


def days_of(when: str) -> tuple[date, date] | None:
    """The first and last day of an EDTF date that gives a day; of "since a day" that day alone. None for the rest."""
    match = _DAYS.fullmatch(when)
    if match is None:
        return None
    try:
        first = date.fromisoformat(match["first"])
        last = date.fromisoformat(match["last"]) if match["last"] else first
    except ValueError:
        return None
    return (first, last) if first <= last < date.max else None


def _tellings(rows: Iterable[MeetingRow]) -> list[list[MeetingRow]]:
    """Rows that tell of one meeting, the earliest published first."""
    groups: list[list[MeetingRow]] = []
    for row in rows:
        same = next((group for group in groups if all(_same(row, other) for other in group)), None)
        if same is None:
            groups.append([row])
        else:
            same.append(row)
    return [sorted(group, key=lambda r: (r.place.published or "", r.place.article)) for group in groups]


def _same(a: MeetingRow, b: MeetingRow) -> bool:
    together = a.where is None or b.where is None or a.where == b.where
    return a.when == b.when and together and bool(set(a.participants) & set(b.participants))


def _event(rows: list[MeetingRow]) -> Event:
    latest = rows[-1]
    bounds = days_of(latest.when or "")
    assert bounds is not None
    who = tuple(dict.fromkeys(name for row in rows for name in row.participants))
    where = next((row.where for row in reversed(rows) if row.where), None)
    event = Event()
    event.add("uid", _uid(rows[0]))
    event.add("dtstamp", _stamp(latest))
    event.add("dtstart", bounds[0])
    event.add("dtend", bounds[1] + timedelta(days=1))
    event.add("summary", _plain(f"{wording.names(who)} ({latest.status.value})"))
    if where:
        event.add("location", _plain(where))
    event.add("status", _status(latest))
    event.add("transp", "TRANSPARENT")
    event.add("description", _plain(_description(rows)))
    return event


def _uid(first: MeetingRow) -> str:
    """Made of the first telling alone, so that a later article on the same meeting does not change it."""
    parts = (first.place.article, str(first.place.spans), str(first.when), str(first.where), *first.participants)
    return f"{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:32]}@reportedly"


def _stamp(latest: MeetingRow) -> datetime:
    """The day of the latest article: the clock is not asked, so that the file is the same twice."""
    try:
        return datetime.combine(date.fromisoformat((latest.place.published or "")[:10]), time(), UTC)
    except ValueError:
        return _NO_DAY


def _status(row: MeetingRow) -> str:
    """CONFIRMED only where the wording is: on a hedged or doubtful word, or some day of a week, it is TENTATIVE."""
    if row.status is Status.CANCELLED:
        return "CANCELLED"
    backing, when = row.backing, row.when or ""
    sure = backing.source in (None, Certainty.CERTAIN) and not backing.hedges
    dated = not set(when) & set("?~%") and not _is_week(when)
    return "CONFIRMED" if row.status in _DONE and sure and dated else "TENTATIVE"


def _is_week(when: str) -> bool:
    """Whether a date is a week as its days, from a Monday to a Sunday: "next week" names no day."""
    bounds = days_of(when)
    return bounds is not None and bounds[0].weekday() == 0 and bounds[1] - bounds[0] == timedelta(days=6)


def _description(rows: list[MeetingRow]) -> str:
    return "\n\n".join(_told(row) for row in rows)


def _told(row: MeetingRow) -> str:
    """One telling: what it says of the date, the sentence, the outlet and its day, and on whose word."""
    week = ", on some day or days of that week" if _is_week(row.when or "") else ""
    return "\n".join(
        (
            f"{row.status.value}: {wording.when(row.when)}{week} ({row.when})",
            row.place.sentence,
            wording.whence(row.place),
            f"on whose word: {wording.chain(row.backing)}; {', '.join(wording.surety(row.backing))}",
        )
    )


def _plain(words: str) -> str:
    """Without control characters and halves of characters, which no calendar may hold."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", words)

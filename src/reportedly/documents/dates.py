"""Days of publication, as the press and its machines write them, to ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?")
DAY_FIRST = re.compile(r"(?i)(\d{1,2})(?:st|nd|rd|th)?[\s./-]+([a-z]{3,9})\.?,?[\s./-]+(\d{4})")
MONTH_FIRST = re.compile(r"(?i)([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")


class NoDateError(ValueError):
    """The words are no day, or could be two; the message says which."""


def parse_date(words: str) -> str:
    """The ISO date of `words`: ISO with or without a time, RFC 2822, `12 February 2025`, `Feb. 12, 2025`, `25.12.2025`.

    Of a time with a zone the date is the one that is printed, not the one in Greenwich. Raises NoDateError where the
    words are no date, and where day and month could change places (`03/04/2025`).
    """
    words = words.strip()
    if match := ISO.fullmatch(words):
        return _iso(match[1], match[2], match[3], words)
    if match := YEAR_FIRST.fullmatch(words):
        return _iso(match[1], match[2], match[3], words)
    if match := NUMBERS.fullmatch(words):
        return _numbers(int(match[1]), int(match[2]), match[3], words)
    if match := DAY_FIRST.search(words):
        return _iso(match[3], _month(match[2], words), match[1], words)
    if match := MONTH_FIRST.search(words):
        return _iso(match[3], _month(match[1], words), match[2], words)
    return _rfc(words)


def date_in_url(url: str) -> str | None:
    """The date in a path like `/2025/02/12/` or `/2025/feb/12/`; None if there is none."""
    match = re.search(r"(?i)[/-](20\d\d|19\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/_.-]|$)", url)
    if not match:
        return None
    month = (
        match[2] if match[2].isdigit() else str(MONTHS.index(m) + 1) if (m := match[2].casefold()) in MONTHS else "0"
    )
    try:
        return _iso(match[1], month, match[3], url)
    except NoDateError:
        return None


def _iso(year: str, month: str, day: str, words: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise NoDateError(f"{words!r} is no day of the calendar") from None


def _month(word: str, words: str) -> str:
    month = word.casefold()[:3]
    if month not in MONTHS:
        raise NoDateError(f"{words!r} is no date")
    return str(MONTHS.index(month) + 1)


def _numbers(one: int, two: int, year: str, words: str) -> str:
    if one <= 12 and two <= 12 and one != two:
        raise NoDateError(f"{words!r} could be two days, for day and month can change places")
    day, month = (one, two) if two <= 12 else (two, one)
    return _iso(year, str(month), str(day), words)


def _rfc(words: str) -> str:
    try:
        moment: datetime = parsedate_to_datetime(words)
    except (TypeError, ValueError):
        raise NoDateError(f"{words!r} is no date") from None
    return moment.date().isoformat()

"""First and last day of a date in EDTF (Library of Congress, 2019), for sorting and for `since`."""

from __future__ import annotations

import calendar
import re

_DATE = re.compile(r"(\d[\dX]{3})(?:-([\dX]{2}))?(?:-([\dX]{2}))?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}

Days = tuple[str | None, str | None]


def days(when: str | None) -> Days:
    """The first and last day that `when` may mean, as `YYYY-MM-DD`; None where open, unknown or no EDTF.

    An interval counts from the first day of its start to the last day of its end, a set from its first to its last.
    """
    if not when:
        return None, None
    start, slash, end = when.partition("/")
    if slash and _DATE.search(start) and _DATE.search(end):
        return days(start)[0], days(end)[1]
    found = [_bounds(*match.groups()) for match in _DATE.finditer(when)]
    if not found:
        return None, None
    first, last = min(f for f, _ in found), max(last for _, last in found)
    if when.startswith(("../", "/", "[..", "{..")):
        return None, last
    if when.endswith(("/..", "/", "..]", "..}")):
        return first, None
    return first, last


def _bounds(year: str, month: str | None, day: str | None) -> tuple[str, str]:
    first_month, last_month = _months(month)
    first_year, last_year = year.replace("X", "0"), year.replace("X", "9")
    if day and day.isdigit() and first_month == last_month:
        return f"{first_year}-{first_month:02}-{day}", f"{last_year}-{last_month:02}-{day}"
    longest = calendar.monthrange(max(int(last_year), 1), last_month)[1]
    return f"{first_year}-{first_month:02}-01", f"{last_year}-{last_month:02}-{longest:02}"


def _months(month: str | None) -> tuple[int, int]:
    """First and last month; a season of the northern year is its whole months within that year."""
    if not month or not month.isdigit():
        return 1, 12
    number = int(month)
    return _SEASONS.get(number, (number, number) if 1 <= number <= 12 else (1, 12))

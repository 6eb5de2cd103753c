"""What each pattern of a written date means: one function a rule of dates.tsv, from a match to its EDTF value.

A rule raises LookupError where it leans on a day that is not known.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reportedly.reading.language import load_lists

Match = re.Match[str]
PAST, FUTURE = "past", "future"
_FAR = 60  # days: an announced date further back than this belongs to the coming year


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a relative date leans on: the day of publication, the verb's tense, the last date that the text gave."""

    published: date | None
    tense: str = ""
    anchor: str | None = None

    @property
    def today(self) -> date:
        """The day of publication; raises LookupError where it is unknown."""
        if self.published is None:
            raise LookupError("no day of publication")
        return self.published


def parse_day(value: str | None) -> date | None:
    """A calendar day of an ISO 8601 value, or None."""
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def first_day(edtf: str) -> date | None:
    """The first day of an EDTF value of this module, where it has one."""
    return _edge(edtf.split("/")[0], last=False)


def last_day(edtf: str) -> date | None:
    """The last day of an EDTF value of this module, where it has one."""
    return _edge(edtf.split("/")[-1], last=True)


def _edge(one: str, *, last: bool) -> date | None:
    parts = [int(p) for p in one.split("-")] if one not in ("", "..") else []
    if not parts:
        return None
    if len(parts) == 1:
        return date(parts[0], 12, 31) if last else date(parts[0], 1, 1)
    if len(parts) == 2 and parts[1] > 12:
        opening = date(parts[0], 3 * (parts[1] - 20), 1)
        return opening + timedelta(days=89) if last else opening
    day = parts[2] if len(parts) == 3 else (monthrange(parts[0], parts[1])[1] if last else 1)
    return date(parts[0], parts[1], day)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else int(load_lists("en", "dates")["numbers"][word.casefold()])


def _index(name: str, word: str) -> int:
    wanted = word.rstrip(".").casefold()
    return next(i for i, names in enumerate(load_lists("en", "dates")[name]) if wanted in map(str.casefold, names))


def _month(word: str) -> int:
    return _index("months", word) + 1


def _named_day(words: str, calendar: Calendar, year: str | None = None) -> date:
    """The day of a phrase such as "17 March" or "March 17th", in the year that lies nearest."""
    day = re.search(r"\d{1,2}", words)
    name = re.search(r"[A-Z][a-z]+", words)
    if day is None or name is None:
        raise LookupError(words)
    return _nearest(int(day.group()), _month(name.group()), calendar, year)


def _nearest(day: int, month: int, calendar: Calendar, year: str | None) -> date:
    if year:
        return date(int(year), month, day)
    today = calendar.today
    options = [date(today.year + n, month, day) for n in (-1, 0, 1) if day <= monthrange(today.year + n, month)[1]]
    best = min(options, key=lambda option: abs((option - today).days))
    if calendar.tense == PAST and best > today:
        best = max((o for o in options if o <= today), default=best)
    if calendar.tense == FUTURE and (today - best).days > _FAR:
        best = min((o for o in options if o >= today), default=best)
    return best


def _week(day: date) -> str:
    monday = day - timedelta(days=day.weekday())
    return f"{monday}/{monday + timedelta(days=6)}"


def _weekday(word: str, which: str, calendar: Calendar) -> date:
    """The weekday that is meant: in the past tense the last one, in the future the next, publication's own first."""
    today, wanted = calendar.today, _index("weekdays", word)
    back, ahead = (today.weekday() - wanted) % 7, (wanted - today.weekday()) % 7
    if which == "next":
        return today + timedelta(days=7 - today.weekday() + wanted)
    if which in ("last", "this past"):
        return today - timedelta(days=back or 7)
    if which == "this coming":
        return today + timedelta(days=ahead or 7)
    if which in ("the following", "the previous", "the same", "that"):
        anchor = _anchor(calendar)
        step = (wanted - anchor.weekday()) % 7
        return anchor - timedelta(days=7 - step) if which == "the previous" else anchor + timedelta(days=step)
    return (
        today + timedelta(days=ahead) if calendar.tense == FUTURE or which == "this" else today - timedelta(days=back)
    )


def _anchor(calendar: Calendar, *, last: bool = True) -> date:
    if calendar.anchor is None:
        raise LookupError("no date before this one")
    found = last_day(calendar.anchor) if last else first_day(calendar.anchor)
    if found is None:
        raise LookupError(calendar.anchor)
    return found


def _which(match: Match) -> str:
    return (match.groupdict().get("which") or "").strip().casefold()


def _iso(match: Match, calendar: Calendar) -> str:
    return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()


def _days_of_month(match: Match, calendar: Calendar) -> str:
    first = _nearest(int(match["day"]), _month(match["month"]), calendar, match["year"])
    return f"{first}/{first.replace(day=int(match['last']))}"


def _days_across(match: Match, calendar: Calendar) -> str:
    year = match["year"]
    return f"{_named_day(match['first'], calendar, year)}/{_named_day(match['second'], calendar, year)}"


def _week_of(match: Match, calendar: Calendar) -> str:
    return _week(_named_day(match["first"], calendar, match["year"]))


def _day_of_month(match: Match, calendar: Calendar) -> str:
    return _nearest(int(match["day"]), _month(match["month"]), calendar, match["year"]).isoformat()


def _week_of_month(match: Match, calendar: Calendar) -> str:
    """The first to fourth seven days of a month, its last seven, or one of its halves."""
    year, month = map(int, _month_nearby(match, calendar).split("-"))
    last = monthrange(year, month)[1]
    nth = load_lists("en", "dates")["ordinals"].get(match["nth"].casefold(), 0)
    if match["unit"].casefold() == "half":
        begin, end = (1, 15) if nth == 1 else (16, last)
    else:
        begin, end = (7 * nth - 6, 7 * nth) if nth else (last - 6, last)
    return f"{date(year, month, begin)}/{date(year, month, end)}"


def _ordinal_of_month(match: Match, calendar: Calendar) -> str:
    day = load_lists("en", "dates")["ordinals"][match["nth"].casefold()]
    return _nearest(day, _month(match["month"]), calendar, match["year"]).isoformat()


def _month_nearby(match: Match, calendar: Calendar) -> str:
    """The month that is named, in the year given or the one that is meant, as YYYY-MM."""
    if match["year"]:
        return f"{match['year']}-{_month(match['month']):02}"
    return _month_meant(_month(match["month"]), "", calendar)


def _month_of_year(match: Match, calendar: Calendar) -> str:
    return f"{match['year']}-{_month(match['month']):02}"


def _season(match: Match, calendar: Calendar) -> str:
    code = load_lists("en", "dates")["seasons"][match["season"].casefold()]
    if match["year"]:
        return f"{match['year']}-{code}"
    today = calendar.today
    begins = date(today.year, 3 * (code - 20), 1)
    which = _which(match)
    year = today.year
    if which == "next" or (
        (which == "the following" or calendar.tense == FUTURE) and begins < today - timedelta(days=90)
    ):
        year += begins <= today
    elif (which == "last" and begins > today - timedelta(days=90)) or (calendar.tense == PAST and begins > today):
        year -= 1
    return f"{year}-{code}"


def _weekdays(match: Match, calendar: Calendar) -> str:
    first = _weekday(match["first"], _which(match), calendar)
    step = (_index("weekdays", match["second"]) - first.weekday()) % 7
    if calendar.tense != FUTURE and not _which(match) and first + timedelta(days=step) > calendar.today:
        first -= timedelta(days=7)
    return f"{first}/{first + timedelta(days=step)}"


def _weekday_of_week(match: Match, calendar: Calendar) -> str:
    today = calendar.today
    monday = today - timedelta(days=today.weekday() - {"last": -7, "this": 0, "next": 7}[_which(match)])
    return (monday + timedelta(days=_index("weekdays", match["first"]))).isoformat()


def _weekday_later(match: Match, calendar: Calendar) -> str:
    return (_weekday(match["first"], "", replace(calendar, tense=FUTURE)) + timedelta(days=7)).isoformat()


def _one_weekday(match: Match, calendar: Calendar) -> str:
    return _weekday(match["first"], _which(match), calendar).isoformat()


def _from_today(days: int) -> Callable[[Match, Calendar], str]:
    return lambda match, calendar: (calendar.today + timedelta(days=days)).isoformat()


def _weeks_from_now(weeks: int) -> Callable[[Match, Calendar], str]:
    return lambda match, calendar: _week(calendar.today + timedelta(weeks=weeks))


def _unit(match: Match, calendar: Calendar) -> str:
    which, unit = _which(match), match["unit"].casefold()
    steps = {"last": -1, "the past": -1, "next": 1, "this coming": 1, "the coming": 1}
    today = calendar.today
    if which in ("the following", "the previous"):
        today, steps = _anchor(calendar), {"the following": 1, "the previous": -1}
    step = steps.get(which, 0)
    if unit == "year":
        return f"{today.year + step}"
    if unit == "month":
        return _month_away(today, step)
    monday = today - timedelta(days=today.weekday() - 7 * step)
    if unit == "week":
        return _week(monday)
    if which == "the" and calendar.tense != FUTURE and today.weekday() < 5:
        monday -= timedelta(days=7)
    return f"{monday + timedelta(days=5)}/{monday + timedelta(days=6)}"


def _month_away(day: date, months: int) -> str:
    count = day.year * 12 + day.month - 1 + months
    return f"{_year_of(count // 12)}-{count % 12 + 1:02}"


def _year_of(year: int) -> str:
    """Four digits. Raises ValueError for a year that no calendar here has."""
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"no year: {year}")
    return f"{year:04}"


def _away(sign: int, anchored: bool) -> Callable[[Match, Calendar], str]:
    """So many days, weeks, months or years before or after today, or the last date of the text."""

    def rule(match: Match, calendar: Calendar) -> str:
        count, unit = sign * _number(match["number"]), match["unit"].casefold()
        start = _anchor(calendar) if anchored else calendar.today
        if unit == "year":
            return _year_of(start.year + count)
        if unit == "month":
            return _month_away(start, count)
        if unit == "day" or anchored:
            return (start + timedelta(days=count * (7 if unit == "week" else 1))).isoformat()
        return _week(start + timedelta(weeks=count * (2 if unit == "fortnight" else 1)))

    return rule


def _beside_anchor(days: int) -> Callable[[Match, Calendar], str]:
    return lambda match, calendar: (_anchor(calendar, last=days >= 0) + timedelta(days=days)).isoformat()


def _same_day(match: Match, calendar: Calendar) -> str:
    """The day last told of; "that morning" with none before it is publication's own."""
    return _anchor(calendar).isoformat() if calendar.anchor else calendar.today.isoformat()


def _month_alone(match: Match, calendar: Calendar) -> str:
    return _month_meant(_month(match["month"]), _which(match), calendar)


def _month_meant(month: int, which: str, calendar: Calendar) -> str:
    today = calendar.today
    year = today.year
    if which == "last" or (not which and calendar.tense == PAST):
        year -= month > today.month or (which == "last" and month == today.month)
    elif calendar.tense == FUTURE or which == "next":
        year += month < today.month - (0 if which == "next" else 1)
    elif month - today.month > 6:
        year -= 1
    elif today.month - month > 6:
        year += 1
    return f"{year}-{month:02}"


def _year(match: Match, calendar: Calendar) -> str:
    return str(match["year"])


def _day_alone(match: Match, calendar: Calendar) -> str:
    today, day = calendar.today, int(match["day"])
    months = [_month_away(today, n) for n in (-1, 0, 1)]
    options = [date.fromisoformat(f"{m}-{day:02}") for m in months if day <= monthrange(int(m[:4]), int(m[5:]))[1]]
    if calendar.tense == PAST:
        options = [o for o in options if o <= today]
    behind = 3 if calendar.tense == FUTURE else 1  # "is told" of the 23rd looks back for all its present tense
    return min(options, key=lambda o: (today - o).days * behind if o <= today else (o - today).days).isoformat()


RULES: dict[str, Callable[[Match, Calendar], str]] = {
    "iso": _iso,
    "days_of_month": _days_of_month,
    "days_across": _days_across,
    "week_of": _week_of,
    "week_of_month": _week_of_month,
    "ordinal_of_month": _ordinal_of_month,
    "day_of_month": _day_of_month,
    "month_of_year": _month_of_year,
    "season": _season,
    "weekdays": _weekdays,
    "weekday_of_week": _weekday_of_week,
    "weekday_later": _weekday_later,
    "weekday": _one_weekday,
    "day_before_yesterday": _from_today(-2),
    "yesterday": _from_today(-1),
    "today": _from_today(0),
    "tomorrow": _from_today(1),
    "day_after_tomorrow": _from_today(2),
    "week_after_next": _weeks_from_now(2),
    "week_before_last": _weeks_from_now(-2),
    "unit": _unit,
    "ago": _away(-1, anchored=False),
    "ahead": _away(1, anchored=False),
    "later": _away(1, anchored=True),
    "earlier": _away(-1, anchored=True),
    "day_later": _beside_anchor(1),
    "day_earlier": _beside_anchor(-1),
    "same_day": _same_day,
    "month": _month_alone,
    "year": _year,
    "day_alone": _day_alone,
}

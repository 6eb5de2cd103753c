"""Pictures drawn on the server, as geometry that a template turns into SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from reportedly.ledger.browsing import Day
from reportedly.views import wording
from reportedly.views.origin_graph import OriginGraph, svg_of

WIDTH, HEIGHT = 1000, 88
_BARS = 60
_TOP, _BASE = 6, 56


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the strip, and the days and number that it stands for."""

    x: float
    y: float
    width: float
    height: float
    first: str
    last: str
    number: int


@dataclass(frozen=True, slots=True)
class Dot:
    """Encounters of one status in the days of a bar."""

    x: float
    status: str
    first: str
    last: str
    number: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A day named below the strip."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Articles as bars and encounters as dots over the whole span of days."""

    width: int
    height: int
    base: int
    bars: tuple[Bar, ...]
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]


def drawn(graph: OriginGraph) -> Markup:
    """The graph as SVG. What articles print is escaped in it; characters that turn text are made visible here."""
    return Markup(wording.harmless(svg_of(graph)))


def strip_of(published: Sequence[Day], met: Sequence[tuple[str, str, int]]) -> Strip | None:
    """The strip; None where no day is known. Encounters far from all articles do not stretch it."""
    days = [(day, number) for d in published if (day := _day(d.day)) for number in (d.articles,)]
    if not days:
        return None
    first, last = min(d for d, _ in days), max(d for d, _ in days)
    margin = max(14, (last - first).days // 2)
    meetings = [(day, status, n) for text, status, n in met if (day := _day(text))]
    near = [
        (d, s, n)
        for d, s, n in meetings
        if abs((d - first).days) <= margin or first <= d <= last or 0 <= (d - last).days <= margin
    ]
    start = min([first, *(d for d, _, _ in near)])
    end = max([last, *(d for d, _, _ in near)])
    length = max(1, (end - start).days + 1)
    step = max(1, -(-length // _BARS))
    bars = -(-length // step)
    width = WIDTH / bars
    counted: Counter[int] = Counter()
    for day, number in days:
        counted[(day - start).days // step] += number
    dots: Counter[tuple[int, str]] = Counter()
    for day, status, number in near:
        dots[(day - start).days // step, status] += number
    most = max(counted.values())

    def bounds(place: int) -> tuple[str, str]:
        low = start.toordinal() + place * step
        return date.fromordinal(low).isoformat(), date.fromordinal(low + step - 1).isoformat()

    return Strip(
        width=WIDTH,
        height=HEIGHT,
        base=_BASE,
        bars=tuple(
            Bar(
                round(place * width + 1, 2),
                round(_BASE - (_BASE - _TOP) * number / most, 2),
                round(max(width - 2, 1), 2),
                round((_BASE - _TOP) * number / most, 2),
                *bounds(place),
                number,
            )
            for place, number in sorted(counted.items())
        ),
        dots=tuple(
            Dot(round((place + 0.5) * width, 2), status, *bounds(place), number)
            for (place, status), number in sorted(dots.items())
        ),
        ticks=_ticks(start, end),
    )


def _ticks(start: date, end: date) -> tuple[Tick, ...]:
    if start == end:
        return (Tick(WIDTH / 2, start.isoformat(), "middle"),)
    middle = date.fromordinal((start.toordinal() + end.toordinal()) // 2)
    return (
        Tick(0, start.isoformat(), "start"),
        Tick(WIDTH / 2, middle.isoformat(), "middle"),
        Tick(WIDTH, end.isoformat(), "end"),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None

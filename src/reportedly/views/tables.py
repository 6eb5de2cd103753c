"""Plan tables put together: plans of one name joined, rows in the order of their points, gaps made rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeVar

from reportedly.views.pages import (
    Article,
    MeetingRow,
    MeetingsPage,
    PlanTable,
    PositionRow,
    PositionsPage,
    TablePage,
    TermRow,
)
from reportedly.views.wording import each_outlet

_LAST = 10**6

Thing = TypeVar("Thing", str, Article)


def table_page(tables: Iterable[PlanTable], *, articles: int, whole: bool = True) -> TablePage:
    """One table for each plan name, in order of first appearance; the offers outside any plan last.

    `whole` is false where the rows are a selection: a point that was not selected is no gap.
    """
    named = sorted(tables, key=lambda t: t.name is None)
    groups = {_key(t): [u for u in named if _key(u) == _key(t)] for t in named}
    joined = (_joined(group, gaps=whole) for group in groups.values())
    return TablePage(articles=articles, plans=tuple(t for t in joined if t.rows or (whole and t.name)))


def _key(table: PlanTable) -> str | None:
    return table.name and " ".join(table.name.casefold().split())


def _joined(tables: list[PlanTable], *, gaps: bool) -> PlanTable:
    points = max((t.points for t in tables if t.points), default=None)
    rows = [row for t in tables for row in t.rows]
    return PlanTable(
        name=tables[0].name,
        authors=_once(author for t in tables for author in t.authors),
        points=points,
        first_reported_by=each_outlet(outlet for t in tables for outlet in t.first_reported_by),
        reported_in=_once(article for t in tables for article in t.reported_in),
        rows=tuple(sorted([*rows, *(_gaps(rows, points) if gaps else ())], key=_order)),
    )


def _order(row: TermRow) -> tuple[int, bool]:
    return (min(row.points, default=_LAST), row.place is None)


def _gaps(rows: Iterable[TermRow], points: int | None) -> Iterator[TermRow]:
    """A row for each point that no term has. Where no term has a number at all there is nothing to leave a gap in."""
    found = {point for row in rows for point in row.points}
    for point in range(1, (points or 0) + 1):
        if found and point not in found:
            yield TermRow(id=f"gap-{point}", points=(point,), basis=None)


def _once(things: Iterable[Thing]) -> tuple[Thing, ...]:
    return tuple(dict.fromkeys(things))


def positions_page(rows: Iterable[PositionRow], *, articles: int) -> PositionsPage:
    """Parties by how much they want, topics by how much they are spoken of; the first to appear first among equals."""
    kept = tuple(rows)
    parties, topics = [r.party for r in kept], [r.topic for r in kept]
    return PositionsPage(
        articles=articles,
        parties=tuple(sorted(dict.fromkeys(parties), key=lambda p: -parties.count(p))),
        topics=tuple(sorted(dict.fromkeys(topics), key=lambda t: -topics.count(t))),
        rows=kept,
    )


def meetings_page(rows: Iterable[MeetingRow], *, articles: int) -> MeetingsPage:
    """By the day that the EDTF date begins with; undated ones last."""
    ordered = sorted(rows, key=lambda r: (r.when is None, (r.when or "").lstrip("[{.~/")))
    return MeetingsPage(articles=articles, rows=_without_repeats(ordered))


def _without_repeats(rows: Iterable[MeetingRow]) -> tuple[MeetingRow, ...]:
    """One article may print a meeting twice in the same words; that is one row."""
    return tuple(next(same) for _, same in groupby(rows))

"""Plan tables put together: plans of one name joined, rows in the order of their points, gaps made rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
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
from reportedly.views.plan_versions import earlier_version, is_one_plan, may_be_one
from reportedly.views.wording import each_outlet

_LAST = 10**6

Thing = TypeVar("Thing", str, Article)


def table_page(tables: Iterable[PlanTable], *, articles: int, whole: bool = True) -> TablePage:
    """One table for each plan, in order of first appearance, a later version after the plan; loose offers last.

    `whole` is false where the rows are a selection: a point that was not selected is no gap.
    """
    named = sorted(tables, key=lambda t: t.name is None)
    joined = [_joined(group, gaps=whole) for group in _grouped(named)]
    shown = [t for t in joined if t.rows or (whole and t.name)]
    return TablePage(articles=articles, plans=_with_versions(shown))


def _grouped(tables: list[PlanTable]) -> list[list[PlanTable]]:
    """Tables of one plan together: of one name and with a party in common, or telling of one plan under two names."""
    groups: list[list[PlanTable]] = []
    for table in tables:
        home = next((g for g in groups if _belongs(table, g)), None)
        if home is None:
            groups.append([table])
        else:
            home.append(table)
    return groups


def _belongs(table: PlanTable, group: list[PlanTable]) -> bool:
    if _key(table) == _key(group[0]):
        return table.name is None or any(may_be_one(table, other) for other in group)
    return all(is_one_plan(table, other) for other in group)


def _with_versions(tables: list[PlanTable]) -> tuple[PlanTable, ...]:
    told = [replace(t, version_of=earlier_version(t, tables)) for t in tables]
    later: dict[str, list[PlanTable]] = {}
    for table in told:
        if table.version_of is not None:
            later.setdefault(table.version_of, []).append(table)
    out: list[PlanTable] = []
    for table in told:
        if table.version_of is None:
            out += _with_later(table, later)
    return (*out, *(t for t in told if t not in out))


def _with_later(table: PlanTable, later: dict[str, list[PlanTable]]) -> list[PlanTable]:
    """A plan, its later versions, and theirs."""
    following = later.pop(table.name, []) if table.name else []
    return [table, *(t for version in following for t in _with_later(version, later))]


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
        also_called=_once(t.name for t in tables if t.name and _key(t) != _key(tables[0])),
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

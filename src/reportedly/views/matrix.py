"""Positions as a matrix of parties and topics."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.records import Stance, Topic
from reportedly.views import wording
from reportedly.views.pages import PositionRow, PositionsPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one party wants on one topic, by stance in order of appearance; empty where nothing was found."""

    column: str
    stances: tuple[tuple[Stance, tuple[PositionRow, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Whichever of parties and topics are fewer are the columns, so that it fits a page."""

    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def matrix_of(page: PositionsPage) -> Matrix:
    """The matrix of a page."""
    if len(page.topics) < len(page.parties):
        rows = tuple(
            (party, tuple(_cell(page, party, t, wording.topic(t)) for t in page.topics)) for party in page.parties
        )
        return Matrix(corner="Party", columns=tuple(map(wording.topic, page.topics)), rows=rows)
    turned = ((wording.topic(topic), tuple(_cell(page, p, topic, p) for p in page.parties)) for topic in page.topics)
    return Matrix(corner="Topic", columns=page.parties, rows=tuple(turned))


def _cell(page: PositionsPage, party: str, topic: Topic, column: str) -> Cell:
    return Cell(column=column, stances=_by_stance(page.cell(party, topic)))


def _by_stance(rows: Iterable[PositionRow]) -> tuple[tuple[Stance, tuple[PositionRow, ...]], ...]:
    grouped: dict[Stance, list[PositionRow]] = {}
    for row in rows:
        grouped.setdefault(row.stance, []).append(row)
    return tuple((stance, tuple(same)) for stance, same in grouped.items())

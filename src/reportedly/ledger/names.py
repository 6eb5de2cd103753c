"""Names as people type them, against the names that the ledger holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, null, select, union

from reportedly.ledger import tables
from reportedly.ledger.identity import name_key
from reportedly.records import SourceKind

_NEAR = 70.0
"""Likeness (0 to 100, rapidfuzz's WRatio) below which a name is no suggestion."""


@dataclass(frozen=True, slots=True)
class Known:
    """A name as printed, in all its spellings of case and space; `person` if any source of that name is one."""

    printed: tuple[str, ...]
    person: bool


def known_names(connection: Connection) -> dict[str, Known]:
    """Every name of a source, of its party, or of somebody who acts, by its key."""
    source, actor = tables.source, tables.actor
    no_kind = null().label("kind")
    wanted = union(
        select(source.c.name_key.label("key"), source.c.name, source.c.kind),
        select(source.c.party_key, source.c.party, no_kind).where(source.c.party_key.is_not(None)),
        select(actor.c.name_key, actor.c.name, no_kind),
    )
    printed: dict[str, set[str]] = defaultdict(set)
    people: set[str] = set()
    for key, name, kind in connection.execute(wanted):
        printed[key].add(name)
        people |= {key} if kind == SourceKind.PERSON else set()
    return {key: Known(tuple(sorted(names)), key in people) for key, names in sorted(printed.items())}


def matching(asked: str, known: dict[str, Known]) -> list[str]:
    """The keys of the name asked for, whatever its case, and of the people whose last name it is.

    Where there are none, the keys of all that end in its words: "Sudan" is not South Sudan, "Foreign Office" may be
    the British one.
    """
    key = name_key(asked)
    if not key:
        return []
    ending = [name for name in known if name.endswith(f" {key}")]
    exact = [key] if key in known else []
    return exact + [name for name in ending if known[name].person] or ending


def nearest(asked: str, known: dict[str, Known], *, limit: int = 5) -> tuple[str, ...]:
    """Names like the one asked for, best first."""
    found = process.extract(name_key(asked), list(known), scorer=fuzz.WRatio, limit=limit, score_cutoff=_NEAR)
    return tuple(known[key].printed[0] for key, _score, _place in found)

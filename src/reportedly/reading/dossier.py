"""What a person tells the reader about a negotiation: parties, people, aliases, outlets, topics."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from reportedly.errors import DossierError

_KINDS = ("party", "person", "outlet", "topic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A name, the other names it goes by, and for a person the party that it belongs to.

    For a topic, `name` is the topic, `description` says what it covers and `aliases` are examples of its terms.
    """

    name: str
    aliases: tuple[str, ...] = ()
    party: str | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A negotiation's own names. Empty where none is given: the world roster serves then."""

    parties: tuple[Entry, ...] = ()
    people: tuple[Entry, ...] = ()
    outlets: tuple[Entry, ...] = ()
    topics: tuple[Entry, ...] = ()


def parse_dossier(text: str, name: str) -> Dossier:
    """Read a dossier from TOML: tables `[[party]]`, `[[person]]`, `[[outlet]]`, `[[topic]]`. Raises DossierError."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DossierError(f"{name}: no TOML ({error}); docs/how-to.md shows the form") from error
    unknown = sorted(set(tables) - set(_KINDS))
    if unknown:
        raise DossierError(f"{name}: unknown table {unknown[0]!r}; a dossier has {', '.join(_KINDS)}")
    parties, people, outlets, topics = (_entries(tables.get(kind, []), kind, name) for kind in _KINDS)
    return Dossier(parties, people, outlets, topics)


def _entries(rows: Any, kind: str, name: str) -> tuple[Entry, ...]:
    if not isinstance(rows, list):
        raise DossierError(f"{name}: {kind} is not a list of tables; write [[{kind}]]")
    return tuple(_entry(row, kind, name) for row in rows)


def _entry(row: dict[str, Any], kind: str, name: str) -> Entry:
    if not isinstance(row.get("name"), str) or not row["name"].strip():
        raise DossierError(f"{name}: a {kind} without a name; give each [[{kind}]] a `name`")
    aliases = row.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(a, str) for a in aliases):
        raise DossierError(f"{name}: aliases of {row['name']!r} are not a list of words")
    return Entry(
        name=row["name"],
        aliases=tuple(aliases),
        party=row.get("party"),
        description=str(row.get("description", "")),
    )

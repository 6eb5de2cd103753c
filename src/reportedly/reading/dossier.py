"""What a person tells the reader about a negotiation: parties, people, aliases, outlets, topics, plans."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from reportedly.errors import DossierError

_FIELDS = {
    "party": ("name", "aliases"),
    "person": ("name", "aliases", "party"),
    "outlet": ("name", "aliases"),
    "topic": ("name", "aliases", "description", "examples"),
    "plan": ("name", "aliases", "authors"),
}
_LISTS = ("aliases", "authors", "examples")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A name, the other names it goes by, and for a person the party that it belongs to.

    Of a topic, `name` is the topic, `aliases` are words that are always about it, `description` says what it covers and
    `examples` are clauses about it. Of a plan, `authors` are the parties that made it.
    """

    name: str
    aliases: tuple[str, ...] = ()
    party: str | None = None
    description: str = ""
    examples: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """A negotiation's own names. Empty where none is given: the world roster serves then."""

    parties: tuple[Entry, ...] = ()
    people: tuple[Entry, ...] = ()
    outlets: tuple[Entry, ...] = ()
    topics: tuple[Entry, ...] = ()
    plans: tuple[Entry, ...] = ()


def parse_dossier(text: str, name: str) -> Dossier:
    """Read a dossier from TOML: tables `[[party]]`, `[[person]]`, `[[outlet]]`, `[[topic]]`, `[[plan]]`.

    Raises DossierError, which says what is wrong in which entry.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DossierError(f"{name}: no TOML ({error}); docs/reference/dossier.md shows the form") from error
    unknown = sorted(set(tables) - set(_FIELDS))
    if unknown:
        raise DossierError(f"{name}: unknown table {unknown[0]!r}; a dossier has {', '.join(_FIELDS)}")
    return Dossier(*(_entries(tables.get(kind, []), kind, name) for kind in _FIELDS))


def _entries(rows: Any, kind: str, name: str) -> tuple[Entry, ...]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DossierError(f"{name}: {kind} is not a list of tables; write [[{kind}]]")
    return tuple(_entry(row, kind, name) for row in rows)


def _entry(row: dict[str, Any], kind: str, name: str) -> Entry:
    called = row.get("name")
    if not isinstance(called, str) or not called.strip():
        raise DossierError(f"{name}: a {kind} without a name; give each [[{kind}]] a `name`")
    for field, value in row.items():
        if field not in _FIELDS[kind]:
            raise DossierError(
                f"{name}: unknown field {field!r} of {called!r}; a {kind} has {', '.join(_FIELDS[kind])}"
            )
        listed = isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value)
        if not (listed if field in _LISTS else isinstance(value, str)):
            kind_of_value = 'a list of words, such as ["one", "two"]' if field in _LISTS else "words in quotation marks"
            raise DossierError(f"{name}: {field} of {called!r} must be {kind_of_value}")
    return Entry(
        name=called.strip(),
        aliases=tuple(row.get("aliases", ())),
        party=row.get("party"),
        description=row.get("description", ""),
        examples=tuple(row.get("examples", ())),
        authors=tuple(row.get("authors", ())),
    )

"""Whom a pronoun that speaks may mean."""

from __future__ import annotations

from reportedly.reading.language import load_table
from reportedly.records import Mode, Source, SourceKind, Statement

_GENDERS = {row["name"]: row["gender"] for row in load_table("en", "given")}
_THINGS = frozenset({SourceKind.DOCUMENT, SourceKind.OUTLET, SourceKind.ORGANISATION, SourceKind.GOVERNMENT})


def fits_pronoun(source: Source, pronoun: str) -> bool:
    """Whether "he", "she", "it" or "they" may mean a source, by its kind, number and given name."""
    several = source.count > 1 or source.at_least
    if pronoun in ("he", "she"):
        gender = _GENDERS.get(source.name.split(" ")[0], "") if source.named else ""
        alone = source.kind in (SourceKind.PERSON, SourceKind.UNNAMED) and not several
        return alone and gender in ("", "m" if pronoun == "he" else "f")
    if pronoun == "they":  # and one of whom the paper hides even whether it is a man
        return several or source.kind in (SourceKind.GROUP, SourceKind.ORGANISATION, SourceKind.UNNAMED)
    return source.kind in _THINGS and not several


def in_own_quotation(source: Source, statement: Statement) -> bool:
    """Whether a source is spoken of in the words of a statement that is all quoted."""
    if statement.mode is not Mode.DIRECT:
        return False
    return any(c.holds(m) for c in statement.content for m in source.mentions)

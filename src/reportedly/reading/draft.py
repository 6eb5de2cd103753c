"""What is known of an article while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.reading.actors import Mentions
from reportedly.reading.dossier import Dossier
from reportedly.reading.models import AttributionModel
from reportedly.reading.parse import Parse
from reportedly.records import (
    Document,
    Encounter,
    Note,
    Plan,
    Position,
    Source,
    Statement,
    Term,
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Draft:
    """An article as far as it is read; every step returns it with its own part filled in.

    Two drafts are never equal, so that what is worked out from one can be kept by it.
    """

    document: Document
    parse: Parse
    dossier: Dossier = field(default_factory=Dossier)
    model: AttributionModel | None = field(default=None, repr=False)
    mentions: Mentions = field(default_factory=Mentions)
    statements: tuple[Statement, ...] = ()
    sources: tuple[Source, ...] = ()
    plans: tuple[Plan, ...] = ()
    terms: tuple[Term, ...] = ()
    positions: tuple[Position, ...] = ()
    encounters: tuple[Encounter, ...] = ()
    notes: tuple[Note, ...] = ()

"""All that one article says, as the program took it down."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.records.document import Document, Note
from reportedly.records.negotiation import Encounter, Plan, Position, Term
from reportedly.records.statement import Source, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The record of one article. Ids are short and local to it (`so1`, `st3`, `pl1`, `te2`, `po4`, `en1`)."""

    document: Document
    sources: tuple[Source, ...] = ()
    statements: tuple[Statement, ...] = ()
    plans: tuple[Plan, ...] = ()
    terms: tuple[Term, ...] = ()
    positions: tuple[Position, ...] = ()
    encounters: tuple[Encounter, ...] = ()
    notes: tuple[Note, ...] = ()
    reader: str = field(default="")

    def source(self, id: str) -> Source:
        """The source of that id; raises KeyError."""
        for source in self.sources:
            if source.id == id:
                return source
        raise KeyError(id)

    def chain(self, statement: Statement) -> tuple[Source, ...]:
        """The sources behind a statement, the publishing outlet first."""
        by_id = {source.id: source for source in self.sources}
        return tuple(by_id[link] for link in statement.chain)

"""What the program takes down: frozen records, and their JSON both ways."""

from reportedly.records.codec import from_json, to_json
from reportedly.records.document import PROSE, Block, BlockKind, Document, Note, Piece
from reportedly.records.negotiation import (
    Encounter,
    Force,
    Plan,
    PointsBasis,
    Position,
    Stance,
    Status,
    Term,
    Topic,
)
from reportedly.records.reading import Reading
from reportedly.records.span import Span, Spans, hull, shown
from reportedly.records.statement import Act, Certainty, Mode, Source, SourceKind, Statement

__all__ = [
    "PROSE",
    "Act",
    "Block",
    "BlockKind",
    "Certainty",
    "Document",
    "Encounter",
    "Force",
    "Mode",
    "Note",
    "Piece",
    "Plan",
    "PointsBasis",
    "Position",
    "Reading",
    "Source",
    "SourceKind",
    "Span",
    "Spans",
    "Stance",
    "Statement",
    "Status",
    "Term",
    "Topic",
    "from_json",
    "hull",
    "shown",
    "to_json",
]

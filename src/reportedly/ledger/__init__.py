"""What was read, kept: one file that many articles are added to and questions are put to."""

from reportedly.ledger.corrections import Correction, Grade, Kind, Mark, State
from reportedly.ledger.identity import article_id, short
from reportedly.ledger.ledger import Ledger, open_ledger
from reportedly.ledger.queries import Scope
from reportedly.ledger.rows import (
    Added,
    ArticleRow,
    EncounterRow,
    Hit,
    ItemRow,
    Judgement,
    Outcome,
    PlanRow,
    PositionRow,
    Row,
    SourceRow,
    StatementRow,
    TermRow,
    Who,
)
from reportedly.ledger.surroundings import Surroundings

__all__ = [
    "Added",
    "ArticleRow",
    "Correction",
    "EncounterRow",
    "Grade",
    "Hit",
    "ItemRow",
    "Judgement",
    "Kind",
    "Ledger",
    "Mark",
    "Outcome",
    "PlanRow",
    "PositionRow",
    "Row",
    "Scope",
    "SourceRow",
    "State",
    "StatementRow",
    "Surroundings",
    "TermRow",
    "Who",
    "article_id",
    "open_ledger",
    "short",
]

"""What queries answer with. Every row says where it stands: article, outlet, day, sentence, spans."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from reportedly.ledger.corrections import Mark
from reportedly.records import (
    Act,
    Amount,
    Certainty,
    Deadline,
    Force,
    Mode,
    PointsBasis,
    SourceKind,
    Spans,
    Stance,
    Status,
    Topic,
)


class Outcome(StrEnum):
    """What adding a reading did."""

    NEW = "new"
    KNOWN = "already there"
    REREAD = "read anew"
    VERSION = "new version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """`article` is the ledger's id of it; the others those of the versions just before and after it, if any."""

    outcome: Outcome
    article: str
    version_of: str | None = None
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article without its text. `day` is the day of publication or, where that is unknown, of its first adding.

    `document` is the hash of its text. `first_seen` and `last_seen` are ISO 8601 in UTC. `version_of` and
    `superseded_by` are the versions just before and just after it. The last five count its rows.
    """

    id: str
    document: str
    name: str
    outlet: str | None
    published: str | None
    day: str
    url: str | None
    title: str | None
    byline: tuple[str, ...]
    language: str
    story: str | None
    reader: str
    first_seen: str
    last_seen: str
    version_of: str | None
    superseded_by: str | None
    statements: int
    plans: int
    terms: int
    positions: int
    encounters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One link of a chain."""

    id: str
    name: str
    kind: SourceKind
    named: bool
    count: int
    at_least: bool
    party: str | None
    ref: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Anything taken down from an article.

    `id` is the ledger's, `local` the record's. `spans` count code points of the article's text; `words` is what
    they print, `sentence` the sentences they stand in (`sentence_spans`). `corrected` says who put what of it right.
    """

    id: str
    local: str
    article: str
    name: str
    outlet: str | None
    published: str | None
    day: str
    url: str | None
    story: str | None
    superseded: bool
    spans: Spans
    words: str
    sentence: str
    sentence_spans: Spans
    corrected: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow(Row):
    """A statement; `spans` and `words` are its content. `parent` is the ledger id of the statement it stands in.

    `chain` runs from the publishing outlet to the last source that the text gives.
    """

    piece: int
    source: Spans
    source_words: str
    cue: Spans
    cue_words: str
    addressee: Spans
    hedges: Spans
    hedge_words: str
    mode: Mode
    act: Act
    parent: str | None
    chain: tuple[SourceRow, ...]
    certainty_outlet: Certainty
    certainty_source: Certainty
    confidence: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow(Row):
    """A thing on the table; `said` are the statements that it rests on."""

    said: tuple[StatementRow, ...]

    @property
    def statements(self) -> tuple[str, ...]:
        """The ledger ids of the statements that it rests on."""
        return tuple(statement.id for statement in self.said)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow(ItemRow):
    """A plan as one article has it; `plan_name` is its name, `name` the article's, `terms` the number of its terms."""

    plan_name: str
    authors: tuple[str, ...]
    points: int | None
    first_reported_by: str | None
    terms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow(ItemRow):
    """A term; `plan` is the ledger id of its plan and `plan_name` its name, None where the offer stands alone."""

    plan: str | None
    plan_name: str | None
    points: tuple[int, ...]
    points_basis: PointsBasis | None
    topic: Topic
    gives: tuple[str, ...]
    gets: tuple[str, ...]
    included: bool
    force: Force
    conditional: bool
    condition: Spans
    condition_words: str
    condition_of: str | None = None
    amounts: tuple[Amount, ...] = ()
    deadline: Deadline | None = None
    confidence: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow(ItemRow):
    """A party's stance; `term` is the ledger id of the term that it is on, if the text gives one."""

    party: str
    topic: Topic
    term: str | None
    stance: Stance
    confidence: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EncounterRow(ItemRow):
    """A meeting, call, visit or round. `first_day` and `last_day` bound `when` (EDTF); None where open or unknown."""

    participants: tuple[str, ...]
    place: str | None
    when: str | None
    first_day: str | None
    last_day: str | None
    status: Status
    confidence: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A sentence of an article in which searched words stand.

    `spans` is the sentence, `marks` the searched words in it, `statements` the ledger ids of the statements whose
    content, source or cue shares a character with the sentence. `all_words`: whether the sentence holds all of them.
    """

    article: str
    name: str
    outlet: str | None
    published: str | None
    day: str
    url: str | None
    story: str | None
    superseded: bool
    sentence: str
    spans: Spans
    marks: Spans
    statements: tuple[str, ...]
    all_words: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """All that the ledger has on a name: what it says (or passes on), gives or gets, wants, and where it meets.

    `names` are the names that matched; where none did, `suggestions` are the nearest ones, best first.
    """

    asked: str
    names: tuple[str, ...]
    suggestions: tuple[str, ...]
    statements: tuple[StatementRow, ...]
    terms: tuple[TermRow, ...]
    positions: tuple[PositionRow, ...]
    encounters: tuple[EncounterRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person said of ledger ids: `kind` says what about them, `value` is JSON-ready, `at` ISO 8601 in UTC."""

    id: str
    kind: str
    about: tuple[str, ...]
    value: Any
    by: str
    at: str

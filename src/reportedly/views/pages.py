"""Pages: what there is to show, filled once and shown alike in the terminal, in HTML and as JSON.

A page holds words and records, no layout. Where nothing was found it holds that too: a gap is a row.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from reportedly.records import (
    Act,
    Amount,
    Basis,
    Certainty,
    Deadline,
    Force,
    Knowledge,
    Mode,
    PointsBasis,
    SourceKind,
    Spans,
    Stance,
    Status,
    Topic,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a thing stands: its own words, and the sentence around them in an article of an outlet and a day."""

    article: str
    outlet: str | None
    published: str | None
    words: str
    spans: Spans
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Which article: the name its input gave it, its outlet and day."""

    name: str
    outlet: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """Who stands behind a thing and how surely. `chain` begins with the publishing outlet.

    Without a statement the outlet says it in its own voice: `certainty` is None then.
    """

    chain: tuple[str, ...]
    act: Act | None = None
    outlet: Certainty | None = None
    source: Certainty | None = None
    hedges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """One term of a plan. A gap, a point that no article speaks of, has `place` None."""

    id: str
    points: tuple[int, ...]
    basis: PointsBasis | None
    topic: Topic | None = None
    gives: tuple[str, ...] = ()
    gets: tuple[str, ...] = ()
    included: bool = True
    force: Force | None = None
    conditional: bool = False
    condition: str = ""
    condition_of: str | None = None
    amounts: tuple[Amount, ...] = ()
    deadline: Deadline | None = None
    backing: Backing | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTable:
    """A plan and its terms, gaps included. `name` is None for offers that stand outside any plan.

    Plans that carry one name are shown as one table; `reported_in` names the articles, so that a reader can part them.
    `also_called`: names under which other articles tell of it; `version_of`: the plan that it is a later version of.
    """

    name: str | None
    authors: tuple[str, ...]
    points: int | None
    first_reported_by: tuple[str, ...]
    reported_in: tuple[Article, ...]
    rows: tuple[TermRow, ...]
    also_called: tuple[str, ...] = ()
    version_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePage:
    """What is on the table: every plan, then the offers outside any."""

    articles: int
    plans: tuple[PlanTable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow:
    """What a party wants on a topic, as one place shows it."""

    party: str
    topic: Topic
    stance: Stance
    backing: Backing
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionsPage:
    """Positions by party across topics."""

    articles: int
    parties: tuple[str, ...]
    topics: tuple[Topic, ...]
    rows: tuple[PositionRow, ...]

    def cell(self, party: str, topic: Topic) -> tuple[PositionRow, ...]:
        """What the party wants on the topic; empty where no article says."""
        return tuple(r for r in self.rows if r.party == party and r.topic == topic)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """A meeting, call, visit or round of talks; `when` is EDTF."""

    participants: tuple[str, ...]
    where: str | None
    when: str | None
    status: Status
    backing: Backing
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsPage:
    """Meetings by date, those without one last."""

    articles: int
    rows: tuple[MeetingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One statement; `depth` is how many statements it stands in."""

    id: str
    depth: int
    piece: int
    source: str
    cue: str
    content: str
    mode: Mode
    backing: Backing
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceRow:
    """A part of the page with an author of its own."""

    title: str | None
    byline: tuple[str, ...]
    statements: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What is known of an article's publication; `known_from` says of each fact where it was found."""

    article: str
    outlet: str | None
    published: str | None
    title: str | None
    byline: tuple[str, ...]
    url: str | None
    language: str
    known_from: tuple[tuple[str, str], ...]
    set_aside: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """All that one article says."""

    header: Header
    pieces: tuple[PieceRow, ...]
    table: TablePage
    positions: PositionsPage
    meetings: MeetingsPage


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsPage:
    """Statements by day, each on its own."""

    articles: int
    rows: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """One link of a chain."""

    name: str
    kind: SourceKind
    named: bool
    count: int
    at_least: bool
    party: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRow:
    """What one rule contributed to a certainty of the outlet or the last source, and on which words."""

    side: str
    value: Certainty
    rule: str
    words: str
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A link with what makes it one, the words this stands on, how it knows, how surely it speaks, and why.

    `basis` is None where the record does not say (a person put it there, or an older reader), `certainty` where
    nothing says what it vouches for.
    """

    link: LinkRow
    basis: Basis | None
    place: Place | None
    knows: Knowledge | None
    knows_words: str
    certainty: Certainty | None
    why: ReasonRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainPage:
    """A statement and all who stand behind it, the publishing outlet first; `steps` explains the links, in order.

    `reasons` is what each rule of certainty contributed, empty unless asked for; `drift` what the article says
    otherwise elsewhere.
    """

    statement: StatementRow
    links: tuple[LinkRow, ...]
    steps: tuple[StepRow, ...] = ()
    reasons: tuple[ReasonRow, ...] = ()
    drift: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoPage:
    """All that is kept on a name; where nothing is, the nearest names that there are."""

    asked: str
    articles: int
    names: tuple[str, ...]
    suggestions: tuple[str, ...]
    statements: tuple[StatementRow, ...]
    positions: tuple[PositionRow, ...]
    terms: tuple[TermRow, ...]
    meetings: tuple[MeetingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """Sentences that hold the words; a place's `spans` are the words in them, `words` those words as printed.

    `all_words` is false where no sentence holds all of them, and these hold some.
    """

    asked: str
    articles: int
    all_words: bool
    hits: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """What several articles say alike, and how many independent origins stand behind it, from at least to at most."""

    id: str
    gist: str
    origins: int
    origins_range: tuple[int, int]
    origin_names: tuple[str, ...]
    statements: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClashRow:
    """Two places that cannot both be right; `why` is the sign they were known by."""

    about: str
    why: str
    a: Place
    b: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A term that an earlier and a later version of a plan have differently: added, dropped or changed."""

    plan: str
    topic: str
    kind: str
    what: str
    before: Place | None
    after: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRow:
    """One article's text in another; `share` is how much of the later one answers it, 0 to 1."""

    of: Article
    within: Article
    kind: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPage:
    """What holds across articles: claims with their origins, contradictions, changes between versions, copies."""

    articles: tuple[Article, ...]
    claims: tuple[ClaimRow, ...]
    contradictions: tuple[ClashRow, ...]
    changes: tuple[ChangeRow, ...]
    copies: tuple[CopyRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciledPage:
    """A page of what is derived from many articles; `reconciled_pages` has them."""


Page = (
    ArticlePage
    | TablePage
    | PositionsPage
    | MeetingsPage
    | StatementsPage
    | ChainPage
    | WhoPage
    | SearchPage
    | ComparisonPage
    | ReconciledPage
)


def as_json(page: Page) -> dict[str, Any]:
    """The page as JSON-ready dicts and lists; enums by their values, spans as `[start, end]`."""
    return {"page": type(page).__name__.removesuffix("Page").lower(), **asdict(page, dict_factory=_spelled)}


def _spelled(pairs: list[tuple[str, Any]]) -> Any:
    values = dict(pairs)
    if set(values) == {"start", "end"}:
        return [values["start"], values["end"]]
    return {name: _listed(value) for name, value in values.items()}


def _listed(value: Any) -> Any:
    return [_listed(inner) for inner in value] if isinstance(value, tuple) else value

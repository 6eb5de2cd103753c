"""The desk's pages: one frozen dataclass each, shown as HTML and as JSON alike."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from reportedly.ledger.browsing import Cited, Day, Leaning, Named, Totals
from reportedly.records import Topic
from reportedly.views.marked import Segment
from reportedly.views.pages import (
    ChangeRow,
    ClashRow,
    Header,
    LinkRow,
    MeetingRow,
    Place,
    PositionRow,
    StatementRow,
    TermRow,
)
from reportedly.views.reconciled_pages import ClaimNews, DriftRow, MeetingChange, StanceRow
from reportedly.views.web.asking import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Place):
    """A place that can be opened: `at` is its first character, `parts` its sentences with its words marked."""

    article_id: str
    at: int
    parts: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionEntry(PositionRow):
    """A position that has a page of its own."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingEntry(MeetingRow):
    """A meeting that has a page of its own."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person said of a thing, in words; `standing` is false where it was undone or overruled.

    `follows` says what changed with it and what did not.
    """

    id: str
    kind: str
    words: str
    by: str
    at: str
    why: str
    state: str
    standing: bool
    follows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article in a list."""

    id: str
    name: str
    outlet: str | None
    published: str | None
    day: str
    title: str | None
    byline: tuple[str, ...]
    story: str | None
    statements: int
    terms: int
    positions: int
    encounters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage:
    """What a ledger holds."""

    name: str
    totals: Totals
    stories: tuple[str, ...]
    plans: tuple[Named, ...]
    parties: tuple[Named, ...]
    newest: tuple[ArticleRow, ...]
    coming: tuple[MeetingEntry, ...]
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesPage:
    """The articles, the newest first."""

    asked: Asked
    total: int
    rows: tuple[ArticleRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyCell:
    """What one party gives and gets in a row of a plan, and what it says of the row's topic."""

    party: str
    gives: tuple[TermRow, ...]
    gets: tuple[TermRow, ...]
    positions: tuple[PositionEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A plan as one article has it."""

    article_id: str
    outlet: str | None
    published: str | None
    points: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A point of a plan or, without a number, a topic.

    A point without terms is a gap: nobody speaks of it. A topic without terms holds what parties say on it as a whole.

    `versions` has for each version of the plan what it says on it.
    """

    points: tuple[int, ...]
    topic: Topic | None
    terms: tuple[TermRow, ...]
    cells: tuple[PartyCell, ...]
    versions: tuple[tuple[TermRow, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGrid:
    """A plan by points, with parties or versions across. `more` counts the terms that did not fit.

    `places` are where articles tell of it, the newest first.
    """

    name: str | None
    authors: tuple[str, ...]
    points: int | None
    first_reported_by: tuple[str, ...]
    parties: tuple[str, ...]
    versions: tuple[Version, ...]
    places: tuple[Quote, ...]
    rows: tuple[GridRow, ...]
    articles: int
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePage:
    """What is on the table. `plans` are all there are, `loose` how many terms stand outside any."""

    asked: Asked
    articles: int
    plans: tuple[Named, ...]
    loose: int
    grids: tuple[PlanGrid, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What a stretch of text is: a kind, and the record's ids of the things it belongs to."""

    text: str
    kinds: tuple[str, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedSentence:
    """`start` tells it from the others; `space` is the white space before it; `here`: the address asked for it."""

    start: int
    space: str
    tags: tuple[Tag, ...]
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A thing found in a paragraph: its sort, ids in the record and in the ledger, and one line on it."""

    sort: str
    local: str
    id: str
    head: str
    line: str
    chain: tuple[LinkRow, ...]
    backing: StatementRow | None
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A block of the page, with the cards of what begins in it."""

    kind: str
    number: int | None
    piece: int
    sentences: tuple[TaggedSentence, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceHead:
    """Whose words follow."""

    number: int
    title: str | None
    byline: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """One article, or as much of a very long one as fits a page (`part` of `parts`)."""

    id: str
    header: Header
    story: str | None
    part: int
    parts: int
    pieces: tuple[PieceHead, ...]
    passages: tuple[Passage, ...]
    older: str | None
    newer: str | None
    removed: tuple[Judgement, ...]
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """One thing that was taken down, the sentences it stands on, what people said of it, and the forms for more."""

    sort: str
    id: str
    head: str
    quote: Quote
    facts: tuple[tuple[str, str], ...]
    chain: tuple[LinkRow, ...]
    statements: tuple[StatementRow, ...]
    judgements: tuple[Judgement, ...]
    editable: tuple[tuple[str, str], ...]
    claim: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartiesPage:
    """Who gives, gets or wants."""

    asked: Asked
    rows: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLane:
    """A party's positions on one topic by day."""

    topic: Topic
    rows: tuple[PositionEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyPage:
    """One party: its positions over time, what it gives and gets, whom it meets, what is said in its name.

    `names` are all that it goes by in articles.
    """

    asked: Asked
    name: str
    names: tuple[str, ...]
    suggestions: tuple[str, ...]
    total: int
    lanes: tuple[TopicLane, ...]
    terms: tuple[TermRow, ...]
    meetings: tuple[MeetingEntry, ...]
    statements: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    """A plan as an article of that day has it."""

    id: str
    name: str
    points: int | None
    terms: int
    place: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """A day: what was published, who met or is to meet, which plans were told of."""

    day: str
    articles: tuple[ArticleRow, ...]
    meetings: tuple[MeetingEntry, ...]
    plans: tuple[PlanVersion, ...]
    more: int
    more_meetings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage:
    """Articles, encounters past and scheduled, and plan versions by day. `span` is the first and last day of all."""

    asked: Asked
    days: tuple[DayRow, ...]
    total: int
    published: tuple[Day, ...]
    meeting_days: tuple[tuple[str, str, int], ...]
    undated: tuple[MeetingEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place on the map. `known_as` is the town it was taken for; degrees, north and east positive."""

    name: str
    known_as: str
    latitude: float
    longitude: float
    meetings: tuple[MeetingEntry, ...]
    terms: tuple[TermRow, ...]
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """Where encounters are and terms apply; `unplaced` are names that no gazetteer entry was found for."""

    asked: Asked
    spots: tuple[Spot, ...]
    unplaced: tuple[Named, ...]
    nowhere: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """What holds across articles and is new or different since a day: of each part the first lines.

    `more` has for each part that is longer how many lines are not shown.
    """

    terms: tuple[ChangeRow, ...]
    stances: tuple[StanceRow, ...]
    drifts: tuple[DriftRow, ...]
    meetings: tuple[MeetingChange, ...]
    contradictions: tuple[ClashRow, ...]
    new_claims: tuple[ClaimNews, ...]
    gained: tuple[ClaimNews, ...]
    quiet: tuple[ClaimNews, ...]
    more: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    """What is new or different since a day."""

    asked: Asked
    since: str
    articles: tuple[ArticleRow, ...]
    articles_total: int
    pending: int
    across: Across
    terms: tuple[TermRow, ...]
    positions: tuple[PositionEntry, ...]
    meetings: tuple[MeetingEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage:
    """Who is cited by whom, how many are unnamed, and how they are described."""

    asked: Asked
    named: tuple[Cited, ...]
    unnamed: tuple[Cited, ...]
    outlets: tuple[Leaning, ...]
    citations: tuple[tuple[str | None, str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """Sentences that were asked for, by their words or by fields."""

    asked: Asked
    articles: int
    total: int | None
    all_words: bool
    hits: tuple[Quote, ...]
    statements: tuple[StatementRow, ...]
    terms: tuple[TermRow, ...]
    positions: tuple[PositionEntry, ...]
    meetings: tuple[MeetingEntry, ...]


def as_json(page: Any) -> dict[str, Any]:
    """The page as JSON-ready dicts and lists; enums by their values, spans as `[start, end]`."""
    return {"page": type(page).__name__.removesuffix("Page").casefold(), **asdict(page, dict_factory=_spelled)}


def _spelled(pairs: list[tuple[str, Any]]) -> Any:
    values = dict(pairs)
    return [values["start"], values["end"]] if set(values) == {"start", "end"} else values

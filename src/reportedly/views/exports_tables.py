"""The tables that are exported: what their columns are, and their rows, a page of the ledger at a time.

Every row says where it stands: the quoted sentence, its outlet, day and address, and the ids of its statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TypeVar

from reportedly.ledger import Correction, ItemRow, Kind, Ledger, Mark, Row, Scope, StatementRow
from reportedly.ledger.identity import name_key
from reportedly.reconciliation import Reconciled
from reportedly.records import Claim, Reading, Spans
from reportedly.views import corrected
from reportedly.views.briefing import Citing
from reportedly.views.reconciling import reconciled

Cell = str | int | float | bool | None

PAGE = 2_000
"""Rows asked of the ledger at a time."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, its width in characters; `kind`: text, id, date, link, bool or number."""

    name: str
    about: str
    width: int = 14
    kind: str = "text"


@dataclass(frozen=True)
class Exported:
    """A ledger and which of its articles are exported, with what several tables look up."""

    ledger: Ledger
    scope: Scope = field(default_factory=Scope)

    @cached_property
    def found(self) -> Reconciled:
        """What holds across the whole ledger."""
        return reconciled(self.ledger)

    @cached_property
    def articles(self) -> frozenset[str]:
        """The ids of the articles in scope."""
        return frozenset(row.id for row in self.ledger.articles(**self.scope))

    @cached_property
    def ids(self) -> Mapping[tuple[str, str], str]:
        """The ledger's ids by article id and the record's own."""
        return self.ledger.ids()

    @cached_property
    def said(self) -> tuple[Correction, ...]:
        """What people said of articles in scope, and of names."""
        return tuple(c for c in self.ledger.corrections() if not c.articles or self.articles & set(c.articles))

    @cached_property
    def grades(self) -> dict[str, str]:
        """The grades of sources by key, and of statements by id."""
        return {name_key(thing): str(grade) for thing, grade in self.ledger.grades().items()}

    @cached_property
    def likelihoods(self) -> dict[str, str]:
        """The likelihoods by statement id."""
        return {id: said.value for id, said in self.ledger.likelihoods().items()}


Rows = Callable[[Exported], Iterator[Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what a row of it is, its columns, and what gives its rows."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Rows


WHERE = (
    Column("quote", "the sentence it stands in", 80),
    Column("outlet", "who published it", 20),
    Column("date", "day of publication, or as much as is known of it", 12, "date"),
    Column("link", "its address", 30, "link"),
    Column("article", "what the input called the article", 20),
    Column("story", "the article's label", 12),
)
_STATEMENTS = Column("statements", "ids of the statements that it rests on", 12, "id")
_CHAIN = Column("on_whose_word", "from the outlet down to the last source that the text gives", 34)
_SURE = (
    Column("certainty_source", "how sure the last source is of it (FactBank)", 10),
    Column("certainty_outlet", "how sure the outlet is of it", 10),
)
_CORRECTED = Column("corrected", "who put what of it right, and when", 24)


def _where(row: Row) -> tuple[Cell, ...]:
    return (row.sentence, row.outlet, row.published, row.url, row.name, row.story)


def _chain(row: StatementRow | None, outlet: str | None) -> str:
    return " < ".join(link.name for link in row.chain) if row else outlet or ""


def _sure(row: StatementRow | None) -> tuple[Cell, Cell]:
    return (row.certainty_source.value, row.certainty_outlet.value) if row else (None, None)


def _marks(marks: Sequence[Mark]) -> str:
    return "; ".join(f"{mark.kind.value} by {mark.by} on {mark.at[:10]}" for mark in marks)


def _backing(row: ItemRow) -> tuple[Cell, ...]:
    said = row.said[0] if row.said else None
    return (_chain(said, row.outlet), *_sure(said), _names(row.statements), _marks(row.corrected), *_where(row))


_BACKING = (_CHAIN, *_SURE, _STATEMENTS, _CORRECTED, *WHERE)


def _names(names: Sequence[object]) -> str:
    return "; ".join(map(str, names))


Kept = TypeVar("Kept", bound=Row)


def paged(ask: Callable[..., tuple[Kept, ...]], exported: Exported) -> Iterator[Kept]:
    """The rows of a question, a page at a time."""
    for offset in range(0, 10**9, PAGE):
        rows = ask(**{**exported.scope, "limit": PAGE, "offset": offset})
        yield from rows
        if len(rows) < PAGE:
            return


def _article_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    for row in exported.ledger.articles(**exported.scope):
        who = (row.id, row.name, row.outlet, row.published, row.url, row.title, _names(row.byline))
        counts = (row.statements, row.plans, row.terms, row.positions, row.encounters)
        yield (*who, row.language, row.story, *counts, row.reader, row.version_of, row.superseded_by, row.document)


def _statement_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    for row in paged(exported.ledger.statements, exported):
        speaker = row.chain[-1] if row.chain else None
        who = (speaker.name, speaker.kind.value, speaker.named, speaker.party) if speaker else (None,) * 4
        grade = exported.grades.get(name_key(speaker.name)) if speaker else None
        yield (
            *(row.id, row.words, *who, _chain(row, row.outlet), row.source_words, row.cue_words),
            *(row.act.value, row.mode.value, *_sure(row), row.hedge_words, round(row.confidence, 3), row.parent),
            *(grade, exported.grades.get(row.id), exported.likelihoods.get(row.id), _marks(row.corrected)),
            *_where(row),
        )


def _plan_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    for row in paged(exported.ledger.plans, exported):
        own = (row.id, row.plan_name, _names(row.authors), row.points, row.terms, row.first_reported_by)
        yield (*own, *_backing(row))


def _term_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    for row in paged(exported.ledger.terms, exported):
        points = (_names(row.points), row.points_basis.value if row.points_basis else None)
        parties = (_names(row.gives), _names(row.gets))
        bound = (row.included, row.force.value, row.condition_words)
        yield (row.id, row.plan_name, *points, row.topic.value, row.words, *parties, *bound, *_backing(row))


def _position_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    for row in paged(exported.ledger.positions, exported):
        yield (row.id, row.party, row.topic.value, row.stance.value, row.words, row.term, *_backing(row))


def _meeting_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    for row in paged(exported.ledger.encounters, exported):
        when = (row.when, row.first_day, row.last_day)
        yield (row.id, *when, _names(row.participants), row.place, row.status.value, row.words, *_backing(row))


def _claim_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    shared = [c for c in exported.found.claims if len(c.members) > 1]
    wanted = [c for c in shared if any(m.article in exported.articles for m in c.members)]
    members = ((claim, exported.ids.get((m.article, m.statement), "")) for claim in wanted for m in claim.members)
    while some := list(islice(members, PAGE)):
        kept = {row.id: row for row in exported.ledger.statements(ids=[id for _, id in some], superseded=True)}
        yield from (_claim_row(claim, kept[id]) for claim, id in some if id in kept)


def _claim_row(claim: Claim, row: StatementRow) -> Sequence[Cell]:
    counts = (len({m.article for m in claim.members}), len(claim.members), claim.origins, *claim.origins_range)
    own = (claim.id, claim.gist, *counts, _names(claim.origin_names))
    return (*own, row.id, row.words, _chain(row, row.outlet), *_sure(row), *_where(row))


class _Places:
    """Places of articles, each article made ready once."""

    def __init__(self, exported: Exported) -> None:
        self._readings: Mapping[str, Reading] = exported.found.readings
        self._ids, self._fillers = exported.ids, dict[str, Citing]()

    def at(self, article: str, spans: Spans, statement: str | None = None) -> tuple[Cell, ...]:
        """Its words, quote, outlet, day, address and statement."""
        if article not in self._fillers:
            self._fillers[article] = Citing(self._readings[article], "", full=False)
        place = self._fillers[article].place(spans)
        id = self._ids.get((article, statement)) if statement else None
        return (place.words, place.sentence, place.outlet, place.published, place.url, id)


_NOWHERE: tuple[Cell, ...] = (None,) * 6


def _side(name: str) -> tuple[Column, ...]:
    return (
        Column(f"{name}_words", "the words themselves", 34),
        Column(f"{name}_quote", "the sentence they stand in", 60),
        Column(f"{name}_outlet", "who published it", 20),
        Column(f"{name}_date", "day of publication", 12, "date"),
        Column(f"{name}_link", "its address", 30, "link"),
        Column(f"{name}_statement", "the statement's id", 10, "id"),
    )


def _contradiction_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    places = _Places(exported)
    for clash in exported.found.contradictions:
        if {clash.a.article, clash.b.article} & exported.articles:
            sides = (places.at(side.article, side.spans, side.statement) for side in (clash.a, clash.b))
            yield (clash.about, clash.why, round(clash.score, 3), *(cell for side in sides for cell in side))


def _change_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    places = _Places(exported)
    for change in exported.found.changes:
        ends = [at for at in (change.before_at, change.after_at) if at]
        if ends and ends[-1][0] in exported.articles:
            before, after = (places.at(*at) if at else _NOWHERE for at in (change.before_at, change.after_at))
            yield (change.plan, change.topic, change.kind.value, change.what, *before, *after)


def _correction_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    names = {row.id: (row.outlet, row.published, row.url) for row in exported.ledger.articles(superseded=True)}
    for said in exported.said:
        where = names.get(said.articles[0], (None,) * 3) if said.articles else (None,) * 3
        undone = (said.undone_by, said.undone_at)
        pair = said.kind in (Kind.SAME, Kind.DIFFERENT)
        own = (said.id, said.kind.value, said.state.value, _names(said.about), said.words)
        yield (*own, "" if pair else corrected.changed(said), said.by, said.at, said.why, *undone, *where)


_ID = Column("id", "its id in the ledger", 10, "id")
_WORDS = Column("words", "what the article prints of it", 40)
_TOPIC = Column("topic", "what it is about", 16)

TABLES: tuple[Table, ...] = (
    Table(
        "statements",
        "one act of saying, in one article",
        (
            Column("statement", "its id in the ledger", 10, "id"),
            Column("content", "what was said", 50),
            Column("speaker", "the last source that the text gives", 24),
            Column("speaker_kind", "person, government, outlet and so on", 12),
            Column("speaker_named", "whether the text names it", 9, "bool"),
            Column("speaker_party", "whom it speaks for", 14),
            _CHAIN,
            Column("source_words", "how the text calls the source", 20),
            Column("cue", "the word that reports", 12),
            Column("act", "what is done by saying it", 10),
            Column("mode", "direct, indirect or mixed", 9),
            *_SURE,
            Column("hedges", "the words that weaken it", 16),
            Column("confidence", "how sure the program is that it reads this right, 0 to 1", 10, "number"),
            Column("inside", "id of the statement that it stands in", 10, "id"),
            Column("grade_of_speaker", "a person's grade of the speaker (Admiralty code)", 9),
            Column("grade", "a person's grade of what is said", 9),
            Column("likelihood", "a person's judgement how likely it is (ICD 203)", 14),
            _CORRECTED,
            *WHERE,
        ),
        _statement_rows,
    ),
    Table(
        "terms",
        "one thing that a plan or offer has in it, or is said not to have",
        (
            _ID,
            Column("plan", "the plan's name; empty for an offer outside any", 20),
            Column("points", "the plan's point numbers that it belongs to", 8),
            Column("points_basis", "whether the text states the number or it is inferred", 10),
            _TOPIC,
            _WORDS,
            Column("gives", "who gives, does or stops it", 18),
            Column("gets", "who gets it", 18),
            Column("included", "false where the text says that it is not in the plan", 9, "bool"),
            Column("force", "must, would or may", 8),
            Column("condition", "on what condition", 24),
            *_BACKING,
        ),
        _term_rows,
    ),
    Table(
        "plans",
        "a plan, as one article has it",
        (
            _ID,
            Column("plan", "its name", 24),
            Column("authors", "who put it forward", 20),
            Column("points", "how many points the text says it has", 8, "number"),
            Column("terms", "how many of its terms the article has", 8, "number"),
            Column("first_reported_by", "who reported it first, by the text", 18),
            *_BACKING,
        ),
        _plan_rows,
    ),
    Table(
        "positions",
        "what a party wants, as one place shows it",
        (
            _ID,
            Column("party", "whose it is", 18),
            _TOPIC,
            Column("stance", "proposes, demands, offers, accepts, rejects or open", 10),
            _WORDS,
            Column("term", "id of the term that it is on", 10, "id"),
            *_BACKING,
        ),
        _position_rows,
    ),
    Table(
        "meetings",
        "a meeting, call, visit or round of talks",
        (
            _ID,
            Column("when", "its date in EDTF, as much as the text gives", 14),
            Column("first_day", "the first day that it may be", 12, "date"),
            Column("last_day", "the last day that it may be", 12, "date"),
            Column("participants", "who met or will meet", 34),
            Column("place", "where", 16),
            Column("status", "held, ongoing, scheduled, proposed or cancelled", 10),
            _WORDS,
            *_BACKING,
        ),
        _meeting_rows,
    ),
    Table(
        "claims",
        "a statement of a claim that several statements make; one row for each of them",
        (
            Column("claim", "the claim's id", 10, "id"),
            Column("gist", "the claim in the words of one of them", 44),
            Column("article_count", "how many articles make it", 8, "number"),
            Column("statement_count", "how many statements", 8, "number"),
            Column("origins", "how many independent first-hand origins stand behind them", 8, "number"),
            Column("origins_least", "how many are surely distinct", 8, "number"),
            Column("origins_most", "how many may be", 8, "number"),
            Column("origin_names", "who they are", 34),
            Column("statement", "the statement's id", 10, "id"),
            Column("content", "what it says", 44),
            _CHAIN,
            *_SURE,
            *WHERE,
        ),
        _claim_rows,
    ),
    Table(
        "contradictions",
        "two places that cannot both be right",
        (
            Column("about", "on what", 34),
            Column("why", "the sign they were known by", 24),
            Column("score", "how sure the program is, 0 to 1", 8, "number"),
            *_side("a"),
            *_side("b"),
        ),
        _contradiction_rows,
    ),
    Table(
        "changes",
        "a term that a later version of a plan has otherwise",
        (
            Column("plan", "the plan's name", 20),
            _TOPIC,
            Column("kind", "added, dropped or changed", 10),
            Column("what", "what differs: amount, date, party, force", 10),
            *_side("before"),
            *_side("after"),
        ),
        _change_rows,
    ),
    Table(
        "articles",
        "an article",
        (
            _ID,
            Column("article", "what the input called it", 20),
            Column("outlet", "who published it", 20),
            Column("date", "day of publication", 12, "date"),
            Column("link", "its address", 30, "link"),
            Column("title", "its headline", 40),
            Column("byline", "who wrote it", 20),
            Column("language", "ISO 639-1", 8),
            Column("story", "its label", 12),
            *(Column(f"{name}", f"how many {name} it has", 8, "number") for name in ("statements", "plans", "terms")),
            *(Column(f"{name}", f"how many {name} it has", 8, "number") for name in ("positions", "meetings")),
            Column("reader", "what read it", 16),
            Column("version_of", "id of the version before it", 10, "id"),
            Column("superseded_by", "id of the version after it", 10, "id"),
            Column("text_hash", "hash of its text", 10, "id"),
        ),
        _article_rows,
    ),
    Table(
        "corrections",
        "what a person put right or judged",
        (
            _ID,
            Column("kind", "what kind of correction", 16),
            Column("state", "what became of it", 14),
            Column("about", "ids or names that it is about", 20, "id"),
            _WORDS,
            Column("change", "from what to what, or what is said", 40),
            Column("by", "who", 14),
            Column("at", "when, in UTC", 22),
            Column("why", "the reason given", 30),
            Column("undone_by", "who took it back", 14),
            Column("undone_at", "when", 22),
            Column("outlet", "who published it", 20),
            Column("date", "day of publication", 12, "date"),
            Column("link", "its address", 30, "link"),
        ),
        _correction_rows,
    ),
)

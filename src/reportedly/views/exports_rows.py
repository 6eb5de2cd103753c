"""The rows of the tables that are exported, a page of the ledger at a time, in the order of their columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TypeVar

from reportedly.ledger import Correction, ItemRow, Kind, Ledger, Mark, Row, Scope, StatementRow, queries, tables
from reportedly.ledger.identity import name_key
from reportedly.reconciliation import Reconciled
from reportedly.records import Claim, Reading, Spans
from reportedly.views import corrected
from reportedly.views import wording as words
from reportedly.views.citing import Citing
from reportedly.views.likely import Likelihoods
from reportedly.views.reconciling import reconciled

Cell = str | int | float | bool | None

PAGE, ARTICLES = 2_000, 100
"""Statements, and articles, asked of the ledger at a time."""


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


def _names(names: Sequence[object]) -> str:
    return "; ".join(map(str, names))


Kept = TypeVar("Kept", bound=Row)
Find = Callable[..., tuple[Kept, ...]]
"""A question of `queries`: of a connection, a scope and conditions."""


def in_order(find: Find[Kept], exported: Exported) -> Iterator[Kept]:
    """The rows that a question brings, of some articles at a time; by day and then in the order of their article."""
    with exported.ledger.asking() as connection:
        numbers = queries.article_numbers(connection, exported.scope)
    for start in range(0, len(numbers), ARTICLES):
        some = tables.article.c.number.in_(numbers[start : start + ARTICLES])
        with exported.ledger.asking() as connection:
            rows = find(connection, exported.scope, some)
        yield from rows


def article_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    """The articles."""
    for row in exported.ledger.articles(**exported.scope):
        who = (row.id, row.name, row.outlet, row.published, row.url, row.title, _names(row.byline))
        counts = (row.statements, row.plans, row.terms, row.positions, row.encounters)
        yield (*who, row.language, row.story, *counts, row.reader, row.version_of, row.superseded_by, row.document)


def statement_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    """The statements."""
    for row in in_order(queries.find_statements, exported):
        speaker = row.chain[-1] if row.chain else None
        who = (speaker.name, speaker.kind.value, speaker.named, speaker.party) if speaker else (None,) * 4
        grade = exported.grades.get(name_key(speaker.name)) if speaker else None
        yield (
            *(row.id, row.words, *who, _chain(row, row.outlet), row.source_words, row.cue_words),
            *(row.act.value, row.mode.value, *_sure(row), row.hedge_words, round(row.confidence, 3), row.parent),
            *(grade, exported.grades.get(row.id), exported.likelihoods.get(row.id), _marks(row.corrected)),
            *_where(row),
        )


def plan_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    """The plans."""
    for row in in_order(queries.find_plans, exported):
        own = (row.id, row.plan_name, _names(row.authors), row.points, row.terms, row.first_reported_by)
        yield (*own, *_backing(row))


def term_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    """The terms."""
    for row in in_order(queries.find_terms, exported):
        points = (_names(row.points), row.points_basis.value if row.points_basis else None)
        parties = (_names(row.gives), _names(row.gets))
        measured = (words.amounts(row.amounts), words.deadline(row.deadline))
        bound = (row.included, row.force.value, row.condition_words, row.condition_of, *measured)
        yield (row.id, row.plan_name, *points, row.topic.value, row.words, *parties, *bound, *_backing(row))


def position_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    """The positions."""
    for row in in_order(queries.find_positions, exported):
        yield (row.id, row.party, row.topic.value, row.stance.value, row.words, row.term, *_backing(row))


def meeting_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    """The meetings."""
    for row in exported.ledger.encounters(**exported.scope):
        when = (row.when, row.first_day, row.last_day)
        yield (row.id, *when, _names(row.participants), row.place, row.status.value, row.words, *_backing(row))


def claim_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    """The statements of claims that several make."""
    shared = [c for c in exported.found.claims if len(c.members) > 1]
    wanted = [c for c in shared if any(m.article in exported.articles for m in c.members)]
    members = ((claim, exported.ids.get((m.article, m.statement), "")) for claim in wanted for m in claim.members)
    claim_of = {exported.ids.get((m.article, m.statement), ""): c.id for c in shared for m in c.members}
    likely = Likelihoods(exported.said, claim_of)
    while some := list(islice(members, PAGE)):
        kept = {row.id: row for row in exported.ledger.statements(ids=[id for _, id in some], superseded=True)}
        yield from (_claim_row(claim, kept[id], likely.last(claim)) for claim, id in some if id in kept)


def _claim_row(claim: Claim, row: StatementRow, likelihood: str | None) -> Sequence[Cell]:
    counts = (len({m.article for m in claim.members}), len(claim.members), claim.origins, *claim.origins_range)
    own = (claim.id, claim.gist, *counts, _names(claim.origin_names), likelihood)
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


def contradiction_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    """Two places that cannot both be right, an end of which is in scope."""
    places = _Places(exported)
    for clash in exported.found.contradictions:
        if {clash.a.article, clash.b.article} & exported.articles:
            sides = (places.at(side.article, side.spans, side.statement) for side in (clash.a, clash.b))
            yield (clash.about, clash.why, round(clash.score, 3), *(cell for side in sides for cell in side))


def change_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    """What a later version of a plan has otherwise."""
    places = _Places(exported)
    for change in exported.found.changes:
        ends = [at for at in (change.before_at, change.after_at) if at]
        if ends and ends[-1][0] in exported.articles:
            before, after = (places.at(*at) if at else _NOWHERE for at in (change.before_at, change.after_at))
            yield (change.plan, change.topic, change.kind.value, change.what, *before, *after)


def correction_rows(exported: Exported) -> Iterator[Sequence[Cell]]:
    """What people said."""
    names = {row.id: (row.outlet, row.published, row.url) for row in exported.ledger.articles(superseded=True)}
    for said in exported.said:
        where = names.get(said.articles[0], (None,) * 3) if said.articles else (None,) * 3
        undone = (said.undone_by, said.undone_at)
        pair = said.kind in (Kind.SAME, Kind.DIFFERENT)
        own = (said.id, said.kind.value, said.state.value, _names(said.about), said.words)
        yield (*own, "" if pair else corrected.changed(said), said.by, said.at, said.why, *undone, *where)

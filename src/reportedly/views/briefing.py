"""What a brief holds, filled once for all its formats: chapters of plans, positions, meetings, claims and changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from reportedly.ledger import Correction, article_id
from reportedly.ledger.identity import name_key
from reportedly.records import (
    Change,
    Claim,
    Drift,
    Member,
    Move,
    Reading,
    Spans,
    Story,
)
from reportedly.views import wording
from reportedly.views.citing import ArticleView, Citing, Ids
from reportedly.views.from_reading import fill_meetings, fill_positions
from reportedly.views.pages import (
    ChangeRow,
    ClaimRow,
    ClashRow,
    MeetingsPage,
    Place,
    PositionsPage,
    StatementRow,
    TablePage,
)
from reportedly.views.reconciled_pages import DriftRow
from reportedly.views.tables import table_page
from reportedly.views.voices import Voice, voices_of

MOST_CLAIMS = 40
"""Claims of a chapter, those of most articles; how many more there are is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedRow:
    """A meeting that an earlier article has otherwise than a later one."""

    participants: tuple[str, ...]
    before: str
    after: str
    before_at: Place
    after_at: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """What holds across the articles of a chapter; `more_claims` are those that are not shown."""

    claims: tuple[ClaimRow, ...]
    more_claims: int
    contradictions: tuple[ClashRow, ...]
    changes: tuple[ChangeRow, ...]
    moves: tuple[MovedRow, ...]
    drifts: tuple[DriftRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The articles of one story, and what they have on the table. `across` is None where nothing was compared."""

    id: str
    name: str | None
    articles: tuple[ArticleView, ...]
    table: TablePage
    positions: PositionsPage
    meetings: MeetingsPage
    voices: tuple[Voice, ...]
    across: Across | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a brief is narrowed to: articles that have a plan of that name, and what concerns a party; `since` a day."""

    plan: str | None = None
    party: str | None = None
    since: str | None = None


EVERYTHING = Wanted()


@dataclass(frozen=True, kw_only=True)
class Brief:
    """A whole brief. `said` are the judgements of people that stand on its articles or on names."""

    title: str
    wanted: Wanted
    chapters: tuple[Chapter, ...]
    days: tuple[str, ...]
    readers: tuple[str, ...]
    said: tuple[Correction, ...] = ()

    @property
    def total(self) -> int:
        """The number of its articles."""
        return sum(len(chapter.articles) for chapter in self.chapters)


def fill_brief(
    readings: Iterable[Reading],
    *,
    title: str,
    story: Story | None = None,
    others: Mapping[str, Reading] | None = None,
    ids: Ids | None = None,
    said: Sequence[Correction] = (),
    wanted: Wanted = EVERYTHING,
    full: bool = True,
) -> Brief:
    """The brief of some readings, a chapter for each of their stories. The order in which they come does not matter.

    `story` is what holds across them and `others`, readings by article id that are not in the brief but may be compared
    with. `full`: the articles themselves are in it.
    """
    ordered = sorted(readings, key=_order)
    fillers = [Citing(reading, f"a{number}", ids=ids, full=full) for number, reading in enumerate(ordered, 1)]
    if wanted.plan is not None:
        fillers = [filler for filler in fillers if filler.has_plan(wanted.plan)]
    known = {article_id(filler.document): filler for filler in fillers}
    return Brief(
        title=title,
        wanted=wanted,
        chapters=tuple(_chapters(fillers, _Told(story, known, others or {}, wanted, ids), wanted)),
        days=tuple(sorted({f.document.published for f in fillers if f.document.published})),
        readers=tuple(sorted({f.reading.reader for f in fillers if f.reading.reader})),
        said=tuple(c for c in said if not c.articles or known.keys() & set(c.articles)),
    )


def _order(reading: Reading) -> tuple[str, str, str, str]:
    document = reading.document
    return (document.story or "~", document.published or "~", document.name, document.id)


def _chapters(fillers: Sequence[Citing], told: _Told, wanted: Wanted) -> Iterator[Chapter]:
    stories = dict.fromkeys(filler.document.story for filler in fillers)
    for number, story in enumerate(stories, 1):
        of_story = [filler for filler in fillers if filler.document.story == story]
        yield Chapter(
            id=f"s{number}",
            name=story,
            articles=tuple(filler.view() for filler in of_story),
            table=_table(of_story, wanted),
            positions=_positions(of_story, wanted),
            meetings=_meetings(of_story, wanted),
            voices=voices_of(of_story),
            across=told.across({article_id(filler.document) for filler in of_story}),
        )


def _table(fillers: Sequence[Citing], wanted: Wanted) -> TablePage:
    tables = list(chain.from_iterable(filler.plan_tables() for filler in fillers))
    if wanted.plan is not None:
        tables = [t for t in tables if t.name is not None and name_key(t.name) == name_key(wanted.plan)]
    if wanted.party is None:
        return table_page(tables, articles=len(fillers))
    key = name_key(wanted.party)
    chosen = [replace(t, rows=tuple(r for r in t.rows if key in map(name_key, (*r.gives, *r.gets)))) for t in tables]
    return table_page(chosen, articles=len(fillers), whole=False)


def _positions(fillers: Sequence[Citing], wanted: Wanted) -> PositionsPage:
    page = fill_positions(fillers)
    if wanted.party is None:
        return page
    rows = tuple(row for row in page.rows if name_key(row.party) == name_key(wanted.party))
    names = tuple(dict.fromkeys(row.party for row in rows))
    return replace(page, rows=rows, parties=names, topics=tuple(dict.fromkeys(row.topic for row in rows)))


def _meetings(fillers: Sequence[Citing], wanted: Wanted) -> MeetingsPage:
    page = fill_meetings(fillers)
    if wanted.party is None:
        return page
    key = name_key(wanted.party)
    sides = {name for filler in fillers for name, side in filler.sides.items() if side == key} | {key}
    return replace(page, rows=tuple(row for row in page.rows if sides & set(map(name_key, row.participants))))


class _Told:
    """What holds across articles, as rows whose places can be opened."""

    def __init__(
        self,
        story: Story | None,
        known: Mapping[str, Citing],
        beyond: Mapping[str, Reading],
        wanted: Wanted,
        ids: Ids | None,
    ) -> None:
        self._story, self._known, self._beyond = story, known, beyond
        self._wanted, self._ids = wanted, ids
        self._outside: dict[str, Citing] = {}

    def across(self, articles: set[str]) -> Across | None:
        """What holds across some articles: of a claim or change at least one end is in them."""
        if self._story is None:
            return None
        story = self._story
        claims = [c for c in story.claims if self._home(c) in articles and len({m.article for m in c.members}) > 1]
        claims = [c for c in claims if self._concerns(c)]
        claims.sort(key=lambda c: (-len({m.article for m in c.members}), c.gist, c.id))
        clashes = (c for c in story.contradictions if {c.a.article, c.b.article} & articles)
        rows = (
            ClashRow(
                about=c.about, why=c.why, a=self._place(c.a.article, c.a.spans), b=self._place(c.b.article, c.b.spans)
            )
            for c in clashes
        )
        changes = (c for c in story.changes if c.after_at and c.after_at[0] in articles)
        drifts = (d for d in story.drifts if d.b.article in articles)
        return Across(
            claims=tuple(self._claim(c) for c in claims[:MOST_CLAIMS]),
            more_claims=max(0, len(claims) - MOST_CLAIMS),
            contradictions=tuple(row for row in rows if self._names_party(row.a, row.b)),
            changes=tuple(row for row in map(self._change, changes) if self._names_party(row.before, row.after)),
            moves=tuple(self._move(m) for m in story.moves if m.after_at[0] in articles and self._joins(m)),
            drifts=tuple(row for row in map(self._drift, drifts) if self._names_party(row.before, row.after)),
        )

    def _home(self, claim: Claim) -> str | None:
        """The first article of the brief that makes the claim."""
        return next((m.article for m in claim.members if m.article in self._known), None)

    def _filler(self, article: str) -> Citing:
        if article in self._known:
            return self._known[article]
        if article not in self._outside:
            self._outside[article] = Citing(self._beyond[article], "", ids=self._ids, full=False)
        return self._outside[article]

    def _place(self, article: str, spans: Spans) -> Place:
        return self._filler(article).place(spans)

    def _claim(self, claim: Claim) -> ClaimRow:
        return ClaimRow(
            id=claim.id,
            gist=claim.gist,
            origins=claim.origins,
            origins_range=claim.origins_range,
            origin_names=claim.origin_names,
            statements=tuple(map(self._member, claim.members)),
        )

    def _change(self, change: Change) -> ChangeRow:
        return ChangeRow(
            plan=change.plan,
            topic=change.topic,
            kind=change.kind.value,
            what=change.what,
            before=self._place(*change.before_at) if change.before_at else None,
            after=self._place(*change.after_at) if change.after_at else None,
        )

    def _move(self, move: Move) -> MovedRow:
        ends = []
        for article, id in (move.before_at, move.after_at):
            filler = self._filler(article)
            ends.append(next(filler.meeting(e).place for e in filler.reading.encounters if e.id == id))
        return MovedRow(
            participants=move.participants,
            before=move.before,
            after=move.after,
            before_at=ends[0],
            after_at=ends[1],
        )

    def _drift(self, drift: Drift) -> DriftRow:
        before, after = (self._member(member).place for member in (drift.a, drift.b))
        what = wording.way(drift.before, drift.after)
        return DriftRow(claim=drift.claim, kind=drift.kind, what=what, before=before, after=after)

    def _member(self, member: Member) -> StatementRow:
        filler = self._filler(member.article)
        return filler.statement(filler.statements[member.statement])

    def _concerns(self, claim: Claim) -> bool:
        """Whether the party that is wanted makes the claim, or its words name it."""
        if self._wanted.party is None:
            return True
        key = name_key(self._wanted.party)
        for member in claim.members:
            filler, said = self._filler(member.article), self._member(member)
            names = [name_key(name) for name in said.backing.chain[1:]]
            if key in (*names, *(filler.sides.get(name) for name in names)) or key in name_key(said.place.sentence):
                return True
        return False

    def _names_party(self, *places: Place | None) -> bool:
        key = name_key(self._wanted.party or "")
        return any(key in name_key(place.sentence) for place in places if place)

    def _joins(self, move: Move) -> bool:
        if self._wanted.party is None:
            return True
        key, sides = name_key(self._wanted.party), self._filler(move.after_at[0]).sides
        names = list(map(name_key, move.participants))
        return key in (*names, *(sides.get(name) for name in names))

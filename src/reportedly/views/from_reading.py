"""Pages filled from readings, each article's own words beside the place they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from reportedly.ledger.surroundings import Surroundings
from reportedly.records import (
    BlockKind,
    Encounter,
    Plan,
    Position,
    Reading,
    Source,
    Spans,
    Statement,
    Term,
    shown,
)
from reportedly.views.pages import (
    Article,
    ArticlePage,
    Backing,
    Header,
    LinkRow,
    MeetingRow,
    MeetingsPage,
    PieceRow,
    Place,
    PlanTable,
    PositionRow,
    PositionsPage,
    StatementRow,
    TablePage,
    TermRow,
)
from reportedly.views.tables import meetings_page, positions_page, table_page
from reportedly.views.wording import OUTLET_UNKNOWN


def article_from(reading: Reading) -> ArticlePage:
    """The outline of one article."""
    article = Filler(reading)
    return ArticlePage(
        header=header_of(reading),
        pieces=tuple(_piece(article, number) for number in range(max(1, len(reading.document.pieces)))),
        table=fill_table([article]),
        positions=fill_positions([article]),
        meetings=fill_meetings([article]),
    )


def table_from(readings: Iterable[Reading]) -> TablePage:
    """What is on the table in all of them."""
    return fill_table([Filler(reading) for reading in readings])


def positions_from(readings: Iterable[Reading]) -> PositionsPage:
    """Who wants what in all of them."""
    return fill_positions([Filler(reading) for reading in readings])


def meetings_from(readings: Iterable[Reading]) -> MeetingsPage:
    """Who met or will meet whom in all of them."""
    return fill_meetings([Filler(reading) for reading in readings])


def fill_table(articles: Sequence[Filler]) -> TablePage:
    """The tables of all of them, put together."""
    return table_page((table for article in articles for table in article.plan_tables()), articles=len(articles))


def fill_positions(articles: Sequence[Filler]) -> PositionsPage:
    """The positions in all of them."""
    rows = (article.position(p) for article in articles for p in article.reading.positions)
    return positions_page(rows, articles=len(articles))


def fill_meetings(articles: Sequence[Filler]) -> MeetingsPage:
    """The meetings in all of them."""
    rows = (article.meeting(e) for article in articles for e in article.reading.encounters)
    return meetings_page(rows, articles=len(articles))


class Filler:
    """One reading, with what its rows look up."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.document = reading.document
        self.names = {source.id: source.name for source in reading.sources}
        self.statements = {statement.id: statement for statement in reading.statements}

    @cached_property
    def surroundings(self) -> Surroundings:
        """The sentences of its text."""
        return Surroundings(self.document)

    def sentence(self, spans: Spans) -> Spans:
        """The sentences that the spans stand in."""
        return self.surroundings.of(spans)

    def article(self) -> Article:
        return Article(name=self.document.name, outlet=self.document.outlet, published=self.document.published)

    def place(self, spans: Spans) -> Place:
        text = self.document.text
        return Place(
            article=self.document.name,
            outlet=self.document.outlet,
            published=self.document.published,
            words=shown(spans, text),
            spans=spans,
            sentence=shown(self.sentence(spans), text),
        )

    def backing(self, statements: tuple[str, ...]) -> Backing:
        """Whoever stands behind the first of the statements; without any, the outlet alone."""
        for id in statements:
            if id in self.statements:
                return self.said(self.statements[id])
        return Backing(chain=(self.document.outlet or OUTLET_UNKNOWN,))

    def said(self, statement: Statement) -> Backing:
        """Whoever stands behind a statement."""
        return Backing(
            chain=tuple(self.names.get(link, link) for link in statement.chain),
            act=statement.act,
            outlet=statement.certainty_outlet,
            source=statement.certainty_source,
            hedges=tuple(shown((hedge,), self.document.text) for hedge in statement.hedges),
        )

    def plan_tables(self) -> Iterator[PlanTable]:
        """A table for each plan, and one for the offers outside any."""
        for plan in self.reading.plans:
            yield self._plan_table(plan)
        loose = tuple(self.term(t) for t in self.reading.terms if t.plan is None)
        yield PlanTable(
            name=None, authors=(), points=None, first_reported_by=(), reported_in=(self.article(),), rows=loose
        )

    def _plan_table(self, plan: Plan) -> PlanTable:
        return PlanTable(
            name=plan.name,
            authors=plan.authors,
            points=plan.points,
            first_reported_by=(plan.first_reported_by,) if plan.first_reported_by else (),
            reported_in=(self.article(),),
            rows=tuple(self.term(t) for t in self.reading.terms if t.plan == plan.id),
        )

    def term(self, term: Term) -> TermRow:
        return TermRow(
            id=term.id,
            points=term.points,
            basis=term.points_basis,
            topic=term.topic,
            gives=term.gives,
            gets=term.gets,
            included=term.included,
            force=term.force,
            conditional=term.conditional,
            condition=shown(term.condition, self.document.text),
            condition_of=term.condition_of,
            amounts=term.amounts,
            deadline=term.deadline,
            backing=self.backing(term.statements),
            place=self.place(term.spans),
        )

    def position(self, position: Position) -> PositionRow:
        return PositionRow(
            party=position.party,
            topic=position.topic,
            stance=position.stance,
            backing=self.backing(position.statements),
            place=self.place(position.spans),
        )

    def meeting(self, encounter: Encounter) -> MeetingRow:
        return MeetingRow(
            participants=encounter.participants,
            where=encounter.place,
            when=encounter.when,
            status=encounter.status,
            backing=self.backing(encounter.statements),
            place=self.place(encounter.spans),
        )

    def statement(self, statement: Statement, depth: int = 0) -> StatementRow:
        text = self.document.text
        return StatementRow(
            id=statement.id,
            depth=depth,
            piece=statement.piece,
            source=shown(statement.source, text),
            cue=shown(statement.cue, text),
            content=shown(statement.content, text),
            mode=statement.mode,
            backing=self.said(statement),
            place=self.place(statement.content),
        )

    def tree(self, piece: int) -> Iterator[tuple[Statement, int]]:
        """The statements of a piece in text order, each followed by those that stand in it, with their depths."""
        here = sorted((s for s in self.reading.statements if s.piece == piece), key=_start)
        ids = {s.id for s in here}
        below: dict[str | None, list[Statement]] = {}
        for statement in here:
            below.setdefault(statement.parent if statement.parent in ids else None, []).append(statement)
        return _walk(None, below, 0)


def _start(statement: Statement) -> int:
    return min((span.start for span in (*statement.source, *statement.cue, *statement.content)), default=0)


def _walk(parent: str | None, below: dict[str | None, list[Statement]], depth: int) -> Iterator[tuple[Statement, int]]:
    for statement in below.get(parent, ()):
        yield statement, depth
        yield from _walk(statement.id, below, depth + 1)


def _piece(article: Filler, number: int) -> PieceRow:
    pieces = article.document.pieces
    piece = pieces[number] if number < len(pieces) else None
    return PieceRow(
        title=piece.title if piece else None,
        byline=piece.byline if piece else (),
        statements=tuple(article.statement(s, depth) for s, depth in article.tree(number)),
    )


def header_of(reading: Reading) -> Header:
    """What is known of the article's publication."""
    document = reading.document
    return Header(
        article=document.name,
        outlet=document.outlet,
        published=document.published,
        title=document.title,
        byline=document.byline,
        url=document.url,
        language=document.language,
        known_from=document.known_from,
        set_aside=sum(block.kind == BlockKind.FURNITURE for block in document.blocks),
        notes=tuple(dict.fromkeys(f"{n.about}: {n.text}" for n in (*document.notes, *reading.notes))),
    )


def link_of(source: Source) -> LinkRow:
    """A source as a link of a chain."""
    return LinkRow(
        name=source.name,
        kind=source.kind,
        named=source.named,
        count=source.count,
        at_least=source.at_least,
        party=source.party,
    )

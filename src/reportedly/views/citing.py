"""Rows whose places can be opened: each with its sentence, address and statement, and its anchor in the brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

from reportedly.ledger import article_id, short
from reportedly.ledger.corrections import is_mark
from reportedly.ledger.identity import name_key
from reportedly.records import Encounter, Position, Reading, Spans, Statement, Term
from reportedly.views.from_reading import Filler, header_of
from reportedly.views.marked import MarkedText, Paragraph, Segment, excerpt, marks_of, paragraphs_of
from reportedly.views.pages import Header, MeetingRow, Place, PositionRow, StatementRow, TermRow

Ids = Mapping[tuple[str, str], str]
"""The ledger's ids by article id and the record's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited(Place):
    """A place that can be opened: `anchor` is its sentence there, `excerpt` that sentence with its words marked.

    `anchor` is None where the article is not in the brief. `statement` is the short ledger id of the statement that the
    thing stands on, None where there is none or no ledger. `mark` says who put the thing right, and when.
    """

    anchor: str | None
    paragraph: int | None
    excerpt: tuple[tuple[Segment, ...], ...]
    url: str | None = None
    statement: str | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article in full. `id` begins the anchors of its sentences."""

    id: str
    header: Header
    pieces: tuple[tuple[str | None, tuple[str, ...]], ...]
    paragraphs: tuple[Paragraph, ...]

    def of_piece(self, number: int) -> tuple[Paragraph, ...]:
        """The paragraphs of one piece."""
        return tuple(p for p in self.paragraphs if p.piece == number)


class Citing(Filler):
    """Fills rows whose places can be opened. `full`: the article itself is in the brief, with its words marked."""

    def __init__(self, reading: Reading, id: str, *, ids: Ids | None = None, full: bool = True) -> None:
        super().__init__(reading)
        self.id, self.full = id, full
        self._ids, self._key = ids or {}, article_id(reading.document)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The whole article."""
        return tuple(paragraphs_of(self.reading, self.surroundings)) if self.full else ()

    @cached_property
    def _numbers(self) -> dict[int, int | None]:
        return {s.start: p.number for p in self.paragraphs for s in p.sentences}

    @cached_property
    def _marked(self) -> MarkedText:
        return MarkedText(self.document.text, marks_of(self.reading))

    def place(self, spans: Spans) -> Cited:
        sentences = self.sentence(spans)
        start = sentences[0].start if sentences else None
        plain = super().place(spans)
        return Cited(
            **{field.name: getattr(plain, field.name) for field in fields(Place)},
            anchor=(f"{self.id}-{start}" if start in self._numbers else self.id) if self.full else None,
            paragraph=self._numbers.get(start) if start is not None else None,
            excerpt=excerpt(self._marked, sentences, spans) if self.full else (),
            url=self.document.url,
        )

    def term(self, term: Term) -> TermRow:
        row = super().term(term)
        return replace(row, place=self._on(row.place, term.statements, term.method))

    def position(self, position: Position) -> PositionRow:
        row = super().position(position)
        return replace(row, place=self._on(row.place, position.statements, position.method))

    def meeting(self, encounter: Encounter) -> MeetingRow:
        row = super().meeting(encounter)
        return replace(row, place=self._on(row.place, encounter.statements, encounter.method))

    def statement(self, statement: Statement, depth: int = 0) -> StatementRow:
        row = super().statement(statement, depth)
        return replace(row, place=self._on(row.place, (statement.id,), statement.method))

    def _on(self, place: Place | None, statements: Sequence[str], method: str) -> Cited:
        assert isinstance(place, Cited)
        whole = self._ids.get((self._key, statements[0])) if statements else None
        mark = method if is_mark(method) else None
        return replace(place, statement=short(whole) if whole else None, mark=mark)

    def view(self) -> ArticleView:
        """The article in full."""
        pieces = tuple((piece.title, piece.byline) for piece in self.document.pieces) or ((None, ()),)
        return ArticleView(id=self.id, header=header_of(self.reading), pieces=pieces, paragraphs=self.paragraphs)

    def has_plan(self, name: str) -> bool:
        """Whether it has a plan of that name."""
        return any(name_key(plan.name) == name_key(name) for plan in self.reading.plans)

    @cached_property
    def sides(self) -> dict[str, str]:
        """Whom each source speaks for, by key."""
        return {name_key(s.name): name_key(s.party) for s in self.reading.sources if s.party}

"""The HTML brief: one file that needs nothing else, in which every cell opens on its sentence in the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reportedly.records import Reading, Spans
from reportedly.views import wording
from reportedly.views.from_reading import Filler, fill_meetings, fill_positions, fill_table, header_of
from reportedly.views.marked import Paragraph, Segment, excerpt, paragraphs_of
from reportedly.views.matrix import matrix_of
from reportedly.views.pages import (
    Header,
    MeetingsPage,
    Place,
    PositionsPage,
    TablePage,
)
from reportedly.views.voices import Voice, voices_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited(Place):
    """A place that can be opened: `anchor` is its sentence there, `excerpt` that sentence with its words marked."""

    anchor: str
    paragraph: int | None
    excerpt: tuple[tuple[Segment, ...], ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The articles of one story, and what they have on the table."""

    id: str
    name: str | None
    articles: tuple[ArticleView, ...]
    table: TablePage
    positions: PositionsPage
    meetings: MeetingsPage
    voices: tuple[Voice, ...]


class Citing(Filler):
    """Fills rows whose places can be opened."""

    def __init__(self, reading: Reading, id: str) -> None:
        super().__init__(reading)
        self.id = id
        self.paragraphs = tuple(paragraphs_of(reading, self.surroundings))
        self._numbers = {s.start: p.number for p in self.paragraphs for s in p.sentences}

    def place(self, spans: Spans) -> Cited:
        sentences = self.sentence(spans)
        start = sentences[0].start if sentences else None
        plain = super().place(spans)
        return Cited(
            **{field.name: getattr(plain, field.name) for field in fields(Place)},
            anchor=f"{self.id}-{start}" if start in self._numbers else self.id,
            paragraph=self._numbers.get(start) if start is not None else None,
            excerpt=excerpt(self.reading, sentences, spans),
        )

    def view(self) -> ArticleView:
        """The article in full."""
        pieces = tuple((piece.title, piece.byline) for piece in self.document.pieces) or ((None, ()),)
        return ArticleView(id=self.id, header=header_of(self.reading), pieces=pieces, paragraphs=self.paragraphs)


def brief_page(readings: Iterable[Reading], *, title: str) -> str:
    """The brief as HTML, a chapter for each story. The order in which readings come does not matter."""
    ordered = sorted(readings, key=_order)
    fillers = [Citing(reading, f"a{number}") for number, reading in enumerate(ordered, 1)]
    page = _environment().get_template("brief.html")
    return page.render(
        title=title,
        chapters=tuple(_chapters(fillers)),
        span=_days(ordered),
        total=len(ordered),
        readers=sorted({reading.reader for reading in ordered if reading.reader}),
    )


def _order(reading: Reading) -> tuple[str, str, str, str]:
    document = reading.document
    return (document.story or "~", document.published or "~", document.name, document.id)


def _days(readings: list[Reading]) -> str:
    """From the first day of publication to the last."""
    days = sorted({r.document.published for r in readings if r.document.published})
    if not days:
        return "no article is dated"
    return wording.day(days[0]) if len(days) == 1 else wording.when(f"{days[0]}/{days[-1]}")


def _chapters(fillers: list[Citing]) -> Iterator[Chapter]:
    stories = dict.fromkeys(filler.document.story for filler in fillers)
    for number, story in enumerate(stories, 1):
        told = [filler for filler in fillers if filler.document.story == story]
        yield Chapter(
            id=f"s{number}",
            name=story,
            articles=tuple(filler.view() for filler in told),
            table=fill_table(told),
            positions=fill_positions(told),
            meetings=fill_meetings(told),
            voices=voices_of(told),
        )


def _finalized(value: Any) -> Any:
    """Any value that the templates print; what is markup already is made of values that went through here."""
    return wording.harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reportedly.views"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(words=wording, matrix=matrix_of)
    return environment

"""The HTML brief: one file that needs nothing else, in which every cell opens on its sentence in the article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reportedly.records import Reading
from reportedly.views import corrected, wording
from reportedly.views.blocks import Note
from reportedly.views.briefing import Brief, fill_brief
from reportedly.views.matrix import matrix_of
from reportedly.views.pages import Place
from reportedly.views.prose import note_of, shortly, stances_of


def brief_page(readings: Iterable[Reading], *, title: str) -> str:
    """The brief of readings alone, without what holds across them. The order in which they come does not matter."""
    return brief_html(fill_brief(readings, title=title))


def brief_html(brief: Brief) -> str:
    """The brief as HTML, a chapter for each story."""
    return (
        _environment()
        .get_template("brief.html")
        .render(
            title=brief.title,
            brief=brief,
            chapters=brief.chapters,
            span=wording.days(brief.days),
            total=brief.total,
            readers=brief.readers,
            notes=Footnotes(),
        )
    )


class Footnotes:
    """The sentences that entries stand on, in the order in which they are pointed to; the same one has one number."""

    def __init__(self) -> None:
        self._numbers: dict[Note, int] = {}

    def mark(self, note: Note) -> int:
        """The number of a note."""
        return self._numbers.setdefault(note, len(self._numbers) + 1)

    def of(self, place: Place) -> int:
        """The number of the note on a place."""
        return self.mark(note_of(place))

    def listed(self) -> list[tuple[int, Note]]:
        """All of them."""
        return [(number, note) for note, number in self._numbers.items()]


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
    environment.globals.update(words=wording, corrected=corrected, matrix=matrix_of)
    environment.globals.update(shortly=shortly, stances_of=stances_of)
    environment.tests["url"] = lambda value: isinstance(value, str) and value.startswith(("http://", "https://"))
    return environment

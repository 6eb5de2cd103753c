"""Claims and changes in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from reportedly.views import wording
from reportedly.views.origin_graph import lines_of
from reportedly.views.pages import ChangeRow, ClashRow, Place
from reportedly.views.reconciled_pages import (
    ChangesPage,
    ClaimLine,
    ClaimNews,
    ClaimPage,
    ClaimsPage,
    DriftRow,
    MeetingChange,
    StanceRow,
    WhyRow,
)
from reportedly.views.sheets import Lines

_IN = (0, 0, 0, 4)
_DEEP = (0, 0, 0, 8)


def show_claims(page: ClaimsPage, width: int) -> Lines:
    """The list of claims."""
    yield _heading("Claims that more than one article makes")
    if not page.claims:
        yield Text(wording.nothing_found(page.articles))
    for line in page.claims:
        yield from _line(line)
    yield Text()
    if page.more:
        yield Text(f"{page.more} more; ask for words, a story or a later day")
    yield Text(
        f"{wording.count(page.alone, 'claim')} of one article only: `reportedly statements` lists every statement"
    )


def _line(line: ClaimLine) -> Lines:
    yield Text.assemble((line.gist, "bold"), f"  {line.id}")
    yield Padding(Text(line.summary), _IN)
    days = (
        wording.day(line.first) if line.first == line.last else f"{wording.day(line.first)} to {wording.day(line.last)}"
    )
    against = f"; contradicted: {wording.count(line.contradictions, 'time')}" if line.contradictions else ""
    yield Padding(Text(f"{wording.count(line.statements, 'statement')}, {days}{against}"), _IN)


def show_claim(page: ClaimPage, width: int) -> Lines:
    """One claim."""
    yield _heading(f"Claim {page.line.id}")
    yield from _line(page.line)
    yield from _part("Who has it from whom", (Text(line) for line in lines_of(page.graph)))
    yield from _part("What the outlets say", _outlets(page))
    yield from _part("Why they stand together", map(_why, page.why))
    yield from _part("Contradicted", (line for row in page.contradictions for line in _clash(row)))
    if page.line.contradictions > len(page.contradictions):
        yield Text(f"and {page.line.contradictions - len(page.contradictions)} more")
    yield from _part("On its way", (line for row in page.drifts for line in _drift(row)))


def _why(row: WhyRow) -> Text:
    signals = ", ".join(f"{name} {value:+.1f}" for name, value in row.signals)
    return Text(f"{row.a} and {row.b}: {row.score:.2f} ({signals})")


def _outlets(page: ClaimPage) -> Lines:
    for outlet in page.outlets:
        yield Text(outlet.outlet or wording.OUTLET_UNKNOWN, style="bold")
        for row in outlet.members:
            sure = ", ".join(wording.surety(row.backing))
            yield Padding(Text(f"{row.id}  {wording.day(row.place.published)}: {row.place.sentence}"), _IN)
            yield Padding(Text(f"{wording.chain(row.backing)}; {sure}; {row.passing}: {row.origin}"), _DEEP)


def show_changes(page: ChangesPage, width: int) -> Lines:
    """The morning brief."""
    since = wording.day(page.since) if page.since else "the beginning"
    yield Text(f"Since {since}: {page.added} of {wording.articles(page.articles)}", style="bold")
    if page.empty:
        yield Text("Nothing new and nothing different.")
        return
    more = dict(page.more)
    for title, name, lines in (
        ("Plans", "terms", (line for row in page.terms for line in _change(row))),
        ("Positions", "stances", (line for row in page.stances for line in _stance(row))),
        ("Meetings", "meetings", (line for row in page.meetings for line in _met(row))),
        ("Surer or less sure on the way", "drifts", (line for row in page.drifts for line in _drift(row))),
        ("Contradictions", "contradictions", (line for row in page.contradictions for line in _clash(row))),
        ("New claims", "new_claims", (line for row in page.new_claims for line in _news(row))),
        ("Claims with one origin more", "gained", (line for row in page.gained for line in _news(row))),
        ("Gone quiet", "quiet", (line for row in page.quiet for line in _news(row))),
    ):
        yield from _part(title, lines)
        if name in more:
            yield Text(f"and {more[name]} more", style="dim")


def _part(title: str, lines: Iterable[RenderableType]) -> Lines:
    """A part with its title; one without lines is left out."""
    held = list(lines)
    if held:
        yield Text()
        yield _heading(title)
        yield from held


def _change(row: ChangeRow) -> Lines:
    what = f" ({row.what})" if row.what else ""
    yield Text(f"{row.kind}{what}: {row.topic.replace('_', ' ')}, {row.plan}", style="bold")
    yield from _sides(row.before, row.after)


def _stance(row: StanceRow) -> Lines:
    topic = row.topic.replace("_", " ")
    yield Text(f"{row.party} {row.kind} on {topic}: {row.before_stance} → {row.after_stance}", style="bold")
    yield from _sides(row.before, row.after)


def _met(row: MeetingChange) -> Lines:
    yield Text(f"{row.kind}: {wording.names(row.participants)}; {row.what}", style="bold")
    yield from _sides(row.before, row.after)


def _drift(row: DriftRow) -> Lines:
    yield Text(f"{row.kind}: {row.what}", style="bold")
    yield from _sides(row.before, row.after)


def _clash(row: ClashRow) -> Lines:
    yield Text(f"{wording.short(row.about)} ({row.why})", style="bold")
    yield from _sides(row.a, row.b, names=("one", "other"))


def _news(row: ClaimNews) -> Lines:
    what = f"{row.what}; " if row.what else ""
    yield Text(f"{what}{row.summary}  {row.id}", style="bold")
    yield from _sides(row.before, row.place)


def _sides(before: Place | None, after: Place | None, *, names: tuple[str, str] = ("before", "now")) -> Lines:
    for name, place in zip(names, (before, after), strict=True):
        if place is not None:
            told = f"{name}: " if before is not None and after is not None else ""
            yield Padding(Text(f"{told}{wording.whence(place)}: {place.sentence}"), _IN)


def _heading(words: str) -> Rule:
    return Rule(Text(words, style="bold"), align="left", characters="─")


SHOWERS: dict[type, Callable[[Any, int], Lines]] = {
    ClaimsPage: show_claims,
    ClaimPage: show_claim,
    ChangesPage: show_changes,
}

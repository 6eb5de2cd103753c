"""Pages in the terminal. Words carry everything; weight only helps the eye."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from reportedly.records import Certainty, PointsBasis, Span
from reportedly.views import wording
from reportedly.views.pages import (
    ArticlePage,
    ChainPage,
    ChangeRow,
    ClaimRow,
    ComparisonPage,
    Header,
    MeetingRow,
    MeetingsPage,
    PieceRow,
    Place,
    PlanTable,
    PositionRow,
    PositionsPage,
    SearchPage,
    StatementRow,
    StatementsPage,
    StepRow,
    TablePage,
    TermRow,
    WhoPage,
)
from reportedly.views.reconciled_outline import SHOWERS
from reportedly.views.sheets import Column, Footnotes, Lines, Sheet
from reportedly.views.standing import standing_rows

_SURELY = Column("Source is\nOutlet is", 15, 1, label="how surely")
_CHAIN = Column("On whose word", 15, 2)
_WHERE = Column("Where", 11)

_TERM = (
    Column("Point", 12),
    Column("Term", 22, 6),
    Column("Gives", 12, 1),
    Column("Gets", 12, 1),
    Column("Force", 6, 1),
    *(_SURELY, _CHAIN, _WHERE),
)
_POSITION = (Column("Party", 12, 1), Column("Wants", 24, 6), Column("On", 15, 1), _SURELY, _CHAIN, _WHERE)
_MEETING = (
    Column("When", 13, 1),
    Column("Who", 24, 6),
    Column("Status", 9),
    Column("Place", 10, 1),
    *(_CHAIN, _WHERE),
)


def outline(page: Any, *, width: int) -> RenderableType:
    """The page, laid out for a window of so many columns."""
    shower: Callable[[Any, int], Lines] = _SHOWERS[type(page)]
    lines = [*shower(_harmless(page), width)]
    if not isinstance(page, MeetingsPage) and _holds_certainty(page):
        lines += [Text(), Text(wording.values_explained(), style="dim")]
    return Group(*lines)


def _holds_certainty(value: Any) -> bool:
    """Whether a value of certainty stands somewhere on the page; meetings show none of theirs."""
    if isinstance(value, tuple):
        return any(map(_holds_certainty, value))
    if is_dataclass(value):
        return any(_holds_certainty(getattr(value, f.name)) for f in fields(value))
    return isinstance(value, Certainty)


def _harmless(value: Any) -> Any:
    """The same without control characters: what an article holds must not steer the terminal."""
    if isinstance(value, tuple):
        return tuple(map(_harmless, value))
    if is_dataclass(value) and not isinstance(value, type | Span):
        return replace(value, **{f.name: _harmless(getattr(value, f.name)) for f in fields(value)})
    if isinstance(value, str) and not isinstance(value, Enum):
        return wording.harmless(value)
    return value


def _article(page: ArticlePage, width: int) -> Lines:
    yield from _header(page.header)
    for number, piece in enumerate(page.pieces, 1):
        yield from _piece(piece, number if len(page.pieces) > 1 else None)
    yield from _table(page.table, width)
    yield from _positions(page.positions, width)
    yield from _meetings(page.meetings, width)


def _header(header: Header) -> Lines:
    yield Text(f"{header.outlet or wording.OUTLET_UNKNOWN}, {wording.day(header.published)}", style="bold")
    if header.title:
        yield Text(header.title)
    yield Text("By " + wording.names(header.byline) if header.byline else "Author not known")
    found = [f"{fact} from {origin}" for fact, origin in header.known_from]
    noted = {note.partition(":")[0] for note in header.notes}
    missing = [fact for fact in ("outlet", "published") if getattr(header, fact) is None and fact not in noted]
    told = [f"{fact} not known, --{fact} tells it" for fact in missing]
    yield Text("; ".join([*found, *told]), style="dim")
    if header.set_aside:
        yield Text(f"set aside as furniture of the page: {wording.count(header.set_aside, 'block')}", style="dim")
    yield from (Text(f"note: {note}") for note in header.notes)


def _piece(piece: PieceRow, number: int | None) -> Lines:
    yield Text()
    yield _heading("Statements" if number is None else f"Statements of piece {number}")
    if number is not None:
        author = f"by {', '.join(piece.byline)}" if piece.byline else "author not known"
        yield Text(f"{piece.title}, {author}" if piece.title else author[0].upper() + author[1:])
    if not piece.statements:
        yield Text(wording.nothing_found(1))
    for row in piece.statements:
        yield Padding(_statement(row), (0, 0, 0, 4 * row.depth))


def _statement(row: StatementRow, *, where: str = "") -> RenderableType:
    """`source | cue | content`, then the chain, the act, how surely it is said, and where."""
    parts = (Text(row.source or wording.NOBODY, style="bold"), Text(row.cue or "no cue"), Text(row.content))
    act = row.backing.act.value if row.backing.act else ""
    hedged = f"hedged: {', '.join(row.backing.hedges)}" if row.backing.hedges else ""
    details = "; ".join(part for part in (act, ", ".join(wording.surety(row.backing)), hedged) if part)
    lines = Table.grid(padding=(0, 1, 0, 0))
    lines.add_column(min_width=4)
    lines.add_column(overflow="fold")
    lines.add_row(Text(row.id), Text(" | ").join(parts))
    lines.add_row("", Text("; ".join(part for part in (wording.chain(row.backing), where) if part)))
    lines.add_row("", Text(details))
    return lines


def _table(page: TablePage, width: int) -> Lines:
    if not page.plans:
        yield Text()
        yield _heading("On the table")
        yield Text(wording.nothing_found(page.articles))
    for plan in page.plans:
        yield from _plan(plan, page.articles, width)


def _plan(plan: PlanTable, articles: int, width: int) -> Lines:
    notes = Footnotes()
    yield Text()
    yield _heading(plan.name or "Offers outside any plan")
    if plan.name:
        yield Text(wording.plan_header(plan, articles))
    if not plan.rows:
        yield Text(f"terms: {wording.nothing_found(articles)}")
        return
    yield Sheet(_TERM, tuple(_term(row, articles, notes) for row in plan.rows), main=5).shown(width)
    if any(row.basis is PointsBasis.INFERRED for row in plan.rows):
        yield Text("inferred: not numbered in the text; the points beside it leave no other number", style="dim")
    yield from notes.shown()


def _term(row: TermRow, articles: int, notes: Footnotes) -> tuple[str, ...]:
    if row.place is None:
        return (wording.points(row), wording.nothing_found(articles), *[""] * (len(_TERM) - 2))
    return (
        wording.points(row),
        "\n".join(filter(None, (row.place.words, wording.measures(row)))),
        wording.names(row.gives),
        wording.names(row.gets),
        wording.force(row),
        wording.surety_lines(row.backing),
        wording.chain(row.backing),
        notes.point(row.place),
    )


def _positions(page: PositionsPage, width: int) -> Lines:
    yield Text()
    yield _heading("Positions")
    if not page.rows:
        yield Text(wording.nothing_found(page.articles))
        return
    if page.articles > 1:
        yield from _standing(page, width)
    notes = Footnotes()
    rows = (row for party in page.parties for row in _party(page, party, notes))
    yield Sheet(_POSITION, tuple(rows), grouped=True, main=3).shown(width)
    yield from notes.shown()


def _standing(page: PositionsPage, width: int) -> Lines:
    """Topics down, parties across."""
    parties, rows, others = standing_rows(page)
    columns = (Column("On", 14), *(Column(party, 18, 1) for party in parties))
    yield Sheet(columns, rows).across(width, empty=wording.nothing_found(page.articles))
    if others:
        yield Text(f"in the list below only: {wording.names(others)}", style="dim")
    yield Text(
        "Earlier: said before the party's last answer on the topic, maybe of another part of it. Clash: different "
        "answers told last on the same day.",
        style="dim",
    )
    yield Text()


def _party(page: PositionsPage, party: str, notes: Footnotes) -> Iterator[tuple[str, ...]]:
    """What a party wants, topic by topic, and on which of the topics nothing was found."""
    silent = [wording.topic(topic) for topic in page.topics if not page.cell(party, topic)]
    for topic in page.topics:
        yield from (_position(row, notes) for row in page.cell(party, topic))
    if silent and page.articles > 1:
        yield (party, wording.nothing_found(page.articles), ", ".join(silent), "", "", "")


def _position(row: PositionRow, notes: Footnotes) -> tuple[str, ...]:
    return (
        row.party,
        f"{row.stance.value}: {row.place.words}",
        wording.topic(row.topic),
        wording.surety_lines(row.backing),
        wording.chain(row.backing),
        notes.point(row.place),
    )


def _meetings(page: MeetingsPage, width: int) -> Lines:
    yield Text()
    yield _heading("Meetings")
    if not page.rows:
        yield Text(wording.nothing_found(page.articles))
        return
    notes = Footnotes()
    yield Sheet(_MEETING, tuple(_meeting(row, notes) for row in page.rows), main=4).shown(width)
    yield from notes.shown()


def _meeting(row: MeetingRow, notes: Footnotes) -> tuple[str, ...]:
    return (
        wording.when(row.when),
        wording.names(row.participants),
        row.status.value,
        row.where or "not given",
        wording.chain(row.backing),
        notes.point(row.place),
    )


def _statements(page: StatementsPage, width: int) -> Lines:
    yield _heading("Statements")
    if not page.rows:
        yield Text(wording.nothing_found(page.articles))
        return
    notes = Footnotes()
    for row in page.rows:
        yield _statement(row, where=notes.point(row.place))
    yield from notes.shown()


def _chain(page: ChainPage, width: int) -> Lines:
    row = page.statement
    yield _heading(f"Statement {row.id}")
    yield _statement(row)
    yield Text()
    yield Text("On whose word, from the outlet down", style="bold")
    yield Text(wording.told(page.steps))
    for depth, step in enumerate(page.steps):
        yield Text()
        yield from (Padding(line, (0, 0, 0, 2 * depth)) for line in _step(step))
    if page.reasons:
        yield Text()
        yield Text("What each rule made of it, the last one deciding", style="bold")
        yield from (Text(f"{r.side}: {wording.certainty(r.value)}, {wording.because(r)}") for r in page.reasons)
    yield from (Text(f"told again: {text}") for text in page.drift)
    yield Text()
    yield Text(f"{wording.whence(row.place)}: {row.place.sentence}")


def _step(step: StepRow) -> Lines:
    """A link: who, what makes it one and on which words, how it knows, how sure it is and why."""
    yield Text(f"{step.link.name} ({wording.link(step.link)})", style="bold")
    words = f": “{wording.short(step.place.words)}” {wording.where(step.place)}" if step.place else ""
    yield Text(wording.basis(step) + words)
    if knowing := wording.knowing(step):
        yield Text(knowing)
    if step.certainty is not None:
        because = f"; {wording.because(step.why)}" if step.why else ""
        yield Text(f"{wording.certainty(step.certainty)}{because}")


def _who(page: WhoPage, width: int) -> Lines:
    yield _heading(wording.names(page.names, otherwise=page.asked))
    if not page.names:
        near = f"; did you mean {' or '.join(page.suggestions)}?" if page.suggestions else ""
        yield Text(wording.nothing_found(page.articles) + near)
        return
    notes = Footnotes()
    for title, sheet in _who_sheets(page, notes):
        yield Text()
        yield Text(title, style="bold")
        yield sheet.shown(width) if sheet.rows else Text(wording.nothing_found(page.articles))
    yield Text()
    yield Text("Says, or passes on", style="bold")
    if not page.statements:
        yield Text(wording.nothing_found(page.articles))
    yield from (_statement(row, where=notes.point(row.place)) for row in page.statements)
    yield from notes.shown()


def _who_sheets(page: WhoPage, notes: Footnotes) -> Iterator[tuple[str, Sheet]]:
    yield "Wants", Sheet(_POSITION, tuple(_position(row, notes) for row in page.positions), grouped=True, main=3)
    yield "Gives or gets", Sheet(_TERM, tuple(_term(row, page.articles, notes) for row in page.terms), main=5)
    yield "Meets", Sheet(_MEETING, tuple(_meeting(row, notes) for row in page.meetings), main=4)


def _search(page: SearchPage, width: int) -> Lines:
    yield _heading(f"Sentences with {page.asked}")
    if not page.hits:
        yield Text(wording.nothing_found(page.articles))
    elif not page.all_words:
        yield Text("no sentence holds all the words; these hold some of them")
    for hit in page.hits:
        yield Text()
        yield Text(wording.whence(hit), style="bold")
        yield Padding(Text(hit.sentence), (0, 0, 0, 4))


def _comparison(page: ComparisonPage, width: int) -> Lines:
    number = len(page.articles)
    yield Text(f"{wording.articles(number)}: {'; '.join(wording.whence(a) for a in page.articles)}")
    notes = Footnotes()
    for title, lines in (
        ("Claims that more than one article makes", [line for row in page.claims for line in _claim(row, notes)]),
        ("Contradictions", [_clash_line(row.about, row.why, row.a, row.b, notes) for row in page.contradictions]),
        ("Changes between versions", [_change_line(row, notes) for row in page.changes]),
        ("Copies", [Text(wording.copied(row)) for row in page.copies]),
    ):
        yield Text()
        yield _heading(title)
        yield from lines or [Text(wording.nothing_found(number))]
    yield from notes.shown()


def _claim(row: ClaimRow, notes: Footnotes) -> Lines:
    yield Text(row.gist, style="bold")
    yield Padding(Text(wording.origins(row)), (0, 0, 0, 4))
    for statement in row.statements:
        said = f"{wording.chain(statement.backing)}; {', '.join(wording.surety(statement.backing))}"
        yield Padding(Text(f"{notes.point(statement.place)}: {said}"), (0, 0, 0, 4))


def _clash_line(about: str, why: str, a: Place, b: Place, notes: Footnotes) -> RenderableType:
    words = f"{about} ({why})\n    {a.words}: {notes.point(a)}\n    {b.words}: {notes.point(b)}"
    return Text(words)


def _change_line(row: ChangeRow, notes: Footnotes) -> RenderableType:
    sides = [
        f"\n    {when}: {p.words}: {notes.point(p)}" for when, p in (("before", row.before), ("after", row.after)) if p
    ]
    what = f", {row.what}" if row.what else ""
    return Text(f"{row.plan}: {row.topic.replace('_', ' ')} {row.kind}{what}{''.join(sides)}")


def _heading(words: str) -> Rule:
    return Rule(Text(words, style="bold"), align="left", characters="─")


_SHOWERS: dict[type, Callable[[Any, int], Lines]] = {
    ArticlePage: _article,
    TablePage: _table,
    PositionsPage: _positions,
    MeetingsPage: _meetings,
    StatementsPage: _statements,
    ChainPage: _chain,
    WhoPage: _who,
    SearchPage: _search,
    ComparisonPage: _comparison,
    **SHOWERS,
}

"""A brief as running text: headings, sentences and grids in which each sentence has a note on where it stands.

The formats that print it (Markdown, Word) lay it out; every word is settled here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from reportedly.records import Stance, Status, Topic
from reportedly.views import corrected, wording
from reportedly.views.blocks import Block, Cells, Grid, Heading, Line, Note, Paragraph, Run
from reportedly.views.briefing import Across, Brief, Chapter, MovedRow
from reportedly.views.citing import ArticleView, Cited
from reportedly.views.pages import (
    Backing,
    ChangeRow,
    ClaimRow,
    ClashRow,
    MeetingRow,
    Place,
    PlanTable,
    PositionRow,
    PositionsPage,
    TermRow,
)
from reportedly.views.reconciled_pages import DriftRow

_NOTES = 6
"""Notes on one sentence; how many more places there are is said."""

_LOOKED_IN = 12
"""Articles named where nothing was found; how many more is said."""

_DRIFTS = 30
"""Sentences on what became of claims."""

_ROWS = 500
"""Rows of a table; a brief with more is none, and the export has them all."""

_LONGEST = 2_000
"""Characters of a quote; that a longer one is cut is said."""

_SHORTLY = 3
"""Sentences of a kind in the summary."""


def blocks_of(brief: Brief) -> Iterator[Block]:
    """The whole brief."""
    yield from _opening(brief)
    for chapter in brief.chapters:
        yield from _chapter(chapter, titled=len(brief.chapters) > 1)
    if brief.said:
        yield from _said(brief)
    if not brief.chapters:
        yield Paragraph(_plain("There is no article to show."))
    yield Heading(1, "How to read this")
    yield from (Paragraph(_plain(words)) for words in _reading_help(brief))


def _plain(words: str, style: str = "") -> Line:
    return (Run(words, style),)


def _opening(brief: Brief) -> Iterator[Block]:
    taken = f"Taken down from {wording.articles(brief.total)}, {wording.days(brief.days)}."
    yield Paragraph(
        _plain(f"{taken} Nothing here is surer than its wording, and nothing has been checked beyond it."), "lead"
    )
    wanted = brief.wanted
    parts = [f"articles on the plan “{wanted.plan}”"] if wanted.plan else []
    parts += [f"what concerns {wanted.party}"] if wanted.party else []
    parts += [f"what was published since {wording.day(wanted.since)}"] if wanted.since else []
    if parts:
        yield Paragraph(_plain(f"Narrowed to {', '.join(parts)}."), "lead")


def _chapter(chapter: Chapter, *, titled: bool) -> Iterator[Block]:
    yield Heading(
        1, wording.capital(chapter.name or "") or ("Articles without a story" if titled else "What the articles say")
    )
    yield Heading(2, "In short")
    yield from _bullets(shortly(chapter))
    yield Heading(2, "On the table")
    yield from _plans(chapter)
    yield Heading(2, "Positions")
    yield from _positions(chapter)
    yield Heading(2, "Meetings")
    yield from _meetings(chapter)
    if chapter.across is not None:
        yield Heading(2, "Claims and their origins")
        yield from _claims(chapter, chapter.across)
        yield Heading(2, "Contradictions")
        yield from (
            _bullets(map(_clash, chapter.across.contradictions)) if chapter.across.contradictions else _none(chapter)
        )
        yield Heading(2, "Changes")
        changes = [*map(_change, chapter.across.changes), *map(_moved, chapter.across.moves)]
        yield from _bullets(changes) if changes else _none(chapter)
    yield Heading(2, "Articles")
    yield from (Paragraph(_article(article), "entry") for article in chapter.articles)


def _bullets(lines: Iterable[Line]) -> Iterator[Block]:
    return (Paragraph(line, "bullet") for line in lines)


def _none(chapter: Chapter, what: str = "") -> Iterator[Block]:
    words = f"{what}: " if what else ""
    said = wording.nothing_found(len(chapter.articles))
    yield Paragraph((Run(wording.capital(f"{words}{said}."), "faint"), _looked_in(chapter)))


def _looked_in(chapter: Chapter) -> Run:
    """A note that names the articles in which nothing was found."""
    headers = [article.header for article in chapter.articles]
    named = "; ".join(f"{h.outlet or wording.OUTLET_UNKNOWN}, {wording.day(h.published)}" for h in headers[:_LOOKED_IN])
    more = f"; and {len(headers) - _LOOKED_IN} more, listed under Articles" if len(headers) > _LOOKED_IN else ""
    return Run(note=Note(looked_in=f"Looked in: {named}{more}."))


def note_of(place: Place) -> Note:
    """The footnote of a place."""
    cited = place if isinstance(place, Cited) else None
    return Note(
        quote=_bounded(place.sentence),
        whence=wording.whence(place),
        url=cited.url if cited else None,
        statement=cited.statement if cited else None,
        mark=cited.mark if cited else None,
    )


def _noted(places: Iterable[Place | None]) -> Iterator[Run]:
    """The notes of places, each sentence once; how many more there are where they are many."""
    notes = list({(note.quote, note.whence): note for note in map(note_of, _given(places))}.values())
    yield from (Run(note=note) for note in notes[:_NOTES])
    if len(notes) > _NOTES:
        yield Run(f" and {wording.count(len(notes) - _NOTES, 'more place')}", "faint")


def _given(places: Iterable[Place | None]) -> list[Place]:
    return [place for place in places if place is not None]


def _quoted(words: str) -> Run:
    return Run(f"“{_bounded(words.strip(' “”').rstrip(' ,;'))}”", "quote")


def _bounded(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} … [cut]"


def word_of(backing: Backing | None) -> str:
    """`three sources via Financial Times, in The Sun`; `The Sun, in its own words`."""
    if backing is None or not backing.chain:
        return wording.OUTLET_UNKNOWN
    outlet, *behind = backing.chain
    if not behind:
        return f"{outlet}, in its own words"
    return f"{' via '.join(reversed(behind))}, in {outlet}"


def _sure(backing: Backing | None) -> str:
    hedges = f"; hedged: {', '.join(backing.hedges)}" if backing and backing.hedges else ""
    return ", ".join(wording.surety(backing)) + hedges


def shortly(chapter: Chapter) -> Iterator[Line]:
    """What one would say of the chapter in half a minute."""
    found = False
    for line in (*_plans_shortly(chapter), *_meetings_shortly(chapter), *_across_shortly(chapter)):
        found = True
        yield line
    if not found:
        yield (Run(f"No plan, meeting or claim: {wording.nothing_found(len(chapter.articles))}."), _looked_in(chapter))


def _plans_shortly(chapter: Chapter) -> Iterator[Line]:
    for plan in [plan for plan in chapter.table.plans if plan.name][:_SHORTLY]:
        authors = f", put forward by {wording.names(map(wording.in_prose, plan.authors))}," if plan.authors else ""
        reported = f"is reported in {len(plan.reported_in)} of {wording.articles(chapter.table.articles)}"
        places = [row.place for row in plan.rows if row.place]
        marks = list(_noted(places[:1])) or [_looked_in(chapter)]
        yield (
            Run(wording.capital(str(plan.name)), "strong"),
            Run(f"{authors} {reported}, with {wording.count(len(places), 'term') if places else 'no term'}."),
            *marks,
        )
        gaps = [row.points[0] for row in plan.rows if row.place is None]
        if gaps:
            which = f"On {'point' if len(gaps) == 1 else 'points'} {_in_words(gaps)} (of {plan.points})"
            yield (
                Run(f"{which} of the {plan.name}: {wording.nothing_found(chapter.table.articles)}."),
                _looked_in(chapter),
            )
        absent = [row.place for row in plan.rows if row.place and not row.included][:_SHORTLY]
        told = [(Run("; "), _quoted(place.words), *_noted([place])) for place in absent]
        if told:
            yield (Run(f"Said not to be in the {plan.name}: "), *list(chain.from_iterable(told))[1:], Run("."))


def _in_words(numbers: Sequence[int]) -> str:
    """`1 to 5, 8 and 9`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [part for run in runs for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))]
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]


def _meetings_shortly(chapter: Chapter) -> Iterator[Line]:
    ahead = [row for row in chapter.meetings.rows if row.status in (Status.SCHEDULED, Status.PROPOSED) and row.when]
    for row in ahead[-_SHORTLY:]:
        where = f", {row.where}" if row.where else ""
        words = f": {wording.names(row.participants)}{where}, {wording.when(row.when)}."
        yield (Run(wording.capital(row.status.value), "strong"), Run(words), *_noted([row.place]))


def _across_shortly(chapter: Chapter) -> Iterator[Line]:
    if chapter.across is None:
        return
    for claim in chapter.across.claims[:_SHORTLY]:
        yield (Run("Repeated: ", "strong"), *_claim(claim))
    once = {clash.about: clash for clash in reversed(chapter.across.contradictions)}
    for clash in [clash for clash in chapter.across.contradictions if once[clash.about] is clash][:_SHORTLY]:
        yield (Run("In dispute: ", "strong"), *_clash(clash))
    for change in chapter.across.changes[:_SHORTLY]:
        yield (Run("Changed: ", "strong"), *_change(change))


def _plans(chapter: Chapter) -> Iterator[Block]:
    for plan in chapter.table.plans:
        yield Heading(3, wording.capital(plan.name) if plan.name else "Offers outside any plan")
        if plan.name:
            marks = list(_noted([row.place for row in plan.rows if row.place][:1])) or [_looked_in(chapter)]
            yield Paragraph((Run(wording.capital(wording.plan_header(plan, chapter.table.articles)) + "."), *marks))
        if plan.rows:
            yield _terms(plan, chapter)
            yield from _more(len(plan.rows))
        else:
            yield from _none(chapter, "terms")
    if not chapter.table.plans:
        yield from _none(chapter)


def _more(rows: int) -> Iterator[Block]:
    if rows > _ROWS:
        yield Paragraph(_plain(f"{rows - _ROWS} more are not shown; `reportedly export` has them all.", "faint"))


def _terms(plan: PlanTable, chapter: Chapter) -> Grid:
    columns = ("Point", "Term", "Who gives, who gets", "How binding, how surely", "On whose word")
    rows: list[Cells] = []
    for is_gap, some in groupby(plan.rows[:_ROWS], key=lambda row: row.place is None):
        together = list(some)
        rows += [_gap(together, chapter)] if is_gap else map(_term, together)
    return Grid(columns, (11, 35, 18, 19, 17), tuple(rows))


def _gap(rows: Sequence[TermRow], chapter: Chapter) -> Cells:
    """Points that follow one another and that no article speaks of."""
    first, last = rows[0].points[0], rows[-1].points[0]
    points = str(first) if first == last else f"{first} to {last}"
    line = (Run(f"{wording.capital(wording.nothing_found(chapter.table.articles))}.", "faint"), _looked_in(chapter))
    return ((_plain(points, "strong"),), (line,), (), (), ())


def _term(row: TermRow) -> Cells:
    assert row.place is not None
    term = (Run(wording.capital(_bounded(row.place.words))), *_noted([row.place]))
    under = wording.topic(row.topic) + (f"; on the condition: {row.condition}" if row.condition else "")
    parties = (_plain(f"gives: {wording.names(row.gives)}"), _plain(f"gets: {wording.names(row.gets)}"))
    binding = _plain(wording.force(row), "strong" if not row.included else "")
    sure = [_plain(phrase, "faint") for phrase in wording.surety(row.backing)]
    return (
        (_plain(wording.points(row), "strong" if row.points else "faint"),),
        (term, _plain(under, "faint")),
        parties,
        (binding, *sure),
        (_plain(wording.capital(word_of(row.backing))),),
    )


_VERB = {
    Stance.PROPOSES: "proposes",
    Stance.DEMANDS: "demands",
    Stance.OFFERS: "offers",
    Stance.ACCEPTS: "accepts",
    Stance.REJECTS: "rejects",
    Stance.OPEN: "keeps open",
}


def _positions(chapter: Chapter) -> Iterator[Block]:
    page = chapter.positions
    if not page.rows:
        yield from _none(chapter)
    for party in page.parties:
        yield Heading(3, party)
        yield from _bullets(stances_of(page, party))
        unsaid = [wording.topic(topic) for topic in page.topics if not page.cell(party, topic)]
        if unsaid:
            yield from _none(chapter, f"on {', '.join(unsaid)}")


def stances_of(page: PositionsPage, party: str) -> Iterator[Line]:
    """What a party wants, topic by topic."""
    for topic in page.topics:
        if rows := page.cell(party, topic):
            yield from _stances(topic, rows)


def _stances(topic: Topic, rows: Sequence[PositionRow]) -> Iterator[Line]:
    """A sentence for each stance, with all the places that show it."""
    ordered = sorted(rows, key=lambda row: list(Stance).index(row.stance))
    for stance, same in groupby(ordered, key=lambda row: row.stance):
        held = list(same)
        first = held[0]
        sure = _sure(first.backing)
        told = f", according to {word_of(first.backing)}{'' if sure == wording.OWN_VOICE else f'; {sure}'}."
        head = Run(f"{wording.capital(wording.topic(topic))}: {_VERB[stance]} ", "strong")
        yield (head, _quoted(first.place.words), Run(told), *_noted(row.place for row in held))


def _meetings(chapter: Chapter) -> Iterator[Block]:
    if not chapter.meetings.rows:
        yield from _none(chapter)
        return
    columns = ("When", "Status", "Who", "Place", "On whose word")
    yield Grid(columns, (18, 12, 34, 14, 22), tuple(map(_meeting, chapter.meetings.rows[:_ROWS])))
    yield from _more(len(chapter.meetings.rows))


def _meeting(row: MeetingRow) -> Cells:
    return (
        (_plain(wording.when(row.when), "strong" if row.when else "faint"),),
        (_plain(row.status.value),),
        ((Run(wording.names(row.participants)), *_noted([row.place])),),
        (_plain(row.where or "not given", "" if row.where else "faint"),),
        (_plain(wording.capital(word_of(row.backing))),),
    )


def _claims(chapter: Chapter, across: Across) -> Iterator[Block]:
    if not across.claims:
        yield from _none(chapter, "said by more than one")
        return
    yield from _bullets(map(_claim, across.claims))
    if across.more_claims:
        words = f"{wording.count(across.more_claims, 'more claim')} of fewer articles are not shown."
        yield Paragraph(_plain(words, "faint"))
    if across.drifts:
        yield Heading(3, "What became of them on the way")
        yield from _bullets(map(_drift, across.drifts[:_DRIFTS]))
    if len(across.drifts) > _DRIFTS:
        yield Paragraph(_plain(f"{len(across.drifts) - _DRIFTS} more are not shown.", "faint"))


def _claim(row: ClaimRow) -> Line:
    outlets = {statement.place.outlet for statement in row.statements}
    least, most = row.origins_range
    spread = f" (between {least} and {most})" if least != most else ""
    named = f": {'; '.join(row.origin_names)}" if row.origin_names else ""
    told = f": {wording.count(len(row.statements), 'statement')} in {wording.count(len(outlets), 'outlet')}, "
    told += f"{wording.count(row.origins, 'independent origin')}{spread}{named}."
    return (_quoted(row.gist), Run(told), *_noted(statement.place for statement in row.statements))


def _drift(row: DriftRow) -> Line:
    """`Surer (possible to certain): Daily Comet, 6 March 2026: “…”, from Continental Courier, 5 March 2026: “…”.`"""
    head = Run(f"{wording.capital(row.kind)} ({row.what}): ", "strong")
    ends = [(Run(f"{wording.whence(p)}: "), _quoted(p.words), *_noted([p])) for p in (row.after, row.before)]
    return (head, *ends[0], Run("; earlier "), *ends[1], Run("."))


def _clash(row: ClashRow) -> Line:
    sides = [(Run(f"{wording.whence(p)}: "), _quoted(p.words), *_noted([p])) for p in (row.a, row.b)]
    about = f"{wording.capital(wording.short(row.about))} ({row.why}). "
    return (Run(about), *sides[0], Run("; "), *sides[1], Run("."))


def _change(row: ChangeRow) -> Line:
    what = f"{row.what} " if row.what else ""
    head = Run(f"{wording.capital(row.plan) or 'No plan named'}, {row.topic.replace('_', ' ')}: {what}{row.kind}. ")
    both = row.before is not None and row.after is not None
    sides = (("Before, " if both else "", row.before), ("After, " if both else "", row.after))
    ends = [(f"{word}{wording.whence(p)}: ", p) for word, p in sides if p]
    told = [(Run(words), _quoted(place.words), Run("."), *_noted([place]), Run(" ")) for words, place in ends]
    return (head, *(run for each in told for run in each))


def _moved(row: MovedRow) -> Line:
    words = f"{wording.names(row.participants)}: {_dated(row.before)}, then {_dated(row.after)}."
    return (Run(words), *_noted([row.before_at, row.after_at]))


def _dated(status: str) -> str:
    """`scheduled 22 March 2026` for `scheduled 2026-03-22`."""
    word, _, when = status.partition(" ")
    return f"{word} ({wording.when(when)})" if when else word


def _article(article: ArticleView) -> Line:
    header = article.header
    by = f" By {wording.names(header.byline)}." if header.byline else ""
    title = f" {header.title}." if header.title else ""
    place = f"{header.outlet or wording.OUTLET_UNKNOWN}, {wording.day(header.published)}."
    return (Run(place, "strong"), Run(f"{title}{by}"), Run(f" {header.url}" if header.url else " No address.", "faint"))


def _said(brief: Brief) -> Iterator[Block]:
    yield Heading(1, "What people put right and judged")
    for one in brief.said:
        head, *rest = corrected.lines_of(one)
        yield Paragraph((Run(f"{head}. ", "strong"), Run("; ".join(line.strip() for line in rest) + ".")), "bullet")


def _reading_help(brief: Brief) -> Iterator[str]:
    values = wording.values_explained()
    yield f"Certainty is that of the wording, once for the last source and once for the outlet: {values}."
    yield (
        "A footnote quotes the sentence that an entry stands on, with its outlet, day and address; the eight digits "
        "lead to the statement in the ledger."
    )
    yield f"Read by {', '.join(brief.readers) or 'an unnamed reader'}, without a network and without a language model."

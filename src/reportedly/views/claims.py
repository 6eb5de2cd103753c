"""The pages of claims: which there are, and one with its origins, its signals and what contradicts it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from reportedly.ledger import ArticleRow, Ledger, Row, short
from reportedly.reconciliation import Reconciled
from reportedly.reconciliation.shelves import Short
from reportedly.reconciliation.words import print_of
from reportedly.records import Claim, Contradiction, Drift, Member, Trace
from reportedly.views import wording
from reportedly.views.from_reading import Filler
from reportedly.views.origin_graph import graph_of
from reportedly.views.pages import ClashRow, Place
from reportedly.views.reconciled_pages import (
    ClaimLine,
    ClaimPage,
    ClaimsPage,
    DriftRow,
    MemberRow,
    OutletRow,
    WhyRow,
)

MOST = 200
"""Claims in a list."""

_REASONS = 12
"""Pairs of statements of which it is shown why they stand together."""

_CLASHES = 12
"""Contradictions of one claim that are shown."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


class Telling:
    """What is derived, with the articles that it is shown from."""

    def __init__(self, ledger: Ledger, found: Reconciled, *, rows: Mapping[str, ArticleRow] | None = None) -> None:
        self.ledger, self.found = ledger, found
        self.rows = {row.id: row for row in ledger.articles()} if rows is None else rows
        self._fillers: dict[str, Filler] = {}
        self._ids: dict[str, Mapping[str, str]] = {}

    def filler(self, article: str) -> Filler:
        """What fills rows from an article."""
        if article not in self._fillers:
            self._fillers[article] = Filler(self.found.readings[article])
        return self._fillers[article]

    def outlet(self, article: str) -> str | None:
        return self.rows[article].outlet if article in self.rows else None

    def day(self, article: str) -> str:
        """The day of publication; nothing where it is not known."""
        return (self.rows[article].published or "") if article in self.rows else ""

    def place(self, member: Member) -> Place:
        """Where a statement stands."""
        filler = self.filler(member.article)
        return filler.place(filler.statements[member.statement].content)

    def place_of(self, row: Row) -> Place:
        """Where a row of the ledger stands."""
        return Place(
            article=row.name,
            outlet=row.outlet,
            published=row.published,
            words=row.words,
            spans=row.spans,
            sentence=row.sentence,
        )

    def statement_id(self, member: Member) -> str:
        """The short ledger id of a statement."""
        if member.article not in self._ids:
            rows = self.ledger.statements(article=member.article, superseded=True)
            self._ids[member.article] = {row.local: short(row.id) for row in rows}
        return self._ids[member.article].get(member.statement, "")

    def line(self, claim: Claim) -> ClaimLine:
        """A claim in a list."""
        articles = {m.article for m in claim.members}
        outlets = {self.outlet(id) for id in articles}
        days = sorted(self.day(id) for id in articles)
        return ClaimLine(
            id=claim.id,
            gist=claim.gist,
            summary=summary(claim, len(outlets)),
            statements=len(claim.members),
            articles=len(articles),
            outlets=len(outlets),
            origins=claim.origins,
            origins_range=claim.origins_range,
            origin_names=claim.origin_names,
            first=days[0],
            last=days[-1],
            contradictions=len(claim.contradictions),
        )

    def clash(self, found: Contradiction) -> ClashRow:
        """A contradiction with both sentences, the earlier one first."""
        sides = sorted((found.a, found.b), key=lambda side: (self.day(side.article), side.article, side.spans))
        a, b = (self.filler(side.article).place(side.spans) for side in sides)
        return ClashRow(about=found.about, why=found.why, a=a, b=b)

    def drift(self, drift: Drift) -> DriftRow:
        """A drift with both sentences."""
        what = wording.way(drift.before, drift.after)
        before, after = self.place(drift.a), self.place(drift.b)
        return DriftRow(claim=drift.claim, kind=drift.kind, what=what, before=before, after=after)


def summary(claim: Claim | Short, outlets: int) -> str:
    """`twelve outlets, one origin: three unnamed sources via the Financial Times`."""
    least, most = claim.origins_range
    spread = f" (surely {_number(least)}, possibly {_number(most)})" if least != most else ""
    named = f": {'; '.join(claim.origin_names)}" if claim.origin_names else ""
    return f"{_counted(outlets, 'outlet')}, {_counted(claim.origins, 'origin')}{spread}{named}"


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _counted(number: int, noun: str) -> str:
    return f"{_number(number)} {noun}{'' if number == 1 else 's'}"


def shared_claims(
    ledger: Ledger, found: Reconciled, *, words: str | None = None, story: str | None = None, since: str | None = None
) -> ClaimsPage:
    """The claims of several articles, that hold the words, and that an article of the story or since the day makes."""
    telling = Telling(ledger, found)
    wanted = print_of(words.lower()).stems if words else frozenset()
    holding = {c.id for c in found.about(words)} if words and wanted else None
    articles = {id for id, row in telling.rows.items() if story is None or row.story == story}
    kept = []
    for claim in found.shared:
        inside = [m.article for m in claim.members if m.article in articles]
        late = since is None or any(telling.day(id) >= since for id in inside)
        if inside and late and (holding is None or claim.id in holding):
            kept.append(claim)
    return ClaimsPage(
        articles=len(telling.rows),
        asked=words,
        claims=tuple(map(telling.line, kept[:MOST])),
        alone=found.alone,
        more=max(0, len(kept) - MOST),
    )


def one_claim(ledger: Ledger, found: Reconciled, id: str) -> ClaimPage:
    """The claim of that id, or that a statement of that id is in. Raises LedgerError if there is none, or several."""
    telling, home = Telling(ledger, found), found.home(id)
    claim = home.claim
    found.readings.fetch(m.article for m in claim.members)
    line = telling.line(claim)
    outlets = {m.article: telling.outlet(m.article) for m in claim.members}
    return ClaimPage(
        line=line,
        outlets=tuple(_outlets(claim, telling)),
        graph=graph_of(claim, outlets, title=f"Who has it from whom: {line.summary}"),
        why=tuple(
            WhyRow(a=telling.statement_id(t.a), b=telling.statement_id(t.b), score=t.score, signals=t.signals)
            for t in claim.ties[:_REASONS]
        ),
        contradictions=tuple(map(telling.clash, claim.contradictions[:_CLASHES])),
        drifts=tuple(map(telling.drift, home.drifts)),
    )


def _outlets(claim: Claim, telling: Telling) -> Iterable[OutletRow]:
    """The members by outlet, in the order in which outlets first had it."""
    traces = {trace.member: trace for trace in claim.traces}
    rows: dict[str | None, list[MemberRow]] = defaultdict(list)
    for member in claim.members:
        rows[telling.outlet(member.article)].append(_member(member, traces[member], telling))
    return (OutletRow(outlet=outlet or wording.OUTLET_UNKNOWN, members=tuple(held)) for outlet, held in rows.items())


def _member(member: Member, trace: Trace, telling: Telling) -> MemberRow:
    filler = telling.filler(member.article)
    row = filler.statement(filler.statements[member.statement])
    return MemberRow(
        id=telling.statement_id(member),
        backing=row.backing,
        place=row.place,
        through=trace.through,
        origin=trace.origin,
        passing=trace.passing.value,
    )

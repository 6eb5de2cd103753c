"""Pages filled from the rows of a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Unpack

from reportedly.ledger import EncounterRow as KeptEncounter
from reportedly.ledger import Hit, ItemRow, Ledger, Row, Scope, short
from reportedly.ledger import PlanRow as KeptPlan
from reportedly.ledger import PositionRow as KeptPosition
from reportedly.ledger import StatementRow as KeptStatement
from reportedly.ledger import TermRow as KeptTerm
from reportedly.records import Span, shown
from reportedly.views.chain import drift_of, reasons_of, steps_of
from reportedly.views.pages import (
    Article,
    Backing,
    ChainPage,
    MeetingRow,
    MeetingsPage,
    Place,
    PlanTable,
    PositionRow,
    PositionsPage,
    SearchPage,
    StatementRow,
    StatementsPage,
    TablePage,
    TermRow,
    WhoPage,
)
from reportedly.views.tables import meetings_page, positions_page, table_page
from reportedly.views.wording import OUTLET_UNKNOWN


def table_of(
    ledger: Ledger,
    *,
    plan: str | None = None,
    topic: str | None = None,
    party: str | None = None,
    **scope: Unpack[Scope],
) -> TablePage:
    """What is on the table: of one plan, on one topic, given or got by one party, or all of it."""
    terms = ledger.terms(plan=plan, topic=topic, party=party, **scope)
    whole = topic is None and party is None
    wanted = {term.plan for term in terms}
    plans = [p for p in ledger.plans(**scope) if p.id in wanted or (whole and plan is None)]
    loose = [term for term in terms if term.plan is None]
    tables = [_plan_table(p, [t for t in terms if t.plan == p.id]) for p in plans]
    return table_page([*tables, *_loose(loose)], articles=ledger.count(**scope), whole=whole)


def positions_of(
    ledger: Ledger, *, party: str | None = None, topic: str | None = None, **scope: Unpack[Scope]
) -> PositionsPage:
    """Who wants what."""
    rows = ledger.positions(party=party, topic=topic, **scope)
    return positions_page(map(_position, rows), articles=ledger.count(**scope))


def meetings_of(ledger: Ledger, *, party: str | None = None, **scope: Unpack[Scope]) -> MeetingsPage:
    """Who met or will meet whom."""
    rows = ledger.encounters(party=party, **scope)
    return meetings_page(map(_meeting, rows), articles=ledger.count(**scope))


def statements_of(ledger: Ledger, *, words: str | None = None, **scope: Unpack[Scope]) -> StatementsPage:
    """What is said, statement by statement."""
    rows = ledger.claims(words=words, **scope)
    return StatementsPage(articles=ledger.count(**scope), rows=tuple(map(_statement, rows)))


def chain_of(ledger: Ledger, id: str, *, explain: bool = False) -> ChainPage:
    """The statement whose id begins so, and its chain; `explain` adds what each rule of certainty contributed.

    Raises LedgerError if there is none or several.
    """
    kept = ledger.chain(id)
    steps = steps_of(ledger, kept.article, kept.local)
    return ChainPage(
        statement=_statement(kept),
        links=tuple(step.link for step in steps),
        steps=steps,
        reasons=reasons_of(ledger, kept.article, kept.local) if explain else (),
        drift=drift_of(ledger, kept.article, kept.local),
    )


def who_of(ledger: Ledger, name: str, **scope: Unpack[Scope]) -> WhoPage:
    """All that is kept on a name."""
    found = ledger.who(name, **scope)
    return WhoPage(
        asked=name,
        articles=ledger.count(**scope),
        names=found.names,
        suggestions=found.suggestions,
        statements=tuple(map(_statement, found.statements)),
        positions=tuple(map(_position, found.positions)),
        terms=tuple(map(term_of, found.terms)),
        meetings=tuple(map(_meeting, found.encounters)),
    )


def search_of(ledger: Ledger, words: str, **scope: Unpack[Scope]) -> SearchPage:
    """The sentences that hold the words."""
    hits = ledger.search(words, **scope)
    whole = all(hit.all_words for hit in hits)
    return SearchPage(asked=words, articles=ledger.count(**scope), all_words=whole, hits=tuple(map(_hit, hits)))


def _plan_table(plan: KeptPlan, terms: Iterable[KeptTerm]) -> PlanTable:
    return PlanTable(
        name=plan.plan_name,
        authors=plan.authors,
        points=plan.points,
        first_reported_by=(plan.first_reported_by,) if plan.first_reported_by else (),
        reported_in=(_article(plan),),
        rows=tuple(map(term_of, terms)),
    )


def _loose(terms: list[KeptTerm]) -> Iterator[PlanTable]:
    """The offers outside any plan, if there are any."""
    if terms:
        articles = tuple(dict.fromkeys(map(_article, terms)))
        rows = tuple(map(term_of, terms))
        yield PlanTable(name=None, authors=(), points=None, first_reported_by=(), reported_in=articles, rows=rows)


def _article(row: Row) -> Article:
    return Article(name=row.name, outlet=row.outlet, published=row.published)


def _place(row: Row) -> Place:
    return Place(
        article=row.name,
        outlet=row.outlet,
        published=row.published,
        words=row.words,
        spans=row.spans,
        sentence=row.sentence,
    )


def said(row: KeptStatement) -> Backing:
    """Who stands behind a statement."""
    return Backing(
        chain=tuple(link.name for link in row.chain),
        act=row.act,
        outlet=row.certainty_outlet,
        source=row.certainty_source,
        hedges=tuple(row.hedge_words.split(" … ")) if row.hedges else (),
    )


def backing(row: ItemRow) -> Backing:
    """Who stands behind a thing; without a statement its outlet alone."""
    return said(row.said[0]) if row.said else Backing(chain=(row.outlet or OUTLET_UNKNOWN,))


def term_of(row: KeptTerm) -> TermRow:
    """A term as a row of a page."""
    return TermRow(
        id=short(row.id),
        points=row.points,
        basis=row.points_basis,
        topic=row.topic,
        gives=row.gives,
        gets=row.gets,
        included=row.included,
        force=row.force,
        conditional=row.conditional,
        condition=row.condition_words,
        condition_of=row.condition_of,
        amounts=row.amounts,
        deadline=row.deadline,
        backing=backing(row),
        place=_place(row),
    )


def _position(row: KeptPosition) -> PositionRow:
    return PositionRow(party=row.party, topic=row.topic, stance=row.stance, backing=backing(row), place=_place(row))


def _meeting(row: KeptEncounter) -> MeetingRow:
    return MeetingRow(
        participants=row.participants,
        where=row.place,
        when=row.when,
        status=row.status,
        backing=backing(row),
        place=_place(row),
    )


def _statement(row: KeptStatement) -> StatementRow:
    return StatementRow(
        id=short(row.id),
        depth=0,
        piece=row.piece,
        source=row.source_words,
        cue=row.cue_words,
        content=row.words,
        mode=row.mode,
        backing=said(row),
        place=_place(row),
    )


def _hit(hit: Hit) -> Place:
    """A sentence, with the words in it that were searched for."""
    start = hit.spans[0].start if len(hit.spans) == 1 else None
    inside = tuple(Span(m.start - start, m.end - start) for m in hit.marks) if start is not None else ()
    return Place(
        article=hit.name,
        outlet=hit.outlet,
        published=hit.published,
        words=shown(inside, hit.sentence),
        spans=hit.marks,
        sentence=hit.sentence,
    )

"""The table: plans by points, with parties across or the plan's versions side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from reportedly.ledger import PlanRow as KeptPlan
from reportedly.ledger import PositionRow as KeptPosition
from reportedly.ledger import TermRow as KeptTerm
from reportedly.ledger import browsing, queries, tables
from reportedly.ledger.identity import name_key
from reportedly.ledger.queries import Condition
from reportedly.records import Topic
from reportedly.views.pages import TermRow
from reportedly.views.web import filling
from reportedly.views.web.asking import Asked
from reportedly.views.web.desk import Desk, cut
from reportedly.views.web.pages import GridRow, PartyCell, PlanGrid, PositionEntry, TablePage, Version
from reportedly.views.wording import each_outlet

PLANS = 100
"""Plans in the list."""

GRIDS = 3
"""Plans shown in full on one page."""

TERMS = 80
"""Terms of one plan that are shown where it is asked for alone; the rest is counted."""

FEWER = 24
"""Terms of one plan that are shown beside others."""

LOOSE = 40
PARTIES = 6
VERSIONS = 6
_LAST = 10**6


def table_page(desk: Desk, asked: Asked) -> TablePage:
    """What is on the table."""
    return desk.memo(("table", asked), lambda: _table(desk, asked))


def _table(desk: Desk, asked: Asked) -> TablePage:
    with desk.ledger.asking() as connection:
        plans = browsing.plan_names(connection, asked.scope(limit=PLANS), *_on_plans(asked))
        none = (tables.term.c.plan.is_(None), *_on_terms(asked))
        loose = browsing.how_many(connection, "term", asked.scope(), *none)
        articles = queries.count_articles(connection, asked.scope())
    grids = tuple(_grids(desk, asked, plans))
    return TablePage(asked=asked, articles=articles, plans=plans, loose=loose, grids=grids)


OUTSIDE = "-"
"""What the address calls the offers outside any plan."""


def _grids(desk: Desk, asked: Asked, plans: Sequence[browsing.Named]) -> Iterable[PlanGrid]:
    """The plan that is asked for; else the page's plans, and after the last of them the offers outside any."""
    if asked.plan == OUTSIDE:
        yield _outside(desk, asked)
        return
    if asked.plan is not None:
        yield _grid(desk, asked, asked.plan)
        return
    shown = plans[(asked.page - 1) * GRIDS : asked.page * GRIDS]
    for plan in shown:
        yield _grid(desk, asked, plan.name)
    if asked.page * GRIDS >= len(plans):
        yield _outside(desk, asked)


def _on_terms(asked: Asked) -> list[Condition]:
    conditions: list[Condition] = []
    if asked.topic is not None:
        conditions.append(tables.term.c.topic == asked.topic.value)
    if asked.party is not None:
        conditions.append(queries.acted_by("term", name_key(asked.party)))
    if asked.certainty is not None:
        conditions.append(queries.surely("term", asked.certainty.value))
    return conditions


def _on_plans(asked: Asked) -> list[Condition]:
    """Where terms are narrowed, only plans that have one of them."""
    if not (wanted := _on_terms(asked)):
        return []
    term, plan = tables.term, tables.plan
    held = select(term.c.number).where(term.c.article == plan.c.article, term.c.plan == plan.c.local, *wanted)
    return [held.correlate(plan).exists()]


def _grid(desk: Desk, asked: Asked, name: str) -> PlanGrid:
    key = name_key(name)
    plan = tables.plan
    most = TERMS if asked.plan else FEWER
    with desk.ledger.asking() as connection:
        scope = asked.scope(limit=most + 1)
        kept = queries.find_plans(connection, asked.scope(limit=most), plan.c.name_key == key)
        terms = queries.find_terms(connection, scope, queries.of_plan(name, ()), *_on_terms(asked))
        held = select(plan.c.article).where(plan.c.name_key == key)
        wanted = [tables.position.c.article.in_(held), tables.position.c.topic.in_({t.topic.value for t in terms})]
        positions = queries.find_positions(connection, asked.scope(limit=most), *wanted)
        number = browsing.how_many(connection, "term", asked.scope(), queries.of_plan(name, ()), *_on_terms(asked))
    whole = not _on_terms(asked)
    return _built(name, kept, terms[:most], positions, more=number - most, whole=whole)


def _outside(desk: Desk, asked: Asked) -> PlanGrid:
    """The offers outside any plan, by topic, a page at a time where they are asked for alone."""
    alone = asked.plan == OUTSIDE
    scope = asked.paged(LOOSE) if alone else asked.scope(limit=LOOSE + 1)
    none = (tables.term.c.plan.is_(None), *_on_terms(asked))
    with desk.ledger.asking() as connection:
        terms = queries.find_terms(connection, scope, *none)
        number = browsing.how_many(connection, "term", asked.scope(), *none)
    over = number - LOOSE * (asked.page if alone else 1)
    return _built(None, (), cut(terms, LOOSE), (), more=over, whole=False)


def _built(
    name: str | None,
    kept: Sequence[KeptPlan],
    terms: Sequence[KeptTerm],
    positions: Sequence[KeptPosition],
    *,
    more: int,
    whole: bool,
) -> PlanGrid:
    points = max((p.points for p in kept if p.points), default=None)
    printed: dict[str, str] = {}
    named: Counter[str] = Counter()
    for party in (*(party for t in terms for party in (*t.gives, *t.gets)), *(p.party for p in positions)):
        named[printed.setdefault(name_key(party), party)] += 1
    parties = tuple(party for party, _ in named.most_common(PARTIES))
    articles = tuple(dict.fromkeys(p.article for p in kept))
    versions = tuple(_version(_first(kept, id)) for id in articles[-VERSIONS:])
    groups = _grouped(terms, points if whole else None)
    rows = [_row(of, same, parties, positions, versions) for of, same in groups]
    rows += _on_topics(parties, [p for p in positions if p.term not in {t.id for t in terms}], versions)
    return PlanGrid(
        name=name,
        authors=_once(a for p in kept for a in p.authors),
        points=points,
        first_reported_by=each_outlet(p.first_reported_by for p in kept if p.first_reported_by),
        parties=parties,
        versions=versions,
        places=tuple(filling.quote_of(_first(kept, id)) for id in articles[: -VERSIONS - 1 : -1]),
        rows=tuple(rows),
        articles=len(articles),
        more=max(0, more),
    )


def _first(kept: Sequence[KeptPlan], article: str) -> KeptPlan:
    return next(plan for plan in kept if plan.article == article)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _version(plan: KeptPlan) -> Version:
    return Version(article_id=plan.article, outlet=plan.outlet, published=plan.published, points=plan.points)


Group = tuple[tuple[int, ...], Topic | None]


def _grouped(terms: Sequence[KeptTerm], points: int | None) -> list[tuple[Group, list[KeptTerm]]]:
    """Terms by point and, without a number, by topic; points that nobody speaks of are empty groups."""
    groups: dict[Group, list[KeptTerm]] = {}
    for term in terms:
        groups.setdefault((term.points, None if term.points else term.topic), []).append(term)
    found = {point for held, _ in groups for point in held}
    if found:  # where no term has a number there is nothing to leave a gap in
        gaps = (number for number in range(1, (points or 0) + 1) if number not in found)
        groups |= {((number,), None): [] for number in gaps}
    return sorted(groups.items(), key=lambda item: (min(item[0][0], default=_LAST), item[0][1] or ""))


def _row(
    group: Group,
    terms: Sequence[KeptTerm],
    parties: Sequence[str],
    positions: Sequence[KeptPosition],
    versions: Sequence[Version],
) -> GridRow:
    shown = [(t.article, filling.term(t)) for t in terms]
    rows = tuple(term for _, term in shown)
    ids = {t.id for t in terms}
    return GridRow(
        points=group[0],
        topic=group[1],
        terms=rows,
        cells=tuple(_cell(party, rows, [filling.position(p) for p in positions if p.term in ids]) for party in parties),
        versions=tuple(tuple(t for id, t in shown if id == v.article_id) for v in versions),
    )


def _on_topics(parties: Sequence[str], positions: Sequence[KeptPosition], versions: Sequence[Version]) -> list[GridRow]:
    """What parties say on a topic without saying on which of its terms, a row for each topic."""
    shown = [filling.position(p) for p in positions]
    keys = set(map(name_key, parties))
    topics = dict.fromkeys(p.topic for p in shown if name_key(p.party) in keys)
    return [
        GridRow(
            points=(),
            topic=topic,
            terms=(),
            cells=tuple(_cell(party, (), [p for p in shown if p.topic == topic]) for party in parties),
            versions=tuple(() for _ in versions),
        )
        for topic in topics
    ]


def _cell(party: str, terms: Sequence[TermRow], positions: Iterable[PositionEntry]) -> PartyCell:
    key = name_key(party)
    return PartyCell(
        party=party,
        gives=tuple(t for t in terms if key in map(name_key, t.gives)),
        gets=tuple(t for t in terms if key in map(name_key, t.gets)),
        positions=tuple(p for p in positions if name_key(p.party) == key),
    )

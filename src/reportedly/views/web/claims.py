"""Claims: what statements of many articles say alike, where they have it from, and what contradicts it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import and_, func, or_, select

from reportedly.ledger import Kind, derived_tables, queries, tables
from reportedly.ledger import StatementRow as KeptStatement
from reportedly.reconciliation import Reconciled
from reportedly.reconciliation.packing import unpack_field
from reportedly.reconciliation.shelves import Home
from reportedly.records import Claim, Contradiction, Member, Side, Spans
from reportedly.views.from_reading import Filler
from reportedly.views.likely import Likelihoods
from reportedly.views.marked import Mark, MarkedText
from reportedly.views.origin_graph import OriginGraph, graph_of
from reportedly.views.web import filling
from reportedly.views.web.asking import Asked
from reportedly.views.web.claim_pages import (
    ClaimLikelihood,
    ClaimLine,
    ClaimMember,
    ClaimPage,
    ClaimsPage,
    Clash,
    TieRow,
)
from reportedly.views.web.corrections import Said, judgement_of
from reportedly.views.web.desk import Desk, NotFound
from reportedly.views.web.pages import Quote

ROWS = 40
MEMBERS = 60
CLASHES = 20
_CLAIM, _MEMBER = derived_tables.claim, derived_tables.member


def claims_page(desk: Desk, asked: Asked) -> ClaimsPage:
    """The claims, those of most articles first."""
    story = desk.comparing.story()
    conditions = list(_conditions(asked))
    order = (_CLAIM.c.articles.desc(), _CLAIM.c.id)
    wanted = select(_CLAIM.c.found).where(*conditions).order_by(*order).limit(ROWS).offset((asked.page - 1) * ROWS)
    with desk.ledger.asking() as connection:
        total = connection.execute(select(func.count()).select_from(_CLAIM).where(*conditions)).scalar_one()
        claims = [_without_traces(row.found) for row in connection.execute(wanted)]
    around = _around(desk, story)
    lines = tuple(_line(claim, around) for claim in claims)
    return ClaimsPage(asked=asked, total=total, pending=desk.comparing.pending(), rows=lines)


_IN_A_LIST = ("id", "gist", "members", "origins", "origins_range", "origin_names")


def _without_traces(found: Any) -> Claim:
    """As much of a claim that was packed with its home as a list shows: the rest would take most of the time."""
    claim = found[[field.name for field in fields(Home)].index("claim")]
    return Claim(**{name: unpack_field(Claim, name, claim) for name in _IN_A_LIST})


def _conditions(asked: Asked) -> Iterable[Any]:
    for word in (asked.q or "").replace('"', " ").split():
        yield _CLAIM.c.gist.icontains(word, autoescape=True)
    if asked.since:
        yield _CLAIM.c.last_day >= asked.since
    if asked.until:
        yield _CLAIM.c.first_day < f"{asked.until}~"
    if asked.story:
        of = select(_MEMBER.c.claim).join(tables.article, tables.article.c.id == _MEMBER.c.article)
        yield _CLAIM.c.id.in_(of.where(tables.article.c.story == asked.story))


def _clashing(desk: Desk, story: Reconciled | None) -> Clashing:
    return desk.memo(("clashing", desk.comparing.turn), lambda: _find_clashing(story))


def _find_clashing(story: Reconciled | None) -> Clashing:
    """For each statement the contradictions that it is in, by their number."""
    found: dict[Member, set[int]] = defaultdict(set)
    for number, clash in enumerate(story.contradictions if story else ()):
        for side in (clash.a, clash.b):
            if side.statement is not None:
                found[Member(side.article, side.statement)].add(number)
    return found


Clashing = Mapping[Member, set[int]]


@dataclass(frozen=True, slots=True)
class _Around:
    """What lines of claims are looked up in: contradictions, days of articles, and what people hold likely."""

    clashing: Clashing
    days: Mapping[str, str]
    likely: Likelihoods


def _around(desk: Desk, story: Reconciled | None) -> _Around:
    days = desk.memo("days of articles", lambda: days_of(desk))
    return _Around(_clashing(desk, story), days, _likelihoods(desk))


def _line(claim: Claim, around: _Around) -> ClaimLine:
    told = sorted(around.days.get(m.article, "") for m in claim.members)
    return ClaimLine(
        id=claim.id,
        gist=claim.gist,
        statements=len(claim.members),
        articles=len({m.article for m in claim.members}),
        origins=claim.origins,
        origins_range=claim.origins_range,
        origin_names=claim.origin_names,
        likelihood=around.likely.last(claim),
        contradictions=len(set().union(*(around.clashing.get(m, set()) for m in claim.members))),
        first=told[0],
        last=told[-1],
    )


def days_of(desk: Desk) -> dict[str, str]:
    """The day of every article."""
    with desk.ledger.asking() as connection:
        rows = connection.execute(select(tables.article.c.id, tables.article.c.day))
        return {id: day for id, day in rows}  # noqa: C416  rows are no pairs to a type checker


def claim_page(desk: Desk, id: str) -> ClaimPage:
    """One claim. Raises NotFound or LedgerError where there is none of that id."""
    story = desk.comparing.story()
    if story is None or not id.startswith("cl"):
        raise NotFound("No claim has that address. Claims are put together anew when articles come in; see the list.")
    claim = story.home(id).claim
    members = claim.members[:MEMBERS]
    rows = member_rows(desk, members)
    traces = {trace.member: trace for trace in claim.traces}
    ids = {member: row.id for member, row in rows.items()}
    return ClaimPage(
        line=_line(claim, _around(desk, story)),
        members=tuple(
            ClaimMember(
                statement=filling.statement(rows[m]),
                through=traces[m].through if m in traces else (),
                origin=traces[m].origin if m in traces else "",
                passing=traces[m].passing.value if m in traces else "",
            )
            for m in members
            if m in rows
        ),
        graph=_graph(claim, {m.article: row.outlet for m, row in rows.items()}),
        contradictions=clashes(story, claim.contradictions[:CLASHES]),
        ties=tuple(
            TieRow(a=ids[t.a], b=ids[t.b], score=t.score, signals=t.signals)
            for t in claim.ties
            if t.a in ids and t.b in ids
        ),
        likelihoods=tuple(
            ClaimLikelihood(judgement=judgement_of(one.said), here=one.here, of=one.of)
            for one in _likelihoods(desk).of(claim)
        ),
        judgements=desk.memo("judgements", lambda: Said.of_all(desk.ledger)).of(*ids.values()),
        more=len(claim.members) - len(members),
    )


def _likelihoods(desk: Desk) -> Likelihoods:
    """How likely people hold claims to be."""
    return desk.memo(("likelihoods", desk.comparing.turn), lambda: _find_likelihoods(desk))


def _find_likelihoods(desk: Desk) -> Likelihoods:
    said = [one for one in desk.ledger.corrections() if one.kind is Kind.LIKELIHOOD]
    statement, article = tables.statement, tables.article
    home = and_(_MEMBER.c.article == article.c.id, _MEMBER.c.statement == statement.c.local)
    wanted = select(statement.c.id, _MEMBER.c.claim).join(article, article.c.number == statement.c.article)
    about = sorted({id for one in said for id in one.about})
    claim_of: dict[str, str] = {}
    with desk.ledger.asking() as connection:
        for some in queries.in_parts(about):
            rows = connection.execute(wanted.join(_MEMBER, home).where(statement.c.id.in_(some)))
            claim_of |= {id: claim for id, claim in rows}  # noqa: C416
    return Likelihoods(said, claim_of)


def _graph(claim: Claim, outlets: Mapping[str, str | None]) -> OriginGraph:
    """Who has it from whom, as far as the members that are shown."""
    shown = replace(claim, traces=tuple(t for t in claim.traces if t.member.article in outlets))
    return graph_of(shown, outlets, title=f"Who has it from whom: {claim.gist}")


def member_rows(desk: Desk, members: Sequence[Member]) -> Mapping[Member, KeptStatement]:
    """The ledger's rows of members."""
    article, statement = tables.article, tables.statement
    wanted = [and_(article.c.id == m.article, statement.c.local == m.statement) for m in members]
    with desk.ledger.asking() as connection:
        rows = queries.find_statements(connection, {"superseded": True}, or_(*wanted)) if wanted else ()
    return {Member(row.article, row.local): row for row in rows}


def claim_of(desk: Desk, row: KeptStatement) -> str | None:
    """The id of the claim that a statement makes, if it was compared at all."""
    desk.comparing.story()
    wanted = select(_MEMBER.c.claim).where(_MEMBER.c.article == row.article, _MEMBER.c.statement == row.local)
    with desk.ledger.asking() as connection:
        return connection.execute(wanted).scalar_one_or_none()


def clashes(story: Reconciled, found: Iterable[Contradiction]) -> tuple[Clash, ...]:
    """Contradictions with both their places."""
    kept = tuple(found)
    story.readings.fetch([side.article for c in kept for side in (c.a, c.b)])
    return tuple(Clash(about=c.about, why=c.why, a=_side(c.a, story), b=_side(c.b, story)) for c in kept)


def _side(side: Side, story: Reconciled) -> Quote:
    return place_in(side.article, side.spans, story)


def place_in(article: str, spans: Spans, story: Reconciled) -> Quote:
    """A place of an article as it is quoted."""
    filler = Filler(story.readings[article])
    place = filler.place(spans)
    marked = MarkedText(filler.document.text, [Mark("focus", span) for span in spans])
    return Quote(
        article=place.article,
        article_id=article,
        outlet=place.outlet,
        published=place.published,
        words=place.words,
        spans=spans,
        sentence=place.sentence,
        at=spans[0].start if spans else 0,
        parts=tuple(part for sentence in filler.sentence(spans) for part in marked.within(sentence)),
    )

"""Claims: what statements of many articles say alike, where they have it from, and what contradicts it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import and_, or_

from reportedly.ledger import StatementRow as KeptStatement
from reportedly.ledger import queries, tables
from reportedly.reconciliation import Reconciled, reconcile
from reportedly.records import Claim, Contradiction, Member, Side, Span
from reportedly.views.from_reading import Filler
from reportedly.views.marked import Mark, MarkedText
from reportedly.views.web import filling
from reportedly.views.web.asking import Asked
from reportedly.views.web.corrections import Said
from reportedly.views.web.desk import Desk, NotFound, cut
from reportedly.views.web.pages import ClaimLine, ClaimMember, ClaimPage, ClaimsPage, Clash, Quote, TieRow

ROWS = 40
MEMBERS = 60


def reconciled(desk: Desk) -> Reconciled:
    """What holds across the ledger, found once for each state of it."""
    return desk.memo("story", lambda: reconcile(desk.ledger))


def claims_page(desk: Desk, asked: Asked) -> ClaimsPage:
    """The claims, those of most articles first."""
    story = reconciled(desk)
    found = story.about(asked.q) if asked.q else story.claims
    rows = [c for c in found if _in_scope(c, asked, story)]
    start = (asked.page - 1) * ROWS
    lines = tuple(_line(c, story) for c in rows[start : start + ROWS + 1])
    return ClaimsPage(asked=asked, total=len(rows), pending=0, rows=lines)


def _in_scope(claim: Claim, asked: Asked, story: Reconciled) -> bool:
    days = [story.readings[m.article].document.published or "" for m in claim.members]
    stories = {story.readings[m.article].document.story for m in claim.members}
    late = not asked.since or max(days) >= asked.since
    early = not asked.until or min(days) <= f"{asked.until}~"
    return late and early and (not asked.story or asked.story in stories)


def _line(claim: Claim, story: Reconciled) -> ClaimLine:
    days = sorted(story.readings[m.article].document.published or "" for m in claim.members)
    return ClaimLine(
        id=claim.id,
        gist=claim.gist,
        statements=len(claim.members),
        articles=len({m.article for m in claim.members}),
        origins=claim.origins,
        origins_range=claim.origins_range,
        origin_names=claim.origin_names,
        contradictions=len(claim.contradictions),
        first=days[0],
        last=days[-1],
    )


def claim_page(desk: Desk, id: str) -> ClaimPage:
    """One claim. Raises NotFound where there is none of that id."""
    story = reconciled(desk)
    claim = next((c for c in story.story.claims if c.id == id), None)
    if claim is None:
        raise NotFound(
            "No claim has that address. Claims are put together anew when articles come in; look in the list."
        )
    members = claim.members[:MEMBERS]
    rows = member_rows(desk, members)
    traces = {trace.member: trace for trace in claim.traces}
    ids = {member: row.id for member, row in rows.items()}
    return ClaimPage(
        line=_line(claim, story),
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
        contradictions=tuple(_clash(c, story) for c in claim.contradictions),
        ties=tuple(
            TieRow(a=ids[t.a], b=ids[t.b], score=t.score, signals=t.signals)
            for t in claim.ties
            if t.a in ids and t.b in ids
        ),
        judgements=Said.of_all(desk.ledger).of(*ids.values()),
        more=len(claim.members) - len(members),
    )


def member_rows(desk: Desk, members: Sequence[Member]) -> Mapping[Member, KeptStatement]:
    """The ledger's rows of members."""
    article, statement = tables.article, tables.statement
    wanted = [and_(article.c.id == m.article, statement.c.local == m.statement) for m in members]
    with desk.ledger.asking() as connection:
        rows = queries.find_statements(connection, {"superseded": True}, or_(*wanted)) if wanted else ()
    return {Member(row.article, row.local): row for row in rows}


def claim_of(desk: Desk, row: KeptStatement) -> str | None:
    """The id of the claim that a statement makes, if it was put together with others or compared at all."""
    member = Member(row.article, row.local)
    by_member = desk.memo("claim of", lambda: {m: c.id for c in reconciled(desk).story.claims for m in c.members})
    return by_member.get(member)


def clashes(story: Reconciled, found: Iterable[Contradiction]) -> tuple[Clash, ...]:
    """Contradictions with both their places."""
    return tuple(_clash(c, story) for c in found)


def _clash(found: Contradiction, story: Reconciled) -> Clash:
    return Clash(about=found.about, why=found.why, a=_side(found.a, story), b=_side(found.b, story))


def _side(side: Side, story: Reconciled) -> Quote:
    return place_in(side.article, side.spans, story)


def place_in(article: str, spans: tuple[Span, ...], story: Reconciled) -> Quote:
    """A place of an article as it is quoted."""
    filler = Filler(story.readings[article])
    place = filler.place(spans)
    around = filler.sentence(spans)
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
        parts=tuple(part for sentence in around for part in marked.within(sentence)),
    )


__all__ = ["claim_of", "claim_page", "claims_page", "clashes", "cut", "member_rows", "place_in", "reconciled"]

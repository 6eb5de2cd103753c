"""The page of what holds across articles, filled from a story and the readings it was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportedly.ledger import article_id
from reportedly.records import Change, Claim, Reading, Spans, Story
from reportedly.views.from_reading import Filler
from reportedly.views.pages import ChangeRow, ClaimRow, ClashRow, ComparisonPage, CopyRow, Place, StatementRow

Fillers = Mapping[str, Filler]


def comparison_from(story: Story, readings: Sequence[Reading]) -> ComparisonPage:
    """Claims that more than one article makes, those of most articles first; contradictions, changes and copies."""
    fillers = {article_id(reading.document): Filler(reading) for reading in readings}
    shared = [claim for claim in story.claims if len(_articles(claim)) > 1]
    shared.sort(key=lambda claim: (-len(_articles(claim)), claim.gist))
    return ComparisonPage(
        articles=tuple(fillers[key].article() for key in story.articles),
        claims=tuple(_claim(claim, fillers) for claim in shared),
        contradictions=tuple(
            ClashRow(
                about=c.about,
                why=c.why,
                a=fillers[c.a.article].place(c.a.spans),
                b=fillers[c.b.article].place(c.b.spans),
            )
            for c in story.contradictions
        ),
        changes=tuple(_change(change, fillers) for change in story.changes),
        copies=tuple(
            CopyRow(of=fillers[c.of].article(), within=fillers[c.within].article(), kind=c.kind.value, share=c.share)
            for c in story.copies
        ),
    )


def _articles(claim: Claim) -> set[str]:
    return {member.article for member in claim.members}


def _claim(claim: Claim, fillers: Fillers) -> ClaimRow:
    return ClaimRow(
        id=claim.id,
        gist=claim.gist,
        origins=claim.origins,
        origins_range=claim.origins_range,
        origin_names=claim.origin_names,
        statements=tuple(_member(member.article, member.statement, fillers) for member in claim.members),
    )


def _member(article: str, statement: str, fillers: Fillers) -> StatementRow:
    filler = fillers[article]
    return filler.statement(filler.statements[statement])


def _change(change: Change, fillers: Fillers) -> ChangeRow:
    return ChangeRow(
        plan=change.plan,
        topic=change.topic,
        kind=change.kind.value,
        what=change.what,
        before=_at(change.before_at, fillers),
        after=_at(change.after_at, fillers),
    )


def _at(where: tuple[str, Spans] | None, fillers: Fillers) -> Place | None:
    return fillers[where[0]].place(where[1]) if where else None

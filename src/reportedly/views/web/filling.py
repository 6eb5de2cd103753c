"""Rows of a ledger as rows of a page, each with the sentence it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reportedly.ledger import ArticleRow as KeptArticle
from reportedly.ledger import EncounterRow, Hit, Row, SourceRow
from reportedly.ledger import PlanRow as KeptPlan
from reportedly.ledger import PositionRow as KeptPosition
from reportedly.ledger import StatementRow as KeptStatement
from reportedly.ledger import TermRow as KeptTerm
from reportedly.ledger.quoting import Quoted
from reportedly.records import Span, Spans, shown
from reportedly.views.from_ledger import backing, said, term_of
from reportedly.views.marked import Mark, MarkedText, Segment
from reportedly.views.pages import LinkRow, StatementRow, TermRow
from reportedly.views.web.asking import ID
from reportedly.views.web.pages import ArticleRow, MeetingEntry, PlanVersion, PositionEntry, Quote


def quote_of(row: Row | Quoted, marks: Iterable[Mark] = ()) -> Quote:
    """The place of a row, or of anything quoted, its words in focus."""
    every = [*(Mark("focus", span) for span in row.spans), *marks]
    return Quote(
        article=row.name,
        article_id=row.article,
        outlet=row.outlet,
        published=row.published,
        words=row.words,
        spans=row.spans,
        sentence=row.sentence,
        at=row.spans[0].start if row.spans else 0,
        parts=tuple(_parts(row.sentence, row.sentence_spans, every, row.words)),
    )


def _parts(sentence: str, spans: Spans, marks: list[Mark], words: str) -> Iterator[Segment]:
    """The sentence with its words marked. White space may have been joined: then its words are looked for in it."""
    if len(spans) == 1 and len(sentence) == spans[0].end - spans[0].start:
        start = spans[0].start
        inside = [Mark(m.kind, Span(m.span.start - start, m.span.end - start)) for m in marks if spans[0].holds(m.span)]
    else:
        inside = list(_found(sentence, words))
    yield from MarkedText(sentence, inside).within(Span(0, len(sentence))) if sentence else ()


def _found(sentence: str, words: str) -> Iterator[Mark]:
    at = 0
    for part in words.split(" … "):
        start = sentence.find(part, at)
        if start >= 0 and part:
            at = start + len(part)
            yield Mark("focus", Span(start, at))


def link_of(source: SourceRow) -> LinkRow:
    """A source as a link of a chain."""
    return LinkRow(
        name=source.name,
        kind=source.kind,
        named=source.named,
        count=source.count,
        at_least=source.at_least,
        party=source.party,
    )


def statement(row: KeptStatement) -> StatementRow:
    """A statement, its source, cue and hedges marked."""
    parts = {"source": row.source, "cue": row.cue, "hedge": row.hedges}
    marks = [Mark(kind, span) for kind, spans in parts.items() for span in spans]
    return StatementRow(
        id=row.id[:ID],
        depth=0,
        piece=row.piece,
        source=row.source_words,
        cue=row.cue_words,
        content=row.words,
        mode=row.mode,
        backing=said(row),
        place=quote_of(row, marks),
    )


def term(row: KeptTerm) -> TermRow:
    """A term, with the desk's id and place."""
    return replace(term_of(row), id=row.id[:ID], place=quote_of(row))


def position(row: KeptPosition) -> PositionEntry:
    """A position."""
    return PositionEntry(
        id=row.id[:ID],
        party=row.party,
        topic=row.topic,
        stance=row.stance,
        backing=backing(row),
        place=quote_of(row),
    )


def meeting(row: EncounterRow) -> MeetingEntry:
    """A meeting, call, visit or round."""
    return MeetingEntry(
        id=row.id[:ID],
        participants=row.participants,
        where=row.place,
        when=row.when,
        status=row.status,
        backing=backing(row),
        place=quote_of(row),
    )


def plan_version(row: KeptPlan) -> PlanVersion:
    """A plan as an article has it."""
    return PlanVersion(id=row.id[:ID], name=row.plan_name, points=row.points, terms=row.terms, place=quote_of(row))


def article(row: KeptArticle) -> ArticleRow:
    """An article in a list."""
    return ArticleRow(
        id=row.id[:ID],
        name=row.name,
        outlet=row.outlet,
        published=row.published,
        day=row.day,
        title=row.title,
        byline=row.byline,
        story=row.story,
        statements=row.statements,
        terms=row.terms,
        positions=row.positions,
        encounters=row.encounters,
    )


def hit(row: Hit) -> Quote:
    """A sentence with the words in it that were searched for."""
    start = row.spans[0].start if row.spans else 0
    inside = tuple(Span(m.start - start, m.end - start) for m in row.marks) if len(row.spans) == 1 else ()
    marks = [Mark("focus", span) for span in row.marks]
    return Quote(
        article=row.name,
        article_id=row.article,
        outlet=row.outlet,
        published=row.published,
        words=shown(inside, row.sentence),
        spans=row.marks,
        sentence=row.sentence,
        at=start,
        parts=tuple(_parts(row.sentence, row.spans, marks, shown(inside, row.sentence))),
    )

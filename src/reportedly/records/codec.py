"""Readings as JSON, both ways: schema `reportedly/record/1`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reportedly.errors import RecordError
from reportedly.records.document import Block, BlockKind, Document, Note, Piece
from reportedly.records.negotiation import (
    Amount,
    Bound,
    Deadline,
    Encounter,
    Force,
    Limit,
    Plan,
    PointsBasis,
    Position,
    Stance,
    Status,
    Term,
    Topic,
)
from reportedly.records.reading import Reading
from reportedly.records.span import Span, Spans
from reportedly.records.statement import (
    Act,
    Basis,
    Certainty,
    Knowledge,
    Link,
    Mode,
    Reason,
    Source,
    SourceKind,
    Statement,
)

SCHEMA = "reportedly/record/1"

Json = dict[str, Any]


def to_json(reading: Reading) -> Json:
    """The record of one article as JSON-ready dicts and lists."""
    return {
        "schema": SCHEMA,
        "reader": reading.reader,
        "article": _article(reading.document),
        "sources": [_source(s) for s in reading.sources],
        "statements": [_statement(s) for s in reading.statements],
        "plans": [_plan(p) for p in reading.plans],
        "terms": [_term(t) for t in reading.terms],
        "positions": [_position(p) for p in reading.positions],
        "encounters": [_encounter(e) for e in reading.encounters],
        "notes": [{"about": n.about, "text": n.text} for n in reading.notes],
    }


def from_json(record: Json) -> Reading:
    """The reading of a record. Raises RecordError where it is of another schema, or not whole."""
    if record.get("schema") != SCHEMA:
        raise RecordError(f"schema is {record.get('schema')!r}, not {SCHEMA!r}; read the article again")
    try:
        return Reading(
            document=_to_document(record["article"]),
            sources=tuple(map(_to_source, record["sources"])),
            statements=tuple(map(_to_statement, record["statements"])),
            plans=tuple(map(_to_plan, record["plans"])),
            terms=tuple(map(_to_term, record["terms"])),
            positions=tuple(map(_to_position, record["positions"])),
            encounters=tuple(map(_to_encounter, record["encounters"])),
            notes=tuple(Note(n["about"], n["text"]) for n in record.get("notes", ())),
            reader=record.get("reader", ""),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RecordError(f"not a whole record: {error!r}; read the article again") from error


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _pairs(spans: Spans) -> list[list[int]]:
    return [_pair(s) for s in spans]


def _to_spans(pairs: Iterable[Iterable[int]] | None) -> Spans:
    return tuple(Span(*pair) for pair in pairs or ())


def _article(document: Document) -> Json:
    return {
        "id": document.id,
        "name": document.name,
        "outlet": document.outlet,
        "published": document.published,
        "url": document.url,
        "title": document.title,
        "byline": list(document.byline),
        "language": document.language,
        "story": document.story,
        "text": document.text,
        "blocks": [
            {"kind": b.kind.value, "start": b.span.start, "end": b.span.end, "piece": b.piece} for b in document.blocks
        ],
        "pieces": [
            {"title": p.title, "byline": list(p.byline), "start": p.span.start, "end": p.span.end}
            for p in document.pieces
        ],
        "known_from": dict(document.known_from),
        "notes": [{"about": n.about, "text": n.text} for n in document.notes],
    }


def _to_document(article: Json) -> Document:
    return Document(
        text=article["text"],
        name=article.get("name") or article["id"],
        outlet=article["outlet"],
        published=article["published"],
        url=article["url"],
        title=article["title"],
        byline=tuple(article["byline"]),
        language=article["language"],
        story=article.get("story"),
        blocks=tuple(Block(BlockKind(b["kind"]), Span(b["start"], b["end"]), b["piece"]) for b in article["blocks"]),
        pieces=tuple(Piece(p["title"], tuple(p["byline"]), Span(p["start"], p["end"])) for p in article["pieces"]),
        known_from=tuple(article.get("known_from", {}).items()),
        notes=tuple(Note(n["about"], n["text"]) for n in article.get("notes", ())),
    )


def _source(source: Source) -> Json:
    return {
        "id": source.id,
        "name": source.name,
        "kind": source.kind.value,
        "named": source.named,
        "count": source.count,
        "at_least": source.at_least,
        "party": source.party,
        "mentions": _pairs(source.mentions),
        "ref": source.ref,
    }


def _to_source(source: Json) -> Source:
    return Source(
        id=source["id"],
        name=source["name"],
        kind=SourceKind(source["kind"]),
        named=source["named"],
        count=source["count"],
        at_least=source["at_least"],
        party=source["party"],
        mentions=_to_spans(source["mentions"]),
        ref=source.get("ref"),
    )


def _statement(statement: Statement) -> Json:
    return {
        "id": statement.id,
        "piece": statement.piece,
        "source": _pairs(statement.source),
        "cue": _pairs(statement.cue),
        "content": _pairs(statement.content),
        "addressee": _pairs(statement.addressee),
        "mode": statement.mode.value,
        "act": statement.act.value,
        "parent": statement.parent,
        "chain": list(statement.chain),
        "certainty": {"outlet": statement.certainty_outlet.value, "source": statement.certainty_source.value},
        "hedges": _pairs(statement.hedges),
        "confidence": statement.confidence,
        "method": statement.method,
        "links": [_link(link) for link in statement.links],
        "reasons": [
            {"side": r.side, "value": r.value.value, "rule": r.rule, "words": _pairs(r.words)}
            for r in statement.reasons
        ],
    }


def _link(link: Link) -> Json:
    return {
        "source": link.source,
        "basis": link.basis.value,
        "spans": _pairs(link.spans),
        "knows": link.knows and link.knows.value,
        "knows_spans": _pairs(link.knows_spans),
    }


def _to_link(link: Json) -> Link:
    return Link(
        source=link["source"],
        basis=Basis(link["basis"]),
        spans=_to_spans(link.get("spans")),
        knows=Knowledge(link["knows"]) if link.get("knows") else None,
        knows_spans=_to_spans(link.get("knows_spans")),
    )


def _to_reason(reason: Json) -> Reason:
    return Reason(
        side=reason["side"],
        value=Certainty(reason["value"]),
        rule=reason["rule"],
        words=_to_spans(reason.get("words")),
    )


def _to_statement(statement: Json) -> Statement:
    return Statement(
        id=statement["id"],
        piece=statement["piece"],
        source=_to_spans(statement["source"]),
        cue=_to_spans(statement["cue"]),
        content=_to_spans(statement["content"]),
        addressee=_to_spans(statement["addressee"]),
        mode=Mode(statement["mode"]),
        act=Act(statement["act"]),
        parent=statement["parent"],
        chain=tuple(statement["chain"]),
        certainty_outlet=Certainty(statement["certainty"]["outlet"]),
        certainty_source=Certainty(statement["certainty"]["source"]),
        hedges=_to_spans(statement["hedges"]),
        confidence=statement["confidence"],
        method=statement.get("method", ""),
        links=tuple(map(_to_link, statement.get("links", ()))),
        reasons=tuple(map(_to_reason, statement.get("reasons", ()))),
    )


def _plan(plan: Plan) -> Json:
    return {
        "id": plan.id,
        "name": plan.name,
        "authors": list(plan.authors),
        "points": plan.points,
        "first_reported_by": plan.first_reported_by,
        "spans": _pairs(plan.spans),
        "statements": list(plan.statements),
    }


def _to_plan(plan: Json) -> Plan:
    return Plan(
        id=plan["id"],
        name=plan["name"],
        authors=tuple(plan["authors"]),
        points=plan["points"],
        first_reported_by=plan["first_reported_by"],
        spans=_to_spans(plan.get("spans")),
        statements=tuple(plan["statements"]),
    )


def _term(term: Term) -> Json:
    return {
        "id": term.id,
        "plan": term.plan,
        "points": list(term.points),
        "points_basis": term.points_basis and term.points_basis.value,
        "spans": _pairs(term.spans),
        "topic": term.topic.value,
        "gives": list(term.gives),
        "gets": list(term.gets),
        "included": term.included,
        "force": term.force.value,
        "conditional": term.conditional,
        "condition": _pairs(term.condition),
        "statements": list(term.statements),
        "confidence": term.confidence,
        "method": term.method,
        **_measures(term),
    }


def _measures(term: Term) -> Json:
    """What only some terms have; left out where there is none, so that a record read before stays the same."""
    deadline = term.deadline
    made: Json = {
        "condition_of": term.condition_of,
        "amounts": [
            {"value": a.value, "upper": a.upper, "unit": a.unit, "bound": a.bound.value, "span": _pair(a.span)}
            for a in term.amounts
        ],
        "deadline": deadline
        and {
            "limit": deadline.limit.value,
            "when": deadline.when,
            "counts_from": deadline.counts_from,
            "span": _pair(deadline.span),
        },
    }
    return {name: value for name, value in made.items() if value or value == ""}


def measures_from_json(term: Json) -> Json:
    """A term's fields `condition_of`, `amounts` and `deadline` as records."""
    return {
        "condition_of": term.get("condition_of"),
        "amounts": tuple(map(_to_amount, term.get("amounts", ()))),
        "deadline": _to_deadline(term.get("deadline")),
    }


def _to_amount(amount: Json) -> Amount:
    return Amount(
        value=amount["value"],
        upper=amount.get("upper"),
        unit=amount["unit"],
        bound=Bound(amount.get("bound", Bound.EXACT)),
        span=Span(*amount["span"]),
    )


def _to_deadline(deadline: Json | None) -> Deadline | None:
    if deadline is None:
        return None
    return Deadline(
        limit=Limit(deadline["limit"]),
        when=deadline["when"],
        counts_from=deadline.get("counts_from"),
        span=Span(*deadline["span"]),
    )


def _to_term(term: Json) -> Term:
    return Term(
        id=term["id"],
        plan=term["plan"],
        spans=_to_spans(term["spans"]),
        topic=Topic(term["topic"]),
        points=tuple(term["points"]),
        points_basis=PointsBasis(term["points_basis"]) if term["points_basis"] else None,
        gives=tuple(term["gives"]),
        gets=tuple(term["gets"]),
        included=term["included"],
        force=Force(term["force"]),
        conditional=term["conditional"],
        condition=_to_spans(term.get("condition")),
        **measures_from_json(term),
        statements=tuple(term["statements"]),
        confidence=term.get("confidence", 1.0),
        method=term.get("method", ""),
    )


def _position(position: Position) -> Json:
    return {
        "id": position.id,
        "party": position.party,
        "topic": position.topic.value,
        "term": position.term,
        "stance": position.stance.value,
        "spans": _pairs(position.spans),
        "statements": list(position.statements),
        "confidence": position.confidence,
        "method": position.method,
    }


def _to_position(position: Json) -> Position:
    return Position(
        id=position["id"],
        party=position["party"],
        topic=Topic(position["topic"]),
        stance=Stance(position["stance"]),
        spans=_to_spans(position["spans"]),
        term=position["term"],
        statements=tuple(position["statements"]),
        confidence=position.get("confidence", 1.0),
        method=position.get("method", ""),
    )


def _encounter(encounter: Encounter) -> Json:
    return {
        "id": encounter.id,
        "participants": list(encounter.participants),
        "place": encounter.place,
        "when": encounter.when,
        "status": encounter.status.value,
        "spans": _pairs(encounter.spans),
        "statements": list(encounter.statements),
        "confidence": encounter.confidence,
        "method": encounter.method,
    }


def _to_encounter(encounter: Json) -> Encounter:
    return Encounter(
        id=encounter["id"],
        participants=tuple(encounter["participants"]),
        place=encounter["place"],
        when=encounter["when"],
        status=Status(encounter["status"]),
        spans=_to_spans(encounter["spans"]),
        statements=tuple(encounter["statements"]),
        confidence=encounter.get("confidence", 1.0),
        method=encounter.get("method", ""),
    )

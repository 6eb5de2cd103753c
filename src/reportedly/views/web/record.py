"""One thing that was taken down: where it stands, on whose word, what people said of it, and forms to say more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reportedly.ledger import EncounterRow, ItemRow, Kind, PositionRow, StatementRow, TermRow, queries, tables
from reportedly.ledger.browsing import whole_id
from reportedly.views import wording
from reportedly.views.web import filling
from reportedly.views.web.asking import ID
from reportedly.views.web.claims import claim_of
from reportedly.views.web.corrections import Said
from reportedly.views.web.desk import Desk
from reportedly.views.web.pages import RecordPage

_CHANGES = {
    "statement": (Kind.WRONG_SPEAKER, Kind.WRONG_SPAN, Kind.NOT_A_STATEMENT, Kind.SAME, Kind.GRADE, Kind.LIKELIHOOD),
    "term": (Kind.TERM_PARTY, Kind.POINT_NUMBER, Kind.WRONG_SPAN),
    "position": (Kind.WRONG_SPAN,),
    "encounter": (Kind.WRONG_SPAN,),
}
SORTS = tuple(_CHANGES)

Find = Callable[..., Sequence[Any]]
_FIND: dict[str, Find] = {
    "statement": queries.find_statements,
    "term": queries.find_terms,
    "position": queries.find_positions,
    "encounter": queries.find_encounters,
}


def record_row(desk: Desk, sort: str, id: str) -> Any:
    """The ledger's row of a thing. Raises LedgerError where there is none of that id."""
    with desk.ledger.asking() as connection:
        whole = whole_id(connection, sort, id)
        return _FIND[sort](connection, {"superseded": True}, tables.metadata.tables[sort].c.id == whole)[0]


def record_page(desk: Desk, sort: str, id: str) -> RecordPage:
    """One thing. Raises LedgerError where there is none of that id."""
    row = record_row(desk, sort, id)
    said = (row,) if isinstance(row, StatementRow) else row.said
    names = tuple(link.name for link in said[0].chain) if said else ()
    judged = desk.memo("judgements", lambda: Said.of_all(desk.ledger))
    return RecordPage(
        sort=sort,
        id=row.id[:ID],
        head=_head(row),
        quote=filling.statement(row).place if isinstance(row, StatementRow) else filling.quote_of(row),  # type: ignore[arg-type]
        facts=tuple(_facts(row)),
        chain=tuple(map(filling.link_of, said[0].chain)) if said else (),
        statements=tuple(map(filling.statement, said)),
        judgements=judged.of(row.id, *names) if sort == "statement" else judged.of(row.id),
        editable=tuple((kind.value, _current(row, kind)) for kind in _CHANGES[sort]),
        claim=claim_of(desk, row) if isinstance(row, StatementRow) else None,
    )


def _head(row: Any) -> str:
    if isinstance(row, StatementRow):
        return f"{row.chain[-1].name if row.chain else wording.NOBODY}: {wording.short(row.words)}"
    if isinstance(row, TermRow):
        return wording.short(row.words)
    if isinstance(row, PositionRow):
        return f"{row.party} {row.stance.value}: {wording.topic(row.topic)}"
    return f"{wording.names(row.participants)}, {row.status.value}"


def _facts(row: Any) -> list[tuple[str, str]]:
    if isinstance(row, StatementRow):
        return [
            ("Act", row.act.value),
            ("Given", row.mode.value),
            ("Cue", row.cue_words or "none"),
            ("Certainty of the source", wording.certainty(row.certainty_source)),
            ("Certainty of the outlet", wording.certainty(row.certainty_outlet)),
            ("Hedges", row.hedge_words or "none"),
            *_found(row),
        ]
    if isinstance(row, TermRow):
        return [
            ("Plan", row.plan_name or "outside any plan"),
            ("Point", wording.points(filling.term(row))),
            ("Topic", wording.topic(row.topic)),
            ("Gives", wording.names(row.gives)),
            ("Gets", wording.names(row.gets)),
            ("Force", wording.force(filling.term(row))),
            ("Condition", row.condition_words or "none"),
            *_found(row),
        ]
    if isinstance(row, PositionRow):
        return [("Party", row.party), ("Stance", row.stance.value), ("Topic", wording.topic(row.topic)), *_found(row)]
    return _encounter_facts(row)


def _encounter_facts(row: EncounterRow) -> list[tuple[str, str]]:
    return [
        ("Who", wording.names(row.participants)),
        ("When", wording.when(row.when)),
        ("Where", row.place or "not given"),
        ("Status", row.status.value),
        *_found(row),
    ]


def _found(row: Any) -> list[tuple[str, str]]:
    return [("Found by", row.method or "not recorded"), ("Confidence", f"{row.confidence:.0%}")]


def _current(row: StatementRow | ItemRow, kind: Kind) -> str:
    """What a form begins with."""
    if isinstance(row, StatementRow) and kind is Kind.WRONG_SPEAKER:
        return row.chain[-1].name if row.chain else ""
    if isinstance(row, TermRow) and kind is Kind.POINT_NUMBER:
        return ", ".join(map(str, row.points))
    if isinstance(row, TermRow) and kind is Kind.TERM_PARTY:
        return f"{'; '.join(row.gives)}|{'; '.join(row.gets)}"
    if kind is Kind.WRONG_SPAN:
        return row.words
    return row.chain[-1].name if isinstance(row, StatementRow) and kind is Kind.GRADE and row.chain else ""

"""The page of one statement's chain: every link with the words it stands on, how it knows, and how surely it speaks."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.ledger import Ledger
from reportedly.records import Certainty, Reading, Reason, Spans, Statement, shown
from reportedly.views.from_reading import Filler, link_of
from reportedly.views.pages import LinkRow, Place, ReasonRow, StepRow


def steps_of(ledger: Ledger, article: str, local: str) -> tuple[StepRow, ...]:
    """The links of a kept statement; `article` is the ledger's id of its article, `local` the statement's own."""
    filler, statement = _found(ledger, article, local)
    return tuple(_steps(statement, filler))


def reasons_of(ledger: Ledger, article: str, local: str) -> tuple[ReasonRow, ...]:
    """What each rule of certainty contributed to a kept statement, in the order in which they spoke."""
    filler, statement = _found(ledger, article, local)
    return tuple(_reason(reason, filler) for reason in statement.reasons)


def drift_of(ledger: Ledger, article: str, local: str) -> tuple[str, ...]:
    """What the article's notes say of the same content told elsewhere in it."""
    reading = ledger.reading(article)
    return tuple(n.text for n in reading.notes if n.about == "drift" and local in n.text.replace(",", " ").split())


def _found(ledger: Ledger, article: str, local: str) -> tuple[Filler, Statement]:
    filler = Filler(ledger.reading(article))
    return filler, filler.statements[local]


def _steps(statement: Statement, filler: Filler) -> Iterator[StepRow]:
    links = {link.source: link for link in statement.links}
    for depth, source in enumerate(statement.chain):
        link, value = links.get(source), _certainty(statement, depth, filler.reading)
        why = _deciding(statement, depth, value)
        yield StepRow(
            link=_row(source, filler),
            basis=link.basis if link else None,
            place=_place(link.spans if link else (), filler),
            knows=link.knows if link else None,
            knows_words=shown(link.knows_spans, filler.document.text) if link else "",
            certainty=value,
            why=_reason(why, filler) if why else None,
        )


def _row(source: str, filler: Filler) -> LinkRow:
    return link_of(filler.reading.source(source))


def _place(spans: Spans, filler: Filler) -> Place | None:
    return filler.place(spans) if spans else None


def _certainty(statement: Statement, depth: int, reading: Reading) -> Certainty | None:
    """What a link vouches for: the ends by the statement itself, one between by its own statement around this one."""
    if depth == 0:
        return statement.certainty_outlet
    if depth == len(statement.chain) - 1:
        return statement.certainty_source
    by_id = {s.id: s for s in reading.statements}
    held = by_id.get(statement.parent or "")
    while held is not None:
        if held.chain[-1] == statement.chain[depth]:
            return held.certainty_source
        held = by_id.get(held.parent or "") if held.parent != held.id else None
    return None


def _deciding(statement: Statement, depth: int, value: Certainty | None) -> Reason | None:
    """The reason that decided the certainty of one of a chain's ends."""
    sides = {0: "outlet"} | ({len(statement.chain) - 1: "source"} if len(statement.chain) > 1 else {})
    said = [r for r in statement.reasons if r.side == sides.get(depth) and r.value == value]
    return said[-1] if said else None


def _reason(reason: Reason, filler: Filler) -> ReasonRow:
    return ReasonRow(
        side=reason.side,
        value=reason.value,
        rule=reason.rule,
        words=shown(reason.words, filler.document.text),
        spans=reason.words,
    )

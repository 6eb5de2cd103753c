"""What people said, the newest first, with a way to take it back."""

from __future__ import annotations

from reportedly.ledger import Correction, Kind
from reportedly.views.web.asking import ID, Asked
from reportedly.views.web.corrections import judgement_of
from reportedly.views.web.desk import Desk
from reportedly.views.web.handling_pages import JudgementsPage
from reportedly.views.web.pages import Judgement

ROWS = 50


def judgements_page(desk: Desk, asked: Asked) -> JudgementsPage:
    """A page of judgements."""
    said = desk.memo("corrections", lambda: desk.ledger.corrections()[::-1])
    start = (asked.page - 1) * ROWS
    return JudgementsPage(asked=asked, total=len(said), rows=tuple(map(_row, said[start : start + ROWS + 1])))


def _row(correction: Correction) -> tuple[Judgement, str, str | None, str]:
    """The judgement, the words it is about, the address of its thing, and what that is called."""
    words = correction.words or ", ".join(correction.about)
    return judgement_of(correction), words, _address(correction), correction.kind.value


def _address(correction: Correction) -> str | None:
    """The thing's page; its article where it is given out no more."""
    if correction.kind is Kind.NOT_A_STATEMENT or not correction.about:
        return f"/article/{correction.articles[0][:ID]}" if correction.articles else None
    sort = (correction.before or {}).get("id", "st")[:2] if isinstance(correction.before, dict) else "st"
    page = {"st": "statement", "te": "term", "po": "position", "en": "encounter"}.get(sort, "statement")
    thing = correction.about[0]
    return f"/{page}/{thing[:ID]}" if len(thing) == 32 and thing.isalnum() else None

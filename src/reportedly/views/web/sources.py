"""Sources: who is cited by whom, how many are unnamed, and how they are described."""

from __future__ import annotations

from reportedly.ledger import browsing
from reportedly.views.web.asking import Asked
from reportedly.views.web.desk import Desk
from reportedly.views.web.pages import SourcesPage

ROWS = 40
MOST = 1000
"""Sources of a kind that are listed, over all pages."""


def sources_page(desk: Desk, asked: Asked) -> SourcesPage:
    """A page of the sources, named and not, and of the outlets."""
    named, unnamed, outlets, citations = desk.memo(("sources", asked.query()), lambda: _lists(desk, asked))
    rows = slice((asked.page - 1) * ROWS, asked.page * ROWS + 1)
    return SourcesPage(
        asked=asked, named=named[rows], unnamed=unnamed[rows], outlets=outlets[rows], citations=citations
    )


def _lists(desk: Desk, asked: Asked) -> Lists:
    scope = asked.scope(limit=MOST)
    with desk.ledger.asking() as connection:
        return (
            browsing.cited(connection, scope, named=True),
            browsing.cited(connection, scope, named=False),
            browsing.leanings(connection, scope),
            browsing.citations(connection, asked.scope(limit=ROWS)),
        )


Lists = tuple[
    tuple[browsing.Cited, ...],
    tuple[browsing.Cited, ...],
    tuple[browsing.Leaning, ...],
    tuple[tuple[str | None, str, int], ...],
]

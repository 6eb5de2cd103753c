"""Sources: who is cited by whom, how many are unnamed, and how they are described."""

from __future__ import annotations

from reportedly.ledger import browsing
from reportedly.views.web.asking import Asked
from reportedly.views.web.desk import Desk
from reportedly.views.web.pages import SourcesPage

ROWS = 40


def sources_page(desk: Desk, asked: Asked) -> SourcesPage:
    """A page of the sources, named and not, and of the outlets."""
    return desk.memo(("sources", asked.query(page=asked.page)), lambda: _sources(desk, asked))


def _sources(desk: Desk, asked: Asked) -> SourcesPage:
    scope = asked.paged(ROWS)
    with desk.ledger.asking() as connection:
        return SourcesPage(
            asked=asked,
            named=browsing.cited(connection, scope, named=True),
            unnamed=browsing.cited(connection, scope, named=False),
            outlets=browsing.leanings(connection, scope),
            citations=browsing.citations(connection, asked.scope(limit=ROWS)),
        )

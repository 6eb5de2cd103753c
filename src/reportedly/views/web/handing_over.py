"""The brief and the files that are handed to others."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportedly.ledger import browsing, queries
from reportedly.views.brief import brief_page as html_brief
from reportedly.views.web.asking import Asked, AskedWrongly, read_asked
from reportedly.views.web.desk import Desk
from reportedly.views.web.pages import BriefPage

TITLE = "What is on the table"
MOST_ARTICLES = 500
"""Articles in one brief: a longer one is no brief."""

_NAMES = 200
_OPEN = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
)


def brief_page(desk: Desk, asked: Asked) -> BriefPage:
    """What can be handed over, and what it can be narrowed to."""
    with desk.ledger.asking() as connection:
        articles = queries.count_articles(connection, asked.scope())
        plans = browsing.plan_names(connection, {"limit": _NAMES})
        parties = browsing.party_names(connection, {"limit": _NAMES})
    return BriefPage(
        asked=asked,
        articles=articles,
        plans=tuple(p.name for p in plans),
        parties=tuple(p.name for p in parties),
        stories=desk.ledger.stories(),
        formats=(("/brief.html", "HTML, one file that prints well"),),
    )


def routes(desk: Desk) -> list[Route]:
    """The addresses of files."""
    return [Route("/brief.html", _html(desk))]


def _html(desk: Desk) -> Callable[[Request], Response]:
    def reply(request: Request) -> Response:
        asked = read_asked(request.query_params)
        with desk.ledger.asking() as connection:
            number = queries.count_articles(connection, asked.scope())
        if number > MOST_ARTICLES:
            raise AskedWrongly(f"{number} articles are too many for one brief; narrow it by date, story or outlet")
        readings = (reading for _, reading in desk.ledger.readings(**asked.scope()))
        # The brief is a page of its own, with its style in it: nothing in it may run, or reach the desk.
        return Response(
            html_brief(readings, title=TITLE), media_type="text/html", headers={"content-security-policy": _OPEN}
        )

    return reply

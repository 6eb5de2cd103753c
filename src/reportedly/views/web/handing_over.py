"""The brief and the files that are handed to others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportedly.ledger import queries
from reportedly.views.brief_files import TYPES as BRIEF_TYPES
from reportedly.views.brief_files import BriefFormat, brief_file
from reportedly.views.briefing import Wanted
from reportedly.views.exports import TYPES as EXPORT_TYPES
from reportedly.views.exports import ExportFormat, export_bytes
from reportedly.views.exports_tables import Exported
from reportedly.views.web.asking import Asked, AskedWrongly, read_asked
from reportedly.views.web.choosing import choices
from reportedly.views.web.desk import Desk
from reportedly.views.web.handling_pages import BriefPage

TITLE = "What is on the table"
MOST_ARTICLES = 500
"""Articles in one brief: a longer one is no brief."""

_OPEN = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)
_FORMATS = (
    ("/brief.html", "HTML, one file that prints well"),
    ("/brief.docx", "Word, a footnote to every sentence"),
    ("/brief.md", "Markdown"),
)
_EXPORTS = {
    ExportFormat.XLSX: "Excel, every table",
    ExportFormat.CSV: "CSV, every table in a zip",
    ExportFormat.ICS: "iCalendar, the meetings that have a day",
    ExportFormat.JSONL: "the records, JSON Lines",
    ExportFormat.PROV: "provenance, W3C PROV",
    ExportFormat.CORRECTIONS: "what people corrected, as training data",
}


def brief_page(desk: Desk, asked: Asked) -> BriefPage:
    """What can be handed over, and what it can be narrowed to."""
    with desk.ledger.asking() as connection:
        articles = queries.count_articles(connection, asked.scope())
    named = choices(desk)
    return BriefPage(
        asked=asked,
        articles=articles,
        most=MOST_ARTICLES,
        plans=named.plans,
        parties=named.parties,
        stories=named.stories,
        formats=_FORMATS,
        exports=tuple((f"/export/{format.value}", name) for format, name in _EXPORTS.items()),
    )


def routes(desk: Desk) -> list[Route]:
    """The addresses of files."""
    alone = threading.Lock()
    briefs = [Route(f"/brief.{format.value}", _brief(desk, format, alone)) for format in BriefFormat]
    return [*briefs, *(Route(f"/export/{format.value}", _export(desk, format, alone)) for format in ExportFormat)]


def _brief(desk: Desk, format: BriefFormat, alone: threading.Lock) -> Callable[[Request], Response]:
    def reply(request: Request) -> Response:
        asked = read_asked(request.query_params)
        with desk.ledger.asking() as connection:
            number = queries.count_articles(connection, asked.scope())
        if number > MOST_ARTICLES:
            raise AskedWrongly(f"{number} articles are too many for one brief; narrow it by date, story or outlet")
        wanted = Wanted(plan=asked.plan, party=asked.party, since=asked.since)
        with _one_at_a_time(alone):
            content = brief_file(desk.ledger, format, title=TITLE, wanted=wanted, **asked.scope())
        response = Response(content, media_type=BRIEF_TYPES[format])
        if format is BriefFormat.HTML:
            # A page of its own, with its style in it: nothing in it may run, or reach the desk.
            response.headers["content-security-policy"] = _OPEN
        else:
            response.headers["content-disposition"] = f'attachment; filename="brief.{format.value}"'
        return response

    return reply


def _export(desk: Desk, format: ExportFormat, alone: threading.Lock) -> Callable[[Request], Response]:
    def reply(request: Request) -> Response:
        asked = read_asked(request.query_params)
        with _one_at_a_time(alone):
            content = export_bytes(Exported(desk.ledger, asked.scope()), format)
        media_type, name = EXPORT_TYPES[format]
        return Response(
            content, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'}
        )

    return reply


@contextmanager
def _one_at_a_time(alone: threading.Lock) -> Iterator[None]:
    """A large file takes memory and time; two at once would take twice as much."""
    if not alone.acquire(timeout=60):
        raise AskedWrongly("another file is being made; ask for this one again when it is done")
    try:
        yield
    finally:
        alone.release()

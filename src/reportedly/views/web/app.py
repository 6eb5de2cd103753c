"""The desk as a web application: which address shows what."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from reportedly.errors import LedgerError, ReportedlyError
from reportedly.ledger import Ledger
from reportedly.views.web import correcting, handing_over
from reportedly.views.web.adding import Adding, RefusedError
from reportedly.views.web.again import STALE, again_page, keep
from reportedly.views.web.article import article_page
from reportedly.views.web.asking import Asked, AskedWrongly, read_asked
from reportedly.views.web.changes import changes_page
from reportedly.views.web.choosing import choices
from reportedly.views.web.claims import claim_page, claims_page
from reportedly.views.web.comparing import Comparing
from reportedly.views.web.desk import Desk, NotFound
from reportedly.views.web.graphs import drawn, strip_of
from reportedly.views.web.handing_in import add_page, handed_in
from reportedly.views.web.judgements import judgements_page
from reportedly.views.web.memo import Memo
from reportedly.views.web.parties import parties_page, party_page
from reportedly.views.web.places import load_world, map_page, picture_of
from reportedly.views.web.record import SORTS, record_page
from reportedly.views.web.safety import Guard, TooLargeError, back_to, same
from reportedly.views.web.search import search_page
from reportedly.views.web.settings import Settings
from reportedly.views.web.showing import STATIC, Showing
from reportedly.views.web.sources import sources_page
from reportedly.views.web.start import articles_page, name_of, start_page
from reportedly.views.web.table import table_page
from reportedly.views.web.timeline import timeline_page

Fill = Callable[[Desk, Request], Any]
_NAME_KEPT = 365 * 86400
_LARGE = 3
"""Very long articles that are kept at hand while somebody turns their pages."""


def desk_app(
    ledger: Ledger, settings: Settings, *, dossier: str | None = None, examples: Path | None = None
) -> Starlette:
    """The application over a ledger. `dossier` is TOML for the reader, `examples` a folder of articles to try."""
    showing = Showing(name=name_of(ledger.where))
    comparing = Comparing(ledger)
    most, patience = settings.most_files, settings.reading_time
    adding = Adding(ledger, dossier=dossier, patience=patience, most_files=most, done=comparing.begin)
    desk = Desk(ledger, settings, showing, Memo(ledger), Memo(ledger, most=_LARGE), adding, comparing, examples)
    app = Starlette(
        routes=[
            *_pages(desk),
            *_changes(desk),
            *handing_over.routes(desk),
            Mount("/static", _Static(directory=STATIC)),
        ],
        exception_handlers=_handlers(desk),
    )
    app.add_middleware(Guard, settings=settings, showing=showing)
    app.state.desk = desk
    return app


def begin(app: Starlette) -> None:
    """Find, beside the first pages, what takes long to find: what holds across articles, and the map."""
    app.state.desk.comparing.begin()
    threading.Thread(target=load_world, daemon=True).start()


class _Static(StaticFiles):
    """Files that a browser may keep: their addresses change with them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "private, max-age=86400"
        return response


def _pages(desk: Desk) -> list[Route]:
    plain: dict[str, tuple[str, Callable[[Desk, Asked], Any]]] = {
        "/table": ("table.html", table_page),
        "/articles": ("articles.html", articles_page),
        "/claims": ("claims.html", claims_page),
        "/parties": ("parties.html", parties_page),
        "/party": ("party.html", party_page),
        "/timeline": ("timeline.html", timeline_page),
        "/map": ("map.html", map_page),
        "/changes": ("changes.html", changes_page),
        "/sources": ("sources.html", sources_page),
        "/search": ("search.html", search_page),
        "/judgements": ("judgements.html", judgements_page),
        "/brief": ("brief.html", handing_over.brief_page),
    }
    routes = [route for path, (template, fill) in plain.items() for route in _both(desk, path, template, _asked(fill))]
    routes += _both(desk, "/", "start.html", _asked(start_page), twin="/start.json")
    routes += _both(desk, "/article/{id}", "article.html", _article)
    routes += _both(desk, "/claim/{id}", "claim.html", lambda d, r: claim_page(d, r.path_params["id"]))
    routes += _both(desk, "/add", "add.html", lambda d, r: add_page(d))
    for sort in SORTS:
        routes += _both(desk, f"/{sort}/{{id}}", "record.html", _record(sort))
    return [*routes, Route("/add/jobs", _jobs(desk)), Route("/favicon.ico", _icon)]


def _asked(fill: Callable[[Desk, Asked], Any]) -> Fill:
    return lambda desk, request: fill(desk, read_asked(request.query_params))


def _article(desk: Desk, request: Request) -> Any:
    query = request.query_params
    return article_page(
        desk, request.path_params["id"], at=_number(query.get("at"), least=0), part=_number(query.get("part"), least=1)
    )


def _number(word: str | None, *, least: int) -> int | None:
    if word is None:
        return None
    if not word.isascii() or not word.isdigit() or len(word) > 9 or int(word) < least:
        raise AskedWrongly(f"{word!r} is no place in an article; give a number from {least} on")
    return int(word)


def _record(sort: str) -> Fill:
    return lambda desk, request: record_page(desk, sort, request.path_params["id"])


def _both(desk: Desk, path: str, template: str, fill: Fill, *, twin: str | None = None) -> list[Route]:
    """A page as HTML and its twin as JSON; a browser's script may ask for a part of it."""

    def html(request: Request) -> Response:
        part = "forms.html" if template == "record.html" and "hx-request" in request.headers else template
        back = back_to(request.query_params.get("back"), otherwise="")
        page, named = fill(desk, request), partial(choices, desk)
        return desk.showing.html(request, part, page, back=back, choices=named, **_DRAWN)

    def json(request: Request) -> Response:
        return desk.showing.json(fill(desk, request))

    return [Route(twin or f"{path}.json", json), Route(path, html)]


_DRAWN: dict[str, Any] = {
    "strip_of": strip_of,
    "picture_of": picture_of,
    "drawn": drawn,
}


def _jobs(desk: Desk) -> Callable[[Request], Response]:
    return lambda request: desk.showing.html(request, "jobs.html", add_page(desk))


def _icon(request: Request) -> Response:
    return RedirectResponse("/static/icon.svg", status_code=301)


def _changes(desk: Desk) -> list[Route]:
    """The addresses that change something."""

    async def correct(request: Request) -> Response:
        form = await _form(desk, request)
        await run_in_threadpool(correcting.say, desk, form)
        return _kept(form)

    async def undo(request: Request) -> Response:
        form = await _form(desk, request)
        await run_in_threadpool(correcting.take_back, desk, form)
        return _kept(form)

    async def add(request: Request) -> Response:
        files, known, form = await handed_in(request, desk.settings)
        _check(desk, request, form)
        await run_in_threadpool(desk.adding.hand_in, files, known)
        return RedirectResponse("/add", status_code=303)

    async def add_examples(request: Request) -> Response:
        await _form(desk, request)
        if desk.examples is None:
            raise NotFound("This desk was started without examples.")
        await run_in_threadpool(desk.adding.hand_in_folder, desk.examples)
        return RedirectResponse("/add", status_code=303)

    changes = {"/correct": correct, "/undo": undo, "/add": add, "/add/examples": add_examples}
    return [Route(path, change, methods=["POST"]) for path, change in changes.items()]


async def _form(desk: Desk, request: Request) -> dict[str, str]:
    async with request.form(max_files=0, max_fields=40) as fields:
        form = {name: value for name, value in fields.items() if isinstance(value, str)}
    keep(request, form)
    _check(desk, request, form)
    return form


def _check(desk: Desk, request: Request, form: dict[str, str]) -> None:
    """Raises HTTPException where the form was not made by a page of this desk for this visitor."""
    if not same(form.get("csrf", ""), request.state.csrf):
        raise HTTPException(
            403, "This form is too old, or was not made by this desk. Reload its page and send it again."
        )


def _kept(form: dict[str, str]) -> Response:
    """Back to where the form was, with the name remembered."""
    response = RedirectResponse(back_to(form.get("back"), otherwise="/judgements"), status_code=303)
    name = form.get("by", "").strip()[:120]
    if name.isascii() and name.replace(" ", "").replace(".", "").replace("-", "").isalnum():
        response.set_cookie("reportedly_name", name, httponly=True, samesite="lax", max_age=_NAME_KEPT)
    return response


def _handlers(desk: Desk) -> dict[Any, Callable[[Request, Exception], Response]]:
    """What is said of each kind of failure; never where anything lies on this machine."""

    def reply(request: Request, status: int, reason: str) -> Response:
        plain = reason.replace(desk.ledger.where, "this ledger")
        if again := again_page(request, status, STALE if status == 403 else plain):
            return desk.showing.html(request, "again.html", again, status=status)
        return desk.showing.error(status, plain, json=request.url.path.endswith(".json"))

    def own(request: Request, error: Exception) -> Response:
        unknown = isinstance(error, LedgerError) and (": no " in str(error) or ": several " in str(error))
        return reply(request, 404 if unknown else 503 if isinstance(error, LedgerError) else 400, _sentence(str(error)))

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        reasons = {404: "There is no page at that address.", 405: "That address takes no such request."}
        return reply(request, error.status_code, reasons.get(error.status_code, str(error.detail)))

    def too_large(request: Request, error: Exception) -> Response:
        raise error

    return {
        NotFound: lambda request, error: reply(request, 404, getattr(error, "reason", "")),
        AskedWrongly: lambda request, error: reply(request, 400, _sentence(str(error))),
        RefusedError: lambda request, error: reply(request, 400, _sentence(str(error))),
        ReportedlyError: own,
        HTTPException: http,
        TooLargeError: too_large,
        Exception: lambda request, error: reply(
            request, 500, "Something went wrong here. It was noted where the desk was started; nothing was changed."
        ),
    }


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:] + ("" if reason.endswith(".") else ".")

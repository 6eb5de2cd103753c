"""Pages made HTML or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from reportedly.records import Act, Certainty, Topic
from reportedly.views import wording
from reportedly.views.web.again import OPTIONS
from reportedly.views.web.asking import Addresses, Asked, Kind
from reportedly.views.web.handling_pages import ErrorPage
from reportedly.views.web.pages import as_json

TITLES = {
    400: "That cannot be asked",
    401: "A token is needed",
    403: "Not done",
    404: "Nothing is kept there",
    405: "That cannot be done there",
    409: "Not as it was",
    413: "Too much at once",
    421: "Unknown name",
    500: "The desk failed",
    503: "The ledger does not answer",
}
HERE = Path(__file__).parent
STATIC = HERE / "static"


class Showing:
    """Turns pages into replies, in the desk's look."""

    def __init__(self, *, name: str) -> None:
        self._environment = _environment()
        self._environment.globals.update(ledger_name=name)

    def html(self, request: Request, template: str, page: Any, *, status: int = 200, **more: Any) -> HTMLResponse:
        """A page as HTML."""
        return HTMLResponse(self.text(template, page, request=request, **more), status_code=status)

    def text(self, template: str, page: Any, *, request: Request | None = None, **more: Any) -> str:
        """A page's HTML, or that of a part of it."""
        return self._environment.get_template(template).render(
            page=page,
            asked=getattr(page, "asked", Asked()),
            path=request.url.path if request else "",
            query=request.url.query if request else "",
            csrf=getattr(request.state, "csrf", "") if request else "",
            who=request.cookies.get("reportedly_name", "") if request else "",
            **more,
        )

    def json(self, page: Any, *, status: int = 200) -> JSONResponse:
        """A page as JSON."""
        return JSONResponse(as_json(page), status_code=status)

    def error(self, status: int, reason: str, *, template: str = "error.html", json: bool = False) -> Response:
        """What went wrong, in the look of the desk."""
        page = ErrorPage(status=status, title=TITLES.get(status, "That did not work"), reason=reason)
        if json:
            return self.json(page, status=status)
        return HTMLResponse(self.text(template, page), status_code=status)


def _finalized(value: Any) -> Any:
    """Any value that the templates print; what is markup already is made of values that went through here."""
    return wording.harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _named(words: str) -> Markup:
    """A name as an article prints it: it does not turn the words around it, and one without end is cut."""
    return Markup("<bdi>") + escape(wording.harmless(wording.bounded(words))) + Markup("</bdi>")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reportedly.views.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        words=wording,
        to=Addresses,
        topics=tuple(Topic),
        certainties=tuple(Certainty),
        acts=tuple(Act),
        options=OPTIONS,
        listed=tuple(Kind),
        version=_version(),
        range=range,
        dict=dict,
    )
    environment.filters["named"] = _named
    environment.filters["typed"] = lambda words: Markup(escape(words))
    environment.tests["url"] = lambda value: isinstance(value, str) and value.startswith(("http://", "https://"))
    return environment


def _version() -> str:
    """Changes with the style and the scripts, so that a browser does not keep old ones."""
    return format(max(int(path.stat().st_mtime) for path in STATIC.glob("desk.*")), "x")

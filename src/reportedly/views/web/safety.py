"""What stands between the network and the desk: who may call it, by which name, how much they may send.

One ASGI layer around everything, so that no page can be reached beside it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportedly.views.web.settings import Settings
from reportedly.views.web.showing import Showing

VISITOR = "reportedly_visitor"
TOKEN = "reportedly_token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class TooLargeError(Exception):
    """More was sent than is taken."""


class Guard:
    """Refuses what does not come from the desk's own pages, or from somebody who has its token."""

    def __init__(self, app: ASGIApp, settings: Settings, showing: Showing) -> None:
        self._app, self._settings, self._showing = app, settings, showing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookies = _cookies(headers)
        visitor = cookies.get(VISITOR, "")
        fresh = not _well_formed(visitor)
        if fresh:
            visitor = secrets.token_urlsafe(24)
        scope.setdefault("state", {})["visitor"] = visitor
        scope["state"]["csrf"] = csrf_of(self._settings, visitor)
        scope["state"]["own"] = _surely_own(headers)
        answer = self._refusal(scope, headers, cookies)
        sending = _Dressed(send, visitor if fresh else None)
        if answer is not None:
            await answer(scope, receive, sending)
            return
        bounded = _Bounded(receive, self._most(scope["path"]))
        if bounded.declared_too_much(headers):
            await self._showing.error(413, self._too_large(scope["path"]))(scope, receive, sending)
            return
        try:
            await self._app(scope, bounded, sending)
        except TooLargeError:
            if not sending.started:
                await self._showing.error(413, self._too_large(scope["path"]))(scope, receive, sending)

    def _refusal(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Response | None:
        host = headers.get("host", "")
        if not self._settings.knows(host):
            return self._showing.error(
                421, "This desk is not known by that name. Use the address it printed at its start."
            )
        if scope["method"] not in _SAFE and not _same_origin(headers, host):
            return self._showing.error(403, "This change was sent from another site, and was not made.")
        if self._settings.token is None or scope["path"].startswith("/static/"):
            return None
        return self._without_token(scope, cookies)

    def _without_token(self, scope: Scope, cookies: dict[str, str]) -> Response | None:
        """The answer to whoever does not have the token; a first visit with it gets a cookie."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in query if name == "token"]
        if given and scope["method"] in _SAFE and self._is_token(given[-1]):
            rest = urlencode([pair for pair in query if pair[0] != "token"])
            answer = Response(
                status_code=303, headers={"location": _path(scope["path"]) + (f"?{rest}" if rest else "")}
            )
            answer.set_cookie(TOKEN, sealed(self._settings), httponly=True, samesite="lax", max_age=30 * 86400)
            return answer
        if hmac.compare_digest(cookies.get(TOKEN, "").encode(), sealed(self._settings).encode()):
            return None
        wrong = "That is not the token of this desk." if given else "This desk asks for its token."
        return self._showing.error(401, f"{wrong} It was printed where the desk was started.", template="token.html")

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), (self._settings.token or "").encode())

    def _most(self, path: str) -> int:
        return self._settings.most_upload if path == "/add" else self._settings.most_form

    def _too_large(self, path: str) -> str:
        most = self._most(path)
        shown = f"{most // 1024 // 1024} MB" if most >= 1024 * 1024 else f"{most // 1024} kB"
        return f"That is more than the {shown} that are taken at once. Hand in fewer or smaller files."


class _Bounded:
    """A request's body, as much of it as is taken."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most, self._seen = receive, most, 0

    def declared_too_much(self, headers: Headers) -> bool:
        length = headers.get("content-length", "0")
        return not length.isdigit() or int(length) > self._most

    async def __call__(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > self._most:
            raise TooLargeError
        return message


class _Dressed:
    """A reply with the headers that every reply has."""

    def __init__(self, send: Send, visitor: str | None) -> None:
        self._send, self._visitor, self.started = send, visitor, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
            if self._visitor:
                headers.append("set-cookie", f"{VISITOR}={self._visitor}; HttpOnly; Path=/; SameSite=strict")
        await self._send(message)


def csrf_of(settings: Settings, visitor: str) -> str:
    """What a form must bring along: only pages of this desk, shown to this visitor, hold it."""
    return hmac.new(settings.secret, f"csrf {visitor}".encode(), hashlib.sha256).hexdigest()


def sealed(settings: Settings) -> str:
    """What the cookie of somebody who has the token holds: not the token itself."""
    key = hashlib.sha256(b"reportedly desk" + (settings.token or "").encode()).digest()
    return hmac.new(key, b"token", hashlib.sha256).hexdigest()


def same(given: str, wanted: str) -> bool:
    """Compared in a time that does not tell how much of it is right."""
    return hmac.compare_digest(given.encode(), wanted.encode())


def back_to(given: str | None, *, otherwise: str) -> str:
    """A path of this desk to go back to, never an address elsewhere."""
    parts = urlsplit(given or "")
    plain = bool(given) and not parts.scheme and not parts.netloc and parts.path.startswith("/")
    if not plain or (given or "").startswith("//") or "\\" in (given or "") or _steers(given or ""):
        return otherwise
    return given or otherwise


def _steers(text: str) -> bool:
    return any(ord(letter) < 32 or ord(letter) == 127 for letter in text)


def _path(path: str) -> str:
    """A path as an address of this desk: `//elsewhere` would lead to another host."""
    return "/" + quote(path.lstrip("/"), safe="/.-_~")


def _same_origin(headers: Headers, host: str) -> bool:
    """Whether the browser says the change comes from one of the desk's own pages. CSRF tokens are asked for besides."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or (origin != "null" and urlsplit(origin).netloc.casefold() == host.casefold())


def _surely_own(headers: Headers) -> bool:
    """Whether the browser says so of itself; one that says nothing is not believed where a form is given back."""
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc.casefold() == headers.get("host", "").casefold()
    return headers.get("sec-fetch-site") == "same-origin"


def _cookies(headers: Headers) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    for line in _each(headers, "cookie"):
        try:
            jar.load(line)
        except CookieError:
            continue
    return {name: morsel.value for name, morsel in jar.items()}


def _each(headers: Headers, name: str) -> Iterable[str]:
    return headers.getlist(name)


def _well_formed(visitor: str) -> bool:
    return 20 <= len(visitor) <= 64 and all(c.isascii() and (c.isalnum() or c in "-_") for c in visitor)

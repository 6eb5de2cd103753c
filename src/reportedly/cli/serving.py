"""The command that opens the desk."""

from __future__ import annotations

import secrets
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.app import app
from reportedly.cli.options import DossierFile, LedgerFile, TimeLimit
from reportedly.cli.terminal import guarded, say
from reportedly.config import READING_SECONDS
from reportedly.errors import DossierError
from reportedly.run import find_examples

if TYPE_CHECKING:
    from starlette.applications import Starlette

Host = Annotated[str, typer.Option(metavar="ADDRESS", help="Where it listens; any but this machine asks for a token.")]
Port = Annotated[int, typer.Option(metavar="NUMBER", min=0, max=65535, help="On which port; 0 takes a free one.")]
Token = Annotated[
    str | None, typer.Option(metavar="WORD", envvar="REPORTEDLY_TOKEN", help="Ask for this; one is drawn where needed.")
]
Names = Annotated[
    list[str] | None, typer.Option("--name", metavar="NAME", help="A further name that browsers call this machine by.")
]
_LEAST_TOKEN = 12


@app.command()
@guarded
def serve(
    ledger: LedgerFile,
    host: Host = "127.0.0.1",
    port: Port = 8765,
    token: Token = None,
    name: Names = None,
    dossier: DossierFile = None,
    time_limit: TimeLimit = READING_SECONDS,
) -> None:
    """Open the desk: the ledger in a browser.

    To read, check, correct and add to, and to hand over a brief. It makes the ledger if there is none, and answers
    this machine only unless another address is given.

    \b
    Example:
      reportedly serve --ledger talks.db
    """
    from reportedly.ledger import open_ledger
    from reportedly.views.web import Settings, begin, desk_app
    from reportedly.views.web.settings import is_local

    if token is not None and len(token) < _LEAST_TOKEN:
        raise typer.BadParameter(f"a token has at least {_LEAST_TOKEN} characters", param_hint="--token")
    if token is None and not is_local(host):
        token = secrets.token_urlsafe(18)
    names = frozenset(n.casefold() for n in name or ())
    settings = Settings(host=host, port=port, token=token, hosts=names, reading_time=time_limit)
    with open_ledger(ledger) as kept:
        desk = desk_app(kept, settings, dossier=_text(dossier), examples=find_examples())
        begin(desk)
        _run(desk, host, port, token)


def _run(desk: Starlette, host: str, port: int, token: str | None) -> None:
    """Serve until it is stopped, and say where once it answers."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            say(f"the desk is open at {_address(host, bound.getsockname()[1], token)} (Ctrl+C closes it)")

    bound = _bound(host, port)
    config = uvicorn.Config(desk, log_level="warning", access_log=False, server_header=False)
    Server(config).run(sockets=[bound])


def _bound(host: str, port: int) -> socket.socket:
    """A socket that holds the port. Raises BadParameter where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio else lets small answers wait for 40 ms (no TCP_NODELAY).
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        reason = error.strerror or str(error)
        raise typer.BadParameter(f"{host} port {port} cannot be had ({reason}); choose another with --port") from None
    return bound


def _text(path: Path | None) -> str | None:
    if path is None:
        return None
    from reportedly.reading.dossier import parse_dossier

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DossierError(f"{path}: cannot be read ({error}); pass a TOML file") from error
    parse_dossier(text, str(path))
    return text


def _address(host: str, port: int, token: str | None) -> str:
    """What to open in a browser on this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host) or (f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/{f'?token={token}' if token else ''}"

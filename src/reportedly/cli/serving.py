"""The command that opens the desk."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.app import app
from reportedly.cli.options import DossierFile, LedgerFile
from reportedly.cli.terminal import guarded, say
from reportedly.errors import DossierError
from reportedly.run import find_examples

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
) -> None:
    """Open the desk: the ledger in a browser.

    To read, check, correct and add to, and to hand over a brief. It makes the ledger if there is none, and answers
    this machine only unless another address is given.

    \b
    Example:
      reportedly serve --ledger talks.db
    """
    import uvicorn

    from reportedly.ledger import open_ledger
    from reportedly.views.web import Settings, desk_app
    from reportedly.views.web.settings import is_local

    if token is not None and len(token) < _LEAST_TOKEN:
        raise typer.BadParameter(f"a token has at least {_LEAST_TOKEN} characters", param_hint="--token")
    if token is None and not is_local(host):
        token = secrets.token_urlsafe(18)
    names = frozenset(n.casefold() for n in name or ())
    settings = Settings(host=host, port=port, token=token, hosts=names)
    with open_ledger(ledger) as kept:
        desk = desk_app(kept, settings, dossier=_text(dossier), examples=find_examples())
        desk.state.desk.comparing.begin()
        config = uvicorn.Config(desk, host=host, port=port, log_level="warning", access_log=False, server_header=False)
        listening = config.bind_socket()
        say(_announced(host, listening.getsockname()[1], token))
        uvicorn.Server(config).run(sockets=[listening])


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


def _announced(host: str, port: int, token: str | None) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"the desk is open at http://{shown}:{port}/{f'?token={token}' if token else ''} (Ctrl+C closes it)"

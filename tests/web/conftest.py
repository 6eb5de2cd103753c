"""A desk over the golden readings, and browsers to look at it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from reportedly.ledger import Ledger, open_ledger
from reportedly.reconciliation import reconcile
from reportedly.records import Reading
from reportedly.run import find_examples
from reportedly.views.web import Settings, desk_app

BASE = "http://127.0.0.1:8765"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, readings: list[Reading], awkward: Reading) -> Path:
    """The file of a ledger that holds the golden readings, compared once for all."""
    path = tmp_path_factory.mktemp("desk") / "talks.db"
    with open_ledger(path) as kept:
        for reading in (*readings, awkward):
            kept.add(reading)
        reconcile(kept)
    return path


@pytest.fixture
def ledger(tmp_path: Path, filled: Path) -> Iterator[Ledger]:
    shutil.copy(filled, tmp_path / "talks.db")
    with open_ledger(tmp_path / "talks.db") as kept:
        yield kept


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "new.db") as kept:
        yield kept


@pytest.fixture
def client(ledger: Ledger) -> TestClient:
    return client_of(ledger)


def client_of(ledger: Ledger, **settings: Any) -> TestClient:
    app = desk_app(ledger, Settings(**settings), examples=find_examples())
    return TestClient(app, base_url=BASE, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def make_client() -> Callable[..., TestClient]:
    return client_of


def csrf_in(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found, "the page has no form"
    return found[1]


@pytest.fixture
def csrf(client: TestClient) -> str:
    """What a form of this visitor must bring along."""
    return csrf_in(client.get("/add").text)


@contextmanager
def served(ledger: Ledger) -> Iterator[str]:
    """A desk on a free port of this machine; its address."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    settings = Settings(port=port)
    app = desk_app(ledger, settings, examples=find_examples())
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < until, "the server did not start"
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
        app.state.desk.adding.close()


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[str]:
    with served(ledger) as address:
        yield address


@pytest.fixture
def empty_desk(empty: Ledger) -> Iterator[str]:
    with served(empty) as address:
        yield address


def find_chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium as the system has it."""
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium found: `make browser` installs Debian's, or set CHROMIUM to the path of one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def watched(browser: Any) -> Iterator[Callable[..., Any]]:
    """Makes pages that note every complaint of the console and every request to another host."""
    contexts, wrong = [], []

    def make(**options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: wrong.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        page.on("request", lambda r: wrong.append(f"request: {r.url}") if _elsewhere(r.url) else None)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not wrong


def _elsewhere(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "data:", "about:", "blob:"))

"""The command that opens the desk."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

COMMAND = (sys.executable, "-m", "reportedly", "serve")
ADDRESS = re.compile(r"the desk is open at (http://127\.0\.0\.1:\d+/\S*)")


@contextmanager
def opened(*options: str) -> Iterator[str]:
    """The address that the command prints, while it runs."""
    process = subprocess.Popen([*COMMAND, *options], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        line = next((line for line in process.stderr if "the desk is open" in line), "")
        found = ADDRESS.search(line)
        assert found, line
        yield found[1]
    finally:
        process.terminate()
        process.wait(20)


def test_it_makes_a_ledger_and_answers(tmp_path: Path) -> None:
    with opened("--ledger", str(tmp_path / "new.db"), "--port", "0") as address:
        assert "token" not in address
        page = urllib.request.urlopen(address, timeout=60).read().decode()
        assert "This ledger is empty" in page
        assert str(tmp_path) not in page
    assert (tmp_path / "new.db").is_file()


def test_another_address_gets_a_token(tmp_path: Path) -> None:
    with opened("--ledger", str(tmp_path / "new.db"), "--port", "0", "--host", "0.0.0.0") as address:
        assert re.search(r"\?token=[\w-]{20,}$", address)
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(address.partition("?")[0], timeout=60)
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        assert opener.open(address, timeout=60).status == 200


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            [*COMMAND, "--ledger", str(tmp_path / "a.db"), "--port", port], capture_output=True, text=True, check=False
        )
    assert ended.returncode == 2
    assert "choose another with --port" in " ".join(ended.stderr.split())
    ended = subprocess.run(
        [*COMMAND, "--ledger", str(tmp_path / "a.db"), "--token", "short"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert "at least 12 characters" in " ".join(ended.stderr.split())

"""What several tests share: readings to show, and golden files."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly.records import Reading, from_json

HERE = Path(__file__).parent
RECORDS = HERE / "golden" / "records"

os.environ.setdefault("COLUMNS", "80")  # help texts are as wide as the terminal


def pytest_configure() -> None:
    """A shell starts what runs in its background deaf to Ctrl-C, and the programs under test would inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write golden files and generated docs anew")


def kept_readings() -> list[Reading]:
    """The readings of the golden records, by name."""
    return [from_json(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(RECORDS.glob("*.record.json"))]


@pytest.fixture(scope="session")
def readings() -> list[Reading]:
    """A story in four articles, as careful people took it down."""
    return [reading for reading in kept_readings() if reading.document.story == "railstrike"]


@pytest.fixture(scope="session")
def awkward() -> Reading:
    """An article in which everything is missing, split, nested or hostile."""
    return next(reading for reading in kept_readings() if reading.document.name == "harbour")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares text with a golden file; with `--golden` writes it."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"no {path}; `make golden` writes it"
        assert text == path.read_text(encoding="utf-8"), f"{path.name} differs; `make golden` rewrites it"

    return compare

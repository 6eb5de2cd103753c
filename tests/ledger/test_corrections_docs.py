"""The page on corrections: its example runs and prints what it says, and it names every kind, state and word."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from reportedly.ledger import Kind, State
from reportedly.ledger.opinions import CREDIBILITY, LIKELIHOODS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "corrections.md").read_text(encoding="utf-8")


def test_the_example_prints_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,), (expected,) = (re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL) for kind in ("python", "text"))
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    with redirect_stdout(StringIO()) as printed:
        exec(compile(code, "corrections.md", "exec"), {})
    assert printed.getvalue() == expected


def test_the_page_names_all_that_there_is() -> None:
    words = [*(f"`{word}`" for word in (*Kind, *State)), *LIKELIHOODS, *LIKELIHOODS.values(), *CREDIBILITY.values()]
    flat = " ".join(PAGE.split())
    assert [word for word in words if word not in flat] == []

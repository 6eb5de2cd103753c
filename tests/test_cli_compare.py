"""What holds across articles, asked from the command line: one origin behind many, contradictions, changes, copies."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = str(Path(sys.executable).with_name("reportedly"))
FIRST = (
    "Three officials told the Harbour Post that the dockers' union would accept a ban on night shifts.\n\n"
    "The company denied that it had offered a bonus.\n"
)
SECOND = "The dockers' union would accept a ban on night shifts, three officials told the Harbour Post.\n"


def compare(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1"}
    command = [PROGRAM, "compare", str(path), *options]
    return subprocess.run(command, capture_output=True, text=True, env=surroundings, timeout=120)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("story") / "harbour.jsonl"
    articles = [
        {"id": "post", "outlet": "Harbour Post", "published": "2026-03-04", "text": FIRST},
        {"id": "echo", "outlet": "Lenn Echo", "published": "2026-03-05", "text": SECOND},
    ]
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def written(story: Path) -> dict[str, Any]:
    done = compare(story, "--format", "json")
    assert done.returncode == 0, done.stderr
    whole: dict[str, Any] = json.loads(done.stdout)
    return whole


def test_the_story_file_has_its_parts(written: dict[str, Any]) -> None:
    assert written["schema"] == "reportedly/story/1"
    assert {"claims", "copies", "contradictions", "changes"} <= set(written)
    assert written["articles"] == ["post", "echo"]


def test_what_one_outlet_has_from_another_is_one_origin(written: dict[str, Any]) -> None:
    shared = [c for c in written["claims"] if {m["article"] for m in c["members"]} == {"post", "echo"}]
    assert [claim["origins"] for claim in shared] == [1]
    assert "three officials" in shared[0]["origin_names"][0]


def test_the_outline_tells_the_same(story: Path) -> None:
    done = compare(story)
    assert done.returncode == 0, done.stderr
    told = " ".join(done.stdout.split())
    assert re.search(r"statements, 1 origin( \(1 to \d\))?: three officials via Harbour Post", told)
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_a_denial_of_something_else_is_no_part_of_the_claim(written: dict[str, Any]) -> None:
    (shared,) = [c for c in written["claims"] if {m["article"] for m in c["members"]} == {"post", "echo"}]
    assert len(shared["members"]) == 2
    assert shared["origins_range"] == [1, 1]


def test_a_broken_line_is_named_and_the_rest_compared(story: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text(story.read_text(encoding="utf-8") + "{nothing\n", encoding="utf-8")
    done = compare(broken, "--format", "json")
    assert done.returncode == 1
    assert "broken.jsonl" in done.stderr
    assert json.loads(done.stdout)["articles"] == ["post", "echo"]

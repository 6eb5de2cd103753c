"""The reference says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from reportedly.config import MAX_ARTICLE_CHARACTERS, MAX_INPUT_BYTES
from reportedly.documents import FORMATS
from reportedly.documents.jsonl import FIELDS
from reportedly.records import BlockKind

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "inputs.md").read_text(encoding="utf-8")


def test_the_code_of_the_reference_runs() -> None:
    for code in re.findall(r"```python\n(.*?)```", REFERENCE, re.DOTALL):
        exec(code, {})


def test_formats_fields_kinds_and_limits_are_told() -> None:
    told = set(re.findall(r"`([^`\n]+)`", REFERENCE))
    assert told >= {*FORMATS, *FIELDS, *(kind.value for kind in BlockKind)}
    assert f"{MAX_INPUT_BYTES // 1024 // 1024} MB" in REFERENCE
    assert f"{MAX_ARTICLE_CHARACTERS:,} characters" in REFERENCE

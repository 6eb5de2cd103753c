"""Topics and PA-X codes: one list in the program and in the docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportedly.records import Topic
from reportedly.views.pax import CODES, codes_of

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "topics.md"


@pytest.mark.skipif(not PAGE.is_file(), reason="needs a checkout")
def test_the_docs_say_what_the_program_holds() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| [^|]+ \| ([^|]+) \|$", text, re.MULTILINE))
    assert list(rows) == [topic.value for topic in Topic]
    for topic in Topic:
        listed = tuple(re.findall(r"`(\w+)`", rows[topic.value]))
        assert listed == codes_of(topic)
        assert listed or rows[topic.value] == "none"
    meanings = dict(re.findall(r"^\| `([A-Z]\w+)` \| ([^|]+) \|$", text, re.MULTILINE))
    assert meanings == CODES


def test_every_code_is_explained_and_used() -> None:
    assert {code for topic in Topic for code in codes_of(topic)} == set(CODES)

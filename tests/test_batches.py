"""An article's record depends on the article alone: not on what is read with it, how often, or in what groups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from case_tables import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.reading.reader import Reader
from reportedly.records import to_json
from reportedly.run import read_all

ARTICLES = tuple("\n\n".join(text for _, text, _ in load_cases("attribution/en.md")[i::9]) for i in range(9))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles as files."""
    home = tmp_path_factory.mktemp("articles")
    for i, text in enumerate(ARTICLES):
        (home / f"{i}.txt").write_text(text, encoding="utf-8")
    return home


def records(numbers: list[int], folder: Path, reader: Reader) -> list[Any]:
    """The records of some of the articles, read in one go."""
    inputs = [str(folder / f"{i}.txt") for i in numbers]
    failed: list[Exception] = []
    read = [to_json(r) for r in read_all(inputs, reader=reader, on_failure=failed.append, outlet="The Courier")]
    assert not failed
    return read


@pytest.fixture(scope="module")
def alone(folder: Path) -> list[Any]:
    """Each article's record, read by a reader of its own."""
    return [records([i], folder, Reader("en"))[0] for i in range(len(ARTICLES))]


@settings(max_examples=6, deadline=None)
@given(st.lists(st.lists(st.integers(0, len(ARTICLES) - 1), min_size=1, max_size=4), min_size=1, max_size=3))
def test_a_record_is_the_same_in_any_company(folder: Path, alone: list[Any], batches: list[list[int]]) -> None:
    reader = Reader("en")
    for batch in batches:
        assert records(batch, folder, reader) == [alone[i] for i in batch]

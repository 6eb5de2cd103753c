"""Signed quotations: whose name stands under which words, and what becomes of them."""

from __future__ import annotations

import re

import pytest
from case_tables import load_cases
from hypothesis import given
from hypothesis import strategies as st

from reportedly.documents import make_document
from reportedly.reading.reader import Reader
from reportedly.reading.tagger_signed import find_signed
from reportedly.records import Mode

CASES = load_cases("signed/en.md")


def paragraphs_of(text: str) -> list[tuple[int, str]]:
    return [(line.start(), line[0]) for line in re.finditer(r"[^\n]+", text) if line[0].strip()]


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_signed_quotations(title: str, text: str, expected: list[str]) -> None:
    found = [f"{name.of(text)} | {said.of(text)}" for name, _, said in find_signed(paragraphs_of(text))]
    assert found == expected


def test_a_signed_quotation_is_direct_speech_of_the_one_who_signs() -> None:
    _, text, _ = CASES[0]
    reading = Reader("en").read(make_document(text, name="case", outlet="The Quayside Post"))
    signed = [s for s in reading.statements if s.mode is Mode.DIRECT]
    assert [[link.name for link in reading.chain(s)] for s in signed] == [
        ["The Quayside Post", "Maria Lopez"],
        ["The Quayside Post", "Edwin G. Monroy"],
    ]
    assert [s.cue[0].of(text) for s in signed] == ["—", "―"]


@given(st.lists(st.text(alphabet='Aa "“”—-,.\n', max_size=40), max_size=5))
def test_what_is_found_lies_apart_and_in_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    for name, mark, said in find_signed(paragraphs_of(text)):
        assert said.end <= mark.start < mark.end <= name.start < name.end <= len(text)
        assert said.of(text).strip()
        assert name.of(text)[0].isupper()

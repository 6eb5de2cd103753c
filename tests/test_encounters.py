"""Encounters: the case table through the real steps, and what holds for every encounter."""

from __future__ import annotations

from functools import lru_cache

import pytest
from case_tables import load_cases

from reportedly.documents import make_document
from reportedly.reading.draft import Draft
from reportedly.reading.encounters import find_encounters
from reportedly.reading.reader import read_mentions, read_statements
from reportedly.reading.sentences import find_sentences
from reportedly.reading.when import is_edtf
from reportedly.records import Encounter

CASES = load_cases("encounters/en.md")
IDS = [case[0] for case in CASES]


@lru_cache(maxsize=128)
def draft_of(body: str) -> Draft:
    published, _, text = body.partition("\n")
    document = make_document(text, name="case", outlet="The Case Book", published=published)
    return read_statements(read_mentions(Draft(document=document, parse=find_sentences(document))))


def row_of(encounter: Encounter) -> str:
    return f"{encounter.place or '-'} | {encounter.when or '-'} | {encounter.status.value}"


@pytest.mark.parametrize(("title", "body", "expected"), CASES, ids=IDS)
def test_encounters(title: str, body: str, expected: list[str]) -> None:
    found = find_encounters(draft_of(body))
    wanted = [line.split(" | ", 1) for line in expected]
    assert [row_of(e) for e in found] == [row for _, row in wanted]
    for encounter, (people, _) in zip(found, wanted, strict=True):
        assert set(people.split(", ")) <= set(encounter.participants)


def test_a_quarter_of_the_cases_holds_none() -> None:
    assert len(CASES) >= 40
    assert sum(not expected for _, _, expected in CASES) >= len(CASES) / 4


@pytest.mark.parametrize("body", [case[1] for case in CASES], ids=IDS)
def test_every_encounter_stands_in_one_piece(body: str) -> None:
    draft = draft_of(body)
    found = find_encounters(draft)
    assert found == find_encounters(draft)
    assert len({e.id for e in found}) == len(found)
    for encounter in found:
        assert encounter.when is None or is_edtf(encounter.when)
        assert 0 < encounter.confidence <= 1
        for span in encounter.spans:
            assert span.of(draft.document.text).strip()
            assert any(piece.span.holds(span) for piece in draft.document.pieces)


def test_a_relative_day_needs_a_day_of_publication() -> None:
    draft = draft_of("\nRosa Quispe met Andrés Toro in Lima on Tuesday.")
    assert [e.when for e in find_encounters(draft)] == [None]

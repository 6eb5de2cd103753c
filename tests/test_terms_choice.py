"""Which stretches of an article are terms, and which are absences, whoever gives and whatever they are about."""

from __future__ import annotations

import pytest
from case_tables import load_cases

from reportedly.documents import make_document
from reportedly.reading.draft import Draft
from reportedly.reading.reader import read_mentions, read_statements, read_table
from reportedly.reading.sentences import find_sentences
from reportedly.records import shown

CASES = load_cases("terms/choice.md")


@pytest.mark.parametrize(("title", "body", "expected"), CASES, ids=[case[0] for case in CASES])
def test_which_stretches_are_terms(title: str, body: str, expected: list[str]) -> None:
    document = make_document(body, name="case", outlet="The Case Book", published="2026-03-02")
    draft = read_table(read_statements(read_mentions(Draft(document=document, parse=find_sentences(document)))))
    assert [("" if t.included else "absent: ") + shown(t.spans, document.text) for t in draft.terms] == expected


def test_half_of_the_cases_hold_none() -> None:
    assert len(CASES) >= 30
    assert sum(not expected for _, _, expected in CASES) >= len(CASES) / 2 - 1

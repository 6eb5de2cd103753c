"""Which stretches of an article are terms, and which are absences, whoever gives and whatever they are about."""

from __future__ import annotations

from math import inf

import pytest
from case_tables import load_cases

from reportedly.documents import make_document
from reportedly.reading.draft import Draft
from reportedly.reading.reader import read_mentions, read_statements, read_table
from reportedly.reading.sentences import find_sentences
from reportedly.reading.terms_candidates import find_candidates
from reportedly.reading.terms_features import setting_of
from reportedly.reading.terms_scoring import log_odds
from reportedly.records import shown

CASES = load_cases("terms/choice.md")


def draft_of(body: str) -> Draft:
    document = make_document(body, name="case", outlet="The Case Book", published="2026-03-02")
    return read_table(read_statements(read_mentions(Draft(document=document, parse=find_sentences(document)))))


@pytest.mark.parametrize(("title", "body", "expected"), CASES, ids=[case[0] for case in CASES])
def test_which_stretches_are_terms(title: str, body: str, expected: list[str]) -> None:
    draft = draft_of(body)
    document = draft.document
    assert [("" if t.included else "absent: ") + shown(t.spans, document.text) for t in draft.terms] == expected


def test_half_of_the_cases_hold_none() -> None:
    assert len(CASES) >= 30
    assert sum(not expected for _, _, expected in CASES) >= len(CASES) / 2 - 1


def test_only_what_can_be_no_term_is_given_up_early() -> None:
    setting = setting_of(draft_of("\n\n".join(body for _, body, _ in CASES)))
    stretches = [c for sentence in setting.draft.parse.sentences for c in find_candidates(sentence)]
    given_up = 0
    for least in (-6.0, -3.0, -0.5, 1.0):
        for stretch in stretches:
            whole, found = log_odds(stretch, setting, "en", least=-inf), log_odds(stretch, setting, "en", least=least)
            assert found == (whole if found > -inf or whole >= least else -inf)
            given_up += found == -inf
    assert given_up > len(stretches)

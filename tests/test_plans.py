"""Plans: the case table through the real steps."""

from __future__ import annotations

from functools import lru_cache

import pytest
from case_tables import load_cases

from reportedly.documents import make_document
from reportedly.reading.draft import Draft
from reportedly.reading.reader import read_mentions, read_statements, read_table
from reportedly.reading.sentences import find_sentences
from reportedly.records import Plan

CASES = load_cases("plans/en.md")
IDS = [case[0] for case in CASES]


@lru_cache(maxsize=128)
def draft_of(body: str) -> Draft:
    document = make_document(body, name="case", outlet="The Case Book", published="2026-03-02")
    draft = Draft(document=document, parse=find_sentences(document))
    return read_table(read_statements(read_mentions(draft)))


def row_of(plan: Plan) -> str:
    return f"{plan.name} | {', '.join(plan.authors) or '-'} | {plan.points or '-'}"


@pytest.mark.parametrize(("title", "body", "expected"), CASES, ids=IDS)
def test_plans(title: str, body: str, expected: list[str]) -> None:
    assert [row_of(plan) for plan in draft_of(body).plans] == expected


@pytest.mark.parametrize("body", [case[1] for case in CASES], ids=IDS)
def test_every_plan_stands_in_the_text(body: str) -> None:
    draft = draft_of(body)
    assert len({p.id for p in draft.plans}) == len(draft.plans)
    for plan in draft.plans:
        assert plan.spans
        assert all(span.of(draft.document.text).strip() for span in plan.spans)


def test_the_outlet_that_had_it_is_kept() -> None:
    plans = draft_of("The Meridian reports that a six-point plan would reopen the border with Chad.").plans
    assert [p.points for p in plans] == [6]


def test_a_quarter_of_the_cases_holds_none() -> None:
    assert sum(not expected for _, _, expected in CASES) >= len(CASES) / 4

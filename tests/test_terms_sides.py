"""Sides: the case table through the real steps, and what holds for every ranking of parties."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest
from case_tables import load_cases

from reportedly.documents import make_document
from reportedly.reading.draft import Draft
from reportedly.reading.language import load_lists, load_table
from reportedly.reading.plans import find_plans
from reportedly.reading.reader import read_mentions, read_statements
from reportedly.reading.sentences import find_sentences
from reportedly.reading.terms import found_in
from reportedly.reading.terms_features import setting_of
from reportedly.reading.terms_sides import party_signs, rank_parties
from reportedly.reading.terms_table import Table

CASES = load_cases("sides/en.md")
IDS = [case[0] for case in CASES]


@lru_cache(maxsize=64)
def table_of(body: str) -> Table:
    document = make_document(body, name="case", outlet="The Case Book", published="2026-03-02")
    draft = read_statements(read_mentions(Draft(document=document, parse=find_sentences(document))))
    draft = replace(draft, plans=find_plans(draft))
    authors = frozenset(a for plan in draft.plans[:1] for a in plan.authors)
    return Table(draft, tuple(found.candidate for found in found_in(setting_of(draft))), rank_parties, authors)


@pytest.mark.parametrize(("title", "body", "expected"), CASES, ids=IDS)
def test_sides(title: str, body: str, expected: list[str]) -> None:
    assert [", ".join(sorted(table_of(body).sides))] == (expected or [""])


def test_a_quarter_of_the_cases_has_fewer_than_two_sides() -> None:
    assert len(CASES) >= 25
    assert sum(", " not in "".join(expected) for _, _, expected in CASES) >= len(CASES) / 4


@pytest.mark.parametrize("body", [case[1] for case in CASES[::3]], ids=IDS[::3])
def test_every_party_is_ranked_once(body: str) -> None:
    table = table_of(body)
    assert sorted(table.ranked) == sorted(party_signs(table))
    assert set(table.ranked) <= table.acting
    assert set(table.sides) <= set(table.ranked)


def test_every_sign_that_is_weighed_is_one_that_is_read() -> None:
    read = {name for _, body, _ in CASES for signs in party_signs(table_of(body)).values() for name in signs}
    weighed = {row["sign"] for row in load_table("en", "sides")}
    assert len(read & weighed) > len(read) / 2


def test_words_of_sides_are_in_lower_case() -> None:
    for name, held in load_lists("en", "sides").items():
        assert held == held.casefold(), name

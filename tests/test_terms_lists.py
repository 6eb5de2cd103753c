"""Plans printed as lists: which lines are points, under which numbers, and which lists are none."""

from __future__ import annotations

import pytest
from case_tables import load_cases

from reportedly.documents import make_document
from reportedly.reading.draft import Draft
from reportedly.reading.reader import read_mentions, read_statements, read_table
from reportedly.reading.sentences import find_sentences
from reportedly.reading.terms_lists import find_listed
from reportedly.records import shown

CASES = load_cases("lists/en.md")


def draft_of(body: str) -> Draft:
    document = make_document(body, name="case", outlet="The Case Book", published="2026-03-02")
    return Draft(document=document, parse=find_sentences(document))


@pytest.mark.parametrize(("title", "body", "expected"), CASES, ids=[case[0] for case in CASES])
def test_lists(title: str, body: str, expected: list[str]) -> None:
    draft = draft_of(body)
    blocks = [point.block.span for point in find_listed(draft)]
    read = read_table(read_statements(read_mentions(draft)))
    rows = [
        f"{','.join(map(str, term.points)) or '-'} | {shown(term.spans, body)}"
        for term in read.terms
        if any(block.holds(term.spans[0]) for block in blocks)
    ]
    assert rows == expected


def test_a_third_of_the_cases_holds_no_plan() -> None:
    assert sum(not expected for _, _, expected in CASES) >= len(CASES) / 3


def test_a_number_that_jumps_ends_a_list() -> None:
    body = "The plan in full:\n\n1. Chad opens its border.\n2. Libya pays.\n7. Seven people came.\n"
    assert [point.number for point in find_listed(draft_of(body))] == [1, 2]


HEADED = """The three-point plan, explained

1. Ceasefire

The war would end at once. Israeli forces would withdraw to an agreed line within three days of the signature.

2. Hostages

Within 72 hours all hostages would be returned. Hamas said on Tuesday that it was studying the text with care.

3. Aid

Aid would enter the strip through the United Nations, which would also run the crossings into the north of the strip.
"""


def test_points_may_be_headings_over_what_is_told_of_them() -> None:
    read = read_table(read_statements(read_mentions(draft_of(HEADED))))
    rows = [(term.points, shown(term.spans, HEADED)) for term in read.terms]
    assert rows == [
        ((1,), "The war would end at once"),
        ((1,), "Israeli forces would withdraw to an agreed line within three days of the signature"),
        ((2,), "Within 72 hours all hostages would be returned"),
        ((3,), "Aid would enter the strip through the United Nations"),
        ((3,), "would also run the crossings into the north of the strip"),
    ]


def test_sections_of_a_report_are_no_points() -> None:
    report = draft_of(HEADED.replace("three-point", "nine-point"))
    assert {term.points for term in read_table(read_statements(read_mentions(report))).terms} == {()}

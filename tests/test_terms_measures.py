"""Amounts, deadlines and whose condition it is: the case table, and what holds for every term."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_terms import CASES as TERM_CASES
from test_terms import draft_of

from reportedly.reading.sentences import find_sentences
from reportedly.reading.terms_measures import dates_and_periods, find_amounts, find_deadline
from reportedly.records import Amount, Block, BlockKind, Bound, Deadline, Document, Reading, Span, shown
from reportedly.views import wording
from reportedly.views.from_reading import table_from

PUBLISHED = "2026-03-02"
SIGNS = {Bound.EXACT: "", Bound.LEAST: ">=", Bound.MOST: "<=", Bound.ABOUT: "~"}
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (Path(__file__).parent / "cases/amounts/en.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("| words", "|---"))
]
IDS = [row[0] for row in ROWS]


def measured(text: str) -> tuple[tuple[Amount, ...], Deadline | None]:
    document = Document(text=text, name="case", blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),))
    (sentence,) = find_sentences(document).sentences
    spans = (Span(0, len(text) - 1),)
    taken = dates_and_periods(sentence, PUBLISHED)
    return find_amounts(spans, sentence, taken=taken), find_deadline(spans, sentence, PUBLISHED)


def written(amount: Amount) -> str:
    value = "?" if amount.value is None else f"{amount.value:.12g}"
    upper = f" to {amount.upper:.12g}" if amount.upper is not None else ""
    return f"{SIGNS[amount.bound]}{value}{upper} {amount.unit}".rstrip()


@pytest.mark.parametrize(("words", "amounts", "when"), ROWS, ids=IDS)
def test_measures(words: str, amounts: str, when: str) -> None:
    found, deadline = measured(words)
    origin = f" of {deadline.counts_from}" if deadline and deadline.counts_from else ""
    assert ("; ".join(map(written, found)) or "-") == amounts
    assert (f"{deadline.limit.value} {deadline.when}{origin}" if deadline else "-") == when


def test_a_quarter_of_the_rows_gives_none() -> None:
    assert len(ROWS) >= 40
    assert sum(row[1:] == ["-", "-"] for row in ROWS) >= len(ROWS) / 4


@pytest.mark.parametrize("body", [case[1] for case in TERM_CASES], ids=[case[0] for case in TERM_CASES])
def test_every_measure_stands_in_its_term(body: str) -> None:
    for term in draft_of(body).terms:
        spans = [a.span for a in term.amounts] + ([term.deadline.span] if term.deadline else [])
        assert all(any(own.holds(span) for own in term.spans) for span in spans)
        assert term.condition or term.condition_of is None


def test_a_condition_is_of_whoever_says_it() -> None:
    body = "Serbia would lift the tariffs if Bosnia released the detainees, the Serbian government said."
    (term,) = draft_of(body).terms
    assert term.conditional
    assert term.condition_of == "Serbia"


def test_a_condition_that_nobody_says_is_of_the_plans_author() -> None:
    body = "Chile has put forward a three-point plan. Under point two, Peru would reopen its border if Bolivia agrees."
    found = [term.condition_of for term in draft_of(body).terms if term.conditional]
    assert found == ["Chile"]


def test_a_term_without_a_condition_has_nobody_who_sets_it() -> None:
    body = "Under the draft agreement, Kenya must pay Somalia 300 million dollars by the end of August."
    (term,) = draft_of(body).terms
    assert (term.condition_of, [a.unit for a in term.amounts]) == (None, ["USD"])
    assert term.deadline is not None
    assert term.deadline.when == "../2026-08"


def test_the_table_shows_what_a_term_measures() -> None:
    body = "Under the draft agreement, Kenya must pay Somalia up to 300 million dollars by the end of August."
    draft = draft_of(body)
    reading = Reading(document=draft.document, sources=draft.sources, statements=draft.statements, terms=draft.terms)
    (row,) = (row for plan in table_from([reading]).plans for row in plan.rows)
    assert wording.measures(row) == "amount: at most 300,000,000 USD; by August 2026"


@pytest.mark.parametrize(
    ("body", "condition"),
    [
        (
            "Under the plan, Chad would free two pilots if Togo pays a fine, and Mali would reopen its border.",
            "if Togo pays a fine",
        ),
        (
            "Under the plan, Chad would lift the ban only after the observers have reported, the text says.",
            "only after the observers have reported",
        ),
        ("Under the plan, Chad would leave the town unless Togo objects; Togo is silent.", "unless Togo objects"),
    ],
)
def test_a_condition_ends_with_its_clause(body: str, condition: str) -> None:
    document = draft_of(body).document
    assert [shown(t.condition, document.text) for t in draft_of(body).terms if t.conditional] == [condition]

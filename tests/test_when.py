"""Dates: the case table, and what holds for every date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.reading.sentences import find_sentences
from reportedly.reading.when import find_dates, first_day, is_edtf, last_day, resolve
from reportedly.records import Block, BlockKind, Document, Span

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (Path(__file__).parent / "cases/dates/en.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("| sentence", "|---"))
]


def dates_of(text: str, published: str | None) -> list[tuple[Span, str]]:
    document = Document(text=text, name="case", blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),))
    return [d for sentence in find_sentences(document).sentences for d in find_dates(sentence, published)]


@pytest.mark.parametrize(("sentence", "published", "expected"), ROWS, ids=[f"{r[0]} ({r[1]})" for r in ROWS])
def test_dates(sentence: str, published: str, expected: str) -> None:
    found = dates_of(sentence, None if published == "-" else published)
    assert (";".join(edtf for _, edtf in found) or "-") == expected


def test_a_quarter_of_the_rows_gives_no_date() -> None:
    assert len(ROWS) >= 60
    assert sum(row[2] == "-" for row in ROWS) >= len(ROWS) / 4


@pytest.mark.parametrize("row", ROWS, ids=[f"{r[0]} ({r[1]})" for r in ROWS])
def test_every_date_stands_in_its_sentence(row: list[str]) -> None:
    for span, edtf in dates_of(row[0], None if row[1] == "-" else row[1]):
        assert is_edtf(edtf)
        assert 0 <= span.start < span.end <= len(row[0])


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([row[0] for row in ROWS]),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.sampled_from(["", "past", "future"]),
)
def test_a_phrase_always_means_the_same_valid_date(phrase: str, published: date, tense: str) -> None:
    found = resolve(phrase, published.isoformat(), tense=tense)
    assert found == resolve(phrase, published.isoformat(), tense=tense)
    assert found is None or is_edtf(found)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["past", "future"]))
def test_a_weekday_lies_within_a_week_of_publication(published: date, tense: str) -> None:
    for name in ("Monday", "Thursday", "Sunday"):
        found = resolve(f"on {name}", published.isoformat(), tense=tense)
        day = date.fromisoformat(found or "")
        assert 0 <= abs((day - published).days) < 7
        assert (day <= published) if tense == "past" else (day >= published)


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2026-03-17", "2026-03-17", "2026-03-17"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-03-16/2026-03-22", "2026-03-16", "2026-03-22"),
        ("2026-03-16/..", "2026-03-16", "None"),
    ],
)
def test_days_of_a_value(edtf: str, first: str, last: str) -> None:
    assert (str(first_day(edtf)), str(last_day(edtf))) == (first, last)


@pytest.mark.parametrize("value", ["2026-13", "2026-3", "March", "2026-02-40", "..", "../..", ""])
def test_what_is_no_edtf(value: str) -> None:
    assert not is_edtf(value)

"""Pages as data: nothing is lost between a reading, a page and its JSON."""

from __future__ import annotations

import json

import pytest

from reportedly.records import Certainty, PointsBasis, Reading
from reportedly.views import wording
from reportedly.views.from_reading import article_from, meetings_from, positions_from, table_from
from reportedly.views.pages import Backing, TermRow, as_json


def test_every_page_is_json_and_says_which_it_is(readings: list[Reading]) -> None:
    pages = [article_from(readings[0]), table_from(readings), positions_from(readings), meetings_from(readings)]
    for page, name in zip(pages, ("article", "table", "positions", "meetings"), strict=True):
        plain = as_json(page)
        assert plain["page"] == name
        assert json.loads(json.dumps(plain)) == plain


def test_every_row_of_a_page_quotes_its_article(readings: list[Reading]) -> None:
    texts = {reading.document.name: reading.document.text for reading in readings}
    for plan in as_json(table_from(readings))["plans"]:
        for row in plan["rows"]:
            if row["place"]:
                text = texts[row["place"]["article"]]
                quoted = " … ".join(" ".join(text[start:end].split()) for start, end in row["place"]["spans"])
                assert row["place"]["words"] == quoted


def test_all_statements_are_in_the_outline_once(readings: list[Reading]) -> None:
    for reading in readings:
        shown = [row.id for piece in article_from(reading).pieces for row in piece.statements]
        assert sorted(shown) == sorted(statement.id for statement in reading.statements)


def test_all_terms_are_in_the_table_once(readings: list[Reading]) -> None:
    rows = [row for plan in table_from(readings).plans for row in plan.rows if row.place]
    assert len(rows) == sum(len(reading.terms) for reading in readings)


def test_plans_of_one_name_share_a_table_that_names_its_articles(readings: list[Reading]) -> None:
    offer = table_from(readings).plans[0]
    assert offer.name == "five-point offer"
    assert [article.outlet for article in offer.reported_in] == ["Morning Register", "Daily Beacon"]


def test_rows_are_in_the_order_of_their_points(readings: list[Reading]) -> None:
    for plan in table_from(readings).plans:
        firsts = [min(row.points, default=999) for row in plan.rows]
        assert firsts == sorted(firsts)


def test_undated_meetings_come_last(awkward: Reading, readings: list[Reading]) -> None:
    dates = [row.when for row in meetings_from([*readings, awkward]).rows]
    known = [date for date in dates if date is not None]
    assert len(known) < len(dates)
    assert dates[: len(known)] == sorted(known)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2026-03-05", "5 March 2026"),
        ("2025-04", "April 2025"),
        ("2025", "2025"),
        ("2025-22", "summer 2025"),
        ("2025-09-22/2025-09-24", "22 to 24 September 2025"),
        ("2025-09-30/2025-10-02", "30 September to 2 October 2025"),
        ("2025-12-30/2026-01-02", "30 December 2025 to 2 January 2026"),
        ("2025-09-22?/2025-09-24", "22 September 2025 (?) to 24 September 2025"),
        ("2025-09/2025-10", "September 2025 to October 2025"),
        ("2025-09-22/..", "since 22 September 2025"),
        ("../2025-09-22", "until 22 September 2025"),
        ("2025-09-22?", "22 September 2025 (?)"),
        ("2025-09~", "about September 2025"),
        ("[2025-09-22,2025-09-24]", "[2025-09-22,2025-09-24]"),
        (None, "no date given"),
    ],
)
def test_dates_are_worded(edtf: str | None, words: str) -> None:
    assert wording.when(edtf) == words


def test_every_certainty_has_a_word_and_its_code() -> None:
    for value in Certainty:
        assert wording.certainty(value).endswith(f"({value.value})")
        assert len(wording.strength(value)) == 3


def test_points_are_worded() -> None:
    def row(*points: int, basis: PointsBasis | None) -> str:
        return wording.points(TermRow(id="t", points=points, basis=basis))

    assert row(1, 2, basis=PointsBasis.STATED) == "1, 2"
    assert row(5, basis=PointsBasis.INFERRED) == "5 (inferred)"
    assert row(basis=None) == "no number"


def test_without_a_statement_the_outlet_speaks_for_itself() -> None:
    assert wording.surety(Backing(chain=("The Sun",))) == (wording.OWN_VOICE,)

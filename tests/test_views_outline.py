"""Pages in the terminal: golden at 80 and 120 columns, and never wider than the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from reportedly.ledger import Ledger, open_ledger
from reportedly.records import Reading, Topic
from reportedly.views import from_ledger, wording
from reportedly.views import outline as outline_module
from reportedly.views.from_reading import article_from, meetings_from, positions_from, table_from
from reportedly.views.outline import outline

GOLDEN = Path(__file__).parent / "golden" / "outline"
Golden = Callable[[Path, str], None]


def printed(page: Any, width: int) -> str:
    """The page as a window of so many columns shows it, without colour."""
    console = Console(file=StringIO(), width=width, color_system=None)
    with console.capture() as captured:
        console.print(outline(page, width=width))
    return "".join(line.rstrip() + "\n" for line in captured.get().splitlines())


@pytest.mark.parametrize("width", [80, 120])
class TestOfReadings:
    def test_article(self, readings: list[Reading], width: int, golden: Golden) -> None:
        golden(GOLDEN / f"article-{width}.txt", printed(article_from(readings[3]), width))

    def test_awkward_article(self, awkward: Reading, width: int, golden: Golden) -> None:
        golden(GOLDEN / f"awkward-{width}.txt", printed(article_from(awkward), width))

    def test_table(self, readings: list[Reading], width: int, golden: Golden) -> None:
        golden(GOLDEN / f"table-{width}.txt", printed(table_from(readings), width))

    def test_positions(self, readings: list[Reading], width: int, golden: Golden) -> None:
        golden(GOLDEN / f"positions-{width}.txt", printed(positions_from(readings), width))

    def test_meetings(self, readings: list[Reading], width: int, golden: Golden) -> None:
        golden(GOLDEN / f"meetings-{width}.txt", printed(meetings_from(readings), width))


@pytest.fixture(scope="module")
def ledger(readings: list[Reading], tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    kept = open_ledger(tmp_path_factory.mktemp("ledger") / "talks.db")
    for reading in readings:
        kept.add(reading)
    return kept


def test_a_ledger_shows_the_same_table_as_its_readings(ledger: Ledger, readings: list[Reading]) -> None:
    assert printed(from_ledger.table_of(ledger), 120) == printed(table_from(readings), 120)


def test_a_ledger_shows_the_same_positions_and_meetings(ledger: Ledger, readings: list[Reading]) -> None:
    assert printed(from_ledger.positions_of(ledger), 80) == printed(positions_from(readings), 80)
    assert printed(from_ledger.meetings_of(ledger), 80) == printed(meetings_from(readings), 80)


def test_claims_chain_who_and_search(ledger: Ledger, golden: Golden) -> None:
    claims = from_ledger.statements_of(ledger, words="Doncaster")
    pages = [
        claims,
        from_ledger.chain_of(ledger, claims.rows[0].id),
        from_ledger.who_of(ledger, "Farrow"),
        from_ledger.who_of(ledger, "Farow"),
        from_ledger.who_of(ledger, "Nobody Such"),
        from_ledger.search_of(ledger, "mediator"),
        from_ledger.search_of(ledger, "submarine"),
    ]
    golden(GOLDEN / "questions-80.txt", "\n".join(printed(page, 80) for page in pages))


@pytest.mark.parametrize("width", [40, 60, 80, 99, 100, 117, 120, 200])
def test_no_line_is_wider_than_the_window(readings: list[Reading], awkward: Reading, width: int) -> None:
    pages = [article_from(awkward), table_from(readings), positions_from(readings), meetings_from(readings)]
    for page in pages:
        assert max(cell_len(line) for line in printed(page, width).splitlines()) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_every_word_of_a_row_is_printed(readings: list[Reading], width: int) -> None:
    squeezed = "".join(printed(table_from(readings), width).split())
    for plan in table_from(readings).plans:
        for row in plan.rows:
            first = row.place.words.split()[0] if row.place else "nothing"
            assert first in squeezed


def test_a_point_that_nobody_speaks_of_is_a_row_that_says_so(awkward: Reading) -> None:
    table = printed(table_from([awkward]), 80)
    assert "1 (inferred)" in table
    assert [line.split()[0] for line in table.splitlines() if "nothing found in 1 article" in line] == ["2", "3"]


def test_a_narrow_window_keeps_the_columns_and_tells_the_rest_below(awkward: Reading) -> None:
    lines = printed(table_from([awkward]), 80).splitlines()
    heads = [line.split() for line in lines if line.startswith("Point")]
    assert heads
    assert all(head == ["Point", "Term", "Gives", "Gets", "Force"] for head in heads)
    below = [line for line in lines if "on whose word: " in line]
    assert below
    assert all(line.startswith(" " * 12) for line in below)
    assert "Gives" not in printed(table_from([awkward]), 60)


def test_a_selection_has_no_gaps(ledger: Ledger) -> None:
    page = from_ledger.table_of(ledger, topic="talks")
    assert all(row.place for plan in page.plans for row in plan.rows)


def test_empty_pages_say_so() -> None:
    for page in (table_from([]), positions_from([]), meetings_from([])):
        assert "nothing found in 0 articles" in printed(page, 80)


def test_short_forms_of_certainty_are_explained_once(readings: list[Reading], awkward: Reading) -> None:
    told = "CT certain, PR probable, PS possible"
    pages = article_from(awkward), table_from(readings), positions_from(readings)
    assert [printed(page, 80).count(told) for page in pages] == [1, 1, 1]
    assert [printed(page, 80).count(told) for page in (meetings_from(readings), table_from([]))] == [0, 0]


def test_words_of_topics_are_not_cut(readings: list[Reading]) -> None:
    (column,) = (column for column in outline_module._POSITION if column.title == "On")
    assert column.least > max(len(word) for topic in Topic for word in wording.topic(topic).split())


def test_an_article_cannot_steer_the_terminal(awkward: Reading) -> None:
    text = awkward.document.text.replace("tugs leave", "tugs \x1b[2J\u202e")
    page = table_from([replace(awkward, document=replace(awkward.document, text=text))])
    assert "\x1b" not in printed(page, 80)
    assert "\u202e" not in printed(page, 80)
    assert "\N{REPLACEMENT CHARACTER}[2J" in printed(page, 80)

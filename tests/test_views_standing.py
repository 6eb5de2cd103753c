"""Where parties stand: the latest answer first, earlier ones kept, clashes side by side, silence said."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from reportedly.records import Span, Stance, Topic
from reportedly.views.outline import outline
from reportedly.views.pages import Backing, Place, PositionRow, PositionsPage
from reportedly.views.standing import cell_words, standing
from reportedly.views.tables import positions_page


def wants(stance: str, day: str | None, *, party: str = "Lenn", topic: Topic = Topic.TALKS) -> PositionRow:
    place = Place(
        article="one", outlet="Harbour Post", published=day, words="so", spans=(Span(0, 2),), sentence="So it was said."
    )
    return PositionRow(
        party=party, topic=topic, stance=Stance(stance), backing=Backing(chain=("Harbour Post",)), place=place
    )


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ([], "nothing found in 3 articles"),
        ([("accepts", "2026-03-05")], "accepts (5 Mar 2026)"),
        ([("accepts", "2026-03-05"), ("rejects", "2026-03-09")], "rejects (9 Mar 2026)\nearlier: accepts (5 Mar 2026)"),
        ([("rejects", "2026-03-09"), ("accepts", "2026-03-05")], "rejects (9 Mar 2026)\nearlier: accepts (5 Mar 2026)"),
        (
            [("accepts", "2026-03-05"), ("rejects", "2026-03-05")],
            "clash: accepts (5 Mar 2026) against rejects (5 Mar 2026)",
        ),
        ([("demands", "2026-03-01"), ("accepts", "2026-03-05")], "accepts (5 Mar 2026)\ndemands (1 Mar 2026)"),
        ([("accepts", "2026-03-01"), ("accepts", "2026-03-05")], "accepts (5 Mar 2026)"),
        ([("open", None)], "open (undated)"),
        ([("open", None), ("rejects", None)], "clash: open (undated) against rejects (undated)"),
        ([("proposes", "2026-03-05"), ("rejects", "2026-03-05")], "rejects (5 Mar 2026)\nproposes (5 Mar 2026)"),
    ],
)
def test_a_cell_says_the_last_word_and_keeps_the_others(told: list[tuple[str, str | None]], words: str) -> None:
    assert cell_words(standing([wants(stance, day) for stance, day in told]), 3) == words


def printed(page: PositionsPage, width: int) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    with console.capture() as captured:
        console.print(outline(page, width=width))
    return captured.get()


@pytest.mark.parametrize("width", [40, 80, 120])
def test_every_party_and_topic_is_in_the_matrix(width: int) -> None:
    rows = [wants("accepts", "2026-03-05", party=f"Party{n}", topic=topic) for n, topic in enumerate(Topic)][:9]
    page = positions_page(rows, articles=2)
    text = printed(page, width)
    above = text.partition("Earlier: said before")[0]
    assert all(f"Party{n}" in above for n in range(9))
    assert "nothing found in 2" in above
    assert max(map(len, text.splitlines())) <= width


def test_one_article_needs_no_matrix() -> None:
    assert "Earlier:" not in printed(positions_page([wants("accepts", "2026-03-05")], articles=1), 80)

"""Plans of several articles: which are one under two names, which a later version, and which only share a name."""

from __future__ import annotations

from reportedly.records import Topic
from reportedly.views.pages import Article, PlanTable, TermRow
from reportedly.views.tables import table_page
from reportedly.views.wording import plan_header


def plan(name: str, article: str, *, by: str = "Post", points: int | None = 5, sides: str = "Chad Libya") -> PlanTable:
    rows = tuple(
        TermRow(id=f"{article}{n}", points=(n,), basis=None, topic=topic, gives=(side,))
        for n, (topic, side) in enumerate(zip((Topic.CEASEFIRE, Topic.TRADE), sides.split(), strict=True), 1)
    )
    day = f"2026-03-{int(article):02}"
    reported = (Article(name=article, outlet=f"Outlet {article}", published=day),)
    return PlanTable(
        name=name, authors=(), points=points, first_reported_by=(by,) if by else (), reported_in=reported, rows=rows
    )


def names(*plans: PlanTable) -> list[tuple[str | None, tuple[str, ...], str | None]]:
    return [(p.name, p.also_called, p.version_of) for p in table_page(plans, articles=9, whole=False).plans]


def test_one_plan_under_two_names() -> None:
    assert names(plan("five-point offer", "1"), plan("blueprint", "2")) == [("five-point offer", ("blueprint",), None)]


def test_plans_of_one_article_stay_apart() -> None:
    assert len(names(plan("five-point offer", "1"), plan("blueprint", "1"))) == 2


def test_other_points_or_another_first_report_make_another_plan() -> None:
    assert len(names(plan("five-point offer", "1"), plan("blueprint", "2", points=7))) == 2
    assert len(names(plan("five-point offer", "1"), plan("blueprint", "2", by="Courier"))) == 2
    assert len(names(plan("five-point offer", "1", by=""), plan("blueprint", "2", by=""))) == 2


def test_a_later_version_stands_after_its_plan() -> None:
    found = names(plan("five-point offer", "1"), plan("roadmap", "2", points=7), plan("revised offer", "3", by="Star"))
    assert found == [
        ("five-point offer", (), None),
        ("revised offer", (), "five-point offer"),
        ("roadmap", (), None),
    ]


def test_a_version_of_nothing_told_before_is_none() -> None:
    assert names(plan("revised offer", "1"), plan("five-point offer", "2", by="Star"))[0] == ("revised offer", (), None)
    apart = names(plan("five-point offer", "1"), plan("revised offer", "3", sides="Peru Chile"))
    assert [version for _, _, version in apart] == [None, None]


def test_one_name_in_two_negotiations() -> None:
    assert len(names(plan("draft", "1"), plan("draft", "2"))) == 1
    assert len(names(plan("draft", "1"), plan("draft", "2", sides="Peru Chile"))) == 2


def test_the_header_says_both() -> None:
    page = table_page(
        [plan("five-point offer", "1"), plan("blueprint", "2"), plan("revised offer", "3", by="Star")], articles=3
    )
    headers = [plan_header(p, 3) for p in page.plans]
    assert "also called blueprint" in headers[0]
    assert "a later version of: five-point offer" in headers[1]

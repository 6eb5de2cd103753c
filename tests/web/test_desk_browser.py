"""A newcomer's day at the desk, in a browser; and what axe-core finds on every page, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportedly.ledger import Ledger
from reportedly.run import find_examples

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
READING = 180_000
"""Milliseconds in which a few articles are read on a busy machine."""

Watched = Callable[..., Any]


def test_a_newcomers_path(empty_desk: str, empty: Ledger, watched: Watched) -> None:
    page = watched()
    page.goto(empty_desk)
    assert page.get_by_role("heading", name="This ledger is empty").is_visible()

    page.get_by_role("link", name="Add articles").click()
    page.locator("input[type=file]").set_input_files(str(find_examples() / "cyprus.jsonl"))
    assert "cyprus.jsonl" in page.locator(".chosen").inner_text()
    page.get_by_role("button", name="Add the files").click()
    page.locator(".job.done").wait_for(timeout=READING)
    assert not page.locator(".job .warn").count()
    page.locator(".job").get_by_role("link", name="To the table").click()

    plan = page.locator("section.plan:has(table)").first
    assert plan.get_by_role("rowheader").first.is_visible()
    term = plan.locator(".main .opened").first
    term.locator("summary").click()
    assert term.locator("blockquote").is_visible()
    term.locator(".where").click()
    assert page.locator("#here").is_visible()

    card = page.locator(".card.statement").first
    card.locator("summary").focus()
    bar = page.locator(".chain-bar")
    assert "Courier" in bar.inner_text() or "Cyprus" in bar.inner_text()
    chain = bar.inner_text()
    page.locator("[data-of]").last.hover()
    page.wait_for_function("old => document.querySelector('.chain-bar').innerText !== old", arg=chain)

    page.get_by_role("link", name="Claims", exact=True).click()
    page.locator(".entry .title").first.click()
    assert page.locator("#members blockquote").count() > 1

    page.locator("#members .acts a").first.click()
    page.get_by_text("Wrong speaker", exact=True).click()
    form = page.locator("details.form[open]")
    form.get_by_label("Who says it").fill("Nikos Christou")
    form.get_by_label("Your name").fill("Ines")
    form.get_by_role("button", name="Keep it").click()
    judgement = page.locator("#judgements .judgement")
    assert "the speaker is Nikos Christou" in judgement.inner_text()
    assert "Ines" in judgement.inner_text()
    assert any(s.chain[-1].name == "Nikos Christou" for s in empty.statements())
    judgement.get_by_role("button", name="Undo").click()
    page.locator(".judgement.fallen").wait_for()
    assert "undone by Ines" in page.locator("#judgements").inner_text()
    assert not any(s.chain[-1].name == "Nikos Christou" for s in empty.statements())

    page.get_by_role("link", name="Brief", exact=True).click()
    page.get_by_role("link", name="HTML, one file").click()
    assert page.get_by_role("heading", name="What is on the table").is_visible()


def test_a_card_is_corrected_where_it_stands(desk: str, ledger: Ledger, watched: Watched) -> None:
    page = watched()
    row = next(s for s in ledger.statements() if len(s.chain) > 1)
    page.goto(f"{desk}/article/{row.article[:16]}")
    card = page.locator(f"#{row.local}")
    card.locator("summary").first.click()
    card.get_by_role("link", name="Correct", exact=True).click()
    card.get_by_text("Not a statement", exact=True).click()
    card.locator("details.form[open]").get_by_label("Your name").fill("Bo")
    card.locator("details.form[open]").get_by_role("button", name="Keep it").click()
    page.get_by_text("Taken out by a person").wait_for()
    assert "/article/" in page.url
    assert not any(s.id == row.id for s in ledger.statements())


def test_keys(desk: str, watched: Watched) -> None:
    page = watched()
    page.goto(f"{desk}/articles")
    for key, number in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        assert page.locator(".entry").nth(number).evaluate("e => e.contains(document.activeElement)")
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.locator("#find").evaluate("e => e === document.activeElement")
    page.keyboard.type("pay")
    page.keyboard.press("Enter")
    page.locator("blockquote .focus").first.wait_for()
    assert "q=pay" in page.url


def test_marks_are_switched_by_kind(desk: str, ledger: Ledger, watched: Watched) -> None:
    page = watched()
    page.goto(f"{desk}/article/{ledger.terms()[0].article[:16]}")
    mark = page.locator(".block .term").first
    before = mark.evaluate("e => getComputedStyle(e).borderBottomColor")
    page.locator("#show-term").uncheck()
    assert mark.evaluate("e => getComputedStyle(e).borderBottomColor") != before
    assert not page.locator(".card.term").first.is_visible()


def test_a_cell_of_the_table_opens_and_goes_with_the_next_click(desk: str, watched: Watched) -> None:
    page = watched()
    page.goto(f"{desk}/table")
    cell = page.locator("details[name=cell]").first
    cell.locator("summary").click()
    assert cell.locator("blockquote").first.is_visible()
    page.get_by_role("heading", level=1).click()
    assert not cell.locator("blockquote").first.is_visible()


def test_the_theme_is_kept(desk: str, watched: Watched) -> None:
    page = watched(color_scheme="light")
    page.goto(desk)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Change between light and dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.goto(f"{desk}/articles")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_the_desk_reads_without_script(desk: str, ledger: Ledger, watched: Watched) -> None:
    page = watched(java_script_enabled=False)
    for address in pages_of(ledger):
        page.goto(desk + address)
        assert page.locator("h1").first.is_visible(), address
    page.goto(f"{desk}/table")
    opened = page.locator(".main .opened").first
    opened.locator("summary").click()
    assert opened.locator("blockquote").is_visible()


def pages_of(ledger: Ledger) -> list[str]:
    """An address of every kind of page."""
    plain = ["/", "/table", "/table?across=versions", "/articles", "/claims", "/parties", "/party?party=Albion+Rail"]
    plain += ["/timeline", "/map", "/changes?since=2025-02-01", "/sources", "/search?q=pay", "/search?kind=terms"]
    plain += ["/judgements", "/brief", "/add"]
    rows = {"statement": ledger.statements(), "term": ledger.terms(), "position": ledger.positions()}
    records = [f"/{sort}/{of[0].id[:16]}" for sort, of in rows.items()]
    return [*plain, *records, f"/encounter/{ledger.encounters()[0].id[:16]}", *articles_of(ledger)]


def articles_of(ledger: Ledger) -> list[str]:
    return [f"/article/{row.id[:16]}" for row in ledger.articles()[:2]]


GIVEN_BACK = "a form that is given back"


def send_stale(page: Any, desk: str) -> None:
    """A pasted text, sent when the visit that its form was made for has ended."""
    page.goto(f"{desk}/add")
    form = page.locator("form", has=page.locator("textarea"))
    form.get_by_label("Text of the article").fill("She said no.")
    form.get_by_label("Outlet").fill("The Courier")
    form.get_by_label("Day of publication").fill("2026-03-05")
    page.context.clear_cookies()
    form.get_by_role("button", name="Add the text").click()
    page.get_by_role("button", name="Send it again").wait_for()
    assert page.get_by_label("Text of the article").input_value() == "She said no."


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(desk: str, ledger: Ledger, browser: Any, scheme: str) -> None:
    # The policy forbids scripts that are not the desk's, so the examiner has to be let in beside it.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    row = ledger.statements()[0]
    ledger.correct("likelihood", row.id, "very likely", by="Ines")
    page.goto(f"{desk}/claims")
    claim = page.locator(".entry .title").first.get_attribute("href")
    faults = []
    for address in [*pages_of(ledger), claim, "/nowhere", GIVEN_BACK]:
        if address == GIVEN_BACK:
            send_stale(page, desk)
        else:
            page.goto(desk + address)
        page.evaluate("document.querySelectorAll('details').forEach((d, n) => { if (n < 6) d.open = true; })")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        faults += [
            f"{address}: {fault['id']}: {fault['help']}: {fault['nodes'][0]['html'][:160]}"
            for fault in found["violations"]
            if fault["impact"] in ("serious", "critical")
        ]
    context.close()
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [360, 768, 1280, 2560])
def test_no_page_is_wider_than_its_window(desk: str, ledger: Ledger, watched: Watched, width: int) -> None:
    page = watched(viewport={"width": width, "height": 900})
    for address in pages_of(ledger):
        page.goto(desk + address)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, address

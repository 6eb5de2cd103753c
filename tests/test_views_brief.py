"""The HTML brief: whole, safe, self-contained, and every cell opens on its sentence."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reportedly.ledger.surroundings import Surroundings
from reportedly.records import Reading, Span
from reportedly.views.brief import brief_page
from reportedly.views.marked import Mark, MarkedText, paragraphs_of

GOLDEN = Path(__file__).parent / "golden" / "brief"


class Page(HTMLParser):
    """What a browser would see of a page: its tags, ids, links, and the text of its articles."""

    VOID = frozenset({"meta", "br", "hr", "link", "img"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.sentences: dict[str, str] = {}
        self._in: str | None = None
        self._depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.ids += [given["id"]] if given.get("id") else []
        self.links += [given["href"]] if given.get("href") else []
        if tag not in self.VOID:
            self.open.append(tag)
        if given.get("class") == "sentence":
            self._in, self._depth = given["id"], len(self.open)
            self.sentences[self._in or ""] = ""

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag
        if self._in and len(self.open) < self._depth:
            self._in = None

    def handle_data(self, data: str) -> None:
        if self._in:
            self.sentences[self._in] += data


@pytest.fixture(scope="module")
def html(readings: list[Reading], awkward: Reading) -> str:
    return brief_page([*readings, awkward], title="What is on the table")


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_golden(awkward: Reading, golden: Callable[[Path, str], None]) -> None:
    html = brief_page([awkward], title="What is on the table")
    golden(GOLDEN / "awkward.html", re.sub(r"<style>.*?</style>", "<style></style>", html, flags=re.DOTALL))


def test_tags_are_closed_and_ids_are_unique(page: Page) -> None:
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))


def test_every_link_leads_somewhere_in_the_page(page: Page) -> None:
    anchors = [link for link in page.links if link.startswith("#")]
    assert len(anchors) > 100
    assert {link[1:] for link in anchors} <= set(page.ids)


def test_nothing_is_loaded_and_nothing_runs(page: Page, html: str) -> None:
    assert not page.tags & {"script", "img", "link", "iframe", "object", "form"}
    assert "default-src 'none'" in html
    assert not re.search(r"url\(|@import|src=", html)
    assert [link for link in page.links if not link.startswith("#")] == []


def test_what_an_article_holds_is_shown_and_never_run(html: str) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script" not in html
    assert "javascript:" not in html


def test_the_whole_article_is_shown(page: Page, readings: list[Reading], awkward: Reading) -> None:
    shown = ["".join(text for id, text in page.sentences.items() if id.startswith(f"a{n}-")) for n in range(1, 6)]
    texts = [reading.document.text for reading in (*readings, awkward)]
    assert ["".join(text.split()) for text in shown] == ["".join(text.split()) for text in texts]


def test_a_term_opens_on_the_sentence_of_its_words(page: Page, html: str) -> None:
    table = r'class="main" data-label="Term"><details><summary>([^<]+)</summary>.*?href="#(a\d+-\d+)"'
    found = re.findall(table, html, re.DOTALL)
    assert len(found) > 20
    for words, anchor in found:
        first = unescape(words).split(" … ")[0]
        assert first in " ".join(page.sentences[anchor].split())


def test_the_order_of_articles_does_not_matter(readings: list[Reading], html: str, awkward: Reading) -> None:
    shuffled = [*readings, awkward]
    random.Random(7).shuffle(shuffled)
    assert brief_page(shuffled, title="What is on the table") == html


def test_no_article_makes_a_page_that_says_so() -> None:
    assert "There is no article to show" in brief_page([], title="<b>")


def test_no_character_turns_the_direction_of_the_page(awkward: Reading) -> None:
    document = awkward.document
    turned = replace(
        document,
        text=document.text.replace("tugs leave", "tugs \u202e\u2066eh"),
        title="Tugs \u202eevael",
        outlet="Post \u2067",
        byline=("Ann \u202dBell",),
    )
    html = brief_page([replace(awkward, document=turned)], title="Tugs \u202a")
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)
    assert "tugs \N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}eh" in html


def test_a_position_shows_its_words(html: str) -> None:
    cells = re.findall(r'<span class="stance \w+">\w+</span>.*?<span class="short">([^<]+)</span>', html)
    assert len(cells) > 5
    assert max(map(len, map(unescape, cells))) <= 72


def test_every_number_leads_to_a_note_with_its_sentence(html: str) -> None:
    numbers = set(re.findall(r'<sup class="ref"><a href="#note-(\d+)"', html))
    listed = dict(re.findall(r'<li id="note-(\d+)" value="\1">(.*?)</li>', html, re.DOTALL))
    assert numbers == set(listed)
    assert len(numbers) > 40
    for note in listed.values():
        assert re.search(r"^\s*(“.+” .+\.|Looked in: .+\.)", note, re.DOTALL), note


def test_it_begins_with_what_matters(html: str) -> None:
    short = html.partition("<h2>In short</h2>")[2].partition("</ul>")[0]
    lines = re.findall(r"<li>(.*?)</li>", short, re.DOTALL)
    assert len(lines) > 3
    assert all('class="ref"' in line for line in lines)


def test_titles_are_escaped() -> None:
    assert "<b>" not in brief_page([], title="<b>")


def test_a_parliament_of_empty_cells_says_so(html: str) -> None:
    assert "nothing found in 4 articles" in html
    assert not re.search(r"<td[^>]*>\s*</td>", html)


class TestMarks:
    """Overlapping, nested and touching marks cut the text; nothing is lost or doubled."""

    TEXT = "Ivanov said the minister had told him."

    def kinds(self, *marks: tuple[str, int, int]) -> list[tuple[str, tuple[str, ...]]]:
        marked = MarkedText(self.TEXT, [Mark(kind, Span(a, b)) for kind, a, b in marks])
        return [(s.text, s.kinds) for s in marked.within(Span(0, len(self.TEXT)))]

    def test_no_marks(self) -> None:
        assert self.kinds() == [(self.TEXT, ())]

    def test_overlap(self) -> None:
        assert self.kinds(("cue", 0, 11), ("hedge", 7, 15)) == [
            ("Ivanov ", ("cue",)),
            ("said", ("cue", "hedge")),
            (" the", ("hedge",)),
            (" minister had told him.", ()),
        ]

    def test_content_in_content_is_told_apart(self) -> None:
        assert ("him", ("content", "inner")) in self.kinds(("content", 12, 37), ("content", 34, 37))

    def test_the_same_words_marked_twice_end_where_the_longer_ends(self) -> None:
        assert [text for text, kinds in self.kinds(("source", 0, 6), ("source", 0, 11)) if kinds] == ["Ivanov", " said"]

    def test_part_of_a_text(self) -> None:
        marked = MarkedText(self.TEXT, [Mark("cue", Span(7, 11))])
        assert [s.text for s in marked.within(Span(9, 15))] == ["id", " the"]


def test_paragraphs_hold_every_character_of_their_blocks(readings: list[Reading], awkward: Reading) -> None:
    for reading in (*readings, awkward):
        text = reading.document.text
        paragraphs = tuple(paragraphs_of(reading, Surroundings(reading.document)))
        assert [p.number for p in paragraphs if p.number] == list(range(1, len(reading.document.prose()) + 1))
        for block, paragraph in zip(reading.document.blocks, paragraphs, strict=True):
            joined = "".join(s.space + "".join(g.text for g in s.segments) for s in paragraph.sentences)
            assert joined == block.span.of(text).rstrip()

"""Pages: the text taken out of them, and what they say of their publication."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.documents import load
from reportedly.documents.pages import article_of_page
from reportedly.errors import InputError
from reportedly.records import Document

PAGES = Path(__file__).parent / "pages"


def read(name: str, **known: str) -> Document:
    (document,) = load(PAGES / f"{name}.html", **known)  # type: ignore[arg-type]
    return document


def lines(document: Document) -> list[str]:
    return [f"{b.kind} | {b.span.of(document.text)}" for b in document.blocks]


def test_text_and_kinds_come_from_the_markup() -> None:
    assert lines(read("json_ld")) == [
        "heading | Port reopens after nine days",
        "paragraph | The port of Larn reopened on Wednesday after a strike of nine days, the harbour master said.",
        'paragraph | "Nobody has won," a steward told the Observer.',
        "heading | What was agreed",
        "list_item | Pay rises by four per cent.",
        "list_item | No night shifts before 2028.",
        "paragraph | We have read the letter twice, and we are still not sure what it says.",
        "list_item | Year | Pay",
        "list_item | 2026 | 4%",
        "furniture | Read more: The port that never sleeps",
        "paragraph | The owners did not answer questions about the ballot, which closes on Friday.",
    ]


def test_the_byline_of_an_article_within_the_page_is_kept() -> None:
    document = read("embedded")
    assert [(piece.title, piece.byline) for piece in document.pieces] == [
        ("Port strike ends", ("Ann Bell",)),
        ("Why the quay is sinking", ("Ned Croft",)),
    ]
    assert "byline | By Ned Croft" in lines(document)
    assert "Una Moss" not in document.text


def test_json_ld_goes_first() -> None:
    document = read("json_ld")
    assert (document.outlet, document.published) == ("The Larn Observer", "2026-03-04")
    assert (document.title, document.byline) == ("Port reopens after nine days", ("Ann Bell", "Carl Dorn"))
    assert document.url == "https://observer.example/news/port-reopens"
    assert dict(document.known_from) == {
        "outlet": "JSON-LD",
        "published": "JSON-LD",
        "title": "JSON-LD",
        "byline": "JSON-LD",
        "url": "meta",
    }
    assert document.notes == ()


def test_options_go_before_the_page() -> None:
    document = read("json_ld", published="7 March 2026", outlet="Observer")
    assert (document.outlet, document.published) == ("Observer", "2026-03-07")
    assert dict(document.known_from)["published"] == "option"


def test_meta_elements() -> None:
    document = read("meta")
    assert (document.outlet, document.published) == ("Oster Post", "2026-02-11")
    assert (document.title, document.byline) == ("Ferry fares to rise", ("Ute Falk",))
    assert set(dict(document.known_from).values()) == {"meta"}


def test_a_time_in_the_article() -> None:
    document = read("time")
    assert document.published == "2026-02-11"
    assert dict(document.known_from) == {"published": "<time>", "title": "<title>"}


def test_the_address_is_the_last_resort_for_the_day() -> None:
    document = read("address")
    assert document.published == "2026-02-11"
    assert dict(document.known_from)["published"] == "URL"
    assert "could be two days" in {n.about: n.text for n in document.notes}["page date"]


def test_what_a_page_does_not_say_is_noted_with_what_was_tried() -> None:
    document = read("nothing_known")
    assert (document.outlet, document.published, document.title, document.byline) == (None, None, None, ())
    assert {n.about: n.text for n in document.notes}["published"] == (
        "no publication date found (tried JSON-LD, meta, <time>, URL); relative dates stay unresolved; pass --published"
    )


def test_an_option_takes_the_note_away() -> None:
    document = read("nothing_known", published="2026-02-11", outlet="Oster Post")
    assert document.notes == ()


def test_a_second_article_in_a_page_is_told_apart() -> None:
    document = read("two_articles")
    assert [(p.title, p.byline) for p in document.pieces] == [
        ("Dockers could be back", ()),
        ("Can Larn live without it?", ("Ute Falk",)),
    ]
    assert "furniture | 4\n4\n4" in lines(document)


def test_a_declared_charset_is_followed(tmp_path: Path) -> None:
    page = (PAGES / "meta.html").read_text(encoding="utf-8").replace("utf-8", "iso-8859-2").replace("Oster", "Łódź")
    path = tmp_path / "page.html"
    path.write_bytes(page.encode("iso-8859-2"))
    (document,) = load(path)
    assert document.outlet == "Łódź Post"
    assert document.notes == ()


@pytest.mark.parametrize(
    "script",
    [
        "",
        "null",
        "[]",
        "[[[]]]",
        '"words"',
        '{"@type": "NewsArticle"}',
        '{"@type": ["NewsArticle"], "author": null, "publisher": [], "headline": 3}',
        '{"@type": "NewsArticle", "author": [[], "", {"name": null}], "datePublished": ["2026"]}',
        '{"@graph": {"@type": "NewsArticle"}}',
        '{"@type": "NewsArticle", "mainEntityOfPage": true, "url": 3, "datePublished": "soon"}',
    ],
)
def test_odd_json_ld_stops_nothing(script: str) -> None:
    page = (PAGES / "time.html").read_text(encoding="utf-8")
    page = page.replace("</head>", f'<script type="application/ld+json">{script}</script></head>')
    assert article_of_page(page, name="odd", place="odd").known.published == "2026-02-11"


def test_a_page_that_the_parser_gives_up_on_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", give_up)
    with pytest.raises(InputError, match="cannot be parsed"):
        article_of_page((PAGES / "time.html").read_text(encoding="utf-8"), name="odd", place="odd")


@settings(deadline=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from(["<p>", "<", "</p>", "words ", "<table>", "\0"])).map("".join))
def test_any_words_are_a_page_or_refused(html: str) -> None:
    with contextlib.suppress(InputError):
        assert article_of_page(html, name="any", place="any").text

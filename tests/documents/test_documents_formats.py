"""PDF, Word, feeds and web archives: the text taken out of them, and what cannot be read."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from reportedly.documents import load
from reportedly.documents.load import load_feed, load_pdf, load_warc, load_word
from reportedly.errors import InputError
from reportedly.records import Document

PAPERS = Path(__file__).parent / "papers"
LINES = [
    "Port strike ends as owners give way on night shifts",
    "By Ann Bell in Larn",
    "The strike that closed the port of Larn for nine days ended on Wednesday, when the owners gave way on night "
    "shifts and the dockers' union dropped its demand for a shorter week.",
    "Under the deal, which was read to The Larn Observer by two people who took part in the talks, pay will rise by "
    "four per cent a year until 2028. No docker will be made to work nights before then.",
    '"Nobody has won," a steward said. "We have stopped losing."',
    "The harbour master, Ola Brandt, told reporters that ferries would sail at dawn. She said the co-operation of both "
    'sides had been "better than feared", and that co-operation would be needed again.',
    "The owners did not answer questions about the ballot, which closes on Friday. Their negotiator, Piet Visser, had "
    'said on Monday that nights were "not for sale". The negotiator was not seen again.',
    "A second round, on pensions, has been set for 12 May in the town hall, according to the union's spokeswoman. The "
    "mayor has offered to chair it, but only if both sides ask him to.",
]
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in LINES[2:])


def load_all(path: Path) -> tuple[list[Document], list[InputError]]:
    errors: list[InputError] = []
    return list(load(path, on_error=errors.append)), errors


def kept(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


# -- PDF


@pytest.mark.parametrize("name", ["columns", "pages"])
def test_the_lines_of_a_pdf_become_paragraphs(name: str) -> None:
    """`columns` is set in two columns with indents and a word broken at a line's end, `pages` runs over two pages."""
    (document,) = load(PAPERS / f"{name}.pdf")
    assert document.text.split("\n") == LINES
    assert document.byline == ("Ann Bell",)
    assert any("heads and feet of pages" in note.text for note in document.notes)


def test_a_pdf_of_pictures_says_that_its_text_must_be_recognised_first() -> None:
    _, (error,) = load_all(PAPERS / "picture.pdf")
    assert "only pictures of pages" in error.reason
    assert "text recognition" in error.way_out


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(PAPERS / "pages.pdf"))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    _, (error,) = load_all(tmp_path / "locked.pdf")
    assert "locked with a password" in error.reason


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 25_000), st.binary(min_size=1, max_size=40))
def test_a_damaged_pdf_is_read_or_refused(at: int, noise: bytes) -> None:
    data = (PAPERS / "pages.pdf").read_bytes()
    (found,) = load_pdf(io.BytesIO(data[:at] + noise + data[at + len(noise) :]), name="a", place="a.pdf")
    assert isinstance(found, InputError) or found.text.strip()


# -- Word


def word(build: Any) -> bytes:
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_file_keeps_its_headings_lists_and_tables(tmp_path: Path) -> None:
    def build(document: Any) -> None:
        document.add_heading(LINES[0], level=1)
        document.add_paragraph(LINES[2])
        document.add_paragraph("No nights before 2028", style="List Bullet")
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "2027", "4%"
        document.add_paragraph(LINES[4])

    (document,) = load(kept(tmp_path, "port.docx", word(build)))
    assert [f"{b.kind} | {b.span.of(document.text)}" for b in document.blocks] == [
        f"heading | {LINES[0]}",
        f"paragraph | {LINES[2]}",
        "list_item | No nights before 2028",
        "list_item | 2027 | 4%",
        f"paragraph | {LINES[4]}",
    ]


def test_a_word_file_that_unpacks_without_end_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 120_000_000)
    (error,) = load_word(io.BytesIO(stream.getvalue()), name="a", place="a.docx")
    assert isinstance(error, InputError)
    assert "unpacks to 114 MB" in error.reason


# -- feeds

RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Larn Observer</title>
<item><title>{LINES[0]}</title><link>https://observer.example/port</link><dc:creator>Ann Bell and Carl Dorn</dc:creator>
<pubDate>Wed, 04 Mar 2026 18:00:00 +0100</pubDate><description>Short.</description>
<content:encoded><![CDATA[{PARAGRAPHS}<script>alert(1)</script>]]></content:encoded></item>
<item><title>Ferries sail</title><link>https://observer.example/ferries</link><pubDate>soon</pubDate>
<description>&lt;p&gt;Ferries sailed at dawn, the harbour master said.&lt;/p&gt;</description></item>
<item><title>Nothing</title></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Larn Wire</title>
<entry><title>{LINES[0]}</title><link href="https://wire.example/1"/><published>2026-03-04T18:00:00Z</published>
<content type="html">{PARAGRAPHS.replace("<", "&lt;").replace(">", "&gt;")}</content></entry></feed>"""


def test_each_entry_of_a_feed_is_an_article(tmp_path: Path) -> None:
    documents, errors = load_all(kept(tmp_path, "observer.rss", RSS.encode()))
    whole, short = documents
    assert whole.text.split("\n") == LINES[2:]
    assert (whole.outlet, whole.published, whole.url) == (
        "The Larn Observer",
        "2026-03-04",
        "https://observer.example/port",
    )
    assert whole.byline == ("Ann Bell", "Carl Dorn")
    assert short.text == "Ferries sailed at dawn, the harbour master said."
    assert short.published is None
    assert {note.about for note in short.notes} >= {"input", "published"}
    assert [error.reason for error in errors] == ["there is no text in this entry"]


def test_an_atom_feed_is_known_by_how_it_begins(tmp_path: Path) -> None:
    (document,) = load(kept(tmp_path, "saved", ATOM.encode()))
    assert (document.outlet, document.title) == ("Larn Wire", LINES[0])


@pytest.mark.parametrize("data", [b"<rss", b"<rss/>", b"just words", b"\x00\xff", b"<!DOCTYPE html><p>a page</p>"])
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    (error,) = load_feed(io.BytesIO(data), name="a", place="a.xml")
    assert isinstance(error, InputError)
    assert "feed" in error.reason


# -- web archives


def record(address: str, body: str, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body.encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Target-URI: {address}\r\nWARC-Date: 2026-03-05T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{len(address):012d}>\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


PAGE = f"<html><head><title>{LINES[0]}</title></head><body><article><h1>{LINES[0]}</h1>{PARAGRAPHS}</article></body>"
ARCHIVE = [
    record("https://observer.example/2026/03/04/port", PAGE),
    record("https://observer.example/gone", "gone", status="404 Not Found"),
    record("https://observer.example/logo.png", "png", kind="image/png"),
    record("https://observer.example/menu", "<html><body><nav>Home</nav></body></html>"),
]


@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_an_archive_are_articles(tmp_path: Path, packed: bool) -> None:
    data = b"".join(gzip.compress(r) if packed else r for r in ARCHIVE)
    documents, errors = load_all(kept(tmp_path, "crawl.warc.gz" if packed else "crawl.warc", data))
    (document,) = documents
    assert document.text.split("\n") == [LINES[0], *LINES[2:]]
    assert (document.name, document.url, document.published) == (
        "crawl-1",
        "https://observer.example/2026/03/04/port",
        "2026-03-04",
    )
    (error,) = errors
    assert error.reason == "no article found in 1 of 2 pages, the first of them https://observer.example/menu"


@pytest.mark.parametrize("data", [b"", b"WARC/1.0\r\n", b"\x1f\x8b\x08\x00broken", ARCHIVE[2]])
def test_what_holds_no_page_is_refused(data: bytes) -> None:
    (error,) = load_warc(io.BytesIO(data), name="a", place="a.warc")
    assert isinstance(error, InputError)


def test_an_archive_that_breaks_off_keeps_what_came_before() -> None:
    whole = gzip.compress(ARCHIVE[0])
    found = list(load_warc(io.BytesIO(whole + whole[: len(whole) // 2]), name="a", place="a.warc.gz"))
    assert not isinstance(found[0], InputError)

"""Files, folders and standard input; what cannot be read, and that it stops nothing else."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.config import MAX_INPUT_BYTES
from reportedly.documents import load
from reportedly.documents.plain import load_plain
from reportedly.errors import InputError
from reportedly.records import Document

TEXT = "The port of Larn reopened on Wednesday.\nFerries sailed at dawn.\n"
HTML = (
    "<html><body><article><p>The port of Larn reopened on Wednesday after nine days.</p>"
    "<p>Ferries sailed at dawn, the harbour master said.</p></article></body></html>"
)


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def jsonl(*lines: Any) -> str:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def load_all(*inputs: Path | str, **known: Any) -> tuple[list[Document], list[InputError]]:
    errors: list[InputError] = []
    return list(load([str(i) for i in inputs], on_error=errors.append, **known)), errors


def test_a_text_file_is_kept_as_it_is(tmp_path: Path) -> None:
    text = "  The  port\tof Larn “reopened”…\n\n\n7\n7\n Ferries sailed \n"
    (document,) = load(write(tmp_path, "larn.txt", text))
    assert document.text == text
    assert document.name == "larn"


def test_line_breaks_of_other_machines_become_newlines(tmp_path: Path) -> None:
    (document,) = load(write(tmp_path, "larn.txt", "One two.\r\nThree four.\rFive six."))
    assert document.text == "One two.\nThree four.\nFive six."


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [("\ufeff", "utf-8"), ("\ufeff", "utf-16-le"), ("\ufeff", "utf-16-be"), ("\ufeff", "utf-32-le"), ("", "utf-8")],
)
def test_a_byte_order_mark_is_followed_and_dropped(tmp_path: Path, mark: str, encoding: str) -> None:
    (document,) = load(write(tmp_path, "larn.txt", (mark + TEXT + "Größe, “naïve”").encode(encoding)))
    assert document.text == TEXT + "Größe, “naïve”"


def test_text_that_is_not_utf_8_is_read_as_windows_1252_and_noted(tmp_path: Path) -> None:
    (document,) = load(write(tmp_path, "larn.txt", "“We will see,” said Gürbey – twice.".encode("cp1252")))
    assert document.text == "“We will see,” said Gürbey – twice."
    (note,) = [n.text for n in document.notes if n.about == "encoding"]
    assert "read as Windows-1252; look at accents" in note


def test_bytes_that_are_no_character_are_counted(tmp_path: Path) -> None:
    (document,) = load(write(tmp_path, "larn.txt", b"\x81The port of Larn \x81reopened\x93."))
    (note,) = [n.text for n in document.notes if n.about == "encoding"]
    assert "Windows-1252, 2 bytes of which are no character" in note


@settings(deadline=None)
@given(st.text().filter(lambda t: t.strip() and all(c.isprintable() or c in "\n\t" for c in t)))
def test_any_text_comes_back_unchanged(text: str) -> None:
    (article,) = load_plain(io.BytesIO(text.encode()), name="any", place="any")
    assert not isinstance(article, InputError)
    assert article.text == text.removeprefix("\ufeff")


def test_options_go_before_what_the_input_says(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", jsonl({"text": TEXT, "outlet": "The Observer", "published": "2026-03-04"}))
    (document,) = load(path, outlet="The Post", url="https://post.example/a")
    assert (document.outlet, document.published) == ("The Post", "2026-03-04")
    assert dict(document.known_from) == {"outlet": "option", "url": "option", "published": "JSONL"}


def test_what_is_not_known_is_noted(tmp_path: Path) -> None:
    (document,) = load(write(tmp_path, "larn.txt", TEXT))
    assert (document.outlet, document.published) == (None, None)
    notes = {note.about: note.text for note in document.notes}
    assert "--published" in notes["published"]
    assert "--outlet" in notes["outlet"]


def test_a_day_that_the_text_prints_is_offered_and_not_believed(tmp_path: Path) -> None:
    dated = f"Port reopens after nine days\nBy Ann Bell\nTuesday 12 May 2026\n{TEXT}"
    (document,) = load(write(tmp_path, "larn.txt", dated))
    (note,) = [note.text for note in document.notes if note.about == "published"]
    assert document.published is None
    assert note.endswith("pass --published 2026-05-12, for the text says '12 May 2026'")


def test_every_field_of_a_line_is_used_or_named(tmp_path: Path) -> None:
    line = {
        "id": "larn-1",
        "text": TEXT,
        "outlet": "The Observer",
        "published": "4 March 2026",
        "url": "https://observer.example/larn",
        "title": "Port reopens",
        "byline": "By Ann Bell and Carl Dorn",
        "story": "larn",
        "language": "en",
        "mood": "good",
    }
    (document,) = load(write(tmp_path, "a.jsonl", jsonl(line)))
    assert (document.name, document.outlet, document.published) == ("larn-1", "The Observer", "2026-03-04")
    assert (document.title, document.byline) == ("Port reopens", ("Ann Bell", "Carl Dorn"))
    assert (document.story, document.language) == ("larn", "en")
    assert [n.text for n in document.notes] == ["fields not used: mood"]


def test_a_line_without_an_id_is_called_by_its_number(tmp_path: Path) -> None:
    documents, _ = load_all(write(tmp_path, "a.jsonl", jsonl({"text": TEXT}) + "\n" + jsonl({"text": TEXT, "id": 7})))
    assert [d.name for d in documents] == ["a-1", "7"]


def test_a_line_can_hold_a_page(tmp_path: Path) -> None:
    (document,) = load(write(tmp_path, "a.jsonl", jsonl({"id": "larn", "html": HTML, "outlet": "The Observer"})))
    assert document.text.startswith("The port of Larn reopened")
    assert dict(document.known_from)["outlet"] == "JSONL"


def test_a_broken_line_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", jsonl({"text": TEXT}) + '{"text": "half\n' + jsonl({"text": TEXT}))
    documents, errors = load_all(path)
    assert [d.name for d in documents] == ["a-1", "a-3"]
    assert [e.name for e in errors] == [f"{path}, line 2"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": 3}', "text is 3, not a string"),
        (b'{"outlet": "The Post"}', "neither text nor html"),
        (b'["text"]', "no JSON object"),
        (b'{"text": "a b", "byline": {"name": "x"}}', "byline is neither"),
        (b'{"text": "a b", "published": "03/04/2025"}', "could be two days"),
        (b'{"text": "a b", "published": "tomorrowish"}', "'tomorrowish' is no date"),
        (b'{"text": "   "}', "there is no text"),
        (b'{"text": "a\\u0000b"}', "binary"),
        (b'{"text": "a \\ud800 b"}', "half a character"),
        (b'{"html": "<p>short</p>"}', "no article found"),
        (b'{"html": ""}', "no article found"),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_lines_that_are_no_article(tmp_path: Path, line: bytes, reason: str) -> None:
    good = jsonl({"text": TEXT}).encode()
    documents, errors = load_all(write(tmp_path, "a.jsonl", line + b"\n" + good))
    assert len(documents) == 1
    assert [("line 1" in e.name, reason in e.reason) for e in errors] == [(True, True)], errors


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\t\n", "no text"),
        ("a.txt", b"\x00\x01\x02binary", "binary"),
        ("a.txt", b"%PDF-1.7 ...", "a PDF"),
        ("a.txt", b"PK\x03\x04....", "Office"),
        ("a.txt", bytes(range(1, 32)) * 9 + b"words", "control characters"),
        ("a.txt", b"\xff\xfea", "marked as UTF-16-LE"),
        ("a.txt", b"x" * (MAX_INPUT_BYTES + 1), "larger than 10 MB"),
        ("a.txt", b"word " * 100_000, "more than the 400,000"),
        ("a.html", b"", "the file is empty"),
        ("a.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article found"),
        ("a.html", b"just words", "no article found"),
        ("a.html", b"<!-- -->", "no article found"),
        ("a.html", b"\x89PNG....", "PNG"),
        ("a.jsonl", b"", "no article in it"),
        ("a.jsonl", b"\n\n", "no article in it"),
        ("a.jsonl", b'{"text": "' + b"x" * MAX_INPUT_BYTES + b'"}', "larger than 10 MB"),
        ("a.docx", b"PK\x03\x04....", "no Word file"),
        ("a.pdf", b"%PDF-1.7 ....", "the PDF cannot be read"),
        ("a.rss", b"just words", "no feed"),
        ("a.warc", b"just words", "the archive breaks off after page 0"),
        ("a.odt", b"PK\x03\x04....", "unknown ending '.odt'"),
    ],
)
def test_bad_input_is_named_and_the_others_are_read(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    bad, good = write(tmp_path, name, data), write(tmp_path, "good.txt", TEXT)
    documents, errors = load_all(bad, good)
    assert [d.name for d in documents] == ["good"]
    assert len(errors) == 1
    assert errors[0].name.startswith(str(bad))
    assert reason in errors[0].reason
    assert errors[0].way_out


def test_an_error_is_raised_if_nobody_takes_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        list(load(tmp_path / "missing.txt"))


def test_a_day_that_is_none_says_what_to_pass(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="pass a day as 2025-02-12"):
        list(load(write(tmp_path, "larn.txt", TEXT), published="tomorrowish"))


def test_an_address_is_refused() -> None:
    _, errors = load_all("https://observer.example/larn")
    assert "save the page as .html" in errors[0].way_out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = write(tmp_path, "larn.txt", TEXT)
    path.chmod(0)
    _, errors = load_all(path)
    assert "no permission" in errors[0].reason


def test_a_refused_file_is_told_from_a_missing_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path, "larn.txt", TEXT)
    monkeypatch.setattr(Path, "open", refuse)
    _, errors = load_all(path)
    assert "no permission" in errors[0].reason


def test_a_folder_is_read_in_order_without_what_is_hidden_or_unknown(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.TXT", "a/.hidden.txt", ".git/c.txt", "notes.odt"):
        write(tmp_path, name, TEXT)
    write(tmp_path, "c.htm", HTML)
    documents, errors = load_all(tmp_path)
    assert [d.name for d in documents] == ["z", "b", "c"]
    assert errors == []


def test_a_pipe_or_socket_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    write(tmp_path, "good.txt", TEXT)
    documents, errors = load_all(tmp_path)
    assert [d.name for d in documents] == ["good"]
    assert [(e.name, e.reason) for e in errors] == [
        (str(tmp_path / "pipe.txt"), "it is a pipe, socket or device, not a file")
    ]


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "lost.txt").symlink_to(tmp_path / "gone.txt")
    _, errors = load_all(tmp_path)
    assert [e.reason for e in errors] == ["there is no such file"]


def test_a_folder_with_nothing(tmp_path: Path) -> None:
    _, errors = load_all(tmp_path)
    assert "no article in this folder" in errors[0].reason


@pytest.mark.parametrize(
    ("data", "start"),
    [
        (TEXT.encode(), "The port of Larn"),
        (HTML.encode(), "The port of Larn"),
        (b"\xef\xbb\xbf<!DOCTYPE html>" + HTML.encode(), "The port of Larn"),
        (jsonl({"text": TEXT}).encode(), "The port of Larn"),
        (b"{Note} The port of Larn reopened.", "{Note} The port"),
        (b"< 5 per cent, says the port authority.", "< 5 per cent"),
    ],
)
def test_standard_input_is_known_by_how_it_begins(monkeypatch: pytest.MonkeyPatch, data: bytes, start: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
    (document,) = load("-")
    assert document.text.startswith(start)
    assert document.name.startswith("stdin")


def test_a_file_without_ending_is_known_by_how_it_begins(tmp_path: Path) -> None:
    (document,) = load(write(tmp_path, "larn", HTML))
    assert document.text.startswith("The port of Larn")


def test_lines_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", jsonl(*[{"text": TEXT}] * 3) + "broken\n")
    documents = load(path)
    assert [next(documents).name for _ in range(3)] == ["a-1", "a-2", "a-3"]
    with pytest.raises(InputError, match="line 4"):
        next(documents)

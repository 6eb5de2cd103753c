"""The table of pieces, and what is known of a page's authors from beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.documents import find_blocks, find_pieces, make_document
from reportedly.records import Piece

TABLE = Path(__file__).parents[1] / "cases" / "blocks" / "pieces.en.md"

TWO = """DOCKERS could be back at work by Friday.
Their union would not be drawn.
Can Larn live without it?
BY Ute Falk
ONCE a thousand ferries sailed from here."""


def cases() -> list[tuple[str, str, list[str]]]:
    """Title, text and expected pieces of each case of the table."""
    found = []
    for part in TABLE.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, _, rest = part.partition("\n")
        text, _, expected = rest.partition("\n---\n")
        found.append((title, text, expected.strip().split("\n")))
    return found


CASES = cases()


def shown(piece: Piece, text: str, expected: str) -> str:
    line = f"{piece.title or '-'} | {', '.join(piece.byline) or '-'} | {piece.span.of(text)}"
    return line[: len(expected) - 1] + "…"


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_pieces_of_the_table(text: str, expected: list[str]) -> None:
    pieces = find_pieces(text, find_blocks(text))
    assert len(pieces) == len(expected)
    assert [shown(p, text, e) for p, e in zip(pieces, expected, strict=True)] == expected


def test_the_first_piece_takes_the_author_that_is_given() -> None:
    document = make_document(TWO, name="larn", byline=("Ann Bell",))
    assert [p.byline for p in document.pieces] == [("Ann Bell",), ("Ute Falk",)]


def test_the_author_of_a_later_piece_is_not_the_first_ones() -> None:
    document = make_document(TWO, name="larn", byline=("Ute Falk",))
    assert [p.byline for p in document.pieces] == [(), ("Ute Falk",)]


def test_the_blocks_know_their_piece() -> None:
    document = make_document(TWO, name="larn")
    assert [block.piece for block in document.blocks] == [0, 0, 1, 1, 1]


def test_title_and_authors_are_said_to_come_from_the_text() -> None:
    document = make_document("Port strike ends\nBy Ann Bell\nThe port of Larn reopened on Wednesday.", name="larn")
    assert document.title == "Port strike ends"
    assert document.byline == ("Ann Bell",)
    assert dict(document.known_from) == {"title": "text", "byline": "text"}


def test_authors_of_a_live_blog_are_all_named() -> None:
    text = "Port live: day nine\n09.12 | Ann Bell, Larn\nThe gates are shut.\n10.05 | Carl Dorn, Oster\nThey are open."
    assert make_document(text, name="live").byline == ("Ann Bell", "Carl Dorn")

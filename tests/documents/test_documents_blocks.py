"""The table of blocks, and what holds for every text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.documents import find_blocks, find_pieces, make_document
from reportedly.records import BlockKind

TABLE = Path(__file__).parents[1] / "cases" / "blocks" / "en.md"

Case = tuple[str, str, list[str]]


def cases() -> list[Case]:
    """Title, text and expected lines of each case of the table."""
    found = []
    for part in TABLE.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, _, rest = part.partition("\n")
        text, _, expected = rest.partition("\n---\n")
        found.append((title, text, expected.strip().split("\n")))
    return found


CASES = cases()


def shown(kind: BlockKind, words: str, expected: str) -> str:
    """A block as the table prints it, cut where the expected line ends in an ellipsis."""
    line = f"{kind} | {words}".replace("\n", "⏎")
    return line[: len(expected) - 1] + "…" if expected.endswith("…") else line


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_blocks_of_the_table(text: str, expected: list[str]) -> None:
    blocks = find_blocks(text)
    got = [(b.kind, b.span.of(text)) for b in blocks]
    wanted = [*expected, *[""] * (len(got) - len(expected))]
    assert [shown(*g, w) for g, w in zip(got, wanted, strict=False)] == expected


def test_the_table_is_large_enough_and_a_quarter_sets_nothing_aside() -> None:
    aside = ("furniture |", "caption |")
    quiet = [c for c in CASES if not any(line.startswith(aside) for line in c[2])]
    assert len(CASES) >= 60
    assert len(quiet) * 4 >= len(CASES)


LINES = [line for _, text, _ in CASES for line in text.split("\n")]
PAGES = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from([*LINES, "", "  ", "\t"]), max_size=30).map("\n".join),
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=40)), max_size=12).map("\r\n".join),
)


@settings(deadline=None)
@given(PAGES)
def test_every_character_that_is_not_blank_lies_in_exactly_one_block(text: str) -> None:
    covered = [i for b in find_blocks(text) for i in range(b.span.start, b.span.end)]
    assert len(covered) == len(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)


@settings(deadline=None)
@given(PAGES)
def test_blocks_lie_in_the_text_in_order_without_white_space_around(text: str) -> None:
    blocks = find_blocks(text)
    assert all(b.span.end <= len(text) and b.span.of(text) == b.span.of(text).strip() for b in blocks)
    assert [b.span.start for b in blocks] == sorted(b.span.start for b in blocks)


@settings(deadline=None)
@given(PAGES, st.lists(st.sampled_from(["Ann Bell", "Ute Falk"]), unique=True).map(tuple))
def test_pieces_hold_all_blocks_and_do_not_meet(text: str, byline: tuple[str, ...]) -> None:
    blocks = find_blocks(text)
    pieces = find_pieces(text, blocks, byline=byline)
    assert all(sum(p.span.holds(b.span) for p in pieces) == 1 for b in blocks)
    assert not any(a.span.meets(b.span) for a in pieces for b in pieces if a is not b)


@settings(deadline=None)
@given(PAGES.filter(lambda text: len(text.strip()) > 3 and all(c.isprintable() or c in "\r\n\t" for c in text)))
def test_a_document_keeps_its_text_and_places_its_blocks(text: str) -> None:
    document = make_document(text, name="any")
    assert document.text == text
    assert all(document.pieces[b.piece].span.holds(b.span) for b in document.blocks)


@pytest.mark.parametrize(
    "text",
    [
        "7\n" * 30_000,
        "Home\n" * 20_000,
        "By Ann Bell\nProse stands here.\n" * 3_000,
        "Title\nBy Ann Bell\nOne.\nTwo.\nTitle\nBy Ute Falk\nOne.\nTwo.\n" * 1_500,
        "09.12 | Ann Bell\n10.05 | Carl Dorn\n" * 2_000,
        "short line\nShort Line\n" * 6_000,
        "A" * 300_000,
        "a" + " " * 300_000 + "b",
        "(" * 100_000 + "Photo" * 10_000,
        "Credit: " * 40_000,
        "by " * 100_000,
        "1 Jan " * 50_000,
        ".\n" * 30_000,
    ],
    ids=lambda text: text[:12].replace("\n", " "),
)
def test_odd_pages_are_read_in_good_time(text: str) -> None:
    before = time.perf_counter()
    make_document(text, name="odd")
    assert time.perf_counter() - before < 15

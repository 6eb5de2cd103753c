"""What a link of a chain stands on, how its source knows, and what drifts within an article: the case tables."""

from __future__ import annotations

import pytest
from case_tables import load_cases

from reportedly.documents import make_document
from reportedly.reading.reader import Reader
from reportedly.records import Link, Reading, Spans

LINKS = load_cases("chains/links.en.md")
DRIFT = load_cases("chains/drift.en.md")


def read(text: str) -> Reading:
    return Reader("en").read(make_document(text, name="case", outlet="The Courier", published="2026-03-05"))


def words(spans: Spans, text: str) -> str:
    return " … ".join(" ".join(s.of(text).split()) for s in spans) or "-"


def row(link: Link, reading: Reading) -> str:
    text = reading.document.text
    knows = f"{link.knows}: {words(link.knows_spans, text)}" if link.knows else "-"
    return " | ".join((reading.source(link.source).name, link.basis.value, words(link.spans, text), knows))


@pytest.mark.parametrize(("title", "text", "expected"), LINKS, ids=[c[0] for c in LINKS])
def test_links(title: str, text: str, expected: list[str]) -> None:
    reading = read(text)
    assert [row(link, reading) for link in reading.statements[-1].links] == expected


@pytest.mark.parametrize(("title", "text", "expected"), DRIFT, ids=[c[0] for c in DRIFT])
def test_drift(title: str, text: str, expected: list[str]) -> None:
    assert [note.text for note in read(text).notes if note.about == "drift"] == expected


@pytest.mark.parametrize("text", [c[1] for c in LINKS])
def test_every_link_is_a_link_of_the_chain_in_order(text: str) -> None:
    for statement in read(text).statements:
        assert tuple(link.source for link in statement.links) == statement.chain

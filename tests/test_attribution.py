"""Who says what, and on whose word: the case tables, and what holds for every text."""

from __future__ import annotations

import pytest
from case_tables import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.documents import make_document
from reportedly.reading.actors import Mentions
from reportedly.reading.attribution import find_attributions
from reportedly.reading.dossier import Dossier
from reportedly.reading.mentions import find_mentions
from reportedly.reading.reader import Reader, shipped_model
from reportedly.reading.sentences import find_sentences
from reportedly.records import Reading, Spans, Statement

ATTRIBUTION = load_cases("attribution/en.md")
JOINED = load_cases("attribution/joined.md")
CHAINS = load_cases("chains/en.md")


def words(spans: Spans, text: str) -> str:
    return " … ".join(" ".join(s.of(text).split()) for s in spans) or "-"


def outline(statements: tuple[Statement, ...], text: str) -> list[str]:
    depth: dict[str, int] = {}
    lines = []
    for s in statements:
        depth[s.id] = depth[s.parent] + 1 if s.parent in depth else 0
        row = " | ".join(words(part, text) for part in (s.source, s.cue, s.content))
        lines.append("  " * depth[s.id] + row)
    return lines


def read(text: str, *, outlet: str = "The Courier") -> Reading:
    return Reader("en").read(make_document(text, name="case", outlet=outlet, published="2026-03-05"))


@pytest.mark.parametrize(("title", "text", "expected"), ATTRIBUTION, ids=[c[0] for c in ATTRIBUTION])
def test_attribution(title: str, text: str, expected: list[str]) -> None:
    document = make_document(text, name="case", outlet="The Courier", published="2026-03-05")
    assert outline(find_attributions(find_sentences(document), Mentions()), text) == expected


@pytest.mark.parametrize(("title", "text", "expected"), JOINED, ids=[c[0] for c in JOINED])
def test_both_readers(title: str, text: str, expected: list[str]) -> None:
    document = make_document(text, name="case", outlet="The Courier", published="2026-03-05")
    parse = find_sentences(document)
    assert outline(find_attributions(parse, find_mentions(parse, Dossier()), shipped_model()), text) == expected


@pytest.mark.parametrize(("title", "text", "expected"), CHAINS, ids=[c[0] for c in CHAINS])
def test_chains(title: str, text: str, expected: list[str]) -> None:
    reading = read(text)
    found = [" < ".join(link.name for link in reading.chain(s)) for s in reading.statements]
    assert found == expected


SENTENCES = st.lists(st.sampled_from([text for _, text, _ in ATTRIBUTION]), min_size=1, max_size=4)


@settings(max_examples=25, deadline=None)
@given(SENTENCES)
def test_every_span_lies_in_prose_and_parents_hold_their_own(texts: list[str]) -> None:
    text = "\n\n".join(texts)
    document = make_document(text, name="case")
    statements = find_attributions(find_sentences(document), Mentions())
    by_id = {s.id: s for s in statements}
    for s in statements:
        assert s.content
        assert s.cue
        for span in (*s.source, *s.cue, *s.content, *s.addressee):
            assert 0 <= span.start < span.end <= len(text)
        if s.parent is not None:
            assert any(c.holds(s.cue[0]) for c in by_id[s.parent].content)


@pytest.mark.parametrize("text", ["The European Union, left out, has protested", "One town, he adds, has said"])
def test_a_verb_may_end_its_text(text: str) -> None:
    statements = find_attributions(find_sentences(make_document(text, name="case")), Mentions())
    assert all(span.end <= len(text) for s in statements for span in s.content)

"""Sentences and quotation marks: the case tables, and what holds for every text."""

from __future__ import annotations

import pytest
from case_tables import load_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.documents import make_document
from reportedly.reading.parse import place
from reportedly.reading.quotes import find_quotes
from reportedly.reading.sentences import find_sentences, sentence_starts
from reportedly.records import Span

SENTENCES = load_cases("sentences/en.md")
QUOTES = load_cases("quotes/en.md")


@pytest.mark.parametrize(("title", "text", "expected"), SENTENCES, ids=[c[0] for c in SENTENCES])
def test_sentences(title: str, text: str, expected: list[str]) -> None:
    parse = find_sentences(make_document(text, name="case"))
    assert [s.span.of(text) for s in parse.sentences] == expected


@pytest.mark.parametrize(("title", "text", "expected"), QUOTES, ids=[c[0] for c in QUOTES])
def test_quotes(title: str, text: str, expected: list[str]) -> None:
    parse = find_sentences(make_document(text, name="case"))
    assert [q.inner.of(text).strip() for q in find_quotes(parse)] == expected


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([text for _, text, _ in SENTENCES]), min_size=1, max_size=5))
def test_tokens_know_their_place(paragraphs: list[str]) -> None:
    text = "\n".join(paragraphs)
    parse = find_sentences(make_document(text, name="case"))
    for sentence in parse.sentences:
        assert parse.sentence_at(sentence.span.start) == sentence
        for token in sentence.tokens:
            assert place(token).of(text) == token.text


@given(st.text(alphabet="aB .?!\"'”’\n", max_size=80))
def test_starts_are_in_order_and_within(paragraph: str) -> None:
    starts = sentence_starts(paragraph)
    assert starts[0] == 0
    assert list(starts) == sorted(set(starts))
    assert all(start < max(1, len(paragraph)) for start in starts)


def test_headings_and_furniture_are_no_sentences() -> None:
    text = "Talks resume in York\n\nThe talks began at noon.\n\nShare this article"
    parse = find_sentences(make_document(text, name="case"))
    assert [s.span.of(text) for s in parse.sentences] == ["The talks began at noon."]
    assert parse.sentence_at(0) is None
    assert parse.sentences_in(Span(0, len(text))) == parse.sentences

"""Acts and hedges: the case table, and what holds for every statement."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_tables import load_cases
from hypothesis import given
from hypothesis import strategies as st

from reportedly.reading.acts import find_acts
from reportedly.reading.cues import CueForm, load_cues
from reportedly.reading.parse import Parse
from reportedly.reading.sentences import find_sentences
from reportedly.records import Block, BlockKind, Document, Span, Spans, Statement

CASES = load_cases("acts/en.md")


def parse_of(text: str) -> Parse:
    return find_sentences(Document(text=text, name="case", blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),)))


def spans_of(words: str, text: str) -> Spans:
    """Where the words of a case stand: `-` nowhere, ` // ` between the parts, each after the one before."""
    spans: list[Span] = []
    for part in () if words.strip() == "-" else words.strip().split(" // "):
        start = text.index(part, spans[-1].end if spans else 0)
        spans.append(Span(start, start + len(part)))
    return tuple(spans)


def statement_of(line: str, text: str, number: int) -> Statement:
    source, cue, content = (spans_of(words, text) for words in line.split(" | "))
    return Statement(id=f"st{number}", piece=0, source=source, cue=cue, content=content)


def hedges_of(statement: Statement, text: str) -> str:
    return ", ".join(span.of(text) for span in statement.hedges) or "-"


@pytest.mark.parametrize(("title", "body", "expected"), CASES, ids=[c[0] for c in CASES])
def test_acts(title: str, body: str, expected: list[str]) -> None:
    text, *lines = body.split("\n")
    statements = tuple(statement_of(line, text, i) for i, line in enumerate(lines))
    found = find_acts(statements, parse_of(text))
    assert [f"{s.act.value} | {hedges_of(s, text)}" for s in found] == expected


@given(st.sampled_from(CASES))
def test_acts_change_nothing_else(case: tuple[str, str, list[str]]) -> None:
    text, *lines = case[1].split("\n")
    before = tuple(statement_of(line, text, i) for i, line in enumerate(lines))
    after = find_acts(before, parse_of(text))
    assert before == tuple(replace(a, act=b.act, hedges=b.hedges) for a, b in zip(after, before, strict=True))
    assert find_acts(after, parse_of(text)) == after
    assert all(0 <= h.start < h.end <= len(text) for s in after for h in s.hedges)


def test_a_quarter_of_the_cases_is_plain() -> None:
    plain = [case for case in CASES if set(case[2]) == {"assert | -"}]
    assert len(plain) >= len(CASES) / 4


def test_every_cue_can_be_found_again() -> None:
    cues = load_cues("en")
    finders = {
        CueForm.VERB: cues.verb,
        CueForm.NOUN: cues.noun,
        CueForm.ADJECTIVE: cues.adjective,
        CueForm.PHRASE: cues.phrase,
    }
    for cue in cues.all:
        assert 0 <= cue.weight <= 1
        assert cue.frames
        if cue.form in finders:
            assert finders[cue.form](cue.text) == cue


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("They are widely believed to have left.", "is widely believed to"),
        ("It has been claimed that he left.", "it is claimed"),
        ("He was quoted as saying so.", "be quoted as saying"),
        ("The board signed off on it.", "sign off on"),
        ("She gave it her blessing.", None),
    ],
)
def test_cues_are_matched_through_adverbs_and_auxiliaries(text: str, cue: str | None) -> None:
    tokens = tuple(parse_of(text).sentences[0].tokens)
    matches = [load_cues("en").match(tokens, at) for at in range(len(tokens))]
    longest = [m[0].text for m in matches if m is not None and len(m[0].words) > 1]
    assert longest[:1] == ([cue] if cue else [])

"""Transcripts and interviews: whose words stand under which label, and what becomes of them."""

from __future__ import annotations

import pytest
from case_tables import load_cases

from reportedly.documents import make_document
from reportedly.reading.reader import Reader
from reportedly.reading.sentences import find_sentences
from reportedly.reading.transcripts import find_turns
from reportedly.records import Act, Mode

CASES = load_cases("transcripts/en.md")
BRIEFING, PARLIAMENT = (
    next(text for title, text, _ in CASES if title == f"a {what}") for what in ("press briefing", "parliament")
)


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_transcripts(title: str, text: str, expected: list[str]) -> None:
    turns = find_turns(find_sentences(make_document(text, name="case")))
    found = [f"{t.source.of(text)} | {words.of(text)}" for t in turns if t.source is not None for words in t.words]
    assert found == expected


def test_what_is_spoken_is_direct_speech_of_the_one_who_is_named() -> None:
    reading = Reader("en").read(make_document(BRIEFING, name="case", outlet="The Courier"))
    assert [[link.name for link in reading.chain(s)] for s in reading.statements] == [["The Courier", "Ana Ruiz"]] * 3
    assert {s.mode for s in reading.statements} == {Mode.DIRECT}


def test_a_question_of_a_party_asks() -> None:
    reading = Reader("en").read(make_document(PARLIAMENT, name="case"))
    first = next(s for s in reading.statements if s.source)
    assert first.act is Act.ASK
    assert first.cue[0].of(PARLIAMENT) == ":"

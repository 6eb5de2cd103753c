"""Transcripts and interviews: whose words stand under which label, and what becomes of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from case_tables import load_cases

from reportedly.documents import load, make_document
from reportedly.reading.reader import Reader
from reportedly.reading.sentences import find_sentences
from reportedly.reading.transcripts import find_turns
from reportedly.records import Act, Mode

CASES = load_cases("transcripts/en.md")
BRIEFING, PARLIAMENT = (
    next(text for title, text, _ in CASES if title == f"a {what}") for what in ("press briefing", "parliament")
)
BOLD = next(text for title, text, _ in CASES if title == "questions in bold that carry no label")


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


def test_questions_in_bold_are_no_statements_and_answers_are_of_the_one_who_is_asked(tmp_path: Path) -> None:
    page = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", BOLD).replace("\n\n", "</p>\n<p>")
    (tmp_path / "quay.html").write_text(
        f"<html><body><article><h1>On the quay</h1><p>{page}</p></article></body></html>", encoding="utf-8"
    )
    (document,) = load([tmp_path / "quay.html"])
    assert "<" not in document.text
    assert "*" not in document.text
    reading = Reader("en").read(document)
    spoken = [s for s in reading.statements if reading.chain(s)[-1].name == "Tomas Berg" and s.parent is None]
    assert [s.content[0].of(document.text) for s in spoken if s.mode is Mode.DIRECT] == [
        "We will call one unless the pay offer is raised.",
        "Four per cent is what our members voted for, and I cannot go below it.",
        "They end. I have told the owners so.",
    ]
    assert not any("?" in span.of(document.text) for s in reading.statements for span in s.content)

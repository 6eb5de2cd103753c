"""Positions: the case table through the real steps, and what holds for every position."""

from __future__ import annotations

from functools import lru_cache

import pytest
from case_tables import load_cases

from reportedly.documents import make_document
from reportedly.reading.draft import Draft
from reportedly.reading.positions import find_positions
from reportedly.reading.positions_signs import Asked, Signs, signs_of
from reportedly.reading.positions_topics import likeliest_topic
from reportedly.reading.positions_words import (
    condition_in,
    is_approval,
    is_commitment,
    is_opening,
    is_requirement,
    is_verdict,
    says_authored,
    stance_at,
    stance_of,
)
from reportedly.reading.reader import read_mentions, read_statements
from reportedly.reading.sentences import find_sentences
from reportedly.records import Act, Position, Span, Stance, Topic

CASES = load_cases("positions/en.md")
IDS = [case[0] for case in CASES]


@lru_cache(maxsize=128)
def draft_of(text: str) -> Draft:
    document = make_document(text, name="case", outlet="The Case Book", published="2026-05-07")
    return read_statements(read_mentions(Draft(document=document, parse=find_sentences(document))))


def row_of(position: Position) -> str:
    return f"{position.party} | {position.topic.value} | {position.stance.value}"


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=IDS)
def test_positions(title: str, text: str, expected: list[str]) -> None:
    assert sorted(map(row_of, find_positions(draft_of(text)))) == sorted(expected)


def test_a_quarter_of_the_cases_holds_none() -> None:
    assert len(CASES) >= 50
    assert sum(not expected for _, _, expected in CASES) >= len(CASES) / 4


@pytest.mark.parametrize("text", [case[1] for case in CASES], ids=IDS)
def test_every_position_stands_in_one_piece(text: str) -> None:
    draft = draft_of(text)
    found = find_positions(draft)
    assert found == find_positions(draft)
    assert len({p.id for p in found}) == len(found)
    assert len({(p.party, p.topic, p.stance) for p in found}) == len(found)
    for position in found:
        assert 0 < position.confidence <= 1
        for span in position.spans:
            assert span.of(draft.document.text).strip()
            assert any(piece.span.holds(span) for piece in draft.document.pieces)


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("would not accept it", Stance.REJECTS),
        ("cannot sign", Stance.REJECTS),
        ("did not rule out a pause", Stance.OPEN),
        ("has accepted the offer", Stance.ACCEPTS),
        ("wants more", Stance.DEMANDS),
        ("has not said a word", None),
        ("walked along the quay", None),
    ],
)
def test_words_of_a_stance(words: str, stance: Stance | None) -> None:
    assert stance_at(words) is stance


@pytest.mark.parametrize(
    ("text", "after_no", "condition"),
    [
        ("would sign if the guns fell silent", False, "if the guns fell silent"),
        ("would sign, provided that the guns fell silent", False, "provided that the guns fell silent"),
        ("would not sign until the guns fell silent", True, "until the guns fell silent"),
        ("would sign before the summer", True, None),
        ("could help if asked", False, None),
        ("would be provided with aid", False, None),
    ],
)
def test_conditions(text: str, after_no: bool, condition: str | None) -> None:
    found = condition_in(Span(0, len(text)), text, len(text), after_no=after_no)
    assert (found.of(text) if found else None) == condition


def test_a_stance_is_on_the_word_of_whoever_tells_of_it() -> None:
    draft = draft_of("Sudan's government has turned down the truce put forward by Egypt, two officials said on Friday.")
    (told,) = [p for p in find_positions(draft) if p.party == "Sudan" and p.stance is Stance.REJECTS]
    chains = {s.id: s.chain for s in draft.statements}
    names = {source.id: source.name for source in draft.sources}
    assert "two officials" in [names[link] for link in chains[told.statements[0]]]


def says_a_stance(position: Position, draft: Draft) -> bool:
    """Whether words of stance stand in a position's sentence, or in the cue of what it was read from."""
    sentence = draft.parse.sentence_at(position.spans[0].start)
    assert sentence is not None
    words = sentence.span.of(draft.document.text)
    told = any(s.act not in (Act.ASSERT, Act.ASK) for s in draft.statements if s.id in position.statements)
    worded = stance_of(words) is not None or any(says(words) for says in (is_verdict, is_approval, is_requirement))
    committed = any(is_commitment(words[n:]) for n in range(len(words)))
    return told or worded or committed or is_opening(words) or says_authored(words)


@pytest.mark.parametrize("text", [case[1] for case in CASES], ids=IDS)
def test_no_position_without_words_of_stance(text: str) -> None:
    draft = draft_of(text)
    assert all(says_a_stance(position, draft) for position in find_positions(draft))


def test_what_is_denied_is_no_stance() -> None:
    draft = draft_of("The American envoy denied that Washington had rejected the ceasefire put forward by Egypt.")
    assert not [p for p in find_positions(draft) if p.party == "United States" and p.stance is Stance.REJECTS]


@pytest.mark.parametrize(
    ("words", "committed"),
    [
        ("would release the sailors", True),
        ("will also pay for it", True),
        ("would be glad", False),
        ("released them", False),
    ],
)
def test_words_of_a_commitment(words: str, committed: bool) -> None:
    assert is_commitment(words) is committed


def signs(text: str, words: str, stance: Stance) -> Signs:
    draft = draft_of(text)
    start = text.index(words)
    return signs_of(Asked(Span(start, start + len(words)), stance, ("Norway",)), draft)


def test_signs_of_a_topic() -> None:
    found = signs("Norway rejected the tariffs on cheese.", "the tariffs on cheese", Stance.REJECTS)
    assert Topic.OTHER not in found
    assert found[Topic.TRADE]["wins the vote"] == 1.0
    assert "wins the vote" not in found[Topic.CEASEFIRE]
    assert found[Topic.WHOLE_PLAN]["the plan: rejects"] == 1.0
    for by_name in found.values():
        assert 0.0 <= by_name.get("probability", 0.0) <= 1.0
        assert 0.0 <= by_name.get("share of the vote", 0.0) <= 1.0


def test_a_topic_comes_with_its_probability() -> None:
    text = "Norway rejected the tariffs on cheese."
    topic, sure = likeliest_topic(Asked(Span(16, 37), Stance.REJECTS), draft_of(text))
    assert topic is Topic.TRADE
    assert 0.5 < sure <= 1.0

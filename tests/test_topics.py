"""Topics: the case table, and what holds for every clause."""

from __future__ import annotations

import pytest
from case_tables import load_cases

from reportedly.reading.language import load_table
from reportedly.reading.topics import find_topic, score_topics
from reportedly.records import Topic

CASES = load_cases("topics/en.md")
IDS = [case[0] for case in CASES]


@pytest.mark.parametrize(("title", "clause", "expected"), CASES, ids=IDS)
def test_topics(title: str, clause: str, expected: list[str]) -> None:
    topic, confidence = find_topic(clause)
    assert [topic.value] == expected
    assert 0 <= confidence <= 1


def test_the_clause_outweighs_the_sentence_around_it() -> None:
    clause = "the hostages would be set free"
    sentence = f"{clause}, and a ceasefire would begin"
    assert find_topic(clause, sentence)[0] is Topic.PRISONERS_AND_HOSTAGES


def test_a_quarter_of_the_cases_has_no_topic_word() -> None:
    assert sum(expected == ["other"] for _, _, expected in CASES) >= len(CASES) / 4
    assert not score_topics("The birds flew south.")


def test_every_entry_names_a_topic_and_weighs_something() -> None:
    rows = load_table("en", "topics")
    assert len(rows) > 500
    assert {Topic(row["topic"]) for row in rows} == set(Topic)
    assert all(float(row["weight"]) > 0 for row in rows)

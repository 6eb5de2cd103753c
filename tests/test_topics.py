"""Topics: the case table, and what holds for every clause."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from case_tables import load_cases

from reportedly.errors import ModelError
from reportedly.reading.language import load_table
from reportedly.reading.models import SHIPPED
from reportedly.reading.topics import blended, find_topic, score_topics
from reportedly.reading.topics_model import load_topics, shipped_topics
from reportedly.reading.vectors import load_vectors, vector_of
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
    assert len(CASES) >= 40
    assert sum(expected == ["other"] for _, _, expected in CASES) >= len(CASES) / 4
    assert not score_topics("The birds flew south.")


def test_every_entry_names_a_topic_and_weighs_something() -> None:
    rows = load_table("en", "topics")
    assert len(rows) > 500
    assert {Topic(row["topic"]) for row in rows} == set(Topic)
    assert all(float(row["weight"]) > 0 for row in rows)


def test_meaning_decides_where_no_word_is_known() -> None:
    clause = "An attack on one would count as an attack on both."
    assert not score_topics(clause)
    assert find_topic(clause)[0] is Topic.SECURITY_GUARANTEE


def test_the_opening_of_the_article_decides_where_a_clause_says_little() -> None:
    pay = ("Nurses and hospitals close to a deal on pay", "The union and the clinics met over wages on Monday.")
    truce = ("Two armies near a truce", "Generals of both armies met to end the shelling on Monday.")
    shares = [shipped_topics().shares("a term of two years", article=opening) for opening in (pay, truce)]
    assert shares[0][Topic.PAY_AND_WORK] > shares[1][Topic.PAY_AND_WORK]
    assert shares[1][Topic.CEASEFIRE] > shares[0][Topic.CEASEFIRE]


def test_words_of_little_weight_count_less_than_meaning() -> None:
    meant = {Topic.TAXATION: 1.0}
    weak, strong = (blended({Topic.TRADE: weight}, meant)[Topic.TRADE] for weight in (0.6, 6.0))
    assert weak < 0.2 < strong


@pytest.mark.parametrize("clause", [case[1] for case in CASES], ids=IDS)
def test_shares_are_probabilities(clause: str) -> None:
    for shares in (shipped_topics().shares(clause), blended(score_topics(clause), shipped_topics().shares(clause))):
        assert set(shares) == set(Topic)
        assert sum(shares.values()) == pytest.approx(1, abs=1e-4)
        assert min(shares.values()) >= 0


def test_a_vector_depends_on_its_text_alone() -> None:
    vectorise = load_vectors()
    first = vectorise("The dam would be filled.")
    vectorise("a long text beside it, " * 100)
    assert np.array_equal(first, vectorise("The dam would be filled."))
    assert np.array_equal(first, vector_of(" The  dam\nwould be filled. "))
    assert np.linalg.norm(first) == pytest.approx(1, abs=1e-5)
    assert vector_of("").shape == (384,)


def test_like_clauses_lie_near_each_other() -> None:
    dam = vector_of("The reservoir would be filled.")
    assert dam @ vector_of("They would fill the dam.") > dam @ vector_of("Taxes would be cut.") + 0.3


@pytest.mark.parametrize(
    ("name", "part"), [("sentences", "encoder.onnx"), ("topics", "weights.npz"), ("topics", "words.txt")]
)
def test_an_altered_model_is_refused(name: str, part: str, tmp_path: Path) -> None:
    home = tmp_path / name
    home.mkdir()
    for path in (SHIPPED / name).iterdir():
        (home / path.name).write_bytes(path.read_bytes() + b"x" * (path.name == part))
    load = load_vectors if name == "sentences" else load_topics
    with pytest.raises(ModelError, match="altered"):
        load(name, folder=tmp_path)
    (home / "card.json").write_text('{"format": "another", "files": {}}')
    with pytest.raises(ModelError, match="format"):
        load(name, folder=tmp_path)


@pytest.mark.parametrize("name", ["sentences", "topics"])
def test_cards_give_licence_data_and_digests(name: str) -> None:
    card = json.loads((SHIPPED / name / "card.json").read_text(encoding="utf-8"))
    assert card["licence"].startswith("Apache-2.0")
    assert card["data"]
    for part, said in card["files"].items():
        assert hashlib.sha256((SHIPPED / name / part).read_bytes()).hexdigest() == said["sha256"]

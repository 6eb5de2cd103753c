"""Topics that a dossier adds: in reading, in the record, in the ledger and on the command line."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest
from test_cli import run

from reportedly.documents import make_document
from reportedly.errors import DossierError
from reportedly.ledger import open_ledger
from reportedly.reading.dossier import Dossier, Entry
from reportedly.reading.reader import Reader
from reportedly.reading.topics import find_topic
from reportedly.reading.topics_own import own_topics
from reportedly.records import Topic, from_json, to_json

NIGHTS = Entry(
    name="Night work",
    aliases=("night shift", "night shifts"),
    description="work between ten in the evening and six in the morning",
    examples=("nobody would be rostered after midnight",),
)
OWN = own_topics(Dossier(topics=(NIGHTS,)))


@pytest.mark.parametrize(
    ("clause", "topic"),
    [
        ("the company would end night work by May", "own:night_work"),
        ("Night  shifts would be voluntary", "own:night_work"),
        ("nobody would be rostered after midnight any more", "own:night_work"),
        ("the nightwork clause stays", None),
        ("the army would pull back from the river", None),
        ("tariffs on steel would fall", None),
    ],
)
def test_a_clause_is_on_a_topic_of_the_dossier(clause: str, topic: str | None) -> None:
    found, sure = find_topic(clause, own=OWN)
    assert (found.value == topic) if topic else (found is find_topic(clause)[0])
    assert 0 <= sure <= 1


def test_one_called_as_a_topic_of_the_list_adds_to_it() -> None:
    own = own_topics(Dossier(topics=(Entry(name="pay and work", aliases=("the picnic",)),)))
    assert find_topic("the picnic would be free", own=own)[0] is Topic.PAY_AND_WORK


def test_a_topic_without_a_letter_is_an_error() -> None:
    with pytest.raises(DossierError, match="no letter or digit"):
        own_topics(Dossier(topics=(Entry(name="--"),)))


def test_an_own_topic_is_one_value_everywhere() -> None:
    topic = Topic("own:night_work")
    assert topic is Topic("own:night_work")
    assert pickle.loads(pickle.dumps(topic)) is topic
    assert copy.deepcopy(topic) is topic
    assert topic not in list(Topic)


@pytest.mark.parametrize("value", ["nightwork", "own:", "own:Night", "own:a b", "own:a__b", "ceasefir", 3, None])
def test_nothing_else_becomes_a_topic(value: object) -> None:
    with pytest.raises(ValueError, match="is not a valid Topic"):
        Topic(value)  # type: ignore[arg-type]


def test_from_reading_to_the_table(tmp_path: Path) -> None:
    text = "Under the four-point plan Lenn Terminals would end night shifts and would pay 5 per cent more."
    document = make_document(text, name="one", outlet="Harbour Post", published="2026-03-05")
    reading = Reader("en", dossier=Dossier(topics=(NIGHTS,))).read(document)
    assert Topic("own:night_work") in {term.topic for term in reading.terms}
    assert from_json(to_json(reading)) == reading
    with open_ledger(tmp_path / "talks.db") as kept:
        kept.add(reading)
        assert [t.topic.value for t in kept.terms(topic="own:night_work")] == ["own:night_work"]
    table = run("table", "--ledger", tmp_path / "talks.db", "--topic", "own:night work")
    assert table.returncode == 0, table.stderr
    assert "night shifts" in table.stdout
    assert run("table", "--ledger", tmp_path / "talks.db", "--topic", "nigth work").returncode == 2

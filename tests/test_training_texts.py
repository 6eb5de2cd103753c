"""The texts about negotiations that the project learns from: their format, its faults, and all of them."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "training" / "negotiations"
_SPEC = importlib.util.spec_from_file_location("negotiations_texts", FOLDER / "texts.py")
assert _SPEC is not None
assert _SPEC.loader is not None
texts = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = texts
_SPEC.loader.exec_module(texts)

HEAD = """=== lake-1
outlet: The Shore
published: 2025-03-02
byline: Ann Ox, Bo Elk
parties: N = Northland; S = Southland; Lake Fishers' Union
plan p1: six-point note | N, S | points: 6 | first: The Lamp
plan p2: old note | N

"""


def read(folder: Path, body: str, head: str = HEAD) -> dict[str, object] | list[str]:
    """The record of a text, or the faults that were found."""
    (folder / "lake.txt").write_text(head + body + "\n", encoding="utf-8")
    faults: list[str] = []
    found = texts.load([folder / "lake.txt"], faults.append)
    return faults or found[0][1]


def test_a_text(tmp_path: Path) -> None:
    body = (
        "Lake deal near\n\n"
        "[Northland would free the lake]{@free access_and_transit | N > S | 2 must if}, "
        "up from [five boats]{trade | > N | p2}.\n"
        "~ READ MORE\n"
        "The fishers <reject [the lake]{territory | N, S <> | alone}>{Lake Fishers' Union | rejects | territory}. "
        "[It]{@no talks | absent}, however, [is silent on talks]{+ @no}; "
        "<a \\[good\\] lake>{N, S | accepts | trade | @free}."
    )
    record = read(tmp_path, body)
    assert isinstance(record, dict)
    plain = {"plan": "p1", "points": [], "gives": [], "gets": [], "included": True, "force": "would"}
    plain["conditional"] = False
    assert record["terms"] == [
        plain
        | {"id": "t1", "text": "Northland would free the lake", "topic": "access_and_transit", "points": [2]}
        | {"gives": ["Northland"], "gets": ["Southland"], "force": "must", "conditional": True},
        plain | {"id": "t2", "text": "five boats", "topic": "trade", "gets": ["Northland"], "plan": "p2"},
        plain
        | {"id": "t3", "text": {"text": "the lake", "nth": 2}, "topic": "territory", "plan": None}
        | {"gives": ["Northland", "Southland"], "gets": ["Northland", "Southland"]},
        plain | {"id": "t4", "text": ["It", "is silent on talks"], "topic": "talks", "included": False},
    ]
    assert record["positions"] == [
        {"party": "Lake Fishers' Union", "topic": "territory", "term": None, "stance": "rejects"}
        | {"evidence": "reject the lake"},
        {"party": "Northland", "topic": "trade", "term": "t1", "stance": "accepts", "evidence": "a [good] lake"},
        {"party": "Southland", "topic": "trade", "term": "t1", "stance": "accepts", "evidence": "a [good] lake"},
    ]
    assert record["furniture"] == ["READ MORE"]
    assert record["byline"] == ["Ann Ox", "Bo Elk"]
    assert record["story"] == "lake"
    assert record["plans"] == [
        {"id": "p1", "name": "six-point note", "authors": ["Northland", "Southland"]}
        | {"points": 6, "first_reported_by": "The Lamp"},
        {"id": "p2", "name": "old note", "authors": ["Northland"], "points": None, "first_reported_by": None},
    ]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("Free [the lake.", "lake.txt:9: lake-1: a '[' or '<' is not closed in its paragraph"),
        ("Free\n\nthe lake]{trade | >}", "lake.txt:11: lake-1: ']' closes nothing (write \\] for the letter itself)"),
        ("[The lake] is free", "lake.txt:9: lake-1: a mark's ']' is followed by its note in braces"),
        ("A lake {N}", "lake.txt:9: lake-1: '{' stands alone (write \\{ for the letter itself)"),
        ("[ lake]{trade | >}", "lake.txt:9: lake-1: a marked stretch begins and ends with a word: ' lake'"),
        ("[lake]{lakes | >}", "lake.txt:9: lake-1: unknown topic 'lakes'; one of access_and_transit, "),
        ("[lake]{trade | N > W}", "lake.txt:9: lake-1: 'W' is not among the parties of the head"),
        ("[lake]{trade}", "lake.txt:9: lake-1: no givers and getters ('A > B', 'A, B <>', '>' for nobody) in 'trade'"),
        ("[lake]{trade | N > | absent}", "lake.txt:9: lake-1: nobody gives or gets what is absent"),
        ("[lake]{trade | N > | p7}", "lake.txt:9: lake-1: 'p7' says nothing of a term; there are a point's number"),
        ("[a]{@x trade | >} [b]{@x trade | >}", "lake.txt:9: lake-1: there are two terms @x"),
        ("[a]{+ @x}", "lake.txt:9: lake-1: no term is labelled '@x'"),
        ("<a>{N | hates | trade}", "lake.txt:9: lake-1: unknown stance 'hates'; one of accepts, demands, "),
        ("<a>{N rejects trade}", "lake.txt:9: lake-1: a position reads 'party | stance | topic | @label'"),
        ("<a>{ | rejects | trade}", "lake.txt:9: lake-1: nobody's position: '| rejects | trade'"),
        ("", "lake.txt:1: lake-1: has no body; leave a blank line after the head"),
    ],
)
def test_faults_of_a_body(tmp_path: Path, body: str, fault: str) -> None:
    found = read(tmp_path, body)
    assert isinstance(found, list)
    assert found[0].startswith(fault)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("=== lake-1", "=== Lake", "lake.txt:1: Lake: a text is named STORY-1"),
        ("2025-03-02", "2 March", "lake.txt:1: lake-1: published is a date like 2025-03-12, not '2 March'"),
        ("outlet: The Shore", "outlets: The Shore", "lake.txt:2: lake-1: unknown key 'outlets'"),
        ("outlet: The Shore", "outlet:", "lake.txt:2: lake-1: a line of the head reads 'key: value', not 'outlet:'"),
        ("parties: N = Northland; S", "parties: S", "lake.txt:1: lake-1: 'N' is not among the parties of the head"),
        ("outlet: The Shore\n", "", "lake.txt:1: lake-1: no line 'outlet: ...' in its head"),
        (
            "| N, S |",
            "| N, S | pages: 6 |",
            "lake.txt:6: lake-1: of a plan can be said 'points: 10' and 'first: Outlet'",
        ),
        ("=== lake-1", "Lakes\n=== lake-1", "lake.txt:1: before the first text"),
    ],
)
def test_faults_of_a_head(tmp_path: Path, old: str, new: str, fault: str) -> None:
    found = read(tmp_path, "Free the lake", HEAD.replace(old, new, 1))
    assert isinstance(found, list)
    assert found[0].startswith(fault)


def test_names_given_twice(tmp_path: Path) -> None:
    found = read(tmp_path, "Free the lake\n\n" + HEAD + "Free the lake")
    assert found == ["lake.txt:11: lake-1: there is another text of that name"]


def test_all_texts_are_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert texts.main([str(tmp_path)]) == 0, capsys.readouterr().err
    records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(tmp_path.rglob("*.json"))]
    assert records
    for record in records:
        body = (tmp_path / record["story"] / f"{record['id']}.txt").read_text(encoding="utf-8")
        assert not set("{}[]<>") & set(body)
        assert 120 <= len(body.split()) <= 700, record["id"]
        assert len(record["terms"]) >= 4, record["id"]
        assert len(record["positions"]) >= 2, record["id"]

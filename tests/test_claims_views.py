"""Claims and changes as they are shown: in words, as a tree, as a drawing and as JSON."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_cli import run

from reportedly.records import Claim, Member, Passing, Trace
from reportedly.views.claims import summary
from reportedly.views.origin_graph import OriginGraph, graph_of, lines_of, svg_of

ARTICLES = (
    (
        "post",
        "Harbour Post",
        "2026-03-04",
        "Three officials told the Harbour Post that the dockers' union would accept a ban on night shifts.",
    ),
    (
        "echo",
        "Lenn Echo",
        "2026-03-05",
        "The dockers' union would accept a ban on night shifts, three officials told the Harbour Post.",
    ),
    (
        "bell",
        "Evening Bell",
        "2026-03-12",
        "The dockers' union would accept a ban on night shifts, the Harbour Post reports.",
    ),
    (
        "star",
        "Lenn Star",
        "2026-03-13",
        "Olaf Grenn, who leads the dockers' union, denied that the union would accept a ban on night shifts.",
    ),
)
GRAPH = graph_of(
    Claim(
        id="cl1",
        gist="a ban",
        members=tuple(Member(a, "st1") for a in "abc"),
        origins=1,
        origins_range=(1, 1),
        origin_names=("three <officials> via Post",),
        traces=(
            Trace(
                member=Member("a", "st1"), through=(), origin="three <officials> via Post", passing=Passing.FIRST_HAND
            ),
            Trace(
                member=Member("b", "st1"), through=("Post",), origin="three <officials> via Post", passing=Passing.CITED
            ),
            Trace(
                member=Member("c", "st1"), through=(), origin="three <officials> via Post", passing=Passing.UNSOURCED
            ),
        ),
    ),
    {"a": "Post", "b": "Echo", "c": "Star & Co"},
    title="who has it from whom",
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    folder = tmp_path_factory.mktemp("claims")
    path = folder / "harbour.jsonl"
    fields = ("id", "outlet", "published", "text")
    path.write_text("".join(json.dumps(dict(zip(fields, a, strict=True))) + "\n" for a in ARTICLES), encoding="utf-8")
    ledger = str(folder / "talks.db")
    assert run("add", str(path), "--ledger", ledger).returncode == 0
    return lambda *words: run(*words, "--ledger", ledger)


def page_of(asked: Callable[..., Any], *words: str) -> Any:
    done = asked(*words, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_three_outlets_and_one_origin(asked: Callable[..., Any]) -> None:
    (line,) = [c for c in page_of(asked, "claims", "--words", "night shifts")["claims"] if c["outlets"] == 3]
    assert line["summary"] == "three outlets, one origin: three officials via Harbour Post"
    page = page_of(asked, "claims", line["id"])
    assert [outlet["outlet"] for outlet in page["outlets"]] == ["Harbour Post", "Lenn Echo", "Evening Bell"]
    assert page["graph"]["edges"][0]["source"] == "Harbour Post"
    assert page["why"][0]["signals"]
    assert page["contradictions"]


def test_a_claim_is_found_by_a_statement_of_it(asked: Callable[..., Any]) -> None:
    (line,) = [c for c in page_of(asked, "claims")["claims"] if c["outlets"] == 3]
    member = page_of(asked, "claims", line["id"])["outlets"][0]["members"][0]["id"]
    assert page_of(asked, "claims", member)["line"]["id"] == line["id"]
    done = asked("claims", "zzz")
    assert done.returncode == 1
    assert "no claim and no statement" in done.stderr


def test_the_outline_draws_the_tree(asked: Callable[..., Any]) -> None:
    (line,) = [c for c in page_of(asked, "claims")["claims"] if c["outlets"] == 3]
    told = asked("claims", line["id"]).stdout
    assert "three officials\n└─ told Harbour Post\n   ├─ cited by Evening Bell\n   └─ cited by Lenn Echo\n" in told


def test_the_brief_tells_what_is_new(asked: Callable[..., Any]) -> None:
    page = page_of(asked, "changes", "--since", "2026-03-12")
    assert page["added"] == 2
    assert any("denied by one" in row["why"] for row in page["contradictions"])
    assert all(row["a"]["sentence"] and row["b"]["sentence"] for row in page["contradictions"])
    assert [row["kind"] for row in page["drifts"]] == ["source lost"]
    assert page["new_claims"] == []


def test_nothing_new_is_said(asked: Callable[..., Any]) -> None:
    done = asked("changes", "--since", "2027")
    assert done.returncode == 0
    assert "Nothing new and nothing different." in done.stdout


def test_reconcile_says_how_much_was_new(asked: Callable[..., Any]) -> None:
    asked("reconcile")
    assert asked("reconcile").stdout.startswith("0 articles new or read anew, 4 in all")


def test_a_judgement_is_made_listed_and_undone(asked: Callable[..., Any]) -> None:
    (line,) = [c for c in page_of(asked, "claims")["claims"] if c["outlets"] == 3]
    ids = [o["members"][0]["id"] for o in page_of(asked, "claims", line["id"])["outlets"]]
    said = page_of(asked, "judge", "different", ids[0], ids[1], "--by", "ann")
    assert not [c for c in page_of(asked, "claims")["claims"] if c["outlets"] == 3]
    assert page_of(asked, "judge", "list")["id"] == said["id"]
    page_of(asked, "judge", "undo", said["id"], "--by", "ann")
    assert [c for c in page_of(asked, "claims")["claims"] if c["outlets"] == 3]


@pytest.mark.parametrize("words", [["alike", "a", "b"], ["same", "a"], ["undo"], ["list", "a"]], ids=" ".join)
def test_a_judgement_of_nothing_is_wrong_usage(asked: Callable[..., Any], words: list[str]) -> None:
    assert asked("judge", *words).returncode == 2


def test_the_graph_runs_from_the_origin_to_the_last_outlet() -> None:
    assert [(n.name, n.depth) for n in GRAPH.nodes] == [
        ("three <officials>", 0),
        ("Post", 1),
        ("Echo", 2),
        ("Star & Co", 2),
    ]
    assert [e.to for e in GRAPH.edges if not e.firm] == ["Star & Co"]
    assert list(lines_of(GRAPH))[-1] == "   └─ repeated, without a source, by Star & Co"


def test_the_drawing_is_well_formed_and_says_what_it_shows() -> None:
    drawing = ET.fromstring(svg_of(GRAPH))
    space = "{http://www.w3.org/2000/svg}"
    assert drawing.findtext(f"{space}title") == "who has it from whom"
    assert "Post: cited by Echo" in (drawing.findtext(f"{space}desc") or "")
    assert len(drawing.findall(f"{space}g")) == 4
    assert not [e for e in drawing.iter() if e.tag.endswith("script")]
    assert ET.fromstring(svg_of(OriginGraph(title="nothing", nodes=(), edges=()))).tag == f"{space}svg"


def test_a_long_name_is_drawn_in_full() -> None:
    name = "two people briefed on the talks in Ostrin via the Northern Harbour Gazette"
    trace = Trace(member=Member("a", "1"), through=(), origin=name, passing=Passing.FIRST_HAND)
    claim = Claim(id="c", gist="", members=(), origins=1, origins_range=(1, 1), origin_names=(name,), traces=(trace,))
    drawing = ET.fromstring(svg_of(graph_of(claim, {"a": "Gazette"}, title="long")))
    space = "{http://www.w3.org/2000/svg}"
    boxes = [[t.text or "" for t in group.iter(f"{space}tspan")] for group in drawing.findall(f"{space}g")]
    shown = {" ".join(lines) for lines in boxes}
    assert shown == {n.name for n in graph_of(claim, {"a": "Gazette"}, title="long").nodes}
    assert any(len(lines) > 1 for lines in boxes)


def test_a_ring_of_outlets_is_drawn_once() -> None:
    traces = tuple(
        Trace(member=Member(a, "1"), through=through, origin="x", passing=Passing.CITED)
        for a, through in (("a", ("B",)), ("b", ("A",)))
    )
    claim = Claim(id="c", gist="", members=(), origins=1, origins_range=(1, 1), origin_names=(), traces=traces)
    graph = graph_of(claim, {"a": "A", "b": "B"}, title="ring")
    assert len(list(lines_of(graph))) == 5
    assert svg_of(graph)


def test_numbers_are_words_and_the_range_is_told() -> None:
    claim = Claim(id="c", gist="", members=(), origins=2, origins_range=(1, 3), origin_names=("a", "b"))
    assert summary(claim, 12) == "twelve outlets, two origins (surely one, possibly three): a; b"


def test_a_ledger_of_nothing_has_no_claims(tmp_path: Path) -> None:
    from reportedly.ledger import open_ledger

    path = tmp_path / "empty.db"
    open_ledger(path).close()
    assert "nothing found in 0 articles" in run("claims", "--ledger", str(path)).stdout
    assert "Nothing new" in run("changes", "--ledger", str(path)).stdout

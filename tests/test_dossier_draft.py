"""A drafted dossier: it parses, says where each name comes from, and a corrected one changes the next reading."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from test_cli import run

from reportedly.documents import make_document
from reportedly.ledger import open_ledger
from reportedly.reading.dossier import Dossier, Entry, parse_dossier
from reportedly.reading.reader import Reader
from reportedly.records import Reading
from reportedly.views.dossier_draft import draft_dossier

ARTICLE = (
    "Mara Oke of the Harbour Union said the port would have to pay for night work.\n\n"
    'Under the four-point plan Lenn Terminals would pay 5 per cent more. "Night work must stop," Ms Oke said.\n\n'
    "Lenn Terminals said it had rejected the demand. Ms Oke will meet Joren Aalt in Ostrava on Monday.\n"
)

WRONG = '[[person]]\nname = "Lenn Terminals"\naliases = []\n# party = ""\n'
RIGHT = '[[party]]\nname = "Port of Lenn"\naliases = ["Lenn Terminals"]\n'


def read(text: str, dossier: Dossier | None = None, *, name: str = "one") -> Reading:
    document = make_document(text, name=name, outlet="Harbour Post", published="2026-03-05")
    return Reader("en", dossier=dossier or Dossier()).read(document)


@pytest.fixture(scope="module")
def drafted() -> str:
    return draft_dossier([read(ARTICLE)])


def test_a_draft_is_a_dossier(drafted: str) -> None:
    dossier = parse_dossier(drafted, "draft.toml")
    assert "Harbour Union" in {entry.name for entry in dossier.parties}
    assert "Mara Oke" in {entry.name for entry in dossier.people}
    assert "four-point plan" in {entry.name for entry in dossier.plans}


def test_each_name_says_how_often_and_where(drafted: str) -> None:
    before = drafted.partition('name = "Lenn Terminals"')[0].rpartition("\n\n")[2]
    assert "in 1 of 1 article: " in before
    assert "# first: Harbour Post, 5 March 2026: " in before


def test_what_was_seen_once_is_a_remark(drafted: str) -> None:
    remarks = [line for line in drafted.splitlines() if line.startswith("# name = ")]
    assert all(f"\n{line.removeprefix('# ')}\n" not in drafted for line in remarks if line != '# name = ""')


def test_nothing_is_named_that_no_article_holds(drafted: str) -> None:
    dossier = parse_dossier(drafted, "draft.toml")
    for entry in (*dossier.parties, *dossier.people, *dossier.outlets, *dossier.plans):
        for alias in entry.aliases:
            assert alias in ARTICLE


def test_a_draft_of_nothing_says_so() -> None:
    text = draft_dossier([])
    assert text.count("nothing found in 0 articles") >= 4
    assert parse_dossier(text, "draft.toml") == Dossier()


def test_the_draft_is_the_same_twice(readings: list[Reading]) -> None:
    assert draft_dossier(readings) == draft_dossier(readings)
    parse_dossier(draft_dossier(readings), "draft.toml")


HOSTILE = ['A"B\\', "x\n[[party]]\nname = 'evil'", "tab\tand\x00nul\x7f", "\ud800half", "#remark", "'''", "\u2028line"]


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_hostile_names_stay_names(name: str, readings: list[Reading]) -> None:
    reading = readings[0]
    source = dataclasses.replace(reading.sources[0], name=name)
    sources = (source, *reading.sources[1:])
    positions = tuple(dataclasses.replace(p, party=name) for p in reading.positions)
    plans = tuple(dataclasses.replace(p, name=name, authors=(name,)) for p in reading.plans)
    hostile = dataclasses.replace(reading, sources=sources, positions=positions, plans=plans)
    dossier = parse_dossier(draft_dossier([hostile, hostile]), "draft.toml")
    names = {e.name for e in (*dossier.parties, *dossier.outlets, *dossier.people, *dossier.plans)}
    assert "evil" not in names
    assert name.replace("\ud800", "\N{REPLACEMENT CHARACTER}").strip() in names


def test_a_corrected_draft_changes_the_next_reading() -> None:
    before = read(ARTICLE)
    text = draft_dossier([before])
    assert WRONG in text  # taken for a person
    corrected = text.replace(WRONG, RIGHT)
    after = read(ARTICLE, parse_dossier(corrected, "talks.toml"))
    assert any("Lenn Terminals" in t.gives for t in before.terms)
    assert any("Port of Lenn" in t.gives for t in after.terms)
    assert not any("Lenn Terminals" in (*t.gives, *t.gets) for t in after.terms)
    assert [t.spans for t in after.terms] == [t.spans for t in before.terms]


def test_a_person_is_given_another_party() -> None:
    text = '[[person]]\nname = "Mara Oke"\nparty = "Dockers of Ostrava"\n'
    after = read(ARTICLE, parse_dossier(text, "talks.toml"))
    assert {s.party for s in after.sources if s.name == "Mara Oke"} == {"Dockers of Ostrava"}


def test_drafted_corrected_and_read_again_from_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(ARTICLE, encoding="utf-8")
    told = ("--outlet", "Harbour Post", "--published", "2026-03-05")
    ledger, draft = tmp_path / "talks.db", tmp_path / "talks.toml"
    run("add", tmp_path / "one.txt", *told, "--ledger", ledger)
    ended = run("dossier", "init", "--ledger", ledger, "-o", draft)
    assert (ended.returncode, ended.stdout) == (0, "")
    assert "correct it and pass it with --dossier" in ended.stderr
    assert run("dossier", "init", tmp_path / "one.txt", *told).stdout == draft.read_text(encoding="utf-8")
    with open_ledger(ledger) as kept:
        (article,) = kept.articles()
        judged = kept.judge("different", ("a", "b"), by="Jo")
    draft.write_text(draft.read_text(encoding="utf-8").replace(WRONG, RIGHT), encoding="utf-8")
    again = run("add", tmp_path / "one.txt", *told, "--ledger", ledger, "--dossier", draft)
    assert again.returncode == 0, again.stderr
    with open_ledger(ledger) as kept:
        assert [a.document for a in kept.articles()] == [article.document]
        assert any("Port of Lenn" in t.gives for t in kept.terms())
        assert judged in kept.judgements()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["dossier", "init"], "pass articles or --ledger"),
        (["dossier", "init", "x.txt", "--ledger", "x.db"], "one of the two"),
        (["dossier", "init", "x.txt", "--story", "x"], "pass --ledger"),
    ],
    ids=str,
)
def test_wrong_usage_is_said(words: list[str], told: str) -> None:
    ended = run(*words)
    assert ended.returncode == 2
    assert told in " ".join(ended.stderr.split())


def test_an_entry_of_a_plan_and_of_a_topic() -> None:
    text = '[[plan]]\nname = "Lenn paper"\nauthors = ["Lenn"]\n[[topic]]\nname = "nights"\nexamples = ["no night work"]'
    dossier = parse_dossier(text, "talks.toml")
    assert dossier.plans == (Entry(name="Lenn paper", authors=("Lenn",)),)
    assert dossier.topics[0].examples == ("no night work",)


MUDDLED = (
    "Under the four-point plan Chubu Kinzoku would pay 5 per cent more. Chubu would close no mill before 2033. "
    "Chubu Kinzoku would build a furnace in Ohio. Chubu would leave the board as it is. Students want lower fees.\n\n"
    "The Prime Minister, Ann Lee, said on Monday that she would wait. Ann Lee said that the four sides were close. "
    "The Prime Minister said that students were right.\n"
)


def test_an_office_and_a_count_are_no_aliases() -> None:
    dossier = parse_dossier(draft_dossier([read(MUDDLED)]), "draft.toml")
    entries = (*dossier.parties, *dossier.people, *dossier.plans)
    assert "Ann Lee" in {entry.name for entry in dossier.people}
    assert not {"Prime Minister", "four sides"} & {alias for entry in entries for alias in entry.aliases}


def test_a_short_name_goes_with_the_whole_and_common_nouns_stay_out() -> None:
    dossier = parse_dossier(draft_dossier([read(MUDDLED)]), "draft.toml")
    names = {entry.name for entry in (*dossier.parties, *dossier.people)}
    assert not {"Chubu", "students", "Students"} & names

"""Who gives and who gets: frames of words, and what holds for every choice of parties."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import product

import pytest
from case_tables import load_cases

from reportedly.documents import make_document
from reportedly.reading.draft import Draft
from reportedly.reading.language import load_lists, load_table
from reportedly.reading.plans import find_plans
from reportedly.reading.plans_mentions import plan_mentions
from reportedly.reading.reader import read_mentions, read_statements
from reportedly.reading.sentences import find_sentences
from reportedly.reading.terms import found_in, is_absent, scenes_of
from reportedly.reading.terms_features import setting_of
from reportedly.reading.terms_frames import frames_of
from reportedly.reading.terms_ranking import choices, rank_roles
from reportedly.reading.terms_ranking_signs import Sign, Signs
from reportedly.reading.terms_scene import Scene

BODIES = [case[1] for case in load_cases("terms/en.md") if case[2]][::6]


@lru_cache(maxsize=64)
def scenes(body: str) -> tuple[Scene, ...]:
    document = make_document(body, name="case", outlet="The Case Book", published="2026-03-02")
    draft = read_statements(read_mentions(Draft(document=document, parse=find_sentences(document))))
    draft = replace(draft, plans=find_plans(draft))
    setting = setting_of(draft)
    kept = found_in(setting)
    return tuple(scenes_of(kept, kept, setting, plan_mentions(draft)))


@pytest.mark.parametrize(
    ("clause", "frames"),
    [
        ("Chad would release two pilots.", ("verb release",)),
        ("The prisoners would be freed.", ("verb release", "verb allow")),
        ("The army would withdraw its contingent.", ("verb cease", "noun move")),
        ("The birds sang.", ("no frame",)),
        ("Tariffs would be lifted.", ("verb relieve", "noun burden")),
    ],
)
def test_frames(clause: str, frames: tuple[str, ...]) -> None:
    document = make_document(clause, name="case", outlet="The Case Book", published="2026-03-02")
    assert frames_of(find_sentences(document).sentences[0].tokens.root) == frames


def test_every_frame_has_words_in_lower_case() -> None:
    for kind in ("verbs", "nouns"):
        for name, held in load_lists("en", "frames")[kind].items():
            listed = held.split()
            assert listed, name
            assert len(set(listed)) == len(listed), name
            assert held == held.casefold(), name


@pytest.mark.parametrize("body", BODIES)
def test_those_who_give_and_get_are_among_the_choices(body: str) -> None:
    for scene in scenes(body):
        gives, gets = rank_roles(scene)
        sets = choices(Signs(scene))
        assert gives in sets
        assert gets in sets
        assert sets[0] == ()
        assert len({frozenset(each) for each in sets}) == len(sets)


@pytest.mark.parametrize("body", BODIES[:3])
def test_a_score_is_the_sum_of_its_signs(body: str) -> None:
    weights = {row["sign"]: float(row["weight"]) for row in load_table("en", "roles")}

    def total(signs: list[Sign]) -> float:
        return sum(weights.get(name, 0.0) * value for name, value in signs)

    for scene in scenes(body):
        signs = Signs(scene)
        for gives, gets in product(choices(signs)[:4], repeat=2):
            assert signs.score_giver(gives, weights) == pytest.approx(total(list(signs.of_giver(gives))))
            assert signs.score_getter(gets, gives, weights) == pytest.approx(total(list(signs.of_getter(gets, gives))))


ROLES = load_cases("roles/en.md")


@pytest.mark.parametrize(("title", "body", "expected"), ROLES, ids=[case[0] for case in ROLES])
def test_roles(title: str, body: str, expected: list[str]) -> None:
    found = [((), ()) if is_absent(text_of(scene)) else rank_roles(scene) for scene in scenes(body)]
    rows = [" -> ".join(", ".join(sorted(parties)) or "-" for parties in roles) for roles in found]
    assert rows == expected


def text_of(scene: Scene) -> str:
    return " ".join(span.of(scene.table.draft.document.text) for span in scene.candidate.spans)


def test_a_quarter_of_the_cases_gives_and_gets_nothing() -> None:
    assert sum(all(line == "- -> -" for line in expected) for _, _, expected in ROLES) >= len(ROLES) / 4

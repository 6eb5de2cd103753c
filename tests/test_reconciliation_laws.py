"""What holds for every collection: order does not matter, a copy adds no origin, people's word stands."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reconciliation import names_of, readings_of

from reportedly.ledger import open_ledger
from reportedly.reconciliation import compare_readings, reconcile, story_json
from reportedly.reconciliation.grouping import group
from reportedly.reconciliation.naming import resolve_names
from reportedly.reconciliation.origins import count_origins
from reportedly.reconciliation.sayings import gather, sayings_of
from reportedly.reconciliation.words import print_of
from reportedly.records import Document, Member, Reading, Source, SourceKind, Story

NAMES = ("Ilse Brandt", "Olaf Grenn", "two aides [unnamed 2]", "draft [document]", "Egyptian officials [unnamed]")
CONTENTS = (
    "the port of Ostrin would be handed back by October",
    "the port of Ostrin might be given back by October",
    "the halt at Ostrin would last 60 days",
    "the halt at Ostrin would last 90 days",
    "the minister met the rebels in Velm",
    "it",
)
OUTLETS = ("Lamp Post", "Evening Bell", "Daily Spark", "Harbour Gazette")


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """A case of up to four articles."""
    parts = []
    for outlet in draw(st.lists(st.sampled_from(OUTLETS), min_size=1, max_size=4, unique=True)):
        day = draw(st.integers(1, 9))
        said = draw(st.lists(st.tuples(st.sampled_from(CONTENTS), st.sampled_from(NAMES)), min_size=1, max_size=4))
        acts = draw(st.lists(st.sampled_from(("assert", "deny", "accept", "reject")), min_size=4, max_size=4))
        cited = draw(st.sampled_from(("", "Lamp Post [outlet] < ")))
        lines = [f"{act} | {content} | {cited}{name}" for act, (content, name) in zip(acts, said, strict=False)]
        parts.append(f"@ {outlet} 2026-03-0{day}\n" + "\n".join(lines))
    return "\n".join(parts)


def in_json(readings: list[Reading]) -> object:
    return story_json(compare_readings(readings), names_of(readings))


@settings(max_examples=40, deadline=None)
@given(bodies(), st.randoms())
def test_the_order_of_articles_does_not_matter(body: str, rng: random.Random) -> None:
    readings = readings_of(body)
    shuffled = rng.sample(readings, k=len(readings))
    assert in_json(shuffled) == in_json(readings)


@settings(max_examples=40, deadline=None)
@given(bodies())
def test_every_statement_is_in_one_claim(body: str) -> None:
    readings = readings_of(body)
    members = [m for claim in compare_readings(readings).claims for m in claim.members]
    assert len(members) == len(set(members)) == sum(len(r.statements) for r in readings)


@settings(max_examples=40, deadline=None)
@given(bodies())
def test_origins_lie_within_their_range(body: str) -> None:
    for claim in compare_readings(readings_of(body)).claims:
        low, high = claim.origins_range
        assert 1 <= low <= claim.origins <= high
        assert {t.member for t in claim.traces} == set(claim.members)


@settings(max_examples=40, deadline=None)
@given(bodies())
def test_a_copy_never_raises_the_origins(body: str) -> None:
    readings = readings_of(body)
    assert origins_of([*readings, copied(readings[0])]) <= origins_of(readings)


def origins_of(readings: list[Reading]) -> int:
    """The origins of all that the articles say, taken as one claim."""
    names = resolve_names(readings)
    articles = gather(readings, [r.document.name for r in readings], names)
    return count_origins([s for a in articles for s in sayings_of(a, names)], names, {}).count


def test_a_copy_joins_the_claim_that_it_copies() -> None:
    readings = readings_of(
        "@ Lamp Post 2026-03-05\nassert | the port of Ostrin would be handed back | two aides [unnamed 2]"
    )
    (claim,) = compare_readings([*readings, copied(readings[0])]).claims
    assert (len(claim.members), claim.origins) == (2, 1)


def copied(reading: Reading) -> Reading:
    """The same text in another outlet that names the first as its source, a day later."""
    own = Source(id="copier", name="Copper Wire", kind=SourceKind.OUTLET)
    cited = reading.sources[0]
    day = f"{(reading.document.published or '')[:-1]}9"
    return replace(
        reading,
        document=replace(reading.document, name="copy", outlet=own.name, published=day),
        sources=(own, *reading.sources),
        statements=tuple(replace(s, chain=(own.id, cited.id, *s.chain[1:])) for s in reading.statements),
    )


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.dictionaries(
                st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] < p[1]), st.floats(0, 1)
            ),
        )
    )
)
def test_groups_are_a_partition(case: tuple[int, dict[tuple[int, int], float]]) -> None:
    size, scores = case
    groups = group(size, scores, least=0.3)
    assert sorted(place for found in groups for place in found) == list(range(size))


def test_what_must_stay_apart_stays_apart() -> None:
    scores = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.7}
    assert group(3, scores, least=0.3) == ((0, 1, 2),)
    assert group(3, scores, least=0.3, never=[(0, 2)]) == ((0, 1), (2,))


def test_one_likely_pair_does_not_chain_two_groups() -> None:
    pairs = {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.6, (0, 2): 0.01, (0, 3): 0.01, (1, 3): 0.01}
    assert group(4, pairs, least=0.3) == ((0, 1), (2, 3))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Turkish troops", "Turkey's soldiers", True),
        ("they accepted the plan", "they agreed to the blueprint", True),
        ("the truce", "the trucks", False),
    ],
)
def test_stems_meet_where_the_matter_is_one(one: str, other: str, same: bool) -> None:
    assert (print_of("x " + one).stems - {"x"} == print_of("x " + other).stems - {"x"}) is same


def test_quantities_know_what_they_count() -> None:
    numbers = {(n.value, *sorted(n.unit)) for n in print_of("$900 million by 6 March 2026, or 5 per cent").numbers}
    assert {(306.0, "date"), (2026.0, "year of our era"), (5.0, "percent")} <= numbers
    assert any(value == 900_000_000 and "money" in unit for value, *unit in numbers)


def sourced(*sources: tuple[str, SourceKind]) -> Reading:
    found = tuple(Source(id=f"so{i}", name=name, kind=kind) for i, (name, kind) in enumerate(sources))
    return Reading(document=Document(text="x", name="x", outlet="Lamp Post"), sources=found)


def test_names_are_merged_with_a_reason() -> None:
    names = resolve_names(
        [
            sourced(("Ilse Brandt", SourceKind.PERSON), ("Brandt", SourceKind.PERSON)),
            sourced(("Free Harbour League", SourceKind.ORGANISATION), ("FHL", SourceKind.ORGANISATION)),
        ]
    )
    assert {(m.name, m.other, m.reason) for m in names.merges} == {
        ("Brandt", "Ilse Brandt", "same last name, no other bears it"),
        ("FHL", "Free Harbour League", "initials"),
    }
    assert names.one("Mr Brandt", SourceKind.PERSON) == names.one("Ilse Brandt", SourceKind.PERSON)


def test_two_people_of_one_last_name_are_not_merged() -> None:
    people = [("Ilse Brandt", SourceKind.PERSON), ("Karl Brandt", SourceKind.PERSON), ("Brandt", SourceKind.PERSON)]
    assert resolve_names([sourced(*people)]).merges == ()


def test_what_a_person_said_of_names_stands() -> None:
    reading = sourced(("Ilse Brandt", SourceKind.PERSON), ("Brandt", SourceKind.PERSON))
    assert resolve_names([reading], different={frozenset(("Ilse Brandt", "Brandt"))}).merges == ()
    other = sourced(("Ilse Brandt", SourceKind.PERSON), ("the Iron Mayor", SourceKind.PERSON))
    assert len(resolve_names([other], same={frozenset(("Ilse Brandt", "the Iron Mayor"))}).merges) == 1


def test_a_ledger_is_reconciled_by_its_judgements(tmp_path: Path) -> None:
    content = "the port of Ostrin would be handed back by October"
    readings = readings_of(
        f"@ Lamp Post 2026-03-05\nassert | {content} | Ilse Brandt\n"
        f"@ Evening Bell 2026-03-06\nassert | {content} | Olaf Grenn"
    )
    with open_ledger(tmp_path / "talks.db") as ledger:
        for reading in readings:
            ledger.add(reading)
        (claim,) = reconcile(ledger).about("ports handed back")
        assert claim.origins == 2
        assert reconcile(ledger).about("wages") == ()
        ids = [row.id for row in ledger.statements()]
        ledger.judge("different", ids, by="test")
        assert len(reconcile(ledger).claims) == 2
        ledger.judge("same", ids, by="test")
        assert len(reconcile(ledger).claims) == 1


def test_the_same_article_twice_counts_once() -> None:
    readings = readings_of("@ Lamp Post 2026-03-05\nassert | the mill is shut | Ilse Brandt")
    story = compare_readings([*readings, *readings])
    assert [claim.members for claim in story.claims] == [(Member(story.articles[0], "1"),)]


def test_nothing_to_compare() -> None:
    assert compare_readings([]) == Story()

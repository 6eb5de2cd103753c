"""What is derived in a ledger: the same in whatever order, whole or not there, and a person's word stands."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_reconciliation import names_of, readings_of
from test_reconciliation_laws import bodies

from reportedly.errors import LedgerError
from reportedly.ledger import Ledger, derived_tables, open_ledger
from reportedly.ledger.derived import Derived
from reportedly.reconciliation import compare_readings, reconcile, story_json
from reportedly.reconciliation.kept import Kept
from reportedly.reconciliation.kept_rows import keep
from reportedly.reconciliation.packing import pack, unpack
from reportedly.reconciliation.update import update
from reportedly.records import Claim, Contradiction, Reading

CONTENT = "the port of Ostrin would be handed back by October"
TWO = (
    f"@ Lamp Post 2026-03-05\nassert | {CONTENT} | Ilse Brandt\nassert | wages at the mill had doubled | Ilse Brandt\n"
    f"@ Evening Bell 2026-03-06\nassert | {CONTENT} | Olaf Grenn"
)


def rows_of(ledger: Ledger) -> dict[str, Any]:
    """Everything derived, but for how often it was written and for vectors that nobody asks for any more."""
    rows = {}
    for table in derived_tables.ALL:
        found = Derived(ledger).rows(table)
        kept = [{k: v for k, v in row.items() if k != "meanings"} for row in found if row.get("name") != "revision"]
        rows[table.name] = sorted(json.dumps(row, sort_keys=True) for row in kept)
    return rows


PARTED = (
    f"@ Lamp Post 2026-03-01\nassert | {CONTENT} | Ilse Brandt\n"
    f"@ Evening Bell 2026-03-01\nassert | {CONTENT} | two aides [unnamed 2]\n"
    f"@ Daily Spark 2026-03-01\nassert | {CONTENT} | Olaf Grenn\n"
    f"@ Harbour Gazette 2026-03-01\nreject | {CONTENT} | Olaf Grenn\n"
    f"deny | {CONTENT} | Ilse Brandt\naccept | {CONTENT} | Ilse Brandt"
)


def test_a_claim_that_loses_its_denial_to_another_denies_nothing(tmp_path: Path) -> None:
    readings = readings_of(PARTED)
    with open_ledger(tmp_path / "whole.db") as whole:
        for reading in readings:
            whole.add(reading)
        reconcile(whole)
        expected = rows_of(whole)
    for number, order in enumerate(permutations(readings)):
        with open_ledger(tmp_path / f"{number}.db") as grown:
            for reading in order:
                grown.add(reading)
                reconcile(grown)
            assert rows_of(grown) == expected


@contextmanager
def grown_and_whole(
    folder: Path, readings: list[Reading], rng: random.Random, step: int
) -> Iterator[tuple[Ledger, Ledger]]:
    """A ledger grown in any order, so many articles at a time, and one built at once; both must hold the same."""
    with open_ledger(folder / "whole.db") as whole, open_ledger(folder / "grown.db") as grown:
        for reading in readings:
            whole.add(reading)
        story = reconcile(whole).story
        shuffled = rng.sample(readings, k=len(readings))
        for start in range(0, len(shuffled), step):
            for reading in shuffled[start : start + step]:
                grown.add(reading)
            reconcile(grown)
        assert rows_of(grown) == rows_of(whole)
        assert story_json(story, names_of(readings)) == story_json(compare_readings(readings), names_of(readings))
        yield grown, whole


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies(), st.randoms(), st.integers(1, 3))
def test_adding_in_any_order_is_building_anew(
    tmp_path_factory: pytest.TempPathFactory, body: str, rng: random.Random, step: int
) -> None:
    with grown_and_whole(tmp_path_factory.mktemp("order"), readings_of(body), rng, step):
        pass  # both are held against each other on the way in


@pytest.fixture
def ledger(tmp_path: Path) -> Any:
    with open_ledger(tmp_path / "talks.db") as kept:
        for reading in readings_of(TWO):
            kept.add(reading)
        yield kept


def test_a_second_run_has_nothing_to_do(ledger: Ledger) -> None:
    assert reconcile(ledger).added == 2
    before = Derived(ledger).state()
    assert reconcile(ledger).added == 0
    assert Derived(ledger).state() == before


def test_an_article_read_anew_takes_the_place_of_the_old_reading(ledger: Ledger) -> None:
    reconcile(ledger)
    shorter = readings_of(TWO)[0]
    one = Reading(document=shorter.document, sources=shorter.sources, statements=shorter.statements[:1])
    ledger.add(one)
    found = reconcile(ledger)
    assert found.added == 1
    assert found.about("wages") == ()
    assert [len(claim.members) for claim in found.claims] == [2]


def test_what_somebody_else_derived_meanwhile_is_not_written_over(ledger: Ledger) -> None:
    shelf = Kept(ledger)
    board = update(shelf)
    reconcile(ledger)
    before = rows_of(ledger)
    with pytest.raises(LedgerError, match="somebody else reconciled"):
        keep(shelf, board)
    assert rows_of(ledger) == before


def test_a_run_that_breaks_off_leaves_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Kept(ledger)
    board = update(shelf)
    monkeypatch.setattr(Derived, "write", _breaking(Derived.write))
    with pytest.raises(ZeroDivisionError):
        keep(shelf, board)
    assert not any(rows_of(ledger).values())


def _breaking(write: Any) -> Any:
    """A way of writing that fails after its last table."""

    class Failing(dict):  # type: ignore[type-arg]
        def items(self) -> Any:
            yield from super().items()
            raise ZeroDivisionError

    def failing(self: Derived, rows: Any, state: Any, *, revision: int) -> None:
        rows.new = Failing(rows.new)
        write(self, rows, state, revision=revision)

    return failing


def test_what_another_version_derived_is_made_anew(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    reconcile(ledger)
    monkeypatch.setattr("reportedly.reconciliation.kept.version", lambda: "another")
    assert reconcile(ledger).added == 2
    assert len(Derived(ledger).rows(derived_tables.article)) == 2


def test_a_judgement_of_names_changes_the_origins_until_it_is_undone(ledger: Ledger) -> None:
    assert [c.origins for c in reconcile(ledger).about("port")] == [2]
    said = ledger.correct("same", ["Ilse Brandt", "Olaf Grenn"], by="ann")
    assert [c.origins for c in reconcile(ledger).about("port")] == [1]
    ledger.undo(said.id, by="ann")
    assert [c.origins for c in reconcile(ledger).about("port")] == [2]


def test_a_judgement_outlasts_a_new_reading(ledger: Ledger) -> None:
    ids = [row.id for row in ledger.statements() if row.words == CONTENT]
    ledger.correct("different", ids, by="ann")
    assert {len(c.members) for c in reconcile(ledger).about("port")} == {1}
    first = readings_of(TWO)[0]
    ledger.add(Reading(document=first.document, sources=first.sources, statements=first.statements[:1]))
    assert {len(c.members) for c in reconcile(ledger).about("port")} == {1}


def test_records_are_packed_and_unpacked() -> None:
    story = compare_readings(
        readings_of(
            "@ Lamp Post 2026-03-05\nassert | the minister met the rebel leader at a hotel | two aides [unnamed 2]\n"
            "@ Evening Bell 2026-03-07\ndeny | the minister ever met the rebel leader at a hotel | Olaf Grenn"
        )
    )
    assert story.contradictions
    for kind, things in ((Claim, story.claims), (Contradiction, story.contradictions)):
        for thing in things:
            assert unpack(kind, json.loads(json.dumps(pack(thing)))) == thing

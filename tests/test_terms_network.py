"""Windows of terms and parties, and what the network says of them."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from case_tables import load_cases
from test_terms_roles import scenes

from reportedly.errors import ModelError
from reportedly.reading.models import SHIPPED
from reportedly.reading.terms_network import FORMAT, find_leanings, load_terms, shipped_terms
from reportedly.reading.terms_ranking import choices, leant
from reportedly.reading.terms_ranking_signs import Signs
from reportedly.reading.terms_scene import Leaning, Scene
from reportedly.reading.terms_windows import FEATURE_SIZES, SIGNS, SLOTS, Window, lay_out_terms
from reportedly.records import Topic

BODIES = [case[1] for case in load_cases("terms/en.md") if case[2]][::8]
LONG = " ".join(["The ministers met again on Monday and had dinner."] * 60)
DEAL = "Chad and Libya have a draft deal. Under it, Chad would free two Libyan pilots. Libya would reopen the road."


@lru_cache(maxsize=64)
def laid_out(body: str) -> tuple[tuple[Scene, ...], tuple[str, ...], tuple[Window, ...]]:
    found = scenes(body)
    if not found:
        return (), (), ()
    parties, windows = lay_out_terms(found[0].table.draft, found, shipped_terms().tokenizer)
    return found, parties, windows


def words(window: Window, pieces: np.ndarray) -> str:
    """What pieces say, without blanks."""
    return shipped_terms().tokenizer.decode(window.ids[pieces].tolist()).replace(" ", "")


@pytest.mark.parametrize("body", BODIES)
def test_every_term_begins_in_one_window_in_its_own_words(body: str) -> None:
    found, parties, windows = laid_out(body)
    if not parties:
        return
    assert sorted(n for w in windows for n in w.terms) == list(range(len(found)))
    for window in windows:
        assert len(window.ids) <= 512
        for number, stretch in zip(window.terms, window.stretches, strict=True):
            first = found[number].candidate.tokens[0].text.casefold()
            assert words(window, stretch).startswith(first[:1])
            assert window.features[stretch[0], 5] == 1


@pytest.mark.parametrize("body", BODIES)
def test_a_window_fits_the_network(body: str) -> None:
    _, parties, windows = laid_out(body)
    assert len(parties) <= SLOTS
    for window in windows:
        assert window.features.shape == (len(window.ids), len(FEATURE_SIZES))
        assert (window.features < np.array(FEATURE_SIZES)).all()
        assert window.signs.shape == (len(window.terms), len(parties), SIGNS)
        assert window.nearest.shape == (len(window.terms), len(parties))
        assert (window.nearest < len(window.ids)).all()


def test_parties_are_named_before_the_text_and_known_where_it_speaks_of_them() -> None:
    _, parties, windows = laid_out(DEAL)
    assert set(parties[:2]) == {"Chad", "Libya"}
    window = windows[0]
    assert [words(window, name) for name in window.names[:2]] == [p.casefold() for p in parties[:2]]
    chad = parties.index("Chad")
    assert {words(window, window.mentions[chad][[n]]) for n in range(len(window.mentions[chad]))} == {"chad"}


def test_paragraphs_without_terms_are_not_read() -> None:
    _, _, windows = laid_out("\n\n".join([DEAL, *[LONG] * 3]))
    assert len(windows) == 1
    _, _, alone = laid_out(DEAL)
    assert [w.ids.tolist() for w in windows] == [w.ids.tolist() for w in alone]


def test_the_network_says_the_same_each_time() -> None:
    found = scenes(DEAL)
    draft = found[0].table.draft
    assert find_leanings(draft, found) == find_leanings(draft, found)
    assert find_leanings(draft, ()) == ()


def test_a_leaning_has_every_party_and_topic() -> None:
    for scene in scenes(DEAL):
        assert scene.leaning is not None
        assert {"Chad", "Libya"} <= scene.leaning.gives.keys() == scene.leaning.gets.keys()
        assert sum(scene.leaning.topics.values()) == pytest.approx(1, abs=1e-4)
        assert len(scene.leaning.sizes) == 9


def test_the_network_knows_a_matter_by_more_than_its_words() -> None:
    freed = next(s for s in scenes(DEAL) if "pilots" in [t.text for t in s.candidate.tokens])
    assert freed.leaning is not None
    assert max(freed.leaning.topics, key=freed.leaning.topics.__getitem__) is Topic.PRISONERS_AND_HOSTAGES


def test_shares_of_pairs_sum_to_one_and_follow_the_logits() -> None:
    sets = ((), ("A",), ("B",), ("A", "B"))
    leaning = Leaning({}, {"A": 3.0, "B": -3.0}, {"A": -3.0, "B": 3.0}, (0.0,) * 9)
    shares = np.exp(leant(sets, leaning))
    assert shares.sum() == pytest.approx(1)
    assert divmod(int(shares.argmax()), 4) == (1, 2)
    assert not leant(sets, None).any()


@pytest.mark.parametrize("body", BODIES[:6])
def test_a_party_that_the_network_was_not_shown_can_be_chosen_all_the_same(body: str) -> None:
    for scene in scenes(body):
        blind = replace(scene, leaning=Leaning({}, {}, {}, (0.0,) * 9))
        assert np.isfinite(leant(choices(Signs(blind)), blind.leaning)).all()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED / "terms", tmp_path / "terms"))


def test_an_altered_network_is_refused(home: Path) -> None:
    with (home / "heads.npz").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="altered"):
        load_terms(folder=home.parent)


def test_a_network_of_another_format_is_refused(home: Path) -> None:
    card = json.loads((home / "card.json").read_text())
    (home / "card.json").write_text(json.dumps(card | {"format": "reportedly/terms/0"}))
    with pytest.raises(ModelError, match=FORMAT):
        load_terms(folder=home.parent)


def test_the_card_tells_the_digest_of_every_file() -> None:
    card = json.loads((SHIPPED / "terms" / "card.json").read_text())
    for name, told in card["files"].items():
        assert hashlib.sha256((SHIPPED / "terms" / name).read_bytes()).hexdigest() == told["sha256"]

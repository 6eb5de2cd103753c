"""A shipped model is loaded only if it is whole."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from reportedly.errors import ModelError
from reportedly.reading.models import FORMAT, SHIPPED, load_attribution

PARTS = ("encoder.onnx", "heads.npz", "tokenizer.json")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A model's folder whose files are none, but agree with its card."""
    folder = tmp_path / "attribution"
    folder.mkdir()
    for name in PARTS:
        (folder / name).write_bytes(name.encode())
    files = {name: {"sha256": hashlib.sha256(name.encode()).hexdigest()} for name in PARTS}
    (folder / "card.json").write_text(json.dumps({"format": FORMAT, "files": files}))
    return folder


def refused(home: Path) -> str:
    with pytest.raises(ModelError) as caught:
        load_attribution(home.name, folder=home.parent)
    return str(caught.value)


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "no card.json" in refused(tmp_path / "attribution")


@pytest.mark.parametrize("name", PARTS)
def test_a_missing_file_is_named(home: Path, name: str) -> None:
    (home / name).unlink()
    assert f"no {name}" in refused(home)


@pytest.mark.parametrize("name", PARTS)
def test_an_altered_file_is_refused(home: Path, name: str) -> None:
    with (home / name).open("ab") as file:
        file.write(b"x")
    message = refused(home)
    assert name in message
    assert "altered" in message


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"files": 3}', "\x00"])
def test_a_broken_card_is_refused(home: Path, card: str) -> None:
    (home / "card.json").write_text(card)
    assert "card.json" in refused(home)


def test_another_format_is_refused(home: Path) -> None:
    card = json.loads((home / "card.json").read_text())
    (home / "card.json").write_text(json.dumps(card | {"format": "reportedly/attribution/0"}))
    assert "reportedly/attribution/0" in refused(home)


def test_every_refusal_says_what_to_do(home: Path) -> None:
    (home / "encoder.onnx").unlink()
    assert "install the package again" in refused(home)


def test_files_that_are_no_model_are_refused_though_the_card_agrees(home: Path) -> None:
    shutil.copy(SHIPPED / "attribution" / "heads.npz", home / "heads.npz")
    card = json.loads((home / "card.json").read_text())
    card["files"]["heads.npz"]["sha256"] = hashlib.sha256((home / "heads.npz").read_bytes()).hexdigest()
    (home / "card.json").write_text(json.dumps(card))
    assert "tokenizer.json" in refused(home)


def test_heads_that_hold_pickles_are_refused(home: Path) -> None:
    np.savez(home / "heads.npz", evil=np.array([{}], dtype=object))
    card = json.loads((home / "card.json").read_text())
    card["files"]["heads.npz"]["sha256"] = hashlib.sha256((home / "heads.npz").read_bytes()).hexdigest()
    (home / "card.json").write_text(json.dumps(card))
    assert "heads.npz" in refused(home)


def test_the_shipped_model_loads_and_is_small() -> None:
    model = load_attribution()
    assert model.card["format"] == FORMAT
    assert sum(path.stat().st_size for path in (SHIPPED / "attribution").iterdir()) < 35_000_000


def test_threads_do_not_change_what_is_read() -> None:
    one, two = load_attribution(threads=1), load_attribution(threads=2)
    ids, features = np.array([101, 2002, 2056, 2061, 102]), np.zeros((5, 4), np.int64)
    assert np.allclose(one.encode(ids, features), two.encode(ids, features), atol=1e-4)

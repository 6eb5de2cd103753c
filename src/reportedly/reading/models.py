"""Loads the trained models that the package ships, and makes sure that they are the ones their cards describe."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from reportedly.errors import ModelError

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Encode = Callable[[Ints, Ints], Floats]

SHIPPED = Path(__file__).parent / "shipped"
FORMAT = "reportedly/attribution/1"
REINSTALL = "install the package again, or train the model as training/attribution/README.md says"


@dataclass(frozen=True, eq=False)
class AttributionModel:
    """The trained attribution reader, ready to run.

    `encode` takes ids (pieces,) and features (pieces, 4), int64, of one window with its markers, and gives states
    (pieces, hidden) float32. It runs one window at a time: dynamic quantisation scales activations by all that is
    in a run, so a window read beside others would not give the same states. `weights` holds the heads' arrays by
    name, float32.
    """

    encode: Encode
    tokenizer: Tokenizer
    weights: Mapping[str, Floats]
    card: Mapping[str, Any]

    @cached_property
    def reporting(self) -> frozenset[str]:
        """The words that stand in cues more often than not, in lower case."""
        return frozenset(self.card["reporting"])


def load_attribution(name: str = "attribution", *, folder: Path = SHIPPED, threads: int = 1) -> AttributionModel:
    """The model under that name. Raises ModelError where a file is missing, altered or of another format."""
    return AttributionModel(*load_network(folder / name, FORMAT, threads))


def load_network(home: Path, wanted: str, threads: int) -> tuple[Encode, Tokenizer, dict[str, Floats], dict[str, Any]]:
    """Encoder, tokenizer, weights of the heads and card of a network in the package, of the format `wanted`.

    Raises ModelError where a file is missing, altered or of another format.
    """
    card = read_card(home)
    if card.get("format") != wanted:
        raise ModelError(f"model {home.name!r} is of format {card.get('format')!r}, not {wanted!r}; {REINSTALL}")
    for part in ("encoder.onnx", "tokenizer.json", "heads.npz"):
        verify(home / part, card)
    weights, tokenizer = load_arrays(home / "heads.npz"), load_tokenizer(home / "tokenizer.json")
    encode = load_encoder(home / "encoder.onnx", threads, unfused=card.get("unfused", ()))
    return encode, tokenizer, weights, card


def read_card(home: Path) -> dict[str, Any]:
    """The card.json of a model's folder. Raises ModelError if there is none or it is no card."""
    path = home / "card.json"
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(f"no card.json in {home}; {REINSTALL}") from None
    except ValueError as error:
        raise ModelError(f"{path} is no card: {error}; {REINSTALL}") from error
    if not isinstance(card, dict) or not isinstance(card.get("files"), dict):
        raise ModelError(f"{path} names no files; {REINSTALL}")
    return card


def verify(path: Path, card: Mapping[str, Any]) -> None:
    """Raise ModelError unless the file is there with the SHA-256 that the card gives."""
    wanted = card["files"].get(path.name, {}).get("sha256")
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        raise ModelError(f"no {path.name} in {path.parent}; {REINSTALL}") from None
    if found != wanted:
        raise ModelError(f"{path} is altered: SHA-256 {found}, its card says {wanted}; {REINSTALL}")


def load_arrays(path: Path) -> dict[str, Floats]:
    """The arrays of an .npz file by name, as float32. Raises ModelError if it is none, or holds pickles."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            return {key: stored[key].astype(np.float32) for key in stored.files}
    except (ValueError, OSError, AttributeError, zipfile.BadZipFile) as error:
        raise ModelError(f"{path} holds no arrays: {error}; {REINSTALL}") from error


def load_tokenizer(path: Path) -> Tokenizer:
    """A tokenizer that neither cuts nor pads. Raises ModelError if the file is none."""
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing narrower
        raise ModelError(f"{path} is no tokenizer: {error}; {REINSTALL}") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def load_encoder(path: Path, threads: int, *, unfused: Sequence[str] = ()) -> Encode:
    """An encoder of ids and features, one window a run. Raises ModelError if the file is none.

    `unfused` are fusions of operators that ONNX Runtime is not to make; states differ a little with them and without.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=list(unfused)
        )
    except Exception as error:  # the library raises nothing narrower
        raise ModelError(f"{path} cannot be run: {error}; {REINSTALL}") from error

    def encode(ids: Ints, features: Ints) -> Floats:
        states: Floats = session.run(["states"], {"ids": ids[None], "features": features[None]})[0][0]
        return states

    return encode

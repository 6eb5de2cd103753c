"""Sentence vectors: what a stretch of text means, as 384 numbers, from the encoder that the package ships."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime

from reportedly.errors import ModelError
from reportedly.reading.models import REINSTALL, SHIPPED, Floats, load_tokenizer, read_card, verify

FORMAT = "reportedly/sentences/1"
LONGEST = 128  # pieces; clauses and sentences of the press are shorter
_KEPT = 4096

Vectorise = Callable[[str], Floats]


def vector_of(text: str) -> Floats:
    """The vector of a text, (384,) float32, of length 1; the same text always has the same one.

    Method: all-MiniLM-L6-v2 in int8, mean of the last states. One text a run: what stands in a run beside a text
    would change the scale of its activations. Raises ModelError where the shipped encoder is missing or altered.
    """
    return _vector(" ".join(text.split()))


@lru_cache(maxsize=_KEPT)
def _vector(text: str) -> Floats:
    vector = _shipped()(text)
    vector.flags.writeable = False
    return vector


@lru_cache(maxsize=1)
def _shipped() -> Vectorise:
    return load_vectors()


def load_vectors(name: str = "sentences", *, folder: Path = SHIPPED, threads: int = 1) -> Vectorise:
    """The encoder under that name. Raises ModelError where a file is missing, altered or of another format."""
    home = folder / name
    card = read_card(home)
    if card.get("format") != FORMAT:
        raise ModelError(f"model {name!r} is of format {card.get('format')!r}, not {FORMAT!r}; {REINSTALL}")
    for part in ("encoder.onnx", "tokenizer.json"):
        verify(home / part, card)
    tokenizer = load_tokenizer(home / "tokenizer.json")
    session = _session(home / "encoder.onnx", threads)

    def vectorise(text: str) -> Floats:
        ids = np.array([tokenizer.encode(text).ids[:LONGEST]], dtype=np.int64)
        vector: Floats = session.run(["vector"], {"ids": ids})[0]
        return vector

    return vectorise


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library raises nothing narrower
        raise ModelError(f"{path} cannot be run: {error}; {REINSTALL}") from error

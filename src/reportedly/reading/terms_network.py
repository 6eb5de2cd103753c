"""What the trained network says of each term of an article: what it is about, and who gives and gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from reportedly.reading.draft import Draft
from reportedly.reading.models import SHIPPED, Encode, load_network
from reportedly.reading.terms_scene import Leaning, Scene
from reportedly.reading.terms_windows import Window, lay_out_terms
from reportedly.records import Topic

FORMAT = "reportedly/terms/1"
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class TermsModel:
    """The trained reader of terms: `encode` as in AttributionModel, `weights` the heads' arrays, float32."""

    encode: Encode
    tokenizer: Tokenizer
    weights: Mapping[str, Floats]
    topics: tuple[Topic, ...]


def find_leanings(draft: Draft, scenes: Sequence[Scene]) -> tuple[Leaning | None, ...]:
    """What the shipped network says of each term; None of one that it cannot see.

    Each window that holds a term is encoded once, for itself. Raises ModelError where the model is missing or altered.
    """
    found: list[Leaning | None] = [None] * len(scenes)
    if scenes:
        model = shipped_terms()
        parties, windows = lay_out_terms(draft, scenes, model.tokenizer)
        for window in windows:
            for number, leaning in zip(window.terms, read_window(window, parties, model), strict=True):
                found[number] = leaning
    return tuple(found)


def read_window(window: Window, parties: tuple[str, ...], model: TermsModel) -> tuple[Leaning, ...]:
    """What the heads make of the states of one window, term by term.

    Method: a term is the mean, first and last of its states, a party the mean of its name's, of its mentions' and the
    mention nearest to the term; a layer over both gives a score for giving and for getting.
    """
    states, w = model.encode(window.ids, window.features), model.weights
    terms = np.stack([np.concatenate([states[s].mean(0), states[s[0]], states[s[-1]]]) for s in window.stretches])
    named = np.stack([states[n].mean(0) for n in window.names])
    spoken = np.stack([states[m if len(m) else n].mean(0) for m, n in zip(window.mentions, window.names, strict=True)])
    sides = np.broadcast_to(np.concatenate([named, spoken], 1), (len(terms), len(named), 2 * named.shape[1]))
    term = np.tanh(_linear(terms, w, "term"))
    party = np.tanh(_linear(np.concatenate([sides, states[window.nearest]], 2), w, "party"))
    mixed = _linear(term, w, "of_term")[:, None] + _linear(party, w, "of_party") + _linear(window.signs, w, "of_signs")
    both = np.concatenate([np.maximum(mixed, 0), term[:, None] * party], 2)
    pairs = _linear(both, w, "pair") + _linear(window.signs, w, "signs")
    sizes, topics = _linear(term, w, "sizes"), _linear(term, w, "topic")
    shares = np.exp(topics - topics.max(1, keepdims=True))
    shares /= shares.sum(1, keepdims=True)
    return tuple(
        Leaning(
            topics=dict(zip(model.topics, share.tolist(), strict=True)),
            gives=dict(zip(parties, pair[:, 0].tolist(), strict=True)),
            gets=dict(zip(parties, pair[:, 1].tolist(), strict=True)),
            sizes=tuple(size.tolist()),
        )
        for share, pair, size in zip(shares, pairs, sizes, strict=True)
    )


def _linear(x: Floats, weights: Mapping[str, Floats], name: str) -> Floats:
    out: Floats = x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return out


@lru_cache(maxsize=1)
def shipped_terms() -> TermsModel:
    """The network that the package ships, loaded once a process."""
    return load_terms()


def load_terms(name: str = "terms", *, folder: Path = SHIPPED, threads: int = 1) -> TermsModel:
    """The network under that name. Raises ModelError where a file is missing, altered or of another format."""
    encode, tokenizer, weights, card = load_network(folder / name, FORMAT, threads)
    return TermsModel(encode, tokenizer, weights, tuple(map(Topic, card["topics"])))

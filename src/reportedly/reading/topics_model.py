"""The shipped topic classifier: how likely each topic is by what a clause means, not by its words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from reportedly.errors import ModelError
from reportedly.reading.models import REINSTALL, SHIPPED, Floats, load_arrays, read_card, verify
from reportedly.reading.vectors import vector_of
from reportedly.records import Topic

FORMAT = "reportedly/topics/1"
CONTEXT = 0.5
"""How much the vector of the sentence around a clause counts beside the clause's own."""


@dataclass(frozen=True, slots=True, eq=False)
class TopicModel:
    """A multinomial logistic regression: `weights` (topics, 768) and `bias` (topics,), float32, by `topics`."""

    topics: tuple[Topic, ...]
    weights: Floats
    bias: Floats

    def shares(self, clause: str, context: str = "") -> dict[Topic, float]:
        """The probability of each topic; they sum to 1."""
        logits = self.weights @ features_of(clause, context) + self.bias
        odds = np.exp(logits - logits.max())
        return dict(zip(self.topics, (odds / odds.sum()).tolist(), strict=True))


def features_of(clause: str, context: str = "") -> Floats:
    """The vectors of a clause and of its sentence, or of the clause again where there is none, (768,) float32."""
    return np.concatenate([vector_of(clause), CONTEXT * vector_of(context or clause)])


@lru_cache(maxsize=1)
def shipped_topics() -> TopicModel:
    """The classifier that the package ships, loaded once a process."""
    return load_topics()


def load_topics(name: str = "topics", *, folder: Path = SHIPPED) -> TopicModel:
    """The classifier under that name. Raises ModelError where a file is missing, altered or of another format."""
    home = folder / name
    card = read_card(home)
    if card.get("format") != FORMAT:
        raise ModelError(f"model {name!r} is of format {card.get('format')!r}, not {FORMAT!r}; {REINSTALL}")
    verify(home / "weights.npz", card)
    arrays = load_arrays(home / "weights.npz")
    return TopicModel(tuple(map(Topic, card["topics"])), arrays["weights"], arrays["bias"])

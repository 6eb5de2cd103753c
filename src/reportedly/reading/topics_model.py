"""The shipped topic classifier: how likely each topic is by what a clause means, not by its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from reportedly.errors import ModelError
from reportedly.reading.models import REINSTALL, SHIPPED, Floats, load_arrays, read_card, verify
from reportedly.reading.vectors import vector_of
from reportedly.records import Topic

FORMAT = "reportedly/topics/2"
CONTEXT, ARTICLE = 0.5, 0.6
"""How much the vectors of the sentence around a clause and of the article's opening count beside the clause's own."""
AROUND = 0.2
"""How much a word of the sentence around a clause counts beside one of the clause."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDING = re.compile(r"(?:ies|ings?|ments?|ations?|als?|ed|es|s|e)$")


@dataclass(frozen=True, slots=True, eq=False)
class TopicModel:
    """A linear classifier over vectors: `weights` (topics, 1152) and `bias` (topics,); `words` by stem.

    All are float32, in the order of `topics`.
    """

    topics: tuple[Topic, ...]
    weights: Floats
    bias: Floats
    words: dict[str, Floats]

    def shares(self, clause: str, context: str = "", article: tuple[str, ...] = ()) -> dict[Topic, float]:
        """The probability of each topic; they sum to 1. `article` is its headline and first sentence."""
        logits = self.weights @ features_of(clause, context, article) + self.bias + self._by_words(clause, context)
        odds = np.exp(logits - logits.max())
        return dict(zip(self.topics, (odds / odds.sum()).tolist(), strict=True))

    def _by_words(self, clause: str, context: str) -> Floats:
        out = np.zeros(len(self.topics), np.float32)
        own = stems_of(clause)
        for stems, share in ((own, 1.0), (stems_of(context) - own, AROUND)):
            for stem in sorted(stems & self.words.keys()):
                out += share * self.words[stem]
        return out


def features_of(clause: str, context: str = "", article: tuple[str, ...] = ()) -> Floats:
    """The vectors of a clause, of its sentence and of the article's opening, (1152,) float32.

    Where there is no article, the sentence stands for it; where there is no sentence, the clause.
    """
    around = vector_of(context or clause)
    return np.concatenate([vector_of(clause), CONTEXT * around, ARTICLE * (_opening(article) if article else around)])


@lru_cache(maxsize=64)
def _opening(article: tuple[str, ...]) -> Floats:
    """The mean of the vectors of an article's first sentences, of length 1, (384,) float32."""
    mean: Floats = np.sum([vector_of(text) for text in article], axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-6)


@lru_cache(maxsize=1024)
def stems_of(text: str) -> frozenset[str]:
    """The words of a text from three letters up, in small letters, without their commonest endings."""
    return frozenset(_ENDING.sub("", word) for word in _WORD.findall(text.lower()))


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
    for part in ("weights.npz", "words.txt"):
        verify(home / part, card)
    arrays = load_arrays(home / "weights.npz")
    stems = (home / "words.txt").read_text(encoding="utf-8").split()
    words = dict(zip(stems, arrays["words"], strict=True))
    return TopicModel(tuple(map(Topic, card["topics"])), arrays["weights"], arrays["bias"], words)

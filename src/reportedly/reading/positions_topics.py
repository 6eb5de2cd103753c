"""Which topic the words of a stance are about."""

from __future__ import annotations

from functools import lru_cache
from math import exp

from reportedly.reading.draft import Draft
from reportedly.reading.language import load_table
from reportedly.reading.positions_signs import Asked, signs_of
from reportedly.records import Topic


def likeliest_topic(asked: Asked, draft: Draft, *, language: str = "en") -> tuple[Topic, float]:
    """The topic of a stretch that states what somebody wants, never `other`, and its probability.

    Method: the signs of `signs_of`, weighed by a conditional logistic regression over the topics (training/positions).
    """
    weights = _weights(language)
    scores = {
        topic: sum(weights.get(name, 0.0) * value for name, value in signs.items())
        for topic, signs in signs_of(asked, draft).items()
    }
    best = max(scores, key=lambda topic: (scores[topic], topic.value))
    return best, 1 / sum(exp(score - scores[best]) for score in scores.values())


@lru_cache(maxsize=4)
def _weights(language: str) -> dict[str, float]:
    return {row["sign"]: float(row["weight"]) for row in load_table(language, "subjects")}

"""Topics that a dossier adds, told by their words and by clauses that mean nearly the same as its examples."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from reportedly.errors import DossierError
from reportedly.reading.dossier import Dossier, Entry
from reportedly.reading.vectors import vector_of
from reportedly.records import Topic

NEAR = 0.6
"""The least cosine of a clause and an example that means the same."""


@dataclass(frozen=True, slots=True)
class OwnTopic:
    """A topic with the words that are always about it and clauses that are."""

    topic: Topic
    words: re.Pattern[str]
    examples: tuple[str, ...]


@lru_cache(maxsize=16)
def own_topics(dossier: Dossier) -> tuple[OwnTopic, ...]:
    """The topics of a dossier; one that is called as a topic of the list adds to that. Raises DossierError."""
    return tuple(_own(entry) for entry in dossier.topics)


def _own(entry: Entry) -> OwnTopic:
    slug = "_".join(re.findall(r"[^\W_]+", entry.name.casefold()))
    if not slug:
        raise DossierError(f"topic {entry.name!r} has no letter or digit in its name; give it one")
    phrases = sorted((entry.name, *entry.aliases), key=len, reverse=True)
    texts = (r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in phrases)
    words = re.compile(rf"(?<!\w)(?:{'|'.join(texts)})(?!\w)", re.IGNORECASE)
    examples = (*entry.examples, entry.description) if entry.description else entry.examples
    return OwnTopic(_listed(slug), words, examples)


def _listed(slug: str) -> Topic:
    try:
        return Topic(slug)
    except ValueError:
        return Topic(f"own:{slug}")


def find_own(clause: str, own: tuple[OwnTopic, ...]) -> tuple[Topic, float] | None:
    """The dossier's topic of a clause and how sure it is, 0 to 1; None where none of them fits.

    Method: its name or an alias in the clause, the longest first; else the nearest example by cosine, from `NEAR` up.
    """
    named = [(len(match.group()), each.topic) for each in own if (match := each.words.search(clause))]
    if named:
        return max(named, key=lambda pair: pair[0])[1], 1.0
    near = [(float(vector_of(clause) @ vector_of(e)), each.topic) for each in own for e in each.examples]
    if not near:
        return None
    likeness, topic = max(near, key=lambda pair: pair[0])
    return (topic, likeness) if likeness >= NEAR else None

"""What makes a thing itself: the hashes that serve as ids, and the keys under which names are compared."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from reportedly.records import Document, Reading, to_json

ID_LENGTH = 32
"""Hex digits in an id: 128 bits of SHA-256."""

SHORT = 8
"""Hex digits of an id shown to people."""


def digest(*parts: Any) -> str:
    """The hash of JSON-ready values, `ID_LENGTH` hex digits."""
    spelled = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()[:ID_LENGTH]


def article_id(document: Document) -> str:
    """An article is a text as one outlet printed it in one place: two outlets with one agency text are two articles."""
    return digest("article", document.id, document.outlet, document.url or document.name)


def work_key(document: Document) -> str:
    """What all versions of an article share: its URL or, where it has none, its outlet and name (see `versions`)."""
    if document.url:
        return digest("url", document.url)
    return digest("name", document.outlet, document.name)


def reading_digest(reading: Reading) -> str:
    """The hash of a whole reading; it differs wherever the readings differ."""
    return digest(to_json(reading))


def short(id: str) -> str:
    """An id as people see it."""
    return id[:SHORT]


_APOSTROPHES = str.maketrans("‘’ʼ", "'''")


def name_key(name: str) -> str:
    """A name without case and odd spaces; outlets set the same apostrophe in more than one way."""
    return " ".join(name.casefold().translate(_APOSTROPHES).split())


# Certainty, confidence, method and the record's own numbering are left out on purpose: a later reader may change
# them, and what a person said about the thing must still find it.
_NAMING: dict[str, tuple[str, ...]] = {
    "source": ("name", "kind"),
    "statement": ("piece", "source", "cue", "content"),
    "plan": ("name", "spans"),
    "term": ("topic", "spans"),
    "position": ("party", "topic", "stance", "spans"),
    "encounter": ("participants", "when", "spans"),
}


def row_ids(article: str, kind: str, rows: Iterable[dict[str, Any]]) -> list[str]:
    """An id for each row of a record, in order; of rows that are alike the second and later are numbered."""
    seen: Counter[str] = Counter()
    ids = []
    for row in rows:
        named = digest(article, kind, *(row[field] for field in _NAMING[kind]))
        seen[named] += 1
        ids.append(named if seen[named] == 1 else digest(named, seen[named]))
    return ids

"""Whether a text looks like English, the one language that is read."""

from __future__ import annotations

import re
from functools import cache

from reportedly.documents.patterns import word_list
from reportedly.records import Note

LOOKED_AT = 20_000
"""Characters from the top that are looked at."""

MIN_WORDS = 30
"""Fewer words than this, or half as many letters of another script, tell nothing."""

MIN_SHARE = 0.18
"""English news has 0.3 to 0.5 of its words among the commonest hundred, French and German less than 0.1."""

MAX_OTHER_SCRIPT = 0.3

WORD = re.compile(r"[^\W\d_]+")
LATIN = re.compile(r"[a-zA-Z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]")


def language_note(text: str) -> Note | None:
    """A note where the text does not look like English; None where it does, or is too short to tell."""
    words = WORD.findall(text[:LOOKED_AT].casefold())
    letters = sum(map(len, words))
    latin = sum(len(LATIN.findall(word)) for word in words)
    other_script = letters >= MIN_WORDS and latin < (1 - MAX_OTHER_SCRIPT) * letters
    known = sum(word in _commonest() for word in words)
    if other_script or (len(words) >= MIN_WORDS and known < MIN_SHARE * len(words)):
        return Note("language", "does not look like English; the reader knows English only, so expect little of this")
    return None


@cache
def _commonest() -> frozenset[str]:
    return frozenset(word_list("english")["words"])

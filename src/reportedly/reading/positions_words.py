"""How a stance is worded: verbs of wanting and refusing, conditions, verdicts."""

from __future__ import annotations

import re
from functools import lru_cache

from reportedly.reading.language import load_lists, load_table
from reportedly.records import Span, Stance

_CLAUSE_END = re.compile(r"[,;:–—]\s|[.?!](?:[\"”’')\]]|\s|$)|[\"”]\s*[,.]")


def stance_of(words: str, language: str = "en") -> tuple[Stance, int, int] | None:
    """The first stance worded in a stretch of text, with where its words stand; None where there is none."""
    best: tuple[int, int, str] | None = None
    for pattern, stance in _stances(language):
        match = pattern.search(words)
        if match and (best is None or match.start() < best[0]):
            best = (match.start(), match.end(), stance)
    if best is None or best[2] == "nothing":
        return None
    return Stance(best[2]), best[0], best[1]


def stance_at(words: str, language: str = "en") -> Stance | None:
    """The stance that a stretch of text opens with."""
    found = next((s for p, s in _stances(language) if p.match(words)), "nothing")
    return None if found == "nothing" else Stance(found)


def condition_in(span: Span, text: str, *, after_no: bool, language: str = "en") -> Span | None:
    """The condition that a stretch of text ends on, its joining word first."""
    match = _conditions(after_no, language).search(span.of(text))
    if match is None:
        return None
    start = span.start + match.start()
    end = _CLAUSE_END.search(text, span.start + match.end(), span.end)
    return Span(start, end.start() if end else span.end)


def is_soft(words: str, language: str = "en") -> bool:
    """Whether a yes is only a readiness to talk."""
    return _listed("soft", language).search(words) is not None


def is_verdict(words: str, language: str = "en") -> bool:
    """Whether words say no without a verb that says it: "a surrender", "no part of this"."""
    return _listed("refusals", language).search(words) is not None


def says_authored(words: str, language: str = "en") -> bool:
    """Whether words tell who drew a plan up or sent it."""
    return _listed("authored", language).search(words) is not None


@lru_cache(maxsize=4)
def _stances(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<![\w-])(?:{row['form'].strip()})(?!\w)", re.IGNORECASE), row["stance"])
        for row in load_table(language, "stances")
    )


@lru_cache(maxsize=4)
def _conditions(after_no: bool, language: str) -> re.Pattern[str]:
    lists = load_lists(language, "stances")
    words = [w for w in lists["conditions"] if after_no or w not in lists["only_after_no"]]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


@lru_cache(maxsize=16)
def _listed(name: str, language: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{w})" for w in load_lists(language, "stances")[name]), re.IGNORECASE)

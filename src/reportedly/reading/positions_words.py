"""How a stance is worded: verbs of wanting and refusing, conditions, verdicts."""

from __future__ import annotations

import re
from functools import lru_cache

from reportedly.reading.language import load_lists, load_table
from reportedly.records import Span, Stance

_NEAR = 4  # characters between a yes and the condition that belongs to it
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
    if not _any_stance(language).match(words):
        return None
    found = next((s for p, s in _stances(language) if p.match(words)), "nothing")
    return None if found == "nothing" else Stance(found)


def condition_in(span: Span, text: str, end: int, *, after_no: bool, language: str = "en") -> Span | None:
    """The condition that a stretch of text ends on, or that follows at once, its joining word first; not past `end`."""
    match = _conditions(after_no, language).search(text, span.start, end)
    if match is None or match.start() > span.end + _NEAR:
        return None
    if _listed("no_condition", language).match(text[match.start() : end]):
        return None
    stop = _CLAUSE_END.search(text, match.end(), end)
    return Span(match.start(), stop.start() if stop else end)


def is_soft(words: str, language: str = "en") -> bool:
    """Whether a yes is only a readiness to talk."""
    return _listed("soft", language).search(words) is not None


def is_verdict(words: str, language: str = "en") -> bool:
    """Whether words say no without a verb that says it: "a surrender", "no part of this"."""
    return _listed("refusals", language).search(words) is not None


def is_refused(words: str, language: str = "en") -> bool:
    """Whether words open with a verdict that says no: "not a single landing"."""
    return any(re.match(w.removeprefix("^"), words, re.IGNORECASE) for w in load_lists(language, "stances")["refusals"])


def is_approval(words: str, language: str = "en") -> bool:
    """Whether words say yes without a verb that says it: "worth keeping", "no objection"."""
    return _listed("approvals", language).search(words) is not None


def is_requirement(words: str, language: str = "en") -> bool:
    """Whether words demand without a verb that does: "nothing less than two states will do"."""
    return _listed("requirements", language).search(words) is not None


def is_opening(words: str, language: str = "en") -> bool:
    """Whether words leave a thing open without a verb that does: "a truce might be thinkable"."""
    return _listed("openings", language).search(words) is not None


def is_removal(words: str, language: str = "en") -> bool:
    """Whether what is demanded is that something go: "that the clause be struck out" turns the clause down."""
    return _listed("removals", language).search(words) is not None


def is_commitment(words: str, language: str = "en") -> bool:
    """Whether words open with what a side would do or give: "(we) will release the sailors"."""
    return any(re.match(w, words, re.IGNORECASE) for w in load_lists(language, "stances")["commitments"])


def is_matter(words: str, language: str = "en") -> bool:
    """Whether words can be what a stance is on: not "to comment"."""
    return _listed("no_matter", language).search(words) is None


def is_party_name(name: str, language: str = "en") -> bool:
    """Whether a name can be that of a party: not "state television", "Assembly" or a court."""
    return not any(re.search(w, name) for w in load_lists(language, "stances")["no_party"])


def own_side_in(words: str, language: str = "en") -> int:
    """Where the words after a speaker's own side begin, if it is the subject that words open with; 0 if not."""
    match = _own_side(language).match(words)
    return match.end() if match else 0


def says_authored(words: str, language: str = "en") -> bool:
    """Whether words tell who drew a plan up or sent it."""
    nouns = "|".join(load_lists(language, "stances")["plan_nouns"])
    return (
        _listed("authored", language).search(words) is not None and re.search(rf"\b(?:{nouns})s?\b", words) is not None
    )


@lru_cache(maxsize=4)
def _stances(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<![\w-])(?:{row['form'].strip()})(?!\w)", re.IGNORECASE), row["stance"])
        for row in load_table(language, "stances")
    )


@lru_cache(maxsize=4)
def _any_stance(language: str) -> re.Pattern[str]:
    """All of them as one: most stretches open with none."""
    return re.compile("|".join(pattern.pattern for pattern, _ in _stances(language)), re.IGNORECASE)


@lru_cache(maxsize=4)
def _conditions(after_no: bool, language: str) -> re.Pattern[str]:
    lists = load_lists(language, "stances")
    words = [w for w in lists["conditions"] if after_no or w not in lists["only_after_no"]]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


@lru_cache(maxsize=16)
def _listed(name: str, language: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{w})" for w in load_lists(language, "stances")[name]), re.IGNORECASE)


@lru_cache(maxsize=4)
def _own_side(language: str) -> re.Pattern[str]:
    words = "|".join(load_lists(language, "stances")["own_side"])
    return re.compile(rf"[\"“‘']?(?:that )?(?:{words})\s+(?:[,\s][^,;]{{0,40}},\s*)?", re.IGNORECASE)

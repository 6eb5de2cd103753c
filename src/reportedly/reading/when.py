"""When: dates as news writes them, resolved against the day of publication, in EDTF.

Values used: a day `2026-03-17`, a month `2026-03`, a year `2026`, a season `2025-21`, spans of them
`2026-03-16/2026-03-22` (a week is its days), since a day `2026-03-16/..`, by a day `../2026-03-16`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from spacy.tokens import Token

from reportedly.reading.language import load_lists, load_table
from reportedly.reading.parse import Sentence, place
from reportedly.reading.when_rules import FUTURE, PAST, RULES, Calendar, Match, first_day, last_day, parse_day
from reportedly.records import Span

__all__ = ["FUTURE", "PAST", "find_dates", "first_day", "is_edtf", "last_day", "parse_day", "resolve", "tense_of"]

_EDTF_ONE = r"\d{4}(?:-(?:0[1-9]|1[0-2]|2[1-4])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_GROUP = re.compile(r"\(\?P<\w+>")
_EDTF = re.compile(rf"(?:{_EDTF_ONE}|(?:{_EDTF_ONE}|\.\.)/{_EDTF_ONE}|{_EDTF_ONE}/\.\.)")


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    rule: str
    match: Match


def is_edtf(value: str) -> bool:
    """Whether the value is one of the EDTF forms that this module writes."""
    return _EDTF.fullmatch(value) is not None


def resolve(
    phrase: str, published: str | None, *, tense: str = "", anchor: str | None = None, language: str = "en"
) -> str | None:
    """The first date that a phrase gives, in EDTF; None where it gives none or nothing says which day it leans on."""
    calendar = Calendar(parse_day(published), tense, anchor)
    return next((edtf for _, edtf in _dates(phrase, lambda _: calendar, language)), None)


def find_dates(
    sentence: Sentence, published: str | None, *, anchor: str | None = None, language: str = "en"
) -> tuple[tuple[Span, str], ...]:
    """The dates that a sentence gives, in order, each with its place and its EDTF value.

    Method: a table of patterns (dates.tsv); a weekday or a month is taken before or after publication by the tense
    of the verb that governs it. `anchor` is the last date of the text before, for "the day after".
    """
    base, text = sentence.span.start, sentence.tokens.text

    def calendar(at: int) -> Calendar:
        tokens = {place(token).start - base: token for token in sentence.tokens if not token.is_space}
        token = next((tokens[i] for i in range(at, at + 24) if i in tokens), None)
        return Calendar(parse_day(published), tense_of(token) if token is not None else "", anchor)

    return tuple((Span(base + s, base + e), edtf) for (s, e), edtf in _dates(text, calendar, language))


def tense_of(token: Token) -> str:
    """Whether the verb that governs a token looks back or ahead: "past", "future" or "" where nothing says."""
    lists = load_lists("en", "dates")
    for head in (token, *token.ancestors):
        if head.pos_ in ("NOUN", "ADJ") and head.lemma_.casefold() in ("due", "set", "ready"):
            return FUTURE
        if head.pos_ not in ("VERB", "AUX"):
            continue
        found = _verb_tense(head, lists)
        if found:
            return found
    return ""


def _verb_tense(verb: Token, lists: dict[str, Any]) -> str:
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    words = {c.lower_ for c in helpers}
    lemma = verb.lemma_.casefold()
    if lemma in lists["reported"] and words & {"is", "are", "was", "were"} and verb.tag_ == "VBN":
        return ""
    if "to" in words and words & {"have"}:
        return PAST
    if words & set(lists["modals"]) or any(c.dep_ == "acomp" and c.lower_ == "due" for c in verb.children):
        return FUTURE
    if (
        verb.tag_ in ("VBN", "VBG")
        and lemma in lists["planned"]
        and verb.dep_ in ("acl", "amod", "advcl", "relcl", "ROOT", "ccomp")
    ):
        return FUTURE
    if "to" in words:
        return FUTURE if _looks_ahead(verb, lists) else ""
    if verb.tag_ == "VBD" or words & {"had", "has", "have", "was", "were", "'ve", "’ve", "did"}:
        return PAST
    if verb.tag_ == "VBN" and not helpers:
        return PAST
    plain = verb.tag_ == "VB" and not helpers  # the tagger's slip for a present plural
    return FUTURE if plain or verb.tag_ in ("VBZ", "VBP") or words & {"is", "are", "am"} else ""


def _looks_ahead(verb: Token, lists: dict[str, Any]) -> bool:
    head = verb.head
    if head is verb or verb.dep_ in ("relcl", "acl"):
        return True
    return head.lemma_.casefold() in {"be", "due", *lists["planned"], *lists["future_verbs"]}


def _dates(text: str, calendar_at: Callable[[int], Calendar], language: str) -> Iterator[tuple[tuple[int, int], str]]:
    anchor: str | None = None
    for hit in _hits(text, language):
        calendar = calendar_at(hit.start)
        if anchor is not None:
            calendar = replace(calendar, anchor=anchor)
        try:
            value = RULES[hit.rule](hit.match, calendar)
        except (LookupError, ValueError, OverflowError):  # nothing to lean on, or a day that no calendar has
            continue
        anchor = value
        start, value = _bounded(text, hit, value, calendar, language)
        yield (start, hit.end), value


def _bounded(text: str, hit: _Hit, value: str, calendar: Calendar, language: str) -> tuple[int, str]:
    """Take in a word before the date that makes it the beginning or the end of a span."""
    for name, (before, within) in _leads(language):
        lead = before.search(text[: hit.start])
        if lead is None and not within.match(text[hit.start : hit.end]):
            continue
        start = lead.start() if lead else hit.start
        if name == "since":
            return start, f"{value.split('/')[0]}/.."
        if name == "until" or not (calendar.tense == PAST or _is_past(value, calendar)):
            return start, f"../{value.split('/')[-1]}"
    return hit.start, value


def _is_past(value: str, calendar: Calendar) -> bool:
    end = last_day(value)
    return end is not None and calendar.published is not None and end < calendar.published


@lru_cache(maxsize=256)
def _hits(text: str, language: str) -> tuple[_Hit, ...]:
    taken: list[_Hit] = []
    if not _any_date(language).search(text):
        return ()
    for rule, pattern in _patterns(language):
        for match in pattern.finditer(text):
            if not any(match.start() < other.end and other.start < match.end() for other in taken):
                taken.append(_Hit(match.start(), match.end(), rule, match))
    return tuple(sorted(taken, key=lambda hit: hit.start))


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((rule, _whole_words(pattern)) for rule, pattern in _rules(language))


@lru_cache(maxsize=8)
def _any_date(language: str) -> re.Pattern[str]:
    """All patterns as one, which most sentences need not be searched for more than; groups have no names in it."""
    return _whole_words("|".join(_GROUP.sub("(?:", pattern) for _, pattern in _rules(language)))


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", re.IGNORECASE)


def _rules(language: str) -> Iterator[tuple[str, str]]:
    """Yield each rule and its pattern, with the lists filled in."""
    lists = load_lists(language, "dates")
    month = "(?-i:" + "|".join(rf"{n}\b\.?" for names in lists["months"] for n in names) + ")"
    weekday = "(?-i:" + "|".join(_day_name(n) for names in lists["weekdays"] for n in names) + ")"
    words = {
        "{date}": rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {month}|{month} \d{{1,2}}(?:st|nd|rd|th)?)",
        "{th}": "(?:st|nd|rd|th)?",
        "{month}": month,
        "{weekday}": weekday,
        "{season}": "(?:" + "|".join(lists["seasons"]) + ")",
        "{ordinal}": "(?:" + "|".join(sorted(lists["ordinals"], key=len, reverse=True)) + ")",
        "{number}": "(?:" + "|".join(sorted(lists["numbers"], key=len, reverse=True)) + ")",
    }
    for row in load_table(language, "dates"):
        pattern = row["pattern"]
        for name, value in words.items():
            pattern = pattern.replace(name, value)
        yield row["rule"], pattern


def _day_name(name: str) -> str:
    """A weekday as a pattern; a short form only with its full stop or before a number ("Sun" may shine)."""
    return rf"{name}\b" if name.endswith("day") else rf"{name}(?:\.|(?=,? \d))"


@lru_cache(maxsize=8)
def _leads(language: str) -> tuple[tuple[str, tuple[re.Pattern[str], re.Pattern[str]]], ...]:
    """For since, until and by: the word as it stands before a date, and as it begins one."""
    part = r"(?:(?:early|late|the (?:start|end|middle|beginning|close) of)\s)?(?:the\s)?"
    table = []
    for name in ("since", "until", "by"):
        words = "|".join(sorted(map(re.escape, load_lists(language, "dates")[name]), key=len, reverse=True))
        before = re.compile(rf"\b(?:{words})\s(?:the\s)?{part}$", re.IGNORECASE)
        table.append((name, (before, re.compile(rf"(?:{words})\b", re.IGNORECASE))))
    return tuple(table)

"""Where the text names a point of the plan, and how many it says there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reportedly.reading.draft import Draft
from reportedly.reading.parse import Sentence
from reportedly.reading.terms_words import NUMBERS, ORDINALS, number_of
from reportedly.records import Span

_N = r"(?:" + "|".join(NUMBERS) + r"|\d{1,2})"
_O = r"(?:" + "|".join(ORDINALS) + r"|\d{1,2}(?:st|nd|rd|th)|last|final|closing|opening)"
_PLAIN = "points?|paragraphs?|articles?|clauses?|chapters?|steps?|phases?|stages?|sections?|pillars?|items?|legs?"
_UNIT = rf"(?:{_PLAIN}|numbers?|commandments?|promises?|demands?|provisions?)"
_RUN = rf"{_N}(?:\s*,\s*{_N})*(?:\s*,?\s+(?:and|to|through|or)\s+{_N})?"
_AMOUNT = r"(?![-:]\w|\s*(?:per cent|percent|million|billion|%|points?\b))"
_DOES = (
    "also|would|will|must|shall|may|could|is|are|was|has|sets?|bars?|links?|pins?|does|gives?|takes?|requires?|makes?|"
    "lets?|obliges?|provides?|concerns?|covers?|deals?|says?|foresees?|calls?|commits?|rules?|creates?|puts?|allows?|"
    r"ends?|opens?|demands?|the|(?-i:[A-Z]\w+)"
)
_OPENING = r"(?:^|[.;:]\s+|,\s+(?:and|while|but)\s+)(?:the|a)\s+|\b(?:under|in|by)\s+the\s+|\b(?:and|nor)\s+the\s+"
_STEP = "(?:point|step|clause|chapter|phase)"
_PLAN = "it|plan|draft|text|paper|document|deal|agreement|proposal|list|points?|steps?"

_NAMED = re.compile(rf"\b(?P<unit>{_UNIT})\s+(?P<run>{_RUN})\b{_AMOUNT}", re.I)
_ORDINAL = re.compile(
    rf"\b(?P<run>{_O}(?:(?:\s+and|,)\s+{_O})*)\s+(?:(?P<count>{_N})\s+(?:of the \w+ )?)?(?:new\s+)?(?P<unit>{_UNIT})\b"
    r"(?!\s+(?:of order|in time|thing))",
    re.I,
)
_ONE_OF_SOME = re.compile(r"\ban?\s$", re.I)
_BARE = re.compile(rf"(?:{_OPENING})(?P<run>{_O}(?:\s+and\s+{_O})?)(?=\s*[,;:.?)]|\s+(?:{_DOES})\b)", re.I)
_BRACKET = re.compile(rf"\((?P<run>{_N})\)", re.I)
_LISTED = re.compile(rf"^(?P<run>{_N})\s*[:.)]\s+(?=\S)", re.I)
_NEXT = re.compile(
    rf"^(?:next(?:,| comes)|the next {_STEP}|the one after)|"
    rf"\b(?:the next {_STEP}|the clause (?:that follows|after it))\b",
    re.I,
)
_BEFORE = re.compile(r"\bthe (?:clause|point|step|chapter|paragraph|one) before(?: it)?\b", re.I)
_FIRST = re.compile(
    rf"\b(?:(?:{_PLAN}) (?:opens?|begins?|starts?|kicks? off) with|first up|at the top stands|(?:comes|goes) first)\b",
    re.I,
)
_LAST = re.compile(r"\b(?:ends? with|concludes? with|comes? last)\b", re.I)
_COUNTED = re.compile(rf"\b({_N})[- ](?:{_PLAIN})\b", re.I)
_TOTALLED = re.compile(
    rf"\b(?:all|the|has|in|of|still|lists?|are|runs to)\s+({_N})\s+(?:numbered\s+)?(?:{_PLAIN})\b", re.I
)


@dataclass(frozen=True, slots=True)
class PointMark:
    """A place that names one or more points. `bracketed` marks stand after what they number."""

    span: Span
    numbers: tuple[int, ...]
    sentence: int
    unit: str = ""
    bracketed: bool = False


def find_marks(draft: Draft, total: int | None = None) -> tuple[PointMark, ...]:
    """Every place that names a point, in text order; `total` is how many the plan has, for "the last".

    Method: patterns over number words with a unit ("point three", "the second and third chapters"), bare ordinals
    where one of the former stands in the article, and steps from the mark before ("next", "the clause before it").
    """
    if total is None:
        total = total_of(draft.document.text)
    marks: list[PointMark] = []
    anchored = total is not None or bool(_NAMED.search(draft.document.text) or _ORDINAL.search(draft.document.text))
    for sentence in draft.parse.sentences:
        marks.extend(_in_sentence(sentence, draft.document.text, total, marks, anchored))
    return tuple(marks)


@lru_cache(maxsize=16)
def total_of(text: str) -> int | None:
    """How many points the text says the plan has: the number it gives most often."""
    found = [*_COUNTED.findall(text), *_TOTALLED.findall(text)]
    values = [n for n in (number_of(w) for w in found) if n and 2 <= n <= 60]
    return max(set(values), key=lambda n: (values.count(n), n)) if values else None


def _in_sentence(
    sentence: Sentence, text: str, total: int | None, before: list[PointMark], anchored: bool
) -> list[PointMark]:
    words = sentence.span.of(text)
    found: list[PointMark] = []

    def add(match: re.Match[str], numbers: tuple[int, ...], unit: str = "", bracketed: bool = False) -> None:
        span = Span(sentence.span.start + match.start(), sentence.span.start + match.end())
        if numbers and not any(m.span.meets(span) for m in found):
            found.append(PointMark(span, numbers, sentence.index, unit.casefold().rstrip("s"), bracketed))

    for match in _NAMED.finditer(words):
        opened = words[: match.start()].endswith("(")
        add(match, _numbers(match["run"], total), match["unit"], opened)
    for match in _ORDINAL.finditer(words):
        if total is None and _ONE_OF_SOME.search(words, 0, match.start()):
            continue
        if match["count"]:
            add(match, _several(match["run"], number_of(match["count"]), total), match["unit"])
        else:
            add(match, _numbers(match["run"], total), match["unit"])
    if anchored:
        for pattern in (_BARE, _BRACKET, _LISTED):
            for match in pattern.finditer(words):
                add(match, _numbers(match["run"], total), "", pattern is _BRACKET)
        for match in _FIRST.finditer(words):
            add(match, (1,))
        for match in _LAST.finditer(words):
            add(match, (total,) if total else ())
        last = next((m.numbers[-1] for m in reversed([*before, *found])), None)
        for pattern, step in ((_NEXT, 1), (_BEFORE, -1)):
            for match in pattern.finditer(words):
                if last is not None and 1 <= last + step <= (total or 99):
                    add(match, (last + step,))
    return sorted((m for m in found if _fits(m, total)), key=lambda m: m.span.start)


def _fits(mark: PointMark, total: int | None) -> bool:
    return total is None or max(mark.numbers) <= total


def _several(run: str, count: int | None, total: int | None) -> tuple[int, ...]:
    if count is None:
        return ()
    if run.casefold() in ("first", "opening"):
        return tuple(range(1, count + 1))
    if run.casefold() in ("last", "final", "closing") and total:
        return tuple(range(total - count + 1, total + 1))
    return ()


def _numbers(run: str, total: int | None) -> tuple[int, ...]:
    words = re.findall(r"\w+", run)
    if "to" in words or "through" in words:
        ends = [n for n in map(number_of, words) if n]
        return tuple(range(ends[0], ends[-1] + 1)) if len(ends) == 2 and ends[0] < ends[1] else ()
    return tuple(dict.fromkeys(_values(words, total)))


def _values(words: list[str], total: int | None) -> Iterator[int]:
    for word in words:
        if word.casefold() in ("last", "final", "closing"):
            if total:
                yield total
        elif word.casefold() == "opening":
            yield 1
        else:
            value = number_of(word)
            if value:
                yield value

"""Numbers of a plan's points: where the text names one, and which number a term stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportedly.reading.draft import Draft
from reportedly.reading.parse import Sentence
from reportedly.reading.terms_words import NUMBERS, ORDINALS, number_of
from reportedly.records import PointsBasis, Span, Term, hull

_N = r"(?:" + "|".join(NUMBERS) + r"|\d{1,2})"
_O = r"(?:" + "|".join(ORDINALS) + r"|\d{1,2}(?:st|nd|rd|th)|last|final|closing|opening)"
_UNIT = r"(?:points?|paragraphs?|articles?|clauses?|chapters?|steps?|phases?|stages?|sections?|pillars?|items?|numbers?|commandments?|promises?|demands?|provisions?|legs?)"
_RUN = rf"{_N}(?:\s*,\s*{_N})*(?:\s*,?\s+(?:and|to|through|or)\s+{_N})?"
_NAMED = re.compile(
    rf"\b(?P<unit>{_UNIT})\s+(?P<run>{_RUN})\b(?![-:]\w|\s*(?:per cent|percent|million|billion|%|points?\b))", re.I
)
_ORDINAL = re.compile(
    rf"\b(?P<run>{_O}(?:(?:\s+and|,)\s+{_O})*)\s+(?:(?P<count>{_N})\s+(?:of the \w+ )?)?(?:new\s+)?(?P<unit>{_UNIT})\b(?!\s+(?:of order|in time|thing))",
    re.I,
)
_BARE = re.compile(
    rf"(?:(?:^|[.;:]\s+|,\s+(?:and|while|but)\s+)(?:the|a)\s+|\b(?:under|in|by)\s+the\s+|\b(?:and|nor)\s+the\s+)(?P<run>{_O}(?:\s+and\s+{_O})?)"
    r"(?=\s*[,;:.?)]|\s+(?:also|would|will|must|shall|may|could|is|are|was|has|sets?|bars?|links?|pins?|does|gives?|takes?|requires?|makes?|lets?|obliges?|provides?|concerns?|covers?|deals?|says?|foresees?|calls?|commits?|rules?|creates?|puts?|allows?|ends?|opens?|demands?|the|[A-Z]\w+)\b)",
    re.I,
)
_BRACKET = re.compile(rf"\((?P<run>{_N})\)", re.I)
_LISTED = re.compile(rf"^(?P<run>{_N})\s*[:.)]\s+(?=\S)", re.I)
_NEXT = re.compile(
    r"^(?:next(?:,| comes)|the next (?:point|step|clause|chapter|phase)|the one after)|\b(?:the next (?:point|step|clause|chapter|phase)|the clause (?:that follows|after it))\b",
    re.I,
)
_BEFORE = re.compile(r"\bthe (?:clause|point|step|chapter|paragraph|one) before(?: it)?\b", re.I)
_FIRST = re.compile(
    r"\b(?:(?:it|plan|draft|text|paper|document|deal|agreement|proposal|list|points?|steps?) (?:opens?|begins?|starts?|kicks? off) with|first up|at the top stands|(?:comes|goes) first)\b",
    re.I,
)
_LAST = re.compile(r"\b(?:ends? with|concludes? with|comes? last)\b", re.I)


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


def total_of(text: str) -> int | None:
    """How many points the text says the plan has: the number it gives most often."""
    found = re.findall(
        rf"\b({_N})[- ](?:point|phase|step|stage|chapter|paragraph|article|clause|pillar|part)\b", text, re.I
    )
    found += re.findall(
        rf"\b(?:all|the|has|in|of|still|lists?|are|runs to)\s+({_N})\s+(?:numbered\s+)?(?:points|phases|steps|stages|chapters|paragraphs|articles|clauses|pillars)\b",
        text,
        re.I,
    )
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


def number_terms(terms: tuple[Term, ...], draft: Draft, marks: tuple[PointMark, ...]) -> tuple[Term, ...]:
    """The terms with the numbers of the points that they stand under.

    Method: the mark that a term holds, else the last one before it in its sentence, else one in brackets or after
    "under" behind it; a sentence that only names a point numbers the one that follows.
    """
    by_sentence: dict[int, list[PointMark]] = {}
    for mark in marks:
        by_sentence.setdefault(mark.sentence, []).append(mark)
    at = {t.id: s.index for t in terms if (s := draft.parse.sentence_at(t.spans[0].start)) is not None}
    holding = set(at.values())
    out = []
    for term in terms:
        index = at.get(term.id)
        numbers = (
            _of_term(term, index, by_sentence, [t for t in terms if at.get(t.id) == index]) if index is not None else ()
        )
        if not numbers and index is not None and term.included:
            before = by_sentence.get(index - 1, [])
            if before and index - 1 not in holding and index not in by_sentence and len(before[-1].numbers) == 1:
                numbers = before[-1].numbers
        out.append(replace(term, points=numbers, points_basis=PointsBasis.STATED if numbers else None))
    return tuple(out)


def _of_term(term: Term, index: int, by_sentence: dict[int, list[PointMark]], beside: list[Term]) -> tuple[int, ...]:
    span = hull(term.spans)
    marks = by_sentence.get(index, [])
    inside = [m for m in marks if span.holds(m.span)]
    before = [m for m in marks if m.span.end <= span.start + 1 and not m.bracketed]
    mark = inside[0] if inside else before[-1] if before else None
    if mark is None:
        after = [m for m in marks if m.span.start >= span.end - 1 and m.span.start - span.end < 25]
        return after[0].numbers[:1] if after else ()
    if len(mark.numbers) == 1:
        return mark.numbers
    under = [t for t in beside if hull(t.spans).start >= mark.span.start]
    if len(under) == len(mark.numbers):
        return (mark.numbers[[t.id for t in under].index(term.id)],)
    return ()

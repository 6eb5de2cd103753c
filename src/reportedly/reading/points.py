"""Numbers of a plan's points: where the text names one, and which number a term stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

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
    r"(?=\s*[,;:.?)]|\s+(?:also|would|will|must|shall|may|could|is|are|was|has|sets?|bars?|links?|pins?|does|gives?|takes?|requires?|makes?|lets?|obliges?|provides?|concerns?|covers?|deals?|says?|foresees?|calls?|commits?|rules?|creates?|puts?|allows?|ends?|opens?|demands?|the|(?-i:[A-Z]\w+))\b)",
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

    Method: the mark that a term holds, else the last one before it in its sentence, else one close behind it. A
    sentence without a mark goes on with the point before it if that one had no term yet, or is a phase or chapter and
    the paragraph is the same. A number that no mark gives is inferred only between two marks that leave room for one.
    """
    lines = _lines(terms, draft, marks)
    numbered: dict[str, tuple[int, ...]] = {}
    for line in lines:
        for term in line.terms:
            numbers = _of_term(term, line)
            if not numbers and not line.marks and term.included and line.carried:
                numbers = line.carried
            numbered[term.id] = numbers
    inferred = _inferred(lines, numbered)
    return tuple(_with_points(t, numbered.get(t.id, ()), inferred.get(t.id, ())) for t in terms)


def _with_points(term: Term, stated: tuple[int, ...], inferred: tuple[int, ...]) -> Term:
    if stated:
        return replace(term, points=stated, points_basis=PointsBasis.STATED)
    if inferred:
        return replace(term, points=inferred, points_basis=PointsBasis.INFERRED)
    return replace(term, points=(), points_basis=None)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence that holds a mark or a term; `carried` is the point that goes on from the one before."""

    sentence: Sentence
    marks: tuple[PointMark, ...]
    terms: tuple[Term, ...]
    carried: tuple[int, ...] = ()


def _lines(terms: tuple[Term, ...], draft: Draft, marks: tuple[PointMark, ...]) -> tuple[Line, ...]:
    out: list[Line] = []
    going: tuple[int, ...] = ()
    last: Line | None = None
    for sentence in draft.parse.sentences:
        here = tuple(m for m in marks if m.sentence == sentence.index)
        held = tuple(t for t in terms if sentence.span.meets(t.spans[0]))
        if here:
            going = here[-1].numbers if len(here[-1].numbers) == 1 else ()
            last = Line(sentence, here, held)
            out.append(last)
        elif held:
            carried = going if last is not None and _goes_on(last, sentence, draft) else ()
            out.append(Line(sentence, (), held, carried))
            if carried and last is not None and not last.terms:
                last = replace(last, terms=held)
    return tuple(out)


def _goes_on(last: Line, sentence: Sentence, draft: Draft) -> bool:
    """Whether a sentence without a number is still about the point that the last mark named."""
    gap = sentence.index - last.sentence.index
    opening = sentence.span.of(draft.document.text).split(",")[0].casefold()
    if _AT_THAT.search(opening):
        return True
    if not last.terms:
        return gap == 1
    together = sentence.paragraph.index == last.sentence.paragraph.index
    return together and last.marks[-1].unit in _LARGE and not _ELSEWHERE.search(opening)


_AT_THAT = re.compile(
    r"\bat (?:that|this) (?:point|stage)\b|\bin (?:that|this|the same) (?:phase|stage|chapter|step)\b", re.I
)
_LARGE = frozenset({"phase", "stage", "chapter", "step", "pillar", "section"})
_ELSEWHERE = re.compile(r"^(?:the|this) (?:draft|plan|text|paper|document|deal|agreement|proposal)\b", re.I)


def _inferred(lines: tuple[Line, ...], numbered: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Numbers forced by the neighbours: between a block of point n and one of n + 2 stands what is left, if anything.

    Only sentences that open anew between the two count, all of one kind: one sentence, or the first after a turn.
    """
    marked = [i for i, line in enumerate(lines) if line.marks]
    out: dict[str, tuple[int, ...]] = {}
    for a, b in pairwise(marked):
        before, after = lines[a].marks[-1].numbers[-1], lines[b].marks[0].numbers[0]
        between = [line for line in lines[a + 1 : b] if any(not numbered.get(t.id) and t.included for t in line.terms)]
        if after == before + 2 and between and len(lines[b].marks[0].numbers) == 1:
            for line in _last_turn(between, lines[b]):
                out.update({t.id: (before + 1,) for t in line.terms if not numbered.get(t.id) and t.included})
            for line in between[:-1]:
                out.update({t.id: (before,) for t in line.terms if t.id not in out and t.included})
    return out


def _last_turn(between: list[Line], after: Line) -> list[Line]:
    return between[-1:] if after.sentence.index - between[-1].sentence.index <= 2 else []


def _of_term(term: Term, line: Line) -> tuple[int, ...]:
    span = hull(term.spans)
    inside = [m for m in line.marks if span.holds(m.span) and not m.bracketed] or [
        m for m in line.marks if span.holds(m.span)
    ]
    before = [m for m in line.marks if m.span.end <= span.start + 1 and not m.bracketed]
    mark = inside[0] if inside else before[-1] if before else None
    if mark is None or (not inside and not term.included and mark.span.end + 3 < span.start):
        return _behind(span, line) if term.included else ()
    if len(mark.numbers) == 1:
        return mark.numbers
    under = [t for t in line.terms if hull(t.spans).start >= mark.span.start and t.included]
    if len(under) == len(mark.numbers) and term in under:
        return (mark.numbers[under.index(term)],)
    return ()


def _behind(span: Span, line: Line) -> tuple[int, ...]:
    """The number of a mark right behind the term: in brackets, or after "under", "in" or "now"."""
    start = line.sentence.span.start
    words = "".join(t.text_with_ws for t in line.sentence.tokens)
    for mark in line.marks:
        if mark.span.start >= span.end - 1 and len(mark.numbers) == 1:
            between = words[span.end - start : mark.span.start - start]
            if _LINK.fullmatch(between) and not _RUNS_ON.match(words[mark.span.end - start :]):
                return mark.numbers
    return ()


_LINK = re.compile(r"[\s,;:(–—-]*(?:under|in|at|by|as|now|that is|which is|being|this is)?\s*(?:the)?\s*[(]?", re.I)
_RUNS_ON = re.compile(r"\s*,?\s+(?:would|will|must|shall|may|could|bars?|sets?|requires?|lets?|gives?)\b")

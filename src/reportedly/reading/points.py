"""Numbers of a plan's points: which one a term stands under, stated or forced by its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from reportedly.reading.draft import Draft
from reportedly.reading.parse import Sentence
from reportedly.reading.terms_marks import PointMark, total_of
from reportedly.records import PointsBasis, Span, Term, hull


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
    if not last.terms or last.marks[-1].numbers[-1] == total_of(draft.document.text):
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

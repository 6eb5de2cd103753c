"""Which article lifts another's text, where, and which of the two was first.

Two signs are added: words in a row that both have (titles of people, and boilerplate that many articles share, left
out), and sentences that answer each other word for word in content. A rewrite follows its source within a day or two,
so later articles need more. Which pairs are aligned is for `profiles` to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from reportedly.reconciliation.sameness import Weights, cosine
from reportedly.reconciliation.sayings import Article
from reportedly.reconciliation.words import Print, language, print_of, tokens
from reportedly.records import Copy, CopyKind, Span

_SHORTEST = 5
"""Words up to which a sentence says too little to be held against others."""

_SHORTEST_RUN = 4

_ALIKE, _CLOSE = 0.4, 0.5
"""Cosines from which two sentences answer each other, and answer each other closely."""

_SOON = 2
"""Days within which a rewrite is expected."""

_ENOUGH_SOON, _ENOUGH_LATE = 0.22, 0.5
"""Sums of the signs from which an article is a copy, measured on pairs of articles."""

_PLACES = 3
"""Sentences in which a copy shows, where the article has as many."""

_VERBATIM = 0.35
"""Share of the words in long runs from which a copy is verbatim."""

_LONG_RUN = 12


@dataclass(frozen=True)
class Sheet:
    """An article as copying sees it: folded words with their places, and its sentences."""

    article: Article
    words: tuple[str, ...]
    places: tuple[int, ...]
    capital: tuple[bool, ...]

    @cached_property
    def sentences(self) -> tuple[tuple[Span, Print], ...]:
        """The sentences of prose that say something."""
        text = self.article.text
        found = ((Span(a, b), print_of(text[a:b])) for a, b in self.article.sentences() if text[a:b].strip())
        return tuple((span, p) for span, p in found if len(p.words) > _SHORTEST)

    def span(self, start: int, length: int) -> Span:
        """The span of a run of words."""
        last = self.places[start + length - 1]
        return Span(self.places[start], last + len(self.words[start + length - 1]))


@lru_cache(maxsize=128)
def sheet_of(article: Article) -> Sheet:
    """The sheet of an article: its prose, or the whole text where no blocks are known."""
    spans = [b.span for b in article.reading.document.prose()] or [Span(0, max(1, len(article.text)))]
    found = [t for span in spans for t in tokens(article.text, span.start, span.end)]
    words = tuple(word for word, _, _ in found)
    return Sheet(article, words, tuple(at for _, at, _ in found), tuple(up for _, _, up in found))


def find_copy(a: Article, b: Article, weights: Weights) -> Copy | None:
    """The copy that one of two articles is of the other, if it is one."""
    first, later = sorted((a, b), key=lambda article: article.rank)
    return _compare(sheet_of(first), sheet_of(later), weights)


def best_copies(copies: Iterable[Copy]) -> tuple[Copy, ...]:
    """Of an article that copies several, the one that it shares most with."""
    best: dict[str, Copy] = {}
    for copy in sorted(copies, key=lambda c: (-c.share, c.of)):
        best.setdefault(copy.within, copy)
    return tuple(best[key] for key in sorted(best))


def _compare(first: Sheet, later: Sheet, weights: Weights) -> Copy | None:
    """The copy that the later article is of the first, if it is one."""
    runs = [r for r in shared_runs(first, later) if not _titles(later, r[1], r[2])]
    share = sum(length for _, _, length in runs) / max(1, len(later.words))
    answers = list(_answers(first, later, weights))
    of = len(later.sentences) or 1
    score = share + sum((like >= _ALIKE) + (like >= _CLOSE) for *_, like in answers) / of
    gap = _days(first.article.day, later.article.day)
    enough = _ENOUGH_SOON if gap is not None and gap <= _SOON else _ENOUGH_LATE
    if score < enough or not _spread(later, runs, answers):
        return None
    long = sum(length for _, _, length in runs if length >= _LONG_RUN) / max(1, len(later.words))
    source, copy, why = _direction(first, later)
    aligned = [(first.span(i, n), later.span(j, n)) for i, j, n in runs]
    aligned += [(a, b) for a, b, like in answers if like >= _ALIKE]
    return Copy(
        of=source.article.key,
        within=copy.article.key,
        kind=CopyKind.VERBATIM if long >= _VERBATIM else CopyKind.REWRITE,
        aligned=tuple(sorted({(a, b) if source is first else (b, a) for a, b in aligned})),
        share=round(min(1.0, score), 4),
        direction=why,
    )


def _spread(later: Sheet, runs: Sequence[tuple[int, int, int]], answers: Sequence[tuple[Span, Span, float]]) -> bool:
    """Whether what is shared lies in several sentences: one that all papers quote makes no copy."""
    places = {span for _, span, _ in answers}
    for _, start, length in runs:
        places |= {span for span, _ in later.sentences if span.meets(later.span(start, length))}
    return len(places) >= min(_PLACES, len(later.sentences))


def shared_runs(first: Sheet, later: Sheet) -> Iterator[tuple[int, int, int]]:
    """Longest runs of words that both have, left to right in the later: place in the first, in the later, length."""
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(first.words) - _SHORTEST_RUN + 1):
        index[first.words[i : i + _SHORTEST_RUN]].append(i)
    j = 0
    while j <= len(later.words) - _SHORTEST_RUN:
        starts = index.get(later.words[j : j + _SHORTEST_RUN], ())
        length, at = max(((_run(first, i, later, j), -i) for i in starts), default=(0, 0))
        if length:
            yield -at, j, length
        j += max(1, length)


def _run(first: Sheet, i: int, later: Sheet, j: int) -> int:
    length = 0
    for a, b in zip(first.words[i:], later.words[j:], strict=False):
        if a != b:
            break
        length += 1
    return length


def _titles(sheet: Sheet, start: int, length: int) -> bool:
    """Whether a run is a name with its office, or words that say nothing."""
    stop = language()["stop"]
    weighty = [i for i in range(start, start + length) if sheet.words[i] not in stop]
    return sum(not sheet.capital[i] for i in weighty) < 2


def _answers(first: Sheet, later: Sheet, weights: Weights) -> Iterator[tuple[Span, Span, float]]:
    """For each sentence of the later article the one of the first that is likest."""
    for span, p in later.sentences:
        likes = ((cosine(p.stems, q.stems, weights), -other.start, other) for other, q in first.sentences)
        like, _, other = max(likes, default=(0.0, 0, None), key=lambda x: x[:2])
        if other is not None and like >= _ALIKE:
            yield other, span, like


def _direction(first: Sheet, later: Sheet) -> tuple[Sheet, Sheet, str]:
    """Which is the source: the one that the other cites, else the one that was published first."""
    a, b = first.article, later.article
    if a.cites(b.outlet) and not b.cites(a.outlet):
        return later, first, "cites the other"
    if b.cites(a.outlet):
        return first, later, "cites the other"
    return first, later, "published first" if a.day != b.day else "same day; order of names only"


def _days(a: str, b: str) -> int | None:
    """Days from one ISO date to another; None where either is unknown or not known to the day."""
    try:
        return abs((date.fromisoformat(b) - date.fromisoformat(a)).days)
    except ValueError:
        return None

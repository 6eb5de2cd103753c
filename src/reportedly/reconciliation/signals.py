"""The signs by which two statements may say the same, for all pairs of two articles at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportedly.reconciliation.sameness import NO, WISH, YES, Context, dates_differ, longest_run, number_signs
from reportedly.reconciliation.sayings import Saying
from reportedly.reconciliation.words import Print, language, print_of
from reportedly.records import Act

SIGNALS = (
    *("words", "contained", "around", "run", "quotation", "names"),
    *("same_speaker", "only_word", "other_speaker", "told_of", "cites", "like_source", "both_outlets"),
    *("number_agrees", "number_differs", "turned_round", "same_act", "act_clashes"),
    *("one_article", "inside", "inside_all", "thin", "thin_around", "thin_contained", "people", "both_first_hand"),
    *("copied", "copied_alike", "same_depth", "same_teller"),
    *("meaning", "meaning_around", "meaning_thin", "meaning_of_parts"),
)

ALIKE = 0.35
"""Cosine from which what differs in two contents is the point."""

_FULL_RUN = 6
"""Words in a row from which a shared run counts fully."""

Table = NDArray[np.float64]
"""A number for every pair: (ones, others)."""

Sets = Callable[[Saying], Iterable[str]]


@dataclass(frozen=True, eq=False)
class Pairs:
    """All pairs of two articles' statements, or of one article's with one another."""

    ones: Sequence[Saying]
    others: Sequence[Saying]
    context: Context

    @property
    def apart(self) -> bool:
        """Whether they are of two articles."""
        return bool(self.ones and self.others) and self.ones[0].article is not self.others[0].article

    @cached_property
    def signals(self) -> NDArray[np.float64]:
        """The signs in the order of `SIGNALS`, each 0 to 1: (ones, others, signals). The same both ways round."""
        thin = self.thin
        around = self.around
        sure = np.where(thin, 0.0, self._meanings("meaning"))
        meant = self._meanings("meaning_around")
        copied = np.full(self.shape, float(self.context.copied and self.apart))
        first_hand = self._both(lambda s: not s.via) * self.apart
        columns = (
            *(self.words, np.where(thin, 0.0, self._contained), around, self._runs, self._quotations, self._names),
            *self._voices,
            *self.numbers,
            self.negative,
            *self._acts,
            *self._within,
            *(thin, thin * around, self._thin_contained, self._people, first_hand),
            *(copied, copied * around, self._same_depth, self._same_teller),
            *(sure, np.where(thin, 0.0, meant), np.where(thin, meant, 0.0)),
            np.where(thin, 0.0, self._meanings_of_parts),
        )
        return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=-1)

    @cached_property
    def reasons(self) -> NDArray[np.str_]:
        """Why two statements cannot say the same however alike they are; nothing where they may."""
        agree, differ = self.numbers
        alike = self.words >= ALIKE
        denies = self._either(lambda s: s.statement.act is Act.DENY) & (self._acts_differ) & (self.negative > 0)
        yes, no = (self._of(acts) for acts in (YES, frozenset({Act.REJECT})))
        refuses = (no[0] & yes[1]) | (yes[0] & no[1])
        turned = self._equal([s.content.turned for s in self.ones], [s.content.turned for s in self.others])
        out = np.where(alike & refuses & turned, "one refuses", "")
        out = np.where(denies, "one denies", out)
        out = np.where(alike & (differ > 0) & (agree == 0), "another number", out)
        return np.where(alike & self._dates_differ, "another date", out)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.ones), len(self.others)

    @cached_property
    def thin(self) -> NDArray[np.bool_]:
        return self._either(lambda s: s.thin)

    @cached_property
    def words(self) -> Table:
        return self._cosine(lambda s: s.content.stems)

    @cached_property
    def around(self) -> Table:
        return self._cosine(lambda s: s.around.stems)

    @cached_property
    def negative(self) -> Table:
        """Whether one is said to be so and the other not."""
        same = self._equal([s.negative for s in self.ones], [s.negative for s in self.others])
        return np.asarray(~same, dtype=np.float64)

    @cached_property
    def numbers(self) -> tuple[Table, Table]:
        """Whether the numbers agree, and whether numbers of one thing differ."""
        agree, differ = np.zeros(self.shape), np.zeros(self.shape)
        with_some = [(j, s.content) for j, s in enumerate(self.others) if s.content.numbers]
        for i, one in enumerate(self.ones):
            if one.content.numbers:
                for j, other in with_some:
                    agree[i, j], differ[i, j] = number_signs(one.content, other)
        return agree, differ

    @cached_property
    def _dates_differ(self) -> NDArray[np.bool_]:
        """Whether both name days or years, and no same ones."""
        out = np.zeros(self.shape, dtype=np.bool_)
        with_some = [(j, s.content) for j, s in enumerate(self.others) if s.content.numbers]
        for i, one in enumerate(self.ones):
            for j, other in with_some if one.content.numbers else ():
                out[i, j] = dates_differ(one.content, other)
        return out

    # sets of words, as rows of ones and nothings

    def _sets(self, sets: Sets, others: Sets | None = None) -> tuple[Table, Table, NDArray[np.float64]]:
        """Who has which word of all that there are, and what each word tells."""
        mine = [frozenset(sets(s)) for s in self.ones]
        theirs = [frozenset((others or sets)(s)) for s in self.others]
        words = {word: place for place, word in enumerate(sorted(frozenset().union(*mine, *theirs)))}
        weights = np.array([self.context.weights.one(word) for word in words])
        return _rows(mine, words), _rows(theirs, words), weights

    def _shared(self, sets: Sets, others: Sets | None = None) -> tuple[Table, Table, Table]:
        """What the shared words of each pair tell, and what all words of each statement tell."""
        a, b, weights = self._sets(sets, others)
        return (a * weights) @ b.T, a @ weights, b @ weights

    def _cosine(self, sets: Sets) -> Table:
        shared, a, b = self._shared(sets)
        return np.asarray(shared / np.sqrt(np.maximum(np.outer(a, b), 1e-12)))

    def _counts(self, sets: Sets, others: Sets | None = None) -> Table:
        """How many words each pair shares."""
        a, b, _ = self._sets(sets, others)
        return np.asarray(a @ b.T)

    def _jaccard(self, sets: Sets) -> Table:
        a, b, _ = self._sets(sets)
        shared = a @ b.T
        return np.asarray(shared / np.maximum(a.sum(axis=1)[:, None] + b.sum(axis=1)[None, :] - shared, 1.0))

    @cached_property
    def _contained(self) -> Table:
        shared, a, b = self._shared(lambda s: s.content.stems)
        least = np.minimum(a[:, None], b[None, :])
        return np.asarray(np.where(least > 0, shared / np.maximum(least, 1e-12), 0.0))

    @cached_property
    def _thin_contained(self) -> Table:
        """How much of a full content stands around a thin one; 0 where neither or both are thin."""
        whole, _, full = self._shared(lambda s: s.around.stems, lambda s: s.content.stems)
        back, own, _ = self._shared(lambda s: s.content.stems, lambda s: s.around.stems)
        thin_one, thin_other = ([s.thin for s in some] for some in (self.ones, self.others))
        one, other = np.array(thin_one)[:, None], np.array(thin_other)[None, :]
        found = np.where(one & ~other, whole / np.maximum(full, 0.1)[None, :], 0.0)
        return np.asarray(np.where(~one & other, back / np.maximum(own, 0.1)[:, None], found))

    @cached_property
    def _names(self) -> Table:
        return self._cosine(lambda s: s.content.names)

    @cached_property
    def _people(self) -> Table:
        return self._cosine(lambda s: s.around.names | _speaker(s))

    @cached_property
    def _runs(self) -> Table:
        """How long the longest run of words is that both have."""
        stop = language()["stop"]
        share = self._counts(lambda s: frozenset(s.content.words) - stop)
        out = np.zeros(self.shape)
        for i, j in np.argwhere(share > 0):
            run = longest_run(self.ones[i].content.words, self.others[j].content.words)
            out[i, j] = min(1.0, run / _FULL_RUN)
        return out

    @cached_property
    def _quotations(self) -> Table:
        out = np.zeros(self.shape)
        quoted = [(j, s.quotes) for j, s in enumerate(self.others) if s.quotes]
        for i, one in enumerate(self.ones):
            for j, quotes in quoted if one.quotes else ():
                out[i, j] = any(p in q or q in p for p in one.quotes for q in quotes)
        return out

    # who says it

    @cached_property
    def _voices(self) -> tuple[NDArray[Any], ...]:
        """Who is behind the two: same, the only word of that one, other, told of, cites, alike, outlets alone."""
        last = [[s.speakers[-1] if s.speakers else None for s in some] for some in (self.ones, self.others)]
        named = self._both(lambda s: bool(s.speakers))
        same = self._equal(*last) & named
        told = self._counts(_speaker, lambda s: s.content.names) + self._counts(lambda s: s.content.names, _speaker)
        told_of = (told > 0) & ~same
        often = [[self._said(s) for s in some] for some in (self.ones, self.others)]
        sole = same / np.maximum(np.array(often[0])[:, None], np.array(often[1])[None, :])
        like = self._jaccard(_last_unnamed)
        return same, sole, named & ~same & ~told_of, told_of, self._cites, like, self._both(lambda s: not s.tail)

    def _said(self, saying: Saying) -> int:
        return self.context.said.get((saying.article.key, saying.speakers[-1]), 1) if saying.speakers else 1

    @cached_property
    def _cites(self) -> Table:
        """Whether one comes through the other's outlet."""
        if not self.apart or (one := self.ones[0].article.outlet) == (other := self.others[0].article.outlet):
            return np.zeros(self.shape)
        mine = np.array([other in s.via for s in self.ones])[:, None]
        theirs = np.array([one in s.via for s in self.others])[None, :]
        return np.asarray(mine | theirs, dtype=np.float64)

    @cached_property
    def _same_depth(self) -> Table:
        same = self._equal([len(s.tail) for s in self.ones], [len(s.tail) for s in self.others])
        return np.asarray(same & self.apart, dtype=np.float64)

    @cached_property
    def _same_teller(self) -> Table:
        return np.asarray(self._jaccard(_first_teller) * float(self.apart))

    # what is done with words

    @cached_property
    def _acts(self) -> tuple[Table, Table]:
        clash = np.zeros(self.shape, dtype=np.bool_)
        for one, other in ((YES, NO), (YES, WISH)):
            a, b = self._of(one), self._of(other)
            clash |= (a[0] & b[1]) | (b[0] & a[1])
        return (~self._acts_differ).astype(np.float64), clash.astype(np.float64)

    @cached_property
    def _acts_differ(self) -> NDArray[np.bool_]:
        return ~self._equal([s.statement.act for s in self.ones], [s.statement.act for s in self.others])

    def _of(self, acts: frozenset[Act]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether the one is such an act, and whether the other is."""
        mine, theirs = (np.array([s.statement.act in acts for s in some]) for some in (self.ones, self.others))
        return mine[:, None], theirs[None, :]

    @cached_property
    def _within(self) -> tuple[Table, Table, Table]:
        """Whether both stand in one article, one of them inside the other, and filling most of it."""
        one, inside, share = (np.full(self.shape, float(not self.apart and value)) for value in (1, 0, 0))
        for i, j in np.argwhere(self._touching) if not self.apart else ():
            a, b = self.ones[i], self.others[j]
            short, long = sorted((a, b), key=lambda s: sum(x.end - x.start for x in s.statement.content))
            if within(short, long):
                inside[i, j] = 1.0
                share[i, j] = len(short.content.words) / max(1, len(long.content.words))
        return one, inside, share

    @property
    def _touching(self) -> NDArray[np.bool_]:
        """Whether the one begins before the other ends, and ends after it begins."""
        a, b = (np.array([_ends(s) for s in some]) for some in (self.ones, self.others))
        return touching(a, b)

    # vectors

    def _meanings(self, which: str) -> Table:
        """Cosines of sentence vectors, none below nothing. A thin content has none of its own."""
        mine, theirs = (
            np.stack([np.zeros(_SIZE) if which == "meaning" and s.thin else getattr(s, which) for s in some])
            for some in (self.ones, self.others)
        )
        return np.asarray(np.maximum(0.0, mine @ theirs.T), dtype=np.float64)

    @cached_property
    def _meanings_of_parts(self) -> Table:
        """The best cosine of any clause of the one, or its whole content, and any of the other's."""
        mine = [_NO_PARTS if s.thin else s.meaning_of_parts for s in self.ones]
        theirs = [_NO_PARTS if s.thin else s.meaning_of_parts for s in self.others]
        cosines = np.concatenate(mine) @ np.concatenate(theirs).T
        rows = np.maximum.reduceat(cosines, _starts(mine), axis=0)
        best = np.maximum.reduceat(rows, _starts(theirs), axis=1)
        return np.asarray(np.maximum(0.0, best), dtype=np.float64)

    # marks of one side put together

    def _either(self, mark: Callable[[Saying], bool]) -> NDArray[np.bool_]:
        mine, theirs = (np.array([mark(s) for s in some]) for some in (self.ones, self.others))
        return np.asarray(mine[:, None] | theirs[None, :])

    def _both(self, mark: Callable[[Saying], bool]) -> NDArray[np.bool_]:
        mine, theirs = (np.array([mark(s) for s in some]) for some in (self.ones, self.others))
        return np.asarray(mine[:, None] & theirs[None, :])

    @staticmethod
    def _equal(ones: Sequence[object], others: Sequence[object]) -> NDArray[np.bool_]:
        places: dict[object, int] = {}
        mine, theirs = (np.array([places.setdefault(v, len(places)) for v in some]) for some in (ones, others))
        return np.asarray(mine[:, None] == theirs[None, :])


_SIZE = 384
_NO_PARTS = np.zeros((1, _SIZE), dtype=np.float32)


def _starts(held: Sequence[NDArray[np.float32]]) -> NDArray[np.int_]:
    """Where each of some tables begins when they are put below one another."""
    return np.cumsum([0, *(len(table) for table in held[:-1])])


def _rows(held: Sequence[frozenset[str]], words: dict[str, int]) -> Table:
    out = np.zeros((len(held), len(words)))
    for row, some in enumerate(held):
        out[row, [words[word] for word in some]] = 1.0
    return out


def _speaker(saying: Saying) -> frozenset[str]:
    """The names of whoever says it."""
    return print_of(saying.speakers[-1][1].title()).names if saying.speakers else frozenset()


def _last_unnamed(saying: Saying) -> frozenset[str]:
    """How the last source is described; nothing where it has a name."""
    return _described(saying.tail[-1].name) if saying.tail and not saying.tail[-1].named else frozenset()


def _first_teller(saying: Saying) -> frozenset[str]:
    return _described(saying.tail[0].name) if saying.tail else frozenset()


def _described(name: str) -> frozenset[str]:
    found: Print = print_of(name.lower())
    return found.stems


def _ends(saying: Saying) -> tuple[int, int]:
    """Where the content begins and ends."""
    return min(s.start for s in saying.statement.content), max(s.end for s in saying.statement.content)


def touching(a: NDArray[np.int_], b: NDArray[np.int_]) -> NDArray[np.bool_]:
    """Whether one stretch begins before the other ends, and ends after it begins; both (stretches, 2)."""
    return np.asarray((a[:, :1] < b[None, :, 1]) & (b[None, :, 0] < a[:, 1:]))


def nested(sayings: Sequence[Saying]) -> NDArray[np.bool_]:
    """Whether the content of one statement of an article stands inside another's, or is it: (all, all)."""
    ends = np.array([_ends(s) for s in sayings])
    out = touching(ends, ends)
    for i, j in np.argwhere(np.triu(out, 1)):
        out[i, j] = out[j, i] = within(sayings[i], sayings[j]) or within(sayings[j], sayings[i])
    return out


def within(a: Saying, b: Saying) -> bool:
    """Whether the content of one stands inside the other's."""
    return all(any(o.holds(s) for o in b.statement.content) for s in a.statement.content)

"""Where articles, or voices in one article, say what cannot both be so.

Four signs: a denial and what it denies; a party that is said to accept and to reject one thing; a plan that is said to
hold a term and not to hold it; a term with two numbers. What one member of a claim contradicts, all members contradict.
A party's later word against its earlier one, and a later version of a plan against an earlier, are changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from reportedly.reconciliation.changes import is_gone, is_revised
from reportedly.reconciliation.names import Names
from reportedly.reconciliation.sameness import Weights, cosine, longest_run
from reportedly.reconciliation.sayings import Article, Saying
from reportedly.reconciliation.words import Print, print_of
from reportedly.records import (
    Act,
    Contradiction,
    Member,
    PointsBasis,
    Position,
    Side,
    Spans,
    Stance,
    Term,
    Topic,
    shown,
)

_DENIED = 0.24
"""Likeness from which a statement is what a denial denies."""

_DENIED_FLATLY = 0.5
"""The same for a plain statement with a negation in it."""

_IN_SHORT = 0.5
"""What a denial of few words counts whose words are all in the other."""

_RUN_COUNTS = 0.1
_BROAD = frozenset({Topic.OTHER, Topic.IMPLEMENTATION, Topic.WHOLE_PLAN})
"""Topics under which a plan may well have several points."""

_SAME_TERM, _SAME_POINT = 0.35, 0.1
"""Likeness from which two terms or positions are on one thing; less is asked of the only numbered terms of a topic."""

_TARGETS = 2
_MOST = 60
"""Pairs of articles listed for one pair of claims: of forty that repeat it, the first ones stand for all."""

_WORLDLY = frozenset({Act.ASSERT, Act.ACCEPT, Act.OFFER, Act.PROMISE, Act.BELIEVE, Act.WARN, Act.ASK, Act.PROPOSE})
_TAKES, _REFUSES = frozenset({Stance.ACCEPTS}), frozenset({Stance.REJECTS})


@dataclass(frozen=True)
class Denial:
    """A statement that may be what another one denies, and how well it fits."""

    denial: Member
    target: Member
    like: float


@dataclass(frozen=True)
class Voice:
    """A member of a claim as contradictions see it. `at` is where its sentence begins, `words` its content."""

    member: Member
    words: str
    spans: Spans
    denies: bool
    affirms: bool
    at: int

    @property
    def side(self) -> Side:
        return Side(self.member.article, self.member.statement, self.spans)


def voice_of(saying: Saying) -> Voice:
    """The voice of a statement."""
    affirms = saying.statement.act in _WORLDLY and not saying.negative
    at, _ = saying.article.sentence(saying.start)
    return Voice(saying.member, saying.text, saying.statement.content, _denies(saying), affirms, at)


def denials_between(sayings: Sequence[Saying], weights: Weights, *, within: bool) -> tuple[Denial, ...]:
    """What the statements of two articles deny of the other's; with `within`, what one article's deny of its own."""
    found = []
    for denial in filter(_denies, sayings):
        least = _DENIED if denial.statement.act is Act.DENY else _DENIED_FLATLY
        for other in sayings:
            if (denial.article is other.article) is within and denial is not other and _answers(denial, other):
                like = _likeness(denial, other, weights)
                if like >= least:
                    found.append(Denial(denial.member, other.member, round(like, 6)))
    return tuple(found)


def targets_of(denials: Iterable[Denial]) -> tuple[Denial, ...]:
    """Of all that one statement may deny, the likest, and one nearly as like."""
    return tuple(sorted(denials, key=lambda d: (-d.like, d.target))[:_TARGETS])


def spread(denial: Denial, deniers: Sequence[Voice], tellers: Sequence[Voice], about: str) -> Iterator[Contradiction]:
    """The contradiction in all articles of both claims, one for each pair of articles.

    An article that tells a thing and its denial tells of a dispute, and contradicts nobody.
    """
    seen: set[tuple[str, str]] = set()
    denied = next(voice.words for voice in deniers if voice.member == denial.denial)
    for a, b in product(deniers, tellers):
        pair = (a.member.article, b.member.article)
        if len(seen) >= _MOST or pair in seen or not _opposed(a, b):
            continue
        if (a.member == denial.denial or _touch(a.words, denied)) and (
            b.member == denial.target or _touch(b.words, about)
        ):
            seen.add(pair)
            yield _pair(a.side, b.side, about=about, why="denied by one, told by the other", score=denial.like)


def _touch(one: str, other: str) -> bool:
    """Whether two wordings of a claim share a word that says something: of what stands round it, they may not."""
    return bool(print_of(one).stems & print_of(other).stems)


def surest(found: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    """All contradictions, one for each pair of places, the surest sign where several show the same."""
    best: dict[tuple[Side, Side], Contradiction] = {}
    for c in found:
        kept = best.get((c.a, c.b))
        if kept is None or (c.score, c.about) > (kept.score, kept.about):
            best[c.a, c.b] = c
    return tuple(best[key] for key in sorted(best, key=lambda pair: (_rank(pair[0]), _rank(pair[1]))))


def clashes_between(a: Article, b: Article, weights: Weights, names: Names) -> tuple[Contradiction, ...]:
    """Stances and terms of two articles that cannot both be so."""
    return surest((*_stances(a, b, weights, names), *_terms(a, b, weights)))


def _rank(side: Side) -> tuple[str, Spans, str]:
    return side.article, side.spans, side.statement or ""


def _pair(a: Side, b: Side, *, about: str, why: str, score: float) -> Contradiction:
    first, second = sorted((a, b), key=_rank)
    return Contradiction(a=first, b=second, about=about, why=why, score=round(score, 3))


def _denies(saying: Saying) -> bool:
    return saying.statement.act is Act.DENY or (saying.statement.act is Act.ASSERT and saying.negative)


def _answers(denial: Saying, other: Saying) -> bool:
    """Whether a statement is such as a denial may be about: one that affirms, from somebody else, on the matter."""
    if other.statement.act not in _WORLDLY or other.negative or other.speakers[-1:] == denial.speakers[-1:]:
        return False
    return not _side_by_side(denial, other)


def _side_by_side(a: Saying, b: Saying) -> bool:
    """Whether two statements stand in one sentence: what a denial says and the words of its own telling."""
    return a.article is b.article and a.article.sentence(a.start) == b.article.sentence(b.start)


def _likeness(denial: Saying, other: Saying, weights: Weights) -> float:
    """How well a statement fits what is denied. A denial of "this" is read with the sentences around it."""
    own, others = denial.content.stems, other.content.stems
    like = cosine(own or denial.around.stems, others, weights)
    if own and denial.thin:
        like = max(like, _IN_SHORT * weights.of(own & others) / weights.of(own))
        like = max(like, cosine(own | denial.around.stems, others, weights))
    run = longest_run(denial.content.words, other.content.words)
    return like + _RUN_COUNTS * min(3, max(0, run - 3))


def _opposed(a: Voice, b: Voice) -> bool:
    """Whether the first denies and the second affirms, in another article."""
    return a.denies and b.affirms and a.member.article != b.member.article


def _stances(one: Article, other: Article, weights: Weights, names: Names) -> Iterator[Contradiction]:
    """A party that accepts a thing in one place and rejects it in another, on other voices' word."""
    first, second = (
        [_placed(x, p) for p in x.reading.positions if p.stance in (*_TAKES, *_REFUSES)] for x in (one, other)
    )
    for a, b, like in _alike(first, second, weights):
        p, q = a.item, b.item
        if not (isinstance(p, Position) and isinstance(q, Position)):
            continue
        same = names.party(p.party) == names.party(q.party) and p.topic == q.topic
        if same and like >= _SAME_TERM and p.stance in _TAKES and q.stance in _REFUSES:
            about = f"whether {p.party} accepts it"
            yield _pair(a.side, b.side, about=about, why="accepted in one, rejected in the other", score=like)


def _terms(one: Article, other: Article, weights: Weights) -> Iterator[Contradiction]:
    """A term that one article has in a plan and another says is not in it, or has under another number."""
    first, second = ([_placed(x, t) for t in x.reading.terms] for x in (one, other))
    for a, b, like in _alike(first, second, weights):
        t, u = a.item, b.item
        if not (isinstance(t, Term) and isinstance(u, Term)) or t.topic != u.topic:
            continue
        if like >= _SAME_TERM and t.included and not u.included and not _dropped_since(a.article, b):
            about = shown(t.spans, a.article.text)
            yield _pair(a.side, b.side, about=about, why="in the plan, and not in it", score=like)
        elif t.included == u.included and _rank(a.side) < _rank(b.side) and t.points and u.points:
            if not _numbered_apart(a, b) or _numbered_anew(a, b):
                continue
            about = f"which point it is: {_listed(t.points)} or {_listed(u.points)}"
            yield _pair(a.side, b.side, about=about, why="another number for one term", score=like)


def _numbered_apart(a: _Placed, b: _Placed) -> bool:
    """Whether the one topic of two terms stands under one stated number in each article, and under another in each."""
    numbers = [_numbers(placed.article, placed.item.topic) for placed in (a, b)]
    return all(len(found) == 1 for found in numbers) and numbers[0] != numbers[1] and a.item.topic not in _BROAD


def _numbered_anew(a: _Placed, b: _Placed) -> bool:
    """Whether one is told of a later version: this may well number its points otherwise."""
    later = max((a.article, b.article), key=lambda article: article.rank)
    return a.article.day != b.article.day and is_revised(later)


def _numbers(article: Article, topic: Topic) -> set[int]:
    """The point numbers that the text itself gives for a topic."""
    stated = [t for t in article.reading.terms if t.topic is topic and t.points_basis is PointsBasis.STATED]
    return {point for term in stated for point in term.points}


def _listed(points: Sequence[int]) -> str:
    return ", ".join(map(str, points))


def _dropped_since(a: Article, gone: _Placed) -> bool:
    """Whether what is not in a plan was taken out of it, in these words or in a later version: that is a change."""
    words = shown(gone.item.spans, gone.article.text)
    return (a.day < gone.article.day and is_revised(gone.article)) or is_gone(words)


@dataclass(frozen=True)
class _Placed:
    """A term or position with its article and the print of its words."""

    article: Article
    item: Position | Term
    print: Print

    @property
    def side(self) -> Side:
        said = self.item.statements
        return Side(self.article.key, said[0] if said else None, self.item.spans)


def _placed(article: Article, item: Position | Term) -> _Placed:
    return _Placed(article, item, print_of(shown(item.spans, article.text)))


def _alike(
    ones: Sequence[_Placed], others: Sequence[_Placed], weights: Weights
) -> Iterator[tuple[_Placed, _Placed, float]]:
    """Pairs of two articles whose words are alike, each pair both ways round."""
    for one, other in product(ones, others):
        like = round(cosine(one.print.stems, other.print.stems, weights), 6)
        if like >= _SAME_POINT:
            yield one, other, like
            yield other, one, like

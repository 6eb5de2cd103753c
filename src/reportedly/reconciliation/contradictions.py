"""Where articles, or voices in one article, say what cannot both be so.

Four signs: a denial and what it denies; a party that is said to accept and to reject one thing; a plan that is said to
hold a term and not to hold it; a term with two numbers. What one member of a claim contradicts, all members contradict.
A party's later word against its earlier one, and a later version of a plan against an earlier, are changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from reportedly.reconciliation.changes import is_revised
from reportedly.reconciliation.index import Index, keys_of
from reportedly.reconciliation.names import Names
from reportedly.reconciliation.sameness import Weights, cosine, longest_run, of_one_matter
from reportedly.reconciliation.sayings import Article, Saying
from reportedly.reconciliation.words import Print, print_of
from reportedly.records import (
    Act,
    Claim,
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

_LOOKED_AT = 60
"""Statements that a denial is held against."""

_MOST = 60
"""Pairs of articles listed for one pair of claims: of forty that repeat it, the first ones stand for all."""

_WORLDLY = frozenset({Act.ASSERT, Act.ACCEPT, Act.OFFER, Act.PROMISE, Act.BELIEVE, Act.WARN, Act.ASK, Act.PROPOSE})
_TAKES, _REFUSES = frozenset({Stance.ACCEPTS}), frozenset({Stance.REJECTS})


@dataclass(frozen=True)
class Ground:
    """What contradictions are looked for on."""

    articles: Sequence[Article]
    sayings: Sequence[Saying]
    claims: Sequence[Claim]
    weights: Weights
    index: Index
    names: Names


def find_contradictions(ground: Ground) -> tuple[Contradiction, ...]:
    """All contradictions, one for each pair of places, the surest sign first where several show the same."""
    found: dict[tuple[Side, Side], Contradiction] = {}
    for c in (*_denials(ground), *_stances(ground), *_terms(ground)):
        kept = found.get((c.a, c.b))
        if kept is None or c.score > kept.score:
            found[c.a, c.b] = c
    return tuple(found[key] for key in sorted(found, key=lambda pair: (_rank(pair[0]), _rank(pair[1]))))


def _side(saying: Saying) -> Side:
    return Side(saying.article.key, saying.statement.id, saying.statement.content)


def _rank(side: Side) -> tuple[str, Spans, str]:
    return side.article, side.spans, side.statement or ""


def _pair(a: Side, b: Side, *, about: str, why: str, score: float) -> Contradiction:
    first, second = sorted((a, b), key=_rank)
    return Contradiction(a=first, b=second, about=about, why=why, score=round(score, 3))


def _denials(ground: Ground) -> Iterator[Contradiction]:
    """Each denial with what it denies, in every article that has either."""
    by_member = {s.member: s for s in ground.sayings}
    home = {m: claim for claim in ground.claims for m in claim.members}
    for place, denial in enumerate(ground.sayings):
        if not _denies(denial):
            continue
        for target, like in _denied(place, ground):
            yield from _spread(denial, target, home, by_member, like)


def _denies(saying: Saying) -> bool:
    return saying.statement.act is Act.DENY or (saying.statement.act is Act.ASSERT and saying.negative)


def _denied(place: int, ground: Ground) -> list[tuple[Saying, float]]:
    """What a denial denies: the likest statement that affirms something, and those nearly as like."""
    denial = ground.sayings[place]
    near = (ground.sayings[other] for other in ground.index.near(place, limit=_LOOKED_AT))
    likes = [(_likeness(denial, s, ground.weights), s) for s in near if _answers(denial, s)]
    least = _DENIED if denial.statement.act is Act.DENY else _DENIED_FLATLY
    found = sorted(((like, s) for like, s in likes if like >= least), key=lambda x: (-x[0], x[1].member))
    return [(s, like) for like, s in found[:2]]


def _answers(denial: Saying, other: Saying) -> bool:
    """Whether a statement is such as a denial may be about: one that affirms, from somebody else, on the matter."""
    if other.statement.act not in _WORLDLY or other.negative or other.speakers[-1:] == denial.speakers[-1:]:
        return False
    return of_one_matter(denial.article, other.article) and not _side_by_side(denial, other)


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


def _spread(
    denial: Saying, target: Saying, home: Mapping[Member, Claim], by_member: Mapping[Member, Saying], like: float
) -> Iterator[Contradiction]:
    """The contradiction in all articles of both claims, one for each pair of articles."""
    seen: set[tuple[str, str]] = set()
    for a, b in product(home[denial.member].members, home[target.member].members):
        if len(seen) >= _MOST or (a.article, b.article) in seen or not _opposed(by_member[a], by_member[b]):
            continue
        seen.add((a.article, b.article))
        yield _pair(
            _side(by_member[a]),
            _side(by_member[b]),
            about=target.text,
            why="denied by one, told by the other",
            score=like,
        )


def _opposed(a: Saying, b: Saying) -> bool:
    """Whether the first denies and the second affirms."""
    return _denies(a) and b.statement.act in _WORLDLY and not b.negative and not _side_by_side(a, b)


def _stances(ground: Ground) -> Iterator[Contradiction]:
    """A party that accepts a thing in one place and rejects it in another, on other voices' word."""
    placed = [_placed(a, p) for a in ground.articles for p in a.reading.positions if p.stance in (*_TAKES, *_REFUSES)]
    for a, b, like in _alike(placed, ground):
        p, q = a.item, b.item
        if not (isinstance(p, Position) and isinstance(q, Position)):
            continue
        same = ground.names.party(p.party) == ground.names.party(q.party) and p.topic == q.topic
        if same and like >= _SAME_TERM and p.stance in _TAKES and q.stance in _REFUSES:
            about = f"whether {p.party} accepts it"
            yield _pair(a.side, b.side, about=about, why="accepted in one, rejected in the other", score=like)


def _terms(ground: Ground) -> Iterator[Contradiction]:
    """A term that one article has in a plan and another says is not in it."""
    placed = [_placed(a, t) for a in ground.articles for t in a.reading.terms]
    for a, b, like in _alike(placed, ground):
        t, u = a.item, b.item
        if not (isinstance(t, Term) and isinstance(u, Term)) or t.topic != u.topic:
            continue
        if like >= _SAME_TERM and t.included and not u.included and not _dropped_since(a.article, b.article):
            about = shown(t.spans, a.article.text)
            yield _pair(a.side, b.side, about=about, why="in the plan, and not in it", score=like)
        elif t.included == u.included and _numbered_apart(a, b):
            about = f"which point it is: {_listed(t.points)} or {_listed(u.points)}"
            yield _pair(a.side, b.side, about=about, why="another number for one term", score=like)


def _numbered_apart(a: _Placed, b: _Placed) -> bool:
    """Whether the one topic of two terms stands under one stated number in each article, and under another in each."""
    numbers = [_numbers(placed.article, placed.item.topic) for placed in (a, b)]
    return all(len(found) == 1 for found in numbers) and numbers[0] != numbers[1] and a.item.topic not in _BROAD


def _numbers(article: Article, topic: Topic) -> set[int]:
    """The point numbers that the text itself gives for a topic."""
    stated = [t for t in article.reading.terms if t.topic is topic and t.points_basis is PointsBasis.STATED]
    return {point for term in stated for point in term.points}


def _listed(points: Sequence[int]) -> str:
    return ", ".join(map(str, points))


def _dropped_since(a: Article, b: Article) -> bool:
    """Whether the second article is on a later version, so that what is not in it any more is a change."""
    return a.day < b.day and is_revised(b)


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


def _alike(placed: Sequence[_Placed], ground: Ground) -> Iterator[tuple[_Placed, _Placed, float]]:
    """Pairs in two articles of one matter whose words are alike, each pair both ways round."""
    index = Index(keys_of(p.print, ground.weights.known, ground.weights.unseen) for p in placed)
    for place, one in enumerate(placed):
        for other in (placed[i] for i in index.near(place, limit=_LOOKED_AT)):
            if one.article is other.article or not of_one_matter(one.article, other.article):
                continue
            like = cosine(one.print.stems, other.print.stems, ground.weights)
            if like >= _SAME_POINT:
                yield one, other, like

"""Where articles, or voices in one article, say what cannot both be so.

Three signs: a denial and what it denies; a party that is said to accept and to reject one thing; a plan that is said to
hold a term and not to hold it. What one member of a claim contradicts, all members contradict. A party's later word
against its earlier one, and a later version of a plan against an earlier, are changes and not listed here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from reportedly.reconciliation.names import Key, Names
from reportedly.reconciliation.sameness import Weights, cosine, longest_run
from reportedly.reconciliation.sayings import Article, Saying
from reportedly.reconciliation.words import print_of
from reportedly.records import Act, Claim, Contradiction, Member, Position, Side, Spans, Stance, Term, Topic, shown

_DENIED = 0.3
"""Likeness from which a statement is what a denial denies."""

_RUN_COUNTS = 0.1
_SAME_TERM = 0.35
Subject = tuple[Key | None, Topic]

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
    for denial in ground.sayings:
        if not _denies(denial):
            continue
        for target, like in _denied(denial, ground):
            yield from _spread(denial, target, home, by_member, like)


def _denies(saying: Saying) -> bool:
    return saying.statement.act is Act.DENY or (saying.statement.act is Act.ASSERT and saying.negative)


def _denied(denial: Saying, ground: Ground) -> list[tuple[Saying, float]]:
    """What a denial denies: the likest statement that affirms something, and those nearly as like."""
    likes = [
        (_likeness(denial, s, ground.weights), s)
        for s in ground.sayings
        if s.statement.act in _WORLDLY and not s.negative and s.speakers[-1:] != denial.speakers[-1:]
    ]
    least = _DENIED if denial.statement.act is Act.DENY else _DENIED + 0.1
    found = sorted(((like, s) for like, s in likes if like >= least), key=lambda x: (-x[0], x[1].member))
    return [(s, like) for like, s in found[:2]]


def _likeness(denial: Saying, other: Saying, weights: Weights) -> float:
    stems = denial.content.stems | (denial.around.stems if denial.thin else frozenset())
    like = cosine(stems, other.content.stems, weights)
    run = longest_run(denial.content.words, other.content.words)
    return like + _RUN_COUNTS * min(3, max(0, run - 3))


def _spread(
    denial: Saying, target: Saying, home: Mapping[Member, Claim], by_member: Mapping[Member, Saying], like: float
) -> Iterator[Contradiction]:
    """The contradiction in all articles of both claims, one for each pair of articles."""
    seen: set[tuple[str, str]] = set()
    for a, b in product(home[denial.member].members, home[target.member].members):
        if len(seen) >= _MOST or (a.article, b.article) in seen or by_member[a].negative == by_member[b].negative:
            continue
        seen.add((a.article, b.article))
        yield _pair(
            _side(by_member[a]),
            _side(by_member[b]),
            about=target.text,
            why="denied by one, told by the other",
            score=like,
        )


def _stances(ground: Ground) -> Iterator[Contradiction]:
    """A party that accepts a thing in one place and rejects it in another, on other voices' word."""
    takes: dict[Subject, list[tuple[Article, Position]]] = defaultdict(list)
    refuses: dict[Subject, list[tuple[Article, Position]]] = defaultdict(list)
    for article in ground.articles:
        for position in article.reading.positions:
            key = (ground.names.party(position.party), position.topic)
            for stances, into in ((_TAKES, takes), (_REFUSES, refuses)):
                if position.stance in stances:
                    into[key].append((article, position))
    for key in takes.keys() & refuses.keys():
        for (a, p), (b, q) in product(takes[key][:_MOST], refuses[key][:_MOST]):
            like = cosine(_stems(a, p), _stems(b, q), ground.weights)
            if like >= _SAME_TERM and a is not b:
                about = f"whether {p.party} accepts it"
                yield _pair(_of(a, p), _of(b, q), about=about, why="accepted in one, rejected in the other", score=like)


def _of(article: Article, item: Position | Term) -> Side:
    return Side(article.key, item.statements[0] if item.statements else None, item.spans)


def _stems(article: Article, item: Position | Term) -> frozenset[str]:
    return print_of(shown(item.spans, article.text)).stems


def _terms(ground: Ground) -> Iterator[Contradiction]:
    """A term that one article has in a plan and another says is not in it."""
    by_topic: dict[object, list[tuple[Article, Term]]] = defaultdict(list)
    for article in ground.articles:
        for term in article.reading.terms:
            by_topic[term.topic].append((article, term))
    for found in by_topic.values():
        absent = [(a, t) for a, t in found if not t.included][:_MOST]
        there = [(a, t) for a, t in found if t.included][:_MOST]
        for (a, t), (b, u) in product(absent, there):
            like = cosine(_stems(a, t), _stems(b, u), ground.weights)
            if like >= _SAME_TERM and a is not b:
                about = shown(u.spans, b.text)
                yield _pair(_of(a, t), _of(b, u), about=about, why="in the plan, and not in it", score=like)

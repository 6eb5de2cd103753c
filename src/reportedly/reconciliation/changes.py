"""Versions of a plan held against each other, term by term; and meetings that were announced, then held or moved.

A later article that speaks of a new version ("revised", "second edition", "the new text") is held against what the
articles before it had. A term there that answers an earlier one and differs in amount, date, party or force is changed;
one that answers none is added; one that is said to be gone is dropped. What "stands" or "remains" is left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from reportedly.reconciliation.index import Index
from reportedly.reconciliation.names import Names
from reportedly.reconciliation.sameness import Weights, cosine, of_one_matter
from reportedly.reconciliation.sayings import Article
from reportedly.reconciliation.words import Print, print_of
from reportedly.records import Change, ChangeKind, Encounter, Move, Status, Term, Topic, shown

_TEXT = "text|version|draft|paper|edition"
_REVISED = re.compile(
    r"\b(?:revis\w+|rework\w+|rewrit\w+|rewrote|redraft\w+|amend\w+|updated|softened|"
    rf"(?:newe?r?|second|latest|later|current|modified) (?:{_TEXT})|version (?:dated|of)|"
    r"now (?:runs?|stands?|lasts?))\b",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:gone|drops?|dropped|dropping|no longer|removed?|removes|vanish\w*|disappear\w*|struck|deleted|left out|"
    r"scrapped|missing|silent (?:on|about)|omit\w*|without a word)\b",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"\b(?:stands?|remains?|unchanged|untouched|survives?|still|keeps?|as before|retained)\b", re.IGNORECASE
)
_CONTRAST = re.compile(
    r"\b(?:instead|rather than|formerly|previously|originally|down from|up from|no longer|from \S+ to|becomes?|merely|"
    r"only|against|compared with|shorten\w*|lengthen\w*|stretch\w*|rais\w+|lower\w*|cut\w*|rises?|falls?|drops? to|"
    r"grows?|shrinks?|softened|now)\b",
    re.IGNORECASE,
)

_VERSIONS = 24
"""Articles on the matter in which an earlier version is looked for."""

_ANSWERS, _REPLACES = 0.28, 0.14
"""Likeness from which a term of a later version answers one of an earlier; and where it is set against it."""


@dataclass(frozen=True)
class Clause:
    """A term with its words and the sentence around it."""

    article: Article
    term: Term

    @cached_property
    def text(self) -> str:
        return shown(self.term.spans, self.article.text)

    @cached_property
    def sentence(self) -> str:
        start, end = self.article.sentence(self.term.spans[0].start)
        return self.article.text[start:end]

    @cached_property
    def print(self) -> Print:
        return print_of(self.text)

    @cached_property
    def around(self) -> Print:
        return print_of(self.sentence)


def find_changes(articles: Sequence[Article], weights: Weights) -> tuple[Change, ...]:
    """The changes between versions of plans, by plan, topic and words."""
    found: dict[object, Change] = {}
    index = Index(((1.0, name) for name in a.names) for a in articles)
    for place, article in enumerate(articles):
        if not is_revised(article):
            continue
        before = sorted(i for i in index.near(place, limit=_VERSIONS) if articles[i].day < article.day)
        matter = [articles[i] for i in before if of_one_matter(articles[i], article)]
        earlier = [c for a in matter for c in _clauses(a) if c.term.included]
        for change in _between(earlier, _clauses(article), weights):
            found.setdefault((change.topic, change.kind, change.before, change.after), change)
    return tuple(found[key] for key in sorted(found, key=str))


def is_revised(article: Article) -> bool:
    """Whether an article speaks of a new version."""
    return _REVISED.search(article.text) is not None


def _clauses(article: Article) -> list[Clause]:
    return [Clause(article, t) for t in article.reading.terms if t.plan is not None]


def _between(earlier: Sequence[Clause], later: Sequence[Clause], weights: Weights) -> Iterator[Change]:
    if not earlier:
        return
    for clause in later:
        like, answer = max(((_likeness(clause, e, weights), e) for e in earlier), key=lambda x: x[0])
        old = answer if like >= (_REPLACES if _replaces(clause, answer) else _ANSWERS) else None
        kind = _kind(clause, old)
        if kind is not None:
            yield _change(kind, old, clause)


def _replaces(clause: Clause, old: Clause) -> bool:
    """Whether a term is set against an earlier one of its topic: what takes its place may share few words with it."""
    return clause.term.topic == old.term.topic is not Topic.OTHER and bool(_CONTRAST.search(clause.sentence))


def _likeness(a: Clause, b: Clause, weights: Weights) -> float:
    like = cosine(a.print.stems, b.print.stems, weights)
    like += 0.1 * (a.term.topic == b.term.topic and a.term.topic is not Topic.OTHER)
    return like + 0.1 * bool(set(a.term.points) & set(b.term.points))


def _kind(clause: Clause, old: Clause | None) -> ChangeKind | None:
    """What became of a term, or None where it stands."""
    if not clause.term.included or _GONE.search(clause.text):
        return ChangeKind.DROPPED if old is not None else None
    if old is None:
        return ChangeKind.ADDED if not _STANDS.search(clause.sentence) else None
    if _what(clause, old) or _CONTRAST.search(clause.sentence):
        return None if _STANDS.search(clause.sentence) and not _CONTRAST.search(clause.sentence) else ChangeKind.CHANGED
    return None


def _what(clause: Clause, old: Clause) -> str:
    """What differs: an amount or date, a party, how binding it is."""
    new = {n.value for n in clause.print.numbers} - {n.value for n in old.print.numbers}
    if new and old.print.numbers:
        return "date" if any("date" in n.unit for n in clause.print.numbers) else "amount"
    if clause.term.force != old.term.force:
        return "force"
    return ""


def _change(kind: ChangeKind, old: Clause | None, new: Clause) -> Change:
    gone = kind is ChangeKind.DROPPED
    return Change(
        plan=_plan(new),
        topic=(old or new).term.topic.value,
        kind=kind,
        before=old.text if old else None,
        after=None if gone else new.text,
        what=_what(new, old) if old and not gone else "",
        before_at=(old.article.key, old.term.spans) if old else None,
        after_at=(new.article.key, new.term.spans),
    )


def _plan(clause: Clause) -> str:
    return next((p.name for p in clause.article.reading.plans if p.id == clause.term.plan), "")


def find_moves(articles: Sequence[Article], names: Names) -> tuple[Move, ...]:
    """Encounters that a later article has with another status or date than an earlier one."""
    seen: dict[object, list[tuple[Article, Encounter]]] = defaultdict(list)
    for article in articles:
        for encounter in article.reading.encounters:
            who = frozenset(names.one(name, "person") for name in encounter.participants)
            seen[who, encounter.place].append((article, encounter))
    return tuple(move for found in seen.values() for move in _moves(found))


def _moves(found: Sequence[tuple[Article, Encounter]]) -> Iterator[Move]:
    open_status = (Status.SCHEDULED, Status.PROPOSED)
    for (a, x), (b, y) in pairwise(found):
        if a is b or (x.status, x.when) == (y.status, y.when) or x.status not in open_status:
            continue
        yield Move(
            participants=x.participants,
            before_at=(a.key, x.id),
            after_at=(b.key, y.id),
            before=f"{x.status.value} {x.when or ''}".strip(),
            after=f"{y.status.value} {y.when or ''}".strip(),
        )

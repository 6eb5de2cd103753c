"""Versions of a plan held against each other, term by term.

A later article that speaks of a new version ("revised", "second edition", "the new text") is held against what the
articles before it had. A term there that answers an earlier one and differs in amount, date, party or force is changed;
one that answers none is added; one that is said to be gone is dropped. What "stands" or "remains" is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from reportedly.reconciliation.sameness import Weights, cosine
from reportedly.reconciliation.sayings import Article
from reportedly.reconciliation.words import Print, print_of, tells_former
from reportedly.records import Change, ChangeKind, Term, Topic, shown

_TEXT = "text|version|draft|paper|edition"
_REVISED = re.compile(
    r"\b(?:revis\w+|rework\w+|rewrit\w+|rewrote|redraft\w+|amend\w+|updated|softened|"
    rf"(?:newe?r?|second|latest|later|current|modified) (?:{_TEXT})|version (?:dated|of)|"
    r"now (?:runs?|stands?|lasts?)|"
    r"(?:has|have|is|are|was|were) (?:now )?(?:been )?(?:raised|risen|lowered|cut|halved|doubled|extended|stretched|"
    r"lengthened|shortened|removed|dropped|struck|deleted|added|inserted|tightened|loosened) (?:from|to|by))\b",
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
    r"grows?|shrinks?|softened|halv\w+|doubl\w+|risen|fallen|now)\b|, not\b",
    re.IGNORECASE,
)

_INSTEAD = re.compile(r",\s*(?:and )?(?:no longer|not|instead of|rather than)\b", re.IGNORECASE)
"""What leads to an old part of a term that has a new one: "would fall to Turkish officers, no longer to the Union"."""

_NEITHER = re.compile(
    rf"\b(?:neither|nor|either|again|as before|like (?:the|its) (?:first|old|earlier|predecessor)|both (?:{_TEXT})s)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\bnow\b.*\b(?:as well|also|too)\b|\bnew is\b|\bnewly\b|\bfor the first time\b|\bin addition\b|"
    r"\bnew (?:point|clause|article|paragraph|section|chapter|step|item|provision)\b|"
    r"\b(?:nobody|no one|never|not)(?: \w+){0,3} (?:mentioned|reported|disclosed|published|proposed|known|seen)"
    r"(?: \w+){0,2}? (?:before|until now|so far|till now)\b|"
    r"\b(?:previously|hitherto) (?:not |un)(?:mentioned|reported|disclosed|published|known|seen)\b",
    re.IGNORECASE,
)
_OLDER = re.compile(
    rf"^\W*(?:(?:in|under|by) )?(?:the|its) (?:first|earlier|previous|original|older?|initial|former) (?:{_TEXT})\b",
    re.IGNORECASE,
)
"""A term that is told of the version before."""

_BROAD = frozenset({Topic.OTHER, Topic.IMPLEMENTATION, Topic.WHOLE_PLAN})
_NEARLY = 0.6
"""Likeness from which a change without another number or force must be told in the term's own words."""

_SURE = 0.5
"""Confidence from which a term counts that no other article bears out: one that is new, or one that is gone."""

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


@dataclass(frozen=True)
class Answer:
    """What an earlier article has to a term of a later version: how like it is, and the change that it would make."""

    later: str
    term: str
    like: float
    change: Change | None


def answers_of(a: Article, b: Article, weights: Weights) -> tuple[Answer, ...]:
    """For each term of the later of two articles, if that is on a new version, the likest of the earlier one."""
    earlier, later = sorted((a, b), key=lambda article: article.rank)
    if earlier.day >= later.day or not is_revised(later):
        return ()
    old = [c for c in _clauses(earlier) if c.term.included]
    return tuple(_answers(old, _clauses(later), weights)) if old else ()


def changes_of(answers: Iterable[Answer]) -> tuple[Change, ...]:
    """The changes of one later article: of each of its terms against the likest earlier one in any article."""
    best: dict[str, Answer] = {}
    for answer in answers:
        known = best.get(answer.term)
        if known is None or answer.like > known.like:
            best[answer.term] = answer
    return tuple(best[term].change for term in sorted(best) if best[term].change)  # type: ignore[misc]


def first_of_each(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes, each once: several articles may tell of one."""
    found: dict[object, Change] = {}
    for change in changes:
        found.setdefault((change.topic, change.kind, change.before, change.after), change)
    return tuple(found[key] for key in sorted(found, key=str))


def is_revised(article: Article) -> bool:
    """Whether an article speaks of a new version: in so many words, or with terms that say what they were before."""
    if _REVISED.search(article.text):
        return True
    return any(t.plan is not None and tells_former(shown(t.spans, article.text)) for t in article.reading.terms)


def is_gone(words: str) -> bool:
    """Whether it is said of a term that it was taken out."""
    return _GONE.search(words) is not None


def _clauses(article: Article) -> list[Clause]:
    clauses = (Clause(article, t) for t in article.reading.terms if t.plan is not None)
    return [clause for clause in clauses if not (is_revised(article) and _OLDER.search(clause.text))]


def _answers(earlier: Sequence[Clause], later: Sequence[Clause], weights: Weights) -> Iterator[Answer]:
    best = [max(((_likeness(clause, e, weights), e) for e in earlier), key=lambda x: x[0]) for clause in later]
    answered = {id(e) for clause, (like, e) in zip(later, best, strict=True) if like >= _least(clause, e)}
    for clause, (like, answer) in zip(later, best, strict=True):
        old = answer if like >= _least(clause, answer) else _instead_of(clause, earlier, answered)
        kind = _kind(clause, old, like)
        new = _in_its_place(clause, later) if kind is ChangeKind.DROPPED else None
        if new is not None:
            kind = ChangeKind.CHANGED
        before = None if kind is ChangeKind.ADDED else old
        change = _change(kind, before, new or clause) if kind is not None else None
        yield Answer(clause.article.key, clause.term.id, round(like, 6), change)


def _least(clause: Clause, old: Clause) -> float:
    return _REPLACES if _replaces(clause, old) else _ANSWERS


def _instead_of(clause: Clause, earlier: Sequence[Clause], answered: set[int]) -> Clause | None:
    """The one earlier term of a narrow topic that no later one answers."""
    if clause.term.topic in _BROAD:
        return None
    left = [e for e in earlier if e.term.topic is clause.term.topic]
    return left[0] if len(left) == 1 and id(left[0]) not in answered else None


def _in_its_place(gone: Clause, later: Sequence[Clause]) -> Clause | None:
    """The term that stands beside one that is gone, on its topic: "the trucks are gone; there is talk of a flow"."""
    start, end = gone.article.sentence(gone.term.spans[0].start)
    for clause in later if gone.term.topic is not Topic.OTHER else ():
        beside = start <= clause.term.spans[0].start < gone.article.sentence(end)[1] and clause is not gone
        if beside and clause.term.included and clause.term.topic is gone.term.topic and not is_gone(clause.text):
            return clause
    return None


def _replaces(clause: Clause, old: Clause) -> bool:
    """Whether a term is set against an earlier one of its topic: what takes its place may share few words with it."""
    return clause.term.topic == old.term.topic is not Topic.OTHER and bool(_CONTRAST.search(clause.sentence))


def _likeness(a: Clause, b: Clause, weights: Weights) -> float:
    like = cosine(a.print.stems, b.print.stems, weights)
    like += 0.1 * (a.term.topic == b.term.topic and a.term.topic is not Topic.OTHER)
    return like + 0.1 * bool(set(a.term.points) & set(b.term.points))


def _kind(clause: Clause, old: Clause | None, like: float) -> ChangeKind | None:
    """What became of a term, or None where it stands."""
    instead = old is not None and _INSTEAD.search(clause.text) is not None
    if not instead and (not clause.term.included or is_gone(clause.text)):
        return _kind_where_absent(clause, old)
    if old is None or _adds(clause, old):
        sure = clause.term.confidence >= _SURE
        return ChangeKind.ADDED if sure and (old or not _STANDS.search(clause.sentence)) else None
    if _told_again(clause, old):
        return None
    if _what(clause, old):
        stands = _STANDS.search(clause.sentence) and not _CONTRAST.search(clause.sentence)
        return None if stands else ChangeKind.CHANGED
    contrast = instead or _CONTRAST.search(clause.text if like >= _NEARLY else clause.sentence)
    return ChangeKind.CHANGED if contrast else None


def _kind_where_absent(clause: Clause, old: Clause | None) -> ChangeKind | None:
    """What became of a term of which a later text says that it is not there. It may not have been there before."""
    if old is None or old.term.confidence < _SURE or _NEITHER.search(clause.sentence):
        return None
    return ChangeKind.CHANGED if _STANDS.search(clause.text) else ChangeKind.DROPPED


def _adds(clause: Clause, old: Clause) -> bool:
    """Whether a term stands beside an earlier one that is like it: "must now stop as well"."""
    return _MORE.search(clause.text) is not None and not _numbers(clause) - _numbers(old)


def _told_again(clause: Clause, old: Clause) -> bool:
    """Whether a term is told as it was: its words say that it stands, or it has the very numbers it had."""
    if _STANDS.search(clause.text) and not _CONTRAST.search(clause.text):
        return True
    numbers, others = _numbers(clause), _numbers(old)
    same = bool(numbers & others) and (numbers <= others or others <= numbers)
    return same and clause.term.force == old.term.force


def _numbers(clause: Clause) -> set[float]:
    """The quantities of a term; the number of its point is none."""
    return {n.value for n in clause.print.numbers} - set(map(float, clause.term.points))


def _what(clause: Clause, old: Clause) -> str:
    """What differs: an amount or date, a party, how binding it is."""
    if _numbers(clause) - _numbers(old) and _numbers(old):
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

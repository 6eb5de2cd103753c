"""What people said of statements and names: that two are the same, or not. Their word stands above every signal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from reportedly.ledger import Kind, Ledger, State
from reportedly.reconciliation.naming import Said, said_of
from reportedly.records import Member

Two = frozenset[str]


@dataclass(frozen=True)
class Judged:
    """Pairs of statements, and pairs of printed names, said to be the same or different; the last word counts."""

    same: frozenset[tuple[Member, Member]] = frozenset()
    different: frozenset[tuple[Member, Member]] = frozenset()
    same_names: frozenset[Two] = field(default_factory=frozenset)
    different_names: frozenset[Two] = field(default_factory=frozenset)

    @cached_property
    def together(self) -> Mapping[Member, set[Member]]:
        """For each statement those that a person said are the same."""
        return _both_ways(self.same)

    @cached_property
    def apart(self) -> Mapping[Member, set[Member]]:
        """For each statement those that a person said are different."""
        return _both_ways(self.different)


def said_by(judged: Judged) -> Said:
    """What people said of names, by their plain forms."""
    return said_of(judged.same_names, judged.different_names)


def _both_ways(pairs: Iterable[tuple[Member, Member]]) -> dict[Member, set[Member]]:
    out: dict[Member, set[Member]] = {}
    for a, b in pairs:
        out.setdefault(a, set()).add(b)
        out.setdefault(b, set()).add(a)
    return out


NOTHING_JUDGED = Judged()


def read_judged(ledger: Ledger) -> Judged:
    """What people said in a ledger and did not take back: `same` and `different`, of two statements or two names."""
    kinds, gone = (Kind.SAME, Kind.DIFFERENT), (State.UNDONE, State.LOST)
    said = [c for c in ledger.corrections() if c.kind in kinds and c.state not in gone and len(c.about) == 2]
    members = dict(_members(ledger, {id for j in said for id in j.about}))
    statements: dict[tuple[Member, Member], str] = {}
    names: dict[Two, str] = {}
    for judgement in said:
        pair = sorted(members[id] for id in judgement.about if id in members)
        if len(pair) == 2:
            statements[pair[0], pair[1]] = judgement.kind.value
        elif not pair:
            names[frozenset(judgement.about)] = judgement.kind.value
    return Judged(
        frozenset(_of(statements.items(), "same")),
        frozenset(_of(statements.items(), "different")),
        frozenset(_of(names.items(), "same")),
        frozenset(_of(names.items(), "different")),
    )


def _members(ledger: Ledger, ids: Iterable[str]) -> Iterator[tuple[str, Member]]:
    """Those of the ids that are statements', with the article's key and the record's own id."""
    for row in ledger.statements(ids=sorted(ids), superseded=True):
        yield row.id, Member(row.article, row.local)


T = TypeVar("T")


def _of(judged: Iterable[tuple[T, str]], kind: str) -> Iterator[T]:
    return (pair for pair, said in judged if said == kind)

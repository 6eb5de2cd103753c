"""What was derived in a ledger, asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import func, select

from reportedly.errors import LedgerError
from reportedly.ledger import Ledger, derived_tables
from reportedly.ledger.derived import Derived
from reportedly.reconciliation.changes import first_of_each
from reportedly.reconciliation.contradictions import surest
from reportedly.reconciliation.kept import finding_of
from reportedly.reconciliation.meetings import Meeting, find_moves
from reportedly.reconciliation.naming import Entry, merges_of
from reportedly.reconciliation.packing import unpack
from reportedly.reconciliation.shelves import Home
from reportedly.reconciliation.words import print_of
from reportedly.records import Change, Claim, Contradiction, Copy, Member, Merge, Move, Reading, Story


class Readings(Mapping[str, Reading]):
    """The readings of a ledger's articles by id, each fetched when it is first asked for."""

    def __init__(self, derived: Derived, articles: Iterable[str]) -> None:
        self._derived, self._articles = derived, tuple(articles)
        self._known: dict[str, Reading] = {}

    def __getitem__(self, article: str) -> Reading:
        if article not in self._known:
            self.fetch([article])
        return self._known[article]

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)

    def fetch(self, articles: Iterable[str]) -> None:
        """Have these at hand, in one go."""
        wanted = [id for id in dict.fromkeys(articles) if id not in self._known]
        self._known |= self._derived.readings(wanted) if wanted else {}


@dataclass(frozen=True)
class Reconciled:
    """What holds across a ledger, as it was last reconciled. `added` articles were new then.

    Articles are known by the ledger's ids. What is asked for is looked up, so that a large ledger is not read whole.
    """

    ledger: Ledger
    added: int

    @cached_property
    def homes(self) -> tuple[Home, ...]:
        """Every claim with what belongs to it, by the day of its first member."""
        table = derived_tables.claim
        rows = self._derived.ask(select(table.c.found).order_by(table.c.first_day, table.c.id))
        return tuple(unpack(Home, row["found"]) for row in rows)

    def homes_since(self, day: str) -> tuple[Home, ...]:
        """The claims of several articles of which one is of that day or later."""
        table = derived_tables.claim
        late = (table.c.last_day >= day) & (table.c.articles > 1)
        wanted = select(table.c.found).where(late).order_by(table.c.first_day, table.c.id)
        return tuple(unpack(Home, row["found"]) for row in self._derived.ask(wanted))

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Encounters of which a later article tells otherwise than an earlier one."""
        table = derived_tables.meeting
        rows = self._derived.ask(select(table.c.found).order_by(table.c.block, table.c.id))
        return find_moves([unpack(Meeting, row["found"]) for row in rows])

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims, those with most articles first."""
        claims = with_contradictions([home.claim for home in self.homes], self.contradictions)
        return tuple(sorted(claims, key=lambda c: (-len({m.article for m in c.members}), c.id)))

    @cached_property
    def shared(self) -> tuple[Claim, ...]:
        """The claims of more than one article, those with most articles first."""
        table = derived_tables.claim
        wanted = select(table.c.found).where(table.c.articles > 1).order_by(table.c.articles.desc(), table.c.id)
        homes = [unpack(Home, row["found"]) for row in self._derived.ask(wanted)]
        return with_contradictions([home.claim for home in homes], self.contradictions)

    @cached_property
    def alone(self) -> int:
        """How many claims only one article makes."""
        table = derived_tables.claim
        (row,) = self._derived.ask(select(func.count().label("number")).where(table.c.articles == 1))
        return int(row["number"])

    def about(self, words: str) -> tuple[Claim, ...]:
        """The claims that hold all the words, in whatever form, in their members; those with most articles first."""
        wanted = print_of(words.lower()).stems
        return tuple(c for c in self.claims if wanted and wanted <= self._stems[c.id])

    def home(self, id: str) -> Home:
        """The claim whose id begins so, or that the statement of such an id is in.

        Raises LedgerError if there is none, or several claims begin so.
        """
        table = derived_tables.claim
        found = self._derived.ask(select(table.c.found).where(table.c.id.startswith(id, autoescape=True)).limit(2))
        if len(found) > 1:
            raise LedgerError(f"{self.ledger.where}: several claims begin with {id!r}; give more of the id")
        if not found:
            found = self._of_statement(id)
        home: Home = unpack(Home, found[0]["found"])
        return replace(home, claim=with_contradictions([home.claim], self.contradictions)[0])

    def _of_statement(self, id: str) -> list[dict[str, object]]:
        try:
            row = self.ledger.chain(id)
        except LedgerError:
            raise LedgerError(f"{self.ledger.where}: no claim and no statement is called {id!r}") from None
        member, claim = derived_tables.member, derived_tables.claim
        of = (member.c.article == row.article) & (member.c.statement == row.local)
        found = self._derived.ask(select(claim.c.found).join(member, member.c.claim == claim.c.id).where(of))
        if not found:
            raise LedgerError(f"{self.ledger.where}: the statement {id!r} is in no claim: there is a newer version")
        return found

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """What cannot both be so."""
        return surest(c for c in self._findings("clash", "denial") if isinstance(c, Contradiction))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What a later version of a plan has otherwise than an earlier one."""
        changes = (c for c in self._findings("change") if isinstance(c, Change))
        return first_of_each(sorted(changes, key=lambda c: str(c.after_at or c.before_at)))

    @cached_property
    def copies(self) -> tuple[Copy, ...]:
        """Which article lifts another's text."""
        days = self._days
        copies = (c for c in self._findings("copy") if isinstance(c, Copy))
        return tuple(sorted(copies, key=lambda c: days[c.within]))

    @cached_property
    def story(self) -> Story:
        """All of it."""
        places = {key: place for place, key in enumerate(sorted(self._days, key=lambda id: self._days[id]))}
        homes = sorted(self.homes, key=lambda home: (places[home.claim.members[0].article], home.place))
        return Story(
            articles=tuple(places),
            claims=with_contradictions([home.claim for home in homes], self.contradictions),
            copies=self.copies,
            contradictions=self.contradictions,
            changes=self.changes,
            drifts=tuple(drift for home in homes for drift in home.drifts),
            moves=self.moves,
            merges=self._merges(),
        )

    def _merges(self) -> tuple[Merge, ...]:
        """The names that stand for others."""
        rows = self._derived.ask(select(derived_tables.name.c.found))
        entries = [unpack(Entry, row["found"]) for row in rows]
        return merges_of(entries, {entry.key: entry.shown for entry in entries})

    @cached_property
    def readings(self) -> Readings:
        """The readings of the articles."""
        return Readings(self._derived, sorted(self._days, key=lambda id: self._days[id]))

    @cached_property
    def names(self) -> dict[str, str]:
        """What the articles are called."""
        return {row.id: row.name for row in self.ledger.articles()}

    @cached_property
    def _derived(self) -> Derived:
        return Derived(self.ledger)

    @cached_property
    def _days(self) -> Mapping[str, tuple[str, str]]:
        """The rank of every article."""
        table = derived_tables.article
        rows = self._derived.ask(select(table.c.article, table.c.day))
        return {row["article"]: (row["day"] or "9999", row["article"]) for row in rows}

    def _findings(self, *kinds: str) -> list[object]:
        table = derived_tables.finding
        wanted = select(table.c.kind, table.c.found).where(table.c.kind.in_(kinds)).order_by(table.c.owner, table.c.id)
        return [finding_of(row) for row in self._derived.ask(wanted)]

    @cached_property
    def _stems(self) -> dict[str, frozenset[str]]:
        said = ((home.claim.id, " ".join(voice.words for voice in home.voices)) for home in self.homes)
        return {id: print_of(words.lower()).stems for id, words in said}


def with_contradictions(claims: Iterable[Claim], contradictions: Iterable[Contradiction]) -> tuple[Claim, ...]:
    """The claims, each with the contradictions that its members are in."""
    sides: dict[Member, list[Contradiction]] = defaultdict(list)
    for found in contradictions:
        for side in (found.a, found.b):
            if side.statement is not None:
                sides[Member(side.article, side.statement)].append(found)
    held = ((c, dict.fromkeys(found for m in c.members for found in sides.get(m, ()))) for c in claims)
    return tuple(replace(c, contradictions=tuple(found)) if found else c for c, found in held)

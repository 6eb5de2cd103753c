"""Where what is derived lies between two runs: nowhere, or in a ledger (`kept`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Protocol

from reportedly.reconciliation.contradictions import Voice
from reportedly.reconciliation.judging import NOTHING_JUDGED, Judged
from reportedly.reconciliation.meetings import Meeting, Stage, Telling
from reportedly.reconciliation.names import Key, Use, names_in
from reportedly.reconciliation.naming import Blank, Book, Entry
from reportedly.reconciliation.pairs import Found
from reportedly.reconciliation.profiles import Citing, Near, Profile, Sheet, Sign, profile_of, sign_of
from reportedly.reconciliation.sayings import Meanings
from reportedly.reconciliation.shifts import Shift, Stand
from reportedly.records import Change, Claim, Contradiction, Copy, Drift, Member, Reading

Two = tuple[str, str]
"""Two ids; of articles that are compared, the lower first."""


@dataclass(frozen=True, slots=True)
class Gain:
    """An origin that a claim has had since a later day than its first: the first member of it, and of the claim."""

    claim: str
    origin: str
    before: Member
    after: Member


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement was put: its claim, the lot that this was parted from, and its place in the article."""

    claim: str
    knot: str
    place: int


Finding = Copy | Contradiction | Change | Drift | Gain | Shift | Stage
Owner = tuple[str, str]
"""Of which kind findings are, and whose: an article's, two articles' or a statement's."""


@dataclass(frozen=True)
class Card:
    """What is kept of an article: the digest of its reading, and its profile."""

    digest: str
    profile: Profile

    @property
    def day(self) -> str:
        return self.profile.day


@dataclass(frozen=True)
class Fresh:
    """What is looked up of an article once, when it is new: its card, its sign and its names."""

    card: Card
    sign: Sign
    uses: tuple[Use, ...]


def fresh_of(digest: str, reading: Reading) -> Fresh:
    """The same of a reading."""
    return Fresh(Card(digest, profile_of(reading)), sign_of(reading), names_in(reading))


@dataclass(frozen=True)
class Home:
    """A claim with what is needed to go on from it.

    `place` is that of the first member in its article, `knot` names the statements that the claim was parted from.
    """

    claim: Claim
    place: int
    voices: tuple[Voice, ...]
    knot: str
    drifts: tuple[Drift, ...]


@dataclass(frozen=True)
class Short:
    """A claim in short. `outlets` counts those that make it; `first` and `last` are its members at both ends."""

    id: str
    gist: str
    origins: int
    origins_range: tuple[int, int]
    origin_names: tuple[str, ...]
    outlets: int
    first: Member
    last: Member


@dataclass
class Delta:
    """What a run changed. None stands for what is no more."""

    judged: Judged = NOTHING_JUDGED
    cards: dict[str, Card | None] = field(default_factory=dict)
    fresh: dict[str, Fresh] = field(default_factory=dict)
    names: dict[Key, Entry | None] = field(default_factory=dict)
    meanings: dict[str, Meanings] = field(default_factory=dict)
    near: dict[str, tuple[Near, ...]] = field(default_factory=dict)
    pairs: dict[Two, Found | None] = field(default_factory=dict)
    homes: dict[str, Home | None] = field(default_factory=dict)
    findings: dict[Owner, tuple[Finding, ...]] = field(default_factory=dict)
    tellings: dict[str, tuple[Telling, ...]] = field(default_factory=dict)
    meetings: dict[str, tuple[Meeting, ...]] = field(default_factory=dict)
    stands: dict[str, tuple[Stand, ...]] = field(default_factory=dict)


class Shelf(Book, Citing, Protocol):
    """What a run can look up. Of articles that are not there nothing is found."""

    def fresh(self) -> Mapping[str, str]:
        """The articles that are new, or were read anew, each with the digest of its reading."""

    def gone(self) -> Sequence[str]:
        """The articles of the last run that are no more, or were read anew."""

    def readings(self, articles: Sequence[str]) -> Mapping[str, Reading]:
        """The readings of articles that there are now."""

    def judged(self) -> Judged:
        """The judgements by which the last run went."""

    def cards(self, articles: Sequence[str]) -> Mapping[str, Card]:
        """The cards of articles of the last run."""

    def signs(self) -> Sheet:
        """The signs of all articles of the last run."""

    def reach(self) -> Mapping[str, float]:
        """For each of these the distance of the last of its nearest."""

    def uses(self, articles: Sequence[str] | None) -> Mapping[str, Sequence[Use]]:
        """The names of articles of the last run; of all where none are given."""

    def used(self, keys: Sequence[Key], *, without: Sequence[str]) -> Sequence[Use]:
        """The uses of names in the articles of the last run but for some, each once."""

    def bearing(self, keys: Sequence[Key]) -> set[str]:
        """The articles of the last run with one of some names."""

    def every_entry(self) -> Mapping[Key, Entry]:
        """All names of the last run."""

    def meanings(self, articles: Sequence[str]) -> Mapping[str, Meanings]:
        """Vectors that are known."""

    def near(self, articles: Sequence[str]) -> Mapping[str, tuple[Near, ...]]:
        """The nearest of articles."""

    def near_to(self, articles: Sequence[str]) -> set[str]:
        """The articles that have one of these among their nearest."""

    def pairs_with(self, articles: Sequence[str]) -> Mapping[Two, Found]:
        """What came of each pair with one of these articles in it."""

    def places(self, articles: Sequence[str]) -> Mapping[str, Mapping[str, Place]]:
        """For each of these articles where its statements were put."""

    def homes(self, claims: Sequence[str]) -> Mapping[str, Home]:
        """Claims by their ids."""

    def tellings_in(self, articles: Sequence[str]) -> Sequence[Telling]:
        """The encounters of these articles."""

    def tellings_of(self, blocks: Sequence[str]) -> Sequence[Telling]:
        """The encounters of these blocks."""

    def stages(self, blocks: Sequence[str]) -> set[str]:
        """The ids of the meetings of these blocks."""

    def stands_in(self, articles: Sequence[str]) -> Sequence[Stand]:
        """The positions of these articles."""

    def stands_around(self, block: str, first: str, last: str) -> Sequence[Stand]:
        """The positions of a block from these days, those that they look back to, and those that look back to them."""


@dataclass(frozen=True)
class Nowhere(Blank):
    """A shelf with nothing on it but readings: the run starts from the beginning."""

    known: Mapping[str, Reading]

    def fresh(self) -> Mapping[str, str]:
        return dict.fromkeys(self.known, "")

    def gone(self) -> Sequence[str]:
        return ()

    def readings(self, articles: Sequence[str]) -> Mapping[str, Reading]:
        return {id: self.known[id] for id in articles}

    def judged(self) -> Judged:
        return NOTHING_JUDGED

    def cards(self, articles: Sequence[str]) -> Mapping[str, Card]:
        return {}

    def signs(self) -> Sheet:
        return Sheet()

    def reach(self) -> Mapping[str, float]:
        return {}

    def published_by(self, outlets: Set[Key]) -> Mapping[Key, Set[str]]:
        return {}

    def citing(self, outlets: Set[Key]) -> Mapping[Key, Set[str]]:
        return {}

    def uses(self, articles: Sequence[str] | None) -> Mapping[str, Sequence[Use]]:
        return {}

    def used(self, keys: Sequence[Key], *, without: Sequence[str]) -> Sequence[Use]:
        return ()

    def bearing(self, keys: Sequence[Key]) -> set[str]:
        return set()

    def every_entry(self) -> Mapping[Key, Entry]:
        return {}

    def meanings(self, articles: Sequence[str]) -> Mapping[str, Meanings]:
        return {}

    def near(self, articles: Sequence[str]) -> Mapping[str, tuple[Near, ...]]:
        return {}

    def near_to(self, articles: Sequence[str]) -> set[str]:
        return set()

    def pairs_with(self, articles: Sequence[str]) -> Mapping[Two, Found]:
        return {}

    def places(self, articles: Sequence[str]) -> Mapping[str, Mapping[str, Place]]:
        return {}

    def homes(self, claims: Sequence[str]) -> Mapping[str, Home]:
        return {}

    def tellings_in(self, articles: Sequence[str]) -> Sequence[Telling]:
        return ()

    def tellings_of(self, blocks: Sequence[str]) -> Sequence[Telling]:
        return ()

    def stages(self, blocks: Sequence[str]) -> set[str]:
        return set()

    def stands_in(self, articles: Sequence[str]) -> Sequence[Stand]:
        return ()

    def stands_around(self, block: str, first: str, last: str) -> Sequence[Stand]:
        return ()


def two(a: str, b: str) -> Two:
    """The two as they are kept."""
    return (a, b) if a <= b else (b, a)

"""What holds across articles: claims and their origins, copies, contradictions, changes. All of it is derived."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reportedly.records.span import Span, Spans


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """A statement of an article. `article` is the key that the collection knows the article by."""

    article: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Why two statements were put together: the score (a probability) and what spoke most for and against it."""

    a: Member
    b: Member
    score: float
    signals: tuple[tuple[str, float], ...] = ()


class Passing(StrEnum):
    """How a member's word goes back to its origin."""

    FIRST_HAND = "first hand"
    CITED = "cited"
    COPIED = "copied"
    SHARED_PHRASE = "shared sourcing phrase"
    UNSOURCED = "unsourced"
    CONFIRMED = "confirmed by the outlet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Where one member has it from: the outlets it came through, the origin's name, and how that is known."""

    member: Member
    through: tuple[str, ...]
    origin: str
    passing: Passing


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Statements, of one article or many, that say the same. `origins` counts independent first-hand origins.

    `origins_range` is from the surely distinct to the possibly distinct.
    """

    id: str
    gist: str
    members: tuple[Member, ...]
    origins: int
    origins_range: tuple[int, int]
    origin_names: tuple[str, ...]
    traces: tuple[Trace, ...] = ()
    ties: tuple[Tie, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


class CopyKind(StrEnum):
    """Whether the words were kept."""

    VERBATIM = "verbatim"
    REWRITE = "rewrite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One article's text in another. `aligned` pairs the spans that answer each other, the source article's first."""

    of: str
    within: str
    kind: CopyKind
    aligned: tuple[tuple[Span, Span], ...]
    share: float
    direction: str


@dataclass(frozen=True, slots=True)
class Side:
    """A place in an article that something is held against: its words' spans, and the statement they are, if one."""

    article: str
    statement: str | None
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two places that cannot both be right. `about` says on what, `why` by which sign."""

    a: Side
    b: Side
    about: str
    why: str
    score: float


class ChangeKind(StrEnum):
    """What became of a term in a later version."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A term that differs between an earlier and a later version of a plan.

    `before` and `after` are the words, None where there are none; the spans and article keys say where they stand.
    `what` names what differs: "amount", "date", "party", "force", "condition" or "wording".
    """

    plan: str
    topic: str
    kind: ChangeKind
    before: str | None
    after: str | None
    what: str = ""
    before_at: tuple[str, Spans] | None = None
    after_at: tuple[str, Spans] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A claim that grew surer or less sure, or lost its source, on the way from one article to another."""

    claim: str
    a: Member
    b: Member
    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An encounter that an earlier article has otherwise than a later one: held, moved, cancelled since."""

    participants: tuple[str, ...]
    before_at: tuple[str, str]
    after_at: tuple[str, str]
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two names taken for one actor's, and the reason."""

    kind: str
    name: str
    other: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What holds across a set of articles. `articles` are their keys, in order of publication."""

    articles: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    copies: tuple[Copy, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    changes: tuple[Change, ...] = ()
    drifts: tuple[Drift, ...] = ()
    moves: tuple[Move, ...] = ()
    merges: tuple[Merge, ...] = ()

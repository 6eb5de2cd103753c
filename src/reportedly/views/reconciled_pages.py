"""The pages of what holds across articles: claims with their origins, one claim, and what changed since a day."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.views.origin_graph import OriginGraph
from reportedly.views.pages import Backing, ChangeRow, ClashRow, Place, ReconciledPage


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """A claim in a list. `summary` says how many outlets have it and on whose word."""

    id: str
    gist: str
    summary: str
    statements: int
    articles: int
    outlets: int
    origins: int
    origins_range: tuple[int, int]
    origin_names: tuple[str, ...]
    first: str
    last: str
    contradictions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsPage(ReconciledPage):
    """The claims that more than one article makes, those of most articles first.

    `alone` counts those of one article, which are left out; `more` those for which there was no room.
    """

    articles: int
    asked: str | None
    claims: tuple[ClaimLine, ...]
    alone: int
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A statement of a claim: where its outlet has it from, and how that is known."""

    id: str
    backing: Backing
    place: Place
    through: tuple[str, ...]
    origin: str
    passing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRow:
    """An outlet's statements of a claim, by day."""

    outlet: str | None
    members: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyRow:
    """Why two statements stand together: the score, 0 to 1, and what weighed most for and against it (log-odds)."""

    a: str
    b: str
    score: float
    signals: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftRow:
    """What became of a claim on its way: `kind` is surer, less sure, turned round or source lost."""

    claim: str
    kind: str
    what: str
    before: Place
    after: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage(ReconciledPage):
    """A claim with all that is known of where it comes from, what speaks for it, and what against."""

    line: ClaimLine
    outlets: tuple[OutletRow, ...]
    graph: OriginGraph
    why: tuple[WhyRow, ...]
    contradictions: tuple[ClashRow, ...]
    drifts: tuple[DriftRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceRow:
    """A party that asks for more, or for less, than it did: `kind` is hardened or softened."""

    party: str
    topic: str
    kind: str
    before_stance: str
    after_stance: str
    before: Place
    after: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingChange:
    """A meeting that is announced, or of which it is told otherwise than before; `before` is None where it is new."""

    participants: tuple[str, ...]
    kind: str
    what: str
    before: Place | None
    after: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimNews:
    """A claim that is new, gained an origin, or went quiet; the place is its first, newest or last sentence."""

    id: str
    summary: str
    what: str
    place: Place
    before: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage(ReconciledPage):
    """What is new or different since a day."""

    since: str
    articles: int
    added: int
    terms: tuple[ChangeRow, ...]
    stances: tuple[StanceRow, ...]
    drifts: tuple[DriftRow, ...]
    meetings: tuple[MeetingChange, ...]
    contradictions: tuple[ClashRow, ...]
    new_claims: tuple[ClaimNews, ...]
    gained: tuple[ClaimNews, ...]
    quiet: tuple[ClaimNews, ...]
    more: tuple[tuple[str, int], ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all."""
        parts = (self.terms, self.stances, self.drifts, self.meetings, self.contradictions)
        return not any((*parts, self.new_claims, self.gained, self.quiet))

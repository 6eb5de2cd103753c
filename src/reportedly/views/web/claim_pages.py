"""Pages of claims: what statements say alike, where it comes from, what contradicts it."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.views.origin_graph import OriginGraph
from reportedly.views.pages import (
    StatementRow,
)
from reportedly.views.web.asking import Asked
from reportedly.views.web.pages import Judgement, Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """A claim in a list; `likelihood` is a person's."""

    id: str
    gist: str
    statements: int
    articles: int
    origins: int
    origins_range: tuple[int, int]
    origin_names: tuple[str, ...]
    contradictions: int
    likelihood: str | None
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsPage:
    """The claims, those of most articles first. `pending`: how many articles are not compared yet."""

    asked: Asked
    total: int
    pending: int
    rows: tuple[ClaimLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMember:
    """A statement of a claim, through whom it came, and how that is known."""

    statement: StatementRow
    through: tuple[str, ...]
    origin: str
    passing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """What cannot both be right, and the sign it was known by."""

    about: str
    why: str
    a: Quote
    b: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRow:
    """Why two statements were put together: ids, a probability, and the signals that spoke most."""

    a: str
    b: str
    score: float
    signals: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLikelihood:
    """How likely a person holds the claim to be; said of so many statements (`of`), so many of which are in it now."""

    judgement: Judgement
    here: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """One claim: who says it where, where they have it from, and what contradicts it.

    `likelihoods` are what people said of the claim itself, the oldest first; the last that stands counts.
    """

    line: ClaimLine
    members: tuple[ClaimMember, ...]
    graph: OriginGraph
    contradictions: tuple[Clash, ...]
    ties: tuple[TieRow, ...]
    likelihoods: tuple[ClaimLikelihood, ...]
    judgements: tuple[Judgement, ...]
    more: int

"""What is on the table: plans, terms, positions and encounters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from reportedly.records.span import Span, Spans

_OWN_TOPIC = re.compile(r"own:[^\W_A-Z]+(?:_[^\W_A-Z]+)*")


class Topic(StrEnum):
    """What a term or position is about: one of these, or one that a dossier adds (`own:night_work`)."""

    CEASEFIRE = "ceasefire"
    TALKS = "talks"
    TERRITORY = "territory"
    RECOGNITION = "recognition"
    SECURITY_GUARANTEE = "security_guarantee"
    ALLIANCE = "alliance"
    PEACEKEEPING = "peacekeeping"
    FORCE_LIMITS = "force_limits"
    SANCTIONS = "sanctions"
    ASSETS_AND_REPARATIONS = "assets_and_reparations"
    RECONSTRUCTION = "reconstruction"
    TRADE = "trade"
    RESOURCES_AND_ENERGY = "resources_and_energy"
    NUCLEAR = "nuclear"
    PRISONERS_AND_HOSTAGES = "prisoners_and_hostages"
    HUMANITARIAN = "humanitarian"
    REFUGEES_AND_RETURN = "refugees_and_return"
    JUSTICE_AND_AMNESTY = "justice_and_amnesty"
    GOVERNANCE_AND_ELECTIONS = "governance_and_elections"
    RIGHTS_AND_LANGUAGE = "rights_and_language"
    RELATIONS = "relations"
    ACCESS_AND_TRANSIT = "access_and_transit"
    IMPLEMENTATION = "implementation"
    PAY_AND_WORK = "pay_and_work"
    PRICE_AND_OWNERSHIP = "price_and_ownership"
    TAXATION = "taxation"
    REGULATION_AND_STANDARDS = "regulation_and_standards"
    WHOLE_PLAN = "whole_plan"
    OTHER = "other"

    @classmethod
    def _missing_(cls, value: object) -> Topic | None:
        """A topic that a dossier adds: `own:` and its name in small letters with underscores."""
        if not isinstance(value, str) or not _OWN_TOPIC.fullmatch(value):
            return None
        own = str.__new__(cls, value)
        own._name_, own._value_ = value.upper(), value
        return cast(Topic, cls._value2member_map_.setdefault(value, own))


class Force(StrEnum):
    """How binding a term's wording is."""

    MUST = "must"
    WOULD = "would"
    MAY = "may"


class PointsBasis(StrEnum):
    """Whether the text states a point's number or its neighbours force it."""

    STATED = "stated"
    INFERRED = "inferred"


class Stance(StrEnum):
    """What a party wants done with a thing."""

    PROPOSES = "proposes"
    DEMANDS = "demands"
    OFFERS = "offers"
    ACCEPTS = "accepts"
    REJECTS = "rejects"
    OPEN = "open"


class Status(StrEnum):
    """Where an encounter stands on the day of publication."""

    HELD = "held"
    ONGOING = "ongoing"
    SCHEDULED = "scheduled"
    PROPOSED = "proposed"
    CANCELLED = "cancelled"


class Bound(StrEnum):
    """Whether an amount is meant as it stands, as a floor, as a ceiling or roughly."""

    EXACT = "exact"
    LEAST = "least"
    MOST = "most"
    ABOUT = "about"


class Limit(StrEnum):
    """How a date or a period binds a term."""

    BY = "by"
    UNTIL = "until"
    WITHIN = "within"
    FOR = "for"
    FROM = "from"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much or how many. `value` is None where only "dozens" is said; `upper` is the other end of a range.

    `unit` is an ISO 4217 code for money, "%" (shares too: a third is 33.33), a measure (km, km², MW, GW), or the noun
    as printed, in small letters; "" where none is. A rate ends in "per year".
    """

    span: Span
    value: float | None
    unit: str
    upper: float | None = None
    bound: Bound = Bound.EXACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When a term binds: an EDTF date (`../2027-08`), or an ISO 8601 duration (`PT72H`) and what it counts from."""

    span: Span
    limit: Limit
    when: str
    counts_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A set of terms put forward together. `points` is how many the text says it has."""

    id: str
    name: str
    authors: tuple[str, ...] = ()
    points: int | None = None
    first_reported_by: str | None = None
    spans: Spans = ()
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing that somebody would do, give, get, stop or be barred from, or (`included` false) an explicit absence.

    `plan` is None where the offer stands alone. `points` are the plan's point numbers that it belongs to.
    `condition_of` is the party whose condition it is, where the text says so.
    """

    id: str
    plan: str | None
    spans: Spans
    topic: Topic
    points: tuple[int, ...] = ()
    points_basis: PointsBasis | None = None
    gives: tuple[str, ...] = ()
    gets: tuple[str, ...] = ()
    included: bool = True
    force: Force = Force.WOULD
    conditional: bool = False
    condition: Spans = ()
    condition_of: str | None = None
    amounts: tuple[Amount, ...] = ()
    deadline: Deadline | None = None
    statements: tuple[str, ...] = ()
    confidence: float = 1.0
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a party wants on a topic or term, as one place in the article shows it."""

    id: str
    party: str
    topic: Topic
    stance: Stance
    spans: Spans
    term: str | None = None
    statements: tuple[str, ...] = ()
    confidence: float = 1.0
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """A meeting, call, visit or round of talks. `when` is EDTF (Library of Congress, 2019), or None."""

    id: str
    participants: tuple[str, ...]
    status: Status
    spans: Spans
    place: str | None = None
    when: str | None = None
    statements: tuple[str, ...] = ()
    confidence: float = 1.0
    method: str = ""

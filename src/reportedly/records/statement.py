"""Who says what, on whose word and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reportedly.records.span import Spans


class SourceKind(StrEnum):
    """What kind of voice a source is."""

    OUTLET = "outlet"
    PERSON = "person"
    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    DOCUMENT = "document"
    UNNAMED = "unnamed"
    GROUP = "group"


class Mode(StrEnum):
    """How the content is given: all in quotation marks, none of it, or some."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """What is done by saying it."""

    ASSERT = "assert"
    DENY = "deny"
    PROPOSE = "propose"
    DEMAND = "demand"
    OFFER = "offer"
    ACCEPT = "accept"
    REJECT = "reject"
    PROMISE = "promise"
    THREATEN = "threaten"
    WARN = "warn"
    BELIEVE = "believe"
    ASK = "ask"


class Certainty(StrEnum):
    """FactBank's values (Saurí and Pustejovsky, 2009): certain, probable, possible; for, against; uncommitted."""

    CERTAIN = "CT+"
    PROBABLE = "PR+"
    POSSIBLE = "PS+"
    CERTAIN_NOT = "CT-"
    PROBABLE_NOT = "PR-"
    POSSIBLE_NOT = "PS-"
    UNCOMMITTED = "U"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Somebody or something that speaks. `count` is how many people the text gives, a floor where `at_least`.

    `party` is the side that it speaks or acts for, if any: the government of a minister, the union of its leader.
    `ref` is an identifier from the roster ("iso:RU", "wikidata:Q7747"), if it knows one.
    """

    id: str
    name: str
    kind: SourceKind
    named: bool = True
    count: int = 1
    at_least: bool = False
    party: str | None = None
    mentions: Spans = ()
    ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One act of saying, writing, thinking, wanting or deciding, and the sources it came through.

    `chain` holds source ids, the publishing outlet first, the last source that the text gives last.
    `source` and `cue` are empty where the text names nobody or uses no reporting word. `parent` is the id of the
    statement that this one stands in. `confidence` is a probability; `method` names the code or model that found it.
    """

    id: str
    piece: int
    source: Spans
    cue: Spans
    content: Spans
    addressee: Spans = ()
    mode: Mode = Mode.INDIRECT
    act: Act = Act.ASSERT
    parent: str | None = None
    chain: tuple[str, ...] = ()
    certainty_outlet: Certainty = Certainty.UNCOMMITTED
    certainty_source: Certainty = Certainty.CERTAIN
    hedges: Spans = ()
    confidence: float = 1.0
    method: str = ""

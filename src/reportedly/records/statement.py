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


class Basis(StrEnum):
    """What makes a source a link of a chain."""

    PUBLISHES = "publishes"
    SPEAKS = "speaks"
    TOLD = "told"
    HOLDS = "holds"
    WRITTEN = "written"
    AUTHOR = "author"
    CITED = "cited"
    THROUGH = "through"
    ELSEWHERE = "elsewhere"
    BEFORE = "before"


class Knowledge(StrEnum):
    """How a source comes to know, where the text says so."""

    PRESENT = "present"
    BRIEFED = "briefed"
    READ = "read"
    HEARD = "heard"


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
class Link:
    """Why a source is a link of a chain: on which words it stands, and how the source knows.

    `knows` is None where the text does not say. For the publishing outlet `spans` is the credit line, if there is one
    ("HARGEISA, 3 April (Reuters) -"): how the outlet has it. Words may stand in another sentence than the statement.
    """

    source: str
    basis: Basis
    spans: Spans = ()
    knows: Knowledge | None = None
    knows_spans: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one rule contributed to a certainty: the side ("outlet" or "source"), the value, why, on which words.

    The last reason given for a side decides it.
    """

    side: str
    value: Certainty
    rule: str
    words: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One act of saying, writing, thinking, wanting or deciding, and the sources it came through.

    `chain` holds source ids, the publishing outlet first, the last source that the text gives last.
    `source` and `cue` are empty where the text names nobody or uses no reporting word. `parent` is the id of the
    statement that this one stands in. `links` explains the chain, one for each of its ids in order, and `reasons` the
    certainties; both are empty where nobody explained them. `confidence` is a probability; `method` names the code or
    model that found it.
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
    links: tuple[Link, ...] = ()
    reasons: tuple[Reason, ...] = ()

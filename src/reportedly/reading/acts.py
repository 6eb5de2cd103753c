"""Acts: what is done by saying it.

Method: the reporting word's own act (`cues.tsv`), changed by what the content says of the speaker's own side
(`own_side`) and by how it is put (`moods`). The first rule that answers counts; the tables below give their order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reportedly.reading import moods, own_side
from reportedly.reading.hedges import find_hedges
from reportedly.reading.parse import START, Parse
from reportedly.reading.wording import Wording, find_wording
from reportedly.records import Act, Spans, Statement

_NEGATIONS = frozenset({"not", "n't", "never", "no"})

Rule = Callable[[Wording], Act | None]

CONTENT_RULES: tuple[Rule, ...] = (
    moods.silence,
    moods.question,
    moods.untruth,
    moods.named,
    moods.advice,
    moods.hortative,
    moods.duty,
    moods.wish,
    moods.imperative,
    moods.bare_answer,
    moods.subjunctive,
    own_side.readiness,
    own_side.refusal,
    own_side.own_threat,
    own_side.concession,
    own_side.own_act,
    own_side.own_future,
    own_side.inner_belief,
    moods.request,
    moods.thing,
)
"""Applied where the cue only reports."""

NAMING_RULES: tuple[Rule, ...] = (moods.silence, moods.untruth, moods.named, moods.thing)
"""Applied where the cue takes a thing ("called it a fake")."""

CUE_RULES: dict[Act, tuple[Rule, ...]] = {
    Act.ASK: (moods.request,),
    Act.ACCEPT: (moods.resolved, moods.agreed_fact),
    Act.OFFER: (moods.words_offered,),
    Act.REJECT: (moods.claim_rejected,),
    Act.PROMISE: (moods.resolved, moods.sworn_fact, moods.vowed_harm),
    Act.PROPOSE: (moods.thing,),
    Act.BELIEVE: (moods.known_to_outlet,),
}
"""Applied where the cue has an act of its own."""


def find_acts(statements: tuple[Statement, ...], parse: Parse) -> tuple[Statement, ...]:
    """The statements with `act` and `hedges` filled in from their cues and content."""
    cues = tuple(span for s in statements for span in s.cue)
    return tuple(_with_act(statement, parse, cues) for statement in statements)


def _with_act(statement: Statement, parse: Parse, cues: Spans) -> Statement:
    wording = find_wording(statement, parse)
    hedges = tuple(hedge.span for hedge in find_hedges(wording))
    return replace(statement, act=act_of(wording, _told_by_another(wording, cues)), hedges=hedges)


def act_of(wording: Wording, told: bool = False) -> Act:
    """The act of one statement. `told`: its main clause is itself a statement, which has that act."""
    base = wording.cue.act if wording.cue is not None else Act.ASSERT
    if (open_ := moods.left_open(wording)) is not None:
        return open_
    if wording.cue_negated and base in own_side.TURNED and not _says_no(wording):
        return own_side.TURNED[base]
    if told or not wording.content:
        return base
    return next((act for rule in _rules_for(wording, base) if (act := rule(wording)) is not None), base)


def _says_no(wording: Wording) -> bool:
    """Whether the negation is part of the reporting word itself: "will not have it" rejects."""
    return wording.cue is not None and not _NEGATIONS.isdisjoint(wording.cue.words)


def _rules_for(wording: Wording, base: Act) -> tuple[Rule, ...]:
    """The rules by which the content may change the cue's act."""
    cue = wording.cue
    if base is not Act.ASSERT:
        return CUE_RULES.get(base, ())
    if cue is not None and (cue.hearsay or not cue.frames & {"that", "quote"}):
        return NAMING_RULES
    return CONTENT_RULES


def _told_by_another(wording: Wording, cues: Spans) -> bool:
    """Whether the content's main verb is the cue of a statement of its own; what a side would do is its own word."""
    root = wording.root
    unreal = wording.lists["future"] | wording.lists["possible"]
    if root is None or wording.verb is None or wording.auxiliaries & unreal:
        return False
    own = set(wording.statement.cue)
    start = root.doc.user_data[START]
    places = {start + root.idx, start + wording.verb.idx}
    return any(c.start <= at < c.end for c in cues if c not in own for at in places)

"""Acts: what is done by saying it.

Method: the reporting word's own act (`cues.tsv`), changed by what the content says of the speaker's own side: its
mood, modals, negation and the verb of its main clause. Each rule is a function that answers an act or None; the first
answer counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Token

from reportedly.reading.cues import load_cues
from reportedly.reading.hedges import find_hedges
from reportedly.reading.parse import Parse
from reportedly.reading.wording import Wording, find_wording
from reportedly.records import Act, Spans, Statement

Rule = Callable[[Wording], Act | None]

_TURNED = {
    Act.ACCEPT: Act.REJECT,
    Act.DEMAND: Act.REJECT,
    Act.OFFER: Act.REJECT,
    Act.REJECT: Act.ACCEPT,
    Act.PROMISE: Act.REJECT,
    Act.DENY: Act.ASSERT,
}
"""What the act becomes when the cue is negated: "has not agreed"."""

_DONE_IN_WORDS = frozenset({Act.ACCEPT, Act.REJECT, Act.DEMAND, Act.PROMISE, Act.THREATEN, Act.OFFER, Act.PROPOSE})


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
    cue = wording.cue
    base = cue.act if cue is not None else Act.ASSERT
    if wording.cue_negated and base in _TURNED:
        return _TURNED[base]
    if base is not Act.ASSERT or told or not wording.content or not _lets_content_speak(wording):
        return base
    return next((act for rule in CONTENT_RULES if (act := rule(wording)) is not None), base)


def _lets_content_speak(wording: Wording) -> bool:
    """Whether the cue takes a clause whose own words may be the act ("said it would sign")."""
    cue = wording.cue
    return cue is None or (not cue.hearsay and bool(cue.frames & {"that", "quote"}))


def _told_by_another(wording: Wording, cues: Spans) -> bool:
    """Whether the content's main verb is the cue of a statement of its own."""
    root = wording.root
    if root is None or wording.verb is None:
        return False
    own = set(wording.statement.cue)
    start = root.doc.user_data["start"]
    places = {start + root.idx, start + wording.verb.idx}
    return any(c.start <= at < c.end for c in cues if c not in own for at in places)


def question(wording: Wording) -> Act | None:
    """A question put in the speaker's own words."""
    return Act.ASK if wording.quoted and wording.question else None


def untruth(wording: Wording) -> Act | None:
    """A claim is called untrue: "that was wide of the mark"."""
    text = f" {wording.clause_text} "
    return Act.DENY if any(f" {word} " in text for word in wording.lists["untrue"]) else None


def duty(wording: Wording) -> Act | None:
    """Somebody must or should do something."""
    if wording.root is None or wording.first_person:
        return None
    if wording.auxiliaries & wording.lists["duty"]:
        return Act.DEMAND
    return None


def imperative(wording: Wording) -> Act | None:
    """A quoted sentence that begins with its bare verb."""
    root = wording.root
    if root is None or not wording.quoted or root.tag_ != "VB" or wording.subject in wording.content:
        return None
    return Act.DEMAND if not wording.auxiliaries - {"do"} and root == _first_word(wording) else None


def readiness(wording: Wording) -> Act | None:
    """ "ready to sign" accepts, "ready to meet" offers, "not ready to" and "opposed to" reject."""
    lists = wording.lists
    state = next((t for t in wording.clause if t.lemma_.lower() in lists["readiness"] | lists["refusal"]), None)
    if state is None or not wording.own or state.dep_ not in ("acomp", "ROOT", "ccomp", "xcomp", "conj", "oprd"):
        return None
    if wording.negated or state.lemma_.lower() in lists["refusal"]:
        return Act.REJECT
    below = [t for t in wording.clause if t.dep_ == "xcomp" and t.head == state]
    return Act.ACCEPT if below and _act_of_verb(below[0], wording) is Act.ACCEPT else Act.OFFER


def own_act(wording: Wording) -> Act | None:
    """The main verb performs an act of the speaker's own side: "it accepted points one and two"."""
    verb = wording.verb
    if verb is None or not wording.is_clause or not wording.own:
        return None
    act = _act_of_verb(verb, wording)
    if act not in _DONE_IN_WORDS or (act is Act.PROMISE and verb.lemma_ not in ("promise", "pledge", "vow", "commit")):
        return None
    return _TURNED.get(act, act) if wording.negated else act


def own_future(wording: Wording) -> Act | None:
    """What the speaker's own side will or would do: a promise, a threat, or with "not" a refusal."""
    if not wording.is_clause or not wording.own or wording.verb is None:
        return None
    if not wording.auxiliaries & wording.lists["future"] and wording.root is wording.verb:
        return None
    if wording.negated:
        return Act.REJECT
    if _harms(wording.verb, wording):
        return Act.THREATEN
    return Act.PROMISE if wording.first_person or _is_pronoun(wording) else None


def inner_belief(wording: Wording) -> Act | None:
    """ "said she hoped": what is reported is a hope."""
    root = wording.root
    if root is None or not wording.own:
        return None
    return Act.BELIEVE if root.lemma_ in wording.lists["hoping"] and wording.subject is not None else None


CONTENT_RULES: tuple[Rule, ...] = (question, untruth, duty, imperative, readiness, own_act, own_future, inner_belief)


def _act_of_verb(verb: Token, wording: Wording) -> Act | None:
    cues = load_cues(wording.language)
    particles = [c.lower_ for c in verb.children if c.dep_ in ("prt", "prep")]
    for particle in (*particles, ""):
        cue = cues.verb(verb.lemma_, particle)
        if cue is not None and cue.weight > 0.3:
            return cue.act if cue.performative else None
    return None


def _harms(verb: Token, wording: Wording) -> bool:
    particles = [c.lower_ for c in verb.children if c.dep_ in ("prt", "prep", "advmod")]
    return any(f"{verb.lemma_} {p}".strip() in wording.lists["harms"] for p in (*particles, ""))


def _is_pronoun(wording: Wording) -> bool:
    return wording.subject is not None and wording.subject.lower_ in wording.lists["third_person"]


def _first_word(wording: Wording) -> Token | None:
    return next((t for t in wording.content if t.is_alpha), None)

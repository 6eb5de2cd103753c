"""What a statement says of the speaker's own side: what it accepts, rejects, offers, promises, threatens, hopes.

Each rule answers an act, or None where it has nothing to say. Whether a clause is about the speaker's own side is told
from its subject alone; a clause about another's act is a statement of its own, and never comes here.
"""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.reading.cues import lemmas_of
from reportedly.reading.wording import Wording, act_of_verb, harms, is_one_of
from reportedly.records import Act

TURNED = {
    Act.ACCEPT: Act.REJECT,
    Act.DEMAND: Act.REJECT,
    Act.OFFER: Act.REJECT,
    Act.REJECT: Act.ACCEPT,
    Act.PROMISE: Act.REJECT,
    Act.DENY: Act.ASSERT,
}
"""What an act becomes when its word is negated: "has not agreed"."""

_DONE_IN_WORDS = frozenset({Act.ACCEPT, Act.REJECT, Act.DEMAND, Act.PROMISE, Act.OFFER, Act.PROPOSE})
_WOULD = frozenset({"would", "'d", "’d"})
_PREDICATE = frozenset({"acomp", "ROOT", "ccomp", "xcomp", "conj", "oprd"})


def readiness(wording: Wording) -> Act | None:
    """ "ready to sign" accepts, "ready to meet" offers, "not ready to" and "opposed to" reject."""
    lists = wording.lists
    states = lists["readiness"] | lists["refusal"]
    state = next((t for t in wording.clause if t.lemma_.lower() in states and t.dep_ in _PREDICATE), None)
    if state is None or not wording.own or wording.auxiliaries:
        return None
    if wording.negated or state.lemma_.lower() in lists["refusal"]:
        return Act.REJECT
    below = [t for t in wording.clause if t.dep_ == "xcomp" and t.head == state]
    return Act.ACCEPT if below and act_of_verb(below[0], wording) is Act.ACCEPT else Act.OFFER


def refusal(wording: Wording) -> Act | None:
    """Words of refusal without a verb of it: "had no intention of", "not open to negotiation"."""
    text = f" {wording.clause_text} "
    return Act.REJECT if any(f" {words} " in text for words in wording.lists["refusals"]) else None


def own_act(wording: Wording) -> Act | None:
    """The main verb performs an act of the speaker's own side: "it accepted points one and two"."""
    verb = wording.verb
    if verb is None or not wording.is_clause or not wording.own or _wants_to_do(verb) or _is_told_of(wording):
        return None
    act = act_of_verb(verb, wording)
    if act not in _DONE_IN_WORDS or (act is Act.PROMISE and verb.lemma_ not in wording.lists["promising"]):
        return None
    if wording.negated:
        return None if act is Act.REJECT else TURNED.get(act, act)
    return act


def _is_told_of(wording: Wording) -> bool:
    """Whether it is no act of now: "would have accepted" never was one, "had never promised" is past."""
    helpers = wording.auxiliaries
    unreal = bool(helpers & (wording.lists["future"] | wording.lists["possible"])) and "have" in helpers
    return unreal or (wording.negated and "had" in helpers)


def _wants_to_do(verb: Token) -> bool:
    """Wanting to do something oneself demands nothing."""
    below = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp")]
    own = bool(below) and not any(c.dep_ in ("nsubj", "nsubjpass") for c in below[0].children)
    return verb.lemma_ == "want" and own


def own_threat(wording: Wording) -> Act | None:
    """What the speaker's own side will do to the other's cost."""
    if not _of_own_future(wording) or wording.negated or wording.verb is None or _is_told_of(wording):
        return None
    return Act.THREATEN if harms(wording.verb, wording) else None


def concession(wording: Wording) -> Act | None:
    """What the speaker's own side could or would give, or give on a condition."""
    lists = wording.lists
    ways = lists["possible"] | lists["future"]
    if not wording.is_clause or not wording.own or wording.negated or wording.by_paper or wording.verb is None:
        return None
    if not wording.auxiliaries & ways or act_of_verb(wording.verb, wording) is Act.ACCEPT:
        return None
    bargain = any(f" {w} " in wording.content_text for w in lists["exchanges"])
    gives = is_one_of(wording.verb, lists["concessions"])
    third = not (wording.first_person or wording.third_person)
    return Act.OFFER if gives and (bargain or (third and "could" in wording.auxiliaries)) else None


def own_future(wording: Wording) -> Act | None:
    """What the speaker's own side will or would do: a promise, on a condition an offer, with "not" a refusal."""
    if not _of_own_future(wording) or wording.verb is None or _is_told_of(wording):
        return None
    if wording.negated:
        return None if _is_unreal(wording) else Act.REJECT
    bare = wording.own_side and is_one_of(wording.verb, wording.lists["scheduling"])
    state = bare or wording.verb.lemma_ in wording.lists["stative"]
    muses = wording.first_person and wording.auxiliaries & _WOULD and wording.verb.lemma_ in wording.lists["judging"]
    if state or muses or not (wording.first_person or wording.third_person or wording.own_side):
        return None
    words = wording.content_text
    return Act.OFFER if any(f" {w} " in words for w in wording.lists["exchanges"]) else Act.PROMISE


def _is_unreal(wording: Wording) -> bool:
    """What one would not do if, what would not have been: no refusal."""
    helpers = wording.auxiliaries
    musing = wording.first_person and bool(helpers & _WOULD)
    return musing or "have" in helpers or (wording.root is not None and wording.root.lemma_ == "be")


def _of_own_future(wording: Wording) -> bool:
    if not wording.is_clause or not wording.own or wording.verb is None:
        return False
    return bool(wording.auxiliaries & wording.lists["future"]) or wording.root is not wording.verb


def inner_belief(wording: Wording) -> Act | None:
    """ "said she hoped", "said they thought": what is reported is a hope or a belief."""
    root, lists = wording.root, wording.lists
    if root is None or not wording.own or not wording.subject_inside or "had" in wording.auxiliaries:
        return None
    if root.lemma_ == "expect":
        return Act.BELIEVE if root.tag_ in ("VBZ", "VBP") and not wording.negated else None
    thinks = root.lemma_ in lists["believing"] and wording.third_person and not wording.quoted
    hopes = any(t.lower_ == "hopefully" for t in root.children)
    hopes = hopes or not lists["hoping"].isdisjoint(lemmas_of(root))
    return Act.BELIEVE if thinks or hopes else None

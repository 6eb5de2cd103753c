"""Acts: what is done by saying it.

Method: the reporting word's own act (`cues.tsv`), changed by what the content says of the speaker's own side: its
mood, modals, negation and the verb of its main clause. Each rule is a function that answers an act or None; the first
answer counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Token

from reportedly.reading.cues import CueForm, lemmas_of, load_cues
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

_DONE_IN_WORDS = frozenset({Act.ACCEPT, Act.REJECT, Act.DEMAND, Act.PROMISE, Act.OFFER, Act.PROPOSE})
_EXCHANGE = frozenset({"return", "exchange", "turn"})
_PREDICATE = frozenset({"acomp", "ROOT", "ccomp", "xcomp", "conj", "oprd"})
_QUOTES = " \"'“”‘’"


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
    if wording.cue_negated and base in _TURNED:
        return _TURNED[base]
    if told or not wording.content:
        return base
    return next((act for rule in _rules_for(wording, base) if (act := rule(wording)) is not None), base)


def _rules_for(wording: Wording, base: Act) -> tuple[Rule, ...]:
    """The rules by which the content may change the cue's act."""
    cue = wording.cue
    if base is not Act.ASSERT:
        return CUE_RULES.get(base, ())
    if cue is not None and (cue.hearsay or not cue.frames & {"that", "quote"}):
        return (silence, untruth, named, thing)
    return CONTENT_RULES


def _told_by_another(wording: Wording, cues: Spans) -> bool:
    """Whether the content's main verb is the cue of a statement of its own. What somebody would do is not told of him."""
    root = wording.root
    if root is None or wording.verb is None or wording.auxiliaries & wording.lists["future"]:
        return False
    own = set(wording.statement.cue)
    start = root.doc.user_data["start"]
    places = {start + root.idx, start + wording.verb.idx}
    return any(c.start <= at < c.end for c in cues if c not in own for at in places)


def question(wording: Wording) -> Act | None:
    """A question put in the speaker's own words."""
    text = wording.parse.text
    first = wording.statement.content[0]
    whole = len(wording.statement.content) == 1 or "?" in text[first.end - 1 : first.end + 1]
    return Act.ASK if wording.quoted and wording.question and whole else None


def untruth(wording: Wording) -> Act | None:
    """A claim is called untrue: "that was wide of the mark"."""
    words = wording.lists["untrue"]
    called = ("attr", "acomp", "oprd", "ROOT", "dobj", "ccomp", "pobj", "appos", "dep")
    tokens = wording.clause if wording.is_clause else wording.content
    if any(t.lemma_.lower() in words and t.dep_ in called for t in tokens):
        return Act.DENY
    text = f" {wording.clause_text if wording.is_clause else wording.content_text} "
    return Act.DENY if any(" " in w and f" {w} " in text for w in words) else None


def duty(wording: Wording) -> Act | None:
    """Somebody must, should, has to or needs to do something; what one must do oneself demands nothing."""
    past = any(t.dep_ == "aux" and t.lemma_ == "have" for t in wording.clause)
    if wording.root is None or past:
        return None
    if wording.cue is not None and wording.cue.form is CueForm.PHRASE:
        return None
    urged = any(f" {phrase} " in f" {wording.content_text} " for phrase in wording.lists["demands"])
    return Act.DEMAND if urged or any(_is_bound(verb, wording) for verb in _thought(wording)) else None


def _thought(wording: Wording) -> list[Token]:
    """The main verb, and under "I think" the verb of what is thought."""
    root = wording.root
    if root is None or root.lemma_ not in wording.lists["believing"]:
        return [root] if root is not None else []
    return [root, *(c for c in root.children if c.dep_ == "ccomp" and c in wording.content)]


def _is_bound(verb: Token, wording: Wording) -> bool:
    """Whether the verb is under a duty. What a paper says must be done, it lays down or reports."""
    lists, helpers = wording.lists, {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if any(c.lower_ == "i" for c in verb.children):
        return False
    if helpers & lists["duty"]:
        return "must" not in helpers or not wording.by_paper
    needs = verb.lemma_ in lists["duty_verbs"] and any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in verb.children)
    return (
        needs and verb.tag_ in ("VBP", "VBZ") and wording.subject_inside and not (wording.negated or wording.by_paper)
    )


def imperative(wording: Wording) -> Act | None:
    """A quoted sentence that begins with its bare verb, unless it only calls for attention ("look")."""
    root = wording.root
    if root is None or not wording.quoted or root.tag_ != "VB" or wording.subject_inside:
        return None
    if root.lemma_ in wording.lists["looking"]:
        return None
    return Act.DEMAND if not wording.auxiliaries - {"do"} and root == _first_word(wording) else None


def readiness(wording: Wording) -> Act | None:
    """ "ready to sign" accepts, "ready to meet" offers, "not ready to" and "opposed to" reject."""
    lists = wording.lists
    states = lists["readiness"] | lists["refusal"]
    state = next((t for t in wording.clause if t.lemma_.lower() in states and t.dep_ in _PREDICATE), None)
    if (
        state is None
        or not wording.own
        or wording.auxiliaries
        or state.dep_ not in ("acomp", "ROOT", "ccomp", "xcomp", "conj", "oprd")
    ):
        return None
    if wording.negated or state.lemma_.lower() in lists["refusal"]:
        return Act.REJECT
    below = [t for t in wording.clause if t.dep_ == "xcomp" and t.head == state]
    return Act.ACCEPT if below and _act_of_verb(below[0], wording) is Act.ACCEPT else Act.OFFER


def refusal(wording: Wording) -> Act | None:
    """Words of refusal without a verb of it: "had no intention of", "not open to negotiation"."""
    text = f" {wording.clause_text} "
    return Act.REJECT if any(f" {words} " in text for words in wording.lists["refusals"]) else None


def own_act(wording: Wording) -> Act | None:
    """The main verb performs an act of the speaker's own side: "it accepted points one and two"."""
    verb = wording.verb
    if verb is None or not wording.is_clause or not wording.own or _wants_to_do(verb):
        return None
    act = _act_of_verb(verb, wording)
    if act not in _DONE_IN_WORDS or (act is Act.PROMISE and verb.lemma_ not in ("promise", "pledge", "vow", "commit")):
        return None
    if wording.negated:
        return None if act is Act.REJECT else _TURNED.get(act, act)
    return act


def _wants_to_do(verb: Token) -> bool:
    """Wanting to do something oneself demands nothing."""
    below = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp")]
    own = bool(below) and not any(c.dep_ in ("nsubj", "nsubjpass") for c in below[0].children)
    return verb.lemma_ == "want" and own


def own_threat(wording: Wording) -> Act | None:
    """What the speaker's own side will do to the other's cost."""
    if not _of_own_future(wording) or wording.negated or wording.verb is None:
        return None
    return Act.THREATEN if _harms(wording.verb, wording) else None


def own_future(wording: Wording) -> Act | None:
    """What the speaker's own side will or would do: a promise, on a condition an offer, with "not" a refusal."""
    if not _of_own_future(wording) or wording.verb is None:
        return None
    if wording.negated:
        return Act.REJECT
    bare = wording.own_side and _is_in(wording.verb, wording.lists["scheduling"])
    state = bare or wording.verb.lemma_ in ("be", "have", "seem", "need")
    if state or not (wording.first_person or _is_pronoun(wording) or wording.own_side):
        return None
    words = wording.content_text
    return Act.OFFER if any(f" {w} " in words for w in wording.lists["exchanges"]) else Act.PROMISE


def _of_own_future(wording: Wording) -> bool:
    if not wording.is_clause or not wording.own or wording.verb is None:
        return False
    return bool(wording.auxiliaries & wording.lists["future"]) or wording.root is not wording.verb


def inner_belief(wording: Wording) -> Act | None:
    """ "said she hoped", "said they thought": what is reported is a hope or a belief."""
    root, lists = wording.root, wording.lists
    if root is None or not wording.own or not wording.subject_inside:
        return None
    if root.lemma_ == "expect":
        return Act.BELIEVE if root.tag_ in ("VBZ", "VBP") and not wording.negated else None
    thinks = root.lemma_ in lists["believing"] and _is_pronoun(wording) and not wording.quoted
    hopes = any(t.lower_ == "hopefully" for t in root.children)
    hopes = hopes or not lists["hoping"].isdisjoint(lemmas_of(root))
    return Act.BELIEVE if thinks or hopes else None


def thing(wording: Wording) -> Act | None:
    """What is put, submitted, voiced or repeated names the act: "tabled a demand", "reaffirmed its opposition"."""
    root = wording.root
    if root is None or wording.is_clause or wording.main is None:
        return None
    if wording.main[1].lemma_ not in wording.lists["handing"]:
        return None
    noun = load_cues(wording.language).noun(root.lemma_.lower())
    return noun.act if noun is not None and noun.act is not Act.ASSERT else None


def silence(wording: Wording) -> Act | None:
    """Not to say is to refuse: "would not comment on"."""
    silent = wording.cue_negated and wording.main is not None and wording.main[1].lemma_ in wording.lists["silence"]
    return Act.REJECT if silent else None


def claim_rejected(wording: Wording) -> Act | None:
    """To dismiss a claim is to deny it."""
    root = wording.root
    named = any(t.lemma_.lower() in wording.lists["untrue"] for t in wording.cue_tokens)
    found = root is not None and not wording.is_clause and root.lemma_.lower() in wording.lists["claims"]
    return Act.DENY if found or named else None


def request(wording: Wording) -> Act | None:
    """To ask or tell somebody to do something is to demand it."""
    root = wording.root
    if root is None or wording.main is None or wording.main[0].text not in ("ask", "request", "tell", "petition"):
        return None
    return Act.DEMAND if root.tag_ == "VB" and "to" in wording.auxiliaries else None


def vowed_harm(wording: Wording) -> Act | None:
    """A vow to do harm is a threat, a vow not to act a refusal."""
    if wording.verb is None:
        return None
    if wording.negated and wording.main is not None and wording.main[1].lemma_ in wording.lists["firm"]:
        return Act.REJECT
    harmful = _harms(wording.verb, wording) and not wording.negated and not wording.void
    return Act.THREATEN if harmful else None


def sworn_fact(wording: Wording) -> Act | None:
    """To swear that something is so asserts it."""
    finite = wording.subject_inside and wording.root is not None and wording.root.tag_ in ("VBZ", "VBP", "VBD")
    future = wording.auxiliaries & (wording.lists["future"] | wording.lists["possible"])
    return Act.ASSERT if finite and not future else None


def known_to_outlet(wording: Wording) -> Act | None:
    """What a paper "understands" it reports."""
    if wording.main is None or wording.main[1].lemma_ not in ("understand", "learn", "hear"):
        return None
    has = any(t.lower_ == "has" for t in wording.cue_tokens)
    present = (wording.main[1].lower_ == "understands" or has) and not all(t.pos_ == "PRON" for t in wording.source)
    return Act.ASSERT if wording.by_paper or present else None


def concession(wording: Wording) -> Act | None:
    """What the speaker's own side could or would give, or give on a condition."""
    lists = wording.lists
    ways = lists["possible"] | lists["future"]
    if not wording.is_clause or not wording.own or wording.negated or wording.by_paper or wording.verb is None:
        return None
    if not wording.auxiliaries & ways or _act_of_verb(wording.verb, wording) is Act.ACCEPT:
        return None
    bargain = any(f" {w} " in wording.content_text for w in lists["exchanges"])
    gives = _is_in(wording.verb, lists["concessions"])
    third = not (wording.first_person or _is_pronoun(wording))
    return Act.OFFER if gives and (bargain or (third and "could" in wording.auxiliaries)) else None


def subjunctive(wording: Wording) -> Act | None:
    """ "insisted that the line be struck out" demands it."""
    root = wording.root
    if root is None or wording.main is None or wording.main[1].lemma_ not in wording.lists["demanding"]:
        return None
    bare = root.tag_ == "VB" or any(c.dep_ == "auxpass" and c.lower_ == "be" for c in root.children)
    modal = any(c.tag_ in ("MD", "TO") or c.lemma_ == "do" for c in root.children)
    return Act.DEMAND if bare and not modal and wording.subject_inside else None


def bare_answer(wording: Wording) -> Act | None:
    """ "Yes" and "no" without a verb."""
    text = f"{wording.content_text.strip(_QUOTES)} "
    if wording.is_clause or not text.strip():
        return None
    if any(
        text.startswith((f"{word} ,", f"{word} to ", f"{word} .")) or text == f"{word} " for word in wording.lists["no"]
    ):
        return Act.REJECT
    words = [t.lower_ for t in wording.content if t.is_alpha]
    return Act.ACCEPT if words and (words[0] in wording.lists["yes"] or words[-1] in wording.lists["yes"]) else None


def named(wording: Wording) -> Act | None:
    """A party to the talks calls a plan names and so turns it down, or praises it and so takes it."""
    lists = wording.lists
    naming = wording.main is not None and wording.main[1].lemma_ in lists["naming"]
    if not naming or not wording.quoted_inside or any(t.lower_ in lists["onlookers"] for t in wording.source):
        return None
    lemmas = {t.lemma_.lower() for t in wording.content}
    if not lemmas & (lists["plans"] | {"it", "that"}):
        return None
    return Act.ACCEPT if lemmas & lists["praise"] else Act.REJECT


CONTENT_RULES: tuple[Rule, ...] = (
    silence,
    question,
    untruth,
    named,
    duty,
    imperative,
    bare_answer,
    subjunctive,
    readiness,
    refusal,
    own_threat,
    concession,
    own_act,
    own_future,
    inner_belief,
    request,
    thing,
)
"""Applied where the cue only reports."""

CUE_RULES: dict[Act, tuple[Rule, ...]] = {
    Act.ASK: (request,),
    Act.REJECT: (claim_rejected, untruth),
    Act.PROMISE: (sworn_fact, vowed_harm),
    Act.PROPOSE: (thing,),
    Act.BELIEVE: (known_to_outlet,),
}
"""Applied where the cue has an act of its own."""


def _act_of_verb(verb: Token, wording: Wording) -> Act | None:
    cues = load_cues(wording.language)
    particles = [c.lower_ for c in verb.children if c.dep_ == "prt" or (c.dep_ == "prep" and not _is_when(c))]
    for particle in (*particles, ""):
        cue = cues.verb(verb.lemma_, particle)
        if cue is not None and cue.weight > 0.3:
            return cue.act if cue.performative else None
    return None


def _is_when(preposition: Token) -> bool:
    """Whether it tells when, where or for what: no particle of the verb."""
    return any(c.ent_type_ in ("DATE", "TIME", "GPE", "LOC") or c.lower_ in _EXCHANGE for c in preposition.children)


def _harms(verb: Token, wording: Wording) -> bool:
    return _is_in(verb, wording.lists["harms"])


def _is_in(verb: Token, words: frozenset[str]) -> bool:
    """Whether a verb, with one of its particles or without, is in a list."""
    particles = [c.lower_ for c in verb.children if c.dep_ in ("prt", "prep", "advmod")]
    return any(f"{verb.lemma_} {p}".strip() in words for p in (*particles, ""))


def _is_pronoun(wording: Wording) -> bool:
    return wording.subject is not None and wording.subject.lower_ in wording.lists["third_person"]


def _first_word(wording: Wording) -> Token | None:
    return next((t for t in wording.content if t.is_alpha), None)

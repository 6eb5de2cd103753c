"""How a statement is put: as a question, an order, a denial, a bare yes or no, a name for a plan.

Each rule answers an act, or None where it has nothing to say.
"""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.reading.cues import CueForm, load_cues
from reportedly.reading.wording import Wording, act_of_verb, harms
from reportedly.records import Act, Span

_QUOTES = " \"'“”‘’"

_US = frozenset({"'s", "’s", "us"})
_HAS = frozenset({"have", "has", "'ve", "’ve", "'s", "’s"})
_BUT_BAD = frozenset({"backward", "backwards", "back", "wrong", "not", "hardly", "no", "anything", "far"})


def question(wording: Wording) -> Act | None:
    """A question put in the speaker's own words."""
    text = wording.parse.text
    first = wording.statement.content[0]
    whole = len(wording.statement.content) == 1 or "?" in text[first.end - 1 : first.end + 1] or _runs_on(first, text)
    return Act.ASK if wording.quoted and wording.question and whole else None


def _runs_on(part: Span, text: str) -> bool:
    """Whether a part of a quotation ends with a comma: what the reporting clause interrupts is one sentence."""
    return "," in text[part.end - 1 : part.end + 1]


def untruth(wording: Wording) -> Act | None:
    """A claim is called untrue: "that was wide of the mark". Who never says so does not."""
    if wording.unsaid:
        return None
    words = wording.lists["untrue"]
    called = ("attr", "acomp", "oprd", "ROOT", "dobj", "ccomp", "pobj", "appos", "dep", "prep")
    tokens = wording.clause if wording.is_clause else wording.content
    tokens = tuple(t for t in tokens if t.lemma_ != "lie" or t.pos_ != "VERB")  # "ministers had lied" denies nothing
    if any(t.lemma_.lower() in words and (t.dep_ in called or t.head.lower_ == "as") for t in tokens):
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
    return Act.DEMAND if urged or any(_is_bound(verb, wording) for verb in wording.thought) else None


def _is_bound(verb: Token, wording: Wording) -> bool:
    """Whether the verb is under a duty. What a paper says must be done, it lays down or reports."""
    lists, helpers = wording.lists, {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if any(c.lower_ == "i" for c in verb.children):
        return False
    if helpers & lists["duty"]:
        return "must" not in helpers or not wording.by_paper
    return _needs(verb, helpers, wording) and not (wording.negated or wording.by_paper)


def _needs(verb: Token, helpers: set[str], wording: Wording) -> bool:
    """ "Has to", "has got to", "is going to have to", "it is vital that"."""
    below = [c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VB"]
    if verb.lemma_ == "go" and verb.tag_ == "VBG" and not wording.first_person:
        return any(b.lemma_ == "have" and any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in b.children) for b in below)
    if verb.lemma_ == "get" and helpers & _HAS:
        return any(b.lemma_ != "be" for b in below)
    if verb.tag_ not in ("VBP", "VBZ"):
        return False
    there = any(c.dep_ == "expl" for c in verb.children)
    needs = verb.lemma_ in wording.lists["duty_verbs"] and bool(below) and (wording.subject_inside or there)
    return needs or _is_pressing(verb, wording)


def _is_pressing(verb: Token, wording: Wording) -> bool:
    """ "It is vital that they meet", "for them to meet"."""
    pressing = [c for c in verb.children if c.dep_ == "acomp" and c.i > verb.i and verb.lemma_ == "be"]
    if not any(c.lemma_.lower() in wording.lists["pressing"] for c in pressing):
        return False
    below = [c for t in (verb, *pressing) for c in t.children if c.dep_ in ("ccomp", "xcomp", "advcl") and c.i > t.i]
    return any(_has_own_subject(c) for c in below)


def _has_own_subject(verb: Token) -> bool:
    that = any(c.dep_ == "mark" and c.lower_ in ("that", "for") for c in verb.children)
    return that and any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def imperative(wording: Wording) -> Act | None:
    """A quoted sentence that begins with its bare verb, unless it only calls for attention ("look")."""
    root = wording.root
    if root is None or not wording.quoted or root.tag_ != "VB" or wording.subject_inside:
        return None
    if root.lemma_ in wording.lists["looking"]:
        return None
    return Act.DEMAND if not wording.auxiliaries - {"do"} and root == _first_word(wording) else None


def hortative(wording: Wording) -> Act | None:
    """ "Let's meet" proposes it; "let them come" demands it; "let's be honest" does neither."""
    words = [t for t in wording.content if t.is_alpha or t.lower_ in _US][:3]
    if len(words) < 3 or words[0].lower_ != "let" or not wording.quoted:
        return None
    if words[1].lower_ in _US:
        return None if words[2].lower_ in wording.lists["musing"] else Act.PROPOSE
    below = any(c.dep_ in ("ccomp", "xcomp") and c.tag_ == "VB" for c in words[0].children)
    return Act.DEMAND if below and words[1].lower_ not in ("me", "it", "go") else None


def wish(wording: Wording) -> Act | None:
    """ "Wants to see the bill move", "would like it done": another is to do it, which demands it."""
    root = wording.root
    if root is None or root.lemma_ not in wording.lists["wishing"] or wording.negated or not wording.own:
        return None
    if root.lemma_ in ("like", "love") and not wording.auxiliaries & {"would", "'d", "’d"}:
        return None
    below = [c for c in root.children if c.dep_ in ("xcomp", "ccomp")]
    seen = [c for b in below if b.lemma_ in ("see", "have") for c in b.children if c.dep_ == "ccomp"]
    others = seen if root.lemma_ == "want" else [*below, *seen]
    done = any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ != "i" for b in others for c in b.children)
    return Act.DEMAND if done else None


def advice(wording: Wording) -> Act | None:
    """ "Suggested that they should meet" proposes it."""
    root = wording.root
    if root is None or wording.main is None or wording.main[1].lemma_ not in wording.lists["advising"]:
        return None
    told = wording.subject is not None and (wording.subject.tag_ in ("NN", "NNP", "PRP") or root.lemma_ == "be")
    bare = root.tag_ == "VB" and wording.subject_inside and told and not _is_modal(root)
    return Act.PROPOSE if "should" in wording.auxiliaries or bare else None


def _first_word(wording: Wording) -> Token | None:
    return next((t for t in wording.content if t.is_alpha), None)


def subjunctive(wording: Wording) -> Act | None:
    """ "insisted that the line be struck out" demands it."""
    root = wording.root
    if root is None or wording.main is None or wording.main[1].lemma_ not in wording.lists["demanding"]:
        return None
    bare = root.tag_ == "VB" or any(c.dep_ == "auxpass" and c.lower_ == "be" for c in root.children)
    return Act.DEMAND if bare and not _is_modal(root) and wording.subject_inside else None


def _is_modal(verb: Token) -> bool:
    return any(c.tag_ in ("MD", "TO") or c.lemma_ == "do" for c in verb.children)


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


def silence(wording: Wording) -> Act | None:
    """Not to be willing to say is to refuse: "would not comment on"; what was never said is not refused."""
    if not wording.cue_negated or wording.main is None or wording.main[1].lemma_ not in wording.lists["silence"]:
        return None
    helpers = {t.lower_ for t in wording.cue_tokens}
    return Act.REJECT if helpers & wording.lists["willing"] else None


def left_open(wording: Wording) -> Act | None:
    """Not to rule something out is to say that it may be."""
    if not wording.cue_negated or wording.main is None:
        return None
    return Act.ASSERT if any(words in wording.main[0].text for words in wording.lists["excluding"]) else None


def thing(wording: Wording) -> Act | None:
    """What is put, submitted, voiced or repeated names the act: "tabled a demand", "reaffirmed its opposition"."""
    root = wording.root
    if root is None or wording.is_clause or wording.main is None:
        return None
    if wording.main[1].lemma_ not in wording.lists["handing"]:
        return None
    noun = load_cues(wording.language).noun(root.lemma_.lower())
    return noun.act if noun is not None and noun.act is not Act.ASSERT else None


def request(wording: Wording) -> Act | None:
    """To ask or tell somebody to do something is to demand it."""
    root = wording.root
    if root is None or wording.main is None or wording.main[0].text not in wording.lists["requesting"]:
        return None
    return Act.DEMAND if root.tag_ == "VB" and "to" in wording.auxiliaries else None


def named(wording: Wording) -> Act | None:
    """A party to the talks calls a plan names and so turns it down, or praises it and so takes it."""
    lists = wording.lists
    if wording.main is None or wording.main[1].lemma_ not in lists["naming"] or not wording.quoted_inside:
        return None
    if any(t.lower_ in lists["onlookers"] for t in wording.source):
        return None
    lemmas = {t.lemma_.lower() for t in wording.content}
    if not lemmas & lists["plans"] and (wording.main[1].lemma_ == "call" or "it" not in lemmas):
        return None
    praised = lemmas & lists["praise"] and not lemmas & _BUT_BAD  # "a step backwards"
    return Act.ACCEPT if praised else Act.REJECT


def claim_rejected(wording: Wording) -> Act | None:
    """To dismiss a claim, or to dismiss as untrue what is no plan, is to deny it."""
    root, lists = wording.root, wording.lists
    lemmas = {t.lemma_.lower() for t in wording.content}
    if lists["untrue"] & {t.lemma_.lower() for t in wording.cue_tokens}:
        return Act.DENY
    if not lemmas & lists["plans"] and untruth(wording) is Act.DENY:
        return Act.DENY
    claimed = root is not None and not wording.is_clause and root.lemma_.lower() in lists["claims"]
    return Act.DENY if claimed else None


def words_offered(wording: Wording) -> Act | None:
    """To offer an opinion, an explanation or details is to say something."""
    root = wording.root
    said = root is not None and not wording.is_clause and root.lemma_.lower() in wording.lists["sayings"]
    return Act.ASSERT if said else None


def resolved(wording: Wording) -> Act | None:
    """To decide or vote to accept or to reject is to do so."""
    if wording.main is None or wording.main[1].lemma_ not in wording.lists["deciding"] or wording.root is None:
        return None
    act = act_of_verb(wording.root, wording)
    return act if act in (Act.ACCEPT, Act.REJECT) and wording.root.tag_ == "VB" and not wording.negated else None


def agreed_fact(wording: Wording) -> Act | None:
    """To agree that something is so asserts it: "everyone agrees it was not their fault"."""
    if wording.main is None or wording.main[1].lemma_ not in ("agree", "concur") or wording.root is None:
        return None
    finite = wording.subject_inside and wording.root.tag_ in ("VBZ", "VBP", "VBD")
    future = wording.auxiliaries & (wording.lists["future"] | wording.lists["possible"] | wording.lists["duty"])
    return Act.ASSERT if finite and not future else None


def vowed_harm(wording: Wording) -> Act | None:
    """A vow to do harm is a threat, a vow not to act a refusal."""
    if wording.verb is None:
        return None
    if wording.negated and wording.main is not None and wording.main[1].lemma_ in wording.lists["firm"]:
        return Act.REJECT
    harmful = harms(wording.verb, wording) and not wording.negated and not wording.void
    return Act.THREATEN if harmful else None


def sworn_fact(wording: Wording) -> Act | None:
    """To swear that something is so asserts it."""
    root = wording.root
    done = root is not None and root.tag_ == "VBN" and bool({"had", "has", "have", "was", "were"} & wording.auxiliaries)
    finite = wording.subject_inside and root is not None and (root.tag_ in ("VBZ", "VBP", "VBD") or done)
    future = wording.auxiliaries & (wording.lists["future"] | wording.lists["possible"])
    return Act.ASSERT if finite and not future else None


def known_to_outlet(wording: Wording) -> Act | None:
    """What a paper "understands" it reports."""
    if wording.main is None or wording.main[1].lemma_ not in wording.lists["gathering"]:
        return None
    has = any(t.lower_ == "has" for t in wording.cue_tokens)
    present = (wording.main[1].lower_ == "understands" or has) and not all(t.pos_ == "PRON" for t in wording.source)
    return Act.ASSERT if wording.by_paper or present else None

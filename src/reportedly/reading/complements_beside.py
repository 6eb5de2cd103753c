"""Where a content ends because somebody else is said to speak beside it: "said it was over, but he denied it"."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.reading.clauses import children, subtree
from reportedly.reading.cues import load_cues
from reportedly.reading.language import load_words

_JOINING = frozenset({"and", "but", "yet", "though", "although", "while", "whereas"})
_QUOTES = frozenset({'"', "“", "”"})
_PAST, _PRESENT = frozenset({"VBD"}), frozenset({"VBZ", "VBP"})
_REPORTED = load_words("reports", "modals") | {"be", "have"}
_SAYING = 0.9
"""The weight from which a word is one of saying."""


def next_speaker(verb: Token, start: int, end: int) -> int | None:
    """Index of the conjunction or semicolon before a report that stands beside this one; None where none does.

    What is reported is put back in time ("said it was over"), so a word of saying in the tense of the reporting verb
    stands beside it. A deed in that tense ("Oslo rejected it") may be part of what is said, unless that was put back.
    """
    for token in verb.doc[start + 1 : end + 1]:
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("relcl", "acl", "advcl"):
            continue
        joint = _joint_before(token, start)
        if joint is not None and _quoted(verb, start, joint) is False and _is_beside(token, verb, start):
            return joint
    return None


def _joint_before(verb: Token, start: int) -> int | None:
    """Where a clause with a subject of its own is joined to what stands before it: ", but X said", "; X said"."""
    own = [c for c in children(verb, "nsubj") if c.i < verb.i]
    if not own:
        return None
    first = subtree(own[-1])[0].i
    before = verb.doc[first - 1]
    if first - 1 <= start:
        return None
    if before.text == ";":
        return first - 1
    return first - 1 if before.lower_ in _JOINING and verb.doc[first - 2].text in {",", ";", *_QUOTES} else None


def _quoted(verb: Token, start: int, joint: int) -> bool:
    """Whether a quotation is open at the joint."""
    return sum(t.text in _QUOTES for t in verb.doc[start:joint]) % 2 == 1


def _is_beside(token: Token, verb: Token, start: int) -> bool:
    if _shape(token) != _shape(verb) or _shape(token)[0] is None:
        return False
    cue = load_cues("en").verb(token.lemma_.lower())
    particles = [c.lower_ for c in children(token, "prt")]
    ruled_out = token.lemma_ == "rule" and particles == ["out"]
    if ruled_out and bool(children(token, "neg")):
        return True
    if cue is None or cue.weight < _SAYING or particles:
        return False
    said = not cue.performative and cue.act.value in ("assert", "deny", "warn")
    return said or _shape(token)[1] or _is_put_back(verb, start)


def _shape(verb: Token) -> tuple[str | None, bool]:
    """The tense of a finite verb, past or present, and whether it is perfect."""
    helpers = [c for c in children(verb, "aux", "auxpass") if c.i < verb.i]
    first = helpers[0] if helpers else verb
    tense = "past" if first.tag_ in _PAST else "present" if first.tag_ in _PRESENT else None
    return tense, any(c.lemma_ == "have" for c in helpers)


def _is_put_back(verb: Token, start: int) -> bool:
    """Whether the verb of the content is one that shows it was put back in time: "was", "had", "would"."""
    clauses = [c for c in children(verb, "ccomp") if c.i >= start]
    if not clauses or _shape(verb)[0] != "past":
        return False
    return clauses[0].lemma_ == "be" or any(
        c.lower_ in _REPORTED or c.lemma_ in _REPORTED for c in children(clauses[0], "aux")
    )

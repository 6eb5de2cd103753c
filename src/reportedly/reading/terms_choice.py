"""Which of the stretches that may be terms are taken for terms."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from numpy import exp
from spacy.tokens import Token

from reportedly.reading.branches import subtree
from reportedly.reading.parse import place
from reportedly.reading.terms_candidates import Candidate, find_candidates, subject_of, trimmed
from reportedly.reading.terms_features import Setting, kind_of
from reportedly.reading.terms_judging import judges, seeks_approval
from reportedly.reading.terms_meetings import tells_of_meeting
from reportedly.reading.terms_scoring import log_odds
from reportedly.reading.terms_words import pattern, words
from reportedly.records import Span, Spans

THRESHOLD = -0.5
"""Logit from which a stretch is taken; set by cross-validation over stories."""
LISTED = 4.0
"""What a line of a list that gives a plan's points adds to the logit of its clauses."""

_SHARED = 0.25


def choose(setting: Setting, *, language: str = "en") -> tuple[tuple[Candidate, float], ...]:
    """The stretches taken for terms, in text order, each with its probability.

    Method: logistic regression on the named features, weights in `terms.tsv`; then the surest first, leaving out
    what shares more than a quarter of its characters with one already taken.
    """
    sentences = (s for s in setting.draft.parse.sentences if s.index not in setting.announcing)
    candidates = [_before_break(_unmarked(c, setting)) for s in sentences for c in find_candidates(s)]
    scored = [(_score(c, setting, language), n) for n, c in enumerate(candidates)]
    taken: set[int] = set()
    kept: list[tuple[Candidate, float]] = []
    for score, n in sorted(scored, key=lambda pair: (-pair[0], pair[1])):
        if score < THRESHOLD:
            break
        held = characters(candidates[n].spans)
        if _only_names(candidates[n]) or _is_meeting(candidates[n], setting):
            continue
        if len(held & taken) <= _SHARED * len(held):
            taken |= held
            kept.append((candidates[n], float(1 / (1 + exp(-score)))))
    mended = [(c, p) for candidate, p in kept for c in mend(candidate, candidates, setting)]
    return tuple(sorted(_apart(mended), key=lambda pair: pair[0].spans))


def _is_meeting(candidate: Candidate, setting: Setting) -> bool:
    """Whether a stretch, of no printed list of points, tells of a meeting."""
    listed = candidate.sentence.index in setting.listed
    return not listed and tells_of_meeting(candidate, setting.draft.document.published)


def _unmarked(candidate: Candidate, setting: Setting) -> Candidate:
    """The stretch without the number or bullet of its line."""
    marker = setting.listed.get(candidate.sentence.index)
    if marker is None:
        return candidate
    kept = tuple(t for t in candidate.tokens if place(t).start >= marker.end)
    return replace(candidate, tokens=kept) if kept and len(kept) < len(candidate.tokens) else candidate


def _before_break(candidate: Candidate) -> Candidate:
    """The stretch as far as a semicolon behind which another clause begins."""
    tokens = candidate.tokens
    for n, token in enumerate(tokens):
        behind = tokens[n + 1 :]
        if token.text == ";" and candidate.head.i < token.i and any(t.pos_ in ("VERB", "AUX") for t in behind):
            return replace(candidate, tokens=tokens[:n]) if n else candidate
    return candidate


def _score(candidate: Candidate, setting: Setting, language: str) -> float:
    """The logit of a stretch, if it may be one; in a plan printed as a list the clauses of every line are terms."""
    score = log_odds(candidate, setting, language, least=THRESHOLD)
    marker = setting.listed.get(candidate.sentence.index)
    return max(score, 0.0) + LISTED if marker is not None and _is_main(candidate, marker) else score


def _is_main(candidate: Candidate, marker: Span) -> bool:
    """Whether a stretch is a main clause of its line with all that is said of it, or the line where that has none."""
    head, root = candidate.head, candidate.sentence.tokens.root
    if subject_of(root) is None:
        held = set(candidate.tokens)
        rest = (t for t in candidate.sentence.tokens if t not in held and place(t).start >= marker.end)
        return all(t.is_punct or t.is_space for t in rest)
    below = head.dep_ in ("conj", "ccomp") and head.head == root
    return candidate.kind == "clause" and (head == root or below)


def _only_names(candidate: Candidate) -> bool:
    """Whether the words only say what a point is about, or that there is a plan: "Chile has proposed a new plan"."""
    text = " ".join(t.text for t in candidate.tokens)
    named = (
        pattern("en", "terms", "naming").search(text) is not None or judges(candidate.head) or seeks_approval(candidate)
    )
    return named or _tells_of_plan(candidate.head) or _estimates(candidate.head)


def _estimates(verb: Token) -> bool:
    """Whether a clause on a noun says how many somebody takes it to be: "which diplomats put at 33,000"."""
    number = any(t.like_num for c in verb.children if c.lower_ == "at" for t in subtree(c))
    return verb.dep_ == "relcl" and verb.lemma_ in ("put", "estimate", "value", "reckon") and number


def _tells_of_plan(verb: Token) -> bool:
    """Whether a verb says that somebody has made, shown or weighed a plan."""
    if verb.lemma_.casefold() not in words("en", "terms", "tabling") or verb.tag_ not in ("VBD", "VBN", "VBZ", "VBP"):
        return False
    if any(c.tag_ == "MD" for c in verb.children):
        return False
    return any(c.dep_ in ("dobj", "nsubjpass") and kind_of(c) == "plan" for c in verb.children)


def _apart(kept: list[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """Without stretches that lie in one that was widened."""
    out: list[tuple[Candidate, float]] = []
    holders: dict[int, list[int]] = {}
    for candidate, probability in sorted(kept, key=lambda pair: -len(pair[0].tokens)):
        held = characters(candidate.spans)
        shared = Counter(n for i in held for n in holders.get(i, ()))
        if max(shared.values(), default=0) <= _SHARED * len(held):
            for i in held:
                holders.setdefault(i, []).append(len(out))
            out.append((candidate, probability))
    return out


def mend(candidate: Candidate, candidates: list[Candidate], setting: Setting) -> tuple[Candidate, ...]:
    """A stretch that the text itself cuts otherwise: widened to the clause that denies it, or parted by numbers.

    "The plan does not commit the US to X" is one absence, not X; "points one and two are X and Y" are two terms.
    """
    denied = _denied(candidate)
    if denied is not None:
        wider = [c for c in candidates if c.head == denied and c.kind == "clause" and c.sentence == candidate.sentence]
        return (wider[0],) if wider else (candidate,)
    counts = {len(m.numbers) for m in setting.marks if m.sentence == candidate.sentence.index and len(m.numbers) > 1}
    parts = _conjuncts(candidate)
    if len(parts) in counts:
        return tuple(Candidate(candidate.sentence, head, "noun", tokens) for head, tokens in parts)
    return (_with_subject(candidate, candidates),)


def _with_subject(candidate: Candidate, candidates: list[Candidate]) -> Candidate:
    """The whole clause, where a verb phrase has a subject of its own that is not the plan."""
    own = subject_of(candidate.head) if candidate.kind == "phrase" else None
    if own is None or kind_of(own) in ("plan", "point", "it"):
        return candidate
    held = set(candidate.tokens)
    wider = [c for c in candidates if c.head == candidate.head and c.kind == "clause" and held <= set(c.tokens)]
    return min(wider, key=lambda c: len(c.tokens), default=candidate)


def _denied(candidate: Candidate) -> Token | None:
    """The negated verb, with a plan or point as its subject, that governs a stretch."""
    at = candidate.head
    while at.dep_ in _GOVERNED and at.head != at:
        at = at.head
        if any(c.dep_ == "neg" for c in at.children):
            own = subject_of(at)
            told = own is not None and kind_of(own) in ("plan", "point", "it")
            return at if told or _is_missing(at) else None
    return None


def _is_missing(verb: Token) -> bool:
    """ "There is not a word about it"."""
    there = any(c.dep_ == "expl" for c in verb.children)
    return there and any(c.lemma_ in words("en", "terms", "least") for c in verb.children if c.dep_ == "attr")


def _conjuncts(candidate: Candidate) -> list[tuple[Token, tuple[Token, ...]]]:
    """The coordinated nouns of a stretch that is a noun phrase, each with what belongs to it."""
    head = candidate.head
    if candidate.kind not in ("noun", "nouns") and head.pos_ in ("VERB", "AUX"):
        head = next((c for c in head.children if c.dep_ in ("dobj", "attr")), head)
    chain = [head]
    while (following := next((c for c in chain[-1].children if c.dep_ == "conj"), None)) is not None:
        chain.append(following)
    parts = []
    for noun in chain:
        tokens = trimmed(subtree(noun, [c for c in noun.children if c.dep_ in ("conj", "cc")]))
        parts.append((noun, tuple(tokens)))
    return [(noun, tokens) for noun, tokens in parts if tokens] if len(chain) > 1 else []


_GOVERNED = frozenset({"xcomp", "ccomp", "dobj", "prep", "pobj", "pcomp", "attr"})


def characters(spans: Spans) -> set[int]:
    return {i for span in spans for i in range(span.start, span.end)}

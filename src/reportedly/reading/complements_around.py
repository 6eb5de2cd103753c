"""Reporting clauses that interrupt or close what they report: "X, she said, Y", "X, said the minister"."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.reading.addressees import ADDRESSED, addressee_of
from reportedly.reading.clauses import agent, children, noun_phrase, own_subject, subject, subtree, verb_group
from reportedly.reading.cues import Cue
from reportedly.reading.language import load_words

STOPS = frozenset({",", ";", ":", "—", "–", ".", "?", "!", "-", "--"})
MARKS = frozenset({'"', "“", "”", "‘", "’", "'"})
_QUESTIONS = load_words("reports", "questions")
_NEXT_REPORTS = load_words("reports", "next_reports")
_RELATIVES = frozenset({"who", "which", "that"})
_FREE = frozenset({"what", "whatever", "how", "however", "why", "where", "wherever"})
_LEADING_IN = frozenset({"when", "after", "before", "although", "though", "while", "because", "since", "once", "until"})
_PARENTHETICAL = 0.5
"""The weight from which a word may stand between commas as a reporting clause: "she said", not "he sees"."""


def own_report(token: Token) -> bool:
    return token.lower_ in _NEXT_REPORTS


def edges(token: Token) -> tuple[int, int]:
    tokens = subtree(token)
    return tokens[0].i, tokens[-1].i


def reporting_clause(verb: Token, *more: Token | None) -> tuple[int, int]:
    """First and last token of a parenthetical reporting clause: subject, verb group, addressee, to the next stop."""
    nouns = [t for t in (own_subject(verb), *more) if t is not None]
    words = [*verb_group(verb), *(t for noun in nouns for t in noun_phrase(noun))]
    first, last = min(t.i for t in words), max(t.i for t in words)
    sent = verb.sent
    while last + 1 < sent.end and verb.doc[last + 1].text not in STOPS | MARKS:
        last += 1
    while first - 1 >= sent.start and verb.doc[first - 1].text not in STOPS | MARKS:
        if verb.doc[first - 1].dep_ not in ("prep", "pobj", "det", "npadvmod", "advmod", "compound", "cc", "mark"):
            break
        first -= 1
    return first, last


def around(verb: Token, first: int, last: int, *, start: int | None = None) -> tuple[tuple[Token, ...], ...]:
    """The sentence's clause on both sides of a parenthetical that takes tokens `first` to `last`."""
    sent, doc = verb.sent, verb.doc
    start, end = max(sent.start, start or 0), sent.end - 1
    for token in doc[start:first]:
        if token.text == ";" or (token.text == ":" and token.i + 2 < first):  # "She was blunter: it is over, she said"
            start = token.i + 1
    for token in doc[last + 1 : sent.end]:
        if token.text == ";" or _goes_on_beside(verb, token):
            end = token.i - 1
            break
    before = tuple(doc[start:first])
    after = tuple(doc[last + 1 : end + 1])
    if _closes_quotation(before) and not _opens_quotation(after):  # '"It flies," he told them, grinning'
        after = ()
    opening = next((t for t in after if t.text not in STOPS), None)
    if opening is not None and own_report(opening):
        after = ()
    return tuple(part for part in (_trim(before), _trim(after)) if len(part) > 0 and any(not t.is_punct for t in part))


def _closes_quotation(before: tuple[Token, ...]) -> bool:
    """Whether what stands before a reporting clause is one quotation."""
    words = [t for t in before if not t.is_space]
    return len(words) > 2 and words[0].text in MARKS and any(t.text in MARKS for t in words[-2:])


def _opens_quotation(after: tuple[Token, ...]) -> bool:
    return any(t.text in MARKS for t in after[:4])


def _goes_on_beside(verb: Token, token: Token) -> bool:
    """ "..., he said in May, and his deputy called it a mistake": what follows the "and" stands beside the report."""
    if token.lower_ != "and" or token.head != verb or token.nbor(-1).text in MARKS:
        return False
    return any(c.i > token.i and c.tag_ == verb.tag_ and own_subject(c) is not None for c in children(verb, "conj"))


def _trim(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    while tokens and tokens[0].text in STOPS:
        tokens = tokens[1:]
    while tokens and tokens[-1].text in {",", "—", "–", ":", ";"}:
        tokens = tokens[:-1]
    return tokens


def clause_around(verb: Token, cue: Cue) -> tuple[tuple[Token, ...], ...]:
    """ "X, she said, Y" and "X, said the minister": the clause that a reporting clause interrupts or closes."""
    if not cue.frames & {"that", "quote"} or subject(verb) is None:
        return ()
    own = own_subject(verb)
    if (verb.dep_ in ("acl", "relcl", "xcomp") or verb.tag_ == "VBG") and own is None:
        return ()
    if own is not None and verb.tag_ == "VBG" and not children(verb, "aux"):  # "with one predicting a long night"
        return ()
    if own is not None and own.lower_ in _RELATIVES:  # "the envoy, who wrote the draft, denied it"
        return ()
    if _hangs_on_noun(verb, own):
        return ()
    if cue.weight < _PARENTHETICAL or (
        verb.dep_ == "relcl" and cue.performative
    ):  # "a rebate, a demand London has not agreed to"
        return ()
    if verb.dep_ == "ccomp" and own is None and verb.head.lemma_ in _QUESTIONS and verb.head.i < verb.i:
        return ()  # "The minister, asked the same question, shrugged"
    if [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]] == ["so", "."]:
        return ()  # "denied that he had said so"
    if _has_object(verb, cue):  # "it failed, but he did not rule out a deal"
        return ()
    marks = {mark.lower_ for mark in children(verb, "mark")}
    if marks - {"as"} or (marks and own is None and agent(verb) is None):  # "as agreed in March"
        return ()
    if marks and any(c.i > verb.i and c.ent_type_ not in ("DATE", "TIME") for c in children(verb, "dobj")):
        return ()  # "even as residents reported strikes"
    first, last = reporting_clause(verb, addressee_of(verb))
    if not _set_off(verb, first, last) or any(t.lower_ in _FREE for t in verb.doc[first : verb.i]):
        return ()  # "despite what he says in public"
    if _only_leads_in(verb, first, last):
        return ()
    relative = _start_of_relative(verb, first)
    if relative is not None:
        return tuple(_to_comma(part) for part in around(verb, first, last, start=relative))
    return around(verb, first, last, start=_start_of_clause(verb))


def _to_comma(part: tuple[Token, ...]) -> tuple[Token, ...]:
    comma = next((i for i, t in enumerate(part) if t.text == ","), len(part))
    return part[:comma]


def _has_object(verb: Token, cue: Cue) -> bool:
    """Whether a deed is done to something that is named right behind it; what stands before is not what was said."""
    if not cue.performative or verb.lemma_ in ADDRESSED:
        return False
    objects = [c for c in children(verb, "dobj") if c.i > verb.i and c.ent_type_ not in ("DATE", "TIME")]
    goes_with = [
        c for c in children(verb, "prep") if c.i == verb.i + 1 and c.lower_ == cue.words[-1] and len(cue.words) > 1
    ]
    return bool(objects or goes_with)


def _only_leads_in(verb: Token, first: int, last: int) -> bool:
    """ "When he came to power, she felt sad", "Asked about it, he wept": what stands before tells when, not what."""
    opening = verb.doc[verb.sent.start]
    before, after = verb.doc[verb.sent.start : first], verb.doc[last + 1 : verb.sent.end]
    leads = opening.lower_ in _LEADING_IN or (opening.tag_ in ("VBN", "VBG") and opening.dep_ == "advcl")
    clauses = [t for t in before if t.head == verb and t.pos_ in ("VERB", "AUX")]
    return leads and all(t.dep_ == "advcl" for t in clauses) and not any(t.is_alpha for t in after)


def _hangs_on_noun(verb: Token, own: Token | None) -> bool:
    """ "A claim the unions dispute": what is said is the noun before it."""
    return own is not None and verb.dep_ == "relcl" and own.left_edge.i == verb.head.i + 1


def _start_of_relative(verb: Token, first: int) -> int | None:
    """Where a clause on a noun begins that a reporting clause interrupts: "the text, which, he says, is new"."""
    before = verb.doc[max(0, first - 2) : first]
    relative = len(before) == 2 and before[1].text == "," and before[0].lower_ in _RELATIVES
    return first - 2 if relative and before[0].tag_ in ("WDT", "WP") else None


def _start_of_clause(verb: Token) -> int | None:
    """Where the clause before a reporting clause begins, if a conjunction or dash sets it off from more before it."""
    for clause in children(verb, "ccomp"):
        start = edges(clause)[0]
        if clause.i < verb.i and start > verb.sent.start:
            before = verb.doc[start - 1]
            if before.text in {";", "—", "–"} or before.dep_ == "cc":
                return start
    return None


def _set_off(verb: Token, first: int, last: int) -> bool:
    """Whether a comma or closing mark stands before the reporting clause, and a clause before that, or around it."""
    sent, doc = verb.sent, verb.doc
    if first <= sent.start:
        return False
    before = doc[first - 1].text
    if before not in {",", "—", "–", "”", '"', "’", "'", "?", "!"}:
        return False
    if last + 1 < sent.end and doc[last + 1].text in {",", "—", "–", ":"}:
        return any(t.is_alpha for t in doc[sent.start : first])
    return any(t.pos_ in ("VERB", "AUX") or t.text in MARKS for t in doc[sent.start : first])


def at_the_end(verb: Token, cue: Cue) -> tuple[tuple[Token, ...], ...]:
    """ "..., one insider told the newswire." where the parser has lost the clause: all before the last comma."""
    if cue.weight < 0.95 or "that" not in cue.frames:
        return ()
    doc, sent = verb.doc, verb.sent
    commas = [t.i for t in doc[sent.start : verb.i] if t.text == ","]
    own = own_subject(verb)
    close = verb.i - commas[-1] <= 8 and (own is None or own.i > commas[-1]) if commas else False
    tail = [t for t in doc[verb.i + 1 : sent.end] if t.pos_ in ("VERB", "AUX")]
    free = any(t.lower_ in _FREE for t in doc[commas[-1] : verb.i]) if commas else False
    relative = own is not None and own.lower_ in _RELATIVES
    aside = relative or _hangs_on_noun(verb, own) or _only_leads_in(verb, verb.i, sent.end - 1)
    if not close or free or tail or aside or sent.end - verb.i > 10:
        return ()
    return tuple(part for part in (_trim(tuple(doc[sent.start : commas[-1]])),) if len(part) > 2)

"""What a reporting word introduces: its content and whom it was told to, from the clause that it governs."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from reportedly.reading.clauses import (
    agent,
    children,
    contiguous,
    noun_phrase,
    own_subject,
    runs,
    subject,
    subtree,
    verb_group,
)
from reportedly.reading.cues import Cue
from reportedly.reading.language import load_words

_STOPS = frozenset({",", ";", ":", "—", "–", ".", "?", "!", "-", "--"})
_MARKS = frozenset({'"', "“", "”", "‘", "’", "'"})
_ADDRESSED = load_words("reports", "addressed")
_NEXT_REPORTS = load_words("reports", "next_reports")
_RELATIVES = frozenset({"who", "which", "that"})
_TOLD = frozenset({"me", "us", "him", "them", "you"})
_ASIDES = frozenset({"citing", "quoting"})
_TO_FRAMES = ("of", "for", "on", "with", "about")
_PARENTHETICAL = 0.5
"""The weight from which a word may stand between commas as a reporting clause: "she said", not "he sees"."""
_TAIL = frozenset({"advcl", "prep", "npadvmod", "advmod", "parataxis", "oprd"})


@dataclass(frozen=True, slots=True)
class Complement:
    """Runs of content tokens, and the addressee's noun, if any."""

    content: tuple[tuple[Token, ...], ...]
    addressee: Token | None = None


def complement_of(verb: Token, cue: Cue) -> Complement | None:
    """What the verb introduces, by the frames that its cue allows; None where nothing fits."""
    to = addressee_of(verb)
    for find in (
        _clause_after_aside,
        _clause_after,
        _colon,
        _described_before,
        _clause_around,
        _infinitive,
        _described,
        _prepositional,
        _object,
        _at_the_end,
    ):
        content = find(verb, cue)
        if content:
            return Complement(content, to)
    return None


def addressee_of(verb: Token) -> Token | None:
    """Whom it is told to: an indirect object, or what follows `to`."""
    for noun in children(verb, "dative"):
        if noun.pos_ == "ADP":
            return next(iter(children(noun, "pobj")), None)
        return noun
    if verb.lemma_ in _ADDRESSED:
        objects = [c for c in children(verb, "dobj") if c.i > verb.i]
        if objects:
            return objects[0]
        inner = _subject_taken_for_addressee(verb)
        if inner is not None:
            return inner
    for to in children(verb, "prep"):
        if to.lower_ in ("to", "with") and to.i > verb.i:
            return next((n for n in children(to, "pobj") if n.ent_type_ or n.pos_ in ("PROPN", "PRON", "NOUN")), None)
    return None


def _subject_taken_for_addressee(verb: Token) -> Token | None:
    """ "told Ms X he would go": the parser may take the addressee for part of the clause."""
    for clause in children(verb, "ccomp"):
        own = own_subject(clause)
        if own is not None and own.i > verb.i + 1:
            before = verb.doc[verb.i + 1]
            if before.dep_ in ("nsubj", "dobj", "dative", "nmod", "compound") and before.i < own.i:
                return before if before.dep_ != "compound" else before.head
    return None


def _clause_after(verb: Token, cue: Cue) -> tuple[tuple[Token, ...], ...]:
    """A that-clause, question or quoted clause that follows the verb."""
    before = any(c.i < verb.i for c in children(verb, "ccomp"))
    if before or not cue.frames & {"that", "quote", "wh", "to"}:
        return ()
    clauses = [c for c in children(verb, "ccomp", "xcomp") if c.i > verb.i]
    clauses = [c for c in clauses if _clausal(c, cue)]
    if not clauses:
        return ()
    start, end = _edges(clauses[0])
    start = _after_addressee(verb, max(start, verb.i + 1))
    if verb.nbor(1).lower_ in _TOLD and own_subject(clauses[0]) is None and not children(clauses[0], "mark"):
        start = min(start, verb.i + 2)  # "told me justice would come", whose "me justice" the parser takes for one
    start = _with_doer(verb, start) if clauses[0].dep_ == "xcomp" else start
    end = max([end, *(_edges(c)[1] for c in _tail(verb, end))])
    return _kept(verb, start, before_next_report(verb, start, _to_stop(verb, end)))


def _clause_after_aside(verb: Token, cue: Cue) -> tuple[tuple[Token, ...], ...]:
    """ "reported on Sunday, citing a minister, that": the clause after an aside on where it came from."""
    if "that" not in cue.frames:
        return ()
    doc, sent = verb.doc, verb.sent
    asides = [t for t in doc[verb.i + 1 : min(verb.i + 8, sent.end)] if t.lower_ in _ASIDES and t.nbor(-1).text == ","]
    for token in doc[asides[0].i + 2 : sent.end - 1] if asides else ():
        if token.lower_ == "that" and token.nbor(-1).text == ",":
            return _kept(verb, token.i, before_next_report(verb, token.i, sent.end - 1))
    return ()


def _clausal(clause: Token, cue: Cue) -> bool:
    """A clause that the cue may take; not one that only hangs on an object ("a deal it is itching to sign")."""
    if clause.dep_ == "xcomp":
        is_to = any(c.lower_ == "to" for c in children(clause, "aux"))
        return (is_to and "to" in cue.frames) or (_gerund(clause) and bool({"ing", "np", "that"} & cue.frames))
    objects = [c for c in children(clause.head, "dobj") if clause.head.i < c.i < _edges(clause)[0]]
    return not (objects and "person" not in cue.frames and "np" in cue.frames and not children(clause, "mark"))


def _to_stop(verb: Token, end: int) -> int:
    """The parser may end a clause in the middle of it ("to sign if and only if"): it runs on to the next stop."""
    doc, sent = verb.doc, verb.sent
    joined = end + 1 < sent.end and doc[end + 1].lower_ in ("and", "or", "but") and doc[end].text != "and"
    while end + 1 < sent.end and not joined and doc[end + 1].text not in _STOPS | _MARKS:
        end += 1
    return end


def _gerund(clause: Token) -> bool:
    return clause.tag_ == "VBG" or any(c.tag_ == "VBG" for c in children(clause, "aux", "auxpass"))


def before_next_report(verb: Token, start: int, end: int) -> int:
    """The content ends before ", while one let slip that": a clause of its own with a reporter of its own."""
    for token in verb.doc[start + 1 : end]:
        if _own_report(token) and token.nbor(-1).text == ",":
            return token.i - 2
        if (
            token.i >= start + 3
            and token.lower_ in ("while", "whereas", "although", "though")
            and token.nbor(-1).text == ","
        ):
            return token.i - 2
    return end


def _tail(verb: Token, end: int) -> list[Token]:
    """What the parser hangs on the reporting verb though it stands after the content has begun."""
    return [c for c in verb.children if c.i > end and c.dep_ in _TAIL and not _own_report(c)]


def _own_report(token: Token) -> bool:
    return token.lower_ in _NEXT_REPORTS


def _after_addressee(verb: Token, start: int) -> int:
    to = addressee_of(verb)
    if to is not None and verb.lemma_ in _ADDRESSED and verb.i < to.i:
        last = contiguous(noun_phrase(to), to)[-1].i
        doc = verb.doc
        if to.dep_ in ("nsubj", "nmod", "compound") and to.i >= start:
            return to.i + 1
        if start <= last < len(doc) - 1 and to.dep_ in ("dobj", "dative"):
            return last + 1
    return start


def _edges(token: Token) -> tuple[int, int]:
    tokens = subtree(token)
    return tokens[0].i, tokens[-1].i


def _kept(verb: Token, start: int, end: int) -> tuple[tuple[Token, ...], ...]:
    sent = verb.sent
    start, end = max(start, sent.start), min(end, sent.end - 1)
    return (tuple(verb.doc[start : end + 1]),) if start <= end else ()


def _colon(verb: Token, cue: Cue) -> tuple[tuple[Token, ...], ...]:
    """What stands after a colon that follows the reporting clause."""
    if not cue.frames & {"quote", "that"} or cue.weight < _PARENTHETICAL:
        return ()
    sent = verb.sent
    for token in verb.doc[verb.i + 1 : sent.end]:
        if token.text == ":" and token.i + 1 < sent.end:
            return _kept(verb, token.i + 1, sent.end - 1)
        if token.pos_ == "VERB" and token.dep_ not in ("acl", "relcl") and token.i > verb.i + 12:
            return ()
    return ()


def reporting_clause(verb: Token, *more: Token | None) -> tuple[int, int]:
    """First and last token of a parenthetical reporting clause: subject, verb group, addressee, to the next stop."""
    nouns = [t for t in (own_subject(verb), *more) if t is not None]
    words = [*verb_group(verb), *(t for noun in nouns for t in noun_phrase(noun))]
    first, last = min(t.i for t in words), max(t.i for t in words)
    sent = verb.sent
    while last + 1 < sent.end and verb.doc[last + 1].text not in _STOPS | _MARKS:
        last += 1
    while first - 1 >= sent.start and verb.doc[first - 1].text not in _STOPS | _MARKS:
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
    opening = next((t for t in after if t.text not in _STOPS), None)
    if opening is not None and _own_report(opening):
        after = ()
    return tuple(part for part in (_trim(before), _trim(after)) if len(part) > 0 and any(not t.is_punct for t in part))


def _closes_quotation(before: tuple[Token, ...]) -> bool:
    """Whether what stands before a reporting clause is one quotation."""
    words = [t for t in before if not t.is_space]
    return len(words) > 2 and words[0].text in _MARKS and any(t.text in _MARKS for t in words[-2:])


def _opens_quotation(after: tuple[Token, ...]) -> bool:
    return any(t.text in _MARKS for t in after[:4])


def _goes_on_beside(verb: Token, token: Token) -> bool:
    """ "..., he said in May, and his deputy called it a mistake": what follows the "and" stands beside the report."""
    if token.lower_ != "and" or token.head != verb or token.nbor(-1).text in _MARKS:
        return False
    return any(c.i > token.i and c.tag_ == verb.tag_ and own_subject(c) is not None for c in children(verb, "conj"))


def _trim(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    while tokens and tokens[0].text in _STOPS:
        tokens = tokens[1:]
    while tokens and tokens[-1].text in {",", "—", "–", ":", ";"}:
        tokens = tokens[:-1]
    return tokens


def _clause_around(verb: Token, cue: Cue) -> tuple[tuple[Token, ...], ...]:
    """ "X, she said, Y" and "X, said the minister": the clause that a reporting clause interrupts or closes."""
    if not cue.frames & {"that", "quote"} or subject(verb) is None:
        return ()
    if (verb.dep_ in ("acl", "relcl", "xcomp") or verb.tag_ == "VBG") and own_subject(verb) is None:
        return ()
    own = own_subject(verb)
    if own is not None and own.lower_ in _RELATIVES:  # "the envoy, who wrote the draft, denied it"
        return ()
    if cue.weight < _PARENTHETICAL or (
        verb.dep_ == "relcl" and cue.performative
    ):  # "a rebate, a demand London has not agreed to"
        return ()
    marks = {mark.lower_ for mark in children(verb, "mark")}
    if marks - {"as"} or (marks and own is None and agent(verb) is None):  # "as agreed in March"
        return ()
    first, last = reporting_clause(verb, addressee_of(verb))
    if not _set_off(verb, first, last):
        return ()
    return around(verb, first, last, start=_start_of_clause(verb))


def _start_of_clause(verb: Token) -> int | None:
    """Where the clause before a reporting clause begins, if a conjunction or dash sets it off from more before it."""
    for clause in children(verb, "ccomp"):
        start = _edges(clause)[0]
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
    return any(t.pos_ in ("VERB", "AUX") or t.text in _MARKS for t in doc[sent.start : first])


def _at_the_end(verb: Token, cue: Cue) -> tuple[tuple[Token, ...], ...]:
    """ "..., one insider told the newswire." where the parser has lost the clause: all before the last comma."""
    if cue.weight < 0.95 or "that" not in cue.frames:
        return ()
    doc, sent = verb.doc, verb.sent
    commas = [t.i for t in doc[sent.start : verb.i] if t.text == ","]
    own = own_subject(verb)
    close = verb.i - commas[-1] <= 8 and (own is None or own.i > commas[-1]) if commas else False
    tail = [t for t in doc[verb.i + 1 : sent.end] if t.pos_ in ("VERB", "AUX")]
    if not close or tail or sent.end - verb.i > 10:
        return ()
    return tuple(part for part in (_trim(tuple(doc[sent.start : commas[-1]])),) if len(part) > 2)


def _infinitive(verb: Token, cue: Cue) -> tuple[tuple[Token, ...], ...]:
    """ "offered to sign", "refuses to go", "wants Russia to leave", "proposed halting"."""
    wanted = cue.frames & {"to", "ing"}
    if not wanted:
        return ()
    for clause in verb.children:
        if clause.i > verb.i and clause.dep_ in ("xcomp", "ccomp", "advcl") and _verbal(clause):
            if clause.dep_ == "advcl" and (children(verb, "dobj") or "," in verb.doc[verb.i : clause.i].text):
                continue
            start, end = _edges(clause)
            start = _with_doer(verb, start)
            end = max([end, *(_edges(c)[1] for c in _tail(verb, end) if c.dep_ in ("prep", "advcl"))])
            return _kept(verb, max(start, verb.i + 1), before_next_report(verb, start, _to_stop(verb, end)))
    return ()


def _with_doer(verb: Token, start: int) -> int:
    """Where "asked for the word to be struck" begins: with who or what the infinitive is about."""
    return min([start, *(c.i + 1 for c in children(verb, "prep") if c.lower_ == "for" and verb.i < c.i < start)])


def _verbal(clause: Token) -> bool:
    if clause.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
        return False
    return _gerund(clause) or any(c.lower_ == "to" for c in children(clause, "aux"))


def _described_before(verb: Token, cue: Cue) -> tuple[tuple[Token, ...], ...]:
    """ "X, he said, and the speaker called it a capitulation": what "it" is called, before what stands around."""
    return _described(verb, cue) if any(c.i > verb.i for c in children(verb, "dobj", "ccomp")) else ()


def _described(verb: Token, cue: Cue) -> tuple[tuple[Token, ...], ...]:
    """ "called the plan a capitulation", "dismissed it as noise": the thing and what it is called."""
    if "as" not in cue.frames or any(c.lower_ == "what" and c.i < verb.i for c in verb.children):
        return ()  # "made what it called its final offer": that is its name, and nothing said of it
    named = [c for c in children(verb, "dobj", "ccomp", "oprd", "xcomp", "prep") if c.i > verb.i and _names(c)]
    if not named:
        return ()
    return _kept(verb, min(_edges(c)[0] for c in named), max(_edges(c)[1] for c in named))


def _names(part: Token) -> bool:
    return part.dep_ != "prep" or part.lower_ in ("as", "at")


def _prepositional(verb: Token, cue: Cue) -> tuple[tuple[Token, ...], ...]:
    """ "called for talks", "spoke of a breakthrough", "accused it of stalling"."""
    last = cue.words[-1] if len(cue.words) > 1 else ""
    wanted = set(_TO_FRAMES) & cue.frames | ({last} if "np" in cue.frames else set())
    for prep in verb.children:
        if prep.dep_ in ("prep", "prt", "agent") and prep.i > verb.i and prep.lower_ in wanted:
            inside = [t for t in subtree(prep) if t.i > prep.i]
            if inside:
                return _kept(verb, inside[0].i, inside[-1].i)
    return ()


def _object(verb: Token, cue: Cue) -> tuple[tuple[Token, ...], ...]:
    """ "rejected the draft"; of a passive, its subject."""
    if "np" not in cue.frames:
        return ()
    objects = [c for c in children(verb, "dobj", "attr") if c.i > verb.i]
    passive = children(verb, "nsubjpass")
    for noun in (*objects, *passive):
        tokens = noun_phrase(noun)
        if tokens[0].lower_ in ("nothing", "no"):
            return ()
        if any(not t.is_punct for t in tokens):
            return tuple(tuple(run) for run in runs(tokens))
    return ()

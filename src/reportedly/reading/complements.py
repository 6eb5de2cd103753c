"""What a reporting word introduces: its content and whom it was told to, from the clause that it governs."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from reportedly.reading.addressees import ADDRESSED, addressee_of
from reportedly.reading.clauses import children, contiguous, goes_on_from, noun_phrase, own_subject, runs, subtree
from reportedly.reading.complements_around import MARKS, STOPS, at_the_end, clause_around, edges, own_report
from reportedly.reading.complements_beside import next_speaker
from reportedly.reading.complements_resumed import before_resuming, before_silence, taken_up
from reportedly.reading.cues import Cue

_TOLD = frozenset({"me", "us", "him", "them", "you"})
_ASIDES = frozenset({"citing", "quoting", "according"})
_TO_FRAMES = ("of", "for", "on", "with", "about")
_COLON = 0.5
"""The weight from which a word may stand before a colon as a reporting clause."""
_TAIL = frozenset({"advcl", "prep", "npadvmod", "advmod", "parataxis", "oprd"})


@dataclass(frozen=True, slots=True)
class Complement:
    """Runs of content tokens, and the addressee's noun, if any."""

    content: tuple[tuple[Token, ...], ...]
    addressee: Token | None = None


def complement_of(verb: Token, cue: Cue) -> Complement | None:
    """What the verb introduces, by the frames that its cue allows; None where nothing fits."""
    to = addressee_of(verb)
    if content := taken_up(verb):
        return Complement(content, to)
    for find in (
        _clause_after_aside,
        _clause_after,
        _colon,
        _described_before,
        clause_around,
        _infinitive,
        _described,
        _prepositional,
        _object,
        at_the_end,
    ):
        content = find(verb, cue)
        if content:
            return Complement(content, to)
    return None


def _clause_after(verb: Token, cue: Cue) -> tuple[tuple[Token, ...], ...]:
    """A that-clause, question or quoted clause that follows the verb."""
    before = any(c.i < verb.i and not _shut_off(c, verb) for c in children(verb, "ccomp"))
    if before or not cue.frames & {"that", "quote", "wh", "to"}:
        return ()
    clauses = [c for c in children(verb, "ccomp", "xcomp") if c.i > verb.i]
    clauses = [c for c in clauses if _clausal(c, cue) and not _parted(verb, c)] or _told_clause(verb)
    if not clauses:
        return ()
    start, end = edges(clauses[0])
    start = _behind_aside(clauses[0], start)
    start = _with_subject(verb, clauses[0], start)
    start = _after_addressee(verb, max(start, verb.i + 1))
    if verb.nbor(1).lower_ in _TOLD and own_subject(clauses[0]) is None and not children(clauses[0], "mark"):
        start = min(start, verb.i + 2)  # "told me justice would come", whose "me justice" the parser takes for one
    start = _with_doer(verb, start) if clauses[0].dep_ == "xcomp" else start
    end = max([end, *(edges(c)[1] for c in _tail(verb, end))])
    return _kept(verb, start, before_next_report(verb, start, _to_stop(verb, end)))


def _shut_off(clause: Token, verb: Token) -> bool:
    """ "It was ignored: within an hour one of them told the Post that": a colon ends what stands before it.

    So does a semicolon, if no aside follows: "it failed; without a date, he warned, it would fail again".
    """
    after = verb.doc[verb.i + 1 : verb.i + 2]
    ends = {":"} if after and after[0].text in STOPS else {":", ";"}
    return any(t.text in ends for t in verb.doc[clause.i : verb.i])


def _parted(verb: Token, clause: Token) -> bool:
    """ "X, one official said; Y": a semicolon ends what was said."""
    return any(t.text == ";" for t in verb.doc[verb.i + 1 : edges(clause)[0] + 1])


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


def _told_clause(verb: Token) -> list[Token]:
    """ "told the visitors that he could go", "has it that he left": a clause that the parser hangs on the object."""
    told = [c for c in children(verb, "dobj") if verb.lemma_ in ADDRESSED or c.lower_ == "it"]
    told += [c for prep in children(verb, "prep") for c in prep.children if in_writing(c)]
    hung = [c for noun in told for c in children(noun, "relcl", "acl", "ccomp")]
    return [c for c in hung if edges(c)[0] > c.head.i and c.doc[edges(c)[0]].lower_ == "that" and _is_whole(c)]


def in_writing(word: Token) -> bool:
    """Whether it only says how it was told: "told the envoy in writing that"."""
    return word.lower_ == "writing" and word.dep_ in ("pcomp", "pobj") and word.head.lower_ == "in"


def _is_whole(clause: Token) -> bool:
    """Whether a clause behind "that" has a subject and all else of its own: nothing that "that" could stand for."""
    own = own_subject(clause)
    return own is not None and own.lower_ != "that" and (own.dep_ == "nsubjpass" or not _lacks_object(clause))


def _lacks_object(clause: Token) -> bool:
    return clause.pos_ == "VERB" and not any(
        c.i > clause.i for c in clause.children if c.dep_ not in ("punct", "advmod")
    )


def _behind_aside(clause: Token, start: int) -> int:
    """Where the clause of "She believes, her aides say, that it is over" begins: behind who else says so."""
    asides = [c for c in children(clause, "parataxis") if edges(c)[0] <= start + 1]
    marks = [m for m in children(clause, "mark") if asides and m.i > asides[-1].i and m.nbor(-1).text == ","]
    return marks[0].i if marks else start


def _with_subject(verb: Token, clause: Token, start: int) -> int:
    """Where the clause of "insist the ten members are ready" begins, whose subject the parser takes for an object."""
    finite = clause.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(
        c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in children(clause, "aux")
    )
    if verb.lemma_ in ADDRESSED or not finite or own_subject(clause) is not None or children(clause, "mark"):
        return start
    nouns = [c for c in children(verb, "dobj") if c.i > verb.i and edges(c)[1] == start - 1]
    return min([start, *(edges(c)[0] for c in nouns)])


def _clausal(clause: Token, cue: Cue) -> bool:
    """A clause that the cue may take; not one that only hangs on an object ("a deal it is itching to sign")."""
    if clause.dep_ == "xcomp":
        is_to = any(c.lower_ == "to" for c in children(clause, "aux"))
        return (is_to and "to" in cue.frames) or (_gerund(clause) and bool({"ing", "np", "that"} & cue.frames))
    if _with_subject(clause.head, clause, edges(clause)[0]) < edges(clause)[0]:
        return True
    objects = [c for c in children(clause.head, "dobj") if clause.head.i < c.i < edges(clause)[0]]
    return not (objects and "person" not in cue.frames and "np" in cue.frames and not children(clause, "mark"))


def _to_stop(verb: Token, end: int) -> int:
    """The parser may end a clause in the middle of it ("to sign if and only if"): it runs on to the next stop."""
    doc, sent = verb.doc, verb.sent
    joined = end + 1 < sent.end and doc[end + 1].lower_ in ("and", "or", "but") and doc[end].text != "and"
    while end + 1 < sent.end and not joined and doc[end + 1].text not in STOPS | MARKS:
        end += 1
    return end


def _gerund(clause: Token) -> bool:
    return clause.tag_ == "VBG" or any(c.tag_ == "VBG" for c in children(clause, "aux", "auxpass"))


def before_next_report(verb: Token, start: int, end: int) -> int:
    """The content ends before ", while one let slip that": a clause of its own with a reporter of its own."""
    for token in verb.doc[start + 1 : end]:
        if goes_on_from(token) == verb:
            return max(t.i for t in verb.doc[start : token.i] if t.dep_ == "cc" or t.i == start) - 1
        if own_report(token) and token.nbor(-1).text == "," and token.i - 2 > start:
            return token.i - 2
        if (
            token.i >= start + 3
            and token.lower_ in ("while", "whereas", "although", "though")
            and token.nbor(-1).text == ","
        ):
            return token.i - 2
    end = before_silence(start, before_resuming(start, end, verb), verb)
    beside = next_speaker(verb, start, end)
    return end if beside is None else beside - 1


def _tail(verb: Token, end: int) -> list[Token]:
    """What the parser hangs on the reporting verb though it stands after the content has begun."""
    return [c for c in verb.children if c.i > end and c.dep_ in _TAIL and not own_report(c)]


def _after_addressee(verb: Token, start: int) -> int:
    to = addressee_of(verb)
    if to is not None and verb.lemma_ in ADDRESSED and verb.i < to.i:
        last = contiguous(noun_phrase(to), to)[-1].i
        doc = verb.doc
        if to.dep_ in ("nsubj", "nmod", "compound") and to.i >= start:
            return to.i + 1
        if start <= last < len(doc) - 1 and to.dep_ in ("dobj", "dative"):
            return last + 1
    return start


def _kept(verb: Token, start: int, end: int) -> tuple[tuple[Token, ...], ...]:
    sent = verb.sent
    start, end = max(start, sent.start), min(end, sent.end - 1)
    while start < end and verb.doc[end].dep_ == "cc":
        end -= 1
    return (tuple(verb.doc[start : end + 1]),) if start <= end else ()


def _colon(verb: Token, cue: Cue) -> tuple[tuple[Token, ...], ...]:
    """What stands after a colon that follows the reporting clause."""
    if not cue.frames & {"quote", "that"} or cue.weight < _COLON:
        return ()
    sent = verb.sent
    for token in verb.doc[verb.i + 1 : sent.end]:
        if token.text == ":" and token.i + 1 < sent.end:
            if any(verb.i < above.i < token.i and above.pos_ in ("VERB", "AUX") for above in verb.ancestors):
                return ()  # "Spain, which hopes for a plant, wants the duty gone: it has sent a paper"
            return _kept(verb, token.i + 1, sent.end - 1)
        if token.pos_ == "VERB" and token.dep_ not in ("acl", "relcl") and token.i > verb.i + 12:
            return ()
    return ()


def _infinitive(verb: Token, cue: Cue) -> tuple[tuple[Token, ...], ...]:
    """ "offered to sign", "refuses to go", "wants Russia to leave", "proposed halting"."""
    wanted = cue.frames & {"to", "ing"}
    if not wanted:
        return ()
    for clause in verb.children:
        if clause.i > verb.i and clause.dep_ in ("xcomp", "ccomp", "advcl") and _verbal(clause):
            if clause.dep_ == "advcl" and (children(verb, "dobj") or "," in verb.doc[verb.i : clause.i].text):
                continue
            start, end = edges(clause)
            start = _with_doer(verb, start)
            end = max([end, *(edges(c)[1] for c in _tail(verb, end) if c.dep_ in ("prep", "advcl"))])
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
    return _kept(verb, min(edges(c)[0] for c in named), max(edges(c)[1] for c in named))


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


def _to_next_report(tokens: list[Token]) -> list[Token]:
    """A noun phrase up to ", saying": the participle opens a report of its own."""
    for token in tokens[2:]:
        if own_report(token) and token.tag_ == "VBG" and token.nbor(-1).text in STOPS:
            return [t for t in tokens if t.i < token.i - 1]
    return tokens


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
            return tuple(tuple(run) for run in runs(_to_next_report(tokens)))
    return ()

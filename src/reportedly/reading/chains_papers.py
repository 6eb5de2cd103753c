"""Letters, drafts and readouts in a chain: before whom they stand, who wrote them, which outlet has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from reportedly.reading.chains_work import Step, Steps, Work, cue_verbs, is_publisher, make_source, sentence_of
from reportedly.reading.clauses import RELATIVE, children, noun_phrase, own_subject, subtree
from reportedly.reading.language import load_lists, load_words
from reportedly.reading.parse import place_all
from reportedly.reading.speakers import actor_of_noun, actor_with, head_of
from reportedly.reading.speakers_kinds import kind_of
from reportedly.records import Basis, Source, SourceKind, Span, Statement, hull

_OFFICES = load_words("reports", "offices")
_PAPER_FIRST = re.compile(load_lists("en", "chains")["holds"]["paper_first"])
_OUTLET_FIRST = re.compile(load_lists("en", "chains")["holds"]["outlet_first"])
_LETTERS = load_words("reports", "letters")
_RECORDING = load_words("chains", "recording")
_ISSUING = load_words("chains", "issuing")
_COPIES = load_words("reports", "papers")
_PLANS = load_words("reports", "plans")


def speaker_links(statement: Statement, speaker: Source, work: Work) -> Steps:
    """An institutional paper runs on to its author; a plan ends its own chain."""
    return with_author(Step(speaker, Basis.SPEAKS, statement.source), work)


def with_author(own: Step, work: Work) -> Steps:
    """A paper with whoever it is by, where the text gives that and the paper is no plan; any other voice alone."""
    paper = own.source
    if paper.kind is not SourceKind.DOCUMENT or set(paper.name.casefold().split()) & _PLANS:
        return (own,)
    author = _author_of_paper(own, work)
    return (own, Step(author, Basis.AUTHOR, author.mentions[:1])) if author is not None else (own,)


def _author_of_paper(own: Step, work: Work) -> Source | None:
    """Who signed, took or issued a paper, as any of its mentions says ("notes taken by an EU official")."""
    paper = own.source
    for span in (hull(own.words), *paper.mentions):
        tokens = [t for t in work.parse.tokens_in(span) if not t.is_punct]
        if not tokens:
            continue
        head = head_of(tokens)
        for owner in (*children(head, "poss", "compound", "nmod", "amod"), *_by(head)):
            actor = actor_with(owner, place_all(noun_phrase(owner)), work, besides=paper)
            at_large = actor is not None and actor.kind is SourceKind.GROUP and owner.dep_ == "poss"
            if actor is not None and actor.kind not in (SourceKind.OUTLET, SourceKind.DOCUMENT) and not at_large:
                return actor
        names = [t for t in head.lefts if t.pos_ == "PROPN" and t.dep_ in ("compound", "nmod")]
        if names:
            return _named_body([w for t in names for w in subtree(t)], work)
    return next((a for a in work.mentions.actors if paper.party and a.name == paper.party), None)


def _named_body(words: list[Token], work: Work) -> Source:
    """The body whose name stands before its paper: "a Foreign Office memorandum"."""
    span = place_all(words)
    office = words[-1].lemma_.lower() in _OFFICES
    kind = SourceKind.GOVERNMENT if office else SourceKind.ORGANISATION
    return make_source(Source(id="", name=span.of(work.parse.text), kind=kind), span, work)


def _by(noun: Token) -> list[Token]:
    found = []
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            found += children(child, "pobj")
        if child.dep_ == "relcl" and child.lemma_ in _ISSUING:
            found += [n for n in children(child, "nsubj") if n.lower_ not in RELATIVE]
        if child.dep_ == "acl" and child.lemma_ in ("sign", "write", "keep", "take", "draft", "send", "issue"):
            found += [n for by in children(child, "agent") for n in children(by, "pobj")]
    return found


def written_in(statement: Statement, speaker: Source, work: Work) -> Steps:
    """ "In a letter to the mediators he demanded": the paper comes before its author."""
    if speaker.kind in (SourceKind.DOCUMENT, SourceKind.OUTLET):
        return ()
    for verb in cue_verbs(statement, work.parse):
        for prep in _beside(verb):
            for noun in children(prep, "pobj") if prep.lower_ in ("in", "by") else ():
                if noun.lemma_.lower() in _LETTERS:
                    span = place_all(noun_phrase(noun))
                    paper = actor_with(noun, span, work) or make_source(kind_of(noun, noun.lemma_.lower()), span, work)
                    return (*held_by(paper, work), Step(paper, Basis.WRITTEN, (span,)))
        if record := _recorded(verb, work):
            return record
        if verb.lemma_ == "write":
            return _last_letter(statement, work)
    return ()


def _beside(verb: Token) -> Iterator[Token]:
    """The prepositions of a verb, of the one it is joined to, and of what goes with it ("branding it so in ...").

    What opens a sentence goes with its main verb, whatever clause stands between ("In a letter, a copy of which ...").
    """
    yield from children(verb, "prep")
    if verb.dep_ == "conj":
        yield from children(verb.head, "prep")
    opening = next(iter(verb.sent), verb)
    main = verb.head if verb.dep_ == "conj" else verb
    if opening.dep_ == "prep" and main.dep_ == "ROOT" and opening.head not in (main, verb):
        yield opening
    for noun in children(verb, "dobj"):
        for prep in children(noun, "prep"):
            if any(t.lemma_ in _LETTERS for t in children(prep, "pobj")):
                yield prep
    for doing in children(verb, "advcl"):
        if doing.tag_ == "VBG":
            yield from _beside(doing)


def _recorded(verb: Token, work: Work) -> Steps:
    """ "The minutes record the delegate as telling them that": the paper, and whose it is, before the one in it."""
    for above in list(verb.ancestors)[:3]:
        noun = own_subject(above) if above.lemma_ in _RECORDING and above.pos_ in ("VERB", "AUX") else None
        paper = actor_of_noun(noun, work) if noun is not None and noun.i < verb.i else None
        if paper is not None and paper.kind is SourceKind.DOCUMENT and noun is not None:
            own = Step(paper, Basis.WRITTEN, (place_all(noun_phrase(noun)),))
            return (*held_by(paper, work), *with_author(own, work))
    return ()


def _last_letter(statement: Statement, work: Work) -> Steps:
    """The letter or message that the sentences just before speak of: what "he writes" is written in."""
    at = sentence_of(statement.cue, work.parse)
    if at is None:
        return ()
    for sentence in reversed(work.parse.sentences[max(0, at.index - 2) : at.index + 1]):
        for span, actor in reversed(work.mentions.mentions_in(sentence.span)):
            words = set(span.of(work.parse.text).casefold().split())
            if actor.kind is SourceKind.DOCUMENT and words & {"letter", "note", "memo", "message", "email"}:
                return (Step(actor, Basis.WRITTEN, (span,)),)
    return ()


def holder_of(paper: Source, statement: Statement, work: Work) -> Steps:
    """The other outlet that has the paper: as the text says, or because the piece has all it knows from that one."""
    held = held_by(paper, work)
    private = set(paper.name.casefold().split()) & (_PLANS | _LETTERS | _COPIES)
    if held or not private or _is_ours(paper, work):
        return held
    cited = [step for s in work.by_id.values() for step in work.chains.get(s.id, ())[1:2] if s.piece == statement.piece]
    others = [step for step in cited if step.source.kind is SourceKind.OUTLET]
    alone = len({step.source for step in others}) == 1 and len(others) >= 2
    return (Step(others[0].source, Basis.BEFORE, others[0].words),) if alone else ()


def held_by(paper: Source, work: Work) -> Steps:
    """The other outlet that some sentence says has the paper: "a draft seen by Reuters", "Reuters obtained a draft"."""
    for span in paper.mentions if not _is_ours(paper, work) else ():
        sentence = work.parse.sentence_at(span.start)
        near = work.mentions.mentions_in(sentence.span) if sentence is not None else ()
        for mention, outlet in near:
            if outlet.kind is SourceKind.OUTLET and not is_publisher(outlet, work) and _holds(span, mention, work):
                return (Step(outlet, Basis.HOLDS, (hull((span, mention)),)),)
    return ()


def _holds(paper: Span, outlet: Span, work: Work) -> bool:
    """Whether the words between a paper and an outlet say that the one has the other."""
    text = work.parse.text
    if paper.holds(outlet):
        return bool(_PAPER_FIRST.search(text[paper.start : outlet.start]))
    first, last = (paper, outlet) if paper.start < outlet.start else (outlet, paper)
    between = text[first.end : last.start]
    pattern = _PAPER_FIRST if first is paper else _OUTLET_FIRST
    return len(between) <= 60 and bool(pattern.search(between))


def _is_ours(paper: Source, work: Work) -> bool:
    """Whether the publisher itself has the paper."""
    for span in paper.mentions:
        sentence = work.parse.sentence_at(span.start)
        near = work.mentions.mentions_in(sentence.span) if sentence is not None else ()
        if any(is_publisher(outlet, work) and _holds(span, mention, work) for mention, outlet in near):
            return True
    return False

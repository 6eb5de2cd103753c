"""Letters, drafts and readouts in a chain: before whom they stand, who wrote them, which outlet has them."""

from __future__ import annotations

import re

from spacy.tokens import Token

from reportedly.reading.clauses import children, noun_phrase, subtree
from reportedly.reading.language import load_lists, load_words
from reportedly.reading.parse import place_all
from reportedly.reading.speakers import (
    Step,
    Steps,
    Work,
    actor_with,
    cue_verbs,
    head_of,
    is_publisher,
    kind_of,
    make_source,
    sentence_of,
)
from reportedly.records import Basis, Source, SourceKind, Span, Statement, hull

_OFFICES = load_words("reports", "offices")
_SEEN_BY = re.compile(load_lists("en", "reports")["seen_by"])
_LETTERS = load_words("reports", "letters")
_PLANS = load_words("reports", "plans")


def speaker_links(statement: Statement, speaker: Source, work: Work) -> Steps:
    """An institutional paper runs on to its author; a plan ends its own chain."""
    if speaker.kind is not SourceKind.DOCUMENT or set(speaker.name.casefold().split()) & _PLANS:
        return (Step(speaker, Basis.SPEAKS, statement.source),)
    author = _author_of_paper(statement, speaker, work)
    own = Step(speaker, Basis.SPEAKS, statement.source)
    return (own, Step(author, Basis.AUTHOR, author.mentions[:1])) if author is not None else (own,)


def _author_of_paper(statement: Statement, paper: Source, work: Work) -> Source | None:
    """Who signed, took or issued a paper, as any of its mentions says ("notes taken by an EU official")."""
    for span in (hull(statement.source), *paper.mentions):
        tokens = [t for t in work.parse.tokens_in(span) if not t.is_punct]
        if not tokens:
            continue
        head = head_of(tokens)
        for owner in (*children(head, "poss", "compound", "nmod", "amod"), *_by(head)):
            actor = actor_with(owner, place_all(noun_phrase(owner)), work, besides=paper)
            if actor is not None and actor.kind not in (SourceKind.OUTLET, SourceKind.DOCUMENT):
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
        if child.dep_ == "acl" and child.lemma_ in ("sign", "write", "keep", "take", "draft", "send", "issue"):
            found += [n for by in children(child, "agent") for n in children(by, "pobj")]
    return found


def written_in(statement: Statement, speaker: Source, work: Work) -> Steps:
    """ "In a letter to the mediators he demanded": the paper comes before its author."""
    if speaker.kind in (SourceKind.DOCUMENT, SourceKind.OUTLET):
        return ()
    for verb in cue_verbs(statement, work.parse):
        for prep in (*children(verb, "prep"), *(children(verb.head, "prep") if verb.dep_ == "conj" else ())):
            for noun in children(prep, "pobj") if prep.lower_ in ("in", "by") else ():
                if noun.lemma_.lower() in _LETTERS:
                    span = place_all(noun_phrase(noun))
                    paper = actor_with(noun, span, work) or make_source(kind_of(noun, noun.lemma_.lower()), span, work)
                    return (Step(paper, Basis.WRITTEN, (span,)),)
        if verb.lemma_ == "write":
            return _last_letter(statement, work)
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
    for span in paper.mentions:
        near = work.parse.text[span.start : span.end + 60]
        seen = _SEEN_BY.search(near)
        if seen:
            at = span.start + seen.end()
            outlets = [(m, a) for m, a in work.mentions.mentions_in(Span(at, at + 50)) if a.kind is SourceKind.OUTLET]
            return tuple(Step(o, Basis.HOLDS, (hull((span, m)),)) for m, o in outlets[:1] if not is_publisher(o, work))
    cited = [step for s in work.by_id.values() for step in work.chains.get(s.id, ())[1:2] if s.piece == statement.piece]
    others = [step for step in cited if step.source.kind is SourceKind.OUTLET]
    alone = len({step.source for step in others}) == 1 and len(others) >= 2
    return (Step(others[0].source, Basis.BEFORE, others[0].words),) if alone else ()

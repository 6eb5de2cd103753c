"""Where a voice was heard when its own sentence does not say: where it appeared just before, writes, or was polled."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from reportedly.reading.chains_via import told_by
from reportedly.reading.chains_work import Step, Steps, Work, cue_verbs, is_publisher, sentence_of
from reportedly.reading.clauses import children, own_subject
from reportedly.reading.language import load_words
from reportedly.reading.parse import Sentence
from reportedly.reading.speakers import actor_of_noun
from reportedly.records import Basis, Source, SourceKind, Statement, hull

_APPEARING = load_words("chains", "appearing")
_ELSEWHERE = load_words("chains", "occasions")
_SAYINGS = load_words("chains", "sayings")
_WRITING = load_words("chains", "writing")
_SHARES = load_words("reports", "shares")
_ASKED = load_words("chains", "asked")
_POLLS = load_words("chains", "polls")
STILL_ON = 4
"""How many sentences on somebody is still heard where he appeared."""
POLLED = 3
"""How many sentences on people are still those of a poll."""


def writes_for(statement: Statement, speaker: Source, work: Work) -> Steps:
    """ "Ann Lee, editor at large of the Forward, wrote": who writes and is described by an outlet writes in it."""
    if speaker.kind is not SourceKind.PERSON or not statement.source:
        return ()
    if not any(verb.lemma_ in _WRITING for verb in cue_verbs(statement, work.parse)):
        return ()
    for mention, actor in work.mentions.mentions_in(hull(statement.source)):
        if actor.kind is SourceKind.OUTLET and actor.named and not is_publisher(actor, work):
            return (Step(actor, Basis.WRITTEN, (mention,)),)
    return ()


def appeared(statement: Statement, speaker: Source, work: Work) -> Steps:
    """ "Dean appeared on MSNBC on Tuesday. He said": the outlet that somebody spoke on, in that sentence or just after.

    A speech, a tweet or a letter between the two ends it.
    """
    at = sentence_of(statement.cue, work.parse)
    if speaker.kind is not SourceKind.PERSON or at is None:
        return ()
    for sentence in reversed(work.parse.sentences[max(0, at.index - STILL_ON) : at.index + 1]):
        if sentence.piece != at.piece:
            return ()
        for verb in _doings(sentence, speaker, work) if _names_outlet(sentence, work) else ():
            for prep in children(verb, "prep"):
                if steps := told_by(prep, work):
                    return steps
        if any(t.lemma_.lower() in _ELSEWHERE for t in sentence.tokens):
            return ()
    return ()


def appears_later(sentence: Sentence, speaker: Source, work: Work) -> Steps:
    """The outlet that a later sentence has the speaker on: "He was speaking to ITV", "The interview aired on CNN"."""
    if not _names_outlet(sentence, work):
        return ()
    root = sentence.tokens.root
    subject = own_subject(root)
    told_of = subject is not None and subject.lemma_.lower() in _SAYINGS and _is_his(subject, speaker, work)
    for verb in (*_doings(sentence, speaker, work), *([root] if told_of else ())):
        for prep in children(verb, "prep"):
            if steps := told_by(prep, work):
                return steps
    return ()


def _is_his(noun: Token, speaker: Source, work: Work) -> bool:
    """ "His remarks", "Ann Lee's comments", "the interview"."""
    owners = children(noun, "poss")
    return all(actor_of_noun(owner, work) == speaker for owner in owners) if owners else bool(children(noun, "det"))


def _names_outlet(sentence: Sentence, work: Work) -> bool:
    near = work.mentions.mentions_in(sentence.span)
    return any(a.kind is SourceKind.OUTLET and not is_publisher(a, work) for _, a in near)


def _doings(sentence: Sentence, speaker: Source, work: Work) -> Iterator[Token]:
    """The verbs of appearing, speaking and the like whose subject is the speaker."""
    for verb in sentence.tokens:
        if verb.lemma_ in _APPEARING and verb.pos_ == "VERB":
            subject = own_subject(verb) or (own_subject(verb.head) if verb.dep_ in ("conj", "advcl") else None)
            if subject is not None and actor_of_noun(subject, work) == speaker:
                yield verb


def polled(statement: Statement, speaker: Source, work: Work) -> Steps:
    """ "Forty per cent said so": what people at large say is told by the poll that the sentences just before name."""
    at = sentence_of(statement.cue, work.parse)
    words = speaker.name.casefold().split()
    asked = any(w in _SHARES | _ASKED or w.isdigit() or w.endswith("%") for w in words)
    if speaker.kind is not SourceKind.GROUP or at is None or not asked:
        return ()
    for sentence in reversed(work.parse.sentences[max(0, at.index - POLLED) : at.index + 1]):
        for mention, actor in reversed(work.mentions.mentions_in(sentence.span)):
            words = mention.of(work.parse.text).casefold().split()
            one = actor.count == 1 or "exit" in words
            if actor.kind is SourceKind.DOCUMENT and one and actor != speaker and _POLLS & set(words):
                return (Step(actor, Basis.WRITTEN, (mention,)),)
    return _only_poll(at, speaker, work)


def _only_poll(at: Sentence, speaker: Source, work: Work) -> Steps:
    """The poll of a piece that speaks of one alone."""
    polls = {
        actor: mention
        for sentence in work.parse.sentences
        if sentence.piece == at.piece
        for mention, actor in work.mentions.mentions_in(sentence.span)
        if actor.kind is SourceKind.DOCUMENT and _POLLS & set(mention.of(work.parse.text).casefold().split())
    }
    if len(polls) != 1:
        return ()
    ((poll, mention),) = polls.items()
    return (Step(poll, Basis.WRITTEN, (mention,)),) if poll.count == 1 and poll != speaker else ()

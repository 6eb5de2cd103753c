"""Through whom a statement came: the outlet that was told, the go-between, those whom the speaker cites."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from reportedly.reading.clauses import children, noun_phrase, subtree
from reportedly.reading.language import load_words
from reportedly.reading.parse import place, place_all
from reportedly.reading.speakers import (
    Step,
    Steps,
    Work,
    actor_of_noun,
    cue_verbs,
    is_publisher,
    kind_of,
    make_source,
    source_heads,
    speaker_of,
    wording_of,
)
from reportedly.records import Basis, Source, SourceKind, Statement

_CITING = load_words("chains", "citing")
_HAVING = load_words("chains", "having")
_GO_BETWEENS = load_words("chains", "go_betweens")
_VENUES = load_words("chains", "venues")
_THROUGH = load_words("chains", "through")


def via(statement: Statement, work: Work) -> Steps:
    """The outlet that it was told to, if that is not the publisher."""
    for span in statement.addressee:
        told = work.mentions.actor_at(span)
        if told is not None and told.kind is SourceKind.OUTLET and not is_publisher(told, work):
            return (Step(told, Basis.TOLD, (span,)),)
    speaker = speaker_of(statement, work)
    for verb in cue_verbs(statement, work.parse):
        for prep in children(verb, "prep", "agent", "dative"):
            if prep.lower_ in _THROUGH and not any(c.holds(place(prep)) for c in statement.content):
                steps = _told_by(prep, work) or _go_between(prep, work)
                if steps and steps[0].source != speaker:
                    return steps
    if speaker is not None and speaker.kind is SourceKind.UNNAMED:
        return _outlet_in(speaker, work)
    return ()


def _told_by(prep: Token, work: Work) -> Steps:
    """The other outlet that a phrase names: "to the agency", "in an interview with Sky News", "on state television"."""
    for noun in children(prep, "pobj"):
        venue = any(t.lower_ in _VENUES for t in noun.subtree)
        span = place_all(noun.subtree if venue else noun_phrase(noun))
        heads = [place(t) for t in (noun, *noun.conjuncts)]
        for mention, actor in work.mentions.mentions_in(span):
            told = venue or any(mention.holds(h) for h in heads)
            if actor.kind is SourceKind.OUTLET and told and not is_publisher(actor, work):
                return (Step(actor, Basis.TOLD, (place_all([prep, *subtree(noun)]),)),)
    return ()


def _go_between(prep: Token, work: Work) -> Steps:
    """ "Let it be known through his lawyers", "via the embassy of a member state": those who pass it on."""
    for noun in children(prep, "pobj") if prep.lower_ in ("through", "via") else ():
        actor = actor_of_noun(noun, work)
        if noun.lemma_.lower() in _GO_BETWEENS or (actor is not None and actor.kind is SourceKind.PERSON):
            span = place_all(noun_phrase(noun))
            return (
                Step(actor or make_source(kind_of(noun, wording_of(span, work)), span, work), Basis.THROUGH, (span,)),
            )
    return ()


def _outlet_in(speaker: Source, work: Work) -> Steps:
    """ "one of the Herald's trio", "three envoys who spoke to Reuters": the outlet that has them, in their own name."""
    for span in speaker.mentions:
        for _, actor in work.mentions.mentions_in(span):
            if actor.kind is SourceKind.OUTLET and not is_publisher(actor, work):
                return (Step(actor, Basis.TOLD, (span,)),)
    return ()


def cited(statement: Statement, work: Work) -> Steps:
    """ "said, citing three diplomats", "Reuters, which cited X", "quoting an aide, the daily claims"."""
    for verb in _citing_verbs(statement, work):
        for noun in _named_by(verb):
            actor = actor_of_noun(noun, work)
            if actor is not None and actor != work.outlet and not is_publisher(actor, work):
                return (Step(actor, Basis.CITED, (place_all([verb, noun]),)),)
    return ()


def _citing_verbs(statement: Statement, work: Work) -> Iterator[Token]:
    heads = source_heads(statement, work.parse)
    for head in heads:
        yield from (v for v in head.children if v.lemma_ in _CITING | _HAVING and v.dep_ in ("relcl", "acl", "advcl"))
    for cue in cue_verbs(statement, work.parse):
        first = min([cue.i, *(h.i for h in heads if h.doc is cue.doc)])
        near = cue.doc[first + 1 : cue.sent.end]
        yield from (v for v in near if v.lemma_ in _CITING and v.tag_ == "VBG" and v.nbor(-1).text == ",")
        yield from (v for v in children(cue, "advcl") if v.lemma_ in _CITING and v.tag_ == "VBG" and v.i < cue.i)


def _named_by(verb: Token) -> list[Token]:
    """Whom a verb of citing names: its object, or with "had it" what stands after "from"."""
    if verb.lemma_ in _CITING:
        return children(verb, "dobj", "pobj")
    return [n for prep in children(verb, "prep") if prep.lower_ == "from" for n in children(prep, "pobj")]

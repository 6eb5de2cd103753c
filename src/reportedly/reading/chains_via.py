"""Through whom a statement came: the outlet that was told, the go-between, those whom the speaker cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from reportedly.reading.chains_work import Step, Steps, Work, cue_verbs, is_publisher, make_source
from reportedly.reading.clauses import antecedent, children, noun_phrase, runs, subtree
from reportedly.reading.language import load_words
from reportedly.reading.parse import place, place_all
from reportedly.reading.speakers import actor_of_noun, last_outlet, source_heads, speaker_of, wording_of
from reportedly.reading.speakers_kinds import OUTLET_NOUNS, kind_of
from reportedly.records import Basis, Source, SourceKind, Span, Statement

_CITING = load_words("chains", "citing")
_HAVING = load_words("chains", "having")
_GO_BETWEENS = load_words("chains", "go_betweens")
_TELLING = frozenset({"by", "to"})
_ADDRESSED = load_words("reports", "addressed")
_SPEAKING = load_words("chains", "speaking")
_MEDIA = load_words("chains", "media")
_MARKS = frozenset("\"'“‘«„")
_BEFORE = frozenset({",", "”", '"', "’", "»"})
_TITLE = re.compile(r",? [\"'“‘][^\"'”’\n]{2,40}[\"'”’]")
_VENUES = load_words("chains", "venues")
_THROUGH = load_words("chains", "through")


def via(statement: Statement, work: Work) -> Steps:
    """The outlet that it was told to or printed by, if that is not the publisher; else a go-between."""
    for span in (*statement.addressee, *_listeners(statement, work)):
        told = work.mentions.actor_at(span)
        if told is not None and told.kind is SourceKind.OUTLET and not is_publisher(told, work):
            return (Step(told, Basis.TOLD, (span,)),)
        whole, surely = _with_title(span, work), _is_interviewer(told, statement, work)
        if steps := _called_outlet(list(work.parse.tokens_in(whole)), span, work, surely=surely):
            return steps
    if steps := _quoted_by(statement, work):
        return steps
    speaker = speaker_of(statement, work)
    for prep in _where_said(statement, work):
        steps = told_by(prep, work) or _go_between(prep, work)
        if steps and steps[0].source != speaker:
            return steps
    if speaker is not None and speaker.kind is SourceKind.UNNAMED:
        return _outlet_in(speaker, work)
    return ()


def _is_interviewer(told: Source | None, statement: Statement, work: Work) -> bool:
    """ "Told Mic in an interview": a name that is nobody's is the outlet's."""
    preps = [p for verb in cue_verbs(statement, work.parse) for p in children(verb, "prep")]
    interview = any(noun.lemma_ == "interview" for prep in preps for noun in children(prep, "pobj"))
    return interview and (told is None or told.kind is SourceKind.ORGANISATION)


def _listeners(statement: Statement, work: Work) -> Iterator[Span]:
    """ "Told the union's podcast": the object of telling, where it is something that one speaks in, or an outlet."""
    for verb in cue_verbs(statement, work.parse):
        if verb.lemma_ in _ADDRESSED and (beside := _outlet_beside(verb, work)) is not None:
            yield beside
    for verb in cue_verbs(statement, work.parse):
        for noun in children(verb, "dobj", "dative") if verb.lemma_ == "tell" else ():
            if noun.lower_ in _VENUES:
                yield place_all(noun_phrase(noun))


def _outlet_beside(verb: Token, work: Work) -> Span | None:
    """The outlet whose name follows the verb, whatever the parser makes of it ("told USA Today")."""
    end = place(verb).end
    for mention, actor in work.mentions.mentions_in(Span(end, end + 60)):
        gap = work.parse.text[end : mention.start]
        if actor.kind is SourceKind.OUTLET and gap in (" ", " the ", " The "):
            return mention
    return None


def _where_said(statement: Statement, work: Work) -> Iterator[Token]:
    """The prepositions that may say where it was said: those of the cue, and of "speaking to Sky News, she said"."""
    for verb in cue_verbs(statement, work.parse):
        speaking = [v for v in children(verb, "advcl") if v.tag_ in ("VBG", "VBN") and _is_speaking(v)]
        quoting = [v for v in list(verb.ancestors)[:2] if v.lemma_ in ("quote", "cite") and v.tag_ == "VBN"]
        letting = [verb.head] if verb.head.lemma_ == "let" else []
        for said in (verb, *letting, *speaking, *quoting):
            for prep in children(said, "prep", "agent", "dative"):
                if prep.lower_ in _THROUGH and not any(c.holds(place(prep)) for c in statement.content):
                    yield prep


def _quoted_by(statement: Statement, work: Work) -> Steps:
    """ "State television quoted the president as saying": who quotes hands it on."""
    for verb in cue_verbs(statement, work.parse):
        quotes = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "as" else None
        if quotes is None or quotes.lemma_ not in ("quote", "cite") or not children(quotes, "dobj"):
            continue
        for noun in children(quotes, "nsubj"):
            actor = actor_of_noun(antecedent(noun), work)
            if actor is not None and not is_publisher(actor, work):
                return (Step(actor, Basis.TOLD, (place_all([noun, quotes]),)),)
    return ()


def _is_speaking(verb: Token) -> bool:
    """ "Speaking to Sky News", "discussing the deal in an interview"."""
    if verb.lemma_ in _SPEAKING:
        return True
    return any(noun.lower_ in _VENUES for prep in children(verb, "prep") for noun in children(prep, "pobj"))


def told_by(prep: Token, work: Work) -> Steps:
    """The other outlet that a phrase names: "to the agency", "in an interview with Sky News", "on state television"."""
    for noun in children(prep, "pobj"):
        venue = any(t.lower_ in _VENUES for t in noun.subtree)
        span = place_all(noun.subtree if venue else noun_phrase(noun))
        heads = [place(t) for t in (noun, *noun.conjuncts, *children(noun, "poss"))]
        words = place_all([prep, *subtree(noun)])
        for mention, actor in work.mentions.mentions_in(span):
            told = venue or any(mention.holds(h) for h in heads)
            if actor.kind is SourceKind.OUTLET and told and not is_publisher(actor, work):
                return (Step(actor, Basis.TOLD, (words,)),)
        quoted_by = prep.dep_ == "agent" and prep.head.lemma_ in ("quote", "cite")
        if steps := _called_outlet(list(noun.subtree), words, work, surely=quoted_by):
            return steps
    return ()


def _called_outlet(tokens: list[Token], words: Span, work: Work, *, surely: bool = False) -> Steps:
    """An outlet that no roster knows: "the podcast Signal Passed", "Harbour TV"; `surely` where only one quotes so."""
    venue = any(t.lower_ in _VENUES for t in tokens)
    for run in runs(t for t in tokens if t.pos_ == "PROPN"):
        span = place_all(run)
        actor, titled = work.mentions.actor_at(span), venue and _is_quoted(span, work)
        titled = titled or _names_the_venue(run, actor)
        known = (SourceKind.OUTLET,) if titled else (SourceKind.OUTLET, SourceKind.PERSON, SourceKind.GOVERNMENT)
        if actor is not None and actor.kind in known:
            continue
        if surely or titled or run[-1].text in _MEDIA or run[-1].ent_type_ == "WORK_OF_ART":
            name = wording_of(span, work)
            made = Source(id="", name=name, kind=SourceKind.OUTLET)
            return () if is_publisher(made, work) else (Step(make_source(made, span, work), Basis.TOLD, (words,)),)
    return ()


def _names_the_venue(run: list[Token], actor: Source | None) -> bool:
    """ "A Harbour interview": a name that is nobody's, before what one speaks in, is the outlet's."""
    after = run[-1].nbor(1) if run[-1].i + 1 < len(run[-1].doc) else None
    return (actor is None or actor.kind is SourceKind.ORGANISATION) and after is not None and after.lower_ in _VENUES


def _with_title(span: Span, work: Work) -> Span:
    """A phrase with the quoted title that stands beside it: "the union's podcast, 'Green Flag'"."""
    found = _TITLE.match(work.parse.text, span.end)
    return Span(span.start, found.end()) if found else span


def _is_quoted(span: Span, work: Work) -> bool:
    return work.parse.text[max(0, span.start - 1) : span.start] in _MARKS


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
    """ "one of the Herald's trio", "two officials quoted by the daily": the outlet that has them, in their own name."""
    for span in speaker.mentions:
        for _, actor in work.mentions.mentions_in(span):
            if actor.kind is SourceKind.OUTLET and not is_publisher(actor, work):
                return (Step(actor, Basis.TOLD, (span,)),)
        told = any(t.lemma_.lower() in OUTLET_NOUNS and t.head.lower_ in _TELLING for t in work.parse.tokens_in(span))
        outlet = last_outlet(span, work) if told else None
        if outlet is not None:
            return (Step(outlet, Basis.TOLD, (span,)),)
    return ()


def cited(statement: Statement, work: Work) -> Steps:
    """ "said, citing three diplomats", "Reuters, which cited X", "quoting an aide, the daily claims"."""
    for verb in _citing_verbs(statement, work):
        for noun in _named_by(verb):
            actor = actor_of_noun(noun, work) or _unlisted(noun, work)
            if actor is not None and actor != work.outlet and not is_publisher(actor, work):
                return (Step(actor, Basis.CITED, (place_all([verb, noun]),)),)
    return ()


def _unlisted(noun: Token, work: Work) -> Source | None:
    """A paper, people or a body without a name that no mention was made of."""
    span = place_all(noun_phrase(noun))
    made = kind_of(noun, wording_of(span, work))
    if noun.pos_ == "NOUN" and made.kind in (SourceKind.ORGANISATION, SourceKind.GOVERNMENT):
        return make_source(made, span, work)
    return make_source(made, span, work) if made.kind in (SourceKind.DOCUMENT, SourceKind.UNNAMED) else None


def _citing_verbs(statement: Statement, work: Work) -> Iterator[Token]:
    heads = source_heads(statement, work.parse)
    for head in heads:
        yield from (v for v in head.children if v.lemma_ in _CITING | _HAVING and v.dep_ in ("relcl", "acl", "advcl"))
    for cue in cue_verbs(statement, work.parse):
        first = min([cue.i, *(h.i for h in heads if h.doc is cue.doc)])
        near = cue.doc[first + 1 : cue.sent.end]
        yield from (v for v in near if v.lemma_ in _CITING and v.tag_ == "VBG" and v.nbor(-1).text in _BEFORE)
        yield from (v for v in children(cue, "advcl") if v.lemma_ in _CITING and v.tag_ == "VBG" and v.i < cue.i)


def _named_by(verb: Token) -> list[Token]:
    """Whom a verb of citing names: its object, or with "had it" what stands after "from"."""
    if verb.lemma_ in _CITING:
        return children(verb, "dobj", "pobj")
    return [n for prep in children(verb, "prep") if prep.lower_ == "from" for n in children(prep, "pobj")]

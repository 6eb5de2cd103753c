"""Who a source span stands for: the actor of its head noun, several who speak as one, or a voice by its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from reportedly.reading.actors import Mentions
from reportedly.reading.clauses import RELATIVE, antecedent, children, noun_phrase
from reportedly.reading.cues import Cues
from reportedly.reading.language import load_words
from reportedly.reading.parse import Parse, Sentence, place, place_all
from reportedly.records import Source, SourceKind, Span, Spans, Statement, hull

_OURSELVES = load_words("reports", "ourselves")
_PAPERS = load_words("reports", "papers")
_OFFICES = load_words("reports", "offices")
_CROWDS = load_words("reports", "crowds")
_LETTERS = load_words("reports", "letters")
_PLANS = load_words("reports", "plans")


@dataclass
class Work:
    """The chains as they grow, by statement id."""

    parse: Parse
    mentions: Mentions
    cues: Cues
    outlet: Source
    by_id: dict[str, Statement]
    made: dict[str, Source] = field(default_factory=dict)
    chains: dict[str, tuple[Source, ...]] = field(default_factory=dict)


def speaker_of(statement: Statement, work: Work) -> Source | None:
    if not statement.source:
        return None
    span = hull(statement.source)
    tokens = [t for t in work.parse.tokens_in(span) if not t.is_punct]
    if not tokens:
        return work.mentions.actor_at(span)
    head = head_of(tokens)
    if head.pos_ not in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"):
        return None
    if head.lower_ in RELATIVE:
        return actor_of_noun(antecedent(head), work)
    joint = _joint(head, span, work)
    if joint is not None:
        return joint
    return actor_with(head, span, work) or _unlisted(head, span, work)


def head_of(tokens: Sequence[Token]) -> Token:
    inside = {t.i for t in tokens}
    outer = [t for t in tokens if t.head.i not in inside or t.head == t]
    nouns = [t for t in outer if t.pos_ in ("NOUN", "PROPN", "PRON", "NUM")] or [t for t in tokens if t.pos_ == "NOUN"]
    return next(iter((*nouns, *outer)), tokens[-1])


def actor_of_noun(noun: Token, work: Work) -> Source | None:
    return actor_with(noun, place_all(noun_phrase(noun)), work)


def actor_with(head: Token, span: Span, work: Work) -> Source | None:
    """The actor whose mention holds the head noun; else the one that fits the whole span best."""
    at = place(head)
    thing = head.lemma_.lower() in _PLANS | _PAPERS | _LETTERS
    named = [work.mentions.actor_at(place(t)) for t in children(head, "appos") if t.pos_ == "PROPN" and not thing]
    for actor in named:
        if actor is not None and actor.kind is SourceKind.PERSON:
            return actor
    holding = [(m, a) for m, a in work.mentions.mentions_in(_wide(span)) if m.holds(at)]
    if holding:
        return max(holding, key=lambda pair: pair[0].end - pair[0].start)[1]
    best = work.mentions.actor_at(span)
    if best is not None and any(m.holds(at) for m in best.mentions):
        return best
    return None


def _wide(span: Span) -> Span:
    return Span(max(0, span.start - 60), span.end + 200)


def _joint(head: Token, span: Span, work: Work) -> Source | None:
    """Several named ones who speak as one are one link, their names joined."""
    heads = [head]
    while (more := [c for c in children(heads[-1], "conj") if span.holds(place(c))]) and len(heads) < 6:
        heads.append(more[0])
    if len(heads) < 2:
        return None
    actors = [a for h in heads if (a := actor_with(h, place(h), work)) is not None]
    actors = list(dict.fromkeys(actors))
    if len(actors) < 2 or len({a.named for a in actors}) > 1:
        return None
    name = " and ".join(a.name for a in actors)
    count = sum(a.count for a in actors) if actors[0].kind in (SourceKind.PERSON, SourceKind.UNNAMED) else 1
    return make_source(Source(id="", name=name, kind=actors[0].kind, named=actors[0].named, count=count), span, work)


def _unlisted(head: Token, span: Span, work: Work) -> Source | None:
    """A voice that no mention was made of: it is taken by the words that name it. None for the outlet's own "we"."""
    if head.lower_ in _OURSELVES:
        return None
    name = re.sub(r"^(the|a|an)\s+", "", " ".join(span.of(work.parse.text).split()), flags=re.IGNORECASE)
    return make_source(kind_of(head, name), span, work)


def kind_of(head: Token, name: str) -> Source:
    """What kind of voice a noun phrase is, by its head."""
    noun = head.lemma_.lower()
    if noun in _LETTERS | _PLANS | _PAPERS:
        return Source(id="", name=name, kind=SourceKind.DOCUMENT)
    if noun in _OFFICES:
        return Source(id="", name=name, kind=SourceKind.GOVERNMENT)
    if head.tag_ == "NNS":
        kind = SourceKind.GROUP if noun in _CROWDS else SourceKind.UNNAMED
        return Source(id="", name=name, kind=kind, named=False, count=2, at_least=True)
    if {t.lower_ for t in head.children} & {"a", "an", "one", "another", "my"}:
        return Source(id="", name=name, kind=SourceKind.UNNAMED, named=False)
    return Source(id="", name=name, kind=SourceKind.PERSON)


def make_source(source: Source, span: Span, work: Work) -> Source:
    key = f"{source.kind}:{source.name.casefold()}"
    if key not in work.made:
        number = len(work.mentions.actors) + len(work.made) + 1
        work.made[key] = replace(source, id=f"so{number}", mentions=(span,))
    return work.made[key]


def source_heads(statement: Statement, parse: Parse) -> list[Token]:
    if not statement.source:
        return []
    tokens = [t for t in parse.tokens_in(hull(statement.source)) if not t.is_punct]
    return [head_of(tokens)] if tokens else []


def cue_verbs(statement: Statement, parse: Parse) -> list[Token]:
    return [t for span in statement.cue for t in parse.tokens_in(span) if t.pos_ in ("VERB", "AUX")]


def sentence_of(spans: Spans, parse: Parse) -> Sentence | None:
    return parse.sentence_at(hull(spans).start) if spans else None


def is_publisher(outlet: Source, work: Work) -> bool:
    """Whether an outlet is the publishing one, in its long or short name ("the Comet" of the Daily Comet)."""
    short, long = sorted((_name_words(outlet.name), _name_words(work.outlet.name)), key=len)
    return outlet == work.outlet or (bool(short) and short <= long)


def _name_words(name: str) -> set[str]:
    return set(name.casefold().split()) - {"the", "daily", "news", "weekly"}

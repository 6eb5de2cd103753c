"""Mentions: every actor and place of an article, with all the words that mean them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportedly.reading.actors import Mentions, Place
from reportedly.reading.coreference import Discourse
from reportedly.reading.dossier import Dossier
from reportedly.reading.mentions_actors import Actor, Cast, gather
from reportedly.reading.mentions_headings import learn_full_names
from reportedly.reading.mentions_lexicon import load_lexicon
from reportedly.reading.mentions_names import Name, NameFinder, capitals_of
from reportedly.reading.mentions_nations import adjectives_of, learn_nations
from reportedly.reading.mentions_people import join_offices
from reportedly.reading.mentions_reading import read_sentence
from reportedly.reading.mentions_sides import read_pending
from reportedly.reading.mentions_words import words_of
from reportedly.reading.parse import Parse
from reportedly.reading.quotes import find_quotes
from reportedly.reading.roster import Known, Sort, load_roster, split_name
from reportedly.records import Source, SourceKind, Span

_WHERE = frozenset(
    ["in", "at", "near", "around", "outside", "inside", "across", "from", "to", "towards", "toward", "into", "via"]
)
_TOLD = frozenset(["tell", "say", "urge", "ask", "pressure", "offer", "send", "give", "hand", "present", "warn"])


def find_mentions(parse: Parse, dossier: Dossier) -> Mentions:
    """Every actor and place of the article, resolved within it.

    Method: names from runs of capitals, a roster and spaCy's entity labels; descriptions from a table of nouns and
    the parse; pronouns and descriptions resolved from left to right. The publishing outlet is `so0`, if it is known.
    """
    language = (parse.document.language or "en")[:2]
    cast = Cast(load_roster(language, dossier), load_lexicon(language), parse.text)
    publisher = _publisher(parse.document.outlet, cast)
    names = learn_nations(_names(parse, cast), cast.lexicon, cast.roster)
    cast.adjectives = {c: a for c, a in adjectives_of(names).items() if c not in cast.roster.adjectives}
    gather(names, cast, lambda name: _is_place(name))
    learn_full_names(cast, parse.document)
    _read_on(parse, names, Discourse(cast, publisher, [q.inner for q in find_quotes(parse)]))
    return _finished(cast, publisher)


def _publisher(outlet: str | None, cast: Cast) -> Actor | None:
    if not outlet:
        return None
    known = cast.roster.get(outlet)
    if known is None or known.sort is not Sort.OUTLET:
        known = Known(name=outlet, sort=Sort.OUTLET, kind=SourceKind.OUTLET)
    actor = cast.known(known)
    actor.name, actor.words = outlet, tuple(w for w in split_name(outlet) if w != "The")
    return actor


def _names(parse: Parse, cast: Cast) -> list[Name]:
    words = [words_of(sentence, parse, cast.roster) for sentence in parse.sentences]
    finder = NameFinder(parse.text, cast.roster, cast.lexicon, capitals_of(words))
    return [name for i, sentence in enumerate(words) for name in finder.names_in(sentence, i)]


def _is_place(name: Name) -> bool:
    """Whether a capital or a country stands for the spot rather than for its government."""
    token = name.first.token
    if name.last.possessive or token.i == 0:
        return False
    before = token.nbor(-1)
    if before.lower_ in ("and", "or", ",") and before.i > 1 and before.nbor(-1).ent_type_ == "GPE":
        before = before.nbor(-2)
    if before.lower_ not in _WHERE:
        return False
    return not (before.lower_ in ("to", "from", "at") and before.head.lemma_ in _TOLD)


def _read_on(parse: Parse, names: Iterable[Name], talk: Discourse) -> None:
    by_sentence: dict[int, list[Name]] = {}
    for name in names:
        by_sentence.setdefault(name.sentence, []).append(name)
    for sentence in parse.sentences:
        read_sentence(sentence, by_sentence.get(sentence.index, []), talk)
    join_offices(talk)
    read_pending(talk)


def _finished(cast: Cast, publisher: Actor | None) -> Mentions:
    kept = [a for a in cast.actors if a.mentions or a is publisher]
    kept.sort(key=lambda a: (a is not publisher, min((m.start for m in a.mentions), default=0)))
    actors = tuple(_source(actor, f"so{i}") for i, actor in enumerate(kept))
    spots = sorted(cast.spots.values(), key=lambda s: s.mentions[0].start)
    return Mentions(actors, tuple(Place(name=s.name, country=s.country, mentions=_spans(s.mentions)) for s in spots))


def _source(actor: Actor, id: str) -> Source:
    source = Source(id=id, name=actor.name, kind=actor.kind, named=actor.named, count=actor.count)
    return replace(source, at_least=actor.at_least, party=actor.party, mentions=_spans(actor.mentions), ref=actor.ref)


def _spans(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(sorted(set(spans)))

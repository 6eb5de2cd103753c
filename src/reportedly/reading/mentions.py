"""Mentions: every actor and place of an article, with all the words that mean them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.reading.actors import Mentions, Place
from reportedly.reading.coreference import PRONOUNS, Discourse, read_phrase, read_pronoun
from reportedly.reading.dossier import Dossier
from reportedly.reading.mentions_actors import Actor, Cast, gather
from reportedly.reading.mentions_names import Name, NameFinder, capitals_of, load_lexicon
from reportedly.reading.mentions_words import words_of
from reportedly.reading.parse import Parse, Sentence, place
from reportedly.reading.roster import Known, Sort, load_roster, split_name
from reportedly.reading.unnamed import Phrase, find_phrases
from reportedly.records import Source, SourceKind, Span

_WHERE = frozenset(
    [
        "in",
        "at",
        "near",
        "around",
        "outside",
        "inside",
        "across",
        "from",
        "to",
        "towards",
        "toward",
        "into",
        "between",
        "through",
        "over",
    ]
)
_SPEAKS = frozenset(["tell", "say", "press", "pressure", "on", "urge", "ask", "force"])


def find_mentions(parse: Parse, dossier: Dossier) -> Mentions:
    """Every actor and place of the article, resolved within it.

    Names come from runs of capitals, a roster and spaCy's entities; descriptions from a table of nouns and the parse;
    pronouns and descriptions are resolved from left to right. Deterministic, linear in the text but for the look back.
    """
    language = parse.document.language or "en"
    roster, lexicon = load_roster("en" if language[:2] == "en" else language, dossier), load_lexicon("en")
    cast = Cast(roster, lexicon, parse.text)
    publisher = _publisher(parse.document.outlet, cast)
    words = [words_of(sentence, parse, roster) for sentence in parse.sentences]
    finder = NameFinder(parse.text, roster, lexicon, capitals_of(words))
    names = [name for i, sentence in enumerate(words) for name in finder.names_in(sentence, i)]
    gather(names, cast, lambda name: _is_place(name, parse))
    _read_on(parse, names, Discourse(cast, publisher))
    return _finished(cast, publisher)


def _publisher(outlet: str | None, cast: Cast) -> Actor | None:
    if not outlet:
        return None
    known = cast.roster.get(outlet)
    if known is None or known.sort is not Sort.OUTLET:
        known = Known(name=outlet, sort=Sort.OUTLET, kind=SourceKind.OUTLET)
    actor = cast.known(known)
    actor.words = split_name(outlet)
    return actor


def _is_place(name: Name, parse: Parse) -> bool:
    """Whether a capital or a country stands for the spot rather than for its government."""
    token = name.first.token
    if name.last.possessive or token.i == 0:
        return False
    before = token.nbor(-1)
    if before.lower_ not in _WHERE:
        return False
    return not (before.lower_ in ("on", "to", "over") and before.head.lemma_ in _SPEAKS)


@dataclass(frozen=True, slots=True)
class _Event:
    """Something to resolve, at its place in the text."""

    at: int
    order: int
    sentence: int
    name: Name | None = None
    phrase: Phrase | None = None
    token: int = -1


def _read_on(parse: Parse, names: Iterable[Name], talk: Discourse) -> None:
    by_sentence: dict[int, list[Name]] = {}
    for name in names:
        by_sentence.setdefault(name.sentence, []).append(name)
    for sentence in parse.sentences:
        _read_sentence(sentence, by_sentence.get(sentence.index, []), talk)


def _read_sentence(sentence: Sentence, names: list[Name], talk: Discourse) -> None:
    phrases = [p for p in find_phrases(sentence, talk.cast.lexicon) if not _within_name(p, names)]
    events = [_Event(n.span.start, 0, sentence.index, name=n) for n in names if n.span in talk.cast.at]
    events += [_Event(p.core.end, 1, sentence.index, phrase=p) for p in phrases]
    events += [_Event(place(t).start, 2, sentence.index, token=t.i) for t in sentence.tokens if t.lower_ in PRONOUNS]
    for event in sorted(events, key=lambda e: (e.at, e.order)):
        _read_event(event, sentence, names, talk)


def _within_name(phrase: Phrase, names: list[Name]) -> bool:
    head = place(phrase.head)
    return any(name.span.meets(head) for name in names)


def _read_event(event: _Event, sentence: Sentence, names: list[Name], talk: Discourse) -> None:
    if event.name is not None:
        actor = talk.cast.at[event.name.span]
        talk.note(actor, event.name.span, sentence=sentence.index, token=event.name.last.token)
    elif event.phrase is not None:
        holder = _beside(event.phrase, names, talk)
        if holder is None:
            read_phrase(event.phrase, talk)
        else:
            holder.roles.add(event.phrase.noun)
            talk.cast.mention(holder, event.phrase.span)
            holder.party = holder.party or _nation(event.phrase, names, talk)
    else:
        token = sentence.paragraph.doc[event.token]
        read_pronoun(token, sentence.index, talk)


def _beside(phrase: Phrase, names: list[Name], talk: Discourse) -> Actor | None:
    """The person that a description stands beside: "Marit Solbakk, the UN envoy", "US envoy Carter Boyle"."""
    if phrase.plural or "part" in phrase.sorts:
        return None
    text = talk.cast.text
    for name in names:
        actor = talk.cast.at.get(name.span)
        if actor is None or actor.kind is not SourceKind.PERSON:
            continue
        before = text[name.span.end : phrase.span.start] if name.span.end <= phrase.span.start else None
        if (before is not None and before.strip() in (",", "–", "—")) or (before and _aged(before)):
            return actor
        after = text[phrase.core.end : name.span.start] if phrase.core.end <= name.span.start else None
        if after == " " or (
            after == ", " and phrase.span.end <= name.span.start and (phrase.definite or phrase.possessor)
        ):
            return actor
    return None


def _aged(gap: str) -> bool:
    return gap.startswith(", ") and gap.strip(" ,").isdigit()


def _nation(phrase: Phrase, names: list[Name], talk: Discourse) -> str | None:
    for name in names:
        actor = talk.cast.at.get(name.span)
        if actor and phrase.span.holds(name.span) and actor.kind in (SourceKind.GOVERNMENT, SourceKind.ORGANISATION):
            return actor.party or actor.name
    return None


def _finished(cast: Cast, publisher: Actor | None) -> Mentions:
    kept = [a for a in cast.actors if a.mentions or a is publisher]
    kept.sort(key=lambda a: (a is not publisher, min((m.start for m in a.mentions), default=0)))
    actors = tuple(_source(actor, f"so{i}") for i, actor in enumerate(kept))
    spots = sorted(cast.spots.values(), key=lambda s: s.mentions[0].start)
    return Mentions(actors, tuple(Place(name=s.name, country=s.country, mentions=_spans(s.mentions)) for s in spots))


def _source(actor: Actor, id: str) -> Source:
    return Source(
        id=id,
        name=actor.name,
        kind=actor.kind,
        named=actor.named,
        count=actor.count,
        at_least=actor.at_least,
        party=actor.party,
        mentions=_spans(actor.mentions),
        ref=actor.ref,
    )


def _spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(set(spans)))

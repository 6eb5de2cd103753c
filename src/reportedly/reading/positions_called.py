"""Whom a common noun stands for: "the guild", "management", "the rebels", "the government"."""

from __future__ import annotations

import re
from functools import lru_cache

from reportedly.reading.draft import Draft
from reportedly.reading.language import load_lists
from reportedly.reading.roster import Sort, load_roster, split_name
from reportedly.records import Source, SourceKind, Span

BODIES = (SourceKind.GOVERNMENT, SourceKind.ORGANISATION)
_NATIONS = (Sort.COUNTRY, Sort.ADJECTIVE, Sort.PEOPLE, Sort.CAPITAL)
_STATE, _EMPLOYERS = "state", "employers"
_WORKERS = "workers"


def is_body(actor: Source) -> bool:
    """Whether an actor is a body, or people who go by the name of one: "the Socialists", "Senate Democrats"."""
    if actor.kind in BODIES:
        return True
    return actor.kind is SourceKind.GROUP and actor.named and actor.name[:1].isupper() and not nation_of(actor.name)


def nation_of(name: str) -> tuple[str, ...]:
    """The country that a name such as "Dutch ambassador" or "Embassy of Russia" speaks of."""
    roster, words = load_roster("en"), split_name(name)
    for at in range(len(words)):
        known = roster.longest(words, at)
        if known is not None and known[1].sort in _NATIONS:
            return (known[1].name,)
    return ()


def body_called(noun: str, at: int, draft: Draft) -> Source | None:
    """The body that a common noun stands for at a place of the text.

    Method: of the bodies whose name holds the noun, or a word that such bodies bear in their names, the one named last
    before; for an office of state the country just spoken of, else the article's own; for an employer the body spoken
    of most that is no union, where there is a union or nobody else.
    """
    noun = noun.casefold()
    fits = _bodies(_words_for(noun), draft)
    if fits:
        return max(fits, key=lambda a: _last_before(a, at))
    sort = sorts_called().get(noun)
    if sort == _STATE:
        return land_at(at, draft)
    return _employer(noun, at, draft) if sort == _EMPLOYERS else None


@lru_cache(maxsize=1)
def sorts_called() -> dict[str, str]:
    """The sort of party that a noun calls: workers, employers, fighters, state."""
    return {noun: sort for sort, nouns in load_lists("en", "stances")["called"].items() for noun in nouns}


def _words_for(noun: str) -> frozenset[str]:
    """The words of names that a noun fits: its own, and those of its sort."""
    heads, names = load_lists("en", "mentions")["bodies"]["heads"], load_lists("en", "stances")["called_names"]
    sort = sorts_called().get(noun, "")
    return frozenset({noun, *(w.casefold() for w in (*heads.get(noun, ()), *names.get(sort, ())))})


def _bodies(words: frozenset[str], draft: Draft) -> list[Source]:
    return [a for a in draft.mentions.actors if a.kind in BODIES and a.named and words & words_of(a.name)]


def _last_before(actor: Source, at: int) -> int:
    return max((m.start for m in actor.mentions if m.start < at), default=-1)


def _employer(noun: str, at: int, draft: Draft) -> Source | None:
    """The body spoken of most that is neither a union nor a state nor an outlet."""
    unions = _words_for(_WORKERS)
    firms = [
        a
        for a in draft.mentions.actors
        if a.kind is SourceKind.ORGANISATION and a.named and a.name[:1].isupper() and not unions & words_of(a.name)
    ]
    firms = [a for a in firms if not nation_of(a.name) and len(a.mentions) > 1]
    if noun not in _ALONE and not _bodies(unions, draft):
        return None
    return max(firms, key=lambda a: (len(a.mentions), _last_before(a, at)), default=None)


_ALONE = frozenset({"company", "firm", "bidder", "suitor", "airline", "carrier", "carmaker", "maker", "operator"})


@lru_cache(maxsize=1024)
def words_of(name: str) -> frozenset[str]:
    """The words of a name in small letters."""
    return frozenset(re.findall(r"[\w]+", name.casefold()))


def is_land(actor: Source) -> bool:
    """Whether an actor is a country as such."""
    return actor.kind is SourceKind.GOVERNMENT and actor.named and nation_of(actor.name) == (actor.name,)


def land_at(at: int, draft: Draft) -> Source | None:
    """The country that "the government" means: one just spoken of as acting or owning, else the article's own."""
    sentence = draft.parse.sentence_at(at)
    if sentence is None:
        return None
    start = draft.parse.sentences[max(0, sentence.index - 1)].span.start
    near = draft.mentions.mentions_in(Span(start, at)) if start < at else ()
    lands = [a for m, a in near if is_land(a) and acts_or_owns(m, draft)]
    return lands[-1] if lands else home_of(draft)


def acts_or_owns(mention: Span, draft: Draft) -> bool:
    """Whether a mention is a subject or an owner."""
    return any(t.dep_ in ("nsubj", "nsubjpass", "poss") for t in draft.parse.tokens_in(mention))


@lru_cache(maxsize=2)
def home_of(draft: Draft) -> Source | None:
    """The country that an article speaks of most, if it is clear which."""
    lands = sorted((a for a in draft.mentions.actors if is_land(a)), key=lambda a: -len(a.mentions))
    clear = lands and (len(lands) == 1 or len(lands[0].mentions) > len(lands[1].mentions))
    return lands[0] if clear else None

"""Countries that no table knows, told by their adjectives: "Korvian officials" and "Korvia" are one.

Method: the endings by which English makes an adjective of a country's name (-ian, -an, -ese, -i, -ish, -ic).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportedly.reading.mentions_lexicon import Lexicon
from reportedly.reading.mentions_names import Name
from reportedly.reading.roster import Known, Roster, Sort
from reportedly.records import SourceKind

_ENDINGS = (
    ("ian", ("ia", "", "y", "e", "o")),
    ("ean", ("ea", "e", "")),
    ("an", ("a", "", "o", "e")),
    ("ese", ("", "a", "o", "ia", "e", "land")),
    ("ish", ("land", "", "ia", "y", "en")),
    ("ic", ("", "ia", "land")),
    ("er", ("",)),
    ("i", ("", "a", "ia", "e", "stan")),
    ("n", ("",)),
)
"""Endings of adjectives, and what stands in their place at the end of the country's name, the likeliest first."""
_SHORTEST = 3
_OF_STATE = frozenset({"unnamed", "office", "government", "group"})


def learn_nations(names: Sequence[Name], lexicon: Lexicon, roster: Roster) -> list[Name]:
    """The names, those of unknown countries and their adjectives made known by one another.

    An adjective stands right before a noun; it alone makes a country where that noun is of those who speak for one.
    """
    unknown = [n for n in names if n.known is None and len(n.words) == 1 and not n.titles]
    nouns = {n.words[0] for n in unknown}
    learned: dict[str, Known] = {}
    for adjective in sorted({n.words[0] for n in unknown if _is_adjective(n)}):
        uses = [n for n in unknown if n.words[0] == adjective]
        country = next((c for c in countries_of(adjective) if c in nouns), None)
        if country is None and all(_is_adjective(n) for n in uses) and any(_speaks_for(n, lexicon) for n in uses):
            country = next(countries_of(adjective), None)
        region = _region(adjective, roster)
        if region is not None:
            learned[adjective] = region
        elif country is not None and country not in lexicon.given and not _is_word(adjective, lexicon):
            learned |= _known(country, adjective)
    return [replace(n, known=learned.get(n.words[0])) if n in unknown else n for n in names]


def _region(adjective: str, roster: Roster) -> Known | None:
    """The region of an adjective: Crimean officials are of no country Crimea."""
    found = (roster.get(name) for name in countries_of(adjective))
    return next((known for known in found if known is not None and known.sort is Sort.REGION), None)


def _is_word(adjective: str, lexicon: Lexicon) -> bool:
    """Whether it is a common word in capitals: "a Commission official", "Information Minister"."""
    known = adjective in lexicon.heads or adjective in lexicon.lists["portfolios"]
    return known or adjective.casefold() in lexicon.nouns or adjective.endswith(("tion", "sion"))


def adjectives_of(names: Sequence[Name]) -> dict[str, str]:
    """The adjectives of countries, as far as the article has them."""
    return {n.known.name: n.words[0] for n in names if n.known is not None and n.known.sort is Sort.ADJECTIVE}


def _known(country: str, adjective: str) -> dict[str, Known]:
    nation = Known(name=country, sort=Sort.COUNTRY, kind=SourceKind.GOVERNMENT)
    return {
        country: nation,
        adjective: replace(nation, sort=Sort.ADJECTIVE),
        f"{adjective}s": replace(nation, sort=Sort.PEOPLE),
    }


def countries_of(adjective: str) -> Iterator[str]:
    """Names that a country of that adjective may have, the likeliest first: Korvian, Korvia."""
    for ending, instead in _ENDINGS:
        if adjective.endswith(ending) and len(adjective) - len(ending) >= _SHORTEST:
            yield from (adjective[: -len(ending)] + end for end in instead)


def _is_adjective(name: Name) -> bool:
    """Whether it only says which the next noun is: "Korvian officials"."""
    token = name.last.token
    if name.last.possessive or token.i + 1 >= len(token.doc) or next(countries_of(name.words[0]), None) is None:
        return False
    return token.nbor(1).pos_ in ("NOUN", "ADJ") and token.head.i > token.i and token.ent_type_ != "PERSON"


def _speaks_for(name: Name, lexicon: Lexicon) -> bool:
    """Whether the next noun is one of those of a country: officials, a minister, the government, voters."""
    head = name.last.token.head
    return bool(_OF_STATE & lexicon.nouns.get(head.lemma_.casefold(), frozenset()))

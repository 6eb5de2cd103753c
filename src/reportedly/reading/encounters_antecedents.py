"""Whom words that point back mean, and who only mediates: "they", "the two", "neither side", "Angolan mediators"."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from reportedly.reading.actors import merged
from reportedly.reading.draft import Draft
from reportedly.reading.encounters_places import WITHIN
from reportedly.reading.language import load_lists
from reportedly.reading.parse import Sentence
from reportedly.records import Source, SourceKind, Span

BODIES = (SourceKind.GOVERNMENT, SourceKind.ORGANISATION)
_MANY = 5
_BACK = 3  # sentences
_BETWEEN = re.compile(r"\b(?:between|both)\s(?:the\s)?(?:[\w'’-]+\s){0,2}$", re.I)
_AND = re.compile(r"(?:['’]s?)?(?:\s[\w'’-]+){0,3}\sand\s(?:the\s)?(?:[\w'’-]+\s){0,2}")
_WIDE = 60  # code points around a name in which it may be called a mediator


def named_before(at: Span, draft: Draft, *, count: int | None = 2, kinds: tuple[SourceKind, ...]) -> tuple[str, ...]:
    """So many people or bodies whom the nearest sentence names that names more than one; () where it names others too.

    Without a count, however many it names, up to four.
    Looks at what stands before a place in its own sentence, then in the three before, within one piece.
    """
    here = draft.parse.sentence_at(at.start)
    if here is None:
        return ()
    for sentence in reversed(draft.parse.sentences[max(0, here.index - _BACK) : here.index + 1]):
        if sentence.piece != here.piece:
            return ()
        names = _named(sentence, at, draft, kinds)
        if len(names) > 1:
            return names if len(names) == count or (count is None and len(names) < _MANY) else ()
    return ()


def _named(sentence: Sentence, at: Span, draft: Draft, kinds: tuple[SourceKind, ...]) -> tuple[str, ...]:
    out: list[Source] = []
    for mention, actor in draft.mentions.mentions_in(sentence.span):
        fits = actor.kind in kinds and actor.named and actor.count == 1
        if fits and mention.end <= at.start and actor not in out and not _only_placed(mention, draft):
            out.append(actor)
    return merged(a.name for a in out)


def _only_placed(mention: Span, draft: Draft) -> bool:
    """Whether a country's name only says where: "in Turkey"."""
    return WITHIN.search(draft.parse.text[max(0, mention.start - _WIDE) : mention.start]) is not None


@lru_cache(maxsize=4)
def mediators(draft: Draft) -> frozenset[str]:
    """The bodies that the article calls mediators, hosts or brokers of the talks, or that are such by their trade."""
    words = load_lists("en", "encounters")["mediators"]
    before, after = (re.compile(words[side], re.I) for side in ("before", "after"))
    trade = frozenset(load_lists("en", "terms")["mediators"])
    found = {a.name for a in draft.mentions.actors if a.name.casefold() in trade}
    text = draft.parse.text
    for actor in draft.mentions.actors:
        for mention in actor.mentions:
            ahead = text[mention.end : mention.end + _WIDE].split(".")[0]
            behind = text[max(0, mention.start - _WIDE) : mention.start]
            if after.match(ahead) or before.search(behind):
                found |= {name for name in (actor.name, actor.party) if name}
                break
    return frozenset(found)


def _apart(sentence: Sentence, draft: Draft, kinds: tuple[SourceKind, ...]) -> list[tuple[Span, Source]]:
    """Named actors of a sentence by their mentions, without those that stand within another's."""
    out: list[tuple[Span, Source]] = []
    for mention, actor in draft.mentions.mentions_in(sentence.span):
        if actor.kind in kinds and actor.named and not (out and out[-1][0].meets(mention)):
            out.append((mention, actor))
    return out


@lru_cache(maxsize=4)
def named_in_pairs(draft: Draft) -> tuple[tuple[str, str], ...]:
    """People who stand side by side, "Ann Lee and Rosa Diaz", the commonest pair first."""
    tally: Counter[tuple[str, str]] = Counter()
    for sentence in draft.parse.sentences:
        for (first, one), (second, other) in pairwise(_apart(sentence, draft, (SourceKind.PERSON,))):
            between = draft.parse.text[first.end : second.start]
            if one.name != other.name and _AND.fullmatch(between):
                tally[(min(one.name, other.name), max(one.name, other.name))] += 1
    return tuple(pair for pair, _ in tally.most_common())


@lru_cache(maxsize=8)
def side_by_side(draft: Draft, *, between: bool) -> Counter[str]:
    """The bodies that stand side by side, each with how often; `between`: only "talks between A and B"."""
    tally: Counter[str] = Counter()
    text = draft.parse.text
    for sentence in draft.parse.sentences:
        for (first, one), (second, other) in pairwise(_apart(sentence, draft, BODIES)):
            opened = _BETWEEN.search(text[sentence.span.start : first.start])
            joined = first.end <= second.start and _AND.fullmatch(text[first.end : second.start])
            if one.name != other.name and joined and (opened or not between):
                tally.update((one.name, other.name))
    return tally

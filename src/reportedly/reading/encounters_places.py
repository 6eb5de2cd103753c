"""Where an encounter is: the town that its clause puts it in."""

from __future__ import annotations

import re
from functools import lru_cache

from reportedly.reading.draft import Draft
from reportedly.reading.language import load_table
from reportedly.reading.roster import Sort, load_roster
from reportedly.records import BlockKind, SourceKind, Span

_AT = re.compile(r"\b(?:in|at|to|for|near|outside|into|from|via)\s(?:the\s)?$", re.I)
_STRICT = re.compile(r"\b(?:in|at|to|into|outside|near)\s(?:the\s)?$", re.I)
_FROM = re.compile(r"\b(?:from|via)\s(?:the\s)?$", re.I)
_CAPITAL = re.compile(r"\bthe (?P<nation>[A-Z][\w-]+(?: [A-Z][\w-]+)?) capital\b")
_HERE = re.compile(r"\bhere\b(?! (?:is|are|and now|to stay))")
_NAME = re.compile(r"\b(?:in|at) (?:the )?(?P<name>[A-Z][\w’-]+(?: (?:of |de |el-|al-)?[A-Z][\w’-]+)*)")
_DATELINE = re.compile(r"^(?P<town>[A-Z][A-Z’'-]{2,}(?: [A-Z][A-Z’'-]+)*)(?:\s*,|\s*/|\s*\(|\s*[-–—:])")
_BY_IN = re.compile(r"\b(?:in|, )\s*(?P<town>[A-Z][\w’-]+(?: [A-Z][\w’-]+)?)\s*$")


def find_place(part: Span, at: Span, draft: Draft, *, aside: tuple[Span, ...] = ()) -> str | None:
    """The place nearest to the encounter's word, where a preposition or the word itself ties it there.

    A capital that a preposition puts there is a place, whatever government it may stand for elsewhere. `aside`: spans
    that are no places (dates).
    """
    text = draft.parse.text
    found: list[tuple[int, str]] = []
    for mention, name, sure in _candidates(part, draft):
        before = text[part.start : mention.start]
        if any(mention.meets(other) for other in aside):
            continue
        tied = (_AT if sure else _STRICT).search(before) or (sure and _modifies(mention, at, text))
        if tied:
            away = abs(mention.start - at.end) + 40 * bool(_FROM.search(before)) + 200 * (not sure)
            found.append((away, name))
    if found:
        return min(found)[1]
    return _named_otherwise(part, draft)


def _candidates(part: Span, draft: Draft) -> list[tuple[Span, str, bool]]:
    """Places, towns that the mentions take for a government, and other names, with whether it surely is a place."""
    out = [(m, p.name, not _is_country(p.name)) for p in draft.mentions.places for m in p.mentions if part.holds(m)]
    taken = [m for m, _, _ in out]
    for mention, actor in draft.mentions.mentions_in(part):
        words = mention.of(draft.parse.text)
        if actor.kind is SourceKind.GOVERNMENT and words[:1].isupper() and not any(mention.meets(t) for t in taken):
            taken.append(mention)
            if _sort(words) in (Sort.CAPITAL, Sort.TOWN, Sort.COUNTRY):
                out.append((mention, words, _sort(words) is not Sort.COUNTRY))
    names = [m for m, a in draft.mentions.mentions_in(part) if a.kind is not SourceKind.ORGANISATION]
    for match in _NAME.finditer(part.of(draft.parse.text)):
        span = Span(part.start + match.start("name"), part.start + match.end("name"))
        if not any(span.meets(t) for t in (*taken, *names)):
            out.append((span, match["name"], True))
    return out


def _named_otherwise(part: Span, draft: Draft) -> str | None:
    words = part.of(draft.parse.text)
    capital = _CAPITAL.search(words)
    if capital is not None:
        return _capital_of(capital["nation"])
    return _dateline(draft) if _HERE.search(words) else None


def _modifies(mention: Span, at: Span, text: str) -> bool:
    if mention.end <= at.start:
        return re.fullmatch(r"(?:['’]s)?\s(?:[\w-]+\s){0,2}", text[mention.end : at.start]) is not None
    return re.fullmatch(r"\s(?:the\s)?", text[at.end : mention.start]) is not None


def _dateline(draft: Draft) -> str | None:
    """The town that the article was written in, by its dateline or byline."""
    for block in draft.document.blocks[:6]:
        words = block.span.of(draft.parse.text)
        match = _DATELINE.match(words) if block.kind is BlockKind.PARAGRAPH else _BY_IN.search(words)
        if match:
            return match["town"].title() if match["town"].isupper() else match["town"]
    return None


@lru_cache(maxsize=2048)
def _sort(words: str) -> Sort | None:
    known = load_roster("en").get(words)
    return known.sort if known is not None else None


def _is_country(name: str) -> bool:
    return _sort(name) is Sort.COUNTRY


def _capital_of(nation: str) -> str | None:
    for row in load_table("en", "countries"):
        if nation in (row["name"], *row["adjectives"].split("|")):
            return row["capitals"].split("|")[0] or None
    return None

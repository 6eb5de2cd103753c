"""What a web page says of itself: outlet, day, authors, title and address, and where it says so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from reportedly.documents.article import Particulars
from reportedly.documents.bylines import parse_byline, parse_names
from reportedly.documents.dates import NoDateError, date_in_url, parse_date
from reportedly.records import Note

META = {
    "outlet": ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "citation_journal_title"),
    "title": ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title"),
    "url": ("og:url", "twitter:url", "parsely-link"),
    "published": (
        "article:published_time",
        "og:published_time",
        "article:published",
        "datepublished",
        "dc.date.issued",
        "dcterms.created",
        "dcterms.issued",
        "dc.date",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publication_date",
        "citation_publication_date",
        "cxenseparse:recs:publishtime",
        "date",
    ),
    "byline": ("author", "byl", "article:author", "parsely-author", "sailthru.author", "dc.creator", "citation_author"),
}
"""Names of the <meta> elements that are looked at, in order."""

TRIED = "JSON-LD, meta, <time>, URL"

Found = tuple[Particulars, dict[str, str], tuple[Note, ...]]


def find_particulars(tree: Any, *, known: Particulars) -> Found:
    """The particulars of a parsed page, where each was found, and notes on what was not or could not be used.

    `known` goes first. Then JSON-LD, then <meta> and <link>, then <time>, then <title>; a date in the address is last.
    A date that could be two days is noted and passed over.
    """
    notes: list[Note] = []
    places: dict[str, str] = {}
    whole = known
    for place, read in (("JSON-LD", _json_ld), ("meta", _meta), ("<time>", _time), ("<title>", _title)):
        found = _with_sure_date(read(tree), place, notes)
        places |= {name: place for name in found.names() if name not in whole.names()}
        whole = whole.over(found)
    if not whole.published and whole.url and (day := date_in_url(whole.url)):
        whole, places["published"] = replace(whole, published=day), "URL"
    return whole, places, (*notes, *_missing(whole))


def _with_sure_date(found: Particulars, place: str, notes: list[Note]) -> Particulars:
    try:
        return replace(found, published=parse_date(found.published)) if found.published else found
    except NoDateError as error:
        notes.append(Note("page date", f"{place}: {error}; passed over"))
        return replace(found, published=None)


def _missing(whole: Particulars) -> Iterator[Note]:
    if not whole.published:
        text = f"no publication date found (tried {TRIED}); relative dates stay unresolved; pass --published"
        yield Note("published", text)
    if not whole.outlet:
        yield Note(
            "outlet", "no outlet found (tried JSON-LD, meta); chains begin with an unknown outlet; pass --outlet"
        )


def _json_ld(tree: Any) -> Particulars:
    for item in _json_items(tree):
        kinds = item.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(str(kind).endswith(("Article", "BlogPosting", "Report")) for kind in kinds):
            return Particulars(
                outlet=_name(item.get("publisher")),
                published=_string(item.get("datePublished")),
                url=_string(item.get("url")) or _address(item.get("mainEntityOfPage")),
                title=_string(item.get("headline")),
                byline=_people(item.get("author")),
            )
    return Particulars()


def _json_items(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of all JSON-LD scripts; scripts that are no JSON are passed over, for many pages hold one."""
    for script in tree.xpath('//script[@type="application/ld+json"]/text()'):
        try:
            waiting = [json.loads(script, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting = item + waiting
            elif isinstance(item, dict):
                yield item
                waiting += item["@graph"] if isinstance(item.get("@graph"), list) else []


def _meta(tree: Any) -> Particulars:
    said: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        said.setdefault(name.strip().casefold(), " ".join((element.get("content") or "").split()))
    first = {field: next((said[n] for n in names if said.get(n)), None) for field, names in META.items()}
    canonical = tree.xpath('//link[@rel="canonical"]/@href')
    return Particulars(
        outlet=first["outlet"],
        published=first["published"],
        url=(str(canonical[0]) if canonical else None) or first["url"],
        title=first["title"],
        byline=_people(next((said[n] for n in META["byline"] if said.get(n) and "://" not in said[n]), None)),
        language=(tree.get("lang") or "")[:2].casefold() or None,
    )


def _time(tree: Any) -> Particulars:
    """The first <time> marked as the day of publication, else the first one in the article or a header of the page."""
    ways = (
        '//time[@pubdate or contains(@itemprop, "datePublished")]/@datetime',
        '//*[@itemprop="datePublished"]/@content',
        "//article//time/@datetime",
        "//header//time/@datetime",
        "//main//time/@datetime",
    )
    for way in ways:
        if days := tree.xpath(way):
            return Particulars(published=str(days[0]))
    return Particulars()


def _title(tree: Any) -> Particulars:
    titles = ["".join(e.itertext()) for way in ("//h1", "//title") for e in tree.xpath(way)]
    return Particulars(title=next((" ".join(t.split()) for t in titles if t.strip()), None))


def _string(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _address(value: Any) -> str | None:
    return _string(value.get("@id")) if isinstance(value, dict) else _string(value)


def _name(value: Any) -> str | None:
    value = value[0] if isinstance(value, list) and value else value
    return _string(value.get("name")) if isinstance(value, dict) else _string(value)


def _people(value: Any) -> tuple[str, ...]:
    """Names of authors, from a string, an object or a list of either; addresses are no names."""
    if isinstance(value, list):
        return tuple(dict.fromkeys(name for item in value for name in _people(item)))
    name = _name(value)
    if not name or "://" in name:
        return ()
    return parse_byline(name) or parse_names(name) or (name,)

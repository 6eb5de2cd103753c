"""The tables of what is derived from readings: all of it can be thrown away and made again.

Articles are known by their ledger ids and statements by the record's own (`st3`), so that nothing here stands in the
way of an article that is read anew. `found` is JSON as `reconciliation` writes it.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, Integer, Table, Text

from reportedly.ledger.tables import metadata


def _key(*names: str) -> list[Column[str]]:
    return [Column(name, Text, primary_key=True) for name in names]


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text) for name in names]


def _json(name: str) -> Column[object]:
    return Column(name, JSON(none_as_null=True))


state = Table("derived_state", metadata, *_key("name"), _json("value"))

article = Table("derived_article", metadata, *_key("article"), *_texts("digest", "day", "outlet"))

cited = Table("derived_cited", metadata, *_key("article", "outlet"))

reach = Table("derived_reach", metadata, *_key("article"), Column("least", Float))
"""The distance of the last of an article's nearest; null where it has fewer than it may."""

meaning = Table("derived_meaning", metadata, *_key("article"), _json("meanings"))

sign = Table("derived_sign", metadata, *_key("sheet"), _json("articles"), *_texts("signs"))
"""The signs of some articles, packed, so that all can be read at once."""

use = Table("derived_use", metadata, *_texts("article", "kind", "name"), _json("found"))
"""The names of an article; `kind` and `name` are the plain name's."""

near = Table("derived_near", metadata, *_key("article", "other"), Column("distance", Float))

name = Table("derived_name", metadata, *_key("kind", "name"), *_texts("tied_kind", "tied_name"), _json("found"))

block = Table(
    "derived_block",
    metadata,
    *_key("block", "kind", "name"),
    Column("listed", Boolean),
    Column("looking", Boolean),
)
"""Where a name is found by others, and where it looks for them."""

pair = Table("derived_pair", metadata, *_key("a", "b"), _json("found"))

claim = Table(
    "derived_claim",
    metadata,
    *_key("id"),
    *_texts("gist"),
    Column("articles", Integer),
    Column("origins", Integer),
    *_texts("first_day", "last_day"),
    _json("short"),
    _json("found"),
)

member = Table(
    "derived_member",
    metadata,
    *_key("article", "statement"),
    *_texts("claim", "knot"),
    Column("place", Integer),
)

finding = Table(
    "derived_finding",
    metadata,
    *_key("id"),
    *_texts("kind", "owner", "day", "start", "same"),
    _json("found"),
)
"""`day` is when it was there first, `start` since when its matter has been told; `same` is one for all of one thing."""

telling = Table("derived_telling", metadata, *_key("article", "local"), *_texts("block"), _json("found"))

stand = Table("derived_stand", metadata, *_key("article", "local"), *_texts("block", "day"), _json("found"))

meeting = Table("derived_meeting", metadata, *_key("id"), *_texts("block"), _json("found"))

met = Table(
    "derived_met",
    metadata,
    *_key("meeting"),
    *_texts("block"),
    *_key("kind", "name"),
    *_texts("day"),
    Column("open", Boolean),
)

ALL = (
    *(state, article, cited, reach, meaning, sign, use, near, name, block, pair),
    *(claim, member, finding, telling, stand, meeting, met),
)
"""Every table here."""

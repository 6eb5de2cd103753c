"""The tables as queries see them. `migrations` makes them; a test holds the two together.

`number` is a row's place in this file and means nothing outside it; `id` is a hash of what makes the thing itself.
`local` is the id that the record gives it (`st3`), `step` its place in the record, `more` the record's fields that no
column holds.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, ForeignKey, Integer, MetaData, Table, Text
from sqlalchemy.sql.schema import SchemaItem

metadata = MetaData()


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text) for name in names]


def _jsons(*names: str) -> list[Column[object]]:
    return [Column(name, JSON(none_as_null=True)) for name in names]


def _of_article() -> list[SchemaItem]:
    """What every row taken down from an article has."""
    return [
        Column("number", BigInteger, primary_key=True),
        Column("id", Text, unique=True),
        Column("article", BigInteger, ForeignKey("article.number")),
        Column("step", Integer),
        Column("local", Text),
        *_jsons("more"),
    ]


def _quoted() -> list[SchemaItem]:
    """What every row that stands on a sentence has: its spans, their words, and the sentence around them."""
    return [*_jsons("spans"), *_texts("words"), *_jsons("sentence_spans"), *_texts("sentence")]


migration = Table("migration", metadata, Column("number", Integer, primary_key=True), *_texts("name", "applied"))

article = Table(
    "article",
    metadata,
    Column("number", BigInteger, primary_key=True),
    Column("id", Text, unique=True),
    *_texts("document", "work", "name", "outlet", "published", "day", "url", "title", "language", "story"),
    *_texts("first_seen", "last_seen", "version_of", "superseded_by", "reader", "digest"),
    *_jsons("byline", "blocks", "pieces", "known_from", "more"),
    *_texts("text"),
)

note = Table(
    "note",
    metadata,
    Column("article", BigInteger, ForeignKey("article.number"), primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("on_document", Boolean),
    *_texts("about", "text"),
)

source = Table(
    "source",
    metadata,
    *_of_article(),
    *_texts("name", "name_key", "kind"),
    Column("named", Boolean),
    Column("count", Integer),
    Column("at_least", Boolean),
    *_texts("party", "party_key", "ref"),
    *_jsons("mentions"),
)

statement = Table(
    "statement",
    metadata,
    *_of_article(),
    Column("piece", Integer),
    *_texts("mode", "act", "parent", "certainty_outlet", "certainty_source"),
    Column("confidence", Float),
    *_texts("method"),
    *_jsons("source", "cue", "addressee", "hedges", "corrected"),
    *_texts("source_words", "cue_words", "hedge_words"),
    *_quoted(),
)

link = Table(
    "link",
    metadata,
    Column("statement", BigInteger, ForeignKey("statement.number"), primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("source", BigInteger, ForeignKey("source.number")),
    Column("article", BigInteger),
    Column("last", Boolean),
)

plan = Table(
    "plan",
    metadata,
    *_of_article(),
    *_texts("name", "name_key"),
    *_jsons("authors"),
    Column("points", Integer),
    *_texts("first_reported_by"),
    *_quoted(),
)

term = Table(
    "term",
    metadata,
    *_of_article(),
    *_texts("plan", "topic", "points_basis", "force"),
    *_jsons("points", "gives", "gets", "condition", "corrected"),
    Column("included", Boolean),
    Column("conditional", Boolean),
    *_texts("condition_words"),
    Column("confidence", Float),
    *_texts("method"),
    *_quoted(),
)

position = Table(
    "position",
    metadata,
    *_of_article(),
    *_texts("party", "topic", "stance", "term"),
    *_jsons("corrected"),
    Column("confidence", Float),
    *_texts("method"),
    *_quoted(),
)

encounter = Table(
    "encounter",
    metadata,
    *_of_article(),
    *_jsons("participants", "corrected"),
    *_texts("place", "when", "first_day", "last_day", "status"),
    Column("confidence", Float),
    *_texts("method"),
    *_quoted(),
)

support = Table(
    "support",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("item", BigInteger, primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("statement", BigInteger, ForeignKey("statement.number")),
    Column("article", BigInteger),
)

actor = Table(
    "actor",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("item", BigInteger, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("step", Integer, primary_key=True),
    *_texts("name", "name_key"),
    Column("article", BigInteger, ForeignKey("article.number")),
)

judgement = Table(
    "judgement",
    metadata,
    Column("number", BigInteger, primary_key=True),
    Column("id", Text, unique=True),
    *_texts("kind"),
    *_jsons("about", "value"),
    *_texts("by", "at"),
    *_texts("document"),
)

machine = Table(
    "machine",
    metadata,
    Column("article", BigInteger, ForeignKey("article.number"), primary_key=True),
    *_texts("digest"),
    *_jsons("record", "states"),
)

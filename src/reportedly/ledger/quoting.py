"""Places of articles as they are quoted, without reading the articles whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from reportedly.ledger import tables
from reportedly.ledger.surroundings import Surroundings
from reportedly.records import Block, BlockKind, Document, Span, Spans, shown

At = tuple[str, str]
"""An article's id, and the record's own id (`st3`) of a thing in it."""

Stretch = tuple[str, Spans]
"""An article's id and spans of its text."""

_ABOUT = ("id", "name", "outlet", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Words of an article with the sentences around them. `article` is its id, `id` that of the thing, if it is one."""

    article: str
    name: str
    outlet: str | None
    published: str | None
    words: str
    spans: Spans
    sentence: str
    sentence_spans: Spans
    id: str | None = None


def quote_items(connection: Connection, kind: str, items: Iterable[At]) -> Mapping[At, Quoted]:
    """Statements, positions or encounters (`kind` is the table's name) by article and record id."""
    wanted = set(items)
    article, table = tables.article, tables.metadata.tables[kind]
    fields = [table.c[name] for name in ("local", "words", "spans", "sentence", "sentence_spans")]
    about = [article.c[name].label(f"article_{name}") for name in _ABOUT]
    found = select(*fields, table.c.id, *about).join(article, article.c.number == table.c.article)
    of = article.c.id.in_({id for id, _ in wanted}), table.c.local.in_({local for _, local in wanted})
    rows = connection.execute(found.where(*of)).mappings() if wanted else ()
    return {at: _quoted(row) for row in rows if (at := (row["article_id"], row["local"])) in wanted}


def _quoted(row: Any) -> Quoted:
    return Quoted(
        article=row["article_id"],
        **{name: row[f"article_{name}"] for name in ("name", "outlet", "published")},
        **{name: row[name] for name in ("id", "words", "sentence")},
        spans=tuple(Span(*pair) for pair in row["spans"]),
        sentence_spans=tuple(Span(*pair) for pair in row["sentence_spans"]),
    )


def quote_spans(connection: Connection, places: Iterable[Stretch]) -> Mapping[Stretch, Quoted]:
    """Stretches of articles' texts."""
    wanted = set(places)
    article = tables.article
    fields = [article.c[name] for name in (*_ABOUT, "text", "blocks")]
    found = select(*fields).where(article.c.id.in_({id for id, _ in wanted}))
    rows = {row["id"]: row for row in connection.execute(found).mappings()} if wanted else {}
    return {(id, spans): _stretch(rows[id], spans) for id, spans in wanted if id in rows}


def _stretch(row: Any, spans: Spans) -> Quoted:
    text = row["text"]
    around = Surroundings(Document(text=text, name=row["name"], blocks=_blocks(row["blocks"], spans))).of(spans)
    return Quoted(
        article=row["id"],
        **{name: row[name] for name in ("name", "outlet", "published")},
        words=shown(spans, text),
        spans=spans,
        sentence=shown(around, text),
        sentence_spans=around,
    )


def _blocks(kept: Iterable[Mapping[str, Any]], spans: Spans) -> tuple[Block, ...]:
    """The blocks that spans stand in: no sentence runs over their edges."""
    of = (b for b in kept if any(b["start"] < span.end and span.start < b["end"] for span in spans))
    return tuple(Block(BlockKind(b["kind"]), Span(b["start"], b["end"]), b["piece"]) for b in of)

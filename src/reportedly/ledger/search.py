"""Full text: what a person types, made safe for the index, and the sentences it finds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, Connection, RowMapping, select, text

from reportedly.ledger import tables
from reportedly.ledger.dialects import Dialect
from reportedly.ledger.queries import Scope, in_scope
from reportedly.ledger.rows import Hit
from reportedly.ledger.surroundings import Surroundings
from reportedly.records import Document, Span, Spans, shown
from reportedly.records.document import Block, BlockKind

_PARTS = re.compile(r'"([^"]*)"(\*?)|([^\s"]+)')
_LOOKED_AT = 1000
"""Most articles whose sentences are looked at, the best first."""

_AT_ONCE = 50
_PER_ARTICLE = 3
"""Sentences shown of one article, so that a long one does not fill the answer."""


def escape(words: str) -> str:
    """A query that cannot be ill-formed: every word wanted, "quoted phrases" together, `word*` from its beginning.

    Empty where nothing in it can be searched for.
    """
    return " ".join(_parts(words.replace("\0", " ")))


def _parts(words: str) -> Iterable[str]:
    for phrase, phrase_star, word in _PARTS.findall(words):
        plain = phrase or word.rstrip("*")
        star = phrase_star or ("*" if word.endswith("*") else "")
        if any(letter.isalnum() for letter in plain):
            yield f'"{plain}"{star}'


def said_with(dialect: Dialect, words: str) -> ColumnElement[bool]:
    """Whether the words stand in the sentence of a statement."""
    if not (query := escape(words)):
        return tables.statement.c.number.in_(())
    found = (
        text(dialect.matching("statement", "sentence"))
        .bindparams(words=query)
        .columns(number=tables.statement.c.number.type)
    )
    return tables.statement.c.number.in_(select(found.subquery().c.number))


def search(connection: Connection, dialect: Dialect, words: str, scope: Scope) -> tuple[Hit, ...]:
    """The sentences that hold all the words, best article first, `limit` sentences at most.

    Where no sentence does, the sentences with the most of them, from articles that hold all. Of each article up to
    three, in the order of the text.
    """
    limit = scope.get("limit") or 20
    if not (query := escape(words)):
        return ()
    parts = tuple(dict.fromkeys(_parts(words.replace("\0", " "))))
    numbers = _best(connection, dialect, query, scope)[:_LOOKED_AT]
    hits: list[Hit] = []
    for start in range(0, len(numbers), _AT_ONCE):
        hits += _whole_first(_found_in(connection, dialect, parts, numbers[start : start + _AT_ONCE]))
        if sum(hit.all_words for hit in hits) >= limit:
            break
    return tuple(_whole_first(hits)[:limit])


def _whole_first(hits: Iterable[Hit]) -> list[Hit]:
    """The hits with all the words; the others where there is none."""
    kept = list(hits)
    return [hit for hit in kept if hit.all_words] or kept


def _found_in(connection: Connection, dialect: Dialect, parts: tuple[str, ...], numbers: list[int]) -> Iterator[Hit]:
    """The hits in some articles, in their order."""
    marks = [dialect.marked(connection, part, numbers) for part in parts]
    article = tables.article
    rows = connection.execute(select(article).where(article.c.number.in_(numbers))).mappings()
    by_number = {row["number"]: row for row in rows}
    said = _said(connection, numbers)
    for number in numbers:
        here = tuple(_to_spans(of_part.get(number, ())) for of_part in marks)
        yield from _hits(by_number[number], here, said.get(number, []))


def _best(connection: Connection, dialect: Dialect, query: str, scope: Scope) -> list[int]:
    """The numbers of the articles in scope that match, best first."""
    found = connection.execute(text(dialect.ranked("article", "text")), {"words": query}).scalars().all()
    wanted = select(tables.article.c.number).where(*in_scope(scope))
    inside = set(connection.execute(wanted).scalars())
    return [number for number in found if number in inside]


def _said(connection: Connection, numbers: list[int]) -> dict[int, list[tuple[str, Spans]]]:
    """For each article its statements' ids and all the places that they have in it."""
    statement = tables.statement
    fields = (statement.c.article, statement.c.id, statement.c.spans, statement.c.source, statement.c.cue)
    said: dict[int, list[tuple[str, Spans]]] = {}
    wanted = select(*fields).where(statement.c.article.in_(numbers)).order_by(statement.c.article, statement.c.step)
    for number, id, *pairs in connection.execute(wanted):
        said.setdefault(number, []).append((id, tuple(Span(*pair) for part in pairs for pair in part)))
    return said


def _hits(row: RowMapping, marks: tuple[Spans, ...], said: list[tuple[str, Spans]]) -> Iterable[Hit]:
    """`marks`: for each word or phrase its places."""
    around = Surroundings(_document(row))
    by_sentence: dict[Span, dict[Span, set[int]]] = {}
    for part, places in enumerate(marks):
        for mark in places:
            for sentence in around.of((mark,)):
                by_sentence.setdefault(sentence, {}).setdefault(mark, set()).add(part)
    holds = {sentence: len(set().union(*inside.values())) for sentence, inside in by_sentence.items()}
    fullest = sorted(by_sentence, key=lambda s: (-holds[s], s))
    most = [sentence for sentence in fullest if holds[sentence] == len(marks)] or fullest
    about = {field: row[field] for field in ("name", "outlet", "published", "day", "url", "story")}
    about |= {"article": row["id"], "superseded": row["superseded_by"] is not None}
    for sentence in sorted(most[:_PER_ARTICLE]):
        yield Hit(
            **about,
            sentence=shown((sentence,), row["text"]),
            spans=(sentence,),
            marks=tuple(sorted(by_sentence[sentence])),
            statements=tuple(id for id, spans in said if any(span.meets(sentence) for span in spans)),
            all_words=holds[sentence] == len(marks),
        )


def _to_spans(pairs: Iterable[tuple[int, int]]) -> Spans:
    return tuple(Span(*pair) for pair in pairs)


def _document(row: RowMapping) -> Document:
    blocks = tuple(Block(BlockKind(b["kind"]), Span(b["start"], b["end"])) for b in row["blocks"])
    return Document(text=row["text"], name=row["name"], blocks=blocks)

"""A reading into rows: the one place that writes articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, update

from reportedly.ledger import tables
from reportedly.ledger.corrections import Mark
from reportedly.ledger.edtf import days
from reportedly.ledger.identity import article_id, name_key, reading_digest, row_ids, work_key
from reportedly.ledger.rows import Added, Outcome
from reportedly.ledger.surroundings import Surroundings
from reportedly.ledger.versions import link_versions
from reportedly.records import Document, Reading, Span, shown, to_json

Values = dict[str, Any]

# In the order in which they may be written; they are deleted the other way round.
DERIVED = (
    tables.note,
    tables.source,
    tables.statement,
    tables.link,
    tables.plan,
    tables.term,
    tables.position,
    tables.encounter,
    tables.support,
    tables.actor,
)

_ITEMS = {"plan": "plans", "term": "terms", "position": "positions", "encounter": "encounters"}
_ACTORS = {
    "plan": {"authors": "author"},
    "term": {"gives": "gives", "gets": "gets"},
    "position": {"party": "party"},
    "encounter": {"participants": "participant"},
}


def keep(connection: Connection, reading: Reading, seen: str) -> Added:
    """Write a reading, within a transaction that alone may write. `seen` is ISO 8601 in UTC."""
    article, machine = tables.article, tables.machine
    # Where people put something right, the article's own digest is that of the corrected reading.
    own = func.coalesce(machine.c.digest, article.c.digest).label("digest")
    fields = (article.c.number, own, article.c.first_seen, article.c.last_seen)
    wanted = select(*fields).outerjoin(machine, machine.c.article == article.c.number)
    kept = connection.execute(wanted.where(article.c.id == article_id(reading.document))).first()
    if kept is None:
        outcome, number = _keep_new(connection, reading, seen)
    else:
        outcome, number = _keep_again(connection, reading, seen, kept)
    before, after = link_versions(connection, number)
    if outcome is Outcome.NEW and (before or after):
        outcome = Outcome.VERSION
    return Added(outcome=outcome, article=article_id(reading.document), version_of=before, superseded_by=after)


def _keep_new(connection: Connection, reading: Reading, seen: str) -> tuple[Outcome, int]:
    number = _next(connection, tables.article)
    values = {"number": number, "id": article_id(reading.document), "first_seen": seen, "last_seen": seen}
    connection.execute(tables.article.insert().values(values | _article(reading, seen)))
    _write(connection, reading, number)
    return Outcome.NEW, number


def _keep_again(connection: Connection, reading: Reading, seen: str, kept: Any) -> tuple[Outcome, int]:
    first = min(seen, kept.first_seen)
    same = kept.digest == reading_digest(reading)
    # The day of an undated article is that of its first adding, so it moves with first_seen.
    values = {"day": _day(reading.document, first)} if same else _article(reading, first)
    values |= {"first_seen": first, "last_seen": max(seen, kept.last_seen)}
    connection.execute(update(tables.article).where(tables.article.c.number == kept.number).values(values))
    if same:
        return Outcome.KNOWN, kept.number
    _clear(connection, kept.number)
    _write(connection, reading, kept.number)
    return Outcome.REREAD, kept.number


def _next(connection: Connection, table: Table) -> int:
    """A number that no row has; nobody else writes meanwhile."""
    return int(connection.execute(select(func.coalesce(func.max(table.c.number), 0))).scalar_one()) + 1


def _day(document: Document, seen: str) -> str:
    return document.published or seen[:10]


def _article(reading: Reading, seen: str) -> Values:
    document = reading.document
    values = fitting(tables.article, to_json(reading)["article"], {"id", "notes"})
    hashes = {"document": document.id, "work": work_key(document), "digest": reading_digest(reading)}
    return values | hashes | {"day": _day(document, seen), "reader": reading.reader}


def fitting(table: Table, fields: Values, elsewhere: set[str]) -> Values:
    """The fields of a record as a row: what has no column of that name, and is not kept elsewhere, goes to `more`."""
    more = {name: value for name, value in fields.items() if name not in table.c and name not in elsewhere}
    own = {name: value for name, value in fields.items() if name in table.c and name not in elsewhere}
    return own | {"more": more or None}


def _clear(connection: Connection, article: int) -> None:
    """Drop what an earlier reader took down; judgements stand apart and stay."""
    for table in reversed(DERIVED):
        connection.execute(delete(table).where(table.c.article == article))


def rewrite(
    connection: Connection, article: int, reading: Reading, *, original: Reading, marks: Mapping[str, Sequence[Mark]]
) -> dict[str, str]:
    """Put a corrected reading in the place of an article's rows; the ledger ids of its items by their local ids.

    What a person put right keeps the id that it had in the `original`. `marks` are by local id.
    """
    _clear(connection, article)
    rows = _Rows(reading, article, {}, original=original, marks=marks)
    _write(connection, reading, article, rows)
    return rows.ids


def _write(connection: Connection, reading: Reading, article: int, made: _Rows | None = None) -> None:
    next_number = {table: _next(connection, table) for table in DERIVED if "number" in table.c}
    made = made or _Rows(reading, article, {})
    made.next_number = next_number
    for table, rows in made.all():
        if rows:
            connection.execute(table.insert(), rows)


class _Rows:
    """The rows of one reading, with the numbers that they get in this ledger."""

    def __init__(
        self,
        reading: Reading,
        article: int,
        next_number: dict[Table, int],
        *,
        original: Reading | None = None,
        marks: Mapping[str, Sequence[Mark]] | None = None,
    ) -> None:
        self.record = to_json(reading)
        self.text = reading.document.text
        self.around = Surroundings(reading.document)
        self.article, self.id, self.next_number = article, article_id(reading.document), next_number
        self.original = to_json(original) if original is not None else self.record
        self.marks = marks or {}
        self.ids: dict[str, str] = {}

    def all(self) -> Iterator[tuple[Table, list[Values]]]:
        """Each table with its rows, in the order in which they may be written."""
        yield tables.note, self.notes()
        sources = self.of_article("source", self.record["sources"])
        yield tables.source, [self.source(row) for row in sources]
        statements = self.of_article("statement", self.record["statements"])
        yield tables.statement, [self.statement(row) for row in statements]
        source_numbers = {row["local"]: row["number"] for row in sources}
        yield tables.link, [link for row in statements for link in self.links(row, source_numbers)]
        numbers = {row["local"]: row["number"] for row in statements}
        items = {kind: self.of_article(kind, self.record[field]) for kind, field in _ITEMS.items()}
        for kind, rows in items.items():
            yield tables.metadata.tables[kind], [self.item(kind, row) for row in rows]
        each = [(kind, row) for kind, rows in items.items() for row in rows]
        yield tables.support, [line for kind, row in each for line in self.support(kind, row, numbers)]
        yield tables.actor, [line for kind, row in each for line in self.actors(kind, row)]

    def of_article(self, kind: str, rows: list[Values]) -> list[Values]:
        first = self.next_number[tables.metadata.tables[kind]]
        ids = self._ids(kind, rows)
        self.ids |= ids
        return [
            {**row, "number": first + step, "id": ids[row["id"]], "article": self.article, "step": step}
            | {"local": row["id"]}
            for step, row in enumerate(rows)
        ]

    def _ids(self, kind: str, rows: list[Values]) -> dict[str, str]:
        """The ledger's ids by the record's: what was put right keeps the one that it had."""
        before = self.original[f"{kind}s"]
        ids = dict(zip((row["id"] for row in before), row_ids(self.id, kind, before), strict=True))
        added = [row for row in rows if row["id"] not in ids]
        ids |= zip((row["id"] for row in added), row_ids(self.id, kind, added), strict=True)
        return {row["id"]: ids[row["id"]] for row in rows}

    def marked(self, local: str) -> list[Values] | None:
        """The marks of an item, as they are kept."""
        return [asdict(mark) for mark in self.marks.get(local, ())] or None

    def notes(self) -> list[Values]:
        of_document = [note | {"on_document": True} for note in self.record["article"]["notes"]]
        of_reading = [note | {"on_document": False} for note in self.record["notes"]]
        notes = enumerate(of_document + of_reading)
        return [{**note, "article": self.article, "step": step} for step, note in notes]

    def source(self, row: Values) -> Values:
        party = row["party"]
        return fitting(tables.source, row, set()) | {
            "name_key": name_key(row["name"]),
            "party_key": party and name_key(party),
        }

    def statement(self, row: Values) -> Values:
        words = {f"{part}_words": self.words(row[field]) for part, field in _WORDS.items()}
        certainty = {f"certainty_{side}": value for side, value in row["certainty"].items()}
        own = fitting(tables.statement, row, {"content", "chain", "certainty"})
        return own | words | certainty | self.quoted(row["content"]) | {"corrected": self.marked(row["local"])}

    def links(self, row: Values, sources: dict[str, int]) -> Iterator[Values]:
        last = len(row["chain"]) - 1
        for step, local in enumerate(row["chain"]):
            place = {"statement": row["number"], "step": step, "article": self.article}
            yield place | {"source": sources[local], "last": step == last}

    def item(self, kind: str, row: Values) -> Values:
        own = fitting(tables.metadata.tables[kind], row, {"statements"}) | self.quoted(row["spans"])
        if kind == "plan":
            own["name_key"] = name_key(row["name"])
        else:
            own["corrected"] = self.marked(row["local"])
        if kind == "term":
            own["condition_words"] = self.words(row["condition"])
        if kind == "encounter":
            own["first_day"], own["last_day"] = days(row["when"])
        return own

    def support(self, kind: str, row: Values, statements: dict[str, int]) -> Iterator[Values]:
        for step, local in enumerate(row["statements"]):
            place = {"kind": kind, "item": row["number"], "step": step, "article": self.article}
            yield place | {"statement": statements[local]}

    def actors(self, kind: str, row: Values) -> Iterator[Values]:
        for field, role in _ACTORS[kind].items():
            names = [row[field]] if isinstance(row[field], str) else row[field]
            for step, name in enumerate(names):
                place = {"kind": kind, "item": row["number"], "role": role, "step": step, "article": self.article}
                yield place | {"name": name, "name_key": name_key(name)}

    def words(self, pairs: list[list[int]]) -> str:
        return shown(tuple(Span(*pair) for pair in pairs), self.text)

    def quoted(self, pairs: list[list[int]]) -> Values:
        around = self.around.of(tuple(Span(*pair) for pair in pairs))
        sentence = {"sentence": shown(around, self.text), "sentence_spans": [[s.start, s.end] for s in around]}
        return {"spans": pairs, "words": self.words(pairs), **sentence}


_WORDS = {"source": "source", "cue": "cue", "hedge": "hedges"}

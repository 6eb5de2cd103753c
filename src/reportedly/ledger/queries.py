"""Questions as SQL: a fixed number of statements each, however many rows they answer with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypedDict, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, and_, exists, func, or_, select

from reportedly.ledger import tables
from reportedly.ledger.corrections import Kind, Mark
from reportedly.ledger.identity import name_key
from reportedly.ledger.rows import (
    ArticleRow,
    EncounterRow,
    PlanRow,
    PositionRow,
    SourceRow,
    StatementRow,
    TermRow,
)
from reportedly.records import (
    Act,
    Certainty,
    Force,
    Mode,
    PointsBasis,
    SourceKind,
    Span,
    Spans,
    Stance,
    Status,
    Topic,
)
from reportedly.records.codec import measures_from_json

Condition = ColumnElement[bool]
Value = TypeVar("Value", int, str)

# An order that the order of adding does not touch.
_BY_DAY = (tables.article.c.day, tables.article.c.outlet, tables.article.c.id)


class Scope(TypedDict, total=False):
    """Which articles a question is put to; all that are not superseded where nothing is said.

    `story` is the articles' own label, `since` and `until` a day, month or year in ISO 8601 (both count themselves),
    `outlet` who published it, `article` an article's id. `superseded` takes older versions in too. `limit` is the most
    rows wanted, `offset` how many are passed over before them.
    """

    story: str | None
    since: str | None
    until: str | None
    outlet: str | None
    article: str | None
    superseded: bool
    limit: int | None
    offset: int | None


def in_scope(scope: Scope) -> list[Condition]:
    """The scope's conditions on the article table."""
    article = tables.article
    conditions: list[Condition] = []
    if not scope.get("superseded") and not scope.get("article"):
        conditions.append(article.c.superseded_by.is_(None))
    if (story := scope.get("story")) is not None:
        conditions.append(article.c.story == story)
    if (since := scope.get("since")) is not None:
        conditions.append(article.c.day >= since)
    if (until := scope.get("until")) is not None:
        conditions.append(article.c.day < f"{until}~")  # `~` comes after every digit and hyphen
    if (outlet := scope.get("outlet")) is not None:
        conditions.append(article.c.outlet == outlet)
    if (id := scope.get("article")) is not None:
        conditions.append(article.c.id == id)
    return conditions


def count_articles(connection: Connection, scope: Scope) -> int:
    """How many articles are in scope."""
    return int(
        connection.execute(select(func.count()).select_from(tables.article).where(*in_scope(scope))).scalar_one()
    )


def article_numbers(connection: Connection, scope: Scope) -> list[int]:
    """The numbers of the articles in scope, by day."""
    wanted = select(tables.article.c.number).where(*in_scope(scope)).order_by(*_BY_DAY).limit(scope.get("limit"))
    return list(connection.execute(wanted).scalars())


def find_articles(connection: Connection, scope: Scope, *, newest: bool = False) -> tuple[ArticleRow, ...]:
    """The articles in scope by day, each with the count of its rows; the newest first where that is wanted."""
    article = tables.article
    counted = ("statement", "plan", "term", "position", "encounter")
    counts = [_count(tables.metadata.tables[name]).label(f"{name}s") for name in counted]
    fields = [article.c[field] for field in _ARTICLE_FIELDS if field in article.c]
    order = [field.desc() for field in _BY_DAY] if newest else _BY_DAY
    wanted = select(*fields, *counts).where(*in_scope(scope)).order_by(*order)
    rows = connection.execute(wanted.limit(scope.get("limit")).offset(scope.get("offset"))).mappings()
    return tuple(ArticleRow(**{**row, "byline": tuple(row["byline"])}) for row in rows)


_ARTICLE_FIELDS = tuple(ArticleRow.__dataclass_fields__)


def _count(table: Table) -> Any:
    return select(func.count()).where(table.c.article == tables.article.c.number).scalar_subquery()


def find_statements(connection: Connection, scope: Scope, *conditions: Condition) -> tuple[StatementRow, ...]:
    """The statements that meet the conditions, by day and then in the order of their article."""
    wanted = _rows_of(tables.statement, scope, conditions)
    return tuple(_statements(connection, wanted).values())


def find_plans(connection: Connection, scope: Scope, *conditions: Condition) -> tuple[PlanRow, ...]:
    """The plans that meet the conditions, by day and then in the order of their article."""
    plan, term = tables.plan, tables.term
    terms = select(func.count()).where(term.c.article == plan.c.article, term.c.plan == plan.c.local)
    wanted = _rows_of(plan, scope, conditions).add_columns(terms.scalar_subquery().label("terms"))
    said, rows = _with_said(connection, plan, wanted)
    return tuple(
        PlanRow(
            **_item(row, said),
            plan_name=row["name"],
            authors=tuple(row["authors"]),
            points=row["points"],
            first_reported_by=row["first_reported_by"],
            terms=row["terms"],
        )
        for row in rows
    )


def find_terms(connection: Connection, scope: Scope, *conditions: Condition) -> tuple[TermRow, ...]:
    """The terms that meet the conditions, by day and then in the order of their article."""
    plan, term = tables.plan, tables.term
    of_plan = and_(plan.c.article == term.c.article, plan.c.local == term.c.plan)
    wanted = _rows_of(term, scope, conditions).outerjoin(plan, of_plan)
    wanted = wanted.add_columns(plan.c.id.label("plan_id"), plan.c.name.label("plan_name"))
    said, rows = _with_said(connection, term, wanted)
    return tuple(_term(row, said) for row in rows)


def _term(row: RowMapping, said: Said) -> TermRow:
    basis = row["points_basis"]
    return TermRow(
        **_item(row, said),
        **{field: row[field] for field in ("plan_name", "included", "conditional", "condition_words")},
        plan=row["plan_id"],
        points=tuple(row["points"]),
        points_basis=PointsBasis(basis) if basis else None,
        topic=Topic(row["topic"]),
        gives=tuple(row["gives"]),
        gets=tuple(row["gets"]),
        force=Force(row["force"]),
        condition=_spans(row["condition"]),
        **measures_from_json(row["more"] or {}),
        confidence=row["confidence"],
        method=row["method"],
    )


def find_positions(connection: Connection, scope: Scope, *conditions: Condition) -> tuple[PositionRow, ...]:
    """The positions that meet the conditions, by day and then in the order of their article."""
    position, term = tables.position, tables.term
    of_term = and_(term.c.article == position.c.article, term.c.local == position.c.term)
    wanted = _rows_of(position, scope, conditions).outerjoin(term, of_term).add_columns(term.c.id.label("term_id"))
    said, rows = _with_said(connection, position, wanted)
    return tuple(
        PositionRow(
            **_item(row, said),
            party=row["party"],
            topic=Topic(row["topic"]),
            term=row["term_id"],
            stance=Stance(row["stance"]),
            confidence=row["confidence"],
            method=row["method"],
        )
        for row in rows
    )


def find_encounters(connection: Connection, scope: Scope, *conditions: Condition) -> tuple[EncounterRow, ...]:
    """The encounters that meet the conditions by their own first day, then their last; those without a date at the end.

    `since` is asked of the encounter's last day and, where it has none, of its article's day.
    """
    encounter, article = tables.encounter, tables.article
    if since := scope.get("since"):
        scope = Scope(**{key: value for key, value in scope.items() if key != "since"})  # type: ignore[typeddict-item]
        ends = func.coalesce(encounter.c.last_day, encounter.c.first_day, article.c.day)
        conditions = (*conditions, ends >= since)
    first = func.coalesce(encounter.c.first_day, encounter.c.last_day)
    order = (first.is_(None), first, encounter.c.last_day)
    said, rows = _with_said(connection, encounter, _rows_of(encounter, scope, conditions, order=order))
    return tuple(
        EncounterRow(
            **_item(row, said),
            **{field: row[field] for field in ("place", "when", "first_day", "last_day", "confidence", "method")},
            participants=tuple(row["participants"]),
            status=Status(row["status"]),
        )
        for row in rows
    )


def acted_by(kind: str, *keys: str) -> Condition:
    """Whether an item of that kind has one of the names (as keys) as author, giver, getter, party or participant."""
    actor, item = tables.actor, tables.metadata.tables[kind]
    return item.c.number.in_(select(actor.c.item).where(actor.c.kind == kind, actor.c.name_key.in_(keys)))


def spoken_by(*keys: str) -> Condition:
    """Whether a statement comes from, or through, a source with one of the names (as keys), or is of that party.

    The publishing outlet counts only where it speaks for itself: it stands at the head of each of its chains.
    """
    link, source = tables.link, tables.source
    named = or_(source.c.name_key.in_(keys), source.c.party_key.in_(keys))
    heard = select(link.c.statement).join(source, source.c.number == link.c.source)
    return tables.statement.c.number.in_(heard.where(named, or_(link.c.step > 0, link.c.last)))


def surely(kind: str, certainty: str) -> Condition:
    """Whether an item of that kind rests on a statement that its last source makes with that certainty."""
    support, statement, item = tables.support, tables.statement, tables.metadata.tables[kind]
    held = exists().where(
        support.c.kind == kind,
        support.c.item == item.c.number,
        statement.c.number == support.c.statement,
        statement.c.certainty_source == certainty,
    )
    return held.correlate(item)


def of_plan(name: str, ids: Iterable[str]) -> Condition:
    """Whether a term belongs to a plan of that name, or of one of those ledger ids."""
    plans, term = tables.plan, tables.term
    named = or_(plans.c.name_key == name_key(name), plans.c.id.in_(list(ids)))
    return exists().where(plans.c.article == term.c.article, plans.c.local == term.c.plan, named).correlate(term)


Said = dict[int, list[StatementRow]]


def _rows_of(table: Table, scope: Scope, conditions: Iterable[Condition], *, order: Iterable[Any] = ()) -> Select[Any]:
    """Rows of a table with what their article says of itself."""
    article = tables.article
    about = [article.c[field].label(f"article_{field}") for field in _ABOUT]
    return (
        select(table, *about)
        .join(article, article.c.number == table.c.article)
        .where(*in_scope(scope), *conditions)
        .order_by(*order, *_BY_DAY, table.c.step)
        .limit(scope.get("limit"))
        .offset(scope.get("offset"))
    )


_ABOUT = ("id", "name", "outlet", "published", "day", "url", "story", "superseded_by")


def _with_said(connection: Connection, table: Table, wanted: Select[Any]) -> tuple[Said, list[RowMapping]]:
    """The rows of a query and, by number, the statements that they rest on."""
    support, statement = tables.support, tables.statement
    rows = list(connection.execute(wanted).mappings())
    pairs = [
        (item, number)
        for some in in_parts([row["number"] for row in rows])
        for item, number in connection.execute(
            select(support.c.item, support.c.statement)
            .where(support.c.kind == table.name, support.c.item.in_(some))
            .order_by(support.c.item, support.c.step)
        )
    ]
    statements: dict[int, StatementRow] = {}
    for some in in_parts(sorted({number for _, number in pairs})):
        conditions = (statement.c.number.in_(some),)
        statements |= _statements(connection, _rows_of(statement, {"superseded": True}, conditions))
    said: Said = defaultdict(list)
    for item, number in pairs:
        said[item].append(statements[number])
    return said, rows


def in_parts(values: list[Value]) -> Iterable[list[Value]]:
    """Values in parts that fit into one question."""
    return (values[start : start + _MOST] for start in range(0, len(values), _MOST))


_MOST = 10_000
"""Values in one IN; SQLite takes 32,766, PostgreSQL 65,535."""


def _statements(connection: Connection, wanted: Select[Any]) -> dict[int, StatementRow]:
    statement = tables.statement
    parent = statement.alias("parent")
    of_parent = and_(parent.c.article == statement.c.article, parent.c.local == statement.c.parent)
    with_parent = wanted.outerjoin(parent, of_parent).add_columns(parent.c.id.label("parent_id"))
    rows = connection.execute(with_parent).mappings().all()
    chains = _chains(connection, [row["number"] for row in rows])
    return {row["number"]: _statement(row, chains[row["number"]]) for row in rows}


def _chains(connection: Connection, numbers: list[int]) -> dict[int, list[SourceRow]]:
    link, source = tables.link, tables.source
    fields = [source.c[field] for field in _SOURCE_FIELDS]
    wanted = select(link.c.statement, link.c.source, *fields).join(source, source.c.number == link.c.source)
    wanted = wanted.order_by(link.c.statement, link.c.step)
    chains: dict[int, list[SourceRow]] = defaultdict(list)
    known: dict[int, SourceRow] = {}
    for some in in_parts(numbers):
        for number, source_number, *values in connection.execute(wanted.where(link.c.statement.in_(some))):
            if source_number not in known:
                row = dict(zip(_SOURCE_FIELDS, values, strict=True))
                known[source_number] = SourceRow(**row | {"kind": SourceKind(row["kind"])})
            chains[number].append(known[source_number])
    return chains


_SOURCE_FIELDS = tuple(SourceRow.__dataclass_fields__)


def _statement(row: RowMapping, chain: list[SourceRow]) -> StatementRow:
    return StatementRow(
        **_place(row),
        **{field: row[field] for field in ("piece", "source_words", "cue_words", "hedge_words", "method")},
        source=_spans(row["source"]),
        cue=_spans(row["cue"]),
        addressee=_spans(row["addressee"]),
        hedges=_spans(row["hedges"]),
        mode=Mode(row["mode"]),
        act=Act(row["act"]),
        parent=row["parent_id"],
        chain=tuple(chain),
        certainty_outlet=Certainty(row["certainty_outlet"]),
        certainty_source=Certainty(row["certainty_source"]),
        confidence=row["confidence"],
    )


def _item(row: RowMapping, said: Said) -> dict[str, Any]:
    return _place(row) | {"said": tuple(said.get(row["number"], ()))}


def _place(row: RowMapping) -> dict[str, Any]:
    """The fields of `Row`."""
    about = {field: row[f"article_{field}"] for field in ("name", "outlet", "published", "day", "url", "story")}
    quoted = {"words": row["words"], "sentence": row["sentence"], "spans": _spans(row["spans"])}
    place = {"id": row["id"], "local": row["local"], "article": row["article_id"]}
    superseded = row["article_superseded_by"] is not None
    around = {"sentence_spans": _spans(row["sentence_spans"]), "corrected": _marks(row.get("corrected"))}
    return {**place, **about, **quoted, "superseded": superseded, **around}


def _marks(kept: list[dict[str, str]] | None) -> tuple[Mark, ...]:
    return tuple(Mark(**{**mark, "kind": Kind(mark["kind"])}) for mark in kept or ())  # type: ignore[arg-type]


def _spans(pairs: list[list[int]]) -> Spans:
    return tuple(Span(*pair) for pair in pairs)

"""Overviews of a whole ledger as SQL: counts and lists, a page at a time. `scope` says which articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, case, distinct, func, or_, select

from reportedly.ledger import tables
from reportedly.ledger.finding import resolve
from reportedly.ledger.queries import Condition, Scope, in_scope
from reportedly.records import SourceKind

ARTICLE = tables.article


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How much there is. `first` and `last` are the first and last day of publication, None where there is none."""

    articles: int
    outlets: int
    statements: int
    plans: int
    terms: int
    positions: int
    encounters: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name, in how many articles it stands and how often; `first` and `last` are days."""

    key: str
    name: str
    articles: int
    times: int
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A source, how many statements end with it, and in how many articles and outlets."""

    name: str
    kind: SourceKind
    named: bool
    party: str | None
    statements: int
    articles: int
    outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """An outlet, and on whose word its statements rest."""

    outlet: str | None
    articles: int
    statements: int
    own: int
    unnamed: int
    papers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of publication and how many articles it has."""

    day: str
    articles: int


def revision(connection: Connection) -> str:
    """Changes with whatever is added, read anew or judged."""
    newest = connection.execute(
        select(func.count(), func.max(ARTICLE.c.number), func.max(ARTICLE.c.last_seen), func.max(ARTICLE.c.digest))
    ).one()
    judged = connection.execute(select(func.max(tables.judgement.c.number))).scalar_one()
    return "-".join(str(part) for part in (*newest, judged))


def totals(connection: Connection, scope: Scope) -> Totals:
    """How much the articles in scope hold."""
    about = select(
        func.count(), func.count(distinct(ARTICLE.c.outlet)), func.min(ARTICLE.c.day), func.max(ARTICLE.c.day)
    )
    articles, outlets, first, last = connection.execute(about.where(*in_scope(scope))).one()
    counts = {f"{name}s": _count(connection, tables.metadata.tables[name], scope) for name in _COUNTED}
    named = select(func.count(distinct(tables.plan.c.name_key)))
    plans = connection.execute(_of(named, tables.plan, scope)).scalar_one()
    return Totals(articles=articles, outlets=outlets, first=first, last=last, plans=plans, **counts)


_COUNTED = ("statement", "term", "position", "encounter")


def _count(connection: Connection, table: Table, scope: Scope) -> int:
    return int(connection.execute(_of(select(func.count()), table, scope)).scalar_one())


def _of(wanted: Any, table: Table, scope: Scope) -> Any:
    joined = wanted.select_from(table).join(ARTICLE, ARTICLE.c.number == table.c.article)
    return joined.where(*in_scope(scope))


def days(connection: Connection, scope: Scope) -> tuple[Day, ...]:
    """The days of publication in order."""
    wanted = select(ARTICLE.c.day, func.count()).where(*in_scope(scope)).group_by(ARTICLE.c.day)
    return tuple(Day(day=day, articles=n) for day, n in connection.execute(wanted.order_by(ARTICLE.c.day)))


def outlets(connection: Connection, scope: Scope) -> tuple[tuple[str | None, int], ...]:
    """The outlets by number of articles."""
    number = func.count().label("number")
    wanted = select(ARTICLE.c.outlet, number).where(*in_scope(scope)).group_by(ARTICLE.c.outlet)
    return tuple((o, n) for o, n in connection.execute(wanted.order_by(number.desc(), ARTICLE.c.outlet)))


def plan_names(connection: Connection, scope: Scope, *conditions: Condition) -> tuple[Named, ...]:
    """Plans by name, those of most articles and then most terms first; `times` counts the terms."""
    plan, term = tables.plan, tables.term
    of = and_(term.c.article == plan.c.article, term.c.plan == plan.c.local)
    terms, articles = func.count(term.c.number).label("terms"), func.count(distinct(plan.c.article)).label("articles")
    days = (func.min(ARTICLE.c.day), func.max(ARTICLE.c.day))
    wanted = select(plan.c.name_key, func.min(plan.c.name), articles, terms, *days).select_from(plan)
    wanted = wanted.join(ARTICLE, ARTICLE.c.number == plan.c.article).outerjoin(term, of)
    wanted = wanted.where(*in_scope(scope), *conditions).group_by(plan.c.name_key)
    return _all_named(connection, wanted.order_by(articles.desc(), terms.desc(), plan.c.name_key), scope)


def party_names(
    connection: Connection, scope: Scope, *, kinds: Sequence[str] = ("position", "term")
) -> tuple[Named, ...]:
    """Who gives, gets or wants, by number of articles."""
    actor = tables.actor
    roles = actor.c.kind.in_(kinds)
    return _named(connection, actor, actor.c.name_key, actor.c.name, scope, (roles,))


def place_names(connection: Connection, scope: Scope) -> tuple[Named, ...]:
    """Where encounters are, by number of articles."""
    encounter = tables.encounter
    known = encounter.c.place.is_not(None)
    return _named(connection, encounter, encounter.c.place, encounter.c.place, scope, (known,))


def _named(
    connection: Connection,
    table: Table,
    key: ColumnElement[Any],
    name: ColumnElement[Any],
    scope: Scope,
    conditions: Sequence[Condition],
) -> tuple[Named, ...]:
    articles = func.count(distinct(table.c.article)).label("articles")
    fields = (key, func.min(name), articles, func.count(), func.min(ARTICLE.c.day), func.max(ARTICLE.c.day))
    wanted = _of(select(*fields), table, scope).where(*conditions).group_by(key).order_by(articles.desc(), key)
    return _all_named(connection, wanted, scope)


def _all_named(connection: Connection, wanted: Any, scope: Scope) -> tuple[Named, ...]:
    labels = ("key", "name", "articles", "times", "first", "last")
    rows = connection.execute(wanted.limit(scope.get("limit")).offset(scope.get("offset")))
    return tuple(Named(**dict(zip(labels, row, strict=True))) for row in rows)


def cited(connection: Connection, scope: Scope, *, named: bool | None = None) -> tuple[Cited, ...]:
    """The last sources of statements, but for outlets that speak for themselves; the most often cited first."""
    link, source = tables.link, tables.source
    statements = func.count().label("statements")
    fields = (
        func.min(source.c.name),
        source.c.kind,
        source.c.named,
        func.max(source.c.party),
        statements,
        func.count(distinct(link.c.article)),
        func.count(distinct(ARTICLE.c.outlet)),
    )
    wanted = select(*fields).select_from(link).join(source, source.c.number == link.c.source)
    wanted = wanted.join(ARTICLE, ARTICLE.c.number == link.c.article).where(*in_scope(scope))
    wanted = wanted.where(link.c.last, link.c.step > 0)
    if named is not None:
        wanted = wanted.where(source.c.named == named)
    wanted = wanted.group_by(source.c.name_key, source.c.kind, source.c.named)
    wanted = wanted.order_by(statements.desc(), source.c.name_key).limit(scope.get("limit")).offset(scope.get("offset"))
    labels = ("name", "kind", "named", "party", "statements", "articles", "outlets")
    rows = (dict(zip(labels, row, strict=True)) for row in connection.execute(wanted))
    return tuple(Cited(**row | {"kind": SourceKind(row["kind"])}) for row in rows)


def leanings(connection: Connection, scope: Scope) -> tuple[Leaning, ...]:
    """For each outlet how many of its statements it makes itself, rest on unnamed people, or on another outlet."""
    link, source = tables.link, tables.source
    statements = func.count().label("statements")
    own = func.sum(_one(link.c.step == 0))
    unnamed = func.sum(_one(and_(link.c.step > 0, source.c.named.is_(False))))
    papers = func.sum(_one(and_(link.c.step > 0, source.c.kind == SourceKind.OUTLET.value)))
    articles = func.count(distinct(link.c.article))
    wanted = select(ARTICLE.c.outlet, articles, statements, own, unnamed, papers).select_from(link)
    wanted = wanted.join(source, source.c.number == link.c.source).join(ARTICLE, ARTICLE.c.number == link.c.article)
    wanted = wanted.where(*in_scope(scope), link.c.last).group_by(ARTICLE.c.outlet)
    wanted = wanted.order_by(statements.desc(), ARTICLE.c.outlet).limit(scope.get("limit")).offset(scope.get("offset"))
    labels = ("outlet", "articles", "statements", "own", "unnamed", "papers")
    return tuple(Leaning(**dict(zip(labels, row, strict=True))) for row in connection.execute(wanted))


def _one(condition: Condition) -> Any:
    return case((condition, 1), else_=0)


def citations(connection: Connection, scope: Scope) -> tuple[tuple[str | None, str, int], ...]:
    """Which outlet cites which other one as a link of its chains, and in how many statements."""
    link, source = tables.link, tables.source
    number = func.count().label("number")
    wanted = select(ARTICLE.c.outlet, source.c.name, number).select_from(link)
    wanted = wanted.join(source, source.c.number == link.c.source).join(ARTICLE, ARTICLE.c.number == link.c.article)
    wanted = wanted.where(*in_scope(scope), link.c.step > 0, source.c.kind == SourceKind.OUTLET.value)
    wanted = wanted.group_by(ARTICLE.c.outlet, source.c.name_key).order_by(number.desc(), ARTICLE.c.outlet)
    return tuple((o, n, c) for o, n, c in connection.execute(wanted.limit(scope.get("limit"))))


def spoken(
    *, source: str | None = None, named: str | None = None, act: str | None = None, last: bool = False
) -> list[Condition]:
    """Conditions on statements: a source by its key, the act, and what their last source is.

    With `last` the source itself is the last one of the chain, else it is one of its links, or whom one speaks for.
    `named` is "yes" or "no" for whether the text names it, "outlet" where it is another outlet.
    """
    statement, link, of = tables.statement, tables.link, tables.source
    conditions: list[Condition] = []
    if act is not None:
        conditions.append(statement.c.act == act)
    heard = select(link.c.statement).join(of, of.c.number == link.c.source)
    if source is not None and last:
        conditions.append(statement.c.number.in_(heard.where(of.c.name_key == source, link.c.last)))
    elif source is not None:
        name = or_(of.c.name_key == source, of.c.party_key == source)
        conditions.append(statement.c.number.in_(heard.where(name, or_(link.c.step > 0, link.c.last))))
    if named is not None:
        kind = of.c.kind == SourceKind.OUTLET.value if named == "outlet" else of.c.named == (named == "yes")
        conditions.append(statement.c.number.in_(heard.where(link.c.last, link.c.step > 0, kind)))
    return conditions


def how_many(connection: Connection, kind: str, scope: Scope, *conditions: Condition) -> int:
    """How many items of a kind meet the conditions."""
    table = tables.metadata.tables[kind]
    wanted: Any = _of(select(func.count()), table, scope)
    return int(connection.execute(wanted.where(*conditions)).scalar_one())


def whole_id(connection: Connection, kind: str, id: str) -> str:
    """The whole id of a thing, from its first digits. Raises LedgerError as `resolve` does."""
    return resolve(connection, tables.metadata.tables[kind], id, "this ledger")


def ids_of(connection: Connection, kind: str, article: str) -> dict[str, str]:
    """For an article's items of a kind: the record's own id, and the ledger's."""
    table = tables.metadata.tables[kind]
    wanted = select(table.c.local, table.c.id).join(ARTICLE, ARTICLE.c.number == table.c.article)
    rows = connection.execute(wanted.where(ARTICLE.c.id == article))
    return {local: id for local, id in rows}  # noqa: C416  rows are no pairs to a type checker

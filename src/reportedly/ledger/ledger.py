"""The ledger: what was read, kept, and asked."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self, Unpack

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from reportedly.errors import InputError, LedgerError
from reportedly.ledger import queries, tables
from reportedly.ledger.checks import check
from reportedly.ledger.contents import digest_of, ids_of, read_judgements, write_judgement
from reportedly.ledger.correcting import bring_up, correct, kind_of, list_corrections, one_correction, originals, undo
from reportedly.ledger.corrections import Correction, Grade, Kind, State
from reportedly.ledger.dialects import Dialect
from reportedly.ledger.finding import beginning, resolve
from reportedly.ledger.identity import article_id, name_key
from reportedly.ledger.keeping import keep
from reportedly.ledger.names import known_names, matching, nearest
from reportedly.ledger.opening import failures, open_database
from reportedly.ledger.queries import Condition, Scope
from reportedly.ledger.rebuilding import rebuild
from reportedly.ledger.rows import (
    Added,
    ArticleRow,
    EncounterRow,
    Hit,
    Judgement,
    Outcome,
    PlanRow,
    PositionRow,
    StatementRow,
    TermRow,
    Who,
)
from reportedly.ledger.search import said_with, search
from reportedly.records import Reading

_BATCH = 200
"""Articles rebuilt at a time when all of them are wanted."""

_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


def open_ledger(path_or_url: str | os.PathLike[str], *, create: bool = True, wait: float = 10.0) -> Ledger:
    """Open the ledger in a file, and make it if there is none and `create` is true.

    `wait` is how many seconds to let another program finish its writing. Raises LedgerError if it cannot be opened,
    is no ledger, or is of a newer version.
    """
    engine, dialect = open_database(path_or_url, create=create, wait=wait)
    return Ledger(engine, dialect, where=os.fspath(path_or_url))


class Ledger:
    """What was read, in one file. Close it after use, or use it in `with`. Threads may share one.

    Every method raises LedgerError where the file cannot be read or written. Those that take an id take the first
    digits of one as well, and raise LedgerError if none or several begin so. For `scope` see `Scope`.
    """

    def __init__(self, engine: Engine, dialect: Dialect, *, where: str) -> None:
        self._engine, self._dialect, self.where = engine, dialect, where
        self._grown = False
        self._place = dialect.place()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.settle()
        self._engine.dispose()

    def settle(self) -> None:
        """Let the database count what was added, so that it answers faster. Closing does it too."""
        if self._grown:
            # What was added is kept already; nothing is lost where this fails.
            with suppress(DBAPIError):
                self._dialect.settle(self._engine)
            self._grown = False

    def add(self, reading: Reading, *, seen: datetime | None = None) -> Added:
        """Keep a reading, wholly or not at all. `seen` is when the article was met: now, unless said otherwise.

        Raises RecordError if the reading points at places or ids that it does not hold, InputError if its text
        cannot be stored, ValueError if `seen` has no zone.
        """
        check(reading)
        moment = _moment(seen or datetime.now(UTC))
        try:
            with self._writing() as connection:
                added = keep(connection, reading, moment)
                if added.outcome is not Outcome.KNOWN:
                    number = select(tables.article.c.number).where(tables.article.c.id == added.article)
                    bring_up(connection, connection.execute(number).scalar_one(), reading)
        except (UnicodeEncodeError, OverflowError) as error:
            raise InputError(reading.document.name, f"cannot be stored ({error})", "mend the input") from error
        self._grown |= added.outcome is not Outcome.KNOWN
        return added

    def reading(self, article: str, *, corrected: bool = True) -> Reading:
        """The reading of an article as people put it right; as it was added if `corrected` is false."""
        with self._asking() as connection:
            id = resolve(connection, tables.article, article, self.where)
            number = select(tables.article.c.number).where(tables.article.c.id == id)
            build = rebuild if corrected else originals
            return build(connection, connection.execute(number).scalars().all())[id]

    def readings(self, *, corrected: bool = True, **scope: Unpack[Scope]) -> Iterator[tuple[str, Reading]]:
        """The id and reading of every article in scope, by day; a few hundred are in memory at a time.

        They are as people put them right or, if `corrected` is false, as they were added.
        """
        build = rebuild if corrected else originals
        with self._asking() as connection:
            numbers = queries.article_numbers(connection, self._resolved(connection, scope))
        for start in range(0, len(numbers), _BATCH):
            with self._asking() as connection:
                batch = build(connection, numbers[start : start + _BATCH])
            yield from batch.items()

    def count(self, **scope: Unpack[Scope]) -> int:
        """How many articles are in scope: the N of "nothing found in N articles"."""
        with self._asking() as connection:
            return queries.count_articles(connection, self._resolved(connection, scope))

    def articles(self, **scope: Unpack[Scope]) -> tuple[ArticleRow, ...]:
        """The articles by day, without their texts."""
        with self._asking() as connection:
            return queries.find_articles(connection, self._resolved(connection, scope))

    def article(self, id: str) -> ArticleRow:
        """One article, superseded or not."""
        return self.articles(article=id)[0]

    def stories(self) -> tuple[str, ...]:
        """The labels that articles carry, in order."""
        story = tables.article.c.story
        with self._asking() as connection:
            return tuple(
                connection.execute(select(story).distinct().where(story.is_not(None)).order_by(story)).scalars()
            )

    def plans(self, **scope: Unpack[Scope]) -> tuple[PlanRow, ...]:
        """The plans, one row for each article that has them."""
        with self._asking() as connection:
            return queries.find_plans(connection, self._resolved(connection, scope))

    def terms(
        self, *, plan: str | None = None, topic: str | None = None, party: str | None = None, **scope: Unpack[Scope]
    ) -> tuple[TermRow, ...]:
        """The terms: of a plan (by name or ledger id), on a topic, given or got by a party."""
        conditions: list[Condition] = []
        if topic is not None:
            conditions.append(tables.term.c.topic == str(topic))
        if party is not None:
            conditions.append(queries.acted_by("term", name_key(party)))
        with self._asking() as connection:
            if plan is not None:
                conditions.append(queries.of_plan(plan, beginning(connection, tables.plan, plan)))
            return queries.find_terms(connection, self._resolved(connection, scope), *conditions)

    def positions(
        self, *, party: str | None = None, topic: str | None = None, **scope: Unpack[Scope]
    ) -> tuple[PositionRow, ...]:
        """The positions: of a party, on a topic."""
        conditions: list[Condition] = []
        if party is not None:
            conditions.append(queries.acted_by("position", name_key(party)))
        if topic is not None:
            conditions.append(tables.position.c.topic == str(topic))
        with self._asking() as connection:
            return queries.find_positions(connection, self._resolved(connection, scope), *conditions)

    def encounters(self, *, party: str | None = None, **scope: Unpack[Scope]) -> tuple[EncounterRow, ...]:
        """The encounters by their own date, undated ones last; `since` is asked of that date, not of the article's."""
        conditions = [] if party is None else [queries.acted_by("encounter", name_key(party))]
        with self._asking() as connection:
            return queries.find_encounters(connection, self._resolved(connection, scope), *conditions)

    def statements(
        self,
        *,
        ids: Sequence[str] | None = None,
        act: str | None = None,
        source: str | None = None,
        words: str | None = None,
        **scope: Unpack[Scope],
    ) -> tuple[StatementRow, ...]:
        """The statements by day: those of whole ids, of an act, from a source, with words in their sentence."""
        statement = tables.statement
        conditions: list[Condition] = []
        if ids is not None:
            conditions.append(statement.c.id.in_(ids))
        if act is not None:
            conditions.append(statement.c.act == str(act))
        if source is not None:
            conditions.append(queries.spoken_by(name_key(source)))
        if words is not None:
            conditions.append(said_with(self._dialect, words))
        with self._asking() as connection:
            return queries.find_statements(connection, self._resolved(connection, scope), *conditions)

    def claims(self, *, words: str | None = None, **scope: Unpack[Scope]) -> tuple[StatementRow, ...]:
        """What is claimed, by day: each statement on its own, with its chain, act and certainty."""
        return self.statements(words=words, **scope)

    def chain(self, id: str) -> StatementRow:
        """The statement of that id, with its chain."""
        with self._asking() as connection:
            whole = resolve(connection, tables.statement, id, self.where)
            everywhere: Scope = {"superseded": True}
            return queries.find_statements(connection, everywhere, tables.statement.c.id == whole)[0]

    def who(self, name: str, **scope: Unpack[Scope]) -> Who:
        """All that is kept on a name: whole, or a person's last; whatever its case. Nothing found is no error."""
        with self._asking() as connection:
            scope = self._resolved(connection, scope)
            known = known_names(connection)
            keys = matching(name, known)
            return Who(
                asked=name,
                names=tuple(printed for key in keys for printed in known[key].printed),
                suggestions=() if keys else nearest(name, known),
                statements=queries.find_statements(connection, scope, queries.spoken_by(*keys)),
                terms=queries.find_terms(connection, scope, queries.acted_by("term", *keys)),
                positions=queries.find_positions(connection, scope, queries.acted_by("position", *keys)),
                encounters=queries.find_encounters(connection, scope, queries.acted_by("encounter", *keys)),
            )

    def search(self, words: str, **scope: Unpack[Scope]) -> tuple[Hit, ...]:
        """The sentences of articles that hold all the words, best article first; 20 unless `limit` says otherwise.

        "A phrase" in quotation marks is searched as one, `word*` by its beginning; nothing else has a meaning.
        """
        with self._asking() as connection:
            return search(connection, self._dialect, words, self._resolved(connection, scope))

    def judge(self, kind: str, about: Sequence[str], *, by: str, value: Any = None) -> Judgement:
        """Keep what a person says of things by their ledger ids, for good; `value` is JSON-ready."""
        at = _moment(datetime.now(UTC))
        with self._writing() as connection:
            return write_judgement(connection, kind, about, by=by, at=at, value=value)

    def judgements(self) -> tuple[Judgement, ...]:
        """What people said, in the order in which they said it."""
        with self._asking() as connection:
            return read_judgements(connection)

    def correct(
        self, kind: str, about: str | Sequence[str], value: Any = None, *, by: str, why: str | None = None
    ) -> Correction:
        """Keep what a person says of a thing, and give it out so from now on.

        `kind` is one of `Kind`, `about` an id (or its first digits) or a name, or several, and `value` is checked. See
        docs/reference/corrections.md. Raises CorrectionError where it cannot be; nothing is kept then.
        """
        things, at = (about,) if isinstance(about, str) else tuple(about), _moment(datetime.now(UTC))
        with self._writing() as connection:
            id = correct(connection, kind_of(kind), things, value, by=by, why=why, at=at)
        return self._correction(id)

    def undo(self, id: str, *, by: str, why: str | None = None) -> Correction:
        """Take a correction back by its id. That is kept as well; the correction stays and says so."""
        with self._writing() as connection:
            whole = undo(connection, id, by=by, why=why, at=_moment(datetime.now(UTC)), where=self.where)
        return self._correction(whole)

    def corrections(self, article: str | None = None) -> tuple[Correction, ...]:
        """All that people said, the oldest first, with what became of it; of one article, or of all."""
        with self._asking() as connection:
            id = article and resolve(connection, tables.article, article, self.where)
            return list_corrections(connection, article=id)

    def grades(self) -> dict[str, Grade]:
        """The grades that stand, by the source's printed name or the statement's id."""
        given: dict[str, Grade] = {}
        for correction in self._standing(Kind.GRADE):
            for thing in correction.about:
                given[thing] = given.get(thing, Grade()).with_(correction)
        return given

    def likelihoods(self) -> dict[str, Correction]:
        """The likelihoods that stand, by statement id; what is said of a claim is of no statement in it."""
        return {said.about[0]: said for said in self._standing(Kind.LIKELIHOOD) if len(said.about) == 1}

    def ids(self) -> dict[tuple[str, str], str]:
        """The ledger's ids by the article's id and the record's own (`st3`), for all that is kept."""
        with self._asking() as connection:
            return ids_of(connection)

    def digest(self) -> str:
        """A hash of all that is kept but for when it was seen, and which version of an article is the newer.

        Two ledgers to which the same was added, in whatever order and how often, have the same.
        """
        with self._asking() as connection:
            return digest_of(connection)

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """One view of the ledger for several questions, those of `browsing` and `queries` among them."""
        with self._asking() as connection:
            yield connection

    @staticmethod
    def id_of(reading: Reading) -> str:
        """The id that the reading's article has, or would have, in any ledger."""
        return article_id(reading.document)

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        """One view of the ledger, whatever others add meanwhile."""
        self._look()
        with failures(self._dialect, self.where), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        self._look()
        with failures(self._dialect, self.where), self._dialect.writing(self._engine) as connection:
            yield connection

    def _look(self) -> None:
        """Raises LedgerError where the file is gone, or another has taken its place."""
        if self._dialect.place() != self._place:
            raise LedgerError(
                f"{self.where}: the file was removed or replaced while it was open; put it back, or open it anew"
            )

    def _correction(self, id: str) -> Correction:
        with self._asking() as connection:
            return one_correction(connection, id)

    def _standing(self, kind: Kind) -> Iterator[Correction]:
        """What people said of that kind and still say, the oldest first."""
        return (said for said in self.corrections() if said.kind is kind and said.state is State.STANDS)

    def _resolved(self, connection: Connection, scope: Scope) -> Scope:
        """The scope with the whole id of its article, and with a `since` that is a date."""
        for name, day in (("since", scope.get("since")), ("until", scope.get("until"))):
            if day is not None and not _DATE.fullmatch(day):
                raise LedgerError(f"{name}={day!r} is no date; give one such as 2026-03-31 or 2026-03")
        if (article := scope.get("article")) is None:
            return scope
        return {**scope, "article": resolve(connection, tables.article, article, self.where)}


def _moment(time: datetime) -> str:
    """A moment as text that sorts as time does: ISO 8601, UTC, microseconds."""
    if time.tzinfo is None:
        raise ValueError(f"{time} has no time zone; give one, for example datetime.UTC")
    return time.astimezone(UTC).isoformat(timespec="microseconds")

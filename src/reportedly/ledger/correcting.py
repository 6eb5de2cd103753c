"""Corrections in a ledger: appended, found again, and carried out on the rows that queries read.

A correction belongs to a text (`Document.id`), so it holds for every article that prints it and for every later reading
of it. What the program took down is kept beside the corrected rows; whatever is undone brings it back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, or_, select, update

from reportedly.errors import CorrectionError
from reportedly.ledger import tables
from reportedly.ledger.anchors import find
from reportedly.ledger.contents import read_judgements, write_judgement
from reportedly.ledger.corrections import CHANGING, UNDO, Change, Correction, Kind, Mark, State, apply
from reportedly.ledger.finding import resolve
from reportedly.ledger.identity import name_key, reading_digest
from reportedly.ledger.keeping import rewrite
from reportedly.ledger.opinions import checked_name, checked_why
from reportedly.ledger.queries import in_parts
from reportedly.ledger.rebuilding import rebuild
from reportedly.ledger.rows import Judgement
from reportedly.ledger.saying import Said, say_change, say_grade, say_likelihood, say_pair
from reportedly.records import Reading, from_json, to_json

Values = dict[str, Any]


def kind_of(word: str) -> Kind:
    """The kind of that name. Raises CorrectionError with those that there are."""
    try:
        return Kind("-".join(word.strip().casefold().replace("_", "-").split()))
    except ValueError:
        raise CorrectionError(f"no kind of correction {word!r}; choose from: {', '.join(Kind)}") from None


def correct(
    connection: Connection, kind: Kind, about: Sequence[str], value: Any, *, by: str, why: str | None, at: str
) -> str:
    """Keep what a person says and carry it out; the correction's id. Raises CorrectionError, LedgerError."""
    who, reason = checked_name(by, what="name of who says it"), checked_why(why)
    said = _said(connection, kind, about, value)
    kept = {"to": said.value, "why": reason, "things": said.things, "words": said.words}
    kept |= {"before": said.before, "after": said.after} if kind in CHANGING else {}
    document = said.things[0]["document"] if kind in CHANGING else None
    judgement = write_judgement(connection, kind, said.about, by=who, at=at, value=kept, document=document)
    _carry_out(connection, document)
    return judgement.id


def _said(connection: Connection, kind: Kind, about: Sequence[str], value: Any) -> Said:
    if kind in CHANGING:
        return say_change(connection, kind, about, value)
    if kind is Kind.GRADE:
        return say_grade(connection, about, value)
    if kind is Kind.LIKELIHOOD:
        return say_likelihood(connection, about, value)
    return say_pair(connection, about, value)


def undo(connection: Connection, id: str, *, by: str, why: str | None, at: str, where: str) -> str:
    """Take a correction back; its whole id. Raises CorrectionError if it is undone already, LedgerError if unknown."""
    who, reason = checked_name(by, what="name of who undoes it"), checked_why(why)
    whole = resolve(connection, tables.judgement, id, where)
    judgements = {judgement.id: judgement for judgement in read_judgements(connection)}
    if judgements[whole].kind not in set(Kind):
        raise CorrectionError(f"{id} is no correction but one's undoing; correct the thing anew instead")
    for other in judgements.values():
        if other.kind == UNDO and other.about == (whole,):
            raise CorrectionError(f"{id} was undone by {other.by} on {other.at[:10]} already")
    write_judgement(connection, UNDO, (whole,), by=who, at=at, value={"why": reason})
    kept = judgements[whole].value
    if judgements[whole].kind in CHANGING and isinstance(kept, dict):
        _carry_out(connection, kept["things"][0]["document"])
    return whole


def _carry_out(connection: Connection, document: str | None) -> None:
    """Bring the rows of every article of a text to what people say of it."""
    if document is not None:
        wanted = select(tables.article.c.number).where(tables.article.c.document == document)
        for number in connection.execute(wanted).scalars().all():
            bring_up(connection, number)


def bring_up(connection: Connection, number: int, reading: Reading | None = None) -> None:
    """Write an article's rows as its corrections have them. `reading` is what a reader just took down, if one did."""
    article, machine = tables.article, tables.machine
    document = connection.execute(select(article.c.document).where(article.c.number == number)).scalar_one()
    kept = connection.execute(select(machine.c.record).where(machine.c.article == number)).scalar_one_or_none()
    changes = list(_changes(connection, document))
    if not changes and kept is None:
        return
    original = reading or (from_json(kept) if kept is not None else _rebuilt(connection, number))
    applied = apply(original, changes)
    ids = rewrite(connection, number, applied.reading, original=original, marks=applied.marks)
    connection.execute(delete(machine).where(machine.c.article == number))
    # Whoever derives things from the reading sees by its digest that it is another one now.
    given = {"digest": reading_digest(applied.reading)}
    connection.execute(update(article).where(article.c.number == number).values(given))
    if changes:
        states = {
            id: {"state": state.value, "thing": ids.get(applied.found.get(id, ""))}
            for id, state in applied.states.items()
        }
        kept = {"digest": reading_digest(original), "record": to_json(original), "states": states}
        connection.execute(machine.insert().values(article=number, **kept))


def originals(connection: Connection, numbers: Sequence[int]) -> dict[str, Reading]:
    """The readings of the articles of those numbers as readers took them down, by article id, in the order given."""
    article, machine = tables.article, tables.machine
    readings = rebuild(connection, numbers)
    wanted = select(article.c.id, machine.c.record).join(article, article.c.number == machine.c.article)
    kept = connection.execute(wanted.where(machine.c.article.in_(numbers)))
    return readings | {id: from_json(record) for id, record in kept}


def _rebuilt(connection: Connection, number: int) -> Reading:
    return next(iter(rebuild(connection, [number]).values()))


def _changes(connection: Connection, document: str) -> Iterator[Change]:
    """What people say of a text and did not take back, the oldest first."""
    judgement = tables.judgement
    rows = connection.execute(select(judgement).where(judgement.c.document == document).order_by(judgement.c.number))
    kept = list(rows.mappings())
    undone = _undone(connection) if kept else {}
    for row in kept:
        if row["id"] not in undone:
            mark = Mark(id=row["id"], kind=Kind(row["kind"]), by=row["by"], at=row["at"])
            yield Change(mark, row["value"]["to"], row["value"]["things"][0]["anchors"])


def _undone(connection: Connection) -> dict[str, tuple[str, str]]:
    """Who took back which judgement, and when."""
    judgement = tables.judgement
    rows = connection.execute(select(judgement.c.about, judgement.c.by, judgement.c.at).where(judgement.c.kind == UNDO))
    return {about[0]: (by, at) for about, by, at in rows}


def list_corrections(connection: Connection, *, article: str | None = None) -> tuple[Correction, ...]:
    """All that people said, the oldest first, with what became of it; of one article (its whole id), or of all."""
    if article is None:
        return tuple(_listed(connection, _said_of(connection, None)))
    wanted = select(tables.article.c.document).where(tables.article.c.id == article)
    text = connection.execute(wanted).scalar_one()
    said = _said_of(connection, text)
    return tuple(c for c in _listed(connection, said) if article in c.articles)


def one_correction(connection: Connection, id: str) -> Correction:
    """The correction of that whole id."""
    wanted = select(tables.judgement.c.document).where(tables.judgement.c.id == id)
    document = connection.execute(wanted).scalar_one()
    said = _said_of(connection, document or "")
    return next(correction for correction in _listed(connection, said) if correction.id == id)


def _said_of(connection: Connection, document: str | None) -> list[Judgement]:
    """What people said that may have to do with a text; of all texts where none is given.

    What changes no reading is of no single text, and there is little of it.
    """
    judgement = tables.judgement
    about = () if document is None else (or_(judgement.c.document == document, judgement.c.document.is_(None)),)
    return list(read_judgements(connection, judgement.c.kind.in_([kind.value for kind in Kind]), *about))


def _listed(connection: Connection, said: Sequence[Judgement]) -> Iterator[Correction]:
    now = _Now(connection, said)
    undone, carried = _undone(connection), _carried(connection, now.numbers)
    overruled = _overruled(said, undone, now)
    for judgement in said:
        about, state = now.about(judgement), State.STANDS
        if Kind(judgement.kind) in CHANGING and judgement.id not in undone:
            found, state = carried.get(judgement.id, ((), State.LOST))
            about = found or about
        elif judgement.id in overruled:
            state = State.OVERRULED
        elif now.is_lost(judgement):
            state = State.LOST
        by, at = undone.get(judgement.id, (None, None))
        kept = judgement.value if isinstance(judgement.value, dict) else {}
        yield Correction(
            id=judgement.id,
            kind=Kind(judgement.kind),
            about=about,
            value=kept.get("to"),
            by=judgement.by,
            at=judgement.at,
            why=kept.get("why", ""),
            state=State.UNDONE if by else state,
            words=kept.get("words", ""),
            before=kept.get("before"),
            after=kept.get("after"),
            articles=now.articles(judgement),
            undone_by=by,
            undone_at=at,
        )


def _things(judgement: Judgement) -> Sequence[Values]:
    things: Sequence[Values] = judgement.value.get("things", ()) if isinstance(judgement.value, dict) else ()
    return things


def _carried(connection: Connection, numbers: Sequence[int]) -> dict[str, tuple[tuple[str, ...], State]]:
    """For each change carried out on articles of those numbers the ids of its things now, and what became of it."""
    machine = tables.machine
    found: dict[str, list[tuple[str | None, State]]] = defaultdict(list)
    for some in in_parts(list(numbers)):
        wanted = select(machine.c.states).where(machine.c.article.in_(some)).order_by(machine.c.article)
        for states in connection.execute(wanted).scalars():
            for id, told in states.items():
                found[id].append((told["thing"], State(told["state"])))
    order = list(State)
    return {
        id: (tuple(thing for thing, _ in each if thing), min((state for _, state in each), key=order.index))
        for id, each in found.items()
    }


def _overruled(said: Sequence[Judgement], undone: Mapping[str, Any], now: _Now) -> set[str]:
    """Of what stands beside the readings, whatever a later word on the same thing takes the place of."""
    later: dict[Any, set[str]] = defaultdict(set)
    overruled = set()
    for judgement in reversed(said):
        kind = Kind(judgement.kind)
        if judgement.id in undone or kind in CHANGING:
            continue
        things = frozenset(map(name_key, now.about(judgement)))
        key = ("pair" if kind in (Kind.SAME, Kind.DIFFERENT) else kind, things)
        parts = set(judgement.value["to"]) if kind is Kind.GRADE else {"all"}
        if parts <= later[key]:
            overruled.add(judgement.id)
        later[key] |= parts
    return overruled


class _Now:
    """Where the things of judgements are in the ledger as it is."""

    def __init__(self, connection: Connection, said: Iterable[Judgement]) -> None:
        self._connection = connection
        kept = list(said)
        wanted = sorted({id for judgement in kept for id in judgement.about})
        statement, article = tables.statement, tables.article
        self._held: set[str] = set()
        for some in in_parts(wanted):
            self._held |= set(connection.execute(select(statement.c.id).where(statement.c.id.in_(some))).scalars())
        documents = sorted({thing["document"] for judgement in kept for thing in _things(judgement)})
        self._articles: dict[str, list[tuple[str, int]]] = defaultdict(list)
        fields = (article.c.document, article.c.id, article.c.number)
        for some in in_parts(documents):
            for document, id, number in connection.execute(select(*fields).where(article.c.document.in_(some))):
                self._articles[document].append((id, number))
        self._again: dict[str, str | None] = {}

    @property
    def numbers(self) -> list[int]:
        """The numbers of the articles that they are about."""
        return sorted(number for each in self._articles.values() for _, number in each)

    def articles(self, judgement: Judgement) -> tuple[str, ...]:
        """The ids of the articles that it is about."""
        documents = dict.fromkeys(thing["document"] for thing in _things(judgement))
        return tuple(id for document in documents for id, _ in sorted(self._articles[document]))

    def about(self, judgement: Judgement) -> tuple[str, ...]:
        """The ids of its things, as they are now where they are still found; names stay as they are."""
        return tuple(self._id(judgement, place) or id for place, id in enumerate(judgement.about))

    def is_lost(self, judgement: Judgement) -> bool:
        """Whether one of its things is no longer found."""
        return any(self._id(judgement, place) is None for place in range(len(_things(judgement))))

    def _id(self, judgement: Judgement, place: int) -> str | None:
        id = judgement.about[place]
        things = _things(judgement)
        if id in self._held or place >= len(things):
            return id
        if id not in self._again:
            self._again[id] = self._search(things[place])
        return self._again[id]

    def _search(self, thing: Values) -> str | None:
        """The id of a statement that a later reading has otherwise; first in the article that it was said of."""
        for id, number in sorted(self._articles[thing["document"]], key=lambda a: a[0] != thing["article"]):
            local = find(thing["anchors"], originals(self._connection, [number])[id])
            statement = tables.statement
            wanted = select(statement.c.id).where(statement.c.article == number, statement.c.local == local)
            if local is not None and (found := self._connection.execute(wanted).scalar_one_or_none()):
                return str(found)
        return None

"""What a person says of things by their ids or names, checked against the ledger and made fit to be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, select

from reportedly.errors import CorrectionError
from reportedly.ledger import tables
from reportedly.ledger.anchors import Item, anchor_of, items_of
from reportedly.ledger.corrections import Change, Kind, Mark, apply
from reportedly.ledger.finding import beginning
from reportedly.ledger.identity import SHORT, name_key
from reportedly.ledger.names import known_names, nearest
from reportedly.ledger.opinions import (
    SORTS,
    checked_grade,
    checked_likelihood,
    checked_parties,
    checked_points,
    checked_spans,
    checked_speaker,
)
from reportedly.ledger.rebuilding import rebuild
from reportedly.ledger.surroundings import Surroundings
from reportedly.records import Reading, SourceKind, Span, Statement, Term, from_json, shown, to_json

Values = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is kept of it. `things` say where the things stand: article, document, and anchors."""

    about: tuple[str, ...]
    value: Any
    things: list[Values]
    words: str = ""
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class _Thing:
    """A row and the reading it is of, as the program took that down."""

    id: str
    article: str
    reading: Reading
    item: Item

    def kept(self, *others: Item) -> Values:
        anchors = [anchor_of(self.item)]
        anchors += [anchor for other in others if (anchor := anchor_of(other)) not in anchors]
        return {"article": self.article, "document": self.reading.document.id, "anchors": anchors}

    @property
    def words(self) -> str:
        spans = self.item.content if isinstance(self.item, Statement) else self.item.spans
        return shown(spans, self.reading.document.text)


def say_change(connection: Connection, kind: Kind, about: Sequence[str], value: Any) -> Said:
    """What changes a reading: about one thing."""
    if len(about) != 1:
        raise CorrectionError(f"{kind.value} is about one thing; give one id, not {len(about)}")
    thing = _thing(connection, about[0], SORTS[kind])
    to = _checked(connection, kind, value, thing)
    # Nobody has said it yet, so it bears nobody's name.
    change = Change(Mark(id="", kind=kind, by="", at=""), to, [anchor_of(thing.item)])
    corrected = apply(thing.reading, [change]).reading
    item = items_of(corrected).get(thing.item.id)
    return Said(
        about=(thing.id,),
        value=to,
        things=[thing.kept(*([item] if item else []))],
        words=thing.words,
        before=_spelled(thing.reading, thing.item.id),
        after=_spelled(corrected, thing.item.id),
    )


def _checked(connection: Connection, kind: Kind, value: Any, thing: _Thing) -> Values:
    text = thing.reading.document.text
    if kind is Kind.WRONG_SPEAKER:
        return _speaker(connection, checked_speaker(value, text), thing)
    if kind is Kind.WRONG_SPAN:
        return dict(checked_spans(value, thing.item, text))
    if kind is Kind.TERM_PARTY:
        return dict(checked_parties(value))
    if kind is Kind.POINT_NUMBER:
        assert isinstance(thing.item, Term)
        plans = {plan.id: plan.points for plan in thing.reading.plans}
        return checked_points(value, most=plans.get(thing.item.plan or ""))
    if value not in (None, "", {}, True):
        raise CorrectionError(f"{kind.value} takes no value, but got {str(value)[:40]!r}; leave it out")
    return {}


def _speaker(connection: Connection, value: Values, thing: _Thing) -> Values:
    """The speaker with the kind that the ledger knows it by, and with the place of the name in the sentence."""
    assert isinstance(thing.item, Statement)
    key, reading = name_key(value["name"]), thing.reading
    of_name = [source for source in reading.sources if name_key(source.name) == key]
    kind = value["kind"] or (of_name[0].kind if of_name else _known_kind(connection, key))
    party = of_name[0].party if of_name else _known_party(connection, key)
    spans = value["spans"] or _mention(value["name"], thing)
    return {"name": value["name"], "kind": str(kind), "party": party, "spans": spans}


def _known_kind(connection: Connection, key: str) -> str:
    """What the ledger most often takes somebody of that name for; a person where it knows nobody."""
    source = tables.source
    wanted = select(source.c.kind).where(source.c.name_key == key).group_by(source.c.kind)
    found = connection.execute(wanted.order_by(func.count().desc(), source.c.kind)).scalars().first()
    return found or SourceKind.PERSON.value


def _known_party(connection: Connection, key: str) -> str | None:
    """Whom the ledger most often lets somebody of that name speak for."""
    source = tables.source
    wanted = select(source.c.party).where(source.c.name_key == key, source.c.party.is_not(None))
    found = connection.execute(wanted.group_by(source.c.party).order_by(func.count().desc(), source.c.party))
    return found.scalars().first()


def _mention(name: str, thing: _Thing) -> list[list[int]]:
    """Where the sentence of the statement prints the name, or the source that bears it; nowhere perhaps."""
    document, statement = thing.reading.document, thing.item
    assert isinstance(statement, Statement)
    known = [span for s in thing.reading.sources if name_key(s.name) == name_key(name) for span in s.mentions]
    for sentence in Surroundings(document).of((*statement.cue, *statement.content)):
        at = document.text.find(name, sentence.start, sentence.end)
        printed = [Span(at, at + len(name))] if at >= 0 else [span for span in sorted(known) if sentence.holds(span)]
        if printed:
            return [[printed[0].start, printed[0].end]]
    return []


def say_pair(connection: Connection, about: Sequence[str], value: Any) -> Said:
    """That two statements, or two names, are the same or are not."""
    if len(about) != 2:
        raise CorrectionError(f"give two ids of statements, or two names, not {len(about)}")
    if value not in (None, "", {}, True):
        raise CorrectionError(f"it takes no value, but got {str(value)[:40]!r}; leave it out")
    are = [bool(beginning(connection, tables.statement, id)) for id in about]
    if any(are):
        things = [_thing(connection, id, (Statement,)) for id in about]
        ids = tuple(thing.id for thing in things)
        words = " | ".join(thing.words for thing in things)
        said = Said(about=ids, value=None, things=[thing.kept() for thing in things], words=words)
    else:
        said = Said(about=tuple(_known_name(connection, name) for name in about), value=None, things=[])
    if len(set(map(name_key, said.about))) < 2:
        raise CorrectionError(f"{about[0]!r} and {about[1]!r} are one and the same thing already; give two")
    return said


def say_grade(connection: Connection, about: Sequence[str], value: Any) -> Said:
    """A grade of a source, by its name; or, of what it says, by the statement's id."""
    if len(about) != 1:
        raise CorrectionError(f"a grade is of one source or statement; give one, not {len(about)}")
    grade = checked_grade(value)
    known = name_key(about[0]) in known_names(connection)
    if not known and beginning(connection, tables.statement, about[0]):
        thing = _thing(connection, about[0], (Statement,))
        if "reliability" in grade:
            raise CorrectionError("A to F are of a source; grade a statement 1 to 6, or give the source's name")
        return Said(about=(thing.id,), value=grade, things=[thing.kept()], words=thing.words)
    return Said(about=(_known_name(connection, about[0]),), value=grade, things=[])


def say_likelihood(connection: Connection, about: Sequence[str], value: Any) -> Said:
    """How likely it is that what is said is so: of a statement, or of a claim by the statements in it."""
    if not about:
        raise CorrectionError("a likelihood is of a statement, or of all that make a claim; give their ids")
    word = checked_likelihood(value)
    things = [_thing(connection, id, (Statement,)) for id in about]
    ids = tuple(sorted({thing.id for thing in things}))
    kept = [next(thing for thing in things if thing.id == id).kept() for id in ids]
    return Said(about=ids, value=word, things=kept, words=things[0].words)


def _known_name(connection: Connection, name: str) -> str:
    known = known_names(connection)
    if (key := name_key(name)) in known:
        return known[key].printed[0] if name not in known[key].printed else name
    near = nearest(name, known)
    way_out = f"did you mean {', '.join(near)}?" if near else "give a name as the ledger has it"
    raise CorrectionError(f"the ledger knows no {name[:80]!r}; {way_out}")


def _thing(connection: Connection, id: str, sorts: Sequence[type[Item]]) -> _Thing:
    """The one thing of those sorts whose id begins so."""
    named = [tables.metadata.tables[sort.__name__.lower()] for sort in sorts]
    found = [(table, whole) for table in named for whole in beginning(connection, table, id)]
    words = " or ".join(table.name for table in named)
    if len(found) > 1:
        raise CorrectionError(f"several ids begin with {id!r}; give more of it")
    if not found:
        raise CorrectionError(f"no {words} has the id {id!r}{_why_not(connection, id)}")
    table, whole = found[0]
    article, local, number = _row(connection, table, whole)
    reading = _taken_down(connection, number)
    return _Thing(whole, article, reading, items_of(reading)[local])


def _why_not(connection: Connection, id: str) -> str:
    """Whether somebody said that it is no statement; else what to do."""
    judgement = tables.judgement
    rows = connection.execute(
        select(judgement.c.id, judgement.c.about, judgement.c.by, judgement.c.at)
        .where(judgement.c.kind == Kind.NOT_A_STATEMENT)
        .order_by(judgement.c.number.desc())
    )
    for correction, about, by, at in rows:
        if id.strip() and about[0].startswith(id.strip().casefold()):
            return f": {by} said on {at[:10]} that it is not a statement; undo {correction[:SHORT]} first"
    return "; give the first digits of one that is shown"


def _row(connection: Connection, table: Table, id: str) -> tuple[str, str, int]:
    article = tables.article
    wanted = select(article.c.id, table.c.local, article.c.number).join(article, article.c.number == table.c.article)
    row = connection.execute(wanted.where(table.c.id == id)).one()
    return row[0], row[1], row[2]


def _taken_down(connection: Connection, number: int) -> Reading:
    machine = tables.machine
    kept = connection.execute(select(machine.c.record).where(machine.c.article == number)).scalar_one_or_none()
    return from_json(kept) if kept is not None else next(iter(rebuild(connection, [number]).values()))


def _spelled(reading: Reading, id: str) -> Values | None:
    """An item as its record has it, with its printed words and the names of its chain; None if it is not there."""
    record, text = to_json(reading), reading.document.text
    every = (item for field in ("statements", "terms", "positions", "encounters") for item in record[field])
    item = next((dict(item) for item in every if item["id"] == id), None)
    if item is None:
        return None
    names = {source.id: source.name for source in reading.sources}
    for field in ("spans", "content", "source", "cue"):
        if field in item:
            item[f"{field}_words"] = shown(tuple(Span(*pair) for pair in item[field]), text)
    if "chain" in item:
        item["chain_names"] = [names.get(source, source) for source in item["chain"]]
    return item

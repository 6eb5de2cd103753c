"""A form that a person sent in, made a correction that the ledger keeps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reportedly.errors import CorrectionError
from reportedly.ledger import Correction, Kind
from reportedly.ledger.browsing import whole_id
from reportedly.ledger.correcting import kind_of
from reportedly.records import Span
from reportedly.views.web.desk import Desk
from reportedly.views.web.record import SORTS, record_row

_ID = re.compile(r"(?:^|/statement/)([0-9a-f]{8,32})(?:[?#].*)?$")
_LONGEST_NAME = 120
_MOST_OF_CLAIM = 100


def say(desk: Desk, form: Mapping[str, str]) -> Correction:
    """Keep what the form says. Raises CorrectionError with what to do where it cannot be."""
    kind = kind_of(form.get("kind", ""))
    about, by = form.get("about", "").strip(), form.get("by", "").strip()
    if not by:
        raise CorrectionError("no name given; say who you are, so that others know whose judgement it is")
    if len(by) > _LONGEST_NAME:
        raise CorrectionError(f"a name of more than {_LONGEST_NAME} characters; shorten it")
    things: Any = about
    if kind in (Kind.SAME, Kind.DIFFERENT):
        things = (about, _other(form.get("other", "")))
    if kind is Kind.LIKELIHOOD:  # of a claim: the statements that make it
        things = about.split()[:_MOST_OF_CLAIM] or about
    if kind is Kind.GRADE and form.get("source"):
        things = form["source"].strip()
    return desk.ledger.correct(kind.value, things, _value(desk, kind, form), by=by, why=form.get("why", "").strip())


def take_back(desk: Desk, form: Mapping[str, str]) -> Correction:
    """Undo a correction."""
    by = form.get("by", "").strip()
    if not by:
        raise CorrectionError("no name given; say who you are, so that others know who took it back")
    return desk.ledger.undo(form.get("id", ""), by=by, why=form.get("why", "").strip())


def _other(given: str) -> str:
    """The id in an address of a statement's page, or the id itself."""
    if found := _ID.search(given.strip()):
        return found[1]
    raise CorrectionError("no other statement named; paste the address of its page, or its id")


def _value(desk: Desk, kind: Kind, form: Mapping[str, str]) -> Any:
    match kind:
        case Kind.WRONG_SPEAKER:
            name = form.get("name", "").strip()
            return {"name": name, "kind": form["source_kind"]} if form.get("source_kind") else name
        case Kind.WRONG_SPAN:
            return _spans(desk, form)
        case Kind.TERM_PARTY:
            return {side: _names(form[side]) for side in ("gives", "gets") if side in form}
        case Kind.POINT_NUMBER:
            return _numbers(form.get("points", ""))
        case Kind.GRADE:
            return f"{form.get('reliability', '')}{form.get('credibility', '')}"
        case Kind.LIKELIHOOD:
            return form.get("likelihood", "")
        case _:
            return None


def _names(given: str) -> list[str]:
    return [name for part in given.split(";") if (name := " ".join(part.split()))]


def _numbers(given: str) -> list[int]:
    parts = given.replace(",", " ").split()
    if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        raise CorrectionError(f"{given!r} is no number; give one or several, such as 3 or 3, 4, or nothing for none")
    return [int(part) for part in parts]


def _spans(desk: Desk, form: Mapping[str, str]) -> Any:
    """Where the words that the form gives stand: the place nearest to where the thing is now."""
    sort, part = form.get("sort", ""), form.get("part") or "content"
    if sort not in SORTS:
        raise CorrectionError(f"there is no sort {sort!r}; use the form on the thing's own page")
    with desk.ledger.asking() as connection:
        id = whole_id(connection, sort, form.get("about", ""))
    row = record_row(desk, sort, id)
    text = desk.ledger.reading(row.article).document.text
    at = row.spans[0].start if row.spans else 0
    pairs, given = [], form.get("words", "")
    for words in filter(None, (piece.strip() for piece in given.split("…"))):
        span = _nearest(words, text, at)
        pairs.append([span.start, span.end])
    return pairs if sort != "statement" else {part: pairs}


def _nearest(words: str, text: str, at: int) -> Span:
    """The words, whatever the white space between them, where they stand nearest to a character."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    found = [Span(m.start(), m.end()) for m in pattern.finditer(text)]
    if not found:
        raise CorrectionError(f"the article does not print {words!r}; copy the words as they stand in it")
    return min(found, key=lambda span: abs(span.start - at))

"""The first digits of an id into the id."""

from __future__ import annotations

import re

from sqlalchemy import Connection, Table, select

from reportedly.errors import LedgerError
from reportedly.ledger.identity import ID_LENGTH, SHORT

_HEX = re.compile(rf"[0-9a-f]{{1,{ID_LENGTH}}}")
_SHOWN = 8
"""Candidates named in an error."""


def resolve(connection: Connection, table: Table, id: str, where: str) -> str:
    """The one id of the table that begins with the digits given.

    Raises LedgerError with the candidates if several do, and with what to do if none does.
    """
    if not (found := beginning(connection, table, id)):
        raise LedgerError(f"{where}: no {table.name} has the id {id!r}; give the first digits of one that is shown")
    if len(found) > 1:
        digits = max(SHORT, len(id) + 4)
        candidates = ", ".join(each[:digits] for each in found[:_SHOWN])
        more = ", …" if len(found) > _SHOWN else ""
        raise LedgerError(
            f"{where}: several {table.name}s have ids that begin with {id!r} ({candidates}{more}); give more of it"
        )
    return found[0]


def beginning(connection: Connection, table: Table, id: str) -> list[str]:
    """The ids of the table that begin with the digits given, in order, and at most a few."""
    digits = id.strip().casefold()
    if not _HEX.fullmatch(digits):
        return []
    # `g` comes after every hex digit, so this range is exactly the ids with that beginning, and an index serves it.
    wanted = select(table.c.id).where(table.c.id >= digits, table.c.id < f"{digits}g").order_by(table.c.id)
    return list(connection.execute(wanted.limit(_SHOWN + 1)).scalars())

"""Reads press coverage of negotiations and keeps a sourced, dated record of what is on the table.

Nothing is imported until it is asked for, so that `import reportedly` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from reportedly import config

if TYPE_CHECKING:
    from reportedly.documents import load
    from reportedly.errors import InputError, LedgerError, RecordError, ReportedlyError
    from reportedly.ledger import Ledger, open_ledger
    from reportedly.reading.dossier import Dossier, parse_dossier
    from reportedly.reading.reader import Reader
    from reportedly.records import Document, Reading, from_json, to_json
    from reportedly.run import write_brief

__version__ = config.VERSION

_HOMES = {
    "Document": "records",
    "Dossier": "reading.dossier",
    "InputError": "errors",
    "Ledger": "ledger",
    "LedgerError": "errors",
    "Reader": "reading.reader",
    "Reading": "records",
    "RecordError": "errors",
    "ReportedlyError": "errors",
    "from_json": "records",
    "load": "documents",
    "open_ledger": "ledger",
    "parse_dossier": "reading.dossier",
    "to_json": "records",
    "write_brief": "run",
}

__all__ = [
    "Document",
    "Dossier",
    "InputError",
    "Ledger",
    "LedgerError",
    "Reader",
    "Reading",
    "RecordError",
    "ReportedlyError",
    "__version__",
    "from_json",
    "load",
    "open_ledger",
    "parse_dossier",
    "to_json",
    "write_brief",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'reportedly' has no attribute {name!r}")
    return getattr(import_module(f"reportedly.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)

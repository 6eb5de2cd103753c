"""What can go wrong, each with what, where and what to do."""

from __future__ import annotations


class ReportedlyError(Exception):
    """Anything this package raises on purpose.

    ReportedlyError
    ├── InputError        an article that cannot be read: empty, binary, too large, no text, a date that is none
    ├── TimeLimitError    an article whose reading takes longer than it may
    ├── RecordError       a record file that is not one
    ├── ModelError        a shipped model that is missing, altered or of another version
    ├── LanguageError     a language that has no tables
    ├── DossierError      a dossier that is no TOML or holds what a dossier cannot
    ├── CorrectionError   what a person says of a reading, where it cannot be: a span beyond the text, no such grade
    └── LedgerError       a ledger that cannot be opened, is of another version, or cannot be written
    """


class InputError(ReportedlyError):
    """One input cannot be read; the others are not touched by it."""

    def __init__(self, name: str, reason: str, way_out: str) -> None:
        super().__init__(f"{name}: {reason}; {way_out}")
        self.name, self.reason, self.way_out = name, reason, way_out


class TimeLimitError(ReportedlyError):
    """The reading of an article takes longer than it may."""


class RecordError(ReportedlyError):
    """A record file is not one."""


class ModelError(ReportedlyError):
    """A shipped model is missing, altered or of another version."""


class LanguageError(ReportedlyError):
    """A language has no tables."""


class DossierError(ReportedlyError):
    """A dossier is no TOML or holds what a dossier cannot."""


class CorrectionError(ReportedlyError):
    """What a person says of a reading cannot be."""


class LedgerError(ReportedlyError):
    """A ledger cannot be opened, is of another version, or cannot be written."""

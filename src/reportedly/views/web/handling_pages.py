"""Pages on which articles are handed in, briefs are made, and judgements are listed; and the page of an error."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.views.web.asking import Asked
from reportedly.views.web.pages import Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedRow:
    """What became of one article of what was handed in; `id` is None where it could not be read."""

    name: str
    id: str | None
    outcome: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """One handing-in: what it was called, how far it is, and what became of it."""

    id: str
    label: str
    total: int
    done: int
    state: str
    rows: tuple[AddedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPage:
    """Where articles are handed in. Sizes in bytes, times in seconds."""

    endings: tuple[str, ...]
    most_upload: int
    most_files: int
    reading_time: float
    jobs: tuple[JobRow, ...]
    examples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementsPage:
    """What people said, the newest first."""

    asked: Asked
    total: int
    rows: tuple[tuple[Judgement, str, str | None, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefPage:
    """What can be handed over."""

    asked: Asked
    articles: int
    most: int
    plans: tuple[str, ...]
    parties: tuple[str, ...]
    stories: tuple[str, ...]
    formats: tuple[tuple[str, str], ...]
    exports: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """What went wrong and what to do."""

    status: int
    title: str
    reason: str

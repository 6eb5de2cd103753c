"""What every page of the desk has at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reportedly.ledger import Ledger
from reportedly.views.web.comparing import Comparing
from reportedly.views.web.memo import Memo
from reportedly.views.web.settings import Settings
from reportedly.views.web.showing import Showing

if TYPE_CHECKING:
    from reportedly.views.web.adding import Adding

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """A ledger, and what shows it, adds to it and remembers what was asked of it.

    `memo` keeps answers, `large` a few that take much room.
    """

    ledger: Ledger
    settings: Settings
    showing: Showing
    memo: Memo
    large: Memo
    adding: Adding
    comparing: Comparing
    examples: Path | None = None


@dataclass(frozen=True, slots=True)
class NotFound(Exception):
    """There is nothing at that address."""

    reason: str


def cut(rows: Sequence[T], size: int) -> tuple[T, ...]:
    """The rows of one page; there may be one more, which tells that there is a next page."""
    return tuple(rows[:size])

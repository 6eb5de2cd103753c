"""The names that a page can be narrowed to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.ledger import browsing
from reportedly.views.web.desk import Desk

MOST = 200
"""Names of a kind; whatever is not among them can be typed."""

LONGEST = 120
"""Characters of a name that is worth choosing from a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Names, those of most articles first."""

    plans: tuple[str, ...]
    parties: tuple[str, ...]
    outlets: tuple[str, ...]
    stories: tuple[str, ...]


def choices(desk: Desk) -> Choices:
    """What there is to choose from."""
    return desk.memo("choices", lambda: _choices(desk))


def _choices(desk: Desk) -> Choices:
    with desk.ledger.asking() as connection:
        plans = browsing.plan_names(connection, {"limit": MOST})
        parties = browsing.party_names(connection, {"limit": MOST})
        outlets = browsing.outlets(connection, {})
    return Choices(
        plans=_fit(p.name for p in plans),
        parties=_fit(p.name for p in parties),
        outlets=_fit(name for name, _ in outlets[:MOST] if name),
        stories=desk.ledger.stories()[:MOST],
    )


def _fit(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if len(name) <= LONGEST)

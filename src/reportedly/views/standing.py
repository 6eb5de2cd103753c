"""Where the parties stand, a column each: the latest word first, earlier ones kept, clashes shown side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.records import Stance, Topic
from reportedly.views import wording
from reportedly.views.pages import PositionRow, PositionsPage

ANSWERS = frozenset({Stance.ACCEPTS, Stance.REJECTS, Stance.OPEN})
"""Stances of which a party has one at a time; what it proposes, offers or demands may stand beside any."""

_NAMES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A stance and the days on which articles told it, the first and the last; None where no day is known."""

    stance: Stance
    first: str | None
    last: str | None
    earlier: bool = False
    clashes: bool = False


def standing(rows: Iterable[PositionRow]) -> tuple[Word, ...]:
    """What a party wants on a topic, each stance once, the latest first.

    An answer told before the latest answer is `earlier`: kept, but no longer the last word. Answers told last on the
    same day, or on days not known, `clash` where they differ.
    """
    words = [_word(stance, same) for stance, same in _by_stance(rows).items()]
    answers = [w for w in words if w.stance in ANSWERS]
    latest = max((w.last or "" for w in answers), default="")
    ends = [w.stance for w in answers if (w.last or latest) == latest]
    told = [
        Word(
            stance=w.stance,
            first=w.first,
            last=w.last,
            earlier=w.stance in ANSWERS and w.stance not in ends,
            clashes=w.stance in ends and len(ends) > 1,
        )
        for w in words
    ]
    return tuple(sorted(told, key=lambda w: (w.earlier, w.stance not in ANSWERS, _back(w.last), w.stance.value)))


def _back(day: str | None) -> tuple[int, ...]:
    """Sorts the latest day first, and no day last."""
    return tuple(-ord(c) for c in day) if day else (1,)


def _by_stance(rows: Iterable[PositionRow]) -> dict[Stance, list[PositionRow]]:
    grouped: dict[Stance, list[PositionRow]] = {}
    for row in rows:
        grouped.setdefault(row.stance, []).append(row)
    return grouped


def _word(stance: Stance, rows: list[PositionRow]) -> Word:
    days = sorted(row.place.published for row in rows if row.place.published)
    return Word(stance=stance, first=days[0] if days else None, last=days[-1] if days else None)


def standing_rows(page: PositionsPage) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """The parties that get a column, a row of words a topic, and the parties that are left to the list below."""
    parties = page.parties[:_NAMES]
    return parties, tuple(_row(page, topic, parties) for topic in page.topics), page.parties[_NAMES:]


def _row(page: PositionsPage, topic: Topic, parties: tuple[str, ...]) -> tuple[str, ...]:
    cells = (cell_words(standing(page.cell(party, topic)), page.articles) for party in parties)
    return (wording.topic(topic), *cells)


def cell_words(told: tuple[Word, ...], articles: int) -> str:
    """The words of a cell, a stance a line; `nothing found in N articles` where there are none."""
    if not told:
        return wording.nothing_found(articles)
    lines = [_line(word) for word in told if not word.clashes]
    clash = [_line(word) for word in told if word.clashes]
    if clash:
        lines.insert(0, "clash: " + " against ".join(clash))
    return "\n".join(lines)


def _line(word: Word) -> str:
    lead = "earlier: " if word.earlier else ""
    return f"{lead}{word.stance.value} ({wording.short_day(word.last)})"

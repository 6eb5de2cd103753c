"""What people put right, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportedly.ledger import Correction, Kind, State, short
from reportedly.ledger.opinions import CREDIBILITY, RELIABILITY
from reportedly.views import wording


def lines_of(said: Correction) -> Iterator[str]:
    """A correction: its id, kind and state; what it is about; from what to what; who, when and why."""
    about = ", ".join(short(thing) if said.articles else thing for thing in said.about)
    yield wording.harmless(f"{short(said.id)}  {said.kind.value}: {said.state.value}")
    yield wording.harmless(f"  of {about}" + (f": {wording.short(said.words)}" if said.words else ""))
    if change := changed(said):
        yield wording.harmless(f"  {change}")
    yield wording.harmless(f"  {who(said)}")


def who(said: Correction) -> str:
    """`by Ines on 5 March 2026: she is quoted; undone by Bo on 6 March 2026`."""
    told = f"by {said.by} on {wording.day(said.at[:10])}" + (f": {said.why}" if said.why else "")
    if said.state is State.UNDONE and said.undone_at:
        told += f"; undone by {said.undone_by} on {wording.day(said.undone_at[:10])}"
    return told


def changed(said: Correction) -> str:
    """`from Kerem Demir to Anna Weiss`, or what is said of it; nothing where the kind says all."""
    if said.kind is Kind.GRADE:
        return graded(said.value)
    if said.kind is Kind.LIKELIHOOD:
        return str(said.value)
    if said.kind in _SHOWN and said.before is not None:
        show = _SHOWN[said.kind]
        return f"from {show(said.before) or 'none'} to {show(said.after) or 'none'}"
    return ""


def graded(value: dict[str, Any]) -> str:
    """`B usually reliable, 2 probably true`."""
    letter, number = value.get("reliability"), value.get("credibility")
    told = [f"{letter} {RELIABILITY[letter]}"] if letter else []
    return ", ".join([*told, *([f"{number} {CREDIBILITY[number]}"] if number else [])])


def _speaker(item: dict[str, Any]) -> str:
    return str(item["chain_names"][-1]) if item["chain_names"] else ""


def _words(item: dict[str, Any]) -> str:
    parts = ("spans_words", "source_words", "cue_words", "content_words")
    return " | ".join(item[part] for part in parts if item.get(part))


def _parties(item: dict[str, Any]) -> str:
    gives, gets = (", ".join(item[side]) or wording.NOBODY for side in ("gives", "gets"))
    return f"{gives} gives, {gets} gets"


def _points(item: dict[str, Any]) -> str:
    return ", ".join(map(str, item["points"])) or "no number"


_SHOWN = {
    Kind.WRONG_SPEAKER: _speaker,
    Kind.WRONG_SPAN: _words,
    Kind.TERM_PARTY: _parties,
    Kind.POINT_NUMBER: _points,
}

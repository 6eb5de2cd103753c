"""What people said of things, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reportedly.ledger import Correction, Kind, Ledger, State
from reportedly.views.web.pages import Judgement

NAMES = {
    Kind.WRONG_SPEAKER: "Speaker",
    Kind.WRONG_SPAN: "Words",
    Kind.NOT_A_STATEMENT: "No statement",
    Kind.TERM_PARTY: "Parties",
    Kind.POINT_NUMBER: "Point",
    Kind.SAME: "Same claim",
    Kind.DIFFERENT: "Another claim",
    Kind.GRADE: "Grade",
    Kind.LIKELIHOOD: "Likelihood",
}


_ANEW = "claims and their origins are put together anew"
FOLLOWS = {
    Kind.WRONG_SPEAKER: f"Positions that stand on it alone are the new speaker's now; {_ANEW}. "
    "Act and certainty stay, for they are of the wording.",
    Kind.WRONG_SPAN: f"What is compared are these words now: {_ANEW}. Act and certainty stay as they were read.",
    Kind.NOT_A_STATEMENT: "What rested on it rests on the others; a position that rested on it alone is gone with it; "
    f"{_ANEW}.",
    Kind.TERM_PARTY: "The table, and what changed between versions, follow. Positions stay as they were read.",
    Kind.POINT_NUMBER: "The table, and what changed between versions, follow.",
    Kind.SAME: "The claims are put together anew with it.",
    Kind.DIFFERENT: "The claims are put together anew with it.",
}
"""What follows from a correction, for whoever made it."""


@dataclass(frozen=True, slots=True)
class Said:
    """The judgements on one article, or on all, by the ledger ids and names that they are about."""

    by_thing: Mapping[str, tuple[Judgement, ...]]

    @classmethod
    def of_article(cls, ledger: Ledger, article: str) -> Said:
        """What was said of the things of one article."""
        return cls(_by_thing(ledger.corrections(article)))

    @classmethod
    def of_all(cls, ledger: Ledger) -> Said:
        """All that was said."""
        return cls(_by_thing(ledger.corrections()))

    @property
    def every(self) -> tuple[Judgement, ...]:
        """All of them."""
        return self.of(*self.by_thing)

    def of(self, *things: str) -> tuple[Judgement, ...]:
        """The judgements on things, the oldest first, each once."""
        found = (judgement for thing in things for judgement in self.by_thing.get(thing, ()))
        return tuple(sorted(dict.fromkeys(found), key=lambda j: (j.at, j.id)))


def _by_thing(corrections: Iterable[Correction]) -> dict[str, tuple[Judgement, ...]]:
    held: dict[str, tuple[Judgement, ...]] = {}
    for correction in corrections:
        for thing in correction.about:
            held[thing] = (*held.get(thing, ()), judgement_of(correction))
    return held


def judgement_of(correction: Correction) -> Judgement:
    """A correction as it is shown."""
    return Judgement(
        id=correction.id,
        kind=NAMES[correction.kind],
        words=worded(correction),
        by=correction.by,
        at=correction.at,
        why=correction.why or "",
        state=_state(correction),
        standing=correction.state is State.STANDS,
        follows=FOLLOWS.get(correction.kind, ""),
    )


def _state(correction: Correction) -> str:
    if correction.undone_by and correction.undone_at:
        return f"undone by {correction.undone_by} on {correction.undone_at[:10]}"
    return correction.state.value


def worded(correction: Correction) -> str:
    """`the speaker is Nikos Christou`."""
    value = correction.value if isinstance(correction.value, dict) else {}
    match correction.kind:
        case Kind.WRONG_SPEAKER:
            return f"the speaker is {value.get('name', correction.value)}"
        case Kind.WRONG_SPAN:
            return f"the words are: {_words(correction.after)}"
        case Kind.NOT_A_STATEMENT:
            return f"this is no statement: {correction.words}"
        case Kind.TERM_PARTY:
            return "; ".join(f"{_SIDES[side]} {', '.join(value[side]) or 'nobody'}" for side in _SIDES if side in value)
        case Kind.POINT_NUMBER:
            return _point(value.get("points", ()))
        case Kind.SAME:
            return "both say the same"
        case Kind.DIFFERENT:
            return "the two are different claims"
        case Kind.GRADE:
            return " ".join(str(value[part]) for part in ("reliability", "credibility") if value.get(part))
        case Kind.LIKELIHOOD:
            of = f", of a claim of {len(correction.about)} statements" if len(correction.about) > 1 else ""
            return f"{value.get('likelihood', correction.value)}{of}"


_SIDES = {"gives": "given by", "gets": "got by"}


def _point(points: Any) -> str:
    numbers = ", ".join(map(str, points))
    return f"it is point {numbers}" if numbers else "it has no number"


def _words(after: Any) -> str:
    if not isinstance(after, dict):
        return ""
    return str(after.get("content_words") or after.get("spans_words") or "")

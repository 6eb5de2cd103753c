"""What a person may say, checked and brought to one form before it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from reportedly.errors import CorrectionError
from reportedly.ledger.anchors import Item
from reportedly.ledger.corrections import Kind
from reportedly.records import Encounter, PointsBasis, Position, SourceKind, Span, Statement, Term

LIKELIHOODS = {
    "almost no chance": "remote",
    "very unlikely": "highly improbable",
    "unlikely": "improbable",
    "roughly even chance": "roughly even odds",
    "likely": "probable",
    "very likely": "highly probable",
    "almost certain": "nearly certain",
}
"""The words of Intelligence Community Directive 203 (2015), from the least to the most likely, with their equals."""

RELIABILITY = {
    "A": "reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
"""The Admiralty code's letters for a source."""

CREDIBILITY = {
    1: "confirmed",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}
"""The Admiralty code's numbers for what a source says."""

LONGEST_NAME = 200
LONGEST_WHY = 2_000
MOST_POINTS = 1_000

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_GRADE = re.compile(r"([A-Fa-f])?\s*([1-6])?")
_SPANS = ("spans", "content", "source", "cue", "addressee", "hedges")


def checked_name(name: Any, *, what: str) -> str:
    """A name without odd spaces. Raises CorrectionError if there is none, or one that cannot be shown."""
    if not isinstance(name, str) or not name.strip():
        raise CorrectionError(f"no {what}; give a name")
    squeezed = " ".join(name.split())
    if _CONTROL.search(squeezed) or len(squeezed) > LONGEST_NAME:
        raise CorrectionError(
            f"{what} {squeezed[:40]!r}: give at most {LONGEST_NAME} characters, and none that are unseen"
        )
    return squeezed


def checked_why(why: str | None) -> str:
    """A reason, or nothing."""
    given = (why or "").strip()
    if len(given) > LONGEST_WHY:
        raise CorrectionError(f"the reason has {len(given)} characters; give at most {LONGEST_WHY}")
    return given.encode("utf-8", "replace").decode()


def checked_grade(value: Any) -> dict[str, Any]:
    """`B2`, `B`, `2`, or a dict of `reliability` and `credibility`."""
    if isinstance(value, Mapping):
        _only(value, ("reliability", "credibility"), "a grade")
        value = f"{value.get('reliability') or ''}{value.get('credibility') or ''}"
    found = _GRADE.fullmatch(str(value).strip())
    if found is None or not (found[1] or found[2]):
        raise CorrectionError(f"no grade in {str(value)[:20]!r}; give a letter A to F, a number 1 to 6, or both, as B2")
    letter = {"reliability": found[1].upper()} if found[1] else {}
    return letter | ({"credibility": int(found[2])} if found[2] else {})


def checked_likelihood(value: Any) -> str:
    """One of the seven words, or its equal."""
    said = " ".join(str(value).casefold().replace("-", " ").split())
    for word, equal in LIKELIHOODS.items():
        if said in (word, equal):
            return word
    raise CorrectionError(f"no likelihood {str(value)[:40]!r}; choose from: {', '.join(LIKELIHOODS)}")


def checked_points(value: Any, *, most: int | None) -> dict[str, Any]:
    """A number, several, or none; or a dict of `points` and `basis`. `most` is how many the plan has, if it is said."""
    given = value if isinstance(value, Mapping) else {"points": value}
    _only(given, ("points", "basis"), "a point number")
    points = given.get("points")
    listed = [] if points is None else list(points) if isinstance(points, Sequence | frozenset | set) else [points]
    if isinstance(points, str) or not all(isinstance(p, int) and not isinstance(p, bool) for p in listed):
        raise CorrectionError(f"no point number in {points!r}; give whole numbers, or none")
    for point in listed:
        if not 1 <= point <= MOST_POINTS:
            raise CorrectionError(f"there is no point {point}; points begin at 1")
        if most is not None and point > most:
            raise CorrectionError(f"there is no point {point}: the plan has {most}; give one of 1 to {most}")
    basis = given.get("basis") or PointsBasis.INFERRED.value
    if basis not in set(PointsBasis):
        raise CorrectionError(f"no basis {basis!r}; choose from: {', '.join(PointsBasis)}")
    return {"points": sorted(set(listed)), "basis": str(basis)}


def checked_parties(value: Any) -> dict[str, list[str]]:
    """A dict of `gives` and `gets`, either or both, each a list of names that may be empty."""
    if not isinstance(value, Mapping) or not value:
        raise CorrectionError("say who gives and who gets, as gives=… and gets=…; either will do")
    _only(value, ("gives", "gets"), "a term's parties")
    return {side: _names(names, side) for side, names in sorted(value.items())}


def _names(names: Any, side: str) -> list[str]:
    listed = [names] if isinstance(names, str) else list(names or ())
    return list(dict.fromkeys(checked_name(name, what=f"party that {side}") for name in listed if name != ""))


def checked_spans(value: Any, item: Item, text: str) -> dict[str, list[list[int]]]:
    """Pairs of where it begins and ends, or a dict of such by part: a statement's content, source, cue and others."""
    given = dict(value) if isinstance(value, Mapping) else {"spans": value}
    statement = isinstance(item, Statement)
    if statement and "spans" in given:
        given["content"] = given.pop("spans")
    _only(given, _SPANS[1:] if statement else _SPANS[:1], f"a {type(item).__name__.lower()}")
    if not given:
        raise CorrectionError("no span; give where it begins and ends, as 120-164")
    spans = {part: checked_pairs(pairs, text) for part, pairs in sorted(given.items())}
    if not spans.get("content" if statement else "spans", True):
        raise CorrectionError("nothing would be left of it; say that it is not a statement instead")
    return spans


def checked_pairs(pairs: Any, text: str) -> list[list[int]]:
    """Pairs within the text, in order, that don't overlap and print something."""
    try:
        spans = sorted(Span(*(int(at) for at in pair)) for pair in pairs)
    except (TypeError, ValueError):
        raise CorrectionError(f"no span in {str(pairs)[:40]}; give where it begins and ends, as 120-164") from None
    for span in spans:
        if span.end > len(text):
            raise CorrectionError(f"{span.start}-{span.end} is beyond the text, which has {len(text)} characters")
        if not span.of(text).strip():
            raise CorrectionError(f"{span.start}-{span.end} holds nothing but white space")
    if any(one.meets(other) for one, other in pairwise(spans)):
        raise CorrectionError("two of the spans overlap; make them one")
    return [[span.start, span.end] for span in spans]


def checked_speaker(value: Any, text: str) -> dict[str, Any]:
    """A name, or a dict of `name`, `kind` and `spans` (where the text prints the source)."""
    given = {"name": value} if isinstance(value, str) else value
    if not isinstance(given, Mapping):
        raise CorrectionError("say who speaks: give a name")
    _only(given, ("name", "kind", "spans"), "a speaker")
    kind = given.get("kind")
    if kind is not None and kind not in set(SourceKind):
        raise CorrectionError(f"no kind of source {kind!r}; choose from: {', '.join(SourceKind)}")
    spans = checked_pairs(given["spans"], text) if given.get("spans") else []
    return {"name": checked_name(given.get("name"), what="speaker"), "kind": kind and str(kind), "spans": spans}


def _only(value: Mapping[str, Any], fields: Iterable[str], what: str) -> None:
    known = tuple(fields)
    if odd := sorted(set(map(str, value)) - set(known)):
        raise CorrectionError(f"{what} has no {odd[0]!r}; it has {', '.join(known)}")


SORTS: dict[Kind, tuple[type[Item], ...]] = {
    Kind.WRONG_SPEAKER: (Statement,),
    Kind.WRONG_SPAN: (Statement, Term, Position, Encounter),
    Kind.NOT_A_STATEMENT: (Statement,),
    Kind.TERM_PARTY: (Term,),
    Kind.POINT_NUMBER: (Term,),
}
"""What each kind of change may be about."""

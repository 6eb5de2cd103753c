"""How values are worded for a person, the same in every skin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from reportedly.records import Amount, Basis, Bound, Certainty, Deadline, Knowledge, PointsBasis, SourceKind, Topic
from reportedly.views.pages import (
    Article,
    Backing,
    ClaimRow,
    CopyRow,
    LinkRow,
    Place,
    PlanTable,
    ReasonRow,
    StepRow,
    TermRow,
)

_CERTAINTY = {
    Certainty.CERTAIN: "certain",
    Certainty.PROBABLE: "probable",
    Certainty.POSSIBLE: "possible",
    Certainty.CERTAIN_NOT: "certainly not",
    Certainty.PROBABLE_NOT: "probably not",
    Certainty.POSSIBLE_NOT: "possibly not",
    Certainty.UNCOMMITTED: "uncommitted",
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_EDTF_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([?~%]?)$")

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SHORT = 70
_LONGEST_NAME = 200

DATE_UNKNOWN = "date not known"
OUTLET_UNKNOWN = "outlet not known"
OWN_VOICE = "the outlet's own words"
NOBODY = "nobody named"


def certainty(value: Certainty) -> str:
    """`certain (CT+)`."""
    return f"{_CERTAINTY[value]} ({value.value})"


def way(before: str, after: str) -> str:
    """What a claim was and became: `possible to certain` for certainties, the lost source's name where one was lost."""
    values = {value.value: words for value, words in _CERTAINTY.items()}
    return f"{values.get(before, before)} to {values.get(after, after)}" if after else before


def strength(value: Certainty) -> str:
    """Three dots, filled as the certainty is strong: a help for the eye beside the words."""
    filled = {"CT": 3, "PR": 2, "PS": 1}.get(value.value[:2], 0)
    return "●" * filled + "○" * (3 - filled)


def surety(backing: Backing | None) -> tuple[str, ...]:
    """How surely the last source and the outlet stand behind a thing, a phrase each."""
    if backing is None or backing.source is None or backing.outlet is None:
        return (OWN_VOICE,)
    return (f"source {certainty(backing.source)}", f"outlet {certainty(backing.outlet)}")


def surety_lines(backing: Backing | None) -> str:
    """`certain (CT+)` for the last source, and below it the same for the outlet."""
    if backing is None or backing.source is None or backing.outlet is None:
        return OWN_VOICE
    return f"{certainty(backing.source)}\n{certainty(backing.outlet)}"


def values_explained() -> str:
    """What the short forms of certainty stand for, in one line."""
    return (
        "CT certain, PR probable, PS possible; + that it is so, - that it is not; "
        "U uncommitted: passed on without saying how sure it is"
    )


def capital(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def short(words: str) -> str:
    """The words, or as many of the first as fit on a line of a cell, with an ellipsis."""
    squeezed = " ".join(words.split())
    if len(squeezed) <= _SHORT:
        return squeezed
    return squeezed[: _SHORT + 1].rpartition(" ")[0].rstrip(" ,;:…") + " …"


def bounded(words: str, most: int = _LONGEST_NAME) -> str:
    """A name, or as much of its beginning as fits where names stand: outlets and headlines have no end of their own."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def harmless(words: str) -> str:
    """The words with characters that steer a terminal, or turn the direction of what follows, made visible."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", words)


def chain(backing: Backing | None) -> str:
    """`The Sun < Financial Times < three sources`: from the outlet down to the last source that the text gives."""
    return " < ".join(backing.chain) if backing else ""


def points(row: TermRow) -> str:
    """`5`, `1, 2` or `5 (inferred)`; `no number` where the text gives none."""
    if not row.points:
        return "no number"
    numbers = ", ".join(map(str, row.points))
    return f"{numbers} (inferred)" if row.basis == PointsBasis.INFERRED else numbers


def force(row: TermRow) -> str:
    """`must`, `would` or `may`, with `if` where it has a condition; `not in it` where the text says it lacks it."""
    if not row.included:
        return "not in it"
    worded = row.force.value if row.force else ""
    return f"{worded}, if" if row.conditional else worded


_BOUNDS = {Bound.EXACT: "", Bound.LEAST: "at least ", Bound.MOST: "at most ", Bound.ABOUT: "about "}


def measures(row: TermRow) -> str:
    """`amount: at most 600,000 personnel; by August 2027; condition of: Peru`, as far as the words give them."""
    parts = [f"amount: {amounts(row.amounts)}"] if row.amounts else []
    if row.deadline is not None:
        parts.append(_limit(row.deadline))
    if row.condition_of:
        parts.append(f"condition of: {row.condition_of}")
    return "; ".join(parts)


def amounts(these: Iterable[Amount]) -> str:
    """`at most 600,000 personnel, 5%`; empty where there are none."""
    return ", ".join(map(_amount, these))


def deadline(limit: Deadline | None) -> str:
    """`within: PT72H from signature`; empty where there is none."""
    if limit is None:
        return ""
    origin = f" from {limit.counts_from}" if limit.counts_from else ""
    return f"{limit.limit.value}: {limit.when.strip('./')}{origin}"


def _limit(limit: Deadline) -> str:
    """`within 72 hours from signature`; `by August 2027`."""
    found = _DURATION.fullmatch(limit.when)
    parts = zip(found.groups(), _UNITS, strict=True) if found else ()
    lasting = [count(int(number), unit) for number, unit in parts if number]
    origin = f" from {limit.counts_from}" if limit.counts_from else ""
    return f"{limit.limit.value} {' '.join(lasting) or when(limit.when.strip('./'))}{origin}"


def _amount(amount: Amount) -> str:
    upper = f" to {_figure(amount.upper)}" if amount.upper is not None else ""
    value = "not in figures" if amount.value is None else f"{_figure(amount.value)}{upper}"
    # "a 90-day truce" gives its unit in the singular
    unit = f"{amount.unit}s" if amount.unit in _UNITS and (amount.value != 1 or upper) else amount.unit
    return f"{_BOUNDS[amount.bound]}{value} {unit}".rstrip().replace(" %", "%")


def _figure(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def names(these: Iterable[str], *, otherwise: str = NOBODY) -> str:
    """Names in a row, or what is said where there are none."""
    return ", ".join(these) or otherwise


_WITH_THE = re.compile(
    r"(?:United|National|International) .+|.+ (?:Union|Nations|Forces|Emirates|Commission|Council|Office|Ministry|"
    r"Government|Army|Navy|Front|Party|League|Association|Authority|Parliament|Congress|Senate|Treasury)"
)


def in_prose(name: str) -> str:
    """A name as it stands within a sentence: `the United Nations`."""
    return f"the {name}" if _WITH_THE.fullmatch(name) else name


def each_outlet(these: Iterable[str]) -> tuple[str, ...]:
    """Each outlet once, as it was called first: `The Meridian` and `Meridian` are one."""
    found: dict[str, str] = {}
    for name in these:
        found.setdefault(name.casefold().removeprefix("the "), name)
    return tuple(found.values())


def topic(value: Topic | None) -> str:
    """`assets and reparations`."""
    return value.value.removeprefix("own:").replace("_", " ") if value else ""


def count(number: int, noun: str) -> str:
    """`1 article`, `4 articles`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def articles(number: int) -> str:
    """`1 article`, `4 articles`."""
    return count(number, "article")


def nothing_found(number: int) -> str:
    """What an empty cell says."""
    return f"nothing found in {articles(number)}"


def day(published: str | None) -> str:
    """`5 March 2026` for `2026-03-05`."""
    return when(published) if published else DATE_UNKNOWN


def days(published: Iterable[str]) -> str:
    """From the first day of publication to the last."""
    ordered = sorted(published)
    if not ordered:
        return "no article is dated"
    return day(ordered[0]) if ordered[0] == ordered[-1] else when(f"{ordered[0]}/{ordered[-1]}")


def short_day(published: str | None) -> str:
    """`5 Mar 2026`."""
    return (
        " ".join(word[:3] if word.isalpha() else word for word in when(published).split()) if published else "undated"
    )


def when(edtf: str | None) -> str:
    """An EDTF date in words: `April 2025`, `summer 2025`, `22 to 24 September 2025`."""
    if not edtf:
        return "no date given"
    start, slash, end = edtf.partition("/")
    if not slash:
        return _single(edtf)
    if end in ("", ".."):
        return f"since {_single(start)}"
    if start in ("", ".."):
        return f"until {_single(end)}"
    return f"{_start(start, end)} to {_single(end)}"


def _start(start: str, end: str) -> str:
    """The first day of a range without the month and year that it shares with the last: `20`, `30 May`."""
    one, two = _EDTF_DAY.match(start), _EDTF_DAY.match(end)
    if not one or not two or not (one[3] and two[3]) or one[4] or one[1] != two[1]:
        return _single(start)
    return str(int(one[3])) if one[2] == two[2] else _single(start).removesuffix(f" {one[1]}")


def _single(edtf: str) -> str:
    found = _EDTF_DAY.match(edtf)
    if found is None:
        return edtf
    year, month, number, doubt = found[1], int(found[2] or 0), int(found[3] or 0), found[4]
    named = _SEASONS.get(month) or (_MONTHS[month - 1] if 1 <= month <= 12 else "")
    worded = " ".join(part for part in (str(number) if number else "", named, year) if part)
    return f"about {worded}" if "~" in doubt or "%" in doubt else f"{worded} (?)" if doubt else worded


def whence(place: Place | Article) -> str:
    """`Continental Courier, 5 March 2026`."""
    return f"{place.outlet or OUTLET_UNKNOWN}, {day(place.published)}"


def where(place: Place) -> str:
    """The span of some words in the article's text: `[512-531]`, code points."""
    return ", ".join(f"[{span.start}-{span.end}]" for span in place.spans)


def plan_header(plan: PlanTable, number: int) -> str:
    """Authors, how many points, who reported it first, and in which of the articles it stands."""
    reported = "; ".join(whence(article) for article in plan.reported_in)
    return "; ".join(
        (
            f"by {names(plan.authors)}" if plan.authors else "author not named",
            f"{plan.points} points" if plan.points else "number of points not given",
            f"first reported by {names(plan.first_reported_by)}"
            if plan.first_reported_by
            else "first report not named",
            f"in {len(plan.reported_in)} of {articles(number)} ({reported})",
            *([f"also called {names(plan.also_called)}"] if plan.also_called else []),
            *([f"a later version of: {plan.version_of}"] if plan.version_of else []),
        )
    )


def link(row: LinkRow) -> str:
    """`unnamed, 3 people`; `person, for Russia`."""
    people = f"{'at least ' if row.at_least else ''}{row.count} people" if row.count > 1 else ""
    party = f"for {row.party}" if row.party and row.party != row.name else ""
    return ", ".join(part for part in (row.kind.value, people, party) if part)


_BASES = {
    Basis.PUBLISHES: "publishes it",
    Basis.SPEAKS: "says it",
    Basis.TOLD: "was told it",
    Basis.HOLDS: "has the paper",
    Basis.WRITTEN: "it stands there",
    Basis.AUTHOR: "wrote it",
    Basis.CITED: "is cited for it",
    Basis.THROUGH: "passed it on",
    Basis.ELSEWHERE: "another sentence names it",
    Basis.BEFORE: "as before in the article",
}
_KNOWS = {
    Knowledge.PRESENT: "was there",
    Knowledge.BRIEFED: "was briefed",
    Knowledge.READ: "has read it",
    Knowledge.HEARD: "has it from others",
}
_DETERMINED = frozenset(
    {"one", "another", "his", "her", "its", "their", "our", "my", "some", "somebody", "someone", "no"}
)
_KNOWERS = frozenset({SourceKind.PERSON, SourceKind.UNNAMED, SourceKind.GROUP})


def basis(step: StepRow) -> str:
    """What makes a link one: `was told it`."""
    return _BASES[step.basis] if step.basis else "the record does not say what makes it a link"


def knowing(step: StepRow) -> str:
    """How a link knows: `was there: "who sat at the table"`; nothing for a body of which the text does not say."""
    if step.knows:
        return f"{_KNOWS[step.knows]}: \u201c{step.knows_words}\u201d"
    return "how it knows is not stated" if step.link.kind in _KNOWERS else ""


def told(steps: tuple[StepRow, ...]) -> str:
    """The chain as one sentence: `The Sun has it from Financial Times, which has it from three sources.`"""
    first, *others = (step.link for step in steps)
    if not others:
        return f"{first.name} says it itself."
    parts = [f"{first.name} has it from {_named(others[0])}"]
    for before, after in pairwise(others):
        parts.append(f"{'who' if before.kind in _KNOWERS else 'which'} {_has(before)} it from {_named(after)}")
    return ", ".join(parts) + "."


def _named(row: LinkRow) -> str:
    """A name as it stands in a sentence: "the letter to staff", "a senior official", "Bloomberg"."""
    first = row.name.split(" ")[0]
    if not first[:1].islower() or row.count > 1 or row.at_least or first in _DETERMINED:
        return row.name
    if row.kind is SourceKind.UNNAMED:
        return f"{'an' if first[0] in 'aeiou' else 'a'} {row.name}"
    return f"the {row.name}"


def _has(row: LinkRow) -> str:
    return "have" if row.count > 1 or row.at_least else "has"


def because(reason: ReasonRow) -> str:
    """Why a certainty is what it is: `flat, as worded: "the port would open"`."""
    return f"{reason.rule}: \u201c{short(reason.words)}\u201d" if reason.words else reason.rule


def origins(row: ClaimRow) -> str:
    """`4 statements, 1 origin: three sources via Financial Times`; the range where it is not one number."""
    least, most = row.origins_range
    spread = f" ({least} to {most})" if least != most else ""
    named = f": {'; '.join(row.origin_names)}" if row.origin_names else ""
    return f"{count(len(row.statements), 'statement')}, {count(row.origins, 'origin')}{spread}{named}"


def copied(row: CopyRow) -> str:
    """`B, 5 March 2026 has it from A, 4 March 2026: verbatim, 80 % of it`."""
    return f"{whence(row.within)} has it from {whence(row.of)}: {row.kind}, {row.share:.0%} of it"

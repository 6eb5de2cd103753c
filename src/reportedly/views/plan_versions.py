"""Which plans of several articles are one under two names, and which is a later version of which."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportedly.views.pages import PlanTable

_REVISED = re.compile(
    r"\b(?:revised|revamped|new|newer|latest|later|updated|amended|altered|modified|reworked|redrafted|rewritten|improved|"
    r"enhanced|sweetened|softened|toughened|watered-down|trimmed|second|third|fourth|fifth|final|fresh)\b",
    re.IGNORECASE,
)
_ENOUGH = 2
"""Signs that it takes to call one plan a version of another."""


def is_revised(plan: PlanTable) -> bool:
    """Whether a plan's name says that there was one before it: "the revised offer"."""
    return bool(plan.name and _REVISED.search(plan.name))


def is_one_plan(a: PlanTable, b: PlanTable) -> bool:
    """Whether two articles tell of one plan under two names.

    So many points in both, first reported by the same outlet, and a point of one number on one topic, or two topics
    in common. Plans of one article were told apart by its wording, and stay so.
    """
    if not (a.name and b.name and a.points and a.points == b.points) or is_revised(a) or is_revised(b):
        return False
    if set(a.first_reported_by) != set(b.first_reported_by) or not a.first_reported_by:
        return False
    here = {article.name for article in a.reported_in} & {article.name for article in b.reported_in}
    return not here and (bool(_numbered(a) & _numbered(b)) or len(_topics(a) & _topics(b)) > 1)


def earlier_version(plan: PlanTable, others: Iterable[PlanTable]) -> str | None:
    """The name of the plan told before of which this one, by its name, is a later version; None where none is."""
    if not is_revised(plan):
        return None
    before = [o for o in others if o.name and o is not plan and _first_day(o) <= _first_day(plan)]
    before = [o for o in before if len(parties_of(o) & parties_of(plan)) > 1]
    ranked = [(_signs(plan, other), n, other.name) for n, other in enumerate(before)]
    signs, _, name = max(ranked, default=(0, 0, None))
    return name if signs >= _ENOUGH else None


def may_be_one(a: PlanTable, b: PlanTable) -> bool:
    """Whether plans of one name may be one: not "the draft" of two negotiations, which share no party."""
    return not (parties_of(a) and parties_of(b)) or bool(parties_of(a) & parties_of(b))


def parties_of(plan: PlanTable) -> set[str]:
    """Authors, and who gives and gets."""
    return {*plan.authors, *(party for row in plan.rows for party in (*row.gives, *row.gets))}


def _signs(plan: PlanTable, other: PlanTable) -> int:
    same_points = bool(plan.points and plan.points == other.points)
    authors = bool(set(plan.authors) & set(other.authors))
    heads = (plan.name or "").casefold().split()[-1:] == (other.name or "").casefold().split()[-1:]
    return same_points + authors + heads + (len(_topics(plan) & _topics(other)) > 1)


def _first_day(plan: PlanTable) -> str:
    return min((article.published or "9" for article in plan.reported_in), default="9")


def _topics(plan: PlanTable) -> set[str]:
    return {row.topic.value for row in plan.rows if row.topic is not None}


def _numbered(plan: PlanTable) -> set[tuple[int, str]]:
    return {(point, row.topic.value) for row in plan.rows if row.topic is not None for point in row.points}

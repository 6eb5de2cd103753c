"""A brief of a ledger in any of its formats."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Unpack

from reportedly.errors import InputError
from reportedly.ledger import Ledger, Scope
from reportedly.ledger.identity import name_key
from reportedly.views.briefing import EVERYTHING, Brief, Wanted, fill_brief
from reportedly.views.reconciling import reconciled


class BriefFormat(StrEnum):
    """How a brief is written; the value is the ending of its file."""

    HTML = "html"
    MARKDOWN = "md"
    WORD = "docx"


TYPES = {
    BriefFormat.HTML: "text/html",
    BriefFormat.MARKDOWN: "text/markdown",
    BriefFormat.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""Media types."""

_ENDINGS = {
    ".html": BriefFormat.HTML,
    ".htm": BriefFormat.HTML,
    ".md": BriefFormat.MARKDOWN,
    ".markdown": BriefFormat.MARKDOWN,
    ".docx": BriefFormat.WORD,
}


def format_of_name(path: Path) -> BriefFormat:
    """The format of a file name's ending; HTML where it has none. Raises InputError for another ending."""
    ending = path.suffix.lower()
    if not ending:
        return BriefFormat.HTML
    if ending not in _ENDINGS:
        raise InputError(str(path), f"no brief is written as {ending}", "end its name in .html, .md or .docx")
    return _ENDINGS[ending]


def brief_file(
    ledger: Ledger, format: BriefFormat, *, title: str, wanted: Wanted = EVERYTHING, **scope: Unpack[Scope]
) -> bytes:
    """The brief of the articles in scope, narrowed to what is wanted. The same ledger gives the same bytes.

    Raises InputError for a plan or party that the ledger does not know, with those most like it.
    """
    brief = brief_of(ledger, title=title, wanted=wanted, full=format is BriefFormat.HTML, **scope)
    if format is BriefFormat.HTML:
        from reportedly.views.brief import brief_html

        return brief_html(brief).encode("utf-8", "replace")
    if format is BriefFormat.MARKDOWN:
        from reportedly.views.brief_markdown import brief_markdown

        return brief_markdown(brief).encode("utf-8", "replace")
    from reportedly.views.brief_word import brief_word

    return brief_word(brief)


def brief_of(
    ledger: Ledger, *, title: str, wanted: Wanted = EVERYTHING, full: bool = True, **scope: Unpack[Scope]
) -> Brief:
    """What the brief holds. What is compared is the whole ledger: an origin may be older than the articles in scope."""
    _check(ledger, wanted)
    found = reconciled(ledger)
    readings = [reading for _, reading in ledger.readings(**scope)]
    return fill_brief(
        readings,
        title=title,
        story=found.story,
        others=found.readings,
        ids=ledger.ids(),
        said=ledger.corrections(),
        wanted=wanted,
        full=full,
    )


def _check(ledger: Ledger, wanted: Wanted) -> None:
    """A name that nothing bears would make an empty brief."""
    if wanted.plan is not None:
        _known(wanted.plan, sorted({plan.plan_name for plan in ledger.plans()}), "plan")
    if wanted.party is not None:
        terms, positions = ledger.terms(), ledger.positions()
        parties = {name for term in terms for name in (*term.gives, *term.gets)} | {p.party for p in positions}
        joining = {name for encounter in ledger.encounters() for name in encounter.participants}
        _known(wanted.party, sorted(parties | joining), "party")


def _known(name: str, names: list[str], what: str) -> None:
    if name_key(name) in map(name_key, names):
        return
    near = get_close_matches(name, names, n=5, cutoff=0.4)
    raise InputError(name, f"the ledger has no {what} of that name", f"try {', '.join(near)}" if near else "look it up")

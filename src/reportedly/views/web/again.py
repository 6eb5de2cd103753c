"""A form given back with all that was typed, where it could not be kept: too old, or wrong in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from reportedly.ledger import Kind
from reportedly.ledger.opinions import LIKELIHOODS
from reportedly.records import SourceKind
from reportedly.views.web.corrections import NAMES

STALE = (
    "The desk was started anew since this form was opened, or your browser's visit had ended. Nothing was kept yet, "
    "and nothing that you typed is lost: look it through and send it again. If this comes back, allow cookies."
)
_LONGEST = 2_000_000
"""Characters of a form that is given back."""

_SORTS = ("statement", "term", "position", "encounter")
_HIDDEN = ("kind", "about", "sort", "back", "id")
_LONG = ("text", "words")
_NEEDED = ("by", "text", "words", "name", "other", "likelihood")
LABELS: Mapping[str, str] = {
    "text": "Text of the article",
    "outlet": "Outlet",
    "published": "Day of publication",
    "title": "Headline",
    "url": "Its address, if it has one",
    "story": "Story, your own label",
    "name": "Who says it",
    "source_kind": "What they are",
    "part": "Which part",
    "words": "The right words, as the article prints them; … between parts",
    "other": "The other statement: the address of its page, or its id",
    "gives": "Gives; several with ; between",
    "gets": "Gets",
    "points": "Point; several with , between; nothing for none",
    "source": "Of",
    "reliability": "Source",
    "credibility": "What it says",
    "likelihood": "Likelihood",
    "why": "Why (may stay empty)",
    "by": "Your name",
}
"""What the fields of all forms are called, in the order in which they are given back."""

Options = tuple[tuple[str, str], ...]
"""Values that a field may have, each with what is shown for it."""

OPTIONS: Mapping[str, Options] = {
    "source_kind": (("", "as the ledger knows them"), *((kind.value, kind.value) for kind in SourceKind)),
    "part": (
        ("content", "what was said"),
        ("source", "who says it"),
        ("cue", "the word that reports"),
        ("hedges", "the words that weaken it"),
    ),
    "reliability": (
        ("", "no letter"),
        ("A", "A: reliable"),
        ("B", "B: usually reliable"),
        ("C", "C: fairly reliable"),
        ("D", "D: not usually reliable"),
        ("E", "E: unreliable"),
        ("F", "F: cannot be judged"),
    ),
    "credibility": (
        ("", "no number"),
        ("1", "1: confirmed"),
        ("2", "2: probably true"),
        ("3", "3: possibly true"),
        ("4", "4: doubtful"),
        ("5", "5: improbable"),
        ("6", "6: cannot be judged"),
    ),
    "likelihood": (("", "choose"), *((word, word) for word in LIKELIHOODS)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field as it was filled in: a choice where it has options, of many lines where it is `long`."""

    name: str
    label: str
    value: str
    options: Options
    long: bool
    needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainPage:
    """A form that was not kept, why, and what it is about; `files` where files have to be chosen again."""

    status: int
    reason: str
    heading: str
    action: str
    thing: str | None
    hidden: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    files: bool


def keep(request: Request, form: Mapping[str, str]) -> None:
    """Remember for this request what its form holds."""
    request.state.form = dict(form)


def again_page(request: Request, status: int, reason: str) -> AgainPage | None:
    """The form of a request that failed; None where it has none, or may come from elsewhere."""
    form: Mapping[str, str] | None = getattr(request.state, "form", None)
    if form is None or not request.state.own or sum(map(len, form.values())) > _LONGEST:
        return None
    about, sort = form.get("about", ""), form.get("sort", "")
    return AgainPage(
        status=status,
        reason=reason,
        heading=_heading(request.url.path, form),
        action=request.url.path,
        thing=f"/{sort}/{about}" if sort in _SORTS and about.isalnum() else None,
        hidden=tuple((name, form[name]) for name in _HIDDEN if name in form),
        fields=tuple(_field(name, form) for name in LABELS if name in form),
        files=request.url.path == "/add" and "text" not in form,
    )


def _heading(path: str, form: Mapping[str, str]) -> str:
    if path == "/correct" and form.get("kind") in set(Kind):
        return NAMES[Kind(form["kind"])]
    return {"/undo": "Undo", "/add": "Add articles", "/add/examples": "Add the example articles"}.get(path, "Your form")


def _field(name: str, form: Mapping[str, str]) -> Field:
    value = form[name]
    options = OPTIONS.get(name, ())
    if name == "source" and value:
        options = ((value, f"{value}, wherever cited"), ("", "this statement only"))
    needed = name in _NEEDED or (name in ("outlet", "published") and "text" in form)
    return Field(
        name=name, label=LABELS[name], value=value, options=options, long=name in _LONG, needed=needed and not options
    )

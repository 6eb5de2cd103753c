"""Papers: plans, drafts, letters and memos; one paper under several wordings is one actor."""

from __future__ import annotations

import re

from reportedly.reading.coreference import Discourse
from reportedly.reading.mentions_actors import Actor
from reportedly.reading.unnamed import Phrase
from reportedly.records import SourceKind

_DOCUMENT = frozenset({SourceKind.DOCUMENT})
_NUMBERED = re.compile(
    r"\b([\w-]+)[- ](point|step|page|article|phase|part|clause|item|paragraph|stage)\b", re.IGNORECASE
)


def find_paper(phrase: Phrase, talk: Discourse) -> Actor | None:
    """The paper that a description means, an earlier one or a new one; None where it is only hoped for."""
    lists = talk.cast.lexicon.lists["papers"]
    if phrase.noun in lists["part"]:
        return _whole(phrase, talk)
    if phrase.noun not in lists["plan"] and phrase.noun in talk.cast.lexicon.nouns:
        return _letter(phrase, talk)
    return _plan(phrase, talk)


def find_thing(phrase: Phrase, talk: Discourse) -> Actor:
    """A thing that speaks, the one spoken of before where it is known."""
    if phrase.known:
        for actor in talk.back(_DOCUMENT):
            if phrase.noun in actor.roles:
                return actor
    thing = Actor(phrase.name, SourceKind.DOCUMENT, named=False, roles={phrase.noun})
    thing.count, thing.at_least = phrase.count, phrase.at_least
    return talk.cast.add(thing)


def _whole(phrase: Phrase, talk: Discourse) -> Actor | None:
    """ "Point six", "the third paragraph", "a copy": the paper that it belongs to."""
    for inner in talk.phrases:
        if inner is not phrase and phrase.span.holds(inner.core) and "document" in inner.sorts:
            return find_paper(inner, talk)
    return next((a for a in talk.back(_DOCUMENT) if a.medium == "plan"), None)


def _letter(phrase: Phrase, talk: Discourse) -> Actor | None:
    same = [a for a in talk.back(_DOCUMENT) if phrase.noun in a.roles]
    if phrase.known and same:
        return same[0]
    if phrase.noun == "minutes" and not phrase.at_least:
        return None  # ten minutes
    if phrase.noun in ("statement", "report", "message", "reports") and not phrase.known:
        return None
    return _new(phrase, talk, "letter")


def _plan(phrase: Phrase, talk: Discourse) -> Actor | None:
    lists = talk.cast.lexicon.lists["papers"]
    plans = [a for a in talk.back(_DOCUMENT) if a.medium == "plan"]
    another = any(m in lists["another"] for m in phrase.modifiers) or phrase.ordinal in lists["another"]
    if plans and not _differs(phrase, plans[0], _author(phrase, talk), another=another):
        chosen = next((a for a in plans if phrase.noun in a.roles), plans[0])
        if phrase.known or chosen is plans[0]:
            return _called(chosen, phrase)
    for plan in plans:
        if another and plan.name == phrase.name:
            return plan
    if phrase.plural or (phrase.noun in lists["hoped"] and not _is_written(phrase, lists["written"])):
        return plans[0] if plans and phrase.definite and not another else None
    return _new(phrase, talk, "plan")


def _differs(phrase: Phrase, plan: Actor, party: str | None, *, another: bool) -> bool:
    mine, theirs = _NUMBERED.search(phrase.name), _NUMBERED.search(plan.name)
    if mine and theirs and mine.group(2) == theirs.group(2) and mine.group(1).lower() != theirs.group(1).lower():
        return True
    if phrase.owned and not phrase.definite and phrase.noun not in plan.roles:
        return True
    if not phrase.known and plan.party not in (None, party) and party is not None:
        return True
    if not phrase.known and party is not None and plan.party is None and not mine:
        return True
    return another and not any(m in plan.name.casefold() for m in phrase.modifiers if m != phrase.noun)


def _author(phrase: Phrase, talk: Discourse) -> str | None:
    """The body that it is a paper of: "a Foreign Office memo", "the union's summary"."""
    for name in talk.names:
        if phrase.core.holds(name.span):
            return talk.cast.at[name.span].name
    return None


def _is_written(phrase: Phrase, written: list[str]) -> bool:
    return any(part in written for m in phrase.modifiers for part in m.split("-")) or bool(
        _NUMBERED.search(phrase.name)
    )


def _called(plan: Actor, phrase: Phrase) -> Actor:
    """Note what the paper is called here; a numbered name ("seven-point plan") is the best one."""
    plan.roles.add(phrase.noun)
    mine = _short(phrase)
    if _NUMBERED.search(mine) and not _NUMBERED.search(plan.name):
        plan.name = mine
    return plan


def _short(phrase: Phrase) -> str:
    """The wording up to the head noun: "leaked six-page paper"."""
    length = phrase.core.end - phrase.span.start
    cut = len(phrase.name) - (phrase.span.end - phrase.span.start - length)
    return phrase.name[:cut].strip() or phrase.name


def _new(phrase: Phrase, talk: Discourse, sort: str) -> Actor:
    name = _short(phrase)
    if phrase.owned or name in ("agreement", "letter"):
        name = phrase.name
    author = _author(phrase, talk)
    paper = Actor(name, SourceKind.DOCUMENT, named=False, medium=sort, roles={phrase.noun}, party=author)
    if sort == "letter":
        paper.count, paper.at_least = phrase.count, phrase.at_least
    return talk.cast.add(paper)

"""Where an encounter stands: held, ongoing, scheduled, proposed or cancelled."""

from __future__ import annotations

import re
from functools import lru_cache

from reportedly.reading.encounters_words import Trigger
from reportedly.reading.language import load_lists
from reportedly.reading.when import FUTURE, tense_of
from reportedly.records import Status

_ASKED = re.compile(r"\bwhether\b", re.I)
_EVER = re.compile(r"\b(?:has|had|have) ever (?:met|spoken|seen|talked|visited|sat)\b", re.I)
_IF = re.compile(r"\b(?:if|unless|should)\b", re.I)
_NO = re.compile(r"\b(?:no|never|not|nobody|neither|without|hardly)\b|n['’]t\b", re.I)


def find_status(trigger: Trigger, clause: str, *, language: str = "en") -> Status | None:
    """The status that a clause gives an encounter; None where it says that there was none.

    Method: phrases of the table, the strongest first (off, on conditions, under way, ahead), then the verb's tense.
    """
    if _says(clause, "cancelled_phrases", language) or _called_off(trigger, clause, language):
        return Status.CANCELLED
    moved = _says(clause, "moved_phrases", language)
    if _denied(trigger, clause):
        return None
    ahead = moved or tense_of(trigger.token) == FUTURE or _says(clause, "scheduled_phrases", language)
    if not moved and (_says(clause, "proposed_phrases", language) or _asked_for(trigger, language)):
        return Status.PROPOSED
    if ahead and _says(clause, "conditional", language):
        return Status.PROPOSED
    if _says(clause, "ongoing_phrases", language):
        return Status.ONGOING
    return Status.SCHEDULED if ahead else Status.HELD


def was_moved(clause: str, *, language: str = "en") -> bool:
    """Whether the clause says that an encounter was put off to another day."""
    return _says(clause, "moved_phrases", language)


def _called_off(trigger: Trigger, clause: str, language: str) -> bool:
    if _IF.search(clause):
        return False
    lemmas = load_lists(language, "encounters")["status"]["cancelled"]
    verb = trigger.verb
    return trigger.is_noun and verb.lemma_.casefold() in lemmas and verb is not trigger.token


def _asked_for(trigger: Trigger, language: str) -> bool:
    """Whether the verb over a noun of meeting only asks for it: "demanded a meeting", "invited him for talks"."""
    token, verb = trigger.token, trigger.verb
    if token.lemma_.casefold() == "invite":
        return True
    if not trigger.is_noun or verb.lemma_.casefold() not in load_lists(language, "encounters")["status"]["proposed"]:
        return False
    above = token.head
    return token.dep_ in ("dobj", "nsubjpass") or (above.lower_ in ("for", "to") and above.head == verb)


def _denied(trigger: Trigger, clause: str) -> bool:
    """A negated meeting is no meeting: "no such meeting took place", "they did not meet"."""
    token = trigger.token
    if any(c.dep_ == "det" and c.lower_ in ("no", "any", "neither") for c in token.children):
        return True
    if _ASKED.search(clause) or _EVER.search(clause) or token.sent.text.rstrip(" \n\"”’'").endswith("?"):
        return True
    verb = trigger.verb
    return any(c.dep_ == "neg" and _NO.match(c.lower_) for c in verb.children)


def _says(clause: str, name: str, language: str) -> bool:
    return _phrases(name, language).search(clause) is not None


@lru_cache(maxsize=16)
def _phrases(name: str, language: str) -> re.Pattern[str]:
    return re.compile("|".join(load_lists(language, "encounters")["status"][name]), re.IGNORECASE)

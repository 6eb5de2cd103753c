"""Which plan a term belongs to."""

from __future__ import annotations

import re

from spacy.tokens import Token

from reportedly.reading.actors import parties_of
from reportedly.reading.draft import Draft
from reportedly.reading.parse import place
from reportedly.reading.plans_mentions import MAIN, OLD, RIVAL, SIDE, PlanMention, role_of
from reportedly.reading.terms_candidates import Candidate
from reportedly.reading.terms_features import Setting
from reportedly.records import Act, Plan, SourceKind, hull

_OWN_VOICES = frozenset({SourceKind.PERSON, SourceKind.GOVERNMENT, SourceKind.ORGANISATION, SourceKind.UNNAMED})
_CONTRAST = re.compile(r"\b(?:instead of|rather than|down from|up from|than|against|not the)\b", re.I)
_OPENING = re.compile(r"(?:where|whereas|while|unlike)\b", re.I)
_LACKS = re.compile(r"\s(?:had )?(?:lack|omit|left|leave|miss|did not|does not|never)", re.I)
_OFFERS = (Act.OFFER, Act.PROMISE, Act.PROPOSE)


def plan_of(candidate: Candidate, draft: Draft, setting: Setting, mentions: tuple[PlanMention, ...]) -> Plan | None:
    """The plan that a term is part of; None for an offer that stands alone.

    Method: the mention in its own sentence, contrast with an older version ("instead of"), whoever offers it in words
    of his own; else the plan on the table.
    """
    label = _label_of(candidate, setting, mentions, draft)
    if label is None:
        return None
    by_span = {span: plan for plan in draft.plans for span in plan.spans}
    labelled = {m.label: by_span[m.span] for m in reversed(mentions) if m.span in by_span}
    by_role = {role_of(each): plan for each, plan in reversed(labelled.items())}
    return labelled.get(label) or by_role.get(label) or by_role.get(MAIN) or (draft.plans[0] if draft.plans else None)


def _label_of(candidate: Candidate, setting: Setting, mentions: tuple[PlanMention, ...], draft: Draft) -> str | None:
    index = candidate.sentence.index
    here = [m for m in mentions if m.sentence == index]
    named = _named_here(candidate, here)
    if named is not None:
        return named
    if index not in setting.marked:
        own = _own_before(candidate, mentions, draft) if not here else None
        if own is not None:
            return own
        if not here and _is_own_word(candidate, setting):
            return _own_of_voice(candidate, setting, mentions, draft)
        if not here and _before_the_plan(index, mentions):
            return _own_of_voice(candidate, setting, mentions, draft) or MAIN
    return MAIN


def _named_here(candidate: Candidate, here: list[PlanMention]) -> str | None:
    """The plan that the sentence names, where it is not the one on the table."""
    given = [m for m in here if m.label.startswith("given:") and role_of(m.label) != OLD]
    if given and len({m.label for m in here}) == 1:
        return given[0].label
    own = [m for m in here if m.own]
    if own and (len(own) == len(here) or any(p.meets(own[0].span) for p in candidate.spans)):
        return own[0].label
    side = [m for m in here if m.label == SIDE and m.span.end <= hull(candidate.spans).start]
    if side and len(side) == len(here):
        return SIDE
    if any(m.label == RIVAL for m in here):
        return RIVAL
    return OLD if _speaks_of_the_old(candidate, here) else None


def _speaks_of_the_old(candidate: Candidate, here: list[PlanMention]) -> bool:
    """The term is the older version's where a contrast leads to it, or where the clause speaks of no other."""
    tokens = candidate.tokens
    left = tokens[0].doc[max(0, tokens[0].i - 3) : tokens[0].i].text.casefold()
    if _CONTRAST.search(left):
        return True
    old = [m for m in here if role_of(m.label) == OLD]
    if not old or len(old) != len(here) or any(t.lower_ in ("now", "still") for t in tokens):
        return False
    return not _set_against(candidate, old[0])


def _set_against(candidate: Candidate, old: PlanMention) -> bool:
    """Whether the older version is only what the term is set against: "230 euros instead of the 165 in the first"."""
    sentence = candidate.sentence
    text, start = sentence.tokens.text, hull(candidate.spans).start - sentence.span.start
    at = old.span.start - sentence.span.start
    if _LACKS.match(text, old.span.end - sentence.span.start):
        return True
    contrasts = [m for m in _CONTRAST.finditer(text) if m.start() < at]
    if contrasts:
        return start < contrasts[-1].start()
    opening = _OPENING.match(text)
    comma = text.find(",", at)
    return opening is not None and 0 < comma < start


def _own_before(candidate: Candidate, mentions: tuple[PlanMention, ...], draft: Draft) -> str | None:
    """The party's own offer that the sentence just before was about, where this one goes on with its maker as "it"."""
    start = hull(candidate.spans).start
    before = [m for m in mentions if m.span.end <= start]
    if not before or not before[-1].own or candidate.sentence.index - before[-1].sentence > 1:
        return None
    party = before[-1].label.split(":")[1]
    first = [t for t in candidate.sentence.tokens if t.dep_ in ("nsubj", "nsubjpass")][:1]
    if first and first[0].pos_ == "PRON":
        return before[-1].label
    return before[-1].label if first and party in _parties_at(first[0], draft) else None


def _parties_at(token: Token, draft: Draft) -> tuple[str, ...]:
    actor = draft.mentions.actor_at(place(token))
    return parties_of(actor) if actor is not None else ()


def _is_own_word(candidate: Candidate, setting: Setting) -> bool:
    """Whether somebody offers it in words of his own."""
    over = setting.statements_over(hull(candidate.spans))
    if not over or not over[0].chain:
        return False
    return over[0].act in _OFFERS and setting.kinds.get(over[0].chain[-1]) in _OWN_VOICES


def _before_the_plan(index: int, mentions: tuple[PlanMention, ...]) -> bool:
    """Whether the plan on the table has not been spoken of yet."""
    return all(m.sentence > index for m in mentions if role_of(m.label) == MAIN)


def _own_of_voice(
    candidate: Candidate, setting: Setting, mentions: tuple[PlanMention, ...], draft: Draft
) -> str | None:
    """The own offer of whoever speaks, if the article names one; else none: it stands alone."""
    said = next((s for s in setting.statements_over(hull(candidate.spans)) if s.chain), None)
    source = next((s for s in draft.sources if said is not None and s.id == said.chain[-1]), None)
    sides = {source.name, source.party} if source is not None else set()
    return next((m.label for m in mentions if m.own and m.label.split(":")[1] in sides), None)

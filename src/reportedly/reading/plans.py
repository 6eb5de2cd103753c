"""Plans: sets of terms put forward together, each found once under all its wordings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Token

from reportedly.reading.draft import Draft
from reportedly.reading.parse import place_all
from reportedly.reading.plans_makers import core_of, named_in, owner_of
from reportedly.reading.plans_mentions import (
    MAIN,
    OLD,
    RIVAL,
    SIDE,
    PlanMention,
    given_label,
    plan_mentions,
    role_of,
)
from reportedly.reading.terms_marks import total_of
from reportedly.reading.terms_words import words
from reportedly.records import Act, Plan, SourceKind

_EN = "en"


def find_plans(draft: Draft) -> tuple[Plan, ...]:
    """The plans that an article speaks of, the one on the table first.

    Method: mentions (plans_mentions) put together by their labels. The plan on the table needs a word that stands for
    a plan by itself, or two mentions; a letter beside it needs something promised in it.
    """
    groups: dict[str, list[PlanMention]] = {}
    for mention in plan_mentions(draft):
        groups.setdefault(mention.label, []).append(mention)
    kept = [(label, group) for label, group in groups.items() if _is_plan(label, group, draft)]
    kept.sort(key=lambda pair: (role_of(pair[0]) != MAIN, pair[1][0].span.start))
    elsewhere = next((_tellers(group, draft) for label, group in kept if role_of(label) == OLD), Counter())
    plans = [(label, _plan(f"pl{n}", label, group, draft, elsewhere)) for n, (label, group) in enumerate(kept, 1)]
    makers = next((p.authors for label, p in plans if role_of(label) in (MAIN, OLD) and p.authors), ())
    return tuple(replace(p, authors=p.authors or makers) if role_of(label) in (MAIN, OLD) else p for label, p in plans)


def _is_plan(label: str, group: list[PlanMention], draft: Draft) -> bool:
    if label == MAIN:
        return any(m.strong or m.newer for m in group) or len(group) > 1 or total_of(draft.document.text) is not None
    if label == SIDE:
        return any(_promised_in(m, draft) for m in group)
    return True


def _promised_in(mention: PlanMention, draft: Draft) -> bool:
    """Whether something is promised in a letter beside the plan."""
    if _offerer(mention.head) is not None:
        return True
    sentence = draft.parse.sentences[mention.sentence].span
    return any(
        s.act in (Act.OFFER, Act.PROMISE) and any(p.meets(sentence) for p in s.content) for s in draft.statements
    )


def _plan(id: str, label: str, group: list[PlanMention], draft: Draft, elsewhere: Counter[str]) -> Plan:
    given = next((e for e in draft.dossier.plans if label == given_label(e.name, role_of(label))), None)
    tellers = _tellers(group, draft)
    if role_of(label) != OLD:
        tellers -= elsewhere
    return Plan(
        id=id,
        name=_name(label, group),
        authors=(given.authors if given else ()) or _authors(label, group, draft),
        points=_points(label, group, draft),
        first_reported_by=_first(label, group, tellers, draft),
        spans=tuple(m.span for m in group),
        statements=tuple(s.id for s in draft.statements if any(p.holds(m.span) for p in s.content for m in group)),
    )


def _name(label: str, group: list[PlanMention]) -> str:
    kind, _, rest = label.partition(":")
    if kind == "given":
        return rest.partition(":")[2]
    if kind == "own":
        party, _, noun = rest.rpartition(":")
        possessive = f"{party}'" if party.endswith("s") else f"{party}'s"
        return f"{party} bid" if noun == "bid" else f"{possessive} offer"
    often = Counter(m.head.lemma_.casefold() for m in group)
    best = max(
        group,
        key=lambda m: (
            *(m.counted is not None, m.newer, m.strong, min(2, m.name.count(" "))),
            *(often[m.head.lemma_.casefold()], -m.span.start),
        ),
    )
    return best.name


def _points(label: str, group: list[PlanMention], draft: Draft) -> int | None:
    counted = next((m.counted for m in group if m.counted), None)
    if counted is not None or label.startswith("own:"):
        return counted
    texts = [draft.parse.sentences[m.sentence].span.of(draft.document.text) for m in group]
    whole = total_of(draft.document.text) if role_of(label) == MAIN else None
    return total_of(" ".join(texts)) or whole


def _authors(label: str, group: list[PlanMention], draft: Draft) -> tuple[str, ...]:
    """Parties that made the plan: after "drafted by", as subjects of making verbs, or as modifiers ("a UN paper")."""
    if label.startswith("own:"):
        return (label.split(":")[1],)
    tally: dict[str, int] = {}
    for mention in group:
        for weight, parties in _author_names(mention, draft):
            for party in parties:
                tally[party] = tally.get(party, 0) + weight
    most = max(tally.values(), default=0)
    return tuple(party for party, n in tally.items() if 2 * n > most)


def _author_names(mention: PlanMention, draft: Draft) -> Iterable[tuple[int, tuple[str, ...]]]:
    head, makers = mention.head, words(_EN, "plans", "makers")
    yield 2, owner_of(head, draft)
    offerer = _offerer(head)
    if offerer is not None:
        yield 2, named_in(core_of(offerer), draft)
    verb = head.head
    if verb.pos_ == "VERB" and verb.lemma_ in makers and head.dep_ == "nsubjpass":
        agents = [n for by in verb.children if by.dep_ == "agent" for n in by.children]
        yield from ((3, draft.mentions.parties_in(place_all(list(n.subtree)))) for n in agents)


def _offerer(noun: Token) -> Token | None:
    """Whoever promises or offers things in a letter or a bid: the subject of the verb around it."""
    prep = noun.head
    if (
        noun.dep_ != "pobj"
        or prep.lower_ not in ("in", "through", "with")
        or noun.lemma_ not in words(_EN, "plans", "own")
    ):
        return None
    verb = prep.head
    if verb.pos_ != "VERB" or verb.lemma_ not in words(_EN, "plans", "makers") | words(_EN, "plans", "offering"):
        return None
    return next((c for c in verb.children if c.dep_ == "nsubj"), None)


def _tellers(group: list[PlanMention], draft: Draft) -> Counter[str]:
    """Outlets by how much the article rests on them for a plan: named beside it, or in the chains of its statements."""
    kinds = {s.id: s for s in draft.sources}
    sentences = {m.sentence for m in group}
    tally: Counter[str] = Counter()
    for index in sentences:
        here = draft.parse.sentences[index].span
        tally.update({a.name: 2 for a in draft.mentions.actors_in(here) if a.kind is SourceKind.OUTLET and a.named})
    for statement in draft.statements:
        if any(s.index in sentences for part in statement.content for s in draft.parse.sentences_in(part)):
            links = [kinds[link] for link in statement.chain[1:] if link in kinds]
            tally.update(link.name for link in links if link.kind is SourceKind.OUTLET and link.named)
    return tally


def _first(label: str, group: list[PlanMention], tellers: Counter[str], draft: Draft) -> str | None:
    """The outlet that had it first: the one that the article rests on, itself where it has seen or heard of it."""
    if tellers:
        return max(tellers, key=lambda name: tellers[name])
    if role_of(label) not in (MAIN, RIVAL) or not (_seen_here(group) or _heard_here(group, draft)):
        return None
    return draft.document.outlet


def _seen_here(group: list[PlanMention]) -> bool:
    reporters = words(_EN, "plans", "reporters")
    return any(c.dep_ in ("acl", "relcl") and c.lemma_ in reporters for m in group for c in m.head.children)


def _heard_here(group: list[PlanMention], draft: Draft) -> bool:
    """Whether people without a name, or a paper, told the outlet itself of the plan."""
    kinds = {s.id: s.kind for s in draft.sources}
    sentences = {m.sentence for m in group}
    for statement in draft.statements:
        near = any(s.index in sentences for part in statement.content for s in draft.parse.sentences_in(part))
        if near and len(statement.chain) > 1 and kinds.get(statement.chain[1]) is SourceKind.UNNAMED:
            return True
    return False

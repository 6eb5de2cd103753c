"""Plans: sets of terms put forward together, each found once under all its wordings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Token

from reportedly.reading.draft import Draft
from reportedly.reading.parse import Sentence, place_all
from reportedly.reading.terms_marks import total_of
from reportedly.reading.terms_words import number_of, words
from reportedly.records import Plan, SourceKind, Span

_EN = "en"
_COUNTED = re.compile(
    r"^(?P<n>[a-z]+|\d{1,2})[-–](?P<unit>point|phase|step|stage|chapter|paragraph|article|clause|pillar|part)$", re.I
)
_VERSIONS = frozenset(
    [
        "version",
        "edition",
        "draft",
        "text",
        "paper",
        "offer",
        "proposal",
        "plan",
        "letter",
        "document",
        "account",
        "wording",
        "deal",
        "annex",
    ]
)
_BIDS = frozenset({"bid", "offer"})
MAIN, OLD, RIVAL = "main", "old", "rival"


@dataclass(frozen=True, slots=True)
class PlanMention:
    """A noun phrase that speaks of a plan. `label` is main, old, rival, or the owner of a bid of its own."""

    head: Token
    span: Span
    name: str
    label: str
    newer: bool
    counted: int | None
    sentence: int


def find_plans(draft: Draft) -> tuple[Plan, ...]:
    """The plans that an article speaks of, the one most spoken of first.

    Method: nouns of `plans.toml`; mentions are put together by the signs of a version ("revised", "the first draft",
    "counter-") and by the owner of a bid. An older version is another plan, and so is a rival paper.
    """
    mentions = plan_mentions(draft)
    groups: dict[str, list[PlanMention]] = {}
    for mention in mentions:
        groups.setdefault(mention.label, []).append(mention)
    kept = [(label, group) for label, group in groups.items() if label != MAIN or _speaks_of_a_plan(group)]
    kept.sort(key=lambda pair: (pair[0] != MAIN, pair[1][0].span.start))
    return tuple(_plan(f"pl{n}", label, group, draft) for n, (label, group) in enumerate(kept, 1))


def plan_mentions(draft: Draft) -> tuple[PlanMention, ...]:
    """Every mention of a plan in the article's prose, in order."""
    found = [
        _mention(token, sentence, draft)
        for sentence in draft.parse.sentences
        for token in sentence.tokens
        if _names_plan(token)
    ]
    kept = [m for m in found if m is not None]
    owned = {m.label for m in kept if m.label.endswith("bid")}
    if len(owned) == 1:
        label = next(iter(owned))
        kept = [replace(m, label=label) if m.head.lemma_ == "bid" and m.label == MAIN else m for m in kept]
    return tuple(kept)


def _names_plan(token: Token) -> bool:
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ == "compound":
        return False
    lemma = token.lemma_.casefold()
    return lemma in words(_EN, "plans", "plans") or lemma.startswith("counter-")


def _mention(token: Token, sentence: Sentence, draft: Draft) -> PlanMention | None:
    modifiers = [c for c in token.children if c.i < token.i]
    lower = {t.lower_ for m in modifiers for t in m.subtree}
    counted = _count(token)
    weak = token.lemma_.casefold() in words(_EN, "plans", "weak")
    if weak and not counted and "a" in lower and "no" in lower:
        return None
    if token.lower_ == "paper" and "the" in lower and _is_newspaper(token):
        return None
    start = min([token.i, *(m.left_edge.i for m in modifiers)])
    span = place_all(token.doc[start : token.i + 1])
    label = _label(token, lower, draft)
    newer = bool(lower & words(_EN, "plans", "newer"))
    return PlanMention(token, span, _name(token), label, newer, counted, sentence.index)


def _is_newspaper(token: Token) -> bool:
    return (
        token.dep_ in ("nsubj", "pobj", "dobj")
        and token.head.lemma_ in words(_EN, "terms", "report_verbs")
        and not any(
            c.dep_ in ("ccomp",) and c.i > token.i and token.head.lemma_ in ("say", "state", "read")
            for c in token.head.children
        )
    )


def _count(token: Token) -> int | None:
    """The N of "N-point plan", tokenised in one piece or in three."""
    before = token.doc[max(0, token.i - 6) : token.i].text
    match = re.search(
        r"(?P<n>[A-Za-z]+|\d{1,2})\s?[-–]\s?(?:point|phase|step|stage|chapter|paragraph|article|clause|pillar|part)\b",
        before,
    )
    return number_of(match["n"]) if match else None


def _label(token: Token, lower: set[str], draft: Draft) -> str:
    lemma = token.lemma_.casefold()
    if lemma == "bid":
        return _owner(token, draft)
    before = token.doc[max(0, token.i - 2) : token.i].text.casefold()
    if lemma.startswith("counter") or before.startswith("counter") or lower & words(_EN, "plans", "rival"):
        return RIVAL
    after = {t.lower_ for c in token.children if c.i > token.i for t in c.subtree}
    if lower & words(_EN, "plans", "older") and lemma in _VERSIONS:
        return OLD
    if (
        lemma in ("version", "text", "draft", "proposal")
        and after & {"published", "reported", "revealed", "disclosed"}
        and "last" in after
    ):
        return OLD
    return MAIN


def _owner(token: Token, draft: Draft) -> str:
    """The label of a bid: whose it is, by a possessive or by the verb that it is the object of."""
    spans = [place_all(list(c.subtree)) for c in token.children if c.dep_ in ("poss", "compound", "nmod")]
    if token.head.pos_ == "VERB" and token.dep_ in ("dobj", "pobj"):
        spans += [place_all(list(c.subtree)) for c in token.head.children if c.dep_ == "nsubj"]
    named = [party for span in spans for party in draft.mentions.parties_in(span)]
    return f"{named[0]} bid" if named else MAIN


def _name(token: Token) -> str:
    """The noun with its compounds, without articles and pronouns: "seven-point plan"."""
    kept = [t for t in token.doc[max(0, token.i - 6) : token.i + 1] if t.i == token.i or _belongs(t, token)]
    name = "".join(t.text_with_ws for t in kept).strip()
    before = token.doc[max(0, token.i - 2) : token.i].text
    return before + name if before.casefold() == "counter-" and not name.startswith(before) else name


def _belongs(token: Token, head: Token) -> bool:
    branch = token
    while branch.head != head and branch.head != branch:
        branch = branch.head
    return branch.head == head and branch.dep_ in ("compound", "amod", "nummod", "nmod", "punct") and token.i < head.i


def _speaks_of_a_plan(group: list[PlanMention]) -> bool:
    strong = [m for m in group if m.counted or m.head.lemma_.casefold() not in words(_EN, "plans", "weak")]
    return bool(strong) or len(group) > 1


def _plan(id: str, label: str, group: list[PlanMention], draft: Draft) -> Plan:
    often = Counter(m.head.lemma_.casefold() for m in group)
    best = max(
        group,
        key=lambda m: (m.counted is not None, m.newer, _rank(m), often[m.head.lemma_.casefold()], -m.span.start),
    )
    points = next((m.counted for m in group if m.counted), None)
    if points is None and not label.endswith("bid"):
        texts = [draft.parse.sentences[m.sentence].span.of(draft.document.text) for m in group]
        points = total_of(" ".join(texts)) or (total_of(draft.document.text) if label == MAIN else None)
    return Plan(
        id=id,
        name=label if label.endswith("bid") else best.name,
        authors=_authors(group, draft),
        points=points,
        first_reported_by=_reporter(group, draft),
        spans=tuple(m.span for m in group),
        statements=_statements(group, draft),
    )


def _rank(mention: PlanMention) -> int:
    weak = mention.head.lemma_.casefold() in words(_EN, "plans", "weak")
    return (0 if weak else 2) + (min(2, mention.name.count(" ")) if not weak else 0)


def _statements(group: list[PlanMention], draft: Draft) -> tuple[str, ...]:
    return tuple(s.id for s in draft.statements if any(part.holds(m.span) for part in s.content for m in group))


def _authors(group: list[PlanMention], draft: Draft) -> tuple[str, ...]:
    """Parties that made the plan: after "drafted by", as subjects of making verbs, or as modifiers ("a UN paper")."""
    tally: dict[str, int] = {}
    for mention in group:
        for weight, span in _author_spans(mention):
            for party in draft.mentions.parties_in(span):
                tally[party] = tally.get(party, 0) + weight
    if not tally:
        return ()
    most = max(tally.values())
    return tuple(party for party, n in tally.items() if 2 * n > most)


def _author_spans(mention: PlanMention) -> Iterable[tuple[int, Span]]:
    makers = words(_EN, "plans", "makers")
    head = mention.head
    for child in head.children:
        if child.dep_ in ("acl", "relcl") and child.lemma_ in makers:
            yield from (
                (3, place_all(list(n.subtree))) for by in child.children if by.dep_ == "agent" for n in by.children
            )
        elif child.dep_ in ("compound", "amod", "poss", "nmod"):
            yield 1, place_all(list(child.subtree))
        elif child.dep_ == "prep" and child.lower_ in ("by", "from"):
            yield 3, place_all(list(child.subtree))
    offerer = _offerer(head, makers)
    if offerer is not None:
        yield 2, place_all(list(offerer.subtree))
    verb = head.head
    if verb.pos_ == "VERB" and verb.lemma_ in makers and head.dep_ in ("dobj", "nsubjpass"):
        for child in verb.children:
            if child.dep_ == "nsubj":
                yield 2, place_all(list(child.subtree))
            elif child.dep_ == "agent":
                yield 3, place_all(list(child.subtree))


def _offerer(noun: Token, makers: frozenset[str]) -> Token | None:
    """Whoever promises or offers things in a letter or a bid: the subject of the verb around it."""
    prep = noun.head
    if (
        noun.dep_ != "pobj"
        or prep.lower_ not in ("in", "through", "with")
        or noun.lemma_ not in words(_EN, "plans", "own")
    ):
        return None
    verb = prep.head
    if verb.pos_ != "VERB" or verb.lemma_ not in makers | words(_EN, "plans", "offering"):
        return None
    return next((c for c in verb.children if c.dep_ == "nsubj"), None)


def _reporter(group: list[PlanMention], draft: Draft) -> str | None:
    """The outlet that had it first: the one most often named as the way a statement on the plan came."""
    kinds = {s.id: s for s in draft.sources}
    sentences = {m.sentence for m in group}
    tally: dict[str, int] = {}
    for statement in draft.statements:
        links = [kinds[link] for link in statement.chain[1:] if link in kinds]
        near = any(s.index in sentences for part in statement.content for s in draft.parse.sentences_in(part))
        for link in links:
            if link.kind is SourceKind.OUTLET and link.named and near:
                tally[link.name] = tally.get(link.name, 0) + 1
    if tally:
        return max(tally, key=lambda name: tally[name])
    return draft.document.outlet if _seen_here(group, draft) else None


def _seen_here(group: list[PlanMention], draft: Draft) -> bool:
    reporters = words(_EN, "plans", "reporters")
    for mention in group:
        for child in mention.head.children:
            if child.dep_ in ("acl", "relcl") and child.lemma_ in reporters:
                return True
    return False

"""Terms: each thing that somebody would do, give, get, stop or be barred from, once an article."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Token

from reportedly.reading.draft import Draft
from reportedly.reading.parse import Sentence
from reportedly.reading.plans_mentions import PlanMention, plan_mentions
from reportedly.reading.plans_terms import plan_of
from reportedly.reading.points import number_terms
from reportedly.reading.terms_candidates import Candidate
from reportedly.reading.terms_choice import choose
from reportedly.reading.terms_features import Setting, setting_of
from reportedly.reading.terms_measures import dates_and_periods, find_amounts, find_deadline
from reportedly.reading.terms_network import find_leanings
from reportedly.reading.terms_ranking import rank_roles
from reportedly.reading.terms_roles import assign_roles
from reportedly.reading.terms_scene import Leaning, Scene, said_over
from reportedly.reading.terms_sides import rank_parties
from reportedly.reading.terms_table import Table
from reportedly.reading.terms_words import pattern, phrase_pattern, words
from reportedly.reading.topics import by_words, likeliest, opening_of
from reportedly.reading.topics_model import shipped_topics
from reportedly.reading.topics_own import own_topics
from reportedly.records import Act, Force, SourceKind, Span, Spans, Term, Topic, hull

_EN = "en"
METHOD = "terms: logistic regression over clauses; regression and network over who gives and gets"
_COMMITS = frozenset({Act.OFFER, Act.PROMISE, Act.PROPOSE, Act.DEMAND, Act.ACCEPT, Act.ASSERT, Act.BELIEVE})
_NETWORK = 0.2
"""What the network counts beside the classifier of topics."""
_OWN_VOICES = frozenset({SourceKind.PERSON, SourceKind.GOVERNMENT, SourceKind.ORGANISATION, SourceKind.UNNAMED})


@dataclass(frozen=True)
class Found:
    """A chosen stretch and its words."""

    candidate: Candidate
    confidence: float
    text: str

    @cached_property
    def absent(self) -> bool:
        return is_absent(self.text)

    @cached_property
    def content(self) -> frozenset[str]:
        """The lemmas of its content words."""
        tokens = self.candidate.tokens
        return frozenset(t.lemma_.casefold() for t in tokens if t.pos_ in ("NOUN", "PROPN", "VERB", "NUM", "ADJ"))

    @cached_property
    def figures(self) -> frozenset[str]:
        return frozenset(t.lower_ for t in self.candidate.tokens if t.like_num)


def find_terms(draft: Draft) -> tuple[Term, ...]:
    """The terms of an article in text order, each at its fullest mention.

    Spans are cut to the clause; `confidence` is the probability that it is a term. Method: candidates from the parse,
    chosen by a logistic regression (docs/methods.md), then rules for plan, number, force and condition, and a ranking
    of who may give and get, with what a network says of topics and parties (training/table).
    """
    setting = setting_of(draft)
    mentions = plan_mentions(draft)
    kept = found_in(setting)
    scenes = scenes_of(kept, kept, setting, mentions)
    terms = tuple(_term(f"te{n}", *pair) for n, pair in enumerate(zip(kept, scenes, strict=True), 1))
    return number_terms(terms, draft, setting.marks)


def found_in(setting: Setting) -> list[Found]:
    """The stretches that are terms, each once."""
    text = setting.draft.document.text
    found = [Found(c, p, " ".join(s.of(text) for s in c.spans)) for c, p in choose(setting)]
    return _without_repeats(found, setting.marked)


def scenes_of(
    items: list[Found], kept: list[Found], setting: Setting, mentions: tuple[PlanMention, ...]
) -> list[Scene]:
    """Each term as `plain_scenes` gives it, with what the network says of it and the topic that follows."""
    plain, scenes = plain_scenes(items, kept, setting, mentions), list[Scene]()
    for item, scene, leaning in zip(items, plain, find_leanings(setting.draft, plain), strict=True):
        topic = _topic(item, setting.draft, leaning)
        scenes.append(replace(scene, topic=topic, last=scenes[-1] if scenes else None, leaning=leaning))
    return scenes


def plain_scenes(
    items: list[Found], kept: list[Found], setting: Setting, mentions: tuple[PlanMention, ...]
) -> list[Scene]:
    """Each term with its topic by known words, its plan and whoever says it, on the table that `kept` make."""
    table, scenes = _table_of(setting.draft, kept), list[Scene]()
    for item in items:
        scenes.append(_scene(item, setting, mentions, table, scenes[-1] if scenes else None))
    return scenes


def _table_of(draft: Draft, kept: list[Found]) -> Table:
    """The table that the terms lie on."""
    authors = frozenset(a for plan in draft.plans[:1] for a in plan.authors)
    return Table(draft, tuple(f.candidate for f in kept), rank_parties, authors)


def _scene(
    found: Found, setting: Setting, mentions: tuple[PlanMention, ...], table: Table, last: Scene | None
) -> Scene:
    """A term with its topic by known words, its plan and whoever says it."""
    draft, candidate = setting.draft, found.candidate
    topic = by_words(*_wording(found, draft))
    said = said_over(candidate, draft.statements)
    plan = plan_of(candidate, draft, setting, mentions)
    return Scene(candidate, topic, table, said, plan, assign_roles, last)


def _topic(found: Found, draft: Draft, leaning: Leaning | None) -> Topic:
    """What a term is about: by its words, and by the classifier and, less, the network (a mean of logarithms)."""
    words, own, read = _wording(found, draft), own_topics(draft.dossier), leaning.topics if leaning else {}

    def meant() -> dict[Topic, float]:
        shares = shipped_topics().shares(*words, opening_of(draft))
        odds = {topic: share ** (1 - _NETWORK) * read.get(topic, share) ** _NETWORK for topic, share in shares.items()}
        total = sum(odds.values())
        return {topic: each / total for topic, each in odds.items()}

    return likeliest(*words, meant=meant, own=own, without=(Topic.WHOLE_PLAN,))


def _wording(found: Found, draft: Draft) -> tuple[str, str]:
    """The words of a term without its condition, and its sentence."""
    main = _main(found, find_condition(found.candidate), draft)
    return main, found.candidate.sentence.span.of(draft.document.text)


def _term(id: str, found: Found, scene: Scene) -> Term:
    candidate, draft = found.candidate, scene.table.draft
    included = not found.absent
    condition = find_condition(candidate)
    gives, gets = rank_roles(scene) if included else ((), ())
    spans, sentence, published = candidate.spans, candidate.sentence, draft.document.published
    return Term(
        id=id,
        plan=scene.plan.id if scene.plan else None,
        spans=spans,
        topic=scene.topic,
        gives=gives,
        gets=gets,
        included=included,
        force=force_of(candidate),
        conditional=bool(condition),
        condition=condition,
        condition_of=_condition_of(condition, scene, draft),
        amounts=find_amounts(spans, sentence, taken=dates_and_periods(sentence, published)),
        deadline=find_deadline(spans, sentence, published),
        statements=_statements(spans, draft),
        confidence=found.confidence,
        method=METHOD,
    )


def _condition_of(condition: Spans, scene: Scene, draft: Draft) -> str | None:
    """The party that sets a condition: of whoever says it last, else the plan's author."""
    sides = (SourceKind.GOVERNMENT, SourceKind.ORGANISATION)
    parties = {s.id: s.party or (s.name if s.kind in sides and s.named else None) for s in draft.sources}
    held = [
        s for s in draft.statements if s.chain and any(p.start <= c.start < p.end for p in s.content for c in condition)
    ]
    closest = min(held, key=lambda s: sum(p.end - p.start for p in s.content), default=None)
    said = parties.get(closest.chain[-1]) if closest is not None else None
    authors = scene.plan.authors if scene.plan is not None and condition else ()
    return said or next(iter(authors), None)


def _main(found: Found, condition: Spans, draft: Draft) -> str:
    """The words of a term without its condition, which is often about something else."""
    start = condition[0].start if condition else None
    parts = [Span(s.start, min(s.end, start)) for s in found.candidate.spans if start is not None and s.start < start]
    return " ".join(s.of(draft.document.text) for s in parts) or found.text


def _without_repeats(found: list[Found], marked: frozenset[int]) -> list[Found]:
    """One of several stretches that say the same in the same words: one under a point's number, else the longest."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda f: (f.candidate.sentence.index not in marked, -len(f.text))):
        if not any(_same(item, other, marked) for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda f: f.candidate.spans)


def _same(a: Found, b: Found, marked: frozenset[int]) -> bool:
    """Whether one says what the other says: not where each has a point or figures of its own."""
    here, there = a.candidate.sentence.index, b.candidate.sentence.index
    if (here != there and here in marked and there in marked) or a.absent != b.absent:
        return False
    one, two = a.content, b.content
    return len(one) > 1 and len(one & two) / len(one) >= 0.8 and a.figures <= b.figures


def is_absent(text: str) -> bool:
    """Whether the words say that the plan lacks something."""
    return bool(pattern(_EN, "terms", "absent").search(text))


def force_of(candidate: Candidate) -> Force:
    """How binding the wording is: the modal of the clause, or the verb by which the plan imposes it."""
    head = candidate.head
    held = [t.lower_ for t in candidate.tokens]
    near = [t.lower_ for t in _governing(head)]
    for lower in (_modal_words(head), near):
        if any(w in words(_EN, "terms", "must") for w in lower):
            return Force.MUST
        if any(w in words(_EN, "terms", "may") for w in lower):
            return Force.MAY
        if "would" in lower or "will" in lower:
            return Force.WOULD
    return Force.MUST if "shall" in held or "must" in held else Force.WOULD


def _modal_words(head: Token) -> list[str]:
    verb = head
    while verb.dep_ == "conj" and not any(c.dep_ == "aux" for c in verb.children) and verb.head != verb:
        verb = verb.head
    out = [c.lower_ for c in verb.children if c.dep_ == "aux"]
    if verb.lemma_ in ("have", "be") and any(c.dep_ == "xcomp" for c in verb.children):
        out.append("have to")
    out.extend(f"{head.lower_} {c.lower_}" for c in head.children if c.dep_ == "prt")
    return [*out, head.lower_]


def _governing(head: Token) -> list[Token]:
    out, at = [], head
    while at.dep_ in ("ccomp", "xcomp", "dobj", "conj", "pcomp", "prep", "pobj", "attr") and at.head != at:
        at = at.head
        out.append(at)
        if at.pos_ == "VERB":
            out.extend(c for c in at.children if c.dep_ == "aux")
            if at.dep_ != "conj":
                break
    return out


def find_condition(candidate: Candidate) -> Spans:
    """The words that make a term depend on something, in it or right beside it, up to the end of their clause."""
    span, sentence = hull(candidate.spans), candidate.sentence
    text = "".join(t.text_with_ws for t in sentence.tokens)
    for match in phrase_pattern(_EN, "terms", "conditions").finditer(text):
        start = sentence.span.start + match.start()
        if span.start <= start <= span.end + 25:
            words_of = [t for t in sentence.tokens if match.start() <= t.idx - sentence.tokens.start_char < match.end()]
            stop = min(len(text), next((i for i in (text.find(c, match.end()) for c in ".;") if i > 0), len(text)))
            end = min(stop, _end_of_clause(words_of, candidate, sentence) or stop)
            return (Span(start, sentence.span.start + len(text[:end].rstrip())),)
    return ()


def _end_of_clause(opening: list[Token], candidate: Candidate, sentence: Sentence) -> int | None:
    """Where the clause or phrase that such words open ends in the sentence; None where the parse does not say."""
    tops = [t.head if t.dep_ in ("mark", "advmod", "prep", "cc") else t for t in opening]
    below = [t for t in (*tops, *opening) if candidate.head not in (t, *t.subtree)]
    last = max((t.right_edge for t in below), key=lambda t: t.i, default=None)
    if last is None or not opening or last.i <= opening[-1].i:
        return None
    while last.is_punct and last.i > opening[-1].i + 1:
        last = last.nbor(-1)
    return last.idx + len(last.text) - sentence.tokens.start_char


def _statements(spans: Spans, draft: Draft) -> tuple[str, ...]:
    return tuple(s.id for s in draft.statements if any(p.meets(q) for p in s.content for q in spans))

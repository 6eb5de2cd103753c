"""What speaks for and against a stretch of text being a term, as named features."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Token

from reportedly.reading.branches import children
from reportedly.reading.draft import Draft
from reportedly.reading.parse import Sentence
from reportedly.reading.ranges import Ranges
from reportedly.reading.terms_candidates import Candidate, subject_of
from reportedly.reading.terms_clause import build_of, shape_of
from reportedly.reading.terms_lists import (
    announcing_sentences,
    find_listed,
    headed_marks,
    listed_marks,
    listed_sentences,
)
from reportedly.reading.terms_marks import PointMark, find_marks
from reportedly.reading.terms_sentence import Facts, facts_of
from reportedly.reading.terms_surroundings import surroundings
from reportedly.reading.terms_words import pattern, phrase_pattern, words
from reportedly.reading.topics import score_topics
from reportedly.records import Act, SourceKind, Span, Statement, hull

_EN = "en"
_MODALS = {"’ll": "will", "'ll": "will", "ca": "can", "wo": "will", "’d": "would", "'d": "would", "might": "could"}
_VERBAL = frozenset({"clause", "phrase"})
DOING = ("modal=", "governor plan", "governor point", "absent", "subject=")
SETTING = (
    "plan in sentence",
    "under the plan",
    "point before",
    "nobody says it",
    "voice and act=",
    "subject=",
    "points near=",
    "direct speech",
)


@dataclass(frozen=True)
class Setting:
    """The article around its candidates: where its plan is spoken of, and who says what."""

    draft: Draft
    marks: tuple[PointMark, ...]
    titles: tuple[Span, ...]
    listed: Mapping[int, Span] = field(default_factory=dict)
    """Sentences that are points of a plan printed as a list, with the number or bullet of their line."""
    announcing: frozenset[int] = frozenset()
    """Sentences that announce such a list and say nothing of their own."""

    @cached_property
    def kinds(self) -> dict[str, SourceKind]:
        return {s.id: s.kind for s in self.draft.sources}

    @cached_property
    def marked(self) -> frozenset[int]:
        """Sentences that name a point."""
        return frozenset(m.sentence for m in self.marks)

    @cached_property
    def marks_in(self) -> Mapping[int, tuple[PointMark, ...]]:
        """The points named in a sentence, by its number."""
        held: dict[int, tuple[PointMark, ...]] = defaultdict(tuple)
        for mark in self.marks:
            held[mark.sentence] += (mark,)
        return held

    @cached_property
    def _facts(self) -> dict[int, Facts]:
        return {s.index: facts_of(s) for s in self.draft.parse.sentences}

    def facts(self, sentence: Sentence) -> Facts:
        """What the features ask of a sentence."""
        return self._facts[sentence.index]

    @cached_property
    def planned(self) -> frozenset[int]:
        """Sentences that speak of a plan."""
        return frozenset(index for index, facts in self._facts.items() if facts.plans)

    @cached_property
    def around(self) -> tuple[tuple[str, ...], ...]:
        """What stands around each sentence."""
        return surroundings(self.draft)

    @cached_property
    def heads(self) -> dict[tuple[int, int, bool], tuple[str, ...]]:
        """The features of a head, by its sentence, its number and whether it is looked at as a verb."""
        return {}

    @cached_property
    def places(self) -> dict[int, tuple[str, ...]]:
        """What a sentence's place gives to all its stretches."""
        return {}

    @cached_property
    def sums(self) -> dict[object, tuple[float, float]]:
        """What was added up for several stretches."""
        return {}

    @cached_property
    def voiced(self) -> frozenset[int]:
        """Sentences of which somebody is reported to have said some."""
        contents = (hull(s.content) for s in self.draft.statements)
        return frozenset(s.index for span in contents for s in self.draft.parse.sentences_in(span))

    @cached_property
    def lists(self) -> frozenset[int]:
        """Sentences under a heading that announces a plan's points."""
        kept: set[int] = set()
        headings = sorted(self.draft.parse.headings, key=lambda b: b.span.start)
        for at, heading in enumerate(headings):
            if at and pattern(_EN, "terms", "headings").search(heading.span.of(self.draft.document.text)):
                end = headings[at + 1].span.start if at + 1 < len(headings) else len(self.draft.document.text)
                kept |= {s.index for s in self.draft.parse.sentences_in(Span(heading.span.start, end))}
        return frozenset(kept)

    @cached_property
    def _contents(self) -> Ranges[tuple[int, Statement]]:
        return Ranges((hull(s.content), (n, s)) for n, s in enumerate(self.draft.statements))

    def statements_in(self, span: Span) -> bool:
        """Whether a whole statement's content lies in the span."""
        return any(True for _ in self._contents.within(span))

    def statements_over(self, span: Span) -> tuple[Statement, ...]:
        """Statements whose content shares at least half of the span, the shortest first."""
        near = (numbered for _, numbered in self._contents.meeting(span))
        over = [(n, s) for n, s in near if 2 * _shared(span, s) >= span.end - span.start]
        ordered = sorted(over, key=lambda pair: (sum(p.end - p.start for p in pair[1].content), pair[0]))
        return tuple(s for _, s in ordered)


def _shared(span: Span, statement: Statement) -> int:
    shared, start, end = 0, span.start, span.end
    for part in statement.content:
        if part.start < end and start < part.end:
            shared += min(end, part.end) - max(start, part.start)
    return shared


def setting_of(draft: Draft) -> Setting:
    """The setting of an article."""
    points = find_listed(draft)
    listed = listed_sentences(points, draft)
    under = headed_marks(draft)
    told = {m.sentence for m in under} | listed.keys()
    marks = [m for m in find_marks(draft) if m.sentence not in told]
    marks += [*listed_marks(points, draft), *under]
    return Setting(draft, tuple(sorted(marks, key=lambda m: m.span)), (), listed, announcing_sentences(points, draft))


def features_of(candidate: Candidate, setting: Setting) -> tuple[str, ...]:
    """Named features of a candidate; each also together with the candidate's kind."""
    plain = plain_features(candidate, setting)
    pairs = [f"{a}&{b}" for a in plain if a.startswith(DOING) for b in plain if b.startswith(SETTING)]
    return (*plain, *(f"{candidate.kind}&{name}" for name in plain), *pairs, f"kind={candidate.kind}")


def plain_features(candidate: Candidate, setting: Setting) -> tuple[str, ...]:
    """The features of a candidate by themselves, each once."""
    facts, held = setting.facts(candidate.sentence), frozenset(candidate.numbers)
    return tuple(
        dict.fromkeys(
            (
                *_of_words(candidate, held, facts),
                *of_this_head(candidate, setting),
                *of_place(candidate, setting),
                *of_speech(candidate, setting),
                *of_cut(candidate, held, facts),
                *shape_of(candidate, facts, setting.draft),
                *setting.around[candidate.sentence.index],
            )
        )
    )


def _of_words(candidate: Candidate, held: frozenset[int], facts: Facts) -> Iterator[str]:
    text = " ".join([facts.lower[n] for n in candidate.numbers])
    yield from of_size(held, facts)
    if says_absent(candidate, facts):
        yield "absent"
    if facts.conditional and phrase_pattern(_EN, "terms", "conditions").search(text):
        yield "condition"
    strength = sum(score_topics(text, among=facts.text).values())
    yield f"topic words={min(3, int(strength // 2.5))}"
    yield from of_tokens(held, facts)


def of_size(held: frozenset[int], facts: Facts) -> Iterator[str]:
    """Features of how many words a stretch has."""
    yield f"length={min(7, len(held) // 3)}"
    if len(held) == 1:
        yield "single"
    if held & facts.first_person:
        yield "first person"


def of_tokens(held: frozenset[int], facts: Facts) -> Iterator[str]:
    """Features of what its tokens are."""
    if held & facts.numbers:
        yield "number"
    if held & facts.plans:
        yield "plan inside"
    yield f"verbs={min(3, len(held & facts.verbs))}"
    if held & facts.reporting:
        yield "reporting inside"
    if held & facts.hearsay:
        yield "hearsay"
    if facts.asks:
        yield "question"


def says_absent(candidate: Candidate, facts: Facts) -> bool:
    """Whether its words say that the plan lacks something; those of a run of words are looked for once a sentence."""
    absent, numbers = pattern(_EN, "terms", "absent"), candidate.numbers
    text = " ".join([facts.lower[n] for n in numbers])
    if facts.absent or numbers[-1] - numbers[0] >= len(numbers):
        return bool(absent.search(text))
    return bool(absent.match(text))  # an expression may ask for the beginning


def of_this_head(candidate: Candidate, setting: Setting) -> tuple[str, ...]:
    """What `_of_head` gives: the same for several candidates."""
    key = candidate.sentence.index, candidate.head.i, candidate.kind in _VERBAL
    if key not in setting.heads:
        setting.heads[key] = (*_of_head(candidate), *build_of(candidate, setting.draft))
    return setting.heads[key]


def _of_head(candidate: Candidate) -> Iterator[str]:
    head = candidate.head
    yield f"dep={head.dep_}"
    yield f"tag={head.tag_}"
    lemma = head.lemma_.casefold()
    if candidate.kind in _VERBAL:
        modal = next((c for c in _line_up(head) if c.tag_ == "MD" or c.lower_ == "to"), None)
        yield f"modal={_MODALS.get(modal.lower_, modal.lower_) if modal else 'none'}"
        for name in ("plan_verbs", "term_verbs", "report_verbs", "commit_verbs"):
            if lemma in words(_EN, "terms", name):
                yield f"verb in {name}"
        if any(c.dep_ == "auxpass" for c in children(head)):
            yield "passive"
        if any(c.lemma_ == "have" and c.dep_ == "aux" for c in children(head)):
            yield "perfect"
        if any(c.dep_ == "neg" for c in children(head)):
            yield "negated"
        yield from _of_subject(head)
    yield from _of_governor(head)


def _line_up(head: Token) -> list[Token]:
    """The auxiliaries of a verb, or of the verb that it is coordinated with."""
    for verb in (head, *(a for a in head.ancestors if head.dep_ == "conj")):
        found = [c for c in children(verb) if c.dep_ == "aux"]
        if found or verb.dep_ != "conj":
            return found
    return []


def _has_modal(head: Token) -> bool:
    return any(c.tag_ == "MD" for c in _line_up(head))


def _subject(head: Token) -> Token | None:
    verb = head
    for _ in range(4):
        own = subject_of(verb)
        if own is not None:
            return own
        if verb.dep_ not in ("conj", "xcomp", "advcl") or verb.head == verb:
            return None
        verb = verb.head
    return None


def _of_subject(head: Token) -> Iterator[str]:
    subject = _subject(head)
    if subject is None:
        yield "subject=none"
        return
    yield f"subject={kind_of(subject)}"
    if subject_of(head) is None:
        yield "subject shared"


def kind_of(noun: Token) -> str:
    """What a noun phrase speaks of, roughly: a plan, a point, a person, a pronoun, a name, a thing."""
    lemma = noun.lemma_.casefold()
    if lemma in words(_EN, "plans", "plans"):
        return "plan"
    if lemma in words(_EN, "plans", "units") or lemma in words(_EN, "terms", "ordinals"):
        return "point"
    if noun.pos_ == "PRON":
        return "it" if noun.lower_ in ("it", "this", "which", "that") else "pronoun"
    if noun.ent_type_ in ("PERSON", "GPE", "ORG", "NORP", "LOC", "FAC"):
        return "person" if noun.ent_type_ == "PERSON" else "name"
    return "people" if lemma in words(_EN, "terms", "people") else "thing"


def _of_governor(head: Token) -> Iterator[str]:
    at, prep = head, ""
    while at.dep_ in ("conj", "pobj", "prep", "appos", "pcomp") and at.head != at:
        if at.dep_ == "prep":
            prep = at.lower_
        at = at.head
        if at.pos_ in ("VERB", "AUX", "NOUN") and at.dep_ != "conj":
            break
    if prep:
        yield f"prep={prep}"
    governor = head.head if at == head else at
    if governor == head:
        yield "root"
        return
    lemma = governor.lemma_.casefold()
    yield f"governor pos={governor.pos_}"
    for name in ("plan_verbs", "report_verbs", "commit_verbs"):
        if lemma in words(_EN, "terms", name):
            yield f"governor in {name}"
    subject = _subject(governor)
    if subject is not None:
        yield f"governor subject={kind_of(subject)}"
        for name in ("plan_verbs", "report_verbs", "commit_verbs"):
            if lemma in words(_EN, "terms", name):
                yield f"governor {kind_of(subject)} {name}"


def of_place(candidate: Candidate, setting: Setting) -> Iterator[str]:
    index = candidate.sentence.index
    span = hull(candidate.spans)
    marks = setting.marks_in.get(index, ())
    if marks:
        yield "point in sentence"
        if any(m.span.end <= span.start for m in marks):
            yield "point before"
        if any(m.span.start >= span.end for m in marks):
            yield "point after"
        if any(span.holds(m.span) for m in marks):
            yield "point inside"
    if index in setting.planned:
        yield "plan in sentence"
    if index - 1 in setting.planned or index - 1 in setting.marked:
        yield "plan or point just before"
    if index + 1 in setting.marked:
        yield "point just after"
    near = sum(i in setting.marked for i in range(index - 4, index + 5))
    yield f"points near={min(3, near)}"
    if index in setting.lists:
        yield "under a list heading"
    yield f"from the start={min(4, index // 2)}"
    if setting.facts(candidate.sentence).under_plan:
        yield "under the plan"


def of_speech(candidate: Candidate, setting: Setting) -> Iterator[str]:
    span = hull(candidate.spans)
    over = setting.statements_over(span)
    if not over:
        yield "nobody says it"
        if setting.statements_in(span):
            yield "holds a statement"
        return
    nearest = over[0]
    yield f"act={nearest.act.value}"
    kind = setting.kinds.get(nearest.chain[-1]) if nearest.chain else None
    yield f"voice={kind.value if kind else 'none'}"
    yield f"voice and act={kind.value if kind else 'none'} {_group(nearest.act)}"
    like = _dice(span, nearest)
    yield f"like the content={'all' if like > 0.85 else 'most' if like > 0.5 else 'part'}"
    if nearest.mode.value == "direct":
        yield "direct speech"
    if len(over) > 1:
        yield "speech in speech"
    if any(s.act is Act.REJECT for s in over):
        yield "rejected"


def _group(act: Act) -> str:
    if act in (Act.OFFER, Act.PROMISE, Act.PROPOSE, Act.DEMAND, Act.ACCEPT):
        return "commits"
    return "tells"


def _dice(span: Span, statement: Statement) -> float:
    total = sum(p.end - p.start for p in statement.content)
    return 2 * _shared(span, statement) / (total + span.end - span.start)


def of_cut(candidate: Candidate, held: frozenset[int], facts: Facts) -> Iterator[str]:
    tokens, sentence = candidate.tokens, candidate.sentence.tokens
    before = tokens[0].i - 1
    if before < sentence.start:
        yield "starts the sentence"
    else:
        left = sentence.doc[before]
        yield f"left={left.lower_ if left.is_punct or left.pos_ in ('CCONJ', 'SCONJ', 'ADP', 'PART') else left.pos_}"
    after = tokens[-1].i + 1
    if after >= facts.close:
        yield "ends the sentence"
    else:
        right = sentence.doc[after]
        yield f"right={right.lower_ if right.is_punct or right.pos_ in ('CCONJ', 'SCONJ', 'ADP') else right.pos_}"
    yield f"pieces={min(3, len(candidate.spans))}"
    if any(head in held and n not in held for n, head in facts.bound):
        yield "left something out"

"""What stands around a sentence: how near a text of the talks is named, and what kind of prose runs there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Token

from reportedly.reading.branches import children
from reportedly.reading.draft import Draft
from reportedly.reading.parse import Sentence
from reportedly.reading.terms_words import pattern, words
from reportedly.records import BlockKind

_EN = "en"
_FAR = 9
"""Sentences after which a text that was named counts as forgotten."""


def surroundings(draft: Draft) -> tuple[tuple[str, ...], ...]:
    """For each sentence of the article, in order, named signs of what it and its neighbours are."""
    sentences = draft.parse.sentences
    naming = [_names_text(s) for s in sentences]
    forms = [form_of(s.tokens.root) for s in sentences]
    spoken = _spoken(draft)
    headings = _headings(draft)
    out = []
    for n, sentence in enumerate(sentences):
        own = [
            *_of_region(n, sentences, naming, spoken),
            *_of_heading(headings[n]),
            *_of_prose(sentence, forms[n], spoken[n]),
            f"form before={forms[n - 1] if n and _together(sentences[n - 1], sentence) else 'none'}",
            f"form after={forms[n + 1] if n + 1 < len(forms) and _together(sentence, sentences[n + 1]) else 'none'}",
        ]
        out.append(tuple(f"around: {name}" for name in own))
    return tuple(out)


def _together(one: Sentence, two: Sentence) -> bool:
    """Whether two sentences stand in one paragraph."""
    return one.paragraph.index == two.paragraph.index


def form_of(verb: Token) -> str:
    """The tense or mood of a verb: a modal, to, be to, perfect, past, present, or none."""
    at = verb
    for _ in range(4):
        aux = [c for c in children(at) if c.dep_ in ("aux", "auxpass")]
        modal = next((c for c in aux if c.tag_ == "MD"), None)
        if modal is not None:
            return {"'ll": "will", "’ll": "will", "ca": "can", "wo": "will", "’d": "would", "'d": "would"}.get(
                modal.lower_, modal.lower_
            )
        if any(c.lower_ == "to" for c in aux):
            governor = at.head
            bound = governor.lemma_ in ("be", "have") and governor.tag_ in ("VBZ", "VBP", "VBD") and at.dep_ == "xcomp"
            return f"{governor.lemma_} to" if bound else "to"
        finite = next((c.tag_ for c in (*aux, at) if c.tag_ in ("VBZ", "VBP", "VBD")), None)
        if finite is not None:
            if any(c.lemma_ == "have" for c in aux):
                return "perfect"
            return "past" if finite == "VBD" else "present"
        if at.dep_ != "conj" or at.head == at:
            break
        at = at.head
    return {"VB": "bare", "VBG": "ing", "VBN": "participle"}.get(verb.tag_, "none")


def _names_text(sentence: Sentence) -> bool:
    return any(t.pos_ in ("NOUN", "PROPN") and t.lemma_.casefold() in _texts() for t in sentence.tokens)


@lru_cache(maxsize=1)
def _texts() -> frozenset[str]:
    return words(_EN, "plans", "plans") | words(_EN, "plans", "texts")


def _spoken(draft: Draft) -> list[bool]:
    starts = sorted(cue.start for statement in draft.statements for cue in statement.cue)
    return [any(s.span.start <= at < s.span.end for at in starts) for s in draft.parse.sentences]


def _of_region(n: int, sentences: tuple[Sentence, ...], naming: list[bool], spoken: list[bool]) -> Iterator[str]:
    """How many sentences ago a text was named, whether a voice came between, and whether one follows."""
    back = next((k for k in range(_FAR) if n - k >= 0 and naming[n - k]), None)
    if back is None:
        yield "no text named yet" if not any(naming[:n]) else "text long ago"
    else:
        yield f"text named={min(back, 2) if back < 3 else '3' if back < 6 else '6'}"
        voices = sum(spoken[n - back : n])
        yield f"voices since={min(2, voices)}"
    if n + 1 < len(sentences) and naming[n + 1]:
        yield "text named next"
    paragraph = sentences[n].paragraph.index
    if any(naming[k] for k in range(max(0, n - 8), n) if sentences[k].paragraph.index == paragraph):
        yield "text named in the paragraph"
    if n == 0 or sentences[n - 1].paragraph.index != paragraph:
        yield "opens a paragraph"


def _headings(draft: Draft) -> list[str | None]:
    """The heading that each sentence stands under; the article's own title is none."""
    blocks = sorted(draft.parse.headings, key=lambda b: b.span.start)
    first = draft.parse.sentences[0].span.start if draft.parse.sentences else 0
    starts = [(b.span.start, b.span.of(draft.parse.text)) for b in blocks if b.span.start > first]
    return [
        next((text for start, text in reversed(starts) if start < s.span.start), None) for s in draft.parse.sentences
    ]


def _of_heading(heading: str | None) -> Iterator[str]:
    if heading is None:
        return
    yield "under a heading"
    if pattern(_EN, "terms", "headings").search(heading):
        yield "under a plan's heading"
    if heading.rstrip().endswith("?"):
        yield "under a question"


def _of_prose(sentence: Sentence, form: str, spoken: bool) -> Iterator[str]:
    tokens = list(sentence.tokens)
    lower = {t.lower_ for t in tokens}
    yield f"form={form}"
    if sentence.paragraph.block.kind is BlockKind.LIST_ITEM:
        yield "list item"
    if spoken:
        yield "spoken"
    if any(t.text in '"“”' for t in tokens):
        yield "quotation"
    if any(t.ent_type_ == "PERSON" for t in tokens):
        yield "person"
    if lower & {"i", "we", "my", "our", "you", "your"}:
        yield "first or second person"
    if lower & {"he", "she", "his", "her"}:
        yield "third person"
    if any(t.tag_ == "VBD" for t in tokens):
        yield "past tense"
    if any(t.like_num for t in tokens):
        yield "figures"
    if sentence.tokens.root.pos_ not in ("VERB", "AUX"):
        yield "no verb"
    if any(t.text == ":" for t in tokens):
        yield "colon"
    if sum(t.text == ";" for t in tokens):
        yield "semicolons"
    yield f"words={min(5, len(tokens) // 8)}"

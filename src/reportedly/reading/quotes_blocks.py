"""Quotations that are set as paragraphs of their own: behind "The union tweeted:", or "This is from Ann Lee:"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Token

from reportedly.reading.clauses import SUBJECTS, children, is_passive
from reportedly.reading.language import load_words
from reportedly.reading.parse import Paragraph, Parse, Sentence
from reportedly.records import BlockKind, Span

_UTTERING = load_words("reports", "uttering")
_PLAN_PARTS = load_words("reports", "plan_parts")
_RELATIVES = frozenset({"who", "which", "that"})
_MARKS = ('"', "“", "«", "„", "'", "‘")
_OVER = frozenset({"is", "'s", "’s", "comes", "came", "now", "just", "in", "here", "more", "also", "and", "but"})
SHORTEST = 4
"""Words of a paragraph that may be a quotation without marks."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A sentence that announces a quotation: its verb, or None behind "This is from"; who speaks; what is said.

    `marked` says whether the quotation has marks of its own.
    """

    sentence: Sentence
    verb: Token | None
    speaker: Token
    words: Span
    marked: bool


def find_ahead(parse: Parse) -> Iterator[Ahead]:
    """Yield the quotations that the paragraph before announces, at most one paragraph each."""
    last = {sentence.paragraph.index: sentence for sentence in parse.sentences}
    for paragraph, after in pairwise(parse.paragraphs):
        if not _announces(paragraph, after, parse.text) or paragraph.index not in last:
            continue
        sentence = last[paragraph.index]
        marked = after.span.of(parse.text).lstrip().startswith(_MARKS)
        if marked or len(after.span.of(parse.text).split()) >= SHORTEST:
            yield from _ahead(sentence, after.span, marked=marked)


def _announces(paragraph: Paragraph, after: Paragraph, text: str) -> bool:
    """Whether a paragraph ends in a colon and the next one stands right behind it, as prose that ends in no colon."""
    near = paragraph.piece == after.piece and not text[paragraph.span.end : after.span.start].strip()
    prose = paragraph.block.kind is BlockKind.PARAGRAPH and after.block.kind is BlockKind.PARAGRAPH
    ends = [p.span.of(text).rstrip(" *_\n") for p in (paragraph, after)]
    return near and prose and ends[0].endswith(":") and not ends[1].endswith(":")


def _ahead(sentence: Sentence, words: Span, *, marked: bool) -> Iterator[Ahead]:
    for verb in reversed(list(sentence.tokens)):
        speaker = _speaker(verb)
        if speaker is not None and (marked or speaker.lemma_.lower() not in _PLAN_PARTS):
            yield Ahead(sentence, verb, speaker, words, marked)
            return
    if (named := named_from(sentence)) is not None:
        yield Ahead(sentence, None, named, words, marked)


def _speaker(verb: Token) -> Token | None:
    """Who utters something by a finite verb that has nothing of its own to introduce."""
    if verb.lemma_ not in _UTTERING or verb.pos_ != "VERB" or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
        return None
    if is_passive(verb) or children(verb, "neg"):
        return None
    own = [c for c in children(verb, *SUBJECTS) if c.i < verb.i and c.lower_ not in _RELATIVES]
    if not own or own[0].pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    clauses = [c for c in children(verb, "ccomp", "xcomp") if c.i > verb.i]
    return None if clauses else own[0]


def named_from(sentence: Sentence) -> Token | None:
    """Who is named in "This is from Ann Lee of the Courier:", if the sentence begins so."""
    tokens = [t for t in sentence.tokens if not t.is_space]
    place = next((i for i, t in enumerate(tokens) if t.lower_ == "from"), len(tokens))
    colon = next((i for i, t in enumerate(tokens) if t.text == ":"), 0)
    lead = [t.lower_ for t in tokens[:place]]
    if not place < colon or any(w not in _OVER | {"this"} for w in lead) or (lead and "this" not in lead):
        return None
    if any(t.pos_ in ("VERB", "AUX") for t in tokens[place:colon]):
        return None
    return next((n for n in children(tokens[place], "pobj") if n.ent_type_ in ("PERSON", "ORG")), None)

"""What the trained tagger adds to the reports that cues and parse find, and which of those it does not bear out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly.reading.cues import Cues
from reportedly.reading.language import load_words
from reportedly.reading.models import AttributionModel
from reportedly.reading.parse import Parse
from reportedly.reading.reports import Found, Text
from reportedly.reading.tagger import Found as Tagged
from reportedly.reading.tagger import tag_attributions
from reportedly.records import Span, Spans, hull

SURE = 0.5
"""The score from which an attribution that only the tagger finds is taken."""
WEAK = 0.5
"""The weight below which a report of the rules needs the tagger to find it too."""
_PLAN_PARTS = load_words("reports", "plan_parts")


def with_tagged(found: list[Found], text: Text, model: AttributionModel) -> list[Found]:
    """The reports of both readers: what both find once, with the borders of the rules; of weak ones only what both find.

    Chosen by F1 on the gold articles for training; docs/methods.md has the figures.
    """
    paragraphs = [(p.span.start, p.span.of(text.parse.text)) for p in text.parse.paragraphs]
    tagged = tag_attributions(paragraphs, model)
    kept = [f for f in found if f.weight >= WEAK or any(_same(f, t) for t in tagged)]
    return [*kept, *_only_tagged(tagged, found, text)]


def _only_tagged(tagged: Sequence[Tagged], found: Sequence[Found], text: Text) -> Iterator[Found]:
    for t in tagged:
        if t.score < SURE or not t.cue or not t.content or any(_same(f, t) for f in found):
            continue
        sentence = text.parse.sentence_at(hull(t.cue).start)
        if sentence is not None and not _of_plan(t, text.parse, text.cues):
            yield Found(sentence.index, t.source, t.cue, t.content, (), round(t.score, 3))


def _same(found: Found, tagged: Tagged) -> bool:
    """Whether two readers found one thing: cues that touch, or contents that are mostly alike."""
    if any(a.meets(b) for a in found.cue for b in tagged.cue):
        return True
    return _alike(found.content, tagged.content) > 0.6


def _alike(a: Spans, b: Spans) -> float:
    """Dice overlap of two discontinuous spans' characters, 0 to 1."""
    shared = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    return 2 * shared / (sum(_length(s) for s in a) + sum(_length(s) for s in b))


def _length(span: Span) -> int:
    return span.end - span.start


def _of_plan(tagged: Tagged, parse: Parse, cues: Cues) -> bool:
    """Whether it is a plan that "requires" or "includes": a term, no statement."""
    heads = [t.lemma_.lower() for span in tagged.source for t in parse.tokens_in(span) if t.pos_ in ("NOUN", "PROPN")]
    if not heads or heads[-1] not in _PLAN_PARTS:
        return False
    words = [t for span in tagged.cue for t in parse.tokens_in(span) if t.pos_ in ("VERB", "AUX")]
    named = [cue for t in words if (cue := cues.verb(t.lemma_.lower())) is not None]
    return not any(cue.act.value in ("assert", "deny", "warn") and cue.weight >= 0.5 for cue in named)

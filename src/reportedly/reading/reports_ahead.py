"""Reports whose content is the paragraph behind them, or all that follows "This is from Ann Lee:"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from reportedly.reading.clauses import noun_phrase, verb_group
from reportedly.reading.parse import Sentence, place, place_all
from reportedly.reading.quotes_blocks import find_ahead, named_from
from reportedly.reading.reports import Found, Text
from reportedly.records import Span

_SURE = 0.95


def with_announced(found: Sequence[Found], text: Text) -> list[Found]:
    """The reports found, with those that only announce what they report; these replace what was found by their cue."""
    announced = [*_announced(text), *_named(text)]
    cues = [cue for f in announced for cue in f.cue]
    return [*(f for f in found if not any(c.meets(cue) for c in f.cue for cue in cues)), *announced]


def _announced(text: Text) -> Iterator[Found]:
    for ahead in find_ahead(text.parse):
        source = place_all(noun_phrase(ahead.speaker))
        cue = place_all(verb_group(ahead.verb)) if ahead.verb is not None else _colon(ahead.sentence)
        first = next((q.outer for q in text.quotes if ahead.words.holds(q.outer)), None)
        if cue is not None and first is not None and not source.meets(cue):
            yield Found(ahead.sentence.index, (source,), (cue,), (first,), (), _SURE)


def _named(text: Text) -> Iterator[Found]:
    """ "This is from Ann Lee: it is over": who is quoted stands before the colon, without a verb."""
    for sentence in text.parse.sentences:
        speaker, colon = named_from(sentence), _colon(sentence)
        if (
            speaker is None
            or colon is None
            or not sentence.span.of(text.parse.text)[colon.end - sentence.span.start :].strip()
        ):
            continue
        content = Span(colon.end, sentence.paragraph.span.end)
        yield Found(sentence.index, (place_all(noun_phrase(speaker)),), (colon,), (content,), (), _SURE)


def _colon(sentence: Sentence) -> Span | None:
    colon: Token | None = next((t for t in sentence.tokens if t.text == ":"), None)
    return place(colon) if colon is not None else None

"""Finds attributions in an article: source, cue and content, and which belong together.

Words are tagged first (BIO over the three roles, a CRF over the states of a small encoder), then each content picks
its cue and each cue its source, and last the found contents are read again for what is reported inside them.
docs/attribution.md says how well; training/attribution is how the model came about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reportedly.reading.models import AttributionModel
from reportedly.reading.tagger_borders import trim
from reportedly.reading.tagger_links import CUE, Draft, link, score
from reportedly.reading.tagger_sheet import OPENING, Sheet, cut_windows, lay_out
from reportedly.reading.tagger_signed import find_signed
from reportedly.reading.tagger_words import LABELS, Doubles, decode, read_words, runs
from reportedly.records import Span, Spans

LEAST = 0.05  # score below which nothing is given; chosen on PolNeAR dev
SIGNED = 0.9  # score of a quotation that is signed with a name
DEEPEST = 3  # contents within contents that are read again

_CLOSED = re.compile(r"[,.!?]?[\"”»]")
_WORD = re.compile(r"[^\W_]+")

Paragraphs = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution that was found: spans count code points of the article's text; score is a probability, 0 to 1.

    `source` is empty where nobody is named. `inside` is the index, in the same answer, of the attribution whose
    content this one stands in; None for what the article itself reports.
    """

    source: Spans
    cue: Spans
    content: Spans
    score: float
    inside: int | None = None


@dataclass(frozen=True, slots=True)
class Tags:
    """What the tagger makes of an article: its attributions, and how likely each word is part of a cue.

    `cues` is by the offset at which a word begins; of a word that was read twice it has the higher probability.
    """

    found: tuple[Found, ...]
    cues: dict[int, float]

    def cue_chance(self, spans: Spans) -> float:
        """The highest probability of a cue among the words that begin in these spans, 0 to 1."""
        return max((self.cues.get(at, 0.0) for span in spans for at in range(span.start, span.end)), default=0.0)


def tag_attributions(
    paragraphs: Paragraphs, model: AttributionModel, *, nested: bool = True, least: float = LEAST
) -> tuple[Found, ...]:
    """The attributions of an article's prose, in the order of their cues; where `nested`, those within contents too.

    A paragraph is its offset in the article's text and its words. What scores below `least` is left out. The answer
    depends on these paragraphs alone.
    """
    return read_tags(paragraphs, model, nested=nested, least=least).found


def read_tags(paragraphs: Paragraphs, model: AttributionModel, *, nested: bool = True, least: float = LEAST) -> Tags:
    """As `tag_attributions`, with the probability of every word that it is part of a cue."""
    kept = tuple(p for p in paragraphs if p[1].strip())
    cues: dict[int, float] = {}
    found = _with_signed([f for f in _found(kept, model, cues, inside=None) if f.score >= least], kept)
    begin, depth = 0, 0
    while nested and begin < len(found) and depth < DEEPEST:
        outer, begin, depth = range(begin, len(found)), len(found), depth + 1
        for i in outer:
            parts = _parts(found[i].content, kept)
            if not model.reporting.isdisjoint(word for _, text in parts for word in _WORD.findall(text.lower())):
                found += [f for f in _found(parts, model, cues, inside=i) if f.score >= least]
    return Tags(tuple(found), cues)


def _with_signed(found: list[Found], paragraphs: Paragraphs) -> list[Found]:
    """Those found, and the signed quotations; these words and signatures are in no other's hands."""
    signed = [Found((name,), (mark,), (said,), SIGNED) for name, mark, said in find_signed(paragraphs)]
    taken = [span for f in signed for span in (*f.source, *f.content)]
    kept = []
    for each in found:
        content = tuple(c for c in each.content if not any(c.meets(t) for t in taken))
        if content and not any(c.meets(t) for c in each.cue for t in taken):
            kept.append(replace(each, content=content))
    return sorted([*kept, *signed], key=lambda f: f.cue[0].start) if signed else found


def _found(
    paragraphs: Paragraphs, model: AttributionModel, cues: dict[int, float], *, inside: int | None
) -> Iterator[Found]:
    """Yield each attribution; note in `cues` how likely the words that were read are cues."""
    sheet = lay_out(paragraphs, model.tokenizer, inside=inside is not None)
    windows = list(cut_windows(sheet))
    if inside is not None:
        windows = list(_narrowed(windows, sheet, _reporting(sheet, paragraphs, model)))
    drafts, posterior = draft_attributions(sheet, model, windows)
    for at, chance in zip(sheet.start.tolist(), posterior[:, CUE].sum(1).tolist(), strict=True):
        cues[at] = max(chance, cues.get(at, 0.0))
    for draft in drafts:
        content = tuple(part for span in draft.content if (part := _cut(span, sheet, paragraphs)))
        if content:
            source = (_named(draft.source, sheet, paragraphs),) if draft.source else ()
            yield Found(source, (_span(draft.cue, sheet),), content, score(draft.evidence, model.weights), inside)


def _span(span: tuple[int, int], sheet: Sheet) -> Span:
    return Span(int(sheet.start[span[0]]), int(sheet.end[span[1] - 1]))


def _named(span: tuple[int, int], sheet: Sheet, paragraphs: Paragraphs) -> Span:
    """A source's span in code points, without the comma that closes an apposition; some word is always left."""
    offset, text = paragraphs[int(sheet.paragraph[span[0]])]
    whole = _span(span, sheet)
    name = text[whole.start - offset : whole.end - offset].rstrip(",;: ")
    return Span(whole.start, whole.start + len(name)) if name else whole


def _cut(span: tuple[int, int], sheet: Sheet, paragraphs: Sequence[tuple[int, str]]) -> Span | None:
    """A content's span in code points as `trim` cuts it; None where no word would be left."""
    offset, text = paragraphs[int(sheet.paragraph[span[0]])]
    whole = _span(span, sheet)
    start, end = trim(text, whole.start - offset, whole.end - offset)
    return Span(offset + start, offset + end) if _WORD.search(text, start, end) else None


def _parts(content: Spans, paragraphs: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """A content's parts as paragraphs of their own, with their quotation marks."""
    parts = []
    for span in content:
        offset, text = next(p for p in paragraphs if p[0] <= span.start < p[0] + len(p[1]))
        start, end = span.start - offset, span.end - offset
        if start and text[start - 1] in OPENING + '"' and (tail := _CLOSED.match(text, end)):
            start, end = start - 1, tail.end()
        parts.append((offset + start, text[start:end]))
    return parts


def _reporting(sheet: Sheet, paragraphs: Paragraphs, model: AttributionModel) -> NDArray[np.bool_]:
    """(pieces,) bool: the sentences that hold a word which reports more often than not."""
    sentence = np.cumsum(sheet.sentence > 0)
    wanted = np.zeros(len(sheet.ids), bool)
    for first, start, end, number in zip(
        *(x.tolist() for x in (sheet.first, sheet.start, sheet.end, sheet.paragraph)), strict=True
    ):
        offset, text = paragraphs[number]
        if text[start - offset : end - offset].lower() in model.reporting:
            wanted |= sentence == sentence[first]
    return wanted


def _narrowed(windows: Iterable[tuple[int, int]], sheet: Sheet, wanted: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield the windows without the sentences before the first wanted one and after the last."""
    for start, end in windows:
        at = np.flatnonzero(wanted[start:end])
        if len(at):
            yield start + int(at[0]), start + int(at[-1]) + 1


def draft_attributions(
    sheet: Sheet, model: AttributionModel, windows: Sequence[tuple[int, int]] | None = None
) -> tuple[tuple[Draft, ...], Doubles]:
    """The attributions of a sheet, in the order of their cues, and the probability of each label (words, labels).

    Only the windows are read, [start, end) in pieces; by default all of the sheet.
    """
    cuts = list(cut_windows(sheet)) if windows is None else windows
    states, emissions, stretches = read_words(sheet, model, cuts)
    if not stretches:
        return (), np.eye(1, len(LABELS)).repeat(len(sheet.first), 0)
    labels, posterior = decode(emissions, stretches, model.weights["crf.start"], model.weights["crf.steps"])
    return link(sheet, states, runs(labels, sheet.paragraph), posterior, model.weights), posterior

"""Which spans belong together: each content picks its cue, each cue its source, and what that is known by."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.reading.tagger_sheet import Sheet
from reportedly.reading.tagger_words import LABELS, Doubles, Floats, Ints, runs

CUE = slice(LABELS.index("B-cue"), LABELS.index("I-cue") + 1)
REACH = 60  # words between spans that may belong together
DISTANCES = (1, 2, 3, 4, 6, 10, 18, 34)
TABLES = ("distance", "paragraph", "sentence", "between", "rank")
TABLE_SIZES = (2 * len(DISTANCES) + 1, 3, 5, 4, 4)
EVIDENCE = ("cue", "content", "content start", "link", "source link", "source", "no source", "quoted", "words")
UNSURE = {"source": 0.2, "cue": 0.1}  # probability at which words that were not tagged may still be one
SPARED = 0.1  # probability at which a content may go to a cue that has none


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Which of some spans may belong to which of others: ok (ones, others) bool, and the linker's tables.

    tables (5, ones, others) int64: distance, paragraph, sentence, cues between, rank by distance.
    """

    ok: NDArray[np.bool_]
    tables: Ints


def pair_up(sheet: Sheet, ones: Ints, others: Ints, cues: Ints) -> Pairs:
    """Candidates among `others` (spans in words) for each of `ones`: within REACH words and the next paragraph."""
    after = others[None, :, 0] - ones[:, None, 1]
    before = ones[:, None, 0] - others[None, :, 1]
    distance = np.where(after >= 0, after + 1, np.where(before >= 0, -before - 1, 0))
    sentences = np.cumsum(sheet.sentence[sheet.first] > 0)
    paragraph, sentence = (of[others[:, 0]][None] - of[ones[:, 0]][:, None] for of in (sheet.paragraph, sentences))
    ok = (np.abs(distance) <= REACH) & (np.abs(paragraph) <= 1)
    low = np.where(after >= 0, ones[:, None, 1], others[None, :, 1])
    high = np.where(after >= 0, others[None, :, 0], ones[:, None, 0])
    starts = np.sort(cues[:, 0])
    between = np.maximum(np.searchsorted(starts, high) - np.searchsorted(starts, low), 0)
    order = np.argsort(np.where(ok, np.abs(distance), 10**6), axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    size = np.digitize(np.abs(distance), DISTANCES)
    tables = (
        np.sign(distance) * size + len(DISTANCES),
        np.clip(paragraph, -1, 1) + 1,
        np.clip(sentence, -2, 2) + 2,
        np.minimum(between, 3),
        np.minimum(rank, 3),
    )
    return Pairs(ok, np.stack(tables))


def span_vectors(states: Floats, spans: Ints) -> Floats:
    """(spans, 3 * hidden): the states of the first word, of the last, and the mean."""
    lengths = spans[:, 1] - spans[:, 0]
    starts = np.cumsum(lengths) - lengths
    held = np.arange(lengths.sum()) + np.repeat(spans[:, 0] - starts, lengths)
    mean = np.add.reduceat(states[held], starts, axis=0) / lengths[:, None].astype(np.float32)
    return np.concatenate([states[spans[:, 0]], states[spans[:, 1] - 1], mean], axis=1)


def choose(kind: str, ones: Floats, others: Floats, pairs: Pairs, weights: Mapping[str, Floats]) -> tuple[Ints, Floats]:
    """For each of `ones` the index of the other that it belongs to, -1 for none, and the probability of that."""
    chances = weigh(kind, ones, others, pairs, weights)
    best = chances.argmax(1)
    return best - 1, chances[np.arange(len(best)), best]


def spread(chances: Floats) -> tuple[Ints, Floats]:
    """As `choose`, but a cue that nobody picked gets a content from one that has several, if that is not unlikely."""
    picked = chances.argmax(1)
    for cue in np.setdiff1d(np.arange(1, chances.shape[1]), picked):
        crowded = np.bincount(picked, minlength=chances.shape[1])[picked] > 1
        ready = np.where(crowded & (picked > 0), chances[:, cue], 0)
        if len(ready) and ready.max() >= SPARED:
            picked[ready.argmax()] = cue
    return picked - 1, chances[np.arange(len(picked)), picked]


def weigh(kind: str, ones: Floats, others: Floats, pairs: Pairs, weights: Mapping[str, Floats]) -> Floats:
    """(ones, 1 + others) probabilities: of belonging to none, and to each other.

    Biaffine scores (Dozat and Manning, 2017) over span vectors, with learned biases for where the two stand.
    """
    part = {name.removeprefix(f"{kind}."): value for name, value in weights.items() if name.startswith(f"{kind}.")}
    a, b = (np.tanh(x @ part[f"{s}.weight"].T + part[f"{s}.bias"]) for x, s in ((ones, "one"), (others, "other")))
    scores = a @ part["both"] @ b.T + (b @ part["alone"])[None]
    for name, at in zip(TABLES, pairs.tables, strict=True):
        scores = scores + part[name][at]
    none = a @ part["none"] + part["none.bias"]
    table = np.concatenate([none[:, None], np.where(pairs.ok, scores, -np.inf)], axis=1)
    chances = np.exp(table - table.max(1, keepdims=True))
    shares: Floats = (chances / chances.sum(1, keepdims=True)).astype(np.float32)
    return shares


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in words, each span [first, end), and what its score is made of, as EVIDENCE names it."""

    source: tuple[int, int] | None
    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    evidence: tuple[float, ...]


def link(
    sheet: Sheet, states: Floats, spans: Mapping[str, Ints], posterior: Doubles, weights: Mapping[str, Floats]
) -> tuple[Draft, ...]:
    """Give each content its cue and each cue its source; cues and contents that stay alone are dropped."""
    contents, cues = spans["content"], spans["cue"]
    if not len(contents):
        return ()
    vectors, cue_vectors = span_vectors(states, contents), span_vectors(states, cues)
    chances = weigh("content", vectors, cue_vectors, pair_up(sheet, contents, cues, cues), weights)
    more = _more_cues(sheet, states, spans, (vectors, cue_vectors, chances), posterior, weights)
    if len(more):
        cues = np.concatenate([cues, more])
        cues = cues[np.argsort(cues[:, 0], kind="stable")]
        chances = weigh("content", vectors, span_vectors(states, cues), pair_up(sheet, contents, cues, cues), weights)
    if not len(cues):
        return ()
    cue_of, sure = spread(chances)
    sources, source_of, named = _choose_sources(sheet, states, {**spans, "cue": cues}, posterior, weights)
    drafts = []
    for i in np.unique(cue_of[cue_of >= 0]):
        parts = np.flatnonzero(cue_of == i)
        source = _pair(sources[source_of[i]]) if source_of[i] >= 0 else None
        content = tuple(_pair(contents[part]) for part in parts)
        links = float(sure[parts].min()), float(named[i])
        evidence = _evidence(sheet, posterior, source, _pair(cues[i]), content, links)
        drafts.append(Draft(source, _pair(cues[i]), content, evidence))
    return tuple(drafts)


def _more_cues(
    sheet: Sheet,
    states: Floats,
    spans: Mapping[str, Ints],
    known: tuple[Floats, Floats, Floats],
    posterior: Doubles,
    weights: Mapping[str, Floats],
) -> Ints:
    """Cues that were not sure enough to be tagged, and that a content picks which has none; (spans, 2).

    `known`: the vectors of the contents and of the cues, and how likely the ones belong to the others.
    """
    vectors, cue_vectors, chances = known
    contents, cues = spans["content"], spans["cue"]
    more, alone = _unsure("cue", spans, posterior, sheet.paragraph), np.flatnonzero(chances.argmax(1) == 0)
    if not len(more) or not len(alone):
        return more[:0]
    pairs = pair_up(sheet, contents[alone], np.concatenate([cues, more]), cues)
    others = np.concatenate([cue_vectors, span_vectors(states, more)])
    picked, _ = choose("content", vectors[alone], others, pairs, weights)
    chosen: Ints = more[np.unique(picked[picked >= len(cues)]) - len(cues)]
    return chosen


def _choose_sources(
    sheet: Sheet, states: Floats, spans: Mapping[str, Ints], posterior: Doubles, weights: Mapping[str, Floats]
) -> tuple[Ints, Ints, Floats]:
    """The sources, and for each cue the index of its own and the probability of that.

    A cue that would have none may pick one that is not sure enough to have been tagged.
    """
    cues, sources = spans["cue"], spans["source"]
    vectors, cue_vectors = span_vectors(states, sources), span_vectors(states, cues)
    source_of, named = choose("source", cue_vectors, vectors, pair_up(sheet, cues, sources, cues), weights)
    more, alone = _unsure("source", spans, posterior, sheet.paragraph), np.flatnonzero(source_of < 0)
    if len(more) and len(alone):
        sources, vectors = np.concatenate([sources, more]), np.concatenate([vectors, span_vectors(states, more)])
        pairs = pair_up(sheet, cues[alone], sources, cues)
        source_of[alone], named[alone] = choose("source", cue_vectors[alone], vectors, pairs, weights)
    return sources, source_of, named


def _unsure(role: str, spans: Mapping[str, Ints], posterior: Doubles, paragraph: Ints) -> Ints:
    """Runs of words without a role that may well have this one, (spans, 2)."""
    free = np.ones(len(posterior), bool)
    for first, end in itertools.chain.from_iterable(spans.values()):
        free[first:end] = False
    begins, goes_on = LABELS.index(f"B-{role}"), LABELS.index(f"I-{role}")
    likely = posterior[:, begins] + posterior[:, goes_on] >= UNSURE[role]
    return runs(np.where(likely & free, goes_on, 0), paragraph)[role]


def _pair(span: Ints) -> tuple[int, int]:
    return int(span[0]), int(span[1])


def _evidence(
    sheet: Sheet,
    posterior: Doubles,
    source: tuple[int, int] | None,
    cue: tuple[int, int],
    content: tuple[tuple[int, int], ...],
    links: tuple[float, float],
) -> tuple[float, ...]:
    """What a score is made of: logarithms of the labels' and the links' probabilities, and three plain facts."""

    def sure(role: str, span: tuple[int, int]) -> float:
        number = LABELS.index(f"B-{role}")
        return float(np.log(posterior[slice(*span), number : number + 2].sum(1) + 1e-6).mean())

    begins = min(float(posterior[first, LABELS.index("B-content")]) for first, _ in content)
    quoted = any(sheet.features[sheet.first[first:end], 0].any() for first, end in content)
    return (
        sure("cue", cue),
        min(sure("content", part) for part in content),
        float(np.log(begins + 1e-6)),
        float(np.log(links[0] + 1e-6)),
        float(np.log(links[1] + 1e-6)),
        sure("source", source) if source else 0.0,
        float(source is None),
        float(quoted),
        float(np.log(sum(end - first for first, end in content))),
    )


def score(evidence: Sequence[float], weights: Mapping[str, Floats]) -> float:
    """The probability that an attribution is right, by logistic regression."""
    logit = float(np.dot(weights["score.weight"], np.array(evidence))) + float(weights["score.bias"][0])
    return 1 / (1 + float(np.exp(-logit)))

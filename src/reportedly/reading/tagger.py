"""Finds attributions in an article: source, cue and content, and which belong together.

Words are tagged first (BIO over the three roles, a CRF over the states of a small encoder), then each content picks
its cue and each cue its source, and last the found contents are read again for what is reported inside them.
docs/attribution.md says how well; training/attribution is how the model came about.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from reportedly.reading.models import AttributionModel
from reportedly.records import Span, Spans

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

ROLES = ("source", "cue", "content")
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
CUE = slice(LABELS.index("B-cue"), LABELS.index("I-cue") + 1)
WINDOW = 254  # word pieces read at once, without the two markers around them
CLS, SEP = 101, 102
OUTSIDE, INSIDE, UNCLOSED, OPENS, CLOSES = range(5)  # values of the quotation feature
FEATURE_SIZES = (5, 3, 8, 2)  # quotation, sentence start, paragraph's place, reading inside a content
OPENING, CLOSING = "“„«", "”»"
REACH = 60  # words between spans that may belong together
DISTANCES = (1, 2, 3, 4, 6, 10, 18, 34)
TABLES = ("distance", "paragraph", "sentence", "between", "rank")
TABLE_SIZES = (2 * len(DISTANCES) + 1, 3, 5, 4, 4)
EVIDENCE = ("cue", "content", "content start", "link", "source link", "source", "no source", "quoted", "words")
SHORT_OF_IT = 3  # words that a content may stop before its closing quotation mark
UNSURE = {"source": 0.2, "cue": 0.1}  # probability at which words that were not tagged may still be one
SPARED = 0.1  # probability at which a content may go to a cue that has none
LEAST = 0.3  # score below which nothing is given; chosen on PolNeAR dev
HINTED = 0.1  # probability of a cue in a content from which on it is read again
DEEPEST = 3  # contents within contents that are read again

_SENTENCE = re.compile(r"(?<=[.!?:])[\"”’»)\]]*\s+(?=[\"“‘„«(\[]*[A-Z0-9])")
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Inc|Corp|Co|Ltd|No|Gov|Sen|Rep|etc))\.$")
_CLOSED = re.compile(r"[,.!?]?[\"”»]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """An article as word pieces: what the network reads, and where each word stands in the text.

    ids (pieces,) and features (pieces, 4) are the network's input; first (words,) is each word's first piece;
    start, end, paragraph (words,) its code points and the index of its paragraph; sentence (pieces,) is 0 inside a
    sentence, 1 at its start, 2 at a paragraph's.
    """

    ids: Ints
    features: Ints
    first: Ints
    start: Ints
    end: Ints
    paragraph: Ints

    @property
    def sentence(self) -> Ints:
        """Where sentences (1) and paragraphs (2) begin, by piece."""
        return self.features[:, 1]


def quotation(text: str) -> Ints:
    """(characters,) int64: outside quotation marks, inside, inside a quotation not closed in this text, or a mark."""
    depth = np.zeros(len(text), np.int64)
    opened = -1
    for i, character in enumerate(text):
        straight = character == '"'
        if (character in OPENING or straight) and opened < 0:
            depth[i], opened = OPENS, i
        elif (character in CLOSING or straight) and opened >= 0:
            depth[opened + 1 : i], depth[i], opened = INSIDE, CLOSES, -1
    if opened >= 0:
        depth[opened + 1 :] = UNCLOSED
    return depth


def sentence_starts(text: str) -> set[int]:
    """Offsets where a sentence begins, but for the first; by punctuation and a capital alone."""
    return {match.end() for match in _SENTENCE.finditer(text)}


def lay_out(paragraphs: Sequence[tuple[int, str]], tokenizer: Tokenizer, *, inside: bool = False) -> Sheet:
    """The sheet of an article's paragraphs, each with its offset; `inside` marks contents that are read again."""
    ids: list[int] = []
    rows: list[tuple[int, int, int, int]] = []
    words: list[tuple[int, int, int, int]] = []
    encoded = tokenizer.encode_batch([text for _, text in paragraphs], add_special_tokens=False)
    for number, ((offset, text), encoding) in enumerate(zip(paragraphs, encoded, strict=True)):
        quoted, starts, last, due = quotation(text), sentence_starts(text), None, 2
        pending = sorted(starts, reverse=True)
        for id_, word, (begin, end) in zip(encoding.ids, encoding.word_ids, encoding.offsets, strict=True):
            while pending and pending[-1] <= begin:
                pending.pop()
                due = max(due, 1)
            if word != last:
                words.append((len(ids), offset + begin, offset + end, number))
                last = word
            else:
                words[-1] = (*words[-1][:2], offset + end, number)
            ids.append(id_)
            rows.append((int(quoted[begin]), due, min(number, 7), int(inside)))
            due = 0
    table = np.array(words, np.int64).reshape(-1, 4)
    return Sheet(
        np.array(ids, np.int64),
        np.array(rows, np.int64).reshape(-1, 4),
        *(np.ascontiguousarray(table[:, i]) for i in range(4)),
    )


def cut_windows(sheet: Sheet, *, room: int = WINDOW, first_room: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield [start, end) in pieces: whole paragraphs, as many as fit; a longer one is cut at its sentences or words."""
    total = len(sheet.ids)
    is_word = np.zeros(total + 1, bool)
    is_word[sheet.first] = True
    is_word[total] = True
    ends = {level: np.append(np.flatnonzero(sheet.sentence >= level), total) for level in (1, 2)}
    ends[0] = np.flatnonzero(is_word)
    start, limit = 0, first_room or room
    while start < total:
        end = min(start + room, total)  # a single "word" longer than a window
        for level, most in ((2, limit), (2, room), (1, room), (0, room)):
            fitting = ends[level][(ends[level] > start) & (ends[level] <= start + most)]
            if len(fitting):
                end = int(fitting[-1])
                break
        yield start, end
        start, limit = end, room


def window_input(sheet: Sheet, start: int, end: int) -> tuple[Ints, Ints]:
    """Ids (pieces + 2,) and features (pieces + 2, 4) of the pieces [start, end) between their markers."""
    ids = np.concatenate(([CLS], sheet.ids[start:end], [SEP]))
    features = np.pad(sheet.features[start:end], ((1, 1), (0, 0)))
    features[:, 3] = sheet.features[start, 3]
    return ids, features


# ---------------------------------------------------------------- words to spans


def read_words(sheet: Sheet, model: AttributionModel) -> tuple[Floats, Floats, list[tuple[int, int]]]:
    """States (words, hidden) and emissions (words, labels), float32, and each window's [start, end) in words."""
    states: list[Floats] = []
    windows = []
    for start, end in cut_windows(sheet):
        low, high = (int(i) for i in np.searchsorted(sheet.first, (start, end)))
        if low < high:
            seen = model.encode(*window_input(sheet, start, end))
            states.append(seen[sheet.first[low:high] - start + 1])
            windows.append((low, high))
    joined = np.concatenate(states)
    return joined, joined @ model.weights["emission.weight"].T + model.weights["emission.bias"], windows


def decode(emissions: Floats, windows: Sequence[tuple[int, int]], start: Floats, steps: Floats) -> tuple[Ints, Doubles]:
    """The best label of each word (words,) and the probability of every label (words, labels), under the CRF.

    Windows are decoded side by side, each on its own: padding adds nothing to a score. Viterbi (1967) and the
    forward-backward algorithm, scaled at each step.
    """
    longest = max(high - low for low, high in windows)
    scores = np.zeros((longest, len(windows), len(LABELS)))
    live = np.zeros((longest, len(windows), 1), bool)
    for i, (low, high) in enumerate(windows):
        scores[: high - low, i], live[: high - low, i] = emissions[low:high], True
    best = _viterbi(scores, live, start.astype(np.float64), steps.astype(np.float64))
    chances = _marginals(scores, live, start.astype(np.float64), steps.astype(np.float64))
    labels, posterior = (
        np.concatenate([table[: high - low, i] for i, (low, high) in enumerate(windows)]) for table in (best, chances)
    )
    return labels, posterior


def _viterbi(scores: Doubles, live: NDArray[np.bool_], start: Doubles, steps: Doubles) -> Ints:
    """(words, windows) labels; scores (words, windows, labels), live (words, windows, 1)."""
    longest, count, labels = scores.shape
    came = np.zeros((longest, count, labels), np.int64)
    reached = start + scores[0]
    for t in range(1, longest):
        moves = reached[:, :, None] + steps
        came[t] = np.where(live[t], moves.argmax(1), np.arange(labels))
        reached = np.where(live[t], moves.max(1) + scores[t], reached)
    best = np.zeros((longest, count), np.int64)
    best[-1] = reached.argmax(1)
    rows = np.arange(count)
    for t in range(longest - 1, 0, -1):
        best[t - 1] = came[t, rows, best[t]]
    return best


def _marginals(scores: Doubles, live: NDArray[np.bool_], start: Doubles, steps: Doubles) -> Doubles:
    """(words, windows, labels) posterior probabilities."""
    weights = np.where(live, np.exp(scores - scores.max(2, keepdims=True)), 1.0)
    moves = np.exp(steps)
    forward, backward = np.empty_like(weights), np.empty_like(weights)
    forward[0] = np.exp(start) * weights[0]
    forward[0] /= forward[0].sum(1, keepdims=True)
    for t in range(1, len(weights)):
        reached = (forward[t - 1][:, :, None] * moves).sum(1) * weights[t]
        forward[t] = np.where(live[t], reached / reached.sum(1, keepdims=True), forward[t - 1])
    backward[-1] = 1.0
    for t in range(len(weights) - 1, 0, -1):
        ahead = (moves * (weights[t] * backward[t])[:, None, :]).sum(2)
        backward[t - 1] = np.where(live[t], ahead / ahead.sum(1, keepdims=True), backward[t])
    both = forward * backward
    posterior: Doubles = both / both.sum(2, keepdims=True)
    return posterior


def runs(labels: Ints, paragraph: Ints) -> dict[str, Ints]:
    """By role, the spans as [first, end) in words, (spans, 2) int64; none runs on into another paragraph."""
    role = (labels + 1) // 2
    changes = (np.diff(role, prepend=0) != 0) | (np.diff(paragraph, prepend=-1) != 0)
    begins = (role > 0) & ((labels % 2 == 1) | changes)
    stops = np.append((role[1:] != role[:-1]) | begins[1:], True)
    found = {}
    for number, name in enumerate(ROLES, 1):
        first, last = np.flatnonzero(begins & (role == number)), np.flatnonzero(stops & (role == number))
        found[name] = np.stack([first, last + 1], axis=1)
    return found


# ---------------------------------------------------------------- which belong together


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
    beyond = np.concatenate([states, np.zeros((1, states.shape[1]), states.dtype)])
    sums = np.add.reduceat(beyond, spans.ravel(), axis=0)[::2]
    mean = sums / (spans[:, 1] - spans[:, 0])[:, None].astype(np.float32)
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


# ---------------------------------------------------------------- the whole article


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
class Draft:
    """An attribution in words, each span [first, end), and what its score is made of, as EVIDENCE names it.

    `hint` is the highest probability that a word of the content is a cue.
    """

    source: tuple[int, int] | None
    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    evidence: tuple[float, ...]
    hint: float


def tag_attributions(
    paragraphs: Sequence[tuple[int, str]], model: AttributionModel, *, nested: bool = True, least: float = LEAST
) -> tuple[Found, ...]:
    """The attributions of an article's prose, in the order of their cues; where `nested`, those within contents too.

    A paragraph is its offset in the article's text and its words. What scores below `least` is left out. The answer
    depends on these paragraphs alone.
    """
    kept = tuple(p for p in paragraphs if p[1].strip())
    found, hints = _split(_found(kept, model, inside=None), least)
    begin, depth = 0, 0
    while nested and begin < len(found) and depth < DEEPEST:
        outer, begin, depth = range(begin, len(found)), len(found), depth + 1
        for i in outer:
            parts = _parts(found[i].content, kept)
            if hints[i] >= HINTED or _can_report(parts, model):
                more, more_hints = _split(_found(parts, model, inside=i), least)
                found, hints = found + more, hints + more_hints
    return tuple(found)


def _split(pairs: Iterable[tuple[Found, float]], least: float) -> tuple[list[Found], list[float]]:
    kept = [pair for pair in pairs if pair[0].score >= least]
    return [found for found, _ in kept], [hint for _, hint in kept]


def _found(
    paragraphs: Sequence[tuple[int, str]], model: AttributionModel, *, inside: int | None
) -> Iterator[tuple[Found, float]]:
    """Yield each attribution and the highest probability of a cue among its content's words."""
    sheet = lay_out(paragraphs, model.tokenizer, inside=inside is not None)
    for draft in draft_attributions(sheet, model):
        content = tuple(part for span in draft.content if (part := _cut(span, sheet, paragraphs)))
        if content:
            source = (_span(draft.source, sheet),) if draft.source else ()
            chance = score(draft.evidence, model.weights)
            yield Found(source, (_span(draft.cue, sheet),), content, chance, inside), draft.hint


def _span(span: tuple[int, int], sheet: Sheet) -> Span:
    return Span(int(sheet.start[span[0]]), int(sheet.end[span[1] - 1]))


def _cut(span: tuple[int, int], sheet: Sheet, paragraphs: Sequence[tuple[int, str]]) -> Span | None:
    """A content's span in code points as `trim` cuts it; None where no word would be left."""
    offset, text = paragraphs[int(sheet.paragraph[span[0]])]
    whole = _span(span, sheet)
    start, end = trim(text, whole.start - offset, whole.end - offset)
    return Span(offset + start, offset + end) if _WORD.search(text, start, end) else None


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a content begins and ends in its paragraph: whole quotations, no marks around it, no trailing comma.

    An utterance that has begun with its quotation mark ends with it at the latest; one that stops a few words short
    of it goes on to it. Marks stay around a part of the content.
    """
    marks = quotation(text)
    return _bare(text, marks, *_snap(text, marks, start, end))


def _snap(text: str, marks: Ints, start: int, end: int) -> tuple[int, int]:
    """Borders moved to quotation marks nearby."""
    if start and marks[start - 1] == OPENS:
        start -= 1
    closed = _next_close(marks, start) if marks[start] in (OPENS, INSIDE) else -1
    if 0 <= closed < end - 1 and text[closed - 1] in ",.?!" and OPENS not in marks[closed:end]:
        return start, closed + 1
    if marks[end - 1] in (OPENS, INSIDE):
        closed = _next_close(marks, end - 1)
        if closed >= 0 and len(text[end:closed].split()) <= SHORT_OF_IT:
            return start, closed + 1
    return start, end


def _bare(text: str, marks: Ints, start: int, end: int) -> tuple[int, int]:
    """Without the marks of a quotation that holds all of it, and without punctuation that belongs to the sentence."""
    end = _last_letter(text, start, end)
    if start < end and marks[start] == OPENS and not 0 <= _next_close(marks, start) < end - 1:
        start += 1
    if start < end and marks[end - 1] == CLOSES and not (marks[start:end] == OPENS).any():
        end -= 1
    while start < end and (text[start].isspace() or text[start] in ",;:–—-"):
        start += 1
    return start, _last_letter(text, start, end)


def _last_letter(text: str, start: int, end: int) -> int:
    """The end without commas, dashes, spaces and the sentence's stop; the point of an abbreviation stays."""
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;:–—-"):
        end -= 1
    if start < end and text[end - 1] == "." and not _ABBREVIATION.search(text, start, end):
        end -= 1
    return end


def _next_close(marks: Ints, after: int) -> int:
    at = np.flatnonzero(marks[after:] == CLOSES)
    return after + int(at[0]) if len(at) else -1


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


def _can_report(parts: Sequence[tuple[int, str]], model: AttributionModel) -> bool:
    """Whether one of the words is among those that report more often than not."""
    words = {word for _, text in parts for word in _WORD.findall(text.lower())}
    return not words.isdisjoint(model.card["reporting"])


def draft_attributions(sheet: Sheet, model: AttributionModel) -> tuple[Draft, ...]:
    """The attributions of a sheet, in the order of their cues."""
    if not len(sheet.first):
        return ()
    states, emissions, windows = read_words(sheet, model)
    labels, posterior = decode(emissions, windows, model.weights["crf.start"], model.weights["crf.steps"])
    return link(sheet, states, runs(labels, sheet.paragraph), posterior, model.weights)


def link(
    sheet: Sheet, states: Floats, spans: Mapping[str, Ints], posterior: Doubles, weights: Mapping[str, Floats]
) -> tuple[Draft, ...]:
    """Give each content its cue and each cue its source; cues and contents that stay alone are dropped."""
    contents, cues = spans["content"], _all_cues(sheet, states, spans, posterior, weights)
    if not len(cues) or not len(contents):
        return ()
    ones, others = span_vectors(states, contents), span_vectors(states, cues)
    cue_of, sure = spread(weigh("content", ones, others, pair_up(sheet, contents, cues, cues), weights))
    sources, source_of, named = _choose_sources(sheet, states, {**spans, "cue": cues}, posterior, weights)
    drafts = []
    for i in np.unique(cue_of[cue_of >= 0]):
        parts = np.flatnonzero(cue_of == i)
        source = _pair(sources[source_of[i]]) if source_of[i] >= 0 else None
        content = tuple(_pair(contents[part]) for part in parts)
        links = float(sure[parts].min()), float(named[i])
        evidence = _evidence(sheet, posterior, source, _pair(cues[i]), content, links)
        hint = max(float(posterior[first:end, CUE].sum(1).max()) for first, end in content)
        drafts.append(Draft(source, _pair(cues[i]), content, evidence, hint))
    return tuple(drafts)


def _all_cues(
    sheet: Sheet, states: Floats, spans: Mapping[str, Ints], posterior: Doubles, weights: Mapping[str, Floats]
) -> Ints:
    """The cues in order, and those not sure enough to be tagged that a content without a cue picks."""
    cues, contents = spans["cue"], spans["content"]
    more = _unsure("cue", spans, posterior, sheet.paragraph)
    if not len(contents) or not len(more):
        return cues
    vectors, known = span_vectors(states, contents), span_vectors(states, cues)
    cue_of, _ = choose("content", vectors, known, pair_up(sheet, contents, cues, cues), weights)
    alone, all_cues = np.flatnonzero(cue_of < 0), np.concatenate([cues, more])
    pairs = pair_up(sheet, contents[alone], all_cues, cues)
    picked, _ = choose("content", vectors[alone], span_vectors(states, all_cues), pairs, weights)
    chosen = np.concatenate([cues, all_cues[np.unique(picked[picked >= len(cues)])]])
    return chosen[np.argsort(chosen[:, 0], kind="stable")]


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

"""Words to spans: the label of each word of an article, and how likely every label is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from reportedly.reading.models import AttributionModel
from reportedly.reading.tagger_sheet import Sheet, window_input

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

ROLES = ("source", "cue", "content")
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")


def read_words(
    sheet: Sheet, model: AttributionModel, windows: Iterable[tuple[int, int]]
) -> tuple[Floats, Floats, list[tuple[int, int]]]:
    """States (words, hidden) and emissions (words, labels), float32, and the [start, end) in words of each window.

    Windows are [start, end) in pieces. Words in none of them have states of nought.
    """
    head = model.weights["emission.weight"]
    states = np.zeros((len(sheet.first), head.shape[1]), np.float32)
    stretches = []
    for start, end in windows:
        low, high = (int(i) for i in np.searchsorted(sheet.first, (start, end)))
        if low < high:
            seen = model.encode(*window_input(sheet, start, end))
            states[low:high] = seen[sheet.first[low:high] - start + 1]
            stretches.append((low, high))
    return states, states @ head.T + model.weights["emission.bias"], stretches


def decode(emissions: Floats, windows: Sequence[tuple[int, int]], start: Floats, steps: Floats) -> tuple[Ints, Doubles]:
    """The best label of each word (words,) and the probability of every label (words, labels), under the CRF.

    Windows, [start, end) in words, are decoded side by side, each on its own: padding adds nothing to a score. Words in
    none of them have no label for certain. Viterbi (1967) and the forward-backward algorithm, scaled at each step.
    """
    longest = max(high - low for low, high in windows)
    scores = np.zeros((longest, len(windows), len(LABELS)))
    live = np.zeros((longest, len(windows), 1), bool)
    for i, (low, high) in enumerate(windows):
        scores[: high - low, i], live[: high - low, i] = emissions[low:high], True
    best = _viterbi(scores, live, start.astype(np.float64), steps.astype(np.float64))
    chances = _marginals(scores, live, start.astype(np.float64), steps.astype(np.float64))
    labels, posterior = np.zeros(len(emissions), np.int64), np.zeros(emissions.shape)
    posterior[:, 0] = 1.0
    for i, (low, high) in enumerate(windows):
        labels[low:high], posterior[low:high] = best[: high - low, i], chances[: high - low, i]
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

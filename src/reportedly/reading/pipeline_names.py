"""The names that en_core_web_sm's recogniser finds, decoded for all tokens at once.

spaCy goes from token to token and asks of 74 moves each time whether they are allowed. Outside a name the choice hangs
on the token alone, so those are made together; inside one the only question is whether it ends here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from thinc.api import Model

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """What may be done at a token, (moves,) each: begin a name, go on in it, end it, be one alone, or none of these.

    `inside` and `last` are the moves that go on with and that end what a move begins.
    """

    begins: Flags
    alone: Flags
    outside: Flags
    inside: Ints
    last: Ints
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class NameFinder:
    """The recogniser's network, in its three layers, and its moves."""

    embed: Model[Any, Any]
    lower: Model[Any, Any]
    upper: Model[Any, Any]
    moves: Moves

    def apply(self, docs: Sequence[Doc]) -> None:
        """Set the names of paragraphs, as the component itself would."""
        full = [doc for doc in docs if len(doc)]
        if not full:
            return
        states: Floats = self.lower.predict(self.embed.predict(full))
        barred, spaces = _barred(full)
        chosen = self._chosen(states, barred, spaces)
        ends = self._ends(states, chosen, barred)
        begin = 0
        for doc in full:
            names = self._names(chosen, ends, begin, begin + len(doc))
            doc.set_ents([Span(doc, first - begin, end - begin, label) for first, end, label in names])
            begin += len(doc)

    def _scores(self, states: Floats) -> Floats:
        """(states, moves) from the sums of what the layers give for a state's tokens, (states, hidden, pieces)."""
        pieces = np.moveaxis(states + self.lower.get_param("b"), 2, 0)
        scores: Floats = self.upper.predict(np.maximum.reduce(pieces))  # over the first axis, which numpy does fastest
        return scores

    def _chosen(self, states: Floats, barred: Flags, spaces: Flags) -> Ints:
        """(tokens,) the move at each token, if no name is open there."""
        moves = self.moves
        scores = self._scores(states[1:, 0] + states[0, 1] + states[0, 2])
        scores[:, ~(moves.begins | moves.alone | moves.outside)] = -np.inf
        scores[np.ix_(barred | spaces, moves.begins)] = -np.inf
        scores[np.ix_(spaces, moves.alone)] = -np.inf
        chosen: Ints = scores.argmax(1)
        return chosen

    def _ends(self, states: Floats, chosen: Ints, barred: Flags) -> Ints:
        """(tokens,) where a name that begins at a token ends, exclusive."""
        ends = np.arange(1, len(chosen) + 1)
        begun = np.flatnonzero(self.moves.begins[chosen])
        at = begun + 1
        while len(begun):
            scores = self._scores(states[at + 1, 0] + states[begun + 1, 1] + states[at, 2])
            rows, move = np.arange(len(begun)), chosen[begun]
            goes_on = (scores[rows, self.moves.inside[move]] >= scores[rows, self.moves.last[move]]) & ~barred[at]
            ends[begun[~goes_on]] = at[~goes_on] + 1
            begun, at = begun[goes_on], at[goes_on] + 1
        return ends

    def _names(self, chosen: Ints, ends: Ints, begin: int, stop: int) -> Iterator[tuple[int, int, str]]:
        """Yield the names of one paragraph: first token, end, label."""
        free = begin
        for at in (begin + np.flatnonzero(~self.moves.outside[chosen[begin:stop]])).tolist():
            if at >= free:
                free = int(ends[at])
                yield at, free, self.moves.labels[chosen[at]]


def finder_of(recogniser: EntityRecognizer) -> NameFinder:
    """The same recogniser, decoded here."""
    moves = [recogniser.moves.get_class_name(n).partition("-") for n in range(recogniser.moves.n_moves)]
    kinds, labels = np.array([kind for kind, _, _ in moves]), tuple(label for _, _, label in moves)
    where = {(kind, label): n for n, (kind, _, label) in enumerate(moves)}
    inside, last = (np.array([where.get((kind, label), -1) for label in labels]) for kind in "IL")
    named = np.array(list(map(bool, labels)))
    found = Moves((kinds == "B") & named, (kinds == "U") & named, kinds == "O", inside, last, labels)
    network = recogniser.model
    return NameFinder(network.get_ref("tok2vec"), network.get_ref("lower"), network.get_ref("upper"), found)


def _barred(docs: Sequence[Doc]) -> tuple[Flags, Flags]:
    """(tokens,) each: after which no name may go on, for a sentence or the paragraph ends; and which are spaces."""
    starts = np.concatenate([np.append(doc.to_array("SENT_START")[1:], 1) for doc in docs])
    return starts == 1, np.concatenate([doc.to_array("IS_SPACE") for doc in docs]) == 1

"""The network: MiniLM's encoder, told where terms and parties stand, with heads for topics, givers and getters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from network import HIDDEN, Encoder
from torch import Tensor, nn
from torch.nn import functional

from reportedly.reading.terms_windows import FEATURE_SIZES, SIGNS

WIDTH = 192
SIZES = 4
"""Sets of nobody, one, two, and more."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One window as tensors: what is read, and how states are pooled; the pools hold weights that sum to 1 a row.

    ids (pieces,), features (pieces, 6), terms (terms * 3, pieces), names and mentions (parties, pieces), nearest
    (terms, parties), signs (terms, parties, SIGNS).
    """

    ids: Tensor
    features: Tensor
    terms: Tensor
    names: Tensor
    mentions: Tensor
    nearest: Tensor
    signs: Tensor


def sheet_of(window: dict[str, Any]) -> Sheet:
    """A window of examples.py as tensors."""
    pieces, parties = len(window["ids"]), len(window["names"])
    stretches = window["stretches"]
    terms = torch.zeros(len(stretches), 3, pieces)
    for row, at in zip(terms, stretches, strict=True):
        row[0, at], row[1, at[0]], row[2, at[-1]] = 1 / len(at), 1.0, 1.0
    names, mentions = torch.zeros(2, parties, pieces)
    for n, (name, spoken) in enumerate(zip(window["names"], window["mentions"], strict=True)):
        names[n, name] = 1 / len(name)
        mentions[n, spoken or name] = 1 / len(spoken or name)
    return Sheet(
        torch.tensor(window["ids"]),
        torch.tensor(window["features"]),
        terms.flatten(0, 1),
        names,
        mentions,
        torch.tensor(window["nearest"], dtype=torch.int64).view(len(stretches), parties),
        torch.tensor(window["signs"], dtype=torch.float32).view(len(stretches), parties, SIGNS),
    )


class TermReader(nn.Module):
    """Scores of every party for giving and getting each term, of the sizes of both sets, and of the topics."""

    def __init__(self, topics: int) -> None:
        super().__init__()
        self.encoder = Encoder(FEATURE_SIZES)
        self.term = nn.Linear(3 * HIDDEN, WIDTH)
        self.party = nn.Linear(3 * HIDDEN, WIDTH)
        self.of_term, self.of_party = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.of_signs, self.signs = nn.Linear(SIGNS, WIDTH), nn.Linear(SIGNS, 2)
        self.pair = nn.Linear(2 * WIDTH, 2)
        self.sizes = nn.Linear(WIDTH, 2 * SIZES + 1)
        self.topic = nn.Linear(WIDTH, topics)

    def forward(self, states: Tensor, sheet: Sheet, signs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """states (pieces, HIDDEN) to (terms, parties, 2), (terms, 9) and (terms, topics), all logits."""
        term = torch.tanh(self.term(self._drop((sheet.terms @ states).view(-1, 3 * HIDDEN))))
        sides = torch.cat([sheet.names @ states, sheet.mentions @ states], 1)
        seen = torch.cat([sides.expand(len(term), -1, -1), states[sheet.nearest]], 2)
        party = torch.tanh(self.party(self._drop(seen)))
        mixed = functional.relu(self.of_term(term)[:, None] + self.of_party(party) + self.of_signs(signs))
        pairs = self.pair(self._drop(torch.cat([mixed, term[:, None] * party], 2))) + self.signs(signs)
        return pairs, self.sizes(self._drop(term)), self.topic(self._drop(term))

    def _drop(self, x: Tensor) -> Tensor:
        return functional.dropout(x, 0.2, self.training)


def score_choices(pairs: Tensor, sizes: Tensor, held: Tensor) -> Tensor:
    """The score of each set of givers with each of getters (sets, sets).

    pairs (parties, 2) and sizes (9,) are of one term; held (sets, parties) is 1 where a set holds a party.
    """
    many = held.sum(1).long().clamp(max=SIZES - 1)
    gives = held @ pairs[:, 0] + sizes[many]
    gets = held @ pairs[:, 1] + sizes[SIZES + many]
    same = torch.eye(len(held)) * (many > 0)[:, None]
    return gives[:, None] + gets[None] + sizes[-1] * same

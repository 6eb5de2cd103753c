"""The network: MiniLM's encoder with four more input tables, and a linear-chain CRF over the words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from reportedly.reading.tagger_sheet import FEATURE_SIZES
from reportedly.reading.tagger_words import LABELS

HIDDEN, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS = 384, 6, 12, 1536, 30522, 512
NEVER = -1e4


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.out_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.down_norm = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x (windows, pieces, HIDDEN); mask (windows, 1, 1, pieces), True where attended to."""
        windows, pieces, _ = x.shape
        q, k, v = self.qkv(x).view(windows, pieces, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        attention = (q * (HIDDEN // HEADS) ** -0.5) @ k.transpose(-1, -2)  # faster in training than the fused kernel
        if mask is not None:
            attention = attention.masked_fill(~mask, NEVER)
        mixed = attention.softmax(-1).to(v.dtype) @ v
        x = self.out_norm(x + self.out(mixed.transpose(1, 2).reshape(windows, pieces, HIDDEN)))
        return self.down_norm(x + self.down(functional.gelu(self.up(x))))


class Encoder(nn.Module):
    """Word pieces and their features, of so many values each, to states (windows, pieces, HIDDEN)."""

    def __init__(self, sizes: Sequence[int] = FEATURE_SIZES) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.places = nn.Embedding(POSITIONS, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.features = nn.ModuleList(nn.Embedding(size, HIDDEN) for size in sizes)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        for table in self.features:
            nn.init.zeros_(table.weight)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> Tensor:
        """ids (windows, pieces), features (windows, pieces, tables) int64; mask as in Layer."""
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.kind
        for i, table in enumerate(self.features):
            x = x + table(features[..., i])
        x = self.norm(x)
        for layer in self.layers:
            x = layer(x, mask)
        return x


def load_minilm(encoder: Encoder, folder: Path) -> None:
    """Fill the encoder from a MiniLM folder with model.safetensors (all-MiniLM-L6-v2, Apache-2.0)."""
    from safetensors.torch import load_file

    given = {name.removeprefix("bert."): value for name, value in load_file(folder / "model.safetensors").items()}
    named = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "places.weight": given["embeddings.position_embeddings.weight"],
        "kind": given["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    theirs = {
        "out": "attention.output.dense",
        "out_norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "down_norm": "output.LayerNorm",
    }
    for i in range(LAYERS):
        for part in ("weight", "bias"):
            at = f"encoder.layer.{i}"
            qkv = [given[f"{at}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            named[f"layers.{i}.qkv.{part}"] = torch.cat(qkv)
            for ours, name in theirs.items():
                named[f"layers.{i}.{ours}.{part}"] = given[f"{at}.{name}.{part}"]
    missing, unexpected = encoder.load_state_dict(named, strict=False)
    if unexpected or not all(name.startswith("features.") for name in missing):
        raise ValueError(f"{folder} is no MiniLM: missing {missing}, unexpected {unexpected}")


def forbidden() -> tuple[Tensor, Tensor]:
    """What a label sequence cannot hold, as penalties: (labels,) at its start, (labels, labels) between two."""
    start, steps = torch.zeros(len(LABELS)), torch.zeros(len(LABELS), len(LABELS))
    for j, label in enumerate(LABELS):
        if label.startswith("I-"):
            start[j] = NEVER
            for i, before in enumerate(LABELS):
                if before[2:] != label[2:]:
                    steps[i, j] = NEVER
    return start, steps


class Tagger(nn.Module):
    """Scores of the labels of each word, and the negative log-likelihood of a labelling under a CRF."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.head = nn.Linear(HIDDEN, len(LABELS))
        self.start = nn.Parameter(torch.zeros(len(LABELS)))
        self.steps = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        never_start, never_steps = forbidden()
        self.register_buffer("never_start", never_start, persistent=False)
        self.register_buffer("never_steps", never_steps, persistent=False)

    def emit(self, states: Tensor, first: Tensor) -> Tensor:
        """(windows, words, labels) logits at each word's first piece; first (windows, words) counts pieces."""
        at = first.unsqueeze(-1).expand(-1, -1, HIDDEN)
        states = functional.dropout(states.float().gather(1, at), 0.1, self.training)
        return self.head(states)

    def loss(self, emissions: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
        """Mean over words of the negative log-likelihood; labels (windows, words) int64, mask the same, bool."""
        start, steps = self.start + self.never_start, self.steps + self.never_steps
        steps_taken = steps[labels[:, :-1], labels[:, 1:]] * mask[:, 1:]
        chosen = emissions.gather(2, labels.unsqueeze(2)).squeeze(2) * mask
        gold = start[labels[:, 0]] + chosen.sum(1) + steps_taken.sum(1)
        alpha = start + emissions[:, 0]
        for emission, live in zip(emissions.unbind(1)[1:], mask.unbind(1)[1:], strict=True):
            moved = torch.logsumexp(alpha.unsqueeze(2) + steps, 1) + emission
            alpha = torch.where(live.unsqueeze(1), moved, alpha)
        return (torch.logsumexp(alpha, 1) - gold).sum() / mask.sum()

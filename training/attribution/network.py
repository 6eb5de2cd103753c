"""The network: MiniLM's encoder, or the teacher's, with four more input tables, and a linear-chain CRF over words."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from reportedly.reading.tagger_sheet import FEATURE_SIZES
from reportedly.reading.tagger_words import LABELS

VOCABULARY, POSITIONS = 30522, 512
NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Shape:
    """How large an encoder is; `buckets` of distances that bias attention, none in BERT."""

    hidden: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    buckets: int = 0


MINILM = Shape(384, 6, 12, 1536, 1e-12)
MPNET = Shape(768, 12, 12, 3072, 1e-5, 32)
HIDDEN, LAYERS, HEADS, INNER = MINILM.hidden, MINILM.layers, MINILM.heads, MINILM.inner


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads, hidden = shape.heads, shape.hidden
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.out_norm = nn.LayerNorm(hidden, eps=shape.epsilon)
        self.up = nn.Linear(hidden, shape.inner)
        self.down = nn.Linear(shape.inner, hidden)
        self.down_norm = nn.LayerNorm(hidden, eps=shape.epsilon)

    def forward(self, x: Tensor, mask: Tensor | None, bias: Tensor | None = None) -> Tensor:
        """x (windows, pieces, hidden); mask (windows, 1, 1, pieces), True where attended to.

        bias (heads, pieces, pieces) is added to what each piece makes of each other.
        """
        windows, pieces, hidden = x.shape
        q, k, v = self.qkv(x).view(windows, pieces, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4)
        # faster in training than the fused kernel
        attention = (q * (hidden // self.heads) ** -0.5) @ k.transpose(-1, -2)
        if bias is not None:
            attention = attention + bias
        if mask is not None:
            attention = attention.masked_fill(~mask, NEVER)
        mixed = attention.softmax(-1).to(v.dtype) @ v
        x = self.out_norm(x + self.out(mixed.transpose(1, 2).reshape(windows, pieces, hidden)))
        return self.down_norm(x + self.down(functional.gelu(self.up(x))))


def distance_buckets(pieces: int, buckets: int) -> Tensor:
    """(pieces, pieces) int64, from each piece to each: near distances one by one, far ones by their logarithm.

    Method: relative position buckets of T5 (Raffel et al. 2020), as MPNet (Song et al. 2020) has them.
    """
    half, exact = buckets // 2, buckets // 4
    away = torch.arange(pieces)[None, :] - torch.arange(pieces)[:, None]
    far = exact + (away.abs().clamp(min=1).float().div(exact).log() / math.log(128 / exact) * (half - exact)).long()
    near = torch.where(away.abs() < exact, away.abs(), far.clamp(max=half - 1))
    return near + half * (away > 0)


class Encoder(nn.Module):
    """Word pieces and their features, of so many values each, to states (windows, pieces, hidden)."""

    def __init__(self, sizes: Sequence[int] = FEATURE_SIZES, shape: Shape = MINILM) -> None:
        super().__init__()
        self.shape, hidden = shape, shape.hidden
        self.words = nn.Embedding(VOCABULARY, hidden)
        self.places = nn.Embedding(POSITIONS, hidden)
        self.kind = nn.Parameter(torch.zeros(hidden))
        self.features = nn.ModuleList(nn.Embedding(size, hidden) for size in sizes)
        self.norm = nn.LayerNorm(hidden, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.distances = nn.Embedding(shape.buckets, shape.heads) if shape.buckets else None
        for table in self.features:
            nn.init.zeros_(table.weight)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> Tensor:
        """ids (windows, pieces), features (windows, pieces, tables) int64; mask as in Layer."""
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.kind
        for i, table in enumerate(self.features):
            x = x + table(features[..., i])
        x, bias = self.norm(x), None
        if self.distances is not None:
            bias = self.distances(distance_buckets(ids.shape[1], self.shape.buckets)).permute(2, 0, 1)
        for layer in self.layers:
            x = layer(x, mask, bias)
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


def load_mpnet(encoder: Encoder, folder: Path, pieces: dict[str, int]) -> None:
    """Fill the encoder from a folder of all-mpnet-base-v2 (Apache-2.0), its word pieces in the order of MiniLM's.

    `pieces` is the vocabulary of MiniLM's tokenizer; both cut words alike, but for the names of the marks.
    """
    from safetensors.torch import load_file

    given = load_file(folder / "model.safetensors")
    theirs = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    marks = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
    order = [theirs[marks.get(piece, piece)] for piece in sorted(pieces, key=pieces.__getitem__)]
    named = {
        "words.weight": given["embeddings.word_embeddings.weight"][order],
        "places.weight": given["embeddings.position_embeddings.weight"][2:],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
        "distances.weight": given["encoder.relative_attention_bias.weight"],
    }
    parts = {
        "out": "attention.attn.o",
        "out_norm": "attention.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "down_norm": "output.LayerNorm",
    }
    for i in range(encoder.shape.layers):
        for part in ("weight", "bias"):
            at = f"encoder.layer.{i}"
            named[f"layers.{i}.qkv.{part}"] = torch.cat([given[f"{at}.attention.attn.{n}.{part}"] for n in "qkv"])
            for ours, name in parts.items():
                named[f"layers.{i}.{ours}.{part}"] = given[f"{at}.{name}.{part}"]
    missing, unexpected = encoder.load_state_dict(named, strict=False)
    if unexpected or not all(name == "kind" or name.startswith("features.") for name in missing):
        raise ValueError(f"{folder} is no MPNet: missing {missing}, unexpected {unexpected}")


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

    def __init__(self, shape: Shape = MINILM) -> None:
        super().__init__()
        self.encoder = Encoder(shape=shape)
        self.head = nn.Linear(shape.hidden, len(LABELS))
        self.start = nn.Parameter(torch.zeros(len(LABELS)))
        self.steps = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        never_start, never_steps = forbidden()
        self.register_buffer("never_start", never_start, persistent=False)
        self.register_buffer("never_steps", never_steps, persistent=False)

    def emit(self, states: Tensor, first: Tensor) -> Tensor:
        """(windows, words, labels) logits at each word's first piece; first (windows, words) counts pieces."""
        at = first.unsqueeze(-1).expand(-1, -1, states.shape[2])
        states = functional.dropout(states.float().gather(1, at), 0.1, self.training)
        return self.head(states)

    def loss(self, emissions: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
        """Mean over words of the negative log-likelihood; labels (windows, words) int64, mask the same, bool."""
        start, steps = self._grammar()
        steps_taken = steps[labels[:, :-1], labels[:, 1:]] * mask[:, 1:]
        chosen = emissions.gather(2, labels.unsqueeze(2)).squeeze(2) * mask
        gold = start[labels[:, 0]] + chosen.sum(1) + steps_taken.sum(1)
        alpha = start + emissions[:, 0]
        for emission, live in zip(emissions.unbind(1)[1:], mask.unbind(1)[1:], strict=True):
            moved = torch.logsumexp(alpha.unsqueeze(2) + steps, 1) + emission
            alpha = torch.where(live.unsqueeze(1), moved, alpha)
        return ((torch.logsumexp(alpha, 1) - gold) * mask[:, 0]).sum() / mask.sum()

    def marginals(self, emissions: Tensor, mask: Tensor) -> Tensor:
        """(windows, words, labels) log-chance of each label of each word, 0 off mask, by forward-backward."""
        start, steps = self._grammar()
        alpha = start + emissions[:, 0]
        ahead = [alpha]
        for emission, live in zip(emissions.unbind(1)[1:], mask.unbind(1)[1:], strict=True):
            moved = torch.logsumexp(alpha.unsqueeze(2) + steps, 1) + emission
            alpha = torch.where(live.unsqueeze(1), moved, alpha)
            ahead.append(alpha)
        beta = torch.zeros_like(alpha)
        behind = [beta]
        for emission, live in zip(reversed(emissions.unbind(1)[1:]), reversed(mask.unbind(1)[1:]), strict=True):
            moved = torch.logsumexp(steps + (beta + emission).unsqueeze(1), 2)
            beta = torch.where(live.unsqueeze(1), moved, beta)
            behind.append(beta)
        both = torch.stack(ahead, 1) + torch.stack(behind[::-1], 1)
        return both.log_softmax(2) * mask.unsqueeze(2)

    def _grammar(self) -> tuple[Tensor, Tensor]:
        """The scores of a first label and of one after another, those that cannot be far below all others."""
        return self.start + self.never_start, self.steps + self.never_steps

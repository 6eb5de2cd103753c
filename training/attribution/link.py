"""Train the linker on a trained tagger's states, then calibrate the scores, and write heads.npz.

usage: link.py --data FOLDER --tagger RUN/tagger.pt --minilm FOLDER --out FOLDER [--seed 1] [--threads 1]

The encoder is frozen: states of gold spans are computed once. Spans are left out at random, so that a content whose
cue was missed learns to pick none. Calibration is a logistic regression on what the whole reader finds on dev; its
reliability table comes from ten folds over articles.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from network import HIDDEN, Tagger
from tokenizers import Tokenizer
from torch import Tensor, nn
from train import Article, build, read_articles, stack, windows_of, words_of

from reportedly.reading.tagger_links import TABLE_SIZES, TABLES, Pairs, pair_up, span_vectors
from reportedly.reading.tagger_sheet import Sheet
from reportedly.reading.tagger_words import ROLES

SIZE = 128
DROPPED = 0.08  # share of the spans that an article is shown without
KINDS = {"content": ("content", "cue"), "source": ("cue", "source")}


class Linker(nn.Module):
    """Scores of the others that one span may belong to, and of none; its names are those of `choose`'s weights."""

    def __init__(self) -> None:
        super().__init__()
        self.one, self.other = nn.Linear(3 * HIDDEN, SIZE), nn.Linear(3 * HIDDEN, SIZE)
        self.both = nn.Parameter(torch.randn(SIZE, SIZE) / SIZE)
        self.alone, self.none = nn.Parameter(torch.zeros(SIZE)), nn.Parameter(torch.zeros(SIZE))
        self.none_bias = nn.Parameter(torch.zeros(1))
        for name, size in zip(TABLES, TABLE_SIZES, strict=True):
            self.register_parameter(name, nn.Parameter(torch.zeros(size)))

    def forward(self, ones: Tensor, others: Tensor, pairs: Pairs) -> Tensor:
        """Logits (ones, 1 + others), the first for none."""
        ones = nn.functional.dropout(ones, 0.2, self.training)
        others = nn.functional.dropout(others, 0.2, self.training)
        a, b = torch.tanh(self.one(ones)), torch.tanh(self.other(others))
        scores = a @ self.both @ b.T + (b @ self.alone)[None]
        for name, at in zip(TABLES, pairs.tables, strict=True):
            scores = scores + getattr(self, name)[torch.from_numpy(at)]
        scores = scores.masked_fill(~torch.from_numpy(pairs.ok), -1e9)
        return torch.cat([(a @ self.none + self.none_bias)[:, None], scores], dim=1)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """An article's gold spans [first, end) in words by role, their vectors, and which belong together.

    cue_of (contents,) and source_of (cues,) are indices, -1 for none.
    """

    sheet: Sheet
    spans: dict[str, np.ndarray]
    vectors: dict[str, np.ndarray]
    belongs: dict[str, np.ndarray]


@torch.no_grad()
def states_of(model: Tagger, article: Article) -> np.ndarray:
    """(words, hidden) float32 states."""
    model.eval()
    windows = windows_of(article)
    parts = []
    for i in range(0, len(windows), 8):
        ids, features, mask, first, _, live = stack(windows[i : i + 8])
        with torch.autocast("cpu", torch.bfloat16):
            states = model.encoder(ids, features, mask)
        at = first.unsqueeze(-1).expand(-1, -1, HIDDEN)
        parts.append(states.float().gather(1, at)[live].numpy())
    return np.concatenate(parts)


def spans_in_words(sheet: Sheet, pairs: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Code point spans as spans of words, one for each paragraph that they touch."""
    found = []
    for pair in pairs:
        at = np.flatnonzero(words_of(sheet, [tuple(pair)]))
        parts = np.split(at, np.flatnonzero(np.diff(sheet.paragraph[at])) + 1)
        found.extend((int(part[0]), int(part[-1]) + 1) for part in parts if len(part))
    return found


def gold_case(article: Article, states: np.ndarray) -> Case:
    """The article's gold spans and links; an attribution with several cues counts by its first."""
    known: dict[str, dict[tuple[int, int], int]] = {role: {} for role in ROLES}
    cue_of: dict[int, int] = {}
    source_of: dict[int, int] = {}

    def number(role: str, span: tuple[int, int]) -> int:
        return known[role].setdefault(span, len(known[role]))

    for attribution in article.example["attributions"]:
        parts = {role: spans_in_words(article.sheet, attribution[role]) for role in ROLES}
        cues = [number("cue", span) for span in parts["cue"]]
        sources = [number("source", span) for span in parts["source"]]
        for span in parts["content"]:
            cue_of[number("content", span)] = cues[0] if cues else -1
        if cues:
            source_of[cues[0]] = sources[0] if sources else -1
    spans = {role: np.array(list(known[role]), np.int64).reshape(-1, 2) for role in ROLES}
    belongs = {
        "content": np.array([cue_of[i] for i in range(len(spans["content"]))], np.int64),
        "source": np.array([source_of.get(i, -1) for i in range(len(spans["cue"]))], np.int64),
    }
    vectors = {role: span_vectors(states, spans[role]) for role in ROLES}
    return Case(article.sheet, spans, vectors, belongs)


def thin_out(case: Case, kept: dict[str, np.ndarray]) -> Case:
    """The case without some of its spans; what belonged to them belongs to none. kept: by role, bool."""
    new = {role: np.where(kept[role], np.cumsum(kept[role]) - 1, -1) for role in ROLES}
    belongs = {}
    for kind, (one, other) in KINDS.items():
        old = case.belongs[kind][kept[one]]
        at = np.append(new[other], -1)
        belongs[kind] = at[old]
    return Case(
        case.sheet,
        {role: case.spans[role][kept[role]] for role in ROLES},
        {role: case.vectors[role][kept[role]] for role in ROLES},
        belongs,
    )


def logits(linker: Linker, case: Case, kind: str) -> tuple[Tensor, Tensor]:
    """The linker's scores for a case and the right choices, 0 for none."""
    one, other = KINDS[kind]
    pairs = pair_up(case.sheet, case.spans[one], case.spans[other], case.spans["cue"])
    scores = linker(torch.from_numpy(case.vectors[one]), torch.from_numpy(case.vectors[other]), pairs)
    right = case.belongs[kind].copy()
    reachable = pairs.ok[np.arange(len(right)), np.maximum(right, 0)] if pairs.ok.size else np.zeros(len(right), bool)
    right[~reachable] = -1
    return scores, torch.from_numpy(right + 1)


def train_linker(kind: str, cases: list[Case], dev: list[Case], *, epochs: int, seed: int) -> tuple[Linker, float]:
    """The linker of one kind, and the share of dev choices that it makes right on gold spans."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    linker = Linker()
    optimizer = torch.optim.AdamW(linker.parameters(), lr=1e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / (epochs * (len(cases) // 8 + 1)))
    for _ in range(epochs):
        linker.train()
        order = chance.permutation(len(cases))
        for group in np.array_split(order, len(cases) // 8 + 1):
            losses = []
            for i in group:
                kept = {role: chance.random(len(cases[i].spans[role])) >= DROPPED for role in ROLES}
                case = thin_out(cases[i], kept)
                if len(case.spans[KINDS[kind][0]]):
                    losses.append(nn.functional.cross_entropy(*logits(linker, case, kind), reduction="sum"))
            if losses:
                optimizer.zero_grad()
                (sum(losses) / len(losses) / 10).backward()
                optimizer.step()
            schedule.step()
    return linker.eval(), accuracy(linker.eval(), dev, kind)


@torch.no_grad()
def accuracy(linker: Linker, cases: list[Case], kind: str) -> float:
    """Share of the choices that are right, in per cent."""
    right = total = 0
    for case in cases:
        if len(case.spans[KINDS[kind][0]]):
            scores, wanted = logits(linker, case, kind)
            right += int((scores.argmax(1) == wanted).sum())
            total += len(wanted)
    return 100 * right / total


def named_weights(kind: str, linker: Linker) -> dict[str, np.ndarray]:
    """The arrays of a linker as `choose` reads them."""
    state = {name: value.detach().numpy() for name, value in linker.state_dict().items()}
    return {f"{kind}.{name.replace('none_bias', 'none.bias')}": value for name, value in state.items()}


def heads(model: Tagger) -> dict[str, np.ndarray]:
    """The tagger's own head and the CRF's weights, what cannot be included."""
    return {
        "emission.weight": model.head.weight.detach().numpy(),
        "emission.bias": model.head.bias.detach().numpy(),
        "crf.start": (model.start + model.never_start).detach().numpy(),
        "crf.steps": (model.steps + model.never_steps).detach().numpy(),
    }


def load_tagger(path: Path, minilm: Path) -> Tagger:
    """A tagger with the weights of a run."""
    model = build(minilm)
    model.load_state_dict(torch.load(path, weights_only=True), strict=False)
    return model.eval()


def read_cases(model: Tagger, articles: list[Article]) -> list[Case]:
    """The cases of articles that have an attribution."""
    return [gold_case(a, states_of(model, a)) for a in articles if a.example["attributions"]]


def main() -> None:
    """Train both linkers and write their weights beside the tagger's heads."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "out", "minilm", "tagger"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(options.minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    model = load_tagger(options.tagger, options.minilm)
    read: dict[str, list[Case]] = {}
    for name in ("train", "gold", "nested", "dev"):
        read[name] = read_cases(model, read_articles(options.data / f"{name}.jsonl", tokenizer))
        print(f"{name}: {len(read[name])} texts encoded", flush=True)
    stored: dict[str, Any] = heads(model)
    reached = {}
    for kind in KINDS:
        cases = read["train"] + read["gold"] + read["nested"]
        linker, reached[kind] = train_linker(kind, cases, read["dev"], epochs=options.epochs, seed=options.seed)
        stored |= named_weights(kind, linker)
        print(f"{kind}: {reached[kind]:.1f} % right on dev's gold spans", flush=True)
    np.savez(options.out / "linked.npz", **stored)
    (options.out / "link.json").write_text(json.dumps(reached))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Train the network that says what each term is about and who gives and gets it.

usage: learn.py --data FOLDER --out FOLDER --minilm FOLDER [--texts NAME,NAME] [--fold K --folds 4] [--epochs 8]

FOLDER has what examples.py wrote; --texts names its files to learn from. With --fold, every story whose number is K
modulo --folds is left out of the learning. The network's leanings on all that was left out, and on the other files, go
to OUT/leanings.json, its weights to OUT/network.pt. Seeded; one thread, and some nine minutes of it.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from heads import Sheet, TermReader, score_choices, sheet_of
from network import load_minilm
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from reportedly.reading.tagger_sheet import CLS, SEP
from reportedly.reading.terms_windows import FEATURE_SIZES
from reportedly.records import Topic

MASK, BATCH, DECAY, SMOOTH = 103, 4, 0.99, 0.05
UNNAMED, UNSIGNED, HIDDEN_PIECES = 0.3, 0.2, 0.05
"""How often a party's names are masked, a term's signs are blanked, and a piece is masked."""
OWN, CLAUSES = 1.5, 16
"""What a term of the first file's articles counts; clauses of examples.tsv in a batch of their own."""
TOPICS = tuple(t.value for t in Topic)
EXAMPLES = Path(__file__).resolve().parent.parent / "topics" / "examples.tsv"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What is right for a term: its topic, and which of the sets of parties (sets, parties) gives and gets."""

    topic: int | None
    held: Tensor
    gives: int | None
    gets: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A window, what is right for its terms, and what they count."""

    article: str
    story: str
    parties: list[str]
    numbers: list[int]
    sheet: Sheet
    wanted: list[Wanted]
    weight: float


def read_windows(path: Path, weight: float) -> list[Window]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        for window in article["windows"]:
            wanted = [wanted_of(article["terms"][n], len(article["parties"])) for n in window["terms"]]
            where = (article["name"], article["story"], article["parties"], window["terms"])
            found.append(Window(*where, sheet_of(window), wanted, weight))
    return found


def wanted_of(term: Json, parties: int) -> Wanted:
    sets = [tuple(each) for each in term["sets"]]
    held = torch.zeros(len(sets), parties)
    for row, each in zip(held, sets, strict=True):
        row[list(each)] = 1
    topic = TOPICS.index(term["topic"]) if term["topic"] in TOPICS else None
    gives, gets = (None if term[role] is None else sets.index(tuple(term[role])) for role in ("gives", "gets"))
    return Wanted(topic, held, gives, gets)


def read_clauses(tokenizer: Tokenizer) -> list[Window]:
    """The clauses of examples.tsv, each a window with a term and nobody at the table."""
    found = []
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines()[2:]:
        topic, text = line.split("\t")
        ids = [CLS, SEP, SEP, *tokenizer.encode(text, add_special_tokens=False).ids, SEP]
        features = [[0] * len(FEATURE_SIZES) for _ in ids]
        stretch = list(range(3, len(ids) - 1))
        for n in stretch:
            features[n][5] = 1 + (n > 3)
        window = {"ids": ids, "features": features, "stretches": [stretch], "names": [], "mentions": []}
        sheet = sheet_of(window | {"nearest": [[]], "signs": [[]]})
        wanted = Wanted(TOPICS.index(topic), torch.zeros(1, 0), None, None)
        found.append(Window("", "", [], [0], sheet, [wanted], 0.3))
    return found


def batches(windows: list[Window], clauses: list[Window], chance: random.Random) -> Iterator[list[Window]]:
    """Shuffled batches, the clauses apart."""
    made = [shuffled[n : n + size] for shuffled, size in ((chance.sample(windows, len(windows)), BATCH),
            (chance.sample(clauses, len(clauses)), CLAUSES)) for n in range(0, len(shuffled), size)]  # fmt: skip
    yield from chance.sample(made, len(made))


def states_of(model: TermReader, windows: list[Window], chance: random.Random | None) -> list[Tensor]:
    """The states of each window; with `chance` some names and pieces are masked."""
    longest = max(len(w.sheet.ids) for w in windows)
    ids = torch.zeros(len(windows), longest, dtype=torch.int64)
    features = torch.zeros(len(windows), longest, len(FEATURE_SIZES), dtype=torch.int64)
    live = torch.zeros(len(windows), 1, 1, longest, dtype=torch.bool)
    for n, window in enumerate(windows):
        size = len(window.sheet.ids)
        ids[n, :size], features[n, :size], live[n, ..., :size] = window.sheet.ids, window.sheet.features, True
        if chance is not None:
            unnamed = [slot for slot in range(1, len(window.parties) + 1) if chance.random() < UNNAMED]
            ids[n][torch.isin(features[n, :, 4], torch.tensor(unnamed, dtype=torch.int64))] = MASK
    if chance is not None:
        ids[(torch.rand(ids.shape) < HIDDEN_PIECES) & (ids != CLS) & (ids != SEP)] = MASK
    with torch.autocast("cpu", torch.bfloat16):
        states = model.encoder(ids, features, None if live.all() else live)
    return [state[: len(w.sheet.ids)].float() for state, w in zip(states, windows, strict=True)]


def loss_of(model: TermReader, windows: list[Window], chance: random.Random) -> Tensor | None:
    """The mean loss of a batch's terms; None where gold says nothing of any."""
    losses = []
    for window, states in zip(windows, states_of(model, windows, chance), strict=True):
        signs = window.sheet.signs * (torch.rand(len(window.wanted), 1, 1) > UNSIGNED)
        heads = model(states, window.sheet, signs)
        losses += [window.weight * each for each in _losses(window, *heads)]
    return torch.stack(losses).mean() if losses else None


def _losses(window: Window, pairs: Tensor, sizes: Tensor, topics: Tensor) -> Iterator[Tensor]:
    for pair, size, topic, wanted in zip(pairs, sizes, topics, window.wanted, strict=True):
        if wanted.topic is None:
            continue
        right = torch.tensor([wanted.topic])
        loss = functional.cross_entropy(topic[None], right, label_smoothing=SMOOTH)
        if wanted.gives is not None or wanted.gets is not None:
            scores = score_choices(pair, size, wanted.held)
            rows = scores if wanted.gives is None else scores[wanted.gives][None]
            chosen = rows if wanted.gets is None else rows[:, wanted.gets]
            loss = loss + scores.logsumexp((0, 1)) - chosen.logsumexp(tuple(range(chosen.ndim)))
        yield loss


@torch.no_grad()
def leanings_of(model: TermReader, windows: list[Window]) -> Json:
    """By article and number of a term, what the heads say, as `Leaning` has it."""
    model.eval()
    found: Json = {}
    for window in windows:
        pairs, sizes, topics = model(states_of(model, [window], None)[0], window.sheet, window.sheet.signs)
        for number, pair, size, topic in zip(window.numbers, pairs, sizes, topics.softmax(1), strict=True):
            found.setdefault(window.article, {})[number] = {
                "topics": dict(zip(TOPICS, topic.tolist(), strict=True)),
                "gives": dict(zip(window.parties, pair[:, 0].tolist(), strict=True)),
                "gets": dict(zip(window.parties, pair[:, 1].tolist(), strict=True)),
                "sizes": size.tolist(),
            }
    model.train()
    return found


@torch.no_grad()
def accuracy(model: TermReader, windows: list[Window]) -> str:
    """How many topics, givers and getters are right of all that may be."""
    model.eval()
    right, of = [0, 0, 0], [0, 0, 0]
    for window in windows:
        heads = model(states_of(model, [window], None)[0], window.sheet, window.sheet.signs)
        for pair, size, topic, wanted in zip(*heads, window.wanted, strict=True):
            best = int(score_choices(pair, size, wanted.held).argmax())
            got = (int(topic.argmax()), *divmod(best, len(wanted.held)))
            for n, (is_, should) in enumerate(zip(got, (wanted.topic, wanted.gives, wanted.gets), strict=True)):
                right[n] += should == is_
                of[n] += should is not None
    model.train()
    shares = zip(("topic", "gives", "gets"), right, of, strict=True)
    return " ".join(f"{name} {r / max(1, n):.3f} of {n}" for name, r, n in shares)


class Trainer:
    """A run: the network, its moving average, and its optimiser."""

    def __init__(self, options: argparse.Namespace) -> None:
        torch.manual_seed(options.seed)
        self.options, self.step, self.chance = options, 0, random.Random(options.seed)
        self.model = TermReader(len(TOPICS))
        load_minilm(self.model.encoder, options.minilm)
        self.model.encoder.words.weight.requires_grad_(False)
        self.average = {k: v.clone() for k, v in self._weights().items()}
        made: dict[tuple[float, float], list[Tensor]] = {}
        for name, weight in self.model.named_parameters():
            new = not name.startswith("encoder.") or ".features." in name
            if weight.requires_grad:
                made.setdefault((8e-4 if new else 1.5e-4, 0.01 * (weight.ndim > 1)), []).append(weight)
        self.optimizer = torch.optim.AdamW(
            [{"params": w, "lr": rate, "weight_decay": decay} for (rate, decay), w in made.items()], fused=True
        )
        self.rates = [group["lr"] for group in self.optimizer.param_groups]

    def _weights(self) -> dict[str, Tensor]:
        return {k: v for k, v in self.model.state_dict().items() if k != "encoder.words.weight"}

    def run(self, windows: list[Window], clauses: list[Window], checks: dict[str, list[Window]]) -> None:
        """Train to the end, then take the average."""
        steps = len(list(batches(windows, clauses, random.Random(0)))) * self.options.epochs
        for epoch in range(self.options.epochs):
            begun, losses = time.monotonic(), []
            for batch in batches(windows, clauses, self.chance):
                losses += self.take_step(batch, steps)
            print(f"epoch {epoch} loss {sum(losses) / len(losses):.3f} {time.monotonic() - begun:.0f} s", flush=True)
            if epoch == self.options.epochs // 2:
                self.report(checks)
        self.model.load_state_dict(self.average, strict=False)
        self.report(checks)

    def report(self, checks: dict[str, list[Window]]) -> None:
        for name, held in checks.items():
            print(f"  {name}: {accuracy(self.model, held)}", flush=True)

    def take_step(self, batch: list[Window], steps: int) -> list[float]:
        self.step += 1
        share = min(self.step / (0.1 * steps), max(0.0, (steps - self.step) / (0.9 * steps)))
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * share
        loss = loss_of(self.model, batch, self.chance)
        if loss is None:
            return []
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        for name, value in self._weights().items():
            self.average[name].lerp_(value, 1 - min(DECAY, (1 + self.step) / (10 + self.step)))
        return [float(loss.item())]


def main() -> None:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "out", "minilm"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--texts", default="train,negotiations")
    parser.add_argument("--fold", type=int)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    learned, checks = [], {}
    for path in sorted(options.data.glob("*.jsonl")):
        own = path.stem == options.texts.split(",")[0]
        windows = read_windows(path, OWN if own else 1.0)
        stories = sorted({w.story for w in windows})
        out = set(stories if path.stem not in options.texts.split(",") else stories[options.fold :: options.folds]
                  if options.fold is not None else [])  # fmt: skip
        learned += [w for w in windows if w.story not in out]
        checks[path.stem] = [w for w in windows if w.story in out]
    tokenizer = Tokenizer.from_file(str(options.minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    print(f"{len(learned)} windows", flush=True)
    trainer = Trainer(options)
    trainer.run(learned, read_clauses(tokenizer), {name: held for name, held in checks.items() if held})
    torch.save(trainer.average, options.out / "network.pt")
    held = [w for windows in checks.values() for w in windows]
    (options.out / "leanings.json").write_text(json.dumps(leanings_of(trainer.model, held)), encoding="utf-8")


if __name__ == "__main__":
    main()

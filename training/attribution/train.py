"""Train the tagger: words to source, cue and content, on whole paragraphs in windows.

usage: train.py --data FOLDER --out FOLDER --minilm FOLDER [--epochs 4] [--seed 1] [--threads 1]
       train.py ... --mpnet FOLDER --epochs 3 --rate 5e-5      the teacher, whose words teach.py then writes down
       train.py ... --taught FILE --start RUN/tagger.pt        a tagger further, by the annotators and by the teacher

Seeded. Goes on from OUT/state.pt, written every SAVED steps, where it exists. After every epoch it logs the dev scores
of the running weights, of their exponential moving average and of its mean with the last epoch's, and keeps
OUT/tagger.pt, the best of all of these by the mean span F1. A run that is taken up with another `--epochs` falls to a
learning rate of nought at the new end.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from network import MPNET, Tagger, load_minilm, load_mpnet
from tokenizers import Tokenizer
from torch import Tensor

from reportedly.reading.tagger_sheet import CLS, SEP, WINDOW, Sheet, cut_windows, lay_out
from reportedly.reading.tagger_words import LABELS, ROLES

PRIORITY = ("content", "source", "cue")  # the later wins a word that has two roles
MASK = 103
DECAY = 0.998
SAVED = 50
TAUGHT = 0.7
"""How much the teacher counts where an annotator stands beside it."""


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """A sheet, the gold label of each word (words,) int64, and the teacher's chances (words, labels), if there is one.

    A text without annotations is `unlabelled`: it has the teacher alone.
    """

    sheet: Sheet
    labels: np.ndarray
    example: dict[str, Any]
    taught: np.ndarray | None = None
    unlabelled: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A stretch of an article: pieces with markers, each word's first piece and label, and which words they are."""

    ids: np.ndarray
    features: np.ndarray
    first: np.ndarray
    labels: np.ndarray
    words: tuple[int, int]
    taught: np.ndarray | None
    unlabelled: bool


def words_of(sheet: Sheet, pairs: list[tuple[int, int]]) -> np.ndarray:
    """(words,) bool: the words whose first character lies in one of the spans."""
    chosen = np.zeros(len(sheet.start), bool)
    for start, end in pairs:
        chosen |= (sheet.start >= start) & (sheet.start < end)
    return chosen


def label_words(sheet: Sheet, attributions: list[dict[str, Any]]) -> np.ndarray:
    """(words,) int64, indices of LABELS; a span begins anew in each paragraph."""
    labels = np.zeros(len(sheet.start), np.int64)
    for role in PRIORITY:
        inside = LABELS.index(f"I-{role}")
        for pair in (pair for attribution in attributions for pair in attribution[role]):
            at = np.flatnonzero(words_of(sheet, [pair]))
            labels[at] = inside
            new = np.append(True, np.diff(sheet.paragraph[at]) > 0)[: len(at)]
            labels[at[new]] = inside - 1
    for i in range(1, len(labels)):  # the rest of a span that another role cut in two
        if labels[i] and labels[i] % 2 == 0 and labels[i - 1] not in (labels[i], labels[i] - 1):
            labels[i] -= 1
    return labels


def read_articles(path: Path, tokenizer: Tokenizer) -> list[Article]:
    """The examples of a file, laid out and labelled; texts without a word are left out. No file, no articles."""
    articles: list[Article] = []
    if not path.exists():
        return articles
    for line in path.read_text(encoding="utf-8").splitlines():
        example = json.loads(line)
        sheet = lay_out([tuple(p) for p in example["paragraphs"]], tokenizer, inside=example["inside"])
        if len(sheet.first):
            labels = label_words(sheet, example["attributions"])
            articles.append(Article(sheet, labels, example, unlabelled=path.stem == "plain"))
    return articles


def take_window(article: Article, start: int, end: int) -> Window:
    """The pieces [start, end) between CLS and SEP; a span that begins before them begins with them."""
    sheet = article.sheet
    low, high = np.searchsorted(sheet.first, (start, end))
    labels = article.labels[low:high].copy()
    if len(labels) and labels[0] and labels[0] % 2 == 0:
        labels[0] -= 1
    ids = np.concatenate(([CLS], sheet.ids[start:end], [SEP]))
    features = np.pad(sheet.features[start:end], ((1, 1), (0, 0)))
    features[:, 3] = sheet.features[start, 3]
    taught = None if article.taught is None else article.taught[low:high]
    words = (int(low), int(high))
    return Window(ids, features, sheet.first[low:high] - start + 1, labels, words, taught, article.unlabelled)


def windows_of(article: Article, chance: random.Random | None = None) -> list[Window]:
    """The article's windows; with `chance` the first is of random size, so that paragraphs meet other neighbours."""
    first_room = chance.randint(48, WINDOW) if chance else None
    cuts = cut_windows(article.sheet, first_room=first_room)
    return [window for cut in cuts if len((window := take_window(article, *cut)).first)]


def batches(windows: list[Window], size: int, chance: random.Random) -> Iterator[list[Window]]:
    """Shuffled batches of windows of like length."""
    shuffled = chance.sample(windows, len(windows))
    pools = [sorted(shuffled[i : i + 16 * size], key=lambda w: len(w.ids)) for i in range(0, len(shuffled), 16 * size)]
    made = [pool[i : i + size] for pool in pools for i in range(0, len(pool), size)]
    chance.shuffle(made)
    yield from made


def stack(windows: list[Window]) -> tuple[Tensor, Tensor, Tensor | None, Tensor, Tensor, Tensor]:
    """ids, features, attention mask (None where nothing is padded), first pieces, labels and the mask of words."""
    pieces, words = max(len(w.ids) for w in windows), max(len(w.first) for w in windows)
    ids, features = np.zeros((len(windows), pieces), np.int64), np.zeros((len(windows), pieces, 4), np.int64)
    attended = np.zeros((len(windows), 1, 1, pieces), bool)
    first, labels = np.zeros((2, len(windows), words), np.int64)
    live = np.zeros((len(windows), words), bool)
    for i, w in enumerate(windows):
        ids[i, : len(w.ids)], features[i, : len(w.ids)], attended[i, ..., : len(w.ids)] = w.ids, w.features, True
        first[i, : len(w.first)], labels[i, : len(w.first)], live[i, : len(w.first)] = w.first, w.labels, True
    mask = None if attended.all() else torch.from_numpy(attended)
    return (
        torch.from_numpy(ids),
        torch.from_numpy(features),
        mask,
        torch.from_numpy(first),
        torch.from_numpy(labels),
        torch.from_numpy(live),
    )


def stack_taught(windows: list[Window], words: int) -> tuple[Tensor, Tensor]:
    """The teacher's chances (windows, words, labels), nought where there is none, and which windows have labels."""
    chances = np.zeros((len(windows), words, len(LABELS)), np.float32)
    for chance, window in zip(chances, windows, strict=True):
        if window.taught is not None:
            chance[: len(window.first)] = window.taught
    return torch.from_numpy(chances), torch.tensor([not w.unlabelled for w in windows])


def step_loss(model: Tagger, windows: list[Window], *, masked: float = 0.0) -> Tensor:
    """The loss of one batch, the encoder in bfloat16; that share of the pieces is hidden from it."""
    ids, features, mask, first, labels, live = stack(windows)
    if masked:
        hidden = (torch.rand(ids.shape) < masked) & (ids != CLS) & (ids != SEP)
        ids = torch.where(hidden, MASK, ids)
    with torch.autocast("cpu", torch.bfloat16):
        states = model.encoder(ids, features, mask)
    with torch.autocast("cpu", enabled=False):
        emissions = model.emit(states, first)
        if all(window.taught is None for window in windows):
            return model.loss(emissions, labels, live)
        chances, labelled = stack_taught(windows, live.shape[1])
        learned = -(chances * model.marginals(emissions, live)).sum() / live.sum()
        told = model.loss(emissions, labels, live & labelled[:, None]) if labelled.any() else learned
        return (1 - TAUGHT) * told + TAUGHT * learned


def viterbi(emissions: np.ndarray, start: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """The best labels (words,) of one window's emissions (words, labels)."""
    score, back = start + emissions[0], []
    for emission in emissions[1:]:
        moves = score[:, None] + steps
        back.append(moves.argmax(0))
        score = moves.max(0) + emission
    best = [int(score.argmax())]
    for came in reversed(back):
        best.append(int(came[best[-1]]))
    return np.array(best[::-1])


def spans(labels: np.ndarray) -> set[tuple[str, int, int]]:
    """(role, first word, end word) of every run."""
    found, begun = set(), -1
    for i, label in enumerate(np.append(labels, 0)):
        if begun >= 0 and (label == 0 or label % 2 == 1):
            found.add((LABELS[labels[begun]][2:], begun, i))
            begun = -1
        if label % 2 == 1:
            begun = i
    return found


@torch.no_grad()
def predict(model: Tagger, article: Article) -> np.ndarray:
    """The labels of an article's words."""
    model.eval()
    start = (model.start + model.never_start).numpy()
    steps = (model.steps + model.never_steps).numpy()
    labels = np.zeros_like(article.labels)
    windows = windows_of(article)
    for i in range(0, len(windows), 8):
        group = windows[i : i + 8]
        ids, features, mask, first, _, _ = stack(group)
        with torch.autocast("cpu", torch.bfloat16):
            states = model.encoder(ids, features, mask)
        emissions = model.emit(states, first).numpy()
        for window, emission in zip(group, emissions, strict=True):
            labels[slice(*window.words)] = viterbi(emission[: len(window.first)], start, steps)
    return labels


def measure(model: Tagger, articles: list[Article]) -> dict[str, float]:
    """F1 by role, of words and of exact spans."""
    counts = {(role, kind): np.zeros(3) for role in ROLES for kind in ("token", "span")}
    for article in articles:
        found = predict(model, article)
        gold_spans, found_spans = spans(article.labels), spans(found)
        for r, role in enumerate(ROLES):
            gold, ours = ((labels + 1) // 2 == r + 1 for labels in (article.labels, found))
            counts[role, "token"] += (gold & ours).sum(), gold.sum(), ours.sum()
            g, f = ({s for s in group if s[0] == role} for group in (gold_spans, found_spans))
            counts[role, "span"] += len(g & f), len(g), len(f)
    return {f"{role} {kind}": 200 * c[0] / max(c[1] + c[2], 1) for (role, kind), c in counts.items()}


def groups(model: Tagger, encoder_rate: float) -> list[dict[str, Any]]:
    """AdamW's parameter groups: the encoder's, 1e-3 for the rest, no decay for norms, biases and the CRF."""
    made: dict[tuple[float, float], list[Tensor]] = {}
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            new = not name.startswith("encoder.") or ".features." in name
            decay = 0.01 if weight.ndim > 1 and "features" not in name and name != "steps" else 0.0
            made.setdefault((1e-3 if new else encoder_rate, decay), []).append(weight)
    return [{"params": weights, "lr": rate, "weight_decay": decay} for (rate, decay), weights in made.items()]


def build(minilm: Path) -> Tagger:
    """A tagger on MiniLM's weights, its word embeddings frozen."""
    model = Tagger()
    load_minilm(model.encoder, minilm)
    model.encoder.words.weight.requires_grad_(False)
    return model


def build_teacher(mpnet: Path, tokenizer: Tokenizer) -> Tagger:
    """A tagger on MPNet's weights that reads MiniLM's word pieces, its word embeddings frozen."""
    model = Tagger(MPNET)
    load_mpnet(model.encoder, mpnet, tokenizer.get_vocab())
    model.encoder.words.weight.requires_grad_(False)
    return model


class Trainer:
    """A training run: model, moving average, optimiser and where it stands; `save` and `load` make it resumable."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.tokenizer = Tokenizer.from_file(str(options.minilm / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        read = {name: read_articles(options.data / f"{name}.jsonl", self.tokenizer) for name in ("train", "dev")}
        for name in ("gold", "nested", *(["plain"] if options.taught else [])):
            read["train"] += read_articles(options.data / f"{name}.jsonl", self.tokenizer)
        self.articles, self.dev = read["train"], read["dev"]
        if options.taught:
            with np.load(options.taught) as taught:
                self.articles = [replace(a, taught=taught[a.example["name"]]) for a in self.articles]
        torch.manual_seed(options.seed)
        self.model = build_teacher(options.mpnet, self.tokenizer) if options.mpnet else build(options.minilm)
        if options.start:
            self.model.load_state_dict(torch.load(options.start, weights_only=True), strict=False)
        self.average = {k: v.clone() for k, v in self.model.state_dict().items() if k != "encoder.words.weight"}
        self.optimizer = torch.optim.AdamW(groups(self.model, options.rate), fused=True)
        self.rates = [group["lr"] for group in self.optimizer.param_groups]
        self.epoch, self.done, self.step, self.best, self.seconds = 0, 0, 0, -1.0, 0.0

    def windows(self) -> list[Window]:
        """This epoch's windows; the same for the same seed and epoch."""
        chance = random.Random(self.options.order * 1000 + self.epoch)
        return [window for article in self.articles for window in windows_of(article, chance)]

    def rate(self, total: int) -> float:
        """Share of the full learning rate: 6 % warm-up, then down to nought."""
        warm = 0.06 * total
        return min(self.step / warm, max(0.0, (total - self.step) / (total - warm)))

    def run(self) -> None:
        """Train to the end."""
        while self.epoch < self.options.epochs:
            self.run_epoch()
            self.epoch, self.done = self.epoch + 1, 0
            self.judge()
            self.save()

    def run_epoch(self) -> None:
        """One pass over the windows, or the rest of it."""
        made = list(batches(self.windows(), self.options.batch, random.Random(self.options.order * 7919 + self.epoch)))
        total, losses = len(made) * self.options.epochs, []
        while self.done < len(made):
            begun = time.monotonic()
            losses.append(self.take_step(made[self.done], total))
            self.done += 1
            self.seconds += time.monotonic() - begun
            if self.done % SAVED == 0:
                mean = float(np.mean(losses[-SAVED:]))
                print(
                    f"epoch {self.epoch} step {self.done}/{len(made)} loss {mean:.4f} {self.seconds:.0f} s", flush=True
                )
                self.save()

    def take_step(self, batch: list[Window], total: int) -> float:
        """One step of the optimiser; the batch's loss."""
        self.model.train()
        self.step += 1
        torch.manual_seed(self.options.order * 1_000_003 + self.step)  # so that a run taken up drops the same units
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * self.rate(total)
        loss = step_loss(self.model, batch, masked=self.options.masked)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.follow()
        return float(loss.item())

    @torch.no_grad()
    def follow(self) -> None:
        """Move the average a little towards the weights."""
        decay = min(DECAY, (1 + self.step) / (10 + self.step))
        state = self.model.state_dict()
        for name, value in self.average.items():
            value.lerp_(state[name], 1 - decay)

    def judge(self) -> None:
        """Measure the weights, their moving average, and the mean of this and of the last epoch's average."""
        current = {k: v.clone() for k, v in self.model.state_dict().items() if k != "encoder.words.weight"}
        torch.save(self.average, self.options.out / f"average{self.epoch}.pt")
        self.measure("weights", current)
        self.measure("average", self.average)
        before = self.options.out / f"average{self.epoch - 1}.pt"
        if before.exists():
            last = torch.load(before, weights_only=True)
            self.measure("mean of two averages", {k: (v + last[k]) / 2 for k, v in self.average.items()})
        self.model.load_state_dict(current, strict=False)

    def measure(self, kind: str, weights: dict[str, Tensor]) -> None:
        """Log the dev scores of some weights, and keep these if they are the best so far."""
        self.model.load_state_dict(weights, strict=False)
        scores = measure(self.model, self.dev)
        mean = float(np.mean([v for name, v in scores.items() if name.endswith("span")]))
        line = {
            "epoch": self.epoch,
            "kind": kind,
            "mean": round(mean, 2),
            **{k: round(v, 1) for k, v in scores.items()},
        }
        line["minutes"] = round(self.seconds / 60, 1)
        with (self.options.out / "log.jsonl").open("a") as file:
            file.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)
        if mean > self.best:
            self.best = mean
            torch.save({k: v.clone() for k, v in weights.items()}, self.options.out / "tagger.pt")

    def save(self) -> None:
        """Write what is needed to go on from here."""
        state = {
            "model": self.model.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "at": (self.epoch, self.done, self.step, self.best, self.seconds),
        }
        torch.save(state, self.options.out / "state.new")
        (self.options.out / "state.new").replace(self.options.out / "state.pt")

    def load(self) -> None:
        """Go on from the last whole epoch, if there is one."""
        path = self.options.out / "state.pt"
        if path.exists():
            state = torch.load(path, weights_only=True)
            self.model.load_state_dict(state["model"])
            self.average = state["average"]
            self.optimizer.load_state_dict(state["optimizer"])
            self.epoch, self.done, self.step, self.best, self.seconds = state["at"]
            print(f"going on after epoch {self.epoch}, step {self.done}", flush=True)


def main() -> None:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "out", "minilm"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--masked", type=float, default=0.0, help="share of the word pieces hidden in training")
    parser.add_argument("--seed", type=int, default=1, help="of the heads' first weights")
    parser.add_argument("--order", type=int, default=1, help="seed of the order of the data and of what is dropped")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rate", type=float, default=1e-4, help="the encoder's learning rate")
    parser.add_argument("--mpnet", type=Path, help="folder of all-mpnet-base-v2, to train the teacher on")
    parser.add_argument("--taught", type=Path, help="what teach.py wrote")
    parser.add_argument("--start", type=Path, help="weights of a run to begin with instead of the encoder's first ones")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(options)
    trainer.load()
    print(f"{len(trainer.articles)} texts, {len(trainer.windows())} windows", flush=True)
    trainer.run()


if __name__ == "__main__":
    main()

"""Write down what the teacher thinks of every word: the chances of its labels, for a smaller tagger to learn from.

usage: teach.py --data FOLDER --tagger FILE --minilm FOLDER --mpnet FOLDER --out FILE [--threads 1]

The tagger is one that `train.py --mpnet` wrote. OUT is an .npz: under the name of each text (words, labels), float16.
Method: distillation of structures by their posteriors (Wang et al., ACL 2020).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from network import Tagger
from tokenizers import Tokenizer
from torch import Tensor
from train import Article, build_teacher, read_articles, stack, windows_of

from reportedly.reading.tagger_words import LABELS

FILES = ("train", "gold", "nested", "plain")
TOGETHER = 8


@torch.no_grad()
def chances(model: Tagger, article: Article) -> Tensor:
    """The chances of the labels of an article's words (words, labels)."""
    found = torch.zeros(len(article.labels), len(LABELS))
    windows = windows_of(article)
    for i in range(0, len(windows), TOGETHER):
        group = windows[i : i + TOGETHER]
        ids, features, mask, first, _, live = stack(group)
        with torch.autocast("cpu", torch.bfloat16):
            states = model.encoder(ids, features, mask)
        for window, each in zip(group, model.marginals(model.emit(states, first), live).exp(), strict=True):
            found[slice(*window.words)] = each[: len(window.first)]
    return found


def main() -> None:
    """Read every text once and write what the teacher makes of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "tagger", "minilm", "mpnet", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    tokenizer = Tokenizer.from_file(str(options.minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    model = build_teacher(options.mpnet, tokenizer)
    model.load_state_dict(torch.load(options.tagger, weights_only=True), strict=False)
    model.eval()
    articles = [a for name in FILES for a in read_articles(options.data / f"{name}.jsonl", tokenizer)]
    read = {a.example["name"]: chances(model, a).numpy().astype(np.float16) for a in articles}
    np.savez_compressed(options.out, **read)
    print(f"{options.out}: {len(read)} texts")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Write the network of terms as the package ships it: encoder.onnx (int8), heads.npz, tokenizer.json and card.json.

usage: ship.py --data FOLDER --network RUN/network.pt --minilm FOLDER --scores FILE --out FOLDER

FOLDER has what examples.py wrote; its first articles show how large the states grow. FILE holds what the card says of
how well it reads.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import torch
from export import store, write_card
from heads import TermReader
from learn import TOPICS, read_windows
from network import load_minilm
from quantise import smooth, write_small

from reportedly.reading.terms_network import FORMAT

DATA = {
    "texts about negotiations": "training/negotiations, written for this project, with their terms",
    "own gold records, train": "articles written for this project, with their terms",
    "clauses": "training/topics/examples.tsv, written for this project, with their topics",
    "all-MiniLM-L6-v2": "the encoder's first weights; Sentence Transformers, Apache-2.0",
}
LICENCE = "Apache-2.0; the weights hold no text that they were trained on"
LOOKED_AT = 60


def main() -> None:
    """Export and write the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "network", "minilm", "scores", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    model = TermReader(len(TOPICS))
    load_minilm(model.encoder, options.minilm)
    model.load_state_dict(torch.load(options.network, weights_only=True), strict=False)
    windows = [w.sheet for path in sorted(options.data.glob("*.jsonl")) for w in read_windows(path, 1.0)]
    every = max(1, len(windows) // LOOKED_AT)
    smooth(model.encoder, [(w.ids[None], w.features[None]) for w in windows[::every]])
    write_small(model.encoder, options.out / "encoder.onnx")
    shutil.copy(options.minilm / "tokenizer.json", options.out / "tokenizer.json")
    heads = {k: v.numpy() for k, v in model.state_dict().items() if not k.startswith("encoder.")}
    store(options.out / "heads.npz", heads)
    card = {
        "format": FORMAT,
        "topics": TOPICS,
        "data": DATA,
        "licence": LICENCE,
        "quantised": "int8 weights by channel, smoothed; activations at run time, window by window",
        "scores": json.loads(options.scores.read_text(encoding="utf-8")),
    }
    write_card(options.out, card)


if __name__ == "__main__":
    main()

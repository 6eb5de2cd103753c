"""Write the trained reader as the package ships it: encoder.onnx (int8), heads.npz, tokenizer.json and card.json.

usage: export.py --data FOLDER --tagger RUN/tagger.pt --linked FOLDER --minilm FOLDER --out FOLDER
                 [--polnear FOLDER --scorer FOLDER] [--float]

Scores are then
calibrated on what the exported reader finds on PolNeAR dev, and the card says how well it reads.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import torch
from calibrate import calibrate, describe
from link import load_tagger
from quantise import smooth, write_float, write_small
from train import read_articles, stack, windows_of

from reportedly.reading.models import FORMAT, load_tokenizer

DATA = {
    "PolNeAR 1.0.0, train": "Newell, Margolin and Ruths (LREC 2018); annotations public, articles their publishers'",
    "own gold records, train": "articles written for this project, with their statements",
    "all-MiniLM-L6-v2": "the encoder's first weights; Sentence Transformers, Apache-2.0",
    "texts about negotiations": "training/negotiations, written for this project, as the teacher reads them",
    "all-mpnet-base-v2": "the teacher's first weights; Sentence Transformers, Apache-2.0",
}
LICENCE = "Apache-2.0; the weights hold no text of the corpora that they were trained on"
UNFUSED = ("SkipLayerNormFusion",)  # ONNX Runtime's own sum and norm in one takes six times as long as the two apart
SHARE = 0.65  # of a word's occurrences that must stand in cues
CALIBRATING = 12  # articles whose activations are looked at before quantising
COMMON = 8  # times that a word stands in a cue before it counts as one that can report


def reporting_words(data: Path) -> list[str]:
    """The words that stand in cues often, and seldom outside them."""
    inside: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    for name in ("train", "gold", "nested"):
        for line in (data / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            example = json.loads(line)
            for offset, text in example["paragraphs"]:
                everywhere.update(re.findall(r"[^\W_]+", text.lower()))
                for start, end in (pair for found in example["attributions"] for pair in found["cue"]):
                    if offset <= start < offset + len(text):
                        inside.update(re.findall(r"[^\W_]+", text[start - offset : end - offset].lower()))
    return sorted(word for word, n in inside.items() if n >= COMMON and n >= SHARE * everywhere[word])


def write_card(out: Path, card: dict[str, Any]) -> None:
    """card.json, with the size and digest of every file."""
    parts = ("encoder.onnx", "heads.npz", "tokenizer.json")
    card["files"] = {
        name: {"bytes": (out / name).stat().st_size, "sha256": sha256((out / name).read_bytes()).hexdigest()}
        for name in parts
    }
    (out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def store(path: Path, weights: dict[str, np.ndarray]) -> None:
    """Arrays in half precision where they are large; read back as float32."""
    np.savez(
        path, **{name: v.astype(np.float16) if v.size > 2000 else v.astype(np.float32) for name, v in weights.items()}
    )


def main() -> None:
    """Export, calibrate and write the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "out", "minilm", "tagger", "linked"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--polnear", type=Path, help="folder with dev/ and score.py, for the card's scores")
    parser.add_argument("--float", action="store_true", help="do not quantise")
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    model = load_tagger(options.tagger, options.minilm)
    if options.float:
        write_float(model.encoder, options.out / "encoder.onnx")
    else:
        articles = read_articles(options.data / "gold.jsonl", load_tokenizer(options.minilm / "tokenizer.json"))
        smooth(model.encoder, [stack([w])[:2] for article in articles[:CALIBRATING] for w in windows_of(article)])
        write_small(model.encoder, options.out / "encoder.onnx")
    shutil.copy(options.minilm / "tokenizer.json", options.out / "tokenizer.json")
    with np.load(options.linked / "linked.npz") as stored:
        weights = dict(stored)
    weights |= {"score.weight": np.zeros(9, np.float32), "score.bias": np.zeros(1, np.float32)}
    card: dict[str, Any] = {
        "format": FORMAT,
        "data": DATA,
        "licence": LICENCE,
        "quantised": "no"
        if options.float
        else "int8 weights by channel, smoothed; activations at run time, window by window",
        "unfused": UNFUSED,
        "linker": json.loads((options.linked / "link.json").read_text()),
        "reporting": reporting_words(options.data),
    }
    store(options.out / "heads.npz", weights)
    write_card(options.out, card)
    if options.polnear:
        weights |= calibrate(options.out, options.polnear)
        store(options.out / "heads.npz", weights)
        write_card(options.out, card)
        card |= describe(options.out, options.polnear)
    write_card(options.out, card)


if __name__ == "__main__":
    main()

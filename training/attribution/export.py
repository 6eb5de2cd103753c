"""Write the trained reader as the package ships it: encoder.onnx (int8), heads.npz, tokenizer.json and card.json.

usage: export.py --data FOLDER --tagger RUN/tagger.pt --linked FOLDER --minilm FOLDER --out FOLDER
                 [--polnear FOLDER --scorer FOLDER] [--float]

The weights of the encoder are quantised by channel, its activations at run time, one window at a time. Scores are then
calibrated on what the exported reader finds on PolNeAR dev, and the card says how well it reads.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from calibrate import calibrate, describe
from link import load_tagger
from network import Encoder
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from reportedly.reading.models import FORMAT

DATA = {
    "PolNeAR 1.0.0, train": "Newell, Margolin and Ruths (LREC 2018); annotations public, articles their publishers'",
    "own gold records, train": "articles written for this project, with their statements",
    "all-MiniLM-L6-v2": "the encoder's first weights; Sentence Transformers, Apache-2.0",
}
LICENCE = "Apache-2.0; the weights hold no text of the corpora that they were trained on"
COMMON = 4  # times that a word stands in a cue before it counts as one that can report


class Exported(torch.nn.Module):
    """The encoder with one window as its batch."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: torch.Tensor, features: torch.Tensor) -> torch.Tensor:
        """States (1, pieces, hidden)."""
        return self.encoder(ids, features)


def export_float(encoder: Encoder, path: Path) -> None:
    """The encoder in float32, for windows of any length."""
    example = (torch.zeros(1, 20, dtype=torch.int64), torch.zeros(1, 20, 4, dtype=torch.int64))
    torch.onnx.export(
        Exported(encoder).eval(),
        example,
        str(path),
        input_names=["ids", "features"],
        output_names=["states"],
        dynamic_axes={name: {1: "pieces"} for name in ("ids", "features", "states")},
        opset_version=17,
        dynamo=False,
    )


def quantise(given: Path, path: Path) -> None:
    """int8 weights by channel, activations scaled at run time."""
    with tempfile.TemporaryDirectory() as scratch:
        ready = Path(scratch) / "ready.onnx"
        quant_pre_process(str(given), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(path), weight_type=QuantType.QInt8, per_channel=True)
    onnx.checker.check_model(str(path))


def reporting_words(data: Path) -> list[str]:
    """The words that stand in cues often, and not much oftener outside them."""
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
    return sorted(word for word, n in inside.items() if n >= COMMON and n >= 0.15 * everywhere[word])


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
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        export_float(model.encoder, whole)
        if options.float:
            shutil.copy(whole, options.out / "encoder.onnx")
        else:
            quantise(whole, options.out / "encoder.onnx")
    shutil.copy(options.minilm / "tokenizer.json", options.out / "tokenizer.json")
    with np.load(options.linked / "linked.npz") as stored:
        weights = dict(stored)
    weights |= {"score.weight": np.zeros(9, np.float32), "score.bias": np.zeros(1, np.float32)}
    card: dict[str, Any] = {
        "format": FORMAT,
        "data": DATA,
        "licence": LICENCE,
        "quantised": "no" if options.float else "int8 weights by channel, dynamic activations",
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

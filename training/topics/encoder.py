#!/usr/bin/env python3
"""Write the sentence encoder as the package ships it: encoder.onnx (int8), tokenizer.json and card.json.

usage: encoder.py --minilm FOLDER [--out FOLDER] [--float]

FOLDER holds all-MiniLM-L6-v2. Mean pooling and the scaling to length 1 are part of the graph. Weights are int8 by
channel, activations are scaled at run time; the card says how far the vectors of `examples.tsv` move by it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from transformers import AutoModel

from reportedly.reading.models import SHIPPED, load_tokenizer
from reportedly.reading.vectors import FORMAT, LONGEST, load_vectors

EXAMPLES = Path(__file__).parent / "examples.tsv"


class SentenceEncoder(nn.Module):
    """Ids (1, pieces) to one vector (hidden,) of length 1: the mean of the last layer's states."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.inner = AutoModel.from_pretrained(folder, attn_implementation="eager")

    def forward(self, ids: Tensor) -> Tensor:
        """One text at a time, so nothing is padded and nothing masked."""
        states = self.inner(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
        vector: Tensor = nn.functional.normalize(states[0].mean(0), dim=0)
        return vector


def write_float(model: SentenceEncoder, path: Path) -> None:
    """The encoder in float32."""
    torch.onnx.export(
        model.eval(),
        (torch.ones(1, 20, dtype=torch.int64),),
        str(path),
        input_names=["ids"],
        output_names=["vector"],
        dynamic_axes={"ids": {1: "pieces"}},
        opset_version=17,
        dynamo=False,
    )


def write_small(model: SentenceEncoder, path: Path) -> None:
    """The encoder in int8."""
    with tempfile.TemporaryDirectory() as scratch:
        whole, ready = Path(scratch) / "whole.onnx", Path(scratch) / "ready.onnx"
        write_float(model, whole)
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(path), weight_type=QuantType.QInt8, per_channel=True)
    onnx.checker.check_model(str(path))


def write_card(out: Path, card: dict[str, object]) -> None:
    """card.json, with the size and digest of every file."""
    card["files"] = {
        name: {"bytes": (out / name).stat().st_size, "sha256": sha256((out / name).read_bytes()).hexdigest()}
        for name in ("encoder.onnx", "tokenizer.json")
    }
    (out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@torch.no_grad()
def closeness(model: SentenceEncoder, out: Path) -> dict[str, float]:
    """The cosine of the shipped vectors with those in float32, on the examples: mean and least."""
    texts = [line.split("\t")[1] for line in EXAMPLES.read_text(encoding="utf-8").splitlines()[2:]]
    tokenizer, small = load_tokenizer(out / "tokenizer.json"), load_vectors(out.name, folder=out.parent)
    cosines = []
    for text in texts:
        ids = tokenizer.encode(text).ids[:LONGEST]
        cosines.append(float(small(text) @ model(torch.tensor([ids])).numpy()))
    return {"mean": round(float(np.mean(cosines)), 4), "least": round(min(cosines), 4)}


def main() -> None:
    """Export, compare and write the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=SHIPPED / "sentences")
    parser.add_argument("--float", action="store_true", help="do not quantise")
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    model = SentenceEncoder(options.minilm)
    (write_float if options.float else write_small)(model, options.out / "encoder.onnx")
    shutil.copy(options.minilm / "tokenizer.json", options.out / "tokenizer.json")
    card: dict[str, object] = {
        "format": FORMAT,
        "data": {"all-MiniLM-L6-v2": "Sentence Transformers, the weights as published; nothing was trained further"},
        "licence": "Apache-2.0, that of the base model",
        "quantised": "no" if options.float else "int8 weights by channel; activations at run time, one text a run",
    }
    write_card(options.out, card)
    card["cosine with float32"] = closeness(model, options.out)
    write_card(options.out, card)


if __name__ == "__main__":
    main()

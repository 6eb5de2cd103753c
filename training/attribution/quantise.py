"""The encoder as ONNX with int8 weights by channel, and activations scaled at run time by what is in the window."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

import onnx
import torch
from network import Encoder
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

SMOOTHED = ("up", "down")  # the products whose inputs have single channels far beyond the rest
SHARE = 0.7  # of the unevenness that goes from inputs to weights; 0.5 and 0.8 lose more


class Smoothed(nn.Module):
    """A linear map whose input channels are evened out, at its weights' expense (SmoothQuant, Xiao et al., 2023)."""

    def __init__(self, linear: nn.Linear, largest: Tensor) -> None:
        super().__init__()
        of_weights = linear.weight.detach().abs().amax(0).clamp(min=1e-4)
        scale = (largest.clamp(min=1e-4) ** SHARE / of_weights ** (1 - SHARE)).clamp(min=1e-3)
        self.inverse = nn.Parameter(1 / scale)
        self.linear = nn.Linear(linear.in_features, linear.out_features)
        self.linear.weight.data = linear.weight.detach() * scale
        self.linear.bias.data = linear.bias.detach()

    def forward(self, x: Tensor) -> Tensor:
        """The same as the linear map's, but for rounding."""
        result: Tensor = self.linear(x * self.inverse)
        return result


@torch.no_grad()
def smooth(encoder: Encoder, windows: Iterable[tuple[Tensor, Tensor]]) -> None:
    """Replace the products named SMOOTHED, by the largest input that each channel has in some windows.

    Each is its ids (1, pieces) and features (1, pieces, tables).
    """
    largest: dict[nn.Module, Tensor] = {}

    def watch(module: nn.Module, inputs: tuple[Tensor, ...], _: Tensor) -> None:
        seen = inputs[0].abs().flatten(0, -2).amax(0)
        largest[module] = torch.maximum(largest.get(module, torch.zeros_like(seen)), seen)

    watched = [getattr(layer, name) for layer in encoder.layers for name in SMOOTHED]
    hooks = [module.register_forward_hook(watch) for module in watched]
    for ids, features in windows:
        encoder(ids, features)
    for hook in hooks:
        hook.remove()
    for layer in encoder.layers:
        for name in SMOOTHED:
            setattr(layer, name, Smoothed(getattr(layer, name), largest[getattr(layer, name)]))


def write_float(encoder: Encoder, path: Path) -> None:
    """The encoder in float32, for one window of any length."""
    torch.onnx.export(
        encoder.eval(),
        (torch.zeros(1, 20, dtype=torch.int64), torch.zeros(1, 20, len(encoder.features), dtype=torch.int64)),
        str(path),
        input_names=["ids", "features"],
        output_names=["states"],
        dynamic_axes={name: {1: "pieces"} for name in ("ids", "features", "states")},
        opset_version=17,
        dynamo=False,
    )


def write_small(encoder: Encoder, path: Path) -> None:
    """The encoder in int8."""
    with tempfile.TemporaryDirectory() as scratch:
        whole, ready = Path(scratch) / "whole.onnx", Path(scratch) / "ready.onnx"
        write_float(encoder, whole)
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(path), weight_type=QuantType.QInt8, per_channel=True)
    onnx.checker.check_model(str(path))

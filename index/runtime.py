"""Transformer encoders of the BERT kind on the CPU through OpenVINO, and only here.

The graph is built straight from the weights of a safetensors file: no torch, no conversion step,
no cached model that could go stale. `graph` builds it with any number of linear heads, so that the
encoder of index/embedding.py and a cross-encoder or span reader share it; `Network` runs it.

Precision: "f32" everywhere; "bf16" only where the CPU multiplies it natively (`precisions()`).
A graph may also be quantized: its linear layers then multiply 8-bit integers. The ranges of their
inputs come from `Observer`, and are evened out between inputs and weights as in SmoothQuant (Xiao
et al. 2023).
"""

import json
import struct
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

# OpenVINO imports its converter of other formats, and telemetry with it, wherever it finds them: a
# tenth of a second, and a way out of the machine, for nothing that is used here.
_CONVERTER = "openvino.tools.ovc"
_left_out = sys.modules.setdefault(_CONVERTER, None) is None  # type: ignore[arg-type]
import openvino as ov  # noqa: E402
from openvino import opset13 as op  # noqa: E402

if _left_out:
    del sys.modules[_CONVERTER]

Precision = Literal["f32", "bf16"]
Weights = Mapping[str, NDArray[Any]]
# Lowest and highest value of each input channel, by linear layer: two (channels,) arrays.
Ranges = Mapping[str, tuple[NDArray[np.float32], NDArray[np.float32]]]

# How much of the spread of a layer's input channels is moved into its weights, 0 to 1 (SmoothQuant's
# alpha). Mean cosine to f32: 0.982 at 0.5, 0.996 at 0.65, 0.998 at 0.8 on 38 chunks of releases.
EVENING = 0.8
LEVELS = 256
# A CPU without instructions for sums of four products (VNNI) adds two in 16 bits, where 2 x 255 x 127
# is cut off and 2 x 255 x 64 is not: weights that take half of their 8 bits are summed alike by both.
# It costs a little: mean cosine to f32 of the default encoder's vectors 0.9957 instead of 0.9982.
HALF = 2.0

MASKED = np.float32(
    -10000.0
)  # BERT's own additive mask; finite, so that bf16 cannot make NaN of it
SAFETENSORS_TYPES = {"F32": np.float32, "F16": np.float16, "I64": np.int64, "I32": np.int32}


@dataclass(frozen=True, slots=True)
class BertShape:
    """The sizes of config.json that the graph needs."""

    layers: int
    heads: int
    hidden: int
    epsilon: float

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> "BertShape":
        """Sizes from a parsed config.json; ValueError when it is not a plain BERT."""
        plain = (
            config.get("model_type") == "bert"
            and config.get("hidden_act") == "gelu"
            and config.get("position_embedding_type", "absolute") == "absolute"
        )
        if not plain:
            raise ValueError(f"not a plain BERT: model_type {config.get('model_type')!r}")
        return cls(
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            hidden=config["hidden_size"],
            epsilon=config["layer_norm_eps"],
        )


@dataclass(frozen=True, slots=True)
class Head:
    """An output on top of the encoder's last hidden states.

    over: "tokens" (batch, tokens, out), "first" (batch, out; the [CLS] token) or "mean" (batch,
        out; the mean over the tokens that are not padding).
    weight, bias: (out, hidden) and (out,) of a linear layer, or None for none.
    activation: "tanh" or None, after the linear layer. unit: whether to scale to length 1.
    then: a further linear layer as (weight, bias), for a pooler and its classifier.
    """

    name: str
    over: Literal["tokens", "first", "mean"]
    weight: NDArray[np.float32] | None = None
    bias: NDArray[np.float32] | None = None
    activation: Literal["tanh"] | None = None
    unit: bool = False
    then: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None


def read_safetensors(path: Path) -> dict[str, NDArray[Any]]:
    """All tensors of a safetensors file by name, memory-mapped (read-only views, no copy)."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    data = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + length)
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        dtype = SAFETENSORS_TYPES[entry["dtype"]]
        tensors[name] = data[start:end].view(dtype).reshape(entry["shape"])
    return tensors


def graph(
    weights: Weights,
    shape: BertShape,
    heads: Sequence[Head],
    prefix: str = "",
    ranges: Ranges | None = None,
    reach: float = 1.0,
) -> ov.Model:
    """A BERT with the given heads as an OpenVINO model.

    Inputs, all (batch, tokens) int32: input_ids, token_type_ids, attention_mask (1 for a token, 0
    for padding). Outputs: one float32 array a head, in order. prefix: what stands before
    "embeddings." in the weights' names, such as "bert.". ranges: what `observe` found, to multiply
    8-bit integers in the linear layers; None for floating point. reach: 1.0 for all 8 bits of the
    weights, HALF for the same result with and without VNNI.
    """
    names = ("input_ids", "token_type_ids", "attention_mask")
    inputs = [op.parameter([-1, -1], np.int32, name=name) for name in names]
    ids, types, mask = inputs
    named = {name.removeprefix(prefix): tensor for name, tensor in weights.items()}
    block = _Block(named, shape, ranges, reach)
    hidden = block.encode(ids, types, mask)
    outputs = []
    for head in heads:
        output = _head(hidden, mask, head)
        output.output(0).set_names({head.name})
        outputs.append(output)
    return ov.Model(outputs, inputs, "bert")


def observe(
    weights: Weights, shape: BertShape, batches: Iterable[Sequence[NDArray[Any]]], prefix: str = ""
) -> dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """The lowest and highest value of each channel that goes into each linear layer.

    batches: inputs as of `graph`, without padding. The three projections of an attention have one
    input, named "…attention.self.".
    """
    names = ("input_ids", "token_type_ids", "attention_mask")
    inputs = [op.parameter([-1, -1], np.int32, name=name) for name in names]
    named = {name.removeprefix(prefix): tensor for name, tensor in weights.items()}
    block = _Block(named, shape, None)
    block.encode(*inputs)
    network = Network(ov.Model(list(block.seen.values()), inputs, "observer"))
    found: dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}
    for batch in batches:
        for name, values in zip(block.seen, network(*batch), strict=True):
            flat = values.reshape(-1, values.shape[-1])
            low, high = flat.min(axis=0), flat.max(axis=0)
            before = found.get(name, (low, high))
            found[name] = (np.minimum(before[0], low), np.maximum(before[1], high))
    return found


class Network:
    """A compiled model that any number of threads may call at once.

    model: of `graph`, or the path of an OpenVINO IR or ONNX file. threads: at most so many per
    call, None for all cores. streams: how many calls are worked on side by side by `map`.
    """

    def __init__(
        self,
        model: ov.Model | Path,
        *,
        precision: Precision = "f32",
        threads: int | None = None,
        streams: int = 1,
    ) -> None:
        options: dict[str, Any] = {
            "INFERENCE_PRECISION_HINT": precision,
            "NUM_STREAMS": streams,
            "ENABLE_CPU_PINNING": False,
        }
        if threads is not None:
            options["INFERENCE_NUM_THREADS"] = threads
        source = model if isinstance(model, ov.Model) else str(model)
        self._compiled = _core().compile_model(source, "CPU", options)
        self._local = threading.local()

    def __call__(self, *inputs: NDArray[Any]) -> list[NDArray[np.float32]]:
        """The outputs for one batch, in the order of the heads, as copies that are the caller's."""
        request = getattr(self._local, "request", None)
        if request is None:
            request = self._local.request = self._compiled.create_infer_request()
        request.infer(list(inputs), share_inputs=True)
        return [np.array(request.get_output_tensor(i).data) for i in range(self.outputs)]

    @property
    def outputs(self) -> int:
        """How many arrays a call returns."""
        return len(self._compiled.outputs)


@cache
def precisions() -> tuple[Precision, ...]:
    """What this CPU computes natively, fastest first: ("bf16", "f32") or ("f32",)."""
    capabilities = _core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return ("bf16", "f32") if "BF16" in capabilities else ("f32",)


def runtime_name() -> str:
    """Name and version, for the manifest: "openvino 2026.4.1"."""
    return "openvino " + str(ov.__version__).split("-")[0]


@cache
def _core() -> ov.Core:
    return ov.Core()


class _Block:
    """Builds the pieces of a BERT out of named weights."""

    def __init__(
        self, weights: Weights, shape: BertShape, ranges: Ranges | None, reach: float = 1.0
    ) -> None:
        self.weights = weights
        self.shape = shape
        self.ranges = ranges
        self.reach = reach
        self.seen: dict[str, ov.Node] = {}  # the input of each linear layer

    def encode(self, ids: ov.Node, types: ov.Node, mask: ov.Node) -> ov.Node:
        hidden = self._embed(ids, types)
        keep = op.unsqueeze(op.convert(mask, "f32"), _ints(1, 2))
        bias = op.multiply(op.subtract(_floats(1.0), keep), _floats(MASKED))
        for number in range(self.shape.layers):
            hidden = self._layer(hidden, bias, f"encoder.layer.{number}.")
        return hidden

    def _embed(self, ids: ov.Node, types: ov.Node) -> ov.Node:
        zero = _ints(0)
        words = op.gather(self._constant("embeddings.word_embeddings.weight"), ids, zero)
        kinds = op.gather(self._constant("embeddings.token_type_embeddings.weight"), types, zero)
        length = op.gather(op.shape_of(ids, "i32"), _ints(1), zero)
        table = self._constant("embeddings.position_embeddings.weight")
        places = op.slice(table, _ints(0), length, _ints(1), _ints(0))
        total = op.add(op.add(words, kinds), places)
        return self._normalize(total, "embeddings.LayerNorm.")

    def _layer(self, hidden: ov.Node, bias: ov.Node, name: str) -> ov.Node:
        attended = self._attention(hidden, bias, name + "attention.self.")
        attended = self._linear(attended, name + "attention.output.dense.")
        hidden = self._normalize(op.add(attended, hidden), name + "attention.output.LayerNorm.")
        inner = op.gelu(self._linear(hidden, name + "intermediate.dense."), "erf")
        outer = self._linear(inner, name + "output.dense.")
        return self._normalize(op.add(outer, hidden), name + "output.LayerNorm.")

    def _attention(self, hidden: ov.Node, bias: ov.Node, name: str) -> ov.Node:
        query, key, value = (self._split(hidden, name + part) for part in _PROJECTIONS)
        mixed = op.scaled_dot_product_attention(query, key, value, bias)
        joined = op.transpose(mixed, _ints(0, 2, 1, 3))
        return op.reshape(joined, _ints(0, 0, self.shape.hidden), True)

    def _split(self, hidden: ov.Node, name: str) -> ov.Node:
        size = self.shape.hidden // self.shape.heads
        parts = op.reshape(self._linear(hidden, name), _ints(0, 0, self.shape.heads, size), True)
        return op.transpose(parts, _ints(0, 2, 1, 3))

    def _linear(self, node: ov.Node, name: str) -> ov.Node:
        point = _point(name)
        self.seen[point] = node
        if self.ranges is None:
            product = op.matmul(node, self._constant(name + "weight"), False, True)
        else:
            product = self._small_product(node, name, *self.ranges[point])
        return op.add(product, self._constant(name + "bias"))

    def _small_product(
        self, node: ov.Node, name: str, low: NDArray[np.float32], high: NDArray[np.float32]
    ) -> ov.Node:
        """A product of 8-bit integers, in the form that OpenVINO recognizes as one."""
        weight = np.asarray(self.weights[name + "weight"], dtype=np.float32)
        reach = np.maximum(np.maximum(-low, high), 1e-3)
        scale = reach**EVENING / np.maximum(self._weight_reach(name), 1e-4) ** (1 - EVENING)
        lowest, highest = min(float((low / scale).min()), 0.0), float((high / scale).max())
        evened = op.multiply(node, _floats((1 / scale)[None, None, :]))
        ends = _floats(lowest), _floats(highest)
        inputs = op.fake_quantize(evened, *ends, *ends, LEVELS)
        scaled = weight * scale[None, :]
        most = self.reach * np.abs(scaled).max(axis=1, keepdims=True)
        sides = _floats(-most), _floats(most)
        small = op.fake_quantize(_floats(scaled), *sides, *sides, LEVELS - 1)
        return op.matmul(inputs, small, False, True)

    def _weight_reach(self, name: str) -> NDArray[np.float32]:
        """The greatest weight of each input channel, over all layers that share the input."""
        point = _point(name)
        names = [name] if point == name else [point + part for part in _PROJECTIONS]
        reaches = [np.abs(self.weights[each + "weight"]).max(axis=0) for each in names]
        most: NDArray[np.float32] = np.max(reaches, axis=0)
        return most

    def _normalize(self, node: ov.Node, name: str) -> ov.Node:
        centred = op.mvn(node, _ints(-1), True, self.shape.epsilon, "inside_sqrt")
        scaled = op.multiply(centred, self._constant(name + "weight"))
        return op.add(scaled, self._constant(name + "bias"))

    def _constant(self, name: str) -> ov.Node:
        return op.constant(np.ascontiguousarray(self.weights[name], dtype=np.float32))


_PROJECTIONS = ("query.", "key.", "value.")


def _point(name: str) -> str:
    """What the input of a linear layer is called: the three projections share one."""
    return name.removesuffix("query.").removesuffix("key.").removesuffix("value.")


def _head(hidden: ov.Node, mask: ov.Node, head: Head) -> ov.Node:
    node = hidden
    if head.over == "first":
        node = op.gather(hidden, _ints(0), _ints(1))
        node = op.squeeze(node, _ints(1))
    elif head.over == "mean":
        keep = op.unsqueeze(op.convert(mask, "f32"), _ints(2))
        total = op.reduce_sum(op.multiply(hidden, keep), _ints(1), False)
        node = op.divide(total, op.reduce_sum(keep, _ints(1), False))
    if head.weight is not None and head.bias is not None:
        node = op.add(op.matmul(node, _floats(head.weight), False, True), _floats(head.bias))
    if head.activation == "tanh":
        node = op.tanh(node)
    if head.then is not None:
        weight, bias = head.then
        node = op.add(op.matmul(node, _floats(weight), False, True), _floats(bias))
    if head.unit:
        node = op.normalize_l2(node, _ints(-1), 1e-12, "max")
    return op.convert(node, "f32")


def _ints(*values: int) -> ov.Node:
    return op.constant(np.array(values, dtype=np.int32))


def _floats(values: Any) -> ov.Node:
    return op.constant(np.array(values, dtype=np.float32))

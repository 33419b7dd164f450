"""The BERT graph, on a network small enough to compute beside it in numpy."""

import math

import numpy as np
import pytest

from index.runtime import BertShape, Head, Network, graph, observe

SHAPE = BertShape(layers=1, heads=2, hidden=4, epsilon=1e-12)
IDS = np.array([[1, 2, 3], [4, 1, 0]], dtype=np.int32)
TYPES = np.array([[0, 0, 1], [0, 0, 0]], dtype=np.int32)
MASK = np.array([[1, 1, 1], [1, 1, 0]], dtype=np.int32)
LAYER = "encoder.layer.0."


@pytest.fixture(scope="module")
def weights() -> dict[str, np.ndarray]:
    draw = np.random.default_rng(3)
    shapes = {
        "embeddings.word_embeddings.weight": (6, 4),
        "embeddings.position_embeddings.weight": (8, 4),
        "embeddings.token_type_embeddings.weight": (2, 4),
        LAYER + "intermediate.dense.weight": (8, 4),
        LAYER + "intermediate.dense.bias": (8,),
        LAYER + "output.dense.weight": (4, 8),
        LAYER + "output.dense.bias": (4,),
    }
    for name in ("attention.self.query", "attention.self.key", "attention.self.value"):
        shapes[LAYER + name + ".weight"], shapes[LAYER + name + ".bias"] = (4, 4), (4,)
    shapes[LAYER + "attention.output.dense.weight"] = (4, 4)
    shapes[LAYER + "attention.output.dense.bias"] = (4,)
    for name in ("embeddings.", LAYER + "attention.output.", LAYER + "output."):
        shapes[name + "LayerNorm.weight"], shapes[name + "LayerNorm.bias"] = (4,), (4,)
    return {name: draw.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


def by_hand(w: dict[str, np.ndarray]) -> np.ndarray:
    """The last hidden states, (2, 3, 4), as the paper on BERT has it."""

    def linear(x: np.ndarray, name: str) -> np.ndarray:
        return x @ w[name + "weight"].T + w[name + "bias"]

    def norm(x: np.ndarray, name: str) -> np.ndarray:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + SHAPE.epsilon)
        return scaled * w[name + "weight"] + w[name + "bias"]

    def split(x: np.ndarray) -> np.ndarray:
        return x.reshape(2, 3, 2, 2).transpose(0, 2, 1, 3)

    x = w["embeddings.word_embeddings.weight"][IDS] + w["embeddings.position_embeddings.weight"][:3]
    x = norm(x + w["embeddings.token_type_embeddings.weight"][TYPES], "embeddings.LayerNorm.")
    name = LAYER + "attention.self."
    q, k, v = (split(linear(x, name + part)) for part in ("query.", "key.", "value."))
    scores = q @ k.transpose(0, 1, 3, 2) / math.sqrt(2) - 10000 * (1 - MASK[:, None, None, :])
    shares = np.exp(scores - scores.max(-1, keepdims=True))
    mixed = (shares / shares.sum(-1, keepdims=True)) @ v
    mixed = mixed.transpose(0, 2, 1, 3).reshape(2, 3, 4)
    x = norm(
        x + linear(mixed, LAYER + "attention.output.dense."), LAYER + "attention.output.LayerNorm."
    )
    inner = linear(x, LAYER + "intermediate.dense.")
    inner = inner * 0.5 * (1 + np.vectorize(math.erf)(inner / math.sqrt(2)))
    return norm(x + linear(inner, LAYER + "output.dense."), LAYER + "output.LayerNorm.")


def test_hidden_states_and_heads_are_those_computed_by_hand(weights: dict) -> None:
    draw = np.random.default_rng(4)
    weight, bias = draw.normal(size=(2, 4)), draw.normal(size=2)
    second = (draw.normal(size=(1, 2)).astype(np.float32), np.zeros(1, dtype=np.float32))
    heads = [
        Head("all", "tokens"),
        Head("mean", "mean", unit=True),
        Head("first", "first", weight, bias, activation="tanh", then=second),
        Head("span", "tokens", weight, bias),
    ]
    named = {"bert." + name: tensor for name, tensor in weights.items()}
    network = Network(graph(named, SHAPE, heads, prefix="bert."))
    every, mean, first, span = network(IDS, TYPES, MASK)
    hidden = by_hand(weights)
    kept = MASK[:, :, None] == 1
    assert np.allclose(np.where(kept, every, 0), np.where(kept, hidden, 0), atol=1e-4)
    average = (hidden * MASK[:, :, None]).sum(1) / MASK.sum(1, keepdims=True)
    average /= np.linalg.norm(average, axis=1, keepdims=True)
    assert np.allclose(mean, average, atol=1e-4)
    assert np.allclose(first, np.tanh(hidden[:, 0] @ weight.T + bias) @ second[0].T, atol=1e-4)
    assert np.allclose(span[MASK == 1], (hidden @ weight.T + bias)[MASK == 1], atol=1e-4)


def test_observed_ranges_are_those_of_the_inputs(weights: dict) -> None:
    found = observe(weights, SHAPE, [(IDS[:1], TYPES[:1], MASK[:1])])
    assert set(found) == {
        LAYER + "attention.self.",
        LAYER + "attention.output.dense.",
        LAYER + "intermediate.dense.",
        LAYER + "output.dense.",
    }
    low, high = found[LAYER + "output.dense."]
    assert low.shape == high.shape == (8,)
    assert (low <= high).all()
    assert low.min() >= -0.18  # the lowest value of GELU


def test_a_quantized_graph_stays_close(weights: dict) -> None:
    ranges = observe(
        weights, SHAPE, [(IDS[:1], TYPES[:1], MASK[:1]), (IDS[1:, :2], TYPES[1:, :2], MASK[1:, :2])]
    )
    heads = [Head("mean", "mean", unit=True)]
    exact = Network(graph(weights, SHAPE, heads))(IDS, TYPES, MASK)[0]
    small = Network(graph(weights, SHAPE, heads, ranges=ranges))(IDS, TYPES, MASK)[0]
    assert (exact * small).sum(axis=1).min() > 0.99


def test_another_architecture_is_refused() -> None:
    with pytest.raises(ValueError, match="model_type 'mpnet'"):
        BertShape.of({"model_type": "mpnet"})

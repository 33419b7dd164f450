"""Vector search: exact scores, filters inside the search, and a graph that finds as much."""

from pathlib import Path

import numpy as np
import pytest

from index import vectors
from index.vectors import Graph, Nearest, cosines

AXES = np.eye(4, dtype=np.float16)


def unit(values) -> np.ndarray:
    values = np.asarray(values, dtype=np.float32)
    return values / np.linalg.norm(values, axis=-1, keepdims=True)


def order(size: int) -> np.ndarray:
    return np.arange(size, dtype=np.int64)


def cloud(size: int, seed: int = 7) -> np.ndarray:
    """Vectors in heaps, as embeddings lie, (size, 16)."""
    draw = np.random.default_rng(seed)
    heaps = draw.normal(size=(60, 16))
    return unit(heaps[draw.integers(60, size=size)] + 0.5 * draw.normal(size=(size, 16)))


def test_scores_are_cosines_best_first() -> None:
    places, scores = Nearest([AXES]).search(unit([3, 2, 1, 0]), 3, None, order(4))
    assert places.tolist() == [0, 1, 2]
    assert scores.tolist() == pytest.approx([3 / 14**0.5, 2 / 14**0.5, 1 / 14**0.5], abs=1e-3)


def test_equal_scores_come_in_the_order_given() -> None:
    same = np.repeat(AXES[:1], 9, axis=0)
    places, _ = Nearest([same]).search(unit([1, 0, 0, 0]), 3, None, order(9)[::-1].copy())
    assert places.tolist() == [8, 7, 6]


@pytest.mark.parametrize("allowed", [None, np.ones(500, dtype=bool)])
def test_more_equal_scores_than_candidates_come_in_the_order_given(allowed) -> None:
    near = np.repeat(AXES[:1], 200, axis=0)
    far = np.repeat(AXES[1:2], 100, axis=0)
    nearest = Nearest([np.concatenate([near, far]), near])
    backward = order(500)[::-1].copy()
    places, scores = nearest.search(unit([9, 1, 0, 0]), 3, allowed, backward)
    assert places.tolist() == [499, 498, 497]
    assert np.ptp(scores) == 0


def test_segments_are_searched_as_one() -> None:
    whole, parts = Nearest([AXES]), Nearest([AXES[:1], AXES[1:]])
    query = unit([1, 5, 2, 4])
    for one, other in zip(
        whole.search(query, 4, None, order(4)), parts.search(query, 4, None, order(4)), strict=True
    ):
        assert one.tolist() == other.tolist()
    assert parts.vectors_at(np.array([3, 0])).tolist() == AXES[[3, 0]].tolist()


def test_a_filter_leaves_k_hits_where_k_exist() -> None:
    allowed = np.array([False, True, False, True])
    places, _ = Nearest([AXES]).search(unit([9, 1, 8, 2]), 3, allowed, order(4))
    assert places.tolist() == [3, 1]
    places, _ = Nearest([AXES]).search(unit([9, 1, 8, 2]), 3, np.zeros(4, bool), order(4))
    assert places.tolist() == []


@pytest.mark.parametrize("graph", [False, True])
@pytest.mark.parametrize("share", [1.0, 0.1])
def test_the_index_finds_what_exact_search_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, graph: bool, share: float
) -> None:
    monkeypatch.setattr(vectors, "FEW", 10)  # so that the index is asked, not each vector
    points = cloud(2000).astype(np.float16)
    index = None
    if graph:
        Graph.build(points[:1600]).write(tmp_path / "graph.faiss")
        index = Graph.read(tmp_path / "graph.faiss")
    nearest = Nearest([points[:1600], points[1600:]], index)
    allowed = None if share == 1 else np.random.default_rng(1).random(2000) < share
    right = 0
    for query in cloud(20, seed=9):
        scores = cosines(points, query, order(2000))
        if allowed is not None:
            scores[~allowed] = -2
        best = set(np.argsort(-scores, kind="stable")[:10].tolist())
        places, _ = nearest.search(query, 10, allowed, order(2000))
        assert len(places) == 10
        right += len(best & set(places.tolist()))
    assert right >= (0.98 if graph else 1.0) * 200


def test_a_graph_that_misses_is_made_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "FEW", 3)
    points = cloud(600).astype(np.float16)
    nearest = Nearest([points], Graph.build(points))
    monkeypatch.setattr(Graph, "nearest", lambda *_: np.array([0]))
    places, _ = nearest.search(points[5].astype(np.float32), 10, None, order(600))
    assert len(places) == 10
    assert places[0] == 5

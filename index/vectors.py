"""Vector search with FAISS, and only here.

Vectors are kept as float16 in segments; a position counts through them. FAISS finds candidates:
exactly while that is fast enough, above `EXACT_UP_TO` vectors through a graph (HNSW over 8-bit
codes) for the first segment. All scores come from one function, `cosines`, so a chunk scores the
same whichever way it was found. Filters are part of the search, and k hits come back whenever k
vectors pass.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss as untyped_faiss
import numpy as np
from numpy.typing import NDArray

from index.search import Rows, Scores, top

faiss: Any = untyped_faiss  # its stubs describe the C++ signatures, not the Python ones

Vectors = NDArray[np.float32]
Half = NDArray[np.float16]
Mask = NDArray[np.bool_]

EXACT_UP_TO = 20_000  # vectors in an archive that needs no graph
FEW = 30_000  # allowed vectors that are searched exactly beside a graph
SPARE = 32  # candidates beyond k, as the index's scores are a little coarser than `cosines`
COARSENESS = 1e-5  # by how much at most, where the index is exact

LINKS = 32  # HNSW's M
BUILD_EFFORT = 80  # efConstruction
# efSearch without a filter; with one, more by as much as the filter keeps out. Of 258,182 vectors 512
# finds 98.0 % of the ten nearest to a question, 1,024 finds 98.5 % (another build: 98.6 % with 512).
EFFORT = 1024
MOST_EFFORT = 2_560
BLOCK = 16_384  # vectors converted to float32 at a time


def cosines(vectors: Half, query: Vectors, places: Rows) -> Scores:
    """Cosines of the query (d,) with the vectors at these places, (len(places),) float32."""
    scores = np.empty(len(places), dtype=np.float32)
    for start in range(0, len(places), BLOCK):
        block = np.asarray(vectors[places[start : start + BLOCK]], dtype=np.float32)
        # einsum, not a matrix product: its sums do not depend on how many rows there are, so a
        # chunk's score is the same to the bit under every filter.
        scores[start : start + BLOCK] = np.einsum("ij,j->i", block, query)
    return scores


class Nearest:
    """Search over segments of unit vectors, each (n, d) float16; graph: over the first segment."""

    def __init__(self, segments: Sequence[Half], graph: "Graph | None" = None) -> None:
        self.segments = list(segments)
        self.starts = np.cumsum([0, *(len(segment) for segment in self.segments)])
        self._graph = graph
        self._flat: list[Flat | None] = [None] * len(self.segments)

    def __len__(self) -> int:
        """How many vectors there are."""
        return int(self.starts[-1])

    def search(
        self, query: Vectors, k: int, allowed: Mask | None, order: NDArray[np.int64]
    ) -> tuple[Rows, Scores]:
        """Positions and cosines of the k nearest allowed vectors, best first.

        query: (d,) float32. allowed: (len(self),) bool, or None for all. order: (len(self),), by
        which equal scores are ordered.
        """
        passing = len(self) if allowed is None else int(np.count_nonzero(allowed))
        wanted = min(k, passing)
        if wanted < 1:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        places, exact = self._candidates(query, k + SPARE, allowed)
        scores = self.cosines(query, places)
        ranked = top(scores, order[places], k + SPARE)
        best = ranked[:wanted]
        # What is as near as the last of k may have more like it that are no candidates.
        torn = len(ranked) < passing and scores[best[-1:]] - scores[ranked[-1:]] < COARSENESS
        if len(best) < wanted or (exact and torn):
            places = self._all(allowed)
            scores = self.cosines(query, places)
            best = top(scores, order[places], wanted)
        return places[best], scores[best]

    def cosines(self, query: Vectors, places: Rows) -> Scores:
        """Cosines of the query (d,) with the vectors at these positions, float32."""
        scores = np.empty(len(places), dtype=np.float32)
        owner = np.searchsorted(self.starts, places, side="right") - 1
        for number in np.unique(owner):
            mine = owner == number
            local = places[mine] - self.starts[number]
            scores[mine] = cosines(self.segments[number], query, local)
        return scores

    def vectors_at(self, places: Rows) -> Half:
        """The vectors at these positions, (len(places), d) float16."""
        owner = np.searchsorted(self.starts, places, side="right") - 1
        width = self.segments[0].shape[1] if self.segments else 0
        vectors = np.empty((len(places), width), dtype=np.float16)
        for number in np.unique(owner):
            mine = owner == number
            vectors[mine] = self.segments[number][places[mine] - self.starts[number]]
        return vectors

    def _all(self, allowed: Mask | None) -> Rows:
        return np.arange(len(self)) if allowed is None else np.flatnonzero(allowed)

    def _candidates(self, query: Vectors, k: int, allowed: Mask | None) -> tuple[Rows, bool]:
        """Positions of vectors that hold the k nearest, and whether they do so for certain."""
        if self._graph is not None and allowed is not None:
            places = np.flatnonzero(allowed)
            if len(places) <= FEW:
                return places[Flat(self.vectors_at(places)).nearest(query, k, None)], True
        found = []
        for number, start in enumerate(self.starts[:-1]):
            end = self.starts[number + 1]
            mask = None if allowed is None else allowed[start:end]
            if mask is None or mask.any():
                found.append(start + self._index(number).nearest(query, k, mask))
        return np.concatenate(found).astype(np.int64), self._graph is None

    def _index(self, number: int) -> "Graph | Flat":
        if number == 0 and self._graph is not None:
            return self._graph
        flat = self._flat[number]
        if flat is None:
            flat = self._flat[number] = Flat(self.segments[number])
        return flat


class Flat:
    """Exact search over one segment, in memory as float16."""

    def __init__(self, vectors: Half) -> None:
        self._index = faiss.IndexScalarQuantizer(
            vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        for start in range(0, len(vectors), BLOCK):
            block = np.ascontiguousarray(vectors[start : start + BLOCK])
            self._index.add_sa_codes(block.view(np.uint8))  # its codes are those very numbers

    def nearest(self, query: Vectors, k: int, allowed: Mask | None) -> Rows:
        """Positions of the k nearest vectors; allowed: (n,) bool or None for all."""
        bits = _bits(allowed)
        parameters = faiss.SearchParameters(sel=_selector(bits)) if bits is not None else None
        return _search(self._index, query, k, parameters)


class Graph:
    """An approximate index over one segment, in a file of its own."""

    def __init__(self, index: Any) -> None:
        self._index = index

    def __len__(self) -> int:
        """How many vectors are in it."""
        return int(self._index.ntotal)

    @classmethod
    def build(cls, vectors: Half) -> "Graph":
        """A graph over all the vectors, (n, d) float16."""
        index = faiss.IndexHNSWSQ(
            vectors.shape[1], faiss.ScalarQuantizer.QT_8bit, LINKS, faiss.METRIC_INNER_PRODUCT
        )
        index.hnsw.efConstruction = BUILD_EFFORT
        sample = np.linspace(0, len(vectors) - 1, min(len(vectors), 50_000), dtype=np.int64)
        index.train(np.asarray(vectors[sample], dtype=np.float32))
        for start in range(0, len(vectors), BLOCK):
            index.add(np.asarray(vectors[start : start + BLOCK], dtype=np.float32))
        return cls(index)

    @classmethod
    def read(cls, path: Path) -> "Graph":
        """The graph in a file written by `write`."""
        return cls(faiss.read_index(str(path)))

    def write(self, path: Path) -> None:
        """Write it to a file."""
        faiss.write_index(self._index, str(path))

    def nearest(self, query: Vectors, k: int, allowed: Mask | None) -> Rows:
        """Positions of about the k nearest vectors; allowed: (n,) bool or None for all."""
        bits = _bits(allowed)
        share = 1.0 if allowed is None else np.count_nonzero(allowed) / len(allowed)
        effort = min(int(EFFORT / max(share, 0.001)), MOST_EFFORT)
        parameters = faiss.SearchParametersHNSW(efSearch=max(effort, 2 * k))
        if bits is not None:
            parameters.sel = _selector(bits)
        return _search(self._index, query, k, parameters)


def _search(index: Any, query: Vectors, k: int, parameters: Any) -> Rows:
    _, found = index.search(query[None, :], k, params=parameters)
    places: Rows = found[0]
    return places[places >= 0]


def _bits(allowed: Mask | None) -> NDArray[np.uint8] | None:
    return None if allowed is None else np.packbits(allowed, bitorder="little")


def _selector(bits: NDArray[np.uint8]) -> Any:
    return faiss.IDSelectorBitmap(bits)  # keeps a pointer: `bits` must outlive the search

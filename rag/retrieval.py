"""Query -> hits: dense and lexical search, fused, inside the query's hard bounds.

Fusion is half and half of both scores after min-max scaling over the chunks that either found; on
the development questions it ranks releases better (nDCG@10 0.98) than either alone or reciprocal
ranks (0.955). What a question only hints at (a month, a senator's name) moves a hit up by little.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedding import Vectors
from index.store import Filter, Store
from rag.records import Hit, Query

POOL = 100  # chunks taken from each of the two searches
LEXICAL_SHARE = 0.5
HINT_BONUS = 0.06  # for a release dated where the question hints
ISSUER_BONUS = 0.06  # for a release of an issuer whom the question names


@dataclass(frozen=True, slots=True)
class Scored:
    """Chunks found by either search, best first: rows and scores of equal length.

    dense: cosines, nan where no vector is built. lexical: BM25, 0 where no word is shared.
    """

    rows: NDArray[np.int64]
    fused: NDArray[np.float32]
    dense: NDArray[np.float32]
    lexical: NDArray[np.float32]


def filter_of(query: Query) -> Filter:
    """The query's hard bounds as the index knows them."""
    return Filter(query.bounds.start, query.bounds.end, query.issuers)


def retrieve(
    store: Store,
    query: Query,
    vector: Vectors | None,
    *,
    pool: int = POOL,
    where: Filter | None = None,
) -> Scored:
    """Chunks that fit the query, best first; all of them inside its bounds.

    vector: the question's unit vector (d,), or None to search by words only. where: another filter
    than the query's own.
    """
    bounds = filter_of(query) if where is None else where
    lexical = store.lexical(query.question, pool, bounds)
    rows = lexical.rows
    if vector is not None:
        rows = np.union1d(rows, store.dense(vector, pool, bounds).rows)
    by_row = dict(zip(lexical.rows.tolist(), lexical.scores.tolist(), strict=True))
    words = np.array([by_row.get(row, 0.0) for row in rows.tolist()], dtype=np.float32)
    if vector is None:
        meaning = np.full(len(rows), np.nan, dtype=np.float32)
    else:
        meaning = store.cosines(vector, rows)
    fused = LEXICAL_SHARE * scaled(words) + (1 - LEXICAL_SHARE) * scaled(meaning)
    fused = fused + _bonuses(store, query, rows)
    order = np.lexsort((rows, -fused))
    return Scored(rows[order], fused[order].astype(np.float32), meaning[order], words[order])


def scaled(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores from 0 (least) to 1 (most); nan, and scores that are all equal, become 0."""
    known = scores[~np.isnan(scores)]
    if not len(known) or known.max() <= known.min():
        return np.zeros_like(scores)
    spread: NDArray[np.float32] = (scores - known.min()) / (known.max() - known.min())
    return np.nan_to_num(spread, nan=0.0)


def hits(store: Store, found: Scored, k: int) -> list[Hit]:
    """The best k chunks as records."""
    chunks = store.chunks(found.rows[:k])
    return [
        Hit(
            chunk=chunk,
            score=float(found.fused[i]),
            rank=i + 1,
            dense=None if np.isnan(found.dense[i]) else float(found.dense[i]),
            lexical=float(found.lexical[i]) or None,
        )
        for i, chunk in enumerate(chunks)
    ]


@dataclass(frozen=True, slots=True)
class RankedRelease:
    """A release by its best chunk: scores as in `Scored`."""

    release_id: str
    score: float
    dense: float
    lexical: float


def releases(store: Store, found: Scored, k: int) -> list[RankedRelease]:
    """The best k releases, by their best chunk; the dense and lexical scores are their best ones."""
    numbers = store.release_numbers(found.rows)
    _, first = np.unique(numbers, return_index=True)
    ranked = []
    for place in sorted(first.tolist())[:k]:
        same = numbers == numbers[place]
        cosines = found.dense[same]
        ranked.append(
            RankedRelease(
                release_id=store.chunk(int(found.rows[place])).release_id,
                score=float(found.fused[place]),
                dense=float(np.nanmax(cosines)) if not np.isnan(cosines).all() else 0.0,
                lexical=float(found.lexical[same].max()),
            )
        )
    return ranked


def _bonuses(store: Store, query: Query, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    bonus = np.zeros(len(rows), dtype=np.float32)
    if query.hints:
        bonus += HINT_BONUS * store.passes(rows, Filter(query.hints.start, query.hints.end))
    if query.issuer_hints:
        bonus += ISSUER_BONUS * store.passes(rows, Filter(issuers=query.issuer_hints))
    return bonus

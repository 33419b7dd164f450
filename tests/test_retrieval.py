"""Fusion by hand, and search of the archive of corpus/ inside hard bounds."""

from datetime import date

import numpy as np
import pytest

from index.store import Filter, Store
from rag.question import understand
from rag.records import Bounds
from rag.retrieval import hits, releases, retrieve, scaled


@pytest.fixture(scope="module")
def store(corpus_archive) -> Store:
    return Store.open(corpus_archive)


def ask(store: Store, question: str, **limits):
    query = understand(
        question,
        issuers=store.issuers(),
        span=Bounds(*store.date_range()),
        as_of=date(2020, 1, 1),
        **limits,
    )
    return query, store.encoder().embed([question])[0]


def test_scores_are_scaled_between_the_least_and_the_most() -> None:
    assert scaled(np.array([1.0, 3.0, 2.0], dtype=np.float32)).tolist() == [0.0, 1.0, 0.5]
    assert scaled(np.array([2.0, 2.0], dtype=np.float32)).tolist() == [0.0, 0.0]
    assert scaled(np.array([np.nan, 1.0, 3.0], dtype=np.float32)).tolist() == [0.0, 0.0, 1.0]
    assert scaled(np.array([], dtype=np.float32)).tolist() == []


def test_the_best_release_comes_first(store) -> None:
    found = retrieve(store, *ask(store, "Who joined Secretary Nielsen in Guatemala City?"))
    assert releases(store, found, 3)[0].release_id == "004_ae11e2517966b1c0"
    assert list(found.fused) == sorted(found.fused, reverse=True)


def test_bounds_hold_for_every_hit(store) -> None:
    query, vector = ask(store, "joint statement", date_from="2019-09-26", date_to="2019-09-26")
    found = retrieve(store, query, vector)
    assert {h.chunk.release_id for h in hits(store, found, 50)} == {"001_7bb7e27ee325c5ce#2"}
    nothing = retrieve(store, query, vector, where=Filter("2030-01-01", None))
    assert len(nothing.rows) == 0 and releases(store, nothing, 5) == []


def test_words_alone_search_too(store) -> None:
    query, _ = ask(store, "biometric systems")
    found = retrieve(store, query, None)
    (first, *_) = hits(store, found, 3)
    assert first.chunk.release_id == "004_ae11e2517966b1c0"
    assert first.dense is None and first.lexical is not None

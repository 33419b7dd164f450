"""BM25: any text is a query, filters hold inside the search, order is always the same."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.lexical import Entry, Lexicon, writing_lexicon
from index.search import EVERYTHING, Filter

ORDER = np.arange(100, dtype=np.int64)
ENTRIES = [
    Entry(3, "ministers met the ministers in the valley", "Sen. Ash", (20190926, 20190926)),
    Entry(5, "a minister spoke of many other things that day", "Sen. Birch", (20190901, 20190930)),
    Entry(8, "minister", "Sen. Ash", None),
    Entry(9, "nothing of the kind", "Sen. Ash", (20200101, 20201231)),
]


def add(folder: Path, entries: list[Entry]) -> None:
    with writing_lexicon(folder) as write:
        for entry in entries:
            write(entry)


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    add(tmp_path, ENTRIES)
    return Lexicon(tmp_path)


def test_more_and_rarer_words_rank_higher(lexicon: Lexicon) -> None:
    found = lexicon.search("minister valley", 9, EVERYTHING, ORDER)
    assert found.rows.tolist() == [3, 8, 5]
    assert (np.diff(found.scores) < 0).all()


def test_scores_are_those_of_bm25(tmp_path: Path) -> None:
    """Of Robertson and Zaragoza 2009 with k1 1.2 and b 0.75, as tantivy has it."""
    add(tmp_path, [Entry(0, "rain rain sun", None, None), Entry(1, "sun", None, None)])
    found = Lexicon(tmp_path).search("rain", 9, EVERYTHING, ORDER)
    idf = np.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    frequency = 2 * (1.2 + 1) / (2 + 1.2 * (1 - 0.75 + 0.75 * 3 / 2))
    assert found.scores.tolist() == pytest.approx([idf * frequency], abs=1e-3)


def test_words_are_stemmed_and_folded(lexicon: Lexicon) -> None:
    assert lexicon.search("MINISTÉRS", 9, EVERYTHING, ORDER).rows.tolist() == [8, 3, 5]


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        (Filter(start="2019-09-26", end="2019-09-26"), [3]),
        (Filter(start="2019-09", end="2019-09"), [3, 5]),
        (Filter(end="2019-09-29"), [3]),
        (Filter(issuers=("Sen. Ash",)), [8, 3]),
        (Filter(issuers=("Sen. Birch", "Sen. Ash"), start="2019"), [3, 5]),
        (Filter(issuers=("Ash",)), []),
    ],
)
def test_filters(lexicon: Lexicon, where: Filter, rows: list[int]) -> None:
    assert lexicon.search("ministers", 9, where, ORDER).rows.tolist() == rows


def test_a_filter_leaves_k_hits_where_k_exist(tmp_path: Path) -> None:
    many = [Entry(i, "rain " * (1 + i % 7), f"s{i % 50}", None) for i in range(2000)]
    add(tmp_path, many)
    order = np.arange(2000, dtype=np.int64)
    found = Lexicon(tmp_path).search("rain", 10, Filter(issuers=("s7",)), order)
    assert len(found) == 10
    assert set((found.rows % 50).tolist()) == {7}


def test_equal_scores_come_in_the_order_given(tmp_path: Path) -> None:
    add(tmp_path, [Entry(row, "rain", None, None) for row in range(50)])
    order = np.arange(50, dtype=np.int64)[::-1].copy()
    found = Lexicon(tmp_path).search("rain", 3, EVERYTHING, order)
    assert found.rows.tolist() == [49, 48, 47]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(st.text(max_size=60), st.sampled_from(['"', "a AND", "x:y^2~", "(", "*", "\0"]))
)
def test_any_text_is_a_query(lexicon: Lexicon, text: str) -> None:
    assert len(lexicon.search(text, 5, EVERYTHING, ORDER)) <= 5


def test_an_open_index_keeps_its_view(tmp_path: Path) -> None:
    add(tmp_path, ENTRIES)
    before = Lexicon(tmp_path)
    add(tmp_path, [Entry(11, "minister again", None, None)])
    assert (len(before), len(Lexicon(tmp_path))) == (4, 5)
    assert set(before.search("again", 9, EVERYTHING, ORDER).rows.tolist()) == set()
    assert Lexicon(tmp_path).search("again", 9, EVERYTHING, ORDER).rows.tolist() == [11]


def test_an_index_whose_lock_cannot_be_taken_is_read_all_the_same(tmp_path: Path) -> None:
    add(tmp_path, ENTRIES)
    (tmp_path / ".tantivy-meta.lock").unlink(missing_ok=True)
    (tmp_path / ".tantivy-meta.lock").mkdir()  # as unwritable as on a read-only disk
    found = Lexicon(tmp_path).search("valley", 9, EVERYTHING, ORDER)
    assert found.rows.tolist() == [3]

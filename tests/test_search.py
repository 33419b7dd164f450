"""Filters, date ranges and the order of hits."""

import numpy as np
import pytest

from index.search import EVERYTHING, Filter, day_range, top


@pytest.mark.parametrize(
    ("date", "days"),
    [
        ("2019-09-26", (20190926, 20190926)),
        ("2019-09", (20190901, 20190930)),
        ("2020-02", (20200201, 20200229)),
        ("2019", (20190101, 20191231)),
    ],
)
def test_a_date_covers_its_days(date: str, days: tuple[int, int]) -> None:
    assert day_range(date) == days


def test_bounds_are_inclusive_and_may_be_open() -> None:
    assert Filter(start="2019-09", end="2019-09").days() == (20190901, 20190930)
    assert Filter(start="2019").days() == (20190101, 99_999_999)
    assert Filter(end="2019").days() == (0, 20191231)
    assert Filter(issuers=("a",)).days() is None


def test_an_empty_filter_is_false() -> None:
    assert not EVERYTHING
    assert Filter(issuers=("a",))
    assert Filter(end="2019")


def test_top_breaks_ties_by_the_second_order() -> None:
    scores = np.array([1, 3, 3, 2, 3] * 10, dtype=np.float32)
    tiebreak = np.arange(50, dtype=np.int64)[::-1].copy()
    assert top(scores, tiebreak, 3).tolist() == [49, 47, 46]
    assert top(scores, tiebreak, 0).tolist() == []
    assert len(top(scores, tiebreak, 99)) == 50

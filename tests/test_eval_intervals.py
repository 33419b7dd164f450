import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.collection import Topic
from eval.intervals import (
    Bin,
    answer_figures,
    answer_intervals,
    calibration_error,
    draws,
    error_bound,
    interval,
    mean_intervals,
    paired,
    reliability,
)
from eval.measures import Outcome, Prediction, score


def outcome(id, answerable, answered, confidence, right, first=None, kind="near"):
    topic = Topic(id, "?", "who", answerable, kind=None if answerable else kind)
    first = right if first is None else first
    prediction = Prediction(id, answered, confidence, ())
    return Outcome(
        topic, prediction, answerable and right, answerable and first, answerable and right
    )


OUTCOMES = st.lists(
    st.builds(
        outcome,
        st.just("q"),
        st.booleans(),
        st.booleans(),
        st.integers(0, 8).map(lambda n: n / 8),
        st.booleans(),
        kind=st.sampled_from(["far", "near"]),
    ),
    min_size=1,
    max_size=20,
)


@settings(deadline=None)
@given(OUTCOMES)
def test_weights_of_one_give_the_figures_themselves(some):
    figures = answer_figures(some, np.ones((1, len(some))))
    expected = score(some)
    assert len(figures) >= 9
    for name, value in figures.items():
        assert value[0] == pytest.approx(expected[name], nan_ok=True), name


@settings(deadline=None)
@given(OUTCOMES, st.integers(0, 5))
def test_a_weight_counts_a_topic_that_often(some, seed):
    weights = np.random.default_rng(seed).integers(0, 3, len(some)).astype(float)
    if not weights.any():
        weights[0] = 1
    repeated = [o for o, w in zip(some, weights, strict=True) for _ in range(int(w))]
    figures = answer_figures(some, weights[None, :])
    expected = answer_figures(repeated, np.ones((1, len(repeated))))
    for name, value in expected.items():
        assert figures[name][0] == pytest.approx(value[0], nan_ok=True), name


def test_draws_keep_groups_together_and_repeat_by_seed():
    weights = draws(["a", "a", "b", "c"], samples=200, seed=1)
    assert (weights[:, 0] == weights[:, 1]).all()
    assert (weights[:, [0, 2, 3]].sum(1) == 3).all()
    assert weights.mean() == pytest.approx(1, abs=0.1)
    assert (weights == draws(["a", "a", "b", "c"], samples=200, seed=1)).all()
    assert (weights != draws(["a", "a", "b", "c"], samples=200, seed=2)).any()


def test_interval_of_a_rate_is_about_as_wide_as_theory_says():
    """100 of 400 answered rightly and no wrong answer: recall 0.25 ± 1.96 sqrt(.25 .75 / 400)."""
    some = [outcome(f"q{n}", True, n < 100, 0.5, n < 100) for n in range(400)]
    found = answer_intervals(some, draws([o.topic.id for o in some]))["recall"]
    assert found.value == 0.25
    assert found.low == pytest.approx(0.25 - 0.0424, abs=0.008)
    assert found.high == pytest.approx(0.25 + 0.0424, abs=0.008)


def test_paired_difference_sees_what_is_better_throughout():
    before = [outcome(f"q{n}", True, True, 0.5, n % 2 == 0) for n in range(60)]
    after = [outcome(f"q{n}", True, True, 0.5, n % 2 == 0 or n % 6 == 1) for n in range(60)]
    weights = draws([o.topic.id for o in after])
    change = paired(before, after, weights)["net"]
    assert change.value == pytest.approx(2 * 10 / 60)
    assert 0 < change.low < change.value < change.high
    same = paired(before, before, weights)["net"]
    assert (same.value, same.low, same.high) == (0, 0, 0)
    with pytest.raises(ValueError, match="the same topics"):
        paired(before[1:], after, weights)


def test_means_leave_out_topics_without_a_value():
    weights = draws(["a", "b", "c"], samples=50)
    found = mean_intervals({"RR": {"a": 1.0, "c": 0.5}}, ["a", "b", "c"], weights)
    assert found["RR"].value == 0.75


def test_interval_passes_over_nan():
    assert interval(0.5, np.array([math.nan, 0.2, 0.2])).low == 0.2
    assert math.isnan(interval(0.5, np.array([math.nan])).low)


def test_reliability_and_calibration_error_by_hand():
    some = [
        outcome("a", True, True, 0.05, False),
        outcome("b", True, True, 0.15, True),
        outcome("c", True, False, 0.15, False),
        outcome("d", True, True, 1.0, True),
    ]
    bins = reliability(some)
    assert [b.count for b in bins] == [1, 2, 0, 0, 0, 0, 0, 0, 0, 1]
    assert (bins[1].confidence, bins[1].right) == (0.15, 0.5)
    assert calibration_error(bins) == pytest.approx((0.05 + 2 * 0.35 + 0) / 4)
    assert math.isnan(calibration_error([Bin(0, 1, 0, math.nan, math.nan)]))


def test_error_bound_is_clopper_pearsons():
    """No error in n: 1 - 0.05 ** (1 / n). 3 in 20: 0.3437 (one-sided, exact tables)."""
    assert error_bound(0, 59) == pytest.approx(1 - 0.05 ** (1 / 59), abs=1e-9)
    assert error_bound(3, 20) == pytest.approx(0.34366, abs=1e-4)
    assert error_bound(4, 4) == 1.0
    assert error_bound(0, 0) == 1.0

from hypothesis import given
from hypothesis import strategies as st

from eval.collection import Topic
from eval.folds import at_threshold, best_threshold, cross_validated, fold_of, group_of
from eval.measures import Cited, Outcome, Prediction


def outcome(confidence, right, id="q", cited=True):
    citations = (Cited("r", None, "x", 0, 1),) if cited else ()
    prediction = Prediction(id, True, confidence, citations)
    return Outcome(Topic(id, "?", answerable=True), prediction, right, right, right)


def test_group_is_the_gold_release_else_the_one_the_note_names():
    releases = {"dev0005", "b#2"}
    near = Topic("q1", "?", answerable=False, note="near (dev0005): size never stated")
    assert group_of(near, releases) == "dev0005"
    assert group_of(near) == "q1"
    assert group_of(Topic("q2", "?", note="see b#2"), releases) == "b#2"
    assert group_of(Topic("q3", "?", release_id="r7", note="dev0005"), releases) == "r7"


def test_folds_do_not_move():
    assert [fold_of(f"dev{n:04}") for n in range(8)] == [4, 4, 4, 4, 3, 1, 2, 2]


def test_best_threshold_is_that_of_the_highest_net():
    some = [outcome(0.9, True), outcome(0.8, False), outcome(0.7, True), outcome(0.6, True)]
    assert best_threshold(some) == 0.6
    assert best_threshold([*some, outcome(0.5, False)]) == 0.6
    assert best_threshold([outcome(0.9, False)]) == float("inf")


def test_best_threshold_does_not_part_equal_confidences():
    """Answering from 0.8 on takes both of the two; only 0.9 gains."""
    some = [outcome(0.9, True), outcome(0.8, True), outcome(0.8, False), outcome(0.8, False)]
    assert best_threshold(some) == 0.9


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=12))
def test_best_threshold_beats_every_other(rows):
    some = [outcome(confidence / 10, right) for confidence, right in rows]

    def gain(threshold):
        return sum(1 if o.right else -1 for o in some if o.prediction.confidence >= threshold)

    best = best_threshold(some)
    assert all(gain(best) >= gain(n / 10) for n in range(11))
    assert gain(best) >= 0


def test_without_a_citation_nothing_is_answered():
    decided = at_threshold([outcome(0.9, False, cited=False), outcome(0.9, True)], 0.5)
    assert [o.answered for o in decided] == [False, True]


def test_each_fold_is_decided_by_the_others():
    """Groups in two folds: in one every answer is right from 0.2 on, in the other none is."""
    groups = [f"dev{n:04}" for n in range(40)]
    folds = [fold_of(group, 2) for group in groups]
    some = [outcome(0.2 + n / 100, fold == 0, f"q{n}") for n, fold in enumerate(folds)]
    decided, thresholds = cross_validated(some, groups, 2)
    least = min(o.prediction.confidence for o, f in zip(some, folds, strict=True) if f == 0)
    assert thresholds == [float("inf"), least]
    for one, fold in zip(decided, folds, strict=True):
        assert one.answered == (fold == 1 and one.prediction.confidence >= least)

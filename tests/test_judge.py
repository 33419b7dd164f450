"""Trees, ranking and confidence, on models small enough to follow by hand."""

import json

import numpy as np
import pytest

from index.errors import ModelMismatch
from index.records import Span
from rag.evidence import FEATURES, Candidate
from rag.judge import LEAD_FEATURES, MODEL, Judge, Trees, decisive, load_judge

FOUND = FEATURES.index("found")
# found <= 0 gives -1, more gives +2.
STUMP = {
    "feature": [FOUND, 0, 0],
    "threshold": [0.0, 0.0, 0.0],
    "left": [1, -1, -1],
    "right": [2, -1, -1],
    "value": [0.0, -1.0, 2.0],
}
JUDGE = Judge(Trees.of([STUMP]), Trees.of([STUMP]), (1.0, 0.0), 0.5, ())


def candidate(release_id: str, start: int, found: float) -> Candidate:
    features = np.zeros(len(FEATURES), dtype=np.float32)
    features[FOUND] = found
    return Candidate(release_id, Span(start, start + 10), Span(start, start + 1), features)


def test_trees_add_up_their_leaves() -> None:
    rows = np.zeros((3, len(FEATURES)), dtype=np.float32)
    rows[:, FOUND] = [-1.0, 0.0, 0.5]
    assert Trees.of([STUMP, STUMP]).log_odds(rows).tolist() == [-2.0, -2.0, 4.0]
    assert Trees.of([]).log_odds(rows).tolist() == [0.0, 0.0, 0.0]


def test_candidates_are_ranked_best_first_and_ties_by_place() -> None:
    ranked = JUDGE.rank([candidate("b", 0, -1), candidate("b", 50, 1), candidate("a", 0, -1)])
    assert [(j.candidate.release_id, j.candidate.span.start, j.score) for j in ranked] == [
        ("b", 50, 2.0),
        ("a", 0, -1.0),
        ("b", 0, -1.0),
    ]


def test_of_overlapping_quotes_the_better_one_stays() -> None:
    ranked = JUDGE.rank([candidate("a", 0, -1), candidate("a", 5, 1), candidate("a", 15, -1)])
    assert [j.candidate.span.start for j in ranked] == [5, 15]


def test_confidence_is_that_of_the_first() -> None:
    sure = JUDGE.confidence(JUDGE.rank([candidate("a", 0, 1)]))
    assert sure == pytest.approx(1 / (1 + np.exp(-2.0)))
    assert JUDGE.confidence([]) == 0.0


def test_the_lead_counts_other_releases_apart() -> None:
    ranked = JUDGE.rank([candidate("a", 0, 1), candidate("a", 50, 0.5), candidate("b", 0, -1)])
    lead = dict(zip(LEAD_FEATURES, decisive(ranked)[len(FEATURES) :].tolist(), strict=True))
    assert lead["score"] == 2.0
    assert lead["lead"] == 0.0
    assert lead["lead_elsewhere"] == 3.0
    assert lead["best_found"] == 1.0
    assert lead["agreeing"] == 0.0


def test_a_judge_of_other_figures_is_refused(tmp_path) -> None:
    data = json.loads(MODEL.read_text("utf-8"))
    data["features"].pop()
    path = tmp_path / "judge.json"
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(ModelMismatch, match="fit it again"):
        load_judge(path)


def test_the_shipped_judge_fits_the_features() -> None:
    judge = load_judge()
    most = int(judge.ranking.feature.max())
    assert most < len(FEATURES)
    assert 0 < judge.threshold < 1
    thresholds = [row[0] for row in judge.curve]
    shares = [row[3] for row in judge.curve]
    assert thresholds == sorted(thresholds)
    assert shares == sorted(shares, reverse=True)
    assert all(error <= bound for _, error, bound, _ in judge.curve)

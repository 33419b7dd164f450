"""The judge: from the figures of a candidate to the probability that its quote answers the question.

Two gradient-boosted models of small trees (eval/train_judge.py makes them; models/judge.json holds
them as numbers). The first ranks the candidates of one question; the second looks at the best one,
how far it leads, and what the others say, and gives a calibrated probability.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelMismatch
from rag.evidence import FEATURES, Candidate

MODEL = Path(__file__).parent / "models" / "judge.json"
MOST_CITATIONS = 3
SECOND_QUOTE = 3.0  # log-odds below the best at which a further quote is still worth showing
Rows = NDArray[np.float32]

# What the second model sees beside the best candidate's own figures.
LEAD_FEATURES = ("score", "lead", "lead_elsewhere", "best_found", "best_fit", "agreeing")


@dataclass(frozen=True, slots=True)
class Trees:
    """A boosted sum of binary trees, side by side in arrays (trees, most nodes of any).

    A row goes left where its feature is at most the threshold. A leaf is its own child, so that
    walking on changes nothing; value holds the leaves' log-odds. depth: of the deepest tree.
    """

    feature: NDArray[np.int64]
    threshold: NDArray[np.float64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: NDArray[np.float64]
    depth: int

    def log_odds(self, rows: Rows) -> NDArray[np.float64]:
        """Log-odds of each row, (rows,)."""
        tree = np.arange(len(self.feature))[None, :]
        row = np.arange(len(rows))[:, None]
        node = np.zeros((len(rows), len(self.feature)), dtype=np.int64)
        for _ in range(self.depth):
            low = rows[row, self.feature[tree, node]] <= self.threshold[tree, node]
            node = np.where(low, self.left[tree, node], self.right[tree, node])
        total: NDArray[np.float64] = self.value[tree, node].sum(axis=1)
        return total

    @classmethod
    def of(cls, data: Sequence[Mapping[str, Sequence[float]]]) -> "Trees":
        """From the JSON that `eval/train_judge.py` writes: a leaf's children are -1."""
        size = max((len(tree["feature"]) for tree in data), default=1)
        shape = (len(data), size)
        whole = {name: np.full(shape, -1, dtype=np.int64) for name in ("feature", "left", "right")}
        real = {name: np.zeros(shape) for name in ("threshold", "value")}
        for place, tree in enumerate(data):
            for name, array in (whole | real).items():
                array[place, : len(tree[name])] = tree[name]
        depth = max((_depth(tree) for tree in data), default=0)
        own = np.broadcast_to(np.arange(size), shape)
        for name in ("left", "right"):
            whole[name] = np.where(whole[name] < 0, own, whole[name])
        return cls(
            feature=whole["feature"],
            threshold=real["threshold"],
            left=whole["left"],
            right=whole["right"],
            value=real["value"],
            depth=depth,
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate and how it compares: score are the ranking's log-odds."""

    candidate: Candidate
    score: float


@dataclass(frozen=True)
class Judge:
    """Ranks the candidates of a question and says how likely the best one answers it.

    calibration: (slope, intercept) from the deciding log-odds to those of being right. threshold:
    the probability below which the answer is withheld. curve: (threshold, expected share
    of wrong answers among those given, upper bound of that share, share answered), ascending.
    """

    ranking: Trees
    deciding: Trees
    calibration: tuple[float, float]
    threshold: float
    curve: tuple[tuple[float, float, float, float], ...]

    def rank(self, candidates: Sequence[Candidate]) -> list[Judged]:
        """The candidates, best first; of two whose quotes overlap only the better one."""
        if not candidates:
            return []
        scores = self.ranking.log_odds(np.stack([c.features for c in candidates]))
        order = sorted(
            range(len(candidates)),
            key=lambda i: (-scores[i], candidates[i].release_id, candidates[i].span.start),
        )
        kept: list[Judged] = []
        for i in order:
            if not any(_overlap(candidates[i], other.candidate) for other in kept):
                kept.append(Judged(candidates[i], float(scores[i])))
        return kept

    def confidence(self, ranked: Sequence[Judged]) -> float:
        """Calibrated probability that the first of the ranked candidates answers the question."""
        if not ranked:
            return 0.0
        raw = float(self.deciding.log_odds(decisive(ranked)[None, :])[0])
        slope, intercept = self.calibration
        return float(1.0 / (1.0 + np.exp(-(slope * raw + intercept))))


def decisive(ranked: Sequence[Judged]) -> Rows:
    """The figures that decide on the best of the ranked candidates: FEATURES + LEAD_FEATURES."""
    best = ranked[0]
    others = [j for j in ranked[1:]]
    elsewhere = [j for j in others if j.candidate.release_id != best.candidate.release_id]
    found, fit = FEATURES.index("found"), FEATURES.index("fit")
    figures = [
        best.score,
        best.score - max((j.score for j in others), default=best.score - 6.0),
        best.score - max((j.score for j in elsewhere), default=best.score - 6.0),
        max(float(j.candidate.features[found]) for j in ranked),
        max(float(j.candidate.features[fit]) for j in ranked),
        float(sum(j.candidate.features[found] > 0 for j in elsewhere)),
    ]
    return np.concatenate([best.candidate.features, np.array(figures, dtype=np.float32)])


def shown(ranked: Sequence[Judged]) -> list[Judged]:
    """The quotes worth showing of the ranked ones: the best, and others that come close to it."""
    return [j for j in ranked[:MOST_CITATIONS] if ranked[0].score - j.score <= SECOND_QUOTE]


def load_judge(path: Path = MODEL) -> Judge:
    """The shipped judge, or another one that `eval/train_judge.py` wrote.

    Raises ModelMismatch when it was fitted to other figures than FEATURES.
    """
    data = json.loads(path.read_text("utf-8"))
    if tuple(data["features"]) != FEATURES:
        raise ModelMismatch(
            f"{path} was fitted to {len(data['features'])} figures, {len(FEATURES)} are reckoned "
            "now: fit it again with eval/train_judge.py"
        )
    return Judge(
        ranking=Trees.of(data["ranking"]),
        deciding=Trees.of(data["deciding"]),
        calibration=(float(data["calibration"][0]), float(data["calibration"][1])),
        threshold=float(data["threshold"]),
        curve=tuple(tuple(map(float, row)) for row in data["curve"]),  # type: ignore[misc]
    )


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.release_id == other.release_id and one.span.overlaps(other.span)


def _depth(tree: Mapping[str, Sequence[float]], node: int = 0) -> int:
    """Steps from a node to its deepest leaf."""
    if tree["left"][node] < 0:
        return 0
    return 1 + max(_depth(tree, int(tree[side][node])) for side in ("left", "right"))

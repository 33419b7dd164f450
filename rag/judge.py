"""The judge: from the figures of a candidate to the probability that its quote answers the question.

Two gradient-boosted models of small trees (eval/train_judge.py makes them; models/judge.json holds
them as numbers). The first ranks the candidates of one question; the second looks at the best one,
how far it leads, and what the others say, and gives a calibrated probability.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.evidence import FEATURES, Candidate

MODEL = Path(__file__).parent / "models" / "judge.json"
Rows = NDArray[np.float32]

# What the second model sees beside the best candidate's own figures.
LEAD_FEATURES = ("score", "lead", "lead_elsewhere", "best_found", "best_fit", "agreeing")


@dataclass(frozen=True, slots=True)
class Trees:
    """A boosted sum of binary trees, each in arrays: children are indices, -1 at a leaf.

    A row goes left where its feature is at most the threshold. value holds the leaves' log-odds.
    """

    trees: tuple[Mapping[str, NDArray[Any]], ...]

    def log_odds(self, rows: Rows) -> NDArray[np.float64]:
        """Log-odds of each row, (rows,)."""
        total = np.zeros(len(rows))
        for tree in self.trees:
            node = np.zeros(len(rows), dtype=np.int64)
            while True:
                inner = tree["left"][node] >= 0
                if not inner.any():
                    break
                low = rows[np.arange(len(rows)), tree["feature"][node]] <= tree["threshold"][node]
                step = np.where(low, tree["left"][node], tree["right"][node])
                node = np.where(inner, step, node)
            total += tree["value"][node]
        return total

    @classmethod
    def of(cls, data: Sequence[Mapping[str, Any]]) -> "Trees":
        """From the JSON that `eval/train_judge.py` writes."""
        kinds = {"feature": int, "threshold": float, "left": int, "right": int, "value": float}
        trees: tuple[Mapping[str, NDArray[Any]], ...] = tuple(
            {name: np.array(tree[name], dtype=kind) for name, kind in kinds.items()}
            for tree in data
        )
        return cls(trees)


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


def load_judge(path: Path = MODEL) -> Judge:
    """The shipped judge."""
    data = json.loads(path.read_text("utf-8"))
    return Judge(
        ranking=Trees.of(data["ranking"]),
        deciding=Trees.of(data["deciding"]),
        calibration=(float(data["calibration"][0]), float(data["calibration"][1])),
        threshold=float(data["threshold"]),
        curve=tuple(tuple(map(float, row)) for row in data["curve"]),  # type: ignore[misc]
    )


def _overlap(one: Candidate, other: Candidate) -> bool:
    same = one.release_id == other.release_id
    return same and one.span.start < other.span.end and other.span.start < one.span.end

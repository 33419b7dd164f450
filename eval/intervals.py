"""How sure a figure is: bootstrap over releases, paired differences, calibration.

Questions about one release share its difficulty, so whole groups are drawn (see folds.group_of),
not single questions: intervals come out wider, and honest.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from eval.measures import Outcome

Floats = npt.NDArray[np.float64]
SAMPLES = 2000
LEVEL = 0.95
BINS = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the bounds of its confidence interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of a reliability diagram: topics with a confidence in [low, high).

    confidence and right are means over its `count` topics, NaN when it is empty.
    """

    low: float
    high: float
    count: int
    confidence: float
    right: float


def draws(groups: Sequence[Hashable], samples: int = SAMPLES, seed: int = 0) -> Floats:
    """How often each topic is drawn, shape (samples, topics): whole groups with replacement.

    Example: groups "a", "a", "b" give rows such as [2, 2, 0], [1, 1, 1] or [0, 0, 2].
    """
    names = {name: number for number, name in enumerate(dict.fromkeys(groups))}
    member = np.array([names[group] for group in groups], dtype=np.intp)
    random = np.random.default_rng(seed)
    picked = random.integers(0, len(names), size=(samples, len(names)))
    counts = np.zeros((samples, len(names)))
    for row, picks in zip(counts, picked, strict=True):
        row += np.bincount(picks, minlength=len(names))
    return counts[:, member]


def answer_figures(
    outcomes: Sequence[Outcome], weights: Floats, nothing: float = 0.0
) -> dict[str, Floats]:
    """Each answer measure under each row of weights, shape (rows,); a row of ones gives score's.

    nothing: what a ratio of nothing is. AUROC without both kinds of topics is NaN, as AURC of
    no topic.
    """
    ratio = partial(_ratio, nothing=nothing)
    answerable = _column(bool(o.topic.answerable) for o in outcomes)
    answered = _column(o.answered for o in outcomes)
    correct = weights @ _column(o.correct for o in outcomes)
    first = weights @ _column(o.first and o.answered for o in outcomes)
    dated = weights @ _column(o.dated and o.answered for o in outcomes)
    asked, given = weights @ answerable, weights @ answered
    figures = {
        "net": ratio(2 * correct - given, asked),
        "F1": ratio(2 * correct, given + asked),
        "precision": ratio(correct, given),
        "recall": ratio(correct, asked),
        "release@1": ratio(first, asked),
        "release_exact": ratio(first, weights @ (answerable * answered)),
        "date_exact": ratio(dated, first),
    }
    for kind in sorted({o.topic.kind for o in outcomes if o.topic.kind}):
        of_kind = _column(o.topic.kind == kind and not o.topic.answerable for o in outcomes)
        figures[f"abstain_{kind}"] = ratio(weights @ (of_kind * (1 - answered)), weights @ of_kind)
    confidence = np.array([o.prediction.confidence for o in outcomes])
    wrong = _column(not o.right for o in outcomes)
    figures["AURC"] = _aurc(confidence, wrong, weights)
    figures["AUROC"] = _auroc(confidence, answerable > 0, weights)
    return figures


def answer_intervals(outcomes: Sequence[Outcome], weights: Floats) -> dict[str, Interval]:
    """Each answer measure with its percentile interval under the weights of `draws`."""
    values = answer_figures(outcomes, np.ones((1, len(outcomes))))
    spread = answer_figures(outcomes, weights, math.nan)
    return {name: interval(values[name][0], spread[name]) for name in values}


def mean_intervals(
    values: Mapping[str, Mapping[str, float]], ids: Sequence[str], weights: Floats
) -> dict[str, Interval]:
    """Means of per-topic values ({measure: {topic id: value}}) with intervals.

    ids: the topics that the columns of weights stand for; those without a value do not count.
    """
    found = {}
    for name, row in values.items():
        has = _column(id in row for id in ids)
        value = np.array([row.get(id, 0.0) for id in ids])
        means = _ratio(weights @ value, weights @ has, math.nan)
        found[name] = interval(float(value.sum() / max(1.0, has.sum())), means)
    return found


def paired(
    before: Sequence[Outcome], after: Sequence[Outcome], weights: Floats
) -> dict[str, Interval]:
    """after - before of each answer measure, on the same topics and the same draws.

    Raises ValueError when the topics differ.
    """
    if [o.topic.id for o in before] != [o.topic.id for o in after]:
        raise ValueError("a paired comparison needs the same topics in the same order")
    ones = np.ones((1, len(after)))
    old, new = answer_figures(before, ones), answer_figures(after, ones)
    old_spread = answer_figures(before, weights, math.nan)
    new_spread = answer_figures(after, weights, math.nan)
    return {
        name: interval(float(new[name][0] - old[name][0]), new_spread[name] - old_spread[name])
        for name in new
        if name in old
    }


def interval(value: float, spread: Floats, level: float = LEVEL) -> Interval:
    """The percentile interval of a bootstrap, NaN (a resample of one kind) left out."""
    kept = spread[~np.isnan(spread)]
    if not len(kept):
        return Interval(float(value), math.nan, math.nan)
    tail = (1 - level) / 2
    low, high = np.quantile(kept, [tail, 1 - tail])
    return Interval(float(value), float(low), float(high))


def reliability(outcomes: Sequence[Outcome], bins: int = BINS) -> list[Bin]:
    """Mean confidence against the share that is right, in bins of equal width over [0, 1].

    Every topic counts, an abstention as the answer that was withheld.
    """
    edges = [number / bins for number in range(bins + 1)]
    found = []
    for low, high in zip(edges, edges[1:], strict=False):
        some = [
            o
            for o in outcomes
            if low <= o.prediction.confidence < high or high == o.prediction.confidence == 1
        ]
        found.append(
            Bin(
                low,
                high,
                len(some),
                _mean([o.prediction.confidence for o in some]),
                _mean([float(o.right) for o in some]),
            )
        )
    return found


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the gap of each bin weighted by its share of the topics.

    (Naeini et al., AAAI 2015.) NaN without a topic, as for confidences outside [0, 1].
    """
    total = sum(b.count for b in bins)
    if not total:
        return math.nan
    return sum(b.count * abs(b.confidence - b.right) for b in bins if b.count) / total


def error_bound(wrong: int, answered: int, level: float = LEVEL) -> float:
    """Upper Clopper-Pearson bound of an error rate: it is higher with chance at most 1 - level.

    Example: `round(error_bound(0, 59), 3) == 0.05`. 1.0 when nothing was answered.
    """
    if wrong >= answered:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        if _binomial_at_most(wrong, answered, middle) > 1 - level:
            low = middle
        else:
            high = middle
    return high


def _binomial_at_most(successes: int, trials: int, chance: float) -> float:
    """P(X <= successes) of a binomial with 0 < chance < 1."""
    logs = (
        math.lgamma(trials + 1)
        - math.lgamma(k + 1)
        - math.lgamma(trials - k + 1)
        + k * math.log(chance)
        + (trials - k) * math.log1p(-chance)
        for k in range(successes + 1)
    )
    return sum(math.exp(log) for log in logs)


def _aurc(confidence: Floats, wrong: Floats, weights: Floats) -> Floats:
    order = np.argsort(-confidence, kind="stable")
    found = np.full(len(weights), math.nan)
    for number, row in enumerate(weights):
        drawn = np.repeat(wrong[order], row[order].astype(np.intp))
        if len(drawn):
            found[number] = (np.cumsum(drawn) / np.arange(1, len(drawn) + 1)).mean()
    return found


def _auroc(confidence: Floats, positive: npt.NDArray[np.bool_], weights: Floats) -> Floats:
    hopes, noise = confidence[positive], confidence[~positive]
    wins = (hopes[:, None] > noise) + 0.5 * (hopes[:, None] == noise)
    won = np.einsum("sp,pn,sn->s", weights[:, positive], wins, weights[:, ~positive], optimize=True)
    pairs = weights[:, positive].sum(1) * weights[:, ~positive].sum(1)
    found: Floats = np.divide(won, pairs, out=np.full(len(weights), math.nan), where=pairs > 0)
    return found


def _ratio(part: Floats, whole: Floats, nothing: float) -> Floats:
    found: Floats = np.divide(part, whole, out=np.full(len(part), nothing), where=whole > 0)
    return found


def _column(values: Iterable[bool]) -> Floats:
    return np.array([float(v) for v in values])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else math.nan

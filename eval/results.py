"""What one run of the harness found: figures per system, as records and as JSON."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.collection import Collection, Topic
from eval.folds import group_of
from eval.intervals import (
    SAMPLES,
    Bin,
    Floats,
    Interval,
    answer_intervals,
    calibration_error,
    draws,
    error_bound,
    mean_intervals,
    paired,
    reliability,
)
from eval.measures import Outcome, Prediction, ratio, retrieval, score
from eval.slices import slices
from index.errors import InputError

SCHEMA = 1
# What a change is judged by: a system lost when the whole interval of its difference is below 0.
GATED = ("net", "F1", "nDCG@10")
SLICED = ("net", "precision", "recall")
POINTS = tuple(number / 20 for number in range(1, 20))

Ranked = Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Answered:
    """What a system made of a collection: an outcome per topic, and its ranked releases.

    run: {topic id: (release id, score), best first}; empty for predictions read from a file.
    note: in a sentence, what the system is and how its threshold was chosen. probable: whether
        its confidences claim to be probabilities.
    """

    name: str
    note: str
    outcomes: tuple[Outcome, ...]
    run: Mapping[str, Ranked]
    probable: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """How answering from this confidence on fares; given: how many topics are then answered."""

    threshold: float
    given: int
    wrong: int
    coverage: float
    precision: float
    recall: float
    f1: float
    net: float

    @property
    def bound(self) -> float:
        """Upper bound (Clopper-Pearson, 95 %) of the share of answers that are wrong."""
        return error_bound(self.wrong, self.given)


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one system.

    figures: as score() gives them, empty where nothing is judged; intervals: of the main ones,
    with those of retrieval. topics: {measure: {topic id: value}} of retrieval. ece: expected
    calibration error, NaN for confidences that are no probabilities. sliced: {slicing: {slice:
    (topics, {measure: interval})}}.
    """

    answered: Answered
    figures: Mapping[str, float]
    intervals: Mapping[str, Interval]
    topics: Mapping[str, Mapping[str, float]]
    points: Sequence[Point]
    bins: Sequence[Bin]
    ece: float
    sliced: Mapping[str, Mapping[str, tuple[int, Mapping[str, Interval]]]]


def weights_of(collection: Collection, samples: int = SAMPLES, seed: int = 0) -> Floats:
    """The bootstrap's draws for a collection, (samples, topics), by groups of one release."""
    groups = [group_of(topic, collection.releases) for topic in collection.topics]
    return draws(groups, samples, seed)


def measure(collection: Collection, answered: Answered, weights: Floats) -> Measured:
    """Every figure of one system on a collection; weights from weights_of."""
    outcomes = answered.outcomes
    topics = retrieval(collection.qrels, answered.run) if answered.run else {}
    ids = [topic.id for topic in collection.topics]
    intervals = mean_intervals(topics, ids, weights)
    if not collection.judged:
        return Measured(answered, {}, intervals, topics, [], [], math.nan, {})
    bins = reliability(outcomes) if answered.probable else []
    return Measured(
        answered,
        score(outcomes, collection.releases),
        answer_intervals(outcomes, weights) | intervals,
        topics,
        points(outcomes),
        bins,
        calibration_error(bins),
        _sliced(collection, outcomes, weights),
    )


def points(outcomes: Sequence[Outcome], at: Iterable[float] | None = None) -> list[Point]:
    """The operating points at these thresholds, by default POINTS and every confidence.

    Thresholds come back rising and once each. Topics without a citation are never answered.
    """
    answerable = sum(bool(o.topic.answerable) for o in outcomes)
    ranked = sorted(
        (o for o in outcomes if o.prediction.citations), key=lambda o: o.prediction.confidence
    )
    if at is None:
        at = {*POINTS, *(o.prediction.confidence for o in ranked)}
    found, start, right = [], 0, sum(o.right for o in ranked)
    for threshold in sorted(at):
        while start < len(ranked) and ranked[start].prediction.confidence < threshold:
            right -= ranked[start].right
            start += 1
        given = len(ranked) - start
        found.append(
            Point(
                threshold,
                given,
                given - right,
                ratio(given, len(outcomes)),
                ratio(right, given),
                ratio(right, answerable),
                ratio(2 * right, given + answerable),
                ratio(2 * right - given, answerable),
            )
        )
    return found


def precision_at(points: Sequence[Point], recall: float) -> Point | None:
    """The most precise point among those of at least this recall, None when none reaches it."""
    reached = [p for p in points if p.recall >= recall]
    return max(reached, key=lambda p: (p.precision, p.recall), default=None)


def cause(outcome: Outcome, run: Mapping[str, Ranked]) -> str | None:
    """What went wrong with one topic in a few words, or None when nothing did."""
    topic, prediction = outcome.topic, outcome.prediction
    if outcome.correct or (not topic.answerable and not prediction.answered):
        return None
    if not topic.answerable:
        return f"answered, though {_hopeless(topic)}"
    start = "answered" if prediction.answered else "withheld"
    if outcome.right:
        return "withheld, though right"
    cited = [c for c in prediction.citations[:3] if c.release_id in topic.gold]
    if cited and all(c.date != topic.release_date for c in cited):
        return f"{start}: right release, wrong date"
    if cited:
        return f"{start}: right release, other words"
    found = any(release in topic.gold for release, _ in run.get(topic.id, ()))
    return f"{start}: other release, the right one was {'ranked lower' if found else 'not found'}"


def to_json(collection: Collection, measured: Sequence[Measured], archive: str | None) -> Any:
    """The results as JSON values, with NaN as null; enough to compare a later run against."""
    return _plain(
        {
            "schema": SCHEMA,
            "collection": collection.name,
            "digest": collection.digest,
            "topics": len(collection.topics),
            "archive": archive,
            "systems": {m.answered.name: _system(m) for m in measured},
        }
    )


def earlier_outcomes(path: Path, collection: Collection) -> dict[str, "Earlier"]:
    """The systems of an earlier results.json on the same collection.

    Raises InputError when the file is no results file or is about other topics.
    """
    try:
        results = json.loads(path.read_text(encoding="utf-8"))
        systems, digest = results["systems"], results["digest"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"cannot compare against {path}: {error}") from None
    if digest != collection.digest:
        raise InputError(f"{path} is about other questions than the collection {collection.name}")
    topics = {topic.id: topic for topic in collection.topics}
    return {
        name: Earlier(
            tuple(_outcome(topics[row["id"]], row) for row in system["outcomes"]),
            system["retrieval_by_topic"],
        )
        for name, system in systems.items()
    }


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier run found of one system: outcomes, and retrieval values by topic."""

    outcomes: tuple[Outcome, ...]
    topics: Mapping[str, Mapping[str, float]]


def differences(
    before: Earlier, after: Measured, collection: Collection, weights: Floats
) -> dict[str, Interval]:
    """after - before of each measure with the interval of the paired bootstrap."""
    found = {}
    if collection.judged:
        found = paired(before.outcomes, after.answered.outcomes, weights)
    change = {
        name: {id: value - before.topics[name][id] for id, value in row.items()}
        for name, row in after.topics.items()
        if name in before.topics
    }
    return found | mean_intervals(change, [t.id for t in collection.topics], weights)


def losses(change: Mapping[str, Interval]) -> list[str]:
    """The gated measures that got worse beyond chance."""
    return [name for name in GATED if name in change and change[name].high < 0]


def _system(measured: Measured) -> dict[str, Any]:
    return {
        "note": measured.answered.note,
        "figures": dict(measured.figures) | {"ECE": measured.ece},
        "intervals": {name: asdict(value) for name, value in measured.intervals.items()},
        "points": [
            asdict(p) | {"bound": p.bound} for p in measured.points if p.threshold in POINTS
        ],
        "reliability": [asdict(b) for b in measured.bins],
        "slices": {
            slicing: {
                name: {"topics": size} | {m: asdict(i) for m, i in row.items()}
                for name, (size, row) in parts.items()
            }
            for slicing, parts in measured.sliced.items()
        },
        "retrieval_by_topic": measured.topics,
        "outcomes": [_row(o, measured.answered.run) for o in measured.answered.outcomes],
    }


def _row(outcome: Outcome, run: Mapping[str, Ranked]) -> dict[str, Any]:
    return {
        "id": outcome.topic.id,
        "answered": outcome.answered,
        "confidence": outcome.prediction.confidence,
        "reason": outcome.prediction.reason,
        "right": outcome.right,
        "first": outcome.first,
        "dated": outcome.dated,
        "cause": cause(outcome, run),
    }


def _outcome(topic: Topic, row: Mapping[str, Any]) -> Outcome:
    prediction = Prediction(topic.id, row["answered"], row["confidence"], ())
    return Outcome(topic, prediction, row["right"], row["first"], row["dated"])


def _sliced(
    collection: Collection, outcomes: Sequence[Outcome], weights: Floats
) -> dict[str, dict[str, tuple[int, dict[str, Interval]]]]:
    found: dict[str, dict[str, tuple[int, dict[str, Interval]]]] = {}
    for slicing, parts in slices(collection).items():
        found[slicing] = {}
        for name, places in parts.items():
            some = answer_intervals([outcomes[p] for p in places], weights[:, places])
            hopeless = not any(outcomes[p].topic.answerable for p in places)
            kept = (f"abstain_{name}",) if hopeless else SLICED
            found[slicing][name] = (len(places), {m: some[m] for m in kept if m in some})
    return found


def _hopeless(topic: Topic) -> str:
    words = {
        "far": "off topic",
        "near": "the release does not say",
        "outside": "the answer is outside the dates",
        "undated": "the release is undated and a date was asked for",
    }
    return words.get(topic.kind or "", "unanswerable")


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value

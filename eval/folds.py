"""Folds over releases, and thresholds chosen on the folds that are not scored."""

import hashlib
import re
from collections.abc import Container, Sequence
from dataclasses import replace

from eval.collection import Topic
from eval.measures import Outcome

FOLDS = 5


def group_of(topic: Topic, releases: Container[str] = ()) -> str:
    """What a topic must share its fold with: its gold release, else the release its note names.

    A near miss is written about a release; where the note names one of `releases` ("near
    (dev0005): …") it goes with the other questions of that release. Else the topic stands alone.
    """
    if topic.release_id:
        return topic.release_id
    named = (word for word in re.findall(r"[\w#.-]+", topic.note) if word in releases)
    return next(named, topic.id)


def fold_of(group: str, folds: int = FOLDS) -> int:
    """The fold of a group, from a hash of its name: the same on every run and machine."""
    return int.from_bytes(hashlib.sha256(group.encode()).digest()[:8], "big") % folds


def best_threshold(outcomes: Sequence[Outcome]) -> float:
    """The confidence from which on answering gives the highest net, +inf where silence does.

    Of equally good thresholds the highest; it lies on the least confidence that is answered.
    """
    best, gain, at = 0, 0, float("inf")
    ranked = sorted(outcomes, key=lambda o: -o.prediction.confidence)
    for number, outcome in enumerate(ranked):
        gain += 1 if outcome.right else -1
        following = ranked[number + 1 : number + 2]
        tied = following and following[0].prediction.confidence == outcome.prediction.confidence
        if gain > best and not tied:
            best, at = gain, outcome.prediction.confidence
    return at


def at_threshold(outcomes: Sequence[Outcome], threshold: float) -> list[Outcome]:
    """The same outcomes had the system answered from this confidence on, where it had a quote."""
    return [_decide(outcome, threshold) for outcome in outcomes]


def cross_validated(
    outcomes: Sequence[Outcome], groups: Sequence[str], folds: int = FOLDS
) -> tuple[list[Outcome], list[float]]:
    """Each outcome at the threshold that is best for net on the other folds, and those thresholds.

    groups: of each outcome, from group_of. Only the threshold is chosen here; a system whose
    models were trained on the same topics has to bring predictions made fold by fold.
    """
    number = [fold_of(group, folds) for group in groups]
    pairs = list(zip(outcomes, number, strict=True))
    thresholds = [best_threshold([o for o, n in pairs if n != fold]) for fold in range(folds)]
    return [_decide(outcome, thresholds[fold]) for outcome, fold in pairs], thresholds


def _decide(outcome: Outcome, threshold: float) -> Outcome:
    prediction = outcome.prediction
    answered = bool(prediction.citations) and prediction.confidence >= threshold
    return replace(outcome, prediction=replace(prediction, answered=answered))

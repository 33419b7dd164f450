"""What each part of the full system is worth: the same candidates, judged without its figures.

The candidates of every question are kept while the full system answers. An ablation then puts the
median of all candidates in the place of a part's figures, so that they neither rank nor decide
anything, and judges again. The judge is not trained anew, so a loss is an upper bound: a judge
that never saw the part would lean on the others more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

import numpy as np
from numpy.typing import NDArray

from eval.baselines import System
from eval.collection import Topic
from eval.measures import Cited, Prediction
from eval.results import Ranked
from index.errors import InputError
from index.records import Release
from rag.evidence import FEATURES, Candidate
from rag.judge import Judge, Judged, shown

# The figures that each part gives to the judge, of rag.evidence.FEATURES.
PARTS: Mapping[str, tuple[str, ...]] = {
    "reader": ("found", "fit"),
    "vectors": ("release_cosine", "passage_cosine"),
    "coverage": ("quote_coverage", "passage_coverage", "release_coverage"),
    "missing-words": ("release_missing", "passage_missing", "quote_missing"),
    "particulars": ("numbers_missing", "particulars_missing"),
    "type": ("type_fits",),
    "issuer-and-date": ("issuer_fits", "date_fits"),
}
PREFIX = "no-"
# Answered by going through releases in order of dates, without ranking quotes.
BY_DATE = frozenset({"timeline", "latest", "first", "compare"})


@dataclass(frozen=True)
class Recorder(Judge):
    """A judge that keeps the candidates of each question that it ranks, in order."""

    seen: list[Sequence[Candidate]] = field(default_factory=list)

    def rank(self, candidates: Sequence[Candidate]) -> list[Judged]:
        """As Judge.rank."""
        self.seen.append(candidates)
        return super().rank(candidates)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the full system made of a topic, and the candidates that it chose from."""

    prediction: Prediction
    candidates: Sequence[Candidate]


def recorder(judge: Judge) -> Recorder:
    """A recording judge that judges alike."""
    return Recorder(**{f.name: getattr(judge, f.name) for f in fields(Judge)})


def recording(ask: System, judge: Recorder, kept: dict[str, Recorded]) -> System:
    """The full system, whose answers and candidates are also put into `kept` by topic id."""

    def record(topic: Topic) -> tuple[Prediction, Ranked]:
        judge.seen.clear()
        prediction, ranked = ask(topic)
        kept[topic.id] = Recorded(prediction, judge.seen[0] if judge.seen else ())
        return prediction, ranked

    return record


def ablation(
    part: str,
    judge: Judge,
    kept: Mapping[str, Recorded],
    release: Callable[[str], Release],
) -> System:
    """The full system without a part (a name of PARTS), on what was recorded of it.

    release: the archive's release of an id. Topics that are answered by date stay as they were. No
    releases are ranked and no time is taken, as nothing is searched or read again.
    """
    hidden = [FEATURES.index(name) for name in PARTS[part]]
    typical: list[NDArray[np.float32]] = []

    def ask(topic: Topic) -> tuple[Prediction, Ranked]:
        if topic.id not in kept:
            raise InputError(f"name the full system before {PREFIX}{part}: it uses its candidates")
        recorded = kept[topic.id]
        if topic.type in BY_DATE or not recorded.candidates:
            return replace(recorded.prediction, latency_ms=None), ()
        if not typical:
            typical.append(_medians(kept))
        blind = [_without(c, hidden, typical[0]) for c in recorded.candidates]
        ranked = judge.rank(blind)
        confidence = judge.confidence(ranked)
        cited = tuple(cited_of(j.candidate, release) for j in shown(ranked))
        answered = confidence >= judge.threshold
        return Prediction(topic.id, answered, confidence, cited), ()

    return ask


def _medians(kept: Mapping[str, Recorded]) -> NDArray[np.float32]:
    """The median of each figure over all candidates of all topics, (features,)."""
    rows = [c.features for recorded in kept.values() for c in recorded.candidates]
    medians: NDArray[np.float32] = np.median(np.stack(rows), axis=0).astype(np.float32)
    return medians


def _without(
    candidate: Candidate, hidden: Sequence[int], typical: NDArray[np.float32]
) -> Candidate:
    figures = candidate.features.copy()
    figures[hidden] = typical[hidden]
    return replace(candidate, features=figures)


def cited_of(candidate: Candidate, release: Callable[[str], Release]) -> Cited:
    """A candidate as a citation; release: the archive's release of an id."""
    found, span = release(candidate.release_id), candidate.span
    return Cited(found.release_id, found.date, span.of(found.text), span.start, span.end)

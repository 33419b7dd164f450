"""Dateline itself as a system to measure."""

from collections.abc import Sequence
from typing import Any

from eval.baselines import DEPTH, RELEASES, System
from eval.collection import Topic
from eval.measures import Cited, Prediction
from eval.results import Ranked
from rag.archive import Archive
from rag.records import Answer, Citation


def full(archive: Archive, threshold: float | None = None) -> System:
    """Dateline; threshold: below which it abstains, None for the one that it ships."""

    def ask(topic: Topic) -> tuple[Prediction, Ranked]:
        options: dict[str, Any] = dict(topic.options)
        answer = archive.ask(topic.question, threshold=threshold, **options)
        bounds = {name: value for name, value in options.items() if name != "as_of"}
        best: dict[str, float] = {}
        for hit in archive.search(topic.question, k=DEPTH, **bounds):
            best.setdefault(hit.chunk.release_id, hit.score)
        return prediction_of(topic.id, answer), list(best.items())[:RELEASES]

    return ask


def prediction_of(id: str, answer: Answer) -> Prediction:
    """The prediction that an answer makes; an abstention keeps the quotes that were withheld."""
    return Prediction(
        id,
        answer.answered,
        answer.confidence,
        tuple(_cited(c) for c in answer.citations or answer.withheld),
        answer.latency_ms,
        answer.reason,
    )


def warm_up(system: System, topics: Sequence[Topic], times: int = 3) -> None:
    """Ask a few times, so that what is loaded on first use is not in the latencies."""
    for topic in topics[:times]:
        system(topic)


def _cited(citation: Citation) -> Cited:
    return Cited(citation.release_id, citation.date, citation.quote, citation.start, citation.end)

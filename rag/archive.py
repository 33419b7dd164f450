"""The composition root: an archive on disk, opened, and asked.

>>> from rag import Archive
>>> archive = Archive.open("archive")
>>> answer = archive.ask("Who accompanied Secretary Nielsen in Guatemala City?")
>>> answer.citations[0].date
'2018-07-11'
"""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

from index.database import Listed
from index.embedding import Vectors
from index.errors import QuestionError
from index.records import Chunk, Release
from index.store import Filter, Store
from rag.asking import Considered, Explanation, compose, considered, find
from rag.judge import Judge, load_judge
from rag.question import MAX_QUESTION, understand
from rag.reader import Reader
from rag.records import Answer, AnswerType, Bounds, Hit, Query
from rag.retrieval import hits, retrieve
from rag.spelling import corrected, corrections

DEFAULT_ARCHIVE = Path("archive")


@dataclass(frozen=True, slots=True)
class Summary:
    """What an archive holds; first and last: stated release dates, None when none is stated."""

    releases: int
    undated: int
    first: str | None
    last: str | None
    issuers: tuple[str, ...]
    chunks: int
    embedded: float


class Limits(TypedDict, total=False):
    """What may be said beside a question; left out or None sets no limit.

    date_from, date_to: ISO dates at any precision that the cited releases must lie within.
    issuer: the name that they must come from. answer_type: the kind of answer, whatever the words
    say. as_of: the day that "last month" is relative to, ISO; today when left out. after: the
    answer before in a conversation. threshold: the confidence below which the answer is withheld;
    the judge's own when left out.
    """

    date_from: str | None
    date_to: str | None
    issuer: str | None
    answer_type: AnswerType | None
    as_of: str | None
    after: Answer | None
    threshold: float | None


class Archive:
    """An open archive; any number of threads may ask it.

    When a newer archive was published at its path, the next question sees that one.
    """

    def __init__(self, store: Store, reader: Reader, judge: Judge) -> None:
        self._store = store
        self._reader = reader
        self._judge = judge
        self._opening = threading.Lock()

    @classmethod
    def open(cls, path: Path | str = DEFAULT_ARCHIVE) -> "Archive":
        """The archive at this path.

        Raises ArchiveMissing, ArchiveMismatch (another schema or encoder) or ArchiveDamaged.
        """
        store = Store.open(Path(path))
        # Both models are compiled at once: half the wait of a command that asks one question.
        with ThreadPoolExecutor(max_workers=1) as pool:
            reader = pool.submit(Reader)
            store.encoder()
        return cls(store, reader.result(), load_judge())

    @property
    def path(self) -> Path:
        """Where the archive lies."""
        return self._store.path

    def ask(self, question: str, **limits: Unpack[Limits]) -> Answer:
        """The answer in the releases' own words, or an abstention with its reason.

        Raises QuestionError for a question that cannot be used.
        """
        return self.explain(question, **limits).answer

    def explain(self, question: str, **limits: Unpack[Limits]) -> Explanation:
        """As `ask`, with the candidates that were considered."""
        started = time.perf_counter()
        store = self._current()
        query = understood(store, self._reader, question, limits)
        vector = _vector(store, query.question)
        found = find(store, self._reader, self._judge, query, vector)
        threshold = limits.get("threshold")
        threshold = self._judge.threshold if threshold is None else threshold
        answer = compose(store, found, vector, threshold)
        answer = replace(
            answer, question=question, latency_ms=(time.perf_counter() - started) * 1000
        )
        return Explanation(answer, considered(store, found, answer, threshold))

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        date_from: str | None = None,
        date_to: str | None = None,
        issuer: str | None = None,
    ) -> list[Hit]:
        """The k chunks that fit the question best, inside its bounds, best first."""
        store = self._current()
        limits: Limits = {"date_from": date_from, "date_to": date_to, "issuer": issuer}
        query = understood(store, self._reader, question, limits)
        scored = retrieve(store, query, _vector(store, query.question), pool=max(k, 100))
        return hits(store, scored, k)

    def release(self, release_id: str) -> Release:
        """The release of this id; KeyError when there is none."""
        return self._current().release(release_id)

    def versions(self, release_id: str) -> Sequence[Listed]:
        """The release and its other versions, the earliest first; KeyError for no such id."""
        return self._current().versions(release_id)

    def chunk_text(self, chunk: Chunk) -> str:
        """The words of a chunk."""
        return chunk.span.of(self.release(chunk.release_id).text)

    def listing(self) -> Sequence[Listed]:
        """Every release without its text, by release date, undated last, then by id."""
        return self._current().listing()

    def summary(self) -> Summary:
        """What the archive holds."""
        store = self._current()
        first, last = store.date_range()
        manifest = store.manifest
        return Summary(
            manifest.releases,
            manifest.undated,
            first,
            last,
            store.issuers(),
            manifest.chunks,
            store.embedded,
        )

    @property
    def threshold(self) -> float:
        """The confidence below which an answer is withheld, unless another is asked for."""
        return self._judge.threshold

    def thresholds(self) -> Sequence[tuple[float, float, float, float]]:
        """(threshold, expected share of wrong answers, its upper bound, share answered)."""
        return self._judge.curve

    def close(self) -> None:
        """Close the files."""
        self._store.close()

    def _current(self) -> Store:
        with self._opening:
            if not self._store.is_current():
                self._store = Store.open(self._store.path)
            return self._store


def ask(question: str, archive: Path | str = DEFAULT_ARCHIVE, **limits: Unpack[Limits]) -> Answer:
    """Ask the archive at a path once.

    >>> from rag import ask
    >>> ask("best tamale recipe").answered
    False
    """
    opened = Archive.open(archive)
    try:
        return opened.ask(question, **limits)
    finally:
        opened.close()


def understood(store: Store, reader: Reader, question: str, limits: Limits) -> Query:
    """What a question asks of an archive, its typing errors put right; raises QuestionError."""
    after = limits.get("after")
    slips = corrections(
        question[:MAX_QUESTION],
        lambda words: store.frequencies(store.terms(" ".join(words))),
        reader.knows,
        store.terms,
    )
    query = understand(
        corrected(question, slips),
        issuers=store.issuers(),
        span=Bounds(*store.date_range()),
        as_of=_day(limits.get("as_of")),
        date_from=limits.get("date_from"),
        date_to=limits.get("date_to"),
        issuer=limits.get("issuer"),
        answer_type=limits.get("answer_type"),
        after=after.query if after else None,
        holds=lambda bounds: store.count(Filter(bounds.start, bounds.end)) > 0,
    )
    return replace(query, corrections=tuple(slips.items()))


def _vector(store: Store, question: str) -> Vectors | None:
    """The question's unit vector, or None while no vector of the archive is built."""
    if store.embedded == 0.0:
        return None
    vector: Vectors = store.encoder().embed([question])[0]
    return vector


def _day(as_of: str | None) -> date:
    if as_of is None:
        return date.today()
    try:
        return date.fromisoformat(as_of)
    except ValueError as error:
        raise QuestionError(f"as-of {as_of!r} is no day: give it as 2019-09-26") from error


__all__ = ["Archive", "Considered", "Explanation", "Filter", "Limits", "Summary", "ask"]

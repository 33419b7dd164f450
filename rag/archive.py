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

from index.database import Listed
from index.embedding import Vectors
from index.errors import QuestionError
from index.records import Chunk, Release, Span
from index.search import EVERYTHING
from index.store import Filter, Store
from rag.abstaining import LATER_CONFIDENCE, asks_of_later, reason_for
from rag.answering import abstention_text, answer_text, citation
from rag.chronicle import comparison, extreme, timeline, told
from rag.evidence import FEATURES, Candidate, candidates
from rag.judge import Judge, Judged, load_judge, shown
from rag.question import understand
from rag.reader import Reader
from rag.records import Answer, AnswerType, Bounds, Citation, Hit, Near, Query
from rag.retrieval import Scored, hits, releases, retrieve

DEFAULT_ARCHIVE = Path("archive")
NEAREST = 5


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


@dataclass(frozen=True, slots=True)
class Considered:
    """A candidate as `explain` shows it; scores by name, verdict in words."""

    release_id: str
    title: str | None
    date: str | None
    quote: str
    start: int
    end: int
    confidence: float
    scores: dict[str, float]
    verdict: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer with every candidate that was considered, best first."""

    answer: Answer
    candidates: tuple[Considered, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What one question led to."""

    query: Query
    scored: Scored
    ranked: tuple[Judged, ...]
    citations: tuple[Citation, ...]
    confidence: float


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

    def ask(
        self,
        question: str,
        *,
        date_from: str | None = None,
        date_to: str | None = None,
        issuer: str | None = None,
        answer_type: AnswerType | None = None,
        as_of: str | None = None,
        after: Answer | None = None,
        threshold: float | None = None,
    ) -> Answer:
        """The answer in the releases' own words, or an abstention with its reason.

        date_from, date_to: ISO dates at any precision that the cited releases must lie within.
        issuer: the name that they must come from. as_of: the day that "last month" is relative to,
        ISO; None for today. after: the answer before in a conversation. threshold: the confidence
        below which the answer is withheld; None for the judge's own.

        Raises QuestionError for a question that cannot be used.
        """
        return self.explain(
            question,
            date_from=date_from,
            date_to=date_to,
            issuer=issuer,
            answer_type=answer_type,
            as_of=as_of,
            after=after,
            threshold=threshold,
        ).answer

    def explain(
        self,
        question: str,
        *,
        date_from: str | None = None,
        date_to: str | None = None,
        issuer: str | None = None,
        answer_type: AnswerType | None = None,
        as_of: str | None = None,
        after: Answer | None = None,
        threshold: float | None = None,
    ) -> Explanation:
        """As `ask`, with the candidates that were considered."""
        started = time.perf_counter()
        store = self._current()
        query = understand(
            question,
            issuers=store.issuers(),
            span=Bounds(*store.date_range()),
            as_of=_day(as_of),
            date_from=date_from,
            date_to=date_to,
            issuer=issuer,
            answer_type=answer_type,
            after=after.query if after else None,
        )
        vector = _vector(store, query.question)
        found = self._find(store, query, vector)
        limit = self._judge.threshold if threshold is None else threshold
        answer = self._answer(store, found, vector, limit)
        answer = replace(answer, latency_ms=(time.perf_counter() - started) * 1000)
        return Explanation(answer, self._considered(store, found, answer, limit))

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
        query = understand(
            question,
            issuers=store.issuers(),
            span=Bounds(*store.date_range()),
            as_of=date.today(),
            date_from=date_from,
            date_to=date_to,
            issuer=issuer,
        )
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

    def _find(self, store: Store, query: Query, vector: Vectors | None) -> _Found:
        scored = retrieve(store, query, vector)
        found = candidates(store, self._reader, query, vector, scored) if len(scored.rows) else []
        ranked = tuple(self._judge.rank(found))
        confidence = self._judge.confidence(ranked)
        if asks_of_later(ranked):
            confidence = min(confidence, LATER_CONFIDENCE)
        special = {"timeline": timeline, "latest": extreme, "first": extreme, "compare": comparison}
        if len(scored.rows):
            by_release = special.get(query.answer_type, told)
            spans, sure = by_release(store, query, scored, ranked)
            if spans and sure > confidence:
                return _Found(query, scored, ranked, _cited(store, spans), sure)
        return _Found(query, scored, ranked, _cited(store, _shown(ranked)), confidence)

    def _answer(
        self, store: Store, found: _Found, vector: Vectors | None, threshold: float
    ) -> Answer:
        answered = bool(found.citations) and found.confidence >= threshold
        nearest = _nearest(store, found.scored)
        reason = None
        if not answered:
            reason = reason_for(store, found.query, found.scored, found.ranked, vector)
        if not nearest:
            nearest = _nearest(store, retrieve(store, found.query, vector, where=EVERYTHING))
        if reason is None:
            text = answer_text(found.query, found.citations)
        else:
            first, last = store.date_range()
            text = abstention_text(
                found.query,
                reason,
                nearest,
                Bounds(first, last),
                store.manifest.releases,
                store.manifest.undated,
            )
        return Answer(
            question=found.query.question,
            answered=answered,
            reason=reason,
            confidence=found.confidence,
            text=text,
            query=found.query,
            citations=found.citations if answered else (),
            nearest=nearest,
            latency_ms=0.0,
            withheld=() if answered else found.citations,
            embedded=store.embedded,
        )

    def _considered(
        self, store: Store, found: _Found, answer: Answer, threshold: float
    ) -> tuple[Considered, ...]:
        return tuple(
            _considered(store, judged, place, answer, threshold)
            for place, judged in enumerate(found.ranked)
        )


def ask(question: str, archive: Path | str = DEFAULT_ARCHIVE, **limits: str | None) -> Answer:
    """Ask the archive at a path once; limits are those of `Archive.ask`.

    >>> from rag import ask
    >>> ask("best tamale recipe").answered
    False
    """
    opened = Archive.open(archive)
    try:
        return opened.ask(question, **limits)  # type: ignore[arg-type]
    finally:
        opened.close()


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


def _shown(ranked: Sequence[Judged]) -> list[tuple[Candidate, Span]]:
    """The quotes worth showing: the best, and others that come close to it."""
    return [(j.candidate, j.candidate.span) for j in shown(ranked)]


def _cited(store: Store, spans: Sequence[tuple[Candidate, Span]]) -> tuple[Citation, ...]:
    return tuple(
        citation(store.release(c.release_id), span, marker, c.answer)
        for marker, (c, span) in enumerate(spans, 1)
    )


def _nearest(store: Store, scored: Scored) -> tuple[Near, ...]:
    near = []
    for ranked in releases(store, scored, NEAREST):
        release = store.release(ranked.release_id)
        near.append(
            Near(release.release_id, release.title, release.issuer, release.date, ranked.score)
        )
    return tuple(near)


def _considered(
    store: Store, judged: Judged, place: int, answer: Answer, threshold: float
) -> Considered:
    c = judged.candidate
    release = store.release(c.release_id)
    cited = {(x.release_id, x.start) for x in answer.citations}
    if (c.release_id, c.span.start) in cited:
        verdict = "cited"
    elif place == 0 and not answer.answered:
        verdict = f"withheld: confidence {answer.confidence:.2f} is below {threshold:.2f}"
    else:
        verdict = "ranked lower"
    return Considered(
        release_id=c.release_id,
        title=release.title,
        date=release.date,
        quote=c.span.of(release.text),
        start=c.span.start,
        end=c.span.end,
        confidence=answer.confidence if place == 0 else 0.0,
        scores={name: round(float(v), 3) for name, v in zip(FEATURES, c.features, strict=True)}
        | {"ranking": round(judged.score, 3)},
        verdict=verdict,
    )


__all__ = ["Archive", "Considered", "Explanation", "Filter", "Summary", "ask"]

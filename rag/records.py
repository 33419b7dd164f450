"""The nouns of rag/: queries, hits, quotes, citations and answers, as immutable values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from index.records import Chunk, Precision, Span, precision_of

AnswerType = Literal[
    "who",
    "when",
    "where",
    "how_many",
    "how_much",
    "what",
    "why",
    "quote",
    "list",
    "yes_no",
    "latest",
    "first",
    "timeline",
    "compare",
]

Reason = Literal["out_of_corpus", "not_stated", "outside_dates", "undated_only"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Inclusive bounds on the release date, ISO days; None leaves that side open."""

    start: str | None = None
    end: str | None = None

    def __bool__(self) -> bool:
        """Whether either side is bound."""
        return self.start is not None or self.end is not None


@dataclass(frozen=True, slots=True)
class Query:
    """What was understood of a question; each value is shown in the answer record.

    question: as asked, with its typing errors put right.
    subject: the words that are searched: the question with the parts that were read as date bounds
        left in (they match texts too) and those of form ("what did … say") out.
    bounds: hard bounds on the release date. bounds_evidence: the words they came from, or None.
    issuers: names of the archive's issuers that an answer must come from; empty for any.
    speaker: the person whose words are asked for, or None.
    terms: content words in order, lower-cased. inherited: what a follow-up took over, by name.
    hints: days in which the release most likely lies; a preference for ranking, never a filter.
    issuer_hints: issuers that are named, but perhaps only as the subject; a preference too.
    particulars: names, numbers with units, bill numbers, quoted words, years and months, as typed:
        what an answer's evidence must be about.
    compared: the two periods of a comparison, in the order named; then bounds span them all.
    corrections: words of the question that were taken for typing errors: (as typed, as understood).
    """

    question: str
    subject: str
    answer_type: AnswerType
    bounds: Bounds = Bounds()
    bounds_evidence: str | None = None
    issuers: tuple[str, ...] = ()
    speaker: str | None = None
    terms: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()
    hints: Bounds = Bounds()
    issuer_hints: tuple[str, ...] = ()
    particulars: tuple[str, ...] = ()
    compared: tuple[Bounds, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved chunk; higher scores are better; rank counts from 1.

    score: fused, in [0, 1]. dense: cosine, or None when not found by vectors (or none built yet).
    lexical: BM25, or None when not found by words.
    """

    chunk: Chunk
    score: float
    rank: int
    dense: float | None
    lexical: float | None


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of a release, with the probability that they answer the question.

    emphasis: the number, date or name that was asked for, as a span of the release's text inside
        the quote, or None.
    """

    release_id: str
    span: Span
    confidence: float
    emphasis: Span | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Which release, which date and which span a quote stands in.

    `quote == release.text[start:end]` always; date is the release's stated date, or None.
    resolved: words of the quote that are relative to the release date with the day they mean, as
        (words, ISO date), shown beside the quote and never in it.
    differs: whether it states another value than the first citation of the answer.
    """

    marker: int
    release_id: str
    title: str | None
    issuer: str | None
    date: str | None
    url: str | None
    source: str
    quote: str
    start: int
    end: int
    emphasis: Span | None = None
    resolved: tuple[tuple[str, str], ...] = ()
    differs: bool = False

    @property
    def date_precision(self) -> Precision | None:
        """Day, month or year, or None when the release states no date."""
        return precision_of(self.date) if self.date else None


@dataclass(frozen=True, slots=True)
class Near:
    """A release that comes close, also when the answer is withheld."""

    release_id: str
    title: str | None
    issuer: str | None
    date: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in the releases' own words, or an abstention with its reason.

    confidence: calibrated probability that the first citation answers the question; given for an
        abstention too, then of the answer that was withheld (`withheld` holds its quotes).
    embedded: share of the archive's chunks whose vectors are built, 1.0 when complete.
    """

    question: str
    answered: bool
    reason: Reason | None
    confidence: float
    text: str
    query: Query
    citations: tuple[Citation, ...]
    nearest: tuple[Near, ...]
    latency_ms: float
    withheld: tuple[Citation, ...] = ()
    embedded: float = 1.0
    id: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The answer record of `--json` and `--batch`, ready for JSON."""
        record: dict[str, Any] = {
            "id": self.id,
            "question": self.question,
            "answered": self.answered,
            "reason": self.reason,
            "confidence": round(self.confidence, 4),
            "text": self.text,
            "query": query_to_dict(self.query),
            "citations": [citation_to_dict(c) for c in self.citations],
            "withheld": [citation_to_dict(c) for c in self.withheld],
            "nearest": [
                {
                    "release_id": n.release_id,
                    "title": n.title,
                    "issuer": n.issuer,
                    "date": n.date,
                    "score": round(n.score, 4),
                }
                for n in self.nearest
            ],
            "embedded": round(self.embedded, 4),
            "latency_ms": round(self.latency_ms, 1),
        }
        return record


def query_to_dict(query: Query) -> dict[str, Any]:
    """What was understood, for the answer record."""
    return {
        "answer_type": query.answer_type,
        "from": query.bounds.start,
        "to": query.bounds.end,
        "bounds_evidence": query.bounds_evidence,
        "issuers": list(query.issuers),
        "speaker": query.speaker,
        "terms": list(query.terms),
        "particulars": list(query.particulars),
        "hints": {"from": query.hints.start, "to": query.hints.end},
        "issuer_hints": list(query.issuer_hints),
        "compared": [{"from": period.start, "to": period.end} for period in query.compared],
        "inherited": list(query.inherited),
        "corrections": dict(query.corrections),
    }


def citation_to_dict(citation: Citation) -> dict[str, Any]:
    """One citation of the answer record."""
    return {
        "marker": citation.marker,
        "release_id": citation.release_id,
        "title": citation.title,
        "issuer": citation.issuer,
        "date": citation.date,
        "date_precision": citation.date_precision,
        "url": citation.url,
        "source": citation.source,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "emphasis": _pair(citation.emphasis),
        "resolved": [{"words": words, "date": date} for words, date in citation.resolved],
        "differs": citation.differs,
    }


def _pair(span: Span | None) -> Sequence[int] | None:
    return [span.start, span.end] if span else None

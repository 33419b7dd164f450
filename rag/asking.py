"""From what was understood to an answer: passages found and judged, quotes chosen, words composed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.embedding import Vectors
from index.records import Span
from index.search import EVERYTHING
from index.store import Store
from rag.abstaining import at_most, reason_for
from rag.answering import abstention_text, answer_text, citation
from rag.chronicle import comparison, extreme, timeline, told
from rag.disagreeing import COMPARED, differ
from rag.evidence import FEATURES, Candidate, candidates
from rag.judge import MOST_CITATIONS, Judge, Judged, shown
from rag.listed import listed
from rag.parties import OTHER_SIDE_CONFIDENCE, acts_for, is_of_other_side, party_of
from rag.reader import Reader
from rag.records import Answer, Bounds, Citation, Near, Query
from rag.retrieval import Scored, releases, retrieve

NEAREST = 5
# 68 in 100 right quotes of the development questions fit better, and 4 in 100 of the wrong ones.
LIKELY_FIT = -4.0
# Kinds of answers that are looked for by release as well as by passage, in this order.
BY_RELEASE = {
    "timeline": (timeline,),
    "latest": (extreme,),
    "first": (extreme,),
    "compare": (comparison,),
    "list": (told, listed),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What one question led to: ranked candidates, and the citations an answer would have."""

    query: Query
    scored: Scored
    ranked: tuple[Judged, ...]
    citations: tuple[Citation, ...]
    confidence: float


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


def find(store: Store, reader: Reader, judge: Judge, query: Query, vector: Vectors | None) -> Found:
    """The quotes that answer a query best, with how sure that is; vector: the question's, or None."""
    scored = retrieve(store, query, vector)
    found = candidates(store, reader, query, vector, scored) if len(scored.rows) else []
    ranked = tuple(judge.rank(found))
    confidence = judge.confidence(ranked)
    party = party_of(query.question) if query.answer_type == "who" else None
    if party and ranked and is_of_other_side(party, _quote(store, ranked[0])):
        own = tuple(j for j in ranked if acts_for(party, _quote(store, j)))
        ranked = own or ranked
        confidence = judge.confidence(own) if own else min(confidence, OTHER_SIDE_CONFIDENCE)
    confidence = min(confidence, at_most(query.answer_type, ranked))
    for by_release in BY_RELEASE.get(query.answer_type, (told,)) if len(scored.rows) else ():
        quotes, sure = by_release(store, query, scored, ranked)
        if quotes and sure > confidence:
            return Found(query, scored, ranked, _cited(store, quotes), sure)
    best = [j.candidate for j in shown(ranked)]
    other, sure = _contrary(store, judge, query, ranked)
    if other is None:
        return Found(query, scored, ranked, _cited(store, best), confidence)
    quotes = [best[0], other, *(c for c in best[1:] if c is not other)][:MOST_CITATIONS]
    first, second, *more = _cited(store, quotes)
    cited = (first, replace(second, differs=True), *more)
    return Found(query, scored, ranked, cited, max(confidence, sure))


def _quote(store: Store, judged: Judged) -> str:
    return judged.candidate.span.of(store.release(judged.candidate.release_id).text)


def _contrary(
    store: Store, judge: Judge, query: Query, ranked: Sequence[Judged]
) -> tuple[Candidate | None, float]:
    """A quote of another release that states another value than the best, and the confidence that
    each of the two would at least have if the other one's release were not there; None when that is
    below the judge's threshold."""
    first = ranked[0].candidate.release_id if ranked else None
    others = [j for j in ranked if j.candidate.release_id != first]
    if query.answer_type not in COMPARED or not others:
        return None, 0.0
    second = others[0].candidate.release_id
    alone = [j for j in ranked if j.candidate.release_id != second]
    sure = min(judge.confidence(alone), judge.confidence(others))
    quotes = ranked[0].candidate, others[0].candidate
    one, other = (c.answer.of(store.release(c.release_id).text) for c in quotes)
    apart = sure >= judge.threshold and differ(query.answer_type, one, other)
    return (others[0].candidate, sure) if apart else (None, 0.0)


def compose(store: Store, found: Found, vector: Vectors | None, threshold: float) -> Answer:
    """The answer in words, or an abstention with its reason below the threshold; latency_ms is 0."""
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
        text = abstention_text(
            found.query,
            reason,
            nearest,
            Bounds(*store.date_range()),
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


def considered(
    store: Store, found: Found, answer: Answer, threshold: float
) -> tuple[Considered, ...]:
    """Every candidate with its scores and what became of it, best first."""
    return tuple(
        _considered(store, judged, place, answer, threshold)
        for place, judged in enumerate(found.ranked)
    )


def _cited(store: Store, quotes: Sequence[Candidate]) -> tuple[Citation, ...]:
    return tuple(
        citation(release := store.release(c.release_id), c.span, marker, set_off(c, release.text))
        for marker, c in enumerate(quotes, 1)
    )


def set_off(candidate: Candidate, text: str) -> Span | None:
    """What of a quote is set off: what the reader points at, with the sign of its currency or
    share, where it is likely to be the answer."""
    if candidate.features[FEATURES.index("fit")] <= LIKELY_FIT:
        return None
    quote, answer = candidate.span, candidate.answer
    start = answer.start - (answer.start > quote.start and text[answer.start - 1] in "$€£¥#")
    return Span(start, answer.end + (answer.end < quote.end and text[answer.end] in "%€"))


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

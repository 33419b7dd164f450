"""Answers that are found by release rather than by passage: the latest, the first, a timeline, a
comparison, and what a named release or issuer says about a subject.

Which releases are on the subject is decided by how much of the question's rare words they hold, all
of them looked at before any date is: the latest of them is then the latest there is. Undated
releases take no part.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.records import Release, Span
from index.search import Filter
from index.store import Store
from rag.evidence import FEATURES, Candidate, overlaps
from rag.issuers import names_of
from rag.judge import Judged
from rag.quoting import boundaries, quote_span
from rag.records import Bounds, Query
from rag.retrieval import Scored, filter_of, releases, retrieve
from rag.wording import terms_of

POOL = 300  # chunks looked at from each search: "latest" must not miss a newer release
ON_SUBJECT = 0.6  # least share of the question's words, by rarity, that a release must hold
CLOSE = 0.85  # least share of what the best release holds
LINES = 8  # of a timeline
FORM_WORDS = frozenset(
    "timeline chronology history evolution development over time compare compared comparison "
    "difference differ changed change list latest newest last recent first earliest oldest "
    "mention mentions mentioned dated".split()
)
# What a release is called without saying what it is about.
ANY_RELEASE = frozenset("release releases press news announcement announcements".split())
WHOLE = 0.95  # share of a subject's words that the sentence on it must hold
TOLD_CONFIDENCE = 0.8  # all words of the subject in one sentence of the release that was named
SENTENCE_WORDS = 5  # fewer are a heading or a dateline
TITLE_TERMS = 4  # a question of no more terms than these may name a title

Quotes = tuple[list[Candidate], float]  # with the probability that they answer the question


_ABOUT = (
    r"\s+(?:about|on|regarding|concerning)\s+"
    r"(?P<topic>(?!\d|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*\.?\s\d)[^?]+)"
)
_PAPER_TOLD = re.compile(
    r"\b(?:releases?|statements?|readouts?|announcements?|communiqu[eé]s?|fact sheets?|letters?|notes?)"
    r"\b[^?]*?\b(?:say|says|said|state|states|stated|mention|mentions|mentioned|tell|tells)(?: of)?"
    + _ABOUT,
    re.IGNORECASE,
)
_BODY_TOLD = re.compile(
    r"\b(?:did|does|has|have|was|been)\b[^?]*?\b(?:say|said|comment(?:ed)?|announced?|publish(?:ed)?|"
    r"released?|issued?|put out|pledged?|promised?|agreed?|decided?|proposed?|stated?)\b[^?]*?"
    + _ABOUT,
    re.IGNORECASE,
)
# "8/27/2019 statement gangs"
_PAPER_NOTE = re.compile(
    r"^[^?]*?\b(?:release|statement|readout|announcement|communiqu[eé]|fact sheet|letter)\s+"
    r"(?P<topic>(?!(?:about|on|of|by|from|that|which|say|says|said|and|in|for)\b)\w[^?]*)$",
    re.IGNORECASE,
)
# "Sen. Collins in early 2006 on fisheries"
_NOTE_TOLD = re.compile(
    r"^(?!.*\b(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|do|does|did|has|have)\b)"
    r".*?\S" + _ABOUT,
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _OnSubject:
    release: Release
    coverage: float
    titled: bool
    score: float


def extreme(store: Store, query: Query, scored: Scored, ranked: Sequence[Judged]) -> Quotes:
    """The newest (or, for "first", the oldest) dated release on the subject, with a quote."""
    if not _subject_terms(store, query):
        return _outermost(store, query)
    fitting = [s for s in _on_subject(store, query, _wide(store, query)) if s.release.date]
    if any(s.titled for s in fitting):
        fitting = [s for s in fitting if s.titled]
    if not fitting:
        return [], 0.0
    pick = max if query.answer_type == "latest" else min
    best = pick(fitting, key=lambda s: (s.release.date or "", s.score))
    if best.titled:
        return [as_candidate(best.release, _opening(best.release.text))], 0.95
    return [_quoted(store, query, best.release, ranked)], min(0.95, best.coverage)


def timeline(store: Store, query: Query, scored: Scored, ranked: Sequence[Judged]) -> Quotes:
    """One quote for each of the best dated releases on the subject, oldest first."""
    fitting = [s for s in _on_subject(store, query, _wide(store, query)) if s.release.date]
    best = sorted(fitting, key=lambda s: -s.score)[:LINES]
    if not best:
        return [], 0.0
    best.sort(key=lambda s: (s.release.date or "", s.release.release_id))
    quotes = [_quoted(store, query, s.release, ranked) for s in best]
    return quotes, min(0.95, float(np.mean([s.coverage for s in best])))


def told(store: Store, query: Query, scored: Scored, ranked: Sequence[Judged]) -> Quotes:
    """What a release, or an issuer within bounds, says about a subject.

    The quote holds all words of the subject: the best-ranked one that does, else such a sentence of
    the releases inside the bounds. Nothing when the question is of another form, no bound holds the
    releases to those that are meant, or no sentence has all the words.
    """
    speakers = frozenset(query.issuers or query.issuer_hints)
    match = _told_of(query)
    if match is None:
        return [], 0.0
    topic = match["topic"].replace(query.bounds_evidence or "\0", " ")
    subject = replace(query, terms=terms_of(topic))
    weights = weights_of(store, _subject_terms(store, subject))
    if not weights:
        return [], 0.0
    for judged in ranked:
        release = store.release(judged.candidate.release_id)
        quote = frozenset(store.terms(judged.candidate.span.of(release.text)))
        if _is_of(release, speakers, query.hints) and held(weights, quote) >= WHOLE:
            return [judged.candidate], TOLD_CONFIDENCE
    named = frozenset(store.terms(query.question[: match.start("topic")]))
    best: tuple[float, float, Candidate] | None = None
    for place in releases(store, scored, POOL):
        release = store.release(place.release_id)
        if not _is_of(release, speakers, query.hints):
            continue
        if (
            held(weights, frozenset(store.terms(release.text))) < WHOLE
        ):  # then no sentence of it has all words
            continue
        span, share = _best_sentence(store, weights, release.text)
        fits = len(named & frozenset(store.terms(release.title or "")))
        if share >= WHOLE and (best is None or (fits, share) > best[:2]):
            best = fits, share, as_candidate(release, span)
    return ([best[2]], TOLD_CONFIDENCE) if best else ([], 0.0)


def _told_of(query: Query) -> re.Match[str] | None:
    """The question's form as one about what somebody said on a topic, where something in it holds
    the releases to those that are meant."""
    forms = [
        (_PAPER_TOLD, query.bounds),
        (_BODY_TOLD, query.bounds or query.hints or query.issuers or query.issuer_hints),
        (_PAPER_NOTE, query.bounds),
        (_NOTE_TOLD, query.issuers),
    ]
    found = (pattern.search(query.question) for pattern, held in forms if held)
    return next((match for match in found if match), None)


def _is_of(release: Release, issuers: frozenset[str], hints: Bounds) -> bool:
    dated = not hints or overlaps(release.date, hints)
    return dated and (not issuers or release.issuer in issuers)


def comparison(store: Store, query: Query, scored: Scored, ranked: Sequence[Judged]) -> Quotes:
    """The best quote of each of the periods compared, in their order; none unless each has one."""
    quotes = []
    coverages = []
    for period in query.compared:
        where = Filter(period.start, period.end, query.issuers)
        fitting = _on_subject(store, query, retrieve(store, query, None, where=where))
        if not fitting:
            return [], 0.0
        best = max(fitting, key=lambda s: (s.coverage, s.score))
        quotes.append(_quoted(store, query, best.release, ranked))
        coverages.append(best.coverage)
    return quotes, min([0.95, *coverages]) if quotes else 0.0


def _wide(store: Store, query: Query) -> Scored:
    return retrieve(store, query, None, pool=POOL)


def _on_subject(store: Store, query: Query, scored: Scored) -> list[_OnSubject]:
    weights = weights_of(store, _subject_terms(store, query))
    out = []
    for ranked in releases(store, scored, POOL):
        release = store.release(ranked.release_id)
        title = frozenset(store.terms(release.title or ""))
        issuer = " ".join(names_of(release.issuer)) if release.issuer else ""
        there = title | frozenset(store.terms(f"{issuer} {release.text}"))
        titled = len(weights) <= TITLE_TERMS and title.issuperset(weights)
        out.append(_OnSubject(release, held(weights, there), titled, ranked.score))
    most = max((s.coverage for s in out), default=0.0)
    return [s for s in out if s.coverage >= max(ON_SUBJECT, CLOSE * most)]


def _subject_terms(store: Store, query: Query) -> list[str]:
    """The question's terms that say what it is about, not in what form or when."""
    years = {
        bound[:4] for b in (query.bounds, *query.compared) for bound in (b.start, b.end) if bound
    }
    words = [t for t in query.terms if t not in FORM_WORDS | ANY_RELEASE and t not in years]
    return list(dict.fromkeys(store.terms(" ".join(words))))


def _outermost(store: Store, query: Query) -> Quotes:
    """The newest or oldest release of all that the bounds let through."""
    where = filter_of(query)
    dated = [listed for listed in store.listing() if listed.date]
    ordered: Iterable[str] = [listed.release_id for listed in dated]
    if query.answer_type == "latest":
        ordered = reversed(list(ordered))
    for release_id in ordered:
        if store.passes(store.rows_of(release_id)[:1], where).all():
            release = store.release(release_id)
            return [as_candidate(release, _opening(release.text))], 0.95
    return [], 0.0


def _quoted(store: Store, query: Query, release: Release, ranked: Sequence[Judged]) -> Candidate:
    """The reader's quote from this release where it is on the subject, else the release's sentence
    with most of the subject's words."""
    weights = weights_of(store, _subject_terms(store, query))
    sentence, most = _best_sentence(store, weights, release.text)
    for judged in ranked:
        if judged.candidate.release_id == release.release_id:
            quote = judged.candidate.span.of(release.text)
            if held(weights, frozenset(store.terms(quote))) >= CLOSE * most:
                return judged.candidate
            break
    return as_candidate(release, sentence)


def _opening(text: str) -> Span:
    """The first sentence of a text that is one."""
    cuts = boundaries(text)
    for start, end in zip(cuts, cuts[1:], strict=False):
        if len(text[start:end].split()) >= 2 * SENTENCE_WORDS:
            return quote_span(text, Span(start, end), cuts)
    return quote_span(text, Span(0, len(text)), cuts)


def as_candidate(release: Release, span: Span) -> Candidate:
    """A quote that was found without the reader: without figures, and the answer as a whole."""
    return Candidate(release.release_id, span, span, np.zeros(len(FEATURES), dtype=np.float32))


def _best_sentence(store: Store, weights: Mapping[str, float], text: str) -> tuple[Span, float]:
    """The sentence with most of the weighted terms, and the share of them it holds.

    Of equally good ones the first that is long enough to say something.
    """
    cuts = boundaries(text)
    best, most = Span(0, len(text)), -1.0
    for start, end in zip(cuts, cuts[1:], strict=False):
        share = held(weights, frozenset(store.terms(text[start:end])))
        if share > most and len(text[start:end].split()) >= SENTENCE_WORDS:
            best, most = Span(start, end), share
    return quote_span(text, best, cuts), max(most, 0.0)


def weights_of(store: Store, terms: Sequence[str]) -> dict[str, float]:
    """Terms with the share of all their rarity that each holds."""
    rarities = store.rarities(terms)
    return dict(zip(terms, (rarities / (float(rarities.sum()) or 1.0)).tolist(), strict=True))


def held(weights: Mapping[str, float], there: Container[str]) -> float:
    """The share of the weighted terms that is there; added up in the terms' order, so that it is
    the same in every run."""
    return sum(weight for term, weight in weights.items() if term in there)

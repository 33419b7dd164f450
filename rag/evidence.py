"""Hits -> quotes: which passages to read, where the answer stands in them, and how sure that is.

The best releases are cut into windows; the windows that share most with the question are read by
the reader; each reading becomes a candidate: a quote with figures that say how well it fits. The
judge (judge.py) turns the figures into the probability that the quote answers the question.

A near miss is a passage on the topic that lacks a particular of the question: another town, year or
sum. The reader sees the words in their place; the figures on rare words that are missing from the
quote, the passage and the release are there to catch what it overlooks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.embedding import Vectors
from index.records import Release, Span
from index.search import day_range
from index.store import Store
from rag.passages import date_words, header, windows
from rag.quoting import boundaries, punctuated, quote_span
from rag.reader import Passage, Reader, Reading
from rag.records import AnswerType, Bounds, Query
from rag.relative import has_been, meanings
from rag.retrieval import RankedRelease, Scored, releases

RELEASES = (
    6  # releases whose passages may be read: the gold one is among them for 98 % of questions
)
READ = 7  # passages that are read at most; 8 gain nothing
# How far below the most promising passage one is still read. Of 1,300 questions whose answer stood
# in one of the 8 best, it stood in one of these for all but 1; they are 5.7 on average.
REACH = 0.75
MANY = 1_000  # releases from which on a name that none has is likely not what they are about
QUOTES = 3  # of a passage: with one, 9 % of the questions lost their only right quote here
MAX_TEXT = 60_000  # characters of a release that are looked at; longer ones are hearing records

FEATURES = (
    "found",
    "fit",
    "release_score",
    "release_rank",
    "release_cosine",
    "passage_cosine",
    "quote_coverage",
    "passage_coverage",
    "release_coverage",
    "release_missing",
    "passage_missing",
    "quote_missing",
    "numbers_missing",
    "particulars_missing",
    "type_fits",
    "issuer_fits",
    "date_fits",
    "answer_chars",
    "quote_chars",
    "punctuated",
    "terms",
    "unknown_terms",
    "rarest_missing",
    "later_years",
    "place",
    "behind",
    "relative",
    "unknown_names",
)

_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = (
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?"
)
_TYPE_PATTERNS: Mapping[AnswerType, re.Pattern[str]] = {
    "how_many": re.compile(_NUMBER + r"|thousands?|million|half|third|quarter|twice)\b", re.I),
    "how_much": re.compile(_NUMBER + r"|million|billion|percent|half|cents?|dollars?)\b", re.I),
    "when": re.compile(
        r"\b1[0-9]\d\d\b|\b20\d\d\b|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? +\d|"
        r"\b(?:January|February|March|April|(?-i:May)|June|July|August|September|October|November|"
        r"December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|(?:to|yester|birth|holi)day|tomorrow|"
        r"(?:hour|day|week|month|quarter|year|season|decade|centur)(?:s|y|ies)?|"
        r"(?:after)?noon|morning|evening|(?:mid|to)?night|"
        r"spring|summer|fall|autumn|winter|Easter|Christmas|ago|until|deadline|p\.?m|a\.?m|"
        r"soon|immediately|simultaneously|before|after|once|when|while|during|upon|"
        r"twice|times|(?:semi-?|bi-?)?annual(?:ly)?|(?:bi-?)?(?:dai|week|month|quarter|year)ly|periodic(?:ally)?|"
        r"regularly|frequently)\b",
        re.I,
    ),
    "who": re.compile(r"\b[A-Z][\w'’.-]+\s+[A-Z]|\b(?:Sen|Rep|Gov|Dr|Mr|Mrs|Ms|President)\b"),
    "where": re.compile(r"\b[A-Z][a-z]+"),
    "list": re.compile(r",|\band\b|;|\s{2,}|\n"),
    "why": re.compile(
        r"\b(?:because|to|so|since|for|due|therefore|order|reason|would|need|must|that)\b", re.I
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A quote that may answer the question, with the figures of FEATURES in their order.

    answer: where the answer itself stands, inside the quote's span; both in the release's text.
    """

    release_id: str
    span: Span
    answer: Span
    features: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question's own terms with how rare each is in the archive.

    scale: what rarities are divided by so that they compare across archives. unknown: how many of
    the terms stand nowhere in it. later: years that come after its last release. unknown_names: how
    many particulars have a word that stands nowhere, where the archive is MANY releases or more.
    """

    terms: tuple[str, ...]
    rarities: NDArray[np.float32]
    scale: float
    numbers: frozenset[str]
    particulars: tuple[frozenset[str], ...]
    unknown: int
    later: frozenset[str]
    unknown_names: int

    def coverage(self, there: frozenset[str]) -> float:
        """Share of the terms, weighted by rarity, that are there."""
        total = float(self.rarities.sum())
        if not total:
            return 0.0
        present = sum(
            float(r) for t, r in zip(self.terms, self.rarities, strict=True) if t in there
        )
        return present / total

    def missing(self, there: frozenset[str]) -> float:
        """Rarity of the rarest term that is not there, 0 when all are."""
        gone = [float(r) for t, r in zip(self.terms, self.rarities, strict=True) if t not in there]
        return max(gone, default=0.0)


@dataclass(frozen=True, slots=True)
class _Window:
    """A passage that may be read, with what is known of it before it is."""

    passage: Passage
    release: Release
    ranked: RankedRelease
    rank: int
    cosine: float
    there: frozenset[str]
    everywhere: frozenset[str]
    promise: float


def candidates(
    store: Store, reader: Reader, query: Query, vector: Vectors | None, found: Scored
) -> list[Candidate]:
    """What the best releases offer as an answer, in no special order: at most QUOTES a passage."""
    asked = _asked(store, query)
    chosen = _windows(store, reader, vector, asked, releases(store, found, RELEASES))
    passages = [_dated(w) if query.answer_type == "when" else w.passage for w in chosen]
    readings = reader.read(query.question, passages)
    cuts: dict[str, list[int]] = {}
    out = []
    for window, reading in zip(chosen, readings, strict=True):
        release = window.release
        if release.release_id not in cuts:
            cuts[release.release_id] = boundaries(release.text[:MAX_TEXT])
        shared = _passage_figures(query, asked, window)
        for place, (choice, span) in enumerate(_quotes(window, reading, cuts[release.release_id])):
            figures = shared | _quote_figures(store, query, asked, release, choice, span)
            figures |= {"place": place, "behind": reading.fit - choice.fit if place else 0.0}
            features = np.array([figures[name] for name in FEATURES], dtype=np.float32)
            answer = _inside(choice.span, span)
            out.append(Candidate(release.release_id, span, answer, features))
    return out


def _quotes(window: _Window, reading: Reading, cuts: Sequence[int]) -> list[tuple[Reading, Span]]:
    """The best answers of a passage with the quotes round them, at most QUOTES, none overlapping.

    The reader often points at the wrong one of two sentences on the same matter; the judge, who
    knows more of the question, chooses among them.
    """
    text = window.release.text[:MAX_TEXT]
    out: list[tuple[Reading, Span]] = []
    choice: Reading | None = reading
    while choice and len(out) < QUOTES:
        span = quote_span(text, choice.span, cuts)
        if any(span.overlaps(other) for _, other in out):
            break
        out.append((choice, span))
        choice = choice.outside(span)
    return out


def _asked(store: Store, query: Query) -> _Asked:
    words = " ".join(query.terms) or query.question
    terms = tuple(dict.fromkeys(store.terms(words)))
    rarities = store.rarities(terms)
    nowhere = float(np.log1p((store.manifest.chunks + 0.5) / 0.5)) - 1e-3
    last = (store.date_range()[1] or "9999")[:4]
    return _Asked(
        terms=terms,
        rarities=rarities,
        scale=max(1.0, float(rarities.max(initial=0.0))),
        unknown=int((rarities >= nowhere).sum()),
        later=frozenset(t for t in terms if _YEAR.fullmatch(t) and t > last),
        numbers=frozenset(t for t in terms if t.isdigit()),
        particulars=tuple(frozenset(store.terms(p)) for p in query.particulars),
        unknown_names=_unknown_names(store, query, nowhere),
    )


def _unknown_names(store: Store, query: Query, nowhere: float) -> int:
    """Of the names and quoted words of a question, those with a word that the archive lacks.

    Not of dates, of the question's first word, nor of words of two letters ("US").
    """
    if store.manifest.releases < MANY:
        return 0
    first = query.question.split()[0]
    names = [p for p in query.particulars if p != first and not _YEAR.search(p)]
    terms = [[t for t in store.terms(name) if len(t) > 2 and not t.isdigit()] for name in names]
    return sum(bool((store.rarities(own) >= nowhere).any()) for own in terms if own)


def _windows(
    store: Store,
    reader: Reader,
    vector: Vectors | None,
    asked: _Asked,
    ranked: Sequence[RankedRelease],
) -> list[_Window]:
    """The most promising windows of the releases: at most READ, none REACH below the best."""
    everything = []
    found = [store.release(best.release_id) for best in ranked]
    encoded = reader.encode([release.text[:MAX_TEXT] for release in found])
    cut = [windows(pieces) for pieces in encoded]
    near = _cosines(store, vector, [best.release_id for best in ranked], cut)
    for rank, (best, release, pieces) in enumerate(zip(ranked, found, encoded, strict=True)):
        text = release.text[:MAX_TEXT]
        head = header(release.title, release.issuer, release.date, text)
        top = frozenset(store.terms(head))
        words = [frozenset(store.terms(span.of(text))) | top for span in cut[rank]]
        whole = frozenset().union(*words)
        for span, cosine, there in zip(cut[rank], near[rank], words, strict=True):
            promise = asked.coverage(there) + cosine + 0.5 * best.score - 0.05 * rank
            passage = Passage(best.release_id, head, span, span.of(text), pieces)
            everything.append(_Window(passage, release, best, rank, cosine, there, whole, promise))
    everything.sort(key=lambda w: (-w.promise, w.passage.release_id, w.passage.span.start))
    return [w for w in everything[:READ] if w.promise >= everything[0].promise - REACH]


def _dated(window: _Window) -> Passage:
    """The passage with the day that each of its relative words means read beside it.

    "Today, X met Y" answers when they met, but to the reader a day is a date in words.
    """
    passage = window.passage
    days = meanings(passage.text, window.release.date)
    told = [(words, day) for words, day in days if has_been(passage.text, words)]
    return replace(passage, asides=tuple((words, date_words(day)) for words, day in told))


def _cosines(
    store: Store, vector: Vectors | None, ids: Sequence[str], cut: Sequence[Sequence[Span]]
) -> list[list[float]]:
    """For each span of each release the question's cosine with the chunk that shares most
    characters with it."""
    if vector is None:
        return [[0.0] * len(spans) for spans in cut]
    rows = [store.rows_of(release_id) for release_id in ids]
    joined = [row for own in rows for row in own]
    chunks = iter(store.chunks(joined))
    scores = iter(np.nan_to_num(store.cosines(vector, joined), nan=0.0).tolist())
    out = []
    for own, spans in zip(rows, cut, strict=True):
        there = [next(chunks).span for _ in own]
        known = [next(scores) for _ in own]
        out.append([known[_most_shared(span, there)] if there else 0.0 for span in spans])
    return out


def _most_shared(span: Span, others: Sequence[Span]) -> int:
    """The place of the first span that shares most characters with this one."""
    shared = [min(span.end, other.end) - max(span.start, other.start) for other in others]
    return shared.index(max(shared))


def _passage_figures(query: Query, asked: _Asked, window: _Window) -> dict[str, float]:
    """The figures that all quotes of a passage share."""
    release = window.release
    lacking = [p for p in asked.particulars if not p <= window.everywhere]
    rarest_missing = asked.missing(window.everywhere)
    return {
        "release_score": window.ranked.score,
        "release_rank": window.rank,
        "release_cosine": window.ranked.dense,
        "passage_cosine": window.cosine,
        "passage_coverage": asked.coverage(window.there),
        "release_coverage": asked.coverage(window.everywhere),
        "release_missing": rarest_missing / asked.scale,
        "passage_missing": asked.missing(window.there) / asked.scale,
        "numbers_missing": len(asked.numbers - window.everywhere),
        "particulars_missing": len(lacking),
        "issuer_fits": _fit(bool(query.issuer_hints), release.issuer in query.issuer_hints),
        "date_fits": _fit(bool(query.hints), overlaps(release.date, query.hints)),
        "punctuated": float(punctuated(release.text[:MAX_TEXT])),
        "terms": len(asked.terms),
        "unknown_terms": asked.unknown,
        "rarest_missing": rarest_missing,
        "later_years": len(asked.later - window.everywhere),
        "unknown_names": asked.unknown_names,
    }


def _quote_figures(
    store: Store, query: Query, asked: _Asked, release: Release, reading: Reading, span: Span
) -> dict[str, float]:
    """The figures of one quote, but for those that compare it with the others of its passage."""
    quoted = frozenset(store.terms(span.of(release.text)))
    answer = reading.span.of(release.text)
    return {
        "found": reading.found,
        "fit": reading.fit,
        "quote_coverage": asked.coverage(quoted),
        "quote_missing": asked.missing(quoted) / asked.scale,
        "type_fits": float(tells(query.answer_type, answer)),
        "answer_chars": min(reading.span.end - reading.span.start, 400),
        "quote_chars": span.end - span.start,
        "relative": float(query.answer_type == "when" and bool(meanings(answer, release.date))),
    }


def tells(answer_type: AnswerType, answer: str) -> bool:
    """Whether an answer has what its type needs: a number, a time, a name. True where any will do."""
    pattern = _TYPE_PATTERNS.get(answer_type)
    return pattern is None or bool(pattern.search(answer))


def _fit(asked: bool, fits: bool) -> float:
    """1 for what was hinted at and fits, -1 for what does not, 0 where nothing was hinted."""
    return (1.0 if fits else -1.0) if asked else 0.0


def overlaps(date: str | None, bounds: Bounds) -> bool:
    """Whether a date may lie within bounds; None never does."""
    if date is None:
        return False
    first, last = day_range(date)
    low = day_range(bounds.start)[0] if bounds.start else 0
    high = day_range(bounds.end)[1] if bounds.end else 99_999_999
    return first <= high and last >= low


def _inside(answer: Span, quote: Span) -> Span:
    start = min(max(answer.start, quote.start), quote.end)
    return Span(start, max(start, min(answer.end, quote.end)))

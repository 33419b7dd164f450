"""Plain systems to compare with, on the archive's own index.

Each ranks the releases by their best chunk and quotes the best sentence of the first one:

    bm25     chunks by BM25, the sentence by BM25 among the release's sentences
    dense    chunks and sentences by cosine
    rrf      reciprocal rank fusion of both, for chunks and for sentences (Cormack et al. 2009)
    minmax   both scores scaled to [0, 1] over what was found, and averaged

They read no date, issuer or type out of a question and quote something whenever anything is found:
how sure they are is the plain score, and only a threshold makes them abstain. Their latency is not
measured, as they share embedded sentences.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.collection import Collection, Topic
from eval.measures import MAX_QUOTE, Cited, Prediction
from eval.results import Ranked
from index.embedding import Encoder, Vectors, load_encoder
from index.records import Release, Span
from index.store import Filter, Store

System = Callable[[Topic], tuple[Prediction, Ranked]]

DEPTH = 200  # chunks looked at by each search
RELEASES = 50  # releases in a run
RRF_K = 60  # Cormack et al. 2009
BM25_K1, BM25_B = 1.2, 0.75
WINDOW = 40  # words of a window where there are no sentences
SENTENCE_END = re.compile(
    r"(?:(?<=[.!?])|(?<=[.!?][\"'”’)\]]))\s+(?=[\"'“‘(\[]?[A-Z0-9])"
    r"|\n\s*\n\s*(?:[•*-]\s)?|\n\s*[•*-]\s"
)
BASELINES = ("bm25", "dense", "rrf", "minmax")

Scores = dict[Any, float]


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many of `releases` releases hold each word."""

    releases: int
    holding: Mapping[str, int]

    def idf(self, word: str) -> float:
        """BM25's inverse document frequency, above 0 also for a word in every release."""
        holding = self.holding.get(word, 0)
        return math.log(1 + (self.releases - holding + 0.5) / (holding + 0.5))


def rarity(collection: Collection) -> Rarity:
    """The rarity of words over a collection's releases."""
    holding = Counter(
        word for release in collection.releases.values() for word in set(_words(release.text))
    )
    return Rarity(len(collection.releases), holding)


class Shelf:
    """An open archive with the sentences of the releases asked for, cut and embedded once."""

    def __init__(self, store: Store, rare: Rarity, encoder: Encoder | None = None) -> None:
        self.store = store
        self.rare = rare
        # In the fastest precision of this CPU: there are thousands of sentences to embed.
        self._encoder = encoder or load_encoder(store.manifest.encoder.name)
        self._spans: dict[str, list[Span]] = {}
        self._vectors: dict[str, Vectors] = {}
        self._questions: dict[str, Vectors] = {}

    def spans(self, release: Release) -> list[Span]:
        """The sentences of a release."""
        if release.release_id not in self._spans:
            self._spans[release.release_id] = sentences(release.text)
        return self._spans[release.release_id]

    def vectors(self, release: Release) -> Vectors:
        """Unit vectors of its sentences, (sentences, d)."""
        if release.release_id not in self._vectors:
            texts = [span.of(release.text) for span in self.spans(release)]
            self._vectors[release.release_id] = self._encoder.embed(texts)
        return self._vectors[release.release_id]

    def question(self, text: str) -> Vectors:
        """Unit vector of a question, (d,)."""
        if text not in self._questions:
            self._questions[text] = self._encoder.embed([text])[0]
        return self._questions[text]


def baseline(name: str, shelf: Shelf) -> System:
    """The baseline of that name, one of BASELINES."""

    def ask(topic: Topic) -> tuple[Prediction, Ranked]:
        ranked = _releases(name, shelf, topic)
        cited, confidence = _best_sentence(name, shelf, topic, ranked)
        return Prediction(topic.id, bool(cited), confidence, cited), ranked

    return ask


def sentences(text: str) -> list[Span]:
    """Spans of the text's sentences, of at most 400 characters, none of them blank.

    What is longer than that, as any text that lost its punctuation, is cut into windows of 40
    words that overlap by half.
    """
    found: list[Span] = []
    start = 0
    ends = [(m.start(), m.end()) for m in SENTENCE_END.finditer(text)]
    for end, following in [*ends, (len(text), len(text))]:
        span = _trimmed(text, start, end)
        if span.end - span.start > MAX_QUOTE:
            found.extend(_windows(text, span))
        elif span.end > span.start:
            found.append(span)
        start = following
    return found


def _windows(text: str, span: Span) -> Iterable[Span]:
    words = [
        (m.start() + span.start, m.end() + span.start)
        for m in re.finditer(r"\S+", span.of(text))
        if m.end() - m.start() <= MAX_QUOTE
    ]
    for first in range(0, max(1, len(words) - WINDOW // 2), WINDOW // 2):
        window = words[first : first + WINDOW]
        while window and window[-1][1] - window[0][0] > MAX_QUOTE:
            window = window[:-1]
        if window:
            yield Span(window[0][0], window[-1][1])


def _trimmed(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return Span(
        start + len(part) - len(part.lstrip()), max(start, end - len(part) + len(part.rstrip()))
    )


def _releases(name: str, shelf: Shelf, topic: Topic) -> list[tuple[str, float]]:
    """Releases by their best chunk, best first."""
    options = dict(topic.options)
    where = Filter(options.get("date_from"), options.get("date_to"))
    lists: list[Scores] = []
    if name != "dense":
        found = shelf.store.lexical(topic.question, DEPTH, where)
        lists.append(dict(zip(found.rows.tolist(), found.scores.tolist(), strict=True)))
    if name != "bm25":
        found = shelf.store.dense(shelf.question(topic.question), DEPTH, where)
        lists.append(dict(zip(found.rows.tolist(), found.scores.tolist(), strict=True)))
    rows = _fused(name, lists)
    chunks = shelf.store.chunks(list(rows))
    best: Scores = {}
    for chunk, score in zip(chunks, rows.values(), strict=True):
        best[chunk.release_id] = max(score, best.get(chunk.release_id, -math.inf))
    return _top(best, RELEASES)


def _best_sentence(
    name: str, shelf: Shelf, topic: Topic, ranked: Ranked
) -> tuple[tuple[Cited, ...], float]:
    """The best sentence of the first release as a citation, and how sure it is.

    A cosine says how well the sentence fits whatever the question; BM25 and fused scores do so
    only for the release, so these come from the release.
    """
    if not ranked:
        return (), 0.0
    release_id, score = ranked[0]
    release = shelf.store.release(release_id)
    spans = shelf.spans(release)
    if not spans:
        return (), 0.0
    lists: list[Scores] = []
    if name != "dense":
        texts = [span.of(release.text) for span in spans]
        lists.append(dict(enumerate(_overlaps(topic.question, texts, shelf.rare))))
    if name != "bm25":
        cosines = shelf.vectors(release) @ shelf.question(topic.question)
        lists.append(dict(enumerate(cosines.tolist())))
    best, fit = max(_fused(name, lists).items(), key=lambda pair: (pair[1], -pair[0]))
    return (_quoted(release, spans[best]),), fit if name == "dense" else score


def _overlaps(question: str, texts: Sequence[str], rare: Rarity) -> list[float]:
    """BM25 of each text among the texts, with the rarity of words over all releases."""
    asked = set(_words(question))
    words = [_words(text) for text in texts]
    mean = sum(map(len, words)) / len(words)
    scores = []
    for row in words:
        length = BM25_K1 * (1 - BM25_B + BM25_B * len(row) / mean) if mean else 0.0
        counts = Counter(word for word in row if word in asked)
        scores.append(
            sum(rare.idf(w) * n * (BM25_K1 + 1) / (n + length) for w, n in counts.items())
        )
    return scores


def _fused(name: str, lists: Sequence[Scores]) -> Scores:
    """One score for each key, from one list or two."""
    if len(lists) == 1:
        return lists[0]
    scaled = [_ranks(one) if name == "rrf" else _minmax(one) for one in lists]
    keys = list(dict.fromkeys(key for one in scaled for key in one))
    return {key: sum(one.get(key, 0.0) for one in scaled) / len(scaled) for key in keys}


def _ranks(scores: Scores) -> Scores:
    ordered = sorted(scores, key=lambda key: -scores[key])
    return {key: 1 / (RRF_K + rank) for rank, key in enumerate(ordered, 1)}


def _minmax(scores: Scores) -> Scores:
    if not scores:
        return {}
    values = np.array(list(scores.values()))
    low, high = values.min(), values.max()
    return {key: float((value - low) / (high - low or 1.0)) for key, value in scores.items()}


def _top(best: Scores, size: int) -> list[tuple[str, float]]:
    return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:size]


def _quoted(release: Release, span: Span) -> Cited:
    return Cited(release.release_id, release.date, span.of(release.text), span.start, span.end)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())

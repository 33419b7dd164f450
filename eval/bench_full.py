"""What one archive does: speed, memory, recall and quality; cold starts and new pages.

    python -m eval.bench_full MEASURE ARCHIVE COLLECTION [--asked 150] [--askers 16] [--seconds 60]
                              [--corpus FOLDER]

MEASURE: probe, askers, recall, quality, cold or adding. COLLECTION: as eval/collection.py reads it,
with releases. Prints one JSON object. eval/bench.py runs each of them in a process of its own, as
what is reported of memory is the whole process's peak.
"""

import argparse
import json
import re
import shutil
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.bench_commands import adding, cold
from eval.bench_peers import peak_mb
from eval.collection import Collection, Topic, read_collection
from eval.measures import retrieval
from index.build import build_releases
from index.embedding import Encoder
from index.manifest import read_manifest
from index.records import Release
from index.search import Filter
from index.store import Store
from rag.archive import Archive

WARM = 10  # questions asked before anything is timed
DEPTH = 200  # chunks that a ranking of releases is made from
PIECE = 200  # letters and digits by which two texts are known to be the same
SAMPLE = 1_000  # chunks whose vectors are searched for
TIE = 1e-5  # a score this much below the exact one of rank 10 is as good
BLOCK = 16_384  # vectors compared at a time
SHOWN = ("R@1", "R@10", "nDCG@10")

Figures = dict[str, Any]


def probe(archive: Path, collection: Collection, options: argparse.Namespace) -> Figures:
    """Latencies of searching and answering in ms, and the peak of memory.

    search: from the question to its ten best chunks, all included. year: the same with bounds of
    one year. embed, words, vectors: its main parts alone, 100 chunks each.
    """
    questions = [topic.question for topic in spaced(collection.topics, options.asked)]
    started = time.perf_counter()
    opened = Archive.open(archive)
    opened.search(questions[0])
    open_s = time.perf_counter() - started
    summary = opened.summary()
    years = [int(day[:4]) for day in (summary.first, summary.last) if day]
    year = str(sum(years) // len(years))
    for question in questions[:WARM]:
        opened.ask(question)
    figures = {
        "releases": summary.releases,
        "chunks": summary.chunks,
        "disk_mb": sum(file.size for file in read_manifest(archive).files.values()) / 1e6,
        "open_s": open_s,
        **_latency("search", opened.search, questions),
        **_latency("year", lambda q: opened.search(q, date_from=year, date_to=year), questions),
        **_latency("answer", opened.ask, questions),
        "memory_mb": peak_mb(),
    }
    opened.close()
    store = Store.open(archive)
    encoder = store.encoder()
    vectors = dict(zip(questions, encoder.embed(questions), strict=True))
    parts: dict[str, Callable[[str], object]] = {
        "embed": lambda question: encoder.embed([question]),
        "words": lambda question: store.lexical(question, 100),
        "vectors": lambda question: store.dense(vectors[question], 100),
    }
    for name, part in parts.items():
        figures |= _latency(name, part, questions)
    return figures


def _latency(name: str, ask: Callable[[str], object], questions: Sequence[str]) -> Figures:
    ask(questions[-1])
    times = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        times.append(1000 * (time.perf_counter() - started))
    return {f"{name}_p50": _share(times, 50), f"{name}_p95": _share(times, 95)}


def askers(archive: Path, collection: Collection, options: argparse.Namespace) -> Figures:
    """Whole answers a second: one asker, many at once for `seconds`, and one again."""
    opened = Archive.open(archive)
    questions = [topic.question for topic in collection.topics]
    for question in questions[:WARM]:
        opened.ask(question)
    before, _, failed = crowd(opened.ask, questions, 1, options.seconds / 2)
    many, times, failures = crowd(opened.ask, questions, options.askers, options.seconds)
    after, _, later = crowd(opened.ask, questions, 1, options.seconds / 2)
    for error in {repr(error) for error in (*failed, *failures, *later)}:
        print(error, file=sys.stderr)
    return {
        "askers": options.askers,
        "seconds": options.seconds,
        "alone_per_s": (before + after) / 2,
        "many_per_s": many,
        "many_p50": _share(times, 50),
        "many_p95": _share(times, 95),
        "errors": len(failed) + len(failures) + len(later),
        "memory_mb": peak_mb(),
    }


def crowd(
    ask: Callable[[str], object], questions: Sequence[str], size: int, seconds: float
) -> tuple[float, list[float], list[Exception]]:
    """Questions a second of `size` threads that ask without a pause, each time in ms, errors."""
    started = time.monotonic()
    times: list[float] = []
    errors: list[Exception] = []

    def go(number: int) -> None:
        turn = number * len(questions) // size
        while True:
            asked = time.perf_counter()
            try:
                ask(questions[turn % len(questions)])
                times.append(1000 * (time.perf_counter() - asked))
            except Exception as error:
                errors.append(error)
            turn += 1
            if time.monotonic() >= started + seconds:
                return

    threads = [threading.Thread(target=go, args=(number,)) for number in range(size)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / (time.monotonic() - started), times, errors


def recall(archive: Path, collection: Collection, options: argparse.Namespace) -> Figures:
    """Recall@10 of `Store.dense` against exact search, for questions and for sampled chunks."""
    store = Store.open(archive)
    asked = store.encoder().embed([topic.question for topic in collection.topics])
    positions = np.linspace(0, len(store.vector_rows) - 1, SAMPLE, dtype=np.int64)
    chunks = store.vectors_at(positions).astype(np.float32)
    return {
        "of_questions": share_found(store, asked, 10),
        "of_chunks": share_found(store, chunks, 10),
        "questions": len(asked),
        "sampled": len(chunks),
    }


def share_found(store: Store, queries: NDArray[np.float32], k: int) -> float:
    """Mean share of the k nearest vectors that the store finds; queries: (n, d) unit vectors."""
    best = np.empty((len(queries), 0), dtype=np.float32)
    total = len(store.vector_rows)
    for start in range(0, total, BLOCK):
        block = store.vectors_at(np.arange(start, min(start + BLOCK, total))).astype(np.float32)
        both = np.concatenate([best, queries @ block.T], axis=1)
        best = -np.partition(-both, min(k, both.shape[1]) - 1, axis=1)[:, :k]
    worst = best.min(axis=1)
    pairs = zip(queries, worst, strict=True)
    hits = [np.count_nonzero(store.dense(q, k).scores >= least - TIE) for q, least in pairs]
    return float(np.mean(hits)) / best.shape[1]


def quality(archive: Path, collection: Collection, options: argparse.Namespace) -> Figures:
    """R@1, R@10 and nDCG@10 of releases by words, by vectors and by Dateline's own search.

    A gold release that is not in the archive counts as not found; golds and found say how many.
    """
    opened, store = Archive.open(archive), Store.open(archive)
    encoder = store.encoder()
    known = copies(store, collection)
    runs: dict[str, dict[str, list[tuple[str, float]]]] = {"bm25": {}, "dense": {}, "hybrid": {}}
    for topic in collection.topics:
        if topic.gold:
            for name, rows in _rankings(opened, store, encoder, topic).items():
                runs[name][topic.id] = ranked(rows, known)
    golds = {id for topic in collection.topics for id in topic.gold}
    measured = {name: retrieval(collection.qrels, run) for name, run in runs.items()}
    return {
        "releases": store.manifest.releases,
        "questions": len(collection.qrels),
        "golds": len(golds),
        "found": len(set(known.values())),
        "systems": {
            name: {m: statistics.mean(values[m].values()) for m in SHOWN}
            for name, values in measured.items()
        },
    }


def _rankings(
    opened: Archive, store: Store, encoder: Encoder, topic: Topic
) -> dict[str, list[tuple[str, float]]]:
    """Release ids and scores of the chunks that each way of searching finds, best first."""
    bounds = {name: value for name, value in topic.options if name != "as_of"}
    where = Filter(bounds.get("date_from"), bounds.get("date_to"))
    words = store.lexical(topic.question, DEPTH, where)
    meaning = store.dense(encoder.embed([topic.question])[0], DEPTH, where)
    hits = opened.search(topic.question, k=DEPTH, **bounds)
    both = {"bm25": words, "dense": meaning}
    found = {
        name: [
            (chunk.release_id, score)
            for chunk, score in zip(store.chunks(one.rows), one.scores.tolist(), strict=True)
        ]
        for name, one in both.items()
    }
    return found | {"hybrid": [(hit.chunk.release_id, hit.score) for hit in hits]}


def ranked(rows: Iterable[tuple[str, float]], known: Mapping[str, str]) -> list[tuple[str, float]]:
    """Releases by their first chunk, each copy of a gold release under the gold one's id."""
    best: dict[str, float] = {}
    for release_id, score in rows:
        best.setdefault(known.get(release_id, release_id), score)
    return list(best.items())


def copies(store: Store, collection: Collection) -> dict[str, str]:
    """The archive's releases that are gold releases of the collection, under whatever id.

    Such a release has the same issuer and date, and a piece of the same words.
    """
    known = {}
    for gold in sorted({id for topic in collection.topics for id in topic.gold}):
        source = collection.releases[gold]
        rows = store.lexical(source.text[:2000], 50).rows
        for id in dict.fromkeys(chunk.release_id for chunk in store.chunks(rows)):
            release = store.release(id)
            same = (release.issuer, release.date) == (source.issuer, source.date)
            if same and same_words(release.text, source.text):
                known[id] = gold
    return known


def same_words(one: str, other: str) -> bool:
    """Whether the middle of the shorter text stands in the longer one, but for signs and spaces."""
    short, long = sorted((re.sub(r"[\W_]+", "", text).lower() for text in (one, other)), key=len)
    start = max(0, (len(short) - PIECE) // 2)
    return bool(short) and short[start : start + PIECE] in long


def shrink(full: Path, keep: Iterable[str], size: int, target: Path) -> None:
    """An archive of `size` releases of a full one, with its vectors: those to keep, and others."""
    shutil.copytree(full, target, ignore=shutil.ignore_patterns("pages.db"))
    store = Store.open(full)
    kept = set(keep)
    others = [id for id in store.release_ids() if id not in kept]
    kept.update(spaced(others, max(0, size - len(kept))))
    chosen: Iterator[Release] = (r for r, _ in store.releases() if r.release_id in kept)
    build_releases(chosen, target, encoder=store.encoder(), progress=False)


def spaced(items: Sequence[Any], count: int) -> list[Any]:
    """`count` of the items, evenly spaced: `spaced([1, 2, 3, 4], 2) == [1, 3]`."""
    count = min(count, len(items))
    return [items[number * len(items) // count] for number in range(count)]


def _share(times: Sequence[float], percent: float) -> float:
    return float(np.percentile(times, percent)) if times else float("nan")


MEASURES: dict[str, Callable[[Path, Collection, argparse.Namespace], Figures]] = {
    "probe": probe,
    "askers": askers,
    "recall": recall,
    "quality": quality,
    "cold": lambda archive, collection, _: cold(
        archive, [topic.question for topic in spaced(collection.topics, 5)]
    ),
    "adding": lambda archive, _, options: adding(archive, options.corpus),
}


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("measure", choices=MEASURES)
    parser.add_argument("archive", type=Path)
    parser.add_argument("collection", type=Path)
    parser.add_argument("--asked", type=int, default=150)
    parser.add_argument("--askers", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args()
    measure = MEASURES[options.measure]
    print(json.dumps(measure(options.archive, read_collection(options.collection), options)))


if __name__ == "__main__":
    main()

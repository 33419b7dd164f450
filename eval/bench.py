"""Speed, memory and size: against LangChain, LlamaIndex and Haystack, and as archives grow.

    python -m eval.bench RELEASES.jsonl QUESTIONS.jsonl [--peers PYTHON] [--count 1000] [--runs 3]
                         [--archive FULL] [--sizes 1000,10000] [--askers 16] [--out eval/reports]

RELEASES and QUESTIONS are files of records with id, text, issuer, date, and with question. --peers
names the Python of an environment with the extra `peers`; without it only Dateline is measured.
--archive is a full archive, from which smaller ones are made with its vectors, to show growth.
Writes bench.md, bench.svg and bench.json. Each run is a process of its own; systems take turns.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from eval.charts import bars, lines, page
from index.build import build_releases
from index.search import EVERYTHING, Filter
from index.store import Store

ROOT = Path(__file__).resolve().parent.parent
PEERS = ("langchain", "llamaindex", "haystack")
DEPTH = 100  # chunks that retrieval takes from each index


@dataclass(frozen=True, slots=True)
class Run:
    """Medians over the runs of one system. query times in milliseconds, disk in bytes."""

    version: str
    releases: int
    chunks: int
    releases_per_s: float
    characters_per_s: float
    peak_mb: float
    disk_per_release: float
    p50: float
    p95: float
    spread: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Growth:
    """Retrieval (words and vectors, 100 chunks each) from one archive; times in milliseconds.

    open_s: from nothing to the first search done, with a warm disk cache. filtered: with bounds of
    a year. askers_per_s: questions a second of many threads, beside those of one (alone_per_s).
    """

    releases: int
    chunks: int
    disk_mb: float
    open_s: float
    p50: float
    p95: float
    filtered_p50: float
    filtered_p95: float
    memory_mb: float
    alone_per_s: float
    askers_per_s: float


def compare(options: argparse.Namespace, folder: Path) -> dict[str, Run]:
    """Every system on the same releases, `runs` times in turn."""
    releases, questions = folder / "releases.jsonl", folder / "questions.jsonl"
    _head(options.releases, releases, options.count)
    _head(options.questions, questions, options.asked)
    systems = ["dateline", *(PEERS if options.peers else ())]
    found: dict[str, list[Any]] = {system: [] for system in systems}
    for turn in range(options.runs):
        for system in systems:
            python = sys.executable if system == "dateline" else options.peers
            target = folder / f"{system}-{turn}"
            command = [python, str(ROOT / "eval" / "bench_peers.py"), system]
            command += [str(releases), str(questions), str(target)]
            environment = {**os.environ, "PYTHONPATH": str(ROOT), "TOKENIZERS_PARALLELISM": "true"}
            ran = subprocess.run(
                command, capture_output=True, text=True, env=environment, check=False
            )
            if ran.returncode:
                raise SystemExit(f"{system} failed:\n{ran.stderr[-2000:]}")
            found[system].append(json.loads(ran.stdout.splitlines()[-1]))
            last = found[system][-1]
            print(f"{system}: {last['releases'] / last['seconds']:.2f} releases/s", flush=True)
            shutil.rmtree(target, ignore_errors=True)
    return {system: summary(runs) for system, runs in found.items()}


def summary(runs: Sequence[Mapping[str, Any]]) -> Run:
    """The medians of several runs; spread is the lowest and highest releases a second."""

    def median(values: Iterator[float]) -> float:
        return float(statistics.median(values))

    rates = [run["releases"] / run["seconds"] for run in runs]
    times = [time for run in runs for time in run["query_ms"]]
    return Run(
        version=runs[0]["version"],
        releases=runs[0]["releases"],
        chunks=runs[0]["chunks"],
        releases_per_s=median(iter(rates)),
        characters_per_s=median(run["characters"] / run["seconds"] for run in runs),
        peak_mb=median(run["peak_mb"] for run in runs),
        disk_per_release=median(run["disk"] / run["releases"] for run in runs),
        p50=float(np.percentile(times, 50)),
        p95=float(np.percentile(times, 95)),
        spread=(min(rates), max(rates)),
    )


def shrink(full: Path, size: int, target: Path) -> None:
    """An archive of the first `size` releases of a full one, with its vectors."""
    shutil.copytree(full, target)
    store = Store.open(full)
    encoder = store.encoder()
    releases = (release for release, _ in islice(store.releases(), size))
    build_releases(releases, target, encoder=encoder, progress=False)


def probe(archive: Path, questions: Sequence[str], askers: int) -> Growth:
    """Ask one archive; to be run in a process of its own, as it reports its memory."""
    started = time.perf_counter()
    store = Store.open(archive)
    encoder = store.encoder()
    _retrieve(store, encoder, questions[0], EVERYTHING)
    opened = time.perf_counter() - started
    first, last = (date[:4] for date in store.date_range() if date)
    year = Filter(start=str((int(first) + int(last)) // 2), end=str((int(first) + int(last)) // 2))
    plain = [_timed(store, encoder, question, EVERYTHING) for question in questions]
    bound = [_timed(store, encoder, question, year) for question in questions]
    alone = _throughput(store, encoder, questions, 1)
    many = _throughput(store, encoder, questions, askers)
    size = sum(path.stat().st_size for path in archive.rglob("*") if path.is_file())
    return Growth(
        releases=store.manifest.releases,
        chunks=store.manifest.chunks,
        disk_mb=size / 1e6,
        open_s=opened,
        p50=float(np.percentile(plain, 50)),
        p95=float(np.percentile(plain, 95)),
        filtered_p50=float(np.percentile(bound, 50)),
        filtered_p95=float(np.percentile(bound, 95)),
        memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        alone_per_s=alone,
        askers_per_s=many,
    )


def _retrieve(store: Store, encoder: Any, question: str, where: Filter) -> None:
    found = store.dense(encoder.embed([question])[0], DEPTH, where)
    other = store.lexical(question, DEPTH, where)
    store.chunks(found.rows[:10])
    store.chunks(other.rows[:10])


def _timed(store: Store, encoder: Any, question: str, where: Filter) -> float:
    started = time.perf_counter()
    _retrieve(store, encoder, question, where)
    return 1000 * (time.perf_counter() - started)


def _throughput(
    store: Store, encoder: Any, questions: Sequence[str], askers: int, seconds: float = 10
) -> float:
    """Questions a second of so many threads that ask without a pause; any error is raised."""
    end = time.monotonic() + seconds
    counts, errors = [0] * askers, []

    def ask(number: int) -> None:
        try:
            while time.monotonic() < end:
                question = questions[(number + 7 * counts[number]) % len(questions)]
                _retrieve(store, encoder, question, EVERYTHING)
                counts[number] += 1
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(askers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return sum(counts) / seconds


def grow(options: argparse.Namespace, folder: Path) -> list[Growth]:
    """The probe of each size, each in a process of its own."""
    full = Store.open(options.archive).manifest.releases
    grown = []
    for size in [*(size for size in options.sizes if size < full), full]:
        archive = options.archive
        if size < full:
            archive = folder / f"archive-{size}"
            shrink(options.archive, size, archive)
        command = [sys.executable, "-m", "eval.bench", str(options.releases)]
        command += [str(options.questions), "--probe", str(archive)]
        command += ["--askers", str(options.askers)]
        ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        if ran.returncode:
            raise SystemExit(f"the probe of {archive} failed:\n{ran.stderr[-2000:]}")
        grown.append(Growth(**json.loads(ran.stdout.splitlines()[-1])))
        print(grown[-1], flush=True)
    return grown


def report(runs: Mapping[str, Run], growth: Sequence[Growth], turns: int) -> str:
    """The page of bench.md."""
    parts = ["# Speed, memory and size", "", _machine(), ""]
    if runs:
        count = next(iter(runs.values())).releases
        parts += [
            f"## {count:,} releases, one model, chunks of up to 200 tokens; medians of {turns} runs",
            "",
            "| system | releases/s (range) | to LangChain | characters/s | chunks | peak memory | "
            "disk a release | question p50 | p95 |",
            "| --- | --: | --: | --: | --: | --: | --: | --: | --: |",
            *(_row(run, runs.get("langchain")) for run in runs.values()),
            "",
        ]
    if growth:
        parts += [
            "## As an archive grows",
            "",
            "Retrieval by words and by vectors, 100 chunks each, the question's embedding included.",
            "",
            "| releases | chunks | disk | open and first search | p50 | p95 | p50 within a year | "
            "p95 | memory | questions/s, one asker | many askers |",
            "| --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
            *(_growth_row(one) for one in growth),
            "",
        ]
    return "\n".join([*parts, "![The same as a plot](bench.svg)", ""])


def _row(run: Run, langchain: Run | None) -> str:
    ratio = f"{run.releases_per_s / langchain.releases_per_s:.2f}" if langchain else "-"
    return (
        f"| {run.version} | {run.releases_per_s:.2f} ({run.spread[0]:.2f}-{run.spread[1]:.2f}) | "
        f"{ratio} | {run.characters_per_s:,.0f} | {run.chunks:,} | {run.peak_mb:,.0f} MB | "
        f"{run.disk_per_release / 1000:.1f} kB | {run.p50:.1f} ms | {run.p95:.1f} ms |"
    )


def _growth_row(one: Growth) -> str:
    return (
        f"| {one.releases:,} | {one.chunks:,} | {one.disk_mb:,.0f} MB | {one.open_s:.2f} s | "
        f"{one.p50:.1f} ms | {one.p95:.1f} ms | {one.filtered_p50:.1f} ms | "
        f"{one.filtered_p95:.1f} ms | {one.memory_mb:,.0f} MB | {one.alone_per_s:.0f} | "
        f"{one.askers_per_s:.0f} |"
    )


def _machine() -> str:
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    load = os.getloadavg()[0]
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, Python "
        f"{platform.python_version()}; load average at the end {load:.1f}. Written by "
        "`python -m eval.bench`."
    )


def plot(runs: Mapping[str, Run], growth: Sequence[Growth]) -> str:
    """bench.svg: releases a second by system, retrieval time by size."""
    charts = []
    if runs:
        charts.append(
            bars("releases indexed a second", {k: r.releases_per_s for k, r in runs.items()})
        )
    if growth:
        sizes = [one.releases for one in growth]
        series = {"p50": [one.p50 for one in growth], "p95": [one.p95 for one in growth]}
        charts.append(lines("retrieval in ms by releases", sizes, series))
    return page(charts)


def _head(source: Path, target: Path, count: int) -> None:
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        out.writelines(islice(lines, count))


def _questions(path: Path, count: int) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["question"] for line in islice(lines, count)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("releases", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--peers", help="the Python of the peers' environment")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--asked", type=int, default=100)
    parser.add_argument("--archive", type=Path)
    parser.add_argument(
        "--sizes", type=lambda t: [int(n) for n in t.split(",")], default=[1000, 10000]
    )
    parser.add_argument("--askers", type=int, default=16)
    parser.add_argument("--out", type=Path, default=ROOT / "eval" / "reports")
    parser.add_argument("--probe", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """See the module's docstring."""
    options = _options()
    if options.probe:
        questions = _questions(options.questions, 504)
        print(json.dumps(asdict(probe(options.probe, questions, options.askers))))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runs = compare(options, folder) if options.runs else {}
        growth = grow(options, folder) if options.archive else []
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "bench.md").write_text(report(runs, growth, options.runs), "utf-8")
    (options.out / "bench.svg").write_text(plot(runs, growth), "utf-8")
    record = {
        "runs": {k: asdict(r) for k, r in runs.items()},
        "growth": [asdict(g) for g in growth],
    }
    (options.out / "bench.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

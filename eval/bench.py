"""Speed, memory and size: against LangChain, LlamaIndex and Haystack, and as archives grow.

    python -m eval.bench COLLECTION [--peers PYTHON] [--count 1000] [--peer-count 200] [--runs 3]
                         [--archive FULL] [--corpus FOLDER] [--sizes 1000,10000] [--askers 16]
                         [--out eval/reports]

COLLECTION: releases and questions, as eval/collection.py reads them. --peers: the Python of an
environment with the extra `peers`. LangChain and Dateline index `count` releases, all of them also
`peer-count`. --archive: a full archive; smaller ones are made of it with its vectors, to show
growth. --corpus: what it was made of, to add pages to a copy. What is not given is not measured,
and stays in the report as an earlier run left it. Writes bench.md, bench.svg and bench.json. Each
run is a process of its own, and systems and sizes take turns, so that other load meets all alike.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from eval.bench_full import copies, shrink
from eval.bench_report import plot, report
from eval.collection import Collection, read_collection, source_to_dict
from index.store import Store

ROOT = Path(__file__).resolve().parent.parent
# On fewer releases: the peers are slow. The first is the one that is compared on all of them.
FEW = ("dateline", "dateline-f32", "langchain", "llamaindex", "haystack")
MANY = ("dateline", "langchain")  # on all

Figures = dict[str, Any]


def compare(options: argparse.Namespace, collection: Collection, folder: Path) -> Iterator[Figures]:
    """Every system on the same releases, `runs` times in turn; what is known after each turn."""
    tasks = [(system, options.count) for system in MANY]
    tasks += [(system, options.peer_count) for system in FEW]
    found: dict[tuple[str, int], list[Figures]] = {task: [] for task in tasks}
    topics = [topic for topic in collection.topics if topic.gold][: options.asked]
    asked = folder / "questions.jsonl"
    asked.write_text("".join(json.dumps({"question": t.question}) + "\n" for t in topics), "utf-8")
    for turn in range(1, options.runs + 1):
        for system, count in tasks:
            releases = folder / f"releases-{count}.jsonl"
            rows = map(source_to_dict, islice(collection.releases.values(), count))
            releases.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
            python = sys.executable if system.startswith("dateline") else options.peers
            target = folder / "index"
            command = [python, str(ROOT / "eval" / "bench_peers.py"), system]
            last = _ran([*command, str(releases), str(asked), str(target)])
            shutil.rmtree(target)
            found[system, count].append(last)
            rate = last["releases"] / last["seconds"]
            print(f"{system} {count}: {rate:.2f} releases/s, {last['cores']:.2f} cores", flush=True)
        yield {"runs": turn, "systems": [summary(runs) for runs in found.values()]}


def summary(runs: Sequence[Mapping[str, Any]]) -> Figures:
    """The medians of several runs of one system on the same releases."""

    def median(name: str) -> float:
        return float(statistics.median(run[name] for run in runs))

    rates = [run["releases"] / run["seconds"] for run in runs]
    times = [time for run in runs for time in run["query_ms"]]
    return {
        **{name: runs[0][name] for name in ("system", "version", "releases", "chunks")},
        "releases_per_s": float(statistics.median(rates)),
        "slowest": min(rates),
        "fastest": max(rates),
        "characters_per_s": runs[0]["characters"] / median("seconds"),
        "cores": median("cores"),
        "peak_mb": median("peak_mb"),
        "disk_per_release": median("disk") / runs[0]["releases"],
        "p50": float(np.percentile(times, 50)),
        "p95": float(np.percentile(times, 95)),
    }


def grow(options: argparse.Namespace, collection: Collection, folder: Path) -> Figures:
    """The probe of each size, `runs` times in turn, and how well releases are found in each."""
    store = Store.open(options.archive)
    golds = copies(store, collection)
    archives = []
    for size in options.sizes:
        if size < store.manifest.releases:
            archives.append(folder / f"archive-{size}")
            shrink(options.archive, golds, size, archives[-1])
    archives.append(options.archive)
    probes: list[list[Figures]] = [[] for _ in archives]
    for _ in range(options.runs):
        for archive, probed in zip(archives, probes, strict=True):
            probed.append(_measured("probe", archive, options))
            print(probed[-1], flush=True)
    return {
        "runs": options.runs,
        "asked": options.asked,
        "sizes": [medians(probed) for probed in probes],
        "quality": [_measured("quality", archive, options) for archive in archives],
    }


def medians(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The median of each figure: `medians([{"a": 1}, {"a": 2}, {"a": 9}]) == {"a": 2}`."""
    return {name: statistics.median(row[name] for row in rows) for name in rows[0]}


def whole(options: argparse.Namespace) -> Figures:
    """What is measured of the full archive alone."""
    figures = {}
    for name in ("recall", "quality", "cold", "askers", "adding"):
        figures[name] = _measured(name, options.archive, options)
        print(name, figures[name], flush=True)
    return figures


def _measured(name: str, archive: Path, options: argparse.Namespace) -> Figures:
    """One measure of eval/bench_full.py, in a process of its own."""
    command = [sys.executable, "-m", "eval.bench_full", name, str(archive)]
    command += [str(options.collection), "--asked", str(options.asked)]
    command += ["--askers", str(options.askers), "--seconds", str(options.seconds)]
    return _ran([*command, "--corpus", str(options.corpus)])


def _ran(command: Sequence[str]) -> Figures:
    """What a command prints last, as JSON."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TOKENIZERS_PARALLELISM": "true"}
    ran = subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=ROOT, check=False
    )
    if ran.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{ran.stderr[-2000:]}")
    figures: Figures = json.loads(ran.stdout.splitlines()[-1])
    return figures


def machine() -> str:
    """Processor, cores and versions."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    name = next(names, platform.processor())
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return (
        f"{name}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("collection", type=Path)
    parser.add_argument("--peers", help="the Python of the peers' environment")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--peer-count", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--asked", type=int, default=150)
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument(
        "--sizes", type=lambda t: [int(n) for n in t.split(",")], default=[1000, 10000]
    )
    parser.add_argument("--askers", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--out", type=Path, default=ROOT / "eval" / "reports")
    options = parser.parse_args()
    for name in ("collection", "archive", "corpus", "out"):
        given = getattr(options, name)
        setattr(options, name, given and given.resolve())
    return options


def main() -> None:
    """See the module's docstring."""
    options = _options()
    collection = read_collection(options.collection)
    options.out.mkdir(parents=True, exist_ok=True)
    kept = options.out / "bench.json"
    record: Figures = json.loads(kept.read_text("utf-8")) if kept.is_file() else {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts: dict[str, tuple[Any, Callable[[], Iterable[Figures]]]] = {
            "full": (options.corpus, lambda: [whole(options)]),
            "growth": (options.archive, lambda: [grow(options, collection, folder)]),
            "peers": (options.peers, lambda: compare(options, collection, folder)),
        }
        for part, (wanted, measure) in parts.items():
            before = os.getloadavg()[0]
            for figures in measure() if wanted else ():
                load = [before, os.getloadavg()[0]]
                record[part] = {"machine": machine(), "load": load, **figures}
                kept.write_text(json.dumps(record, indent=1) + "\n", "utf-8")
                (options.out / "bench.md").write_text(report(record), "utf-8")
                (options.out / "bench.svg").write_text(plot(record), "utf-8")


if __name__ == "__main__":
    main()

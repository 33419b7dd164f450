"""What `dateline ask` and `dateline index` take as commands, on a large archive."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from index.manifest import read_manifest
from index.store import Store

ROOT = Path(__file__).resolve().parent.parent
NEW = 100  # pages that are added at a time
TURNS = 3


def cold(archive: Path, questions: Sequence[str]) -> dict[str, float]:
    """Seconds of `dateline ask` as a new process, with the archive in the disk cache and without."""
    times: dict[str, list[float]] = {"uncached_s": [], "cached_s": []}
    for question in questions:
        for name, measured in times.items():
            if name == "uncached_s":
                _evict(archive)
            command = [sys.executable, "-m", "rag.cli", "ask", question]
            started = time.perf_counter()
            subprocess.run(
                [*command, "--archive", str(archive)],
                cwd=ROOT,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            measured.append(time.perf_counter() - started)
    return {name: statistics.median(measured) for name, measured in times.items()}


def adding(archive: Path, corpus: Path) -> dict[str, float]:
    """Seconds of `dateline index` on a copy: without a change, and with 100 new pages, three times.

    words_s: until the new releases can be found by words; all_s: until the command has ended, when
    they can be found by vectors too. found_...: how many of the new releases are found.
    """
    with tempfile.TemporaryDirectory(dir=archive.resolve().parent) as name:
        copy, new = Path(name) / "archive", Path(name) / "new"
        shutil.copytree(archive, copy)
        index([corpus], copy)  # another version of the code would read all pages anew
        unchanged = index([corpus], copy)[1]
        store = Store.open(archive)
        times = []
        for turn in range(TURNS):
            write_pages(store, new, NEW * turn, NEW)
            times.append(index([corpus, new], copy))
        found = _found(Store.open(copy), {path.name for path in new.iterdir()})
    return {
        "pages": NEW,
        "unchanged_s": unchanged,
        "words_s": statistics.median(words for words, _ in times),
        "all_s": statistics.median(whole for _, whole in times),
        "most_s": max(whole for _, whole in times),
        "added": TURNS * NEW,
        **found,
    }


def write_pages(store: Store, folder: Path, first: int, count: int) -> None:
    """Pages that no archive has: halves of two releases each, under a word of their own."""
    folder.mkdir(exist_ok=True)
    releases = list(islice((release for release, _ in store.releases()), 2 * (first + count)))
    for number in range(first, first + count):
        one, other = releases[2 * number], releases[2 * number + 1]
        head = f"---\ntitle: Statement {_word(number)}\ndate: 2008-12-31\nissuer: Sen. New\n---\n"
        text = one.text[: len(one.text) // 2] + "\n\n" + other.text[len(other.text) // 2 :]
        (folder / f"new-{number:04d}.txt").write_text(head + text + "\n", "utf-8", "replace")


def _word(number: int) -> str:
    """A word that stands in no text, of letters only."""
    return "zqx" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}")


def index(corpora: Sequence[Path], archive: Path) -> tuple[float, float]:
    """Seconds until `dateline index` has published releases, and until it has ended."""
    before = read_manifest(archive).releases
    command = [sys.executable, "-m", "rag.cli", "index", *map(str, corpora), "--quiet"]
    started = time.perf_counter()
    published = None
    with subprocess.Popen(
        [*command, "--archive", str(archive)], cwd=ROOT, stdout=subprocess.DEVNULL
    ) as running:
        while running.poll() is None:
            if published is None and read_manifest(archive).releases != before:
                published = time.perf_counter() - started
            time.sleep(0.05)
    if running.returncode:
        raise SystemExit(f"dateline index failed with status {running.returncode}")
    whole = time.perf_counter() - started
    return published or whole, whole


def _found(store: Store, names: set[str]) -> dict[str, int]:
    """How many of the pages of these names are found by their own word, and by their own text."""
    encoder = store.encoder()
    counts = {"found_by_words": 0, "found_by_vectors": 0}
    for listed in store.listing():
        if listed.source in names:
            rows = set(store.rows_of(listed.release_id))
            vector = encoder.embed([store.text(min(rows))])[0]
            title = (listed.title or "").split()[-1]
            counts["found_by_words"] += rows.issuperset(store.lexical(title, 1).rows.tolist())
            counts["found_by_vectors"] += not rows.isdisjoint(store.dense(vector, 3).rows.tolist())
    return counts


def _evict(archive: Path) -> None:
    """Take the archive's files out of the disk cache."""
    os.sync()
    for path in archive.rglob("*"):
        if not path.is_file():
            continue
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

"""Kills builds and updates at random moments, and checks what they leave behind.

    python -m eval.kill [--moments 200] [--seed 0] [--folder DIR]

After each kill the archive must open and verify as the old one or the new one (or, of a first
build, may not be there yet), and the next run must complete with the digest of a fresh build. The
encoder is one of word lengths, slowed down a little, so that kills fall into every phase.
"""

import argparse
import json
import multiprocessing
import random
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import build as building
from index import workers
from index.build import build
from index.embedding import EncoderRecord
from index.errors import ArchiveMissing
from index.manifest import read_manifest
from index.verify import verify

WORDS = "the senator of a valley farmers agreement announced river today grants and".split()
PORTION = 16  # chunks between publications, few, so that there are many to interrupt


class SlowLengths:
    """Embeds a text as the share of words of each length; four milliseconds a text."""

    record = EncoderRecord("slow-word-lengths", "5" * 64, 16, 256, "python")

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, (len(texts), 16) float32."""
        counts = np.zeros((len(texts), 16), dtype=np.float32)
        for row, text in enumerate(texts):
            time.sleep(0.004)
            for word in text.split():
                counts[row, min(len(word), 15)] += 1
        counts[:, 0] += 1
        unit: NDArray[np.float32] = counts / np.linalg.norm(counts, axis=1, keepdims=True)
        return unit

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """One piece a character that is no space, which is more than any tokenizer makes."""
        return [(place, place + 1) for place, sign in enumerate(text) if not sign.isspace()]


def corpus(seed: int, size: int = 60) -> list[dict[str, str]]:
    """Records of random words; seeds share most of them, so that one updates the other."""
    records = []
    for number in range(size + seed % 3):
        # Every fifth release differs from one seed to the next.
        draw = random.Random(f"{number}-{seed if number % 5 == 0 else 0}")
        text = " ".join(draw.choices(WORDS, k=draw.randint(20, 400)))
        date = f"20{draw.randint(10, 24)}-0{draw.randint(1, 9)}-11"
        records.append({"id": f"r{number:03d}", "issuer": "Sen. Ash", "date": date, "text": text})
    return records


def run(seed: int, archive: str, *, crew: bool = False) -> None:
    """One build, as the process that is killed does it; crew: with worker processes."""
    building.PORTION = PORTION
    workers.ALONE = 20 if crew else 200
    path = Path(archive).parent / f"seed-{seed}" / "records.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in corpus(seed)))
    build([path], Path(archive), encoder=SlowLengths(), progress=False)


def kill_after(seconds: float, seed: int, archive: Path, *, crew: bool = False) -> float | None:
    """Start a build and kill it so long after it began; how long it took when it ended before."""
    context = multiprocessing.get_context("forkserver")
    began, tell = context.Pipe(duplex=False)
    process = context.Process(target=_told, args=(tell, seed, str(archive), crew))
    process.start()
    began.recv()
    started = time.monotonic()
    process.join(seconds)
    took = time.monotonic() - started
    if process.exitcode is None:
        process.kill()
        process.join()
    if process.exitcode not in (0, -signal.SIGKILL):
        raise SystemExit(f"a build of seed {seed} ended with {process.exitcode}")
    return took if process.exitcode == 0 else None


def _told(tell: Connection, seed: int, archive: str, crew: bool) -> None:
    tell.send(None)
    run(seed, archive, crew=crew)


def check(archive: Path, before: str | None, seed: int, after: str) -> str:
    """What a kill left: "none", "old" or "new", each complete; then finish the build."""
    try:
        digest = verify(archive)
    except ArchiveMissing:
        state = "none"
        if before is not None:
            raise SystemExit("an archive that was there is gone") from None
    else:
        if digest not in (before, after):
            raise SystemExit(f"digest {digest} is neither that before nor that after")
        manifest = read_manifest(archive)
        whole = manifest.embedded == manifest.chunks
        state = "old" if digest == before else "new" if whole else "new, partly embedded"
    run(seed, str(archive))
    manifest = read_manifest(archive)
    if verify(archive) != after or manifest.embedded != manifest.chunks:
        raise SystemExit("the next run did not complete the archive")
    return state


def kills(moments: int, seed: int, folder: Path) -> Counter[str]:
    """How often each state was found; SystemExit at the first that is wrong."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(["index.build"])
    draw = random.Random(seed)
    fresh = []
    for number in range(3):
        run(number, str(folder / f"fresh-{number}"))
        fresh.append(verify(folder / f"fresh-{number}"))
    usual = _durations(folder)
    states: Counter[str] = Counter()
    archive, before = folder / "archive", None
    for moment in range(moments):
        if moment % 4 == 0:  # a first build now and then, else an update
            shutil.rmtree(archive, ignore_errors=True)
            before = None
        kind = (before is None, moment % 8 < 2)
        target = moment % 3
        took = kill_after(draw.uniform(0, 1.1 * usual[kind]), target, archive, crew=kind[1])
        usual[kind] = took or usual[kind]  # how busy the machine is may change
        state = check(archive, before, target, fresh[target])
        name = "first build" if kind[0] else "update"
        states[f"{name}, {'finished' if took else f'killed, left: {state}'}"] += 1
        before = fresh[target]
    return states


def _durations(folder: Path) -> dict[tuple[bool, bool], float]:
    """How long builds take, by whether they are the first, and by whether they have workers."""
    usual = {}
    for crew in (False, True):
        for seed in (0, 1):
            took = kill_after(60, seed, folder / f"timed-{crew}", crew=crew)
            if took is None:
                raise SystemExit("a build takes more than a minute: the machine is too busy")
            usual[seed == 0, crew] = took
    return usual


def main() -> None:
    """Kill, check, and print how often each state was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        states = kills(options.moments, options.seed, Path(folder))
    for state, count in sorted(states.items()):
        print(f"{count:4d}  {state}")
    print(f"{sum(states.values()):4d}  moments, every archive whole")


if __name__ == "__main__":
    main()

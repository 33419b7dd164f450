"""Pages to findings on all cores: worker processes that are fed batch by batch.

Workers are processes of their own, not forks: they hold no lock of the archive, and end when the
process that started them ends, however it ends. A few pages are not worth starting any.
"""

import marshal
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType

from index.findings import Row, findings_of
from index.records import Page

ALONE = 200  # pages that this process reads itself before it starts workers
AHEAD = 4  # batches for each worker that may wait, read but not yet used

Found = list[Row] | str
Worker = subprocess.Popen[bytes]

_SERVE = "from index.workers import serve; serve()"


class Crew:
    """Workers that find releases in pages; use it in a `with` statement, from one thread.

    workers: 1 for none beside this process, None for one a core. alone: how many pages this
    process reads before it starts any, None for the usual number.
    """

    def __init__(self, workers: int | None = None, alone: int | None = None) -> None:
        self.workers = workers or len(os.sched_getaffinity(0))
        self.ahead = AHEAD * self.workers if self.workers > 1 else 1
        self._alone = ALONE if alone is None else alone
        self._threads = ThreadPoolExecutor(self.workers)
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._started: list[Worker] = []
        self._closed = False

    def __enter__(self) -> "Crew":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._started:
            worker.kill()
        self._threads.shutdown(wait=True)
        for worker in self._started:
            _close(worker)

    def submit(self, pages: Sequence[Page]) -> "Future[list[Found]]":
        """What is found in each of the pages, in their order."""
        self._alone -= len(pages)
        if pages and self._alone < 0 and self.workers > 1:
            return self._threads.submit(self._ask, pages)
        done: Future[list[Found]] = Future()
        done.set_result([findings_of(page) for page in pages])
        return done

    def _ask(self, pages: Sequence[Page]) -> list[Found]:
        """Runs in a thread. A page that its worker dies of is passed over, the others are not."""
        worker = self._worker()
        try:
            found = _answer(worker, pages)
        except (OSError, EOFError):
            worker.kill()
            if self._closed:
                raise
            if len(pages) > 1:
                return [found for page in pages for found in self._ask([page])]
            return [f"the process that read it ended with status {worker.wait()}"]
        self._idle.put(worker)
        return found

    def _worker(self) -> Worker:
        try:
            return self._idle.get_nowait()
        except Empty:
            worker = _start()
            self._started.append(worker)
            return worker


def _start() -> Worker:
    """A new worker, out of the terminal's reach: Ctrl-C is for the process that started it."""
    root = str(Path(__file__).resolve().parent.parent)
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        start_new_session=True,
    )


def _answer(worker: Worker, pages: Sequence[Page]) -> list[Found]:
    assert worker.stdin is not None and worker.stdout is not None
    sent = [
        (p.source, p.sha256, p.content, p.format, dict(p.record), dict(p.override)) for p in pages
    ]
    marshal.dump(sent, worker.stdin)
    worker.stdin.flush()
    found: list[Found] = marshal.load(worker.stdout)
    return found


def serve() -> None:
    """Answer batches of pages from standard input until it ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    with suppress(EOFError, BrokenPipeError):  # whoever asked is gone
        while True:
            pages = marshal.load(sys.stdin.buffer)
            marshal.dump([findings_of(Page(*fields)) for fields in pages], answers)
            answers.flush()


def _close(worker: Worker) -> None:
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        if pipe is not None:
            with suppress(OSError):  # of what was not yet written to a worker that is gone
                pipe.close()

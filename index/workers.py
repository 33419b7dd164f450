"""Work on all cores: processes that are fed batch by batch.

Workers are processes of their own, not forks: they hold no lock of the archive, and end when the
process that started them ends, however it ends. A few items are not worth starting any.
"""

import marshal
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Generic, TypeVar

ALONE = 200  # items that this process works on itself before it starts workers
AHEAD = 4  # batches for each worker that may wait, made but not yet used
BATCH = 32  # items that go to a worker at a time

Item = TypeVar("Item")
Result = TypeVar("Result")
Beside = TypeVar("Beside")
Worker = subprocess.Popen[bytes]

_SERVE = "from index.workers import serve; from {} import {} as work; serve(work)"


@dataclass(frozen=True, slots=True)
class Work(Generic[Item, Result]):
    """What is done to each item. Items and results are plain values, such as marshal writes.

    here: does it in this process. there: the same as "module:function" for a worker, None when it
    can only be done here; given: what that function takes before the item. lost: what stands for
    the result of an item that its worker died of, with the status that it ended with.
    """

    here: Callable[[Item], Result]
    there: str | None
    given: tuple[Any, ...]
    lost: Callable[[Item, int], Result]


class Crew(Generic[Item, Result]):
    """Workers; use it in a `with` statement, from one thread.

    workers: 1 for none beside this process, None for one a core. alone: how many items this
    process works on before it starts any, None for the usual number.
    """

    def __init__(
        self, work: Work[Item, Result], workers: int | None = None, alone: int | None = None
    ) -> None:
        self.workers = (workers or len(os.sched_getaffinity(0))) if work.there else 1
        self._ahead = AHEAD * self.workers if self.workers > 1 else 1
        self._work = work
        self._alone = ALONE if alone is None else alone
        self._threads = ThreadPoolExecutor(self.workers)
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._started: list[Worker] = []
        self._closed = False

    def __enter__(self) -> "Crew[Item, Result]":
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

    def submit(self, items: Sequence[Item]) -> "Future[list[Result]]":
        """The results of the items, in their order."""
        self._alone -= len(items)
        if items and self._alone < 0 and self.workers > 1:
            return self._threads.submit(self._ask, items)
        done: Future[list[Result]] = Future()
        done.set_result([self._work.here(item) for item in items])
        return done

    def each(
        self, batches: Iterable[tuple[Beside, Sequence[Item]]]
    ) -> Iterator[tuple[Beside, list[Result]]]:
        """For each batch in order what came beside its items, and the results of them.

        Batches are asked for only so far ahead of what was taken that no worker has to wait.
        """
        waiting: deque[tuple[Beside, Future[list[Result]]]] = deque()
        for beside, items in batches:
            waiting.append((beside, self.submit(items)))
            while len(waiting) > self._ahead or (waiting and waiting[0][1].done()):
                yield _first(waiting)
        while waiting:
            yield _first(waiting)

    def _ask(self, items: Sequence[Item]) -> list[Result]:
        """Runs in a thread. An item that its worker dies of is lost, the others are not."""
        worker = self._worker()
        try:
            results: list[Result] = _answer(worker, items)
        except (OSError, EOFError):
            worker.kill()
            if self._closed:
                raise
            if len(items) > 1:
                return [result for item in items for result in self._ask([item])]
            return [self._work.lost(items[0], worker.wait())]
        self._idle.put(worker)
        return results

    def _worker(self) -> Worker:
        try:
            return self._idle.get_nowait()
        except Empty:
            worker = _start(self._work.there or "")
            self._started.append(worker)
            _send(worker, self._work.given)
            return worker


def _first(waiting: "deque[tuple[Beside, Future[Result]]]") -> tuple[Beside, Result]:
    beside, results = waiting.popleft()
    return beside, results.result()


def _start(there: str) -> Worker:
    """A new worker, out of the terminal's reach: Ctrl-C is for the process that started it."""
    root = str(Path(__file__).resolve().parent.parent)
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _SERVE.format(*there.split(":"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        start_new_session=True,
    )


def _send(worker: Worker, value: Any) -> None:
    assert worker.stdin is not None
    marshal.dump(value, worker.stdin)
    worker.stdin.flush()


def _answer(worker: Worker, items: Sequence[Any]) -> list[Any]:
    assert worker.stdout is not None
    _send(worker, list(items))
    results: list[Any] = marshal.load(worker.stdout)
    return results


def serve(work: Callable[..., Any]) -> None:
    """Do the work to batches of items from standard input, until it ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    with suppress(EOFError, BrokenPipeError):  # whoever asked is gone
        given = marshal.load(sys.stdin.buffer)
        while True:
            items = marshal.load(sys.stdin.buffer)
            marshal.dump([work(*given, item) for item in items], answers)
            answers.flush()


def _close(worker: Worker) -> None:
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        if pipe is not None:
            with suppress(OSError):  # of what was not yet written to a worker that is gone
                pipe.close()

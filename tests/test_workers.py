"""Worker processes find what this process finds, in order, and a page that ends one is named."""

import hashlib
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from index import workers
from index.chunking import Chunking, chunk_spans, cutting
from index.embedding import default_folder
from index.findings import FINDING, Fields, findings_in
from index.wordpieces import WordPieces, plain_tokenizer
from index.workers import Crew

ROOT = Path(__file__).resolve().parent.parent

# Serves as usual, but prints, and ends at a page that says so.
FRAGILE = """
import os
from index.workers import serve
from {} import {} as work
def fragile(fields):
    print("a library talks")
    return os._exit(7) if b"fatal" in fields[2] else work(fields)
serve(fragile)
"""


def page(number: int, words: str = "") -> Fields:
    text = f"Sen. Ash spoke to farmers in the valley, {number} of them. {words}\n" * 3
    content = text.encode()
    return f"{number}.txt", hashlib.sha256(content).hexdigest(), content, "text", {}, {}


def test_they_find_what_this_process_finds_in_order() -> None:
    batches = [[page(number * 10 + place) for place in range(3)] for number in range(8)]
    with Crew(FINDING, workers=2, alone=0) as crew:
        found = [future.result() for future in [crew.submit(batch) for batch in batches]]
    assert found == [[findings_in(one) for one in batch] for batch in batches]
    assert found[7][2][0][0].startswith('["72", "72.txt"')


def test_a_few_pages_start_none() -> None:
    with Crew(FINDING, workers=2, alone=5) as crew:
        assert crew.submit([page(1), page(2)]).done()
        assert crew.submit([page(3), page(4), page(5)]).done()
        assert crew._started == []


def test_one_core_starts_none() -> None:
    with Crew(FINDING, workers=1, alone=0) as crew:
        assert crew.submit([page(1)]).done()


def test_a_page_that_ends_its_worker_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_SERVE", FRAGILE)
    pages = [page(1), page(2, "fatal"), page(3)]
    with Crew(FINDING, workers=2, alone=0) as crew:
        found = crew.submit(pages).result()
    assert found[0] == findings_in(pages[0])
    assert found[1] == "the process that read it ended with status 7"
    assert found[2] == findings_in(pages[2])


def test_texts_are_cut_as_in_this_process() -> None:
    pieces = WordPieces(plain_tokenizer(default_folder()))
    texts = ["", "Señor Ash met 3 ministers. " * 90, "no stops \ud800 at all " * 200]
    work = cutting(Chunking(40, 60), pieces, default_folder())
    with Crew(work, workers=2, alone=0) as crew:
        found = crew.submit(texts).result()
    expected = [chunk_spans(text, pieces, Chunking(40, 60)) for text in texts]
    assert found == [[(span.start, span.end) for span in spans] for spans in expected]
    assert work.lost(texts[1], 9) == found[1]


def test_leaving_early_ends_the_workers() -> None:
    with pytest.raises(KeyboardInterrupt), Crew(FINDING, workers=2, alone=0) as crew:
        futures = [crew.submit([page(n) for n in range(20)]) for _ in range(20)]
        futures[0].result()
        raise KeyboardInterrupt
    assert all(worker.returncode is not None for worker in crew._started)
    assert threading.active_count() == 1 or not any(t.is_alive() for t in crew._threads._threads)


@pytest.mark.skipif(
    not Path("/proc/self/stat").is_file(), reason="processes are looked up in /proc"
)
def test_workers_end_when_the_process_that_started_them_is_killed() -> None:
    script = """
import sys, time
from index.findings import FINDING
from index.workers import Crew
page = ("a.txt", "0" * 64, b"Sen. Ash spoke to farmers in the valley.", "text", {}, {})
with Crew(FINDING, workers=2, alone=0) as crew:
    crew.submit([page]).result()
    print(crew._started[0].pid, flush=True)
    time.sleep(60)
"""
    starter = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE)
    assert starter.stdout is not None
    worker = int(starter.stdout.readline())
    assert _runs(worker)
    starter.kill()
    starter.communicate()
    deadline = time.monotonic() + 30
    while _runs(worker):
        assert time.monotonic() < deadline, "the worker outlives what started it"
        time.sleep(0.01)


def _runs(process: int) -> bool:
    """Whether there is such a process that has not ended, waited for or not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"

"""Files of a reader's own: a private archive, for one session, on this machine only."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from chat.markup import esc
from chat.sessions import LimitError, Limits
from index.build import BuildReport, build
from index.errors import DatelineError
from index.store import Store

POLL_SECONDS = 0.25
READING = 0.1  # share of the progress bar that is full once the releases are found

Step = tuple[float, str]  # share done, in words


def accepted(paths: Any, root: Path, limits: Limits) -> list[Path]:
    """The uploaded files, checked.

    paths: what the browser says it uploaded, so nothing but a path below `root`, where the server
    puts uploads, is taken. Raises LimitError for anything else, and for too many or too large.
    """
    if not isinstance(paths, list) or not paths:
        raise LimitError("No files came in.")
    if len(paths) > limits.files:
        raise LimitError(f"At most {limits.files} files at once.")
    files = []
    for path in paths:
        found = Path(path).resolve() if isinstance(path, str) else root
        if root.resolve() not in found.parents or not found.is_file():
            raise LimitError("A file did not come in. Try again.")
        if found.stat().st_size > limits.file_bytes:
            raise LimitError(f"{found.name} is larger than {limits.file_bytes // 1_000_000} MB.")
        files.append(found)
    return files


def move_in(files: Sequence[Path], place: Path) -> Path:
    """Move the files into a corpus of their own below `place`, names kept, and return it."""
    corpus = place / "files"
    corpus.mkdir()
    for file in files:
        target = corpus / file.name
        number = 2
        while target.exists():
            target = corpus / f"{file.stem} ({number}){file.suffix}"
            number += 1
        shutil.move(file, target)
    return corpus


def build_private(
    files: Sequence[Path], keep: Callable[[Path, BuildReport], None]
) -> Iterator[Step]:
    """Build a private archive of the files, telling how far it is.

    keep: called with the folder that holds everything (its `archive` and `files`) when the archive
    is there; the folder is the caller's from then on. Whatever goes wrong before, the folder is
    deleted. Raises CorpusError when no release is in the files.
    """
    place = Path(mkdtemp(prefix="dateline-private-"))
    try:
        corpus, archive = move_in(files, place), place / "archive"
        yield 0.0, f"Reading {len(files)} file{'s' if len(files) > 1 else ''}"
        with ThreadPoolExecutor(1) as worker:
            work = worker.submit(build, [corpus], archive, progress=False)
            yield from _watched(work, archive)
        keep(place, work.result())
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    yield 1.0, "Done"


def _watched(work: "Future[BuildReport]", archive: Path) -> Iterator[Step]:
    while not wait([work], timeout=POLL_SECONDS).done:
        share = _embedded(archive)
        if share is not None:
            yield READING + (1 - READING) * share, f"Embedding the words: {share:.0%}"


def _embedded(archive: Path) -> float | None:
    """The share that is embedded, or None while there is nothing to open yet."""
    try:
        store = Store.open(archive)
    except DatelineError:
        return None
    try:
        return store.embedded
    finally:
        store.close()


def report_html(report: BuildReport, extent: str) -> str:
    """What was found in the files, and what was passed over, with what to do next."""
    skipped = "".join(
        f"<li><code>{esc(s.source)}</code>: {esc(s.reason)}</li>" for s in report.skipped
    )
    passed = f"<p>Passed over:</p><ul>{skipped}</ul>" if skipped else ""
    return (
        f"<p><strong>{esc(extent)}</strong> in your files.</p>{passed}"
        '<p><button type="button" class="primary" data-act="ask-files">Ask your files</button> '
        '<button type="button" class="plain" data-act="remove">Remove them now</button></p>'
    )

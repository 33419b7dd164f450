"""A corpus as a stream of releases: the one way that building, listing and auditing all take.

    for release in read_corpus([Path("corpus")], skips.append): ...

Pages are read once. What is found in them stays packed in a cache on disk while the fingerprints of
all are compared, so that memory does not grow with the texts.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from index import findings
from index.cache import PageCache, page_key, passing_cache
from index.containers import LIMITS, Limits
from index.database import release_digest
from index.editions import Decision, Print, apply, decide
from index.findings import FINDING, Fields, Finding, Found, page_fields
from index.reading import read_pages
from index.records import Page, Release, Skip
from index.workers import BATCH, Crew

Report = Callable[[Skip], None]
Progress = Callable[[int], object]

BATCH_BYTES = 1 << 20  # of pages that go to a worker at a time, unless one alone has more
KEEP = 1_000  # pages after which the cache is committed: what a build that is killed reads again


@dataclass(frozen=True, slots=True)
class Sighting:
    """A release of a corpus that need not be in memory. digest: SHA-256 of every field."""

    release_id: str
    digest: str
    load: Callable[[], Release]


@dataclass(frozen=True, slots=True)
class _Lead:
    """Where in the cache a release stands, and what it is compared by, under its own id."""

    page: bytes
    place: int
    print: Print
    digest: str | None  # None when it has another id than its page gives it


def read_corpus(
    corpora: Sequence[Path],
    report: Report,
    limits: Limits = LIMITS,
    progress: Progress = lambda pages: None,
) -> Iterator[Release]:
    """Every release of the corpora once, in the order of the pages, duplicates merged and versions
    linked; ids are unique.

    report is called with each page that gives no release and with each duplicate id; progress with
    the number of pages read since it was last called. Raises CorpusError when a corpus does not
    exist.
    """
    with passing_cache() as cache:
        for sighting in survey(corpora, report, cache, limits, progress):
            yield sighting.load()


def survey(
    corpora: Sequence[Path],
    report: Report,
    cache: PageCache,
    limits: Limits = LIMITS,
    progress: Progress = lambda pages: None,
) -> list[Sighting]:
    """As `read_corpus`, without the words; a sighting can be loaded while the cache is open."""
    leads: list[_Lead] = []
    ids: set[str] = set()
    count = 0
    with Crew(FINDING) as crew:
        for page, key, found in _found(read_pages(corpora, limits), cache, crew):
            count += 1
            progress(1)
            if count % KEEP == 0:
                cache.commit()
                gc.freeze()  # the collector need not look at all leads again and again
            if isinstance(found, str):
                report(Skip(page.source, found))
                continue
            for place, row in enumerate(found):
                leads.append(_lead(key, place, findings.finding(row), ids))
    cache.sweep()
    with _uncollected():
        decisions = decide([lead.print for lead in leads])
    gc.unfreeze()
    seen = (_sighting(cache, lead, decisions.get(lead.print.release_id)) for lead in leads)
    return [sighting for sighting in seen if sighting is not None]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without a search for cycles: where a million of small objects are made and none of them is
    in a cycle, it takes as long as all the rest.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def sighted(releases: Iterable[Release]) -> list[Sighting]:
    """Releases that are in memory, as sightings."""
    return [Sighting(r.release_id, release_digest(r), partial(_same, r)) for r in releases]


def _same(release: Release) -> Release:
    return release


# Pages to findings -------------------------------------------------------------------------------

_Read = tuple[Page | Skip, bytes, Found]
_Known = tuple[Page | Skip, bytes, Found | None]  # None: not in the cache


def _found(
    pages: Iterator[Page | Skip], cache: PageCache, crew: Crew[Fields, Found]
) -> Iterator[_Read]:
    """Each page with its key and what is found in it, in order."""
    batches = ([_known(page, cache) for page in batch] for batch in _batches(pages))
    for known, extracted in crew.each((batch, _unread(batch)) for batch in batches):
        fresh = iter(extracted)
        for page, key, found in known:
            if found is None:
                found = next(fresh)
                cache.put(key, found)
            yield page, key, found


def _unread(known: Iterable[_Known]) -> list[Fields]:
    return [page_fields(p) for p, _, found in known if found is None and isinstance(p, Page)]


def _known(page: Page | Skip, cache: PageCache) -> _Known:
    if isinstance(page, Skip):
        return page, b"", page.reason
    key = page_key(page)
    return page, key, cache.get(key)


def _batches(pages: Iterable[Page | Skip]) -> Iterator[list[Page | Skip]]:
    batch: list[Page | Skip] = []
    size = 0
    for page in pages:
        batch.append(page)
        size += len(page.content or b"") if isinstance(page, Page) else 0
        if len(batch) == BATCH or size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


# Findings to sightings ---------------------------------------------------------------------------


def _lead(page: bytes, place: int, found: Finding, ids: set[str]) -> _Lead:
    release_id = _unique(found.print.release_id, found.print.source, ids)
    if release_id == found.print.release_id:
        return _Lead(page, place, found.print, found.digest)
    return _Lead(page, place, replace(found.print, release_id=release_id), None)


def _unique(release_id: str, source: str, ids: set[str]) -> str:
    """The id, or one that no earlier release has: with its source's suffix, then with a count."""
    if release_id in ids:
        suffix = Path(source).suffix.lstrip(".")
        base = f"{release_id}.{suffix}" if suffix.isalnum() else release_id
        release_id, count = base, 2
        while release_id in ids:
            release_id, count = f"{base}~{count}", count + 1
    ids.add(release_id)
    return release_id


def _sighting(cache: PageCache, lead: _Lead, decision: Decision | None) -> Sighting | None:
    """None when the release was merged into another."""
    if decision is not None and decision.into is not None:
        return None
    load = partial(_load, cache, lead, decision)
    digest = lead.digest if decision is None else None
    return Sighting(lead.print.release_id, digest or release_digest(load()), load)


def _load(cache: PageCache, lead: _Lead, decision: Decision | None) -> Release:
    release = findings.release(cache.row(lead.page, lead.place), lead.print.release_id)
    settled = apply(release, decision)
    assert settled is not None, "a release that was merged into another has no sighting"
    return settled

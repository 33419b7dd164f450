"""A corpus as a stream of releases: the one way that building, listing and auditing all take.

    for release in read_corpus([Path("corpus")], skips.append): ...

Releases are written to a temporary file while their fingerprints are compared, so that memory does
not grow with the texts.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from index.containers import LIMITS, Limits
from index.editions import Decision, apply, decide, fingerprint
from index.extraction import releases_of
from index.reading import read_pages
from index.records import DatedBy, OtherDate, Page, Release, Skip, Span

Report = Callable[[Skip], None]


def read_corpus(
    corpora: Sequence[Path],
    report: Report,
    limits: Limits = LIMITS,
    progress: Callable[[int], None] = lambda pages: None,
) -> Iterator[Release]:
    """Every release of the corpora once, in the order of the pages, duplicates merged and versions
    linked; ids are unique.

    report is called with each page that gives no release and with each duplicate id; progress with
    the number of pages read so far. Raises CorpusError when a corpus does not exist.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        prints = [
            fingerprint(r) for r in _spooled(raw_releases(corpora, report, limits, progress), spool)
        ]
        decisions = decide(prints)
        del prints
        yield from _settled(spool, decisions)


def raw_releases(
    corpora: Sequence[Path],
    report: Report,
    limits: Limits = LIMITS,
    progress: Callable[[int], None] = lambda pages: None,
) -> Iterator[Release]:
    """The releases page by page, before copies are merged; ids are made unique here."""
    ids: set[str] = set()
    for number, page in enumerate(read_pages(corpora, limits), 1):
        found = page if isinstance(page, Skip) else _releases(page)
        progress(number)
        if isinstance(found, Skip):
            report(found)
            continue
        for release in found:
            yield _unique(release, ids)


def _releases(page: Page) -> list[Release] | Skip:
    """The releases of a page; what one page brings out must not stop the run, but is reported."""
    try:
        return releases_of(page)
    except (RecursionError, MemoryError) as error:
        return Skip(page.source, f"too deeply nested or too large: {type(error).__name__}")
    except Exception as error:
        return Skip(page.source, f"fault in reading it: {type(error).__name__}: {error}"[:200])


def _unique(release: Release, ids: set[str]) -> Release:
    """The same release under an id that no earlier one has: its source's suffix, then a count."""
    release_id = release.release_id
    if release_id in ids:
        suffix = Path(release.source).suffix.lstrip(".")
        base = f"{release_id}.{suffix}" if suffix.isalnum() else release_id
        release_id, count = base, 2
        while release_id in ids:
            release_id, count = f"{base}~{count}", count + 1
    ids.add(release_id)
    return release if release_id == release.release_id else _renamed(release, release_id)


def _renamed(release: Release, release_id: str) -> Release:
    return replace(release, release_id=release_id)


# The temporary file ------------------------------------------------------------------------------


def _spooled(releases: Iterator[Release], spool: IO[str]) -> Iterator[Release]:
    for release in releases:
        json.dump(_packed(release), spool, ensure_ascii=True, separators=(",", ":"))
        spool.write("\n")
        yield release


def _settled(spool: IO[str], decisions: dict[str, Decision]) -> Iterator[Release]:
    spool.seek(0)
    for line in spool:
        release = _unpacked(json.loads(line))
        settled = apply(release, decisions.get(release.release_id))
        if settled is not None:
            yield settled


def _dates(one: DatedBy | None) -> list[Any] | None:
    return [one.value, one.rule, one.evidence, one.start] if one else None


def _packed(release: Release) -> list[Any]:
    return [
        release.release_id, release.source, release.source_sha256, release.title, release.issuer,
        release.url, release.language, _dates(release.dated), release.text,
        [_dates(c) for c in release.date_conflicts],
        [[o.kind, o.date, o.evidence] for o in release.other_dates],
        release.sources, release.version_of,
        [release.span.start, release.span.end] if release.span else None,
    ]  # fmt: skip


def _unpacked(row: list[Any]) -> Release:
    dated = DatedBy(*row[7]) if row[7] else None
    conflicts = tuple(DatedBy(*c) for c in row[9])
    others = tuple(OtherDate(*o) for o in row[10])
    release_id, source, sha256, title, issuer, url, language = row[:7]
    return Release(
        release_id, source, sha256, title, issuer, url, language, dated, row[8],
        conflicts, others, tuple(row[11]), row[12],
        Span(*row[13]) if row[13] else None,
    )  # fmt: skip

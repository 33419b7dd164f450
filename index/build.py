"""The pipeline: corpora to a published archive, incrementally.

One build publishes several times. First releases, chunks and the lexical index, with the vectors
that an earlier archive already holds; from then on the archive answers. Then vectors join portion
by portion, and each portion is kept whatever happens next: a build that was cut off goes on where
it was. The end of it is the same archive, by digest and by answers, as that of a fresh build.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from index.cache import page_cache, passing_cache
from index.changes import BuildReport, Change, change_to, check_found, report
from index.chunking import USUAL, Chunking, cutting
from index.corpus import Sighting, sighted, survey
from index.database import Database
from index.digest import archive_digest
from index.drafting import (
    Recycler,
    embedded_text,
    write_segment,
    write_table,
    write_words,
)
from index.embedding import BertEncoder, Encoder, EncoderRecord, Vectors, load_encoder
from index.errors import (
    ArchiveDamaged,
    ArchiveMismatch,
    ArchiveMissing,
    ArchiveNotWritable,
)
from index.manifest import (
    SCHEMA,
    Manifest,
    check_writable,
    last_generation,
    locked,
    publish,
    read_manifest,
    records_of,
    sweep,
    writing,
)
from index.records import Release, Skip
from index.search import Rows
from index.store import Store
from index.table import GONE, Table
from index.vectors import EXACT_UP_TO, Graph, Half
from index.workers import Crew

__all__ = ["BuildReport", "build", "build_releases", "fitting"]

Find = Callable[[Any], AbstractContextManager[list[Sighting]]]  # given a bar for the pages read

PORTION = 2_048  # chunks that are embedded between two publications
REBUILD = 0.1  # share of vectors outside of the graph, or gone, at which it is built anew
STEP = 256  # chunks that are embedded at a time: what Ctrl-C may lose
SPARSE = 0.5  # share of rows that are gone at which rows are numbered anew


def build(
    corpora: Sequence[Path],
    archive: Path,
    *,
    encoder: Encoder | None = None,
    chunking: Chunking = USUAL,
    progress: bool = True,
    dry_run: bool = False,
) -> BuildReport:
    """Make the archive hold the releases of these corpora, no more and no less.

    encoder: None for the default one. progress: a bar on standard error, when it is a terminal.
    dry_run: only report, write nothing. On Ctrl-C what is embedded so far is kept, and
    KeyboardInterrupt goes on; the same call later takes up the work.

    Raises CorpusError when a corpus does not exist or holds no release, ArchiveLocked when another
    process builds this archive, ArchiveNotWritable when the disk is full or read-only.
    """
    skipped: list[Skip] = []

    def find(bar: Any) -> AbstractContextManager[list[Sighting]]:
        return _surveyed(corpora, archive, skipped, bar, dry_run)

    return _build(find, archive, skipped, encoder, chunking, progress, dry_run)


def build_releases(
    releases: Iterable[Release],
    archive: Path,
    *,
    encoder: Encoder | None = None,
    chunking: Chunking = USUAL,
    progress: bool = True,
    dry_run: bool = False,
) -> BuildReport:
    """As `build`, of releases from anywhere, each with an id of its own."""

    def find(bar: Any) -> AbstractContextManager[list[Sighting]]:
        return nullcontext(sighted(releases))

    return _build(find, archive, [], encoder, chunking, progress, dry_run)


@contextmanager
def _surveyed(
    corpora: Sequence[Path], archive: Path, skipped: list[Skip], bar: Any, dry_run: bool
) -> Iterator[list[Sighting]]:
    """The releases of the corpora, with the archive's cache open; a dry run leaves it as it is."""
    with passing_cache(archive) if dry_run else page_cache(archive) as cache:
        yield survey(corpora, skipped.append, cache, progress=bar.update)


def _build(
    find: Find,
    archive: Path,
    skipped: list[Skip],
    encoder: Encoder | None,
    chunking: Chunking,
    progress: bool,
    dry_run: bool,
) -> BuildReport:
    """find: the releases, which can be loaded inside its `with` statement."""
    started = time.monotonic()
    encoder = encoder or load_encoder()
    work = _Work(archive, encoder, chunking, progress)
    if dry_run:
        with work.found(find) as sightings:
            change = change_to(_opened(archive, encoder.record, chunking), sightings)
        check_found(change, skipped)
        return report(change, skipped, None, started)
    with locked(archive):
        try:
            with writing(archive):
                check_writable(archive)
                _sweep(archive)
                work.start()
                with work.found(find) as sightings:
                    change = work.publish_words(sightings, skipped)
                work.embed()
                work.finish()
        except ArchiveNotWritable:
            with suppress(OSError):
                _sweep(archive)  # free what was written in vain
            raise
        return report(change, skipped, work.store, started)


def _sweep(archive: Path) -> None:
    """Delete the left-overs of builds that were cut off; nothing of an archive of another kind."""
    try:
        sweep(archive, read_manifest(archive))
    except ArchiveMissing:
        sweep(archive, None)
    except (ArchiveMismatch, ArchiveDamaged):
        return


class _Work:
    """One build of one archive; its lock is held from `start` on."""

    def __init__(self, archive: Path, encoder: Encoder, chunking: Chunking, progress: bool) -> None:
        self.archive = archive
        self.encoder = encoder
        self.chunking = fitting(chunking, encoder.record)
        self.progress = progress and sys.stderr.isatty()
        self.store: Store | None = None
        self.generation = 0

    def start(self) -> None:
        """Open what is there."""
        self.store = _opened(self.archive, self.encoder.record, self.chunking)
        self.generation = last_generation(self.archive)

    @contextmanager
    def found(self, find: Find) -> Iterator[list[Sighting]]:
        """The releases that are found, with a bar of the pages that are read."""
        with self._bar(None, "pages") as bar, find(bar) as sightings:
            bar.close()
            yield sightings

    def publish_words(self, sightings: Sequence[Sighting], skipped: Sequence[Skip]) -> Change:
        """Publish releases, chunks and words, with the vectors that are at hand.

        Raises CorpusError when there is no release.
        """
        old = self.store
        change = change_to(old, sightings)
        check_found(change, skipped)
        if old is None or change or old.manifest.skipped != len(skipped):
            self._publish_change(change, sightings, len(skipped))
        return change

    def _publish_change(self, change: Change, sightings: Sequence[Sighting], skipped: int) -> None:
        old = self.store
        base = None if old is not None and _sparse(old.table) else old
        generation = self._next()
        database = self.archive / f"releases-{generation:06d}.db"
        table, lexicon = f"chunks-{generation:06d}.npy", f"lexicon-{generation:06d}"
        folder = self.encoder.folder if isinstance(self.encoder, BertEncoder) else None
        with Crew(cutting(self.chunking, self.encoder.pieces, folder)) as crew:
            rows = write_words(
                database,
                self.archive / lexicon,
                base,
                change,
                self._bar(sightings, "releases"),
                crew,
                self.encoder.record.weights_sha256,
            )
        written = Database(database)
        write_table(self.archive / table, written, rows)
        settings = self.chunking.to_dict()
        digest = archive_digest(self.encoder.record, settings, written.places(), rows)
        undated = written.fetch("SELECT count(*) FROM releases WHERE date IS NULL")[0][0]
        written.close()
        segments = base.manifest.segments if base else ()
        manifest = Manifest(
            schema=SCHEMA,
            generation=generation,
            encoder=self.encoder.record,
            chunking=settings,
            releases=len(change.added) + len(change.changed) + len(change.unchanged),
            undated=undated,
            skipped=skipped,
            chunks=int(np.count_nonzero(rows["release"] != GONE)),
            embedded=0,
            digest=digest,
            database=database.name,
            table=table,
            lexicon=lexicon,
            segments=segments + self._recycled(base, rows),
            graph=base.manifest.graph if base else None,
            files={},
        )
        self._publish(manifest, rows)

    def embed(self) -> None:
        """Make the vectors that are missing, portion by portion."""
        store = self._store()
        missing = np.setdiff1d(np.flatnonzero(store.table["release"] != GONE), store.vector_rows)
        bar = self._bar(None, "chunks", len(missing))
        for start in range(0, len(missing), PORTION):
            self._embed_portion(missing[start : start + PORTION], bar)
        bar.close()

    def _embed_portion(self, rows: Rows, bar: Any) -> None:
        done: list[Vectors] = []
        texts = list(self._texts(rows))
        try:
            for start in range(0, len(texts), STEP):
                done.append(self.encoder.embed(texts[start : start + STEP]))
                bar.update(len(done[-1]))
        finally:  # also on Ctrl-C: what is done is kept
            if done:
                vectors = np.concatenate(done)
                self._add_segment(vectors.astype(np.float16), rows[: len(vectors)])

    def _texts(self, rows: Rows) -> Iterator[str]:
        store = self._store()
        chunks = store.chunks(rows)
        release: Release | None = None
        for chunk in chunks:
            if release is None or release.release_id != chunk.release_id:
                release = store.release(chunk.release_id)
            yield embedded_text(release, chunk.span)

    def finish(self) -> None:
        """Join the segments, and build the graph when there are many vectors."""
        store = self._store()
        covered = int(store.segment_starts[1]) if store.manifest.graph else 0
        live = store.table["release"][store.vector_rows] != GONE
        loose = len(live) - covered + int(np.count_nonzero(~live[:covered]))
        if store.manifest.graph and loose <= REBUILD * covered:
            if len(store.manifest.segments) > 2:
                self._join(1, None)
        elif len(store.manifest.segments) > 1 or not live.all() or len(live) > EXACT_UP_TO:
            self._join(0, EXACT_UP_TO)

    def _join(self, first: int, graph_above: int | None) -> None:
        """Make one segment of those from `first` on, without what is gone, in order of rows."""
        store = self._store()
        start = int(store.segment_starts[first])
        rows = store.vector_rows[start:]
        keep = np.flatnonzero(store.table["release"][rows] != GONE)
        keep = keep[np.argsort(rows[keep])]
        generation = self._next()
        vectors = store.vectors_at(start + keep)
        names = write_segment(self.archive, generation, vectors, rows[keep])
        graph = store.manifest.graph if first else None
        if graph_above is not None and len(keep) > graph_above:
            graph = f"graph-{generation:06d}.faiss"
            Graph.build(vectors).write(self.archive / graph)
        segments = (*store.manifest.segments[:first], names)
        self._publish(replace(store.manifest, segments=segments, graph=graph), store.table)

    def _recycled(self, base: Store | None, rows: Table) -> tuple[tuple[str, str], ...]:
        """A segment with the vectors that the old archive has for new rows, if any."""
        if self.store is None:
            return ()
        fresh = np.arange(len(base.table) if base else 0, len(rows))
        places, vectors = Recycler(self.store).find([bytes(key) for key in rows["key"][fresh]])
        if not places:
            return ()
        return (write_segment(self.archive, self.generation, vectors, fresh[places]),)

    def _add_segment(self, vectors: Half, rows: Rows) -> None:
        store = self._store()
        names = write_segment(self.archive, self._next(), vectors, rows)
        segments = (*store.manifest.segments, names)
        self._publish(replace(store.manifest, segments=segments), store.table)

    def _publish(self, manifest: Manifest, rows: Table) -> None:
        """Publish with the counts and hashes of what is there, and open what was published."""
        known = self.store.manifest.files if self.store else {}
        names = [manifest.database, manifest.table, manifest.lexicon]
        names += [name for pair in manifest.segments for name in pair]
        names += [manifest.graph] if manifest.graph else []
        built = [np.load(self.archive / pair[1], mmap_mode="r") for pair in manifest.segments]
        embedded = sum(int(np.count_nonzero(rows["release"][part] != GONE)) for part in built)
        manifest = replace(
            manifest,
            generation=self.generation,
            embedded=embedded,
            files=records_of(self.archive, names, known),
        )
        publish(self.archive, manifest)
        if self.store is not None:
            self.store.close()
        self.store = Store.open(self.archive)

    def _store(self) -> Store:
        assert self.store is not None, "publish_words comes first"
        return self.store

    def _next(self) -> int:
        self.generation += 1
        return self.generation

    def _bar(self, items: Iterable[Any] | None, unit: str, total: int | None = None) -> Any:
        return tqdm(items, total=total, unit=f" {unit}", disable=not self.progress)


def fitting(chunking: Chunking, encoder: EncoderRecord) -> Chunking:
    """The chunking, with no more word pieces than the encoder takes beside its two special ones."""
    return replace(chunking, pieces=min(chunking.pieces, encoder.limit - 2))


def _opened(archive: Path, encoder: EncoderRecord, chunking: Chunking) -> Store | None:
    """The archive when it can be updated: same schema, encoder and chunking; else None."""
    try:
        store = Store.open(archive)
    except (ArchiveMissing, ArchiveMismatch, ArchiveDamaged):
        return None
    same = (
        store.manifest.encoder.weights_sha256 == encoder.weights_sha256
        and store.manifest.encoder.name == encoder.name
        and store.manifest.chunking == fitting(chunking, encoder).to_dict()
    )
    return store if same else None


def _sparse(rows: Table) -> bool:
    return bool(np.count_nonzero(rows["release"] == GONE) > SPARSE * len(rows))

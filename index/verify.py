"""Re-checks an archive: every hash, count, span and vector."""

from pathlib import Path

import numpy as np

from index.database import Place, release_digest
from index.digest import archive_digest
from index.embedding import file_sha256
from index.errors import ArchiveDamaged
from index.manifest import Manifest, read_manifest
from index.records import Release
from index.store import Store
from index.table import GONE

# A vector of float16 numbers is off the unit length by up to 0.0005; a wrong one by far more.
LENGTH_TOLERANCE = 0.002


def verify(archive: Path) -> str:
    """The archive's digest, when everything in it is as the manifest says.

    Raises ArchiveDamaged, which names the first thing that is off; ArchiveMissing and
    ArchiveMismatch as `Store.open`.
    """
    manifest = read_manifest(archive)
    _check_files(archive, manifest)
    store = Store.open(archive)
    try:
        _check_releases(store)
        _check_vectors(store)
        _check_counts(store)
    finally:
        store.close()
    return manifest.digest


def _check_files(archive: Path, manifest: Manifest) -> None:
    for name, record in manifest.files.items():
        path = archive / name
        if not path.is_file():
            raise ArchiveDamaged(f"{path} is missing: build the archive anew")
        size = path.stat().st_size
        if size != record.size:
            raise ArchiveDamaged(f"{path} has {size:,} bytes, expected {record.size:,}")
        if file_sha256(path) != record.sha256:
            raise ArchiveDamaged(f"{path} has another SHA-256 than when it was written")


def _check_releases(store: Store) -> None:
    rows = store.table
    owned = np.zeros(len(rows), dtype=np.int64)
    for release, place in store.releases():
        if release_digest(release) != place.digest:
            raise ArchiveDamaged(f"release {release.release_id!r} is not what was indexed")
        _check_spans(store, release, place)
        owned[place.first_row : place.first_row + place.rows] += 1
    wrong = np.flatnonzero(owned != (rows["release"] != GONE))
    if len(wrong):
        raise ArchiveDamaged(f"chunk row {wrong[0]} belongs to {owned[wrong[0]]} releases")


def _check_spans(store: Store, release: Release, place: Place) -> None:
    """Spans in order, apart, inside the text, with nothing but space between them."""
    rows = store.table[place.first_row : place.first_row + place.rows]
    end = 0
    for number, row in enumerate(rows):
        fits = int(row["release"]) == place.number and int(row["number"]) == number
        start = int(row["start"])
        if not fits or start < end or release.text[end:start].strip():
            raise ArchiveDamaged(
                f"chunk {number} of release {release.release_id!r} is out of place"
            )
        end = int(row["end"])
    if end > len(release.text) or release.text[end:].strip():
        raise ArchiveDamaged(f"the chunks of release {release.release_id!r} do not cover its text")


def _check_vectors(store: Store) -> None:
    rows = store.vector_rows
    if len(np.unique(rows)) != len(rows):
        raise ArchiveDamaged("a chunk has two vectors")
    if len(rows) and (rows.min() < 0 or rows.max() >= len(store.table)):
        raise ArchiveDamaged("a vector belongs to no chunk row")
    for start in range(0, len(rows), 16_384):
        block = store.vectors_at(np.arange(start, min(start + 16_384, len(rows))))
        lengths = np.linalg.norm(block.astype(np.float32), axis=1)
        wrong = np.flatnonzero(~(np.abs(lengths - 1) <= LENGTH_TOLERANCE))
        if len(wrong):
            raise ArchiveDamaged(
                f"the vector of chunk row {rows[start + wrong[0]]} has length "
                f"{lengths[wrong[0]]:.4f}, expected 1"
            )


def _check_counts(store: Store) -> None:
    manifest = store.manifest
    live = store.table["release"] != GONE
    listed = store.listing()
    found = {
        "releases": len(listed),
        "undated": sum(item.date is None for item in listed),
        "chunks": int(np.count_nonzero(live)),
        "embedded": int(np.count_nonzero(live[store.vector_rows])),
        "indexed": store.lexical_size,
        "digest": archive_digest(manifest.encoder, manifest.chunking, store.places(), store.table),
    }
    expected = {name: getattr(manifest, name) for name in found if name != "indexed"}
    expected["indexed"] = manifest.chunks
    for name, value in found.items():
        if value != expected[name]:
            raise ArchiveDamaged(f"{name}: found {value}, the manifest says {expected[name]}")

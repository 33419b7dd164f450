"""A published archive, open for reading: releases, chunks, and search by words and by vectors.

Opening reads the manifest and maps the files; nothing is read that is not asked for. What is open
stays as it was, whatever is published meanwhile; `is_current` says when to open again.
"""

import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.database import Database, Listed, Place, issuer_names
from index.embedding import Encoder, Vectors, load_encoder
from index.errors import ArchiveDamaged, ArchiveMismatch
from index.lexical import Lexicon
from index.manifest import Manifest, read_manifest, stamp
from index.records import Chunk, Release, Span
from index.search import EVERYTHING, Filter, Found, Rows, Scores
from index.table import GONE, Columns, Table, load
from index.vectors import Graph, Half, Nearest

__all__ = ["Filter", "Found", "Listed", "Store"]

ATTEMPTS = 20  # to open files that a publication may be replacing at this moment


class Store:
    """One view of an archive on disk; any number of threads may share it."""

    def __init__(
        self, archive: Path, manifest: Manifest, seen: tuple[int, int, int] | None
    ) -> None:
        self.path = archive
        self.manifest = manifest
        self._seen = seen
        self._database = Database(archive / manifest.database)
        self._table: Table = load(archive / manifest.table)
        self._lexicon = Lexicon(archive / manifest.lexicon)
        self._segments = [_segment(archive, pair) for pair in manifest.segments]
        graph = Graph.read(archive / manifest.graph) if manifest.graph else None
        self._nearest = Nearest([vectors for vectors, _ in self._segments], graph)
        self._encoder: Encoder | None = None
        self._loading = threading.Lock()

    @classmethod
    def open(cls, archive: Path) -> "Store":
        """The archive at this path as it is now.

        Raises ArchiveMissing, ArchiveMismatch (another schema) or ArchiveDamaged.
        """
        for attempt in range(ATTEMPTS):
            seen = stamp(archive)
            manifest = read_manifest(archive)
            try:
                _check_sizes(archive, manifest)
                return cls(archive, manifest, seen)
            except (OSError, ValueError) as error:
                # Either a newer archive was published since, or something is broken.
                if stamp(archive) == seen or attempt == ATTEMPTS - 1:
                    raise ArchiveDamaged(f"{archive}: {error}: build anew") from error
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Close the files; the store is of no use afterwards."""
        self._database.close()

    def is_current(self) -> bool:
        """Whether nothing was published since this store was opened; costs one stat."""
        return stamp(self.path) == self._seen

    @property
    def embedded(self) -> float:
        """Share of the chunks that have a vector, 1.0 when complete."""
        return self.manifest.embedded / self.manifest.chunks if self.manifest.chunks else 1.0

    def encoder(self) -> Encoder:
        """The archive's encoder, loaded once; ArchiveMismatch when its weights are others."""
        with self._loading:
            if self._encoder is None:
                self._encoder = matching_encoder(self.manifest)
        return self._encoder

    # Releases

    def release(self, release_id: str) -> Release:
        """The release as it was indexed; KeyError when there is none of this id."""
        return self._database.release(release_id)

    def listing(self) -> Sequence[Listed]:
        """Every release without its text, by release date, undated last, then by id."""
        return self._listing

    def release_ids(self) -> Sequence[str]:
        """The ids of all releases, in the order of `listing`."""
        return [listed.release_id for listed in self._listing]

    def versions(self, release_id: str) -> list[Listed]:
        """The release and its other versions, the earliest first; KeyError for no such id."""
        first = release_id
        while (earlier := self._version_links.get(first)) is not None:
            first = earlier
        family = [first]
        for one in family:
            family += [later for later, of in self._version_links.items() if of == one]
        rows = self._database.listed(family)
        if release_id not in {row.release_id for row in rows}:
            raise KeyError(release_id)
        return sorted(rows, key=lambda row: (row.date or "9999", family.index(row.release_id)))

    def issuers(self) -> tuple[str, ...]:
        """The names of all issuers, sorted."""
        return self._issuers

    def date_range(self) -> tuple[str | None, str | None]:
        """The first and the last stated release date; None when none is stated."""
        return self._date_range

    # Chunks

    def chunks(self, rows: Sequence[int] | Rows) -> list[Chunk]:
        """The chunks of these rows; KeyError when there is no such row."""
        places = np.asarray(rows, dtype=np.int64)
        if len(places) and (places.min() < 0 or places.max() >= len(self._table)):
            raise KeyError(int(places.max()))
        records = self._table[places]
        if (records["release"] == GONE).any():
            raise KeyError(int(places[records["release"] == GONE][0]))
        return [
            Chunk(
                self._ids[int(r["release"])], int(r["number"]), Span(int(r["start"]), int(r["end"]))
            )
            for r in records
        ]

    def chunk(self, row: int) -> Chunk:
        """The chunk of this row; KeyError when there is none."""
        return self.chunks([row])[0]

    def rows_of(self, release_id: str) -> list[int]:
        """The rows of a release's chunks, in the order of its text; KeyError for no such id."""
        place = self._database.place(release_id)
        return list(range(place.first_row, place.first_row + place.rows))

    def text(self, row: int) -> str:
        """The words of a chunk."""
        chunk = self.chunk(row)
        return chunk.span.of(self.release(chunk.release_id).text)

    def release_numbers(self, rows: Sequence[int] | Rows) -> NDArray[np.int32]:
        """A number for the release that each row belongs to: equal for the same release."""
        numbers: NDArray[np.int32] = self._columns.release[np.asarray(rows, dtype=np.int64)]
        return numbers

    # Search

    def count(self, where: Filter = EVERYTHING) -> int:
        """How many chunks pass the filter."""
        return int(np.count_nonzero(self._passing(where)))

    def passes(self, rows: Sequence[int] | Rows, where: Filter) -> NDArray[np.bool_]:
        """Whether the chunks of these rows pass the filter."""
        passing: NDArray[np.bool_] = self._passing(where)[np.asarray(rows, dtype=np.int64)]
        return passing

    def lexical(self, text: str, k: int, where: Filter = EVERYTHING) -> Found:
        """The k chunks that fit the text best by BM25 among those that pass, best first."""
        return self._lexicon.search(text, k, where, self._columns.order)

    def terms(self, text: str) -> list[str]:
        """The words of a text as the lexical index knows them: stemmed, lower-cased, folded."""
        return self._lexicon.terms(text)

    def frequencies(self, terms: Sequence[str]) -> list[int]:
        """In how many chunks each term stands."""
        return self._lexicon.frequencies(terms)

    def rarities(self, terms: Sequence[str]) -> Scores:
        """How rare each term is in the archive's chunks: BM25's inverse document frequency."""
        counts = np.array(self._lexicon.frequencies(terms), dtype=np.float32)
        total = np.float32(len(self._lexicon))
        rarities: Scores = np.log1p((total - counts + 0.5) / (counts + 0.5))
        return rarities

    def dense(self, vector: Vectors, k: int, where: Filter = EVERYTHING) -> Found:
        """The k chunks nearest to a unit vector (d,) by cosine among those that pass."""
        allowed = None
        if where or not self._all_live:
            allowed = self._passing(where)[self._rows]
        order = self._columns.order[self._rows] if allowed is not None else self._position_order
        places, scores = self._nearest.search(vector, k, allowed, order)
        return Found(self._rows[places], scores)

    def cosines(self, vector: Vectors, rows: Sequence[int] | Rows) -> Scores:
        """Cosine of a unit vector (d,) with the chunks of these rows; nan where none is built."""
        positions = self._positions[np.asarray(rows, dtype=np.int64)]
        scores = np.full(len(positions), np.nan, dtype=np.float32)
        built = positions >= 0
        scores[built] = self._nearest.cosines(vector, positions[built])
        return scores

    # For updates

    @property
    def table(self) -> Table:
        """The chunk table, memory-mapped; see index/table.py."""
        return self._table

    @property
    def vector_rows(self) -> Rows:
        """The chunk row of each vector, by its position through all segments."""
        return self._rows

    @property
    def segment_starts(self) -> Rows:
        """The position at which each segment starts, and the number of vectors at the end."""
        return self._nearest.starts

    def vectors_at(self, positions: Rows) -> Half:
        """The vectors at these positions, (len(positions), d) float16."""
        return self._nearest.vectors_at(positions)

    @property
    def lexical_size(self) -> int:
        """How many chunks the lexical index holds."""
        return len(self._lexicon)

    def releases(self) -> Iterator[tuple[Release, Place]]:
        """All releases with their places, read in portions, in the order they came in."""
        return self._database.releases()

    def places(self) -> dict[str, Place]:
        """Where every release stands, by its id."""
        return self._database.places()

    def _passing(self, where: Filter) -> NDArray[np.bool_]:
        return self._columns.passing(where, self._issuers)

    # What is read when it is first asked for

    @cached_property
    def _columns(self) -> Columns:
        return Columns(self._table)

    @cached_property
    def _rows(self) -> Rows:
        """The chunk row at each position of the vectors."""
        parts = [rows for _, rows in self._segments]
        return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)

    @cached_property
    def _positions(self) -> Rows:
        """The position of each chunk row's vector, -1 for none."""
        positions = np.full(len(self._table), -1, dtype=np.int64)
        positions[self._rows] = np.arange(len(self._rows))
        return positions

    @cached_property
    def _position_order(self) -> Rows:
        return self._columns.order[self._rows]

    @cached_property
    def _all_live(self) -> bool:
        return bool(self._columns.live[self._rows].all())

    @cached_property
    def _listing(self) -> list[Listed]:
        return self._database.listing()

    @cached_property
    def _date_range(self) -> tuple[str | None, str | None]:
        row = self._database.fetch("SELECT min(date), max(date) FROM releases")[0]
        return row[0], row[1]

    @cached_property
    def _version_links(self) -> dict[str, str]:
        return self._database.version_links()

    @cached_property
    def _ids(self) -> dict[int, str]:
        return dict(self._database.fetch("SELECT number, release_id FROM releases"))

    @cached_property
    def _issuers(self) -> tuple[str, ...]:
        return issuer_names(self._database)


def matching_encoder(manifest: Manifest) -> Encoder:
    """The encoder that the manifest names; ArchiveMismatch when its weights are others."""
    wanted = manifest.encoder
    # A single question gains nothing from a coarser precision.
    encoder = load_encoder(wanted.name, precision="f32")
    if encoder.record.weights_sha256 != wanted.weights_sha256:
        raise ArchiveMismatch(
            f"the archive was built with weights {wanted.weights_sha256[:12]} of {wanted.name}, "
            f"found {encoder.record.weights_sha256[:12]}: build it anew with `dateline index`"
        )
    return encoder


def _segment(archive: Path, names: tuple[str, str]) -> tuple[Half, Rows]:
    vectors, rows = (np.load(archive / name, mmap_mode="r", allow_pickle=False) for name in names)
    return vectors, rows


def _check_sizes(archive: Path, manifest: Manifest) -> None:
    for name, record in manifest.files.items():
        size = (archive / name).stat().st_size
        if size != record.size:
            raise ValueError(f"{name} has {size:,} bytes, expected {record.size:,}")

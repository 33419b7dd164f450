"""The chunk table of an archive: one numpy record a chunk row, memory-mapped.

A row stays a chunk's own from one update to the next; a row of a chunk that is gone has release -1
until the archive is built anew. The chunks of one release stand in rows that follow one another.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.records import Span
from index.search import NO_LATER, Filter, Rows

# release: number of the release. start, end: the span. first, last: the days of the stated release
# date as yyyymmdd, 0 when undated. issuer: index into the names, -1 for none. order: the chunk's
# place by (release id, number). key: of the words that are embedded and the encoder.
ROW = np.dtype(
    [
        ("release", "<i4"),
        ("number", "<i4"),
        ("start", "<i4"),
        ("end", "<i4"),
        ("first", "<i4"),
        ("last", "<i4"),
        ("issuer", "<i4"),
        ("order", "<i4"),
        ("key", "V16"),
    ]
)
GONE = -1

Table = NDArray[Any]
Mask = NDArray[np.bool_]


def new_rows(
    number: int,
    spans: Sequence[Span],
    keys: Sequence[bytes],
    days: tuple[int, int] | None,
) -> Table:
    """The rows of one release's chunks; issuer and order are set later, when all are known."""
    first, last = days or (0, 0)
    values = [
        (number, place, span.start, span.end, first, last, -1, 0, key)
        for place, (span, key) in enumerate(zip(spans, keys, strict=True))
    ]
    return np.array(values, dtype=ROW)


def embedding_key(text: str, encoder_sha256: str) -> bytes:
    """16 bytes that stand for the vector of a text."""
    digest = hashlib.sha256(encoder_sha256.encode())
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.digest()[:16]


def save(table: Table, path: Path) -> None:
    """Write the table as a .npy file."""
    np.save(path, table, allow_pickle=False)


def load(path: Path) -> Table:
    """The table, memory-mapped."""
    table: Table = np.load(path, mmap_mode="r", allow_pickle=False)
    return table


class Columns:
    """The columns that filters need, in memory."""

    def __init__(self, table: Table) -> None:
        self.release = np.ascontiguousarray(table["release"])
        self.order = table["order"].astype(np.int64)
        self.live: Mask = self.release != GONE
        self._first = np.ascontiguousarray(table["first"])
        self._last = np.ascontiguousarray(table["last"])
        self._issuer = np.ascontiguousarray(table["issuer"])

    def passing(self, where: Filter, issuers: Sequence[str]) -> Mask:
        """Which rows pass the filter, (rows,) bool; rows that are gone never do."""
        mask = self.live
        days = where.days()
        if days is not None:
            low, high = max(days[0], 1), min(days[1], NO_LATER)
            mask = mask & (self._first >= low) & (self._last <= high)
        if where.issuers:
            numbers = [issuers.index(name) for name in where.issuers if name in issuers]
            mask = mask & np.isin(self._issuer, numbers)
        return mask

    def rows(self) -> Rows:
        """All rows of chunks that are there."""
        return np.flatnonzero(self.live)

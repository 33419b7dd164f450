"""The releases of an archive in SQLite: one file, never changed once it is published."""

import hashlib
import json
import sqlite3
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from index.records import DatedBy, OtherDate, Release, Span

COMPRESSION = 3  # zlib level: 2.3 times smaller at 60 MB/s

TABLES = """
CREATE TABLE releases (
    number INTEGER PRIMARY KEY, release_id TEXT NOT NULL UNIQUE, title TEXT, issuer TEXT,
    date TEXT, date_rule TEXT, conflicts INTEGER NOT NULL, source TEXT NOT NULL, url TEXT,
    chars INTEGER NOT NULL, first_row INTEGER NOT NULL, row_count INTEGER NOT NULL,
    digest TEXT NOT NULL, record TEXT NOT NULL, text BLOB NOT NULL
);
"""
LISTED = "release_id, title, issuer, date, date_rule, conflicts, source, url, chars"
# By release date, undated last, then by id: the order of every listing.
ORDER = "ORDER BY date IS NULL, date, release_id"


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows of a release; conflicts: how many other release dates the page claims."""

    release_id: str
    title: str | None
    issuer: str | None
    date: str | None
    date_rule: str | None
    conflicts: int
    source: str
    url: str | None
    chars: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a release stands: its number, and its chunk rows [first_row, first_row + rows)."""

    number: int
    first_row: int
    rows: int
    digest: str


def issuer_names(database: "Database") -> tuple[str, ...]:
    """The names of all issuers, sorted: the table's `issuer` counts through them."""
    query = "SELECT DISTINCT issuer FROM releases WHERE issuer IS NOT NULL"
    return tuple(sorted(name for (name,) in database.fetch(query)))


class Database:
    """Reads one published database; any number of threads may share it."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        # Opens the file now, so that it stays readable when a later archive replaces it.
        self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def fetch(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def release(self, release_id: str) -> Release:
        """The release with every field; KeyError when there is none of this id."""
        found = self.fetch("SELECT record, text FROM releases WHERE release_id = ?", (release_id,))
        if not found:
            raise KeyError(release_id)
        return decode(*found[0])

    def releases(self, first: int = 0) -> Iterator[tuple[Release, Place]]:
        """The releases from number `first` on with their places; read in portions."""
        query = (
            "SELECT number, first_row, row_count, digest, record, text FROM releases "
            "WHERE number > ? ORDER BY number LIMIT 1000"
        )
        last = first - 1
        while portion := self.fetch(query, (last,)):
            for number, first_row, rows, digest, record, text in portion:
                yield decode(record, text), Place(number, first_row, rows, digest)
            last = portion[-1][0]

    def place(self, release_id: str) -> Place:
        """Where a release stands; KeyError when there is none of this id."""
        query = "SELECT number, first_row, row_count, digest FROM releases WHERE release_id = ?"
        found = self.fetch(query, (release_id,))
        if not found:
            raise KeyError(release_id)
        return Place(*found[0])

    def places(self) -> dict[str, Place]:
        """Where every release stands, by its id."""
        rows = self.fetch("SELECT release_id, number, first_row, row_count, digest FROM releases")
        return {row[0]: Place(*row[1:]) for row in rows}

    def listing(self) -> list[Listed]:
        """Every release, by release date, undated last, then by id."""
        return [Listed(*row) for row in self.fetch(f"SELECT {LISTED} FROM releases {ORDER}")]

    def listed(self, release_ids: Sequence[str]) -> list[Listed]:
        """Those of these releases that there are, in no order."""
        marks = ", ".join("?" * len(release_ids))
        query = f"SELECT {LISTED} FROM releases WHERE release_id IN ({marks})"
        return [Listed(*row) for row in self.fetch(query, release_ids)]

    def version_links(self) -> dict[str, str]:
        """Which earlier release each that is a version of one corrects or updates; reads all."""
        query = (
            "SELECT release_id, json_extract(record, '$.version_of') AS earlier FROM releases "
            "WHERE earlier IS NOT NULL"
        )
        return dict(self.fetch(query))


@contextmanager
def written(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to write an unpublished database, made when the file is not there.

    No journal and no syncing: a build that is cut off leaves a file that no manifest names.
    """
    fresh = not path.exists()
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        if fresh:
            connection.executescript(TABLES)
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")
    finally:
        connection.close()


def insert(connection: sqlite3.Connection, release: Release, place: Place) -> None:
    """Add one release."""
    record, text = encode(release)
    values = (
        place.number,
        release.release_id,
        clean(release.title),
        clean(release.issuer),
        release.date,
        release.dated.rule if release.dated else None,
        len(release.date_conflicts),
        clean(release.source),
        clean(release.url),
        len(release.text),
        place.first_row,
        place.rows,
        place.digest,
        record,
        text,
    )
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO releases VALUES ({marks})", values)


def delete(connection: sqlite3.Connection, number: int) -> None:
    """Take one release out."""
    connection.execute("DELETE FROM releases WHERE number = ?", (number,))


def encode(release: Release) -> tuple[str, bytes]:
    """The release as JSON without its text, and its text compressed."""
    text = zlib.compress(release.text.encode("utf-8", "surrogatepass"), COMPRESSION)
    return _record(release), text


def _record(release: Release) -> str:
    record: dict[str, Any] = {name: getattr(release, name) for name in PLAIN}
    record["dated"] = _fields(release.dated) if release.dated else None
    record["date_conflicts"] = [_fields(conflict) for conflict in release.date_conflicts]
    record["other_dates"] = [_fields(other) for other in release.other_dates]
    if release.span:
        record["span"] = _fields(release.span)
    return json.dumps(record, sort_keys=True)


def _fields(one: DatedBy | OtherDate | Span) -> dict[str, Any]:
    """As `dataclasses.asdict`, which copies deeply and takes several times as long."""
    return {field.name: getattr(one, field.name) for field in fields(one)}


def decode(record: str, text: bytes) -> Release:
    """The release that `encode` wrote, equal in every field."""
    found = json.loads(record)
    dated = found["dated"]
    return Release(
        **{name: found[name] for name in PLAIN if name != "sources"},
        sources=tuple(found["sources"]),
        dated=DatedBy(**dated) if dated else None,
        date_conflicts=tuple(DatedBy(**conflict) for conflict in found["date_conflicts"]),
        other_dates=tuple(OtherDate(**other) for other in found["other_dates"]),
        text=zlib.decompress(text).decode("utf-8", "surrogatepass"),
        span=Span(**found["span"]) if "span" in found else None,
    )


PLAIN = (
    "release_id",
    "source",
    "source_sha256",
    "title",
    "issuer",
    "url",
    "language",
    "sources",
    "version_of",
)


def release_digest(release: Release) -> str:
    """SHA-256 of every field of the release, in hexadecimal."""
    return record_digest(_record(release), release.text)


def record_digest(record: str, text: str) -> str:
    """As `release_digest`, of the record that `encode` makes and the text."""
    digest = hashlib.sha256(record.encode())
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def clean(text: str | None) -> str | None:
    """The text with every lone surrogate as "?": what SQLite, tantivy and tokenizers accept."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")

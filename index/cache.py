"""What was found in which page, kept from one build to the next by the hash of the page.

A page whose bytes, name, and manifest entry are as they were is not read again, unless the code that
reads pages has changed. The cache is no part of the archive's digest; it is read or not with the
same result, and when it is damaged it is made anew.
"""

import hashlib
import importlib.metadata
import json
import shutil
import sqlite3
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from index.findings import Found, Row
from index.records import Page

NAME = "pages.db"
SCHEMA = 1
# What reads pages besides this package: another release of one may find other words in them.
LIBRARIES = ("charset-normalizer", "lxml", "numpy", "pypdfium2", "python-docx", "PyYAML")

TABLES = f"""
PRAGMA page_size = 16384;  -- rows have about 3,000 bytes: of smaller pages much would stay empty
PRAGMA user_version = {SCHEMA};
CREATE TABLE IF NOT EXISTS found (
    page BLOB NOT NULL, place INTEGER NOT NULL, note BLOB NOT NULL, record BLOB NOT NULL,
    text BLOB NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (page, place)
);
"""
SKIPPED = -1  # the place of the row whose note is the reason why a page has no release


class PageCache:
    """Findings by page, in one SQLite file that one process writes."""

    def __init__(self, path: Path) -> None:
        self._connection = _opened(path)
        self._used: set[bytes] = set()

    def get(self, key: bytes) -> Found | None:
        """What was found in the page, or the reason why nothing was; None when that is unknown."""
        query = "SELECT place, note, record, text, checksum FROM found WHERE page = ? ORDER BY 1"
        rows = self._connection.execute(query, (key,)).fetchall()
        if any(checksum != _checksum(key, *row) for *row, checksum in rows):
            self._connection.execute("DELETE FROM found WHERE page = ?", (key,))
            return None
        self._used.add(key)
        if rows and rows[0][0] == SKIPPED:
            return str(rows[0][1], "utf-8")
        return [_row(parts) for _, *parts, _ in rows] or None

    def put(self, key: bytes, found: Found) -> None:
        """Keep what was found in a page."""
        self._used.add(key)
        rows = [(found, b"", b"")] if isinstance(found, str) else found
        first = SKIPPED if isinstance(found, str) else 0
        stored = [
            (place, note.encode("utf-8", "backslashreplace"), record, text)
            for place, (note, record, text) in enumerate(rows, first)
        ]
        self._connection.executemany(
            "INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?, ?, ?)",
            [(key, *row, _checksum(key, *row)) for row in stored],
        )

    def row(self, key: bytes, place: int) -> Row:
        """The release that stands at this place of the page; KeyError when there is none."""
        query = "SELECT note, record, text FROM found WHERE page = ? AND place = ?"
        found = self._connection.execute(query, (key, place)).fetchone()
        if found is None:
            raise KeyError(key)
        return _row(found)

    def commit(self) -> None:
        """Keep what was put so far, whatever happens next."""
        self._connection.commit()

    def sweep(self) -> None:
        """Forget the pages that nobody has asked for."""
        known = self._connection.execute("SELECT DISTINCT page FROM found").fetchall()
        stale = [row for row in known if row[0] not in self._used]
        self._connection.executemany("DELETE FROM found WHERE page = ?", stale)
        self._connection.commit()

    def close(self) -> None:
        """Keep what was put, and close the file."""
        self._connection.commit()
        self._connection.close()


@contextmanager
def page_cache(archive: Path) -> Iterator[PageCache]:
    """The cache of an archive, whose directory is there."""
    kept = PageCache(archive / NAME)
    try:
        yield kept
    finally:
        kept.close()


@contextmanager
def passing_cache(archive: Path | None = None) -> Iterator[PageCache]:
    """A cache that is gone afterwards; it starts with what the archive's has, if there is one."""
    with tempfile.TemporaryDirectory() as folder:
        if archive is not None and (archive / NAME).is_file():
            shutil.copyfile(archive / NAME, Path(folder) / NAME)
        with page_cache(Path(folder)) as kept:
            yield kept


def _opened(path: Path) -> sqlite3.Connection:
    """A connection to the cache; a file that is damaged, or another schema's, is replaced."""
    try:
        connection = sqlite3.connect(path)
        if _is_sound(connection):
            return connection
        connection.close()
    except sqlite3.DatabaseError as error:
        connection.close()
        if type(error) is not sqlite3.DatabaseError:  # of the disk, not of what stands in the file
            raise
    for name in (path.name, path.name + "-journal"):
        path.with_name(name).unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    assert _is_sound(connection)
    return connection


def _is_sound(connection: sqlite3.Connection) -> bool:
    # Not synced: what a power cut leaves half written is found here or by a row's checksum.
    connection.execute("PRAGMA synchronous = OFF")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version not in (0, SCHEMA):
        return False
    connection.executescript(TABLES)
    return bool(connection.execute("PRAGMA quick_check").fetchone()[0] == "ok")


def _row(parts: Sequence[bytes]) -> Row:
    note, record, text = parts
    return str(note, "utf-8"), record, text


def _checksum(key: bytes, place: int, *parts: bytes) -> int:
    """CRC-32 of a row; -1, which none has, when a part is not even bytes any more."""
    total = zlib.crc32(f"{place}".encode(), zlib.crc32(key))
    for part in parts:
        if not isinstance(part, bytes):
            return -1
        total = zlib.crc32(part, zlib.crc32(f" {len(part)} ".encode(), total))
    return total


def page_key(page: Page) -> bytes:
    """What stands for the page and for the code that reads it, 32 bytes."""
    said = [page.source, page.sha256, page.format, dict(page.override), code_version()]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).digest()


@cache
def code_version() -> str:
    """A hash of this package's sources and of the versions of what it reads pages with."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    for name in LIBRARIES:
        digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    return digest.hexdigest()

"""The manifest of an archive, and the atomic publishing of a new one.

An archive is a directory of files that are never changed once published, and `manifest.json`, which
names them with size and SHA-256. Publishing writes the new files, syncs them, and renames a new
manifest over the old: a reader sees the old archive or the new one. Files that no manifest names
are left-overs of a build that was cut off; the next build deletes them.
"""

import errno
import fcntl
import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.embedding import EncoderRecord, file_sha256
from index.errors import (
    ArchiveDamaged,
    ArchiveLocked,
    ArchiveMismatch,
    ArchiveMissing,
    ArchiveNotWritable,
)

BLOCKED = (FileExistsError, NotADirectoryError)
SCHEMA = 1
NAME = "manifest.json"
LOCK = ".lock"
OWN = re.compile(
    r"(?:releases|chunks|lexicon|vectors|rows|graph)-(?P<number>\d{6,})(?:\.\w+)?|manifest\.json\.new"
)
UNWRITABLE = {errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.EDQUOT, errno.EFBIG}
REASONS = tuple(os.strerror(number) for number in sorted(UNWRITABLE))


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Size in bytes and SHA-256 of one file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds.

    generation: counts publications, from 1. digest: of releases, chunks, encoder and chunking;
    equal for equal content however it was built. embedded: chunks that have a vector.
    segments: pairs of files (vectors, chunk rows), in order. graph: the file of the graph over
    the first segment, or None while exact search is fast enough. files: every file by its path.
    """

    schema: int
    generation: int
    encoder: EncoderRecord
    chunking: Mapping[str, Any]
    releases: int
    undated: int
    skipped: int
    chunks: int
    embedded: int
    digest: str
    database: str
    table: str
    lexicon: str
    segments: tuple[tuple[str, str], ...]
    graph: str | None
    files: Mapping[str, FileRecord]

    def to_json(self) -> str:
        """With `seal`, the SHA-256 of all the rest, by which a changed byte is found."""
        record = asdict(self)
        return _written(record, _seal(record))

    @classmethod
    def from_json(cls, text: str, where: Path) -> "Manifest":
        """Raises ArchiveDamaged when it is not what `to_json` wrote, ArchiveMismatch by schema."""
        try:
            record = json.loads(text)
            seal = record.pop("seal")
            schema = record["schema"]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ArchiveDamaged(f"{where} is not a manifest: restore it or build anew") from error
        if seal != _seal(record) or text != _written(record, seal):
            raise ArchiveDamaged(f"{where} was changed after it was written: build anew")
        if schema != SCHEMA:
            raise ArchiveMismatch(
                f"{where.parent} has schema {schema}, this version reads {SCHEMA}: "
                "build it anew with `dateline index`"
            )
        record["encoder"] = EncoderRecord(**record["encoder"])
        record["segments"] = tuple((a, b) for a, b in record["segments"])
        record["files"] = {name: FileRecord(**file) for name, file in record["files"].items()}
        return cls(**record)


def _seal(record: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def _written(record: Mapping[str, Any], seal: str) -> str:
    return json.dumps({**record, "seal": seal}, indent=1, sort_keys=True) + "\n"


def read_manifest(archive: Path) -> Manifest:
    """The manifest of the archive; ArchiveMissing, ArchiveMismatch or ArchiveDamaged."""
    path = archive / NAME
    try:
        text = path.read_bytes().decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise ArchiveMissing(
            f"no archive at {archive}: build one with `dateline index CORPUS --archive {archive}`"
        ) from None
    except UnicodeDecodeError as error:
        raise ArchiveDamaged(f"{path} is not a manifest: restore it or build anew") from error
    return Manifest.from_json(text, path)


def stamp(archive: Path) -> tuple[int, int, int] | None:
    """Changes whenever a manifest is published; None when there is none. Costs one stat."""
    try:
        found = os.stat(archive / NAME)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def records_of(
    archive: Path, names: Sequence[str], known: Mapping[str, FileRecord]
) -> dict[str, FileRecord]:
    """Size and SHA-256 of files of the archive, by path; folders are walked.

    What is not `known` from the manifest before is synced to the disk and hashed.
    """
    records = {}
    for name in names:
        for path in _files(archive / name):
            relative = path.relative_to(archive).as_posix()
            records[relative] = known.get(relative) or _recorded(path)
    return records


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(inner for inner in path.iterdir() if inner.is_file())


def _recorded(path: Path) -> FileRecord:
    _sync(path)
    return FileRecord(path.stat().st_size, file_sha256(path))


def last_generation(archive: Path) -> int:
    """The highest generation among the files of the archive, left-overs included; 0 for none."""
    numbers = [OWN.fullmatch(path.name) for path in archive.iterdir()]
    return max((int(found["number"]) for found in numbers if found and found["number"]), default=0)


def publish(archive: Path, manifest: Manifest) -> None:
    """Make the manifest the archive's; its files must be there. Then delete what it leaves out."""
    draft = archive / (NAME + ".new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(manifest.to_json())
        file.flush()
        os.fsync(file.fileno())
    _sync(archive)
    os.replace(draft, archive / NAME)
    _sync(archive)
    sweep(archive, manifest)


def check_writable(archive: Path) -> None:
    """Raises OSError when no file can be made in the archive, before much work is done for one."""
    (archive / (NAME + ".new")).touch()


def sweep(archive: Path, manifest: Manifest | None) -> None:
    """Delete the files of dateline's own making that the manifest does not name.

    Readers that have them open keep them. Files with other names are left alone.
    """
    kept = {LOCK, NAME}
    if manifest is not None:
        kept |= {name.split("/")[0] for name in manifest.files}
    for path in archive.iterdir():
        if path.name not in kept and OWN.fullmatch(path.name):
            _delete(path)


@contextmanager
def locked(archive: Path) -> Iterator[None]:
    """Hold the archive for building; ArchiveLocked when another process has it.

    The directory is made when it is not there; ArchiveNotWritable when that cannot be. The lock
    goes with the process, so a killed build leaves none behind.
    """
    with writing(archive):
        archive.mkdir(parents=True, exist_ok=True)
        handle = os.open(archive / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ArchiveLocked(
                f"another process is building {archive}: wait for it, or use another --archive"
            ) from error
        yield
    finally:
        os.close(handle)


@contextmanager
def writing(archive: Path) -> Iterator[None]:
    """Turn the errors of a full or read-only disk into ArchiveNotWritable."""
    try:
        yield
    except (OSError, sqlite3.Error, ValueError, RuntimeError) as error:
        reason = _unwritable(error, archive)
        if reason is None:
            raise
        raise ArchiveNotWritable(
            f"cannot write {archive}: {reason}; what was there is intact"
        ) from error


def _unwritable(error: Exception, archive: Path) -> str | None:
    """The reason in the system's words when the disk is at fault, else None.

    SQLite, tantivy and FAISS raise errors of their own, which only quote the system's.
    """
    if isinstance(error, OSError):
        if error.errno is None and "written" in str(error):  # numpy's words for a short write
            return os.strerror(errno.ENOSPC)
        elsewhere = error.filename and not Path(error.filename).is_relative_to(archive)
        at_fault = error.errno in UNWRITABLE or isinstance(error, BLOCKED)
        return error.strerror if at_fault and not elsewhere else None
    text = str(error).lower()
    if isinstance(error, sqlite3.Error):
        return str(error) if any(word in text for word in ("full", "i/o", "readonly")) else None
    return next((reason for reason in REASONS if reason.lower() in text), None)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _delete(path: Path) -> None:
    if path.is_dir():
        for inner in path.iterdir():
            _delete(inner)
        path.rmdir()
    else:
        path.unlink()

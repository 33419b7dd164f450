"""Members of .zip, .tar.* and compressed files, within stated bounds, and never outside of them.

A member that is too large, that grows too much, that is a link or whose path leads out of the
container is reported with its reason and passed over; nothing is ever written to disk.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, cast

from index.formats import Format
from index.records import Skip

_BROKEN = (
    OSError, EOFError, ValueError, RuntimeError, NotImplementedError, KeyError, IndexError,
    OverflowError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is read, all in one place; what goes beyond one is skipped with its reason.

    page: bytes of one page, unpacked. records: bytes of one file of records, unpacked (they are
    read line by line). line: bytes of one record. container: bytes unpacked of one container.
    members: entries of one container. growth: how many times larger than its packed bytes a member
    of more than 1 MiB may become. depth: containers within containers. pages: pages of a PDF.
    seconds: of the processor's time for the pages of one PDF, asked after each of them.

    Beyond these a DOCX may unpack to four times `page`, a feed has its first 5,000 items read, JSON
    its first 50,000 releases, a list its first 20,000 lines; markup is walked without recursion.
    """

    page: int = 32 << 20
    records: int = 8 << 30
    line: int = 16 << 20
    container: int = 4 << 30
    members: int = 500_000
    growth: int = 400
    depth: int = 2
    pages: int = 500
    seconds: float = 60.0


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Member:
    """An entry of a container: its path in there and a stream of its unpacked bytes."""

    name: str
    stream: IO[bytes]
    size: int | None


def members(
    kind: Format, stream: IO[bytes], source: str, limits: Limits
) -> Iterator[Member | Skip]:
    """The members of a zip or tar file in the order they are stored, or of a compressed file.

    Streams are valid until the next member is asked for. Damage ends the iteration with a Skip.
    """
    try:
        if kind == "zip":
            yield from _zip(stream, source, limits)
        elif kind == "tar":
            yield from _tar(stream, source, limits)
        else:
            yield Member(_unpacked_name(source), _decompressed(kind, stream), None)
    except _BROKEN as error:
        yield Skip(source, f"damaged {kind}: {_brief(error)}")


def read_bounded(stream: IO[bytes], most: int) -> bytes | None:
    """All bytes of the stream, or None when there are more than `most`; raises as the codec does."""
    data = stream.read(most + 1)
    return None if len(data) > most else data


def broken(error: Exception) -> bool:
    """Whether a reader's exception means damaged or unreadable input rather than a bug."""
    return isinstance(error, _BROKEN)


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _unpacked_name(source: str) -> str:
    name = PurePosixPath(source).name
    path = PurePosixPath(name)
    if path.suffix.lower() in {".tgz", ".txz", ".tbz2"}:
        return path.stem + ".tar"
    return path.stem if path.suffix.lower() in {".gz", ".xz", ".bz2"} else name


def _decompressed(kind: Format, stream: IO[bytes]) -> IO[bytes]:
    if kind == "gzip":
        return cast(IO[bytes], gzip.open(stream))
    if kind == "xz":
        return cast(IO[bytes], lzma.open(stream))
    return cast(IO[bytes], bz2.open(stream))


def _unsafe(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name[:2] or "\0" in name


def _zip(stream: IO[bytes], source: str, limits: Limits) -> Iterator[Member | Skip]:
    total = 0
    with zipfile.ZipFile(stream) as container:
        entries = container.infolist()
        if len(entries) > limits.members:
            yield Skip(source, f"more than {limits.members} members")
            return
        for entry in entries:
            if entry.is_dir():
                continue
            at = f"{source}!{entry.filename}"
            reason = _zip_reason(entry, limits)
            total += entry.file_size
            if total > limits.container:
                yield Skip(at, f"the container unpacks to more than {limits.container} bytes")
                return
            if reason:
                yield Skip(at, reason)
                continue
            with container.open(entry) as member:
                yield Member(entry.filename, member, entry.file_size)


def _zip_reason(entry: zipfile.ZipInfo, limits: Limits) -> str | None:
    if _unsafe(entry.filename):
        return "its path leads out of the container"
    if (entry.external_attr >> 16) & 0o170000 == 0o120000:
        return "a symbolic link"
    if entry.flag_bits & 1:
        return "encrypted"
    if entry.file_size > 1 << 20 and entry.file_size > limits.growth * max(entry.compress_size, 1):
        return f"grows more than {limits.growth} times when unpacked"
    return None


def _tar(stream: IO[bytes], source: str, limits: Limits) -> Iterator[Member | Skip]:
    total = 0
    with tarfile.open(fileobj=stream, mode="r|") as container:
        for count, entry in enumerate(container):
            if entry.isdir():
                continue
            at = f"{source}!{entry.name}"
            total += max(entry.size, 0)
            if count >= limits.members or total > limits.container:
                yield Skip(at, "the container holds too much")
                return
            if _unsafe(entry.name):
                yield Skip(at, "its path leads out of the container")
            elif not entry.isfile():
                yield Skip(at, "a link or a special file")
            else:
                member = container.extractfile(entry)
                if member is not None:
                    yield Member(entry.name, member, entry.size)


def seekable(stream: IO[bytes], most: int) -> IO[bytes] | None:
    """The stream itself, or its bytes in memory when it cannot seek; None when over `most` bytes."""
    if stream.seekable():
        return stream
    data = read_bounded(stream, most)
    return None if data is None else io.BytesIO(data)

"""Corpora -> pages: folders, files, containers, manifests and files of records, one at a time.

The order is that of the sorted paths, so that two runs over the same corpus give the same pages in
the same order. What cannot be read, or lies outside of the corpus, comes out as a Skip.
"""

import csv
import hashlib
import io
import itertools
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import IO, Any

from index.containers import LIMITS, Limits, broken, members, read_bounded, seekable
from index.decoding import encoding_of
from index.errors import CorpusError
from index.fields import WORDS, name_of
from index.formats import CONTAINERS, SNIFFED, Format, sniff
from index.records import Page, Skip

MANIFEST = "manifest.csv"
FIELDS = ("title", "issuer", "date", "url")
# What parts the cells of a table of text; of equally frequent ones the first.
_DELIMITERS = (",", ";", "\t", "|")
_NOT_PAGES = frozenset({"readme", "license", "licence", "copying", "notice", "changelog"})

Overrides = Mapping[str, Mapping[str, str]]


def read_pages(corpora: Sequence[Path], limits: Limits = LIMITS) -> Iterator[Page | Skip]:
    """Every page of the corpora, in the order of their sorted paths.

    A corpus is a folder, a file, a container or a file of records. Pages come one at a time and
    none is kept, except that the members of a tar file are read as they are stored. Of two corpora
    with pages of the same path, the later ones are put under the name of their folder.

    Raises CorpusError when one of the corpora does not exist.
    """
    for corpus in corpora:
        if not corpus.exists():
            raise CorpusError(f"no such corpus: {corpus} (expected a folder or a file)")
    seen: set[str] = set()
    for corpus in corpora:
        own: set[str] = set()
        for page in _corpus(corpus, limits):
            own.add(page.source)
            yield _apart(page, corpus) if page.source in seen else page
        seen |= own


def find_page(corpora: Sequence[Path], source: str, limits: Limits = LIMITS) -> Page | Skip:
    """The page with this source, as records name it; raises CorpusError when there is none."""
    for page in read_pages(corpora, limits):
        if page.source == source:
            return page
    raise CorpusError(f"no page {source!r} in the corpus (expected a path relative to it)")


def _apart(page: Page | Skip, corpus: Path) -> Page | Skip:
    source = f"{corpus.resolve().name}/{page.source}"
    if isinstance(page, Skip):
        return Skip(source, page.reason)
    return Page(source, page.sha256, page.content, page.format, page.record, page.override)


def _corpus(corpus: Path, limits: Limits) -> Iterator[Page | Skip]:
    if corpus.is_dir():
        yield from _folder(corpus.resolve(), corpus.resolve(), {}, limits)
    else:
        yield from _file(corpus, corpus.name, {}, limits)


def _folder(folder: Path, root: Path, above: Overrides, limits: Limits) -> Iterator[Page | Skip]:
    prefix = folder.relative_to(root).as_posix()
    prefix = "" if prefix == "." else prefix + "/"
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Skip(prefix or ".", f"cannot be listed: {error.strerror}")
        return
    overrides = dict(above)
    for entry in entries:
        if entry.name.lower() == MANIFEST and entry.is_file(follow_symlinks=False):
            try:
                overrides.update(_manifest(Path(entry.path).read_bytes(), prefix, limits))
            except (OSError, ValueError) as error:
                yield Skip(prefix + entry.name, f"not a manifest: {error}")
    for entry in entries:
        source = prefix + _printable(entry.name)
        reason = _passed_over(entry)
        if reason:
            yield Skip(source, reason)
        elif entry.is_dir(follow_symlinks=False):
            yield from _folder(Path(entry.path), root, overrides, limits)
        elif entry.name.lower() != MANIFEST:
            yield from _file(Path(entry.path), source, overrides, limits)


def _passed_over(entry: os.DirEntry[str]) -> str | None:
    if entry.is_symlink():
        return "a symbolic link"
    if entry.name.startswith("."):
        return "hidden"
    if entry.is_dir():
        return None
    if not entry.is_file():
        return "not a regular file"
    stem = entry.name.split(".")[0].lower()
    return "about the folder, not a page of it" if stem in _NOT_PAGES else None


def _printable(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 are shown escaped, so that it can be stored."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _file(path: Path, source: str, overrides: Overrides, limits: Limits) -> Iterator[Page | Skip]:
    try:
        with open(path, "rb") as stream:
            yield from _stream(stream, source, path.name, overrides, limits, limits.depth)
    except OSError as error:
        yield Skip(source, f"cannot be read: {error.strerror or error}")


def _stream(
    stream: IO[bytes], source: str, name: str, overrides: Overrides, limits: Limits, depth: int
) -> Iterator[Page | Skip]:
    """Pages of one file or member; `stream` stands at its first byte."""
    try:
        head = stream.read(SNIFFED)
    except Exception as error:
        if not broken(error):
            raise
        yield Skip(source, f"damaged: {error}")
        return
    kind = sniff(name, head)
    if kind in {"empty", "binary"}:
        yield Skip(source, "empty" if kind == "empty" else "binary, not a text")
        return
    whole = _from_start(head, stream)
    if kind in CONTAINERS:
        yield from _container(kind, whole, source, overrides, limits, depth)
    elif kind in {"jsonl", "csv"}:
        yield from _records(kind, whole, source, overrides, limits)
    else:
        yield _page(whole, source, kind, overrides, limits)


def _page(
    stream: IO[bytes], source: str, kind: Format, overrides: Overrides, limits: Limits
) -> Page | Skip:
    try:
        content = read_bounded(stream, limits.page)
    except Exception as error:
        if not broken(error):
            raise
        return Skip(source, f"damaged: {error}")
    if content is None:
        return Skip(source, f"larger than {limits.page >> 20} MiB")
    sha256 = hashlib.sha256(content).hexdigest()
    return Page(source, sha256, content, kind, {}, overrides.get(source, {}))


def _container(
    kind: Format, stream: IO[bytes], source: str, overrides: Overrides, limits: Limits, depth: int
) -> Iterator[Page | Skip]:
    if depth <= 0:
        yield Skip(source, f"containers nested deeper than {limits.depth}")
        return
    if kind == "zip":
        stream_or_none = seekable(stream, limits.page * 8)
        if stream_or_none is None:
            yield Skip(source, "too large for a container within a container")
            return
        stream = stream_or_none
    own = dict(overrides)
    for member in members(kind, stream, source, limits):
        if isinstance(member, Skip):
            yield member
            continue
        single = kind not in {"zip", "tar"}
        inner = source if single else f"{source}!{_printable(member.name)}"
        if PurePosixPath(member.name).name.lower() == MANIFEST and not single:
            yield from _inner_manifest(member.stream, member.name, source, own, limits)
        else:
            yield from _stream(member.stream, inner, member.name, own, limits, depth - 1)


def _inner_manifest(
    stream: IO[bytes], name: str, source: str, own: dict[str, Mapping[str, str]], limits: Limits
) -> Iterator[Skip]:
    folder = name.rpartition("/")[0]
    prefix = f"{source}!{folder}/" if folder else f"{source}!"
    try:
        content = read_bounded(stream, limits.page)
        own.update(_manifest(content or b"", prefix, limits))
    except Exception as error:
        if not (broken(error) or isinstance(error, ValueError)):
            raise
        yield Skip(f"{source}!{name}", f"not a manifest: {error}")


def _manifest(content: bytes, prefix: str, limits: Limits) -> dict[str, dict[str, str]]:
    """What manifest.csv says of each file below its folder; raises ValueError without `file`."""
    if len(content) > limits.page:
        raise ValueError(f"larger than {limits.page >> 20} MiB")
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig", "replace"), newline=""))
    if "file" not in (rows.fieldnames or ()):
        raise ValueError("it has no column `file`")
    found = {}
    try:
        for row in rows:
            given = {field: (row.get(field) or "").strip() for field in FIELDS}
            found[prefix + (row["file"] or "").strip()] = {k: v for k, v in given.items() if v}
    except csv.Error as error:
        raise ValueError(str(error)) from error
    return found


def _records(
    kind: Format, stream: IO[bytes], source: str, overrides: Overrides, limits: Limits
) -> Iterator[Page | Skip]:
    rows = _json_lines(stream, limits) if kind == "jsonl" else _csv_rows(stream, limits)
    for number, row in enumerate(rows, 1):
        at = f"{source}#{number}"
        if isinstance(row, str):
            yield Skip(at, row)
            continue
        record, sha256 = row
        override = overrides.get(at, {})
        if isinstance(record.get("text"), str) and record["text"].strip():
            yield Page(at, sha256, None, "record", record, override)
        elif any(name_of(name) in WORDS for name in record):
            # Its fields have other names: they are told as those of any JSON.
            yield Page(at, sha256, json.dumps(record).encode(), "json", override=override)
        else:
            yield Skip(at, "a record without a title or a text")


def _json_lines(stream: IO[bytes], limits: Limits) -> Iterator[tuple[dict[str, Any], str] | str]:
    """Records, or the reason why a line is none. Blank lines are no records."""
    for line in _lines(stream, limits):
        if line is None:
            yield f"a line of more than {limits.line >> 20} MiB"
            continue
        if isinstance(line, str):
            yield line
            return
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield f"not JSON: {error}"
            continue
        if isinstance(record, dict):
            yield record, hashlib.sha256(line.rstrip(b"\r\n")).hexdigest()
        else:
            yield "not a JSON object"


def _lines(stream: IO[bytes], limits: Limits) -> Iterator[bytes | str | None]:
    """Lines; None for one that is too long, and the reason as a str where the file is damaged."""
    read = 0
    try:
        while line := stream.readline(limits.line + 1):
            read += len(line)
            if read > limits.records:
                yield f"the file goes on beyond {limits.records >> 20} MiB"
                return
            if len(line) <= limits.line:
                yield line
                continue
            while line and not line.endswith(b"\n"):
                line = stream.readline(1 << 20)
                read += len(line)
            yield None
    except Exception as error:
        if not broken(error):
            raise
        yield f"damaged: {error}"


def _csv_rows(stream: IO[bytes], limits: Limits) -> Iterator[tuple[dict[str, Any], str] | str]:
    try:
        head = stream.read(limits.page)
        whole = io.BufferedReader(_Chained(head, stream))
        text = io.TextIOWrapper(whole, encoding_of(head), "replace", newline="")
        header = text.readline(limits.line)
        delimiter = max(_DELIMITERS, key=header.count)
        rows = csv.DictReader(itertools.chain([header], text), delimiter=delimiter)
        while (row := _next_row(rows, limits)) is not None:
            record = {key: value for key, value in row.items() if key and value}
            canonical = json.dumps(record, ensure_ascii=False, sort_keys=True)
            yield record, hashlib.sha256(canonical.encode("utf-8", "replace")).hexdigest()
    except Exception as error:
        if not (broken(error) or isinstance(error, csv.Error)):
            raise
        yield f"not CSV: {error}"


def _next_row(rows: "csv.DictReader[str]", limits: Limits) -> dict[str, Any] | None:
    """The next row; the csv module's bound on a field is process-wide, so it is put back."""
    before = csv.field_size_limit(limits.line)
    try:
        return next(rows, None)
    finally:
        csv.field_size_limit(before)


class _Chained(io.RawIOBase):
    """The bytes that were looked at, and then the rest of the stream."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer from the head first, then from the rest."""
        data = self._head[: len(buffer)]
        self._head = self._head[len(data) :]
        data = data or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _from_start(head: bytes, stream: IO[bytes]) -> IO[bytes]:
    if isinstance(stream, io.BufferedReader) and isinstance(stream.raw, io.FileIO):
        stream.seek(0)
        return stream
    return io.BufferedReader(_Chained(head, stream))

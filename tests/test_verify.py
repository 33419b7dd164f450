"""What `verify` names when the files are whole but say something wrong."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import WordLengths, make_release

from index.build import build_releases
from index.errors import ArchiveDamaged
from index.manifest import publish, read_manifest, records_of
from index.verify import verify

RELEASES = [make_release("a", "The first release."), make_release("b", "The second release.")]


def rewrite(archive: Path, name: str, change: Callable[[np.ndarray], None]) -> None:
    """Change an array of the archive and publish it with the right hash."""
    values = np.load(archive / name)
    change(values)
    np.save(archive / name, values)
    manifest = read_manifest(archive)
    known = {key: record for key, record in manifest.files.items() if key != name}
    files = records_of(archive, list(manifest.files), known)
    publish(archive, replace(manifest, files=files))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    build_releases(RELEASES, tmp_path, encoder=WordLengths(), progress=False)
    verify(tmp_path)
    return tmp_path


def test_a_vector_that_is_not_of_unit_length(archive: Path) -> None:
    def halve(vectors: np.ndarray) -> None:
        vectors[1] /= 2

    rewrite(archive, read_manifest(archive).segments[0][0], halve)
    with pytest.raises(ArchiveDamaged, match="chunk row 1 has length 0.4998"):
        verify(archive)


def test_a_vector_that_is_no_number(archive: Path) -> None:
    def spoil(vectors: np.ndarray) -> None:
        vectors[0] = np.nan

    rewrite(archive, read_manifest(archive).segments[0][0], spoil)
    with pytest.raises(ArchiveDamaged, match="chunk row 0 has length nan"):
        verify(archive)


def test_two_vectors_of_one_chunk(archive: Path) -> None:
    def repeat(rows: np.ndarray) -> None:
        rows[1] = rows[0]

    rewrite(archive, read_manifest(archive).segments[0][1], repeat)
    with pytest.raises(ArchiveDamaged, match="two vectors"):
        verify(archive)


def test_a_span_that_leaves_words_out(archive: Path) -> None:
    def shorten(rows: np.ndarray) -> None:
        rows["end"][0] -= 4

    rewrite(archive, read_manifest(archive).table, shorten)
    with pytest.raises(ArchiveDamaged, match="release 'a' do not cover its text"):
        verify(archive)


def test_counts_that_differ(archive: Path) -> None:
    publish(archive, replace(read_manifest(archive), undated=1))
    with pytest.raises(ArchiveDamaged, match="undated: found 2, the manifest says 1"):
        verify(archive)


def test_another_digest(archive: Path) -> None:
    publish(archive, replace(read_manifest(archive), digest="0" * 64))
    with pytest.raises(ArchiveDamaged, match="digest: found"):
        verify(archive)

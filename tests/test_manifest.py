"""Publishing: one builder at a time, old or new but never between, and nothing foreign deleted."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import WordLengths, make_release

from index.build import build_releases
from index.cache import NAME
from index.errors import (
    ArchiveDamaged,
    ArchiveLocked,
    ArchiveMismatch,
    ArchiveMissing,
    ArchiveNotWritable,
    CorpusError,
)
from index.manifest import LOCK, read_manifest
from index.store import Store
from index.verify import verify

ROOT = Path(__file__).resolve().parent.parent
OLD = [make_release("a", "The first release."), make_release("b", "The second release.")]
NEW = [make_release("b", "The second release, corrected."), make_release("c", "The third one.")]


def build(releases, archive: Path, encoder: WordLengths | None = None):
    return build_releases(releases, archive, encoder=encoder or WordLengths(), progress=False)


def test_a_missing_archive_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="no archive at .*nowhere.*dateline index"):
        Store.open(tmp_path / "nowhere")


def test_another_schema_is_a_mismatch_and_is_built_anew(tmp_path: Path) -> None:
    build(OLD, tmp_path)
    record = json.loads((tmp_path / "manifest.json").read_text())
    import hashlib

    record.pop("seal")
    record["schema"] = 99
    seal = hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()
    text = json.dumps({**record, "seal": seal}, indent=1, sort_keys=True) + "\n"
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(ArchiveMismatch, match="schema 99"):
        Store.open(tmp_path)
    build(OLD, tmp_path)
    verify(tmp_path)


def test_another_encoder_builds_everything_anew(tmp_path: Path) -> None:
    build(OLD, tmp_path)
    other = WordLengths(weights="e" * 64)
    build(OLD, tmp_path, other)
    assert other.embedded == 2
    assert read_manifest(tmp_path).encoder.weights_sha256 == "e" * 64
    verify(tmp_path)


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    build(OLD, tmp_path)
    with (tmp_path / LOCK).open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(ArchiveLocked, match="another process"):
            build(NEW, tmp_path)
    assert verify(tmp_path) == build(OLD, tmp_path).digest


def test_no_release_leaves_the_archive_as_it_is(tmp_path: Path) -> None:
    digest = build(OLD, tmp_path).digest
    with pytest.raises(CorpusError, match="no release"):
        build([], tmp_path)
    assert verify(tmp_path) == digest


def test_files_of_others_in_the_directory_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "releases.csv").write_text("mine")
    (tmp_path / "vectors-of-disease.txt").write_text("mine")
    build(OLD, tmp_path)
    build(NEW, tmp_path)
    assert (tmp_path / "releases.csv").read_text() == "mine"
    assert (tmp_path / "vectors-of-disease.txt").read_text() == "mine"


def test_only_files_of_the_manifest_remain(tmp_path: Path) -> None:
    (tmp_path / "vectors-000099.npy").write_bytes(b"left over")
    build(OLD, tmp_path)
    build(NEW, tmp_path)
    here = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert here == {*read_manifest(tmp_path).files, "manifest.json", LOCK}


class Stop(BaseException):
    """Stands for the process being killed."""


def test_a_build_cut_off_at_any_sync_leaves_the_old_archive_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = {build(OLD, tmp_path / "old").digest, build(NEW, tmp_path / "new").digest}
    real, calls = os.fsync, 0

    def count(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == stop_at:
            raise Stop
        real(handle)

    for stop_at in range(1, 200):
        archive, calls = tmp_path / "cut" / str(stop_at), 0
        build(OLD, archive)
        monkeypatch.setattr(os, "fsync", count)
        try:
            build(NEW, archive)
            finished = True
        except Stop:
            finished = False
        monkeypatch.setattr(os, "fsync", real)
        assert verify(archive) in fresh
        assert build(NEW, archive).digest == verify(archive) == verify(tmp_path / "new")
        if finished:
            break
    assert finished
    assert stop_at > 10


def test_a_full_disk_is_said_and_the_old_archive_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = build(OLD, tmp_path).digest
    before = sorted(p.name for p in tmp_path.iterdir())

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path / "chunks"))

    monkeypatch.setattr("index.drafting.save", full)
    with pytest.raises(ArchiveNotWritable, match="No space left on device; what was there"):
        build(NEW, tmp_path)
    assert verify(tmp_path) == digest
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_a_file_in_the_place_of_the_archive_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ArchiveNotWritable, match="cannot write"):
        build(OLD, tmp_path / "file")


def test_a_manifest_that_is_no_json_is_damage(tmp_path: Path) -> None:
    build(OLD, tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(ArchiveDamaged, match="manifest.json"):
        Store.open(tmp_path)


def test_a_missing_file_is_named_when_opening(tmp_path: Path) -> None:
    build(OLD, tmp_path)
    name = read_manifest(tmp_path).table
    (tmp_path / name).unlink()
    with pytest.raises(ArchiveDamaged, match=name):
        Store.open(tmp_path)


def test_of_two_commands_at_once_the_second_is_refused_and_the_first_completes(
    tmp_path: Path,
) -> None:
    archive = tmp_path / "archive"
    command = [sys.executable, "-m", "rag.cli", "index", "corpus", "--archive", str(archive)]
    first = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        while not (archive / NAME).is_file():  # which is made when the lock is held
            assert first.poll() is None, first.communicate()
            time.sleep(0.002)
        first.send_signal(signal.SIGSTOP)  # in the midst of it, for as long as the second takes
        assert not (archive / "manifest.json").exists()
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        first.send_signal(signal.SIGCONT)
        _, errors = first.communicate()
    finally:
        first.kill()
        first.wait()
    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr == (
        f"dateline: another process is building {archive}: wait for it, or use another --archive\n"
    )
    assert first.returncode == 0, errors
    assert b"Traceback" not in errors
    verify(archive)

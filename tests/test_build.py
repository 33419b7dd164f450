"""Building, updating and reading back an archive."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from conftest import WordLengths, make_release

from index import build as building
from index import drafting
from index.build import build_releases
from index.chunking import Chunking
from index.embedding import load_encoder
from index.errors import ArchiveDamaged
from index.store import Filter, Store
from index.verify import verify
from index.workers import Crew

SMALL = Chunking(tokens=12)
RELEASES = [
    make_release("b", "The senator met farmers. " * 5, "2019-09-26", "Sen. Ash", "Farm visit"),
    make_release("a", "A dam was opened in the valley.", "2019-09", "Sen. Birch"),
    make_release("c", "No date is stated here. " * 3, None, "Sen. Ash"),
]


def build(releases, archive, encoder=None, **options):
    encoder = encoder or WordLengths()
    return build_releases(
        releases, archive, encoder=encoder, chunking=SMALL, progress=False, **options
    )


def test_what_was_indexed_is_read_back_equal(tmp_path: Path) -> None:
    report = build(RELEASES, tmp_path)
    assert (report.added, report.releases, report.embedded) == (("a", "b", "c"), 3, 1.0)
    store = Store.open(tmp_path)
    assert [store.release(r.release_id) for r in RELEASES] == RELEASES
    assert [listed.release_id for listed in store.listing()] == ["a", "b", "c"]
    assert store.issuers() == ("Sen. Ash", "Sen. Birch")
    assert store.date_range() == ("2019-09", "2019-09-26")
    assert verify(tmp_path) == report.digest


def test_versions_of_a_release_run_from_the_earliest_to_the_latest(tmp_path: Path) -> None:
    first, second, third, fourth = (
        replace(make_release(name, f"The dam opens, {name}.", day), version_of=earlier)
        for name, day, earlier in [
            ("m", "2019-09-01", None),
            ("z", "2019-09-02", "m"),
            ("b", "2019-09-02", "z"),
            ("a", "2019-09", "m"),
        ]
    )
    lost = replace(make_release("l", "The dam closes.", "2020"), version_of="gone")
    build([third, fourth, first, second, lost, *RELEASES[2:]], tmp_path)
    store = Store.open(tmp_path)
    for release in (first, second, third, fourth):
        family = store.versions(release.release_id)
        assert [(v.release_id, v.date) for v in family] == [
            *(("a", "2019-09"), ("m", "2019-09-01")),
            *(("z", "2019-09-02"), ("b", "2019-09-02")),
        ]
    assert [v.release_id for v in store.versions("c")] == ["c"]
    assert [v.release_id for v in store.versions("l")] == ["l"]
    with pytest.raises(KeyError):
        store.versions("gone")


def test_chunks_have_their_words_and_vectors(tmp_path: Path) -> None:
    build(RELEASES, tmp_path)
    store = Store.open(tmp_path)
    rows = store.rows_of("b")
    assert [store.chunk(row).number for row in rows] == list(range(len(rows)))
    assert "".join(store.text(row) for row in rows).replace(" ", "") == (
        RELEASES[0].text.replace(" ", "")
    )
    vector = WordLengths().embed([store.text(rows[0])])[0]
    found = store.dense(vector, 1)
    assert found.rows[0] == rows[0]
    assert found.scores[0] == pytest.approx(1.0, abs=1e-3)
    assert store.cosines(vector, [rows[0]])[0] == found.scores[0]


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        (Filter(), {"a", "b", "c"}),
        (Filter(start="2019-09-26"), {"b"}),
        (Filter(start="2019-09", end="2019-09"), {"a", "b"}),
        (Filter(end="2019-09-28"), {"b"}),
        (Filter(issuers=("Sen. Ash",)), {"b", "c"}),
        (Filter(issuers=("Sen. Ash", "Sen. Birch"), end="2020"), {"a", "b"}),
        (Filter(issuers=("nobody",)), set()),
    ],
)
def test_filters_hold_in_both_searches(tmp_path: Path, where: Filter, ids: set[str]) -> None:
    build(RELEASES, tmp_path)
    store = Store.open(tmp_path)
    dense = store.dense(WordLengths().embed(["the senator"])[0], 99, where)
    lexical = store.lexical("senator farmers dam valley date stated", 99, where)
    for found in (dense, lexical):
        assert {store.chunk(int(row)).release_id for row in found.rows} == ids
    assert len(dense) == store.count(where)


def test_an_update_equals_a_fresh_build(tmp_path: Path) -> None:
    changed = make_release("b", "The senator met fishers. " * 6, "2019-09-27", "Sen. Cedar")
    added = make_release("0", "A new release stands before all others.", "2020-01-01")
    target = [changed, RELEASES[2], added]
    build(RELEASES, tmp_path / "old")
    report = build(target, tmp_path / "old")
    assert (report.added, report.changed, report.removed) == (("0",), ("b",), ("a",))
    fresh = build(target, tmp_path / "new")
    assert report.digest == fresh.digest == verify(tmp_path / "old") == verify(tmp_path / "new")
    old, new = Store.open(tmp_path / "old"), Store.open(tmp_path / "new")
    for question in ("senator fishers", "release", "stated others"):
        vector = WordLengths().embed([question])[0]
        for one, other in (
            (old.lexical(question, 9), new.lexical(question, 9)),
            (old.dense(vector, 9), new.dense(vector, 9)),
        ):
            assert old.chunks(one.rows) == new.chunks(other.rows)
            assert np.array_equal(one.scores, other.scores)


def test_only_what_changed_is_embedded_again(tmp_path: Path) -> None:
    build(RELEASES, tmp_path)
    encoder = WordLengths()
    build(RELEASES, tmp_path, encoder)
    assert encoder.embedded == 0
    build([*RELEASES, make_release("d", "One more.")], tmp_path, encoder)
    assert encoder.embedded == 1


def test_however_releases_are_batched_the_archive_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = build(RELEASES, tmp_path / "usual")
    monkeypatch.setattr(drafting, "BATCH", 1)
    assert build(RELEASES, tmp_path / "one").digest == usual.digest
    assert verify(tmp_path / "one") == usual.digest


@pytest.mark.parametrize("size", [2, 5])
def test_releases_that_workers_cut_give_the_same_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    encoder = load_encoder(precision="f32")
    usual = build(RELEASES, tmp_path / "usual", encoder)
    monkeypatch.setattr(drafting, "BATCH", size)
    monkeypatch.setattr(building, "Crew", partial(Crew, workers=2, alone=0))
    assert build(RELEASES, tmp_path / "crew", encoder).digest == usual.digest


def test_a_fault_in_cutting_ends_the_build(tmp_path: Path) -> None:
    class Faulty(WordLengths):
        def pieces(self, text):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        build(RELEASES, tmp_path, Faulty())
    build(RELEASES, tmp_path)
    verify(tmp_path)


def test_an_open_store_keeps_its_view(tmp_path: Path) -> None:
    build(RELEASES, tmp_path)
    store = Store.open(tmp_path)
    assert store.is_current()
    build(RELEASES[1:], tmp_path)
    assert not store.is_current()
    assert store.release("b") == RELEASES[0]
    assert len(store.lexical("farmers", 9)) > 0
    assert len(store.dense(WordLengths().embed(["farmers"])[0], 9)) > 0
    with pytest.raises(KeyError):
        Store.open(tmp_path).release("b")


def test_a_dry_run_reports_and_writes_nothing(tmp_path: Path) -> None:
    report = build(RELEASES, tmp_path / "none", dry_run=True)
    assert report.added == ("a", "b", "c")
    assert not (tmp_path / "none").exists()


def test_a_flipped_byte_is_found_wherever_it_is(tmp_path: Path) -> None:
    build(RELEASES, tmp_path)
    for path in sorted(p for p in tmp_path.rglob("*") if p.is_file() and p.stat().st_size):
        data = path.read_bytes()
        for place in {0, len(data) // 2, len(data) - 1}:
            path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
            with pytest.raises(ArchiveDamaged, match=path.name):
                verify(tmp_path)
        path.write_bytes(data)
    verify(tmp_path)

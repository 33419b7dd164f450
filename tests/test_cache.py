"""The cache of pages: what is in it is not read again, and nothing in it is believed blindly."""

import sqlite3
from functools import partial
from pathlib import Path

import pytest
from conftest import WordLengths

from index import cache, corpus, findings
from index.build import build
from index.cache import NAME, PageCache, page_key, passing_cache
from index.corpus import read_corpus, survey
from index.records import Page, Release, Skip
from index.verify import verify
from index.workers import Crew

ROWS = [("note", b"record", b"text"), ("another", b"record", b"\0")]
BODY = "WASHINGTON - Sen. Ash spoke to farmers in the valley about the harvest of wheat.\n"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Four pages: two with the same words, one that is nothing but a link, and a manifest."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, words in (("a", "One."), ("b", "Two."), ("c", "Two."), ("d", "Four.")):
        (folder / f"{name}.txt").write_text(BODY + words)
    (folder / "e.txt").write_text("")
    (folder / "manifest.csv").write_text("file,issuer,date\na.txt,Sen. Ash,2007-03-01\n")
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources of the pages that are read from now on."""
    sources: list[str] = []
    findings_of = findings.findings_of

    def noted(page: Page):
        sources.append(page.source)
        return findings_of(page)

    monkeypatch.setattr(findings, "findings_of", noted)
    return sources


def releases_in(folder: Path, kept: PageCache) -> tuple[list[Release], list[Skip]]:
    skips: list[Skip] = []
    return [sighting.load() for sighting in survey([folder], skips.append, kept)], skips


def test_what_was_put_is_there_after_opening_again(tmp_path: Path) -> None:
    kept = PageCache(tmp_path / NAME)
    kept.put(b"one", ROWS)
    kept.put(b"two", "no words in it")
    kept.close()
    kept = PageCache(tmp_path / NAME)
    assert (kept.get(b"one"), kept.get(b"two"), kept.get(b"three")) == (
        ROWS,
        "no words in it",
        None,
    )
    assert kept.row(b"one", 1) == ROWS[1]
    kept.put(b"one", ROWS[:1])
    kept.close()


@pytest.mark.parametrize("column", ["note", "record", "text", "checksum"])
def test_a_row_that_was_changed_is_forgotten(tmp_path: Path, column: str) -> None:
    kept = PageCache(tmp_path / NAME)
    kept.put(b"one", ROWS)
    kept.close()
    with sqlite3.connect(tmp_path / NAME) as connection:
        connection.execute(f"UPDATE found SET {column} = 7 WHERE place = 1")
    connection.close()
    kept = PageCache(tmp_path / NAME)
    assert kept.get(b"one") is None
    kept.close()


@pytest.mark.parametrize("damage", ["no database", "half of it", "another schema"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: str) -> None:
    path = tmp_path / NAME
    kept = PageCache(path)
    for number in range(500):
        kept.put(str(number).encode(), ROWS)
    kept.close()
    if damage == "no database":
        path.write_bytes(b"not a database " * 1000)
    elif damage == "half of it":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    else:
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version = 99")
        connection.close()
    kept = PageCache(path)
    assert kept.get(b"7") is None
    kept.put(b"7", ROWS)
    assert kept.get(b"7") == ROWS
    kept.close()


def test_only_pages_that_changed_are_read_again(
    pages: Path, tmp_path: Path, read: list[str]
) -> None:
    kept = PageCache(tmp_path / NAME)
    first = releases_in(pages, kept)
    assert read == ["a.txt", "b.txt", "c.txt", "d.txt"]
    read.clear()
    assert releases_in(pages, kept) == first
    assert read == []
    (pages / "d.txt").write_text(BODY + "Five.")
    changed, _ = releases_in(pages, kept)
    assert read == ["d.txt"]
    assert [r.text.split()[-1] for r in changed] == ["One.", "Two.", "Five."]
    read.clear()
    (pages / "manifest.csv").write_text("file,issuer,date\na.txt,Sen. Birch,2007-03-02\n")
    changed, _ = releases_in(pages, kept)
    assert read == ["a.txt"]
    assert (changed[0].issuer, changed[0].date) == ("Sen. Birch", "2007-03-02")
    kept.close()


def test_other_code_reads_every_page_again(
    pages: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = PageCache(tmp_path / NAME)
    releases_in(pages, kept)
    read.clear()
    monkeypatch.setattr(cache, "code_version", lambda: "another")
    releases_in(pages, kept)
    assert read == ["a.txt", "b.txt", "c.txt", "d.txt"]
    kept.close()


def test_pages_that_are_gone_are_forgotten(pages: Path, tmp_path: Path) -> None:
    kept = PageCache(tmp_path / NAME)
    releases_in(pages, kept)
    (pages / "d.txt").unlink()
    kept.close()
    kept = PageCache(tmp_path / NAME)  # a later build
    releases_in(pages, kept)
    kept.close()
    with sqlite3.connect(tmp_path / NAME) as connection:
        assert connection.execute("SELECT count(*) FROM found").fetchone() == (3,)
    connection.close()


def test_the_key_holds_what_a_release_depends_on() -> None:
    page = Page("a.txt", "0" * 64, b"", "text")
    others = [
        Page("b.txt", "0" * 64, b"", "text"),
        Page("a.txt", "1" * 64, b"", "text"),
        Page("a.txt", "0" * 64, b"", "html"),
        Page("a.txt", "0" * 64, b"", "text", {}, {"date": "2007"}),
    ]
    assert len({page_key(one) for one in [page, *others]}) == 5


def test_workers_and_cache_give_what_one_process_gives(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = list(read_corpus([pages], print))
    monkeypatch.setattr(corpus, "BATCH", 2)
    monkeypatch.setattr(corpus, "Crew", partial(Crew, workers=2, alone=0))
    assert list(read_corpus([pages], print)) == alone
    assert alone[1].sources == ("b.txt", "c.txt")


def test_an_update_by_the_cache_equals_a_fresh_build(pages: Path, tmp_path: Path) -> None:
    archive, fresh = tmp_path / "archive", tmp_path / "fresh"
    build([pages], archive, encoder=WordLengths(), progress=False)
    (pages / "b.txt").write_text(BODY + "Three.")
    (pages / "c.txt").unlink()
    (pages / "f.txt").write_text(BODY + "Six.")
    report = build([pages], archive, encoder=WordLengths(), progress=False)
    assert (report.added, report.changed, report.removed) == (("f",), ("b",), ())
    assert build([pages], fresh, encoder=WordLengths(), progress=False).digest == verify(archive)


def test_a_dry_run_leaves_the_cache_as_it_is(pages: Path, tmp_path: Path, read: list[str]) -> None:
    archive = tmp_path / "archive"
    build([pages], archive, encoder=WordLengths(), progress=False)
    before = (archive / NAME).read_bytes()
    read.clear()
    (pages / "f.txt").write_text(BODY + "Six.")
    report = build([pages], archive, encoder=WordLengths(), progress=False, dry_run=True)
    assert (report.added, read) == (("f",), ["f.txt"])
    assert (archive / NAME).read_bytes() == before
    assert not (tmp_path / "none").exists()
    build([pages], tmp_path / "none", encoder=WordLengths(), progress=False, dry_run=True)
    assert not (tmp_path / "none").exists()


def test_a_cache_that_passes_is_gone_afterwards(tmp_path: Path) -> None:
    with passing_cache(tmp_path) as kept:
        kept.put(b"one", ROWS)
    assert list(tmp_path.iterdir()) == []

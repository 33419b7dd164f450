"""Corpora to pages: order, names, manifests, records, containers."""

import csv
import gzip
import hashlib
import io
import json
import lzma
from pathlib import Path

import pytest
from test_hostile import tar_of, zip_of

from index.corpus import read_corpus
from index.errors import CorpusError
from index.reading import find_page, read_pages
from index.records import Page, Skip

TEXT = "The agency will rebuild the bridges in the northern counties before the winter comes."


def pages(*corpora: Path) -> list[Page]:
    return [p for p in read_pages(corpora) if isinstance(p, Page)]


def test_order_is_that_of_the_sorted_paths(tmp_path: Path):
    for name in ("b/2.txt", "a.txt", "b/1.txt", "c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    found = pages(tmp_path)
    assert [p.source for p in found] == ["a.txt", "b/1.txt", "b/2.txt", "c.md"]
    assert found[0].sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_missing_corpus_is_named(tmp_path: Path):
    with pytest.raises(
        CorpusError, match=r"^no such corpus: .*nowhere \(expected a folder or a file\)$"
    ):
        list(read_pages([tmp_path / "nowhere"]))


def test_two_corpora_with_the_same_names(tmp_path: Path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(TEXT)
    assert [p.source for p in pages(tmp_path / "x", tmp_path / "y")] == ["a.txt", "y/a.txt"]


def test_ids_are_unique_where_stems_are_not(tmp_path: Path):
    for name in ("a.md", "a.txt"):
        (tmp_path / name).write_text(f"{name} {TEXT}")
    assert [r.release_id for r in read_corpus([tmp_path], print)] == ["a", "a.txt"]


def test_manifest_speaks_of_the_files_below_its_folder(tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "in" / "manifest.csv").write_text("file,date,issuer\na.txt,2020-03-03,Agency\n")
    found = {p.source: dict(p.override) for p in pages(tmp_path)}
    assert found == {"b.txt": {}, "in/a.txt": {"date": "2020-03-03", "issuer": "Agency"}}


def test_manifest_without_its_column_is_reported(tmp_path: Path):
    (tmp_path / "manifest.csv").write_text("name,date\na.txt,2020\n")
    assert list(read_pages([tmp_path])) == [
        Skip("manifest.csv", "not a manifest: it has no column `file`")
    ]


RECORDS = [{"id": "a", "text": TEXT, "date": "2020-03-03"}, {"id": "b", "text": "  two\n" + TEXT}]
LINES = "".join(json.dumps(r) + "\n" for r in RECORDS).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.jsonl", LINES),
        ("r.jsonl.gz", gzip.compress(LINES)),
        ("r.jsonl.xz", lzma.compress(LINES)),
    ],
)
def test_lines_of_json(tmp_path: Path, name: str, content: bytes):
    (tmp_path / name).write_bytes(content)
    found = pages(tmp_path)
    assert [(p.source, p.record["id"], p.record["text"]) for p in found] == [
        (f"{name}#1", "a", TEXT),
        (f"{name}#2", "b", "  two\n" + TEXT),
    ]


def test_rows_of_csv_keep_their_texts(tmp_path: Path):
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", "issuer", "date", "text"])
    writer.writeheader()
    long = TEXT + "\n\n" + "word " * 40_000  # longer than the csv module's own bound on a field
    writer.writerow({"id": "a", "issuer": "Agency", "date": "2020-03", "text": long})
    (tmp_path / "r.csv").write_text(out.getvalue())
    releases = list(read_corpus([tmp_path], print))
    assert [(r.release_id, r.issuer, r.date, r.text) for r in releases] == [
        ("a", "Agency", "2020-03", long)
    ]
    assert csv.field_size_limit() == 131_072


def test_csv_without_texts_is_reported(tmp_path: Path):
    (tmp_path / "r.csv").write_text("a,b\n1,2\n")
    (tmp_path / "s.csv").write_text("title,b\n,2\n")
    skips: list[Skip] = []
    assert list(read_corpus([tmp_path], skips.append)) == []
    reason = "a record without a title or a text"
    assert skips == [Skip("r.csv#1", reason), Skip("s.csv#1", reason)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_with_other_columns_delimiters_and_encodings(tmp_path: Path, delimiter, encoding):
    words = (
        "Der Rat hat am Dienstag den Haushalt für das nächste Jahr beschlossen, wie Köln mitteilt."
    )
    rows = [
        ["Nr", "Datum", "Behörde", "Titel", "Volltext"],
        ["7", "14.03.2020", "Stadt Köln", "Größer", words],
    ]
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in rows]
    (tmp_path / "r.csv").write_bytes("\n".join(lines).encode(encoding))
    (release,) = read_corpus([tmp_path], print)
    assert (release.title, release.date, release.text) == ("Größer", "2020-03-14", words)


def test_json_lines_with_other_names(tmp_path: Path):
    named = {"headline": "Bridge opens", "published": "2020-03-04", "body": TEXT}
    record = {"id": "b", "text": "Another text of a record."}
    lines = "".join(json.dumps(one) + "\n" for one in (named, record))
    (tmp_path / "r.jsonl").write_text(lines)
    first, second = read_corpus([tmp_path], print)
    assert (first.title, first.date, first.text) == ("Bridge opens", "2020-03-04", TEXT)
    assert (second.release_id, second.text) == ("b", "Another text of a record.")


@pytest.mark.parametrize("make", [zip_of, tar_of], ids=["zip", "tar"])
def test_containers_with_a_manifest(tmp_path: Path, make):
    manifest = b"file,date\nin/p.txt,2020-03-03\n"
    (tmp_path / "c").write_bytes(make({"manifest.csv": manifest, "in/p.txt": TEXT.encode()}))
    found = pages(tmp_path)
    assert [(p.source, p.override["date"]) for p in found] == [("c!in/p.txt", "2020-03-03")]


def test_find_page(tmp_path: Path):
    (tmp_path / "a.txt").write_text(TEXT)
    found = find_page([tmp_path], "a.txt")
    assert isinstance(found, Page)
    with pytest.raises(CorpusError, match=r"^no page 'b.txt' in the corpus"):
        find_page([tmp_path], "b.txt")

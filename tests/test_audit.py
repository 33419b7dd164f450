"""The table, the summary and the reasons, as an editor reads them."""

import json
from pathlib import Path

import pytest

from index.audit import audit, explain, list_releases, main, row, summary
from index.corpus import read_corpus
from index.records import DatedBy, OtherDate, Release, Skip

CORPUS = Path(__file__).parent.parent / "corpus"


def release(**fields) -> Release:
    given = {
        "release_id": "a", "source": "a.txt", "source_sha256": "0", "title": "Bridges", "issuer": None,
        "url": None, "language": "en", "dated": DatedBy("2020-03-03", "manifest", "2020-03-03"),
        "text": "x", "sources": ("a.txt", "b.txt"),
    }  # fmt: skip
    return Release(**{**given, **fields})


def test_counts():
    stated = OtherDate("stated", "2020-03-05", "March 5, 2020")
    other = release(other_dates=(stated,), date_conflicts=(DatedBy("2020-03-05", "byline", "x"),))
    result = audit(
        [other, release(dated=None, title=None, sources=("c.txt",))], [Skip("d", "empty")]
    )
    assert (result.releases, result.undated, result.untitled, result.unissued) == (2, 1, 1, 2)
    assert (result.conflicts, result.copies, result.own_dates, result.own_disagree) == (1, 1, 1, 1)
    assert "differs: 1 (100.0%)" in summary(result)
    assert "d: empty" in summary(result)


def test_own_date_that_states_less_does_not_differ():
    result = audit([release(other_dates=(OtherDate("stated", "2020", "2020"),))])
    assert (result.own_dates, result.own_disagree) == (1, 0)


def test_row_marks_conflicts_and_versions():
    line = row(release(date_conflicts=(DatedBy("2020", "url", "x"),), version_of="z"))
    assert line.split() == ["a", "2020-03-03", "manifest!+", "-", "Bridges"]


def test_listing_writes_records(tmp_path: Path):
    out = tmp_path / "r.jsonl"
    text = list_releases([CORPUS], out)
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [r["release_id"] for r in records] == [
        r.release_id for r in read_corpus([CORPUS], print)
    ]
    assert "releases   6" in text
    assert "undated    2" in text


def test_explain_shows_every_candidate_and_why():
    text = explain([CORPUS], "004_ae11e2517966b1c0.txt")
    assert "date    2018-07-11 by release_label" in text
    assert "2018-07-11  release_label   wins" in text
    assert "2021-09-14  updated         never a release date" in text


def test_command(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    assert main([str(CORPUS)]) == 0
    assert capsys.readouterr().out.startswith("release ")
    assert main([str(tmp_path / "nowhere")]) == 2
    assert capsys.readouterr().err.startswith("no such corpus: ")

"""The whole way from a folder of pages to releases."""

import json
from pathlib import Path

from index.corpus import read_corpus
from index.database import decode, encode
from index.records import Skip

CORPUS = Path(__file__).parent.parent / "corpus"


def read(*paths: Path):
    skips: list[Skip] = []
    return list(read_corpus(paths, skips.append)), skips


def test_five_pages_hold_six_releases_with_their_dates():
    releases, _ = read(CORPUS)
    found = {r.release_id: (r.date, r.title) for r in releases}
    joint = "Joint Statement Between the U.S. Government and the Government of Honduras"
    assert found == {
        "000_a9f844f4dbe7a609": ("2019-08-27", joint),
        "001_7bb7e27ee325c5ce": (
            "2019-09-27",
            "U.S. and Honduras Sign More Arrangements to Expand Collaboration to Confront"
            " Irregular Migration",
        ),
        "001_7bb7e27ee325c5ce#2": ("2019-09-26", joint),
        "002_1844251938b000cf": (None, None),
        "003_3123cddbfedc46de": (None, "U.S. Committed To Honduras Security"),
        "004_ae11e2517966b1c0": (
            "2018-07-11",
            "Readout from Secretary Kirstjen M. Nielsen’s Meetings in Guatemala",
        ),
    }


def test_dates_of_updates_are_kept_apart():
    releases, _ = read(CORPUS)
    readout = releases[-1]
    assert [(o.kind, o.date) for o in readout.other_dates] == [("updated", "2021-09-14")]
    assert readout.dated is not None
    assert (readout.dated.rule, readout.dated.evidence) == (
        "release_label",
        "Release Date: July 11, 2018",
    )


def test_records_are_kept_exactly(tmp_path: Path):
    text = "  WASHINGTON \n\n A  text with  its own   spaces. \t\n"
    record = {"id": "x7", "issuer": "Sen. Example", "date": "2006-01-09", "text": text}
    file = tmp_path / "records.jsonl"
    file.write_text(json.dumps(record) + "\n\n{broken\n[1]\n", encoding="utf-8")
    releases, skips = read(file)
    only = releases[0]
    assert (only.release_id, only.issuer, only.date, only.text) == (
        "x7",
        "Sen. Example",
        "2006-01-09",
        text,
    )
    assert only.dated is not None and only.dated.rule == "record"
    assert [s.source for s in skips] == ["records.jsonl#2", "records.jsonl#3"]


def test_spans_come_through_the_spool_and_the_database():
    text = (CORPUS / "001_7bb7e27ee325c5ce.txt").read_text(encoding="utf-8")
    releases, _ = read(CORPUS)
    one, two = (r for r in releases if r.source.startswith("001"))
    assert one.span is not None and two.span is not None
    assert one.span.of(text).startswith(one.title or "?")
    assert two.span.of(text).endswith("for the benefit of both nations.")
    assert decode(*encode(one)) == one

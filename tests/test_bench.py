"""The parts of the benchmark that do not need a clock."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import WordLengths, make_release

from eval.bench import medians, summary
from eval.bench_commands import write_pages
from eval.bench_full import copies, crowd, ranked, same_words, share_found, shrink, spaced
from eval.bench_report import plot, report
from eval.collection import Collection, Source, Topic
from index.build import build_releases
from index.corpus import read_corpus
from index.store import Store

TEXT = "The senator announced a grant for the town of Ash, to mend the bridge over the river. " * 5


def built(folder: Path, releases) -> Store:
    build_releases(releases, folder, encoder=WordLengths(), progress=False)
    return Store.open(folder)


def test_several_runs_become_their_medians_and_the_range_of_their_rates():
    run = {"system": "x", "version": "x 1", "releases": 10, "chunks": 30, "characters": 600}
    run |= {"seconds": 5.0, "cores": 2.0, "peak_mb": 100.0, "disk": 5_000, "query_ms": [1.0, 3.0]}
    slow = run | {"seconds": 10.0, "cores": 1.0, "peak_mb": 300.0, "query_ms": [5.0, 9.0]}
    found = summary([run, slow, run | {"seconds": 2.0}])
    assert (found["slowest"], found["releases_per_s"], found["fastest"]) == (1.0, 2.0, 5.0)
    assert found["characters_per_s"] == 600 / 5.0
    assert (found["cores"], found["peak_mb"], found["disk_per_release"]) == (2.0, 100.0, 500.0)
    assert found["p50"] == 3.0 and found["p95"] > 5.0
    assert medians([{"a": 1, "b": 0.5}, {"a": 9, "b": 0.1}, {"a": 2, "b": 7.0}]) == {
        "a": 2,
        "b": 0.5,
    }


@pytest.mark.parametrize(
    ("items", "count", "expected"),
    [("abcdef", 3, "ace"), ("abc", 3, "abc"), ("abc", 9, "abc"), ("abc", 0, ""), ("", 2, "")],
)
def test_spaced_items(items, count, expected):
    assert spaced(items, count) == list(expected)


def test_texts_are_the_same_by_their_words_wherever_one_is_cut():
    assert same_words(TEXT, TEXT.upper().replace(" ", "  \n").replace(",", " "))
    assert same_words(TEXT, "For release: " + TEXT + " Contact: the office")
    assert same_words("A short one.", "It was a short one, they said.")
    assert not same_words(TEXT, TEXT.replace("Ash", "Elm"))
    assert not same_words("", TEXT) and not same_words("...", TEXT)


def test_gold_releases_are_found_under_other_ids_by_issuer_date_and_words(tmp_path):
    gold = Source("g1", "Sen. Ash", "2005-02-01", TEXT)
    lost = Source("g2", "Sen. Ash", "2005-02-01", "Of this nothing is in the archive at all.")
    topics = tuple(
        Topic(s.id, "?", answerable=True, release_id=s.id, answer="x") for s in (gold, lost)
    )
    collection = Collection("c", topics, {}, {s.id: s for s in (gold, lost)})
    there = make_release("page/1", "  " + TEXT, "2005-02-01", "Sen. Ash")
    others = [
        replace(there, release_id="other/day", dated=make_release("x", "", "2005-02-02").dated),
        replace(there, release_id="other/issuer", issuer="Sen. Elm"),
        make_release("other/words", TEXT.replace("bridge", "school"), "2005-02-01", "Sen. Ash"),
        replace(there, release_id="page/2", text="Again: " + TEXT),
    ]
    store = built(tmp_path, [there, *others])
    assert copies(store, collection) == {"page/1": "g1", "page/2": "g1"}


def test_chunks_become_releases_and_copies_count_once():
    rows = [("a", 0.9), ("copy", 0.8), ("a", 0.7), ("b", 0.6), ("copy2", 0.5)]
    known = {"copy": "gold", "copy2": "gold"}
    assert ranked(rows, known) == [("a", 0.9), ("gold", 0.8), ("b", 0.6)]


def test_an_exact_search_finds_every_nearest_vector(tmp_path):
    words = "a be the from there chance journey together".split()
    releases = [
        make_release(f"r{number}", " ".join(words[number % 8 :] + words[: number % 5]) + ".")
        for number in range(40)
    ]
    store = built(tmp_path, releases)
    queries = store.vectors_at(np.arange(0, 40, 7)).astype(np.float32)
    assert share_found(store, queries, 10) == 1.0
    halved = Store.open(tmp_path)
    whole = halved.dense
    halved.dense = lambda query, k: whole(query, k // 2)
    assert share_found(halved, queries, 10) == 0.5


def test_askers_ask_different_questions_at_least_once_and_errors_are_counted():
    asked = []

    def ask(question):
        asked.append(question)
        if question == "q3":
            raise ValueError(question)

    rate, times, errors = crowd(ask, [f"q{n}" for n in range(4)], 4, 0)
    assert sorted(asked) == ["q0", "q1", "q2", "q3"]
    assert rate > 0 and len(times) == 3 and [str(error) for error in errors] == ["q3"]


def test_a_smaller_archive_keeps_what_it_must(corpus_archive, tmp_path):
    full = Store.open(corpus_archive)
    keep = full.release_ids()[-2]
    shrink(corpus_archive, [keep], 3, tmp_path / "small")
    small = Store.open(tmp_path / "small")
    assert len(small.release_ids()) == 3 and keep in small.release_ids()
    assert small.release(keep) == full.release(keep)
    rows, same = small.rows_of(keep), full.rows_of(keep)
    places = np.flatnonzero(np.isin(full.vector_rows, same))
    vector = full.vectors_at(places[:1]).astype(np.float32)[0]
    assert small.dense(vector, 1).rows[0] in rows


def test_new_pages_are_read_as_they_were_written(tmp_path):
    originals = [make_release(f"r{n}", f"{TEXT} Number {n} said so.") for n in range(8)]
    store = built(tmp_path / "archive", originals)
    write_pages(store, tmp_path / "new", 0, 1)
    write_pages(store, tmp_path / "new", 1, 3)
    found = list(read_corpus([tmp_path / "new"], pytest.fail))
    assert [(r.date, r.issuer) for r in found] == [("2008-12-31", "Sen. New")] * 4
    assert [r.title for r in found] == [f"Statement zqxaaa{letter}" for letter in "abcd"]
    assert found[2].text.endswith("Number 5 said so.")


def record():
    latencies = {
        f"{name}_{share}": 10.0
        for name in ("search", "year", "answer", "embed", "words", "vectors")
        for share in ("p50", "p95")
    }
    sizes = [
        {"releases": n, "chunks": 4 * n, "disk_mb": 6.0, "open_s": 0.5, "memory_mb": 500.0}
        | latencies
        | {"search_p50": ms, "search_p95": 2 * ms}
        for n, ms in ((1000, 8.0), (70_000, 20.0))
    ]
    values = {"R@1": 0.75, "R@10": 0.987, "nDCG@10": 0.875}
    quality = [
        {"releases": n, "questions": 360, "golds": 216, "found": 210, "systems": {"bm25": values}}
        for n in (1000, 70_000)
    ]
    run = {"system": "dateline", "version": "dateline (int8)", "releases": 200, "chunks": 700}
    run |= {"releases_per_s": 24.0, "slowest": 20.0, "fastest": 25.0, "characters_per_s": 1e5}
    run |= {"cores": 1.9, "peak_mb": 900.0, "disk_per_release": 6200.0, "p50": 5.0, "p95": 9.0}
    peer = run | {"system": "other", "version": "other 1.0", "releases_per_s": 6.0, "cores": 0.95}
    full = {
        "quality": quality[-1],
        "recall": {"of_questions": 0.991, "of_chunks": 0.999, "questions": 504, "sampled": 1000},
        "cold": {"cached_s": 1.25, "uncached_s": 2.5},
        "askers": {"askers": 16, "seconds": 60, "alone_per_s": 7.0, "many_per_s": 9.0}
        | {"errors": 0, "memory_mb": 1500.0},
        "adding": {"pages": 100, "unchanged_s": 9.0, "words_s": 12.0, "all_s": 15.0, "added": 300}
        | {"found_by_words": 300, "found_by_vectors": 299},
    }
    common = {"machine": "A machine, 2 cores", "load": [0.2, 2.1]}
    return {
        "full": common | full,
        "growth": common | {"runs": 3, "asked": 150, "sizes": sizes, "quality": quality},
        "peers": common | {"runs": 3, "systems": [run, peer]},
    }


def test_the_report_says_what_was_measured():
    text = report(record())
    assert text.count("A machine, 2 cores") == 1
    assert "| search p50, to that at 1,000 releases | 2.50 | 3 |" in text
    assert "| search p95 | 40.0 ms | 50 ms |" in text
    assert "| other 1.0 | 200 | 6.00 (20.00 to 25.00) | 4.00 (2.00) |" in text
    assert "| 70,000 | bm25 | 0.750 | 0.987 | 0.875 |" in text
    assert "300 are found by a word of their own and 299 by the vector" in text
    for row in re.findall(r"(?m)^\| .*\n\| -.*(?:\n\|.*)*", text):
        assert len({line.count("|") for line in row.splitlines()}) == 1


@pytest.mark.parametrize("part", ["growth", "peers"])
def test_a_part_that_was_not_measured_is_left_out(part):
    alone = {part: record()[part]}
    assert ("## As an archive grows" in report(alone)) == (part == "growth")
    assert ("## Against other frameworks" in report(alone)) == (part == "peers")
    ET.fromstring(plot(alone))


def test_the_plots_show_every_system_and_size():
    drawn = [text.text for text in ET.fromstring(plot(record())).iter() if text.text]
    assert {"dateline 200", "other 200", "24.0", "6.0", "1,000", "70,000", "0.88"} <= set(drawn)

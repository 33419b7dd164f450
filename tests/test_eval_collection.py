import json
import lzma
import re
from collections import Counter
from pathlib import Path

import pytest

from eval.collection import (
    Source,
    Topic,
    read_collection,
    read_qrels,
    topic_from_dict,
    topic_to_dict,
    write_run,
    write_trec,
)
from index.errors import InputError

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "eval" / "collections" / "corpus"

ROW = {
    "id": "q1",
    "question": "Who spoke?",
    "type": "who",
    "answerable": True,
    "release_id": "r1",
    "also_release_ids": ["r2"],
    "release_date": "2019-09",
    "evidence": ["Ann spoke"],
    "answer": "Ann",
    "as_of": "2019-10-01",
}
FAR = {
    "id": "q2",
    "question": "tamales?",
    "type": "what",
    "answerable": False,
    "release_id": None,
    "release_date": None,
    "evidence": None,
    "answer": None,
    "kind": "far",
}


def write(folder, rows, releases=()):
    folder.mkdir(exist_ok=True)
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "questions.jsonl").write_text(lines, encoding="utf-8")
    if releases:
        with lzma.open(folder / "releases.jsonl.xz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in releases)
    return folder


def test_jsonl_with_packed_releases(tmp_path):
    texts = [{"id": id, "issuer": "A", "date": None, "text": f"Ann {id}"} for id in ("r1", "r2")]
    collection = read_collection(write(tmp_path / "small", [ROW, FAR], texts))
    assert collection.name == "small"
    assert collection.judged
    assert collection.qrels == {"q1": {"r1": 1, "r2": 1}}
    assert collection.releases["r2"] == Source("r2", "A", None, "Ann r2")
    first, second = collection.topics
    assert first.options == (("as_of", "2019-10-01"),)
    assert first.gold == {"r1", "r2"}
    assert (second.kind, second.gold, second.evidence) == ("far", frozenset(), ())


def test_a_topic_survives_its_line():
    topic = topic_from_dict(ROW)
    assert topic_from_dict(topic_to_dict(topic)) == topic


def test_trec_files_round_trip(tmp_path):
    folder = write(tmp_path / "a", [ROW, FAR])
    original = read_collection(folder)
    write_trec(original, tmp_path / "b")
    again = read_collection(tmp_path / "b")
    assert [(t.id, t.question) for t in again.topics] == [("q1", "Who spoke?"), ("q2", "tamales?")]
    assert again.qrels == original.qrels
    assert not again.judged
    assert (tmp_path / "b" / "qrels.txt").read_text() == "q1 0 r1 1\nq1 0 r2 1\n"


def test_run_in_trecs_form(tmp_path):
    write_run(tmp_path / "run.txt", "bm25", {"q1": [("r1", 2.5), ("r2", 1)]})
    expected = "q1 Q0 r1 1 2.500000 bm25\nq1 Q0 r2 2 1.000000 bm25\n"
    assert (tmp_path / "run.txt").read_text() == expected


def test_digest_changes_with_the_gold(tmp_path):
    one = read_collection(write(tmp_path / "a", [ROW, FAR]))
    same = read_collection(write(tmp_path / "b", [ROW, FAR]))
    other = read_collection(write(tmp_path / "c", [ROW | {"release_date": "2019-08"}, FAR]))
    assert one.digest == same.digest != other.digest


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "has no question"),
        ([ROW, ROW], "the question id q1 twice"),
        ([{"id": "q1"}], "the question has no 'answerable'"),
        ([ROW | {"release_id": None}], "answerable, but without release_id or answer"),
    ],
)
def test_what_is_off_is_said(tmp_path, rows, message):
    with pytest.raises(InputError, match=message):
        read_collection(write(tmp_path / "x", rows))


def test_gold_release_that_is_missing(tmp_path):
    with pytest.raises(InputError, match="2 gold releases of x are not among .* the first: r1"):
        read_collection(write(tmp_path / "x", [ROW], [{"id": "r9", "text": "…"}]))


def test_bad_lines_are_named(tmp_path):
    (tmp_path / "questions.jsonl").write_text("{}\nnot json\n")
    with pytest.raises(InputError, match="no 'answerable'"):
        read_collection(tmp_path)
    (tmp_path / "qrels.txt").write_text("q1 0 r1 1\n\nq1 0 r1\n")
    with pytest.raises(InputError, match=r"qrels.txt:3: expected 4 fields"):
        read_qrels(tmp_path / "qrels.txt")
    with pytest.raises(InputError, match="no collection at"):
        read_collection(tmp_path / "nowhere")


def test_one_split():
    collection = read_collection(CORPUS)
    gate, held = collection.only("gate"), collection.only("held")
    assert abs(len(gate.topics) - len(held.topics)) <= 5
    assert len(gate.topics) + len(held.topics) == len(collection.topics)
    assert set(gate.qrels) <= {t.id for t in gate.topics}
    with pytest.raises(InputError, match="no question of split 'nightly'"):
        collection.only("nightly")


def test_own_collection_is_as_it_promises():
    """At least 120 questions, a third unanswerable, of every type; evidence stands in the pages."""
    topics = read_collection(CORPUS).topics
    hopeless = [t for t in topics if not t.answerable]
    assert len(topics) >= 120
    assert len(hopeless) / len(topics) >= 1 / 3
    assert set(Counter(t.kind for t in hopeless)) == {"far", "near", "outside", "undated"}
    types = Counter(t.type for t in topics if t.answerable)
    wanted = "who when where how_many how_much what why quote list yes_no latest first timeline"
    assert set(types) >= set(wanted.split())
    pages = {p.stem: " ".join(p.read_text().split()) for p in (ROOT / "corpus").glob("0*.txt")}
    for topic in topics:
        if topic.answerable:
            page = pages[topic.release_id.split("#")[0]]
            assert all(evidence in page for evidence in topic.evidence), topic.id
            assert re.sub(r"^(Yes|No), ", "", topic.answer) in page, topic.id


def test_source_without_text_is_refused(tmp_path):
    with pytest.raises(InputError, match="a release needs id and text"):
        read_collection(write(tmp_path / "x", [FAR], [{"id": "r1"}]))


def test_unjudged_topic_is_neither_answerable_nor_not():
    assert Topic("q", "?").answerable is None

"""Asking, explaining and searching the archive of corpus/ with the models that ship."""

import json
import threading
from dataclasses import replace

import numpy as np
import pytest

from index.build import build
from index.errors import ArchiveMissing, QuestionError
from index.records import Span
from rag import Archive, ask, asking
from rag.evidence import FEATURES, Candidate

KEYS = [
    "id", "question", "answered", "reason", "confidence", "text", "query", "citations", "withheld",
    "nearest", "embedded", "latency_ms",
]  # fmt: skip


@pytest.fixture(scope="module")
def archive(corpus_archive) -> Archive:
    return Archive.open(corpus_archive)


def test_every_quote_is_its_span_and_short(archive) -> None:
    for question in (
        "Who joined Secretary Nielsen?",
        "What will the second arrangement expand?",
        "How did Honduras strengthen its legal framework?",
        "timeline of agreements with Honduras",
    ):
        answer = archive.ask(question)
        assert answer.answered
        for c in answer.citations:
            release = archive.release(c.release_id)
            assert c.quote == release.text[c.start : c.end]
            assert 0 < len(c.quote) <= 400
            assert c.date == release.date


def test_dates_bind(archive) -> None:
    question = "What did the governments commit to on human smuggling?"
    for bounds in ({"date_to": "2018"}, {"date_from": "2019-08", "date_to": "2019-08"}):
        answer = archive.ask(question, threshold=0.0, **bounds)
        dates = [c.date for c in answer.citations]
        assert dates and all(d is not None for d in dates)
        assert all(d.startswith("2018" if "date_from" not in bounds else "2019-08") for d in dates)


def test_nothing_within_the_dates(archive) -> None:
    answer = archive.ask("What did Nielsen discuss in Guatemala?", date_from="2020")
    assert (answer.answered, answer.reason, answer.citations) == (False, "outside_dates", ())
    assert answer.nearest[0].release_id.startswith("004")


def test_only_an_undated_release_matches(archive) -> None:
    answer = archive.ask(
        "What agreement did Honduras reach with Transparency International?", date_from="2021"
    )
    assert (answer.answered, answer.reason) == (False, "undated_only")


def test_a_year_after_the_end_of_the_archive(archive) -> None:
    answer = archive.ask("How many migrants did Honduras and the United States stop in 2024?")
    assert (answer.answered, answer.reason) == (False, "outside_dates")
    assert "after its last release" in answer.text


def test_off_topic(archive) -> None:
    answer = archive.ask("best tamale recipe")
    assert (answer.answered, answer.reason) == (False, "out_of_corpus")
    assert "nothing in it is about this" in answer.text


def test_the_threshold_moves_and_withholds(archive) -> None:
    question = "When did Nielsen meet the ministers?"
    assert archive.ask(question, threshold=0.0).answered
    strict = archive.ask(question, threshold=1.0)
    assert not strict.answered
    assert strict.withheld and strict.citations == ()


def test_the_record_is_json_with_exactly_these_keys(archive) -> None:
    record = archive.ask("Who joined Secretary Nielsen?").to_dict()
    assert list(record) == KEYS
    assert json.loads(json.dumps(record)) == record
    assert set(record["citations"][0]) >= {
        "marker", "release_id", "title", "issuer", "date", "date_precision", "url", "source",
        "quote", "start", "end",
    }  # fmt: skip


def test_the_same_question_gives_the_same_answer(archive, corpus_archive) -> None:
    first = archive.ask("Who joined Secretary Nielsen?")
    again = ask("Who joined Secretary Nielsen?", corpus_archive)
    assert replace(first, latency_ms=0) == replace(again, latency_ms=0)


def test_threads_do_not_mix(archive) -> None:
    questions = ["Who joined Secretary Nielsen?", "best tamale recipe"] * 4
    alone = {q: archive.ask(q).text for q in questions[:2]}
    heard: list[tuple[str, str]] = []

    def put(question: str) -> None:
        heard.append((question, archive.ask(question).text))

    threads = [threading.Thread(target=put, args=(q,)) for q in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == len(questions)
    assert all(text == alone[question] for question, text in heard)


def test_a_follow_up_inherits_and_warms_no_refusal(archive) -> None:
    first = archive.ask("What did the August 2019 joint statement say about children?")
    assert first.answered
    cold = archive.ask("best tamale recipe", after=first)
    assert not cold.answered
    assert cold.query.inherited == ()


def test_explain_lists_every_candidate(archive) -> None:
    explained = archive.explain("Who joined Secretary Nielsen?")
    assert explained.candidates[0].verdict == "cited"
    assert {"found", "fit", "ranking"} <= set(explained.candidates[0].scores)


def test_search_ranks_hits_inside_the_bounds(archive) -> None:
    found = archive.search("human smuggling", k=5, date_to="2018")
    assert [h.rank for h in found] == list(range(1, len(found) + 1))
    assert {h.chunk.release_id for h in found} == {"004_ae11e2517966b1c0"}
    assert archive.chunk_text(found[0].chunk)


def test_summary_and_listing(archive) -> None:
    summary = archive.summary()
    assert (summary.releases, summary.undated) == (6, 2)
    assert (summary.first, summary.last) == ("2018-07-11", "2019-09-27")
    assert len(archive.listing()) == 6
    for listed in archive.listing():
        assert archive.versions(listed.release_id) == [listed]


def test_a_newer_archive_is_seen_by_the_next_question(tmp_path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "RELEASE\n\nRelease Date: May 4, 2005\n\nThe bridge cost $7 million.\n"
    )
    build([folder], tmp_path / "archive", progress=False)
    opened = Archive.open(tmp_path / "archive")
    assert opened.summary().releases == 1
    (folder / "b.txt").write_text(
        "OTHER\n\nRelease Date: May 5, 2005\n\nThe tunnel cost $9 million.\n"
    )
    build([folder], tmp_path / "archive", progress=False)
    assert opened.summary().releases == 2


def test_clear_errors(archive, tmp_path) -> None:
    with pytest.raises(ArchiveMissing):
        Archive.open(tmp_path / "none")
    with pytest.raises(QuestionError, match="as-of"):
        archive.ask("What happened last month?", as_of="yesterday")
    with pytest.raises(QuestionError):
        archive.ask("  ")
    with pytest.raises(KeyError):
        archive.release("none")


def test_a_question_in_another_script_is_refused_with_a_reason(archive) -> None:
    with pytest.raises(QuestionError, match="Latin letters"):
        archive.ask("ما هي الاتفاقية؟")


def test_only_what_is_likely_the_answer_is_set_off(archive) -> None:
    sure, beside = archive.ask("Who accompanied Secretary Nielsen in Guatemala City?").citations
    assert sure.emphasis is not None and "Carl Risch" in sure.quote
    assert beside.emphasis is None


@pytest.mark.parametrize(("pointed_at", "set_off"), [("42,370", "$42,370"), ("12", "12%")])
def test_a_figure_is_set_off_with_its_sign(pointed_at: str, set_off: str) -> None:
    text = "Elmwood will get $42,370 for a road, 12% of what it costs."
    at = text.index(pointed_at)
    features = np.zeros(len(FEATURES), dtype=np.float32)
    whole, answer = Span(0, len(text)), Span(at, at + len(pointed_at))
    found = asking.set_off(Candidate("r", whole, answer, features), text)
    assert found is not None and found.of(text) == set_off
    features[FEATURES.index("fit")] = -9.0
    assert asking.set_off(Candidate("r", whole, answer, features), text) is None

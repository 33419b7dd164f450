"""Candidates: figures that say what the question needs, quotes that hold their answers."""

from datetime import date

import pytest

from index.store import Store
from rag.evidence import FEATURES, QUOTES, READ, candidates, tells
from rag.question import understand
from rag.reader import Reader
from rag.records import Bounds
from rag.retrieval import retrieve


@pytest.fixture(scope="module")
def offered(corpus_archive):
    store, reader = Store.open(corpus_archive), Reader()

    def offer(question: str):
        query = understand(
            question,
            issuers=store.issuers(),
            span=Bounds(*store.date_range()),
            as_of=date(2020, 1, 1),
        )
        vector = store.encoder().embed([question])[0]
        found = candidates(store, reader, query, vector, retrieve(store, query, vector))
        return [(c, dict(zip(FEATURES, c.features.tolist(), strict=True)), store) for c in found]

    return offer


def test_each_quote_holds_its_answer(offered) -> None:
    found = offered("Who joined Secretary Nielsen in Guatemala City?")
    assert 0 < len(found) <= READ * QUOTES
    for candidate, figures, store in found:
        text = store.release(candidate.release_id).text
        assert candidate.span.start <= candidate.answer.start <= candidate.answer.end
        assert candidate.answer.end <= candidate.span.end <= len(text)
        assert figures["quote_chars"] == candidate.span.end - candidate.span.start <= 400


def test_words_that_are_there_are_covered(offered) -> None:
    best = max(
        offered("Which percent of migrants came from El Salvador, Guatemala and Honduras?"),
        key=lambda c: c[1]["found"],
    )
    assert best[1]["release_coverage"] > 0.9
    assert best[1]["unknown_terms"] == 0


def test_words_that_are_nowhere_are_counted(offered) -> None:
    figures = offered("Which zeppelins did Nielsen fly to Guatemala in 2031?")[0][1]
    assert figures["unknown_terms"] >= 2
    assert figures["later_years"] == 1
    assert figures["numbers_missing"] == 1
    assert figures["rarest_missing"] > 0


def test_a_passage_offers_quotes_that_do_not_overlap(offered) -> None:
    found = offered("Who joined Secretary Nielsen in Guatemala City?")
    runs: list[list] = []
    for candidate, figures, _ in found:
        if figures["place"] == 0:
            assert figures["behind"] == 0
            runs.append([])
        assert figures["place"] == len(runs[-1])
        assert figures["behind"] >= 0
        runs[-1].append(candidate.span)
    assert max(map(len, runs)) > 1
    for spans in runs:
        ordered = sorted(spans, key=lambda span: span.start)
        assert all(a.end <= b.start for a, b in zip(ordered, ordered[1:], strict=False))


@pytest.mark.parametrize(
    "answer",
    ["in the coming weeks", "periodically", "within 14 days", "31 May", "in 1885", "at noon"],
)
def test_a_vague_or_repeated_time_is_a_time(answer: str) -> None:
    assert tells("when", answer)


@pytest.mark.parametrize("answer", ["the ministers", "may be renewed", "in Guatemala City"])
def test_what_has_no_time_is_none(answer: str) -> None:
    assert not tells("when", answer)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.baselines import BASELINES, Rarity, Shelf, baseline, rarity, sentences
from eval.collection import Collection, Source, Topic
from index.records import Chunk, DatedBy, Release, Span
from index.search import Found

TEXTS = {
    "dover": "Dover got 40 000 for its trucks. Mayor Ann Poe was glad. Nobody spoke of schools.",
    "salem": "Salem got nothing for its trucks. Schools got chalk.",
}


class Words:
    """An encoder that can be read by eye: one dimension for each of a few words."""

    names = ("dover", "salem", "trucks", "glad", "schools", "chalk")

    def embed(self, texts):
        counts = [[text.lower().count(name) for name in self.names] for text in texts]
        rows = np.array(counts, dtype=np.float32)
        return rows / np.maximum(1e-9, np.linalg.norm(rows, axis=1, keepdims=True))


class Store:
    """A store of two releases with a chunk each; BM25 is the number of words shared."""

    def __init__(self, dates=(None, "2005-03-01")):
        self.releases = [
            Release(
                id, id, "", None, None, None, None, DatedBy(date, "r", "e") if date else None, t
            )
            for (id, t), date in zip(TEXTS.items(), dates, strict=True)
        ]
        self.asked = []

    def release(self, release_id):
        return next(r for r in self.releases if r.release_id == release_id)

    def chunks(self, rows):
        return [
            Chunk(self.releases[row].release_id, 0, Span(0, len(self.releases[row].text)))
            for row in rows
        ]

    def lexical(self, text, k, where):
        self.asked.append(where)
        words = set(text.lower().split())
        return self._found([len(words & set(r.text.lower().split())) for r in self.releases])

    def dense(self, vector, k, where):
        self.asked.append(where)
        return self._found(Words().embed([r.text for r in self.releases]) @ vector)

    def _found(self, scores):
        rows = sorted((row for row, s in enumerate(scores) if s > 0), key=lambda r: -scores[r])
        return Found(np.array(rows, dtype=np.int64), np.array([scores[r] for r in rows]))


RARE = Rarity(2, {"dover": 1, "salem": 1, "trucks": 2, "got": 2, "schools": 2})


@pytest.mark.parametrize("name", BASELINES)
def test_each_quotes_the_best_sentence_of_the_best_release(name):
    prediction, ranked = baseline(name, Shelf(Store(), RARE, Words()))(
        Topic("q", "who gave dover its trucks")
    )
    assert ranked[0][0] == "dover"
    (cited,) = prediction.citations
    assert cited.quote == "Dover got 40 000 for its trucks."
    assert TEXTS["dover"][cited.start : cited.end] == cited.quote
    assert (cited.release_id, cited.date) == ("dover", None)
    assert prediction.answered
    assert prediction.latency_ms is None


def test_dense_is_as_sure_as_its_sentence_is_near():
    prediction, _ = baseline("dense", Shelf(Store(), RARE, Words()))(Topic("q", "chalk"))
    assert prediction.citations[0].quote == "Schools got chalk."
    assert prediction.citations[0].date == "2005-03-01"
    assert prediction.confidence == pytest.approx(2**-0.5)


@pytest.mark.parametrize("name", BASELINES)
def test_nothing_found_is_nothing_said(name):
    prediction, ranked = baseline(name, Shelf(Store(), RARE, Words()))(Topic("q", "xyzzy"))
    assert (prediction.answered, prediction.citations, ranked) == (False, (), [])


def test_dates_given_beside_the_question_bind():
    store = Store()
    options = (("date_from", "2005-01"), ("date_to", "2005-12-31"))
    baseline("rrf", Shelf(store, RARE, Words()))(Topic("q", "trucks", options=options))
    assert [(w.start, w.end) for w in store.asked] == [("2005-01", "2005-12-31")] * 2


def test_rarity_counts_releases_not_words():
    sources = {id: Source(id, None, None, text) for id, text in TEXTS.items()}
    rare = rarity(Collection("c", (), {}, sources))
    assert (rare.releases, rare.holding["trucks"], rare.holding["dover"]) == (2, 2, 1)
    assert rare.idf("dover") > rare.idf("trucks") > 0


def test_sentences_of_punctuated_prose():
    text = 'He said "Yes." Then he left.\n\n  • One thing\n  • Another at 3.5 percent'
    found = [span.of(text) for span in sentences(text)]
    assert found == ['He said "Yes."', "Then he left.", "One thing", "Another at 3.5 percent"]


def test_text_without_stops_is_cut_into_overlapping_windows():
    text = " ".join(f"w{n}" for n in range(200))
    found = [span.of(text).split() for span in sentences(text)]
    assert [row[0] for row in found] == [f"w{n}" for n in range(0, 180, 20)]
    assert all(len(row) == 40 for row in found)


@given(st.text(alphabet='Ab1. \n•"x', max_size=900))
def test_sentences_are_short_and_trimmed(text):
    for span in sentences(text):
        words = span.of(text)
        assert 0 < len(words) <= 400
        assert words == words.strip()

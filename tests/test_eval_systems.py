from eval.collection import Topic
from eval.measures import Cited
from eval.systems import full, prediction_of, warm_up
from index.records import Chunk, Span
from rag.records import Answer, Citation, Hit, Query

CITATION = Citation(1, "r1", None, None, None, None, "s", "got 40", 6, 12)


def answer(answered=True, **more):
    query = Query("?", "?", "what")
    reason = None if answered else "not_stated"
    return Answer("?", answered, reason, 0.75, "", query, latency_ms=3.5, nearest=(), **more)


class Archive:
    """Notes what it is asked, and finds three chunks of two releases."""

    def __init__(self):
        self.asked = []

    def ask(self, question, **options):
        self.asked.append((question, options))
        return answer(citations=(CITATION,))

    def search(self, question, **options):
        self.asked.append((question, options))
        chunks = [("r2", 0.9), ("r1", 0.8), ("r2", 0.7)]
        return [
            Hit(Chunk(id, n, Span(0, 1)), score, n + 1, None, None)
            for n, (id, score) in enumerate(chunks)
        ]


def test_options_are_passed_on_and_releases_ranked_by_their_best_chunk():
    archive = Archive()
    topic = Topic("q1", "how much?", options=(("date_to", "2005"), ("as_of", "2005-02-01")))
    prediction, ranked = full(archive, threshold=0.5)(topic)
    given = {"date_to": "2005", "as_of": "2005-02-01"}
    assert archive.asked[0] == ("how much?", given | {"threshold": 0.5})
    assert archive.asked[1] == ("how much?", {"date_to": "2005", "k": 200})
    assert ranked == [("r2", 0.9), ("r1", 0.8)]
    assert (prediction.id, prediction.answered, prediction.confidence) == ("q1", True, 0.75)
    assert prediction.citations == (Cited("r1", None, "got 40", 6, 12),)
    assert prediction.latency_ms == 3.5


def test_an_abstention_keeps_what_was_withheld():
    found = prediction_of("q", answer(answered=False, citations=(), withheld=(CITATION,)))
    assert (found.answered, found.reason) == (False, "not_stated")
    assert found.citations == (Cited("r1", None, "got 40", 6, 12),)


def test_warm_up_asks_a_few_times():
    seen = []
    warm_up(seen.append, [Topic(f"q{n}", "?") for n in range(9)], times=2)
    assert [topic.id for topic in seen] == ["q0", "q1"]

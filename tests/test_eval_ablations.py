import numpy as np
import pytest

from eval.ablations import PARTS, Recorder, ablation, recorder, recording
from eval.collection import Topic
from eval.measures import Prediction
from index.errors import InputError
from index.records import DatedBy, Release, Span
from rag.evidence import FEATURES, Candidate
from rag.judge import Judge, Trees

TEXT = "Dover got 40. Salem got chalk."
FOUND, TYPE = FEATURES.index("found"), FEATURES.index("type_fits")


def stump(feature):
    """A tree of one question: is the figure above 0.5? Then +2, else -2."""
    return Trees.of(
        [
            {
                "feature": [feature, 0, 0],
                "threshold": [0.5, 0.0, 0.0],
                "left": [1, -1, -1],
                "right": [2, -1, -1],
                "value": [0.0, -2.0, 2.0],
            }
        ]
    )


JUDGE = Judge(
    ranking=stump(FOUND),
    deciding=stump(TYPE),
    calibration=(1.0, 0.0),
    threshold=0.5,
    curve=(),
)


def candidate(start, end, found, fits):
    figures = np.zeros(len(FEATURES), dtype=np.float32)
    figures[FOUND], figures[TYPE] = found, fits
    return Candidate("r1", Span(start, end), Span(start, end), figures)


CANDIDATES = [candidate(0, 13, 0, 1), candidate(14, 30, 1, 1)]


def release(release_id):
    return Release(release_id, "s", "", None, None, None, None, DatedBy("2005", "r", "e"), TEXT)


def recorded(topics):
    judge, kept = recorder(JUDGE), {}

    def ask(topic):
        best = judge.rank(CANDIDATES)[0].candidate
        return Prediction(topic.id, True, float(best.span.start), ()), [("r1", 1.0)]

    system = recording(ask, judge, kept)
    for topic in topics:
        system(topic)
    return judge, kept


def test_parts_are_figures_of_the_judge():
    assert {name for names in PARTS.values() for name in names} <= set(FEATURES)


def test_a_recorder_judges_alike_and_keeps_candidates():
    judge, kept = recorded([Topic("q1", "?")])
    assert isinstance(judge, Recorder)
    assert judge.rank(CANDIDATES)[0].candidate == JUDGE.rank(CANDIDATES)[0].candidate
    assert kept["q1"].candidates == CANDIDATES
    assert kept["q1"].prediction.confidence == 14.0


def test_with_other_parts_hidden_the_reader_still_chooses():
    judge, kept = recorded([Topic("q1", "?")])
    prediction, ranked = ablation("vectors", judge, kept, release)(Topic("q1", "?"))
    assert prediction.citations[0].quote == "Salem got chalk."
    assert prediction.citations[0].date == "2005"
    assert prediction.confidence == pytest.approx(1 / (1 + np.exp(-2)))
    assert (prediction.answered, ranked) == (True, ())


def test_without_the_reader_the_first_of_equals_is_taken():
    """Both get the median, 0.5, and the earlier span is first."""
    judge, kept = recorded([Topic("q1", "?")])
    prediction, _ = ablation("reader", judge, kept, release)(Topic("q1", "?"))
    assert [c.quote for c in prediction.citations] == ["Dover got 40.", "Salem got chalk."]


def test_questions_answered_by_date_stay():
    judge, kept = recorded([Topic("q1", "?", "latest")])
    prediction, _ = ablation("reader", judge, kept, release)(Topic("q1", "?", "latest"))
    assert prediction == kept["q1"].prediction


def test_the_full_system_comes_first():
    with pytest.raises(InputError, match="name the full system before no-reader"):
        ablation("reader", JUDGE, {}, release)(Topic("q1", "?"))

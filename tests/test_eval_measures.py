import importlib.util
import json
import math
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.collection import Source, Topic, read_collection, topic_to_dict
from eval.measures import (
    Cited,
    Prediction,
    auroc,
    is_answer,
    judge,
    prediction_from_dict,
    prediction_to_dict,
    retrieval,
    risk_coverage,
    score,
)

SCORE = Path(__file__).parents[2] / "shared" / "eval" / "score.py"

TOPIC = Topic(
    "q1",
    "How much did Dover get?",
    "how_much",
    True,
    "r1",
    "2005-03-01",
    evidence=("the town of Dover will receive 40 000 for its fire trucks",),
    answer="40 000",
)


def cite(quote, release_id="r1", date="2005-03-01"):
    return Cited(release_id, date, quote, 0, len(quote))


def predict(*citations, answered=True, confidence=0.5, id="q1"):
    return Prediction(id, answered, confidence, citations)


def test_short_answer_in_a_row_is_right_and_apart_is_not():
    assert is_answer(TOPIC, "Dover: 40-000 dollars")
    assert not is_answer(TOPIC, "Dover: 40 of the 000 dollars")


def test_evidence_counts_from_six_tenths_of_its_words_in_runs_of_two():
    topic = Topic("q", "?", answerable=True, answer="nowhere", evidence=("a b c d e f g h i j",))
    assert is_answer(topic, "a b c d e f")
    assert not is_answer(topic, "a b c d e")
    assert not is_answer(topic, "a x b x c x d x e x f x g x h")


def test_yes_before_the_short_answer_is_not_looked_for():
    topic = Topic("q", "?", answerable=True, answer="Yes, for all of them", evidence=())
    assert is_answer(topic, "it holds for all of them")


def test_a_quote_over_400_characters_never_counts():
    assert is_answer(TOPIC, "40 000 " + "x" * 393)
    assert not is_answer(TOPIC, "40 000 " + "x" * 394)


@pytest.mark.parametrize(
    ("prediction", "right", "first", "dated"),
    [
        (predict(cite("40 000")), True, True, True),
        (predict(cite("40 000", date="2005-03-02")), False, True, False),
        (predict(cite("40 000", "r2")), False, False, False),
        (predict(cite("x", "r2"), cite("x"), cite("40 000")), True, False, False),
        (predict(cite("x", "r2"), cite("x"), cite("x"), cite("40 000")), False, False, False),
        (predict(), False, False, False),
    ],
)
def test_judge(prediction, right, first, dated):
    outcome = judge(TOPIC, prediction)
    assert (outcome.right, outcome.first, outcome.dated) == (right, first, dated)


def test_figures_by_hand():
    """4 answerable: right, wrong, withheld (would be right), right; 2 far: one answered."""
    topics = [Topic(f"q{n}", "?", "who", True, "r1", None, (), ("x",), "x") for n in range(4)]
    topics += [Topic(f"u{n}", "?", "who", False, kind="far") for n in range(2)]
    good, bad = cite("x", date=None), cite("y", date=None)
    predictions = [
        predict(good, confidence=0.9),
        predict(bad, confidence=0.8),
        predict(good, answered=False, confidence=0.1),
        predict(good, confidence=0.7),
        predict(bad, confidence=0.6),
        predict(answered=False, confidence=0.0),
    ]
    outcomes = [judge(t, p) for t, p in zip(topics, predictions, strict=True)]
    figures = score(outcomes, {"r1": Source("r1", None, None, "x, then y")})
    assert figures["net"] == (2 - 2) / 4
    assert figures["precision"] == 2 / 4
    assert figures["recall"] == 2 / 4
    assert figures["F1"] == 0.5
    assert figures["release@1"] == 3 / 4
    assert figures["release_exact"] == 1
    assert figures["date_exact"] == 1
    assert figures["abstain_far"] == 1 / 2
    assert figures["recall[who]"] == 1 / 2
    assert figures["verbatim"] == 3 / 5
    assert figures["AUROC"] == 7 / 8
    assert figures["AURC"] == pytest.approx((0 + 1 / 2 + 1 / 3 + 2 / 4 + 2 / 5 + 3 / 6) / 6)
    assert risk_coverage(outcomes)[1] == (2 / 6, 1 / 2)


def test_auroc_of_one_side_is_nan():
    assert auroc([2, 1], [1]) == 0.75
    assert math.isnan(auroc([], [1]))


def test_retrieval_counts_a_topic_without_hits_as_zero():
    qrels = {"a": {"r1": 1}, "b": {"r2": 1}, "c": {"r3": 1, "r4": 1}}
    run = {"a": [("r9", 2.0), ("r1", 1.0)], "c": [("r3", 3.0)], "unjudged": [("r1", 1.0)]}
    values = retrieval(qrels, run)
    assert values["RR@10"] == {"a": 0.5, "b": 0.0, "c": 1.0}
    assert values["R@10"] == {"a": 1.0, "b": 0.0, "c": 0.5}
    assert values["R@1"]["a"] == 0.0
    assert values["nDCG@10"]["a"] == pytest.approx(1 / math.log2(3))


def test_predictions_keep_what_an_answer_record_withheld():
    prediction = predict(cite("x"), answered=False)
    assert prediction_from_dict(prediction_to_dict(prediction)) == prediction
    record = {"id": "q", "answered": False, "confidence": 0.2, "citations": [], "latency_ms": 3.0}
    record["withheld"] = prediction_to_dict(prediction)["citations"]
    assert prediction_from_dict(record).citations == prediction.citations


def score_module():
    if not SCORE.is_file():
        pytest.skip("../shared/eval/score.py is not there")
    spec = importlib.util.spec_from_file_location("shared_score", SCORE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def same(ours, theirs):
    assert set(theirs) <= set(ours)
    for name, value in theirs.items():
        assert ours[name] == value or (math.isnan(value) and math.isnan(ours[name])), name


WORDS = st.lists(st.sampled_from("a b c d 40 000 yes no".split()), max_size=9).map(" ".join)
RELEASES = st.sampled_from(["r1", "r2", "r3"])
DATES = st.sampled_from(["2005-03-01", "2005-03", None])
CITATIONS = st.lists(
    st.builds(Cited, RELEASES, DATES, WORDS | WORDS.map(lambda w: w * 60), st.just(0), st.just(3)),
    max_size=4,
).map(tuple)
ASKED = st.one_of(
    st.builds(
        Topic,
        st.just("id"),
        st.just("?"),
        st.sampled_from(["who", "when"]),
        st.just(True),
        RELEASES,
        DATES,
        st.lists(RELEASES, max_size=1).map(tuple),
        st.lists(WORDS, max_size=2).map(tuple),
        WORDS,
    ),
    st.builds(
        Topic,
        st.just("id"),
        st.just("?"),
        st.just("who"),
        st.just(False),
        kind=st.sampled_from(["far", "near"]),
    ),
)
GIVEN = st.builds(
    Prediction,
    st.just("id"),
    st.booleans(),
    st.floats(-1, 1, width=16),
    CITATIONS,
    st.none() | st.floats(0, 100),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(ASKED, GIVEN), min_size=1, max_size=12))
def test_figures_equal_those_of_the_shared_scorer(pairs):
    theirs = score_module()
    pairs = [
        (replace(topic, id=f"q{n}"), replace(prediction, id=f"q{n}"))
        for n, (topic, prediction) in enumerate(pairs)
    ]
    releases = {id: Source(id, None, None, "a b c d") for id in ("r1", "r2")}
    questions = [topic_to_dict(t) | {"evidence": list(t.evidence)} for t, _ in pairs]
    rows = json.loads(json.dumps([prediction_to_dict(p) for _, p in pairs]))
    texts = [{"id": r.id, "text": r.text} for r in releases.values()]
    same(score([judge(t, p) for t, p in pairs], releases), theirs.score(questions, rows, texts))


def test_figures_equal_the_shared_scorer_on_the_dev_questions():
    """Quotes cut from the gold evidence at random: some right, some a word short, some too long."""
    theirs = score_module()
    random.seed(4)
    folder = SCORE.parent / "dev"
    collection = read_collection(folder)
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    predictions = [random_prediction(topic, collection) for topic in collection.topics]
    outcomes = [judge(t, p) for t, p in zip(collection.topics, predictions, strict=True)]
    texts = [{"id": r.id, "text": r.text} for r in collection.releases.values()]
    given = [prediction_to_dict(p) for p in predictions]
    expected = theirs.score(rows, given, texts)
    assert 0.1 < expected["recall"] < 0.9
    same(score(outcomes, collection.releases), expected)


def random_prediction(topic, collection):
    release = collection.releases[topic.release_id or random.choice(list(collection.releases))]
    start = random.randrange(len(release.text))
    end = start + random.randrange(500)
    if topic.evidence and random.random() < 0.7:
        quote = topic.evidence[0][: random.randrange(10, 200)]
        cited = (Cited(release.id, release.date, quote, 0, len(quote)),)
    else:
        quote = release.text[start:end]
        cited = (Cited(release.id, release.date, quote, start, start + len(quote)),)
    return Prediction(topic.id, random.random() < 0.8, round(random.random(), 2), cited, 5.0)

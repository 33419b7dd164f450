import json
import math

import pytest

from eval.collection import Collection, Source, Topic
from eval.measures import Cited, Prediction, judge
from eval.report import Change, render
from eval.results import (
    Answered,
    cause,
    differences,
    earlier_outcomes,
    losses,
    measure,
    points,
    precision_at,
    to_json,
    weights_of,
)
from index.errors import InputError

TEXT = "Dover got 40 000. <b>Salem</b> got chalk."


def topic(number, answerable=True, kind=None):
    gold = ("r1", "2005-03-01") if answerable else (None, None)
    evidence, answer = (("Dover got 40 000",), "40 000") if answerable else ((), None)
    type = ("how_much", "what")[number % 2]
    return Topic(
        f"q{number}", f"How much <{number}>?", type, answerable, *gold, (), evidence, answer, kind
    )


def cite(start, end, date="2005-03-01", release_id="r1"):
    return Cited(release_id, date, TEXT[start:end], start, end)


GOOD, BAD = cite(0, 17), cite(18, 41)
TOPICS = (*(topic(n) for n in range(8)), topic(8, False, "far"), topic(9, False, "near"))
SOURCES = {"r1": Source("r1", "Sen. Bond", "2005-03-01", TEXT), "r2": Source("r2", None, None, "x")}
COLLECTION = Collection("small", TOPICS, {t.id: {"r1": 1} for t in TOPICS if t.answerable}, SOURCES)


def answered(name, quotes, sure=0.9):
    """A system that cites these quotes, one a topic, None for an abstention without one."""
    outcomes = []
    for asked, quote in zip(TOPICS, quotes, strict=True):
        citations = (quote,) if quote else ()
        given = Prediction(asked.id, bool(quote), sure if quote else 0.1, citations, 4.0, None)
        outcomes.append(judge(asked, given))
    run = {t.id: [("r2", 2.0), ("r1", 1.0)] for t in TOPICS}
    return Answered(name, "a fake", tuple(outcomes), run, probable=True)


BETTER = answered("better", [GOOD] * 8 + [None, None])
WORSE = answered("worse", [GOOD] * 2 + [BAD] * 6 + [None, BAD])


def measured(system, collection=COLLECTION):
    return measure(collection, system, weights_of(collection, samples=200))


def test_measures_of_a_perfect_system():
    found = measured(BETTER)
    assert found.figures["net"] == found.intervals["net"].value == 1.0
    assert found.figures["verbatim"] == 1.0
    assert found.intervals["RR@10"].value == 0.5
    assert found.ece == pytest.approx((8 * 0.1 + 2 * 0.1) / 10)
    size, row = found.sliced["unanswerable question"]["far"]
    assert (size, row["abstain_far"].value) == (1, 1.0)


def test_points_by_hand():
    """At 0.5 worse answers 9 of 10, 2 of them right; at 0.95 nothing."""
    low, high = points(WORSE.outcomes, [0.5, 0.95])
    assert (low.given, low.wrong, low.coverage) == (9, 7, 0.9)
    assert (low.precision, low.recall, low.net) == (2 / 9, 2 / 8, -5 / 8)
    assert low.f1 == pytest.approx(2 * 2 / (9 + 8))
    assert low.bound == pytest.approx(0.9590, abs=1e-3)
    assert (high.given, high.precision, high.bound) == (0, 0.0, 1.0)
    assert precision_at([low, high], 0.2) == low
    assert precision_at([low, high], 0.3) is None


@pytest.mark.parametrize(
    ("quote", "said", "expected"),
    [
        (GOOD, True, None),
        (BAD, True, "answered: right release, other words"),
        (cite(0, 17, None), True, "answered: right release, wrong date"),
        (
            cite(0, 17, release_id="r2"),
            True,
            "answered: other release, the right one was ranked lower",
        ),
        (GOOD, False, "withheld, though right"),
        (BAD, False, "withheld: right release, other words"),
    ],
)
def test_causes(quote, said, expected):
    outcome = judge(TOPICS[0], Prediction("q0", said, 0.5, (quote,)))
    assert cause(outcome, {"q0": [("r1", 1.0)]}) == expected


def test_causes_of_unanswerable_topics():
    far, near = TOPICS[8:]
    assert cause(judge(far, Prediction("q8", False, 0.5, ())), {}) is None
    found = cause(judge(near, Prediction("q9", True, 0.5, (GOOD,))), {})
    assert found == "answered, though the release does not say"


def test_a_release_that_was_not_ranked_is_not_found():
    outcome = judge(TOPICS[0], Prediction("q0", False, 0.1, ()))
    assert cause(outcome, {}) == "withheld: other release, the right one was not found"


def test_results_say_enough_to_compare_a_later_run(tmp_path):
    path = tmp_path / "results.json"
    path.write_text(json.dumps(to_json(COLLECTION, [measured(BETTER)], "a")))
    before = earlier_outcomes(path, COLLECTION)["better"]
    weights = weights_of(COLLECTION, samples=200)
    same = differences(before, measured(BETTER), COLLECTION, weights)
    assert losses(same) == []
    assert {(v.low, v.high) for n, v in same.items() if n != "AUROC"} == {(0.0, 0.0)}


def test_a_loss_beyond_chance_is_named(tmp_path):
    """Each topic stands on its own release here, so that the bootstrap has something to draw."""
    topics = tuple(
        Topic(
            t.id,
            t.question,
            t.type,
            t.answerable,
            f"r{n}" if t.answerable else None,
            t.release_date,
            (),
            t.evidence,
            t.answer,
            t.kind,
        )
        for n, t in enumerate(TOPICS)
    )
    sources = {f"r{n}": Source(f"r{n}", None, "2005-03-01", TEXT) for n in range(8)}
    collection = Collection("c", topics, {}, sources)

    def system(quote):
        outcomes = tuple(
            judge(
                t,
                Prediction(
                    t.id,
                    bool(t.answerable),
                    0.9,
                    (Cited(t.release_id or "r0", "2005-03-01", quote.quote, 0, 1),),
                ),
            )
            for t in topics
        )
        return Answered("one", "", outcomes, {})

    path = tmp_path / "results.json"
    path.write_text(json.dumps(to_json(collection, [measured(system(GOOD), collection)], None)))
    before = earlier_outcomes(path, collection)["one"]
    weights = weights_of(collection, samples=200)
    change = differences(before, measured(system(BAD), collection), collection, weights)
    assert change["net"].value == -2.0
    assert losses(change) == ["net", "F1"]


def test_other_questions_are_not_compared(tmp_path):
    path = tmp_path / "results.json"
    path.write_text(json.dumps(to_json(COLLECTION, [measured(BETTER)], None)))
    other = Collection("other", TOPICS[1:], {}, SOURCES)
    with pytest.raises(InputError, match="about other questions than the collection other"):
        earlier_outcomes(path, other)
    path.write_text("[]")
    with pytest.raises(InputError, match="cannot compare against"):
        earlier_outcomes(path, COLLECTION)


def test_json_holds_no_nan():
    answerable = Collection("c", TOPICS[:8], COLLECTION.qrels, SOURCES)
    one = Answered("one", "", BETTER.outcomes[:8], {})
    found = to_json(answerable, [measured(one, answerable)], None)
    assert found["systems"]["one"]["figures"]["AUROC"] is None
    assert math.isnan(measured(one, answerable).figures["AUROC"])
    json.dumps(found, allow_nan=False)


def test_report_is_self_contained_and_shows_errors_with_their_passages():
    systems = [measured(WORSE), measured(BETTER)]
    change = Change("worse", "better", {"net": systems[0].intervals["net"]}, ["net"])
    page = render(COLLECTION, systems, [change], "archive (abc)")
    assert page.count("<svg") == 4
    assert "http:" not in page.replace("http://www.w3.org/", "")
    assert "https:" not in page
    assert "<script" not in page
    assert "Significant losses: worse against better: net." in page
    assert "<mark>&lt;b&gt;Salem&lt;/b&gt; got chalk.</mark>" in page
    assert "How much &lt;3&gt;?" in page
    assert '<mark class="gold">Dover got 40 000</mark>' in page
    assert "answered: right release, other words</b>: 6" in page
    assert page == render(COLLECTION, systems, [change], "archive (abc)")


def test_report_of_a_collection_without_answers_shows_retrieval_alone():
    topics = tuple(Topic(t.id, t.question) for t in TOPICS)
    bare = Collection("trec", topics, COLLECTION.qrels, SOURCES)
    system = Answered(
        "one",
        "",
        tuple(judge(t, o.prediction) for t, o in zip(topics, BETTER.outcomes, strict=True)),
        BETTER.run,
    )
    page = render(bare, [measured(system, bare)], [], None)
    assert "nDCG@10" in page
    assert "Errors to read" not in page

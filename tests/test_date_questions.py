"""The generated questions with date and issuer bounds, and how exactly they are read."""

import json
import lzma
from datetime import date
from pathlib import Path

import pytest

from eval.date_phrases import WHEN, Phrase
from eval.date_questions import FRAMES, DateQuestion, generate, is_exact, strays
from index.records import Span
from rag.answering import citation
from rag.records import Answer, Bounds, Query
from tests.conftest import make_release

RELEASES = Path(__file__).parents[2] / "shared" / "eval" / "dev" / "releases.jsonl.xz"
AS_OF = date(2008, 6, 11)


@pytest.mark.parametrize(
    ("phrasing", "words", "start", "end"),
    [
        ("in early year", "in mid-2006", "2006-05-01", "2006-08-31"),
        ("in the season of", "in the spring of 2006", "2006-03-01", "2006-05-31"),
        ("in fiscal year", "in fiscal year 2006", "2005-10-01", "2006-09-30"),
        ("in nQ", "in 2Q 2006", "2006-04-01", "2006-06-30"),
        ("in the week of", "in the week of May 1, 2006", "2006-05-01", "2006-05-07"),
        ("past six months", "in the past six months", "2007-12-11", "2008-06-11"),
        ("after month", "after May 2006", "2006-06-01", None),
        ("before day", "before May 3, 2006", None, "2006-05-02"),
    ],
)
def test_gold_bounds_of_phrasings(phrasing, words, start, end):
    day = {"start": start, "end": end}
    iso = {key: date.fromisoformat(value) if value else None for key, value in day.items()}
    assert WHEN[phrasing](date(2006, 5, 3), AS_OF, None) == Phrase(words, **iso)


def test_every_third_phrasing_is_held_out():
    texts = " ".join(["senate budget hearing wildlife refuge"] * 30)
    releases = [
        {"id": f"r{n}", "issuer": "Sen. Collins", "date": f"2006-0{n % 9 + 1}-11", "text": texts}
        for n in range(30)
    ]
    made = generate(releases, count=120, seed=3, as_of=AS_OF)
    assert len(made) == 120
    for question in made:
        held = list(WHEN).index(question.phrasing) % 3 == 2 if question.phrasing in WHEN else None
        if held and question.frame in FRAMES:
            assert question.held_out
    assert all(q.issuer in (None, "Sen. Collins") for q in made)


def test_strays_are_quotes_from_outside_given_or_withheld():
    question = DateQuestion(
        "q", "in 2006?", "2006-01-01", "2006-12-31", None, None, "in year", "say", False, ("in",)
    )
    inside, outside = (
        citation(make_release(name, "Words.", date), Span(0, 6), 1)
        for name, date in (("in", "2006-05-01"), ("out", "2007-05-01"))
    )
    query = Query("in 2006?", "in 2006?", "what")
    given = Answer("q", True, None, 0.9, "", query, (inside, outside), (), 1.0)
    kept = Answer("q", False, "not_stated", 0.1, "", query, (), (), 1.0, withheld=(outside,))
    assert strays(question, given) == strays(question, kept) == [outside]


@pytest.mark.skipif(not RELEASES.exists(), reason="needs ../shared/eval/dev")
def test_bounds_are_read_exactly():
    with lzma.open(RELEASES, "rt") as lines:
        releases = [json.loads(line) for line in lines]
    days = sorted(r["date"] for r in releases)
    as_of = date.fromisoformat(days[-1])
    issuers = tuple(sorted({r["issuer"] for r in releases}))
    made = generate(releases, count=300, seed=11, as_of=as_of)
    exact = [is_exact(q, issuers, Bounds(days[0], days[-1]), as_of) for q in made]
    assert sum(exact) / len(exact) >= 0.97

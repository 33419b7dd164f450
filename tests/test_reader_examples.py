"""Training examples: where the answer stands, and passages that look alike but lack it."""

import random

import numpy as np
import pytest

from eval.reader_examples import Bank, Encoder, asked, held_out, on_pages, sampled, swapped

OAKHAM = (
    "The bridge of Oakham will be rebuilt for $9 million, Sen. Doe said. Work begins in June 2005 "
    "and ends within two years. The ferry runs until then."
)
ELMWOOD = (
    "Elmwood's library gets a new roof for $40,000, Sen. Roe said. The old roof leaked for years."
)
RELEASES = [
    {"id": "r1", "title": None, "issuer": "Sen. Doe", "date": "2004-05-04", "text": OAKHAM},
    {"id": "r2", "title": None, "issuer": "Sen. Roe", "date": "2004-05-05", "text": ELMWOOD},
]
COST = {
    "id": "q1",
    "question": "What will the bridge of Oakham cost?",
    "answerable": True,
    "release_id": "r1",
    "evidence": ["The bridge of Oakham will be rebuilt for $9 million"],
    "answer": "$9 million",
}
ROOF = {
    "id": "q2",
    "question": "What does the roof in Elmwood cost?",
    "answerable": True,
    "release_id": "r2",
    "evidence": ["a new roof for $40,000"],
    "answer": "$40,000",
}
NEAR = {"id": "q3", "question": "Who built the Oakham ferry?", "answerable": False}
NEAR |= {"release_id": None, "near_release": "r1"}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def bank(encoder) -> Bank:
    return Bank(encoder, RELEASES)


def words(encoder, ids) -> str:
    return encoder.tokenizer.decode([int(i) for i in ids])


def test_the_target_is_the_short_answer_inside_the_evidence(encoder, bank) -> None:
    found = asked(encoder, bank, COST)
    (example,) = found.positive
    assert words(encoder, example.ids[example.start : example.end + 1]) == "9 million"
    assert example.first <= example.start <= example.end < example.first + example.count
    assert all((e.start, e.end) == (0, 0) for e in found.negative)
    assert not any(np.array_equal(e.ids, example.ids) for e in found.negative)


def test_evidence_that_is_not_in_the_release_makes_no_example(encoder, bank) -> None:
    assert asked(encoder, bank, COST | {"evidence": ["for $10 million"]}) is None


def test_a_near_miss_is_asked_of_its_own_release(encoder, bank) -> None:
    found = asked(encoder, bank, NEAR)
    assert found.positive == ()
    assert "the bridge of oakham" in words(encoder, found.negative[0].ids)


def test_a_swapped_particular_is_foreign_and_its_passage_the_one_that_answered(
    encoder, bank
) -> None:
    made = swapped(encoder, bank, [COST, ROOF], random.Random(0))
    asked_of = [words(encoder, a.negative[0].ids) for a in made]
    assert any("what will the bridge of elmwood cost?" in text for text in asked_of)
    assert all("$ 9 million" in t or "$ 40, 000" in t for t in asked_of)
    assert all(e.start == e.end == 0 for a in made for e in a.negative)


def test_an_epoch_has_a_positive_and_negatives_for_each_question(encoder, bank) -> None:
    found = [asked(encoder, bank, q) for q in (COST, ROOF, NEAR)]
    examples = sampled(found, random.Random(1))
    assert sum(e.start > 0 for e in examples) == 2
    assert sum(e.start == 0 for e in examples) >= 3


def test_questions_of_one_release_are_held_out_together() -> None:
    for number in range(40):
        of = {"id": "x", "release_id": f"train{number}"}
        near = {"id": "y", "release_id": None, "near_release": f"train{number}"}
        assert held_out(of) == held_out(near)
    assert held_out({"id": "far-1", "kind": "far", "release_id": None})
    assert on_pages({"id": "a-0001"}) and not on_pages({"id": "w1-0001"})

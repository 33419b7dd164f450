"""Training examples: where the answer stands, and passages that look alike but lack it."""

import random
from collections import Counter

import numpy as np
import pytest

from eval.reader_examples import (
    INVENTED,
    QUESTIONS,
    Asked,
    Bank,
    Encoder,
    Example,
    asked,
    held_out,
    of_agencies,
    quoted,
    records,
    sampled,
    swapped,
)

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
    "type": "how_much",
    "id": "q1",
    "question": "What will the bridge of Oakham cost?",
    "answerable": True,
    "release_id": "r1",
    "evidence": ["The bridge of Oakham will be rebuilt for $9 million"],
    "answer": "$9 million",
}
ROOF = {
    "type": "how_much",
    "id": "q2",
    "question": "What does the roof in Elmwood cost?",
    "answerable": True,
    "release_id": "r2",
    "evidence": ["a new roof for $40,000"],
    "answer": "$40,000",
}
NEAR = {
    "id": "q3",
    "type": "how_much",
    "question": "What did the Oakham ferry cost?",
    "answerable": False,
}
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


def test_an_epoch_has_half_as_many_near_misses_of_a_kind_as_answered_questions() -> None:
    def example(ids: int, start: int) -> Example:
        return Example(np.array([ids], dtype=np.int32), 0, 0, 1, start, start)

    answered = [Asked("who", (example(1, 5),), ()) for _ in range(6)]
    near = [Asked("who", (), (example(2, 0),)) for _ in range(9)]
    unasked = [Asked("why", (), (example(3, 0),)) for _ in range(4)]
    drawn = sampled([*answered, *near, *unasked], random.Random(1))
    assert Counter(int(e.ids[0]) for e in drawn) == {1: 6, 2: 3}


def test_a_question_on_a_page_that_is_not_there_makes_no_example(encoder, bank) -> None:
    gone = COST | {"release_id": "p999"}
    assert asked(encoder, bank, gone) is None
    assert quoted(encoder, bank, gone) is None


def test_questions_of_one_release_are_held_out_together() -> None:
    for number in range(40):
        of = {"id": "w1", "release_id": f"train{number}"}
        near = {"id": "w2", "release_id": None, "near_release": f"train{number}"}
        assert held_out(of) == held_out(near)
    assert held_out({"id": "far-1", "kind": "far", "release_id": None})
    assert of_agencies({"id": "a-0001"}) and of_agencies({"id": "x1-q0001"})
    assert not of_agencies({"id": "w1-0001"})


def test_quotes_alone_hold_the_answer_or_are_like_it_without(encoder) -> None:
    text = (
        "The bridge of Oakham will be rebuilt for $9 million, Senator Doe said in the town hall. "
        "Work on the bridge of Oakham begins in June 2005 and takes two years, weather permitting. "
        "Until then a ferry carries the people of Oakham over the river, free of any charge."
    )
    bank = Bank(encoder, [{**RELEASES[0], "text": text}, RELEASES[1]])
    found = quoted(encoder, bank, COST)
    (example,) = found.positive
    assert words(encoder, example.ids[example.start : example.end + 1]) == "9 million"
    assert "june 2005" not in words(encoder, example.ids)
    first, second, other = (words(encoder, e.ids) for e in found.negative)
    assert "june 2005" in first and first.count("9 million") == 1  # in the header
    assert "a ferry" in second and "elmwood" in other
    near = quoted(encoder, bank, NEAR)
    assert near.positive == ()
    assert "a ferry" in words(encoder, near.negative[0].ids)


def test_the_questions_on_invented_releases_have_their_evidence_in_them() -> None:
    texts = {r["id"]: " ".join(r["text"].split()) for r in records(INVENTED)}
    mine = [q for q in records(QUESTIONS) if (q["release_id"] or q.get("near_release")) in texts]
    assert len(mine) > 10 * len(texts)
    for q in mine:
        assert all(words in texts[q["release_id"]] for words in q["evidence"] or ())

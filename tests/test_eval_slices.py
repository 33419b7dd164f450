import pytest

from eval.collection import Collection, Source, Topic
from eval.slices import is_punctuated, is_sentence, issuer_words, names_date, slices

PROSE = "The town got a grant, he said. It will buy trucks."
BARE = "the town got a grant he said it will buy trucks"


def test_punctuated_or_not():
    assert is_punctuated(PROSE)
    assert not is_punctuated(BARE * 20 + " U.S. 3.5")


@pytest.mark.parametrize(
    "question",
    [
        "What did she say in May 2005?",
        "grants last month",
        "FY07 budget",
        "Since March, any news?",
        "statement of 8/27/19",
        "Who spoke on Sept. 26?",
    ],
)
def test_names_a_date(question):
    assert names_date(Topic("q", question))


@pytest.mark.parametrize("question", ["May he stay?", "Who may march?", "What is bill 1995A?"])
def test_names_no_date(question):
    assert not names_date(Topic("q", question))


def test_a_bound_beside_the_question_is_a_date():
    assert names_date(Topic("q", "who?", options=(("date_from", "2004"),)))


def test_sentence_or_terse():
    assert is_sentence("Who spoke?")
    assert not is_sentence("who spoke?")
    assert not is_sentence("Best tamale recipe")


def test_ways_to_name_an_issuer():
    words = issuer_words(["Sen. Collins", "U.S. Department of Homeland Security"])
    assert words["Sen. Collins"].search("What did susan collins say?")
    assert not words["Sen. Collins"].search("Collinsville?")
    dhs = words["U.S. Department of Homeland Security"]
    assert all(dhs.search(text) for text in ("who at DHS", "homeland security's award"))
    assert not dhs.search("the security of Honduras")


def test_slices_of_a_small_collection():
    releases = {
        "a": Source("a", "Sen. Bond", "2005-01-02", PROSE),
        "b": Source("b", "Sen. Dole", None, BARE),
    }
    topics = (
        Topic("q0", "What did Bond say?", "what", True, "a", "2005-01-02", answer="x"),
        Topic("q1", "grants 2006", "how_much", True, "b", None, answer="x"),
        Topic("q2", "What did Dole say?", "what", False, kind="near", split="gate"),
    )
    found = slices(Collection("c", topics, {}, releases))
    assert found == {
        "kind of question": {"how_much": [1], "what": [0, 2]},
        "unanswerable question": {"near": [2]},
        "gold release": {"punctuated": [0], "unpunctuated": [1]},
        "gold date": {"dated": [0], "undated": [1]},
        "question's date": {"names a date": [1], "names no date": [0, 2]},
        "question's issuer": {"issuer named": [0, 2], "issuer not named": [1]},
        "wording": {"a sentence": [0, 2], "terse": [1]},
        "split": {"gate": [2]},
    }

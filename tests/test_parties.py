"""Who acts for a party, and who only deals with it."""

import pytest

from rag import Archive
from rag.parties import acts_for, is_of_other_side, party_of


@pytest.mark.parametrize(
    ("question", "party"),
    [
        ("Who signed for Honduras on September 27, 2019?", "Honduras"),
        ("Who spoke on behalf of the Republic of Oakham?", "Republic of Oakham"),
        ("Who negotiated for the U.S. in May?", "U.S"),
        ("Who signed the accord representing Elmwood and Oakham?", "Elmwood and Oakham"),
        ("Who asked for more money?", None),
        ("Who signed the accord with Honduras?", None),
    ],
)
def test_the_party_of_a_question(question: str, party: str | None) -> None:
    assert party_of(question) == party


@pytest.mark.parametrize(
    ("quote", "other_side", "acts"),
    [
        ("Ms. Roe signed a pact with the Government of Oakham.", True, False),
        ("Ms. Roe met with her counterparts from Oakham.", True, False),
        ("Ms. Roe argued against Oakham.", True, False),
        ("Ms. Roe signed a pact with Oakham, and Mr. Doe signed for Oakham.", False, True),
        ("Mr. Doe signed on behalf of the Government of Oakham.", False, True),
        ("Oakham’s Mr. Doe signed.", False, True),
        ("Mr. Doe of Oakham signed the pact with Elmwood.", False, True),
        ("A pact between Elmwood and Oakham was signed.", True, False),
        ("A pact between the Government of Oakham and Elmwood was signed.", True, False),
        ("Conditions in Oakham are better.", False, False),
        ("Mr. Doe signed the pact.", False, False),
    ],
)
def test_sides(quote: str, other_side: bool, acts: bool) -> None:
    assert is_of_other_side("Oakham", quote) is other_side
    assert acts_for("Oakham", quote) is acts


@pytest.mark.parametrize("party", ["Valdorian", "Valdoria"])
def test_a_people_is_the_party_of_its_country(party: str) -> None:
    assert party_of(f"Who signed for the {party} side?") == party
    assert is_of_other_side(party, "Ms. Roe signed a pact with Valdoria.")
    assert not is_of_other_side(party, "Ms. Roe and the Valdorian minister signed a pact.")
    assert acts_for(party, "Mr. Doe signed for Valdoria.")


def test_who_signed_with_a_party_did_not_sign_for_it(corpus_archive) -> None:
    archive = Archive.open(corpus_archive)
    answer = archive.ask("Who signed for Honduras on September 27, 2019?")
    assert (answer.answered, answer.reason) == (False, "not_stated")
    other = archive.ask("Who signed two arrangements with Honduras in September 2019?")
    assert other.answered and "McAleenan" in other.citations[0].quote

"""Lists under a heading, and questions that ask for them."""

from hypothesis import given
from hypothesis import strategies as st

from rag import Archive
from rag.listed import blocks

TEXT = """The ministers met in Oakham on Monday.

Commitments:

  • Open the bridge to trains.
  • Share what is known of floods.

They will meet again. The cities are

1. Elmwood
2. Ashby

- alone under a sentence that ends.
"""


def test_a_list_is_a_heading_with_two_items_or_more() -> None:
    found = [(b.heading.of(TEXT), [item.of(TEXT) for item in b.items]) for b in blocks(TEXT)]
    assert found == [
        ("Commitments:", ["• Open the bridge to trains.", "• Share what is known of floods."]),
        (
            "They will meet again. The cities are",
            ["1. Elmwood", "2. Ashby", "- alone under a sentence that ends."],
        ),
    ]


@given(st.lists(st.sampled_from(["Heading:", "• one", "2. two", "A sentence.", "", "  "])))
def test_items_follow_their_heading_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    for block in blocks(text):
        places = [block.heading, *block.items]
        assert all(a.end < b.start for a, b in zip(places, places[1:], strict=False))
        assert len(block.items) >= 2


def test_a_question_for_a_list_gets_its_heading_and_items(corpus_archive) -> None:
    archive = Archive.open(corpus_archive)
    answer = archive.ask("List the commitments made in Guatemala City")
    assert answer.answered, answer.text
    quote = answer.citations[0].quote
    assert quote.startswith("Commitments:") and quote.count("•") >= 2
    assert len(quote) <= 400
    assert not archive.ask("List the commitments made in Mexico City").answered

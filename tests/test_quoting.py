"""Quotes: whole sentences, short, verbatim, also in texts that lost their punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Span
from rag.quoting import GOOD_QUOTE, MAX_QUOTE, boundaries, punctuated, quote_span


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def quoted(text: str, words: str) -> str:
    return quote_span(text, span_of(text, words)).of(text)


def test_a_sentence_is_quoted_whole() -> None:
    text = (
        "The mayor opened the new harbor on Monday morning before a large crowd. The harbor cost "
        "$4.2 million and was paid for by the port's own revenue. Ships will use it from May."
    )
    assert quoted(text, "$4.2 million") == (
        "The harbor cost $4.2 million and was paid for by the port's own revenue."
    )


def test_abbreviations_and_initials_end_no_sentence() -> None:
    text = (
        "It rained. On Friday Sen. John Q. Doe of the U.S. Senate met Gen. Roe in St. Paul to speak "
        "of the levee. Then it cleared up."
    )
    assert quoted(text, "Gen. Roe").startswith("On Friday Sen. John Q. Doe")
    assert quoted(text, "Gen. Roe").endswith("of the levee.")


def test_a_short_sentence_takes_its_neighbour_in() -> None:
    text = "Yes. We will rebuild the school before the next winter comes, and we will do it well."
    assert quoted(text, "Yes").startswith("Yes. We will rebuild the school")


def test_a_long_sentence_is_cut_at_a_clause_round_the_answer() -> None:
    text = (
        "The committee, which met on Tuesday, heard from farmers, who spoke of drought, from bankers, "
        "who spoke of credit, from teachers, who spoke of class sizes, and from nurses, who asked for "
        "$31,000 a year to keep the clinic in Elmwood open, a sum that the county had refused, as it "
        "had refused the library, the fire house, the two parks, and the bridge over the creek, until "
        "the money ran out and the commissioners, tired of the quarrel, went home for the winter"
    )
    quote = quoted(text, "$31,000")
    assert "who asked for $31,000 a year to keep the clinic in Elmwood open" in quote
    assert len(quote) <= GOOD_QUOTE
    assert quote[-1] not in ",;"


def test_a_lost_full_stop_shows_as_a_gap() -> None:
    text = (
        "Doe said today  The town of Elmwood will receive 42 370 for hoses and ladders from the state "
        "program  The money will be paid in May  Residents asked for it since the flood  " * 3
    )
    assert not punctuated(text)
    quote = quoted(text, "42 370")
    assert quote.startswith("The town of Elmwood will receive 42 370")
    assert quote.endswith("program")


def test_lost_marks_of_initials_and_parties_are_no_full_stops() -> None:
    text = (
        "Smith  D Mich  said today that the U S  Department of Parks gave 525 000 to Elmwood for its "
        "clinic  The clinic opens in May and will be open on all days of the week  " * 3
    )
    quote = quoted(text, "525 000")
    assert quote.startswith(("Smith  D Mich  said", "said today that the U S  Dep"))
    assert quote.endswith("clinic")


def test_text_without_any_boundary_is_cut_between_words() -> None:
    text = " ".join(f"word{n}" for n in range(200))
    quote = quoted(text, "word100 ")
    assert "word100" in quote.split()
    assert all(word in text.split() for word in quote.split())
    assert len(quote) <= MAX_QUOTE


def test_an_answer_longer_than_a_quote_is_cut_after_a_word() -> None:
    text = " ".join(f"word{n}" for n in range(200))
    quote = quote_span(text, Span(0, len(text))).of(text)
    assert len(quote) <= MAX_QUOTE
    assert quote.split()[-1] in text.split()


@pytest.mark.parametrize("text", ["", " ", "a", "...", "\n\n\n"])
def test_texts_of_next_to_nothing(text: str) -> None:
    span = quote_span(text, Span(0, len(text)))
    assert 0 <= span.start <= span.end <= len(text)


words = st.lists(
    st.sampled_from(
        [
            "the",
            "Senator",
            "said",
            "$4.2",
            "million.",
            "42 370",
            "  ",
            "\n\n",
            "—",
            "U.S.",
            "“We",
            "it.”",
        ]
        + ["Sen.", "and,", "who", ";", "X" * 90]
    ),
    max_size=250,
).map(" ".join)


@given(words, st.data())
def test_any_quote_is_short_trimmed_and_holds_its_answer(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = quote_span(text, Span(start, end))
    quote = span.of(text)
    assert 0 <= span.start <= span.end <= len(text)
    assert len(quote) <= MAX_QUOTE
    assert quote == quote.strip()
    answer = text[start:end].strip()
    if len(answer) < MAX_QUOTE:
        assert answer in quote


@given(words)
def test_boundaries_ascend_from_the_start_to_the_end(text: str) -> None:
    cuts = boundaries(text)
    assert cuts == sorted(set(cuts))
    assert cuts[0] == 0 and cuts[-1] == len(text)

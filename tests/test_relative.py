"""Relative words of a quote against its release date. 2019-09-27 was a Friday."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Span
from rag.relative import has_been, meanings, resolved


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("signed today in Washington", (("today", "2019-09-27"),)),
        ("Yesterday it rained; tomorrow it will not", (("Yesterday", "2019-09-26"), ("tomorrow", "2019-09-28"))),
        ("an agreement signed on Wednesday", (("Wednesday", "2019-09-25"),)),
        ("they met on Friday", (("Friday", "2019-09-27"),)),
        ("the hearing will be held on Monday", (("Monday", "2019-09-30"),)),
        ("last Friday the talks ended", (("last Friday", "2019-09-20"),)),
        ("on Tuesday, May 4, the board met", ()),
        ("next Monday is too vague to say", ()),
        ("todays and Mondayish are no such words", ()),
    ],
)  # fmt: skip
def test_words_and_the_days_that_they_mean(
    quote: str, expected: tuple[tuple[str, str], ...]
) -> None:
    assert resolved(quote, "2019-09-27") == expected


@pytest.mark.parametrize("date", [None, "2019", "2019-09"])
def test_nothing_is_resolved_without_a_day(date: str | None) -> None:
    assert resolved("today and on Wednesday", date) == ()


@given(st.text())
def test_every_resolved_word_stands_in_the_quote(quote: str) -> None:
    assert all(words in quote for words, _ in resolved(quote, "2004-02-29"))


def test_each_place_of_a_relative_word_is_found_with_its_day() -> None:
    text = "Today it opened. On Wednesday, and today again, it rained."
    found = [(words.of(text), day) for words, day in meanings(text, "2019-09-27")]
    assert found == [
        ("Today", "2019-09-27"),
        ("Wednesday", "2019-09-25"),
        ("today", "2019-09-27"),
    ]
    assert meanings(text, "2019-09") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Senate passed it today", True),
        ("It should have passed. They met today", True),
        ("We should pass this legislation today", False),
        ("The House will vote on it tomorrow", False),
    ],
)
def test_what_may_be_has_not_been(text: str, expected: bool) -> None:
    ((words, _),) = meanings(text, "2019-09-27")
    assert words == Span(text.rindex(" ") + 1, len(text))
    assert has_been(text, words) is expected

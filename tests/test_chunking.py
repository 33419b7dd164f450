"""Chunks: exact spans, cut where the text pauses, never more than the encoder takes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chunking import USUAL, Chunking, chunk_spans, token_count
from index.embedding import default_folder
from index.wordpieces import plain_tokenizer

TOKENIZER = plain_tokenizer(default_folder())


def pieces(text: str) -> list[tuple[int, int]]:
    return TOKENIZER.encode(
        text.encode("utf-8", "replace").decode(), add_special_tokens=False
    ).offsets


def chunks(text: str, tokens: int = 12) -> list[str]:
    return [span.of(text) for span in chunk_spans(text, pieces, Chunking(tokens=tokens))]


WORDS = st.sampled_from(
    [
        "the",
        "Senator",
        "$1,000",
        "antidisestablishmentarianism",
        "U.S.",
        "é",
        "签署",
        "😀",
        "x" * 150,
    ]
)
BREAKS = st.sampled_from([" ", "  ", ". ", "\n", "\n\n", "      ", "! ", "\u00a0", "\t", ""])
TEXTS = st.one_of(
    st.lists(st.tuples(WORDS, BREAKS), max_size=120).map(
        lambda pairs: "".join(word + pause for word, pause in pairs)
    ),
    st.text(max_size=400),
)


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.integers(3, 60), st.integers(8, 64))
def test_spans_cover_every_word_in_order_and_stay_within_the_limits(
    text: str, tokens: int, most: int
) -> None:
    spans = chunk_spans(text, pieces, Chunking(tokens=tokens, pieces=most))
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert not text[end : span.start].strip()
        words = span.of(text)
        assert words == words.strip()
        assert len(pieces(words)) <= most
        end = span.end
    assert not text[end:].strip()


def test_a_short_text_is_one_chunk() -> None:
    assert chunks("  A dam was opened. ") == ["A dam was opened."]
    assert chunks(" \n ") == []


def test_a_paragraph_break_is_preferred_to_a_sentence_end() -> None:
    text = (
        "One two three four five six seven.\n\nEight nine. Ten eleven twelve thirteen fourteen. "
        * 2
    )
    assert chunks(text)[0] == "One two three four five six seven."


def test_a_sentence_end_is_preferred_to_a_space() -> None:
    text = "One two three four five six. Seven eight nine ten eleven twelve thirteen fourteen."
    assert chunks(text)[0] == "One two three four five six."


def test_a_wide_gap_serves_where_punctuation_is_lost() -> None:
    text = "awarded  42 370 in grants    The senator said that it would help the many farmers there"
    assert chunks(text)[0] == "awarded  42 370 in grants"


def test_no_short_tail_is_left() -> None:
    text = "word " * 250
    sizes = [token_count(chunk) for chunk in chunks(text, tokens=200)]
    assert len(sizes) == 2
    assert min(sizes) > 80


@pytest.mark.parametrize("text", ["x" * 5000, "签署协议" * 400, "a1-" * 1500, "\U0001f600" * 700])
def test_a_text_without_spaces_is_cut_to_what_the_encoder_takes(text: str) -> None:
    found = chunks(text, tokens=200)
    assert "".join(found) == text
    assert max(len(pieces(chunk)) for chunk in found) <= USUAL.pieces


def test_usual_chunks_have_about_two_hundred_tokens() -> None:
    text = re.sub(
        r"\s+", " ", "The senator met the farmers of the valley and spoke of rain. " * 200
    )
    sizes = [token_count(chunk) for chunk in chunks(text, tokens=USUAL.tokens)]
    assert max(sizes) <= 200
    assert sum(sizes) / len(sizes) > 150

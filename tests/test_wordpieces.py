"""Word pieces found a word at a time are those of the whole text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers

from index import wordpieces
from index.embedding import default_folder
from index.wordpieces import WordPieces, plain_tokenizer

TOKENIZER = plain_tokenizer(default_folder())
PIECES = WordPieces(TOKENIZER)

LETTERS = st.sampled_from("aZz9é́Ⱥß中’“—≮\u00a0\u2028\x01\x0b\x7f-<[]'.,$ \t\n\r\u00ad\u0130\ufb01")
WORDS = st.sampled_from(["[SEP]", "[UNK]x", "senate", "unbelievability", "x" * 120, " ", "\n\n"])


@given(st.lists(st.one_of(WORDS, LETTERS, st.characters(exclude_categories=["Cs"]))).map("".join))
@example("")
@example("  Señor Ash's  42 370 \u201cgrants\u201d\r\n")
@example("<\u0338 a[SEP]b [CLS][")
def test_they_are_those_of_the_whole_text(text: str) -> None:
    assert PIECES(text) == TOKENIZER.encode(text, add_special_tokens=False).offsets


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordpieces, "MOST", 3)
    pieces = WordPieces(TOKENIZER)
    text = "one two three four five one two"
    assert pieces(text) == TOKENIZER.encode(text, add_special_tokens=False).offsets
    assert len(pieces._known) <= 3


def test_a_tokenizer_of_another_kind_gets_the_whole_text() -> None:
    tokenizer = Tokenizer(models.WordLevel({"a": 0, "?": 1}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    assert WordPieces(tokenizer)("a b-a a") == [(0, 1), (2, 5), (6, 7)]

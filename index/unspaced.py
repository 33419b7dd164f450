"""The size of texts, also of those in scripts that part no words: Chinese, Japanese, Thai."""

import re

_LETTER = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
# So many letters of these scripts say as much as a word, and one as much as so many of another.
_OF_WORD, _AS_MANY = 3, 2


def words_in(text: str) -> int:
    """About how many words a text has: words_in("the new bridge") == words_in("橋の開通のお知らせ") == 3."""
    letters = 0 if text.isascii() else len(_LETTER.findall(text))
    return len(text.split()) - bool(letters) + letters // _OF_WORD if letters else len(text.split())


def length_of(text: str) -> int:
    """About how many letters a text would have in a script that spells its words out."""
    letters = 0 if text.isascii() else len(_LETTER.findall(text))
    return len(text) + (_AS_MANY - 1) * letters

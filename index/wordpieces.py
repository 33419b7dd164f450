"""The word pieces of a text, a word at a time: most words were seen before.

A BERT tokenizer cuts a text at spaces and at punctuation before it looks for pieces, so the pieces
of a word do not depend on its neighbours. Tokenizing each different word once is 3 to 4 times
faster than the whole text, whose offsets are carried through every step of normalizing.
"""

import json
import re
from itertools import accumulate
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

Ranges = tuple[tuple[int, int], ...]

MOST = 400_000  # words that are remembered, about 100 MB; then it starts again
LONGEST = 40  # characters of a word that is remembered

_SPACE = r"\t\n\r "
_MARK = r"!-/:-@\[-`{-~"


def plain_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a model's folder, without padding or truncation."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class WordPieces:
    """Character ranges of the word pieces of texts; any number of threads may share it."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, Ranges] = {}
        self._parts = _parts(tokenizer)

    def __call__(self, text: str) -> list[tuple[int, int]]:
        """The ranges, without special tokens, as the tokenizer gives them for the whole text."""
        if self._parts is None:
            return list(self._ranges(text))
        parts = self._parts.findall(text)
        known = self._known
        return [
            (at + start, at + end)
            for at, part in zip(accumulate(map(len, parts), initial=0), parts, strict=False)
            for start, end in known.get(part) or self._learnt(part)
        ]

    def _learnt(self, part: str) -> Ranges:
        ranges = self._ranges(part)
        if len(part) <= LONGEST:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[part] = ranges
        return ranges

    def _ranges(self, text: str) -> Ranges:
        whole = text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates as "?"
        return tuple(self._tokenizer.encode(whole, add_special_tokens=False).offsets)


def _parts(tokenizer: Tokenizer) -> re.Pattern[str] | None:
    """Matches the parts that a text may be cut into, each with the space after it.

    A part is a special token, a mark of ASCII punctuation, or a run of anything else up to one of
    those or to a space: what else there is to part inside, the tokenizer parts. None when the
    tokenizer is not of BERT's kind, or has special tokens that do not begin with such a mark or
    that look at their surroundings.
    """
    settings = json.loads(tokenizer.to_str())
    kinds = [(settings[key] or {}).get("type") for key in ("normalizer", "pre_tokenizer")]
    if kinds != ["BertNormalizer", "BertPreTokenizer"]:
        return None
    added = settings["added_tokens"]
    if not all(token["content"].startswith("[") and _is_plain(token) for token in added):
        return None
    special = "".join(re.escape(token["content"]) + "|" for token in added)
    run = f"[^{_SPACE}{_MARK}]+"
    return re.compile(f"(?:{special}[{_MARK}]|{run}|(?=[{_SPACE}]))[{_SPACE}]*")


def _is_plain(token: dict[str, Any]) -> bool:
    return not any(token[key] for key in ("lstrip", "rstrip", "single_word", "normalized"))

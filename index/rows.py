"""Titles as the rows of lists give them, without their labels and numbers and the file that is offered."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.entries import Item

_LABEL = re.compile(
    r"(?:title|headline|subject|titel|titre|título|titulo|titolo|betreff|asunto|oggetto|onderwerp)\s*:\s*",
    re.I,
)
# The number of a release before its title.
_NUMBERED = re.compile(
    r"(?i:(?:press|news|media) release\s*)?(?i:(?:no|nr|núm|num)\b[.:]?\s*)?#?(?P<a>\d{1,4})[-/](?P<b>\d{2,5})[a-z]?"
    r"\s*(?:[-–—:|]\s*|\s)(?=[A-ZÀ-Þ])"
)
_FILE = re.compile(
    r"\s*[\[(|]?\s*\b(?:pdf|docx?|download)\b(?:[,;:\s(]*[\d.,]+\s*[kmg]i?b\b)?[\s\])]*$", re.I
)
_ORDINAL = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
# What parts a title from what stood beside it.
_EDGES = " \t,;|–—-(["


def bare_title(title: str) -> str:
    """Example: bare_title("Title: 20-11 Bridge opens (PDF, 2 MB)") == "Bridge opens"."""
    text = _LABEL.sub("", title, count=1) if _LABEL.match(title) else title
    number = _NUMBERED.match(text)
    if number and len(number["a"]) == 4 and int(number["b"]) == int(number["a"][2:]) + 1:
        number = None  # "2019-20 Budget" is of a year
    text = _FILE.sub("", text[number.end() :] if number else text)
    return text.rstrip(_EDGES) if text.strip() else title


def with_bare_titles(items: Sequence[Item]) -> tuple[Item, ...]:
    """Items under their titles alone, also without the numbers that count them."""
    counted = [_ORDINAL.match(item.title) for item in items]
    numbers = [int(match[1]) for match in counted if match]
    up_or_down = {b - a for a, b in zip(numbers, numbers[1:], strict=False)}
    whole = len(numbers) == len(items) > 1 and up_or_down in ({1}, {-1})
    return tuple(
        replace(
            item, title=bare_title(item.title[match.end() :] if whole and match else item.title)
        )
        for item, match in zip(items, counted, strict=True)
    )

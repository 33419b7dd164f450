"""A release's text as the passages that the reader reads, and the words it is told about them.

The reader sees `[CLS] question [SEP] header | passage [SEP]`. A passage is a window of at most
WINDOW word pieces, each window starting STRIDE pieces after the last one, so that words cut by one
window's end stand whole in the next. The header says who put the release out, when, and how it
begins: questions name these more often than the passage that answers them does.
"""

from collections.abc import Sequence
from typing import Protocol

from index.records import Span

WINDOW = 160
STRIDE = 110
HEADER_WORDS = 14
MAX_TITLE_CHARS = 110
MONTHS = (
    "January February March April May June July August September October November December".split()
)


class Encoding(Protocol):
    """What is used of a text's word pieces: their character ranges, in order."""

    @property
    def offsets(self) -> Sequence[tuple[int, int]]:
        """(start, end) in characters of each word piece."""
        ...


def date_words(date: str | None) -> str:
    """An ISO date in words at its own precision: "2019-09-26" -> "September 26, 2019"."""
    if not date:
        return ""
    parts = date.split("-")
    if len(parts) == 1:
        return parts[0]
    month = MONTHS[int(parts[1]) - 1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{month} {int(parts[2])}, {parts[0]}"


def header(title: str | None, issuer: str | None, date: str | None, text: str) -> str:
    """What the reader is told of a release: "Sen. Reed, May 4, 2006: REED ANNOUNCES …".

    Without a title the release's first words stand for it; None for issuer or date leaves them out.
    """
    begin = (title or " ".join(text[:400].split()[:HEADER_WORDS]))[:MAX_TITLE_CHARS]
    who = ", ".join(filter(None, (issuer, date_words(date))))
    return f"{who}: {begin} |" if who else f"{begin} |"


def windows(encoding: Encoding) -> list[Span]:
    """Character spans of the windows of a text, given its encoding without special tokens.

    Windows are at most WINDOW pieces, start STRIDE pieces apart at the start of a piece, and cover
    every piece; an empty text has none.
    """
    offsets = encoding.offsets
    spans = []
    first = 0
    while first < len(offsets):
        last = min(first + WINDOW, len(offsets))
        spans.append(Span(offsets[first][0], offsets[last - 1][1]))
        if last == len(offsets):
            break
        first += STRIDE
    return spans

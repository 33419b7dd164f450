"""What a search is asked and what it finds, shared by vector and lexical search."""

from calendar import monthrange
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a hit must satisfy; empty lets everything through.

    start, end: inclusive ISO days. A release passes when its whole stated date (a day, a month or
    a year) lies inside; one without a date never passes a bound. issuers: any of these, exactly.
    """

    start: str | None = None
    end: str | None = None
    issuers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.start or self.end or self.issuers)

    def days(self) -> tuple[int, int] | None:
        """The bounds as yyyymmdd numbers, open ones as 0 and 99999999; None when both are open."""
        if not (self.start or self.end):
            return None
        first = day_range(self.start)[0] if self.start else 0
        return first, day_range(self.end)[1] if self.end else NO_LATER


@dataclass(frozen=True, slots=True)
class Found:
    """Chunk rows and their scores, best first; equally long."""

    rows: Rows
    scores: Scores

    def __len__(self) -> int:
        """How many were found."""
        return len(self.rows)


NO_LATER = 99_999_999
EVERYTHING = Filter()


def day_range(date: str) -> tuple[int, int]:
    """First and last day of an ISO date, as yyyymmdd numbers.

    `day_range("2019-09") == (20190901, 20190930)`.
    """
    numbers = [int(part) for part in date.split("-")]
    if len(numbers) == 3:
        day = numbers[0] * 10_000 + numbers[1] * 100 + numbers[2]
        return day, day
    year, month = numbers[0], numbers[1] if len(numbers) == 2 else None
    if month is None:
        return year * 10_000 + 101, year * 10_000 + 1231
    first = year * 10_000 + month * 100
    return first + 1, first + monthrange(year, month)[1]


def top(scores: Scores, tiebreak: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """Indices of the k highest scores, best first; equal scores by ascending tiebreak."""
    kept = np.arange(len(scores))
    if len(scores) > 4 * k > 0:
        threshold = np.partition(scores, len(scores) - k)[len(scores) - k]
        kept = np.flatnonzero(scores >= threshold)
    order = np.lexsort((tiebreak[kept], -scores[kept]))
    return kept[order[:k]]

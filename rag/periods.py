"""A date expression before its year is known, and the days that it means once it is."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rag.days import Days, day_of, half, month_part, months_from, quarter, season_part, unit_around

Grain = Literal[
    "day", "week", "month", "season", "quarter", "half", "part", "year", "fiscal", "congress",
    "decade", "range", "relative",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """A date expression, [start, end) in its text, before its year is known.

    year: None when none is stated. number: of the month, season (its first month), quarter or
    half. part: 1 to 3 for early, mid, late; 0 for the whole. fiscal: a quarter of a fiscal year.
    days: what it means where that needs no year ("last month"), else None.
    """

    start: int
    end: int
    grain: Grain
    year: int | None = None
    number: int = 0
    day: int = 0
    part: int = 0
    fiscal: bool = False
    days: Days | None = None


def period(moment: Moment, year: int) -> Days | None:
    """First and last day of a moment in a year, or None when there is no such day."""
    if moment.days is not None:
        return moment.days
    number = moment.number
    match moment.grain:
        case "day":
            day = day_of(year, number, moment.day)
            return (day, day) if day else None
        case "month":
            return month_part(year, number, moment.part)
        case "season":
            return season_part(year, number, moment.part)
        case "quarter":
            return quarter(year, number, fiscal=moment.fiscal)
        case "half":
            return half(year, number, fiscal=moment.fiscal)
        case "fiscal":
            return months_from(year - 1, 10, 12)
        case "part":
            return months_from(year, 4 * moment.part - 3, 4)
        case _:
            return unit_around(date(year, 1, 1), "year")

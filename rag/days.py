"""Calendar arithmetic on whole days: months, thirds, quarters, weeks, steps back from a day.

Every function gives first and last day, both inclusive, or None where there is no such day.
"""

from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]

DAYS_OF_WEEK = "monday tuesday wednesday thursday friday saturday sunday".split()


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None when the calendar has none: day_of(2005, 2, 30) is None."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def months_from(year: int, month: int, count: int) -> Days:
    """`count` whole months from the given one: months_from(2005, 12, 3) ends on 2006-02-28.

    A month above 12 counts on into the next year.
    """
    first_index = year * 12 + month - 1
    last_index = first_index + count - 1
    last_year, last_month = last_index // 12, last_index % 12 + 1
    end = date(last_year, last_month, monthrange(last_year, last_month)[1])
    return date(first_index // 12, first_index % 12 + 1, 1), end


def month_part(year: int, month: int, part: int) -> Days:
    """A month (part 0), or its days 1 to 10, 11 to 20, 21 to the end (parts 1 to 3)."""
    first, last = months_from(year, month, 1)
    if not part:
        return first, last
    return first.replace(day=10 * part - 9), last if part == 3 else first.replace(day=10 * part)


def season_part(year: int, month: int, part: int) -> Days:
    """Three months from the given one (part 0), or the first, second or third of them."""
    return months_from(year, month + part - 1, 1) if part else months_from(year, month, 3)


def quarter(year: int, number: int, *, fiscal: bool = False) -> Days:
    """A quarter of a year, or of a federal fiscal year, which begins in October before it."""
    return (
        months_from(year - 1, 3 * number + 7, 3) if fiscal else months_from(year, 3 * number - 2, 3)
    )


def half(year: int, number: int, *, fiscal: bool = False) -> Days:
    """A half of a year, or of a federal fiscal year."""
    return (
        months_from(year - 1, 6 * number + 4, 6) if fiscal else months_from(year, 6 * number - 5, 6)
    )


def week_from(first: date) -> Days:
    """Seven days from a day on."""
    return first, first + timedelta(days=6)


def week_of(day: date) -> Days:
    """Monday to Sunday around a day."""
    return week_from(day - timedelta(days=day.weekday()))


def moved(day: date, unit: str, step: int) -> date:
    """The day `step` units on (or back): moved(date(2008, 3, 31), "month", -1) is 2008-02-29."""
    days = {"day": 1, "week": 7}.get(unit)
    if days:
        return day + timedelta(days=days * step)
    index = day.year * 12 + day.month - 1 + step * {"month": 1, "quarter": 3}.get(unit, 12)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def unit_around(day: date, unit: str) -> Days:
    """The whole day, week, month, quarter or year that a day lies in."""
    match unit:
        case "day":
            return day, day
        case "week":
            return week_of(day)
        case "month":
            return months_from(day.year, day.month, 1)
        case "quarter":
            return quarter(day.year, (day.month - 1) // 3 + 1)
        case _:
            return date(day.year, 1, 1), date(day.year, 12, 31)

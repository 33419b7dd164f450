"""Days of lists that their own line leaves open: the year stands above them, in a line of its own or
in the heading of the page; the order of day and month is that in which the list is in order."""

import datetime
import re

from index import labels
from index.dates import ORDERS, Mention, Order, find_dates, find_partial, stamp_date
from index.layout import is_furniture
from index.sheet import Sheet

# What a page is called that lists the releases of a week or a month.
_PERIODICAL = re.compile(
    r"\b(?:releases|week|month|archives?|headlines|statements|bulletins|advisories|announcements)\b",
    re.I,
)
# How far a day may be from the one that begins a week, in days.
_WEEK = 7
# A date in figures, and how many of them have an order.
_FIGURES = re.compile(r"(?<![\d./-])\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d\d)(?![\d./-])")
_LEAST_DAYS = 3
# The days of a list read in the wrong order are so many times as far apart as in the right one.
_APART = 3
_DOTTED = re.compile(r"(?P<d>\d\d)\.(?P<m>\d\d)\.(?=\s)")
_YEAR_LINE = re.compile(r"(?P<year>(?:19|20)\d\d)\s*:?")
# A heading of a list with its year: "Press Releases 2020", "2020 News".
_LIST_OF_YEAR = re.compile(
    r"(?=.*\b(?:(?:press|news|media)?\s?releases|statements|archives?|bulletins|advisories|announcements|news"
    r"|speeches|\w*mitteilungen|\w*meldungen|reden|comunicados|noticias|notícias|communiqués|actualités|comunicati"
    r"|notizie|persberichten|nieuws|nyheter|pressmeddelanden)\b)"
    r"(?:[^\W\d_]+[\s:,–-]+){0,5}(?P<year>(?:19|20)\d\d)(?:[\s:,–-]+[^\W\d_]+){0,5}",
    re.I,
)


def opening_day(sheet: Sheet, index: int) -> list[Mention]:
    """The day without a year that opens a line, "December 19" or "19.12.", with that of a line above."""
    text = sheet.lines[index].text[:20]
    dotted = _DOTTED.match(text)
    if dotted:
        value = f"--{dotted['m']}-{dotted['d']}"
        return with_year(sheet, index, Mention(0, dotted.end(), value))
    partial = next(find_partial(text), None)
    return with_year(sheet, index, partial) if partial and not partial.start else []


def of_the_year(sheet: Sheet, index: int) -> list[Mention]:
    """A line that is a day without a year, "December 19", below a line that gives that."""
    text = sheet.lines[index].text
    partial = next(find_partial(text), None)
    if partial is None or labels.residue(text[: partial.start] + " " + text[partial.end :]):
        return []
    return with_year(sheet, index, partial)


def with_year(sheet: Sheet, index: int, partial: Mention) -> list[Mention]:
    """A day without a year with that of the line above that is a year, or a month of a year: of
    "2018", or "December 2018"; or with that of a heading of the page that names a day near it: of
    "Releases for the week of April 24, 2016"."""
    for above in range(index - 1, max(-1, index - 400), -1):
        year = _year_of(sheet.lines[above].text)
        month = None if year else _month_line(sheet.lines[above].text)
        if year or month:
            value = f"{year or str(month)[:4]}{partial.value[1:]}"
            fits = month is None or value.startswith(month)
            return (
                [Mention(partial.start, partial.end, value)] if fits and stamp_date(value) else []
            )
    return _of_the_week(sheet, partial)


def _year_of(text: str) -> str | None:
    """The year that a line is, or that is named in the heading of a list."""
    if len(text) > 80 or not re.search(r"(?:19|20)\d\d", text):
        return None
    match = _YEAR_LINE.fullmatch(text) or _LIST_OF_YEAR.fullmatch(text.strip(":"))
    return match["year"] if match else None


def _of_the_week(sheet: Sheet, partial: Mention) -> list[Mention]:
    """A day without a year with the year of the page's title, when that names its month, or a day
    of its week."""
    text = next((line.text for line in sheet.lines if not is_furniture(line)), "")
    dates = find_dates(text) if len(text) <= 120 and _PERIODICAL.search(text) else []
    if len(dates) != 1:
        return []
    named = dates[0].value
    for year in (int(named[:4]), int(named[:4]) + 1):
        value = f"{year}{partial.value[1:]}"
        near = _is_in_week(named, value) if dates[0].full else value.startswith(named)
        if stamp_date(value) and near:
            return [Mention(partial.start, partial.end, value)]
    return []


def _is_in_week(first: str, day: str) -> bool:
    days = [datetime.date.fromisoformat(value) for value in (day, first) if stamp_date(value)]
    return len(days) == 2 and 0 <= (days[0] - days[1]).days <= _WEEK


def _month_line(text: str) -> str | None:
    """The month that a line is, "2018-12" for "December 2018"."""
    dates = find_dates(text) if len(text) <= 20 else []
    whole = len(dates) == 1 and not labels.residue(text[: dates[0].start] + text[dates[0].end :])
    return dates[0].value if whole and len(dates[0].value) == 7 else None


def order_of_list(text: str) -> Order | None:
    """The order of day and month in which the dates of a list, later ones first or last, follow each
    other; of two such orders the one that has them closer together; None when neither is.

    Example: order_of_list("01/06/2020, 02/05/2020, 01/04/2020") == "dmy".
    """
    found = [match[0] for match in _FIGURES.finditer(text)]
    if len(found) < _LEAST_DAYS or len(set(found)) < _LEAST_DAYS:
        return None
    spans = {order: span for order in ORDERS if (span := _span(found, order)) is not None}
    if len(spans) == 1:
        return next(iter(spans))
    day, month = spans.get("dmy", 0), spans.get("mdy", 0)
    if not spans or max(day, month) < _APART * min(day, month):
        return None
    return "dmy" if day < month else "mdy"


def _span(dates: list[str], order: Order) -> int | None:
    """How many days dates in figures are apart when they are in order; else None."""
    read = [find_dates(date, order) for date in dates]
    days = [datetime.date.fromisoformat(one[0].value) for one in read if one and one[0].full]
    if len(days) < len(dates) or days != sorted(days) and days != sorted(days, reverse=True):
        return None
    return abs((days[-1] - days[0]).days)

"""Phrasings of dates with the days they mean, for eval/date_questions.py: nothing of the parser.

WHEN are adverbials of a period ("in early 2006"), ON_DAY of a day ("on May 3, 2006"), WHICH are
adjectives ("the May 2006 release"). Each makes its words from a release's date, the as-of date and
a random generator. rag/moments.py says which conventions both follow.
"""

import random
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "January February March April May June July August September October November December"
).split()
SHORT = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()
SEASONS = {3: "spring", 6: "summer", 9: "fall", 12: "winter"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Date words with the bounds they mean; kind: "when" (an adverbial) or "which" (an adjective)."""

    words: str
    start: date | None
    end: date | None


# --- the days that words mean ------------------------------------------------------------------


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _whole_months(year: int, month: int, count: int) -> tuple[date, date]:
    first = date(year, month, 1)
    last = first
    for _ in range(count - 1):
        last = (last + timedelta(days=31)).replace(day=1)
    return first, _end_of_month(last)


def _third_of_year(day: date) -> tuple[int, date, date]:
    third = (day.month - 1) // 4
    return third, *_whole_months(day.year, 4 * third + 1, 4)


def _third_of_month(day: date) -> tuple[int, date, date]:
    third = min((day.day - 1) // 10, 2)
    first = day.replace(day=10 * third + 1)
    return third, first, _end_of_month(day) if third == 2 else day.replace(day=10 * third + 10)


def _season(day: date) -> tuple[str, int, date, date]:
    month = day.month // 3 * 3 or 12
    year = day.year - (day.month < 3)
    return SEASONS[month], year, *_whole_months(year, month, 3)


def _quarter(day: date) -> tuple[int, date, date]:
    number = (day.month - 1) // 3
    return number + 1, *_whole_months(day.year, 3 * number + 1, 3)


def _fiscal(day: date) -> tuple[int, date, date]:
    year = day.year + (day.month >= 10)
    return year, date(year - 1, 10, 1), date(year, 9, 30)


def _month(day: date) -> tuple[date, date]:
    return _whole_months(day.year, day.month, 1)


def _year(day: date) -> tuple[date, date]:
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _back(as_of: date, months: int) -> date:
    index = as_of.year * 12 + as_of.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(as_of.day, monthrange(year, month)[1]))


# --- phrasings of dates ------------------------------------------------------------------------

Phrasing = Callable[[date, date, random.Random], Phrase]


def _name(day: date) -> str:
    return MONTHS[day.month - 1]


def _abbr(day: date) -> str:
    return SHORT[day.month - 1]


def _within(words: Callable[[date], str], days: Callable[[date], tuple[date, date]]) -> Phrasing:
    """A phrasing of a period by the release's date alone."""
    return lambda day, as_of, rng: Phrase(words(day), *days(day))


def _since(words: Callable[[date], str], days: Callable[[date], date]) -> Phrasing:
    return lambda day, as_of, rng: Phrase(words(day), days(day), None)


def _until(words: Callable[[date], str], days: Callable[[date], date]) -> Phrasing:
    return lambda day, as_of, rng: Phrase(words(day), None, days(day))


def _recent(words: str, days: Callable[[date], tuple[date, date]]) -> Phrasing:
    """A phrasing relative to the as-of date."""
    return lambda day, as_of, rng: Phrase(words, *days(as_of))


def _thirds(words: Sequence[str]) -> Phrasing:
    def phrase(day: date, as_of: date, rng: random.Random) -> Phrase:
        third, first, last = _third_of_year(day)
        return Phrase(words[third].format(y=day.year), first, last)

    return phrase


def _month_thirds(words: Sequence[str]) -> Phrasing:
    def phrase(day: date, as_of: date, rng: random.Random) -> Phrase:
        third, first, last = _third_of_month(day)
        return Phrase(words[third].format(m=_name(day), y=day.year), first, last)

    return phrase


def _seasons(words: str) -> Phrasing:
    def phrase(day: date, as_of: date, rng: random.Random) -> Phrase:
        name, year, first, last = _season(day)
        short = f"'{year % 100:02d}"
        return Phrase(words.format(s=name, y=year, short=short, S=name.capitalize()), first, last)

    return phrase


def _quarters(words: str) -> Phrasing:
    def phrase(day: date, as_of: date, rng: random.Random) -> Phrase:
        number, first, last = _quarter(day)
        ordinal = ("first", "second", "third", "fourth")[number - 1]
        return Phrase(words.format(q=number, o=ordinal, y=day.year), first, last)

    return phrase


def _fiscals(words: str) -> Phrasing:
    def phrase(day: date, as_of: date, rng: random.Random) -> Phrase:
        year, first, last = _fiscal(day)
        return Phrase(words.format(y=year, yy=f"{year % 100:02d}"), first, last)

    return phrase


def _fiscal_quarters(words: str) -> Phrasing:
    def phrase(day: date, as_of: date, rng: random.Random) -> Phrase:
        number, first, last = _quarter(day)
        year = _fiscal(day)[0]
        fiscal = number % 4 + 1
        ordinal = ("first", "second", "third", "fourth")[fiscal - 1]
        return Phrase(
            words.format(q=fiscal, o=ordinal, y=year, yy=f"{year % 100:02d}"), first, last
        )

    return phrase


def _halves(words: str) -> Phrasing:
    def phrase(day: date, as_of: date, rng: random.Random) -> Phrase:
        half = (day.month > 6) + 1
        first, last = _whole_months(day.year, 6 * half - 5, 6)
        return Phrase(words.format(o=("first", "second")[half - 1], y=day.year), first, last)

    return phrase


def _month_range(words: str) -> Phrasing:
    """Months of one year around the release's."""

    def phrase(day: date, as_of: date, rng: random.Random) -> Phrase:
        first, last = rng.randint(1, day.month), rng.randint(day.month, 12)
        if first == last:
            first, last = (first - 1, last) if first > 1 else (first, last + 1)
        names = MONTHS[first - 1], MONTHS[last - 1]
        days = _whole_months(day.year, first, last - first + 1)
        return Phrase(words.format(a=names[0], b=names[1], y=day.year), *days)

    return phrase


def _long_range(words: str) -> Phrasing:
    """From a month of the release's year to one of the next."""

    def phrase(day: date, as_of: date, rng: random.Random) -> Phrase:
        first, last = rng.randint(1, day.month), rng.randint(1, 12)
        start, end = date(day.year, first, 1), _end_of_month(date(day.year + 1, last, 1))
        return Phrase(
            words.format(a=_name(start), b=_name(end), y=day.year, z=day.year + 1), start, end
        )

    return phrase


def _year_range(words: str) -> Phrasing:
    def phrase(day: date, as_of: date, rng: random.Random) -> Phrase:
        return Phrase(
            words.format(y=day.year, z=day.year + 1), _year(day)[0], date(day.year + 1, 12, 31)
        )

    return phrase


def _day_range(words: str, style: Callable[[date], str]) -> Phrasing:
    def phrase(day: date, as_of: date, rng: random.Random) -> Phrase:
        first, last = (
            day - timedelta(days=rng.randint(1, 20)),
            day + timedelta(days=rng.randint(1, 20)),
        )
        return Phrase(words.format(a=style(first), b=style(last)), first, last)

    return phrase


def _us(day: date) -> str:
    return f"{_name(day)} {day.day}, {day.year}"


def _nth(day: date) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day // 10 != 1 else 0, "th")
    return f"{day.day}{ending}"


def _one_day(day: date) -> tuple[date, date]:
    return day, day


_DAY = timedelta(days=1)

WHEN: dict[str, Phrasing] = {
    "in month year": _within(lambda d: f"in {_name(d)} {d.year}", _month),
    "in abbr year": _within(lambda d: f"in {_abbr(d)} {d.year}", _month),
    "during month of year": _within(lambda d: f"during {_name(d)} of {d.year}", _month),
    "in iso month": _within(lambda d: f"in {d:%Y-%m}", _month),
    "in numeric month": _within(lambda d: f"in {d.month}/{d.year}", _month),
    "sometime in month": _within(lambda d: f"sometime in {_name(d)} {d.year}", _month),
    "in year": _within(lambda d: f"in {d.year}", _year),
    "throughout year": _within(lambda d: f"throughout {d.year}", _year),
    "in the year": _within(lambda d: f"in the year {d.year}", _year),
    "in short year": _within(lambda d: f"in '{d.year % 100:02d}", _year),
    "in early year": _thirds(("in early {y}", "in mid-{y}", "in late {y}")),
    "early in year": _thirds(("early in {y}", "around the middle of {y}", "late in {y}")),
    "at the start of year": _thirds(
        ("at the start of {y}", "in the middle of {y}", "toward the end of {y}")
    ),
    "in the early part": _thirds(
        ("in the early part of {y}", "midway through {y}", "in the latter part of {y}")
    ),
    "in early month": _month_thirds(("in early {m} {y}", "in mid-{m} {y}", "in late {m} {y}")),
    "early in month": _month_thirds(
        ("at the beginning of {m} {y}", "in the middle of {m} {y}", "at the end of {m} {y}")
    ),
    "in the season of": _seasons("in the {s} of {y}"),
    "season year": _seasons("in {s} {y}"),
    "season short year": _seasons("in the {s} of {short}"),
    "during season": _seasons("during {S} {y}"),
    "in the nth quarter": _quarters("in the {o} quarter of {y}"),
    "in Qn": _quarters("in Q{q} {y}"),
    "in Qn of": _quarters("during Q{q} of {y}"),
    "in nQ": _quarters("in {q}Q {y}"),
    "in fiscal year": _fiscals("in fiscal year {y}"),
    "in fiscal": _fiscals("in fiscal {y}"),
    "during FY": _fiscals("during FY{yy}"),
    "in FY year": _fiscals("in FY {y}"),
    "in the nth half": _halves("in the {o} half of {y}"),
    "in the week of": _within(
        lambda d: f"in the week of {_us(d - timedelta(days=d.weekday()))}",
        lambda d: (d - timedelta(days=d.weekday()), d + timedelta(days=6 - d.weekday())),
    ),
    "between months": _month_range("between {a} and {b} {y}"),
    "between months of": _month_range("between {a} and {b} of {y}"),
    "from month to month": _month_range("from {a} to {b} {y}"),
    "month through month": _month_range("from {a} through {b} {y}"),
    "month-month": _month_range("in {a}-{b} {y}"),
    "between long": _long_range("between {a} {y} and {b} {z}"),
    "from long": _long_range("from {a} {y} until {b} {z}"),
    "between years": _year_range("between {y} and {z}"),
    "year or year": _year_range("in {y} or {z}"),
    "years": _year_range("in {y}-{z}"),
    "from year through": _year_range("from {y} through {z}"),
    "between days": _day_range("between {a} and {b}", _us),
    "from numeric days": _day_range("from {a} to {b}", lambda d: f"{d.month}/{d.day}/{d.year}"),
    "between iso days": _day_range("between {a} and {b}", date.isoformat),
    "since month": _since(lambda d: f"since {_name(d)} {d.year}", lambda d: _month(d)[0]),
    "since year": _since(lambda d: f"since {d.year}", lambda d: _year(d)[0]),
    "since season": _since(
        lambda d: "since the {} of {}".format(*_season(d)[:2]), lambda d: _season(d)[2]
    ),
    "since day": _since(lambda d: f"since {_us(d)}", lambda d: d),
    "since early": _since(lambda d: f"since early {d.year}", lambda d: _year(d)[0]),
    "from year on": _since(lambda d: f"from {d.year} on", lambda d: _year(d)[0]),
    "from month onward": _since(
        lambda d: f"from {_name(d)} {d.year} onward", lambda d: _month(d)[0]
    ),
    "year or later": _since(lambda d: f"in {d.year} or later", lambda d: _year(d)[0]),
    "starting in": _since(lambda d: f"starting in {_name(d)} {d.year}", lambda d: _month(d)[0]),
    "no earlier than": _since(
        lambda d: f"no earlier than {_name(d)} {d.year}", lambda d: _month(d)[0]
    ),
    "after month": _since(lambda d: f"after {_name(d)} {d.year}", lambda d: _month(d)[1] + _DAY),
    "after year": _since(lambda d: f"after {d.year}", lambda d: _year(d)[1] + _DAY),
    "after day": _since(lambda d: f"after {_us(d)}", lambda d: d + _DAY),
    "later than": _since(
        lambda d: f"later than {_abbr(d)} {d.year}", lambda d: _month(d)[1] + _DAY
    ),
    "until month": _until(lambda d: f"until {_name(d)} {d.year}", lambda d: _month(d)[1]),
    "through year": _until(lambda d: f"through {d.year}", lambda d: _year(d)[1]),
    "up to month": _until(lambda d: f"up to {_name(d)} {d.year}", lambda d: _month(d)[1]),
    "no later than": _until(lambda d: f"no later than {_us(d)}", lambda d: d),
    "before month": _until(lambda d: f"before {_name(d)} {d.year}", lambda d: _month(d)[0] - _DAY),
    "before year": _until(lambda d: f"before {d.year}", lambda d: _year(d)[0] - _DAY),
    "before day": _until(lambda d: f"before {_us(d)}", lambda d: d - _DAY),
    "prior to": _until(lambda d: f"prior to {_abbr(d)} {d.year}", lambda d: _month(d)[0] - _DAY),
    "earlier than": _until(lambda d: f"earlier than {d.year}", lambda d: _year(d)[0] - _DAY),
    "before the agreement": _until(
        lambda d: f"before the {_name(d)} {d.year} agreement", lambda d: _month(d)[0] - _DAY
    ),
    "last month": _recent("last month", lambda a: _month(_back(a, 1))),
    "this month": _recent("this month", _month),
    "last year": _recent("last year", lambda a: _year(_back(a, 12))),
    "this year": _recent("this year", _year),
    "past six months": _recent("in the past six months", lambda a: (_back(a, 6), a)),
    "last 90 days": _recent("over the last 90 days", lambda a: (a - timedelta(days=90), a)),
    "past two weeks": _recent("in the past two weeks", lambda a: (a - timedelta(days=14), a)),
    "past year": _recent("over the past year", lambda a: (_back(a, 12), a)),
    "last two years": _recent("in the last two years", lambda a: (_back(a, 24), a)),
    "two years ago": _recent("two years ago", lambda a: _year(_back(a, 24))),
    "three months ago": _recent("three months ago", lambda a: _month(_back(a, 3))),
    "last week": _recent(
        "last week",
        lambda a: (a - timedelta(days=a.weekday() + 7), a - timedelta(days=a.weekday() + 1)),
    ),
    "last quarter": _recent("last quarter", lambda a: _quarter(_back(a, 3))[1:]),
    "last season": _recent("last spring", lambda a: _whole_months(a.year - (a.month < 6), 3, 3)),
    "in Qn FY": _fiscal_quarters("in Q{q} FY{yy}"),
    "in FY Qn": _fiscal_quarters("in FY{yy} Q{q}"),
    "nth fiscal quarter": _fiscal_quarters("in the {o} quarter of fiscal {y}"),
    "in the year's fiscal": _fiscals("in the {y} fiscal year"),
    "two fiscal years": lambda day, as_of, rng: Phrase(
        f"in fiscal years {_fiscal(day)[0]} and {_fiscal(day)[0] + 1}",
        _fiscal(day)[1],
        date(_fiscal(day)[0] + 1, 9, 30),
    ),
    "season months": _seasons("during the {s} months of {y}"),
    "month last year": lambda day, as_of, rng: Phrase(
        f"in {_name(day)} of last year", *_whole_months(as_of.year - 1, day.month, 1)
    ),
    "season of this year": _recent(
        "in the spring of this year", lambda a: _whole_months(a.year, 3, 3)
    ),
    "early this year": _recent("early this year", lambda a: _whole_months(a.year, 1, 4)),
    "late last month": _recent(
        "late last month", lambda a: (_back(a.replace(day=21), 1), _month(_back(a, 1))[1])
    ),
    "last Friday": _recent(
        "last Friday", lambda a: (a - timedelta(days=(a.weekday() - 4) % 7 or 7),) * 2
    ),
    "no date": lambda day, as_of, rng: Phrase("", None, None),
}

ON_DAY: dict[str, Phrasing] = {
    "on us day": _within(lambda d: f"on {_us(d)}", _one_day),
    "on abbr day": _within(lambda d: f"on {_abbr(d)} {d.day}, {d.year}", _one_day),
    "on iso day": _within(lambda d: f"on {d.isoformat()}", _one_day),
    "on numeric day": _within(lambda d: f"on {d.month}/{d.day}/{d.year}", _one_day),
    "on padded day": _within(lambda d: f"on {d:%m/%d/%y}", _one_day),
    "on european day": _within(lambda d: f"on {d.day} {_name(d)} {d.year}", _one_day),
    "on the nth of": _within(lambda d: f"on the {_nth(d)} of {_name(d)} {d.year}", _one_day),
    "on month nth": _within(lambda d: f"on {_name(d)} {_nth(d)}, {d.year}", _one_day),
}

WHICH: dict[str, Phrasing] = {
    "month": _within(lambda d: f"{_name(d)} {d.year}", _month),
    "abbr month": _within(lambda d: f"{_abbr(d)} {d.year}", _month),
    "lower month": _within(lambda d: f"{_name(d).lower()} {d.year}", _month),
    "day": _within(_us, _one_day),
    "iso day": _within(date.isoformat, _one_day),
    "european day": _within(lambda d: f"{d.day} {_name(d)} {d.year}", _one_day),
    "year": _within(lambda d: f"{d.year}", _year),
    "season": _seasons("{s} {y}"),
    "early year": _thirds(("early {y}", "mid-{y}", "late {y}")),
    "quarter": _quarters("Q{q} {y}"),
}

"""Single date expressions of a text, and the days that each of them means.

Conventions, the same in the documentation and in eval/date_questions.py: early, mid and late are
the thirds of a year (January to April, May to August, September to December), of a month (days 1
to 10, 11 to 20, 21 to the end) and of a season (its first, second, third month); seasons are the
meteorological ones of the north, winter 2005 being December 2005 to February 2006; a fiscal year
is the federal one (fiscal 2007: October 2006 to September 2007); a numeric date is month/day/year
unless its first number is above 12; weeks run from Monday to Sunday.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from rag.days import (
    DAYS_OF_WEEK,
    Days,
    day_of,
    month_part,
    months_from,
    moved,
    season_part,
    unit_around,
    week_from,
    week_of,
)
from rag.periods import Grain, Moment, period

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
_PARTS = {
    "early": 1, "beginning": 1, "start": 1, "mid": 2, "middle": 2, "midway": 2, "late": 3,
    "latter": 3, "end": 3, "close": 3,
}  # fmt: skip
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "few": 3,
}  # fmt: skip


def moments(text: str, as_of: date) -> list[Moment]:
    """The date expressions of a text in order; of two that overlap, the one of the earlier rule.

    as_of: the day that relative words ("last month") are counted from.
    """
    found: list[Moment] = []
    if not _WORTH_A_LOOK.search(text):
        return found
    for pattern, build in _RULES:
        for match in pattern.finditer(text):
            if any(match.start() < m.end and m.start < match.end() for m in found):
                continue
            moment = build(match, as_of)
            if moment is not None and (moment.year is not None or _is_named(text, moment)):
                found.append(moment)
    return sorted(found, key=lambda m: m.start)


# --- reading a match ---------------------------------------------------------------------------

_Match = re.Match[str]


def _group(match: _Match, name: str) -> str:
    return (match.groupdict().get(name) or "").lower()


def _month_of(match: _Match) -> int:
    return _MONTHS.index(_group(match, "month")[:3]) + 1


def _year_of(match: _Match) -> int | None:
    """The year that a match states, 2006 for "2006", "'06" and "06"; None when it states none."""
    digits = _group(match, "year").lstrip("'’")
    if len(digits) == 2:
        return int(digits) + (2000 if int(digits) < 70 else 1900)
    return int(digits) if digits else None


def _number_of(match: _Match) -> int:
    stated = _group(match, "number")
    return _ORDINALS.get(stated) or int(stated.rstrip("stndrh"))


def _at(match: _Match, grain: Grain, number: int = 0, day: int = 0) -> Moment:
    part = _PARTS.get(_group(match, "part"), 0)
    fiscal = bool(_group(match, "fiscal"))
    return Moment(match.start(), match.end(), grain, _year_of(match), number, day, part, fiscal)


def _exactly(match: _Match, grain: Grain, days: Days) -> Moment:
    return Moment(match.start(), match.end(), grain, days[0].year, days=days)


def _iso_day(match: _Match, as_of: date) -> Moment:
    return _at(match, "day", int(match["number"]), int(match["day"]))


def _numeric_day(match: _Match, as_of: date) -> Moment:
    first, second = int(match["number"]), int(match["day"])
    month, day = (second, first) if first > 12 else (first, second)
    return _at(match, "day", month, day)


def _named_day(match: _Match, as_of: date) -> Moment:
    return _at(match, "day", _month_of(match), int(match["day"]))


def _named_days(match: _Match, as_of: date) -> Moment | None:
    year, month = _year_of(match) or 0, _month_of(match)
    first, last = day_of(year, month, int(match["day"])), day_of(year, month, int(match["to"]))
    return _exactly(match, "range", (first, last)) if first and last and first <= last else None


def _named_month(match: _Match, as_of: date) -> Moment:
    return _at(match, "month", _month_of(match))


def _numeric_month(match: _Match, as_of: date) -> Moment:
    return _at(match, "month", int(match["number"]))


def _quarter(match: _Match, as_of: date) -> Moment:
    return _at(match, "quarter", _number_of(match))


def _half(match: _Match, as_of: date) -> Moment:
    return _at(match, "half", 1 if _group(match, "number") in ("first", "1st", "1") else 2)


def _week_of_day(match: _Match, as_of: date) -> Moment | None:
    day = day_of(_year_of(match) or as_of.year, _month_of(match), int(match["day"]))
    return _exactly(match, "week", week_of(day)) if day else None


def _week_of_month(match: _Match, as_of: date) -> Moment:
    """The first week of a month is its days 1 to 7, the last its last seven days."""
    first, last = months_from(_year_of(match) or 0, _month_of(match), 1)
    if _group(match, "number") in ("last", "final"):
        return _exactly(match, "week", (last - timedelta(days=6), last))
    return _exactly(match, "week", week_from(first.replace(day=7 * _number_of(match) - 6)))


def _season(match: _Match, as_of: date) -> Moment:
    return _at(match, "season", _SEASONS[_group(match, "season")])


def _fiscal(match: _Match, as_of: date) -> Moment:
    return _at(match, "fiscal")


def _part(match: _Match, as_of: date) -> Moment:
    return _at(match, "part")


def _year(match: _Match, as_of: date) -> Moment:
    return _at(match, "year")


def _two_years(match: _Match, as_of: date) -> Moment | None:
    """ "2018-19": both years, where the second follows the first."""
    first = int(match["year"])
    last = first // 100 * 100 + int(match["to"])
    days = date(first, 1, 1), date(last, 12, 31)
    return _exactly(match, "range", days) if last == first + 1 else None


def _months_of(match: _Match, as_of: date) -> Moment:
    """ "the first three months of 2006": January to March."""
    year, count = _year_of(match) or 0, min(_count_of(match), 12)
    first = 1 if _group(match, "number") == "first" else 13 - count
    return _exactly(match, "part", months_from(year, first, count))


def _congress(match: _Match, as_of: date) -> Moment:
    """The n-th Congress of the United States sits for two years from January 3, 1787 + 2 n."""
    year = 1787 + 2 * int(match["number"])
    return _exactly(match, "congress", (date(year, 1, 3), date(year + 2, 1, 2)))


def _decade(match: _Match, as_of: date) -> Moment:
    year = int(match["decade"])
    return _exactly(match, "decade", (date(year, 1, 1), date(year + 9, 12, 31)))


def _count_of(match: _Match) -> int:
    stated = _group(match, "count") or "one"
    return int(stated) if stated.isdigit() else _COUNTS[stated]


def _ago(match: _Match, as_of: date) -> Moment:
    """ "three months ago": the calendar unit that lies so far back."""
    unit = _group(match, "unit")
    return _exactly(match, "relative", unit_around(moved(as_of, unit, -_count_of(match)), unit))


def _past(match: _Match, as_of: date) -> Moment:
    """ "the past three months": from so many units before the as-of date up to it."""
    first = moved(as_of, _group(match, "unit"), -_count_of(match))
    return _exactly(match, "relative", (first, as_of))


def _unit(match: _Match, as_of: date) -> Moment:
    step = {"this": 0, "current": 0, "next": 1}.get(_group(match, "which"), -1)
    if match["fiscal"]:
        year = as_of.year + (as_of.month >= 10) + step
        return Moment(match.start(), match.end(), "fiscal", year)
    unit = _group(match, "unit")
    return _exactly(match, "relative", unit_around(moved(as_of, unit, step), unit))


def _named_relative(match: _Match, as_of: date) -> Moment | None:
    """ "this summer": the latest that has begun; "last March": the latest that is over."""
    season = _group(match, "season")
    grain: Grain = "season" if season else "month"
    number = _SEASONS[season] if season else _month_of(match)
    over = _group(match, "which") != "this"
    for year in (as_of.year, as_of.year - 1, as_of.year - 2):
        days = period(Moment(0, 0, grain, year, number), year)
        if days and (days[1] < as_of if over else days[0] <= as_of):
            return _exactly(match, "relative", days)
    return None


def _of_a_year(match: _Match, as_of: date) -> Moment | None:
    """ "in September last year", "the early spring of this year"; not "winters last year"."""
    if match.start() and not _BEFORE_PART.search(match.string[: match.start()]):
        return None
    year = as_of.year + {"last": -1, "next": 1}.get(_group(match, "which"), 0)
    season, part = _group(match, "season"), _PARTS.get(_group(match, "part"), 0)
    days = season_part(year, _SEASONS[season], part) if season else None
    return _exactly(match, "relative", days or month_part(year, _month_of(match), part))


def _part_of_unit(match: _Match, as_of: date) -> Moment:
    """ "late last month", "early this year"."""
    unit, part = _group(match, "unit"), _PARTS[_group(match, "part")]
    day = moved(as_of, unit, -1 if _group(match, "which") == "last" else 0)
    if unit == "month":
        return _exactly(match, "relative", month_part(day.year, day.month, part))
    return _exactly(match, "relative", months_from(day.year, 4 * part - 3, 4))


def _last_weekday(match: _Match, as_of: date) -> Moment:
    back = (as_of.weekday() - DAYS_OF_WEEK.index(_group(match, "weekday"))) % 7 or 7
    day = as_of - timedelta(days=back)
    return _exactly(match, "relative", (day, day))


def _weekend(match: _Match, as_of: date) -> Moment:
    """ "this weekend": Saturday and Sunday of the week that the day is in."""
    step = {"this": 0, "next": 1}.get(_group(match, "which"), -1)
    sunday = as_of + timedelta(days=6 - as_of.weekday() + 7 * step)
    return _exactly(match, "relative", (sunday - timedelta(days=1), sunday))


def _this_day(match: _Match, as_of: date) -> Moment:
    step = {"yesterday": -1, "tomorrow": 1}.get(match[0].lower(), 0)
    day = as_of + timedelta(days=step)
    return _exactly(match, "relative", (day, day))


# --- the rules ---------------------------------------------------------------------------------

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_OF_MONTH = rf"(?:of|in) {_MONTH},?(?: of)?"
_DIGITS = r"(?P<year>(?:19|20)\d\d)"
_YEAR = r"(?P<year>(?:19|20)\d\d\b|['’]\d\d\b)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b"
_PART = (
    r"(?P<part>early|mid(?:dle|way)?|late|latter|beginning|start|end|close)"
    r"(?: in| of| through| into)?(?: the)?[\s-]+(?:part of |months of |days of |year )?"
)
_SEASON = r"(?P<season>spring|summer|fall|autumn|winter)"
_NTH = r"(?P<number>first|second|third|fourth|last|final|1st|2nd|3rd|4th)"
_FISCAL = r"(?P<fiscal>FY\s?|fiscal(?: years?)?\s)"
# A year, which only a fiscal one may shorten to two bare digits: "Q4 FY19".
_ANY_YEAR = rf"{_FISCAL}?(?P<year>(?(fiscal)['’]?(?:19|20)?\d\d|(?:(?:19|20)\d\d|['’]\d\d))\b)"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})"
_UNIT = r"(?P<unit>day|week|month|quarter|year)s?"
_LINK = r"\s?(?:-|–|—|to|through|thru|and)\s?"
# Digits that look like a year and are none: amounts, bill numbers, counts of things.
_NO_NUMBER = (
    r"(?<![\d,.$€£/#])(?<![a-z]-)(?<!(?-i:(?<![.\w])S\.)\s)(?<!(?-i:H\.R\.)\s)(?<!\bRes\.\s)"
    r"(?<!\bNo\.\s)(?<!(?-i:(?<!['’])\bS)\s)(?<!\bHR\s)(?<!\bbill\s)(?<!\bamendment\s)"
    r"(?<!\bsection\s)(?<!\bresolution\s)"
)
_NO_COUNT = (
    r"(?![,.]\d)(?!\s*(?:[\d%]|percent|people|acres|miles|jobs|feet|pounds|dollars|workers|homes|"
    r"families|troops|soldiers|students|megawatts|gallons|tons|members|pages|square|hours|minutes))"
)
_Builder = Callable[[_Match, date], Moment | None]
_RULES: tuple[tuple[re.Pattern[str], _Builder], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), builder)
    for pattern, builder in (
        (rf"(?<![\d-]){_DIGITS}[-/](?P<number>\d{{1,2}})[-/](?P<day>\d{{1,2}})(?![\d-])", _iso_day),
        (
            r"(?<![\d/.$-])(?P<number>\d{1,2})(?P<mark>[/-])(?P<day>\d{1,2})(?P=mark)"
            r"(?P<year>(?:19|20)?\d\d)(?![\d/-])",
            _numeric_day,
        ),
        (
            rf"\b{_MONTH}\s{_DAY}{_LINK}(?P<to>[0-3]?\d)(?:st|nd|rd|th)?,?(?:\sof)?\s{_YEAR}",
            _named_days,
        ),
        (rf"\b(?:the )?week of {_MONTH}\s{_DAY}(?:,?\s{_YEAR})?", _week_of_day),
        (
            rf"\b(?P<number>first|second|third|fourth|last|final) week {_OF_MONTH} {_YEAR}",
            _week_of_month,
        ),
        (rf"\b{_MONTH}\s?{_DAY},?(?:\sof)?\s?{_YEAR}", _named_day),
        (rf"\b{_DAY}[\s-](?:of\s)?{_MONTH}[\s-]?,?(?:\sof)?\s?{_YEAR}", _named_day),
        (rf"\b(?:{_PART})?{_MONTH},?(?:\sof)?(?:\sthe year)?\s?{_YEAR}", _named_month),
        (
            rf"\b(?:{_PART})?{_SEASON}(?: months)?,?(?:\sof)?\s{_YEAR}(?:[-–/]\d\d(?:\d\d)?\b)?",
            _season,
        ),
        (rf"(?<![\d-]){_DIGITS}-(?P<number>0[1-9]|1[0-2])(?![\d-])", _numeric_month),
        (rf"(?<![\d/])(?P<number>0?[1-9]|1[0-2])/{_DIGITS}(?![\d/])", _numeric_month),
        (rf"\bQ(?P<number>[1-4])(?:\sof)?[\s/-]?{_ANY_YEAR}", _quarter),
        (rf"\b(?P<number>[1-4])Q(?:\sof)?[\s/-]?{_ANY_YEAR}", _quarter),
        (r"\b(?P<number>[1-4])Q(?P<year>\d\d)\b", _quarter),
        (rf"\b{_ANY_YEAR}[\s-]?Q(?P<number>[1-4])\b", _quarter),
        (rf"\b{_NTH} (?:fiscal )?quarter(?: of| in|,)?(?: the year)?\s{_ANY_YEAR}", _quarter),
        (rf"\b{_ANY_YEAR}(?:['’]s)? {_NTH} quarter", _quarter),
        (
            r"\b(?P<number>first|second|last|1st|2nd|latter) half of (?:the year )?"
            rf"{_ANY_YEAR}",
            _half,
        ),
        (
            rf"\b(?P<number>first|last|final) (?:{_COUNT} )?months? of (?:the year )?{_YEAR}",
            _months_of,
        ),
        (rf"\bH(?P<number>[12])[\s-]{_YEAR}", _half),
        (rf"\b{_FISCAL}{_YEAR}", _fiscal),
        (r"\bFY\s?['’]?(?P<year>\d\d)\b", _fiscal),
        (
            r"\b(?:the )?(?:(?:19|20)\d\d\s?[-–/]\s?)?(?<!\d)(?P<year>(?:19|20)\d\d|(?<=[-–/])\d\d)"
            r" fiscal year\b",
            _fiscal,
        ),
        (rf"\b{_PART}{_YEAR}", _part),
        (r"\b(?P<number>\d{2,3})(?:st|nd|rd|th) Congress\b", _congress),
        (r"\b(?:early |mid-?\s?|late )?(?P<decade>(?:19|20)\d0)['’]?s\b", _decade),
        (rf"{_NO_NUMBER}{_DIGITS}\s?[-–/]\s?(?P<to>\d\d)(?![\d/-]){_NO_COUNT}", _two_years),
        (rf"(?:\bthe year\s|{_NO_NUMBER}){_YEAR}{_NO_COUNT}", _year),
        (
            rf"\b(?:{_PART})?(?:{_MONTH}|{_SEASON}),?(?: of| in)? (?P<which>last|this|next) year\b",
            _of_a_year,
        ),
        (rf"\b{_PART}(?P<which>last|this) (?P<unit>month|year)\b", _part_of_unit),
        (
            rf"\b(?:last|(?:this )?past) (?P<weekday>{'|'.join(DAYS_OF_WEEK)})\b",
            _last_weekday,
        ),
        (
            r"\b(?P<which>(?<!the )last|past(?= fiscal)|this|current|next)\s(?P<fiscal>fiscal\s)?"
            r"(?P<unit>week|month|quarter|year)\b",
            _unit,
        ),
        (
            rf"\b(?:(?:past|last)\s{_COUNT}|past|(?:(?<=in the )|(?<=over the )|(?<=during the )"
            rf"|(?<=within the ))last)\s{_UNIT}\b",
            _past,
        ),
        (rf"\b{_COUNT}\s{_UNIT}\sago\b", _ago),
        (rf"\b(?P<which>last|this|past)\s{_MONTH}(?!\s?\d)", _named_relative),
        (rf"\b(?P<which>last|this|past)\s{_SEASON}\b(?!\sof\s\d)", _named_relative),
        (r"\b(?P<which>(?<!the )last|past|this|next)\sweekend\b(?!['’]s)", _weekend),
        (
            r"(?:\b(?-i:today|yesterday|tonight|tomorrow)|^(?:today|yesterday))\b(?!['’]s)",
            _this_day,
        ),
        (rf"\b{_MONTH}\s{_DAY}(?!\s?(?:%|percent|million|billion))(?![,.]\d)", _named_day),
        (rf"\b(?:the )?{_DAY}\sof\s{_MONTH}", _named_day),
        (rf"\b{_DAY}\s(?-i:(?=[A-Z])){_MONTH}", _named_day),
        (rf"\b(?:{_PART})?{_MONTH}", _named_month),
    )
)

_WORTH_A_LOOK = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|last|past|this|current|next|ago|today|"
    r"yesterday|tomorrow|tonight)",
    re.IGNORECASE,
)
_BEFORE_PART = re.compile(
    r"\b(?:in|since|during|until|till|through|by|before|after|between|from|of|the)\s+$",
    re.IGNORECASE,
)
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|during|until|till|through|by|before|after|between|from|and|to|of|on|or|last|"
    r"this|early|mid|late|the)[\s-]+$",
    re.IGNORECASE,
)
_AFTER_MONTH = re.compile(r"\s*(?:[-–]|(?:to|through|and|or)\b)", re.IGNORECASE)


def _is_named(text: str, moment: Moment) -> bool:
    """Whether words without a year are a date at all: "may" and "march" are verbs too."""
    if moment.grain == "day":
        return True
    words = text[moment.start : moment.end].lower()
    if words.startswith(("may", "mar")) and not text[moment.start].isupper():
        return False
    before, after = text[: moment.start], _AFTER_MONTH.match(text, moment.end)
    return after is not None or _BEFORE_MONTH.search(before) is not None

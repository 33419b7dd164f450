"""Single date expressions, and the days that each of them means.

Conventions, the same in the documentation and in eval/date_questions.py: early, mid and late are
the thirds of a year (January to April, May to August, September to December), of a month (days 1
to 10, 11 to 20, 21 to the end) and of a season (its first, second, third month); seasons are the
meteorological ones of the north, winter 2005 being December 2005 to February 2006; a fiscal year
is the federal one (fiscal 2007: October 2006 to September 2007); a numeric date is month/day/year
unless its first number is above 12; weeks run from Monday to Sunday.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Grain = Literal[
    "day", "week", "month", "season", "quarter", "half", "part", "year", "fiscal", "congress",
    "decade", "range", "relative",
]  # fmt: skip

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "couple": 2, "few": 3,
}  # fmt: skip
PARTS = {
    "early": 1, "beginning": 1, "start": 1, "mid": 2, "middle": 2, "midway": 2, "late": 3,
    "latter": 3, "end": 3, "close": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """A date expression before its year is known; number: month, season, quarter, half, week."""

    start: int
    end: int
    grain: Grain
    year: int | None = None
    number: int = 0
    day: int = 0
    part: int = 0
    days: tuple[date, date] | None = None


_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d\b|['’]\d\d\b)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b"
_PART = (
    r"(?:(?P<part>early|mid(?:dle|way)?|late|latter|beginning|start|end|close)(?: in| of| through| into)?"
    r"(?: the)?[\s-]+(?:part of |months of |days of |year )?)"
)
_ORDINAL = r"(?P<number>first|second|third|fourth|1st|2nd|3rd|4th)"
_FISCAL = r"(?:FY\s?|fiscal(?: year)?\s)"
_COUNT = r"(?P<count>\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|few)"
_UNIT = r"(?P<unit>day|week|month|quarter|year)s?"

_Builder = Callable[[re.Match[str], date], Moment | None]


def _month_of(match: re.Match[str]) -> int:
    prefix = match["month"][:3].lower()
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(prefix))


def _year_of(match: re.Match[str]) -> int | None:
    """The year that a match states: 2006 for "2006", "'06", "06"; None when it states none."""
    stated = match.groupdict().get("year")
    if not stated:
        return None
    digits = stated.lstrip("'’")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < 70 else 1900)


def _part_of(match: re.Match[str]) -> int:
    return PARTS.get((match.groupdict().get("part") or "").lower(), 0)


def _at(match: re.Match[str], grain: Grain, number: int = 0, day: int = 0) -> Moment:
    year = _year_of(match)
    return Moment(match.start(), match.end(), grain, year, number, day, _part_of(match))


def _iso_day(match: re.Match[str], as_of: date) -> Moment | None:
    return _at(match, "day", int(match["number"]), int(match["day"]))


def _numeric_day(match: re.Match[str], as_of: date) -> Moment | None:
    first, second = int(match["number"]), int(match["day"])
    month, day = (second, first) if first > 12 else (first, second)
    return _at(match, "day", month, day)


def _named_day(match: re.Match[str], as_of: date) -> Moment | None:
    return _at(match, "day", _month_of(match), int(match["day"]))


def _named_days(match: re.Match[str], as_of: date) -> Moment | None:
    year, month = _year_of(match) or 0, _month_of(match)
    first, last = _day(year, month, int(match["day"])), _day(year, month, int(match["to"]))
    if first is None or last is None or first > last:
        return None
    return Moment(match.start(), match.end(), "range", year, days=(first, last))


def _named_month(match: re.Match[str], as_of: date) -> Moment | None:
    return _at(match, "month", _month_of(match))


def _numeric_month(match: re.Match[str], as_of: date) -> Moment | None:
    number = int(match["number"])
    return _at(match, "month", number) if 1 <= number <= 12 else None


def _quarter(match: re.Match[str], as_of: date) -> Moment | None:
    stated = match["number"].lower()
    number = ORDINALS.get(stated) or int(stated)
    moment = _at(match, "quarter", number)
    fiscal = "f" in match[0].lower().replace("first", "").replace("fourth", "").replace("of", "")
    return replace(moment, part=1 if fiscal else 0)


def _half(match: re.Match[str], as_of: date) -> Moment | None:
    stated = match["number"].lower()
    return _at(match, "half", {"latter": 2}.get(stated) or ORDINALS.get(stated) or int(stated))


def _week(match: re.Match[str], as_of: date) -> Moment | None:
    year, month = _year_of(match) or as_of.year, _month_of(match)
    stated = (match.groupdict().get("number") or "").lower()
    if not stated:
        day = _day(year, month, int(match["day"]))
        if day is None:
            return None
        first = day - timedelta(days=day.weekday())
        return Moment(match.start(), match.end(), "week", year, days=_week_from(first))
    end = date(year, month, monthrange(year, month)[1])
    first = end - timedelta(days=6)
    if stated in ORDINALS:
        first = date(year, month, 7 * ORDINALS[stated] - 6)
    return Moment(match.start(), match.end(), "week", year, days=_week_from(first))


def _season(match: re.Match[str], as_of: date) -> Moment | None:
    return _at(match, "season", SEASONS[match["season"].lower()])


def _fiscal(match: re.Match[str], as_of: date) -> Moment | None:
    return _at(match, "fiscal")


def _part(match: re.Match[str], as_of: date) -> Moment | None:
    return _at(match, "part")


def _congress(match: re.Match[str], as_of: date) -> Moment | None:
    """The n-th Congress of the United States sits from January 3 of 1789 + 2 (n - 1)."""
    year = 1787 + 2 * int(match["number"])
    days = date(year, 1, 3), date(year + 2, 1, 2)
    return Moment(match.start(), match.end(), "congress", year, days=days)


def _decade(match: re.Match[str], as_of: date) -> Moment | None:
    year = int(match["decade"])
    days = date(year, 1, 1), date(year + 9, 12, 31)
    return Moment(match.start(), match.end(), "decade", year, days=days)


def _year(match: re.Match[str], as_of: date) -> Moment | None:
    return _at(match, "year")


def _ago(match: re.Match[str], as_of: date) -> Moment | None:
    """ "three months ago": the calendar unit (day, week, month, year) that lies so far back."""
    back = _count(match["count"])
    return _relative(match, _unit_period(as_of, match["unit"].lower(), -back))


def _past(match: re.Match[str], as_of: date) -> Moment | None:
    """ "the past three months": from so many units before the as-of date up to it."""
    back = _count(match["count"] or "one")
    first, _ = _unit_start(as_of, match["unit"].lower(), -back)
    return _relative(match, (first, as_of))


def _unit(match: re.Match[str], as_of: date) -> Moment | None:
    step = {"this": 0, "current": 0, "next": 1}.get(match["which"].lower(), -1)
    unit = match["unit"].lower()
    if match["fiscal"]:
        year = as_of.year + (as_of.month >= 10) + step
        return Moment(match.start(), match.end(), "fiscal", year)
    return _relative(match, _unit_period(as_of, unit, step))


def _named_relative(match: re.Match[str], as_of: date) -> Moment | None:
    """ "last March", "this summer": the latest that has begun; "last": that is over."""
    name = (match.groupdict().get("month") or match["season"]).lower()
    grain: Grain = "season" if name in SEASONS else "month"
    number = SEASONS.get(name) or _month_of(match)
    over = match["which"].lower() != "this"
    for year in (as_of.year, as_of.year - 1, as_of.year - 2):
        days = period(Moment(0, 0, grain, year, number), year)
        if days and (days[1] < as_of if over else days[0] <= as_of):
            return _relative(match, days)
    return None


def _word_day(match: re.Match[str], as_of: date) -> Moment | None:
    back = {"today": 0, "yesterday": 1}[match[0].lower()]
    day = as_of - timedelta(days=back)
    return _relative(match, (day, day))


def _relative(match: re.Match[str], days: tuple[date, date] | None) -> Moment | None:
    if days is None:
        return None
    return Moment(match.start(), match.end(), "relative", days[0].year, days=days)


_NOT_A_NUMBER = (
    r"(?<![\d,.$€£/#])(?<!\bS\.\s)(?<!\bR\.\s)(?<!\bRes\.\s)(?<!\bNo\.\s)(?<!\bS\s)(?<!\bHR\s)"
    r"(?<!\bbill\s)(?<!\bamendment\s)(?<!\bsection\s)(?<!\bresolution\s)(?<![a-z]-)"
)
_NOT_A_YEAR = (
    r"(?!\s*(?:[\d%]|percent|people|acres|miles|jobs|feet|pounds|dollars|workers|homes|families|"
    r"troops|soldiers|students|megawatts|gallons|tons|members|pages|square|hours|minutes))"
)
_RULES: tuple[tuple[re.Pattern[str], _Builder], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), builder)
    for pattern, builder in (
        (r"(?<![\d-])(?P<year>(?:19|20)\d\d)[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})(?![\d-])",
         _iso_day),
        (r"(?<![\d/.$])(?P<number>\d{1,2})[/.-](?P<day>\d{1,2})[/.-](?P<year>(?:19|20)?\d\d)(?![\d/])",
         _numeric_day),
        (rf"\b{_MONTH}\s{_DAY}\s?(?:-|–|—|to|through|thru|and)\s?(?P<to>[0-3]?\d)(?:st|nd|rd|th)?"
         rf",?(?:\sof)?\s{_YEAR}", _named_days),
        (rf"\b(?:the )?week of {_MONTH}\s{_DAY}(?:,?\s{_YEAR})?", _week),
        (rf"\b(?P<number>first|second|third|fourth|last|final) week (?:of|in) {_MONTH},?(?: of)? {_YEAR}",
         _week),
        (rf"\b{_MONTH}\s?{_DAY},?(?:\sof)?\s?{_YEAR}", _named_day),
        (rf"\b{_DAY}[\s-](?:of\s)?{_MONTH}[\s-]?,?(?:\sof)?\s?{_YEAR}", _named_day),
        (rf"\b{_PART}?{_MONTH},?(?:\sof)?(?:\sthe year)?\s?{_YEAR}", _named_month),
        (rf"\b{_PART}?(?P<season>spring|summer|fall|autumn|winter),?(?:\sof)?\s{_YEAR}"
         r"(?:[-–/]\d\d(?:\d\d)?\b)?", _season),
        (r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<number>0\d|1[0-2])(?![\d-])", _numeric_month),
        (r"(?<![\d/])(?P<number>0?\d|1[0-2])/(?P<year>(?:19|20)\d\d)(?![\d/])", _numeric_month),
        (rf"\bQ(?P<number>[1-4])(?:\sof)?[\s/-]?{_FISCAL}?{_YEAR}", _quarter),
        (rf"\b(?P<number>[1-4])Q(?:\sof)?[\s/-]?{_FISCAL}?{_YEAR}", _quarter),
        (rf"\b{_FISCAL}?{_YEAR}[\s-]?Q(?P<number>[1-4])\b", _quarter),
        (rf"\b{_ORDINAL} (?:fiscal )?quarter(?: of| in|,)?(?: the year)?\s{_FISCAL}?{_YEAR}", _quarter),
        (rf"\b{_FISCAL}?{_YEAR}(?:['’]s)? {_ORDINAL} quarter", _quarter),
        (rf"\b(?P<number>first|second|1st|2nd|latter) half of (?:the year )?{_YEAR}", _half),
        (rf"\bH(?P<number>[12])[\s-]{_YEAR}", _half),
        (rf"\b{_FISCAL}{_YEAR}", _fiscal),
        (r"\bFY\s?['’]?(?P<year>\d\d)\b", _fiscal),
        (rf"\b{_PART}{_YEAR}", _part),
        (r"\b(?P<number>\d{2,3})(?:st|nd|rd|th) Congress\b", _congress),
        (r"\b(?:early |mid-?\s?|late )?(?P<decade>(?:19|20)\d0)['’]?s\b", _decade),
        (rf"{_NOT_A_NUMBER}{_YEAR}(?![,.]\d){_NOT_A_YEAR}", _year),
        (r"\b(?P<which>last|this|current|next)\s(?P<fiscal>fiscal\s)?"
         r"(?P<unit>week|month|quarter|year)\b",
         _unit),
        (rf"\b(?:(?:past|last)\s{_COUNT}|past)\s{_UNIT}\b", _past),
        (rf"\b{_COUNT}\s{_UNIT}\sago\b", _ago),
        (rf"\b(?P<which>last|this|past)\s{_MONTH}(?!\s?\d)", _named_relative),
        (r"\b(?P<which>last|this|past)\s(?P<season>spring|summer|fall|autumn|winter)\b(?!\sof\s\d)",
         _named_relative),
        (r"(?:\b(?-i:today|yesterday)|^(?:today|yesterday))\b(?!['’]s)", _word_day),
        (rf"\b{_MONTH}\s{_DAY}(?!\s?(?:%|percent|million|billion))(?![,.]\d)", _named_day),
        (rf"\b(?:the )?{_DAY}\sof\s{_MONTH}", _named_day),
        (rf"\b{_PART}?{_MONTH}", _named_month),
    )
)  # fmt: skip

_WORTH_A_LOOK = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|last|past|this|previous|current|next"
    r"|ago|today|yesterday",
    re.IGNORECASE,
)


def moments(text: str, as_of: date) -> list[Moment]:
    """Single expressions in order; of two that overlap, the one of the earlier rule."""
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


_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|during|until|till|through|by|before|after|between|from|and|to|of|on|or|last|"
    r"this|early|mid|late|the)[\s-]+$",
    re.IGNORECASE,
)


def _is_named(text: str, moment: Moment) -> bool:
    """Whether words without a year are a date at all: "may" and "march" are verbs too."""
    words = text[moment.start : moment.end]
    if moment.grain == "day":
        return True
    if re.match(r"(?:may|mar|march)\b", words, re.IGNORECASE) and not words[0].isupper():
        return False
    return bool(_BEFORE_MONTH.search(text[: moment.start])) or bool(
        re.match(r"\s*(?:to|through|and|or|-|–)\s", text[moment.end :])
    )


# --- days --------------------------------------------------------------------------------------


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """`count` whole months from the given one: _months(2005, 12, 3) ends 2006-02-28."""
    first = date(year, month, 1)
    last_index = month - 1 + count - 1
    last_year, last_month = year + last_index // 12, last_index % 12 + 1
    return first, date(last_year, last_month, monthrange(last_year, last_month)[1])


def period(moment: Moment, year: int) -> tuple[date, date] | None:
    """First and last day of a moment in a year, or None when there is no such day."""
    if moment.days is not None:
        return moment.days
    part = moment.part
    match moment.grain:
        case "day":
            day = _day(year, moment.number, moment.day)
            return (day, day) if day else None
        case "month":
            return _part_of_month(year, moment.number, part)
        case "season":
            first, last = _months(year, moment.number, 3)
            if not part:
                return first, last
            index = moment.number - 1 + part - 1
            return _months(year + index // 12, index % 12 + 1, 1)
        case "quarter":
            if part:  # of a fiscal year
                index = 9 + 3 * (moment.number - 1)
                return _months(year - 1 + index // 12, index % 12 + 1, 3)
            return _months(year, 3 * moment.number - 2, 3)
        case "half":
            return _months(year, 6 * moment.number - 5, 6)
        case "fiscal":
            return _months(year - 1, 10, 12)
        case "part":
            return _months(year, 4 * part - 3, 4)
        case _:
            return date(year, 1, 1), date(year, 12, 31)


def _part_of_month(year: int, month: int, part: int) -> tuple[date, date]:
    first, last = _months(year, month, 1)
    if not part:
        return first, last
    return first.replace(day=10 * part - 9), last if part == 3 else first.replace(day=10 * part)


def _count(words: str) -> int:
    return int(words) if words.isdigit() else NUMBERS[words.lower()]


def _week_from(first: date) -> tuple[date, date]:
    return first, first + timedelta(days=6)


def _unit_start(as_of: date, unit: str, step: int) -> tuple[date, date]:
    """The as-of date moved by `step` units, and the day after that."""
    days = {"day": 1, "week": 7}.get(unit)
    if days:
        moved = as_of + timedelta(days=days * step)
    else:
        index = as_of.year * 12 + as_of.month - 1 + step * {"month": 1, "quarter": 3}.get(unit, 12)
        year, month = divmod(index, 12)
        moved = date(year, month + 1, min(as_of.day, monthrange(year, month + 1)[1]))
    return moved, moved + timedelta(days=1)


def _unit_period(as_of: date, unit: str, step: int) -> tuple[date, date]:
    """The whole calendar unit `step` units away: last month is _unit_period(d, "month", -1)."""
    moved, _ = _unit_start(as_of, unit, step)
    match unit:
        case "day":
            return moved, moved
        case "week":
            return _week_from(moved - timedelta(days=moved.weekday()))
        case "month":
            return _months(moved.year, moved.month, 1)
        case "quarter":
            return _months(moved.year, (moved.month - 1) // 3 * 3 + 1, 3)
        case _:
            return date(moved.year, 1, 1), date(moved.year, 12, 31)

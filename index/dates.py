"""Dates as words: every full or partial date in a text, in seven languages, never completed.

A year is looked for first and the words round it are read after that, so that long texts cost
little. A date written only in numbers is read by the order that the page's language and country
use; where day and month cannot be told apart, only the year is kept.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Order = Literal["dmy", "mdy"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy")

# Releases older than this, or later than that, are misread numbers.
FIRST_YEAR, LAST_YEAR = 1500, 2199

# Full names and the abbreviations in use: English, Spanish, French, German, Portuguese, Italian,
# Dutch; full names: Catalan, Danish, Norwegian, Swedish, Polish, Russian, Ukrainian, Turkish, Greek
# and Arabic, as they stand in dates. A trailing full stop is read by the patterns.
MONTH_NAMES: tuple[str, ...] = (
    "january jan enero ene janvier janv januar jänner jän janeiro gennaio januari gener stycznia"
    " января січня ocak ιανουαρίου يناير",
    "february feb febr febrero février fevrier févr fevr fév februar feber fevereiro fev "
    "febbraio februari februar febrer lutego февраля лютого şubat φεβρουαρίου فبراير",
    "march mar marzo mars märz maerz mär mrz março marco maart mrt març marts marca марта березня"
    " mart μαρτίου مارس",
    "april apr abril abr avril avr aprile kwietnia апреля квітня nisan απριλίου أبريل ابريل",
    "may mayo mai maio maggio mei maig maj maja мая травня mayıs μαΐου مايو",
    "june jun junio juin juni junho giugno juny czerwca июня червня haziran ιουνίου يونيو",
    "july jul julio juillet juil juli julho luglio juliol lipca июля липня temmuz ιουλίου يوليو",
    "august aug agosto ago août aout augustus agost augusti sierpnia августа серпня ağustos"
    " αυγούστου أغسطس",
    "september sept sep septiembre setiembre septembre setembro settembre setembre września"
    " сентября вересня eylül σεπτεμβρίου سبتمبر",
    "october oct octubre octobre oktober okt outubro out ottobre października октября жовтня ekim"
    " οκτωβρίου أكتوبر",
    "november nov noviembre novembre novembro listopada ноября листопада kasım νοεμβρίου نوفمبر",
    "december dec diciembre dic décembre decembre déc dezember dez dezembro dicembre desembre"
    " desember grudnia декабря грудня aralık δεκεμβρίου ديسمبر",
)
MONTHS: dict[str, int] = {
    name: number for number, names in enumerate(MONTH_NAMES, 1) for name in names.split()
}
# Month names that are common words when they are not capitalised.
AMBIGUOUS = frozenset(
    "may march mar mars mart out ago mai mei abr marco maja marca ekim ocak".split()
)
# Roman numbers, in use for months between a day and a year: "3-IV-2020".
ROMAN = {
    name: number for number, name in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)
}

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"\d{1,2}"
_GAP = r"[ \t\xa0\u202f\r\n]{1,4}"
_MAYBE = r"[ \t\xa0\u202f\r\n]{0,4}"
_ORDINAL = r"(?:st|nd|rd|th|er|re|º|ª|°)?"

_YEAR = re.compile(
    r"(?<![\d.,$€£/-])(?:1[5-9]|20|21)\d\d(?!\d)"
    r"|(?:(?<=[\dA-Za-z][./-])|(?<=[\dA-Za-z ],))(?:19|20|21)\d\d(?!\d)"
)
# Read backwards from a year: what must end just before it.
_MONTH_DAY = re.compile(
    rf"(?<!\w)(?P<m>{_MONTH})(?:{_GAP}(?:the )?|[-/]|(?<=\.))(?P<d>{_DAY}){_ORDINAL}"
    rf"(?:{_MAYBE}[,.;]{_MAYBE}|{_GAP}|[-/])(?:del? |of |in )?$",
    re.I,
)
_DAY_MONTH = re.compile(
    rf"(?<![\w/])(?P<d>{_DAY}){_ORDINAL}\.?{_MAYBE}(?:[-/]|day of |de |of |do )?{_MAYBE}"
    rf"(?P<m>{_MONTH}),?{_MAYBE}(?:[-/]|del? |of |do )?$",
    re.I,
)
_MONTH_ONLY = re.compile(rf"(?<![\w/-])(?P<m>{_MONTH}),?{_GAP}(?:del? |of |do )?$", re.I)
_ROMAN_MONTH = re.compile(r"(?<![\w./-])(?P<d>\d{1,2})(?P<s>[./-]|\.? )(?P<m>[IVX]{1,4})(?P=s)$")
_NUMERIC = re.compile(r"(?<![\w./-])(?P<a>\d{1,2})(?P<s>[./-])[ ]?(?P<b>\d{1,2})(?P=s)[ ]?$")
_FULL_NUMERIC = re.compile(
    r"(?<![\w./-])(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})(?P=s)(?:(?:19|20)\d\d|\d\d)(?![\w/-]|\.\d)"
)
_LAST_WORD = re.compile(r"([^\W\d_]{3,12})[.,]?\s*$")
_AFTER_YEAR = re.compile(
    r"(?P<s>[-/.])[ ]?(?P<m>0?[1-9]|1[0-2])(?P=s)[ ]?(?P<d>\d{1,2})(?![\d])"
    r"|(?P<c>\s?[年년]\s?)(?P<cm>\d{1,2})\s?[月월](?:\s?(?P<cd>\d{1,2})\s?[日일])?"
)
# What makes of numbers the number of a case or a paper: "Docket No. 2020-03-03".
_NUMBERED = re.compile(r"(?:\b(?:no|nr|docket|case|file)\b\.?|#|№|n[º°]) ?:? ?$", re.I)
_SHORT = re.compile(
    r"(?<![\w./-])(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})(?P=s)(?P<y>\d\d)(?![\w/-]|\.\d)"
)
_SHORT_WORDED = re.compile(
    rf"(?<![\w./-])(?:(?P<d>\d{{1,2}}){_ORDINAL}(?:-(?P<m>{_MONTH})-"
    rf"| (?P<m1>{_MONTH}),?(?: ?[’']| (?=[5-9]|\d\d\s?[)\]]?$)))"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}}),? ?[’'])(?P<y>\d\d)(?![\w/-]|[.,:]\d)",
    re.I,
)
_SPACED = re.compile(r"(?<![\w.])(?P<a>\d{1,2}) (?P<b>\d{1,2}) (?P<y>(?:19|20)\d\d)(?!\w)")
_PARTIAL = re.compile(
    rf"(?<!\w)(?:(?P<m>{_MONTH}){_GAP}(?P<d>{_DAY}){_ORDINAL}"
    rf"|(?P<d2>{_DAY}){_ORDINAL}\.?{_GAP}(?:de |of |do )?(?P<m2>{_MONTH}))(?![\w/])(?!,?\s*\d{{4}})",
    re.I,
)
_STAMP = re.compile(
    r"\s*(?P<y>\d{4})(?:-?(?P<m>\d\d)(?:-?(?P<d>\d\d))?)?(?=$|[T\s])", re.ASCII | re.I
)


_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
NUMBERS = {word: n for n, word in enumerate(_UNITS.split(), 1)} | {
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
        " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
        " twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh"
        " twenty-eighth twenty-ninth thirtieth thirty-first".split(),
        1,
    )
}
_WORDED = re.compile(
    rf"\b(?P<d>(?:twenty|thirty)[ -](?:{'|'.join(list(ORDINALS)[:9])})|{'|'.join(list(ORDINALS)[:20])}|thirtieth"
    rf"|\d{{1,2}}(?:st|nd|rd|th))\s+day\s+of\s+(?P<m>{_MONTH}),?\s+(?:(?:in|of)\s+the\s+year\s+(?:of\s+our\s+Lord\s+)?,?\s*)?"
    r"(?P<y>(?:19|20)\d\d|(?:two\s+thousand|nineteen\s+hundred)(?:(?:\s+and)?[\s-]+"
    rf"(?:{'|'.join(NUMBERS)})\b){{0,2}})",
    re.I,
)
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag lunes lundi segunda lunedì maandag",
            "tuesday tue tues dienstag martes mardi terça martedì dinsdag",
            "wednesday wed mittwoch miércoles mercredi quarta mercoledì woensdag",
            "thursday thu thur thurs donnerstag jueves jeudi quinta giovedì donderdag",
            "friday fri freitag viernes vendredi sexta venerdì vrijdag",
            "saturday sat samstag sonnabend sábado samedi sabato zaterdag",
            "sunday sun sonntag domingo dimanche domenica zondag",
        )
    )
    for name in names.split()
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in a text: half-open range in characters, ISO value at the stated precision.

    text[start:end] are the words. value is "--04-21" for a day without a year, which is never a
    release date.
    """

    start: int
    end: int
    value: str

    @property
    def full(self) -> bool:
        """Whether a day is stated, with its year."""
        return len(self.value) == 10


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The ISO date at that precision, or None when there is no such day: `iso(2019, 2, 30)`."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is None:
        return f"{year:04}"
    if day is None:
        return f"{year:04}-{month:02}" if 1 <= month <= 12 else None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def month_number(word: str) -> int:
    """`month_number("Sept.") == 9`; raises KeyError for any other word."""
    return MONTHS[word.rstrip(".").lower()]


def find_dates(
    text: str, order: Order | None = None, start: int = 0, end: int | None = None
) -> list[Mention]:
    """Every date with a year in text[start:end], in order, without overlaps.

    A year on its own is no date here. `order` says how "03/04/2019" is read; None keeps its year.
    """
    found: list[Mention] = []
    stop = len(text) if end is None else end
    last = start
    for year in _YEAR.finditer(text, start, stop):
        if year.start() < last:
            continue
        mention = _before(text, year, last, order) or _after(text, year, stop)
        if mention:
            found.append(mention)
            last = mention.end
    if "day of" in text[start:stop]:
        for mention in _worded(text, start, stop):
            if not any(mention.start < one.end and one.start < mention.end for one in found):
                found.append(mention)
        found.sort(key=lambda one: one.start)
    return found


def _worded(text: str, start: int, stop: int) -> Iterator[Mention]:
    """Dates written out: "this third day of March, in the year of our Lord two thousand and eight"."""
    for match in _WORDED.finditer(text, start, stop):
        day = ORDINALS.get(match["d"].lower().replace(" ", "-")) or _digits(match["d"])
        value = iso(_year_in_words(match["y"]), month_number(match["m"]), day)
        if value:
            yield Mention(match.start(), match.end(), value)


def _digits(words: str) -> int:
    found = re.match(r"\d+", words)
    return int(found[0]) if found else 0


def _year_in_words(words: str) -> int:
    """`_year_in_words("two thousand and eight") == 2008`; 0 for what is no year."""
    if words.isdigit():
        return int(words)
    plain = [w for w in re.split(r"[\s-]+", words.lower()) if w != "and"]
    century = {"two thousand": 2000, "nineteen hundred": 1900}.get(" ".join(plain[:2]), 0)
    rest = [NUMBERS.get(w) for w in plain[2:]]
    return century + sum(n for n in rest if n) if century and None not in rest else 0


def _before(text: str, year: re.Match[str], floor: int, order: Order | None) -> Mention | None:
    low = max(floor, year.start() - 40)
    window = text[low : year.start()]
    number = int(year.group())
    for pattern in (_MONTH_DAY, _DAY_MONTH):
        match = pattern.search(window)
        if match:
            value = iso(number, month_number(match["m"]), int(match["d"]))
            if value:
                return Mention(low + match.start(), year.end(), value)
    match = _MONTH_ONLY.search(window)
    if match and not _is_word(match["m"]):
        value = iso(number, month_number(match["m"]))
        return Mention(low + match.start(), year.end(), value) if value else None
    match = _ROMAN_MONTH.search(window)
    if match:
        value = iso(number, ROMAN.get(match["m"].lower(), 0), int(match["d"]))
        return Mention(low + match.start(), year.end(), value) if value else None
    match = _NUMERIC.search(window)
    if match:
        told = order or _order_by_weekday(window[: match.start()], match, number)
        value = _numeric(int(match["a"]), int(match["b"]), number, told)
        return Mention(low + match.start(), year.end(), value) if value else None
    return None


def _after(text: str, year: re.Match[str], stop: int) -> Mention | None:
    match = _AFTER_YEAR.match(text, year.end(), stop)
    if not match or _NUMBERED.search(text, max(0, year.start() - 12), year.start()):
        return None
    if match["c"]:
        day = int(match["cd"]) if match["cd"] else None
        value = iso(int(year.group()), int(match["cm"]), day)
    else:
        value = iso(int(year.group()), int(match["m"]), int(match["d"]))
    return Mention(year.start(), match.end(), value) if value else None


def _is_word(month: str) -> bool:
    return month.rstrip(".") in AMBIGUOUS


def _order_by_weekday(before: str, match: re.Match[str], year: int) -> Order | None:
    """The order in which "Friday 05/11/1999" is a Friday; None without a weekday before it."""
    word = _LAST_WORD.search(before)
    weekday = WEEKDAYS.get(word[1].lower()) if word else None
    if weekday is None:
        return None
    fits: list[Order] = []
    for order in ("dmy", "mdy"):
        value = _numeric(int(match["a"]), int(match["b"]), year, order)
        if value and datetime.date.fromisoformat(value).weekday() == weekday:
            fits.append(order)
    return fits[0] if len(fits) == 1 else None


def order_in(text: str) -> Order | None:
    """The order that the numeric dates of a text follow, by those with a number above 12; None when
    there is none such or they disagree.

    Example: order_in("until 28/08/2015") == "dmy".
    """
    orders = set()
    for match in _FULL_NUMERIC.finditer(text):
        a, b = int(match["a"]), int(match["b"])
        if (a > 12) != (b > 12) and max(a, b) <= 31 and min(a, b) >= 1:
            orders.add("dmy" if a > 12 else "mdy")
    if orders == {"dmy"}:
        return "dmy"
    return "mdy" if orders == {"mdy"} else None


def _numeric(a: int, b: int, year: int, order: Order | None) -> str | None:
    """`_numeric(3, 14, 2019, None) == "2019-03-14"`; 3 and 4 of unknown order give "2019"."""
    if a == b or (a > 12) != (b > 12):
        day, month = (a, b) if a >= b else (b, a)
        return iso(year, month, day)
    if order is None or a > 12:
        return iso(year) if a <= 12 else None
    return iso(year, b, a) if order == "dmy" else iso(year, a, b)


def find_short(text: str, order: Order | None = None) -> list[Mention]:
    """Dates with two digits for the year ("04/30/93", "30-Apr-93"), or with spaces between the
    numbers ("04 30 1993"), for places that are labelled as dates.

    The century is the one that puts the year between 1950 and 2049, as POSIX does within a year.
    """
    found = []
    spaced = _SPACED.search(text)
    if spaced:
        value = _numeric(int(spaced["a"]), int(spaced["b"]), int(spaced["y"]), order)
        if value:
            return [Mention(spaced.start(), spaced.end(), value)]
    for match in _SHORT.finditer(text):
        value = _numeric(int(match["a"]), int(match["b"]), _whole_year(match["y"]), order)
        if value and len(value) == 10:
            found.append(Mention(match.start(), match.end(), value))
    for match in _SHORT_WORDED.finditer(text):
        month = match["m"] or match["m1"] or match["m2"]
        day = int(match["d"] or match["d2"])
        value = iso(_whole_year(match["y"]), month_number(month), day)
        if value:
            found.append(Mention(match.start(), match.end(), value))
    return sorted(found, key=lambda one: one.start)


def _whole_year(digits: str) -> int:
    year = int(digits)
    return year + (1900 if year >= 50 else 2000)


def find_partial(text: str) -> Iterator[Mention]:
    """Days without a year: "April 21" gives "--04-21"."""
    for match in _PARTIAL.finditer(text):
        word = match["m"] or match["m2"]
        month, day = month_number(word), int(match["d"] or match["d2"])
        if not _is_word(word) and iso(2000, month, day):
            yield Mention(match.start(), match.end(), f"--{month:02}-{day:02}")


def stamp_date(stamp: str, order: Order | None = None) -> str | None:
    """The day of a machine's date or time as it stands, its own time zone kept.

    "2023-05-10T09:00:00-04:00", "20230510", "Fri, 22 Jul 2022 21:30:00 +0000" and dates in words
    are read; None for anything else.

    Example: stamp_date("2022-07") == "2022-07".
    """
    match = _STAMP.match(stamp)
    if match:
        day = int(match["d"]) if match["d"] else None
        month = int(match["m"]) if match["m"] else None
        return iso(int(match["y"]), month, day)
    found = find_dates(stamp[:120], order)
    return found[0].value if found else None

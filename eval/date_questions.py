"""Questions with date or issuer bounds, made from the metadata of releases, and how they are read.

    python -m eval.date_questions RELEASES.jsonl OUT.jsonl [--count 300] [--seed 1]
    python -m eval.date_questions RELEASES.jsonl OUT.jsonl --check [--held-out] [--errors]

Each line of OUT holds a question, its gold bounds (from, to: ISO days or null), the issuer that
must have issued the answer or null, the issuer that is named, and the ids of the releases within
the bounds. The phrasings stand here and nothing of the parser does; every third of them is marked
as held out, and a question counts as held out when it uses one of these.
"""

import argparse
import json
import lzma
import random
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from rag.question import understand
from rag.records import Bounds

MONTHS = (
    "January February March April May June July August September October November December"
).split()
SHORT = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()
SEASONS = {3: "spring", 6: "summer", 9: "fall", 12: "winter"}


@dataclass(frozen=True, slots=True)
class DateQuestion:
    """A question with its gold bounds; see the module's docstring."""

    id: str
    question: str
    start: str | None
    end: str | None
    issuer: str | None
    named: str | None
    phrasing: str
    frame: str
    held_out: bool
    release_ids: tuple[str, ...] = ()


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

# --- frames: {i} the issuer, {t} the topic, {d} the date words ----------------------------------

# (frame, whether the issuer must have issued the answer)
FRAMES: dict[str, tuple[str, bool]] = {
    "fragment": ("{i} {d} on {t}", True),
    "say": ("What did {i} say about {t} {d}?", False),
    "releases of": ("{i}'s releases on {t} {d}", True),
    "press releases by": ("press releases by {i} {d} about {t}", True),
    "opening": ("{D}, what did {i} say about {t}?", False),
    "has said": ("What has {i} said about {t} {d}?", True),
    "statements from": ("statements from {i} on {t} {d}", True),
    "releases on": ("releases on {t} {d}", False),
    "was announced": ("What was announced {d} about {t}?", False),
    "anything": ("anything from {i} about {t} {d}?", True),
    "put out": ("Show me everything {i} put out on {t} {d}", True),
    "news releases": ("news releases about {t} {d}", False),
    "most recent": ("the most recent release from {i} on {t} {d}", True),
    "latest": ("What is {i}'s latest on {t} {d}?", True),
    "first": ("{i}'s first statement on {t} {d}", True),
    "position": ("How has {i}'s position on {t} changed {d}?", False),
    "list": ("List {i} statements on {t} issued {d}", True),
    "mention": ("Which releases {d} mention {t}?", False),
    "did announce": ("What did {i} announce on {t} {d}?", False),
    "say anything": ("Did {i} say anything about {t} {d}?", False),
    "have to say": ("what did {i} have to say about {t} {d}", False),
    "comma": ("{i} on {t}, {d}", True),
    "according to": ("Why does {t} matter, according to {i} {d}?", False),
    "quotes": ("quotes from {i} about {t} {d}", True),
    "timeline": ("timeline of {i}'s statements on {t} {d}", True),
    "published": ("What was published {d} on {t}?", False),
}
DAY_FRAMES: dict[str, tuple[str, bool]] = {
    "release issued": ("What does the release issued {d} by {i} say about {t}?", True),
    "statement of": ("the statement by {i} released {d} on {t}", True),
    "did announce": ("What did {i} announce {d} about {t}?", False),
    "put out": ("What did {i} put out {d} on {t}?", True),
    "press release": ("press release {d} about {t}", False),
    "was issued": ("What was issued {d} about {t}?", False),
}
WHICH_FRAMES: dict[str, tuple[str, bool]] = {
    "the release": ("What does the {d} release on {t} say?", False),
    "press release from": ("the {d} press release from {i} on {t}", True),
    "possessive": ("What did {i}'s {d} statement say about {t}?", True),
    "according": ("According to the {d} announcement, what about {t}?", False),
    "in the statement": ("Who is named in the {d} news release about {t}?", False),
}
NAMES = ("{full}", "Senator {last}", "{last}", "Sen {last}")


def _is_held_out(name: str, table: Iterable[str]) -> bool:
    """Every third phrasing, by its place in its table."""
    return list(table).index(name) % 3 == 2


# --- making questions --------------------------------------------------------------------------


def generate(
    releases: Sequence[dict[str, str]], *, count: int, seed: int, as_of: date
) -> list[DateQuestion]:
    """`count` questions from releases (id, issuer, date, text), the phrasings dealt evenly."""
    rng = random.Random(seed)
    common = _common_words(releases)
    made: list[DateQuestion] = []
    tables = (
        [(n, WHEN, FRAMES) for n in WHEN]
        + [(n, ON_DAY, DAY_FRAMES) for n in ON_DAY]
        + [(n, WHICH, WHICH_FRAMES) for n in WHICH]
    )
    frames = {id(table): list(table) for table in (FRAMES, DAY_FRAMES, WHICH_FRAMES)}
    while len(made) < count:
        for name, phrasings, table in tables:
            if not frames[id(table)]:
                frames[id(table)] = list(table)
            order = frames[id(table)]
            frame = order.pop(rng.randrange(len(order)))
            question = _make(
                rng.choice(releases), name, phrasings, frame, table, as_of, rng, common
            )
            if question is not None and len(made) < count:
                made.append(replace(question, id=f"date-{len(made):04d}"))
    return [_with_gold(question, releases) for question in made]


def _make(
    release: dict[str, str],
    name: str,
    phrasings: dict[str, Phrasing],
    frame: str,
    table: dict[str, tuple[str, bool]],
    as_of: date,
    rng: random.Random,
    common: Counter[str],
) -> DateQuestion | None:
    day = date.fromisoformat(release["date"])
    phrase = phrasings[name](day, as_of, rng)
    pattern, must = table[frame]
    topic = _topic(release["text"], common)
    if topic is None or (name == "no date" and not must):
        return None
    last = re.sub(r"^Sen\. ", "", release["issuer"])
    if not last.isalpha() or re.search(r"[a-z][A-Z]", last):
        return None
    issuer = rng.choice(NAMES).format(full=release["issuer"], last=last)
    capital = phrase.words[:1].upper() + phrase.words[1:]
    words = pattern.format(i=issuer, t=topic, d=phrase.words, D=capital)
    question = re.sub(r"\s+([?,])", r"\1", re.sub(r"\s+", " ", words)).strip(" ,")
    return DateQuestion(
        id="",
        question=question,
        start=phrase.start.isoformat() if phrase.start else None,
        end=phrase.end.isoformat() if phrase.end else None,
        issuer=release["issuer"] if must else None,
        named=release["issuer"] if "{i}" in pattern else None,
        phrasing=name,
        frame=frame,
        held_out=_is_held_out(name, phrasings) or _is_held_out(frame, table),
    )


def _common_words(releases: Sequence[dict[str, str]]) -> Counter[str]:
    """In how many releases each lower-case word stands."""
    return Counter(w for r in releases for w in set(re.findall(r"\b[a-z]{5,14}\b", r["text"])))


def _topic(text: str, common: Counter[str]) -> str | None:
    """The two most telling lower-case words of a release, as a topic, or None."""
    words = Counter(re.findall(r"\b[a-z]{5,14}\b", text[:3000]))
    known = [w for w in words if 20 <= common[w] <= 400]
    best = sorted(known, key=lambda w: (-words[w] / common[w], w))[:2]
    return " and ".join(best) if len(best) == 2 else None


def _with_gold(question: DateQuestion, releases: Sequence[dict[str, str]]) -> DateQuestion:
    found = [
        r["id"]
        for r in releases
        if (question.start is None or r["date"] >= question.start)
        and (question.end is None or r["date"] <= question.end)
        and (question.issuer is None or r["issuer"] == question.issuer)
    ]
    return replace(question, release_ids=tuple(found))


# --- measuring ---------------------------------------------------------------------------------


def is_exact(question: DateQuestion, issuers: Sequence[str], span: Bounds, as_of: date) -> bool:
    """Whether bounds and issuer are read exactly; a name that does not bind must be noticed."""
    query = understand(question.question, issuers=issuers, span=span, as_of=as_of)
    if (query.bounds.start, query.bounds.end) != (question.start, question.end):
        return False
    if question.issuer is not None:
        return query.issuers == (question.issuer,)
    return question.named is None or question.named in query.issuers + query.issuer_hints


def _read(path: Path) -> list[dict[str, str]]:
    opened = lzma.open(path, "rt") if path.suffix == ".xz" else path.open(encoding="utf-8")
    with opened as lines:
        return [json.loads(line) for line in lines if line.strip()]


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the questions, and with --check the share that is read exactly."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("releases", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true", help="measure the parser on them")
    parser.add_argument("--held-out", action="store_true", help="name the held-out errors too")
    parser.add_argument("--errors", action="store_true", help="name the errors")
    given = parser.parse_args(arguments)
    releases = _read(given.releases)
    days = sorted(r["date"] for r in releases)
    as_of = date.fromisoformat(days[-1])
    questions = generate(releases, count=given.count, seed=given.seed, as_of=as_of)
    with given.out.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(asdict(q)) + "\n" for q in questions)
    print(f"{len(questions)} questions, {sum(q.held_out for q in questions)} held out")
    if not given.check:
        return
    issuers = tuple(sorted({r["issuer"] for r in releases}))
    span = Bounds(days[0], days[-1])
    for held_out in (False, True):
        group = [q for q in questions if q.held_out == held_out]
        wrong = [q for q in group if not is_exact(q, issuers, span, as_of)]
        name = "held out" if held_out else "developed on"
        share = 1 - len(wrong) / max(1, len(group))
        print(f"{name}: {len(group) - len(wrong)} of {len(group)} exact, {share:.3f}")
        for question in wrong if given.errors and (given.held_out or not held_out) else ():
            query = understand(question.question, issuers=issuers, span=span, as_of=as_of)
            print(f"  {question.question}")
            print(f"    gold {question.start} {question.end} {question.issuer or question.named}")
            print(f"    read {query.bounds.start} {query.bounds.end} {query.issuers}", end=" ")
            print(query.issuer_hints, query.answer_type)


if __name__ == "__main__":
    main()

"""Letterheads that were run together with the text below them: where their lines would break."""

import re
from collections.abc import Iterator

from index.dates import find_dates, find_short

# A letterhead stands in the first characters of a line that is a whole text; shorter lines are none.
_HEAD, _LEAST_LINE = 500, 400
# The first of its marks stands within so many characters.
_FIRST = 160
_MARKS = {
    "immediate": re.compile(r"\b(?:[Ff]or [Ii]mmediate [Rr]elease|FOR IMMEDIATE RELEASE)(?![a-z]):?"),
    "paper": re.compile(r"\b(?:NEWS|PRESS|MEDIA|News|Press|Media) (?:RELEASE|ADVISORY|Release|Advisory)\b:?"),
    "number": re.compile(r"\b(?:Release|RELEASE)(?: (?:No\.?|NO\.?|Number))?:? ?[\w.-]*\d[\w.-]*"),
    "contact": re.compile(
        r"\b(?:[Ff]or (?:[Mm]ore|[Ff]urther) [Ii]nformation,? |(?:Media|Press|MEDIA|PRESS|News) )?"
        r"(?:[Cc]ontacts?|CONTACTS?):"
    ),
    "note": re.compile(r"\b(?:Note|NOTE) to (?:[Ee]ditors|EDITORS|[Cc]orrespondents)[\w/ ]{0,20}:?"),
    "capitals": re.compile(r"(?<!\S)(?:[A-ZÀ-Þ0-9\"“‘$(][A-ZÀ-Þ0-9'’.,&/:;$%()”\"-]*[ \t]+){4,}"),
}  # fmt: skip
# Letters that a title in capitals has at least.
_LEAST_CAPITALS = 20
# The mark at the end of a release, and how far before the end of its line it may stand.
_END = re.compile(r"(?<=\s)(?:#[ \t]?){3,}|(?<=\s)[-–]+ ?30 ?[-–]+(?=\s|$)")
_LAST = 600
# The place that opens a text below a date: "(RIVERTON, Ore.) – ".
_PLACED = re.compile(r"\(?[A-ZÀ-Þ][\w.]+(?:,? [A-ZÀ-Þ][\w.]+){0,3}\)?\s*[–—-]\s")
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,?$", re.I)
_TABLE_DATE = 24


def breaks_in(text: str, start: int, end: int) -> list[int]:
    """Where lines begin in text[start:end], which is one line, beyond its own beginning.

    A date before a tab is a line of its own. In a long line whose first words have marks of two
    kinds ("For immediate release", a date, "Contact:", a title in capitals) each is one, and so is
    the mark at its end ("# # #").
    """
    tab = text.find("\t", start, min(end, start + _TABLE_DATE))
    found = [tab + 1] if tab >= 0 and _is_date(text[start:tab]) else []
    low = found[0] if found else start
    marks = sorted(_marks(text[low : min(low + _HEAD, end)])) if end - low >= _LEAST_LINE else []
    kinds = len({kind for _, _, kind in marks}) + len(found)
    if kinds >= 2 and marks and marks[0][0] <= _FIRST:
        for begin, stop, kind in marks:
            found += [low + begin, *([] if kind == "contact" else [low + stop])]
    if end - low >= _LEAST_LINE:
        for close in _END.finditer(text, max(low, end - _LAST), end):
            found += close.span()
    return sorted({at for at in found if start < at < end})


def _is_date(words: str) -> bool:
    dates = find_dates(words, "mdy") or find_short(words, "mdy")
    return (
        len(dates) == 1
        and dates[0].full
        and not words.replace(words[dates[0].start : dates[0].end], "").strip()
    )


def _marks(head: str) -> Iterator[tuple[int, int, str]]:
    """Marks of a letterhead in the first words of a text: begin, end and kind."""
    for kind, pattern in _MARKS.items():
        for match in pattern.finditer(head):
            if kind != "capitals" or sum(map(str.isupper, match[0])) >= _LEAST_CAPITALS:
                yield match.start(), match.end(), kind
    for date in find_dates(head, "mdy") or find_short(head, "mdy"):
        before, after = head[: date.start].split(), head[date.end :].lstrip()
        word = _WEEKDAY.sub("", before[-1]) if before else ""
        apart = not word[:1].islower() and not after[:1].islower()
        if date.full and (apart or _PLACED.match(after)):
            yield date.start, date.end, "date"

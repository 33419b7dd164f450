"""Pages that hold several releases in full: digests, archives of a month, "previously released".

A page is cut before each further header: a mark such as "For immediate release", a title with its
date, or what follows an end mark when it has a title and a date of its own.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from index import boilerplate, labels
from index.anchoring import anchor_of
from index.dates import find_dates
from index.entries import is_title_like
from index.layout import Part, first_prose, is_furniture, part_of
from index.sheet import Line, Sheet
from index.wording import are_one, flat

# Running text of at least this many characters follows the title and the date of a release in full,
# less where the titles are headings; so many titles are needed when the dates are within the text.
LEAST_PROSE, LEAST_HEADED, LEAST_DATELINES = 400, 200, 3
# Where so large a share of the texts open as releases do, or are cut off, this many are enough.
_MOST_LEADS, LEAST_LEAD = 0.6, 80
# "Read more" that parts releases: so many, and so large a share with a title and a text above.
LEAST_CUT, _MOST_CUT = 3, 0.75
_READ_MORE = re.compile(
    r"\W*(?:(?:read|learn|see|view) (?:more|on|the full \w+)|(?:continue|keep) reading|more|full (?:story|text)"
    r"|weiterlesen|mehr(?: lesen| erfahren)?|leer m[áa]s|ver m[áa]s|lire (?:la suite|plus)|en savoir plus"
    r"|leia mais|saiba mais|leggi (?:tutto|di pi[ùu])|continua(?: a leggere)?"
    r"|lees (?:meer|verder)|läs mer|les mer|læs mere)\W*",
    re.I,
)
_RULE = re.compile(r"[=_*~-]{5,}|(?:\* ?){3,}")
# How far a date may stand from its title, and the text from them, in lines.
_NEAR, _HEADER = 2, 6
# A note above a release: its characters; and within how many lines below its mark the headline, of
# how many words at least, stands again.
_LONGEST_NOTE, _REACH, _LEAST_WORDS = 500, 8, 4


def parts_of(sheet: Sheet) -> list[Part]:
    """The releases of a page in order; one when it is no digest."""
    whole = part_of(sheet, 0, len(sheet.lines))
    starts = _rows(sheet) or _marked(sheet, whole)
    if len(starts) == 1:
        counts = Counter(line.text for line in sheet.lines)
        titles = [index for index in range(len(sheet.lines)) if _is_title(sheet, index, counts)]
        starts = _separated(sheet, titles) or _headed(sheet, titles) or _cut_off(sheet, titles)
    if not starts:
        return [whole]
    if anchor := anchor_of(sheet):  # what stands above a page's title is no other release
        starts = [start for start in starts if start == starts[0] or start > anchor[-1]]
    stops = [*starts[1:], len(sheet.lines)]
    return [part_of(sheet, start, stop) for start, stop in zip(starts, stops, strict=True)]


# A row of a table each ---------------------------------------------------------------------------


def _rows(sheet: Sheet) -> list[int]:
    """The rows of a table whose first cells are dates, when the text begins with one; else []."""
    rows = [
        index
        for index, line in enumerate(sheet.lines)
        if sheet.text[line.end : line.end + 1] == "\t" and labels.is_dated(line.text)
    ]
    return rows if len(rows) > 1 and rows[0] == 0 else []


# A mark above each ------------------------------------------------------------------------------


def _marked(sheet: Sheet, whole: Part) -> list[int]:
    starts = [0]
    index = whole.body + 1
    while index < len(sheet.lines):
        if _opens_release(sheet, index):
            start = _header_start(sheet, index, starts[-1])
            body = first_prose(sheet, index, len(sheet.lines))
            if body - index <= 15 and body < len(sheet.lines) and start > whole.body:
                starts = [start] if _is_note(sheet, whole, index) else [*starts, start]
                index = body
        index += 1
    return starts


def _is_note(sheet: Sheet, whole: Part, mark: int) -> bool:
    """Whether what stands above the first mark is a note to the press under the release's headline,
    which stands again below the mark."""
    own = sum(len(line.text) for line in sheet.lines[whole.body : mark])
    if own > _LONGEST_NOTE:
        return False
    above = _of_some_words(sheet.lines[: whole.body])
    below = _of_some_words(sheet.lines[mark + 1 : mark + _REACH])
    return any(are_one(title, again) for title in above for again in below)


def _of_some_words(lines: Sequence[Line]) -> list[str]:
    texts = (flat(line.text) for line in lines)
    return [text for text in texts if len(text.split()) >= _LEAST_WORDS]


def _opens_release(sheet: Sheet, index: int) -> bool:
    """Whether a line in the midst of a page is of a release's header."""
    line = sheet.lines[index]
    if is_furniture(line) or len(line.text) > 160 or boilerplate.is_prose(line.text):
        return False
    if re.match(r"\W*for immediate release\b", line.text, re.I):
        return True
    return bool(re.match(r"\W*release date\b\s*:", line.text, re.I))


def _header_start(sheet: Sheet, index: int, floor: int) -> int:
    """The first line of the header that line `index` is in: up to the title above it."""
    start = index
    while start > floor + 1 and index - start < 4:
        above = sheet.lines[start - 1]
        if (
            boilerplate.is_prose(above.text)
            or boilerplate.is_end(above.text)
            or above.text.endswith(":")
        ):
            break
        start -= 1
        if above.level:
            break
    return start


# An end mark or a rule below each ---------------------------------------------------------------


def _separated(sheet: Sheet, titles: Sequence[int]) -> list[int]:
    """Where releases begin that end marks or rules part, each with a title and a date; else [].

    The first begins with its title, since the page's own header may stand above that.
    """
    marks = [
        index
        for index, line in enumerate(sheet.lines)
        if boilerplate.is_end(line.text) or _RULE.fullmatch(line.text)
    ]
    bounds = [0, *(mark + 1 for mark in marks), len(sheet.lines)]
    segments = list(zip(bounds, bounds[1:], strict=False))
    heads = [(segment, _title_line(sheet, titles, *segment)) for segment in segments]
    held = [segment for segment, title in heads if title is not None]
    if len(held) < 2:
        return []
    first = next(title for _, title in heads if title is not None)
    starts = [first if held[0][0] == 0 else held[0][0], *(start for start, _ in held[1:])]
    if _date_line(sheet, *held[0]) is None:  # the date of each stands below its end mark
        starts = [starts[0], *(_below_date(sheet, titles, start, stop) for start, stop in held[1:])]
        dated = sum(below > start for below, (start, _) in zip(starts[1:], held[1:], strict=True))
        return starts if dated == len(held) - 1 else []
    dated = sum(_date_line(sheet, *segment) is not None for segment in held)
    return starts if dated >= max(2, len(held) - 1) else []


def _title_line(sheet: Sheet, titles: Sequence[int], start: int, stop: int) -> int | None:
    """The first line that could be a title, when running text follows it in lines[start:stop]; of
    the page's first release it may stand below sentences of the page."""
    body = first_prose(sheet, start, stop) if start else stop
    tail = next((i for i in range(start, body) if boilerplate.is_tail(sheet.lines[i].text)), stop)
    for index in titles[bisect_left(titles, start) :]:
        if index >= body or start and index > tail:
            return None  # below the text, or a list of other pages
        near = min(index + 1 + _HEADER, stop)
        if first_prose(sheet, index + 1, near) < near:
            return index
    return None


def _is_title(sheet: Sheet, index: int, counts: Mapping[str, int]) -> bool:
    line = sheet.lines[index]
    below = sheet.lines[min(index + 1, len(sheet.lines) - 1)]
    if sheet.wrapped and not ((line.gap or not index) and below.gap):
        return False
    return (
        is_title_like(line)
        and counts[line.text] <= 2  # not the name of a section
        and not is_furniture(line)
        and not boilerplate.is_prose(line.text)
        and not boilerplate.is_tail(line.text)
        and not labels.is_dated(line.text)
        and not line.text.endswith((".", ":"))
    )


def _date_line(sheet: Sheet, start: int, stop: int) -> int | None:
    """The first line of the header in lines[start:stop] that is a date."""
    body = first_prose(sheet, start, stop)
    return next((i for i in range(start, body) if labels.is_dated(sheet.lines[i].text)), None)


def _below_date(sheet: Sheet, titles: Sequence[int], start: int, stop: int) -> int:
    """The line after a date that stands above the title in lines[start:stop], else `start`."""
    date, title = _date_line(sheet, start, stop), _title_line(sheet, titles, start, stop)
    if date is None or title is None:
        return start
    return date + 1 if title > date or title < date and date - title <= 1 else start


# "Read more" below each ---------------------------------------------------------------------------


def _cut_off(sheet: Sheet, titles: Sequence[int]) -> list[int]:
    """Where releases begin that "Read more" parts, each with a title; else []. A list that gives
    dates on lines of their own is read by those."""
    marks = [i for i, line in enumerate(sheet.lines) if _READ_MORE.fullmatch(line.text)]
    if len(marks) < LEAST_CUT:
        return []
    between = sheet.lines[: marks[-1]]
    if sum(line.stamp is not None or labels.is_dated(line.text) for line in between) > 1:
        return []
    bounds = zip([0, *(mark + 1 for mark in marks)], marks, strict=False)
    heads = [_title_line(sheet, titles, start, stop) for start, stop in bounds]
    starts = [head for head in heads if head is not None]
    return starts if len(starts) >= max(LEAST_CUT, _MOST_CUT * len(marks)) else []


# A title with its date above each ---------------------------------------------------------------


def _headed(sheet: Sheet, titles: Sequence[int]) -> list[int]:
    """Where releases begin that have a title and a date above a text in full; else []."""
    heads = [index for index in titles if _is_headed(sheet, index)]
    end = _other_list(sheet, heads[0]) if heads else 0
    heads = [i for i, below in pairwise([*heads, len(sheet.lines)]) if i < end and below != i + 1]
    if len(heads) < 2 or heads[0] > first_prose(sheet, 0, len(sheet.lines)):
        return []
    stops = [*heads[1:], len(sheet.lines)]
    headings = all(sheet.lines[i].level for i in heads)
    leads = sum(_is_lead(sheet.lines[i + 1].text) for i in heads)
    if len(heads) >= LEAST_DATELINES and leads >= _MOST_LEADS * len(heads):
        least = LEAST_LEAD
    else:
        least = LEAST_HEADED if headings else LEAST_PROSE
    if all(_prose(sheet, a, b) >= least for a, b in zip(heads, stops, strict=True)):
        dates_alone = [i for i in heads if _has_date(sheet, i)]
        return heads if len(dates_alone) == len(heads) or len(heads) >= LEAST_DATELINES else []
    return []


def _other_list(sheet: Sheet, first: int) -> int:
    """Where a list of other pages begins below the first title, or the end of the page."""
    below = range(first + 1, len(sheet.lines))
    return next((i for i in below if boilerplate.is_list_head(sheet.lines[i].text)), below.stop)


def _is_headed(sheet: Sheet, index: int) -> bool:
    """Whether a date, or a text that opens with place and date, stands below a title."""
    stop = min(index + 1 + _HEADER, len(sheet.lines))
    if index + 1 < stop and _is_teaser(sheet.lines[index + 1].text):
        return True
    body = first_prose(sheet, index + 1, stop)
    if body == stop:
        return False
    if _date_line(sheet, index + 1, min(index + 1 + _NEAR, stop)) is not None:
        return True
    return body == index + 1 and _is_lead(sheet.lines[body].text)


def _is_lead(text: str) -> bool:
    """Whether a text opens with a place or a date, as each release does, or is cut off."""
    if labels.is_dated(text):
        return False
    return boilerplate.opens_with_place(text) or _opens_with_date(text) or _is_teaser(text)


def _is_teaser(text: str) -> bool:
    """Whether the beginning of a text is cut off: "The governor today said that the…"."""
    return len(text) >= LEAST_LEAD and text.rstrip("]) ").endswith(("…", "..."))


def _has_date(sheet: Sheet, index: int) -> bool:
    """Whether a line with a date, or a dateline with its year, stands below a title."""
    if _date_line(sheet, index, min(index + _NEAR + 1, len(sheet.lines))) is not None:
        return True
    return _opens_with_date(sheet.lines[index + 1].text)


def _opens_with_date(text: str) -> bool:
    """Whether a text begins with a date, or with a place and a full date: "Metz, 3 May 2019 – "."""
    dates = find_dates(text, "dmy", 0, 60)
    if not dates or not dates[0].full:
        return False
    placed = dates[0].start <= 40 and re.match(r"\s*\.?\s*(?:[-–—]|\) [-–—])", text[dates[0].end :])
    return not text[: dates[0].start].strip("([ ") or placed is not None


def _prose(sheet: Sheet, start: int, stop: int) -> int:
    lines: Sequence[str] = [line.text for line in sheet.lines[start:stop] if line.zone == "main"]
    return sum(len(text) for text in lines if boilerplate.is_prose(text) or len(text) >= 50)

"""Entries of lists: each has a title, and its date in a line of its own or none.

Entries are told apart by the link that their lines share, by their dates, or by a line that says
what kind of paper each is.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from index import boilerplate, labels
from index.dates import Mention, Order
from index.layout import is_furniture
from index.sheet import Line, Sheet
from index.standing import LEAST, dated_lines
from index.unspaced import length_of, words_in

# How far the title of an entry may stand from its date, in lines.
_REACH = 3
# Most and fewest of the dates that have a title at one side when the titles stand at that side.
_MOST, _FEWEST = 0.75, 0.34
# So many of the dates have a title next to them where the lines next to the others are titles too.
_MANY = 0.6
_NEARLY_ALL = 0.9
_LONGEST_TITLE = 200
# So much running text with two dates in it, and no titles that are marked, is no list.
_LEAST_LETTER = 2_000
# Lines of one entry after its last date, at most.
_LAST = 6
# What an entry is filed under.
_FILED = re.compile(
    r"(?:categor(?:y|ies)|tags?|topics?|filed under|keywords?|type|section|department)\s*:", re.I
)
# The end of an abstract that goes on elsewhere.
_CUT_OFF = re.compile(
    r"\b(?:(?:read|learn|see) more|continue reading|weiterlesen|leer más|lire la suite)\W*$", re.I
)
# The kind of paper that an entry is, beside the name of who put it out.
_PAPER = re.compile(
    r"(?:media|press|news) (?:releases?|statements?|briefings?|conferences?|notices?|advisor(?:y|ies))"
    r"|news(?: stor(?:y|ies)| articles?)?|statements?|speech(?:es)?|transcripts?|announcements?|articles?"
    r"|communiqu[ée]s?(?: de presse)?|discours|comunicados?|discursos?|pressemitteilung(?:en)?|reden?|interviews?"
    r"|doorstops?|remarks|backgrounders?|readouts?|blogs?|advisory|guidance",
    re.I,
)

Shape = tuple[int, bool]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its title, the lines of its abstract, its date and its link.

    title: "" where the list has only abstracts. date, date_line: None where it gives no dates.
    """

    title: str
    line: int
    lines: tuple[int, ...]
    date: Mention | None
    date_line: int | None
    url: str | None


def is_title_like(line: Line) -> bool:
    """Whether a line could be the title of an item: a few words at least, no sentence, no tool."""
    text = line.text
    return (
        length_of(text) >= 15
        and words_in(text) >= 3
        and len(text) <= 400
        and not boilerplate.is_contact(text)
        and not (boilerplate.is_tail(text) and not line.linked)
        and not labels.is_masthead(text)
        and not text.endswith(",")
        and not _CUT_OFF.search(text)
    )


def find_entries(sheet: Sheet, own: Sequence[int], order: Order | None) -> tuple[Item, ...]:
    """The entries that lines `own` of a page hold, in order; none when they hold no list."""
    dated = dated_lines(sheet, own, order)
    if not dated:
        return _by_paper(sheet, own)
    if len(dated) < 2:
        return ()
    return _by_link(sheet, own, dated) or _by_date(sheet, own, dated)


def _opens_prose(sheet: Sheet, index: int) -> bool:
    """Whether a line of a wrapped page is of a sentence that goes on below: in a small letter where
    no gap stands above it, else in two of three lines."""
    line, below = sheet.lines[index], sheet.lines[index + 1 : index + 4]
    if not sheet.wrapped or not below or below[0].gap:
        return False
    if not line.gap and (line.text[0].islower() or below[0].text[0].islower()):
        return True
    whole = not any(one.gap for one in below)
    return whole and sum(one.text[0].islower() for one in below) > 1


# Lines that share a link -------------------------------------------------------------------------


def _by_link(sheet: Sheet, own: Sequence[int], dated: Mapping[int, Mention]) -> tuple[Item, ...]:
    """Entries that are links as a whole, title, date, abstract and all."""
    items = []
    for url, group in groupby(own, key=lambda index: sheet.lines[index].linked):
        card = list(group)
        marks = [index for index in card if index in dated]
        titles = [i for i in card if i not in dated and is_title_like(sheet.lines[i])]
        if url and len(marks) == 1 and titles:
            lines = abstract(sheet, min(titles[0], marks[0]) + 1, card[-1] + 1)
            kept = tuple(i for i in lines if i not in (titles[0], marks[0]))
            items.append(_item(sheet, titles[0], kept, dated[marks[0]], marks[0]))
    return tuple(items) if len(items) >= max(LEAST, len(dated) / 2) else ()


# Dates above or below titles ---------------------------------------------------------------------


def _by_date(sheet: Sheet, own: Sequence[int], dated: Mapping[int, Mention]) -> tuple[Item, ...]:
    marks = sorted(dated)
    texts = Counter(sheet.lines[i].text for i in own)
    single = [
        i
        for i in own
        if i not in dated and texts[sheet.lines[i].text] < LEAST and not _opens_prose(sheet, i)
    ]
    likely = [i for i in single if is_title_like(sheet.lines[i])]
    short = _short_titles(sheet, single, marks)
    between = {i for i in likely if marks[0] < i < marks[-1]}
    likely = short if short and between <= set(short) else likely
    shape = _title_shape(sheet, likely, marks)
    if shape is None:
        return _untitled(sheet, dated)
    titles = [i for i in likely if _has_shape(sheet.lines[i], shape)]
    if not any(marks[0] - _REACH <= title for title in titles):
        return _untitled(sheet, dated)
    if shape == (0, False) and len(marks) < LEAST:  # the days of a release, and of the letter in it
        prose = sum(
            len(sheet.lines[i].text) for i in own if boilerplate.is_prose(sheet.lines[i].text)
        )
        if len({d.value for d in dated.values()}) == 1 or prose >= _LEAST_LETTER:
            return ()
    titles = _at_their_place(sheet, titles, single, marks, shape)
    if _date_first(sheet, titles, marks, shape):
        return _below(sheet, titles, dated, shape)
    return _above(sheet, titles, dated)


def _short_titles(sheet: Sheet, own: Sequence[int], marks: Sequence[int]) -> list[int]:
    """The short lines next to dates, at the same side of nearly all, where no line is longer."""
    for step in (1, -1):
        found = [m + step for m in marks if m + step in own]
        lines = [sheet.lines[i] for i in found]
        if LEAST <= len(found) >= _NEARLY_ALL * len(marks) and all(
            _is_short_title(line) for line in lines
        ):
            return found
    return []


def _is_short_title(line: Line) -> bool:
    text = line.text
    return length_of(text) >= 8 and words_in(text) >= 2 and not is_furniture(line)


def _at_their_place(
    sheet: Sheet, titles: Sequence[int], own: Sequence[int], marks: Sequence[int], shape: Shape
) -> list[int]:
    """Titles, with the lines of their shape that stand where most dates have one: next above, or
    next below. A title may end like a sentence, or be a question of two words."""
    for step in (-1, 1):
        places = [m + step for m in marks]
        held = sum(place in titles for place in places)
        other = sum(m - step in titles and m - step not in places for m in marks)
        if len(marks) > held >= _MANY * len(marks) and other <= _FEWEST * len(marks):
            fit = (p for p in places if p in own and _shape(sheet.lines[p]) == shape)
            more = (p for p in fit if len(sheet.lines[p].text) <= _LONGEST_TITLE)
            return sorted({*titles, *more})
    return list(titles)


def _untitled(sheet: Sheet, dated: Mapping[int, Mention]) -> tuple[Item, ...]:
    """Entries of a date and an abstract without a title, or of a date and one short sentence."""
    marks = sorted(dated)
    items = _pairs(sheet, dated)
    if items:
        return tuple(items)
    for mark, stop in zip(
        marks, [*marks[1:], min(marks[-1] + _LAST, len(sheet.lines))], strict=True
    ):
        lines = abstract(sheet, mark + 1, stop)
        if not lines or lines[0] - mark > _LAST:
            return ()
        items.append(Item("", mark, lines, dated[mark], mark, None))
    return tuple(items) if len(items) >= LEAST else ()


def _pairs(sheet: Sheet, dated: Mapping[int, Mention]) -> list[Item]:
    """Entries of two lines each, a date and a short sentence that is its title."""
    marks = sorted(dated)
    step = 1 if marks[-1] + 1 < len(sheet.lines) else -1
    places = [mark + step for mark in marks]
    if len(marks) < LEAST or marks != list(range(marks[0], marks[-1] + 1, 2)):
        return []
    if min(places) < 0 or not all(_is_sentence(sheet.lines[p].text) for p in places):
        return []
    return [_item(sheet, p, (), dated[p - step], p - step) for p in places]


def _is_sentence(text: str) -> bool:
    """Whether a line is one short sentence, as some lists have for titles."""
    return len(text) <= _LONGEST_TITLE and not re.search(r"[.!?]\s", text)


def _title_shape(sheet: Sheet, own: Sequence[int], marks: Sequence[int]) -> Shape | None:
    """What the titles have in common: the level of heading and being links, from those lines
    between the first and the last date, and those next to them, that look like titles."""
    near = [i for i in own if marks[0] - 4 <= i <= marks[-1] + 4 and i not in marks]
    shapes = Counter(_shape(sheet.lines[i]) for i in near)
    marked = {
        shape: n for shape, n in shapes.items() if shape != (0, False) and n >= len(marks) / 2
    }
    if marked:
        return max(marked, key=lambda s: (marked[s], s))
    return (0, False) if shapes else None


def _shape(line: Line) -> Shape:
    return line.level, line.linked is not None


def _has_shape(line: Line, shape: Shape) -> bool:
    if _shape(line) != shape:
        return False
    sentence = line.text.endswith(".") and len(line.text.split()) > 6
    return shape != (0, False) or not sentence and not boilerplate.is_prose(line.text)


def _date_first(sheet: Sheet, titles: Sequence[int], marks: Sequence[int], shape: Shape) -> bool:
    """Whether the dates stand above their titles rather than below."""
    if len(titles) == len(marks):
        if all(t < m for t, m in zip(titles, marks, strict=True)) and _in_turn(titles, marks):
            return False
        if all(m < t for t, m in zip(titles, marks, strict=True)) and _in_turn(marks, titles):
            return True
    inner = [t for t in titles if marks[0] < t < marks[-1]]
    before, after = (sum(mark + step in titles for mark in marks) / len(marks) for step in (-1, 1))
    marked = shape != (0, False)
    above = any(marks[0] - _REACH <= t < marks[0] for t in titles)
    below = any(marks[-1] < t <= marks[-1] + _REACH for t in titles)
    if after < 1 and above and not below and len(inner) <= 1.5 * len(marks):
        return False
    if before == 1 and not after or not marked and before >= _MOST and after <= _FEWEST:
        return False
    if len(inner) > 1.5 * (len(marks) - 1) or after >= _MOST and before <= _FEWEST:
        return True
    if above != below:
        return below
    close = sum(1 for m in marks if m + 1 < len(sheet.lines) and not sheet.lines[m + 1].gap)
    tight = sum(1 for m in marks if not sheet.lines[m].gap)
    return close >= tight


def _in_turn(first: Sequence[int], second: Sequence[int]) -> bool:
    """Whether one of the second stands between each two of the first."""
    return all(a < b for a, b in zip(second, first[1:], strict=False))


def _below(
    sheet: Sheet, titles: Sequence[int], dated: Mapping[int, Mention], shape: Shape
) -> tuple[Item, ...]:
    marks = sorted(dated)
    longest = max((b - a for a, b in zip(marks, marks[1:], strict=False)), default=10)
    ends = [*marks[1:], min(marks[-1] + longest + 4, len(sheet.lines))]
    groups = [[t for t in titles if mark < t < end] for mark, end in zip(marks, ends, strict=True)]
    most = max((len(group) for group in groups[:-1]), default=len(groups[-1]))
    groups[-1] = [  # what follows the last date may be the page's own links
        t for n, t in enumerate(groups[-1]) if n < most or _opens_abstract(sheet, t + 1)
    ]
    if shape == (0, False) and any(_opens_abstract(sheet, t + 1) for t in titles):
        groups = [  # lines like titles that open no abstract are of the one above
            [t for n, t in enumerate(inner) if not n or _opens_abstract(sheet, t + 1)]
            for inner in groups
        ]
    items = []
    for mark, end, inner in zip(marks, ends, groups, strict=True):
        for title, stop in zip(inner, [*inner[1:], end], strict=False):
            lines = abstract(sheet, title + 1, stop)
            items.append(_item(sheet, title, lines, dated[mark], mark))
    return tuple(items)


def _opens_abstract(sheet: Sheet, index: int) -> bool:
    if index >= len(sheet.lines):
        return False
    line, text = sheet.lines[index], sheet.lines[index].text
    apart = line.gap or not sheet.wrapped
    sentence = apart and text.endswith(".") and len(text.split()) > 6
    return sentence or boilerplate.is_prose(text) or boilerplate.opens_with_place(text)


def _above(sheet: Sheet, titles: Sequence[int], dated: Mapping[int, Mention]) -> tuple[Item, ...]:
    found = []
    floor = -1
    for mark in sorted(dated):
        inner = [t for t in titles if floor < t < mark]
        if inner:
            title = inner[-1] if len(inner) > 1 and sheet.lines[inner[-1]].level else inner[0]
            found.append((max((t for t in inner if mark - t <= _REACH), default=title), mark))
        floor = mark
    items = []
    for number, (title, mark) in enumerate(found):
        last = number + 1 == len(found)
        stop = min(mark + _LAST, len(sheet.lines)) if last else found[number + 1][0]
        lines = (*abstract(sheet, title + 1, mark), *abstract(sheet, mark + 1, stop))
        items.append(_item(sheet, title, lines, dated[mark], mark))
    return tuple(items)


# Titles without dates ----------------------------------------------------------------------------


def _by_paper(sheet: Sheet, own: Sequence[int]) -> tuple[Item, ...]:
    """Entries that give no date but what kind of paper each is, in a line below the title."""
    marks = [i for i in own if i and _is_paper(sheet.lines[i].text)]
    titles = [i - 1 for i in marks if i - 1 in own and is_title_like(sheet.lines[i - 1])]
    if len(marks) < LEAST or len(titles) < len(marks) or any(t in marks for t in titles):
        return ()
    if any(boilerplate.is_prose(sheet.lines[t].text) for t in titles):
        return ()
    stops = [*titles[1:], min(marks[-1] + _LAST, len(sheet.lines))]
    return tuple(
        _item(sheet, title, abstract(sheet, mark + 1, stop), None, None)
        for title, mark, stop in zip(titles, marks, stops, strict=True)
    )


def _is_paper(text: str) -> bool:
    """Whether a line is a kind of paper, beside a name at most: "Media release", "| Ministry of
    Roads | statements"."""
    pieces = [piece.strip() for piece in text.split("|") if piece.strip()]
    return 1 <= len(pieces) <= 3 and any(_PAPER.fullmatch(piece) for piece in pieces)


# Entries and their abstracts ---------------------------------------------------------------------


def _item(
    sheet: Sheet, title: int, lines: tuple[int, ...], date: Mention | None, date_line: int | None
) -> Item:
    line = sheet.lines[title]
    return Item(line.text, title, lines, date, date_line, line.linked)


def abstract(sheet: Sheet, start: int, stop: int) -> tuple[int, ...]:
    """Lines of running text; what ends it is a tail of the page."""
    found = []
    for index in range(start, stop):
        line = sheet.lines[index]
        if _FILED.match(line.text):
            continue
        if boilerplate.is_tail(line.text) and not line.linked:
            break
        if not is_furniture(line) and (boilerplate.is_prose(line.text) or len(line.text) > 60):
            found.append(index)
    return tuple(found)

"""Pages that list releases: titles under headings of dates, or each with a date beside it.

Every item gets its own title and date; its text is the abstract or the full text that stands with
it, or else the title itself. A list of other releases beside a release is not one of these pages.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index import boilerplate, labels
from index.dates import Mention, Order, find_dates, find_partial, find_short, stamp_date
from index.layout import is_furniture, is_unfinished
from index.sheet import Line, Sheet

# So many dated lines make a list; with fewer than MANY the list must be most of the page.
LEAST, MANY = 3, 6
# Share of the page's own words that the items of a list have at least.
COVERAGE = 0.5
# More running text than this between two dates, in characters, is a release and not an abstract.
LONGEST_ABSTRACT = 1_500
# So much running text above "Recent news" is a release's, in characters.
LEAST_TEXT = 400
# Lines of a page that are looked at.
MOST_LINES = 20_000

Shape = tuple[int, bool]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its title, the lines of its abstract, its date and its link."""

    title: str
    line: int
    lines: tuple[int, ...]
    date: Mention
    date_line: int
    url: str | None


def find_items(sheet: Sheet, order: Order | None, stated: frozenset[int]) -> tuple[Item, ...]:
    """The items of a page that lists releases, in order; none when it is no such page.

    stated: where in the text the dates stand that make the page look like one release of its own.
    They date no item, and only a long list that is most of the page is believed beside them.
    """
    released = bool(stated)
    own = [
        i
        for i, line in enumerate(sheet.lines[: _related_from(sheet)])
        if not is_furniture(line) and not any(line.start <= at < line.end for at in stated)
    ]
    items = _inline_items(sheet, own, order) or _dated_items(sheet, own, order)
    if len(items) < (MANY if released else LEAST):
        return ()
    return items if _covers(sheet, own, items, released) else ()


def _related_from(sheet: Sheet) -> int:
    """Where a list of other pages begins that stands below something of the page's own."""
    prose = 0
    for index, line in enumerate(sheet.lines[:MOST_LINES]):
        if line.zone == "frame":
            continue
        if index >= 5 and boilerplate.is_related(line.text):
            return index
        if prose >= LEAST_TEXT and boilerplate.is_list_head(line.text):
            return index
        prose += len(line.text) if boilerplate.is_prose(line.text) else 0
    return MOST_LINES


def _covers(sheet: Sheet, own: Sequence[int], items: Sequence[Item], released: bool) -> bool:
    """Whether the items are most of what the page says; menus have no sentences to count."""
    within = {n for i in items for n in (i.line, *i.lines)}
    listed = sum(len(sheet.lines[n].text) for n in within)
    prose = (sheet.lines[i].text for i in own if i not in within)
    total = listed + sum(len(text) for text in prose if boilerplate.is_prose(text))
    longest = max(sum(len(sheet.lines[n].text) for n in i.lines) for i in items)
    if longest > LONGEST_ABSTRACT and released:
        return False
    return listed >= COVERAGE * total or (len(items) >= 2 * MANY and not released)


def is_title_like(line: Line) -> bool:
    """Whether a line could be the title of an item: a few words at least, no sentence, no tool."""
    text = line.text
    return (
        len(text) >= 15
        and len(text.split()) >= 3
        and len(text) <= 400
        and not boilerplate.is_contact(text)
        and not (boilerplate.is_tail(text) and not line.linked)
        and not labels.is_masthead(text)
        and not text.endswith(",")
    )


# A date in the line of the title -----------------------------------------------------------------


def _inline_items(sheet: Sheet, own: Sequence[int], order: Order | None) -> tuple[Item, ...]:
    found = [(i, *split) for i in own if (split := _split(sheet.lines[i].text, order))]
    if not found:
        return ()
    before = Counter(first for _, _, _, first in found).most_common(1)[0][0]
    found = [one for one in found if one[3] == before]
    if len(found) < LEAST + 1:
        return ()
    ends = [*(one[0] for one in found[1:]), min(found[-1][0] + 6, len(sheet.lines))]
    items = []
    for (index, title, mention, _), end in zip(found, ends, strict=True):
        lines = _abstract(sheet, index + 1, end)
        items.append(Item(title, index, lines, mention, index, sheet.lines[index].linked))
    return tuple(items)


def _split(text: str, order: Order | None) -> tuple[str, Mention, bool] | None:
    """Title, date and whether the date comes first, of a line like "3 May 2019 – Title"."""
    if len(text) > 400 or boilerplate.is_prose(text):
        return None
    dates = find_dates(text, order) or find_short(text, order)
    if len(dates) != 1 or not dates[0].full:
        return None
    date = dates[0]
    left, right = text[: date.start].strip(" \t|–—-:•·*(["), text[date.end :].strip(" \t|–—-:•·*)]")
    if len(labels.residue(left)) <= 3 and len(right.split()) >= 2:
        return right, date, True
    label = _GLUED.search(left)
    if label and label.start() >= 12:
        return _NUMBERED.sub("", left[: label.start()]), date, False
    closes = re.fullmatch(r"[\s)\].]*", text[date.end :]) is not None
    bare = re.fullmatch(r"[\d./-]+", text[date.start : date.end]) is not None
    parted = (
        bare
        or re.search(r"[|–—\-:•·(\[\t,]\s*(?:[^\W\d_]+,?\s+)?$", text[: date.start]) is not None
    )
    if closes and parted and len(left.split()) >= 3 and labels.kind_before(left) in {None, "dated"}:
        return _NUMBERED.sub("", left), date, False
    return None


# A label that a page's text runs together with the title before it: "Bridge OpensPosted on".
_GLUED = re.compile(r"\s*(?:Posted|Published|Released|Updated)(?: on)?\s*:?\s*$")
# The number of a release before its title.
_NUMBERED = re.compile(r"^(?:(?:no|nr)\.? ?)?\d{1,4}[-/]\d{1,5}\s+(?=[A-Z])", re.I)

# A date in a line of its own ---------------------------------------------------------------------


def _dated_items(sheet: Sheet, own: Sequence[int], order: Order | None) -> tuple[Item, ...]:
    dated = {i: m for i in own if (m := _standing(sheet, i, order))}
    if len(dated) < 2:
        return ()
    marks = sorted(dated)
    shape = _title_shape(sheet, own, marks)
    if shape is None:
        return ()
    titles = [i for i in own if i not in dated and _has_shape(sheet.lines[i], shape)]
    if _date_first(sheet, titles, marks):
        return _below(sheet, titles, dated)
    return _above(sheet, titles, dated)


def _standing(sheet: Sheet, index: int, order: Order | None) -> Mention | None:
    """The date of a line that is little else, unless it is labelled as of something else."""
    line = sheet.lines[index]
    text = line.text
    if len(text) > 80 or _within_paragraph(sheet, index):
        return None
    if index and is_unfinished(sheet.lines[index - 1].text):
        return None
    dates = find_dates(text, order) or find_short(text, order) or _of_the_year(sheet, index)
    if not dates and line.stamp and (value := stamp_date(line.stamp)) and len(value) == 10:
        dates = [Mention(0, len(text), value)]
    if len(dates) != 1 or not dates[0].full:
        return None
    date = dates[0]
    rest = labels.residue(text[: date.start] + " | " + text[date.end :])
    if len(rest.split()) > 4:
        return None
    return None if labels.kind_before(text[: date.start]) in _OTHERS else date


def _of_the_year(sheet: Sheet, index: int) -> list[Mention]:
    """A line that is a day without a year, "December 19", under a line that is a year, "2018"."""
    text = sheet.lines[index].text
    partial = next(find_partial(text), None)
    if partial is None or labels.residue(text[: partial.start] + " " + text[partial.end :]):
        return []
    for above in range(index - 1, max(-1, index - 400), -1):
        if _YEAR_LINE.fullmatch(sheet.lines[above].text):
            value = f"{sheet.lines[above].text.strip(' :')}{partial.value[1:]}"
            return [Mention(partial.start, partial.end, value)] if stamp_date(value) else []
    return []


_YEAR_LINE = re.compile(r"(?:19|20)\d\d\s*:?")


def _within_paragraph(sheet: Sheet, index: int) -> bool:
    """Whether the line is a piece of a paragraph of a wrapped page."""
    if not sheet.wrapped or sheet.lines[index].gap or index == 0:
        return False
    return len(sheet.lines[index - 1].text) >= 50


_OTHERS = frozenset({"updated", "retrieved", "copyright", "event"})


def _title_shape(sheet: Sheet, own: Sequence[int], marks: Sequence[int]) -> Shape | None:
    """What the titles have in common: the level of heading and being links, from those lines
    between the first and the last date, and those next to them, that look like titles."""
    near = [i for i in own if marks[0] - 4 <= i <= marks[-1] + 4 and i not in marks]
    shapes = Counter(_shape(sheet.lines[i]) for i in near if is_title_like(sheet.lines[i]))
    marked = {
        shape: n for shape, n in shapes.items() if shape != (0, False) and n >= len(marks) / 2
    }
    if marked:
        return max(marked, key=lambda s: (marked[s], s))
    return (0, False) if shapes else None


def _shape(line: Line) -> Shape:
    return line.level, line.linked is not None


def _has_shape(line: Line, shape: Shape) -> bool:
    if _shape(line) != shape or not is_title_like(line):
        return False
    return shape != (0, False) or not boilerplate.is_prose(line.text)


def _date_first(sheet: Sheet, titles: Sequence[int], marks: Sequence[int]) -> bool:
    """Whether the dates stand above their titles rather than below."""
    inner = [t for t in titles if marks[0] < t < marks[-1]]
    before, after = (sum(mark + step in titles for mark in marks) for step in (-1, 1))
    if before == len(marks) and not after:
        return False
    if len(inner) > 1.5 * (len(marks) - 1):
        return True
    above = any(marks[0] - 3 <= t < marks[0] for t in titles)
    below = any(marks[-1] < t <= marks[-1] + 3 for t in titles)
    if above != below:
        return below
    close = sum(1 for m in marks if m + 1 < len(sheet.lines) and not sheet.lines[m + 1].gap)
    tight = sum(1 for m in marks if not sheet.lines[m].gap)
    return close >= tight


def _below(sheet: Sheet, titles: Sequence[int], dated: Mapping[int, Mention]) -> tuple[Item, ...]:
    marks = sorted(dated)
    longest = max((b - a for a, b in zip(marks, marks[1:], strict=False)), default=10)
    ends = [*marks[1:], min(marks[-1] + longest + 4, len(sheet.lines))]
    groups = [[t for t in titles if mark < t < end] for mark, end in zip(marks, ends, strict=True)]
    most = max((len(group) for group in groups[:-1]), default=len(groups[-1]))
    groups[-1] = [  # what follows the last date may be the page's own links
        t for n, t in enumerate(groups[-1]) if n < most or _opens_abstract(sheet, t + 1)
    ]
    items = []
    for mark, end, inner in zip(marks, ends, groups, strict=True):
        for title, stop in zip(inner, [*inner[1:], end], strict=False):
            lines = _abstract(sheet, title + 1, stop)
            items.append(_item(sheet, title, lines, dated[mark], mark))
    return tuple(items)


def _opens_abstract(sheet: Sheet, index: int) -> bool:
    if index >= len(sheet.lines):
        return False
    text = sheet.lines[index].text
    return boilerplate.is_prose(text) or boilerplate.opens_with_place(text)


def _above(sheet: Sheet, titles: Sequence[int], dated: Mapping[int, Mention]) -> tuple[Item, ...]:
    items = []
    floor = -1
    for mark in sorted(dated):
        inner = [t for t in titles if floor < t < mark]
        if inner:
            title = inner[-1] if len(inner) > 1 and sheet.lines[inner[-1]].level else inner[0]
            title = max((t for t in inner if mark - t <= 3), default=title)
            nexts = [t for t in titles if t > mark]
            stop = min([*nexts[:1], mark + 6, len(sheet.lines)])
            lines = (*_abstract(sheet, title + 1, mark), *_abstract(sheet, mark + 1, stop))
            items.append(_item(sheet, title, lines, dated[mark], mark))
        floor = mark
    return tuple(items)


def _item(sheet: Sheet, title: int, lines: tuple[int, ...], date: Mention, date_line: int) -> Item:
    line = sheet.lines[title]
    return Item(line.text, title, lines, date, date_line, line.linked)


def _abstract(sheet: Sheet, start: int, stop: int) -> tuple[int, ...]:
    """Lines of running text; what ends it is a tail of the page."""
    found = []
    for index in range(start, stop):
        line = sheet.lines[index]
        if boilerplate.is_tail(line.text) and not line.linked:
            break
        if not is_furniture(line) and (boilerplate.is_prose(line.text) or len(line.text) > 60):
            found.append(index)
    return tuple(found)

"""Pages that list releases: titles under headings of dates, or each with a date beside it.

Every item gets its own title and date; its text is the abstract or the full text that stands with
it, or else the title itself. A list of other releases beside a release is not one of these pages.
"""

import re
from collections import Counter
from collections.abc import Sequence

from index import boilerplate, labels
from index.anchoring import anchor_of
from index.dates import Mention, Order, find_dates, find_short
from index.entries import Item, abstract, find_entries, is_title_like
from index.layout import Part, is_furniture, part_of
from index.naming import stated_titles
from index.periods import opening_day, order_of_list
from index.rows import with_bare_titles
from index.sheet import Line, Sheet
from index.standing import LEAST
from index.unspaced import words_in
from index.wording import CUT, alike

# Titles of a list differ: so large a share of them, and more, are not the same.
DISTINCT = 0.6
# With fewer items than this the list must be most of the page.
MANY = 6
# Share of the page's own words that the items of a list have at least.
COVERAGE = 0.5
# More running text than this between two dates, in characters, is a release and not an abstract.
LONGEST_ABSTRACT = 1_500
# An item that alone has a text of so many characters is a release.
LEAST_ALONE = 250
# So much running text above "Recent news" is a release's, in characters.
LEAST_TEXT = 400
# As much above a list that is not related to it makes the list part of the release.
_LEAST_ABOVE = 800
# Lines of letters, and of invitations.
_SALUTED = re.compile(
    r"(?:Dear|Sehr geehrte[rs]?|Cher|Chère|Estimad[oa]s?|Prezad[oa]s?|Gentile|Geachte)\s(?:\S+\s){0,8}\S+$"
    r"|The Honou?rable(?:\s(?:[A-Z\d][\w.,’'-]*|of|the|and|for))+$"
)
_WITHIN = re.compile(
    r"(?:who|what|where|when|why|location|venue)(?:\s*[:–-]|\s{2,}|\s(?=[A-Z0-9]))(?!.*\?)"
    r"|(?:(?i:location|venue|time|place)|WHO|WHAT|WHERE|WHEN|WHY)\b(?!.*\?)"
)
# Lines below a title that may give its date.
_HEADER = 6
# A line of a wrapped paragraph has at least so many characters.
_LONG_LINE = 50
# A line of a date and a sentence for a title has no more characters.
_LONGEST_ROW = 160
# So much of a page's text shows the order of its dates.
_LONGEST_TEXT = 100_000
# Lines of a page that are looked at.
MOST_LINES = 20_000


def find_items(sheet: Sheet, order: Order | None, stated: frozenset[int]) -> tuple[Item, ...]:
    """The items of a page that lists releases, in order; none when it is no such page.

    stated: where in the text the dates stand that make the page look like one release of its own.
    They date no item, and only a long list that is most of the page is believed beside them.
    """
    order = order or order_of_list(sheet.text[:_LONGEST_TEXT])
    if digest := _of_one_day(sheet, order):
        return digest
    stated = _not_in_rows(sheet, order, _singular(sheet, stated))
    released = bool(stated)
    own = [
        i
        for i, line in enumerate(sheet.lines[: _related_from(sheet)])
        if not is_furniture(line) and not any(line.start <= at < line.end for at in stated)
    ]
    items = _inline_items(sheet, own, order) or find_entries(sheet, own, order)
    if len(items) < (MANY if released and not _is_bare(sheet, own, items) else LEAST):
        return ()
    if _is_below_title(sheet, items) or _is_one(sheet, items) or _is_of_release(sheet, own, items):
        return ()
    return with_bare_titles(items) if _covers(sheet, own, items, released) else ()


def _is_bare(sheet: Sheet, own: Sequence[int], items: Sequence[Item]) -> bool:
    """Whether a page has no sentences but those of items that are links."""
    within = {n for i in items for n in (i.line, *i.lines)}
    prose = any(boilerplate.is_prose(sheet.lines[n].text) for n in own if n not in within)
    return bool(items) and all(item.url for item in items) and not prose


def _of_one_day(sheet: Sheet, order: Order | None) -> tuple[Item, ...]:
    """The links of a page that follow each other below its only day, which is a heading or all that
    the page is called after: a digest of the day."""
    if sum(line.linked is not None for line in sheet.lines) < LEAST:
        return ()
    own = [n for n, line in enumerate(sheet.lines[:MOST_LINES]) if not is_furniture(line)]
    if any(boilerplate.is_prose(sheet.lines[n].text) for n in own):
        return ()
    days = [(n, dates[0]) for n in own if (dates := _day_alone(sheet, n, order))]
    if len(days) != 1:
        return ()
    mark, date = days[0]
    titles: list[int] = []
    for n in own[own.index(mark) + 1 :]:
        if not sheet.lines[n].linked or not is_title_like(sheet.lines[n]):
            break
        titles.append(n)
    if len({sheet.lines[n].linked for n in titles}) < LEAST:
        return ()
    return tuple(
        Item(sheet.lines[n].text, n, (), date, mark, sheet.lines[n].linked) for n in titles
    )


def _day_alone(sheet: Sheet, index: int, order: Order | None) -> list[Mention]:
    """The date of a line that is nothing else, when it is a heading or in the title of the page."""
    line = sheet.lines[index]
    dates = find_dates(line.text, order) if len(line.text) <= 60 and not line.linked else []
    if len(dates) != 1 or not dates[0].full:
        return []
    around = line.text[: dates[0].start] + " " + line.text[dates[0].end :]
    titled = any(line.text in name for name in stated_titles(sheet))
    return dates if not labels.residue(around) and (line.level or titled) else []


def _is_below_title(sheet: Sheet, items: Sequence[Item]) -> bool:
    """Whether more than an abstract stands below the page's own title before any item: the text of
    a release that has a list beside it."""
    anchor = anchor_of(sheet)
    if not anchor:
        return False
    header = anchor[-1] + _HEADER  # a date there is the release's own
    below = (i.line for i in items if i.line > anchor[-1] and (i.date_line or i.line) > header)
    lines = sheet.lines[anchor[-1] + 1 : min(below, default=len(sheet.lines))]
    return sum(len(x.text) for x in lines if boilerplate.is_prose(x.text)) >= LEAST_TEXT


def _is_of_release(sheet: Sheet, own: Sequence[int], items: Sequence[Item]) -> bool:
    """Whether what looks like a list is the timetable, the invitation or the letters within a
    release: by the running text above it, or by what its titles are."""
    if _is_backwards(items):
        return False
    first = min(map(_first_line, items))
    above = sum(len(x.text) for x in (sheet.lines[n] for n in own if n < first) if _size(x))
    letter = any(_SALUTED.match(item.title) for item in items)
    kinds = [_WITHIN.match(item.title) is not None for item in items]
    return above >= _LEAST_ABOVE or letter or sum(kinds) > 1


def _is_backwards(items: Sequence[Item]) -> bool:
    """Whether many items follow each other from the latest back, as no timetable does."""
    days = [item.date.value for item in items if item.date]
    return len(days) == len(items) >= MANY and days == sorted(days, reverse=True) != sorted(days)


def _is_one(sheet: Sheet, items: Sequence[Item]) -> bool:
    """Whether only one item has a text, and more than an abstract: a release beside other titles."""
    sizes = [sum(len(sheet.lines[n].text) for n in item.lines) for item in items]
    return max(sizes) >= LEAST_ALONE and sum(size > 0 for size in sizes) == 1


def _singular(sheet: Sheet, stated: frozenset[int]) -> frozenset[int]:
    """Of dates by where they stand, those whose lines have a form that no other lines have: three
    lines of the form "Published: 3 March 2020" are of items, whatever their label."""
    lines = {at: next((x for x in sheet.lines if x.start <= at < x.end), None) for at in stated}
    shapes = {at: _form(line.text) if line else "" for at, line in lines.items()}
    if all(shape in {"", "*"} for shape in shapes.values()):
        return stated
    forms = Counter(_form(line.text) for line in sheet.lines[:MOST_LINES])
    return frozenset(at for at in stated if shapes[at] in {"", "*"} or forms[shapes[at]] < LEAST)


def _not_in_rows(sheet: Sheet, order: Order | None, stated: frozenset[int]) -> frozenset[int]:
    """Of dates by where they stand, those whose lines are no rows of a list: "3 March 2020 – Bridge
    opens", of which a dateline has the look, but not so many lines."""
    places = {n for n, x in enumerate(sheet.lines) if any(x.start <= at < x.end for at in stated)}
    rows = {n for n in places if _split(sheet, n, order)}
    if not rows:
        return stated
    own = (n for n, x in enumerate(sheet.lines[:MOST_LINES]) if not is_furniture(x))
    if sum(_split(sheet, n, order) is not None for n in own) < LEAST:
        return stated
    lines = [sheet.lines[n] for n in rows]
    return frozenset(at for at in stated if not any(x.start <= at < x.end for x in lines))


def _form(text: str) -> str:
    """A line that has one full date, with a mark in its place; "" for any other line."""
    dates = find_dates(text) if len(text) <= 80 else []
    if len(dates) != 1 or not dates[0].full:
        return ""
    return f"{text[: dates[0].start].strip()}*{text[dates[0].end :].strip()}".lower()


def _related_from(sheet: Sheet) -> int:
    """Where a list of other pages begins that stands below something of the page's own."""
    days = prose = 0  # of the lines above the last heading of their kind
    last_coverage = last_list = 0
    for index, line in enumerate(sheet.lines[:MOST_LINES]):
        if line.zone == "frame":
            continue
        if index >= 5 and boilerplate.is_related(line.text):
            return index
        if boilerplate.is_coverage(line.text):
            days += sum(map(_has_day, sheet.lines[last_coverage:index]))
            last_coverage = index
            if days >= LEAST:
                return index
        if boilerplate.is_list_head(line.text):
            prose += sum(map(_size, sheet.lines[last_list:index]))
            last_list = index
            if prose >= LEAST_TEXT:
                return index
    return MOST_LINES


def _has_day(line: Line) -> bool:
    short = line.zone != "frame" and len(line.text) <= 400
    return short and any(date.full for date in find_dates(line.text, "mdy"))


def _size(line: Line) -> int:
    """How much running text a line of the page's own is, in characters."""
    prose = line.zone != "frame" and boilerplate.is_prose(line.text)
    return len(line.text) if prose else 0


def _covers(sheet: Sheet, own: Sequence[int], items: Sequence[Item], released: bool) -> bool:
    """Whether the items are most of what the page says; menus have no sentences to count."""
    within = {n for i in items for n in (i.line, *i.lines)}
    listed = sum(len(sheet.lines[n].text) for n in within)
    prose = (sheet.lines[i].text for i in own if i not in within)
    total = listed + sum(
        len(text)
        for text in prose
        if boilerplate.is_prose(text) or sheet.wrapped and len(text) >= _LONG_LINE
    )
    longest = max(sum(len(sheet.lines[n].text) for n in i.lines) for i in items)
    if longest > LONGEST_ABSTRACT and released:
        return False
    return listed >= COVERAGE * total or (len(items) >= 2 * MANY and not released)


# A date in the line of the title -----------------------------------------------------------------


def _inline_items(sheet: Sheet, own: Sequence[int], order: Order | None) -> tuple[Item, ...]:
    found = [(i, *split) for i in own if (split := _split(sheet, i, order))]
    if len({title for _, title, _, _ in found}) <= DISTINCT * len(found):
        return ()
    before = Counter(first for _, _, _, first in found).most_common(1)[0][0]
    found = [one for one in found if one[3] == before]
    if len(found) < (LEAST if _adjoin(own, [one[0] for one in found]) else LEAST + 1):
        return ()
    if not before:  # some of a list may lack the sign before the date
        known = {one[0] for one in found}
        between = (i for i in own if i not in known and found[0][0] < i <= found[-1][0] + LEAST)
        more = [(i, *split) for i in between if (split := _split(sheet, i, order, True))]
        found = sorted([*found, *more])
    ends = [*(one[0] for one in found[1:]), min(found[-1][0] + 6, len(sheet.lines))]
    items = []
    for (index, title, mention, _), end in zip(found, ends, strict=True):
        lines = abstract(sheet, index + 1, end)
        items.append(Item(title, index, lines, mention, index, sheet.lines[index].linked))
    return tuple(items)


def _adjoin(own: Sequence[int], found: Sequence[int]) -> bool:
    """Whether lines follow each other with no other line of the page's own between them."""
    within = [index for index in own if found and found[0] <= index <= found[-1]]
    return within == list(found)


def named_by_page(sheet: Sheet, items: Sequence[Item]) -> Part | None:
    """The release of which a page bears the name, where teasers of others stand above or below it."""
    if not sheet.markup:
        return None
    names = [piece for name in stated_titles(sheet) for piece in (name, *CUT.split(name))]
    own = [n for n, item in enumerate(items) if any(alike(item.title, name) for name in names)]
    if len(own) != 1:
        return None
    item, below = items[own[0]], items[own[0] + 1 :]
    stop = min((_first_line(i) for i in below), default=len(sheet.lines))
    return part_of(sheet, _first_line(item), stop)


def _first_line(item: Item) -> int:
    """Where an item begins: its title, or the date that stands close above that."""
    dated = item.date_line
    return dated if dated is not None and 0 <= item.line - dated <= 2 else item.line


def _split(
    sheet: Sheet, index: int, order: Order | None, unparted: bool = False
) -> tuple[str, Mention, bool] | None:
    """Title, date and whether the date comes first, of a line like "3 May 2019 – Title"; unparted:
    nothing need stand between a title and the date after it."""
    text = sheet.lines[index].text
    if len(text) > 400:
        return None
    dates = find_dates(text, order) or find_short(text, order) or opening_day(sheet, index)
    opens = bool(dates) and dates[0].start <= LEAST
    linked = opens and sheet.lines[index].linked is not None  # as a whole, day and title
    if not dates or not dates[0].full or len(dates) > 1 and not linked:
        return None
    date = dates[0]
    words = text[date.end :] if opens and (linked or len(text) <= _LONGEST_ROW) else text
    if boilerplate.is_prose(words) and not (linked and not _SENTENCES.search(words)):
        return None
    if text.count("\t") > 1:
        return _in_row(text, date)
    left, right = text[: date.start].strip(" \t|–—-:•·*(["), text[date.end :].strip(" \t|–—-:•·*)]")
    counted = _NUMBER.fullmatch(left) is not None
    if (counted or len(labels.residue(left)) <= 3) and words_in(labels.residue(right)) >= 2:
        return right, date, True
    label = _GLUED.search(left)
    if label and label.start() >= 12:
        return left[: label.start()], date, False
    closes = re.fullmatch(r"[\s)\].]*", text[date.end :]) is not None
    bare = re.fullmatch(r"[\d./-]+", text[date.start : date.end]) is not None
    parted = (
        bare
        or unparted
        or sheet.lines[index].stamp is not None
        or re.search(r"[|–—\-:•·(\[\t,]\s*(?:[^\W\d_]+,?\s+)?$", text[: date.start]) is not None
    )
    told = labels.kind_before(left) in {None, "dated"} or sheet.lines[index].stamp is not None
    if closes and parted and words_in(left) >= 3 and told:
        return left, date, False
    return None


def _in_row(text: str, date: Mention) -> tuple[str, Mention, bool] | None:
    """The longest cell of a row of a table as the title of the cell that is a date."""
    start = text.rfind("\t", 0, date.start) + 1
    end = text.find("\t", date.end)
    cell = text[start : end if end >= 0 else len(text)]
    if labels.residue(cell.replace(text[date.start : date.end], "")):
        return None
    title = max(text.split("\t"), key=lambda other: len(other) if other != cell else 0)
    return (title, date, date.start < text.index(title)) if words_in(title) >= 2 else None


# Where one sentence ends and another begins.
_SENTENCES = re.compile(r"[^\W\d_]{3,}[.!?]\s+[A-ZÀ-Þ]")
# A label that a page's text runs together with the title before it: "Bridge OpensPosted on".
_GLUED = re.compile(r"\s*(?:Posted|Published|Released|Updated)(?: on)?\s*:?\s*$")
# The number of a release that stands before its date.
_NUMBER = re.compile(r"(?:[A-Z]{1,4}[-/ ]?)?\d{1,4}(?:[-/.]\d{1,5})*[a-z]?")

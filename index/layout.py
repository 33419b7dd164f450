"""Where in a page a release stands: its header, the first line of running text, its last line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index import boilerplate, labels
from index.anchoring import anchor_of, trail_of
from index.dates import MONTHS
from index.sheet import Line, Sheet
from index.signing import is_signature

_UNFINISHED = re.compile(
    r"\b(?:of|the|and|to|in|for|by|with|on|from|am|vom|den|und|der|el|del|du|et)$"
    r"|\b(?:by|on|from|until|before|since) \d{1,2}$",
    re.I,
)


# A release that ends in more contacts than this is about them.
_MOST_CONTACTS = 8
# A row of signs, which closes a text that no other follows.
_ORNAMENT = re.compile(r"(?:[*•~o=_–—-] ?){3,}")
# A line below a text that says whence it is.
_SOURCE = re.compile(r"(?:source|quelle|fuente|fonte|bron)\s?:\s?(?!http)[^.!?]{2,60}", re.I)
# A tail that was broken over two lines is no longer than this.
_LONGEST_BROKEN = 40
# So many lines above a contact's number may be its name and office.
_NAMES = 4
# Lines of a wrapped paragraph are no longer than this.
_LONGEST_LINE = 90
# A line is a paragraph by its length alone from so many characters on.
_LEAST_PARAGRAPH = 150
# The line of a menu of years or months, of which so many make one, and of another menu beside it.
_PERIOD = re.compile(
    rf"[\W_]*(?:(?:19|20)\d\d|(?:{'|'.join(MONTHS)})\.?(?: (?:19|20)\d\d)?)\s*(?:\(\d+\))?", re.I
)
_LEAST_PERIODS = 3
_ENTRY = re.compile(r"[•·*►▼»>-]\s*[^\W\d_]+")
_HOLDER = re.compile(r"(?:©|copyright\b)", re.I)
# A notice of a site above a release: its lines and characters; and how the release then opens.
_NEAR_NOTICE, _LONGEST_NOTICE = 5, 200
_CAPITAL_PLACE = re.compile(
    r"[A-ZÀ-Þ]{4,}(?: [A-ZÀ-Þ]+){0,3}(?:, [A-Z][\w.]*(?: [A-Z]\w*)?)?\s?[–—-]{1,2}\s?[\"“A-Z]"
)
# The start of a text that opens with a place and a date: "Silao, Gto a 13 de mayo de 2019.- ".
_PLACED = re.compile(r"[A-ZÀ-Þ].{9,60}\b(?:19|20)\d\d\s?\.?\s?[-–—]")

# What parts the tools of a bar, "Print   E-mail   Share", and how long it may be.
_BETWEEN_TOOLS = re.compile(r"\s{2,}|\s*[|·•]\s*")
_LONGEST_BAR = 80


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one release: header is lines[start:body], its own words lines[body:end].

    stop: where the next release or the page ends; lines[end:stop] are furniture.
    """

    start: int
    body: int
    end: int
    stop: int


def part_of(sheet: Sheet, start: int, stop: int) -> Part:
    """The release that stands in lines[start:stop]; of a page's first, below where its title stands
    again and below the way to it through its site."""
    anchor = anchor_of(sheet) if start == 0 else ()
    floor = anchor[-1] + 1 if anchor and anchor[-1] < stop else start
    floor = max(floor, trail_of(sheet) + 1) if start == 0 else floor
    body, close = _opening(sheet, start, stop, floor)
    if body == close:
        return Part(start, _below_header(sheet, start, close), close, stop)
    end = last_own_line(sheet, body, stop)
    while body > floor and _is_opening(sheet, body - 1):
        body -= 1
    return Part(start, body, end, stop)


def _opening(sheet: Sheet, start: int, stop: int, floor: int) -> tuple[int, int]:
    """The first line of running text from `floor` on, and `stop`. Of a release that is a list, such as an invitation,
    twice the line where it ends: an end mark or a list of other pages below its header."""
    marked = False
    for index in range(_below_officers(sheet, start, stop), stop):
        text = sheet.lines[index].text
        if start < index >= floor and _is_place_of_text(sheet, index, stop):
            return index, stop
        if index >= floor and _may_open(sheet, index, start):
            if boilerplate.is_prose(paragraph(sheet, index, stop)):
                below = _dateline_below(sheet, index, stop)
                return _placed_below_title(sheet, below, stop), stop
        if marked and (boilerplate.is_end(text) or boilerplate.is_list_head(text)):
            return index, index
        marked = marked or _is_mark(sheet.lines[index])
    return stop, stop


def _is_place_of_text(sheet: Sheet, index: int, stop: int) -> bool:
    """Whether a line is the place that a text opens with, which stands alone above a paragraph, even
    where that lost its marks: "WASHINGTON  D C" over "U S  Senators …"."""
    if index + 1 >= stop or not boilerplate.is_place(sheet.lines[index].text):
        return False
    return len(sheet.lines[index + 1].text) >= _LEAST_PARAGRAPH and not is_furniture(
        sheet.lines[index]
    )


def _below_officers(sheet: Sheet, start: int, stop: int) -> int:
    """The line from which running text is looked for: below "For immediate release" where only one
    line stands above that, a letterhead's officers and mission."""
    own = [i for i in range(start, min(start + 4, stop)) if not is_furniture(sheet.lines[i])]
    marked = any(labels.is_immediate(sheet.lines[i].text) for i in own[1:3])
    return own[1] if marked and boilerplate.is_prose(sheet.lines[own[0]].text) else start


def _is_opening(sheet: Sheet, index: int) -> bool:
    """Whether a line is a short sentence that opens the text: with no gap to the next, or below the
    date or another mark of the header."""
    line, text = sheet.lines[index], sheet.lines[index].text
    if line.level or is_furniture(line) or sheet.wrapped:
        return False
    if sheet.lines[index + 1].gap and not (index and _is_mark(sheet.lines[index - 1])):
        return False
    if _PLACED.match(sheet.lines[index + 1].text):
        return False
    return text.endswith((".", ".”", '."')) and len(text.split()) >= 4 and not text.isupper()


def _is_mark(line: Line) -> bool:
    """Whether a line is of a header for sure: a date, "For immediate release"."""
    return labels.is_immediate(line.text) or labels.is_dated(line.text)


def _below_header(sheet: Sheet, start: int, stop: int) -> int:
    """Where a release without running text begins: below what of its first lines is a letterhead."""
    lines = sheet.lines
    titles = (i for i in range(start, stop) if lines[i].level == 1 and lines[i].zone == "main")
    title = next(titles, None) if sheet.markup else None
    first = start if title is None else title
    marks = [
        index
        for index in range(first, min(first + 12, stop - 1))
        if labels.is_dated(sheet.lines[index].text) or labels.is_immediate(sheet.lines[index].text)
    ]
    return marks[-1] + 1 if marks else start if title is None else title + 1


def paragraph(sheet: Sheet, index: int, stop: int) -> str:
    """The running text that begins with line `index`: that line, or in a wrapped page all lines
    up to the next gap."""
    lines = sheet.lines
    if not sheet.wrapped and not _wraps(sheet, index, stop):
        return lines[index].text
    end = index + 1
    while end < stop and not lines[end].gap and end - index < 12:
        end += 1
    return " ".join(line.text for line in lines[index:end])


def _wraps(sheet: Sheet, index: int, stop: int) -> bool:
    """Whether the paragraph that begins with a line is wrapped though the rest of the page is not:
    lines of much the same length, of which one begins in the midst of a sentence."""
    block = [sheet.lines[index].text]
    while (
        index + len(block) < min(stop, index + 12, len(sheet.lines))
        and not sheet.lines[index + len(block)].gap
    ):
        block.append(sheet.lines[index + len(block)].text)
    sizes = [len(text) for text in block[:6]]
    if sheet.markup or len(block) < 3 or max(sizes) > _LONGEST_LINE or sum(sizes[:2]) < 60:
        return False
    runs = [
        a for a, b in zip(block, block[1:], strict=False) if a[-1:].isalnum() and b[:1].islower()
    ]
    if len(runs) < min(2, max(1, 0.25 * (len(block) - 1))):
        return False
    header = any(labels.is_dated(text) or labels.sender_of(text) for text in block[:3])
    return not header  # one that has no gaps


def is_furniture(line: Line) -> bool:
    """Whether the line belongs to the page and not to the release."""
    return line.zone != "main"


def first_prose(sheet: Sheet, start: int, stop: int) -> int:
    """The first line of running text in lines[start:stop], or `stop` when there is none."""
    for index in range(start, stop):
        if not _may_open(sheet, index, start):
            continue
        if boilerplate.is_prose(paragraph(sheet, index, stop)):
            return _dateline_below(sheet, index, stop)
    return stop


def _may_open(sheet: Sheet, index: int, start: int) -> bool:
    """Whether running text may begin with this line, by the line alone and the one above."""
    line = sheet.lines[index]
    text = line.text
    if line.level or is_furniture(line) or boilerplate.is_contact(text):
        return False
    if labels.is_immediate(text) or labels.is_masthead(text) or labels.is_label(text):
        return False
    if not sheet.wrapped:
        return True
    if _heads_capitals(sheet, index):
        return False
    if boilerplate.opens_with_place(text):
        return True
    if not re.search(r"[.!?,:;\"”]$", text) and breaks_early(sheet, index):
        return False
    return len(text) >= 40 and not _dated_header(text)


def _heads_capitals(sheet: Sheet, index: int) -> bool:
    """Whether a line in capitals stands above another, without a gap, in a page that goes on in
    small letters: the title's first line."""
    below = sheet.lines[index + 1 : index + 8]
    if not below or below[0].gap or not sheet.lines[index].text.isupper():
        return False
    return below[0].text.isupper() and not all(line.text.isupper() for line in below)


def goes_on(sheet: Sheet, index: int) -> bool:
    """Whether a line carries on the one above, which ends with a word or a day that asks for more:
    "TO BE OPEN BY 1" over "JANUARY 2003"."""
    if index == 0 or sheet.lines[index].gap:
        return False
    return is_unfinished(sheet.lines[index - 1].text)


def is_unfinished(text: str) -> bool:
    """Whether a line ends with a word that asks for more: "will meet on", "werden am"."""
    return _UNFINISHED.search(text) is not None


def breaks_early(sheet: Sheet, index: int) -> bool:
    """Whether a line of a wrapped page ends long before the margin though the next one, without a
    gap, starts with a word that would have had room: as titles do above their text."""
    if index + 1 >= len(sheet.lines) or sheet.lines[index + 1].gap:
        return False
    word = sheet.lines[index + 1].text.split(maxsplit=1)[0]
    near = [len(line.text) for line in sheet.lines[index + 1 : index + 7]]
    return len(sheet.lines[index].text) + 1 + len(word) < 0.75 * max(near)


def _dated_header(text: str) -> bool:
    """Whether a line of a letterhead gives a date and a contact: "3 May 2019 Contact: A. Name"."""
    return re.search(r"\b(?:contact|contacto|kontakt|contato)s?\s*:", text, re.I) is not None


def _dateline_below(sheet: Sheet, index: int, stop: int) -> int:
    """The line with the place that opens the text, where a few lines of a wrapped title without a
    gap were read as its beginning; else the line itself."""
    if not sheet.wrapped or boilerplate.opens_with_place(sheet.lines[index].text):
        return index
    for below in range(index + 1, min(index + 6, stop)):
        if sheet.lines[below].gap and boilerplate.is_prose(paragraph(sheet, index, below)):
            break
        if boilerplate.opens_with_place(sheet.lines[below].text):
            return below
    return index


def _placed_below_title(sheet: Sheet, index: int, stop: int) -> int:
    """The line that opens with a place in capitals, next below a line that could be its title, where
    only a short notice stands above both; else the line itself."""
    if sheet.wrapped or boilerplate.opens_with_place(sheet.lines[index].text):
        return index
    for below in range(index + 2, min(index + _NEAR_NOTICE, stop)):
        if sum(len(line.text) for line in sheet.lines[index : below - 1]) > _LONGEST_NOTICE:
            break
        title = sheet.lines[below - 1].text
        is_title = len(title.split()) > 3 and not boilerplate.is_prose(title)
        if is_title and _CAPITAL_PLACE.match(sheet.lines[below].text):
            return below
    return index


def last_own_line(sheet: Sheet, body: int, stop: int) -> int:
    """Where the release's own words end: before a mark like "###", or before the page's tail.

    A line that looks like a tail ends the release only when less running text follows it than
    stands before it.
    """
    lines = sheet.lines
    prose = _prose_after(sheet, body, stop)
    total, contacts = prose[0], None
    above = {line.text for line in lines[:body]}
    for index in range(body, stop):
        text = lines[index].text
        after = prose[index - body]
        if not after and total and index > body and _ORNAMENT.fullmatch(text):
            return _trim(lines, body, index)
        if boilerplate.is_end(text) and after <= (total - after):
            return _trim(lines, body, _footnotes(sheet, index, stop))
        heads = boilerplate.is_list_head(text) or boilerplate.is_related(text)
        share = 3.0 if heads or boilerplate.is_code(text) else 0.15 if text.endswith(".") else 0.5
        if _HOLDER.match(text):  # of a picture too, above most of the text
            share = 1.0
        if index > body and not after and text in above and _is_bar(text):
            return _trim(lines, body, index)
        if index > body and not after and _is_archive(sheet, index, stop):
            return _trim(lines, body, _above_menu(lines, body, index))
        closes = (
            boilerplate.is_tail(text)
            or _is_broken_tail(sheet, index, stop)
            or boilerplate.is_code(text)
            or len(text) < 120
            and boilerplate.is_copyright(text)
        )
        if index > body and closes and after <= share * (total - after):
            return _trim(lines, body, index)
        if not after and contacts is None and boilerplate.is_contact(text):
            contacts = sum(boilerplate.is_contact(line.text) for line in lines[index:stop])
        if index > body and total and 0 < (contacts or 0) <= _MOST_CONTACTS:
            return _trim(lines, body, _above_names(lines, body, index))
    return _trim(lines, body, stop)


def _is_bar(text: str) -> bool:
    """Whether a line is a bar of tools, which pages have above their text and below it."""
    tools = _BETWEEN_TOOLS.split(text.strip()) if len(text) <= _LONGEST_BAR else []
    return len(tools) > 1 and all(tool[:1].isalpha() and tool.count(" ") < 2 for tool in tools)


def _is_broken_tail(sheet: Sheet, index: int, stop: int) -> bool:
    """Whether a line and the one below are a tail that was broken: "Weitere" over "Meldungen"."""
    if index + 1 >= stop or len(sheet.lines[index].text.split()) > 2:
        return False
    words = f"{sheet.lines[index].text} {sheet.lines[index + 1].text}"
    return len(words) <= _LONGEST_BROKEN and boilerplate.is_tail(words)


def _is_archive(sheet: Sheet, index: int, stop: int) -> bool:
    """Whether a menu of years and months begins with a line: "2022" over "2021" over "2020"."""
    run = sheet.lines[index : min(index + _LEAST_PERIODS, stop)]
    return len(run) == _LEAST_PERIODS and all(_PERIOD.fullmatch(line.text) for line in run)


def _above_menu(lines: Sequence[Line], body: int, index: int) -> int:
    """The first of the entries of a menu, marked as a list and of one word each, above a line."""
    while index > body + 1 and _ENTRY.fullmatch(lines[index - 1].text):
        index -= 1
    return index


def _above_names(lines: Sequence[Line], body: int, contact: int) -> int:
    """The first of the lines above a contact's number that are the contact's name and office."""
    index = contact
    while index > body + 1 and contact - index < _NAMES and _is_name(lines[index - 1].text):
        index -= 1
    return index


def _is_name(text: str) -> bool:
    """Whether a line could be of a contact: a name, an office, a town."""
    return len(text) <= 60 and len(text.split()) <= 8 and text[-1:] not in '.!?”"'


def is_reached(sheet: Sheet, index: int, stop: int) -> bool:
    """Whether a line of a header is of a contact by the number that stands just below it."""
    if not _is_name(sheet.lines[index].text):
        return False
    for below in range(index + 1, min(index + _NAMES, stop)):
        line = sheet.lines[below]
        if line.gap or not (_is_name(line.text) or boilerplate.is_contact(line.text)):
            return False
        if boilerplate.is_contact(line.text):
            return True
    return False


def _footnotes(sheet: Sheet, mark: int, stop: int) -> int:
    """The line after the sentences that directly follow an end mark, such as a presumption of
    innocence; the mark itself when there are none, or when they describe the issuer."""
    index = mark + 1
    while index < stop and index - mark <= 3:
        text = sheet.lines[index].text
        if len(text) < 60 or not boilerplate.is_prose(text) or _about(sheet.lines[index]):
            break
        index += 1
    return index if index > mark + 1 else mark


def _about(line: Line) -> bool:
    return (
        is_furniture(line)
        or boilerplate.is_tail(line.text)
        or boilerplate.is_contact(line.text)
        or re.match(r"(?:about|for (?:more|further|additional))\b", line.text, re.I) is not None
    )


def _prose_after(sheet: Sheet, body: int, stop: int) -> list[int]:
    """For each line the characters of running text from it to the end."""
    amounts = [0] * (stop - body + 1)
    wrapped = set() if sheet.markup else _in_wrapped_blocks(sheet, body, stop)
    for index in range(stop - 1, body - 1, -1):
        line = sheet.lines[index]
        lines = sheet.wrapped and len(line.text) >= 50 or index in wrapped
        prose = lines or not sheet.wrapped and boilerplate.is_prose(line.text)
        long = len(line.text) if prose and not is_furniture(line) else 0
        amounts[index - body] = amounts[index - body + 1] + long
    return amounts


def _in_wrapped_blocks(sheet: Sheet, body: int, stop: int) -> set[int]:
    """The lines of wrapped paragraphs of a page that is not wrapped."""
    found: set[int] = set()
    index = body
    while index < stop and not sheet.wrapped:
        end = index + 1
        while end < stop and not sheet.lines[end].gap:
            end += 1
        if end - index >= 3 and _wraps(sheet, index, stop):
            found.update(i for i in range(index, end) if len(sheet.lines[i].text) >= 30)
        index = end
    return found


def _trim(lines: Sequence[Line], body: int, end: int) -> int:
    """Leave off what furniture stands at the end, and a lead to what no longer belongs to it."""
    while end > body + 1:
        line = lines[end - 1]
        leads = len(line.text) < 60 and line.text.endswith(":")
        signed = is_signature(line.text, lines[end - 2].text)
        other = boilerplate.is_step(lines[end - 2].text) and not boilerplate.is_prose(line.text)
        if leads or other or signed or is_furniture(line) or _closes(line.text) or is_way_on(line):
            end -= 1
        else:
            break
    return end


def is_way_on(line: Line) -> bool:
    """Whether a line is no more than a link to another page."""
    return line.linked is not None and len(line.text) <= 120 and not boilerplate.is_prose(line.text)


def _closes(text: str) -> bool:
    return (
        boilerplate.is_end(text) or boilerplate.is_tail(text) or _SOURCE.fullmatch(text) is not None
    )

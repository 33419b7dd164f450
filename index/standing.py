"""Lines that are the dates of entries of a list, and little else."""

import re
from collections.abc import Sequence

from index import boilerplate, labels
from index.dates import Mention, Order, find_dates, find_short, stamp_date
from index.layout import is_unfinished
from index.periods import of_the_year
from index.sheet import Sheet

# So many entries make a list.
LEAST = 3
_OTHERS = frozenset({"updated", "retrieved", "copyright", "event"})
# Words beside a date that is alone in its line, and beside one that a line says of who put it there.
_FEW, _SOME = 4, 10
_CHANGED = re.compile(
    r"\b(?:updated|aktualisiert|actualizado|atualizado|mis à jour|aggiornato)\b", re.I
)
_BYLINE = re.compile(
    r"\W*(?:(?:posted|published|written|submitted|added|nr|no|núm|num)\b.*"
    r"|(?:by|por|par|von|di|da|door|av|af)\s+\S.*)",
    re.I,
)
# The day, the month and the year of a date each in a line of its own.
_PIECE = re.compile(
    r"\d{1,2}(?:st|nd|rd|th|\.)?(?: [^\W\d_]{3,10}[.,]{0,2})?"
    r"|[^\W\d_]{3,10}[.,]{0,2}(?: \d{1,2},?)?|(?:19|20)\d\d"
)
_PIECES = 3


def dated_lines(sheet: Sheet, own: Sequence[int], order: Order | None) -> dict[int, Mention]:
    """The lines that are dates of entries: not "Date: 3 March" among lines that are dates alone,
    which is of an event."""
    dated = {i: m for i in own if (m := _standing(sheet, i, order))}
    if not dated and _CHANGED.search(sheet.text):  # some lists give nothing but the last change
        dated = {i: m for i in own if (m := _standing(sheet, i, order, changed=True))}
        if len({date.value for date in dated.values()}) < LEAST:
            return {}
    if any(sheet.lines[i].level for i in dated):  # below days as headings, titles that end with one
        dated = {i: m for i, m in dated.items() if not _is_linked_title(sheet, i, m)}
    dated = _of_entries(sheet, dated)
    alone = {i: m for i, m in dated.items() if _label(sheet, i, m) != "dated"}
    return alone if len(alone) >= LEAST else dated


def _of_entries(sheet: Sheet, dated: dict[int, Mention]) -> dict[int, Mention]:
    """Dates without one of another form above them all, which is when the list was put up."""
    forms = {i: _form(sheet, i, m) for i, m in dated.items()}
    first = min(dated, default=-1)
    others = [form for i, form in forms.items() if i != first]
    if len(others) < LEAST or len(set(others)) > 1 or forms[first] == others[0]:
        return dated
    return {i: m for i, m in dated.items() if i != first}


def _form(sheet: Sheet, index: int, date: Mention) -> str:
    """The words of a line beside its date, figures left out."""
    text = sheet.lines[index].text
    words = text[: date.start] + " " + text[date.end :]
    return " ".join(re.findall(r"[^\W\d_]{2,}", words.lower()))


def _is_linked_title(sheet: Sheet, index: int, date: Mention) -> bool:
    line = sheet.lines[index]
    rest = labels.residue(line.text[: date.start] + " | " + line.text[date.end :])
    return line.linked is not None and not line.level and len(rest.split()) >= LEAST


def _label(sheet: Sheet, index: int, date: Mention) -> labels.Kind | None:
    return labels.kind_before(sheet.lines[index].text[: date.start])


def _standing(
    sheet: Sheet, index: int, order: Order | None, changed: bool = False
) -> Mention | None:
    """The date of a line that is little else, unless it is labelled as of something else; changed:
    when something was updated is taken as well."""
    line = sheet.lines[index]
    text = line.text
    if len(text) > 120 or _within_paragraph(sheet, index):
        return None
    if index and is_unfinished(sheet.lines[index - 1].text) or _signs_quote(sheet, index):
        return None
    dates = find_dates(text, order) or find_short(text, order) or of_the_year(sheet, index)
    if not dates and line.stamp and (value := stamp_date(line.stamp)) and len(value) == 10:
        dates = [Mention(0, len(text), value)]
    if (not dates or not dates[0].full) and (date := _in_pieces(sheet, index, order)):
        return date
    if len(dates) > 1 and labels.kind_before(text[dates[0].end : dates[1].start]) == "updated":
        text, dates = text[: dates[0].end], dates[:1]  # when it was changed may stand beside it
    if len(dates) != 1 or not dates[0].full or not _is_little_else(text, dates[0]):
        return None
    kind = labels.kind_before(text[: dates[0].start])
    return None if kind in _OTHERS and not (changed and kind == "updated") else dates[0]


def _is_little_else(text: str, date: Mention) -> bool:
    rest = labels.residue(text[: date.start] + " | " + text[date.end :])
    if len(text) <= 80 and len(rest.split()) <= _FEW:
        return True
    told = labels.kind_before(text[: date.start]) in {"published", "released"}
    byline = (told or _BYLINE.match(text)) and len(rest.split()) <= _SOME
    return bool(byline) and date.start <= 80 and not boilerplate.is_prose(text)


def _in_pieces(sheet: Sheet, index: int, order: Order | None) -> Mention | None:
    """The date that a line ends and those above it begin: "09", "Mar", "2020"."""
    text = sheet.lines[index].text
    pieces = [text]
    for line in reversed(sheet.lines[max(0, index - _PIECES + 1) : index]):
        if not _PIECE.fullmatch(line.text) or not _PIECE.fullmatch(text):
            return None
        pieces.insert(0, line.text)
        dates = find_dates(" ".join(pieces), order)
        if len(dates) == 1 and dates[0].full:
            return Mention(0, len(text), dates[0].value)
    return None


def _signs_quote(sheet: Sheet, index: int) -> bool:
    """Whether a line follows a name below the end of a quotation: when its words were said."""
    quote, name = (line.text for line in sheet.lines[index - 2 : index]) if index > 1 else ("", "")
    return quote.endswith(('."', ".”", "”.", '".')) and name.istitle() and len(name.split()) < 5


def _within_paragraph(sheet: Sheet, index: int) -> bool:
    """Whether the line is a piece of a paragraph of a wrapped page."""
    if not sheet.wrapped or sheet.lines[index].gap or index == 0:
        return False
    above = sheet.lines[index - 1].text
    return len(above) >= 50 and above[-1] not in '.!?…”"'

"""The lines above a text that may be its title: which, how they join, how much they look like one."""

import re
from collections.abc import Iterator, Sequence

from index import boilerplate, labels
from index.dates import find_dates
from index.institutions import is_only_name
from index.layout import Part, goes_on, is_furniture
from index.sheet import Sheet
from index.wording import flat

LONGEST_TITLE = 400
# Entries of numbered lists, and lines of the form "Where: the hall".
_NO_TITLE = re.compile(
    r"\d{1,2}\.\s|\w+\s(?:no|nr)\.?\s?\d+$|(?:here|this|the following|below) (?:is|are) "
    r"|(?:no|nr|n[º°])\.?\s?\d+(?:\W|\bof\b|\d)*$|(?:date|time|location|where|when|who|what|why|how|venue|place|to|from|re|cc|attn"
    r"|case|ref|no|nr|source|author|by|wann|wo|wer|was|lugar|hora|fecha|lieu|heure|datum|ort|zeit)\s*[:#]",
    re.I,
)

# Lines that go on below, and what a page asks its reader to do.
_INCOMPLETE = re.compile(r"\b(?:of|the|and|to|a|an|in|for|by|with|that|at|from)$")
_ORDER = re.compile(
    r"(?:find|click|search|view|read|see|subscribe|download|skip|please|browse|filter)\s", re.I
)


def blocks(sheet: Sheet, part: Part) -> Iterator[tuple[int, ...]]:
    """Lines of the header that could be titles, lines of one block together.

    In a wrapped page the lines between two gaps are a block; elsewhere each line is one, and so
    are up to three short lines in a row, since titles are broken up as well.
    """
    block: list[int] = []
    end = min(part.body + 1, part.stop) if part.body == part.start else part.body
    for index in range(part.start, end):
        line = sheet.lines[index]
        if block and (
            line.gap
            or not sheet.wrapped
            or not could_be_title(sheet, index)
            or _capitals(line.text) != _capitals(sheet.lines[block[-1]].text)
        ):
            yield tuple(block)
            block = []
        if could_be_title(sheet, index):
            block.append(index)
            if not sheet.wrapped:
                for more in (2, 3):
                    run = range(index, index + more)
                    if run.stop <= end and all(could_be_title(sheet, i) for i in run):
                        yield tuple(run)
    if block:
        yield tuple(block)


def _capitals(text: str) -> bool:
    """Whether nearly all letters of a line are capitals."""
    letters = [char for char in text if char.isalpha()]
    return sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def could_be_title(sheet: Sheet, index: int) -> bool:
    line = sheet.lines[index]
    text = line.text
    return not (
        is_furniture(line)
        or boilerplate.is_prose(text)
        or len(text) > LONGEST_TITLE
        or labels.is_immediate(text)
        or labels.is_masthead(text)
        or boilerplate.is_contact(text)
        or (labels.is_label(text) and len(text) < 30)
        or boilerplate.is_end(text)
        or boilerplate.is_place(text)
        or (
            labels.is_dated(text)
            and not _names_a_day(sheet, index)
            and not (index > 0 and goes_on(sheet, index) and could_be_title(sheet, index - 1))
        )
        or _NO_TITLE.match(text) is not None
    )


def _names_a_day(sheet: Sheet, index: int) -> bool:
    """Whether a dated line is the page's title all the same: "Announced Actions for April 4, 2003"."""
    text = sheet.lines[index].text
    first = find_dates(text)[0]
    words = labels.residue(text[: first.start] + " " + text[first.end :]).split()
    top = index == 0 or sheet.lines[index].level == 1
    return top and len(words) >= 3 and labels.kind_before(text[: first.start]) is None


def joined(sheet: Sheet, span: Sequence[int]) -> str:
    return " ".join(sheet.lines[index].text for index in span)


def letterhead_title(
    sheet: Sheet, part: Part, spans: Sequence[tuple[int, ...]]
) -> tuple[int, ...] | None:
    """The block that looks most like a title: below the letterhead, in capitals, repeated."""
    marks = [
        index
        for index in range(part.start, part.body)
        if labels.is_immediate(sheet.lines[index].text)
        or labels.is_dated(sheet.lines[index].text)
        and not _names_a_day(sheet, index)
    ]
    last_mark = max(marks, default=-1)
    texts = [flat(joined(sheet, span)) for span in spans]
    best: tuple[float, tuple[int, ...]] | None = None
    for number, span in enumerate(spans):
        text = joined(sheet, span)
        points = _title_points(text) + (1 if span[0] > last_mark else 0)
        if points <= 0 or (len(span) > 1 and not sheet.wrapped and not _broken(sheet, span)):
            continue
        points += 0.5 if len(span) > 1 and sheet.markup else 0
        points += 1 if span[0] > last_mark else 0
        points += min(2, texts.count(texts[number]) - 1)
        points += 1.0 * texts[:number].count(texts[number])  # of a title's copies the last
        points -= 0.1 * number
        if best is None or points > best[0]:
            best = (points, span)
    return _with_lead(sheet, spans, best[1]) if best else None


def _broken(sheet: Sheet, span: Sequence[int]) -> bool:
    """Whether the lines of a page of markup are one title that line breaks part."""
    if not sheet.markup or any(sheet.lines[index].gap for index in span[1:]):
        return False
    texts = [sheet.lines[index].text for index in span]
    capitals = all(text.isupper() for text in texts) and not any(map(is_only_name, texts))
    return capitals or all(text[0].islower() for text in texts[1:])


def _with_lead(
    sheet: Sheet, spans: Sequence[tuple[int, ...]], span: tuple[int, ...]
) -> tuple[int, ...]:
    """The block with the one above it, when that ends in a colon: "Background Information:"."""
    above = next((s for s in spans if s[-1] == span[0] - 1), None)
    if (
        above
        and sheet.lines[above[-1]].text.endswith(":")
        and _title_points(joined(sheet, above)) > -4
    ):
        return (*above, *span)
    return span


def _title_points(text: str) -> float:
    words = [word for word in text.split() if len(word) > 1]
    if len(words) < 2 or len(text) < 8:
        return 0.0
    points = 1.0 + min(len(words), 8) / 4
    points += 1 if text.isupper() else 0
    points -= 2 if is_only_name(text) else 0
    points -= 2 if re.search(r"\d{1,2}:\d\d|\b[ap]\.m\.", text, re.I) else 0
    points -= 3 if _INCOMPLETE.search(text) or _ORDER.match(text) else 0
    points -= 4.5 if text.endswith((".", ":")) and not text.isupper() else 0
    return points

"""Page -> its releases: the one place where the readers of formats and the rules meet.

page -> sheet (sheet, markup, documents, feeds) -> parts (layout, listing) -> title, issuer,
dates (naming, dating) -> releases
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from index import boilerplate, labels
from index.dates import stamp_date
from index.dating import Dating, date_release
from index.languages import day_order, language_of
from index.layout import Part, first_prose, is_furniture, last_own_line
from index.naming import find_issuer, find_title, tidy
from index.records import DatedBy, Page, Release, Skip
from index.sheet import Sheet, sheet_of_text

# A release with less text than this many letters is not one.
LEAST_LETTERS = 20
# A title at the start of a record: no longer than this many characters.
LONGEST_RECORD_TITLE = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """A release as a part of a page states it, before the corpus has its say."""

    title: str | None
    issuer: str | None
    dating: Dating
    text: str
    language: str | None
    url: str | None = None


def releases_of(page: Page) -> list[Release] | Skip:
    """The releases of one page, in their order, or the reason why there is none.

    The text of a record is exactly the text given. What the corpus's manifest says of a page with
    one release wins over the page; of a page with several it is not used for title and date.
    """
    if page.format == "record":
        return [_record(page)]
    sheets = _sheets(page)
    if isinstance(sheets, Skip):
        return sheets
    drafts = [draft for sheet in sheets for draft in _drafts(sheet, page.override, len(sheets))]
    if not drafts:
        return Skip(page.source, "no release in it")
    stem = release_stem(page.source)
    return [
        _release(page, draft, f"{stem}#{n}" if n > 1 else stem) for n, draft in enumerate(drafts, 1)
    ]


def release_stem(source: str) -> str:
    """The id of a page's first release: `release_stem("a/b.html") == "a/b"`."""
    return str(PurePosixPath(source).with_suffix(""))


def _release(page: Page, draft: Draft, release_id: str) -> Release:
    return Release(
        release_id, page.source, page.sha256, draft.title, draft.issuer,
        page.override.get("url") or draft.url, draft.language, draft.dating.dated, draft.text,
        draft.dating.conflicts, draft.dating.others, (page.source,),
    )  # fmt: skip


# Records -----------------------------------------------------------------------------------------


def _record(page: Page) -> Release:
    fields = {**page.record, **page.override}
    text = page.record["text"]
    sheet = sheet_of_text(_spread(text))
    given = _given_dates(page)
    language = language_of(text)
    part = _part(sheet, 0, len(sheet.lines))
    dating = date_release(sheet, part, day_order(language, None, text), frozenset(), given)
    title = _text(fields, "title") or _record_title(text)
    release_id = _text(fields, "id") or _text(fields, "release_id") or page.source
    return Release(
        release_id, page.source, page.sha256, title, _text(fields, "issuer"), _text(fields, "url"),
        language, dating.dated, text, dating.conflicts, dating.others, (page.source,),
    )  # fmt: skip


def _given_dates(page: Page) -> list[DatedBy]:
    given = []
    for rule, source in (("manifest", page.override), ("record", page.record)):
        words = source.get("date")
        value = stamp_date(words) if isinstance(words, str) else None
        if value and isinstance(words, str):
            given.append(DatedBy(value, rule, words))
    return given


def _text(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _spread(text: str) -> str:
    """A text that lost its line breaks with its wide gaps as breaks, at the same places."""
    if text.count("\n") > 3 or len(text) < 200:
        return text
    return re.sub(r" {5,}", lambda gap: "\n" * len(gap.group()), text)


def _record_title(text: str) -> str | None:
    """A title that clearly stands at the start: a first line in capitals, or of a few words that
    are capitalised, before running text."""
    for line in _spread(text).split("\n"):
        line = line.strip()
        if not line:
            continue
        if not 12 <= len(line) <= LONGEST_RECORD_TITLE or boilerplate.is_prose(line):
            return None
        if labels.is_immediate(line) or boilerplate.is_contact(line) or line.endswith((".", ":")):
            return None
        words = [word for word in re.findall(r"[^\W\d_][\w'’]*", line) if len(word) > 3]
        capital = sum(word[0].isupper() for word in words)
        return tidy(line) if len(words) >= 3 and capital >= 0.8 * len(words) else None
    return None


# Pages -------------------------------------------------------------------------------------------


def _sheets(page: Page) -> list[Sheet] | Skip:
    from index.decoding import decode

    text = decode(page.content or b"")
    if text is None:
        return Skip(page.source, "binary, not a text")
    return [sheet_of_text(text)]


def _drafts(sheet: Sheet, override: Mapping[str, str], sheets: int) -> list[Draft]:
    language = sheet.language or language_of(sheet.text)
    order = day_order(language, sheet.host, sheet.text)
    parts = _parts(sheet)
    alone = len(parts) == 1 and sheets == 1
    drafts = []
    for part in parts:
        title, title_lines = find_title(sheet, part)
        given = []
        if alone and (day := stamp_date(override.get("date", ""))):
            given.append(DatedBy(day, "manifest", override["date"]))
        dating = date_release(sheet, part, order, frozenset(title_lines), given)
        issuer = override.get("issuer") or find_issuer(sheet, part, title)
        if alone:
            title = override.get("title") or title
        text = _own_words(sheet, part, title_lines)
        if sum(letter.isalpha() for letter in text) >= LEAST_LETTERS:
            drafts.append(Draft(title, issuer, dating, text, language, sheet.url))
    return drafts


def _part(sheet: Sheet, start: int, stop: int) -> Part:
    body = first_prose(sheet, start, stop)
    if body == stop:
        return Part(start, start, stop, stop)
    return Part(start, body, last_own_line(sheet, body, stop), stop)


def _parts(sheet: Sheet) -> list[Part]:
    """The releases of a page: it is cut before each further header that running text follows."""
    starts = [0]
    whole = _part(sheet, 0, len(sheet.lines))
    index = whole.body + 1
    while index < len(sheet.lines):
        if _opens_release(sheet, index):
            start = _header_start(sheet, index, starts[-1])
            body = first_prose(sheet, index, len(sheet.lines))
            if body - index <= 15 and body < len(sheet.lines) and start > whole.body:
                starts.append(start)
                index = body
        index += 1
    stops = [*starts[1:], len(sheet.lines)]
    return [_part(sheet, start, stop) for start, stop in zip(starts, stops, strict=True)]


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


def _own_words(sheet: Sheet, part: Part, title_lines: tuple[int, ...]) -> str:
    """The release's own words, verbatim; what furniture stands between them is left out."""
    first = max([*title_lines, part.start - 1]) + 1 if title_lines else part.body
    if first > part.body:
        first = part.body
    keep = [
        index
        for index in range(first, part.end)
        if index >= part.body
        and not is_furniture(sheet.lines[index])
        or index < part.body
        and _is_subtitle(sheet, index)
    ]
    pieces: list[str] = []
    last = None
    for index in keep:
        line = sheet.lines[index]
        if last is not None:
            gap = sheet.text[sheet.lines[last].end : line.start] if index == last + 1 else "\n\n"
            pieces.append(gap)
        pieces.append(line.text)
        last = index
    return "".join(pieces)


def _is_subtitle(sheet: Sheet, index: int) -> bool:
    line = sheet.lines[index]
    text = line.text
    return not (
        is_furniture(line)
        or boilerplate.is_contact(text)
        or boilerplate.is_tail(text)
        or labels.is_immediate(text)
        or labels.is_masthead(text)
        or labels.is_label(text)
        or re.search(r"\d{4}", text) is not None
        and len(text) < 60
    )

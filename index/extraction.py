"""Page -> its releases: the one place where the readers of formats and the rules meet.

page -> sheet (sheet, markup, documents, feeds) -> parts (layout, listing) -> title, issuer,
dates (naming, dating) -> releases
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from index import boilerplate, labels
from index.anchoring import anchor_of
from index.dates import Order, stamp_date
from index.dating import Dating, date_release, settle_dates
from index.decoding import decode
from index.digests import parts_of
from index.documents import sheet_of_docx, sheet_of_pdf
from index.entries import Item
from index.feeds import sheets_of_feed
from index.headlines import is_section, record_title
from index.institutions import is_name_line, is_only_name
from index.issuing import find_issuer
from index.languages import day_order, language_of
from index.layout import Part, is_furniture, is_reached, is_way_on, part_of
from index.listing import find_items, named_by_page
from index.mail import sheet_of_mail, sheet_of_plain
from index.markup import sheet_of_html
from index.naming import find_title
from index.records import DatedBy, Page, Release, Skip, Span
from index.senders import day_and_sender
from index.sheet import Sheet, sheet_of_text
from index.structured import issuer_in, records_of_json, sheets_of_json
from index.unspaced import length_of
from index.wording import tidy

# A release with less text than this many letters is not one.
LEAST_LETTERS = 20
# A line of a header that says who wrote.
_BYLINE = re.compile(r"(?:by|von|por|par|di|door)(?: [\w.’'-]+){1,4}", re.I)
# A line of a header that is a label without a value, "Show from page:", "Size: px", but no salutation.
_EMPTY = re.compile(
    r"(?!(?i:dear|sehr|liebe|estimad|cher|car[oa]|gentil|egregi|geachte|prezad)\w*\b)"
    r"(?:[^\W\d_][\w’'-]*\s?){1,4}:\s*\w{0,2}"
)
# Another that says what kind of paper the page is, or its section: "Type: Press Release".
_KIND = re.compile(r"(?:[^\W\d_][\w’'-]*\s?){1,3}:\s*(?P<kind>[^\W\d_].*)")
# Formats whose items are told by their number rather than by a span of the page.
_NUMBERED = frozenset({"record", "json", "feed"})
# A list has so many dates for each release in full that was found in its place.
LEAST_TO_ONE = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """A release as a part of a page states it, before the corpus has its say.

    span: where it stands in its sheet's text, from its title to the last of its own words.
    """

    title: str | None
    issuer: str | None
    dating: Dating
    text: str
    language: str | None
    url: str | None = None
    span: Span | None = None


def releases_of(page: Page) -> list[Release] | Skip:
    """The releases of one page, in their order, or the reason why there is none.

    The text of a record is exactly the text given. What the corpus's manifest says of a page with
    one release wins over the page; of a page with several it is not used for title and date.
    """
    if page.format == "record":
        return [_record(page)]
    records = _records_in(page)
    if records:
        return [_record(one) for one in records]
    drafts = _page_drafts(page)
    if isinstance(drafts, Skip):
        return drafts
    return [_release(page, draft, _numbered(page.source, n)) for n, draft in enumerate(drafts, 1)]


def examine(page: Page) -> list[Draft] | Skip:
    """The releases of one page before they get their ids, with every candidate for their dates."""
    records = [page] if page.format == "record" else _records_in(page)
    if records:
        return [_record_draft(one) for one in records]
    return _page_drafts(page)


def _page_drafts(page: Page) -> list[Draft] | Skip:
    sheets = _sheets(page)
    if isinstance(sheets, Skip):
        return sheets
    drafts = [draft for sheet in sheets for draft in _drafts(sheet, page.override, len(sheets))]
    return drafts or Skip(page.source, "no release in it")


def _records_in(page: Page) -> list[Page]:
    """The records of a JSON file that has nothing but records; else none."""
    if page.format != "json":
        return []
    records = records_of_json(decode(page.content or b"") or "")
    return _record_pages(page, records) if records else []


def page_text(page: Page) -> str | None:
    """The text that the spans of the page's releases count in: of a text the decoded file, of any
    other format what is shown of it. None for a feed, JSON or a record, where an item's number is
    its place, and for what cannot be read.
    """
    sheets = None if page.format in _NUMBERED else _sheets(page)
    return sheets[0].text if isinstance(sheets, list) else None


def release_stem(source: str) -> str:
    """The id of a page's first release: `release_stem("a/b.html") == "a/b"`."""
    return str(PurePosixPath(source).with_suffix(""))


def _release(page: Page, draft: Draft, release_id: str) -> Release:
    return Release(
        release_id, page.source, page.sha256, draft.title, draft.issuer,
        page.override.get("url") or draft.url, draft.language, draft.dating.dated, draft.text,
        draft.dating.conflicts, draft.dating.others, (page.source,),
        span=None if page.format in _NUMBERED else draft.span,
    )  # fmt: skip


# Records -----------------------------------------------------------------------------------------


def _record(page: Page) -> Release:
    draft = _record_draft(page)
    release_id = (
        _text(page.record, "id")
        or _text(page.record, "release_id")
        or _numbered_record(page.source)
    )
    return _release(page, draft, release_id)


def _numbered_record(source: str) -> str:
    """`_numbered_record("a/b.csv#3") == "a/b#3"`, for records without an id of their own."""
    path, mark, number = source.rpartition("#")
    return f"{release_stem(path)}#{number}" if mark else release_stem(source)


def _record_draft(page: Page) -> Draft:
    fields = {**page.record, **page.override}
    text = page.record["text"]
    sheet = sheet_of_text(text)
    language = _text(fields, "language") or language_of(text)
    part = part_of(sheet, 0, len(sheet.lines))
    order = day_order(language, None, text)
    title = _text(fields, "title") or record_title(sheet)
    titled = [
        i for i in range(min(part.body, len(sheet.lines))) if title and sheet.lines[i].text == title
    ]
    dating = date_release(sheet, part, order, frozenset(titled), _given_dates(page))
    issuer = _text(fields, "issuer") or issuer_in(page.record) or find_issuer(sheet, part, title)
    return Draft(title, issuer, dating, text, language, _text(fields, "url"))


def _record_pages(page: Page, records: list[dict[str, Any]]) -> list[Page]:
    """The records of a JSON file as pages of their own, "#n" after the first."""
    alone = len(records) == 1
    return [
        Page(
            page.source, page.sha256, None, "record",
            record if record.get("id") else {**record, "id": _numbered(page.source, n)},
            page.override if alone else {},
        )
        for n, record in enumerate(records, 1)
    ]  # fmt: skip


def _numbered(source: str, number: int) -> str:
    stem = release_stem(source)
    return f"{stem}#{number}" if number > 1 else stem


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


# Pages -------------------------------------------------------------------------------------------


def _sheets(page: Page) -> list[Sheet] | Skip:
    """The page in the common form: one sheet, or one for each item of a feed or a JSON list."""
    content = page.content or b""
    found: list[Sheet] | Sheet | str | None
    if page.format == "pdf":
        found = sheet_of_pdf(content)
    elif page.format == "docx":
        found = sheet_of_docx(content)
    elif page.format == "feed":
        found = sheets_of_feed(content)
    elif page.format == "html":
        found = sheet_of_html(content)
    elif page.format == "eml":
        found = sheet_of_mail(content)
    else:
        found = _sheet_of_characters(content, page.format)
    if isinstance(found, str):
        return Skip(page.source, found)
    if not found:
        return Skip(page.source, "no words in it")
    return found if isinstance(found, list) else [found]


def _sheet_of_characters(content: bytes, kind: str) -> list[Sheet] | Sheet | str:
    text = decode(content)
    if text is None:
        return "binary, not a text"
    if kind == "json":
        return sheets_of_json(text)
    return sheet_of_plain(text, kind == "markdown")


def _drafts(sheet: Sheet, override: Mapping[str, str], sheets: int) -> list[Draft]:
    language = sheet.language or language_of(sheet.text)
    told = sheet.first("order")
    order: Order | None = (
        "dmy" if told == "dmy" else "mdy" if told else day_order(language, sheet.host, sheet.text)
    )
    # a manifest speaks of one release, and so do data that name a title
    named = sheet.first("item:title")
    single = bool({"title", "date"} & override.keys()) or bool(named and not is_section(named))
    parts = [part_of(sheet, 0, len(sheet.lines))] if single else parts_of(sheet)
    alone = len(parts) == 1 and sheets == 1
    drafts = [_draft(sheet, part, order, language, override if alone else {}) for part in parts]
    if len(drafts) > 1 and any(draft.issuer is None for draft in drafts):
        issuer = find_issuer(sheet, part_of(sheet, 0, len(sheet.lines)), None)
        drafts = [draft if draft.issuer else replace(draft, issuer=issuer) for draft in drafts]
    if sheets == 1 and not single:
        items = find_items(sheet, order, _stated(drafts[0].dating) if alone else frozenset())
        if own := named_by_page(sheet, items):
            return [_draft(sheet, own, order, language, override)]
        if items and (alone or _outdo(items, drafts)):
            return [_listed(sheet, item, drafts[0].issuer, language) for item in items]
        if alone and _is_index(sheet, parts[0]):
            return []
    return [d for d in drafts if _letters(d.text[:1000]) >= LEAST_LETTERS]


def _letters(text: str) -> int:
    """The letters of a text, those of scripts that part no words counted as they weigh."""
    return sum(map(str.isalpha, text)) + length_of(text) - len(text)


def _outdo(items: Sequence[Item], drafts: Sequence[Draft]) -> bool:
    """Whether a page is a list rather than the releases in full that were found in it: with twice
    as many dates, or with as many items of which twice as many are dated."""
    if len({item.date_line for item in items}) >= LEAST_TO_ONE * len(drafts):
        return True
    dated = sum(item.date is not None for item in items)
    own = sum(draft.dating.dated is not None for draft in drafts)
    return len(items) >= len(drafts) and dated >= LEAST_TO_ONE * max(1, own)


def _stated(dating: Dating) -> frozenset[int]:
    """Where the dates stand that mark a release, unless there are so many that they mark a list."""
    strong = [c for c, _ in dating.trail if c.rule not in _WEAK]
    if len({c.value for c in strong}) > 3:
        return frozenset()
    return frozenset(c.start if c.start is not None else -1 for c in strong)


# Rules whose dates may as well be those of a list's first item.
_WEAK = frozenset(
    {"masthead", "byline", "standing", "dated_label", "signature", "meta_date", "url"}
)


def _draft(
    sheet: Sheet,
    part: Part,
    order: Order | None,
    language: str | None,
    override: Mapping[str, str],
) -> Draft:
    title, title_lines = find_title(sheet, part)
    given = []
    if day := stamp_date(override.get("date", "")):
        given.append(DatedBy(day, "manifest", override["date"]))
    dating = date_release(sheet, part, order, frozenset(title_lines), given)
    issuer = override.get("issuer") or find_issuer(sheet, part, title)
    own = _own_lines(sheet, part, title_lines)
    span = _span(sheet, (*title_lines, *own))
    text = _words(sheet, own) or (title or "") * (sheet.first("item:title") is not None)
    return Draft(override.get("title") or title, issuer, dating, text, language, sheet.url, span)


def _listed(sheet: Sheet, item: Item, issuer: str | None, language: str | None) -> Draft:
    text = "\n\n".join(sheet.lines[n].text for n in item.lines) or item.title
    dating = settle_dates(list(_listed_date(sheet, item)), [])
    span = _span(sheet, (item.line, *item.lines))
    return Draft(tidy(item.title) or None, issuer, dating, text, language, item.url, span)


def _listed_date(sheet: Sheet, item: Item) -> Iterator[DatedBy]:
    if item.date is not None and item.date_line is not None:
        line = sheet.lines[item.date_line]
        words = line.text[item.date.start : item.date.end]
        yield DatedBy(item.date.value, "listed", words, line.start + item.date.start)


def _is_index(sheet: Sheet, part: Part) -> bool:
    """Whether the page has links to other pages and no words of its own."""
    own = [line for line in sheet.lines if not is_furniture(line)]
    linked = sum(line.linked is not None for line in own)
    prose = part.body < part.stop and boilerplate.is_prose(sheet.lines[part.body].text)
    return not prose and linked >= 5 and linked >= 0.6 * len(own)


def _span(sheet: Sheet, indices: Sequence[int]) -> Span | None:
    """From the first of these lines to the end of the last."""
    if not indices:
        return None
    return Span(sheet.lines[min(indices)].start, sheet.lines[max(indices)].end)


def _own_lines(sheet: Sheet, part: Part, title_lines: tuple[int, ...]) -> list[int]:
    """The lines of the release's own words, without the furniture that stands between them.

    Before the running text stand subtitles, from below the title, or from the top of the page when
    only its metadata have the title; of a title that stands twice from below the one above the text.
    """
    first = title_lines[-1] + 1 if title_lines else part.start if _titled(sheet) else part.body
    anchor = anchor_of(sheet) if part.start == 0 else ()
    first = max(first, anchor[-1] + 1) if anchor else first
    return [
        index
        for index in range(min(first, part.body), part.end)
        if index not in title_lines and _is_own(sheet, part, index)
    ]


def _words(sheet: Sheet, indices: Sequence[int]) -> str:
    """The words of these lines, verbatim, lines that follow each other with what parts them."""
    pieces: list[str] = []
    last = None
    for index in indices:
        line = sheet.lines[index]
        if last is not None:
            between = sheet.text[sheet.lines[last].end : line.start]
            pieces.append(between if index == last + 1 and not between.strip() else "\n\n")
        pieces.append(line.text)
        last = index
    return "".join(pieces)


def _titled(sheet: Sheet) -> bool:
    return sheet.first("front:title", "item:title") is not None


def _is_own(sheet: Sheet, part: Part, index: int) -> bool:
    line = sheet.lines[index]
    if is_furniture(line):
        return False
    if index >= part.body:
        return not boilerplate.is_end(line.text)
    text = line.text
    return not (
        boilerplate.is_contact(text)
        or boilerplate.is_tail(text)
        or labels.is_immediate(text)
        or labels.is_masthead(text)
        or labels.is_label(text)
        or labels.is_dated(text)
        or day_and_sender(text) is not None
        or labels.sender_of(text) is not None
        or is_name_line(text)
        and is_only_name(text)
        or is_way_on(line)
        or _EMPTY.fullmatch(text) is not None
        or _is_kind(text)
        or _BYLINE.fullmatch(text) is not None
        or is_reached(sheet, index, part.body)
    )


def _is_kind(text: str) -> bool:
    kind = _KIND.fullmatch(text) if len(text) <= 60 else None
    return kind is not None and (labels.is_masthead(kind["kind"]) or is_section(kind["kind"]))

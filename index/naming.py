"""The title and the issuer of a release, as the page states them."""

import re
from collections.abc import Iterator, Sequence

from index import boilerplate, labels
from index.dates import find_dates
from index.institutions import (
    is_name_line,
    is_named,
    issued_by,
    lead_body,
    self_named_body,
)
from index.layout import Part, is_furniture, paragraph
from index.sheet import Sheet

# Where a page's own name for itself is cut from the name of its site.
_CUT = re.compile(r"\s+[|–—·»«:]{1,2}\s+|\s+-{1,2}\s+|\s*\|\s*")
_SPACE = re.compile(r"\s+")
_LONGEST_TITLE = 400

_PLACE_ON_SITE = re.compile(
    r"^(?:home|news(?:room)?|press|media|archives?|blog|index|page|releases?|statements?|english|official)\b"
    r"|press ?(?:e|release|mitteilung|room)|news|list|archiv|\b(?:19|20)\d\d\b|comunicado|nota",
    re.I,
)
_SMALL = frozenset("of for and the de del la der für und des du".split())
_DOMAINS = frozenset("www gov com org net edu mil archives archive news press web home int".split())
# Words that addresses of public bodies are made of.
_HOST_WORDS = tuple(
    sorted(
        "white house state city county treasury justice defense energy health police attorney general "
        "governor senate court federal reserve national office department capitol congress mayor "
        "council bank fire port air force navy army coast guard border customs trade labor parks park "
        "service district ministry minister prosecutor sheriff public safety foreign affairs".split(),
        key=len,
        reverse=True,
    )
)
_FROM = re.compile(
    r"\b(?:press|news|media)\s+release\s+(?:from|by|of|issued\s+by)\s+(?:the\s+)?(?P<who>[A-Z][^\n]{2,80}?)(?:\.?\s*$|\.\s)",
    re.M,
)
_OWN_SITE = re.compile(r"\b(?:keep|visiting|welcome to|on) ([\w-]+\.(?:gov|mil|gov\.\w\w))\b", re.I)
_SITE_OF = re.compile(
    r"\bofficial\s+(?:web)?(?:site|page)\s+of\s+(?:the\s+)?(?P<who>[A-Z][^.|\n]{3,90})", re.I
)
_CONTACT_OF = re.compile(r"\bof\s+the\s+(?P<who>[A-Z][\w.&' -]{4,70}?)(?:,|\s+at\b|$)")
_SUBJECT_TAG = re.compile(r"^(?:(?:re|fw|fwd)\s*:\s*)+", re.I)


def flat(text: str) -> str:
    """The words of a text for comparing: lower case, punctuation and soft hyphens aside."""
    return " ".join(re.findall(r"\w+", text.replace("\xad", "").lower()))


def tidy(text: str) -> str:
    """A title or name on one line, without soft hyphens and marks of Markdown round it."""
    text = _SPACE.sub(" ", text.replace("\xad", "").replace("\u200b", "")).strip()
    return text.strip("#* _").strip() if text[:1] in "#*_" else text


def alike(a: str, b: str) -> bool:
    """Whether two titles have the same words, or one begins with nearly all of the other."""
    x, y = flat(a), flat(b)
    if not x or not y:
        return False
    if x == y:
        return True
    short, long = sorted((x, y), key=len)
    return len(short) >= 0.8 * len(long) and long.startswith(short)


# Title -------------------------------------------------------------------------------------------

_META_TITLES = (
    "front:title", "item:title", "headline", "og:title", "twitter:title", "dc.title",
    "dcterms.title", "citation_title", "parsely-title", "title", "subject",
)  # fmt: skip


def stated_titles(sheet: Sheet) -> list[str]:
    """What the page's metadata call it, strongest first, site names and all."""
    return [tidy(value) for value in sheet.values(*_META_TITLES) if value.strip()]


def find_title(sheet: Sheet, part: Part) -> tuple[str | None, tuple[int, ...]]:
    """The title of a release, and the lines it stands in (none when only metadata state it).

    A line of the header that metadata or the window's name repeat is taken first, then a heading,
    then the lines of a letterhead that look like a title. None when nothing does.
    """
    sure = sheet.first("front:title", "item:title") if part.start == 0 else None
    spans = list(_blocks(sheet, part))
    if sure:
        lines = next((span for span in reversed(spans) if alike(_joined(sheet, span), sure)), ())
        return tidy(sure), lines
    if part.start == 0:
        named = _named(sheet, part, spans)
        if named:
            return named
    heading = _heading(sheet, part)
    if heading:
        return heading
    marked = _beside_mark(sheet, part)
    if marked:
        return marked
    best = _letterhead_title(sheet, part, spans)
    if best:
        return tidy(_joined(sheet, best)), best
    return (_meta_title(sheet) if part.start == 0 else None) or _kind_of_paper(sheet, part), ()


def _beside_mark(sheet: Sheet, part: Part) -> tuple[str, tuple[int, ...]] | None:
    """A title in the line that says "For Immediate Release:", going on to the running text."""
    for index in range(part.start, part.body):
        rest = labels.after_immediate(sheet.lines[index].text)
        if len(rest.split()) < 3 or find_dates(rest) and is_dated(rest):
            continue
        lines = [index]
        while sheet.wrapped and lines[-1] + 1 < part.body and not sheet.lines[lines[-1] + 1].gap:
            lines.append(lines[-1] + 1)
        more = [sheet.lines[i].text for i in lines[1:]]
        return tidy(" ".join([rest, *more])), tuple(lines)
    return None


def _kind_of_paper(sheet: Sheet, part: Part) -> str | None:
    """ "Press Statement", when the page has no other headline."""
    for index in range(part.start, part.body):
        if labels.is_masthead(sheet.lines[index].text):
            return sheet.lines[index].text
    return None


def _named(
    sheet: Sheet, part: Part, spans: Sequence[tuple[int, ...]]
) -> tuple[str, tuple[int, ...]] | None:
    """A title that stands in the page and in its metadata or its first line."""
    names = stated_titles(sheet)
    if not sheet.markup and spans and not names:
        first = _joined(sheet, spans[0])
        names = _pieces(first)[1:]
        spans = spans[1:]
    pieces = [piece for name in names for piece in _pieces(name)]
    for piece in pieces:
        if len(flat(piece).split()) < 2 and not sheet.markup:
            continue
        matching = [span for span in spans if alike(_joined(sheet, span), piece)]
        if matching:
            best = max(matching, key=lambda span: (sheet.lines[span[0]].level > 0, span[-1]))
            return tidy(_joined(sheet, best)), best
    return None


def _pieces(name: str) -> list[str]:
    """A name and what is left of it when site names are cut off, longest first."""
    parts = [p for p in _CUT.split(name) if p.strip()]
    pieces = {name}
    for count in range(1, len(parts)):
        left = name[: name.rindex(parts[count])].rstrip(" |–—·»«:-")
        pieces |= {left, name[name.index(parts[count], len(parts[0])) :]}
    return sorted((p for p in pieces if p.strip()), key=len, reverse=True)


def _heading(sheet: Sheet, part: Part) -> tuple[str, tuple[int, ...]] | None:
    headings = [
        index
        for index in range(part.start, min(part.body + 1, part.stop))
        if sheet.lines[index].level and not is_furniture(sheet.lines[index])
    ]
    if not headings:
        return None
    top = min(sheet.lines[index].level for index in headings)
    index = next(i for i in headings if sheet.lines[i].level == top)
    return tidy(sheet.lines[index].text), (index,)


def _meta_title(sheet: Sheet) -> str | None:
    for name in ("headline", "og:title", "twitter:title", "dc.title", "title", "subject"):
        value = sheet.first(name)
        if value and value.strip():
            value = _SUBJECT_TAG.sub("", tidy(value))
            pieces = _CUT.split(value)
            return max(pieces, key=len) if sheet.markup and len(pieces) > 1 else value
    return None


def _blocks(sheet: Sheet, part: Part) -> Iterator[tuple[int, ...]]:
    """Lines of the header that could be titles, lines of one block together.

    In a wrapped page the lines between two gaps are a block; elsewhere each line is one, and so
    are up to three short lines in a row, since titles are broken up as well.
    """
    block: list[int] = []
    end = min(part.body + 1, part.stop) if part.body == part.start else part.body
    for index in range(part.start, end):
        line = sheet.lines[index]
        if block and (line.gap or not sheet.wrapped or not _could_be_title(sheet, index)):
            yield tuple(block)
            block = []
        if _could_be_title(sheet, index):
            block.append(index)
            if not sheet.wrapped:
                for more in (2, 3):
                    run = range(index, index + more)
                    if run.stop <= end and all(_could_be_title(sheet, i) for i in run):
                        yield tuple(run)
    if block:
        yield tuple(block)


def _could_be_title(sheet: Sheet, index: int) -> bool:
    line = sheet.lines[index]
    text = line.text
    return not (
        is_furniture(line)
        or boilerplate.is_prose(text)
        or len(text) > _LONGEST_TITLE
        or labels.is_immediate(text)
        or labels.is_masthead(text)
        or boilerplate.is_contact(text)
        or (labels.is_label(text) and len(text) < 30)
        or boilerplate.is_end(text)
        or is_dated(text)
        or re.match(r"\d{1,2}\.\s", text) is not None
    )


def is_dated(text: str) -> bool:
    """Whether a line is little more than a date: "Wednesday, February 15, 2017"."""
    dates = find_dates(text)
    if not dates or text.endswith(":"):
        return False
    rest = labels.residue(text[: dates[0].start] + " | " + text[dates[-1].end :])
    return len(rest) <= 40 and len(rest.split()) <= (4 if dates[0].full else 0)


def _joined(sheet: Sheet, span: Sequence[int]) -> str:
    return " ".join(sheet.lines[index].text for index in span)


def _letterhead_title(
    sheet: Sheet, part: Part, spans: Sequence[tuple[int, ...]]
) -> tuple[int, ...] | None:
    """The block that looks most like a title: below the letterhead, in capitals, repeated."""
    marks = [
        index
        for index in range(part.start, part.body)
        if labels.is_immediate(sheet.lines[index].text) or is_dated(sheet.lines[index].text)
    ]
    last_mark = max(marks, default=-1)
    texts = [flat(_joined(sheet, span)) for span in spans]
    best: tuple[float, tuple[int, ...]] | None = None
    for number, span in enumerate(spans):
        text = _joined(sheet, span)
        points = _title_points(text)
        if points <= 0 or (len(span) > 1 and not sheet.wrapped):
            continue
        points += 2 if span[0] > last_mark else 0
        points += min(2, texts.count(texts[number]) - 1)
        points -= 0.1 * number
        if best is None or points > best[0]:
            best = (points, span)
    return _with_lead(sheet, spans, best[1]) if best else None


def _with_lead(
    sheet: Sheet, spans: Sequence[tuple[int, ...]], span: tuple[int, ...]
) -> tuple[int, ...]:
    """The block with the one above it, when that ends in a colon: "Background Information:"."""
    above = next((s for s in spans if s[-1] == span[0] - 1), None)
    if (
        above
        and sheet.lines[above[-1]].text.endswith(":")
        and _title_points(_joined(sheet, above)) > -2
    ):
        return (*above, *span)
    return span


def _title_points(text: str) -> float:
    words = text.split()
    if len(words) < 2 or len(text) < 8:
        return 0.0
    points = 1.0 + min(len(words), 8) / 4
    points += 1 if text.isupper() else 0
    points -= 2 if is_named(text) and len(words) <= 7 else 0
    points -= 2 if re.search(r"\d{1,2}:\d\d|\b[ap]\.m\.", text, re.I) else 0
    points -= 2 if text.endswith((".", ":")) and not text.isupper() else 0
    return points


# Issuer ------------------------------------------------------------------------------------------

_PUBLISHERS = (
    "front:issuer", "front:organization", "front:source", "item:issuer", "publisher", "organisation",
    "dc.publisher", "dcterms.publisher", "citation_publisher", "og:site_name", "dc.creator",
    "application-name",
)  # fmt: skip


def find_issuer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """Who put the release out, as the page states it, or None.

    Its letterhead, then its metadata, then the name of its site in the window's title, then the
    senders and the address; a letterhead's lines are joined as "Department, Office".
    """
    for find in (
        _item_issuer,
        _letterhead_issuer,
        _meta_issuer,
        _site_name,
        _banner_issuer,
        _release_from,
        _sign_off_issuer,
        _sender,
        _from_host,
        _lead_issuer,
    ):
        name = find(sheet, part, title)
        if name:
            return tidy(name)
    return None


def _item_issuer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    return sheet.first("item:issuer", "front:issuer", "organisation")


def _letterhead_issuer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    named: list[str] = []
    end = next(
        (i for i in range(part.start, part.body) if title and alike(sheet.lines[i].text, title)),
        part.body,
    )
    marks = [i for i in range(part.start, part.body) if labels.is_immediate(sheet.lines[i].text)]
    stop = max([end, *marks]) if marks else end
    for index in range(part.start, stop):
        line = sheet.lines[index]
        if named and (line.gap and len(named) >= 2 or len(named) >= 3):
            break
        if _is_institution(sheet, index, title):
            named.append(line.text.strip("*# "))
        elif named and marks:
            break
    return ", ".join(dict.fromkeys(named)) if named and (marks or len(named) > 1) else None


def _is_institution(sheet: Sheet, index: int, title: str | None) -> bool:
    line = sheet.lines[index]
    if line.zone != "main" or boilerplate.is_contact(line.text) or is_dated(line.text):
        return False
    return is_name_line(line.text) and not (title and flat(line.text) in flat(title))


def _sign_off_issuer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The names of bodies round a date that closes the text, or after "Issued by:"."""
    for index in range(part.start, part.stop):
        who = issued_by(sheet.lines[index].text)
        if who and (index < part.body or index >= part.end - 8):
            return who
    for index in range(max(part.body + 1, part.end - 10), part.end):
        if not is_dated(sheet.lines[index].text):
            continue
        near = [i for i in range(index - 4, index + 5) if part.body < i < part.end and i != index]
        names = [sheet.lines[i].text for i in near if _is_institution(sheet, i, None)]
        if names:
            return ", ".join(name.strip(" ,.") for name in names)
    return None


def _lead_issuer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    if part.body >= part.stop:
        return None
    words = paragraph(sheet, part.body, part.stop)
    text = sheet.text[sheet.lines[part.body].start : sheet.lines[part.end - 1].end]
    return lead_body(words) or self_named_body(text)


def _meta_issuer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    for value in sheet.values(*_PUBLISHERS):
        if (
            value.strip()
            and not (title and alike(value, title))
            and value.lower() not in {"publisher", "none", "null"}
        ):
            return value
    return None


def _site_name(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """What the window's title, or the first line of a text, adds to the release's title."""
    names = sheet.values("title", "og:title")
    if not sheet.markup and sheet.lines and part.start == 0:
        names = [*names, sheet.lines[0].text]
    for name in names:
        rest = _beside(tidy(name), title) if title else []
        named = [piece for piece in rest if not _PLACE_ON_SITE.search(piece)]
        if named:
            best = max(named, key=lambda p: (is_named(p), len(p)))
            return _spelt_out(sheet, best)
    return None


def _beside(name: str, title: str) -> list[str]:
    """The pieces of a window's title that are not the release's: ["Dep. of X"] of "T | Dep. of X"."""
    cuts = list(_CUT.finditer(name))
    for cut in cuts:
        left, right = name[: cut.start()], name[cut.end() :]
        if alike(left, title):
            return [p for p in _CUT.split(right) if p.strip()]
        if alike(right, title):
            return [p for p in _CUT.split(left) if p.strip()]
    return []


def _spelt_out(sheet: Sheet, name: str) -> str:
    """An acronym with the name that the page explains it by, where it does."""
    if not re.fullmatch(r"[A-ZÄÖÜ]{2,8}", name):
        return name
    full = sheet.first(f"abbr:{name.lower()}")
    if not full:
        match = re.search(
            rf"((?:[A-ZÀ-Þ][\w-]+(?: (?:of|for|and|the|für|und|der|in|de|du|des|del))*\s+){{1,8}})\({name}\)",
            sheet.text,
        )
        full = match[1].strip() if match else None
    return f"{full} ({name})" if full else name


def _banner_issuer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The body whose official site a banner says this is; a whole country's government is none."""
    for line in sheet.lines[:40]:
        match = _SITE_OF.search(line.text)
        if match and not re.search(r"\bgovernment$|^(?:the )?united states$", match["who"], re.I):
            return match["who"].strip()
    return None


def _release_from(sheet: Sheet, part: Part, title: str | None) -> str | None:
    top = sheet.text[: sheet.lines[part.body].start if part.body < len(sheet.lines) else 2000][
        :3000
    ]
    match = _FROM.search(top) or _CONTACT_OF.search(top)
    return match["who"] if match else None


def _sender(sheet: Sheet, part: Part, title: str | None) -> str | None:
    for value in sheet.values("from"):
        name = re.search(r"\(([^)@]{3,80})\)", value) or re.match(
            r"\"?([^\"<@(]{3,80})\"?\s*<", value
        )
        if name and is_named(name[1]):
            return name[1].strip()
    return sheet.first("organization")


def _from_host(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The name that the address spells, in the page's own words where they have it ("White House"
    for "whitehouse", "Department of Justice" for "doj"), else in words that institutions use,
    else the host itself."""
    host = sheet.host or _host_in_banner(sheet)
    if not host:
        return None
    parts = [p for p in host.lower().split(".") if len(p) > 2 and p not in _DOMAINS]
    words = re.findall(r"\w[\w'’-]*", f"{title or ''} . {sheet.text[:20000]}")
    for size in (5, 4, 3, 2):
        for start in range(len(words) - size + 1):
            window = words[start : start + size]
            if _is_name(window) and any(_spells(window, part) for part in parts):
                return " ".join(window)
    return next((n for part in parts if (n := _segmented(part))), host.removeprefix("www."))


def _host_in_banner(sheet: Sheet) -> str | None:
    """The public site that a banner names as the one that this page is of: "keep X.gov current"."""
    for line in sheet.lines[:60]:
        match = _OWN_SITE.search(line.text) if line.zone == "frame" else None
        if match:
            return match[1]
    return None


def _is_name(window: Sequence[str]) -> bool:
    return (
        window[0][0].isupper()
        and window[-1][0].isupper()
        and all(word[0].isupper() or word in _SMALL for word in window)
    )


def _spells(window: Sequence[str], part: str) -> bool:
    """`_spells(["White", "House"], "mywhitehouse")`; initials must be the whole part."""
    joined = "".join(window).lower()
    if len(joined) >= 6 and part.endswith(joined):
        return True
    initials = "".join(word[0] for word in window).lower()
    return part in {initials, "".join(w[0] for w in window if w not in _SMALL).lower()}


def _segmented(part: str) -> str | None:
    """The words of institutions that a part of an address ends in, two or more, or None."""
    found: list[str] = []
    rest = part
    while rest:
        word = next((w for w in _HOST_WORDS if rest.endswith(w)), None)
        if word is None:
            break
        found.insert(0, word)
        rest = rest[: -len(word)].rstrip("-")
    return " ".join(word.capitalize() for word in found) if len(found) >= 2 else None

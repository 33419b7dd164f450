"""The title of a release, as the page states it."""

import re
from collections.abc import Sequence

from index import boilerplate, labels
from index.anchoring import anchor_of, site_names
from index.dates import find_dates
from index.headlines import (
    LONGEST_TITLE,
    SECTION,
    blocks,
    could_be_title,
    is_numbered,
    is_section,
    joined,
    letterhead_title,
)
from index.hosts import spells
from index.institutions import is_only_name
from index.layout import Part, is_furniture, is_unfinished
from index.mentions import is_institution
from index.sheet import Sheet
from index.wording import CUT, alike, are_one, flat, is_file_name, tidy

_SUBJECT_TAG = re.compile(r"^(?:(?:re|fw|fwd)\s*:\s*)+", re.I)
_TITLE_LABEL = re.compile(
    r"[*_#>\s]*(?:subject|headline|title|betreff|titel|titre|objet|asunto|t[íi]tulo|assunto|oggetto|onderwerp)"
    r"(?:\s*:|\t)[*_\s]*(?P<title>\S.*)",
    re.I,
)

# A day before a title in its line: "date 2019-05-03 Bridge opens".
_DATE_FIRST = re.compile(r"^(?:date|datum|fecha|data)\s?:?\s(?:19|20)\d\d-\d\d-\d\d\s+(?=\S)", re.I)
# A kind of paper that runs into the title: "Media Release Board to Meet", or with whose it is:
# "Medienmitteilung der Direktion: …".
_KIND_FIRST = re.compile(
    r"^(?:(?:Press|News|Media) Release(?: No\. ?\S+)? (?=(?:[A-Z“\"]\S* )(?:\S+ ){3})"
    r"|(?i:(?:press|news|media) release|(?:presse|medien)mitteilung|comunicado(?: de prensa)?|nota de prensa"
    r"|communiqué(?: de presse)?|comunicato stampa|persbericht) (?:from|by|der|des|von|de|du|del|della|van) "
    r"[^:]{3,90}?\s?:\s?(?=\S+ \S))"
)
_CUT_SHORT = re.compile(r"\s?(?:…|\.{3}|\[…\])$")
_TWICE = re.compile(
    r"(?P<title>(?P<start>[A-ZÀ-Þ][^\s.]* [^\s.]+ [^\s.]+) [^.!?]{15,140}?) (?=(?P=start)\b)"
)
_CAPITALS_FIRST = re.compile(
    r"(?:\d{1,2} )?(?P<title>(?:[A-ZÀ-Þ0-9][A-ZÀ-Þ0-9’'&,:;./()–-]* ){3,24}[A-ZÀ-Þ0-9][A-ZÀ-Þ0-9’'&./()-]*)\s+"
    r"(?=[A-Z][a-z]* [a-z]+ )"
)
_PAPER = re.compile(
    r"(?:(?:joint|opening|closing|introductory|welcome) )?"
    r"(?:press (?:conference|statement|briefing|point|remarks)|remarks|statements?|speech|address"
    r"|interview|briefing|doorstep(?: statement)?|message|keynote(?: speech)?|readout)",
    re.I,
)
# So many lines below a heading it may stand again.
_AGAIN = 3
_WHOSE = re.compile(r"(?:by|of|from|with|at|on|to|following|ahead of)\b")
_META_TITLES = (
    "front:title", "item:title", "headline", "og:title", "twitter:title", "dc.title",
    "dcterms.title", "citation_title", "parsely-title", "title", "subject",
)  # fmt: skip


def stated_titles(sheet: Sheet) -> list[str]:
    """What the page's metadata call it, strongest first, site names and all."""
    values = [tidy(value) for value in sheet.values(*_META_TITLES) if value.strip()]
    return [value for value in values if not is_file_name(value)]


def find_title(sheet: Sheet, part: Part) -> tuple[str | None, tuple[int, ...]]:
    """The title of a release, and the lines it stands in (none when only metadata state it); of a
    title that is cut short the whole one, where the page has it."""
    title, lines = _find_title(sheet, part)
    title = _KIND_FIRST.sub("", _DATE_FIRST.sub("", title)) if title else None
    cut = _CUT_SHORT.search(title) if title else None
    if title is None or cut is None:
        return title, lines
    begun = flat(title[: cut.start()])
    for index in range(part.start, min(part.body + 1, part.stop)):
        text = sheet.lines[index].text
        if len(begun.split()) > 2 and len(text) <= LONGEST_TITLE and not _CUT_SHORT.search(text):
            if flat(text).startswith(begun):
                return tidy(text), (index,)
    return title, lines


def _find_title(sheet: Sheet, part: Part) -> tuple[str | None, tuple[int, ...]]:
    """The title as it is stated in the strongest place.

    A line of the header that metadata or the window's name repeat is taken first, then a heading,
    then the lines of a letterhead that look like a title. None when nothing does.
    """
    sure = sheet.first("front:title", "item:title") if part.start == 0 else None
    spans = list(blocks(sheet, part))
    labelled = _labelled_title(sheet, part, spans)
    if labelled and (not sure or len(sure.split()) <= 2 < len(labelled[0].split())):
        return labelled
    if sure:
        of_many = part.stop < len(sheet.lines) and sheet.first("front:title") is not None
        own = _heading(sheet, part) if of_many else None
        return own or _sure_title(sheet, part, spans, tidy(sure))
    if part.start == 0 and (named := _stated_title(sheet, part, spans)):
        return named
    heading = _heading(sheet, part)
    if heading:
        return heading
    marked = _beside_mark(sheet, part) or _paper_of(sheet, part)
    if marked:
        return marked
    best = letterhead_title(sheet, part, spans)
    if best and part.start == 0 and (shared := _shared_title(sheet, best)):
        return shared, ()
    mark = _kind_of_paper(sheet, part)
    paper = sheet.lines[mark].text if mark is not None else None
    if best and not (mark is not None and best[0] < mark and is_institution(joined(sheet, best))):
        return tidy(joined(sheet, best)), best
    lone = paper or _lone_line(sheet, part, spans) or _run_together(sheet, part)
    lone = None if lone and _is_of_many(flat(lone)) else lone
    return (_meta_title(sheet) if part.start == 0 else None) or lone, ()


def _is_of_many(words: str) -> bool:
    """Whether words in lower case name a section of a site and not one paper: "press releases"."""
    return SECTION.fullmatch(words) is not None and words.endswith("s")


def _is_of_site(title: str) -> bool:
    """Whether a title names no more than a body and the part of its site."""
    pieces = [piece for piece in CUT.split(title) if piece.strip()]
    return not any(char.isdigit() for char in title) and all(
        is_only_name(piece) or is_section(piece) for piece in pieces
    )


def _as_named(sheet: Sheet, title: str) -> str:
    """A title without what runs on behind it in its line, where the page's first line has it bare."""
    first = next((line.text for line in sheet.lines if line.zone == "main"), "")
    begins = (p for p in _pieces(first) if flat(title).startswith(flat(p) + " "))
    return next((tidy(p) for p in begins if len(p) >= 0.5 * len(title)), title)


def _sure_title(
    sheet: Sheet, part: Part, spans: Sequence[tuple[int, ...]], sure: str
) -> tuple[str, tuple[int, ...]]:
    """The title that front matter or data state, as a line of the page has it where one does; a
    heading where they name only the site."""
    anchor = anchor_of(sheet)
    if anchor and anchor[-1] < part.body:
        return tidy(joined(sheet, anchor)), anchor
    heading = _heading(sheet, part) if _is_of_site(sure) else None
    if heading and not _is_of_site(heading[0]) and not labels.is_dated(heading[0]):
        return heading
    sure = _without_site(sheet, spans, sure)
    return sure, next((s for s in reversed(spans) if alike(joined(sheet, s), sure)), ())


def _stated_title(
    sheet: Sheet, part: Part, spans: Sequence[tuple[int, ...]]
) -> tuple[str, tuple[int, ...]] | None:
    """A title that stands in the page and in its metadata or its first line, as the line above the
    text has it where they differ."""
    named = _named(sheet, part, spans)
    anchor = anchor_of(sheet)
    if anchor and anchor[-1] < part.body:
        title = _as_named(sheet, tidy(joined(sheet, anchor)))
        whole = any(flat(name) == flat(title) for name in stated_titles(sheet))
        if named and whole and flat(named[0]).startswith(flat(title) + " "):
            return title, anchor  # what runs on is a section or the like
        if not named or not (stated_titles(sheet) or are_one(named[0], title)):
            return title, anchor
    return named


def _without_site(sheet: Sheet, spans: Sequence[tuple[int, ...]], title: str) -> str:
    """A title without the name of the site behind it, where a line of the page has it without, or
    where that name spells the page's address."""
    left, right = title, ""
    for cut in CUT.finditer(title):
        left, right = title[: cut.start()], title[cut.end() :]
    if not right or len(left.split()) < 2:
        return title
    texts = (joined(sheet, span) for span in spans)
    if any(flat(text) == flat(left) for text in texts):
        return left
    host = (sheet.host or "").split(".")
    return left if any(spells(right.split(), part) for part in host) else title


def _lone_line(sheet: Sheet, part: Part, spans: Sequence[tuple[int, ...]]) -> str | None:
    """The only block above the text, though it ends as a sentence does."""
    if len(spans) == 1 and spans[0] == tuple(range(part.start, part.body)):
        return tidy(joined(sheet, spans[0]))
    return None


def _run_together(sheet: Sheet, part: Part) -> str | None:
    """A title run together with its text, both of which begin with the same words: "Bridge opens
    in May Bridge opens after years …"."""
    text = sheet.lines[part.body].text if part.body < part.stop else ""
    match = _TWICE.match(text) or _CAPITALS_FIRST.match(text)
    return tidy(match["title"]) if match else None


def _labelled_title(
    sheet: Sheet, part: Part, spans: Sequence[tuple[int, ...]]
) -> tuple[str, tuple[int, ...]] | None:
    """The title after a label in the header: "Subject: Arrests in Riverton"."""
    for index in range(part.start, part.body):
        match = _TITLE_LABEL.match(sheet.lines[index].text)
        if match is None or len(match["title"].split()) < 2:
            continue
        end, title = index + 1, tidy(match["title"])
        while end < part.body and _goes_on(sheet, end - 1):
            title = f"{title} {sheet.lines[end].text}"
            end += 1
        for piece in _pieces(title)[1:]:  # "MEDIA ADVISORY - Bridge to Open", with the rest below
            again = next((s for s in reversed(spans) if alike(joined(sheet, s), piece)), None)
            if again:
                return tidy(joined(sheet, again)), again
        return title, tuple(range(index, end))
    return None


def _goes_on(sheet: Sheet, index: int) -> bool:
    """Whether the line below a labelled title is more of it: in the same case, without a gap."""
    line, below = sheet.lines[index], sheet.lines[index + 1]
    if below.gap or not could_be_title(sheet, index + 1) or _TITLE_LABEL.match(below.text):
        return False
    title = line.text.partition(":")[2] or line.text
    return sheet.wrapped and title.isupper() and below.text.isupper() or is_unfinished(line.text)


def _beside_mark(sheet: Sheet, part: Part) -> tuple[str, tuple[int, ...]] | None:
    """A title in the line that says "For Immediate Release:", going on to the running text."""
    for index in range(part.start, part.body):
        rest = labels.after_immediate(sheet.lines[index].text)
        if (
            len(labels.residue(rest).split()) < 3
            or find_dates(rest)
            or boilerplate.is_contact(rest)
        ):
            continue
        lines = [index]
        while sheet.wrapped and lines[-1] + 1 < part.body and not sheet.lines[lines[-1] + 1].gap:
            lines.append(lines[-1] + 1)
        more = [sheet.lines[i].text for i in lines[1:]]
        return tidy(" ".join([rest, *more])), tuple(lines)
    return None


def _paper_of(sheet: Sheet, part: Part) -> tuple[str, tuple[int, ...]] | None:
    """A kind of paper with whose it is in the line below: "Press conference" over "by Jane Roe"."""
    for index in range(part.start, part.body - 1):
        paper, below = sheet.lines[index].text, sheet.lines[index + 1].text
        if _PAPER.fullmatch(paper) and _WHOSE.match(below) and len(below.split()) > 3:
            return tidy(f"{paper} {below}"), (index, index + 1)
    return None


def _kind_of_paper(sheet: Sheet, part: Part) -> int | None:
    """The line that says "Press Statement", which is the title when the page has no other."""
    header = range(part.start, part.body)
    return next((i for i in header if labels.is_masthead(sheet.lines[i].text)), None)


def _named(
    sheet: Sheet, part: Part, spans: Sequence[tuple[int, ...]]
) -> tuple[str, tuple[int, ...]] | None:
    """A title that stands in the page and in its metadata or its first line."""
    names = stated_titles(sheet)
    if not sheet.markup and spans and not names:
        first = joined(sheet, spans[0])
        names = _pieces(first)[1:]
        spans = spans[1:]
    sites = site_names(sheet)
    pieces = [piece for name in names for piece in _pieces(name) if flat(piece) not in sites]
    for piece in sorted(pieces, key=is_only_name):  # of a title and a site's name the title
        if len(flat(piece).split()) < 2 and not sheet.markup or SECTION.fullmatch(flat(piece)):
            continue
        if labels.is_masthead(piece) or is_numbered(piece):
            continue
        if not sheet.markup and is_only_name(piece):  # of a letterhead
            continue
        named = is_institution(piece) or piece in names and is_only_name(piece)
        if named and _other_heading(sheet, part, piece):
            continue
        matching = [span for span in spans if alike(joined(sheet, span), piece)]
        if matching:
            best = max(matching, key=lambda span: (sheet.lines[span[0]].level > 0, span[-1]))
            return tidy(joined(sheet, best)), best
        dated = _beside_date(sheet, part, piece)
        if dated:
            return tidy(piece), dated
    return None


def _beside_date(sheet: Sheet, part: Part, title: str) -> tuple[int, ...]:
    """The line of the header that has the title after or before a date: "May 3, 2019: Arrests"."""
    for index in range(part.start, part.body):
        text = sheet.lines[index].text
        first = next(iter(find_dates(text)), None) if len(text) <= LONGEST_TITLE else None
        if first and first.full and alike(text[: first.start] + text[first.end :], title):
            return (index,)
    return ()


def _other_heading(sheet: Sheet, part: Part, name: str) -> bool:
    """Whether the page has a heading that is more than a name, so that its name is the site's."""
    return any(
        line.level and not is_furniture(line) and not is_only_name(line.text)
        for line in sheet.lines[part.start : part.body]
        if not alike(line.text, name) and not SECTION.fullmatch(flat(line.text))
    )


def _pieces(name: str) -> list[str]:
    """A name and what is left of it when site names are cut off, longest first."""
    parts = [p for p in CUT.split(name) if p.strip()]
    pieces = {name, *(p.strip() for p in parts[1:-1])}
    for count in range(1, len(parts)):
        left = name[: name.rindex(parts[count])].rstrip(" |–—·»«:-")
        pieces |= {left, name[name.index(parts[count], len(parts[0])) :]}
    return sorted((p for p in pieces if p.strip()), key=len, reverse=True)


def _heading(sheet: Sheet, part: Part) -> tuple[str, tuple[int, ...]] | None:
    headings = [
        index
        for index in range(part.start, min(part.body + 1, part.stop))
        if sheet.lines[index].level
        and not is_furniture(sheet.lines[index])
        and not SECTION.fullmatch(flat(sheet.lines[index].text))
        and not labels.is_masthead(sheet.lines[index].text)
        and not is_numbered(sheet.lines[index].text)
    ]
    headings = [i for i in headings if not is_only_name(sheet.lines[i].text)] or headings
    if not headings:
        return None
    top = min(sheet.lines[index].level for index in headings)
    index = next(i for i in headings if sheet.lines[i].level == top)
    for other in headings:  # furniture may have run into the first
        if other != index and _begins(sheet.lines[index].text, sheet.lines[other].text):
            return tidy(sheet.lines[other].text), (other,)
    return _below_site(sheet, index)


def _below_site(sheet: Sheet, index: int) -> tuple[str, tuple[int, ...]]:
    """A heading, without the name of a body before it where a line below has it without: "Road
    Bureau - Bridge Opens" over "Bridge Opens"."""
    title = tidy(sheet.lines[index].text)
    site, bare = (*CUT.split(title, maxsplit=1), "")[:2]
    below = range(index + 1, min(index + 1 + _AGAIN, len(sheet.lines)))
    again = next((i for i in below if flat(sheet.lines[i].text) == flat(bare)), None)
    if again is None or not is_only_name(site):
        return title, (index,)
    return tidy(bare), (index, again)


def _begins(long: str, short: str) -> bool:
    """Whether a longer heading begins with a shorter one that is more than a name."""
    return len(short.split()) > 2 and not is_only_name(short) and flat(long).startswith(flat(short))


def _shared_title(sheet: Sheet, block: Sequence[int]) -> str | None:
    """The title that a page of markup states for those who share it, where what looks most like one
    in the page is a link, or repeats the name of the site."""
    title = sheet.first("headline", "og:title", "twitter:title")
    if title is None or not sheet.markup or is_only_name(tidy(title)) or is_section(title):
        return None
    words = flat(joined(sheet, block))
    site = flat(sheet.first("og:site_name") or "")
    linked = all(sheet.lines[index].linked for index in block)
    logo = words in map(flat, sheet.values("logo"))
    if not linked and not logo and not (site and site in words):
        return None
    return _meta_title(sheet)


def _meta_title(sheet: Sheet) -> str | None:
    for name in ("headline", "og:title", "twitter:title", "dc.title", "title", "subject"):
        value = sheet.first(name)
        if value and value.strip():
            value = _SUBJECT_TAG.sub("", tidy(value))
            pieces = CUT.split(value)
            telling = [p for p in pieces if not is_only_name(p) and not SECTION.fullmatch(flat(p))]
            return max(telling or pieces, key=len) if sheet.markup else value
    return None

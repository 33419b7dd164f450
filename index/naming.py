"""The title of a release, as the page states it."""

import re
from collections.abc import Iterator, Sequence

from index import boilerplate, labels
from index.dates import find_dates
from index.institutions import is_only_name
from index.layout import Part, goes_on, is_furniture
from index.sheet import Sheet

# Where a page's own name for itself is cut from the name of its site.
CUT = re.compile(r"\s+[|–—·»«:]{1,2}\s+|\s+-{1,2}\s+|\s*\|\s*")
_SPACE = re.compile(r"\s+")
_SUBJECT_TAG = re.compile(r"^(?:(?:re|fw|fwd)\s*:\s*)+", re.I)
_LONGEST_TITLE = 400
# Names of the part of a site that a release stands in.
_SECTION = re.compile(
    r"(?:latest |all |our )?(?:(?:press|news|media) (?:releases?|rooms?|statements?|cent(?:er|re)|advisories|archives?)"
    r"|news(?:room)?|press|media|statements?|speeches|home(?:page)?|archives?|press and media|news and events"
    r"|presse(?:mitteilung(?:en)?|meldung(?:en)?)?|aktuelles|meldungen|noticias|prensa|comunicados(?: de prensa)?"
    r"|sala de prensa|actualit[ée]s|communiqu[ée]s(?: de presse)?|presse et m[ée]dias|not[íi]cias|imprensa)"
)
# Entries of numbered lists, and lines of the form "Where: the hall".
_NO_TITLE = re.compile(
    r"\d{1,2}\.\s|\w+\s(?:no|nr)\.?\s?\d+$|(?:here|this|the following|below) (?:is|are) "
    r"|(?:no|nr|n[º°])\.?\s?\d+(?:\W|\bof\b|\d)*$|(?:date|time|location|where|when|who|what|why|how|venue|place|to|from|re|cc|attn"
    r"|case|ref|no|nr|source|author|by|wann|wo|wer|was|lugar|hora|fecha|lieu|heure|datum|ort|zeit)\s*[:#]",
    re.I,
)

_TITLE_LABEL = re.compile(
    r"[*_#>\s]*(?:subject|headline|title|betreff|titel|titre|objet|asunto|t[íi]tulo|assunto|oggetto|onderwerp)"
    r"(?:\s*:|\t)[*_\s]*(?P<title>\S.*)",
    re.I,
)

# Lines that go on below, and what a page asks its reader to do.
_INCOMPLETE = re.compile(r"\b(?:of|the|and|to|a|an|in|for|by|with|that|at|from)$")
_ORDER = re.compile(
    r"(?:find|click|search|view|read|see|subscribe|download|skip|please|browse|filter)\s", re.I
)
_FILE_NAME = re.compile(r"[\w.-]+\.(?:html?|aspx?|php|docx?|pdf|txt|jsp|cfm)", re.I)

_META_TITLES = (
    "front:title", "item:title", "headline", "og:title", "twitter:title", "dc.title",
    "dcterms.title", "citation_title", "parsely-title", "title", "subject",
)  # fmt: skip


def stated_titles(sheet: Sheet) -> list[str]:
    """What the page's metadata call it, strongest first, site names and all."""
    values = [tidy(value) for value in sheet.values(*_META_TITLES) if value.strip()]
    return [value for value in values if not is_file_name(value)]


def is_file_name(text: str) -> bool:
    """`is_file_name("pr970611.htm")`: what some editors write where a title belongs."""
    return _FILE_NAME.fullmatch(text) is not None


def find_title(sheet: Sheet, part: Part) -> tuple[str | None, tuple[int, ...]]:
    """The title of a release, and the lines it stands in (none when only metadata state it).

    A line of the header that metadata or the window's name repeat is taken first, then a heading,
    then the lines of a letterhead that look like a title. None when nothing does.
    """
    sure = sheet.first("front:title", "item:title") if part.start == 0 else None
    spans = list(_blocks(sheet, part))
    labelled = _labelled_title(sheet, part)
    if labelled and not sure:
        return labelled
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
    paper = _kind_of_paper(sheet, part)
    telling = paper and len(paper.split()) > 2
    if best and not (telling and is_only_name(_joined(sheet, best))):
        return tidy(_joined(sheet, best)), best
    lone = paper or _lone_line(sheet, part, spans)
    return (_meta_title(sheet) if part.start == 0 else None) or lone, ()


def _lone_line(sheet: Sheet, part: Part, spans: Sequence[tuple[int, ...]]) -> str | None:
    """The only line above the text, though it ends as a sentence does."""
    if len(spans) == 1 and part.body == part.start + 1 == spans[0][-1] + 1:
        return tidy(_joined(sheet, spans[0]))
    return None


def _labelled_title(sheet: Sheet, part: Part) -> tuple[str, tuple[int, ...]] | None:
    """The title after a label in the header: "Subject: Arrests in Riverton"."""
    for index in range(part.start, part.body):
        match = _TITLE_LABEL.match(sheet.lines[index].text)
        if match and len(match["title"].split()) >= 2:
            return tidy(match["title"]), (index,)
    return None


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
    for piece in sorted(pieces, key=is_only_name):  # of a title and a site's name the title
        if len(flat(piece).split()) < 2 and not sheet.markup or _SECTION.fullmatch(flat(piece)):
            continue
        if labels.is_masthead(piece):
            continue
        if piece in names and is_only_name(piece) and _other_heading(sheet, part, piece):
            continue
        matching = [span for span in spans if alike(_joined(sheet, span), piece)]
        if matching:
            best = max(matching, key=lambda span: (sheet.lines[span[0]].level > 0, span[-1]))
            return tidy(_joined(sheet, best)), best
        dated = _beside_date(sheet, part, piece)
        if dated:
            return tidy(piece), dated
    return None


def _beside_date(sheet: Sheet, part: Part, title: str) -> tuple[int, ...]:
    """The line of the header that has the title after or before a date: "May 3, 2019: Arrests"."""
    for index in range(part.start, part.body):
        text = sheet.lines[index].text
        first = next(iter(find_dates(text)), None) if len(text) <= _LONGEST_TITLE else None
        if first and first.full and alike(text[: first.start] + text[first.end :], title):
            return (index,)
    return ()


def _other_heading(sheet: Sheet, part: Part, name: str) -> bool:
    """Whether the page has a heading that is more than a name, so that its name is the site's."""
    return any(
        line.level and not is_furniture(line) and not is_only_name(line.text)
        for line in sheet.lines[part.start : part.body]
        if not alike(line.text, name) and not _SECTION.fullmatch(flat(line.text))
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
        and not _SECTION.fullmatch(flat(sheet.lines[index].text))
        and not labels.is_masthead(sheet.lines[index].text)
    ]
    headings = [i for i in headings if not is_only_name(sheet.lines[i].text)] or headings
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
            pieces = CUT.split(value)
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
        if block and (
            line.gap
            or not sheet.wrapped
            or not _could_be_title(sheet, index)
            or _capitals(line.text) != _capitals(sheet.lines[block[-1]].text)
        ):
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


def _capitals(text: str) -> bool:
    """Whether nearly all letters of a line are capitals."""
    letters = [char for char in text if char.isalpha()]
    return sum(map(str.isupper, letters)) >= 0.8 * len(letters)


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
        or boilerplate.is_place(text)
        or (
            labels.is_dated(text)
            and not _names_a_day(sheet, index)
            and not (index > 0 and goes_on(sheet, index) and _could_be_title(sheet, index - 1))
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


def _joined(sheet: Sheet, span: Sequence[int]) -> str:
    return " ".join(sheet.lines[index].text for index in span)


def _letterhead_title(
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
    texts = [flat(_joined(sheet, span)) for span in spans]
    best: tuple[float, tuple[int, ...]] | None = None
    for number, span in enumerate(spans):
        text = _joined(sheet, span)
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
        and _title_points(_joined(sheet, above)) > -4
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

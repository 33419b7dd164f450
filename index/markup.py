"""HTML -> sheet: lines in reading order, each with its heading level, zone, link and time stamp.

Elements that the markup itself calls menus, banners, sidebars or hidden get a zone of their own;
what follows the element that holds most of the running text is taken for the page's, not the
release's. No style sheet is read and no script is run.
"""

import re
from itertools import islice
from typing import Any

import lxml.html
from lxml import etree

from index import boilerplate, labels
from index.decoding import decode
from index.metadata import SPACE, metadata
from index.sheet import Draft, Line, Sheet, Zone, is_wrapped

# A page of fewer characters than this may well be all a notice that scripts are needed.
_LEAST_PAGE = 1_000
# Pieces of text within an inline element that are looked at for running text.
_MOST_PIECES = 200
_DROPPED = frozenset(
    "script style noscript template svg iframe object select option button input textarea canvas "
    "audio video map math head".split()
)
_BLOCKS = frozenset(
    "p div section article main header footer aside nav h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table "
    "thead tbody tfoot tr td th blockquote pre address figure figcaption form fieldset hr center "
    "details summary caption body html".split()
)
_RAISED = frozenset({"sub", "sup"})
_TIGHT = frozenset("li dt dd tr td th br caption figcaption".split())
_CELLS = frozenset({"td", "th"})
# Stands between the cells of a row until its line is written, and becomes a tab then.
_NEXT_CELL = "\x1f"
# Stands for the end of a line within preformatted text.
_NEXT_LINE = "\x1d"
# Stands where two inline elements touch; a space there when the words would run together.
_SEAM = "\x1e"
_RUN_TOGETHER = re.compile(
    rf"(?<=[^\W\d_]){_SEAM}+(?=\d)|(?<=\d){_SEAM}+(?=[^\W\d_])|(?<=[a-zß-ÿ]){_SEAM}+(?=[A-ZÀ-Þ])"
)
_CELL_BREAK = re.compile(rf"[ {_NEXT_CELL}]*{_NEXT_CELL}[ {_NEXT_CELL}]*")
_SUBTITLE = re.compile(
    r"\bsub-?(?:title|head(?:ing|line)?)|untertitel|unterzeile|sous-?titre|subt[íi]tulo", re.I
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_FRAMES = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|(?:main|mega|top|sub|off|user|mobile)?-?menu\w*|breadcrumbs?|cookie\w*"
    r"|consent|site-?header|masthead|global-?header|footer\w*|skip\w*|share\w*|sharing|social\w*"
    r"|toolbar|pager|paginat\w+|search\w*|log-?in|subscri\w+|newsletter|language\w*|lang|modal|popup"
    r"|overlay|print\w*|follow\w*|copyright|usa-banner|gov-?banner|banner|toc|addthis\w*|sr-only"
    r"|visually-?hidden|screen-?reader\w*|element-invisible|aural|noprint|disclaimer)(?=$|[\s_-])",
    re.I,
)
# Names of what opens above a page, which holds the page itself where a fragment was saved.
_DIALOGS = re.compile(r"(?:modal|popup|overlay|dialog)(?=$|[\s_-])", re.I)
_HIDDEN = frozenset({"hidden", "hide", "d-none", "invisible", "is-hidden"})
# Names of what must never be taken for furniture by its name alone.
_KEPT = re.compile(r"date|time|publi|title|headline|body", re.I)
_ASIDES = re.compile(
    r"(?:^|[\s_-])(?:side-?bar\w*|related\w*|recent\w*|latest\w*|popular|recommend\w*|widget\w*"
    r"|promo\w*|aside|(?:\w+-)?caption(?:-text)?|comments?|see-?also|more-?(?:news|stories|articles|posts)|teaser-?list"
    r"|(?:right|left)-?(?:hand-?)?(?:col\w*|rail|nav\w*|bar|side|panel|menu)|complementary|tags?|trending)(?=$|[\s_-])",
    re.I,
)
# What kind of content an element holds, as systems name it: "node--type-recent-action".
_OF_TYPE = re.compile(r"(?:^|(?<=\s))(?:page-)?node(?:--?|__)type-\S+")
# What holds the page is none of its parts, whatever the section that it is named after.
_WHOLE = frozenset({"html", "body", "main"})
_FRAME_TAGS = frozenset({"nav", "footer", "header", "form", "dialog"})
_FRAME_ROLES = frozenset(
    {"banner", "navigation", "contentinfo", "search", "menu", "menubar", "dialog"}
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,30})", re.I)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
# The parser leaves out what follows these, which browsers show.
_CLOSING = re.compile(r"</(?:body|html)\s*>", re.I)


def sheet_of_html(content: bytes) -> Sheet | None:
    """The sheet of a page or a fragment of HTML, or None when no words are in it.

    Raises nothing for malformed markup: lxml mends what it can and the rest is left out.
    """
    declared = _DECLARED.search(content[:4096])
    text = decode(content, declared[1].decode("ascii", "replace") if declared else None)
    return sheet_of_markup(text) if text else None


def sheet_of_markup(text: str) -> Sheet | None:
    """The same for HTML that is decoded already."""
    root = _parsed(text)
    if root is None:
        return None
    meta = tuple(metadata(root))
    draft = Draft()
    holder = _holder(root)
    _emit(root, draft, holder)
    if not draft.lines:
        return None
    url = next(
        (value for name, value in meta if name in {"canonical", "og:url"} and "//" in value), None
    )
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[
        :2
    ].lower()
    lines = _after_container(draft.lines, holder is not None)
    wrapped = next(root.iter("pre"), None) is not None and is_wrapped(lines)
    return Sheet(draft.text(), lines, meta, url, language or None, wrapped, markup=True)


def text_of_markup(text: str) -> str:
    """The words of a fragment of HTML, one paragraph a line with an empty line between."""
    sheet = sheet_of_markup(text)
    return sheet.text if sheet else ""


def _parsed(text: str) -> Any:
    text = _CLOSING.sub("", _XML.sub("", text.replace("\0", "")))
    parser = lxml.html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    for element in list(root.iter("noscript")):
        if _holds_most(element, root):  # never closed, or a page that scripts only adorn
            element.drop_tag()
    return root


def _holds_most(element: Any, root: Any) -> bool:
    """Whether most of a page's text stands in one element."""
    own = len(element.text_content())
    return own > _LEAST_PAGE and 2 * own > len(root.text_content())


# Lines -------------------------------------------------------------------------------------------


class _Writer:
    """Collects the inline text of the block at hand and writes it out as a line."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.parts: list[str] = []
        self.linked = 0
        self.href: str | None = None
        self.stamp: str | None = None
        self.gap = True
        self.preformatted = 0
        self.apart: set[Any] = set()  # elements of headings that are lines of their own

    def flush(self, level: int, zone: Zone, gap: bool) -> None:
        text = _RUN_TOGETHER.sub(" ", "".join(self.parts)).replace(_SEAM, "")
        text = SPACE.sub(" ", text).strip(f" {_NEXT_CELL}")
        text = _CELL_BREAK.sub("\t", text)
        if text:
            most = 0.5 if "\t" in text else 0.8
            whole = self.href if self.linked >= most * len(text) else None
            for line in text.split(_NEXT_LINE):
                if line.strip():
                    self.draft.add(
                        line, level=level, zone=zone, linked=whole, stamp=self.stamp,
                        gap=self.gap,
                    )  # fmt: skip
                self.gap = not line.strip()
        self.gap = self.gap or gap
        self.parts, self.linked, self.href, self.stamp = [], 0, None, None


def _emit(root: Any, draft: Draft, holder: Any) -> None:
    """Walk the tree without recursion; each entry of the stack is (element, its state, closing)."""
    container = _article_round(holder)
    writer = _Writer(draft)
    chain = frozenset() if holder is None else frozenset([holder, *holder.iterancestors()])
    stack: list[tuple[Any, int, Zone, str | None, bool]] = [(root, 0, "main", None, False)]
    while stack:
        element, level, zone, link, closing = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if closing:
            own_line = tag in _BLOCKS and not (tag in _CELLS and _in_short_row(element))
            if own_line or element in writer.apart:
                writer.flush(level, zone, tag not in _TIGHT)
            if element is container:
                draft.lines.append(Line("", draft.size, zone="frame"))
            writer.preformatted -= tag == "pre"
            _text(writer, element.tail, _link_of_parent(element, link))
            continue
        if tag in _DROPPED or not tag:
            _text(writer, element.tail, link)
            continue
        _open(element, tag, level, zone, link, writer, stack, chain)


def _link_of_parent(element: Any, link: str | None) -> str | None:
    return None if element.tag == "a" else link


def _open(
    element: Any,
    tag: str,
    level: int,
    zone: Zone,
    link: str | None,
    writer: _Writer,
    stack: list[Any],
    chain: frozenset[Any],
) -> None:
    if tag in _BLOCKS or tag == "br":
        if tag in _CELLS and element.getprevious() is not None and _in_short_row(element):
            writer.parts.append(_NEXT_CELL)
        else:
            writer.flush(level, zone, tag not in _TIGHT)
    elif level and (_is_day(element) or _SUBTITLE.search(element.get("class") or "")):
        writer.flush(level, zone, False)
        writer.apart.add(element)
        level = 0
    elif _touches(element):
        writer.parts.append(_SEAM)
    inner_zone = _zone(element, tag, zone, chain)
    if inner_zone != zone and writer.parts:
        writer.flush(level, zone, False)
    inner_level = _HEADINGS.get(tag, level)
    inner_link = element.get("href") or link if tag == "a" else link
    stamp = element.get("datetime") if tag == "time" else _date_content(element)
    if stamp:
        writer.stamp = stamp
    stack.append((element, inner_level, inner_zone, link, True))
    if len(stack) < 100_000:
        stack.extend(
            (child, inner_level, inner_zone, inner_link, False) for child in reversed(element)
        )
    writer.preformatted += tag == "pre"
    _text(writer, element.text, inner_link)


def _is_day(element: Any) -> bool:
    """Whether an inline element holds a date and nothing else, as above a title within its heading."""
    text = "".join(islice(element.itertext(), 5)).strip() if not _longer_than(element, 60) else ""
    return labels.is_dated(text) and next(element.iterancestors("a"), None) is None


def _touches(element: Any) -> bool:
    """Whether nothing stands between an inline element and the one before it."""
    before = element.getprevious()
    return (
        before is not None
        and not before.tail
        and before.tag not in _RAISED
        and element.tag not in _RAISED
    )


def _text(writer: _Writer, text: str | None, link: str | None) -> None:
    if text:
        writer.parts.append(text.replace("\n", _NEXT_LINE) if writer.preformatted else text)
        if link is not None:
            writer.linked += len(text.strip())
            writer.href = link


def _date_content(element: Any) -> str | None:
    name = f"{element.get('property') or ''} {element.get('itemprop') or ''}"
    return element.get("content") if "date" in name.lower() else None


def _in_short_row(cell: Any) -> bool:
    """Whether a cell belongs to a row of a table of data rather than to one that makes the layout."""
    row = cell.getparent()
    if row is None or row.tag != "tr" or len(row) < 2:
        return False
    return len(row) <= 12 and not _longer_than(row, 300)


def _zone(element: Any, tag: str, zone: Zone, chain: frozenset[Any]) -> Zone:
    """The zone of an element within another; `chain` is the container with what it stands in."""
    if zone != "main":
        return zone
    kind = _named_zone(element, tag)
    if kind == "main" or tag in {"html", "body", "main", "article"} or element in chain:
        return "main"
    if _DIALOGS.search(_names(element)) and _is_part_of_dialog(element, tag, chain):
        return "main"
    return "main" if _holds_the_page(element) else kind


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_part_of_dialog(element: Any, tag: str, chain: frozenset[Any]) -> bool:
    """Whether an element is of the same dialog as the running text, and a frame by that alone."""
    parent = element.getparent()
    beside = parent if parent is not None and parent in chain else ()
    if not any(other in chain and _DIALOGS.search(_names(other)) for other in beside):
        return False
    return tag not in _FRAME_TAGS and not _FRAMES.search(_DIALOGS.sub("", _names(element)))


def _named_zone(element: Any, tag: str) -> Zone:
    role = (element.get("role") or "").lower()
    if tag == "footer" and _in_article(element):
        return "main"  # where engines of blogs put when and by whom an article was posted
    if tag in _FRAME_TAGS or role in _FRAME_ROLES:
        return "frame"
    if element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(
        " ", ""
    ):
        return "frame"
    if tag == "aside" or role == "complementary":
        return "aside"
    names = _OF_TYPE.sub(" ", _names(element))
    if tag in _WHOLE or not names.strip() or _KEPT.search(names):
        return "main"
    if _HIDDEN & set(names.lower().split()):
        return "frame"
    if _FRAMES.search(names):
        return "frame"
    return "aside" if _ASIDES.search(names) else "main"


def _holds_the_page(element: Any) -> bool:
    """Whether what is named like furniture holds the article itself: a page-wide wrapper, or the
    header of an article with its title."""
    if element.tag == "nav" or (element.get("role") or "") in {"navigation", "search"}:
        return False
    if next(element.iter("main", "article"), None) is not None:
        return True
    if next(element.iter("h1"), None) is not None:
        inside = element.tag != "header" or _in_article(element)
        return inside or _longer_than(element, 1500)
    return element.tag == "header" and _in_article(element)


def _longer_than(element: Any, most: int) -> bool:
    """Whether an element has more than `most` characters of text, looking no further than that."""
    size = 0
    for text in element.itertext():
        size += len(text)
        if size > most:
            return True
    return False


def _in_article(element: Any) -> bool:
    return next(element.iterancestors("main", "article"), None) is not None


# The element with the running text ---------------------------------------------------------------


def _holder(root: Any) -> Any:
    """The element with most running text directly in it or in its children, or None."""
    amounts: dict[Any, float] = {}
    for paragraph in root.iter("p", "div", "td", "li", "section", "article", "blockquote"):
        own = _own_text(paragraph)
        if len(own) < 80 or not boilerplate.is_prose(own) or boilerplate.is_banner(own):
            continue
        parent = paragraph.getparent()
        weight = 1.0
        if paragraph.tag != "p":
            amounts[paragraph] = amounts.get(paragraph, 0) + len(own)
            weight = 0.5
        for _ in range(2):
            if parent is None or parent.tag in {"body", "html"}:
                break
            amounts[parent] = amounts.get(parent, 0) + weight * len(own)
            parent, weight = parent.getparent(), weight / 2
    if not amounts:
        return None
    return max(amounts, key=lambda element: amounts[element])


def _article_round(holder: Any) -> Any:
    """The article that an element is of, or itself."""
    if holder is None:
        return None
    article = next(holder.iterancestors("article", "main"), None)
    return holder if article is None or article.tag == "main" and _several(article) else article


def _several(element: Any) -> bool:
    """Whether an element holds several articles, so that it is more than the one of the page."""
    return len(list(islice(element.iter("article"), 2))) > 1


def _own_text(element: Any) -> str:
    """The text of a block without that of the blocks in it."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _BLOCKS and child.tag not in _DROPPED:
            parts.append("".join(islice(child.itertext(), _MOST_PIECES)))
        parts.append(child.tail or "")
    return SPACE.sub(" ", "".join(parts)).strip()


def _after_container(lines: list[Line], marked: bool) -> tuple[Line, ...]:
    """Lines after the container become asides, unless much running text stands there as well."""
    if not marked:
        return tuple(lines)
    end = next((i for i, line in enumerate(lines) if not line.text), len(lines))
    before, after = lines[:end], [line for line in lines[end:] if line.text]
    prose = [
        sum(len(x.text) for x in part if x.zone == "main" and boilerplate.is_prose(x.text))
        for part in (before, after)
    ]
    titled = [any(x.level == 1 and x.zone == "main" for x in part) for part in (before, after)]
    if prose[1] > 0.25 * prose[0] or titled[1] and not titled[0]:
        return (*before, *after)
    return (*before, *(_aside(line) for line in after))


def _aside(line: Line) -> Line:
    zone: Zone = "aside" if line.zone == "main" else line.zone
    return Line(line.text, line.start, line.level, zone, line.linked, line.stamp, line.gap)

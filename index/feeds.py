"""RSS and Atom feeds, and lists in other XML -> one sheet an item."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from index.dates import order_in, stamp_date
from index.dating import PUBLISHED
from index.fields import TITLES, kind_of_time, name_of
from index.headlines import is_section
from index.institutions import is_only_name
from index.markup import sheet_of_markup
from index.sheet import Sheet, sheet_of_text
from index.structured import sheets_of_value

# Items of one feed that are read at most.
MOST_ITEMS = 5_000

# Names of elements, which some sites write in other capitals: "pubdate".
_PUBLISHED = ("published", "pubdate", "issued", "date", "created")
_UPDATED = ("updated", "modified", "lastbuilddate")
_BODIES = ("encoded", "content", "body", "description", "summary")
# Whose releases a feed says it brings.
_FROM = re.compile(
    r"\b(?:from|of|by|der|des|von|de|du|del|da|do) (?:the )?(?P<who>[A-ZÀ-Þ][^.;:|\n]{3,80}?)\s*(?:[.;:|\n]|$)"
)
_TAG = re.compile(r"<[a-z!/][^<>]*>", re.I)
# What a site's export keeps beside its pages and posts.
_PARTS = frozenset({"attachment", "nav_menu_item", "revision", "wp_global_styles", "custom_css"})
# Elements of texts, and how deep those of other XML are looked at.
_MARKUP = frozenset("p br b i em strong a ul ol li div span h1 h2 h3 table para".split())
_DEEPEST = 40


def sheets_of_feed(content: bytes) -> list[Sheet] | str:
    """A sheet for each item that has words, or the reason why there is none.

    Entities are not expanded beyond those of XML itself, and nothing outside is fetched.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(content.lstrip(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        return f"damaged feed: {str(error)[:100]}"
    if root is None:
        return "damaged feed: no element in it"
    issuer = _channel_name(root)
    language = _first(next(_named(root, "channel"), root), ("language",)) or root.get(
        "{http://www.w3.org/XML/1998/namespace}lang"
    )
    items = list(_items(root))[:MOST_ITEMS]
    dates = _published_in(items)
    sheets = [_sheet(item, issuer, language, dates) for item in items]
    found = [sheet for sheet in sheets if sheet]
    if not any(sheet.first("item:published") for sheet in found):  # other names, or none
        other = _sheets_of_other_xml(root)
        found = other if not found or any(map(_is_dated, other)) else found
    return found or "a feed without items"


def _published_in(items: Sequence[Any]) -> tuple[str, ...]:
    """The names of the elements that date the items of a feed: when each was updated where no item
    gives another date and they are of several days."""
    if any(_first(item, _PUBLISHED) for item in items):
        return _PUBLISHED
    days = {stamp_date(_first(item, _UPDATED) or "") for item in items}
    return _UPDATED[:1] if None not in days and len(days) > 1 else _PUBLISHED


def _is_dated(sheet: Sheet) -> bool:
    return any(name in ("date", *PUBLISHED) for name, _ in sheet.meta)


# XML that is no feed -----------------------------------------------------------------------------


def _sheets_of_other_xml(root: Any) -> list[Sheet]:
    """The releases of XML of any other form: a list of them or a single one, else its words."""
    sheets = sheets_of_value(_value(root), order_in(" ".join(root.itertext())))
    titled = [sheet for sheet in sheets if sheet.first("item:title")]
    if titled:
        return titled
    sheet = sheet_of_markup(etree.tostring(root, encoding="unicode"))
    return [sheet] if sheet else []


def _value(element: Any, depth: int = 0) -> Any:
    """An element as a value of JSON: its text, its markup, or an object of what is in it."""
    children = [child for child in element if isinstance(child.tag, str)]
    if not children or depth > _DEEPEST:
        return "".join(element.itertext()).strip()
    stated = {k: v for k, v in element.attrib.items() if _is_stated(name_of(str(k)))}
    if any(_local(child).lower() in _MARKUP for child in children):
        text = etree.tostring(element, encoding="unicode")
        return {**stated, "text": text} if stated else text
    fields: dict[str, Any] = {name: [value] for name, value in stated.items()}
    for child in children:
        if _local(child) == "meta" and child.get("name") and child.get("content"):
            fields.setdefault(child.get("name"), []).append(child.get("content"))
            continue
        fields.setdefault(_local(child), []).append(_value(child, depth + 1))
    return {name: found[0] if len(found) == 1 else found for name, found in fields.items()}


def _is_stated(name: str) -> bool:
    """Whether an attribute has a name that says what an item is: its title, or its day."""
    return name in TITLES or kind_of_time(name) is not None


def _local(element: Any) -> str:
    """The name of an element without its namespace, or without a prefix that nothing declares."""
    return re.split("[}:]", element.tag)[-1] if isinstance(element.tag, str) else ""


def _named(root: Any, *names: str) -> Iterator[Any]:
    return (element for element in root.iter() if _local(element).lower() in names)


def _items(root: Any) -> Iterator[Any]:
    return _named(root, "item", "entry")


def _channel_name(root: Any) -> str | None:
    channel = next(_named(root, "channel"), root)
    author = next((e for e in channel if _local(e).lower() == "author"), None)
    name = _first(author, ("name",)) if author is not None else None
    about = _FROM.search(_first(channel, ("description", "subtitle")) or "")
    if not name and about and is_only_name(about["who"]):
        return about["who"]
    title = _first(channel, ("title",))
    return name or (None if title and is_section(title) else title)


def _first(element: Any, names: tuple[str, ...]) -> str | None:
    """The text of the first child with the first of these names that has any."""
    for name in names:
        for child in element:
            if _local(child).lower() == name:
                text = _words(child)
                if text:
                    return text
    return None


def _words(element: Any) -> str:
    """The text of an element, with the markup that is in it unless that is in its text as well."""
    text = "".join(element.itertext()).strip()
    if not _TAG.search(text) and any(_local(child).lower() in _MARKUP for child in element):
        return str(etree.tostring(element, encoding="unicode", with_tail=False))
    return text


def _sheet(
    item: Any, channel: str | None, language: str | None, dates: tuple[str, ...]
) -> Sheet | None:
    if (_first(item, ("post_type",)) or "") in _PARTS:
        return None
    title = _plain(_first(item, ("title",)) or "")
    body = max((_first(item, (name,)) or "" for name in _BODIES[:3]), key=len)
    about = _first(item, _BODIES[3:]) or ""
    if len(about) > len(body):  # what is called the content may be one sentence of it
        body = f"<p>{about}</p>{body}" if _TAG.search(body) else f"{about}\n\n{body}"
    meta = [("item:title", title)] if title else []
    meta += [("item:published", v) for v in [_first(item, dates)] if v]
    meta += [("updated", v) for v in [_first(item, _UPDATED)] if v]
    meta += [("item:issuer", v) for v in [channel] if v]
    inner = sheet_of_markup(body) if _TAG.search(body) or "&" in body else sheet_of_text(body)
    if inner is None or not inner.lines:
        inner = sheet_of_text(title)
    if not inner.lines:
        return None
    lines = inner.lines
    return Sheet(
        inner.text, lines, tuple(meta), _link(item), (language or "")[:2].lower() or None,
        inner.wrapped, inner.markup,
    )  # fmt: skip


def _plain(text: str) -> str:
    sheet = sheet_of_markup(f"<p>{text}</p>") if "<" in text or "&" in text else None
    return " ".join((sheet.text if sheet else text).split())


def _link(item: Any) -> str | None:
    for child in item:
        if _local(child).lower() == "link":
            if child.get("href") and child.get("rel", "alternate") == "alternate":
                return str(child.get("href"))
            if child.text and child.text.strip():
                return str(child.text.strip())
    return _first(item, ("guid", "id"))

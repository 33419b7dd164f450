"""Which objects of a value of JSON, or of XML in that form, are releases, wherever they stand."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.boilerplate import is_prose
from index.dates import stamp_date
from index.fields import BODIES, NAMES, TEXTS, TITLES, day_of, kind_of_time, name_of
from index.formats import BEFORE_DATA

# How deep fields of a release, and lists of releases, may stand; how many objects are looked at.
_DEEPEST, _DEEPEST_LIST, _MOST_OBJECTS = 4, 8, 20_000

_LISTS = frozenset(
    "items results releases data articles entries posts documents news records docs hits value nodes".split()
)
# Where the blocks of editors (ProseMirror, Slate, Portable Text, Editor.js) keep what is in them, and
# the kinds of those that are runs of words inside a paragraph.
_INSIDE = ("content", "children", "blocks", "nodes", "data", "attributes", "fields", "node")
_INLINE = frozenset({"text", "span", "link", "a", "hardBreak"})
# Keys of one value in several languages.
_LOCALE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
# Parts of an item that speak of other pages, or of its earlier states.
_OTHERS = re.compile(
    r"(?:^|_)(?:history|seo|yoast|meta_?tags?|highlight|related|available_?translations|breadcrumbs?|parents?"
    r"|taxons?|taxonomy|children|see|comments?|navigation|nav|menus?|attachments?|images?|afbeelding|bild|photos?"
    r"|thumbnail|logo|collections|policies|topics|people|roles|embed(?:s|ded)?|authors?|users?|owner|contacts?"
    r"|facets?|filters?|listing|media(?!_(?:release|statement|notice|advisor|alert)))(?:_|$)"
    r"|^_links$"
)
# What tells one stored object from another.
_IDENTITY = frozenset("id _id uid nid uuid url path slug type created uri href".split())
_IN_SCRIPT = re.compile(BEFORE_DATA)
_TAGS = re.compile(r"<[^<>]*>")
# The kinds of things of linked data that are releases.
_ARTICLE = re.compile(r"Article|Posting|Report|Announcement|PressRelease|SpecialAnnouncement")


def load_json(text: str) -> Any:
    """The value of a JSON text, that which a script sets or hands on, or the list of those of its lines.

    Raises ValueError when it is none of these.
    """
    try:
        return json.loads(text, strict=False)
    except ValueError:
        match = _IN_SCRIPT.match(text)
        if match and match.group().strip():
            return json.JSONDecoder(strict=False).raw_decode(text, match.end())[0]
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].rstrip().endswith("}"):
            raise
        return [json.loads(line, strict=False) for line in lines]


# Lists -------------------------------------------------------------------------------------------


def items_of(data: Any) -> Iterator[dict[str, Any]]:
    """The objects that are releases: those of a list, wherever in the value it stands, or the value
    itself when it has a text of its own."""
    rows = _rows(data)
    if rows is not None:
        yield from rows
        return
    if isinstance(data, list):
        yield from _spread([item for item in data if isinstance(item, dict)])
        return
    if not isinstance(data, dict):
        return
    named = [value for value in data.values() if isinstance(value, dict) and _is_item(value)]
    if by_day := _by_day(data):
        yield from by_day
    elif len(named) > 1 and len(named) == len(data) and not _is_repeated(named):
        yield from named
    elif not _has_body(data) and (found := _longest_list(data)):
        yield from [{**data, **found[0]}] if _is_translated(found) else _spread(found)
    else:
        yield data


def _rows(data: Any) -> list[dict[str, Any]] | None:
    """The rows of a table whose first row, or a list beside it, names its columns; else None."""
    head: Any = None
    body: Any = None
    if isinstance(data, Mapping):
        lists = [value for value in data.values() if isinstance(value, list) and value]
        head = next((v for v in lists if all(isinstance(one, str) for one in v)), None)
        body = next((v for v in lists if all(isinstance(one, list) for one in v)), None)
    elif isinstance(data, list) and len(data) > 1 and all(isinstance(row, list) for row in data):
        head, body = data[0], data[1:]
    if not head or not body or not all(isinstance(name, str) for name in head):
        return None
    names = {name_of(name) for name in head}
    if not names.intersection((*TITLES, *NAMES)) or not any(map(kind_of_time, names)):
        return None
    return [dict(zip(head, row, strict=False)) for row in body]


def _by_day(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The items of an object, or of one in it, whose keys are the days of what is below; else []."""
    inner = [value for value in data.values() if isinstance(value, Mapping)]
    if len(inner) == 1 and (found := _by_day(inner[0])):
        return found
    days = {key: stamp_date(key) for key in data if len(key) <= 40}
    if not data or any(len(days.get(key) or "") < 10 for key in data):
        return []
    items = []
    for day, value in data.items():
        below = value if isinstance(value, list) else [value]
        items += [{"date": days[day], **one} for one in below if isinstance(one, dict)]
    return items


def _spread(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Items, with those of a list below a day in place of the day; of linked data only the articles."""
    articles = [item for item in items if _ARTICLE.search(str(item.get("@type", "")))]
    found: list[dict[str, Any]] = []
    for item in articles or items:
        day = next((v for k, v in item.items() if kind_of_time(name_of(k)) and day_of(v)), None)
        lists = [v for v in item.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
        names = {name_of(key) for key in item}
        if day and len(lists) == 1 and not names.intersection((*TITLES, *BODIES)):
            found += [{"date": day, **one} for one in lists[0] if isinstance(one, dict)]
        else:
            found.append(item)
    return found


def _is_repeated(items: list[dict[str, Any]]) -> bool:
    """Whether objects are parts of one release, head and body, that repeat its title."""
    return len({_text_of(item, (*TITLES, *NAMES)) for item in items}) == 1


def _is_translated(items: list[dict[str, Any]]) -> bool:
    """Whether the items of a list are one release in several languages."""
    languages = [_text_of(item, ("language", "lang", "locale", "langcode")) for item in items]
    return len(items) > 1 and all(languages) and len(set(languages)) == len(items)


def _text_of(item: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The text of the nearest field with one of these names, or ""."""
    texts = (words_of(value) for key, value in walk(item) if key in names)
    return next((text for text in texts if text), "")


def _longest_list(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The list of the value that has most dated releases, of equally long ones the first; else []."""
    best: list[dict[str, Any]] = []
    most = (0, 0)
    level: list[tuple[str, Any]] = list(data.items())
    looked_at = 0
    for _ in range(_DEEPEST_LIST):
        below: list[tuple[str, Any]] = []
        for key, value in level:
            name = name_of(key)
            looked_at += 1
            if looked_at > _MOST_OBJECTS or _OTHERS.search(name) and name != "_embedded":
                continue
            if isinstance(value, Mapping):
                by_day = _by_day(value) or _rows(value)
                below.extend((str(key), inner) for key, inner in value.items())
                value = by_day or []
            if isinstance(value, list):
                items = _items_in(name, value)
                size = (sum(map(_is_dated, items)), len(items))
                best, most = (items, size) if size > most else (best, most)
                below.extend(("", one) for one in value[:1] if not items and isinstance(one, dict))
        level = below
    return best


def _items_in(name: str, value: list[Any]) -> list[dict[str, Any]]:
    """The objects of a list that are items, all of them where its name says so."""
    listed = name.rsplit("_", 1)[-1] in _LISTS
    return [one for one in value if isinstance(one, dict) and (listed or _is_item(one))]


def _is_item(value: Mapping[str, Any]) -> bool:
    """Whether an object has a title, and a text or a time; or a time, and words or an address."""
    names = {name for name, inner in walk(value) if inner}
    texts = names & TEXTS
    if names.intersection((*TITLES, *NAMES)):
        return bool(texts) or any("date" in name or kind_of_time(name) for name in names)
    return bool(texts or names.intersection(("url", "link", "href"))) and _is_dated(value)


def _is_dated(item: Mapping[str, Any]) -> bool:
    return any(kind_of_time(name) and day_of(value) for name, value in walk(item))


def _has_body(item: Mapping[str, Any]) -> bool:
    """Whether an object has a text of its own, which a list of dated items is not."""
    return any(k in BODIES and words_of(v) and not _is_list(v) for k, v in walk(item))


def _is_list(value: Any) -> bool:
    items = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    return len(items) > 1 and all(_is_item(one) and _is_dated(one) for one in items)


# Fields ------------------------------------------------------------------------------------------


def walk(item: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """(name, value) of the item's fields, nearer ones first, what speaks of others left out."""
    for level in levels(item):
        yield from level


def levels(item: Mapping[str, Any]) -> Iterator[list[tuple[str, Any]]]:
    """The fields of an item, those of the objects inside of it, and so on."""
    level = [item]
    for _ in range(_DEEPEST + 1):
        inner: list[Mapping[str, Any]] = []
        fields: list[tuple[str, Any]] = []
        for one in level:
            for key, value in one.items():
                name = name_of(str(key))
                fields.append((name, value))
                if isinstance(value, Mapping) and not _speaks_of_other(one, name, value):
                    inner.append(value)
        if fields:
            yield fields
        level = inner


def _speaks_of_other(item: Mapping[str, Any], name: str, value: Mapping[str, Any]) -> bool:
    """Whether an object inside of an item is another item: by the name of its field, or with a title
    and an identity of its own beside an item with a title and a text."""
    if _OTHERS.search(name):
        return True
    if name in BODIES or not _IDENTITY & value.keys():
        return False
    title, other = _direct(item, TITLES), _direct(value, (*TITLES, *NAMES))
    if not title or not other or title == other:
        return False
    return bool(_direct(item, BODIES)) or not _direct(value, BODIES)


def _direct(item: Mapping[str, Any], names: tuple[str, ...]) -> str:
    texts = (words_of(value) for key, value in item.items() if name_of(str(key)) in names)
    return next((text for text in texts if text), "")


# Words -------------------------------------------------------------------------------------------


def words_of(value: Any) -> str:
    """A value as a text: itself, the "rendered" or "value" in it, the HTML one of several, or the
    paragraphs of an editor's tree of blocks."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _words_of_object(value)
    if isinstance(value, list) and all(isinstance(v, str | Mapping) for v in value):
        typed = [v for v in value if isinstance(v, Mapping) and isinstance(v.get("content"), str)]
        typed.sort(key=lambda v: "html" not in str(v.get("content_type")))
        if typed and "content_type" in typed[0]:
            return str(typed[0]["content"])
        parts = [text for v in value if (text := _words_of_block(v)).strip()]
        return "".join(parts) if _is_inline(value) else "\n\n".join(part.strip() for part in parts)
    return ""


def _words_of_object(value: Mapping[str, Any]) -> str:
    for key in ("processed", "rendered", "value", "html", "text", "content", "name", "title"):
        if isinstance(value.get(key), str):
            return str(value[key])
    if value and all(_LOCALE.fullmatch(str(key)) for key in value):
        ordered = sorted(value.items(), key=lambda pair: not str(pair[0]).startswith("en"))
        return next((words for _, inner in ordered if (words := words_of(inner))), "")
    named = (v for k, v in value.items() if k in _INSIDE or name_of(str(k)) in BODIES)
    return next((words for inner in named if (words := words_of(inner))), "")


def _words_of_block(block: Any) -> str:
    """A section with its heading above it, or the only running text of a block without names."""
    if not isinstance(block, Mapping):
        return words_of(block)
    words, heading = words_of(block), _direct(block, TITLES)
    if heading and words and is_prose(plain_of(words)) and heading not in words:
        return f"{heading}\n\n{words}"
    if words or heading:
        return words
    return next((text for v in block.values() if is_prose(plain_of(text := words_of(v)))), "")


def plain_of(markup: str) -> str:
    """The words of a field without its tags, in one line."""
    return " ".join(_TAGS.sub(" ", markup).split())


def is_sections(name: str, value: Any) -> bool:
    """Whether a field of any name is a text in parts: objects with running text, and no other pages."""
    objects: Sequence[Any] = value if isinstance(value, list) else []
    return (
        bool(objects)
        and all(isinstance(one, Mapping) for one in objects)
        and not _OTHERS.search(name)
        and not _is_list(value)
        and not any(_is_dated(one) for one in objects)
    )


def _is_inline(blocks: list[Any]) -> bool:
    """Whether the parts of an editor's block are runs of one paragraph."""
    kinds = {str(b.get("type") or b.get("_type") or "") for b in blocks if isinstance(b, Mapping)}
    leaves = [b for b in blocks if isinstance(b, Mapping) and isinstance(b.get("text"), str)]
    return bool(kinds & _INLINE) or bool(leaves) and kinds == {""} and len(leaves) == len(blocks)

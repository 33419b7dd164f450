"""JSON -> one sheet a release: a single one, a list of them, or an item of a CMS."""

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.boilerplate import is_prose
from index.dates import Order, order_in, stamp_date
from index.dating import META_DATES, PUBLISHED, UPDATED
from index.markdown import sheet_of_markdown
from index.markup import sheet_of_markup
from index.sheet import Sheet

# Objects deeper than this in a release, and releases of one file beyond this, are not looked at.
_DEEPEST, MOST_ITEMS = 4, 50_000

_TITLES = ("title", "headline", "name", "subject", "heading")
_BODIES = (
    "body", "text", "content", "content_html", "body_html", "html", "full_text", "fulltext",
    "article", "articlebody", "content_text", "message", "bodytext", "blocks", "paragraphs", "sections",
    "markdown", "story",
)  # fmt: skip
_ABSTRACTS = ("description", "summary", "teaser", "abstract", "excerpt", "lead")
_ISSUERS = (
    "issuer", "publisher", "organisation", "organization", "organisations", "organizations",
    "agency", "agencies", "department", "component", "office", "source_name",
    "primary_publishing_organisation", "institution", "site_name", "og_site_name", "ministry", "portfolio", "authority",
    "member", "legislator", "official", "org", "bureau", "issued_by", "published_by", "sender", "source",
    "organisation_name", "agency_name",
)  # fmt: skip
_URLS = (
    "url",
    "link",
    "web_url",
    "canonical_url",
    "permalink",
    "api_url",
    "source_url",
    "base_path",
)
_LISTS = (
    "items",
    "results",
    "releases",
    "data",
    "articles",
    "entries",
    "posts",
    "documents",
    "news",
    "records",
)
_MORE_PUBLISHED = (
    "date_display",
    "display_date",
    "published",
    "published_at",
    "publish_ts",
    "published_ts",
    "publishedat",
    "date_public",
    "issued",
    "dateissued",
    "date_issued",
    "posted",
    "posted_at",
    "date_posted",
    "post_date",
    "publish_at",
    "published_on",
    "published_date",
    "issue_date",
    "released",
    "date_released",
    "released_at",
    "embargo_date",
)
# Names of times as they are compared, by their spelling without "_" and "-".
_SPELLINGS = {
    name.replace("_", "").replace("-", ""): name
    for name in (*reversed(_MORE_PUBLISHED), *UPDATED, *reversed(PUBLISHED))
}
# Languages that names of fields end in, and forms of a value: "title_en", "date_str".
_SUFFIX = re.compile(
    r"_(?:en|eng|english|fr|es|de|pt|it|nl|sv|ar|he|ja|ko|zh|str|string|text|raw|html|plain|value)$"
)
# What else fields with times are called; those that speak of something else come first.
_OTHER_TIMES = re.compile(
    r"crawl|scrap|collect|fetch|retriev|import|index|archiv|expir|start|end|event|birth|deadline|source"
    r"|precision|format|type|count|author"
)
_CHANGED = re.compile(r"updat|modif|chang|edit|revis|review")
_DATED = re.compile(
    r"publi|post|releas|issue|(?:^|_)(?:date|datum|fecha|data|dato|day|pubdate)(?:$|_)"
)
# The fields of a record in the form that is kept word for word.
_RECORD = frozenset("id release_id title issuer date url text language".split())
# A field that no list of names has is a text when it has this many characters.
_LEAST_TEXT = 80
_KNOWN_TIMES = frozenset({*PUBLISHED, *_MORE_PUBLISHED, *META_DATES, *UPDATED, "changed"})
_TAG = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|li|span|a|strong|em|table|section|article)\b", re.I)
# Parts of an item that speak of other pages, or of its earlier states.
_OTHERS = re.compile(
    r"history|seo|related|available_translations|breadcrumb|parent|taxon|children|see_also|comments"
    r"|navigation|attachments|images?|media|lead_image|collections|policies|topics|people|roles|_links|embed",
    re.I,
)


def records_of_json(text: str) -> list[dict[str, Any]]:
    """The objects of a JSON text when all of them have the form of a record already: {"text": …}
    with an id, an issuer or a date and nothing that a record has not; else none."""
    try:
        items = list(_items(_load(text)))[:MOST_ITEMS]
    except (ValueError, RecursionError):
        return []
    fit = all(
        isinstance(i.get("text"), str)
        and i["text"].strip()
        and {"id", "issuer", "date"} & i.keys()
        and i.keys() <= _RECORD
        for i in items
    )
    return items if fit else []


def sheets_of_json(text: str) -> list[Sheet] | str:
    """A sheet for each release of a JSON text, or the reason why there is none."""
    try:
        data = _load(text)
    except (ValueError, RecursionError) as error:
        return f"not JSON: {str(error)[:100]}"
    items = list(_items(data))[:MOST_ITEMS]
    order = order_in(text)
    sheets = [sheet for item in items if (sheet := _sheet(item, order)) is not None]
    return sheets or "JSON without a release in it"


def _load(text: str) -> Any:
    """The value of a JSON text, or the list of those of its lines.

    Raises ValueError when it is neither.
    """
    try:
        return json.loads(text, strict=False)
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].rstrip().endswith("}"):
            raise
        return [json.loads(line, strict=False) for line in lines]


def _items(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        yield from (item for item in data if isinstance(item, dict))
        return
    if not isinstance(data, dict):
        return
    if not _has_body(data):
        for key in _LISTS:
            inner = data.get(key)
            if isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
                yield from (item for item in inner if isinstance(item, dict))
                return
            if isinstance(inner, dict):
                yield inner
                return
    yield data


def _has_body(item: Mapping[str, Any]) -> bool:
    return any(_words(v) for k, v in _walk(item) if k in _BODIES)


def _walk(item: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[str, Any]]:
    """(key in lower case, value) of the item, nearer ones first, what speaks of others left out."""
    inner: list[Mapping[str, Any]] = []
    for key, value in item.items():
        name = str(key).lower()
        name = _SUFFIX.sub("", name.removeprefix("field_"))
        name = _SPELLINGS.get(name.replace("_", "").replace("-", ""), name)
        yield name, value
        if isinstance(value, Mapping) and not _OTHERS.search(name):
            inner.append(value)
    if depth < _DEEPEST:
        for value in inner:
            yield from _walk(value, depth + 1)


def _words(value: Any) -> str:
    """A value as a text: itself, the "rendered" or "value" in it, or the HTML one of several."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        for key in ("processed", "rendered", "value", "html", "text", "content", "name", "title"):
            if isinstance(value.get(key), str):
                return str(value[key])
    if isinstance(value, list) and all(isinstance(v, str | Mapping) for v in value):
        typed = [v for v in value if isinstance(v, Mapping) and isinstance(v.get("content"), str)]
        typed.sort(key=lambda v: "html" not in str(v.get("content_type")))
        if typed:
            return str(typed[0]["content"])
        return "\n\n".join(text for v in value if (text := _words(v).strip()))
    return ""


def _sheet(item: Mapping[str, Any], order: Order | None) -> Sheet | None:
    fields = list(_walk(item))
    title = _pick(fields, _TITLES)
    body = max((_words(v) for k, v in fields if k in _BODIES), key=len, default="")
    body = body or _other_text(fields) or _pick(fields, _ABSTRACTS) or title or ""
    inner = sheet_of_markup(body) if _TAG.search(body) else sheet_of_markdown(body)
    if inner is None or not inner.lines or not (title or len(body) > 200):
        return None
    meta = [("item:title", _unmarked(title))] if title else []
    meta += [("item:issuer", name) for name in [_issuer(fields)] if name]
    meta += list(_times(fields))
    meta += [("order", order)] if order else []
    url = _url(fields)
    language = (_pick(fields, ("locale", "lang", "language", "langcode")) or "")[:2].lower()
    return Sheet(
        inner.text, inner.lines, tuple(meta), url, language or None, inner.wrapped, inner.markup
    )


def _other_text(fields: Sequence[tuple[str, Any]]) -> str:
    """The longest running text in a field of any other name, if one is longer than the abstract."""
    texts = [value for _, value in fields if isinstance(value, str) and len(value) >= _LEAST_TEXT]
    return max((text for text in texts if is_prose(text)), key=len, default="")


def _pick(fields: Sequence[tuple[str, Any]], names: Sequence[str]) -> str | None:
    for name in names:
        for key, value in fields:
            if key == name and _words(value).strip():
                return _words(value).strip()
    return None


def _unmarked(title: str) -> str:
    sheet = sheet_of_markup(f"<p>{title}</p>") if re.search(r"[<&]", title) else None
    return " ".join((sheet.text if sheet else title).split())


def issuer_in(item: Mapping[str, Any]) -> str | None:
    """The publishing body that an object names in any of the usual fields, or None."""
    return _issuer(list(_walk(item)))


def _issuer(fields: Sequence[tuple[str, Any]]) -> str | None:
    """The names of the publishing bodies, joined with commas, the first three at most."""
    for name in _ISSUERS:
        for key, value in fields:
            if key != name:
                continue
            values = value if isinstance(value, list) else [value]
            names = [_words(v).strip() for v in values]
            named = [n for n in dict.fromkeys(names) if n and len(n) < 200 and "://" not in n]
            if named:
                return ", ".join(named[:3])
    return None


def _times(fields: Sequence[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    for name in (*PUBLISHED, *_MORE_PUBLISHED, *META_DATES, *UPDATED, "changed"):
        for key, value in fields:
            if key == name:
                stated = _stamp(value)
                if stated:
                    name_ = "published_time" if name in _MORE_PUBLISHED else name
                    yield ("modified" if name == "changed" else name_), stated
                break
    for key, value in fields:
        if key not in _KNOWN_TIMES and (kind := _kind_of_time(key)) and (stated := _day(value)):
            yield kind, stated


def _day(value: Any) -> str | None:
    """A time that is all that a field has, and states the day."""
    stated = _stamp(value)
    return stated if stated and len(stated) <= 40 and len(stamp_date(stated) or "") == 10 else None


def _kind_of_time(key: str) -> str | None:
    """What a field of another name is the time of: `_kind_of_time("date_of_posting")`."""
    if _OTHER_TIMES.search(key) or not _DATED.search(key) and not _CHANGED.search(key):
        return None
    if _CHANGED.search(key):
        return "modified"
    return "published_time" if re.search("publi|post|releas|issue", key) else "date"


def _stamp(value: Any) -> str | None:
    """A time as it is stated; seconds or milliseconds since 1970 as the UTC day that they mean."""
    if isinstance(value, str) and not re.fullmatch(r"\d{9,13}", value):
        return value or None
    if isinstance(value, str | int) and not isinstance(value, bool):
        seconds = int(value) / (1000 if int(value) > 10**11 else 1)
        if 10**7 < seconds < 2**33:
            return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    return None


def _url(fields: Sequence[tuple[str, Any]]) -> str | None:
    for name in _URLS:
        for key, value in fields:
            if key == name and isinstance(value, str) and "/" in value:
                return value
    return None

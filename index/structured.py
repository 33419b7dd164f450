"""JSON -> one sheet a release: a single one, a list of them, or an item of a CMS."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.boilerplate import is_prose
from index.dates import Order, order_in
from index.dating import META_DATES, PUBLISHED, UPDATED
from index.fields import (
    ABSTRACTS,
    BODIES,
    LEADS,
    MORE_PUBLISHED,
    NAMES,
    TEXTS,
    TITLES,
    day_of,
    is_known_time,
    kind_of_time,
    stamp_of,
)  # fmt: skip
from index.institutions import is_only_name
from index.languages import order_of_host
from index.markdown import sheet_of_markdown
from index.markup import sheet_of_markup
from index.objects import is_sections, items_of, levels, load_json, plain_of, walk, words_of
from index.sheet import Sheet, host_of
from index.unspaced import words_in

# Releases of one file beyond this are not looked at.
MOST_ITEMS = 50_000

_ISSUERS = (
    "issuer", "publisher", "organisation", "organization", "organisations", "organizations",
    "agency", "agencies", "department", "component", "office", "source_name",
    "primary_publishing_organisation", "institution", "site_name", "og_site_name", "ministry", "portfolio", "authority",
    "member", "legislator", "official", "org", "bureau", "issued_by", "published_by", "sender_name",
    "sender", "source",
    "organisation_name", "agency_name", "channel", "organismo", "entidad", "dependencia", "ministerio",
    "administration", "secretaria", "emisor", "fuente", "orgao", "organisme", "ministere", "herausgeber", "behorde",
    "ministerium", "quelle", "ente", "ministero", "fonte", "instantie",
    "organisatie", "来源", "發布單位", "发布机构", "ведомство", "источник",
)  # fmt: skip
# Fields that name who held an office.
_HOLDERS = (
    "minister", "prime_minister", "premier", "president", "governor", "mayor", "senator", "representative",
    "speaker",
)  # fmt: skip
# The paper of a sitemap of news, an object with a name.
_SERIES = "publication"
_OFFICE = re.compile(
    r"\b(?:minister|secretary|governor|president|premier|treasurer|mayor|speaker)\b", re.I
)
_SPOKEN_BY = re.compile(
    r"(?:[\w-]+ ){0,2}(?:statement|remarks|speech|address|message|broadcast|interview|conference) (?:by|of|from) "
    r"(?:the )?(?P<who>[^,;:]{4,60}?)(?=[,;:]| on | in | at | to |$)",
    re.I,
)
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
# The fields of a record in the form that is kept word for word.
_RECORD = frozenset("id release_id title issuer date url text language".split())
# The fields of an item of a list of titles.
_HEADLINE = frozenset({"date", "url", "text"})
# A field that no list of names has is a text when it has this many characters.
_LEAST_TEXT = 80
# A text of any other name is that of an item when it is so many times as long as the abstract.
_MUCH_LONGER = 1.5
# Names of so many letters say nothing: "d" is a date when it has one.
_ABBREVIATED = 2
# The words of an item are a headline when they have no more characters.
_LONGEST_HEADLINE = 300
# Times that a CMS keeps of everything in it, and what else states when an item was published.
_KEPT = frozenset({"created_at", "createdat", "_created_at"})
_BY_CMS = frozenset({"published_at", "publishedat"})
_OF_RELEASE = frozenset({*PUBLISHED, *META_DATES, "published_time"})
_ADDRESS = re.compile(r"://|^\S+@\S+$")
_LINK = re.compile(r"https?://\S+")
_BLOCK = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|li|table|section|article)\b", re.I)
_TAG = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|li|span|a|strong|em|table|section|article)\b", re.I)


def records_of_json(text: str) -> list[dict[str, Any]]:
    """The objects of a JSON text when all of them have the form of a record already: {"text": …}
    with an id, an issuer or a date and nothing that a record has not; else none."""
    try:
        items = list(items_of(load_json(text)))[:MOST_ITEMS]
    except (ValueError, RecursionError):
        return []
    fit = all(
        isinstance(i.get("text"), str)
        and i["text"].strip()
        and not (i.keys() == _HEADLINE and _is_headline(i["text"]))
        and {"id", "issuer", "date"} & i.keys()
        and i.keys() <= _RECORD
        for i in items
    )
    return items if fit else []


def sheets_of_json(text: str) -> list[Sheet] | str:
    """A sheet for each release of a JSON text, or the reason why there is none."""
    try:
        data = load_json(text)
    except (ValueError, RecursionError) as error:
        return f"not JSON: {str(error)[:100]}"
    return sheets_of_value(data, order_in(text)) or "data without a release in it"


def sheets_of_value(data: Any, order: Order | None) -> list[Sheet]:
    """A sheet for each release of a value of JSON, or of XML in that form."""
    items = list(items_of(data))[:MOST_ITEMS]
    whole = isinstance(data, Mapping) and not any(item is data for item in items)
    issuer = _issuer_of_list(data) if whole else None
    return [sheet for item in items if (sheet := _sheet(item, order, issuer)) is not None]


def _issuer_of_list(data: Mapping[str, Any]) -> str | None:
    """Whose releases a list is of by the fields beside it: the author of a feed, or its title when
    that is only a name."""
    own = next(levels({k: v for k, v in data.items() if not isinstance(v, list)}), [])
    title = _title(data) or ""
    author = data.get("authors") or data.get("author")
    stated = words_of(author[0] if isinstance(author, list) and author else author)
    named = [name for name in (stated, title) if name and is_only_name(name)]
    return _issuer(own) or next(iter(named), None)


def _sheet(item: Mapping[str, Any], order: Order | None, issuer: str | None = None) -> Sheet | None:
    fields = list(walk(item))
    named = {name for name, _ in fields}
    title = _title(item) or (None if named & TEXTS else _other_title(item))
    body = _with_lead(fields, _text(fields) or title or "")
    if not title and _is_headline(body):
        title = body
    title = title or _other_title(item)
    body = body or title or ""
    inner = sheet_of_markup(_in_blocks(body)) if _TAG.search(body) else sheet_of_markdown(body)
    if inner is None or not inner.lines or not (title or len(body) > 200):
        return None
    meta = [("item:title", _unmarked(title))] if title else []
    meta += [("item:issuer", name) for name in [_issuer(fields) or _site(item) or issuer] if name]
    meta += list(_times(fields))
    url = _url(fields)
    order = order or _order_of_links(fields)
    meta += [("order", order)] if order else []
    language = (_pick(fields, ("locale", "lang", "language", "langcode")) or "")[:2].lower()
    return Sheet(
        inner.text, inner.lines, tuple(meta), url, language or None, inner.wrapped, inner.markup
    )


def _title(item: Mapping[str, Any]) -> str | None:
    """The nearest field that is named as a title, else as something like one."""
    for names in (TITLES, NAMES):
        for level in levels(item):
            if title := _pick(level, names):
                return title
    return None


def _other_title(item: Mapping[str, Any]) -> str | None:
    """The longest headline in a field of any other name, one that another field repeats first."""
    texts = [value.strip() for value in item.values() if isinstance(value, str)]
    found = [t for t in texts if _is_headline(t) and not _LINK.match(t) and not day_of(t)]
    again = [t for t in found if any(t in text and t != text for text in texts)]
    return max(again or found, key=len, default=None)


def _text(fields: Sequence[tuple[str, Any]]) -> str:
    """The text of an item: of a field that is named as one, or is in sections, else the longest,
    with its abstract."""
    body = max((words_of(v) for k, v in fields if k in BODIES), key=len, default="")
    if not is_prose(plain_of(body)):
        parts = (words_of(v) for k, v in fields if is_sections(k, v))
        body = max((text for text in parts if is_prose(plain_of(text))), key=len, default=body)
    abstract, other = _pick(fields, ABSTRACTS) or "", _other_text(fields)
    if is_prose(plain_of(abstract)) and len(other) < _MUCH_LONGER * len(abstract):
        other = abstract  # what is not named as a text may be the site's description of itself
    elif abstract and other and plain_of(abstract)[:40] not in plain_of(other):
        other = f"{abstract}\n\n{other}"
    return body or other or abstract


def _with_lead(fields: Sequence[tuple[str, Any]], body: str) -> str:
    """A text below what opens it, where that is kept apart, or below a summary longer than itself:
    files are offered below one."""
    summary = max((words_of(v) for k, v in fields if k in ABSTRACTS), key=len, default="")
    lead = _pick(fields, LEADS) or ""
    if is_prose(summary) and len(summary) > len(plain_of(body)):
        lead = summary
    elif not is_prose(plain_of(lead)) or plain_of(lead)[:40] in plain_of(body):
        return body
    if not _TAG.search(body):
        return f"{_unmarked(lead)}\n\n{body}"
    return f"<p>{lead}</p>\n\n{_in_blocks(body)}"


def _is_headline(text: str) -> bool:
    """Whether the only words of an item are those that a list of releases shows of each."""
    return len(text) <= _LONGEST_HEADLINE and words_in(text) > 2 and not is_prose(text)


def _in_blocks(body: str) -> str:
    """Markup whose paragraphs only empty lines part, with elements round them."""
    if _BLOCK.search(body) or "\n\n" not in body:
        return body
    return "".join(f"<p>{paragraph}</p>" for paragraph in body.split("\n\n"))


def _order_of_links(fields: Sequence[tuple[str, Any]]) -> Order | None:
    """The order of numeric dates in the country of the first address that is all of a field."""
    links = (value for _, value in fields if isinstance(value, str) and _LINK.fullmatch(value))
    hosts = (host_of(link) for link in links)
    return next((order for host in hosts if (order := order_of_host(host))), None)


def _other_text(fields: Sequence[tuple[str, Any]]) -> str:
    """The longest running text in a field of any other name, if one is longer than the abstract."""
    texts = [value for _, value in fields if isinstance(value, str) and len(value) >= _LEAST_TEXT]
    return max((text for text in texts if is_prose(plain_of(text))), key=len, default="")


def _pick(fields: Sequence[tuple[str, Any]], names: Sequence[str]) -> str | None:
    for name in names:
        for key, value in fields:
            if key == name and words_of(value).strip():
                return words_of(value).strip()
    return None


def _unmarked(title: str) -> str:
    sheet = sheet_of_markup(f"<p>{title}</p>") if re.search(r"[<&]", title) else None
    return " ".join((sheet.text if sheet else title).split())


def issuer_in(item: Mapping[str, Any]) -> str | None:
    """The publishing body that an object names in any of the usual fields, or None."""
    return _issuer(list(walk(item)))


def _issuer(fields: Sequence[tuple[str, Any]]) -> str | None:
    """The names of the publishing bodies, joined with commas, the first three at most."""
    for name in (*_ISSUERS, *_HOLDERS, _SERIES):
        if name == _HOLDERS[0] and (office := _other_office(fields)):
            return office
        for key, value in fields:
            if key.replace("-", "_") != name or name == _SERIES and isinstance(value, str):
                continue
            values = value if isinstance(value, list) else [value]
            names = [words_of(v).strip() for v in values]
            named = [
                n for n in dict.fromkeys(names) if n and len(n) < 200 and not _ADDRESS.search(n)
            ]
            if named:
                return ", ".join(named[:3])
    return None


def _site(item: Mapping[str, Any]) -> str | None:
    """The name of the site in the meta elements that a CMS keeps with an item."""
    for value in item.values():
        if isinstance(value, Mapping) and isinstance(value.get("og_site_name"), str):
            return str(value["og_site_name"])
        for one in value if isinstance(value, list) else []:
            meta = one.get("attributes", one) if isinstance(one, Mapping) else None
            if isinstance(meta, Mapping) and meta.get("property") == "og:site_name":
                return words_of(meta.get("content")) or None
    return None


def _other_office(fields: Sequence[tuple[str, Any]]) -> str | None:
    """The office of who speaks by the title, where only the holder of another is a field: the deputy
    in "Statement by the Deputy Minister"."""
    match = _SPOKEN_BY.match(_pick(fields, TITLES) or "")
    if match is None or not _OFFICE.search(match["who"]):
        return None
    held = {key.replace("-", "_") for key, _ in fields}.intersection(_HOLDERS)
    return None if match["who"].lower().replace(" ", "_") in held else match["who"]


def _times(fields: Sequence[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    """Names and values of the times that an item gives. What a CMS keeps of every item, "createdAt"
    and "publishedAt", is not told where a field of the item's own states its day."""
    kept = bool(_KEPT & {name for name, _ in fields})
    own = [n for n, v in fields if kind_of_time(n) in _OF_RELEASE and day_of(v)]
    fields = [f for f in fields if not (kept and f[0] in _BY_CMS and set(own) - _BY_CMS)]
    for name in (*PUBLISHED, *MORE_PUBLISHED, *META_DATES, *UPDATED, "changed"):
        for key, value in fields:
            if key == name:
                if stated := stamp_of(value):
                    yield kind_of_time(name) or name, stated
                break
    for key, value in fields:
        kind = None if is_known_time(key) else kind_of_time(key)
        kind = kind or ("date" if len(key) <= _ABBREVIATED else None)
        if kind and (stated := day_of(value)):
            yield kind, stated


def _url(fields: Sequence[tuple[str, Any]]) -> str | None:
    for name in _URLS:
        for key, value in fields:
            if key == name and isinstance(value, str) and "/" in value:
                return value
    return None

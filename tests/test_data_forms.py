"""Data in the forms of many systems: exports and answers of CMSs, search indexes, feeds, tables."""

import json
from typing import Any

import pytest
from test_lists import ALL, DAYS, LEADS, TITLES
from test_templates import BODY, paragraphs, read

from index.fields import kind_of_time, name_of

ROWS = list(zip(TITLES, DAYS, strict=True))
FIRST, SECOND = BODY.strip().split("\n\n")
HTML = paragraphs(BODY)
KEPT = {"createdAt": "2023-01-01T00:00:00Z", "updatedAt": "2023-01-03T00:00:00Z"}
ORGS = [{"value": {"title": f"Office {n}", "slug": "a", "description": LEADS[0]}} for n in range(8)]
BLOCKS = [{"type": "text", "field_words": {"processed": f"<p>{p}</p>"}} for p in (FIRST, SECOND)]
TREE = [{"nodeType": "text", "value": FIRST}], [{"nodeType": "text", "value": SECOND}]

FULL: dict[str, Any] = {
    "sections of unknown names": {"berichten": [
        {"publicatiedatum": f"{d} 10:00:00", "titel": t, "introductie": LEADS[0],
         "delen": [{"titel": "", "opgemaaktetekst": f"<p>{p}</p>"} for p in (FIRST, SECOND)]}
        for t, d in ROWS]},
    "nodes of a REST export": [
        {"nid": [{"value": 1}], "title": [{"value": t}], "created": [{"value": "2021-01-01T00:00:00+00:00"}],
         "field_date": [{"value": d}], "body": [{"value": HTML, "processed": HTML, "summary": ""}]} for t, d in ROWS],
    "nodes and what they include": {
        "data": [{"type": "node--news", "id": "1", "attributes": {
            "title": t, "created": "2021-01-01T00:00:00Z", "field_news_date": d, "field_news_body": {"value": HTML}}}
            for t, d in ROWS],
        "included": [{"type": "taxonomy_term--org", "id": "9", "attributes": {"name": "Harbour Agency"}}]},
    "paragraphs of a node": [
        {"title": t, "created": "2021-04-12T14:25:27+00:00", "field_date": d, "field_parts": BLOCKS} for t, d in ROWS],
    "views": {"nodes": [{"node": {"Title": t, "Post date": d, "Body": HTML}} for t, d in ROWS]},
    "trees of blocks": {"sys": {"type": "Array"}, "items": [
        {"sys": KEPT, "fields": {"title": t, "publishDate": d, "body": {"nodeType": "document", "content": [
            {"nodeType": "paragraph", "content": part} for part in TREE]}}} for t, d in ROWS]},
    "values by language": {"items": [
        {"fields": {"title": {"en-US": t}, "date": {"en-US": d}, "body": {"en-US": BODY}}} for t, d in ROWS]},
    "days of the item before those of the CMS": {"data": [
        {"id": 1, "attributes": {"Title": t, "PublicationDate": d, "publishedAt": "2023-01-02T00:00:00Z", **KEPT,
                                 "Content": BODY}} for t, d in ROWS]},
    "posts with meta elements": [
        {"date": f"{d}T10:00:00", "modified": "2024-01-01T00:00:00", "title": {"rendered": t},
         "content": {"rendered": HTML, "protected": False},
         "yoast_head_json": {"title": f"{t} - A", "og_site_name": "A", "article_published_time": "2020-01-01"}}
        for t, d in ROWS],
    "documents of an index": {"response": {"numFound": 3, "docs": [
        {"id": "a", "title_t": t, "date_dt": f"{d}T00:00:00Z", "body_t": [BODY]} for t, d in ROWS]}},
    "hits beside longer lists": {
        "facets": [{"name": f"Topic {n}", "text": "Releases of a topic"} for n in range(9)],
        "hits": [{"objectID": "1", "post_title": t, "post_date": d, "content": BODY} for t, d in ROWS]},
    "pages of a site": {"d": {"results": [
        {"Title": t, "ArticleStartDate": f"{d}T00:00:00Z", "PublishingPageContent": HTML,
         "Created": "2021-01-01T00:00:00Z"} for t, d in ROWS]}},
    "columns and rows": {"columns": ["id", "title", "published", "body"], "rows": [[1, t, d, BODY] for t, d in ROWS]},
    "a table": [["title", "date", "text"], *[[t, d, BODY] for t, d in ROWS]],
    "objects by their day": {"releases": {d: {"title": t, "body": BODY} for t, d in ROWS}},
    "names in Russian": {"items": [{"заголовок": t, "дата": d, "текст": BODY} for t, d in ROWS]},
}  # fmt: skip


@pytest.mark.parametrize("name", FULL)
def test_items_with_their_texts(name: str) -> None:
    found = read(json.dumps(FULL[name]), "p.json")
    assert [(r.title, r.date) for r in found] == ALL
    assert all("4.2 million" in r.text and "Salt River" in r.text for r in found)


TITLES_ONLY: dict[str, Any] = {
    "titles that are called texts": {"newsItems": [{"date": d, "url": "/a", "text": t} for t, d in ROWS]},
    "titles in Dutch": {"feed": {"berichten": [{"datum": d, "link": "/a", "kop": t} for t, d in ROWS]}},
    "titles of any name": {"feed": {"x": [{"datum": d, "link": "/a", "qq": t, "r": "News"} for t, d in ROWS]}},
    "days as they are written": [{"date": d.replace("-", "/"), "href": "/a", "label": t} for t, d in ROWS],
    "a page of results": {"content": [{"title": t, "date": d, "url": "/a"} for t, d in ROWS], "totalElements": 3},
    "facets longer than the results": {
        "results": [{"title": t, "link": "/a", "public_timestamp": f"{d}T00:15:00Z", "_id": "/a"} for t, d in ROWS],
        "facets": {"org": {"options": ORGS}}},
    "lists by their day": {d: [{"title": t, "url": "/a"}] for t, d in ROWS},
    "days with lists": {"news": [{"date": d, "items": [{"text": t, "url": "/a"}]} for t, d in ROWS]},
}  # fmt: skip


@pytest.mark.parametrize("name", TITLES_ONLY)
def test_items_that_are_titles(name: str) -> None:
    found = read(json.dumps(TITLES_ONLY[name]), "p.json")
    assert [(r.title, r.date) for r in found] == ALL


def test_titles_without_spaces() -> None:
    title = "港の大橋の通行規制の解除に関する知事の臨時記者会見について"
    rows = [{"date": d.replace("-", "/"), "url": "/a", "text": f"{title}{d}"} for d in DAYS]
    found = read(json.dumps({"newsItems": rows}), "p.json")
    assert [(r.title, r.date) for r in found] == [(f"{title}{d}", d) for d in DAYS]


def test_a_node_with_its_listing_and_meta_elements_is_one_release() -> None:
    meta = [
        {"tag": "meta", "attributes": {"name": "title", "content": f"{TITLES[0]} | Harbour Agency"}},
        {"tag": "meta", "attributes": {"property": "og:site_name", "content": "Harbour Agency"}},
        {"tag": "meta", "attributes": {"name": "description", "content": "Come and see."}},
    ]  # fmt: skip
    listing = {
        "type": "node--listing", "id": "y", "title": "News releases", "created": "2020-03-02T21:29:22+00:00",
        "field_description": f"Get the latest news of all harbours and ferries. {LEADS[1] * 8}",
    }  # fmt: skip
    node = {
        "type": "node--press_release", "id": "x", "title": TITLES[0], "metatag": meta,
        "created": "2021-04-12T14:25:27+00:00", "changed": "2021-04-12T14:27:39+00:00",
        "field_intro_text": "Come and see.", "field_release_date": DAYS[0],
        "field_press_release_fulltext": {"value": HTML, "processed": HTML},
        "field_listing": listing, "field_pdf_version": {"id": "z", "name": "Report.pdf", "created": "2021-04-12"},
    }  # fmt: skip
    (release,) = read(json.dumps(node), "p.json")
    assert (release.title, release.date, release.issuer) == (*ALL[0], "Harbour Agency")
    assert "Salt River" in release.text
    assert "latest news" not in release.text


def test_a_body_that_has_a_title_of_its_own_is_not_the_title() -> None:
    item = {"headline": TITLES[0], "datePublished": DAYS[0], "articleBody": BODY}
    (release,) = read(json.dumps({**item, "publisher": {"title": "Harbour Agency"}}), "p.json")
    assert (release.title, release.issuer) == (TITLES[0], "Harbour Agency")


def test_the_issuer_of_a_list_is_beside_it() -> None:
    items = [{"title": t, "date_published": d, "content_html": HTML} for t, d in ROWS]
    feed = {"title": "News", "authors": [{"name": "Harbour Agency"}], "items": items}
    assert {r.issuer for r in read(json.dumps(feed), "p.json")} == {"Harbour Agency"}


def feed(root: str, entry: str, more: str = "") -> str:
    items = "".join(entry.format(title=t, day=d, first=FIRST, second=SECOND) for t, d in ROWS)
    return f"<?xml version='1.0'?><{root}><title>Harbour Agency</title>{more}{items}</{root.split()[0]}>"


FEEDS = {
    "days of names of the site": feed(
        "response", "<item key='0'><title>{title}</title><field_date>{day}</field_date><body>{first}</body></item>"),
    "markup inside": feed(
        "feed", "<entry><title>{title}</title><published>{day}T00:00:00Z</published><content type='xhtml'><div>"
        "<p>{first}</p><p>{second}</p></div></content></entry>"),
    "updated days that differ": feed(
        "feed", "<entry><title>{title}</title><updated>{day}T00:00:00Z</updated><summary>{first}</summary></entry>",
        "<updated>2024-01-01T00:00:00Z</updated>"),
    "an export with its menus": feed(
        "channel", "<item><title>{title}</title><pubDate>{day}</pubDate><encoded>{first}</encoded><post_type>post"
        "</post_type></item>", "<item><title>About the harbour</title><post_type>nav_menu_item</post_type></item>"),
    "titles and days as attributes": feed("news", "<article date='{day}' title='{title}'><p>{first}</p></article>"),
    "sections of a document": feed(
        "documents", "<document><title>{title}</title><introduction>&lt;p&gt;{first}&lt;/p&gt;</introduction><content>"
        "<contentblock><paragraphtitle/><paragraph>{second}</paragraph></contentblock></content>"
        "<frontenddate>{day}T10:00:00Z</frontenddate><lastmodified>2024-01-01</lastmodified></document>"),
}  # fmt: skip


@pytest.mark.parametrize("name", FEEDS)
def test_feeds_and_exports(name: str) -> None:
    found = read(FEEDS[name], "p.xml")
    assert [(r.title, r.date) for r in found] == ALL
    assert all("4.2 million" in r.text for r in found)


def test_updates_on_one_day_date_no_entry_of_a_feed() -> None:
    entry = "<entry><title>{title}</title><updated>2024-01-01</updated><summary>{first}</summary></entry>"
    assert [r.date for r in read(feed("feed", entry), "p.xml")] == [None] * 3


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("field_press_release_fulltext", "fulltext"),
        ("post_title", "title"),
        ("bodyText", "bodytext"),
        ("opgemaaktetekst", "text"),
        ("PublishingPageContent", "text"),
        ("Post date", "post_date"),
        ("Überschrift", "uberschrift"),
        ("intro_text", "intro"),
        ("alttext", "alttext"),
    ],
)
def test_names_of_fields(key: str, name: str) -> None:
    assert name_of(key) == name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("frontenddate", "date"),
        ("publicatiedatum", "published_time"),
        ("noticedate", "date"),
        ("end_date", None),
        ("last_modified_date", "modified"),
        ("发布时间", "published_time"),
        ("calendar", None),
    ],
)
def test_kinds_of_times(name: str, kind: str | None) -> None:
    assert kind_of_time(name) == kind


def test_short_titles_of_a_script_without_spaces_are_releases():
    titles = ["港口大桥开放的通知公告", "湖上渡轮恢复通航公告", "北部公路收费降价方案"]
    items = [{"title": title, "date": f"2020-03-0{n}"} for n, title in enumerate(titles, 1)]
    found = read(json.dumps(items, ensure_ascii=False), "p.json")
    assert [r.title for r in found] == titles

"""Releases are found wherever they stand in JSON, and in XML that is no feed."""

import json

import pytest
from test_lists import ALL, DAYS, TITLES
from test_templates import BODY, read

ROWS = list(zip(TITLES, DAYS, strict=True))
HTML = f"<p>{BODY}</p>"
FORMS = {
    "search of a site": {
        "total": 3, "start": 0,
        "results": [{"title": t, "public_timestamp": f"{d}T10:00:00Z", "description": BODY} for t, d in ROWS],
    },
    "edges and nodes": {
        "data": {"posts": {"edges": [{"node": {"title": t, "date": d, "content": HTML}} for t, d in ROWS]}}
    },
    "hits of an index": {
        "hits": {"total": 3, "hits": [{"_source": {"title": t, "published": d, "content": BODY}} for t, d in ROWS]}
    },
    "attributes": {
        "data": [{"id": "a", "attributes": {"title": t, "field_release_date": d, "changed": "2021-01-01T00:00:00Z",
                                            "body": {"processed": HTML}}} for t, d in ROWS]
    },
    "fields": {
        "items": [{"sys": {"createdAt": "2021-04-01T00:00:00Z"}, "fields": {"title": t, "date": d, "body": BODY}}
                  for t, d in ROWS]
    },
    "deep below other names": {
        "status": 200,
        "payload": {"news": {"list": [{"headline": t, "publishDate": d, "body": BODY} for t, d in ROWS]}},
    },
    "named objects": {f"a{n}": {"title": t, "date": d, "content": BODY} for n, (t, d) in enumerate(ROWS)},
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_list_in_json(name: str):
    found = read(json.dumps(FORMS[name]), "p.json")
    assert [(r.title, r.date) for r in found] == ALL
    assert all("Salt River" in r.text for r in found)


def test_page_data_with_a_list_of_other_pages_is_one_release():
    others = [{"title": "Other", "releaseDate": "2019-01-01", "content": BODY}] * 3
    page = {"title": TITLES[0], "releaseDate": DAYS[0], "content": BODY, "relatedReleases": others}
    (release,) = read(json.dumps({"props": {"pageProps": {"release": page}}}), "p.json")
    assert (release.title, release.date) == ALL[0]


def xml(entry: str, root: str) -> str:
    return f"<?xml version='1.0'?><{root}>{''.join(entry.format(title=t, day=d, body=BODY) for t, d in ROWS)}</{root}>"


@pytest.mark.parametrize(
    "names",
    [
        ("item", "pubDate", "description"),
        ("Item", "pubdate", "Description"),
        ("ITEM", "PUBDATE", "DESCRIPTION"),
    ],
)
def test_names_of_elements_of_a_feed_in_any_capitals(names: tuple[str, str, str]):
    item, day, text = names
    entry = (
        f"<{item}><title>{{title}}</title><{day}>{{day}}</{day}><{text}>{{body}}</{text}></{item}>"
    )
    text = xml(entry, "channel").replace("<channel>", "<rss><channel><title>Harbour Agency</title>")
    found = read(text + "</rss>", "p.xml")
    assert [(r.title, r.date) for r in found] == ALL
    assert all("Salt River" in r.text and r.issuer == "Harbour Agency" for r in found)


@pytest.mark.parametrize(
    "entry",
    [
        "<release id='1'><headline>{title}</headline><date>{day}</date><text>{body}</text></release>",
        "<page><loc>https://a.example/1</loc><n:news xmlns:n='urn:n'><n:publication><n:name>Roads</n:name>"
        "</n:publication><n:publication_date>{day}</n:publication_date><n:title>{title}</n:title></n:news></page>",
        "<doc><title>{title}</title><pubdate>{day}</pubdate><body><p>{body}</p></body></doc>",
    ],
)
def test_list_in_xml(entry: str):
    assert [(r.title, r.date) for r in read(xml(entry, "releases"), "p.xml")] == ALL


def test_single_release_in_xml():
    one = f"<?xml version='1.0'?><doc><title>{TITLES[0]}</title><pubdate>{DAYS[0]}</pubdate><body>{HTML}</body></doc>"
    (release,) = read(one, "p.xml")
    assert (release.title, release.date) == ALL[0]


def test_words_of_other_xml_are_kept():
    (release,) = read(f"<?xml version='1.0'?><tei><p>{BODY}</p><p>{BODY}</p></tei>", "p.xml")
    assert "Salt River" in release.text


def test_summary_above_files_that_are_offered_is_the_text():
    item = {
        "title": TITLES[0],
        "date": DAYS[0],
        "summary": BODY,
        "body": "<p><a href='/a.pdf'>Full text</a> [PDF]</p>",
    }
    (release,) = read(json.dumps(item), "p.json")
    assert "Salt River" in release.text


def test_items_whose_only_words_are_headlines():
    found = read(json.dumps([{"date": d, "url": "/a", "content": t} for t, d in ROWS]), "p.json")
    assert [(r.title, r.date) for r in found] == ROWS


def test_a_release_in_xml_that_has_a_timetable_is_one():
    days = "<br/>".join(
        ("Writs Monday, 26th October, 1964", "Nominations Monday, 9th November, 1964",
         "Polling Saturday, 5th December, 1964", "Return Saturday, 23rd January, 1965")
    )  # fmt: skip
    text = (
        "<papers><paper><title>Statement on the Elections of Autumn</title>"
        f"<release-date>15/10/1964</release-date><content><![CDATA[<p>{BODY.strip()}<br/>{days}</p>]]>"
        "</content></paper></papers>"
    )
    (release,) = read(text, "p.xml")
    assert (release.title, release.date) == ("Statement on the Elections of Autumn", "1964-10-15")
    assert "Salt River" in release.text


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("Statement by the Deputy Premier, the Hon. A. Doe, on the Harbour", "Deputy Premier"),
        ("Statement by the Premier, on the Harbour", "Roe, Jane"),
        ("Harbour to Open in May", "Roe, Jane"),
    ],
)
def test_who_speaks_by_the_title_where_a_field_names_the_holder_of_an_office(title, issuer):
    item = {"title": title, "premier": "Roe, Jane", "release-date": "1964-10-15", "content": BODY}
    (release,) = read(json.dumps(item), "p.json")
    assert release.issuer == issuer


def test_head_and_body_that_repeat_a_title_are_one_release():
    text = (
        f"<export><head><title>{TITLES[0]}</title><meta name='DC.Date' content='2011-09-01'/><created>20110901T092429"
        f"</created></head><body><article><title>{TITLES[0]}</title><modules><paragraph><text><![CDATA[# 12<br/>{BODY}"
        "]]></text></paragraph><paragraph><text><![CDATA[Who saw the lorry?]]></text></paragraph></modules></article>"
        "</body></export>"
    )
    (release,) = read(text, "p.xml")
    assert (release.title, release.date) == (TITLES[0], "2011-09-01")
    assert "Salt River" in release.text
    assert "Who saw the lorry?" in release.text


def test_a_warning_in_two_languages_is_one_release():
    info = (
        "<info><language>{}</language><senderName>Harbour Weather Office</senderName><headline>{}</headline>"
        "<description>Gusts of 80 km/h.</description><instruction>{}</instruction></info>"
    )
    french = info.format("fr-FR", "Avis de vent", BODY)
    english = info.format("en-GB", "Gale Warning", BODY)
    sent = "<sender>http://a.example</sender><sent>2024-04-05T08:01:13-00:00</sent>"
    text = f"<alert>{sent}{english}{french}</alert>"
    (release,) = read(text, "p.xml")
    assert (release.title, release.date) == ("Gale Warning", "2024-04-05")
    assert release.issuer == "Harbour Weather Office"
    assert release.text.startswith("Gusts of 80 km/h.")
    assert "Salt River" in release.text

"""Titles, issuers, bodies and several releases in a page, on small pages of common forms."""

import hashlib
import json

import pytest
from test_templates import BODY, FRENCH, GERMAN, TITLE, html, page, paragraphs, read

from index.extraction import examine, page_text, release_stem, releases_of
from index.records import Page, Skip

ABSTRACT = (
    "The agency will spend four million on bridges in the northern counties, it said on Friday."
)


def only(text, name="p.txt", **override):
    releases = read(text, name, **override)
    assert len(releases) == 1, [r.title for r in releases]
    return releases[0]


# Titles and issuers ------------------------------------------------------------------------------

HEADS = {
    "site after the title": (
        html(f"<h1>{TITLE}</h1>{paragraphs(BODY)}", f"<title>{TITLE} | Highways Agency</title>"),
        TITLE,
        "Highways Agency",
    ),
    "site before the title": (
        html(
            f"<h1>{TITLE}</h1>{paragraphs(BODY)}",
            f"<title>Highways Agency - News - {TITLE}</title>",
        ),
        TITLE,
        "Highways Agency",
    ),
    "site name in metadata": (
        html(
            f"<h2>{TITLE}</h2>{paragraphs(BODY)}",
            f'<title>{TITLE}</title><meta property="og:title" content="{TITLE}">'
            '<meta property="og:site_name" content="Highways Agency">',
        ),
        TITLE,
        "Highways Agency",
    ),
    "publisher in linked data": (
        html(
            f"<h1>{TITLE}</h1>{paragraphs(BODY)}",
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2020-03-03",'
            f'"headline":"{TITLE}","publisher":{{"@type":"Organization","name":"Highways Agency"}}}}</script>',
        ),
        TITLE,
        "Highways Agency",
    ),
    "title only in metadata": (
        html(paragraphs(BODY), f'<meta property="og:title" content="{TITLE}">'),
        TITLE,
        None,
    ),
    "heading that is the site's": (
        html(
            f"<h1>{TITLE}</h1>{paragraphs(BODY)}",
            f"<title>{TITLE}</title>",
            before="<div class='site-branding'><h1>Highways Agency</h1></div>",
        ),
        TITLE,
        "Highways Agency",
    ),
    "heading that is the section's": (
        html(
            f"<h1>News</h1><h1>{TITLE}</h1>{paragraphs(BODY)}",
            "<title>News - Highways Agency</title>",
        ),
        TITLE,
        "Highways Agency",
    ),
    "label above the name": (
        f"Skip to content\nRoads and bridges\n{TITLE}\nFrom:\nHM Treasury\nMarch 3, 2020\n{BODY}",
        TITLE,
        "HM Treasury",
    ),
    "letterhead": (
        f"HIGHWAYS AGENCY\nOffice of the Director\n\nFOR IMMEDIATE RELEASE\nMarch 3, 2020\n\n{TITLE.upper()}\n\n{BODY}",
        TITLE.upper(),
        "HIGHWAYS AGENCY, Office of the Director",
    ),
    "title in the line of the mark": (
        f"March 3, 2020 Contact: A. Name\nHighways Agency\n555-010-0100\nFor Immediate Release: {TITLE}\n\n{BODY}",
        TITLE,
        "Highways Agency",
    ),
    "first line of a text dump": (
        f"{TITLE} - Highways Agency\nSkip to content\nHome\n{TITLE}\nPublished\nMarch 3, 2020\n{BODY}",
        TITLE,
        "Highways Agency",
    ),
    "issued by": (
        f"{TITLE}\n\n{BODY}\n\nIssued by: Ministry of Roads\n3 March 2020",
        TITLE,
        "Ministry of Roads",
    ),
    "subject of the first sentence": (
        f"{TITLE}\n\nMarch 3, 2020\n\nLIMA – Today, the Ministry of Roads announced a plan. {BODY}",
        TITLE,
        "Ministry of Roads",
    ),
    "address": (
        "---\ntitle: Bridges to be rebuilt\nurl: https://www.highwaysagency.gov/news/bridges\n---\n"
        f"The Highways Agency has a plan. {BODY}",
        "Bridges to be rebuilt",
        "Highways Agency",
    ),
    "acronym in the address and the title of its head": (
        "Archived Content\n\nIn an effort to keep MHA.gov current, the archive contains outdated"
        f" information.\n\n{TITLE}\n\nOn Friday, Minister of Home Affairs Jo Smith met them. {BODY}",
        TITLE,
        "Ministry of Home Affairs",
    ),
    "head of a body": (
        f"{TITLE}\n\nToday, the Acting Secretary of the Department of Roads, Jo Smith, met the mayors. {BODY}",
        TITLE,
        "Department of Roads",
    ),
    "nobody": (f"{TITLE}\n\nA plan was put forward on Friday. {BODY}", TITLE, None),
}


@pytest.mark.parametrize("name", HEADS)
def test_title_and_issuer(name: str):
    text, title, issuer = HEADS[name]
    file = "p.html" if text.startswith("<!") else "p.md" if text.startswith("---") else "p.txt"
    release = only(text, file)
    assert (release.title, release.issuer) == (title, issuer)


# Bodies ------------------------------------------------------------------------------------------


def test_text_is_the_page_s_own_words_without_furniture():
    text = (
        f"You are here\nHome\n{TITLE}\nMarch 3, 2020\nShare\nTweet\n\n{BODY}\n###\nMedia contact\n"
        "A. Name, 555-010-0100\nRelated news\nMayor opens the new library\n"
    )
    release = only(text)
    assert release.text == BODY.strip()


def test_text_of_html_keeps_paragraphs_and_drops_menus_and_sidebars():
    text = html(
        f"<h1>{TITLE}</h1><p class='subtitle'>Work to begin in May</p>{paragraphs(BODY)}",
        after="<div class='related-news'><h2>Related</h2><p>Mayor opens the new library today.</p></div>",
    )
    assert only(text, "p.html").text == "Work to begin in May\n\n" + BODY.strip()


def test_presumption_of_innocence_after_the_end_mark_is_kept():
    note = "An indictment is an accusatory instrument and is not proof of a defendant’s guilt."
    text = f"{TITLE}\nMarch 3, 2020\n{BODY}\n#\n{note}\nLeadership\nCareers\n"
    assert only(text).text.endswith(note)


def test_notes_after_the_text_are_not_cut_when_the_text_goes_on():
    text = f"{TITLE}\n\nShort start of the release here.\n\nContact\n\n{BODY}\n\n{BODY}"
    assert "Salt River" in only(text).text


def test_offers_of_files_and_a_lead_to_the_next_release_are_no_words_of_this_one():
    text = (
        f"{TITLE}\n\nRelease Date: March 3, 2020\n\n{BODY}\nDownload: <u>Video (https://a.gov/v.mp4)</u>"
        f"\n\nPreviously released:\n\n## Joint Statement\n\nRelease Date: March 1, 2020\n\n{BODY}"
    )
    assert [release.text for release in read(text)] == [BODY.strip()] * 2


# Several releases --------------------------------------------------------------------------------


def test_second_release_of_a_page_has_its_own_date():
    second = "Joint Statement on Roads"
    text = (
        f"## {TITLE}\n\nRelease Date: March 3, 2020\n\n{BODY}\n\nPreviously released:\n\n## {second}\n\n"
        f"Release Date:\n\nMarch 1, 2020\n\n{BODY}{BODY}"
    )
    releases = read(text)
    assert [(r.release_id, r.title, r.date) for r in releases] == [
        ("p", TITLE, "2020-03-03"),
        ("p#2", second, "2020-03-01"),
    ]


TITLES = [
    "Agency to rebuild bridges in the north",
    "Mayor opens the new county library",
    "Harbor dredging starts in the spring",
    "Council approves budget for schools",
]
DAYS = ["March 9, 2020", "March 7, 2020", "March 3, 2020", "February 27, 2020"]
EXPECTED = list(zip(TITLES, ["2020-03-09", "2020-03-07", "2020-03-03", "2020-02-27"], strict=True))
CARDS = "".join(
    f"<li><h3><a href='/{n}'>{t}</a></h3><time datetime='x'>{d}</time><p>{ABSTRACT}</p></li>"
    for n, (t, d) in enumerate(zip(TITLES, DAYS, strict=True))
)
ROWS = "".join(
    f"<tr><td>{d}</td><td><a href='/{n}'>{t}</a></td></tr>"
    for n, (t, d) in enumerate(zip(TITLES, DAYS, strict=True))
)
DATE_FIRST = "".join(
    f"<div class='row'><span>{d}</span><div><a href='/{n}'>{t}</a></div></div>"
    for n, (t, d) in enumerate(zip(TITLES, DAYS, strict=True))
)
LISTS = {
    "cards with the date below": html(f"<h1>News</h1><ul>{CARDS}</ul>"),
    "rows of a table": html(f"<h1>Press Releases</h1><table>{ROWS}</table>"),
    "date above each": html(f"<h1>Press Releases</h1>{DATE_FIRST}"),
    "text, date first": "Press Releases\n\n"
    + "\n".join(f"{d} – {t}" for t, d in zip(TITLES, DAYS, strict=True)),
    "text, date last": "Press Releases\n\n"
    + "\n".join(f"{t} ({d})" for t, d in zip(TITLES, DAYS, strict=True)),
    "text, date above": "Press Releases\n\n"
    + "\n\n".join(f"{d}\n{t}" for t, d in zip(TITLES, DAYS, strict=True)),
    "text, date below": "Press Releases\n\n"
    + "\n\n".join(f"{t}\n{d}\n{ABSTRACT}" for t, d in zip(TITLES, DAYS, strict=True)),
    "under a year": "Press Releases\n2020\n"
    + "\n".join(f"{d.removesuffix(', 2020')}\n{t}" for t, d in zip(TITLES, DAYS, strict=True)),
}


@pytest.mark.parametrize("name", LISTS)
def test_each_item_of_a_list_is_a_release(name: str):
    text = LISTS[name]
    releases = read(text, "p.html" if text.startswith("<!") else "p.txt")
    assert [(r.title, r.date) for r in releases] == EXPECTED


def test_list_beside_a_release_is_not_a_list_page():
    latest = "\n".join(f"{t}\n{d}" for t, d in zip(TITLES, DAYS, strict=True))
    text = f"{TITLE}\nPublished\nMarch 12, 2020\n{BODY}\nLatest Posts\n{latest}\n"
    release = only(text)
    assert (release.title, release.date) == (TITLE, "2020-03-12")


def test_index_of_links_without_dates_is_reported():
    links = "".join(f"<li><a href='/{n}'>{t} and more</a></li>" for n, t in enumerate(TITLES * 2))
    found = releases_of(page(html(f"<h1>News</h1><ul>{links}</ul>"), "p.html"))
    assert found == Skip("p.html", "no release in it")


FEED = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/">'
    "<channel><title>Highways Agency</title><lastBuildDate>Sat, 07 Mar 2020 00:00:00 +0000</lastBuildDate>"
    "<item><title>Bridges &amp; roads</title><link>https://a.gov/1</link>"
    "<pubDate>Tue, 03 Mar 2020 21:30:00 +0000</pubDate><description>short</description>"
    f"<c:encoded><![CDATA[<p>{ABSTRACT}</p>]]></c:encoded></item>"
    "<item><title>Undated</title><link>https://a.gov/2</link><description>"
    f"{ABSTRACT}</description></item></channel></rss>"
)


def test_items_of_a_feed():
    releases = read(FEED, "feed.xml")
    assert [(r.title, r.date, r.issuer, r.url) for r in releases] == [
        ("Bridges & roads", "2020-03-03", "Highways Agency", "https://a.gov/1"),
        ("Undated", None, "Highways Agency", "https://a.gov/2"),
    ]
    assert releases[0].text == ABSTRACT


def test_item_of_a_cms():
    item = {
        "title": TITLE,
        "locale": "en",
        "base_path": "/news/bridges",
        "first_published_at": "2014-01-10T00:00:00Z",
        "public_updated_at": "2015-01-01T00:00:00Z",
        "details": {
            "body": paragraphs(BODY),
            "first_public_at": "2013-03-03T00:00:00Z",
            "change_history": [{"note": "First published.", "public_timestamp": "2012-01-01"}],
        },
        "links": {"organisations": [{"title": "Highways Agency"}, {"title": "Home Office"}]},
    }
    release = only(json.dumps(item), "p.json")
    assert (release.title, release.date, release.issuer) == (
        TITLE,
        "2013-03-03",
        "Highways Agency, Home Office",
    )
    assert [c.value for c in release.date_conflicts] == ["2014-01-10"]
    assert release.text == BODY.strip()


def test_posts_of_a_blog_engine_s_interface():
    posts = [
        {
            "id": 1,
            "date": "2020-03-03T10:00:00",
            "modified": "2021-01-01T00:00:00",
            "link": "https://a.gov/1",
            "title": {"rendered": "Bridges &#038; roads"},
            "content": {"rendered": paragraphs(BODY)},
        },
        {"id": 2, "title": {"rendered": "Undated"}, "content": {"rendered": paragraphs(BODY)}},
    ]
    releases = read(json.dumps(posts), "p.json")
    assert [(r.title, r.date) for r in releases] == [
        ("Bridges & roads", "2020-03-03"),
        ("Undated", None),
    ]


def test_records_in_a_json_list_keep_their_text():
    text = "  exactly \n this  text, which is long enough "
    releases = read(json.dumps([{"id": "a", "date": "2020-03-03", "text": text}]), "p.json")
    assert [(r.release_id, r.text, r.date) for r in releases] == [("a", text, "2020-03-03")]


# Manifests and records ---------------------------------------------------------------------------


def test_manifest_wins_and_the_difference_is_kept():
    text = f"{TITLE}\nRelease Date: March 3, 2020\n\n{BODY}"
    release = only(
        text, "p.txt", date="2020-03-05", title="Other", issuer="Agency", url="https://a.gov"
    )
    assert (release.title, release.issuer, release.url) == ("Other", "Agency", "https://a.gov")
    assert release.dated is not None
    assert (release.date, release.dated.rule) == ("2020-03-05", "manifest")
    assert [(c.value, c.rule) for c in release.date_conflicts] == [("2020-03-03", "release_label")]
    assert ("stated", "2020-03-03") in [(o.kind, o.date) for o in release.other_dates]


def test_record_without_an_id_is_named_after_its_place():
    record = {"text": f"{TITLE}\n\n{BODY}"}
    sha256 = hashlib.sha256(b"x").hexdigest()
    found = releases_of(Page("a/b.csv#3", sha256, None, "record", record))
    assert isinstance(found, list)
    assert found[0].release_id == "a/b#3"


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("SEN. EXAMPLE DECRIES CUT IN STUDENT LOANS", "SEN. EXAMPLE DECRIES CUT IN STUDENT LOANS"),
        (
            "Senators Introduce Bill to Speed Work on Bridges",
            "Senators Introduce Bill to Speed Work on Bridges",
        ),
        ("United States Senator Jo Smith Press Room", None),
        ("Senator Jo A. Smith", None),
        ("FOR IMMEDIATE RELEASE", None),
        ("WASHINGTON, D.C. - The senator said today that the bridges will be rebuilt soon.", None),
    ],
)
def test_record_has_a_title_only_where_it_clearly_opens_the_text(first: str, title: str | None):
    text = f"   {first}\n\n{BODY}"
    found = releases_of(Page("r.jsonl#1", "0", None, "record", {"id": "a", "text": text}))
    assert isinstance(found, list)
    assert (found[0].title, found[0].text) == (title, text)


def test_release_stem_keeps_folders():
    assert release_stem("a/b.c/d.tar.gz!e/f.html") == "a/b.c/d.tar.gz!e/f"


def test_languages_are_told():
    pairs = ((BODY * 2, "en"), (GERMAN * 2, "de"), (FRENCH * 2, "fr"))
    assert [only(f"{TITLE}\n\n{text}").language for text, _ in pairs] == [code for _, code in pairs]


def test_examine_tells_why_a_date_won():
    found = examine(
        page(f"{TITLE}\nPublished March 5, 2020\nRelease Date: March 3, 2020\n\n{BODY}")
    )
    assert not isinstance(found, Skip)
    assert [(c.value, c.rule, verdict) for c, verdict in found[0].dating.trail] == [
        ("2020-03-03", "release_label", "wins"),
        ("2020-03-05", "published_label", "loses: a stronger rule disagrees"),
    ]


# Spans in pages ----------------------------------------------------------------------------------

SPANNED = {
    "text": (f"HIGHWAYS AGENCY\nMarch 3, 2020\n\n{TITLE}\n\n{BODY}\n###\nAbout us\n", "p.txt"),
    "html": (html(f"<h1>{TITLE}</h1>{paragraphs(BODY)}", after="<aside>More</aside>"), "p.html"),
    "mail": (
        f"From: a@b.gov\nTo: c@d.org\nSubject: {TITLE}\nMIME-Version: 1.0\n\n{TITLE}\n\n{BODY}",
        "p.eml",
    ),
}


@pytest.mark.parametrize(("text", "name"), SPANNED.values(), ids=SPANNED)
def test_span_goes_from_the_title_to_the_last_own_words(text, name):
    release = only(text, name)
    shown = page_text(page(text, name))
    assert release.span.of(shown).startswith(TITLE)
    assert release.span.of(shown).endswith(BODY[-40:].strip())
    assert release.text in release.span.of(shown)


def test_span_of_a_text_counts_in_its_decoded_file():
    text = f"\u00dcBERSCHRIFT\n\n{TITLE}\n\n{BODY}"
    assert page_text(page(text.encode("utf-16"))) == text


def test_releases_of_one_page_have_spans_apart():
    second = f"FOR IMMEDIATE RELEASE\nMarch 4, 2020\n\nAgency Closes Two Bridges\n\n{BODY}"
    text = f"FOR IMMEDIATE RELEASE\nMarch 3, 2020\n\n{TITLE}\n\n{BODY}\n###\n\n{second}"
    first, other = (release.span for release in read(text))
    assert first.of(text).startswith(TITLE) and other.of(text).startswith("Agency Closes")
    assert first.end <= other.start


def test_items_told_by_their_number_have_no_span():
    text = json.dumps([{"title": TITLE, "body": BODY * 2}] * 2)
    assert [release.span for release in read(text, "p.json")] == [None, None]
    assert page_text(page(text, "p.json")) is None

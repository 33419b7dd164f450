"""Small pages in the forms of many kinds of sites: ministries, agencies, police, courts, banks."""

import textwrap

import pytest
from test_templates import (
    BODY,
    FRENCH,
    GERMAN,
    PORTUGUESE,
    SPANISH,
    TITLE,
    html,
    page,
    paragraphs,
    read,
)  # fmt: skip

from index.extraction import releases_of
from index.records import Skip

ITALIAN = (
    "Il ministero investirà quattro milioni nei ponti delle tre province del nord, e i lavori"
    " inizieranno non appena saranno firmati i contratti con le imprese che hanno vinto la gara.\n"
)
DUTCH = (
    "Het ministerie gaat vier miljoen euro uitgeven aan bruggen in de drie noordelijke provincies,"
    " en het werk begint zodra de contracten met de aannemers zijn getekend.\n"
)
SWEDISH = (
    "Regeringen satsar fyra miljoner kronor på broar i de tre nordliga länen, och arbetet börjar så"
    " snart avtalen är undertecknade med företagen som vann upphandlingen.\n"
)
FR, ES, DE = "Des ponts dans le nord", "Nuevos puentes para el norte", "Neue Brücken im Norden"
PT, IT, NL, SV = "Pontes do norte", "I ponti del nord", "Bruggen in het noorden", "Broar i norr"


def en(header: str, name: str = f"{TITLE} | Ministry of Roads", **more: str) -> str:
    return html(f"{header}{paragraphs(BODY)}", f"<title>{name}</title>", **more)


H1 = f"<h1>{TITLE}</h1>"
DATED = f"{H1}<p>3 March 2020</p>"
ROADS = "Ministry of Roads"
DAY = "2020-03-03"

FORMS = {
    "label above the date": (en(f"{H1}<div>For Release</div><div>March 3, 2020</div>"), DAY),
    "number like a year": (
        en(f"{H1}<p>FOR IMMEDIATE RELEASE<br>2020-12</p><p>Metz, March 3, 2020 — {BODY}</p>"), DAY,
    ),
    "reviewed later": (
        en(f"{H1}<b>For Immediate Release:</b> Tuesday, March 3, 2020<p>Page last reviewed: May 9,"
           " 2020</p>"), DAY,
    ),
    "head of the body above the date": (
        en(f"{H1}<p>PRESS STATEMENT</p><p>JANE DOE, MINISTER</p><p>MARCH 3, 2020</p>"), DAY,
    ),
    "parts that touch": (
        en(f"<span>Press release</span><span>3 March 2020</span><span>Metz</span>{H1}"), DAY,
    ),
    "posted and updated": (
        en(f"{H1}<p>Published on <time datetime='2020-03-03'>3 March 2020</time></p><p>Last updated"
           " on <time datetime='2020-03-05'>5 March 2020</time></p>"), DAY,
    ),
    "end with its date": (f"{TITLE}\n\n{BODY}\nEnds/Tuesday, March 3, 2020\nIssued at 18:30\n", DAY),
    "date that closes the text": (f"{TITLE}\n\n{BODY}\n3 March 2020\n", DAY),
    "weekday tells the order": (en(f"{H1}<p>Date: Tuesday 03/03/2020</p>"), DAY),
    "weekday tells day from month": (en(f"{H1}<p>Posted: Friday 05/11/1999</p>"), "1999-11-05"),
    "another date tells the order": (
        en(f"{H1}<p>Posted: 05/11/1999</p><p>Open until 28/11/1999.</p>"), "1999-11-05",
    ),
    "order unknown": (en(f"{H1}<p>Posted: 03/04/2020</p>"), "2020"),
    "month": (en(f"{H1}<p>March 2020</p>"), "2020-03"),
    "next above the text": (f"News\n07 Nov 2022\n\n3 March 2020\n\n{BODY}", DAY),
    "a clock among tools": (
        en(DATED, before="<div>Friday, May 12, 2023 | Skip to content | A- A A+</div>"), DAY,
    ),
    "local day of a time in UTC": (
        html(f"<ul><li>Mar 3, 2020</li><li>1 min read</li></ul><p>By A. Name</p>{H1}"
             + paragraphs(BODY),
             '<meta property="article:published_time" content="2020-03-04T01:48:22.214Z">'), DAY,
    ),
    "embargo": (f"{ROADS}\n\nEMBARGOED UNTIL 00:01 HRS, TUESDAY 3 MARCH 2020\n\n{TITLE}\n\n{BODY}", DAY),
    "not before": (
        f"{ROADS}\nNEWS RELEASE\n\nNOT FOR PUBLICATION BEFORE 00:01 ON TUESDAY 3 MARCH 2020\n\n"
        f"{TITLE}\n\n{BODY}", DAY,
    ),
    "proclamation": (
        f"{ROADS}\n\nPROCLAMATION\n\n{BODY}\nIN WITNESS WHEREOF, I have hereunto set my hand this"
        " third day of March, in the year of our Lord two thousand and twenty.\n", DAY,
    ),
    "hidden data printed": (
        f"{TITLE}\n{BODY}\n2020-03-03 00:00:00\n2021-06-25 16:20:41\nRecent News\nA bridge opens\n"
        "June 9, 2022\n", DAY,
    ),
    "preformatted": (
        html(f"<pre>\n   {ROADS.upper()}\n\nFOR RELEASE: Upon receipt    CONTACT: A. Name\n"
             f"     March 3, 2020        701-555-0100\n\n{TITLE.upper()}\n\n{BODY}</pre>"), DAY,
    ),
    "all in one line": (
        f"{TITLE}\n{ROADS} - Press release No. 5/20 Metz, 3 March 2020 {TITLE} {BODY}", DAY,
    ),
    "opens with its date": (f"March 3, 2020 Contact: A. Name Note to Editors: {BODY}", DAY),
    "Japanese": (
        html(f"<h1>橋の再建</h1><p>2020年3月3日</p><p>{'北部の三つの郡の橋に四百万を投じ、工事を開始します。' * 4}</p>",
             lang="ja"), DAY,
    ),
    "other pages' dates": (
        en(H1, after="<aside><ul><li>5 May 2021 <a href='/x'>Another thing</a></li></ul></aside>"), None,
    ),
    "comment": (
        en(H1, after="<section class='comments'><div>Jo said on 5 May 2021</div><p>Great news for us"
           " all.</p></section>"), None,
    ),
    "review": (en(H1, after="<p>Last reviewed: 5 May 2021</p>"), None),
    "event": (en(f"{H1}<p>When: 5 May 2021, 10:00</p><p>Where: Town Hall</p>"), None),
    "years of copyright": (en(H1).replace("© 2024", "Copyright 2019-2024"), None),
    "day of archiving as the page's date": (
        html(f"<div>Archived on January 18, 2022.</div>{H1}{paragraphs(BODY)}",
             '<meta name="DC.date" content="2022-01-18">'), None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_date(name: str):
    text, date = FORMS[name]
    releases = read(text, "p.html" if text.startswith("<!") else "p.txt")
    assert [r.date for r in releases] == [date]


# Language, text, title, header after the title's heading (or round "#"), date.
FOREIGN = {
    "number in German": ("de", GERMAN, DE, "<p>Pressemitteilung Nr. 12 | 03.04.2020</p>#", "2020-04-03"),
    "term": ("de", GERMAN, DE, "#<dl><dt>Datum</dt><dd>03.04.2020</dd></dl><p>Stand: 5.5.2020</p>", "2020-04-03"),
    "appearance": ("de", GERMAN, DE, "#<p>Erscheinungsdatum 03.04.2020</p>", "2020-04-03"),
    "French posting": ("fr", FRENCH, FR, "#<p>Publié le 03/04/2020 | Mis à jour le 05/04/2020</p>", "2020-04-03"),
    "French number": ("fr", FRENCH, FR, "<p>Communiqué de presse - N° 123 - 03/04/20</p>#", "2020-04-03"),
    "Spanish place": ("es", SPANISH, ES, "#<p>Madrid, 3 de abril de 2020.</p>", "2020-04-03"),
    "Roman month": ("es", SPANISH, ES, "#<p>3-IV-2020</p>", "2020-04-03"),
    "Portuguese": ("pt", PORTUGUESE, PT, "#<p>por A <i>publicado</i>: 03/04/2020 15h30, <i>última"
                   " modificação</i>: 06/05/2020</p>", "2020-04-03"),
    "Italian number": ("it", ITALIAN, IT, "<p>Comunicato stampa n. 12 del 3 aprile 2020</p>#", "2020-04-03"),
    "Dutch kind": ("nl", DUTCH, NL, "#<p>Nieuwsbericht | 03-04-2020 | 12:30</p>", "2020-04-03"),
    "Swedish": ("sv", SWEDISH, SV, "#<p>Publicerad <time>3 maj 2020</time> Uppdaterad <time>4 maj 2020"
                "</time></p>", "2020-05-03"),
}  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_date_in_other_languages(name: str):
    lang, text, title, header, date = FOREIGN[name]
    main = header.replace("#", f"<h1>{title}</h1>") + paragraphs(text)
    (release,) = read(html(main, f"<title>{title}</title>", lang=lang), "p.html")
    assert (release.title, release.date) == (title, date)


LOGO = "<div class='logo'><a href='/'><img src='x.png' alt='Ministry of Roads logo'></a></div>"
NAMED = {
    "site's name as first heading": en(
        f"<h2>{TITLE}</h2>", ROADS, before=f"<div id='logo'><h1><a href='/'>{ROADS}</a></h1></div>"
    ),
    "site's name alone in the window": en(f"<h1>{ROADS}</h1><h2>{TITLE}</h2>", ROADS),
    "section as first heading": en(f"<h1>News</h1><h2>{TITLE}</h2>", f"News | {ROADS}"),
    "logo": en(DATED, TITLE, before=LOGO),
    "copyright": en(DATED, TITLE).replace("© 2024 Agency", f"© 2024 {ROADS}. All rights reserved."),
    "creator": html(
        f"{DATED}{paragraphs(BODY)}", f'<meta name="dcterms.creator" content="{ROADS}">'
    ),
    "author that is a body": html(
        f"{DATED}{paragraphs(BODY)}", f'<meta name="author" content="{ROADS}">'
    ),
    "author that is a person": en(DATED).replace(
        "<title>", '<meta name="author" content="Jane Doe"><title>'
    ),
    "newsroom": en(DATED, f"{TITLE} - {ROADS} News"),
    "site named by its address": en(
        f"{H1}<p>From: <a href='/r'>{ROADS}</a></p><p>3 March 2020</p>", f"{TITLE} - Roads.gov"
    ),
    "line beside the title": f"# {TITLE}\n\n*Published: 3 March 2020*\n\n*{ROADS}*\n\n{BODY}",
    "front matter": f'---\nlayout: press\ntitle: "{TITLE}"\nagency: {ROADS}\n---\n{BODY}',
    "subject": f"{ROADS}\nNews Release\n\nDate: March 3, 2020\nSubject: {TITLE}\n\n{BODY}",
    "subject in a table": en(
        f"<table><tr><td>Note No.</td><td>4/2020</td></tr><tr><td>Subject</td><td>{TITLE}</td></tr>"
        "</table>",
        f":: {ROADS} ::",
    ),
    "kind of paper as a heading": en(
        f"<h2>Press Release No. 18</h2><p>Metz, 3 March 2020</p><p><b>{TITLE}</b></p>",
        f"Press Release No. 18 - {ROADS}",
    ),
    "title over two lines": en(
        f"<p>{ROADS.upper()}</p><p>FOR IMMEDIATE RELEASE</p><p>3 March 2020</p><p><b>Agency to Rebuild"
        " Bridges<br>in Northern Counties</b></p>",
        "News Releases 2020",
    ),
    "file name in the window": en(f"<p>{ROADS}</p>{H1}", "pr970611.htm"),
    "source": f"Source: {ROADS}\n\n{TITLE}\n\n{BODY}",
    "title again below a dump's head": (
        f"{TITLE}\nArchive\nPublisher: {ROADS}\nPress release\nDate: 3 March 2020\n{TITLE}\n{BODY}"
    ),
    "city": f"CITY OF RIVERTON\nMinistry of Roads\nFOR IMMEDIATE RELEASE\n\n{TITLE}\n\n{BODY}",
}


@pytest.mark.parametrize("name", NAMED)
def test_title_and_issuer(name: str):
    text = NAMED[name]
    kind = "html" if text.startswith("<!") else "md" if text[0] in "#-" else "txt"
    (release,) = read(text, f"p.{kind}")
    assert release.title.lower() == TITLE.lower()
    assert ROADS.lower() in release.issuer.lower()


def test_forwarded_mail_is_read_without_its_marks():
    inner = f"{ROADS.upper()}\nMEDIA ADVISORY\nMarch 3, 2020\n\n{TITLE.upper()}\n\n{BODY}"
    quoted = "\n".join(f"> {line}" for line in inner.split("\n"))
    head = "From: a@b.org\nTo: c@d.org\nSubject: Fwd: x\nDate: Tue, 10 Mar 2020 08:02:11 -0700\n"
    (release,) = read(f"{head}MIME-Version: 1.0\n\nfor the file\n{quoted}", "p.eml")
    assert (release.title, release.date) == (TITLE.upper(), DAY)
    assert release.text == BODY.strip()


# Several releases --------------------------------------------------------------------------------

NEXT = "Mayor opens the new county library"
DIGESTS = {
    "dates below end marks": (
        f"News Flash\n\n{TITLE}\n\n{BODY}\n###\n\nPress Releases\nPosted on March 3, 2020\n{NEXT}\n\n"
        f"{BODY}\n###\n\nPress Releases\nPosted on March 1, 2020\n"
    ),
    "rules and a table of contents": (
        f"WEEKLY DIGEST\n\nIn this issue\n 1. {TITLE}\n 2. {NEXT}\n\n=======\n\n{TITLE}\nMarch 3, 2020"
        f"\n\n{BODY}\n=======\n\n{NEXT}\nMarch 1, 2020\n\n{BODY}\n=======\n"
    ),
    "titles with their dates": (
        f"Media Releases\n\n{TITLE}\n\n3 March 2020\n\n{BODY}{BODY}\n{NEXT}\n\n1 March 2020\n\n{BODY}{BODY}"
    ),
    "headings with their dates": html(
        f"{H1}<p>March 3, 2020</p>{paragraphs(BODY)}<h2>{NEXT}</h2><p>March 1, 2020</p>"
        + paragraphs(BODY)
    ),
}


@pytest.mark.parametrize("name", DIGESTS)
def test_each_release_of_a_digest_has_its_own_title_and_date(name: str):
    text = DIGESTS[name]
    releases = read(text, "p.html" if text.startswith("<!") else "p.txt")
    assert [(r.title, r.date) for r in releases] == [(TITLE, DAY), (NEXT, "2020-03-01")]
    assert all("Salt River" in r.text for r in releases)


def test_titles_with_their_dates_run_together():
    text = (
        f"Proclamations\n{TITLE}Posted on March 3, 2020\n{NEXT}Posted on March 2, 2020\n"
        + "".join(f"Order about the harbor no. {n}Posted on March 1, 2020\n" for n in range(3))
    )
    releases = read(text)
    assert [(r.title, r.date) for r in releases[:2]] == [(TITLE, DAY), (NEXT, "2020-03-02")]


def test_log_of_numbered_releases_with_short_years():
    days = ["03/14/89", "03/07/89", "03-21-89", "03/09/89"]
    lines = [f"89-00{n} Flight control of mission {n} {day}" for n, day in enumerate(days)]
    releases = read("NEWS RELEASE LOG 1989\n\n" + "\n\n".join(lines))
    assert [r.date for r in releases] == ["1989-03-14", "1989-03-07", "1989-03-21", "1989-03-09"]
    assert releases[0].title == "Flight control of mission 0"


def test_related_posts_are_no_list_of_the_page():
    posts = "".join(
        f"News\nAdvisory about case {n}\nRead More\nMay {n}, 2026\n" for n in range(1, 8)
    )
    text = (
        f"{TITLE} - {ROADS}\nPress Release\n{TITLE}\nAdmin | March 3, 2020\nfor immediate release\n"
        f"{TITLE}\nWHO\n:\nThe Director\nWHEN\n:\nTuesday\n#####\nRelated Posts\n{posts}"
    )
    (release,) = read(text)
    assert (release.title, release.date) == (TITLE, DAY)


def test_feed_whose_prefixes_nothing_declares():
    feed = (
        f"<rss><channel><title>{ROADS}</title><item><title>{TITLE}</title><dc:date>2020-03-03</dc:date>"
        f"<description>{BODY}</description></item></channel></rss>"
    )
    (release,) = read(feed, "p.xml")
    assert (release.title, release.date, release.issuer) == (TITLE, DAY, ROADS)


def test_release_in_the_blocks_of_a_cms():
    item = (
        '{"headline": "%s", "dateDisplay": "March 3, 2020", "publishTs": 1583280000, "blocks":'
        ' [{"type": "paragraph", "text": "%s"}, {"type": "embed", "id": "x"}], "related":'
        ' [{"headline": "Other", "dateDisplay": "May 1, 2021"}]}'
    )
    (release,) = read(item % (TITLE, BODY.strip().replace("\n", " ")), "p.json")
    assert (release.title, release.date) == (TITLE, DAY)
    assert release.text.startswith("The agency will spend")


def test_order_of_numeric_dates_in_a_json_list():
    entry = '{"title": "%s", "publishDate": "%s", "body": "%s"}'
    body = BODY.strip().replace("\n", " ")
    days = ["03/09/2015", "28/08/2015"]
    found = releases_of(
        page("[" + ",".join(entry % (TITLE, day, body) for day in days) + "]", "p.json")
    )
    assert not isinstance(found, Skip)
    assert [r.date for r in found] == ["2015-09-03", "2015-08-28"]


def test_title_that_goes_on_with_a_day_is_not_dated_by_it():
    text = (
        f"{ROADS.upper()}\n\nPRESS RELEASE\n\nALL NORTHERN BRIDGES OF THE COUNTIES TO BE OPEN BY 1\n"
        f"JANUARY 2003\n\n{textwrap.fill(BODY, 80)}\n17 July 2002\n"
    )
    (release,) = read(text)
    assert release.date == "2002-07-17"
    assert release.title == "ALL NORTHERN BRIDGES OF THE COUNTIES TO BE OPEN BY 1 JANUARY 2003"


def test_notice_in_the_header_is_no_release_date():
    text = en(f"<p>Smoke warning issued 14/03/2022 for the Riverton region</p>{H1}")
    (release,) = read(text, "p.html")
    assert release.date is None


def test_recent_posts_below_a_release_are_no_list():
    posts = "".join(f"Advisory about case {n}\nMay {n}, 2026\n" for n in range(1, 9))
    text = f"{TITLE}\nPosted\nMarch 3, 2020\n{BODY}{BODY}\n# # #\nRecent Posts\n{posts}"
    (release,) = read(text)
    assert (release.title, release.date) == (TITLE, DAY)


def test_what_runs_on_behind_the_title_in_its_heading_is_a_section():
    head = f'<title>{TITLE} | Office of Roads</title><meta property="og:title" content="{TITLE}">'
    body = f'<h1>{TITLE}<br><small><a href="/national/">National</a></small></h1>{paragraphs(BODY)}'
    (release,) = read(
        f"<html><head>{head}</head><body><article>{body}</article></body></html>", ".html"
    )
    assert release.title == TITLE


def test_title_within_the_bar_of_the_way_to_it_is_the_page_s():
    site = "Mission of Elmwood to the United Towns"
    head = f'<title>{TITLE} | {site}</title><meta property="og:site_name" content="{site}">'
    bar = f'<div class="breadcrumbs"><header><h1>{TITLE}</h1></header><a href="/">Home</a></div>'
    lines = "<p>Ambassador Jane Roe<br>Mission of Elmwood to the United Towns<br>New York</p>"
    (release,) = read(
        f"<html><head>{head}</head><body>{bar}<main>{lines}{paragraphs(BODY)}</main></body></html>",
        ".html",
    )
    assert release.title == TITLE


def test_section_that_the_whole_page_is_named_after_is_no_aside():
    banner = "Federal government websites often end in .gov or .mil. Before sharing sensitive information, make sure."
    listed = "<h4>The following bridges have been added to the list:</h4><p>SALT RIVER, County of Sarn; built 1962</p>"
    body = (
        f"<div><p>{banner}</p></div><article class='node--type-recent-action'><h1>{TITLE} - List Updated</h1>"
        f"<div>Release Date</div><div>03/13/2020</div>{listed}</article><h3>Sign up for e-mail</h3>"
    )
    head = f"<title>{TITLE} - List Updated | Roads</title>"
    (release,) = read(
        f"<html><head>{head}</head><body class='page-node-type-recent-action'>{body}</body></html>",
        ".html",
    )
    assert (release.title, release.date) == (f"{TITLE} - List Updated", "2020-03-13")
    assert "SALT RIVER" in release.text
    assert ".gov" not in release.text

"""The head of a page: days within headings, clocks, ways through the site, kinds of paper."""

import pytest
from test_site_forms import DAY, ROADS
from test_templates import BODY, TITLE, html, paragraphs, read


@pytest.mark.parametrize(
    "heading",
    [
        f'<h1><span class="topline">03.03.2020</span>{TITLE}</h1>',
        f'<h1><span><time datetime="2020-03-03">3. März 2020</time></span> <span>{TITLE}</span></h1>',
        f"<h2>{TITLE} <small>3 March 2020</small></h2>",
        f'<time>3 March 2020</time><h1>{TITLE} <span class="page-subtitle">A paper</span></h1>',
    ],
)
def test_the_day_within_a_heading_is_of_the_release_and_not_of_its_title(heading: str):
    (release,) = read(html(heading + paragraphs(BODY), lang="de"), "p.html")
    assert (release.title, release.date) == (TITLE, DAY)


@pytest.mark.parametrize("sign", [":", " –", " |"])
def test_the_day_that_opens_the_text_is_of_the_release(sign: str):
    (release,) = read(f"{TITLE}\n\n03.03.2020{sign} {BODY}\n")
    assert (release.title, release.date) == (TITLE, DAY)


def test_a_release_that_is_to_come_dates_nothing():
    ahead = "The next figures are scheduled for release at 16:20 on Aug. 22, 2025."
    head = f"PRESS RELEASE     Release Date: March 3, 2020\n\n{TITLE}"
    (release,) = read(f"{head}\n\n{BODY}\n\n{ahead}\n")
    assert release.date == DAY
    (release,) = read(f"{TITLE}\n\n{BODY}\n\n{ahead}\n")
    assert release.date is None


def test_the_title_stands_below_the_entries_of_a_long_menu():
    entries = "\n".join(f"Rules on bridges of the county number {n} and more" for n in range(20))
    kept = "This document is provided for archival purposes only."
    old = "Archived documents do not reflect current regulations of the bureau and may have errors."
    head = (
        f"Search news\n{entries}\n\n{kept}\n{old}\n\nMarch 3, 2020\nContact: Jo Doe, (360) 555-0155"
    )
    (release,) = read(f"{head}\n\n{TITLE}\n\n{BODY}\n")
    assert (release.title, release.date) == (TITLE, DAY)
    assert release.text.startswith(BODY[:40])


@pytest.mark.parametrize(
    "paper", ["Comunicado de prensa n.° 032-2020", "PRESS RELEASE: Bridge Opened"]
)
def test_a_paper_without_another_title_is_called_by_its_number_or_headline(paper: str):
    (release,) = read(f"{paper}\n\n3 March 2020\n\n{BODY}\n")
    assert release.title == paper


def test_a_day_that_is_part_of_a_heading_stays_in_it():
    heading = "Meeting of the Board of 3 March 2020 in Riverton"
    (release,) = read(html(f"<h1>{heading}</h1>{paragraphs(BODY)}"), "p.html")
    assert release.title == heading


@pytest.mark.parametrize(
    "clock",
    ["Saturday 19 September 2020\nRiverton Local Time", "19 September 2020, 08:39 local time"],
)
def test_the_clock_of_a_site_dates_nothing(clock: str):
    (release,) = read(f"{clock}\n\n{TITLE}\n\n{BODY}\n")
    assert (release.title, release.date) == (TITLE, None)
    assert "retrieved" in [other.kind for other in release.other_dates]


@pytest.mark.parametrize(
    "lead",
    ["Hoy martes 03 de marzo de 2020 la Secretaría", "Today, March 3, 2020, the Road Bureau"],
)
def test_a_text_may_begin_with_the_day_that_it_calls_today(lead: str):
    text = f"{lead} signed an agreement with the towns of the north on the repair of the bridges."
    (release,) = read(html(f"<h2>{TITLE}</h2><p>{text}</p>{paragraphs(BODY)}"), "p.html")
    assert release.date == DAY


def test_a_release_begins_below_the_way_to_it_through_its_site():
    menu = f"Site Info\n\nÀ la une\n\nUn autre projet de la ville : un pont\n\n20 janvier 2018 | 18 views\n\n{BODY}"
    way = "Accueil » À la une, Actualités, Communiqués"
    (release,) = read(f"{menu}\n\n{way}\n\n{TITLE}\n\nSoumis par 3 mars 2020 – 16 h 52\n\n{BODY}\n")
    assert (release.title, release.date) == (TITLE, DAY)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("[ Text Version ]", TITLE),
        (f"Media Release {TITLE}", TITLE),
        (f"Medienmitteilung der Direktion für Straßen: {TITLE}", TITLE),
    ],
)
def test_the_kind_of_a_paper_is_no_part_of_its_title(head: str, title: str):
    text = head if TITLE in head else f"{head}\n\n{TITLE}"
    (release,) = read(f"{text}\n\n3 March 2020\n\n{BODY}\n")
    assert release.title == title


def test_a_statement_goes_on_with_what_it_is_on():
    whose, on = "STATEMENT OF COMMISSIONER JANE ROE", "Regarding the Bridges of the North"
    head = f"FOR IMMEDIATE RELEASE\nMarch 3, 2020\n\n{whose}\n\n{on}"
    (release,) = read(f"{head}\n\n{BODY}\n")
    assert release.title == f"{whose} {on}"


def test_those_present_are_no_title():
    minutes = "Minutes of the Bridge Committee Meeting (No. 1/2020)"
    present = "Jane Roe (Chairman), John Doe, Ann Poe, Max Moe, and Sue Loe"
    (release,) = read(
        f"{minutes}\n\nPublication Date: 3 March 2020\n\nMembers Present\n\n{present}\n\n{BODY}\n"
    )
    assert (release.title, release.date) == (minutes, DAY)


@pytest.mark.parametrize(
    "notice",
    [
        "This is an unofficial announcement of Board action. The full text of an order counts.",
        "Report No. RB 20-13 ROAD BUREAU ACTION March 3, 2020",
    ],
)
def test_a_letterhead_goes_on_below_a_notice_and_beside_a_number(notice: str):
    day = "" if "2020" in notice else "March 3, 2020\n\n"
    head = f"Road Bureau\n1919 M Street\nPhone 202 555 0500\n\n{notice}\n\n{day}{TITLE}"
    (release,) = read(f"{head}\n\n{BODY}\n")
    assert (release.date, release.text.startswith(BODY[:40])) == (DAY, True)


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("Statement by Ms Jane Roe, at the 5th Meeting on Bridges, on 3 March 2020", DAY),
        ("Remarks by the Governor at the opening of the bridge (3 March 2020)", DAY),
        ("Statement by Ms Jane Roe on the collapse of 3 March 2020", None),
        ("Statement by Ms Jane Roe regarding the fire at the mill on 3 March 2020", None),
    ],
)
def test_a_speech_is_of_the_day_on_which_it_was_given(title: str, date: str | None):
    (release,) = read(html(f"<h1>{title}</h1>{paragraphs(BODY)}"), "p.html")
    assert release.date == date


def test_the_site_of_a_window_is_kept_as_issuer():
    (release,) = read(
        html(f"<h1>{TITLE}</h1>{paragraphs(BODY)}", f"<title>{TITLE} | {ROADS}</title>"), "p.html"
    )
    assert release.issuer == ROADS


def test_the_day_beside_for_release_is_the_papers_own():
    head = f"Release Date: 03/14/2020\nContact Information:\n\nFOR RELEASE: TUESDAY, MARCH 3, 2020\n\n{TITLE}"
    (release,) = read(f"{head}\n\n{BODY}\n")
    assert (release.date, release.date_conflicts[0].value) == (DAY, "2020-03-14")


def test_a_title_in_capitals_may_run_into_its_text():
    title = "BOARD IS NOT TO CLOSE ANY BRIDGE"
    (release,) = read(f"1 {title} The board has heard of reports that it closes bridges. {BODY}")
    assert release.title == title


def test_a_paper_of_a_month_is_no_body():
    title = "Executive Summary for Road Policy Report (May 2019)"
    page = f"{title}\n{'-' * len(title)}\n\n2019.05.11\n\n### Report at a Glance\n\n{BODY}\n"
    (release,) = read(page, "p.md")
    assert release.title == title


def test_a_date_below_the_text_stands_above_what_closes_the_window():
    (release,) = read(f"Press Releases\n\n{BODY}\n\n3 March 2020\n\nClose Search Window\n")
    assert release.date == DAY
    assert "Close" not in release.text


def test_when_and_where_it_was_posted_may_run_into_the_text():
    posted = f"Posted on Mar 3, 2020 in Latest News, Newsroom, Press ReleasesRIVERTON — {BODY}"
    (release,) = read(f"{TITLE}\n{posted}\n")
    assert (release.title, release.date) == (TITLE, DAY)


def test_a_sentence_on_a_publication_does_not_date_its_text():
    said = f"Published on March 3, 2019, the report of the board says that {BODY}"
    (release,) = read(f"{TITLE}\n\n{said}\n")
    assert release.date is None


def test_the_text_opens_with_its_place_below_a_notice_of_the_site():
    notice = "There were 955 press releases posted in the last 24 hours on this site."
    (release,) = read(
        f"News Search\n\n{notice}\n\n{TITLE}\n\nRIVERTON — {BODY}\n\nYou just read:\n"
    )
    assert (release.title, release.text) == (TITLE, f"RIVERTON — {BODY.strip()}")


@pytest.mark.parametrize(
    "closing",
    ["You must log in before leaving your comment", "Bookmark the permalink.", "Post navigation"],
)
def test_what_engines_of_blogs_put_below_a_post_is_not_of_it(closing: str):
    (release,) = read(f"{TITLE}\n\nMarch 3, 2020\n\n{BODY}\n\n{closing}\n")
    assert release.text == BODY.strip()


def test_a_note_to_the_press_under_the_same_headline_is_no_other_release():
    note = (
        "Media inquiries: please write to the press office with the same subject, or call the line."
    )
    head = f"Wednesday, March 4, 2020\n\nHealth {TITLE}\n\n***{note}***"
    own = f"For Immediate Release:\nMarch 3, 2020\n\n{TITLE}\n\nRIVERTON - {BODY}"
    (release,) = read(f"{head}\n\n{own}\n")
    assert (release.title, release.date) == (TITLE, DAY)
    assert note not in release.text


def test_whose_news_release_it_is():
    head = "COMMISSIONER’S OFFICE NEWS RELEASE: Bridges to open"
    (release,) = read(f"{head}\n\nMarch 3, 2020\n\n{BODY}\n")
    assert release.issuer == "COMMISSIONER’S OFFICE"


def test_a_long_line_below_the_title_leads_into_the_text():
    lead = (
        "Two accidents in the hills of the north have led to the closing of two main roads and of the"
        " ferry, and have held up those who drive to work until after one in the afternoon"
    )
    (release,) = read(f"{TITLE}\n\n3 March 2020\n\n{lead}\n\n{BODY}\n")
    assert (release.title, release.text.startswith(lead)) == (TITLE, True)
    quote = "It is through the courage of the crews that our towns and roads remain safe and secure"
    (release,) = read(f"March 3, 2020\n\n{lead}\n\n{quote}\n\n{BODY}\n")
    assert release.title == lead

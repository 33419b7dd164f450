"""Lists of the releases of a week or a month, and lists of what newspapers wrote below them."""

import json

import pytest
from test_templates import BODY, html, read

HARBOUR, FIRE, TREES, FERRY = (
    "Harbour Opens to Small Boats", "Cause of Mill Fire Found",
    "Town Plants Its First Hundred Trees", "Ferry Times Change in June",
)  # fmt: skip


def week(title: str, *days: str) -> str:
    return (
        f"{title}\n\n{days[0]}\n\n{HARBOUR}\n\n6:16 p.m. - The town asks all owners to move their boats"
        f" from the northern quay.\n\n{FIRE}\n\n3:06 p.m. - The fire service has found the cause of the"
        f" fire.\n\n{days[1]}\n\n{TREES}\n\n9:30 a.m. - The mayor will plant a tree on Saturday, May 30,"
        f" by the mill.\n\n{days[2]}\n\n{FERRY}\n\n9:30 a.m. - The ferry will leave at eight from June on.\n"
    )


@pytest.mark.parametrize(
    ("title", "days", "dates"),
    [
        ("News Releases for Week of Sunday, April 24, 2016", ("April 29", "April 25", "April 24"),
         ("2016-04-29", "2016-04-29", "2016-04-25", "2016-04-24")),
        ("Releases of the week of December 28, 2015", ("January 2", "December 30", "December 28"),
         ("2016-01-02", "2016-01-02", "2015-12-30", "2015-12-28")),
        ("All press releases of April 2016", ("April 29", "April 3", "April 1"),
         ("2016-04-29", "2016-04-29", "2016-04-03", "2016-04-01")),
    ],
)  # fmt: skip
def test_days_without_a_year_in_a_list_of_a_week(title, days, dates):
    found = read(week(title, *days))
    assert [(r.title, r.date) for r in found] == list(
        zip((HARBOUR, FIRE, TREES, FERRY), dates, strict=True)
    )


def test_days_that_the_title_does_not_place_get_no_year():
    found = read(week("The Town's Programme Since April 2016", "May 29", "May 25", "May 24"))
    assert not [r.date for r in found if r.date]


def test_what_newspapers_wrote_is_no_release():
    titles = [HARBOUR, FIRE, TREES, FERRY, "New Bridge Named"]
    lines = [f"<a href='/{n}'>{n}/26/2015 - {t}</a><br/>" for n, t in enumerate(titles, 1)]
    others = [
        f"<a href='http://a.example/{n}'>{n}/28/2015 - {t} Locally</a><br/>"
        for n, t in enumerate(titles, 1)
    ]
    page = f"<h1>Press Releases</h1>{''.join(lines)}<h1>Media Links</h1>{''.join(others)}"
    found = read(html(page), "p.html")
    assert [r.title for r in found] == titles


def test_a_box_of_rules_makes_no_heading_of_its_last_line():
    rule = "-" * 43
    text = (
        f"{rule}\nThe President's Address to the Harbour Town\nWednesday, January 16, 1991, 9:00 PM"
        f" E.S.T.\n{rule}\n\n\n{BODY}\n{BODY}"
    )
    (release,) = read(text)
    assert release.title == "The President's Address to the Harbour Town"
    assert release.date == "1991-01-16"


def test_what_stands_below_a_row_of_stars_is_no_text():
    text = f"{HARBOUR}\n\n{BODY}\n* * * * * * *\n\nApril 3, 1975\n\n8 QUAY STREET, HARBOUR TOWN\n"
    (release,) = read(text)
    assert release.text == BODY.strip()
    assert release.date == "1975-04-03"


@pytest.mark.parametrize("site", ["Arroyo Harbour Police", "Harbour Police of Arroyo"])
def test_the_name_of_the_site_is_cut_off_a_title_in_front_matter(site: str):
    text = (
        '---\nurl: "https://www.arroyoharbourpolice.example/news/1"\n'
        f'title: "{HARBOUR} — {site}"\n---\n\n# [{HARBOUR}](https://a.example/1)\n\n{BODY}'
    )
    (release,) = read(text, "p.md")
    assert release.title == HARBOUR


def test_entries_with_a_clock_and_a_category():
    entries = "".join(
        f"  • {title}\n    Wed, {day} Apr 2014 15:16 CDT\n    Category: Town Life\n"
        f"    The town will say more of this matter at the harbour office in {place}....\n"
        for title, day, place in (
            (HARBOUR, 23, "May"), (FIRE, 16, "June"), (TREES, 9, "July"), (FERRY, 2, "August"),
        )
    )  # fmt: skip
    found = read(f"Harbour News Archive\n\nNews of the harbour office.\n\n{entries}")
    assert [(r.title, r.date) for r in found] == [
        (HARBOUR, "2014-04-23"), (FIRE, "2014-04-16"), (TREES, "2014-04-09"), (FERRY, "2014-04-02"),
    ]  # fmt: skip


def test_a_list_in_the_text_of_a_page_of_data():
    rows = [f"- {t} - {n} June 2015" for n, t in enumerate((HARBOUR, FIRE, TREES, FERRY), 1)]
    rows.append("- Note on the letter of the mill: ‘four boats are enough’ 8 May 2015")
    data = {"description": {"title": "Media statements"}, "markdown": ["\n\n".join(rows)]}
    found = read(json.dumps(data), "p.json")
    assert [r.date for r in found] == [
        "2015-06-01", "2015-06-02", "2015-06-03", "2015-06-04", "2015-05-08",
    ]  # fmt: skip


def test_days_below_quotations_make_no_list_of_a_wrapped_page():
    lines = "the harbour of the town shall be open to all small boats and\n" * 12
    text = (
        f'August 6, 1992\n\n\n    {HARBOUR.upper()}\n\n\n"{lines[:62]}\n  all ferries."\n\n      Jane Roe\n'
        f'      November 20, 1991\n\n\n"{lines[:62]}\n  all the boats."\n\n      Jane Roe\n      January 13, 1992\n\n\n'
        f"o   {lines}\no   {lines}\n"
    )
    (release,) = read(text)
    assert release.title == HARBOUR.upper()


def test_the_title_for_those_who_share_a_page_whose_heading_is_empty():
    head = (
        f'<title>{HARBOUR}</title><meta property="og:title" content="{HARBOUR}">'
        '<meta property="og:site_name" content="Harbour action">'
    )
    brand = '<div class="top"><a href="/"><span>State of Arroyo </span><span>Harbour Action</span></a></div>'
    (release,) = read(html(f"<h1></h1><p>{BODY}</p>", head, before=brand), "p.html")
    assert release.title == HARBOUR


def test_an_abstract_is_the_text_rather_than_what_a_site_says_of_itself():
    abstract = (
        "The harbour office announced its second round of funds for 15 towns of the northern coast."
    )
    settings = {
        "site_settings": {
            "about": "Learn more about the harbour, the office and all of its boats and ferries."
        },
        "head": f'<meta name="alt" content="{"Low water at the pier shows how dry the year has been. " * 6}">',
    }
    (release,) = read(
        json.dumps({"title": HARBOUR, "date": "2021-09-22", "excerpt": abstract, **settings}),
        "p.json",
    )
    assert release.text == abstract


def test_days_in_figures_below_a_year() -> None:
    rows = [("19.03.", HARBOUR), ("02.03.", FIRE), ("14.01.", TREES), ("07.01.", FERRY)]
    texts = "\n\n".join(
        f"{day} {title}\nMore of it is told by the town in the week." for day, title in rows
    )
    found = read(f"Pressemitteilungen\n\n2019\n\n{texts}\n")
    assert [(r.title, r.date) for r in found] == [
        (HARBOUR, "2019-03-19"),
        (FIRE, "2019-03-02"),
        (TREES, "2019-01-14"),
        (FERRY, "2019-01-07"),
    ]


def test_titles_of_two_words_below_their_days_and_one_day_without() -> None:
    days = [f"+ December {n}, 2019" for n in range(17, 5, -1)]
    titles = [
        f"{a} {b}"
        for a in ("Lane", "Ferry", "Harbour")
        for b in ("Closures", "Patterns", "Times", "Pilots")
    ]
    titles[6] = ""
    text = "\n\n".join(
        f"{day}\n\n{title}" if title else day for day, title in zip(days, titles, strict=True)
    )
    found = read(f"Press Releases\n\nThe most recent ones are posted below.\n\n{text}\n")
    assert [r.title for r in found] == [title for title in titles if title]
    assert [r.date for r in found] == [f"2019-12-{n:02}" for n in range(17, 5, -1) if n != 11]


def test_what_an_office_says_of_its_list_makes_the_list_no_part_of_a_release() -> None:
    unit = "The unit tells the papers in good time of what the office does, and answers all their questions. "
    rows = "\n".join(f"12/{n}/2016 {HARBOUR} {n}" for n in range(29, 3, -1))
    found = read(f"{unit * 5}\n\n{unit * 5}\n\nDate Published Title\n{rows}\n")
    assert [r.date for r in found] == [f"2016-12-{n:02}" for n in range(29, 3, -1)]

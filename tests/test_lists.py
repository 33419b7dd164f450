"""Pages of several releases in the forms of many sites: cards, logs, rows of a table, JSON."""

import json

import pytest
from test_templates import BODY, read

TITLES = [
    "Riverton bridge opens to lorries",
    "Ferry on the Salt Lake runs again",
    "Tolls in the north to fall",
]
DAYS = ["2020-03-09", "2020-03-05", "2020-03-03"]
SHOWN = ["March 9, 2020", "March 5, 2020", "March 3, 2020"]
LEADS = [
    "The bridge over the Salt River was opened to lorries on Monday, nine years after the flood.",
    "The ferry will run twice a day again from the summer on, the harbour office said today.",
    "Drivers will pay a third less on the three toll roads of the northern counties from May on.",
]
ALL = list(zip(TITLES, DAYS, strict=True))


def entries(form: str, **more: object) -> str:
    rows = zip(TITLES, SHOWN, LEADS, strict=True)
    return "".join(form.format(title=t, day=d, lead=lead, **more) for t, d, lead in rows)


CARD = (
    "[**{title}** \\\\\n![](https://roads.example/seal.png)\\\\\n\\\\\nPublished on {day}\\\\\n\\\\\n{lead}\\\\\n"
    "\\\\\nTagged as: , Roads](https://roads.example/{title})\n\n"
)
PAGES = {
    "labelled dates above titles": (
        "News Releases\n\nFind all of our news here.\n\nTotal items: 4,580\n"
        + entries("Date published: {day}\n\n{title}\n\n{lead}\n\n"), "p.txt",
    ),
    "full texts with days of events": (
        entries("{title}\n\n{day}\n\n{lead}\n\nThe visit takes place as follows:\nDate: 12 March 2020\n"
                "Venue: Old Harbour House, Riverton\n\nMedia releases\n\n"), "p.txt",
    ),
    "linked cards of Markdown": (
        "# Newsletters & Press Releases\n\n## Newsletters\n\n- [July 2020 Newsletter](https://a.example/1)\n\n"
        "## Press Releases\n\n" + entries(CARD), "p.md",
    ),
    "linked cards of HTML": (
        "<main><h1>News</h1>"
        + entries("<a href='/{day}'><p>{title}</p><p>{day}</p><p>{lead}</p></a>") + "</main>", "p.html",
    ),
    "list of links in Markdown": (
        "# News\n\n" + entries("- [{title}](https://roads.example/x)\n  {day}\n\n  {lead}\n\n"), "p.md",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_items_have_their_own_titles_and_dates(name: str):
    text, file = PAGES[name]
    found = read(text, file)
    assert [(r.title, r.date) for r in found] == ALL
    assert all(lead in r.text for r, lead in zip(found, LEADS, strict=True))
    assert all("Tagged as" not in r.text and "Venue" not in r.text for r in found)


def test_entries_that_say_what_paper_they_are_need_no_date():
    form = "{title}\n\n| Roads Agency | statements\n\n{lead}\n\n"
    found = read(f"News results\n\nShowing 1 - 3\n\n{entries(form)}")
    assert [(r.title, r.date) for r in found] == [(title, None) for title in TITLES]


def test_entries_without_titles():
    found = read(entries("{day}\n—\nPress release\nRoads\n{lead}\n"))
    assert [(r.title, r.date, r.text) for r in found] == [
        (None, day, lead) for day, lead in zip(DAYS, LEADS, strict=True)
    ]


def test_other_news_below_a_wrapped_text_is_not_its_list():
    wrapped = (
        "The agency will spend 4.2 million on bridges in the three\nnorthern counties, and work will"
        " begin as soon as the\ncontracts are signed, the director said in Riverton.\n"
    )
    news = entries(
        "  • {day} – 10:13\n\n    {title}\n\n    {lead} It was the last of its kind in the north.\n\n"
    )
    (release,) = read(
        f"Roads Agency\n\n{TITLES[0]}\n\nRiverton\n\n{wrapped}\nMore news: Roads Agency\n{news}"
    )
    assert (release.date, LEADS[1] in release.text) == (None, False)
    assert release.text.endswith("the director said in Riverton.")


def test_rows_of_a_table_are_releases():
    body = BODY.replace("\n", " ") * 2
    rows = [
        f"03.09.2020\tFOR IMMEDIATE RELEASE{TITLES[0]} March 9, 2020 (RIVERTON) – {body}# # # Media contact: A. Name",
        f"03.05.2020\t{TITLES[1]} March 5, 2020 (RIVERTON) – {body}",
    ]
    found = read("\n".join(rows))
    assert [(r.title, r.date) for r in found] == ALL[:2]
    assert "A. Name" not in found[0].text


# JSON --------------------------------------------------------------------------------------------


def test_items_of_other_names():
    items = [
        {"title_en": t, "summary_en": lead[:40], "published_at": f"{day}T08:00:00Z", "content_en": BODY,
         "hero_img": "https://img.example/1.jpg"}
        for t, day, lead in zip(TITLES, DAYS, LEADS, strict=True)
    ]  # fmt: skip
    found = read(json.dumps(items), "p.json")
    assert [(r.title, r.date) for r in found] == ALL
    assert found[0].text == BODY.strip()


def test_item_with_a_title_only():
    items = [
        {"title": t, "date": d, "link": "https://a.example/1.jpg"}
        for t, d in zip(TITLES, SHOWN, strict=True)
    ]
    assert [(r.title, r.date, r.text) for r in read(json.dumps(items), "p.json")] == [
        (title, day, title) for title, day in ALL
    ]


def test_one_decision_with_its_day_as_a_string():
    item = {
        "date_str": "2020-03-03",
        "title": TITLES[0],
        "decision_details": f"- {BODY}",
        "source_url": "https://a.lk/1",
    }
    (release,) = read(json.dumps(item), "p.json")
    assert release.date == "2020-03-03"
    assert "first bridge to be rebuilt" in release.text


def test_objects_on_lines_of_their_own():
    lines = [
        json.dumps({"url": f"https://a.example/{n}", "text": BODY, "author": "Roads"})
        for n in range(2)
    ]
    assert len(read("\n".join(lines), "p.json")) == 2


def test_scraped_object_is_read_as_a_page():
    item = {
        "title": TITLES[0], "date": "2020-03-01", "date_source": "legacy", "scraper": None,
        "text": f"{TITLES[0]}\nFor Immediate Release\nMarch 3, 2020\n\n{BODY}\n\n\n\tNext Article",
    }  # fmt: skip
    (release,) = read(json.dumps(item), "p.json")
    assert (release.date, "Next Article" in release.text) == ("2020-03-03", False)


@pytest.mark.parametrize(
    "key", ["start_date", "date_format", "issue_number", "retrieved_date", "release_notes"]
)
def test_fields_that_give_no_release_date(key: str):
    (release,) = read(
        json.dumps(
            {"title": TITLES[0], "body": BODY, key: "2020-03-03 in part; see page 5 of the notes"}
        ),
        "p.json",
    )
    assert release.date is None


def test_titles_with_leads_that_open_with_a_place_are_releases():
    page = (
        f"State of Roads\n\nOffice of the Director\n\n{TITLES[0]}\n\nRIVERTON -- As announced last week,"
        f" {LEADS[0]} {LEADS[0]}\n\n{TITLES[1]}\n\nMarch 5, 2020--{LEADS[1]}\n\n{LEADS[2]}\n\n{TITLES[2]}\n\n"
        f"SALEM - March 3, 2020 - {LEADS[2]}\n"
    )
    assert [(r.title, r.date) for r in read(page)] == [(TITLES[0], None), *ALL[1:]]


def test_titles_with_leads_that_are_cut_off_are_releases():
    cut = [f"RIVERTON, Ore. {day}.- {lead[:-20]}…" for day, lead in zip(SHOWN, LEADS, strict=True)]
    page = "".join(f"{title}\n\n{lead}\n\n" for title, lead in zip(TITLES, cut, strict=True))
    assert [(r.title, r.date) for r in read(page)] == ALL


def test_one_text_among_other_titles_is_one_release():
    others = "".join(
        f"{title}\nPosted on: {day}\n" for title, day in zip(TITLES[1:], SHOWN[1:], strict=True)
    )
    page = f"News Flash\nCity News\nPosted on: {SHOWN[0]}\n{TITLES[0]}\n\n{BODY}\n\nAlso on this site\n{others}"
    (release,) = read(page)
    assert (release.title, release.date) == ALL[0]

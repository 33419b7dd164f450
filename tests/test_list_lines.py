"""Lists in the lines of pages and dumps: where the title and the date of an entry stand, and in what form."""

import pytest
from test_lists import ALL, DAYS, LEADS, SHOWN, TITLES
from test_templates import BODY, read

from index.periods import order_of_list
from index.rows import bare_title

SENTENCES = [
    "The bridge over the Salt River is open to lorries again.",
    "The ferry on the Salt Lake will run twice a day.",
    "Tolls in the north will fall by a third in May.",
]
SHORT = ["Ferry reopens", "Bridge to close", "Tolls fall"]
ASKED = [
    "What does the new harbour law mean for you?",
    "Ferry on the Salt Lake runs!",
    "“Tolls to fall,” she says.",
]
CHINESE = ["港口大桥向货车开放的通知", "湖上渡轮恢复通航的公告发布", "北部收费公路降价方案公布"]
STOPPED = [TITLES[0], "Ferry on the Salt Lake and the northern lines are open all day.", TITLES[2]]
FIGURES = ["19/03/2020", "15/03/2020", "13/03/2020"]
DOTTED = ["19.03.2020", "15.03.2020", "13.03.2020"]
US = ["03/09/2020", "03/05/2020", "03/03/2020"]
FIGURED = ["2020-03-19", "2020-03-15", "2020-03-13"]


def page(
    form: str,
    titles: list[str] = TITLES,
    days: list[str] = SHOWN,
    head: str = "Latest news\n\n",
    end: str = "",
) -> str:
    rows = zip(titles, days, LEADS, range(3), strict=True)
    return head + "".join(form.format(title=t, day=d, lead=x, n=n) for t, d, x, n in rows) + end


def site(
    form: str, titles: list[str] = TITLES, days: list[str] = SHOWN, lang: str = "en", head: str = ""
) -> str:
    opening = f"<html lang='{lang}'><body><main><h1>Press releases</h1>{head}"
    return page(form, titles, days, opening, "</main></body></html>")


def want(titles: list[str], days: list[str] = DAYS) -> list[tuple[str, str]]:
    return list(zip(titles, days, strict=True))


PAGES = {
    "titles that are sentences": (page("{day}\n{title}\n\n", SENTENCES), "p.txt", want(SENTENCES)),
    "sentences beside dates": (page("{day} - {title}\n", SENTENCES), "p.txt", want(SENTENCES)),
    "one title with a full stop": (
        page("  • {title}\n\n    Published: {day}\n    {lead}\n", STOPPED), "p.txt", want(STOPPED)),
    "an entry without an abstract": (
        page("  • {title}\n\n    Published: {day}\n    {lead}\n", STOPPED).replace(f"    {LEADS[1]}\n", ""),
        "p.txt", want(STOPPED)),
    "short titles": (page("{day}\n{title}\n\n", SHORT), "p.txt", want(SHORT)),
    "questions and quotations": (page("{title}\n{day}\n\n", ASKED), "p.txt", want(ASKED)),
    "who posted it": (
        page("{title}\nPosted by Harbour Agency on {day} in News, Roads\n{lead}\n\n"), "p.txt", ALL),
    "who posted it between bars": (
        page("{title}\n\nby admin | {day} | News, Press Releases\n\n{lead}\n\nread more\n\n"), "p.txt", ALL),
    "numbers of papers": (
        page("Nr. {n}12 vom {day}\n{title}\n\n", days=DOTTED), "p.txt", want(TITLES, FIGURED)),
    "changed on another day": (
        page("{title}\n{day} 14h32 - Atualizado em 20/03/2020 às 9h00\n\n{lead}\n\n", days=FIGURES), "p.txt",
        want(TITLES, FIGURED)),
    "Chinese titles": (page("{title}\n{day}\n\n", CHINESE, DAYS), "p.txt", want(CHINESE)),
    "Chinese titles in rows": (page("· {title} {day}\n", CHINESE, DAYS), "p.txt", want(CHINESE)),
    "three rows of Markdown": (page("- [{title}](https://a.example/{n}) ({day})\n", head="# News\n\n"), "p.md", ALL),
    "a table": (
        page("| {n}/2020 | [{title}](https://a.example/{n}) | {day} | PDF |\n",
             head="# News\n\n| No. | Title | Date | File |\n|---|---|---|---|\n"), "p.md", ALL),
    "labelled lines": (page("Title: {title}\nDate: {day}\nSummary: {lead}\n\n"), "p.txt", ALL),
    "counted rows": (page("{n}. {title} ({day})\n"), "p.txt", ALL),
    "cells of a dump": (page("{day}\t{title}\tPDF\n", days=US), "p.txt", ALL),
    "numbers before dates": (page("20-01{n} {day} {title}\n", days=US), "p.txt", ALL),
    "numbers after dates": (page("{day} - NR 20-01{n} - {title}\n", days=US), "p.txt", ALL),
    "files that are offered": (
        page("* {day} [{title}](https://a.example/{n}) (PDF, 200 KB)\n", days=DAYS, head="# News\n\n"), "p.md", ALL),
    "a year in the heading": (
        page("{day}\n{title}\n\n", days=["Mar 9", "Mar 5", "Mar 3"], head="Press Releases 2020\n\n"), "p.txt", ALL),
    "results of a search": (
        site("<li><a href='/{n}'>{title}</a><p>{lead}</p><ul><li>Document type: Press release</li><li>Organisation: A"
             "</li><li>Updated: {day}</li></ul></li>"), "p.html", ALL),
    "days in pieces": (
        site("<div><div>{day}</div><h3><a href='/{n}'>{title}</a></h3><p>{lead}</p></div>",
             days=["09</div><div>Mar</div><div>2020", "05</div><div>Mar</div><div>2020", "03</div><div>Mar</div>"
                   "<div>2020"]), "p.html", ALL),
    "a list that was put up long ago": (
        site("<div><h2><a href='/{n}'>{title}</a></h2><div>Tags: <a href='/x'>Lei</a>, <a href='/y'>Rio</a></div><span>"
             "<span>by <a href='/p'>Portal</a></span> <span>Published</span> <span>{day}</span> <span>17h30</span> "
             "<span>Página</span></span></div>", days=FIGURES, lang="pt-br",
             head="<div>por Portal — publicado 16/10/2013 23h11, última modificação 12/05/2016 15h04</div>"),
        "p.html", want(TITLES, FIGURED)),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_titles_and_dates_of_a_list(name: str) -> None:
    text, file, expected = PAGES[name]
    assert [(r.title, r.date) for r in read(text, file)] == expected


DAY = "Monday, March 9, 2020"
NAMED = [*TITLES, "Weekly update of the harbour - March 9, 2020"]
LINKS = "".join(f"<li><a href='/{n}'>{t}</a></li>" for n, t in enumerate(NAMED))
DIGESTS = {
    "a heading of HTML": (
        f"<html><head><title>{DAY} - News</title></head><body><h2>{DAY}</h2><ul>{LINKS}</ul></body></html>", "p.html"),
    "a heading of Markdown": (
        f"# News\n\n## {DAY}\n\n" + "".join(f"- [{t}](https://a.example/{n})\n" for n, t in enumerate(NAMED)), "p.md"),
}  # fmt: skip


@pytest.mark.parametrize("name", DIGESTS)
def test_links_below_one_day(name: str) -> None:
    text, file = DIGESTS[name]
    assert [(r.title, r.date) for r in read(text, file)] == [(t, DAYS[0]) for t in NAMED]


def test_a_release_with_links_below_its_text_is_one() -> None:
    text = f"<html><body><main><h1>Bridges rebuilt</h1><h2>{DAY}</h2><p>{BODY}</p><ul>{LINKS}</ul></main></body></html>"
    (release,) = read(text, "p.html")
    assert "Salt River" in release.text


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["01/06/2020", "02/05/2020", "01/04/2020"], "dmy"),
        (["09/03/2020", "05/03/2020", "03/03/2020"], "dmy"),
        (["3/9/2020", "3/5/2020", "3/3/2020"], "mdy"),
        (["01/02/2020", "05/06/2020"], None),
        (["09/03/2020", "02/05/2020", "07/01/2020", "03/06/2020"], None),
    ],
)
def test_the_order_in_which_a_list_is_in_order(dates: list[str], order: str | None) -> None:
    assert order_of_list("\n".join(dates)) == order


VISITS = "  March 16, 2020\n  7:30 - 8:45 a.m.\n   County Town Meeting, Harbour Hall, 502 3rd Street, Riverton\n"
DAYS_OUT = "".join(VISITS.replace("16", str(day)) for day in range(16, 21))
LETTER = f"March 9, 2020\n\nThe Honourable Ann Doe\nHarbour House\n\nDear Minister Doe:\n\n{LEADS[0]}\n\n"
WITHIN = {
    "a timetable": "".join(f"  {line}\n" for line in (BODY * 3).splitlines() if line) + DAYS_OUT,
    "letters": LEADS[1] + "\n\n" + LETTER + LETTER.replace("Ann", "Eve"),
    "an invitation": (
        f"{SHOWN[2]}\n{LEADS[0]}\nMarch 9, 2020\nWHO: Governor Ann Doe of the north\nMarch 9, 2020\nWHAT: The new"
        " bridge opens\nMarch 9, 2020\nWHERE: Salt River Bridge, Riverton\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WITHIN)
def test_lists_within_a_release_are_of_it(name: str) -> None:
    (release,) = read(f"{TITLES[0]}\n\n{WITHIN[name]}")
    assert release.title == TITLES[0]


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Title: 20-11 Bridge opens (PDF, 2 MB)", "Bridge opens"),
        ("2019-20 Budget released", "2019-20 Budget released"),
        ("24/7 ferries on the lake", "24/7 ferries on the lake"),
        ("No. 2020-31: Bridge opens |", "Bridge opens"),
        ("Download", "Download"),
    ],
)
def test_titles_without_what_stands_beside_them(title: str, bare: str) -> None:
    assert bare_title(title) == bare


@pytest.mark.parametrize(("day", "paragraphs"), [(SHOWN[0], 1), (SHOWN[1], 6)])
def test_a_letter_within_a_release_is_of_it(day: str, paragraphs: int) -> None:
    text = f"{BODY}\nThe ferries of the lake\n\n" * paragraphs
    letter = f"{day}\n\nMinister of Roads\nHarbour House\n\n{text}{LEADS[1]}\n"
    (release,) = read(
        f"{SHOWN[0]}\n\n{TITLES[0]}\n\n{LEADS[0]}\n\nThe letter follows in full\n\n{letter}"
    )
    assert release.date == DAYS[0]


def test_entries_that_are_links_as_a_whole_may_have_long_titles_and_days_in_them():
    long = (
        "Ferries of the northern lakes are to be repaired before the rains of June, says the director"
        " of harbours, who will open the first of them himself."
    )
    titles = [long, "Newsletter of the harbours, March 1, 2020", TITLES[2], TITLES[1]]
    days = [*DAYS, "2020-03-01"]
    shown = [*SHOWN, "March 1, 2020"]
    rows = [
        f"[ ![](https://roads.example/a.jpg) {day} {title} ](https://roads.example/a/)\n{LEADS[0]}\n"
        for day, title in zip(shown, titles, strict=True)
    ]
    found = read("# Latest Updates\n" + "".join(rows), "p.md")
    assert [(r.title, r.date) for r in found] == list(zip(titles, days, strict=True))

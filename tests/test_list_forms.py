"""Lists of releases in the markup that engines of sites write, and in Markdown and text."""

import pytest
from test_templates import read

TITLES = [
    "Riverton bridge opens to lorries after nine years", "Ferry on the Salt Lake runs again from May",
    "Tolls in the north to fall by a third", "Director names new head of road safety",
]  # fmt: skip
DAYS = ["2020-03-09", "2020-03-05", "2020-03-03", "2020-02-27"]
SHOWN = ["March 9, 2020", "March 5, 2020", "March 3, 2020", "February 27, 2020"]
LEADS = [
    "The bridge over the Salt River was opened to lorries on Monday, nine years after the flood of 2011.",
    "The ferry will run twice a day again from the summer on, the harbour office said today.",
    "Drivers will pay a third less on the three toll roads of the northern counties from May 1, 2020 on.",
    "Jo Smith, who led the southern office for seven years, takes over on the first of April.",
]
ROWS = [
    {"t": t, "d": d, "iso": iso, "l": lead, "n": n, "day": d.split()[1].strip(","), "mon": d[:3]}
    for n, (t, d, iso, lead) in enumerate(zip(TITLES, SHOWN, DAYS, LEADS, strict=True))
]  # fmt: skip


def rows(form: str) -> str:
    return "".join(form.format(**row) for row in ROWS)


def html(main: str) -> str:
    return (
        '<!DOCTYPE html><html lang="en"><head><title>News releases | Roads Agency</title></head><body><header>'
        "<a href='/'>Roads Agency</a><nav><ul><li><a href='/a'>About the agency and its work</a></li></ul></nav>"
        f"</header><main><h1>News releases</h1>{main}</main><footer><p>© 2020 Roads Agency</p></footer></body></html>"
    )


HTML = {
    "rows of views": "<div><div><span><a href='/{n}'>{t}</a></span></div><div>{d}</div><div><p>{l}</p></div></div>",
    "posts of a blog": "<article><h2><a href='/{n}'>{t}</a></h2>"
    "<div>Posted on <time datetime='{iso}T10:00'>{d}</time> by admin</div>"
    "<p>{l}</p><a href='/{n}'>Continue reading</a></article>",
    "cards with a line above the title": "<div><p>Press release | {d}</p><h3><a href='/{n}'>{t}</a></h3><p>{l}</p>"
    "<a href='/{n}'>Read more</a></div>",
    "cards that are links": "<a href='/{n}'><span>News</span><h3>{t}</h3><p>{d}</p><p>{l}</p></a>",
    "date in a box": "<div><div><span>{day}</span><span>{mon}</span><span>2020</span></div>"
    "<h3><a href='/{n}'>{t}</a></h3><p>{l}</p></div>",
    "date within other words": "<div><h3><a href='/{n}'>{t}</a></h3>"
    "<p>Roads · <time datetime='{iso}'>{mon} {day}</time> · 2 min read</p>"
    "<p>{l}</p></div>",
    "full texts": "<div><h2>{t}</h2><p>{d}</p><p>{l} {l} {l}</p><p>{l} {l}</p></div><hr>",
    "line with a link": "<font size=2>{d} - <a href='/{n}'>{t}</a></font><br><br>",
}  # fmt: skip
WHOLE = {
    "table": "<table><tr><th>Date</th><th>Title</th></tr>"
    + rows("<tr><td>{d}</td><td><a href=/{n}>{t}</a></td></tr>") + "</table>",
    "table of four columns": "<table><tr><th>No.</th><th>Title</th><th>Office</th><th>Date</th></tr>"
    + rows("<tr><td>2{n}</td><td><a href=/{n}>{t}</a></td><td>Bridges</td><td>{d}</td></tr>") + "</table>",
    "days under months": "<h2>March 2020</h2>"
    + "".join("<div><span>{mon} {day}</span> <a href=/{n}>{t}</a></div>".format(**row) for row in ROWS[:3])
    + "<h2>February 2020</h2><div><span>Feb 27</span> <a href=/4>{t}</a></div>".format(**ROWS[3]),
}  # fmt: skip
TEXT = {
    "headings": ("# News\n\n", "### [{t}](https://r.example/{n})\n\n{d}\n\n{l}\n\n", "p.md"),
    "bullets": ("# News\n\n", "- {iso}: [{t}](https://r.example/{n})\n", "p.md"),
    "table of Markdown": (
        "# News\n\n| Date | Title |\n| --- | --- |\n", "| {d} | [{t}](https://r.example/{n}) |\n", "p.md",
    ),
    "bold titles": ("# News\n\n", "**{t}**\n*{d}*\n{l} [Read more](https://r.example/{n})\n\n", "p.md"),
    "dates in brackets": ("# News\n\n## 2020\n\n", "* [{t}](https://r.example/{n}) ({d})\n", "p.md"),
    "dates above": ("News releases\n\n", "{d}\n{t}\n\n", "p.txt"),
    "kinds of paper above": ("Press releases\n\n", "Press release\n{t}\n{d}\n{l}\nRead more\n", "p.txt"),
    "names beside dates": ("Press releases\n\n", "{t}\nBy Jo Smith | {d}\n{l}\n\n", "p.txt"),
    "dates at the end": ("Latest news\n\n", "{t}\n{l}\n{d}\n\n", "p.txt"),
}  # fmt: skip
PAGES = {name: (html(rows(form)), "p.html") for name, form in HTML.items()}
PAGES |= {name: (html(main), "p.html") for name, main in WHOLE.items()}
PAGES |= {name: (head + rows(form), file) for name, (head, form, file) in TEXT.items()}


@pytest.mark.parametrize("name", PAGES)
def test_titles_and_dates_of_a_list(name: str):
    text, file = PAGES[name]
    assert [(r.title, r.date) for r in read(text, file)] == list(zip(TITLES, DAYS, strict=True))


def test_list_that_read_more_parts_needs_no_dates():
    page = "All articles of the year\n\n" + rows("{t}\n\n{l}\n\nRead more\n\n")
    assert [(r.title, r.date) for r in read(page)] == [(title, None) for title in TITLES]

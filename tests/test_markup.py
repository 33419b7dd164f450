"""HTML as lines with their level, zone, link and time."""

from hypothesis import given
from hypothesis import strategies as st

from index.markup import sheet_of_html, sheet_of_markup

PROSE = "The agency will rebuild the bridges in the north, it said, before the winter of next year comes."


def lines(html: str) -> list[tuple[str, int, str]]:
    sheet = sheet_of_markup(html)
    assert sheet is not None
    return [(line.text, line.level, line.zone) for line in sheet.lines]


def test_levels_and_zones():
    html = (
        "<body><nav>Menu of it</nav><div class='breadcrumb'>News</div><h1>Title<br>of two lines</h1>"
        f"<p>{PROSE}</p><aside>Beside</aside><footer>Below</footer></body>"
    )
    assert lines(html) == [
        ("Menu of it", 0, "frame"),
        ("News", 0, "frame"),
        ("Title", 1, "main"),
        ("of two lines", 1, "main"),
        (PROSE, 0, "main"),
        ("Beside", 0, "aside"),
        ("Below", 0, "frame"),
    ]


def test_class_that_names_furniture_does_not_hide_the_text():
    assert lines(f"<div class='has-sidebar print-friendly'><p>{PROSE}</p></div>") == [
        (PROSE, 0, "main")
    ]
    assert (
        lines(f"<p>{PROSE}</p><p class='field label-hidden date'>March 3, 2020</p>")[1][2] == "main"
    )


def test_what_follows_the_text_is_beside_it():
    found = lines(f"<div><p>{PROSE}</p><p>{PROSE}</p></div><div><p>Other page</p></div>")
    assert found[-1] == ("Other page", 0, "aside")


def test_links_times_and_rows():
    sheet = sheet_of_markup(
        "<p><a href='/a'>A link that is a line</a></p><time datetime='2020-03-03'>Tuesday</time>"
        "<table><tr><td>Salt River</td><td>4.2 million</td></tr></table>"
    )
    assert sheet is not None
    assert [(x.text, x.linked, x.stamp) for x in sheet.lines] == [
        ("A link that is a line", "/a", None),
        ("Tuesday", None, "2020-03-03"),
        ("Salt River\t4.2 million", None, None),
    ]


def test_metadata_and_linked_data():
    sheet = sheet_of_markup(
        "<html lang='es-MX'><head><title>T</title><link rel='canonical' href='https://a.gov/x'><script"
        ' type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2020-03-03",'
        '"publisher":{"@id":"#o"}},{"@type":"Organization","@id":"#o","name":"Agency"},'
        '{"@type":"Event","startDate":"2021-01-01"}]}</script></head><body><p>x</p></body></html>'
    )
    assert sheet is not None
    assert (sheet.first("datepublished"), sheet.first("publisher"), sheet.host, sheet.language) == (
        "2020-03-03",
        "Agency",
        "a.gov",
        "es",
    )


def test_declared_encoding_is_used():
    sheet = sheet_of_html("<meta charset='iso-8859-1'><p>Brücken über Flüsse</p>".encode("latin-1"))
    assert sheet is not None
    assert sheet.text == "Brücken über Flüsse"


def test_page_without_words():
    assert sheet_of_markup("<script>x</script>") is None
    assert sheet_of_markup("") is None


TAGS = st.lists(
    st.sampled_from(
        "<p> </p> <div> </div> <h1> </h1> <td> <tr> <a href=x> </a> <nav> <main> word two <br> <b> & < >".split()
    ),
    max_size=40,
)


@given(TAGS)
def test_lines_stand_where_they_say(tags: list[str]):
    sheet = sheet_of_markup(" ".join(tags))
    for line in sheet.lines if sheet else ():
        assert sheet is not None
        assert sheet.text[line.start : line.end] == line.text != ""

"""Markdown is read as the text that it shows."""

import pytest
from test_templates import BODY, TITLE, read

from index.mail import sheet_of_plain
from index.markdown import is_markdown, sheet_of_markdown


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("See the [order](https://a.example/1) now.", "See the order now."),
        ("See [the *whole* order][1] now.\n\n[1]: https://a.example/1", "See the whole order now."),
        ("![Seal](seal.png)A **bold** and _slanted_ word", "A bold and slanted word"),
        ("1249304* cases and 2 * 3 * 4", "1249304* cases and 2 * 3 * 4"),
        (
            "a file_name_of_it and https://a.example/_x_/",
            "a file_name_of_it and https://a.example/_x_/",
        ),
        (r"\# no heading \- [\[e-mail\]](https://a.example/(1))", "# no heading - [e-mail]"),
        ("one<br>two &amp; <b>three</b><!-- four -->", "one\ntwo & three"),
        ("> quoted\n> words of [it](https://a.example)", "quoted\nwords of it"),
        ('{{< img src="a.png" >}}Words of [it](https://a.example).', "Words of it."),
    ],
)
def test_marks_are_not_shown(marked: str, shown: str):
    assert sheet_of_markdown(marked).text.strip() == shown


def test_text_without_marks_is_kept_as_it_is():
    assert sheet_of_markdown(BODY).text == BODY


def test_line_knows_what_it_links_to():
    sheet = sheet_of_markdown(
        "- [Bridges of the north](https://a.example/1)\n\nSee [it](https://a.example/2) there."
    )
    assert [(line.text, line.linked) for line in sheet.lines] == [
        ("Bridges of the north", "https://a.example/1"), ("See it there.", None),
    ]  # fmt: skip


def test_headings_keep_their_levels():
    sheet = sheet_of_markdown("Title\n=====\n\n## **Part** [one](https://a.example)\n\nWords.")
    assert [(line.text, line.level) for line in sheet.lines] == [
        ("Title", 1),
        ("Part one", 2),
        ("Words.", 0),
    ]


def test_links_tell_markdown_whatever_its_name():
    text = "".join(f"[Page {n}](https://a.example/{n})\n" for n in range(3))
    assert is_markdown(text)
    assert [line.linked for line in sheet_of_plain(text).lines] == [
        f"https://a.example/{n}" for n in range(3)
    ]


def test_links_at_the_edges_are_no_words_of_the_release():
    page = (
        f"[Skip to content](#main)\n\nopens in new tab or window\n\n# {TITLE}\n\nPublished on March 3, 2020\n\n"
        f"{BODY}\nTagged as:\n\n- [Roads](https://a.example/roads)\n\n[Back to top](#top)\n\nReady\n"
    )
    (release,) = read(page, "p.md")
    assert (release.title, release.date, release.text) == (TITLE, "2020-03-03", BODY.strip())

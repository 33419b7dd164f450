"""Values of JSON, and of XML in that form, as releases: names of fields, blocks of editors, orders."""

import json

import pytest

from index.feeds import sheets_of_feed
from index.objects import walk, words_of
from index.structured import sheets_of_json

BODY = (
    "The harbour board of Elmwood will close the north quay for repairs from Monday. Ferries will "
    "leave from the south quay until the work is done."
)


def test_a_tree_of_blocks_is_its_paragraphs_with_their_runs_joined() -> None:
    tree = {
        "type": "doc",
        "content": [
            {"type": "heading", "content": [{"type": "text", "text": "Quay closed"}]},
            {
                "type": "paragraph",
                "content": [
                    {"type": "text", "text": "It will "},
                    {"type": "text", "marks": [{"type": "bold"}], "text": "reopen"},
                    {"type": "text", "text": " in May."},
                ],
            },
        ],
    }
    assert words_of(tree) == "Quay closed\n\nIt will reopen in May."
    portable = [{"_type": "block", "children": [{"_type": "span", "text": t} for t in ("a", "b")]}]
    assert words_of(portable) == "ab"
    assert words_of([{"text": "One."}, {"type": "quote", "text": "Two."}]) == "One.\n\nTwo."


def test_a_page_that_keeps_its_words_in_blocks_is_one_release() -> None:
    page = {
        "layout": "article",
        "page": {"title": "North quay to close", "date": "4 Mar 2024"},
        "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": BODY}]},
            {"type": "heading", "content": [{"type": "text", "text": "Ferries"}]},
        ],
    }
    (sheet,) = sheets_of_json(json.dumps(page))
    assert BODY in sheet.text
    assert sheet.first("item:title") == "North quay to close"
    assert "4 Mar 2024" in sheet.values("date")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("RecallDate", "recall_date"),
        ("articleBody", "articlebody"),
        ("datePublished", "datepublished"),
        ("URL", "url"),
        ("web_url", "web_url"),
    ],
)
def test_words_of_a_name_are_told_by_their_capitals(key: str, name: str) -> None:
    ((found, _),) = walk({key: "x"})
    assert found.replace("_", "") == name.replace("_", "")
    assert ("_" in found) == ("_" in name)


def test_a_later_time_of_publishing_is_not_the_date() -> None:
    item = {
        "NoticeDate": "2026-07-30T00:00:00",
        "LastPublishDate": "2026-07-31T00:00:00",
        "Title": "Ferries leave from the south quay",
        "Description": BODY,
    }
    (sheet,) = sheets_of_json(json.dumps([item]))
    assert sheet.values("date") == ["2026-07-30T00:00:00"]
    assert sheet.values("modified") == ["2026-07-31T00:00:00"]


@pytest.mark.parametrize(
    ("host", "order"), [("records.example.gov.au", "dmy"), ("records.example.gov", "mdy")]
)
def test_numeric_dates_of_a_record_are_in_the_order_of_the_country_it_links_to(
    host: str, order: str
) -> None:
    xml = (
        f"<papers><paper><title>North quay to close</title><release-date>08/09/1959</release-date>"
        f"<document>https://{host}/7.pdf</document><content>{BODY}</content></paper></papers>"
    )
    (sheet,) = sheets_of_feed(xml.encode())
    assert sheet.first("order") == order


@pytest.mark.parametrize(
    "form", ["window.news = {};", "var news={}", "show([{}]);", " export default {}"]
)
def test_data_that_a_script_sets_or_hands_on_are_read(form: str) -> None:
    item = {"title": "Quay closed for repairs", "date": "2020-03-04", "body": BODY}
    head, tail = form.split("{}")
    (sheet,) = sheets_of_json(head + json.dumps(item) + tail)
    assert sheet.first("item:title") == "Quay closed for repairs"
    assert sheet.text == BODY


def test_more_than_one_value_is_no_data_of_a_script() -> None:
    assert isinstance(sheets_of_json('{"title": "Quay closed"} and more'), str)


def test_items_whose_fields_have_letters_for_names() -> None:
    titles = (
        "Speech at the opening of the north quay",
        "Address to the harbour masters of Elmwood",
    )
    items = [
        {"t": t, "d": f"2020-03-0{n}", "u": f"https://x.gov/{n}", "s": f"Events\n{t}\nMarch {n}"}
        for n, t in enumerate(titles, 4)
    ]
    sheets = sheets_of_json(json.dumps(items))
    assert [(s.first("item:title"), s.first("date")) for s in sheets] == [
        (titles[0], "2020-03-04"),
        (titles[1], "2020-03-05"),
    ]


def test_a_time_kept_as_the_original_one() -> None:
    item = {"title": "Quay closed", "date": {"original": "2020-03-04T00:00:00+00:00"}, "body": BODY}
    (sheet,) = sheets_of_json(json.dumps(item))
    assert sheet.first("date") == "2020-03-04T00:00:00+00:00"

"""Dates as words, in seven languages, and never more than what is stated."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import MONTH_NAMES, find_dates, find_partial, find_short, iso, stamp_date
from index.labels import is_dated
from index.languages import day_order

STATED = [
    ("Friday, September 27, 2019", "2019-09-27"),
    ("Sept. 26, 2019", "2019-09-26"),
    ("26th of September, 2019", "2019-09-26"),
    ("this 26th day of September, 2019", "2019-09-26"),
    ("3-Mar-2010", "2010-03-03"),
    ("03 MAR 2020 4:05PM", "2020-03-03"),
    ("Tue Mar 3 2020", "2020-03-03"),
    ("2019-09-26T10:00:00Z", "2019-09-26"),
    ("2019/9/6", "2019-09-06"),
    ("26 de septiembre de 2019", "2019-09-26"),
    ("11 DE ABRIL DE 2024", "2024-04-11"),
    ("le 1er février 2022", "2022-02-01"),
    ("26. Januar 2022", "2022-01-26"),
    ("28.01.2022", "2022-01-28"),
    ("3 de março de 2020", "2020-03-03"),
    ("12 agosto 2018", "2018-08-12"),
    ("2019年9月26日", "2019-09-26"),
    ("June 28th  2005", "2005-06-28"),
    ("April\n 23, 1993", "1993-04-23"),
    ("March 2021", "2021-03"),
    ("marzo de 2021", "2021-03"),
    ("09/14/2021", "2021-09-14"),
    ("14/09/2021", "2021-09-14"),
    ("04/04/2021", "2021-04-04"),
]


@pytest.mark.parametrize(("words", "value"), STATED)
def test_stated(words: str, value: str):
    assert [m.value for m in find_dates(f"x {words} y")] == [value]


@pytest.mark.parametrize(
    "words",
    [
        "in 2019",
        "who may 2008",
        "$2008",
        "February 30, 2021",
        "13/13/2013",
        "99 May 20200",
        "1.2.3.2019.4x",
    ],
)
def test_not_a_date(words: str):
    assert [m.value for m in find_dates(words) if m.full] == []


def test_order_of_day_and_month():
    assert [find_dates("03/04/2019", order)[0].value for order in ("mdy", "dmy", None)] == [
        "2019-03-04",
        "2019-04-03",
        "2019",
    ]


def test_short_years_and_spaced_numbers():
    assert [m.value for m in find_short("Update - 04/30/93")] == ["1993-04-30"]
    assert [m.value for m in find_short("09 14 2007")] == ["2007-09-14"]
    assert [m.value for m in find_short("03/04/05")] == []
    for words in ("09-Jul-92", "Thu, 9 Jul 92 14:05:00 EDT", "July 9 '92", "9th July, ’92"):
        assert [m.value for m in find_short(words)] == ["1992-07-09"], words
    assert [m.value for m in find_short("9 July 20 people")] == []


def test_days_without_a_year():
    assert [m.value for m in find_partial("LIMA, April 21 -- and May 14, 1993")] == ["--04-21"]


@pytest.mark.parametrize(
    ("stamp", "value"),
    [
        ("2023-05-10T09:00:00-04:00", "2023-05-10"),
        ("20230510", "2023-05-10"),
        ("2022-07", "2022-07"),
        ("2022", "2022"),
        ("Fri, 22 Jul 2022 21:30:00 +0000", "2022-07-22"),
        ("today", None),
        ("2022-13-01", None),
    ],
)
def test_stamps(stamp: str, value: str | None):
    assert stamp_date(stamp) == value


DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
NAMES = [names.split() for names in MONTH_NAMES]


@given(DAYS, st.data())
def test_every_day_is_read_back_in_every_language(day: datetime.date, data: st.DataObject):
    month = data.draw(st.sampled_from([n for n in NAMES[day.month - 1] if len(n) > 3])).capitalize()
    words = data.draw(
        st.sampled_from(
            [
                f"{month} {day.day}, {day.year}",
                f"{day.day} {month} {day.year}",
                f"{day.day}. {month} {day.year}",
            ]
        )
    )
    found = find_dates(f"(Lima, {words})")
    assert [m.value for m in found] == [day.isoformat()]


@given(st.text(max_size=200))
def test_mentions_lie_in_the_text_without_overlap(text: str):
    last = 0
    for mention in find_dates(text):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end


@given(st.integers(0, 9999), st.none() | st.integers(-1, 20), st.none() | st.integers(-1, 40))
def test_iso_is_a_real_day_or_nothing(year: int, month: int | None, day: int | None):
    value = iso(year, month, day)
    if value and len(value) == 10:
        assert datetime.date.fromisoformat(value) == datetime.date(year, month or 0, day or 0)


@pytest.mark.parametrize(
    "words", ["|July 9,1992|", "9 July,1992", "Jul.9,1992", "JULY 9th,1992", "July 9 ,1992"]
)
def test_date_without_the_space_is_read(words: str) -> None:
    assert [m.value for m in find_dates(words)] == ["1992-07-09"]


def test_number_after_a_comma_is_no_year() -> None:
    assert find_dates("room 12,2004 and 3,1992 more") == []


def test_the_order_of_figures_is_that_of_a_day_that_the_text_has_in_words():
    text = (
        "Post Date: 09/04/2018\n\nCentres are open on Tuesday, September 4, 2018, and on Wednesday."
    )
    assert day_order("en", None, text) == "mdy"
    assert day_order("en", None, text.replace("September 4", "April 9")) == "dmy"
    assert day_order("en", None, text.replace("September 4", "May 5")) is None


@pytest.mark.parametrize(
    ("line", "dated"),
    [
        ("Magdeburg, den 12.01.2013", True),
        ("Presse-Agentur Nr. 164 vom 04.08.2000 hat die Ministerin rechtliche Schritte", False),
    ],
)
def test_lines_that_are_little_more_than_a_day_in_figures(line: str, dated: bool):
    assert is_dated(line) is dated

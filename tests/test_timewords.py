"""Date expressions: the days they mean and how they relate."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.timewords import find

AS_OF = date(2008, 7, 1)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("September 27, 2019", "2019-09-27", "2019-09-27"),
        ("Sept. 26, 2019", "2019-09-26", "2019-09-26"),
        ("26 September 2019", "2019-09-26", "2019-09-26"),
        ("2019-09-26", "2019-09-26", "2019-09-26"),
        ("9/26/2019", "2019-09-26", "2019-09-26"),
        ("26/9/2019", "2019-09-26", "2019-09-26"),
        ("Feb. 2008", "2008-02-01", "2008-02-29"),
        ("2005-03", "2005-03-01", "2005-03-31"),
        ("early 2006", "2006-01-01", "2006-04-30"),
        ("mid-2006", "2006-05-01", "2006-08-31"),
        ("late March 2006", "2006-03-21", "2006-03-31"),
        ("summer of '06", "2006-06-01", "2006-08-31"),
        ("winter 2005-06", "2005-12-01", "2006-02-28"),
        ("late summer 2008", "2008-08-01", "2008-08-31"),
        ("Q3 2005", "2005-07-01", "2005-09-30"),
        ("the first quarter of fiscal year 2006", "2005-10-01", "2005-12-31"),
        ("fiscal year 2007", "2006-10-01", "2007-09-30"),
        ("FY08", "2007-10-01", "2008-09-30"),
        ("the first half of 2006", "2006-01-01", "2006-06-30"),
        ("the week of March 8, 2006", "2006-03-06", "2006-03-12"),
        ("March 3-10, 2005", "2005-03-03", "2005-03-10"),
        ("between March and May 2005", "2005-03-01", "2005-05-31"),
        ("from December to February 2006", "2005-12-01", "2006-02-28"),
        ("2005-2006", "2005-01-01", "2006-12-31"),
        ("the 109th Congress", "2005-01-03", "2007-01-02"),
        ("last month", "2008-06-01", "2008-06-30"),
        ("last summer", "2007-06-01", "2007-08-31"),
        ("the past three months", "2008-04-01", "2008-07-01"),
        ("two weeks ago", "2008-06-16", "2008-06-22"),
        ("last fiscal year", "2006-10-01", "2007-09-30"),
        ("Q4 FY19", "2019-07-01", "2019-09-30"),
        ("FY07 Q1", "2006-10-01", "2006-12-31"),
        ("4Q06", "2006-10-01", "2006-12-31"),
        ("the final quarter of fiscal 2007", "2007-07-01", "2007-09-30"),
        ("the last quarter of 2007", "2007-10-01", "2007-12-31"),
        ("the first half of fiscal 2007", "2006-10-01", "2007-03-31"),
        ("fiscal years 2006 and 2007", "2005-10-01", "2007-09-30"),
        ("the 2007 fiscal year", "2006-10-01", "2007-09-30"),
        ("the 2006/2007 fiscal year", "2006-10-01", "2007-09-30"),
        ("2018-19", "2018-01-01", "2019-12-31"),
        ("the summer months of 2006", "2006-06-01", "2006-08-31"),
        ("September of last year", "2007-09-01", "2007-09-30"),
        ("spring of this year", "2008-03-01", "2008-05-31"),
        ("late last month", "2008-06-21", "2008-06-30"),
        ("early this year", "2008-01-01", "2008-04-30"),
        ("last Tuesday", "2008-06-24", "2008-06-24"),
        ("27 Sept", "2007-09-27", "2007-09-27"),
    ],
)
def test_days_of_an_expression(words, first, last):
    (found,) = find(f"in {words}?", AS_OF)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


def test_a_season_that_is_spoken_of_is_no_part_of_the_year_after_it():
    (found,) = find("What was said about snow and winter last year?", AS_OF)
    assert (found.first, found.last) == (date(2007, 1, 1), date(2007, 12, 31))


@pytest.mark.parametrize(
    ("words", "relation", "evidence"),
    [
        ("news since early 2006", "since", "since early 2006"),
        ("before the September 2019 agreement", "before", "before the September 2019"),
        ("until June 2007", "until", "until June 2007"),
        ("by March 2005", "by", "by March 2005"),
        ("as of Sept. 12, 2005", "as_of", "as of Sept. 12, 2005"),
        ("in 2006 or later", "since", "in 2006 or later"),
        ("after May 2006", "after", "after May 2006"),
    ],
)
def test_relations(words, relation, evidence):
    (found,) = find(words, AS_OF)
    assert found.relation == relation
    assert words[found.lead : found.tail] == evidence


@pytest.mark.parametrize(
    "text",
    ["may we march on?", "S. 1955 and H.R. 1308", "$2006", "2,006 homes", "February 30, 2005"],
)
def test_what_is_no_date(text):
    assert find(text, AS_OF) == ()


def test_a_date_without_a_year_is_the_latest_and_not_certain():
    (found,) = find("in August", AS_OF)
    assert (found.first, found.certain) == (date(2007, 8, 1), False)


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_every_day_is_read_in_every_form(day):
    for form in ("%B %d, %Y", "%d %B %Y", "%Y-%m-%d", "%m/%d/%Y", "%b. %d, %Y"):
        (found,) = find(f"on {day.strftime(form)}", AS_OF)
        assert (found.first, found.last) == (day, day)


@given(st.text(max_size=200))
def test_spans_are_in_order_and_days_too(text):
    end = 0
    for words in find(text, AS_OF):
        assert end <= words.span.start < words.span.end <= words.tail <= len(text)
        assert words.lead <= words.span.start
        assert words.first <= words.last
        end = words.span.end

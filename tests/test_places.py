"""Lines that are only the place of a dateline, also in texts that lost their punctuation."""

import pytest
from test_templates import BODY, read

from index.boilerplate import is_place

TEXT = " ".join(BODY.split())


@pytest.mark.parametrize(
    "line",
    ["WASHINGTON DC", "Washington  D C", "WASHINGTON", "Salem, Ore.", "Orono ME", "New Ulm  MN"],
)
def test_place(line: str):
    assert is_place(line)


@pytest.mark.parametrize("line", ["CALL ME", "Ban on CO", "News from Maine", "HELP FOR ME"])
def test_no_place(line: str):
    assert not is_place(line)


@pytest.mark.parametrize("place", ["Washington  D C", "WASHINGTON  DC", "Orono  ME"])
def test_the_place_is_no_title_of_a_text_that_lost_its_breaks(place: str):
    gap = " " * 90
    title = "Senator Asks for Safe Bridges in the North"
    head = f"{title}{gap}August 1  2005      {place}      "
    (release,) = read(f"{gap}{head}{TEXT}      {TEXT}")
    assert (release.title, release.date) == (title, "2005-08-01")
    (release,) = read(f"{gap}August 1  2005      {place}      {TEXT}      {TEXT}")
    assert (release.title, release.date) == (None, "2005-08-01")


@pytest.mark.parametrize("words", ["Dear Mr Secretary", "said Senator Roe", "Senator Roe wrote"])
def test_what_leads_to_a_letter_or_a_quotation_is_no_title(words: str):
    (release,) = read(f"May 3, 2005\n\n{words}\n\n{BODY}\n{BODY}")
    assert release.title is None


def test_a_headline_may_end_with_who_says_so():
    headline = "Board Agrees to Hear the Northern Towns, Roe Says"
    (release,) = read(f"May 3, 2005\n\n{headline}\n\n{BODY}\n{BODY}")
    assert release.title == headline


def test_a_text_that_lost_its_marks_begins_with_its_place():
    gap = " " * 90
    lead = "U S  Senators Roe and Doe today applauded the department for awarding a 93 575 grant to the crews"
    quote = "It is through the courage of the crews that our towns and roads remain safe and secure"
    text = f"{lead} of the north under the program that helps them to buy equipment and to train"
    body = f"WASHINGTON  D C     {text}{gap}{quote}{gap}said Roe{gap}{quote} and always will be"
    (release,) = read(f"{gap}Roe Applauds Grant for Crews{gap}August 24th  2005{gap}{body}")
    assert release.title == "Roe Applauds Grant for Crews"
    assert lead in release.text and quote in release.text

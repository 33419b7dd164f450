"""Texts as they are copied from sites: menus, places, credits and what else stands round a release."""

import pytest
from test_site_forms import DAY, ROADS
from test_templates import BODY, TITLE, html, paragraphs, read

from index import boilerplate
from index.institutions import is_name_line

WINDOW = f"{TITLE} | {ROADS}"
MENU = "Skip to main content\nHome\nMission Statement\nMeet the Commissioner\nOffice History\nContact\n"


@pytest.mark.parametrize("line", ["WASHINGTON DC", "Salem, Ore.", "SPRINGFIELD, IL", "FARGO N.D."])
def test_the_place_of_a_dateline_is_no_title(line: str):
    assert boilerplate.is_place(line)
    (release,) = read(f"{line}\n\n{BODY}\n")
    assert release.title is None


@pytest.mark.parametrize("line", ["Bridges, Roads", "A New Bridge in Salem", "PRESS RELEASE"])
def test_other_lines_are_no_places(line: str):
    assert not boilerplate.is_place(line)


def test_title_that_follows_its_date_in_one_line():
    (release,) = read(f"{WINDOW}\n{MENU}March 3, 2020: {TITLE}\n{BODY}\n")
    assert (release.title, release.issuer, release.date) == (TITLE, ROADS, DAY)


def test_entries_of_a_menu_are_no_bodies():
    assert not any(map(is_name_line, ["Meet the Commissioner", "Mission Statement", "Our Office"]))
    assert is_name_line("Office of the Commissioner")


def test_title_between_the_sections_and_the_name_of_the_site():
    window = f"<title>Press - Releases - {TITLE} - {ROADS}</title>"
    (release,) = read(html(f"<h1>{ROADS}</h1><h2>{TITLE}</h2>{paragraphs(BODY)}", window), "p.html")
    assert release.title == TITLE


def test_title_above_a_text_that_opens_with_place_and_date():
    body = (
        "El ministerio invertirá cuatro millones en los puentes de las tres provincias del norte."
    )
    (release,) = read(f"Nuevos puentes para el norte.\nLeón, Gto a 3 de marzo de 2020.- {body}\n")
    assert (release.title, release.date) == ("Nuevos puentes para el norte.", DAY)


def test_credit_of_a_picture_is_no_issuer():
    head = f"<title>{TITLE} | Landesamt für Brücken</title>"
    shown = f"<h1>{TITLE}</h1><p>Quelle: Landesamt / M. Muster</p>{paragraphs(BODY)}"
    (release,) = read(html(shown, head), "p.html")
    assert release.issuer == "Landesamt für Brücken"


def test_hyphen_within_a_word_opens_no_dateline():
    assert not boilerplate.opens_with_place("Attorney-General's Chambers")
    assert boilerplate.opens_with_place("LIMA - The ministry")


def test_sentence_with_to_leave_is_no_banner():
    assert not boilerplate.is_banner("The Board decided to leave the rate unchanged.")
    assert boilerplate.is_banner("To leave this mailing list, write to us.")


def test_day_that_ends_a_sentence_begins_no_item():
    text = (
        f"Amt für Brücken\n3.3.2020\n\n{TITLE}\n\n{BODY.strip()}\n\nDie Minister werden am\n\n"
        "Montag, den 9. März 2020, um 13:30 Uhr\nim Amt für die Brücken des Nordens,\n"
        "Musterstraße 15, 80636 Musterstadt,\n\nüber die Brücken im Norden informieren.\n"
    )
    (release,) = read(text)
    assert release.date == DAY


def test_all_items_of_a_list_s_last_day():
    lead = "METZ - The ministry today announced that work on the bridges has begun.  (Read more)"
    titles = ["BRIDGE OPENS IN RIVERTON", "ROAD CLOSES NEAR METZ", "TOLLS TO FALL IN THE NORTH"]
    first, *rest = (f"{title}\n\n{lead}\n\n" for title in titles)
    found = read(
        f"{ROADS}\n\nMonday, March 9, 2020\n\n{first}Tuesday, March 3, 2020\n\n{''.join(rest)}"
    )
    assert [(r.title, r.date) for r in found] == [
        (titles[0], "2020-03-09"), (titles[1], DAY), (titles[2], DAY),
    ]  # fmt: skip


def test_bar_of_tools_above_the_text_ends_it_where_it_stands_again():
    bar = "Trükk   E-post   Jaga"
    (release,) = read(
        f"{TITLE}\n{bar}\n\n3 March 2020\n\n{BODY}\n{bar}\nRoads of the East\n\nAdd an event\n"
    )
    assert release.text.endswith(BODY.strip())


@pytest.mark.parametrize(
    ("welcome", "issuer"),
    [
        ("Welcome to the Official page of the Presidency of Sarn", "Presidency of Sarn"),
        ("Willkommen auf den Seiten des Straßenamts Sarn", "Straßenamts Sarn"),
        ("Bem-vindo à página ARQUIVO 2006-2016 da Presidência de Sarn", "Presidência de Sarn"),
        ("Press Enter to show all options, press Tab go to next option", None),
    ],
)
def test_welcome_of_a_site_is_no_title_and_names_its_body(welcome: str, issuer: str | None):
    (release,) = read(f"{welcome}\n\n{TITLE}\n\n3 March 2020\n\n{BODY}")
    assert (release.title, release.issuer) == (TITLE, issuer)


def test_teaser_of_another_page_is_no_title():
    other = "Ferry Opens on the Salt Lake"
    (release,) = read(
        f"{other}\n{other}\nSarn, 28 January 2016 see more: {other}\n\nMESSAGES\n\n{TITLE}\n\n{BODY}"
    )
    assert (release.title, release.date) == (TITLE, None)


def test_title_with_days_in_figures_is_no_telephone_number():
    (release,) = read(
        f"Ferry Alert 8/1 – 8/2\n\nPublished August 1, 2006 | Board of Ferries\n\n{BODY}"
    )
    assert release.title == "Ferry Alert 8/1 – 8/2"

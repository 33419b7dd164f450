"""Who speaks in releases that name no sender, and what stands round the words of such pages."""

import pytest
from test_templates import html, read

from index import boilerplate
from index.feeds import sheets_of_feed
from index.senders import day_and_sender

TEXT = (
    "The bridge over the river will be closed for repairs from the first week of the month, and all"
    " buses will take the road along the shore until the works are done, the crews have said."
)
HEADLINE = "Bridge over the river closed for repairs"


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (f"Official Statement from Sheriff Roe\n\n“{TEXT}”\n", "Sheriff Roe"),
        (f"Statement by Mayor Anna Poe on the Bridge\n\n{TEXT}\n", "Mayor Anna Poe"),
        (
            "May 3, 2019\n\nRIVERTON – Senate Minority Leaders Jane B. Roe (Ore.) released the following"
            f" statement after the vote on the bridge was held:\n\n“{TEXT}”\n",
            "Senate Minority Leaders Jane B. Roe",
        ),
        (
            "The Prime Minister, Jane Roe, today issued the following statement on the bridge:"
            f"\n\n“{TEXT}”\n",
            "The Prime Minister, Jane Roe",
        ),
        (
            "Washington D C  Senator Jane Roe  R OR  today released the following statement on the vote"
            f" for the bridge over the river\n\n{TEXT}\n",
            "Senator Jane Roe",
        ),
        (
            f"Governor's Order for the Victims of the Flood in Riverton\n\n{TEXT}\n\nI hereby order that"
            " the flags shall be lowered on Monday, May 6, 2019, until sunset.\n\nOrdered on this, the 3rd"
            " day of May, 2019.\n\nJane B. Roe\n",
            "Governor Jane B. Roe",
        ),
        (
            "Brücke gesperrt\n\n03.05.2019 | Ministerium für Verkehr\n\nDie Brücke über den Fluss wird für"
            " einige Wochen gesperrt, weil die Pfeiler erneuert werden müssen und der Belag brüchig ist.\n",
            "Ministerium für Verkehr",
        ),
        (
            "Fermeture du pont\n\n03/05/2019 | Département des routes et de l’environnement\n\nLe pont sur"
            " le fleuve sera fermé pendant quelques semaines, parce que ses piles doivent être refaites.\n",
            "Département des routes et de l’environnement",
        ),
    ],
)
def test_a_speaker_is_the_issuer_where_no_sender_is_named(text: str, issuer: str) -> None:
    assert [release.issuer for release in read(text)] == [issuer]


def test_a_line_of_a_day_and_a_body_is_no_words_of_the_release() -> None:
    [release] = read(f"Bridge Closed\n\n03/05/2019 | Department of Roads\n\n{TEXT}\n")
    assert release.text == TEXT
    assert day_and_sender("3 May 2019 | Bridge closed for repairs") is None
    assert day_and_sender("3 May 2019 | Department of Law opens its doors") is None
    assert day_and_sender("Department of Law | Office of Roads") is None


def test_an_order_is_dated_by_its_close() -> None:
    text = f"Order on Flags\n\n{TEXT}\n\nOrdered on this, the 3rd day of May, 2019.\n\nJane Roe\n"
    [release] = read(text)
    assert release.date == "2019-05-03"


@pytest.mark.parametrize("name", ["dateline_str", "pub_date", "date-published"])
def test_front_matter_calls_the_day_of_release_by_many_names(name: str) -> None:
    text = (
        f'---\ntitle: "Bridge closed"\n{name}: "May 3, 2019"\nevent_date: 2019-06-01\n---\n{TEXT}\n'
    )
    [release] = read(text, "page.md")
    assert release.date == "2019-05-03"


def test_releases_of_one_page_have_their_own_headings() -> None:
    text = (
        '---\ntitle: "Roads Board Shuts Bridges"\n---\n'
        f"## [Roads Board - Board closes bridge](https://roads.example/1)\n\nMay 3, 2019\n\n"
        f"Board closes bridge\nFor release at 2:00 p.m. EDT\n\n{TEXT}\n\n{TEXT}\n\n"
        f"## [Roads Board - Board opens ferry](https://roads.example/2)\n\nMay 3, 2019\n\n"
        f"Board opens ferry\n\n{TEXT} The ferry is free.\n\nLast Update: May 3, 2019\n\n- ferries\n"
    )
    found = read(text, "page.md")
    assert [release.title for release in found] == ["Board closes bridge", "Board opens ferry"]
    assert found[1].text.endswith("The ferry is free.")


def test_a_feed_that_is_named_after_a_section_names_no_issuer() -> None:
    feed = (
        b"<rss><channel><title>Press Releases</title><item><title>T</title></item></channel></rss>"
    )
    [sheet] = sheets_of_feed(feed)
    assert sheet.first("item:issuer") is None


@pytest.mark.parametrize(
    "line",
    [
        "First, enter a name or zip code",
        "Please select a category",
        "noch nicht bewertet",
        "feed rss | Dernière version de cette page : 2005-03-01 | Ecrire au webmestre | Accessibilité",
    ],
)
def test_prompts_ratings_and_bars_are_furniture(line: str) -> None:
    assert boilerplate.is_furniture(line)


@pytest.mark.parametrize("line", ["Choose a ferry with care", "Roads | Bridges | Search"])
def test_titles_with_such_words_are_not(line: str) -> None:
    assert not boilerplate.is_furniture(line)


def test_what_follows_a_way_back_to_the_top_is_of_the_page() -> None:
    text = f"Bridge Closed\n\n{TEXT}\n\nSkip to top\n\nHelp us keep the lights on\n\nBack to top\n"
    [release] = read(text)
    assert release.text == TEXT


def test_neither_a_section_nor_a_contact_is_a_title():
    head = "For Immediate Release:\nMay 3, 2019\nContact Info:\nJane Roe\nAnna B. Poe\n"
    (release,) = read(f"{head}\nRIVERTON – {TEXT}\n")
    assert (release.title, release.date) == (None, "2019-05-03")
    (release,) = read(f"Press Releases\n\nFor Immediate Release\n\nMay 3, 2019\n\n{TEXT}\n")
    assert release.title is None
    (release,) = read(f"Press Statement\n\nFor Immediate Release\n\nMay 3, 2019\n\n{TEXT}\n")
    assert release.title == "Press Statement"


def test_names_in_the_header_are_no_words_of_the_release():
    head = "Flood in Riverton\n\nROADS AUTHORITY OF RIVERTON\n\n3 May 2019\n\n"
    (release,) = read(f"{head}{TEXT}\n\n{TEXT}\n")
    assert release.text == f"{TEXT}\n\n{TEXT}"


@pytest.mark.parametrize("tail", ["Weitere\n\nMeldungen\n\nRoads", "Source: Roads Authority"])
def test_tails_in_two_lines_and_sources_are_of_the_page(tail: str):
    (release,) = read(f"Bridge Closed\n\n3 May 2019\n\n{TEXT}\n\n{tail}\n")
    assert release.text == TEXT


def test_description_of_a_logo_names_its_body():
    logo = '<img class="logo" src="/logo.png" alt="Roads Authority of Riverton Logo: Safe Roads">'
    (release,) = read(html(f"<h1>Bridge closed</h1><p>{TEXT}</p>", before=logo), "p.html")
    assert release.issuer == "Roads Authority of Riverton"


@pytest.mark.parametrize("label", ["PR Type: Press Release", "Filed as: Statements"])
def test_the_kind_of_paper_after_a_label_is_no_words_of_the_release(label: str):
    (release,) = read(f"Bridge Closed\n\n3 May 2019\n\n{label}\n\n{TEXT}\n")
    assert release.text == TEXT


def test_a_labelled_day_before_a_title_is_no_part_of_it():
    (release,) = read(f"date 2019-05-03 Bridge over the River Closed\n{TEXT}\n{TEXT}\n")
    assert (release.title, release.date) == ("Bridge over the River Closed", "2019-05-03")


def test_a_meeting_that_heads_a_title_is_no_issuer():
    text = TEXT.replace("The bridge", "The Riverton Roads Authority said today that the bridge")
    (release,) = read(f"BOARD MEETING: Authority publishes its plans for the bridge\n\n{text}\n")
    assert release.issuer == "Riverton Roads Authority"


@pytest.mark.parametrize(
    ("title", "text", "issuer"),
    [
        (
            "Statement from the Board of Education of Riverton",
            TEXT,
            "Board of Education of Riverton",
        ),
        ("Fiscalía General de Ríos trabajó en 668 acuerdos", TEXT, "Fiscalía General de Ríos"),
        (
            HEADLINE,
            f"El Ministerio de Caminos (Micam) comunica lo siguiente: {TEXT}",
            "Ministerio de Caminos",
        ),
        (
            HEADLINE,
            f"{TEXT}\n\nO Município de Rios agradece a compreensão de todos.",
            "Município de Rios",
        ),
        (
            HEADLINE,
            f"{TEXT}\n\nThe director had met people of the Ministry of Roads of Valdoria in May and in June.",
            None,
        ),
    ],
)
def test_a_body_that_speaks_by_its_name(title: str, text: str, issuer: str | None):
    (release,) = read(f"{title}\n\nMarch 3, 2020\n\n{text}\n")
    assert (release.issuer or "").startswith(issuer or "") and bool(release.issuer) is bool(issuer)


def test_the_site_named_behind_the_title_of_front_matter():
    window = f"{HEADLINE} | Bids | City of Riverton website"
    (release,) = read(f'---\ntitle: "{window}"\n---\n\n## {HEADLINE}\n\n{TEXT}\n', "p.md")
    assert (release.title, release.issuer) == (HEADLINE, "City of Riverton")

"""What stands round a release and is no part of it: tools, contacts, footers, other news."""

import pytest
from test_templates import BODY, TITLE, html, paragraphs, read

from index import boilerplate

TOOLS = [
    "Printer-friendly version • PDF version", "• Whatsapp: abre ventana nueva", "Enviar por correo",
    "Comparte :",
    "Tagged as: Roads", "link para Copiar para área de transferência", "Partager la page", "Print Close",
    "Share this article on social media", "Home » News » A new bridge", "1 / 2 Show Caption + Hide Caption – A bridge",
    "Return to Newsroom", "Other formats:", "opens in new tab or window", "Imagen foto_00000001",
    "Roads is an Equal Opportunity Employer",
]  # fmt: skip


@pytest.mark.parametrize("line", TOOLS)
def test_line_is_of_the_page(line: str):
    assert boilerplate.is_furniture(line) or boilerplate.is_tail(line) or boilerplate.is_tool(line)


@pytest.mark.parametrize(
    "line",
    [
        "Return of the ferry to Riverton",
        "Delays on the bridge",
        "Del puente al mar",
        "Share of the north",
        "Print works to close",
        "Facebook fined by the agency",
        "The court held that equal opportunity employers may ask",
    ],
)
def test_line_is_of_the_release(line: str):
    assert not boilerplate.is_furniture(line)
    assert not boilerplate.is_tail(line)


BELOW = {
    "contacts": "Jo Smith\nRoads Agency, Riverton\n701-555-0100\njo@roads.example\n",
    "questions in German": "Rückfragen bitte an:\n\nStraßenamt\nPressestelle\nTelefon: 0611-555 0100\n",
    "questions in Japanese": "本件に関するお問い合わせ先\n\n道路局\nTel: 03-5555-0100\n",
    "an end mark and an address": "--30--\n\nVoice: (701) 555-0100 ♦ Fax: (701) 555-0101\n",
    "a way on": "Next Article\n",
    "steps": "⇐Previous\nStreet closures\nNext⇒\nBudget hearing set\n",
    "a copyright": "© Roads Media\nJoin the community of the roads\nFind out more\n",
    "an end with its day": "Ends/Tuesday, March 3, 2020\nIssued at HKT 18:30\nNNNN\nToday's Press Releases\n",
    "share bars": "Comparte\nCompartir en Facebook\nImprime la página completa\n[ Large Medium Small ]\n",
    "tags": "Tagged as:\n\nRoads\n\nBack to top\n\nReady\n",
}


@pytest.mark.parametrize("name", BELOW)
def test_text_ends_above(name: str):
    (release,) = read(f"{TITLE}\n\nMarch 3, 2020\n\n{BODY}\n{BELOW[name]}")
    assert release.text == BODY.strip()


def test_contacts_that_are_the_release_are_kept():
    offices = "".join(
        f"\nOffice {n}:\nSpeaker {name} Name\nTel.: 0331-555 010{n}\n"
        for n, name in enumerate("ABCDEFGHIJ")
    )
    (release,) = read(f"{TITLE}\n\nMarch 3, 2020\n\n{BODY}{offices}")
    assert "Speaker J Name" in release.text


def test_sentence_that_tells_where_to_find_more_does_not_end_the_text():
    more = "For more information on the bridges visit the bridges page.\n\n"
    more += "We invite the media to see the first bridge, where the director will take questions.\n"
    (release,) = read(f"{TITLE}\n\nMarch 3, 2020\n\n{BODY}\n{more}")
    assert "We invite the media" in release.text


def test_names_above_a_number_in_the_header_are_contacts():
    head = "Jo Smith\nHeadquarters, Riverton                 March 3, 2020\n(Phone: 701/555-0100)\n\nRELEASE: 20-134\n"
    (release,) = read(f"{head}\n{TITLE.upper()}\n\n{BODY}")
    assert "Jo Smith" not in release.text


def test_invitation_without_sentences_ends_at_its_mark():
    what = "WHO:\nDirector Jo Smith\nWHAT:\nOpening of the bridge\nWHEN:\nMarch 5, 2020 @ 1:30 pm\n#####\n"
    news = "Related Posts\nNews\nFerry runs again\nRead More\n"
    news += "Sign up to receive our newsletter and hear of all that is new in the north.\n"
    (release,) = read(f"{TITLE}\nAdmin | March 3, 2020\nfor immediate release\n{what}{news}")
    assert (release.date, "Ferry" in release.text, "Jo Smith" in release.text) == (
        "2020-03-03",
        False,
        True,
    )


def test_words_after_a_closing_tag_are_read():
    head = "<html><head><meta charset='utf-8'></head></html><br>"
    (release,) = read(
        f"{head}<html><body><h1>{TITLE}</h1><p>March 3, 2020</p>{paragraphs(BODY)}</body></html>",
        "p.html",
    )
    assert (release.title, release.date) == (TITLE, "2020-03-03")


def test_module_that_holds_the_text_is_no_sidebar_whatever_its_name():
    main = f"<h1>{TITLE}</h1><div class='row'><div class='widget page-widget-html'>{paragraphs(BODY)}</div></div>"
    (release,) = read(html(main), "p.html")
    assert release.text == BODY.strip()

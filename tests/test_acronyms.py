"""Acronyms with the names that pages have for them: small pages of invented bodies."""

import pytest
from test_templates import BODY, html, paragraphs, read

from index.acronyms import abbreviates

TITLE = "Bridges in the North to Be Rebuilt"


@pytest.mark.parametrize(
    ("letters", "name"),
    [
        ("BfS", "Bundesamt für Straßenbrücken"),
        ("BNetzA", "Bundesnetzagentur"),
        ("BaFin", "Bundesanstalt für Finanzdienstleistungsaufsicht"),
        ("IMPLAN", "Instituto Municipal de Planeación y Puentes de Sarna"),
        ("DEFRA", "Department for Environment, Food & Rural Affairs"),
        ("HHS", "Department of Health and Human Services"),
    ],
)
def test_letters_of_names(letters: str, name: str):
    assert abbreviates(letters, name)


@pytest.mark.parametrize(
    ("letters", "name"),
    [
        ("BKA", "Bundeskanzleramt"),
        ("BSI", "Bundesministerium des Innern"),
        ("EPA", "Department of Justice"),
    ],
)
def test_letters_of_other_names(letters: str, name: str):
    assert not abbreviates(letters, name)


NAMED = {
    "site beside the publisher": (
        '<title>BfB - News - %s</title><meta name="dcterms.publisher" content="BfB">'
        '<meta property="og:site_name" content="Bundesamt für Brückenbau">',
        BODY,
    ),
    "the text, in the genitive": (
        "<title>BfB - News - %s</title>",
        f"Nach einer Erhebung des Bundesamtes für Brückenbau (BfB) fehlt Geld.\n\n{BODY}",
    ),
    "a description": (
        '<title>BfB - News - %s</title><meta name="description" content="The Bundesamt für Brückenbau'
        ' (BfB) builds bridges.">',
        BODY,
    ),
    "a hidden heading": (
        "<title>BfB - News - %s</title>",
        f"Bundesamt für Brückenbau\n\n{BODY}",
    ),
}


@pytest.mark.parametrize("where", NAMED)
def test_acronym_of_a_site_is_spelt_out(where: str):
    head, text = NAMED[where]
    page = html(f"<h1>{TITLE}</h1>{paragraphs(text)}", head.replace("%s", TITLE))
    assert read(page, "p.html")[0].issuer == "Bundesamt für Brückenbau (BfB)"


def test_letters_of_a_name_that_was_translated():
    lead = (
        "The Board of Directors of the Oran Central Reserve Bank (CRBO) decided to keep its rate."
    )
    text = f"CRBO KEEPS ITS RATE\n\n{lead}\n\n{BODY}\nThe CRBO will meet in May."
    assert read(text)[0].issuer == "Oran Central Reserve Bank (CRBO)"


def test_letters_that_nothing_explains_stay():
    page = html(f"<h1>{TITLE}</h1>{paragraphs(BODY)}", f"<title>BfB - News - {TITLE}</title>")
    assert read(page, "p.html")[0].issuer == "BfB"

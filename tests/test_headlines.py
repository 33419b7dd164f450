"""Titles that are broken over lines, run into others, or stand among marks: small invented pages."""

import pytest
from test_templates import BODY, html, paragraphs, read

TITLED = {
    "goes on in the next line": (
        f"Three Bridges Are Rebuilt in the North but\nMany More Await Their Turn\n\n{BODY}",
        "Three Bridges Are Rebuilt in the North but Many More Await Their Turn",
    ),
    "marks that a line break parts": (
        "FOR\nIMMEDIATE RELEASE\nMay 17, 2007\nMEDIA\nADVISORY\nNBRA\nTO SHOW THREE BRIDGES TO THE"
        " PRESS\nNBRA\nwill show three bridges that were rebuilt after the flood of 2006 to the press.\n"
        "The bridges cross the Salt River and were closed to lorries for a year.\n"
        "Please call Jane Roe for the keys to the gates, which are locked at night.\n",
        "NBRA TO SHOW THREE BRIDGES TO THE PRESS",
    ),
    "kind of paper with whose it is below": (
        f"Press conference\n\nby Secretary Jane Roe ahead of the Bridge Summit\n\n24 May 2017\n\n{BODY}",
        "Press conference by Secretary Jane Roe ahead of the Bridge Summit",
    ),
    "below the number of the paper": (
        html(
            "<h2>Comunicato n. 18</h2><p>Roma, 3 febbraio 2012</p><p>Ponti del nord: a gennaio"
            f" iniziano i lavori</p>{paragraphs(BODY)}",
            "<title>Comunicato n. 18 - Ministero dei Ponti</title>",
        ),
        "Ponti del nord: a gennaio iniziano i lavori",
    ),
    "furniture run into the first heading": (
        html(
            "<h1>Three Bridges Are Rebuilt - Bank of MorvaHomeChange themeShare this page</h1>"
            f"<h1>Three Bridges Are Rebuilt</h1><p>3 May 2019</p>{paragraphs(BODY)}"
        ),
        "Three Bridges Are Rebuilt",
    ),
    "run together with its text": (
        "For immediate release\n\nMorva County opens its first bridge after the flood Morva County"
        " opens its first bridge on Monday, and two others will follow before the end of the year.",
        "Morva County opens its first bridge after the flood",
    ),
    "date within the title": (
        f"MRA\n\nMRA: Statement on report 164 of 4 August 2000\n\nNorthwich (ots)\n\n{BODY}",
        "MRA: Statement on report 164 of 4 August 2000",
    ),
    "label that goes on, repeated below": (
        "Date: Wed, 30 Aug 2000\nSubject: MEDIA ADVISORY - Bridges to Open\n\nRIVER DISTRICT\n\nBRIDGES TO"
        f" OPEN\n\n{BODY}",
        "BRIDGES TO OPEN",
    ),
    "above the number of the release": (
        f"MRA Selects Firm for Bridge Support Services\n\nMay 4, 2021\nRELEASE 21-055\n\n{BODY}",
        "MRA Selects Firm for Bridge Support Services",
    ),
    "number of a case that looks like a telephone's": (
        f"POL-MO: 210512.1 Morva: Witnesses of Accident Sought\n\n12.05.2021\n\nPolice of Morva\n\n{BODY}",
        "POL-MO: 210512.1 Morva: Witnesses of Accident Sought",
    ),
    "below a menu's way to the page": (
        f"Home » News » Press Releases » MRA seizes two bridges\n\nMRA seizes two bridges\n\nBy Admin\n\n{BODY}",
        "MRA seizes two bridges",
    ),
    "below the name of the site and of its part": (
        html(
            f"<div>City of Morva</div><h1>News Details</h1><h2>Morva Mends Elm Bridge</h2>{paragraphs(BODY)}",
            "<title>Press Releases - City of Morva</title>",
        ),
        "Morva Mends Elm Bridge",
    ),
    "above whose release it is": (
        f"Morva vill laga broar\n\n4 maj 2019\nPressmeddelande från Brodepartementet\n\n{BODY}",
        "Morva vill laga broar",
    ),
    "cut short above the whole": (
        f"Three Bridges of Morva Are Rebuilt…\n\nThree Bridges of Morva Are Rebuilt in the North\n\n{BODY}",
        "Three Bridges of Morva Are Rebuilt in the North",
    ),
    "below an ornament": (
        f"==== BLOCKS ====\n\nPRESS RELEASE\n\nBridges of Morva Are Rebuilt\n\n{BODY}",
        "Bridges of Morva Are Rebuilt",
    ),
    "name of the body above the kind of paper": (
        f"Attorney-General's Chambers\nMEDIA STATEMENT\n{BODY}",
        "MEDIA STATEMENT",
    ),
}


@pytest.mark.parametrize("name", TITLED)
def test_title(name: str):
    text, title = TITLED[name]
    assert read(text, "p.html" if text.startswith("<!") else "p.txt")[0].title == title


@pytest.mark.parametrize("line", ["By Jane Roe", "(As delivered)", "Press Releases", "Latest News"])
def test_lines_that_are_no_title(line: str):
    (release,) = read(f"Bridges Are Rebuilt in the North\n\n{line}\n\n3 May 2019\n\n{BODY}")
    assert release.title == "Bridges Are Rebuilt in the North"

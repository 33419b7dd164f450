"""Issuers that no line states: small pages of invented bodies, each with what tells its own."""

import json

import pytest
from test_templates import BODY, SPANISH, html, read

from index.acronyms import stands_for
from index.mentions import is_body, mentions

TITLE = "Bridges in the North to Be Rebuilt"

ISSUED = {
    "subject of the first sentence, called by its acronym later": (
        f"{TITLE}\n\nPort Sarn, 6 April 2020…The Harbour Authority of Sarnia (HAS) will rebuild three"
        f" bridges in May.\n\n{BODY}\nThe work was announced on HAS’ website.\n",
        "Harbour Authority of Sarnia (HAS)",
    ),
    "says so at the end of a long first sentence": (
        f"NRRA 94-4\n\n{TITLE}\n\nBetter sensors helped engineers to find weak bridges in all three"
        " counties, the Transport Department’s National Rivers and Roads Administration said today."
        f"\n\n{BODY}",
        "National Rivers and Roads Administration (NRRA)",
    ),
    "person in office": (
        f"{TITLE}\n\nSaint Orm – Governor Tilda Marsh today announced three bridges.\n\n{BODY}",
        "Governor Tilda Marsh",
    ),
    "office with its place rather than its holder": (
        f"{TITLE}\n\nVale County Sheriff Jane Roe said the bridge will be closed in May.\n\n{BODY}",
        "Vale County Sheriff",
    ),
    "company that pays is not the issuer": (
        f"{TITLE}\n\nGraveworks Laboratories, LLC has agreed to pay $5 million to settle with the"
        f" Office of Bridge Inspection.\n\n{BODY}\nContact: Office of Bridge Inspection,"
        " press@obi.example\n",
        "Office of Bridge Inspection",
    ),
    "whose policy it is": (
        f"Statement on the North Bridge\n\nA county jury on Monday heard why the North Bridge fell.\n\n"
        f"It is the policy of the Vale County Bridge Inspector’s Office to bring every fall before a jury."
        f"\n\n{BODY}",
        "Vale County Bridge Inspector",
    ),
    "described after the end": (
        f"{TITLE}\n\n{BODY}\n###\n\nThe Bridge Safety Board is an independent agency that reports to"
        " the parliament. The Board has three members.\n\nTo learn more visit www.bsb.example.gov.\n",
        "Bridge Safety Board",
    ),
    "signature": (
        f"---\ntitle: {TITLE}\n---\n{BODY}\n**Corrupt Lotteries Investigation Bureau**\n",
        "Corrupt Lotteries Investigation Bureau",
    ),
    "signature with a date": (
        f"{TITLE}\n\n{BODY}\nMINISTRY OF ROADS AND BRIDGES 3 MARCH 2024\n",
        "MINISTRY OF ROADS AND BRIDGES",
    ),
    "before the kind of paper": (
        f"{TITLE}\n\nMorva Roads Ministry Media Statement\n\n{BODY}",
        "Morva Roads Ministry",
    ),
    "who charges others": (
        f"{TITLE}\n\nThe Bridge and Tunnel Commission today charged a builder with fraud.\n\n{BODY}",
        "Bridge and Tunnel Commission",
    ),
    "acronym of a name that says no kind": (
        f"CBE closes 28 bridges\n\nLIMERICK - Officers with Coast and Bridge Enforcement's (CBE)"
        f" northern region closed 28 bridges on Monday. CBE officers kept lorries out.\n\n{BODY}\n# # #\n\n"
        "Coast and Bridge Enforcement (CBE) is the largest arm of the Roads Ministry.\n",
        "Coast and Bridge Enforcement (CBE)",
    ),
    "whose release it is": (
        f"Morva vill laga broar\n\n4 maj 2019\nPressmeddelande från Brodepartementet\n\n{BODY}",
        "Brodepartementet",
    ),
    "person in office on a state's site": (
        f"An official website of the State of Morva\n\nComptroller Roe: {TITLE}\n\nSALEM - Comptroller Jane Roe"
        f" today announced that three bridges will be rebuilt.\n\n{BODY}",
        "Comptroller Jane Roe",
    ),
    "embassy above its releases": (
        f"Embassy of Morva in Kenya\n\nPress Releases 2012\n\nMorva Donates Bridges to a Hospital\n\n{BODY}",
        "Embassy of Morva in Kenya",
    ),
    "letterhead of a minister": (
        f"The Hon Jane Roe MP\nMinister for Bridges\n\nMEDIA RELEASE\n\n12 March 2020\n\n{TITLE}\n\n{BODY}",
        "Minister for Bridges",
    ),
    "name in lower case": (
        "Puentes para el norte\n\nPunto de prensa del portavoz del ministerio de Puentes y Caminos"
        f"\n\n{SPANISH}\nEl ministerio de Puentes y Caminos informó de ello en abril.\n",
        "ministerio de Puentes y Caminos",
    ),
    "other script": (
        "다리 세 곳 재건\n\n교량도로부(장관 홍길동)는 3월 25일 북부 지역의 다리 세 곳을 다시 짓는다고"
        " 밝혔다. 공사는 계약이 체결되는 대로 시작되며 올해 안에 끝나지 않을 것이라고 한다.\n",
        "교량도로부",
    ),
}


@pytest.mark.parametrize("name", ISSUED)
def test_issuer_that_no_line_states(name: str):
    text, issuer = ISSUED[name]
    assert read(text)[0].issuer == issuer


def test_nobody_is_made_up():
    text = f"{TITLE}\n\nThree bridges will be rebuilt with the University of Quill.\n\n{BODY}"
    assert read(text)[0].issuer is None


def test_places_of_contacts_are_no_letterhead():
    text = (
        "Date: Wed, 30 Aug 2000\nFrom: NewsDesk@hq.nbra.example\nSubject: BRIDGES\n\nJane Roe\n"
        "Harbour Research Center, ME\n(Phone: 207/555-0143)\n\nJohn Doe\nValley Research Center, TX\n"
        f"(Phone: 281/555-0143)\n\nRELEASE: 00-134\n\nBRIDGES TO BE REBUILT\n\n{BODY}\n"
        "NBRA press releases are available by mail. NBRA is on the Internet.\n"
    )
    assert read(text)[0].issuer == "NBRA"


def test_member_of_a_record_is_its_issuer():
    record = {"title": TITLE, "date": "2009-01-06", "text": BODY, "member": {"name": "Jane Roe"}}
    record["source"] = "https://roe.example.gov/news"
    assert read(json.dumps(record), "p.json")[0].issuer == "Jane Roe"


def test_holder_of_an_office_issues_an_object_of_xml():
    record = (
        "<?xml version='1.0'?><transcripts><transcript><title>Bridges</title><prime-minister>Roe, Jane</prime-minister>"
        f"<release-date>08/09/1959</release-date><content>{BODY}</content></transcript></transcripts>"
    )
    assert read(record, "p.xml")[0].issuer == "Roe, Jane"


def test_signature_below_paragraphs_with_links():
    text = f"<a href='x.pdf'>Download</a> it.\n\n{BODY}\n\nMINISTRY OF ROADS 3 MARCH 2024"
    record = {"title": TITLE, "date": "3 Mar 2024", "content": text}
    assert read(json.dumps(record), "p.json")[0].issuer == "MINISTRY OF ROADS"


def test_feed_names_its_issuer_in_its_description():
    feed = (
        "<rss><channel><title>Vale AG Press Releases</title><description>Latest releases from the"
        " Vale Attorney General's Office</description><item><title>Bridges</title><description>"
        f"{BODY}</description></item></channel></rss>"
    )
    assert read(feed, "p.xml")[0].issuer == "Vale Attorney General's Office"


def test_body_on_the_site_of_its_state():
    shown = (
        f"<h1>{TITLE}</h1><p>SALEM - The Morva Bridge Commission (MBC) today approved three bridges.</p>"
        f"<p>{BODY}</p>"
    )
    head = f"<title>Commonwealth of Morva - {TITLE}</title>"
    assert read(html(shown, head), "p.html")[0].issuer == "Morva Bridge Commission (MBC)"


def test_page_assembled_from_two_is_read_to_its_end():
    page = html("", "<title>x</title>") + html(f"<h1>{TITLE}</h1><p>{BODY}</p>")
    assert read(page, "p.html")[0].title == TITLE


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("DOJ", "Department of Justice"),
        ("FDA", "U.S. Food and Drug Administration"),
        ("BMBF", "Bundesministerium für Bildung und Forschung"),
        ("BKA", "Bundeskriminalamt"),
    ],
)
def test_acronyms_of_names(word: str, name: str):
    assert stands_for(word, name)


def test_acronym_of_another_name():
    assert not stands_for("EPA", "Department of Justice")


@pytest.mark.parametrize(
    "lead",
    [
        "Coast Patrol crew members unload cargo that was seized off the northern coast in August.",
        "FRANCE is where Jane Roe spoke of bridges and of what they cost in the north last year.",
    ],
)
def test_mere_mention_is_no_evidence(lead: str):
    assert read(f"{TITLE}\n\n{lead}\n\n{BODY}")[0].issuer is None


@pytest.mark.parametrize(
    "words",
    ["Deputy District Attorney", "Transport Secretary", "Media Center", "Digital Government Plan"],
)
def test_posts_and_kinds_are_no_bodies(words: str):
    assert not is_body(words)


def test_names_in_one_breath_are_two():
    text = "The Ministry of Law and the Roads Agency met Jane Roe of the Board of Rivers."
    names = [mention.name for mention in mentions(text)]
    assert names == ["Ministry of Law", "Roads Agency", "Board of Rivers"]


def test_names_end_with_their_sentence():
    text = "The meeting was at Sarn Hall. Mayor Jane Roe and St. Orm County Sheriff Al Poe spoke."
    persons = [m.name for m in mentions(text) if m.kind == "person"]
    assert persons == ["Mayor Jane Roe", "St. Orm County Sheriff Al Poe"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Selon le Ministère des Affaires étrangères, de la Mer et des Ponts de l’Ouest, il pleut.",
            "Ministère des Affaires étrangères, de la Mer et des Ponts de l’Ouest",
        ),
        ("Nach einer Erhebung des Bundesamtes für Brücken fehlt Geld.", "Bundesamtes für Brücken"),
        (
            "El Ministerio de Puentes y Caminos y el Ministerio de Ríos",
            "Ministerio de Puentes y Caminos",
        ),
        ("Il Comune di Pontile comunica che", "Comune di Pontile"),
    ],
)
def test_names_that_go_on_in_lower_case(text: str, name: str):
    assert name in [mention.name for mention in mentions(text)]


def test_name_with_its_country():
    lead = "SARN - The U.S. Bridge Protection Agency today announced three bridges."
    more = "The Bridge Protection Agency is old. The Bridge Protection Agency is small."
    (release,) = read(f"{TITLE}\n\n{lead}\n\n{BODY}\n\n{more}\n")
    assert release.issuer == "U.S. Bridge Protection Agency"

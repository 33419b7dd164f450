"""Who put a page out, by its site, its header and its last words: small pages of invented bodies."""

import pytest
from test_templates import BODY, FRENCH, GERMAN, html, paragraphs, read

from index.institutions import is_of_body
from index.mentions import is_body

TITLE = "Bridges in the North to Be Rebuilt"
ADDRESS = '<link rel="canonical" href="https://www.{}/news/1.html">'

SITES = {
    "the address, not the section": (
        "Brig online - Trade News - {}",
        ADDRESS.format("brig.example"),
        "Brig",
    ),
    "a hidden heading, not the section": ("{} | Bridge Numbers | Sarn Online", "", "Sarn"),
    "the body that the text speaks of, not a section": (
        "{} | Bridge Numbers",
        "",
        "Sarn Road Board",
    ),
    "the outermost, where nothing else tells": ("{} | Bridge Numbers | Brig Days", "", "Brig Days"),
}


@pytest.mark.parametrize("name", SITES)
def test_piece_of_the_window_title_that_names_the_site(name: str):
    window, head, issuer = SITES[name]
    lead = (
        "SARN - The Sarn Road Board today approved three bridges.\n\n" if "Board" in issuer else ""
    )
    page = html(
        f"<h1>{TITLE}</h1>{paragraphs(lead + BODY)}",
        f"<title>{window.format(TITLE)}</title>{head}",
        before='<h1 class="aural">Sarn</h1>' if issuer == "Sarn" else "",
    )
    assert read(page, "p.html")[0].issuer == issuer


@pytest.mark.parametrize(
    "alt",
    ["Sarn Road Board (Link to home page)", "Sarn Road Board - Home", "Go to the Sarn Road Board"],
)
def test_logo_says_where_it_leads(alt: str):
    page = html(
        f"<h1>{TITLE}</h1>{paragraphs(BODY)}", before=f'<img class="logo" alt="{alt}" src="x.png">'
    )
    assert read(page, "p.html")[0].issuer == "Sarn Road Board"


@pytest.mark.parametrize(
    "post", ["Chief of Police", "Superintendent of Schools", "Acting Director of Media"]
)
def test_post_in_the_letterhead_is_no_body(post: str):
    head = f"JANE ROE\n{post}\n1 Bridge St.\n(916) 555-0100\n\nFor Immediate Release\nMay 4, 2011"
    text = f"{head}\n\n{TITLE}\n\nThis weekend the Sarn Police Department will watch the bridges.\n\n{BODY}"
    (release,) = read(
        text + "\nThe Sarn Police Department is hiring.\n\nFollow the Sarn Police Department\n"
    )
    assert release.issuer == "Sarn Police Department"


def test_section_of_a_chronicle_is_no_body():
    head = "Chronique du Gouvernement\n\nChronique du Gouvernement de Sarn\n\nCommuniqué\n\n12 novembre 2017"
    lead = "Suite aux rumeurs, le Ministère des Ponts et des Routes tient à rassurer l’opinion."
    (release,) = read(
        f"{head}\n\n{lead} {FRENCH}\n\nLe ministère des Ponts et des Routes invite au calme.\n"
    )
    assert release.issuer == "Ministère des Ponts et des Routes"


LAST_WORDS = {
    "slogan": (
        "Construyamos juntos la villa, Municipalidad de Sarna, Administración 2024-2028.",
        "Municipalidad de Sarna",
    ),
    "slogan without a term": ("Building bridges together! Sarn Town Council", "Sarn Town Council"),
    "whom to contact": (
        "When in doubt, please contact the Sarn Road Board at roads@example.org or call 555 0100.",
        "Sarn Road Board",
    ),
    "mail to a body that no word tells for one": (
        "Sarn Bridges does not take cash. When in doubt, please contact Sarn Bridges at help@bridges.gov.sr.",
        "Sarn Bridges",
    ),
    "its site": (
        "Les arrêtés sont consultables sur le site internet de la préfecture des Hautes-Brières :\n"
        "https://www.hautes-brieres.gouv.fr/arretes.pdf",
        "préfecture des Hautes-Brières",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LAST_WORDS)
def test_last_words_name_the_body(name: str):
    words, issuer = LAST_WORDS[name]
    text = FRENCH if "préfecture" in issuer else BODY
    assert read(f"{TITLE}\n\n{text}\n\n{words}\n")[0].issuer == issuer


def test_mail_of_a_company_names_nobody():
    words = "When in doubt, please contact Sarn Bridges at help@bridges.example."
    assert read(f"{TITLE}\n\n{BODY}\n\n{words}\n")[0].issuer is None


def test_short_name_in_a_language_of_the_south():
    text = (
        "O presidente da Câmara disse que a obra começa em maio, e que os vereadores a votaram ontem.\n\n"
        "Para ele, a Câmara Municipal de Sarna tem sido atenta às pontes da região do norte.\n\n"
        "A Câmara Municipal de Sarna cumpre a lei, e os trabalhadores agradecem a decisão.\n"
    )
    title = "Ponte marca a atuação da Câmara junto às aldeias"
    assert read(f"{title}\n\n{text}")[0].issuer == "Câmara Municipal de Sarna"


SPEECHES = {
    "Statement by Ms Jane Roe, Minister for Bridges and Rivers, at the opening on 3 May 2021": (
        "Ms Jane Roe, Minister for Bridges and Rivers"
    ),
    "Rede von Jane Roe, Brückenministerin, beim Tag der Flüsse": "Jane Roe, Brückenministerin",
    "Discurso del Sr. Juan Roe, ministro de Puentes, en el puerto": "Sr. Juan Roe, ministro de Puentes",
}


@pytest.mark.parametrize("heading", SPEECHES)
def test_heading_of_a_speech_names_the_speaker(heading: str):
    text = "Excellencies,\n\nThank you for coming. Our bridges are old, and we will build new ones soon."
    page = f"---\ntitle: Day of the Rivers\n---\n\n#### {heading}\n\n{text}\n"
    assert read(page, "p.md")[0].issuer == SPEECHES[heading]


def test_first_of_several_in_office():
    lead = "SARN – U.S. Senators Jane Roe and Al Poe today announced three bridges."
    assert read(f"{TITLE}\n\n{lead}\n\n{BODY}")[0].issuer == "U.S. Senator Jane Roe"


@pytest.mark.parametrize(
    "name",
    [
        "Kantonspolizei Sarn", "Verwaltungsgericht Sarn", "Berliner Feuerwehr", "Paul Roe Institut",
        "Polismyndigheten", "Sarn Customs", "Sarn Fire Brigade", "Statistics Wales", "Devon Constabulary",
        "Cour des comptes", "Ville de Sarn", "Presidenza del Consiglio", "Corte Suprema de Sarna",
        "Assemblée nationale", "Border Patrol", "Kanton Sarn",
    ],
)  # fmt: skip
def test_kinds_of_bodies(name: str):
    assert is_body(name) and not is_of_body(name)


TEXTS = {
    "town before another noun": (
        "Nach einem Unfall am Montag auf der Brücke sucht die Polizei Sarn Zeugen, die etwas gesehen haben.",
        "Polizei Sarn",
    ),
    "ministry in lower case": (
        "Het ministerie van Bruggen en Wegen gaat drie bruggen bouwen, zegt minister Roe vandaag.",
        "ministerie van Bruggen en Wegen",
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_body_in_a_foreign_lead(name: str):
    lead, issuer = TEXTS[name]
    assert read(f"{TITLE}\n\n{lead}\n\n{GERMAN}")[0].issuer == issuer


def test_body_before_a_slogan():
    words = "Sarn Water Authority — clean water for all"
    assert read(f"{TITLE}\n\n{BODY}\n\n{words}\n")[0].issuer == "Sarn Water Authority"


def test_department_on_the_site_of_its_country():
    lead = "The Department of Bridges notes reports on old bridges in the north."
    page = html(
        f"<h1>{TITLE}</h1><p>{lead}</p>{paragraphs(BODY)}",
        f"<title>{TITLE} | Sarn Government</title>",
    )
    assert read(page, "p.html")[0].issuer == "Department of Bridges"


def test_acronym_with_its_country_is_spelt_out():
    lead = "The U.S. Bridge Protection Agency (BPA) said today that it will build three bridges."
    page = html(
        f"<h1>{TITLE}</h1><p>{lead}</p>{paragraphs(BODY)}", f"<title>{TITLE} | US BPA</title>"
    )
    assert read(page, "p.html")[0].issuer == "U.S. Bridge Protection Agency (BPA)"


@pytest.mark.parametrize(
    ("description", "issuer"),
    [
        ("Ministry of Bridges, notice of Tuesday 3 March 2020", "Ministry of Bridges"),
        ("Gouvernement du Valdor | Communiqué du 3 mars 2020", "Gouvernement du Valdor"),
        ("Bridge closed, for three weeks, for repairs", None),
    ],
)
def test_body_that_stands_before_what_the_page_is_about(description: str, issuer: str | None):
    text = (
        "The bridge over the river will be closed for three weeks, until its pillars are repaired."
    )
    (release,) = read(
        f'---\ntitle: "Bridge closed"\ndescription: "{description}"\n---\n\n{text}\n', "p.md"
    )
    assert release.issuer == issuer


def test_name_is_taken_in_its_first_case_and_whole_from_the_top() -> None:
    text = (
        "Statistisches Landesamt Sarn\nStatistisches Landesamt Sarn Auf einen Blick Daten Shop\n\n03.03.2020\n\n"
        "Dreitausend Meldungen in einem Jahr\n\nDas Statistische Landesamt veröffentlichte in diesem Jahr"
        " dreitausend Meldungen, wie es heute mitteilte, und damit mehr als jemals zuvor.\n"
    )
    (release,) = read(text)
    assert release.issuer == "Statistisches Landesamt Sarn"


@pytest.mark.parametrize(
    ("host", "issuer"),
    [("cabinetoffice.gov.zz", "Cabinet Office"), ("primeminister.gov.zz", "Prime Minister")],
)
def test_address_that_spells_an_office(host: str, issuer: str) -> None:
    head = f'<link rel="canonical" href="https://www.{host}/news/1.html">'
    (release,) = read(html(f"<h1>{TITLE}</h1>{paragraphs(BODY)}", head), "p.html")
    assert release.issuer == issuer


def test_number_for_the_deaf_and_head_of_a_department_are_no_issuers() -> None:
    text = f"{TITLE}\n\nMarch 3, 2020\nTDD (202) 555-1888\nDr. Jane Roe Poe, Secretary\n\n{BODY}"
    (release,) = read(text)
    assert release.issuer is None


def test_address_without_the_country_is_spelt_by_the_name_with_it() -> None:
    text = (
        f"{TITLE}\n\nThe U.S. Bridge and Ferry Service is offering a reward to the finder. The Bridge Friends of"
        " Sarn and the Sarn Land Trust are adding to it.\n\n“The Bridge Friends of Sarn is pleased to offer this,”"
        " said Jane Roe, director for the Bridge Friends of Sarn.\n\nWrite to j_roe@bfs.gov.\n"
    )
    (release,) = read(text)
    assert release.issuer == "U.S. Bridge and Ferry Service"


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (f"{TITLE}\n\nPosted on Jul 18, 2020 in Latest News, Office of the Bridges Press Releases\n\n{BODY}",
         "Office of the Bridges"),
        (f"City Manager's Messages\n\n{TITLE}\n\nPosted on February 18, 2015\n\n{BODY}", "City Manager"),
        (f"{TITLE}\n\nMagdeburg, den 12.01.2013\n\n{GERMAN}\nImpressum:Ministerium für BrückenVerantwortlich:Anna Roe",
         "Ministerium für Brücken"),
    ],
)  # fmt: skip
def test_body_that_a_category_a_first_line_or_an_imprint_names(text: str, issuer: str) -> None:
    (release,) = read(text)
    assert release.issuer == issuer


@pytest.mark.parametrize("verb", ["Comments On", "To Appear On", "Demands", "Votes For"])
def test_headline_in_capitals_goes_on_behind_the_name(verb: str) -> None:
    (release,) = read(f"SEN. ROE {verb.upper()} TIGHTER BRIDGE SECURITY\n\nMarch 3, 2020\n\n{BODY}")
    assert release.issuer == "Sen. Roe"

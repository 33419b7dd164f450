"""Pages of other countries: who speaks, signs or posts there, their days, their furniture."""

import json

import pytest
from test_site_forms import DAY, ES, FR, IT, ITALIAN, PT
from test_templates import BODY, FRENCH, GERMAN, PORTUGUESE, SPANISH, TITLE, html, paragraphs, read

from index import boilerplate, labels, notices
from index.dates import find_short
from index.institutions import is_post
from index.sentences import is_running

NOTICE = (
    "Esta notícia foi publicada antes de 2015 e migrada para o novo site; links e arquivos podem não existir mais.",
    "Diese Meldung ist vor 2018 erschienen und wurde beim Wechsel zum neuen Webauftritt gekürzt.",
    "This page was moved from our old website and may be out of date.",
)
LEADS = {
    "Ministerio de Caminos": "El Ministerio de Caminos, en nombre del Gobierno, reitera su compromiso con los puentes.",
    "Universidade Federal de Rioverde": (
        "O vice-reitor da Universidade Federal de Rioverde, professor José Lima, esclarece que a ponte da universidade"
        " fica aberta durante as obras."
    ),
    "Ministère des Ponts": "Le Ministère des Ponts rappelle les règles de circulation sur les ouvrages du nord.",
}


@pytest.mark.parametrize("name", LEADS)
def test_body_that_acts_in_a_romance_language(name: str):
    (release,) = read(f"{PT}\n\n{LEADS[name]}\n\n{SPANISH}\n")
    assert release.issuer == name


@pytest.mark.parametrize("line", NOTICE)
def test_what_a_page_says_of_itself_is_none_of_its_text(line: str):
    assert is_running(line) and boilerplate.is_furniture(line)
    (release,) = read(f"{PT}\n\n{line}\n\n{PORTUGUESE}\n")
    assert release.text == PORTUGUESE.strip()


def test_site_in_the_news_is_no_notice():
    assert not notices.is_notice("The ministry moved its forms to a new website this week.")


def test_rules_of_a_style_sheet_end_the_text():
    code = ".menu p > a {\ntext-decoration: none !important;\n}\n.hero h3{..."
    others = (
        "May 5, 2020 - 06:30 | Jo Roe | The Courier\nA breach of the dam was feared, it said.\n"
    )
    (release,) = read(f"{TITLE}\n\nMarch 3, 2020\n\n{BODY}\n{code}\n{others}")
    assert (release.title, release.date, release.text) == (TITLE, DAY, BODY.strip())
    assert not any(
        map(boilerplate.is_code, ["Read it;", "Costs: 4 million;", "The board {sic} met."])
    )


def test_menu_of_an_archive_ends_the_text():
    menu = "• Noticias\n• Videos\n\n• 2022\n• 2021\n• 2020\n\n• Enero\n• Febrero\n• Marzo\n"
    (release,) = read(f"{ES}\n\n3 de marzo de 2020\n\n{SPANISH}\n{menu}")
    assert (release.text, release.date) == (SPANISH.strip(), DAY)


def test_lines_of_a_header_without_gaps_are_no_paragraph():
    text = (
        "Bridge Office Closing Early, Tuesday 3 March\nTuesday, 3 March 2020, 1:28 pm\n"
        "Press Release: Harbour Police\nDue to the works on the bridge the office will\n"
        "close at 7pm tonight, Tuesday 3 March.\nWe thank you for your patience and\nunderstanding.\n© Courier\n"
        "Using Courier for work?\nCourier is free for personal use, but you will need a licence for work use.\n"
    )
    (release,) = read(text)
    assert release.title == "Bridge Office Closing Early, Tuesday 3 March"
    assert (release.issuer, release.date) == ("Harbour Police", DAY)
    assert release.text.endswith("understanding.")


def test_headline_after_a_masthead_is_no_sender():
    assert labels.sender_of("Press Release: Mayor to open the bridge") is None
    (release,) = read(f"Press Release: Governor Opens Harbour Bridge\n3 March 2020\n\n{BODY}\n")
    assert release.title == "Press Release: Governor Opens Harbour Bridge"


def test_signature_of_an_office():
    close = "Dal Municipio, 3 marzo 2020\nIl Sindaco\nDr. Mario Ponti\n"
    (release,) = read(f"{IT}\n{ITALIAN}Restano aperte le scuole.\n{close}")
    assert (release.issuer, release.date) == ("Il Sindaco", DAY)
    assert is_post("La Maire") and not is_post("The mayor spoke")


def test_day_that_the_text_calls_today():
    lead = "Si pubblica l'ordinanza n. 4 di oggi 3 marzo 2020, con la quale i ponti restano chiusi fino al 9 marzo."
    (release,) = read(f"{IT}\n\n{lead}\n\n{ITALIAN}\n")
    assert (release.date, release.dated.rule) == (DAY, "said_today")
    lead = "This release was written at 9:30 a.m. on Tuesday (3/3/20). No announcement is expected before 3/9/20."
    (release,) = read(f"{lead}\n\n{BODY}\n")
    assert release.date == DAY
    (release,) = read(
        f"{TITLE}\n\nThe law, in force until March 3, 2020, is repealed today, he said.\n\n{BODY}\n"
    )
    assert release.date is None


def test_year_of_two_digits_at_the_end_of_a_line():
    assert [m.value for m in find_short("( Pontile, 3 Marzo 20 )")] == [DAY]
    assert not find_short("the 3 March 20 people came")


def test_who_posted_a_page():
    posted = f"{TITLE}\nPosted On: 3 MAR 2020 1:05PM by BIO Riverton\n{BODY}\n"
    (release,) = read(posted)
    assert (release.issuer, release.date) == ("BIO Riverton", DAY)
    (release,) = read(f"Ministry of Roads\n{posted}")
    assert release.issuer == "Ministry of Roads"
    (release,) = read(
        f"Author: City of Riverton - Media Relations\n{TITLE}\nMarch 3, 2020\n\n{BODY}\n"
    )
    assert (release.title, release.issuer) == (TITLE, "City of Riverton")


def test_employer_of_an_author():
    front = "---\npage-title: Nouveau pont\nauthor: Anne Roy, directrice, BPN\n---\n"
    (release,) = read(
        f"{front}\nUn mot.\n\nLe Bureau des Ponts du Nord (BPN) ouvre le pont. {FRENCH}", "p.md"
    )
    assert (release.title, release.issuer) == ("Nouveau pont", "Bureau des Ponts du Nord (BPN)")


def test_press_release_of_whom_below_the_text():
    (release,) = read(f"Brücken im Norden\n\n{GERMAN}\n\n(Medienmitteilung des Regierungsrates)\n")
    assert release.issuer == "Regierungsrates"


def test_fields_of_json_in_other_languages():
    items = [
        {"Título": ES, "fecha": "Marzo 3, 2020", "contenido": f"<p>{SPANISH}</p>"},
        {"titulo": PT, "fecha": "Marzo 4, 2020", "contenido": "<p>Um site novo para a cidade.</p>"},
    ]
    found = read(json.dumps(items), "p.json")
    assert [(r.title, r.date) for r in found] == [(ES, DAY), (PT, "2020-03-04")]


def test_content_of_a_feed_that_is_less_than_its_summary():
    item = f"<item><title>{TITLE}</title><description>{BODY}</description><encoded>One word.</encoded></item>"
    (release,) = read(
        f'<?xml version="1.0"?><rss version="2.0"><channel>{item}</channel></rss>', "p.xml"
    )
    assert BODY.strip() in release.text and "One word." in release.text


def test_page_within_noscript():
    shown = f"<noscript><div><h1>{TITLE}</h1><p>March 3, 2020</p>{paragraphs(BODY * 9)}</div>"
    (release,) = read(html(shown), "p.html")
    assert (release.title, release.date) == (TITLE, DAY)


def test_days_in_attributes():
    (release,) = read(
        f'<html newsdate="2020-03-03"><h1>{TITLE}</h1>{paragraphs(BODY)}</html>', "p.html"
    )
    assert (release.date, release.dated.rule) == (DAY, "structured")
    time = '<div class="footer"><time itemprop="datePublished" datetime="{}">x</time></div>'
    (release,) = read(html(f"<h1>{TITLE}</h1>{time.format(DAY)}{paragraphs(BODY)}"), "p.html")
    assert release.date == DAY
    two = time.format(DAY) + time.format("2019-01-02")
    (release,) = read(html(f"<h1>{TITLE}</h1>{paragraphs(BODY)}{two}"), "p.html")
    assert release.date is None


def test_page_of_one_release_below_teasers_of_others():
    teaser = "<div>{}</div><div><span>{}</span></div><div>{}</div><div><a href='/a'>weiter lesen</a></div>"
    others = [
        ("07.10.2016", "Kein neuer Turm im Süden", GERMAN),
        ("05.10.2016", "Mehr Geld für Wege", GERMAN),
    ]
    slider = "".join(teaser.format(*one) for one in others)
    own = (
        f"<div>03.03.2020 - Verkehr</div><div>Neue Brücken im Norden</div>{paragraphs(GERMAN * 2)}"
    )
    head = "<title>Verein für Brücken - Neue Brücken im Norden</title>"
    (release,) = read(html(slider + own, head, lang="de"), "p.html")
    assert (release.title, release.date) == ("Neue Brücken im Norden", DAY)
    assert "Turm" not in release.text


def test_ways_to_the_content_are_tools():
    ways = [
        "Pular para o conteúdo",
        "Saltar al contenido",
        "Zum Hauptinhalt springen",
        "Aller au contenu principal",
    ]
    assert all(map(boilerplate.is_tool, ways))


def test_title_without_a_verb_that_holds_the_name_of_a_body():
    (release,) = read(f"Stay informed\nCouncil Meeting Availability\n3 March 2020\n\n{BODY}\n")
    assert release.title == "Council Meeting Availability"


def test_subject_of_french_page_is_no_label():
    (release,) = read(f"Afficher la page:\nTaille: px\n{FR}\n\n3 mars 2020\n\n{FRENCH}\n")
    assert (release.title, release.text) == (FR, FRENCH.strip())


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\ndate 2020-03-03 In honour of the week of bridges, {BODY}",
        f"Further Information:For Release\nOr contact your local officeMarch 3, 2020\n\n{TITLE}\n\n{BODY}",
        f"+====+\n| FYI |Note from the Harbour Office |March 3,2020|\n+====+\n\n   {TITLE.upper()}\n\n{BODY}",
        f"{TITLE}\n\nRecall Date: March 3, 2020\n\n{BODY}",
        f"The address will be broadcast by the city on Channel 20 today Tuesday, March 3, 2020 at 5:00PM.\n\n{BODY}",
    ],
)
def test_dates_that_run_into_their_line(text: str):
    (release,) = read(text)
    assert release.date == DAY


def test_day_in_figures_below_a_heading():
    shown = (
        "<h1>Zahlen 2020</h1><p>{0}</p><h2>März</h2>"
        "<p>03.03.2020 „Der Markt ist gut gestartet“, heißt es. {0}</p>{1}"
    )
    (release,) = read(html(shown.format(GERMAN, ""), lang="de"), "p.html")
    assert release.date == DAY
    (release,) = read(
        html(shown.format(GERMAN, f"<p>04.03.2020 Der Rat tagt. {GERMAN}</p>"), lang="de"), "p.html"
    )
    assert release.date is None


def test_languages_of_one_alert_are_one_release():
    info = (
        "<info><language>{}</language><headline>{}</headline><description>{}</description>"
        "<senderName>Amt für Wege</senderName></info>"
    )
    both = info.format("de", "Sturm am Meer", GERMAN) + info.format("en", TITLE, BODY)
    alert = f"<alert><sent>2020-03-03T08:00:00+01:00</sent>{both}</alert>"
    (release,) = read(f'<?xml version="1.0"?>{alert}', "p.xml")
    assert (release.title, release.issuer, release.date) == ("Sturm am Meer", "Amt für Wege", DAY)


def test_quotations_with_their_days_are_no_list():
    quote = (
        '"The quantity and variety of goods in our\nshops are unparalleled, and a credit to\nthe farms."\n'
        "Governor Jane Roe\n{}\n\n"
    )
    quotes = quote.format("November 20, 2018") + quote.format("January 13, 2019")
    text = f"March 3, 2020\n\nTHE GOVERNOR ON FARMS\n\n{quotes}Summary\n\n"
    text += (
        "o    The Governor is committed to ensuring that\nfarmers and winners\nkeep their land.\n"
    )
    (release,) = read(text)
    assert (release.title, release.date) == ("THE GOVERNOR ON FARMS", DAY)


def test_body_that_heads_the_foot_of_its_site():
    head = f"<title>{TITLE}</title>"
    foot = "<footer><h2><a href='/'>The University of Riverton</a></h2><h3>Faculties</h3></footer>"
    lead = f"<p>Work on bridges began, the University of Riverton said.</p>{paragraphs(BODY)}"
    (release,) = read(html(f"<h1>{TITLE}</h1>{lead}", head, after=foot), "p.html")
    assert release.issuer == "The University of Riverton"


def test_name_of_the_site_in_its_logo_is_no_title():
    logo = "<a href='/'><img class='logo' alt='State of Farland'>State of Farland Bridge Action</a>"
    head = f"<title>{TITLE}</title><meta property='og:title' content='{TITLE}'>"
    (release,) = read(html(f"<div>{logo}</div>{paragraphs(BODY)}", head), "p.html")
    assert release.title == TITLE


def test_head_of_a_body_that_goes_by_letters():
    lead = "RIVERTON - Coast and Harbour Secretary Jane Roe today announced that work on the bridges begins."
    (release,) = read(
        f"CAH No. 98-265\n\n{TITLE}\n\n{lead}\n\n{BODY}\n\nThe grants are given by CAH each year.\n"
    )
    assert release.issuer == "CAH"


def test_address_of_the_author_names_the_body():
    front = "---\ntitle: Data for the Census Bureau\nauthor:\n  name: JP\n  email: rgrc@riverton.gov\n---\n"
    lead = "RGRC is sharing data with the Census Bureau. The Census Bureau will use it. The Census Bureau is glad."
    (release,) = read(f"{front}\n{lead} {BODY}\n\nRGRC thanks the Census Bureau.\n", "p.md")
    assert release.issuer == "RGRC"


def test_salutation_is_kept():
    (release,) = read(f"{TITLE}\n\nMarch 3, 2020\n\nDear Secretary Roe:\n\n{BODY}\n")
    assert release.text.startswith("Dear Secretary Roe:")


def test_korean_dates_of_distribution_and_the_order_of_its_figures():
    words = "문화체육관광부는 전국 공공도서관 통계조사 결과를 발표했다. " * 3
    (release,) = read(
        f"전국 공공도서관 이용자 증가\n\n보도시점: 2026. 4. 24.(금) 08:00\n\n{words}\n"
    )
    assert release.date == "2026-04-24"
    (release,) = read(f"전국 공공도서관 이용자 증가\n\n등록일: 04/12/2026\n\n{words}\n")
    assert release.date == "2026-04-12"


def test_time_of_publication_in_the_head_is_stronger_than_an_update():
    head = '<meta name="published" content="2020-03-03T15:00:00Z">'
    (release,) = read(
        html(f"<h1>{TITLE}</h1><p><em>Updated: 15 March 2020</em></p>{paragraphs(BODY)}", head),
        "p.html",
    )
    assert release.date == "2020-03-03"

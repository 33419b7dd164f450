"""Who put a page out, by its site, its header and its last words: small pages of invented bodies."""

import pytest
from test_templates import BODY, FRENCH, html, paragraphs, read

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

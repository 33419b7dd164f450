"""Small pages in the forms that offices use, each with the date, title and issuer that it states."""

import hashlib

import pytest

from index.extraction import releases_of
from index.formats import sniff
from index.records import Page, Skip

BODY = (
    "The agency will spend 4.2 million on bridges in the three northern counties, and work will"
    " begin as soon as the contracts are signed, the director said.\n\nThe first bridge to be"
    " rebuilt is the one over the Salt River, which was closed to lorries after the flood of"
    " March 2, 2011 and has been in the care of the county since then.\n"
)
GERMAN = (
    "Die Behörde wird vier Millionen Euro für Brücken in den drei nördlichen Landkreisen ausgeben."
    " Die Arbeiten beginnen, sobald die Verträge unterzeichnet sind, und werden nicht vor dem Ende"
    " des Jahres abgeschlossen sein.\n"
)
FRENCH = (
    "Le ministère va consacrer quatre millions d'euros aux ponts dans les trois départements du"
    " nord, et les travaux commenceront dès que les contrats seront signés par les entreprises.\n"
)
SPANISH = (
    "La agencia destinará cuatro millones a los puentes en los tres condados del norte, y las"
    " obras comenzarán en cuanto se firmen los contratos con las empresas que ganaron.\n"
)
PORTUGUESE = (
    "O ministério vai investir quatro milhões nas pontes dos três municípios do norte, e as obras"
    " começam assim que os contratos forem assinados com as empresas que ganharam.\n"
)


def page(text: str | bytes, name: str = "p.txt", **override: str) -> Page:
    content = text.encode() if isinstance(text, str) else text
    sha256 = hashlib.sha256(content).hexdigest()
    return Page(name, sha256, content, sniff(name, content[:4096]), {}, override)


def read(text: str | bytes, name: str = "p.txt", **override: str):
    found = releases_of(page(text, name, **override))
    assert not isinstance(found, Skip), found
    return found


def html(main: str, head: str = "", before: str = "", after: str = "", lang: str = "en") -> str:
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>'
        f"<header><nav><ul><li><a href='/'>Home</a></li></ul></nav></header>{before}"
        f"<main>{main}</main>{after}<footer>© 2024 Agency</footer></body></html>"
    )


def paragraphs(text: str) -> str:
    return "".join(f"<p>{p}</p>" for p in text.strip().split("\n\n"))


TITLE = "Agency to Rebuild Bridges in Northern Counties"

DATED = {
    "uk page with two dates": (
        html(
            f"<h1>{TITLE}</h1><dl><dt>From:</dt><dd>Highways Agency</dd><dt>Published</dt>"
            f"<dd>3 March 2020</dd><dt>Last updated</dt><dd>5 March 2020</dd></dl>{paragraphs(BODY)}"
        ),
        "p.html",
        "2020-03-03",
    ),
    "blog engine": (
        html(
            f'<article><h1 class="entry-title">{TITLE}</h1><span class="posted-on"><time'
            ' class="entry-date published" datetime="2020-03-03T10:00:00+00:00">March 3, 2020</time>'
            '<time class="updated" datetime="2021-04-05T10:00:00+00:00">April 5, 2021</time></span>'
            f'<div class="entry-content">{paragraphs(BODY)}</div></article>',
            '<meta property="article:published_time" content="2020-03-03T10:00:00+00:00">'
            '<meta property="article:modified_time" content="2021-04-05T10:00:00+00:00">',
        ),
        "p.html",
        "2020-03-03",
    ),
    "metadata of a later posting": (
        html(
            f"<h1>{TITLE}</h1><p>FOR IMMEDIATE RELEASE</p><p>Tuesday, March 3, 2020</p>{paragraphs(BODY)}",
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x",'
            '"datePublished":"2022-06-01T10:00:00Z"}</script>',
        ),
        "p.html",
        "2020-03-03",
    ),
    "only metadata": (
        html(
            f"<h1>{TITLE}</h1>{paragraphs(BODY)}",
            '<script type="application/ld+json">{"@graph":[{"@type":"WebPage",'
            '"datePublished":"2020-03-03T10:00:00Z","dateModified":"2021-01-01"}]}</script>',
        ),
        "p.html",
        "2020-03-03",
    ),
    "commission": (
        f"Press release | 3 March 2020 | Brussels\n\n{TITLE}\n\n{BODY}",
        "p.txt",
        "2020-03-03",
    ),
    "canada": (
        html(
            f"<h1>{TITLE}</h1><p>From: Highways Canada</p><p>News release</p><p>March 3, 2020 - Ottawa,"
            f" Ontario - Highways Canada</p>{paragraphs(BODY)}<p>Date modified: 2021-05-06</p>"
        ),
        "p.html",
        "2020-03-03",
    ),
    "australia": (
        f"Media release\n3 March 2020\nThe Hon Jo Smith MP\nMinister for Roads\n\n{TITLE}\n\n{BODY}",
        "p.txt",
        "2020-03-03",
    ),
    "number and dateline": (
        f"FOR IMMEDIATE RELEASE\n2020-45\n\n{TITLE}\n\nWashington D.C., March 3, 2020 — {BODY}",
        "p.txt",
        "2020-03-03",
    ),
    "for release": (f"For Release\nMarch 3, 2020\n\n{TITLE}\n\n{BODY}", "p.txt", "2020-03-03"),
    "american numbers": (
        f"News Releases from Headquarters\n{TITLE}\n03/14/2020\nContact Information:\nPress office\n\n{BODY}",
        "p.txt",
        "2020-03-14",
    ),
    "embargo": (
        "Transmission of material in this release is embargoed until 8:30 a.m. (ET) Friday, March 6,"
        f" 2020\n\n{TITLE.upper()}\n\n{BODY}",
        "p.txt",
        "2020-03-06",
    ),
    "for release at": (
        f"For release 8:30 a.m. (ET) Friday, March 6, 2020\n\n{TITLE}\n\n{BODY}",
        "p.txt",
        "2020-03-06",
    ),
    "release and revision in a line": (
        f"{TITLE}\nOriginal release date: March 3, 2020 | Last revised: March 5, 2020\n\n{BODY}",
        "p.txt",
        "2020-03-03",
    ),
    "posted on by": (
        f"{TITLE}\nPosted On: 03 MAR 2020 4:05PM by PIB Delhi\n\n{BODY}",
        "p.txt",
        "2020-03-03",
    ),
    "short year": (
        html(f"<h1>{TITLE}</h1><span class='date'>03.14.20</span>{paragraphs(BODY)}"),
        "p.html",
        "2020-03-14",
    ),
    "nations": (f"SG/SM/12345\n3 MARCH 2020\n\n{TITLE}\n\n{BODY}", "p.txt", "2020-03-03"),
    "numbered dateline": (
        f"{TITLE}\n\nIR-2020-45, March 3, 2020 — WASHINGTON — {BODY}",
        "p.txt",
        "2020-03-03",
    ),
    "french": (
        html(
            "<h1>Quatre millions pour les ponts du nord</h1><p>Publié le 3 mars 2020 | Mis à jour le"
            f" 7 avril 2021</p>{paragraphs(FRENCH)}",
            lang="fr",
        ),
        "p.html",
        "2020-03-03",
    ),
    "french dateline": (
        f"Communiqué de presse\n\nQuatre millions pour les ponts du nord\n\nParis, le 3 mars 2020\n\n{FRENCH}",
        "p.txt",
        "2020-03-03",
    ),
    "spanish": (
        f"Nota de prensa\n\nCuatro millones para los puentes del norte\n\nMadrid, 3 de marzo de 2020.- {SPANISH}",
        "p.txt",
        "2020-03-03",
    ),
    "spanish numbers": (
        html(
            f"<h1>Cuatro millones para los puentes</h1><p>Fecha: 03/04/2020</p>{paragraphs(SPANISH)}",
            lang="es",
        ),
        "p.html",
        "2020-04-03",
    ),
    "brazilian": (
        html(
            "<h1>Quatro milhões para as pontes</h1><p>Publicado em 03/04/2020 10h20 Atualizado em"
            f" 05/04/2020 11h00</p>{paragraphs(PORTUGUESE)}",
            lang="pt-br",
        ),
        "p.html",
        "2020-04-03",
    ),
    "german": (
        f"Pressemitteilung Nr. 12/2020 vom 03.04.2020\n\nVier Millionen für Brücken\n\n{GERMAN}",
        "p.txt",
        "2020-04-03",
    ),
    "german label": (
        html(
            f"<h1>Vier Millionen für Brücken</h1><p>Erscheinungsdatum 3. April 2020</p>{paragraphs(GERMAN)}"
            "<p>Stand: 05.06.2021</p>",
            lang="de",
        ),
        "p.html",
        "2020-04-03",
    ),
    "german dateline": (
        f"Pressemitteilung\n\nVier Millionen für Brücken\n\nBerlin, 3. April 2020 – {GERMAN}",
        "p.txt",
        "2020-04-03",
    ),
    "month only": (f"For Immediate Release\nMarch 2020\n\n{TITLE}\n\n{BODY}", "p.txt", "2020-03"),
    "order unknown": (
        f"{TITLE}\nReleased: 03/04/2020\n\nThe agency will build the bridge over the river as soon as"
        " the contracts have been signed, and not before that, the director of it said on"
        " Friday.\n",
        "p.txt",
        "2020",
    ),
    "broken front matter": (
        f"---\ntitle: Bridges: the plan\ndate: 2020-03-03\nbad: [unclosed\n---\n{BODY}",
        "p.md",
        "2020-03-03",
    ),
    "front matter never closed": (
        f"---\ntitle: Bridges\ndate: 2020-03-03\n\n{BODY}",
        "p.md",
        "2020-03-03",
    ),
    "mail": (
        "From: Press Office <press@agency.example>\nTo: list@example.org\nSubject: Bridges to be rebuilt\n"
        "Date: Tue, 03 Mar 2020 10:00:00 -0500\nMIME-Version: 1.0\nContent-Type: text/plain;"
        f' charset="utf-8"\n\n{BODY}',
        "p.eml",
        "2020-03-03",
    ),
    "address": (
        html(
            f"<h1>{TITLE}</h1>{paragraphs(BODY)}",
            '<link rel="canonical" href="https://agency.example.gov/news/2020/03/03/bridges">',
        ),
        "p.html",
        "2020-03-03",
    ),
    "signed at the end": (
        f"{TITLE.upper()}\n\n{BODY}\n\nMINISTRY OF ROADS\n3 MARCH 2020\n",
        "p.txt",
        "2020-03-03",
    ),
    "text of a page with two dates": (
        f"Skip to main content\nHome\n{TITLE}\nFrom:\nHM Treasury\nPublished\n3 March 2020\nLast updated"
        f"\n5 March 2020 — See all updates\n{BODY}\nUpdates to this page\nPublished 3 March 2020\n",
        "p.txt",
        "2020-03-03",
    ),
    "news header and letterhead that differ": (
        "From: a@b.example (News)\nSubject: Bridges\nDate: 24 Apr 1993 10:00:00 GMT\n\n  HIGHWAYS AGENCY\n\n"
        f"For Immediate Release          April 23, 1993\n\n     {TITLE.upper()}\n\n{BODY}",
        "p.txt",
        "1993-04-23",
    ),
    "bold words of markdown": (
        f"# {TITLE}\n\n**FOR IMMEDIATE RELEASE**\n\n**March 3, 2020**\n\n{BODY}",
        "p.md",
        "2020-03-03",
    ),
    "time only in the markup": (
        html(
            f"<h1>{TITLE}</h1><time datetime='2020-03-03T10:00:00Z'>3 years ago</time>{paragraphs(BODY)}"
        ),
        "p.html",
        "2020-03-03",
    ),
    "event in the head, publication in metadata": (
        html(
            f"<h1>{TITLE}</h1><p>Event date: 10 March 2020</p>{paragraphs(BODY)}",
            '<meta property="article:published_time" content="2020-03-03T10:00:00Z">',
        ),
        "p.html",
        "2020-03-03",
    ),
    "page laid out by a table": (
        "<html><body bgcolor=white><table><tr><td width=100><a href=x>Home</a><br><a href=y>News</a></td><td>"
        "<center><b>Department of Roads</b><br>Office of Public Affairs</center><p><b>FOR IMMEDIATE RELEASE</b><br>"
        f"Tuesday, March 3, 2020<p><font size=+1><b>{TITLE}</b></font><p>{BODY}<p>###<br><i>Last modified:"
        " 04/05/2021</i></td></tr></table></body></html>",
        "p.html",
        "2020-03-03",
    ),
    "byline with its author": (
        html(
            f"<h1>{TITLE}</h1><p class='byline'>By Jo Smith, Press Officer | 3 March 2020</p>{paragraphs(BODY)}"
        ),
        "p.html",
        "2020-03-03",
    ),
    "footer of an article": (
        html(
            f"<h1>{TITLE}</h1>{paragraphs(BODY)}<footer class='entry-footer'>Posted on"
            " <time datetime='2020-03-03'>March 3, 2020</time> in News</footer>"
        ),
        "p.html",
        "2020-03-03",
    ),
    "korean numbers": (f"보도자료\n2020. 3. 14.\n\n{TITLE}\n\n{BODY}", "p.txt", "2020-03-14"),
    "minister's site": (
        html(
            f"<h1>{TITLE}</h1><div class='meta'><span class='release-date'>3 Mar 2020</span></div>{paragraphs(BODY)}"
        ),
        "p.html",
        "2020-03-03",
    ),
}


@pytest.mark.parametrize("name", DATED)
def test_stated_date_is_found(name: str):
    text, file, date = DATED[name]
    releases = read(text, file)
    assert [r.date for r in releases] == [date]


UNDATED = {
    "nothing": f"{TITLE}\n\n{BODY}",
    "copyright": f"{TITLE}\n\n{BODY}\n\n© 2020 Highways Agency. All rights reserved.",
    "updated only": f"{TITLE}\n\n{BODY}\n\nLast updated: March 3, 2020",
    "reviewed": f"{TITLE}\nPage last reviewed: 3 March 2020\n\n{BODY}",
    "printed": f"{TITLE}\nPrinted on March 3, 2020\n\n{BODY}",
    "generated": f"{TITLE}\n\n{BODY}\n\nPage generated 2020-03-03 10:00:12",
    "event in the text": f"{TITLE}\n\nOn March 3, 2020, the director met the county. {BODY}",
    "advisory": f"MEDIA ADVISORY\n\n{TITLE}\n\nWHEN: Tuesday, March 3, 2020, 10:00 a.m.\nWHERE: Salt River\n\n{BODY}",
    "dateline without a year": f"{TITLE}\n\nLIMA, March 3 – {BODY}",
    "modified": html(
        f"<h1>{TITLE}</h1>{paragraphs(BODY)}",
        '<meta property="article:modified_time" content="2020-03-03">'
        '<meta http-equiv="last-modified" content="2020-03-03">',
    ),
    "sidebar": html(
        f"<h1>{TITLE}</h1>{paragraphs(BODY)}",
        after="<aside><h2>Latest news</h2><ul><li><a href='/a'>Mayor opens the new library</a>"
        "<time datetime='2020-03-03'>March 3, 2020</time></li></ul></aside>",
    ),
    "related": f"{TITLE}\n\n{BODY}\n\nRelated news\nMayor opens the new library\nMarch 3, 2020\n",
    "deadline": f"{TITLE}\nDeadline: March 3, 2020\n\n{BODY}",
    "hearing": f"{TITLE}\n\n{BODY}\n\nThe hearing is set for March 3, 2020.\n",
    "feed updated only": "<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title><entry><title>Bridges"
    f" to be rebuilt</title><updated>2020-03-03T10:00:00Z</updated><content>{BODY}</content></entry></feed>",
    "today's date in the head": html(
        f"<h1>{TITLE}</h1>{paragraphs(BODY)}", before="<div id='clock'>Today is March 3, 2020</div>"
    ),
    "as of": f"{TITLE}\nAs of March 3, 2020\n\n{BODY}",
    "effective": f"{TITLE}\nEffective date: March 3, 2020\n\n{BODY}",
    "advisory with labels": f"MEDIA ADVISORY\n{TITLE}\nDate: March 9, 2020\nTime: 10 a.m.\n"
    f"Location: Salt River\n\n{BODY}",
    "calendar above": f"Highways Agency\nUpcoming events\nMarch 9, 2020\nTown hall on bridges\nMarch 12, 2020"
    f"\nOpen day\nNews\n{TITLE}\n{BODY}",
    "comment below": html(
        f"<h1>{TITLE}</h1>{paragraphs(BODY)}<div class='comments'><p>Jo wrote on March 9, 2020: Great news for us"
        " all, and thank you for it.</p></div>"
    ),
    "file time": f"---\ntitle: Bridges\nmodified: 2020-03-03\n---\n{BODY}",
}


@pytest.mark.parametrize("name", UNDATED)
def test_no_date_is_made_up(name: str):
    text = UNDATED[name]
    file = "p.html" if text.startswith("<!") else "p.xml" if text.startswith("<feed") else "p.txt"
    assert [r.date for r in read(text, file)] == [None]


@pytest.mark.parametrize(
    "label", ["Date of the meeting:", "1.2. Fecha de la sesión del Consejo:", "Datum der Sitzung:"]
)
def test_day_on_which_somebody_met_is_no_release_date(label):
    (release,) = read(f"Minutes of the Harbour Board\n\n{label}\n4 March 2020.\n\n{BODY}")
    assert release.date is None
    assert ("event", "2020-03-04") in {(other.kind, other.date) for other in release.other_dates}

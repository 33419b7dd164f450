"""Who put a release out, as the page states it: letterhead, metadata, site, signature, address."""

import re
from collections.abc import Iterator

from index import labels
from index.acronyms import full_name, spelt_out
from index.anchoring import anchor_of
from index.hosts import BARE_HOST, bare_host, is_whole, name_of_host
from index.institutions import (
    bare_name,
    is_named,
    is_only_name,
    self_named_body,
)
from index.layout import Part
from index.mentions import is_body
from index.senders import (
    NOBODY,
    beside_day,
    beside_title,
    is_institution_line,
    posted_by,
    released_from,
    sent_by,
    signed_by,
)
from index.sheet import Sheet
from index.speakers import lead_speaker, order_signer, speaking_body, title_speaker
from index.weighing import weighed_issuer
from index.wording import CUT, alike, flat, tidy

_PLACE_ON_SITE = re.compile(
    r"^(?:pages?|default|untitled|documents?|articles?|details?|contents?)$|^(?:home|news(?:room)?|press|media|archives?|blog|index|page|releases?|statements?|english"
    r"|official)\b"
    r"|press ?(?:e|release|mitteilung|room)|news|list|archiv|\b(?:19|20)\d\d\b|comunicado|nota|bericht|nyhet|notizi",
    re.I,
)
# Whose name a country or a state bears, which hardly issues anything by itself.
_STATE = re.compile(
    r"\bgovernment$|^(?:the )?(?:united states$|(?:state|commonwealth|republic|province|government) of)",
    re.I,
)
_FROM_LABEL = re.compile(
    r"(?:source|(?:source|news) feed|utgiver|utgitt av|quelle|fuente|fonte|bron|from|de|von|da|van|issuer|issued by"
    r"|agency|organi[sz]ations?|department|ministry|office|publisher|behörde|herausgeber|organismo|órgão"
    r"|organisme|émetteur|autor(?:idad)?)\s*"
    r"(?:$|:\s*(?P<who>\S.*)?$|(?P<body>(?<=rom )[A-Z]\S+ .*)$)",
    re.I,
)
# A title so many lines below the top has a menu above it; a letterhead reaches so far above the title.
_LONGEST_HEAD, _REACH = 8, 4
# Labels that stand before persons and pictures as well.
_SOURCE = re.compile(r"source|news|quelle|fuente|fonte|bron|autor", re.I)
_SITE_OF = re.compile(
    r"(?:\bofficial\s+(?:web)?(?:site|page)\s+of"
    r"|^(?:welcome|willkommen|bem-vind|bienvenid|bienvenue|benvenut).{3,60}?\b(?:web)?(?:sites?|pages?|seiten?|página|sitio"
    r"|portal|sito)\b(?:\s[A-Z]+)?(?:\s[\d–-]+)?\s(?:of|des|der|du|de|da|do|del|della))"
    r"\s+(?:the\s+|la\s+)?(?P<who>[A-ZÀ-Þ][^.|\n]{3,90})",
    re.I,
)
# What the description of a logo says beside the name of its body: "Roads Board Logo: Safe Roads".
_OF_LOGO = re.compile(
    r"^(?:the )?(?:official )?(?:logo(?:type|tipo)?|seal|emblem|crest|coat of arms|wappen|escudo|brasão|stemma)"
    r" (?:of|for|der|des|von|de|del|da|do|di|du) (?:the )?|\s*[(|:–-]\s*(?:link|verweis|zur|go|to|back|return)\b.*$"
    r"|\s*[(|:–-]\s*(?:home ?page|home|startseite|inicio|accueil)\W*$|^(?:link|go|back|return) to (?:the )?"
    r"|^zur startseite(?: de[rs]| von)? |\s*[(|:–-]?\s*\b(?:logo(?:type|tipo)?|wappen)\b.*$",
    re.I,
)
_IMPRINT = re.compile(
    r"Impressum\s?:\s?(?P<who>[A-ZÄÖÜ][^:,\n]{5,100}?)(?=Verantwortlich|Presse(?:stelle|sprecher)|Telefon|Tel\b|,|$)"
)
_POSTED_IN = re.compile(
    r"(?:posted|published|filed)\b.{0,50}?\b(?:in|under)\b:? (?P<where>.+)", re.I
)
_RELEASES_OF = re.compile(r"(?P<who>.{5,70}?) (?:press|news|media) releases?", re.I)
_TOWN_POST = re.compile(
    r"(?P<who>(?:City|County|Town|Village|Borough) (?:Manager|Administrator|Clerk|Council|Executive))"
    r"(?:[’']s)?(?: (?:Messages?|Blog|Reports?|Updates?|Newsletter|News))?",
    re.I,
)
_DESCRIBED = re.compile(r"(?P<who>[^,:|]{6,80}?)(?:\s*[:|]|,|\s[–—-])\s")
_HOLDER = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)(?:[\s,]|copyright|©|\(c\)|(?:19|20)\d\d|[-–])*(?:by |the )*"
    r"(?P<who>[A-ZÀ-Þ][^.|©\n\d]{3,80}?)(?=\s*(?:[.|\n\d,]|all rights|$))",
    re.I,
)

_PUBLISHERS = (
    "front:issuer",
    "front:organization",
    "front:organisation",
    "front:agency",
    "front:department",
    "front:ministry",
    "front:publisher",
    "front:office",
    "front:source",
    "front:channel",
    "item:issuer",
    "publisher",
    "organisation",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "og:site_name",
    "dc.creator",
    "dcterms.creator",
    "application-name",
    "copyright",
    "dc.rights",
    "owner",
    "front:author",
    "author",
)
_AUTHORS = frozenset({"front:author", "author"})
# Of these only the name of a public body is taken, since they name persons and rights as well.
_MIXED = frozenset({"copyright", "dc.rights", "owner", "front:author", "author"})  # fmt: skip


def find_issuer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """Who put the release out, as the page states it, or None.

    Its letterhead, then its metadata, then the name of its site in the window's title, then the
    senders and the address, then the body for which most of the page speaks (weighing), and last
    what is weak by itself; a letterhead's lines are joined as "Department, Office".
    """
    for find in (
        _item_issuer,
        _labelled_issuer,
        _first_line_site,
        _letterhead_issuer,
        _meta_issuer,
        _site_name,
        _logo,
        _banner_issuer,
        released_from,
        beside_day,
        signed_by,
        _sender,
        _imprint,
        _from_host,
        posted_by,
        _described,
        _filed_under,
        weighed_issuer,
        beside_title,
        _site_piece,
        _sender_network,
        _copyright_holder,
        _lead_issuer,
        title_speaker,
        lead_speaker,
        order_signer,
        speaking_body,
        _first_post,
        _banner_state,
    ):
        name = find(sheet, part, title)
        if name and not BARE_HOST.fullmatch(name):
            return tidy(_body_of_state(sheet, part, title, name) or spelt_out(sheet, name)).rstrip(
                " :;,"
            )
    return bare_host(sheet)


def _described(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The body whose name alone stands before the rest of what metadata say the page is about."""
    stated = sheet.first("front:description", "description", "og:description") or ""
    match = _DESCRIBED.match(stated)
    name = match["who"] if match and part.start == 0 else ""
    own = name and is_only_name(name) and is_body(name)
    return name if own and not alike(name, title or "") else None


def _imprint(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The body that a German page names first in the imprint at its foot."""
    for line in sheet.lines[part.body : part.stop]:
        match = _IMPRINT.match(line.text)
        if match and is_named(match["who"]):
            return match["who"].strip()
    return None


def _filed_under(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The body whose releases the page was posted among: "Posted on May 3, 2020 in Office of the
    Governor Press Releases"."""
    for line in sheet.lines[part.start : part.body]:
        match = _POSTED_IN.match(line.text)
        for piece in match["where"].split(", ") if match else ():
            of = _RELEASES_OF.fullmatch(piece)
            if of and is_body(of["who"]):
                return of["who"]
    return None


def _first_post(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The head of a town's staff whose page it is by its first line: "City Manager's Messages"."""
    first = next((line.text for line in sheet.lines if line.zone == "main"), "")
    match = _TOWN_POST.fullmatch(first) if part.start == 0 else None
    return match["who"] if match else None


def _body_of_state(sheet: Sheet, part: Part, title: str | None, name: str) -> str | None:
    """The body that the page speaks for where its site bears no name but the state's."""
    if "," in name or not _STATE.search(name):
        return None
    own = weighed_issuer(sheet, part, title)
    return own if own and is_body(own.partition(" (")[0]) else None


def _item_issuer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    name = sheet.first("item:issuer", "front:issuer", "organisation")
    return bare_name(name) if name else None


def _letterhead_issuer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    named: list[str] = []
    end = next(
        (i for i in range(part.start, part.body) if title and alike(sheet.lines[i].text, title)),
        part.body,
    )
    texts = [(i, sheet.lines[i].text) for i in range(part.start, part.body)]
    marks = [i for i, text in texts if labels.is_immediate(text) or labels.is_masthead(text)]
    stop = max([end, *(mark + 3 for mark in marks)]) if marks else end
    for index in range(_letterhead_start(sheet, part), min(stop, part.body)):
        line = sheet.lines[index]
        if named and (line.gap and len(named) >= 2 or len(named) >= 3):
            break
        if named and line.text.startswith(f"{named[-1]} "):
            continue  # the name again, with a menu behind it
        sure = index < max([end, *marks]) or is_only_name(line.text) and "," not in line.text
        if sure and line.linked is None and is_institution_line(sheet, index, title):
            named.append(bare_name(line.text))
        elif named and marks:
            break
    return ", ".join(dict.fromkeys(named)) if named and (marks or len(named) > 1) else None


def _letterhead_start(sheet: Sheet, part: Part) -> int:
    """The first line that may be of a letterhead: of a menu above the title none is."""
    anchor = anchor_of(sheet) if part.start == 0 else ()
    return anchor[0] - _REACH if anchor and anchor[0] > _LONGEST_HEAD else part.start


def _labelled_issuer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The name after a label in the header: "From:" over "HM Treasury", "Agency: Department of X"."""
    for index in range(part.start, min(part.body, len(sheet.lines) - 1)):
        if sender := sent_by(sheet, index):
            return sender
        match = _FROM_LABEL.match(sheet.lines[index].text)
        if match is None:
            continue
        below = sheet.lines[index + 1]
        name = match["who"] or match["body"] or (below.text if below.zone == "main" else "")
        if _SOURCE.match(sheet.lines[index].text) and (" / " in name or not is_named(name)):
            continue  # of a picture: "Agency / A. Name"
        if (
            2 < len(name) <= 90
            and name[0].isupper()
            and not labels.is_dated(name)
            and "@" not in name
        ):
            return bare_name(name)
    return None


def _lead_issuer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    if part.body >= part.stop:
        return None
    return self_named_body(sheet.text[sheet.lines[part.body].start : sheet.lines[part.end - 1].end])


def _meta_issuer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    for key in _PUBLISHERS:
        for value in sheet.values(key):
            value = _employer(sheet, value) if key in _AUTHORS else value
            name = bare_name(re.sub(r"^(?:©|\(c\)|copyright|[\d\s,–-])+", "", value, flags=re.I))
            if len(name) < 2 or title and alike(name, title) or BARE_HOST.fullmatch(name):
                continue
            if name.lower() in NOBODY or key in _MIXED and not is_named(name):
                continue
            return name
    return None


def _employer(sheet: Sheet, author: str) -> str:
    """Whom an author works for, where the name ends in letters that the page explains: "Jane Roe,
    director, RB" of the Road Bureau (RB)."""
    letters = author.rpartition(",")[2].strip()
    if not re.fullmatch("[A-Z]{2,8}", letters):
        return author
    full = full_name(sheet, letters)
    return f"{full} ({letters})" if full else author


def _logo(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The body that the site's logo names."""
    for value in sheet.values("logo"):
        name = bare_name(_OF_LOGO.sub("", " ".join(value.split()))).removeprefix("the ")
        if is_named(name) and len(name.split()) <= 12 and not (title and alike(name, title)):
            return name
    return None


def _copyright_holder(sheet: Sheet, part: Part, title: str | None) -> str | None:
    for line in reversed(sheet.lines[-60:]):
        match = _HOLDER.search(line.text) if len(line.text) <= 300 else None
        if match and is_named(match["who"]) and " " in match["who"].strip():
            return match["who"].strip()
    return None


def _site_name(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The body that the window's title, or the first line of a text, names beside the release: by
    its words, or since the page bears the name elsewhere too."""
    pieces = _site_pieces(sheet, part, title)
    named = [max(names, key=len) for some in pieces if (names := [p for p in some if is_named(p)])]
    borne = (piece for some in pieces for piece in some if _is_borne(sheet, piece))
    return named[0] if named else next(borne, None)


def _site_piece(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The outermost piece of the window's title beside the release's, which may be a section."""
    return next((some[0] for some in _site_pieces(sheet, part, title) if some), None)


def _site_pieces(sheet: Sheet, part: Part, title: str | None) -> list[list[str]]:
    """What each form of the window's title says beside the release's, from without to within."""
    names = sheet.values("title", "og:title", "front:title")
    if not sheet.markup and sheet.lines and part.start == 0:
        names = [*names, sheet.lines[0].text]
    found = []
    for name in map(tidy, names):
        pieces = [p for p in CUT.split(name) if is_only_name(p)]
        pieces = pieces if sheet.markup or CUT.search(name) else []
        pieces = (_beside(name, title) if title else []) or pieces
        bare = [b for piece in pieces if (b := bare_name(piece))]
        bare = [p for p in bare if not (_PLACE_ON_SITE.search(p) or BARE_HOST.fullmatch(p))]
        found.append([p for p in bare if not re.search(r"\b(?:no|nr)\b\.? ?\d", p, re.I)])
    return found


def _is_borne(sheet: Sheet, name: str) -> bool:
    """Whether a page bears a name outside of its window's title too: in its address, in a heading
    round its own matter, or as letters with the words for them."""
    words = re.findall(r"\w[\w'’-]*", name)
    if any(is_whole(words, part) for part in (sheet.host or "").lower().split(".")):
        return True
    frame = [line for line in sheet.lines if line.zone == "frame" and line.level]
    return any(flat(line.text) == flat(name) for line in frame) or spelt_out(sheet, name) != name


def _first_line_site(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The body that the window's title names beside the release's, where a text begins with it."""
    if sheet.markup or part.start or not title or not sheet.lines:
        return None
    pieces = [bare_name(piece) for piece in _beside(tidy(sheet.lines[0].text), title)]
    return next((p for p in pieces if is_only_name(p) and not _PLACE_ON_SITE.search(p)), None)


def _beside(name: str, title: str) -> list[str]:
    """The pieces of a window's title that are not the release's, from without to within: ["Dep. of
    X", "News"] of "T | News | Dep. of X"."""
    cuts = list(CUT.finditer(name))
    for cut in cuts:
        left, right = name[: cut.start()], name[cut.end() :]
        if alike(left, title):
            return [p for p in CUT.split(right) if p.strip()][::-1]
        if alike(right, title):
            return [p for p in CUT.split(left) if p.strip()]
    return []


def _banner_issuer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The body whose official site a banner or a footer says this is; a whole state is none."""
    return next((name for name in _site_owners(sheet) if not _STATE.search(name)), None)


def _banner_state(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The state whose official site this is, but not a whole country."""
    states = (name for name in _site_owners(sheet) if _STATE.match(name))
    return next((name for name in states if not re.search("united", name, re.I)), None)


def _site_owners(sheet: Sheet) -> Iterator[str]:
    for line in (*sheet.lines[:40], *sheet.lines[40:][-40:]):
        match = _SITE_OF.search(line.text) if len(line.text) < 300 else None
        if match:
            yield match["who"].strip()


def _from_host(sheet: Sheet, part: Part, title: str | None) -> str | None:
    return name_of_host(sheet, title)


def _sender(sheet: Sheet, part: Part, title: str | None) -> str | None:
    for value in sheet.values("from"):
        name = re.search(r"\(([^)@]{3,80})\)", value) or re.match(
            r"\"?([^\"<@(]{3,80})\"?\s*<", value
        )
        if name and is_named(name[1]):
            return name[1].strip()
    return None


def _sender_network(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """What a message's head calls the organization: of posts to newsgroups often a mere host."""
    return sheet.first("organization")

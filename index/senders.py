"""Lines of a page that say who sends, posts or signs the release, in its header and at its end."""

import re

from index import boilerplate, labels
from index.dates import find_dates, find_short
from index.institutions import (
    bare_name,
    has_verb,
    is_name_line,
    is_name_of,
    is_of_body,
    is_only_name,
    is_post,
    issued_by,
)
from index.layout import Part
from index.mentions import is_kind
from index.sheet import Sheet
from index.wording import CUT, alike, flat

_FROM = re.compile(
    r"\b(?:(?:press|news|media)\s+release\s+(?:from|by|of|issued\s+by)|press(?:meddelande\s+från|emeddelelse\s+fra)"
    r"|(?:presse|medien)mitteilung\s+(?:der|des|von)|comunicato\s+stampa\s+(?:del|della|dell[’'])"
    r"|communiqué(?:\s+de\s+presse)?\s+(?:du|de\s+la|des)|comunicado(?:\s+de\s+prensa)?\s+(?:del|de\s+la)"
    r"|nota\s+à\s+imprensa\s+(?:do|da))\s+(?:the\s+)?(?P<who>(?-i:[A-ZÀ-Þ])[^\n]{2,80}?)(?:\.?\s*$|\.\s)",
    re.M | re.I,
)
_POSTED_BY = re.compile(
    r"(?:^(?:author|auteur|autore)\s*:|\s(?P<by>by|von|par|por|door|di)\b)\s*(?P<who>(?-i:[A-ZÀ-Þ])[^\n|]{2,100})$",
    re.I,
)
_ACRONYM_FIRST = re.compile(r"[A-Z]{3,6}(?: [A-Z][a-z]+)?$")
# Lines at the top of a page in which it says who posted it, and at the end of a text who sent it.
_TOP, _CLOSING = 40, 6
# A heading above the name of who issued the release.
_ISSUER = re.compile(
    r"(?:herausgeber(?:in)?|issued by|publisher|emisor|émetteur|emittente|emitente):?", re.I
)
# A signature below a text of many hands: "The Bridge Team", "Il Team Ponti".
_TEAM = re.compile(
    r"(?:The|Your|Das|Ihr|Il|El|Le|O) (?:(?:[A-Z][\w-]+ ){1,4}[Tt]eam|[Tt]eam(?: [A-Z][\w-]+){1,4})"
)
# What somebody is, whose name stands beside it, in a body that is named elsewhere: "Chief of Police".
_POST = re.compile(
    r"(?:(?:Acting|Deputy|Interim|Assistant|Associate|Vice|Executive|Senior) )*(?:Chief|Director|Superintendent|Manager"
    r"|Head|Commander|Captain|Officer|President|Chair(?:man|woman|person)?|Coordinator|Administrator|Commissioner)"
    r"(?: General)? (?:of|for) (?:the )?(?P<of>.+)",
    re.I,
)
_POST_WORDS = re.compile(
    r"(?:(?:Acting|Deputy|Interim|Assistant|City|County|Police|Fire|Sheriff|Coroner|Chief|Mayor|Superintendent|Director"
    r"|Commissioner|Manager|Executive|Administrator)(?:[ /-]|$))+",
    re.I,
)
_FIELDS = re.compile(
    r"(?:staff|schools|communications?|operations|media|information|outreach|marketing)\b", re.I
)
# What was done to something, in a headline: "New Initiative Announced".
_DONE = re.compile(r"\b[A-Z][a-z]{3,}ed\b")
_IN_PLACE = re.compile(r", (?:[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)$")
# Authors that are nobody.
NOBODY = frozenset(
    "publisher none null webmaster admin administrator editor author user unknown".split()
)


def sent_by(sheet: Sheet, index: int) -> str | None:
    """Who sends the paper, by a line such as "Press Release: Harbour Police": the name of a body,
    or any name in a line beside the date."""
    who = labels.sender_of(sheet.lines[index].text)
    if who is None or is_only_name(who):
        return who
    beside = sheet.lines[max(0, index - 1) : index + 2]
    dated = index > 0 and any(labels.is_dated(line.text) for line in beside)
    bare = who.replace(" ", "").isalpha() and not has_verb(who) and not _DONE.search(who)
    return who if dated and bare else None


def posted_by(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The body that posted the page: "Posted on: 3 May 2019 1:05 PM by Road Bureau", "Author: City
    of Riverton - Media Relations". It posts for others where the header names a body."""
    if beside_title(sheet, part, title):
        return None
    for index in range(part.start, min(part.start + _TOP, part.stop)):
        text = sheet.lines[index].text
        match = _POSTED_BY.search(text) if len(text) <= 120 else None
        if match is None:
            continue
        if not (_is_posted(text[: match.start()]) if match["by"] else index < part.body):
            continue
        who = bare_name(CUT.split(match["who"].strip())[0])
        if NOBODY.isdisjoint(who.lower().split()) and _may_post(who):
            return who
    return None


def _is_posted(words: str) -> bool:
    """Whether words end in when a page was posted: "Posted on: 3 May 2019 1:05 PM"."""
    first = next(iter(find_dates(words, "dmy")), None)
    kind = labels.kind_before(words[: first.start]) if first else None
    return kind in {"published", "released"}


def _may_post(name: str) -> bool:
    return is_only_name(name) or _ACRONYM_FIRST.match(name) is not None


def released_from(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """Who is named after "Press release from", in the header or in a line that closes the text."""
    top = sheet.text[: sheet.lines[part.body].start if part.body < len(sheet.lines) else 2000][
        :3000
    ]
    if sheet.wrapped:  # a name may go on in the next line, up to its comma or stop
        top = re.sub(r"(?<=[a-z])\n\s*(?=[A-Z][a-z]+[.,])", " ", top)
    match = _FROM.search(top)
    if match:
        return match["who"]
    for line in sheet.lines[max(part.body, part.end - _CLOSING) : part.end]:
        if len(line.text) <= 100 and (match := _FROM.fullmatch(line.text.strip(" ().*_"))):
            return match["who"]
    return None


def signed_by(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The names of bodies round a date that closes the text, or after "Issued by:"."""
    for index in range(part.start, part.stop):
        who = issued_by(sheet.lines[index].text)
        if who and (index < part.body or index >= part.end - 8):
            return who
        if _ISSUER.fullmatch(sheet.lines[index].text) and index + 1 < part.stop:
            if is_only_name(name := sheet.lines[index + 1].text):
                return name
    for index in range(max(part.body + 1, part.end - 10), part.end):
        if not labels.is_dated(sheet.lines[index].text):
            continue
        near = [i for i in range(index - 4, index + 5) if part.body < i < part.end and i != index]
        names = [sheet.lines[i].text for i in near if is_institution_line(sheet, i, None)]
        names = names or [sheet.lines[i].text for i in near if is_post(sheet.lines[i].text)][:1]
        if names:
            return ", ".join(name.strip(" ,.") for name in names)
    last = sheet.lines[part.end - 1].text if part.body < part.end else ""
    return last if _TEAM.fullmatch(last) else None


def is_institution_line(sheet: Sheet, index: int, title: str | None) -> bool:
    """Whether a line of the page's own matter is the name of a body, and not part of the title."""
    line = sheet.lines[index]
    if line.zone != "main" or boilerplate.is_contact(line.text) or labels.is_dated(line.text):
        return False
    name = line.text.strip("*_# ")
    near = sheet.lines[max(0, index - 1) : index + 2]
    if _IN_PLACE.search(name) and any(boilerplate.is_contact(n.text) for n in near):
        return False  # where a contact works: "Harbour Research Center, ME"
    if is_of_body(name) or _is_mere_post(name) or _HEAD.match(name):
        return False
    return is_name_line(name) and not (title and flat(name) in flat(title))


# A person with the post that he holds in the body of the lines beside it.
_HEAD = re.compile(
    r"(?:Dr|Mr|Mrs|Ms|Prof)\.? [^,]{4,50}, (?:[A-Z]\w+ ){0,2}(?:Secretary|Director|Commissioner|Administrator|Chair)$"
)


def _is_mere_post(name: str) -> bool:
    """Whether a line names a post in a body that it does not name: "Chief of Police"."""
    match = _POST.fullmatch(name)
    if _POST_WORDS.fullmatch(name):
        return True
    return match is not None and (is_kind(match["of"]) or _FIELDS.match(match["of"]) is not None)


def day_and_sender(text: str) -> str | None:
    """The body in a line that has no more than it and a date: "19/02/2016 | Department of Law"."""
    pieces = [piece.strip() for piece in CUT.split(text)] if len(text) <= 140 else []
    if len(pieces) != 2:
        return None
    dated = [
        labels.is_dated(piece) or any(d.end == len(piece) for d in find_short(piece, "dmy"))
        for piece in pieces
    ]
    name = bare_name(pieces[dated.index(False)]) if sum(dated) == 1 else ""
    if " " not in name or is_kind(name) or has_verb(name):
        return None
    return name if is_only_name(name) or is_name_of(name) else None


def beside_day(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The body that stands beside the date in a line of the header."""
    lines = sheet.lines[part.start : part.body]
    found = (day_and_sender(line.text) for line in lines if line.zone == "main")
    return next((name for name in found if name and not (title and alike(name, title))), None)


def beside_title(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The name of a body in a line of its own in the header."""
    for index in range(part.start, part.body):
        text = sheet.lines[index].text.strip("*_# ")
        if is_only_name(text) and not is_kind(text) and is_institution_line(sheet, index, title):
            return text
    return None

"""Who speaks in a release that no letterhead, site or sender is named in.

That is the person in office of its title or its first sentence, or who signs an order.
"""

import re

from index.institutions import is_named
from index.layout import Part
from index.mentions import UPPER, is_kind, mentions
from index.sheet import Sheet

_STATEMENT = (
    r"(?:statements?|remarks|message|comments?|letter|proclamation|address|erklärung|déclaration"
    r"|declaraci[óo]n|declara[çc][ãa]o|dichiarazione|mensaje|mensagem"
    r"|communiqué|comunicado|comunicato|\w*mitteilung)"
)
# "Official Statement from Sheriff Roe".
_IN_TITLE = re.compile(
    rf"(?:[\w-]+ ){{0,3}}{_STATEMENT} (?:from|by|of|von|der|des|de|del|du|do|da|di|della) (?:the |la |el |l[’'])?",
    re.I,
)
# "Opening remarks by Ms Jane Roe, Minister for Bridges, at the opening of the bridge".
_SPEECH = re.compile(
    rf"(?:[\w-]+ ){{0,3}}(?:{_STATEMENT}|speech|keynote|discours|discurso|rede|intervento|intervenci[óo]n|transcript)"
    r" (?:by|from|of|von|der|des|de|del|du|do|da|di) (?:the |la |el |l[’'])?"
    rf"(?=[{UPPER}])(?P<who>(?-i:(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Hon|M|Mme|Sr|Sra)\. ?)?[^(–—|:;.!?\n]{{5,140}}?))"
    r"(?=,? (?:at|during|delivered|before|bei|beim|zur|zum|anlässlich|lors|à l|en el|en la|durante|na|no)\b"
    r"|,? on (?:the occasion|\w+day|\d)|\s?[(–—|:]|$)",
    re.I,
)
_HAS_POST = re.compile(
    r", .*\b(?:minist\w+|secretar\w+|president\w*|governor|commissioner|director|chair\w*|chief|mayor|attorney|premier"
    r"|chancellor|ambassador|administrator|senator|präsident\w*|\w*minister(?:in)?|alcald\w+|maire|préfet)\b",
    re.I,
)
# Headings of speeches are no longer than so many characters.
_LONGEST = 250
# "LIMA – Jane Roe, speaker of the house, today released the following statement".
_LEAD = re.compile(
    r"(?:[^.!?\n]{2,40}?\s?[–—-]\s)?(?:Today,? )?"
    r"(?P<who>[^.,(“\"]{4,90}?(?:\.[^.,(“\"]{2,60}?)?(?:, [^.,(“\"]{3,60}?)?)"
    r"(?:\s?\([^()]{1,20}\))?,? (?:(?:today|yesterday|has|have|on \w+day) ){0,2}"
    r"(?:released|issued|made|gave|delivered|offered) (?:the following|a|this)"
    rf"(?: \w+)? {_STATEMENT}\b",
    re.I,
)
# Posts that names of bodies are not made of.
_MINISTER = re.compile(r"\b(?:minister|premier|chancellor)\b", re.I)
# Who speaks for others.
_FOR_OTHERS = re.compile(r"\b(?:press|media|spokes\w+|communications?)\b", re.I)
# What a body that speaks in a release does there, in the words that follow its name.
_ANNOUNCES = re.compile(
    r"(?:\s?\([^()]{1,40}\))?,? (?:today |has |have |hereby |wishes to |would like to |is pleased to |se )?"
    r"(?:announc\w+|remind\w*|encourag\w+|urg\w+|inform\w*|notif\w+|advis\w+|thanks?|appreciates?|regrets?|comunica\w*|anunci\w+|agrade\w+|avisa"
    r"|teilt|informiert|gibt|bittet|dankt|annonce|communique|remercie|invite|rende noto|comunica|ringrazia|meldt)\b"
)
# So many lines at the start of the text, and at its end, tell who speaks.
_FIRST_LINES, _LAST_LINES = 3, 2
_HEREBY = re.compile(r"\bI (?:do )?hereby\b|\bI, [A-Z][^,]{3,60},.{0,200}\bdo\b", re.S)
_NAME = re.compile(
    rf"[{UPPER}][\w’'-]+(?: [{UPPER}][\w’'-]*\.?){{0,3}} [{UPPER}][\w’'-]+(?:,? (?:Jr|Sr)\.)?"
)
# Whose order it is by its title: "Governor's Flag Order".
_OFFICE = re.compile(rf"(?P<office>[{UPPER}]\w+)[’']s\b")


def title_speaker(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The person in office whose statement the title, or a heading at the top, says it is."""
    match = _IN_TITLE.match(title) if title else None
    if title is not None and match is not None:
        rest = title[match.end() :]
        who = next((m.name for m in mentions(rest) if m.kind == "person" and m.start == 0), None)
        if who:
            return who
    top = sheet.lines[part.start : min(part.body + 1, part.stop)]
    texts = [title or "", *(line.text.strip("*_# ") for line in top)]
    found = (_SPEECH.match(text) for text in texts if len(text) <= _LONGEST)
    return next((m["who"] for m in found if m and _HAS_POST.search(m["who"])), None)


def lead_speaker(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """Who released "the following statement", by the first sentence."""
    text = sheet.lines[part.body].text if part.body < part.stop else ""
    match = _LEAD.match(text)
    who = match["who"].strip() if match else ""
    if (
        not (is_named(who) or _MINISTER.search(who))
        or _FOR_OTHERS.search(who)
        or not who[0].isupper()
    ):
        return None
    # texts that lost their marks run the place and the party into the name
    return next((m.name for m in mentions(who) if m.kind == "person"), who)


def order_signer(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """Who signs an order that is written in the first person, with the office that its title names."""
    if part.end - part.body < 2:
        return None
    name = sheet.lines[part.end - 1].text
    words = sheet.text[sheet.lines[part.body].start : sheet.lines[part.end - 2].end]
    if not _NAME.fullmatch(name) or not _HEREBY.search(words):
        return None
    office = _OFFICE.match(title or "")
    return f"{office['office']} {name}" if office and is_named(office["office"]) else name


def speaking_body(sheet: Sheet, part: Part, title: str | None) -> str | None:
    """The body that the title begins with or says to have stated something, or that announces or
    thanks in the first or last sentences: one that speaks of itself by its name."""
    if title:
        stated = _IN_TITLE.match(title)
        start = stated.end() if stated else 0
        named = next((m for m in mentions(title[start:]) if m.kind == "body"), None)
        if named and named.start <= len("the ") and not is_kind(named.name):
            return named.name
    own = range(part.body, part.end)
    for index in dict.fromkeys([*own[:_FIRST_LINES], *own[-_LAST_LINES:]]):
        text = sheet.lines[index].text
        for mention in mentions(text):
            if mention.kind == "body" and _ANNOUNCES.match(text, mention.end):
                return mention.name
    return None

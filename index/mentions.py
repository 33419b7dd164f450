"""Bodies and persons in office that a text names: under which names, and where each stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.foreign import LOW_WORDS, ONE_WORD, OTHER_SCRIPTS, owner_of
from index.institutions import ends_named, is_name_line, is_named, is_of_body, is_only_name

Kind = Literal["body", "acronym", "person"]

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢİĪĮĶĻŁĽŃŅŇŐŒŘŚŠŞŢŤŪŮŰŲŹŻŽ"
_WORD = rf"(?:U\.? ?S\.?(?: ?A\.)?|St\.|[{UPPER}]\.(?:[{UPPER}]\.)*|[{UPPER}][\w&-]*(?:[’'](?!s\b)\w+)?)"
# What stands between the words of a name; "in" and "on" only where names have them.
_OF = r"(?:of|for|de|di|del|della|delle|dei|degli|do|da|dos|das|du|des|der|den|für|van|voor|för|af|av)"
_THE = r"(?:the |la |las |los |les |le |el |die |der |das |den |l[’'])"
_JOIN = (
    rf"(?: {_OF} {_THE}?| (?:and|&|y|e|et|und|en|och|og)(?: {_OF})? (?:the )?{_THE}?| d[’']| dell[’']"
    r"|(?:(?<=Ministry)|(?<=Department)) of (?=[a-z]{4,} (?:and|&) [A-Z])[a-z]+ (?:and|&) "
    r"| dall[’']| de l[’']| et de l[’']| in der | [Ff]or (?:the )?"
    r"|(?:(?<=Committee)|(?<=Commission)|(?<=Council)|(?<=Conference)|(?<=Office)|(?<=Board)) on (?:the )?"
    r"| )"
)
# At the end an enumeration within a name: "Department for Environment, Food & Rural Affairs".
_NAME = re.compile(
    rf"{_WORD}(?:{_JOIN}{_WORD}){{0,12}}(?:(?<=\w), {_WORD}(?:, {_WORD})*,? (?:and|&|y|e|et|und)"
    rf" {_WORD}(?: {_WORD})*)?"
)
# In the languages of Europe's south names go on in lower case, and their first word often has none:
# "Ministère des Affaires étrangères, de la Coopération et du Tourisme".
_LOW_KIND = (
    r"(?i:minist[èe]re|ministerie|ministerio|minist[ée]rio|ministero|pr[ée]fecture|mairie|parquet|gouvernement"
    r"|secretar[íi]a|ayuntamiento|prefeitura|c[âa]mara|comune|regione|provincia|consejo|conselho"
    r"|consiglio|conseil|agence|agencia|ag[êe]ncia|agenzia|banque|banco|banca|direcci[óo]n"
    r"|universidad|universit[éà]|direction|ville|citt[àa]|commune|gobierno|governo|polic[íi]a|guardia"
    r"|instituto?)"
)
_LOW_WORD = (
    rf"(?!{_LOW_KIND}\b){_WORD}(?: [a-zà-ÿ]{{2,}}(?:[èé]res|aires?|iques?|iales|[ií]c[oa]s|eures?|ives"
    r"|elles|ifs|ées|oires|anas|ores)\b)?"
)
_LOW_NAME = re.compile(
    rf"\b{_LOW_KIND}"
    r"(?: [a-zà-ÿ]+(?:al|ale|ais|eau|i[eè]re?|ique|[ií]co|[ií]ca|ano|ana|or|eur))?"
    rf" (?:{_OF} {_THE}?|d[’'] ?|de l[’'])"
    rf"{_LOW_WORD}(?:(?:{_JOIN}|, (?:{_OF} {_THE}?|d[’'] ?|de l[’']))(?:de l[’'])?{_LOW_WORD}){{0,8}}"
    rf"|\b(?:gemeente|kommunen) {_WORD}"
    r"|\b(?:[Cc]onseil (?:régional|départemental|municipal)|[Pp]réfecture maritime)\b"
)
# One of these is in every name of those languages that has words in lower case.
_LINKING = (
    " de ", " du ", " des ", " d'", " d’", " del ", " de la", " di ", " da ", " do ", " dos ", " das ", " dell",
    " dei ", " van ", "onseil ", "éfecture", "emeente ", "ommunen ",
)  # fmt: skip
# Words that begin a sentence before a name.
_BEFORE = frozenset(
    "today yesterday the a an this that on in at by from for to with when while as after before under if according "
    "statement january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday new former press news media release contact about "
    "photo image source heute gestern der die das im am hoy ayer el la los las le les il lo o os aujourd’hui hoje "
    "dear and or but however both said says republican democratic democrat freshman acting contacts date "
    "subject title het de re immediate pursuant late readout remarks follow visit join joining like thank".split()
)
_BEFORE_PERSON = _BEFORE | {"of"}  # "Statement Of Senator Roe"
# A company or a meeting is what a release is about, hardly ever who issues it.
_COMPANY = re.compile(
    r"\b(?:Inc|LLC|L\.L\.C|LLP|Ltd|Limited|Corp|Corporation|Company|GmbH|PLC|plc|S\.?A|AG|N\.?V|Holdings?|Partners|Meeting|MEETING)\b"
)
# Words that name a kind of body, and no single one.
_TOO_BROAD = re.compile(
    r"(?:the )?(?:federal|state|local|national|u\.? ?s\.?|united states|british|american)? ?"
    r"(?:government|congress|senate|house|law|police|federal|states?|service|district|centers?|centres?"
    r"|administration|foundation|board|office|department|agency|commission|committee|council|court"
    r"|unit|bureau|ministry|institute|university|college|association|authority|governor|senator|mayor"
    r"|secretary|director|fund|bank|trust|network|society|navy|army|air force|library|hospital"
    r"|executive|cabinet|division|command|corps|guard|mission|assembly|inspector|auditor|clerk|academy"
    r"|port|sheriff|attorney(?: general)?|state[’']s attorney|regierung|stadt|polizei"
    r"|(?:district|state|county|city|u\.?s\.?|united states|deputy|assistant) attorney)s?"
    r"|(?:(?:media|press|news|head|main|communications?|public|affairs|information|visitors?|relations|center"
    r"|centre|office|unit|service|division|department|of) ?)+",
    re.I,
)
_ROLES = (
    r"(?:Senators?|Sens?\.|Representatives?|Reps?\.|Congress(?:man|woman|member)|Delegate|MP|MEP"
    r"|Assembly ?(?:man|woman|member)|Council ?(?:man|woman|member|or)|Alderman|Speaker"
    r"|(?:Majority|Minority) Leaders?|Ranking Member|Chairman|Chairwoman|Governor|Gov\."
    r"|Lieutenant Governor|Lt\. Gov(?:ernor|\.)|Premier|First Minister|Prime Minister|Mayor"
    r"|Attorney[ -]General|AG|District Attorney|DA|State[’']?s? Attorney|County Attorney|City Attorney"
    r"|Prosecutor|Sheriff|Comptroller|State Auditor|Auditor General|State Treasurer"
    r"|Secretary of State|County Executive|Borough President|Public Advocate|Commissioner|Supervisor"
    r"|Secretary(?! General)|Minister)"
)
# What begins a letterhead of someone in office: "Minister for Health".
_OFFICE_LINE = re.compile(
    r"(?:(?:Acting|Deputy|Assistant|Federal|State) )*(?:Minister|Secretary|Attorney[- ]General|Treasurer|Premier"
    r"|Governor|Mayor|President|Commissioner|Comptroller|Auditor)(?: General)? (?:of|for) (?:the )?[A-Z][^.;:]{2,70}",
    re.I,
)
_GIVEN = rf"(?:[{UPPER}][\w’'-]+|[{UPPER}]\.|“[^”]{{2,15}}”|\"[^\"]{{2,15}}\")"
_PERSON = re.compile(
    rf"\b(?P<place>(?:(?:[{UPPER}][\w-]+|(?:[{UPPER}]\.)+|(?:St|Ste|Mt|Ft)\.) ){{0,3}})(?P<role>{_ROLES})[ \t]{{1,4}}"
    rf"(?P<name>{_GIVEN}(?: (?:{_GIVEN}|de|la|van|von|der)){{0,3}}(?: (?:Jr|Sr|I{{2,3}})\b\.?)?)"
)
_ACRONYM = re.compile(r"(?<![\w.@/-])(?:\d\d[A-Z]|[A-Z][A-Z0-9&]{1,7})(?![\w@/]|\.\w|-\d)")
# Capitals that name no body.
_NO_BODY = frozenset(
    "US USA UK EU UN UNITED STATES COVID HIV AIDS DNA PDF FAQ HTML URL TV AM PM EST EDT CST "
    "CDT MST MDT PST PDT GMT UTC BST CET DC MD PHD MBA CEO CFO CIO COO ID IT PC DVD GPS LGBT "
    "PTSD FY GDP WHO WHAT WHEN WHERE WHY HOW FOR IMMEDIATE RELEASE NEWS MEDIA PRESS CONTACT "
    "NOTE TO THE OF AND IN ON AT BY HWY SUV RSVP VIP HR II III IV VI VII VIII IX XI XII TBD "
    "TBA OK NA AI VAT SME SMES ATM DUI DWI NY NJ CA TX FL PA OH VA WA MN WI IL GA MI NC SC TN "
    "AZ CO MA CT NH RI VT ME KY AL MS LA AR KS NE SD ND MT WY NV UT NM AK HI OR MO IA WV DE "
    "SWAT NATIONAL RSS GOP PR".split()
)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_MARKS = re.compile(r"[*_`]{1,3}|\\(?=\W)")


# Words of headlines that names do not have.
_PARTICIPLE = re.compile(
    r"\b(?!United|Unified|Limited|Federated|Associated|Allied|Advanced|Applied)[A-Z]\w+ed\b"
)
# What begins the rest of a headline in capitals after the name of a person.
_AFTER_NAME = re.compile(
    r" (?=(?:On|To|For|At|In|As|With|Will|Is|Has|From|And|Comments?|Demands?|Calls?|Says?|Votes?"
    r"|Praises?|Statements?|Remarks|Joins?|Secures?|Hono(?:u)?rs?|Visits?|Hosts?|Meets?|Receives?|Opposes?"
    r"|Supports?|Expresses|Declares?|Denounces?|Responds?|Reacts?|Named|Elected|Tours?|Speaks?|Asks?|Takes?|Makes?|Gives?|Vows?|Pledges?)\b)"
)
# What begins the rest of a headline after the name of a body.
_FOLLOWS = re.compile(
    r" (?=(?:Announces?|Issues|Urges?|Releases|Launch(?:es)?|Seeks|Charges|Charged|Pleads|Sentenced|Welcomes?"
    r"|Awards|Hosts|Opens|Signs|Says|Calls|Honors|Wins|Gets|Files|Obtains|Sues|Sets|Begins|Expands|Agrees"
    r"|Approves|Sends|Hails?|Warns?|Meets|Joins|Applauds?|Introduces?|Publishes|Reports|Regarding|Statement"
    r"|(?:Press|News|Media|PRESS|NEWS|MEDIA) (?:Release|Statement|Advisory|Office|Contact|Conference|RELEASE"
    r"|STATEMENT|ADVISORY)S?)\b)"
)
# Who heads a body stands before its name: "Deputy Governor of the Bank of X".
_HEAD_OF = re.compile(
    r"(?:[A-Z][\w-]+ ){0,3}(?:Director|Governor|President|Secretary|Minister|Chair\w*|Administrator"
    r"|Commissioner|Head|Chief|Officer|Manager|Spokes\w+|Member|Dean|Professor|Chancellor|Operative|Agent|Official|Detective|Scientist|Researcher)s?"
    r"(?: General)? (?:of|for|at) (?:the )?|(?:Board|Council) of (?:Directors|Trustees) of (?:the )?"
)
# The holder of an office before the body that it is of: "Jane Roe Director of Roads Ministry of Law".
_HOLDER = re.compile(
    r".*\b(?:Director|Secretary|Officer|Commissioner|Chief|Head|Manager|Spokes\w+)(?: General)?"
    r"(?: (?:of|for) (?:[A-Z][\w&-]+ ?){1,3}?)? (?=(?:Ministry|Department|Office|Bureau|Directorate"
    r"|Commission|Authority|Agency|Embassy|Board) (?:of|for) )"
)
# In German the noun after a town's name is another word's: "Polizei Sarn Zeugen".
_IN_TOWN = re.compile(
    rf"(?:\w*[Pp]olizei|Stadt|Gemeinde|Kanton|Landkreis|Staatsanwaltschaft|Feuerwehr)"
    rf" (?:(?:Bad|Sankt|St\.|Neu|Alt) )?[{UPPER}][\w-]+(?= [{UPPER}])"
)
_LINK_WORD = re.compile(rf" (?:{_OF}\b|d[’']|dell[’'])")
_AND = re.compile(r" (?:and|&|und|et|y|e) (?:the )?")
_SOMEONE = re.compile(r"(?:[A-Z][\w.’'-]+ ){2,3}of the ")
# Offices that stay when their holders change.
_POSTS = re.compile(
    r"\b(?:Attorney[ -]General|District Attorney|State[’']?s? Attorney|County Attorney|City Attorney"
    r"|Prosecutor|Sheriff|Comptroller|State Auditor|Auditor General|State Treasurer"
    r"|Secretary of State|County Executive|Public Advocate)\b"
)
# Several in office are named in one breath: "Senators Jane Roe and Al Poe".
_PLURAL = re.compile(r"\b(Senator|Representative|Governor|Mayor|Minister|Commissioner)s(?= [A-Z])")
# First words that English puts before anything.
_WEAK = re.compile(
    r"Federal|State|Government|House|District|Police|Service|Cent(?:er|re)|Unit|Treasury|Senate|Congress"
    r"|Court|Board|Council|Army|Navy|Bank|Trust|Fund|Port|Mission|Network|Executive|Secretary|Attorney"
    r"|Senator|Governor|Mayor|Foundation|Society|Library|Hospital|Command|Corps|Guard|Committee"
    r"|Commission|Agency|Department|Ministry|Bureau|Office|Authority|University|Association|Division"
)
# Names that begin or end so are persons: "Secretary of the Interior Jane Roe", "Transport Secretary".
_HEADS = re.compile(
    r"(?:Deputy|Assistant|Under|Acting|Vice|Associate|Former|Senior|Prime)\b"
    r"|(?:Foreign )?(?:Secretar(?:y|ies)|Ministers?|Directors?|Administrators?|Commissioners?|President|Chief"
    r"|Judges?|Justice|Chair\w*|Attorneys?(?!-)|Governors?|Senators?|Inspectors?|Members?|Officers?"
    r"|Executive (?:Order|Secretary|Director))\b(?! (?:Commission|Department|Service|Office))"
    r"|(?!.* (?:of|for|on) ).*\b(?:Secretary|Minister|Director|Officer|President|Chair(?:man|woman|person)?"
    r"|Commissioner|Administrator|Manager|Chief|Spokes\w+|Member|Judge|Counsel)s?$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in a text: `text[start:end]`, `name` without what only leads to it."""

    name: str
    start: int
    end: int
    kind: Kind


def unmarked(text: str) -> str:
    """A text without the marks of Markdown, links by their words."""
    return _MARKS.sub("", _LINK.sub(r"\1", text)).replace("\xa0", " ")


def mentions(text: str) -> Iterator[Mention]:
    """Every body, person in office and acronym that the text names, persons before bodies."""
    taken: list[tuple[int, int]] = []
    for match in _PERSON.finditer(text):
        mention = _person(match)
        if mention:
            taken.append((mention.start, mention.end))
            yield mention
    low = (_LOW_NAME, LOW_WORDS) if any(word in text for word in _LINKING) else ()
    long = [m for m in _LOW_NAME.finditer(text) if m[0][0].isupper()] if low else []
    for pattern in (_NAME, *low, OTHER_SCRIPTS):
        for match in pattern.finditer(text):
            for mention in _bodies(text, match, pattern is _NAME):
                if pattern is not _NAME or not _is_within(mention, long):
                    yield mention
    yield from _acronyms(text)


def _is_within(mention: Mention, names: list[re.Match[str]]) -> bool:
    """Whether a mention is part of one of the names."""
    return any(m.start() <= mention.start and mention.end <= m.end() for m in names)


def _person(match: re.Match[str]) -> Mention | None:
    place = match["place"].split()
    while place and place[0].lower() in _BEFORE_PERSON:
        place = place[1:]
    words = " ".join([*place, match["role"], match["name"]])
    name = _AFTER_NAME.split(_FOLLOWS.split(re.sub(r"[’']s?$|[’']s\b.*", "", words))[0])[0]
    if (
        len(name) <= len(match["role"])
        or is_named(match["name"])
        or match["name"].split()[0].lower() in {"of", "and", "general"}
    ):
        return None
    end = match.end() - (len(words) - len(name))
    return Mention(name, end - len(name), end, "person")


def _bodies(text: str, match: re.Match[str], capital: bool) -> Iterator[Mention]:
    """The names of bodies in a run of capitalised words."""
    words = match.group()
    if not capital:
        yield Mention(words.strip(), match.start(), match.end(), "body")
        return
    if not is_named(words) or _COMPANY.search(text[match.start() : match.end() + 8]):
        return
    for piece, start in _split(words):
        name, offset = _without_lead(piece)
        again = name.rfind(" The ") + 5  # "WASHINGTON The Ministry"
        if again > 4:
            name, offset = name[again:], offset + again
        head = _HOLDER.match(name) or _HEAD_OF.match(name) or _someone_of(name)
        if head and is_body(name[head.end() :]):
            name, offset = name[head.end() :], offset + head.end()
        name = _cut(name)
        if not is_body(name) and is_body(owner := owner_of(name)):
            name, offset = owner, offset + len(name) - len(owner)
        if is_body(name):
            at = match.start() + start + offset
            yield Mention(name, at, at + len(name), "body")


def _someone_of(name: str) -> re.Match[str] | None:
    """The person in "Jane Roe of the Ministry of Law"."""
    match = _SOMEONE.match(name)
    return match if match and not is_named(match.group()) else None


def _cut(name: str) -> str:
    """A name without what follows it in a headline: "Ministry of Law" of "Ministry of Law Announces",
    "Police Department" of "Police Department and the Riverton"."""
    name = _FOLLOWS.split(name)[0]
    if german := _IN_TOWN.match(name):
        return german.group()
    left, joint, right = name.partition(" and the ")
    return left if joint and not is_named(right) and is_named(left.split()[-1]) else name


def _split(words: str) -> Iterator[tuple[str, int]]:
    """A run of capitalised words, and its halves where two bodies are named in one breath."""
    if ", " in words and not re.search(rf" {_OF} ", words.split(", ")[0]):
        at = 0
        for piece in words.split(", "):  # "Jane Roe, Director, Ministry of Law"
            yield piece, at
            at += len(piece) + 2
        return
    joint = _AND.search(words)
    left, right = (words[: joint.start()], words[joint.end() :]) if joint else ("", "")
    if joint and all(is_named(half) and " " in half for half in (left, right)):
        yield left, 0
        yield right, joint.end()
    else:
        yield words, 0


def _without_lead(words: str) -> tuple[str, int]:
    """The words after those that only begin a sentence, and where they start."""
    offset = 0
    while True:
        first, _, rest = words[offset:].partition(" ")
        if not rest or first.lower().rstrip(".,") not in _BEFORE:
            return words[offset:], offset
        offset += len(first) + 1


def is_body(name: str) -> bool:
    """Whether capitalised words name one body: not "the Department", not "Digital Government Plan".

    What kind of body it is stands last, or before "of" and the like, or, in other languages than
    English, first.
    """
    if not is_named(name) or len(name) < 5 or name[1] == " " or is_kind(name):
        return False
    if _HEADS.match(name) and not is_office(name) or is_of_body(name):
        return False
    words = name.split()
    if len(words) == 1:
        return ONE_WORD.fullmatch(name) is not None
    head = _LINK_WORD.split(name)[0].split()[-1]
    if (
        is_named(f"{head} of")
        or is_named(f"{head} de")
        or ends_named(name)
        or name.endswith(role_of(name) or " ")
    ):
        return True
    return is_named(words[0]) and (len(words) == 2 or not _WEAK.fullmatch(words[0]))


def _acronyms(text: str) -> Iterator[Mention]:
    for line in re.finditer(r"[^\n]+", text):
        if _mostly_capitals(line.group()):
            continue  # every word looks like one there
        for match in _ACRONYM.finditer(line.group()):
            word = match.group()
            if word not in _NO_BODY and not re.fullmatch(r"\d*[A-Z]+\d+", word):
                start = line.start() + match.start()
                yield Mention(word, start, start + len(word), "acronym")


def _mostly_capitals(text: str) -> bool:
    """Whether a line of some length is set in capitals."""
    upper = sum(map(str.isupper, text[:400]))
    return upper > 7 and upper > 1.5 * sum(map(str.islower, text[:400]))


def is_institution(line: str) -> bool:
    """Whether a line is the name of a body and no headline."""
    name = line.strip(" ,.")
    if "," in name and not _AND.search(name):
        return False
    if OTHER_SCRIPTS.fullmatch(name):
        return True
    if not is_name_line(name) or not is_only_name(name) or not is_body(name):
        return False
    return _PARTICIPLE.search(name) is None


def is_office_line(line: str) -> bool:
    """Whether a line names an office by its holder's post: "Minister for Health"."""
    return _OFFICE_LINE.fullmatch(line) is not None and is_only_capitals(line)


def is_only_capitals(line: str) -> bool:
    """Whether all words of a line but the small ones begin with a capital."""
    return all(word[0].isupper() or len(word) <= 3 for word in line.split())


def heads_body(person: str) -> bool:
    """Whether someone's post is to head a body, which issues what its head announces."""
    return re.search(r"\b(?:Secretary|Minister|Commissioner) (?!of State)[A-Z]", person) is not None


def is_kind(name: str) -> bool:
    """Whether words name a kind of body and no single one: "Media Center"."""
    return _TOO_BROAD.fullmatch(name) is not None


def is_office(name: str) -> bool:
    """Whether a name is that of someone's office: "Governor's Office", "Office of the Mayor"."""
    return re.search(r"\boffice\b", name, re.I) is not None


def post(person: str) -> str:
    """What a release of an office is issued by: "Kent County Sheriff" of "Kent County Sheriff Jane
    Roe"; of those who speak for themselves, or whose place is not given, with the name."""
    person = _PLURAL.sub(r"\1", person)
    match = _POSTS.search(person)
    return person[: match.end()] if match and match.start() else person


def role_of(person: str) -> str:
    """`role_of("Governor Jane Roe") == "Governor"`."""
    match = re.search(_ROLES, person)
    return match.group() if match else ""

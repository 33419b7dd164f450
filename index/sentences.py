"""What the words round a name say of its bearer: that it acts, speaks, is spoken for or described."""

import re
from collections.abc import Iterator
from itertools import islice

from index.foreign import CLAUSE, is_subject
from index.mentions import Mention

# How far into a paragraph its first sentence is looked for, in characters.
_FIRST_SENTENCE = 500
# The place and the day that open a release, up to the dash.
_DATELINE = re.compile(r"[^!?\"“]{2,70}?(?:–|—|―|--| - )")
_DATELINE_END = re.compile(r"(?:[–—―…:|)•]|\s-{1,2}|--|\.-|\.{3})\s*")
_LOWER = re.compile(r"\b[^\W\d_A-ZÀ-Þ]{3,}")
# What may stand between the start of a sentence and its subject.
_OPENS = re.compile(
    r"(?:^|[.!?:;)\]–—…-]['\"”’»]*\s+|^\W*)"
    r"(?:(?:today|yesterday|heute|hoy|aujourd[’']hui|hoje|oggi|\w+day),?\s+)?"
    r"(?:the|der|die|das|el|la|los|las|le|les|l[’']|o|a|os|as|il|lo|i|gli|het|de|u\.s\.)?\s*$",
    re.I,
)
_SAYS = re.compile(
    r"(?:\s\([^)]{2,40}\))?,?\s(?:\w+ly\s)?(?:(?:today|has|have|had|hat|ha|han|a|also)\s)?(?:\w+ly\s)?"
    r"(?:said|says|announc\w+|report(?:s|ed)|releas\w+|issu\w+|publish\w+|launch\w+|unveil\w+"
    r"|confirm\w+|warn\w+|urg\w+|declar\w+|stat\w+|(?:mit)?teilt\w*|meldet\w*|berichtet\w*|erklärt\w*|gibt|veröffentlicht\w*"
    r"|informa\w*|anunci\w+|inform[óo]u?|publi\w+|annonc\w+|comunica\w*|rende noto)\b",
    re.I,
)
# What a body does in a sentence.
_VERBS = (
    r"today|yesterday|this (?:week|morning|month)|is|are|was|were|has|have|had|will|would|can|may|must|does"
    r"|held|said|says|met|made|took|began|won|sent|gave|led|set|got|seeks|plans|hosts|[a-z]\w+(?:ed|es|zes|nts|ms|ns|ts|ds)"
    r"|hat|haben|hatte|wird|werden|ist|sind|teilt|lädt|begrüßt|fördert|stellt|warnt|startet|veröffentlicht"
    r"|gibt|erklärt|[a-zäöü]\w+te|ha|han|había|es|son|hoy|[a-záéíóú]\w+(?:ó|aron|ieron|ará)|informa|anuncia"
    r"|presenta|lanza|obtiene|invita|a|ont|est|sont|annonce|publie|lance|invite|aujourd[’']hui|hoje|é"
    r"|[a-zãç]\w+ou|[a-z]\w+eu|è|sono|partecipa|comunica|rende|lancia|avvia|har|är|ska|heeft|gaat"
)
# Verbs of the Romance languages end in a vowel; that one is a verb shows in the article after it.
_ROMANCE = (
    r"[a-zà-ÿ]{3,}(?:[aeo](?:-se)?|ient) (?:que|su|sus|el|los|las|al|un|una|seu|sua|o|os|um|uma|ao|il|lo|gli|i|le|les"
    r"|une|son|sa|ses|che|à)"
)
# In whose name someone acts, which stands before the verb.
_FOR_OTHERS = r"(?:,? (?:on behalf of|im Namen|en nombre|au nom|in nome|em nome)\b[^.;]{2,90}?)?"
# Any verb, after those who act together with the one named and what is said of it in passing.
_ACTS = re.compile(
    r"(?:(?:,? (?:and|,) |, )(?:[A-Z][\w.’'-]+ ?){2,4}(?:\([^)]{2,40}\))?){0,4}"
    rf"(?:[은는이가]\s|[(（]장관|[はが、]|(?:\s\([^)]{{2,40}}\))?(?:,\s[^,]{{3,90}},)?{_FOR_OTHERS}\s(?:\w+ly\s)?"
    rf"(?:{_VERBS}|{_ROMANCE})\b)"
)
_TODAY = re.compile(
    r"(?:\s\([^)]{2,40}\))?(?:,[^,.]{2,80},)?(?:\s\w+){0,2}?\s"
    r"(?:today|heute|hoy|aujourd[’']hui|hoje|oggi|vandaag|i ?dag)\b"
)
_SHORT_SUBJECT = re.compile(r"(?:[^.\n]{2,60}[–—]\s*)?The (?P<noun>[A-Z]\w+)(?=\s)")
# Other scripts have no capitals and often no fixed place for the subject.
_LATIN = re.compile(r"[A-Za-zÀ-ž]")
_BY = re.compile(
    r"(?:according to|announced by"
    r"|(?:released|issued|published|statement|comment|conducted|led|remarks|briefing) (?:by|from)"
    r"|(?:comunicado|nota|bolet[íi]n|communiqué|mitteilung) (?:do|da|de|del|du|der|des))"
    r"\s(?:the\s|l[ao]s?\s|d[eo]s?\s)?$",
    re.I,
)
_ROLE = (
    r"(?:spokes(?:person|man|woman)|director|president|chair(?:man|woman|person)?|commissioner"
    r"|administrator|secretary|minister|chief|head|governor|superintendent|manager|officers?|inspector"
    r"|board of (?:directors|trustees)"
    r"|economist|member|vice president|scientists?|researchers?|detectives?|deputies|agents"
    r"|investigators|porte-parole|directeur|ministre|portavoz|director[ae]?|ministr[oa]|president[ea]"
    r"|(?:vice-?)?re[ck]tora?|rektor(?:in)?|(?:vice-?)?reitora?|rettore|recteur|prefeit[oa]|alcalde(?:sa)?|sindaco|maire|préfet|prefetto"
    r"|bürgermeister(?:in)?|coordenadora?|gerente|presidente|jef[ea]|superintendente|secret[áa]ri[oa]|chefe"
    r"|agent[es]{1,2}|efectivos|elementos|beamt\w+|sprecher(?:in)?|leiter(?:in)?|portavoce|governatore|direttore|porta-voz|diretora?)"
)
_PEOPLE_OF = re.compile(
    rf"\b{_ROLE}(?:[- ]\w+){{0,4}}? (?:of|for|at|with|from|du|de|del|de la|der|des|di|d[aeo]|della|dell[’']"
    r"|d[’']|van)\s?(?:the |la |l[’'])?$",
    re.I,
)
_PEOPLE = re.compile(rf"(?:[’']s?)?\s(?:[A-Z]\w+\s){{0,3}}{_ROLE}\b", re.I)
# What befalls those whom a release is about.
_ACCUSED = re.compile(
    r"(?:,[^,.]{2,60},|\s\([^)]{2,30}\))?(?:\s(?:has|have|had|today|will))*"
    r"(?:\s(?:is|are|was|were|been|being|be|got)\s(?:\w+ly\s)?(?:charged|sentenced|indicted|convicted|arrested"
    r"|fined|sued|accused|ordered)|\s(?:agree[sd]? to (?:pay|settle|resolve)|pleaded|pled))\b",
    re.I,
)
_DESCRIBED = re.compile(
    r"(?:\s\([^)]{2,40}\))?,?\s(?:is (?:an?|the|responsible|charged with|dedicated|committed)"
    r"|was (?:established|created|founded)|regulates|licenses|fights|oversees|provides|works to"
    r"|promotes|protects|administers|serves|conducts|leads|has (?:led|been|served|\w+ offices)"
    r"|ist (?:eine?|die)|est (?:une?|le|la)|es (?:una?|el|la)|[eé] (?:uma?|o|a|il|un))\b"
    r"|[’']s? mission\b",
    re.I,
)
# "It is the policy of the Office to …"
_OWN_RULES = re.compile(
    r"\b(?:policy|mission|practice|duty|mandate|responsibility) of (?:the )?$", re.I
)
# Whom readers are told to turn to, and the address or the number that follows.
_TURN_TO = re.compile(
    r"\b(?:contact|call|e-?mail|write to|phone|visit|contacte[rz]?|contactar|comunicarse con|dirigirse a|contattare"
    r"|wenden Sie sich an)\s(?:the |la |le |les |el |los |il |die |das |den |l[’'])?$",
    re.I,
)
_ADDRESS = re.compile(r"[^.;!?\n]{0,40}?(?:[\w.+-]@\w|https?:|www\.|\+\d|\(?\d{3}\)?[-. ]\d{3})")
# Whose site a text sends its readers to.
_SITE_OF = re.compile(
    r"\b(?:web ?site|web ?page|home ?page|internet ?seite|webseite|site (?:internet|web|officiel)|portal"
    r"|sito(?: web| internet)?|p[áa]gina (?:web|oficial|de internet)|sitio (?:web|oficial))"
    r"(?: offici[ae]l\w*| oficial| ufficiale)?"
    r" (?:of|de|du|des|der|del|da|do|della|dell[’'])\s?(?:the |la |l[’'])?$",
    re.I,
)
_SENT_TO = re.compile(
    r"\b(?:visit|go to|log on|see|check|besuchen|visite[rz]?|consulte[rz]?)\b", re.I
)
_SITE = re.compile(r"(?:[’']s?)? (?:official )?(?:web ?site|web ?page|home ?page)\b", re.I)
_ARTICLE = re.compile(
    r"\W*(?:The |Die |Das |Der |La |Le |El |O |A |L[’'])?(?:U\.S\. |United States )?"
)
# What the one who issues a release does in its headline.
_HEADLINE = re.compile(
    r" (?:to )?(?:announces?|issues?|releases?|publish(?:es)?|launch(?:es)?|unveils?|urges?|calls"
    r"|statement|introduces?|applauds?|welcomes?|praises?|says|warns|reports?|seeks|secures|hosts?"
    r"|holds?|joins?|invites?|opens?|awards?|names|appoints|reappoints|condemns?|congratulates?"
    r"|honou?rs?|remembers?|marks|responds|reacts|files|sues|obtains|proposes|declares|informa"
    r"|anuncia|presenta|lanza|publi\w+|annonce|lance|teilt|warnt|informiert|startet|stellt|divulga"
    r"|lança)\b"
)
_STATEMENT_OF = re.compile(
    r"(?:\w+ ){0,3}(?:statement|remarks|speech|address|readout|message|keynote|conference|briefing"
    r"|interview|comments|proclamation) (?:of|by|from|with) "
)


def is_running(text: str) -> bool:
    """Whether a paragraph has sentences at all, so that no list or headline is read as one."""
    return sum(1 for _ in islice(_LOWER.finditer(text), 3)) == 3


def dateline_end(text: str) -> int:
    """Where the place and the day that open a release end; 0 without them."""
    match = _DATELINE.match(text)
    return match.end() if match else 0


def said_of(text: str, mention: Mention, first: bool, foreign: bool = False) -> Iterator[str]:
    """The kinds of evidence that a sentence gives for who is named in it; `first` when the
    paragraph is the one that the release opens with, `foreign` when it is not English."""
    left = text[max(0, mention.start - 60) : mention.start]
    right = text[mention.end : mention.end + 160]
    first = first and mention.start < _FIRST_SENTENCE
    opens = _opens(text, mention, left, first)
    if first:
        yield "in the first sentence"
    if first and mention.start < 80 and not _LATIN.search(mention.name):
        yield "subject of the first sentence"
    if (
        _TODAY.match(right)
        or opens
        and left.endswith(("oday, ", "oday ", "oday, the ", "oday the "))
    ):
        yield "acts today"
    if _BY.search(left):
        yield "says so in the first sentence" if first else "its people speak"
    if opens and _ACCUSED.match(right):
        yield "accused"
    elif opens and (_ACTS.match(right) or right.startswith(",") or _SAYS.match(right)):
        yield "subject of the first sentence" if first else "subject of a sentence"
    elif opens and right.startswith(("’s ", "'s ", "’ ", "' ")):
        yield "owner of the first sentence's subject" if first else "subject of a sentence"
    elif foreign and mention.kind == "body" and _is_foreign_subject(left, right, opens):
        yield "subject of the first sentence" if first else "subject of a sentence"
    elif _SAYS.match(right):
        yield "says so in the first sentence" if first else "subject of a sentence"
    if _TURN_TO.search(left) and _ADDRESS.match(right):
        yield "among the contacts"
    if mention.kind != "person":
        yield from _said_of_body(left, right)


def _said_of_body(left: str, right: str) -> Iterator[str]:
    """The kinds of evidence that the words on both sides of a body's name give for it."""
    if _OWN_RULES.search(left):
        yield "described"
    if (_SITE_OF.search(left) or _SITE.match(right)) and not _SENT_TO.search(left):
        yield "owner of a site"
    if heads(left) or _PEOPLE.match(right):
        yield "its people speak"


def _is_foreign_subject(left: str, right: str, opens: bool) -> bool:
    return is_subject(left, right, opens) or bool(
        CLAUSE.search(left) and (_ACTS.match(right) or right.startswith(" ("))
    )


def _opens(text: str, mention: Mention, left: str, first: bool) -> bool:
    """Whether a sentence begins with the name, a dateline left aside."""
    if mention.kind == "acronym":  # "Riverton LCV has"
        left = re.sub(r"(?<!\S)(?:[A-Z]\w+ ){1,2}$", "", left)
    if _OPENS.search(left):
        return True
    if not first:
        return False
    if mention.start < 45 and not _LOWER.search(text[: mention.start]):
        return True
    ends = _DATELINE_END.finditer(left) if mention.start < 110 else ()
    return any(_OPENS.fullmatch(left[end.end() :]) for end in ends)


def acting_noun(text: str) -> str | None:
    """What a text that opens with a body's short name calls it: "Commission" of "The Commission
    publishes today guidance"; None when it opens otherwise."""
    match = _SHORT_SUBJECT.match(text)
    return match["noun"] if match and _SAYS.match(text, match.end()) else None


def heads(left: str) -> bool:
    """Whether words before a name say that someone heads or speaks for it: "director of the"."""
    return _PEOPLE_OF.search(left) is not None


def describes(text: str, name: str) -> bool:
    """Whether a paragraph opens by saying what a body is or does: "The Agency regulates …"."""
    start = text[:80].find(name)
    if start < 0 or not _ARTICLE.fullmatch(text[:start]):
        return False
    return _DESCRIBED.match(text, start + len(name)) is not None


def speaks(before: str, after: str) -> bool:
    """Whether who is named in a headline speaks there, by the words before and after the name:
    "Statement of X", "X announces"; all in lower case without punctuation."""
    return _HEADLINE.match(after) is not None or _STATEMENT_OF.fullmatch(before) is not None

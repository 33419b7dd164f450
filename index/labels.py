"""What the words beside a date say it is the date of."""

import re
from typing import Literal

from index.dates import find_dates

Kind = Literal["released", "published", "dated", "updated", "retrieved", "copyright", "event"]

# What a service that delivers releases says of one, and an engine of blogs of a post.
_SENT = (
    r"(?:sent|issued|distributed|posted|published|released)\s+th(?:is|e)\s+(?:(?:press|news|media)\s+)?"
    r"(?:bulletin|release|notice|message|statement|advisory|update|alert)(?:\s+(?:at|on))?"
    r"|(?:posted|published|submitted|created|added|uploaded)\s+by:?\s+\S.{0,50}?(?:\s+(?:at|on)|[,|·•–—-])?"
)
# Ordered: the first that fits decides, so that "last published" is an update and "date posted" is
# not taken for a bare "date". Each stands at the end of the words before the date.
_LABELS: tuple[tuple[Kind, str], ...] = (
    (
        "updated",
        r"(?:last|page|content|recently|zuletzt|dernière|última|ultima|ultimo|laatst)\s+"
        r"(?:\w+\s+){0,2}?(?:updated?|modified|reviewed|revised|published?|changed?|edited"
        r"|aktualisiert|geändert|actualización|actualizacion|modificación|atualização|modificação"
        r"|modification|mise à jour|aggiornamento|modifica|gewijzigd|bijgewerkt)(?:\s+date)?"
        r"|updated?(?:\s+(?:on|date|at))?|modified(?:\s+(?:on|date))?|revised(?:\s+(?:on|date))?"
        r"|reviewed(?:\s+(?:on|date))?|amended(?:\s+on)?|corrected(?:\s+on)?|stand"
        r"|aktualisiert(?:\s+am)?"
        r"|geändert(?:\s+am)?|actualizad[oa](?:\s+el)?|modificad[oa](?:\s+el)?"
        r"|mise? à jour(?:\s+le)?"
        r"|(?:senast\s+|sist\s+|senest\s+)?(?:uppdaterad|ändrad|opdateret|oppdatert|endret)"
        r"|最終更新日?|更新日?|更新时间|更新時間|최종\s?수정일?|수정일|עודכן|آخر\s+تحديث|poslední\s+aktualizace"
        r"|ostatnia\s+aktualizacja|zaktualizowano|обновлено|päivitetty|güncelleme"
        r"|modifié(?:\s+le)?|atualizad[oa](?:\s+em)?|aggiornato(?:\s+il)?|bijgewerkt(?:\s+op)?",
    ),
    (
        "retrieved",
        r"print(?:ed)?(?:\s+(?:on|date|from))?|generated(?:\s+(?:on|at))?|retrieved(?:\s+(?:on"
        r"|from))?"
        r"|accessed(?:\s+on)?|archived?(?:\s+(?:on|date|from))?|captured(?:\s+on)?"
        r"|snapshot(?:\s+\w+)?"
        r"|downloaded(?:\s+on)?|exported(?:\s+on)?|as of|today(?:[’']s date)?(?:\s+is)?"
        r"|current(?:\s+date| as of)?"
        r"|abgerufen(?:\s+am)?|gedruckt(?:\s+am)?|consultado(?:\s+el)?|consulté(?:\s+le)?"
        r"|impreso(?:\s+el)?"
        r"|imprimé(?:\s+le)?|scraped|crawled|fetched|cached|saved(?:\s+on)?",
    ),
    ("copyright", r"copyright|©|\(c\)"),
    (
        "released",
        r"(?:recall|bulletin|notice|advisory|alert|announcement|statement)\s+date|(?:press|news|media)?\s*release(?:d)?(?:\s+(?:date|on|time|no\b.{0,12}))?"
        r"|date\s+(?:of\s+)?"
        r"(?:press\s+|news\s+|media\s+)?(?:release|issue|issuance)d?|issued?(?:\s+(?:on|date))?"
        r"|date\s+issued|for\s+(?:immediate\s+)?release(?:\s*[-–—:,]?\s*(?:on|at|until|after))?"
        r"|embargo(?:ed)?(?:\s+(?:until|till|for|to))?|not for (?:release|publication) (?:before"
        r"|until)"
        r"|for\s+(?:publication|release|use)\s+(?:on|at|after|before)"
        r"|para\s+(?:su\s+)?(?:publicación|divulgación|divulgação)\s+(?:inmediata|imediata)"
        r"|pour\s+(?:diffusion|publication)\s+immédiate|zur\s+(?:sofortigen\s+)?veröffentlichung"
        r"|sperrfrist|^ends?\s*[/:–-]",
    ),
    (
        "published",
        r"(?:first\s+|originally\s+|date\s+)?(?:published|posted|publicated)(?:\s+(?:on|date|at"
        rf"|in))?|{_SENT}"
        r"|(?:soumis|posté|ajouté|rédigé|écrit|mis en ligne|enviad[oa]|inserit[oa]|geschrieben|geplaatst)"
        r"(?:\s+(?:par|le|por|da|von|door|el|em|il|am|op))*"
        r"|(?:publication|posting|publish|post)\s+date|date\s+of\s+publication|submitted(?:\s+on)?"
        r"|added(?:\s+on)?|created(?:\s+on)?|erstellt(?:\s+am)?|eingestellt\s+am|veröffentlicht(?:\s+am)?|veröffentlichungsdatum"
        r"|erschienen(?:\s+am)?"
        r"|erscheinungsdatum|herausgegeben(?:\s+am)?|publicad[oa](?:\s+(?:el|em))?"
        r"|fecha\s+de\s+publicación|fecha\s+publicación|publié[e]?(?:\s+le)?"
        r"|date\s+de\s+(?:publication|parution|mise en ligne)|mis\s+en\s+ligne(?:\s+le)?"
        r"|publicerad|publiceret|publisert|offentliggjort|julkaistu|opublikowano|data\s+publikacji"
        r"|公開日?|掲載日?|公表日?|発表日?|发布(?:时间|日期)?|發布日期|發佈日期|등록일|작성일|게시일|배포(?:일시?|시점)?|보도\s?(?:시점|일시|일자)"
        r"|datum\s+(?:vydání|zveřejnění)|zveřejněno|publikováno|data\s+publicării|publicat|közzétéve"
        r"|תאריך\s+פרסום|פורסם|تاريخ\s+النشر|δημοσιεύτηκε|ημερομηνία\s+δημοσίευσης|ngày\s+đăng|diterbitkan"
        r"|опубликовано|дата\s+публикации|yayın\s+tarihi"
        r"|data\s+d[ea]\s+publicação|publicação|pubblicato(?:\s+il)?|data\s+di\s+pubblicazione"
        r"|gepubliceerd(?:\s+op)?|publicatiedatum",
    ),
    (
        "event",
        r"when|event\s+(?:date|details)|date\s*(?:and|&|/)\s*time|time|starts?(?:\s+date)?"
        r"|starting|begins?|ends?(?:\s+date)?|until"
        r"|from|deadline|due(?:\s+(?:date|by|on))?|clos(?:es|ing)(?:\s+(?:date|on))?"
        r"|opens?(?:\s+(?:date|on))?|opening(?:\s+date)?|effective(?:\s+date)?"
        r"|expir(?:es|y|ation)(?:\s+(?:date|on))?|valid\s+(?:until|from)|period"
        r"|meeting(?:\s+date)?|hearing(?:\s+date)?|wann|termin|beginn|ende|cuándo|cuando|quand"
        r"|quando"
        r"|fecha\s+(?:del\s+evento|límite)|délai|prazo|wo|born|died|arrest(?:ed)?|sentenc(?:ed"
        r"|ing)(?:\s+date)?|offense\s+date|filed|sale\s+date|incident\s+date",
    ),
    (
        "dated",
        r"dated?|datum|dato|fecha|data|le|den|datiert|(?:press|news|media)\s+(?:statement|advisory"
        r"|notice)"
        r"|(?:press|news|media)\s+releases?(?:\s+of)?|pressemitteilung(?:en)?(?:\s+(?:vom"
        r"|nr\.?\s?[\d/]+(?:\s+vom)?))?|pressemeldung|medienmitteilung|meldung"
        r"|comunicado(?:\s+(?:de|à)\s+(?:prensa|imprensa))?|nota\s+de\s+prensa|boletín|nieuwsbericht"
        r"|pressmeddelande|pressemeddelelse|nyhet|notizia|noticias?|avviso|communiqué(?:\s+de\s+presse)?"
        r"|nota\s+à\s+imprensa|comunicado\s+de\s+imprensa|notícia|noticia|actualité"
        r"|comunicato\s+stampa|persbericht|news|nachricht|vom",
    ),
)
_COMPILED: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?:^|[^\w])(?:{words})\s*[:：.,|–—-]*\s*$", re.I))
    for kind, words in _LABELS
)
# What makes a release one that is still to come.
_AHEAD = re.compile(
    r"\b(?:next|scheduled|upcoming|nächste[rns]?|próxim[oa]|prochaine?|prossim[oa])\b", re.I
)
_IS_SENT = re.compile(rf"\b(?:{_SENT})\W*$", re.I)
WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thur?s?|fri|sat|sun)\b\.?"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi"
    r"|dimanche|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?"
    r"|luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|sabato|domenica"
    r"|(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:mån|tis|ons|tors|fre|lör|sön)dag"
)
_TIME = (
    r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?\s?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?"
    r"|noon|midnight|uhr|hrs|hours"
)
_ZONE = (
    r"(?:e|c|m|p|ak|h)[sd]?t\b|(?:e|c|m|p)\.[sd]\.t\b\.?|(?:eastern|central|mountain|pacific)"
    r"(?:\s+(?:standard|daylight))?\s+time|gmt|utc|bst|cest?|z\b"
)
_NUMBER = r"(?:(?:no|nr|n[úu]m|n)\b[.:]?|n[º°]\.?|#)\s?\d[\d/.–-]*"
_LOOSE = re.compile(
    rf"(?<!\w)(?:{WEEKDAY}|{_TIME}|{_ZONE}|{_NUMBER}"
    r"|(?:at|on|um|the|el|le|den|am|vom|a|del|du|dated)\b)",
    re.I,
)
# A letterhead may go on after the date with whom to call.
_CONTACTS = re.compile(
    r"\b(?:(?:media|press|news) )?(?:contact(?:o|s|os)?|kontakt|contato|tel|phone|no"
    r"|nr)\b\s*[.:].*",
    re.I | re.S,
)
# The number of a paper with the day of it at the end of its line.
_NUMBERED = re.compile(
    r"(?:(?:press|news|media) )?(?:report|release|bulletin|notice|statement|circular|order|mitteilung|meldung"
    r"|comunicado|bolet[íi]n|communiqu[ée]|comunicato|nota)\s(?:(?:no|nr|n[úu]m|n)\b\.?|n[º°]\.?|#)\s?(?-i:[^a-z]*)",
    re.I,
)
_IMMEDIATE = re.compile(
    r"for\s+(?:immediate\s+)?(?:release|publication)\b|immediate\s+release"
    r"|para\s+(?:su\s+)?(?:publicaci[óo]n|divulgaci[óo]n|difusi[óo]n|divulga[çc][ãa]o"
    r"|publica[çc][ãa]o)\s+(?:inmediata|imediata)"
    r"|pour\s+(?:diffusion|publication)\s+imm[ée]diate|zur\s+sofortigen\s+ver[öo]ffentlichung"
    r"|^embargo(?:ed)?\b|\bembargoed\s+(?:until|till|for)\b",
    re.I,
)
_MASTHEAD = re.compile(
    r"^(?:official\s+)?(?:(?:press|news|media)\s+(?:release|advisory|statement|notice|note"
    r"|information)s?|media\s+alert|notes?\s+to\s+(?:editors?|correspondents)(?:/[\w ]+)?"
    r"|pressemitteilung|presseinformation"
    r"|medienmitteilung|comunicado(?:\s+de\s+prensa)?|nota\s+de\s+prensa"
    r"|bolet[íi]n(?:\s+de\s+prensa)?|communiqu[ée](?:\s+de\s+presse)?|comunicado\s+(?:de"
    r"|à)\s+imprensa|nota\s+[àa]\s+imprensa|comunicato(?:\s+stampa)?|persbericht|nieuwsbericht|pressmeddelande|pressemeddelelse|pressemelding)\b(?:\s*(?:no\.?"
    r"|nr\.?|#|n\.?[º°]|n\.)?\s?(?!(?:of|by|from|on|von|der|des|de|du|del)\b)[\w/.-]{0,12})?\s*[:.]?$",
    re.I,
)

# A masthead with the name of who sends it: all its words but the small ones begin with capitals.
_SENDER = re.compile(
    r"(?i:(?:press|news|media) (?:release|statement|advisory|notice)|pressemitteilung|medienmitteilung"
    r"|comunicado(?: de (?:prensa|imprensa))?|nota de prensa|communiqué(?: de presse)?|comunicato stampa)\s?[:|–—-]\s?"
    r"(?P<who>[A-ZÀ-Þ][\w.&’'-]*(?:,? (?:(?:of|for|the|and|de|del|la|du|des|der|für|und|di|da|do|&) ){0,3}"
    r"[A-ZÀ-Þ&][\w.&’'-]*)*)"
)
# What a text says before the day that it is written on.
_TODAY = re.compile(
    rf"\b(?:today|heute|hoy|aujourd[’']hui|hoje|oggi|vandaag|i ?dag)\s?[,(]?\s?(?:{WEEKDAY})?,?"
    r"(?:\s(?:the|on|am|den|el|le|il|dem))?\s?$"
    r"|\bthis (?:press |news |media )?(?:release|statement|notice|message|bulletin|advisory|letter|update)"
    r" (?:was|is|has been) (?:written|issued|prepared|released|posted|sent|published|current)\b"
    r"(?:[^.;]|\b[ap]\.m\.){0,60}$",
    re.I,
)
# Papers that come out on the day that they name in their titles, and words that begin a subject.
_PAPER = re.compile(
    r"\W*(?:[^\W\d_][\w&’'.-]*[\s–—-]+){0,4}?(?:press (?:briefing|conference|statement|release"
    r"|communiqué)|media (?:briefing|statement|release)|briefing|statements?|bulletin"
    r"|communiqu[ée]s?|kommuniqu[ée]|comunicados?|comunicato|bolet[íi]n|bollettino|point de presse"
    r"|conf[ée]rence de presse|(?:conferencia|rueda) de prensa|conferenza stampa"
    r"|(?:regierungs)?pressekonferenz|pressemitteilung|medienmitteilung|q\s?&\s?[ar]|remarks"
    r"|declaraci[óo]n|d[ée]claration)\b",
    re.I,
)
# A speech that someone gave somewhere on the day that its title ends with.
_ABOUT = r"\b(?:on|about|regarding|concerning|against|after|following|über|zu[rm]?|sur|sobre|su)\b"
_DELIVERED = re.compile(
    r"\W*(?:[\w’-]+ ){0,4}?(?:statement|speech|remarks|address|keynote|message|intervention|rede|ansprache|discours"
    rf"|discurso|discorso|intervento) (?:by|of|from|von|de|du|del|da|do|di)\b(?:(?!{_ABOUT}).)*?"
    r"\b(?:at|in|before|to|bei|beim|auf|vor|à|au|aux|devant|en|ante|em|na|no|al|alla)\b.*(?:\bon|\bam|\ble|\bel|\bem|\bil|[,(–—-])"
    r"\s*",
    re.I,
)
_ISSUE = re.compile(
    r"\b(?:(?:nr|no|n[º°]|núm|num)\.?|#) ?\d[\d/.-]*,?(?: (?:vom|of|from|du|del?|di))?\s*$"
    r"|\b(?:actions?|digest|updates?|bulletin|newsletter|summary|calendar|agenda)(?: (?:for|of))?\W*$",
    re.I,
)
_SUBJECT = re.compile(
    r"\b(?:on|about|regarding|concerning|to|for|against|after|following|zu[rm]?|über|sur|sobre|su|acerca"
    r"|meeting|shooting|attacks?|anniversary|until|through|effective)\b",
    re.I,
)


def kind_before(words: str) -> Kind | None:
    """What a date is by the words before it: `kind_before("Last Updated: ") == "updated"`.

    Only the words next to the date count, a weekday or a time between them aside; None when they
    say nothing.
    """
    tail = _LOOSE.sub(" ", words[-90:]).rstrip(" \t,;([{|)]•·*_–—-")
    for kind, pattern in _COMPILED:
        if pattern.search(tail):
            return "event" if kind in {"released", "published"} and _AHEAD.search(tail) else kind
    return None


def is_sent(words: str) -> bool:
    """Whether the words before a date say who put a release out: "The Guard sent this bulletin at"."""
    return _IS_SENT.search(words) is not None


def is_label(line: str) -> Kind | None:
    """The kind that a whole line announces for the date below it: "Release Date:", "Published"."""
    if len(line) > 60:
        return None
    for kind, pattern in _COMPILED:
        match = pattern.search(line)
        if match and not line[: match.start()].strip(" #*-–—|•·"):
            return kind
    return None


def is_numbered_paper(before: str, after: str) -> bool:
    """Whether the words round a date are no more than a paper's number, and its subject in capitals:
    "Report No. MM 98-13 MASS MEDIA ACTION"."""
    alone = len(before) <= 120 and not re.search(r"\w", after)
    return alone and _NUMBERED.fullmatch(before.strip()) is not None


def is_immediate(line: str) -> bool:
    """Whether the line says "FOR IMMEDIATE RELEASE" in one of the languages."""
    return len(line) <= 160 and bool(_IMMEDIATE.search(line))


def after_immediate(line: str) -> str:
    """What follows "FOR IMMEDIATE RELEASE:" in its line, or "" when there is no such mark."""
    match = _IMMEDIATE.search(line) if len(line) <= 300 else None
    return (
        line[match.end() :].lstrip(" :.–—-|")
        if match and not line[: match.start()].strip(" *_#|-")
        else ""
    )


def is_masthead(line: str) -> bool:
    """Whether the line is only the kind of paper: "NEWS RELEASE", "Pressemitteilung Nr. 12"."""
    return len(line) <= 60 and bool(_MASTHEAD.match(line.strip("# *_|-–—()[]")))


def is_today(before: str) -> bool:
    """Whether words before a date say that it is the text's own: "today, ", "this was written on"."""
    return _TODAY.search(before) is not None


def sender_of(line: str) -> str | None:
    """`sender_of("Press Release: Harbour Police") == "Harbour Police"`; None for a title, which has
    words in lower case, or more of them."""
    match = _SENDER.fullmatch(line) if len(line) <= 90 else None
    words = match["who"].split() if match else []
    return match["who"] if match and len(words) <= 7 else None


def residue(words: str) -> str:
    """What is left of the words beside a date without weekdays, times, contacts, punctuation; words
    that are more than a line are left alone."""
    if len(words) > 300:
        return words
    return re.sub(r"[\W_]+", " ", _LOOSE.sub(" ", _CONTACTS.sub(" ", words))).strip()


# A day in figures, also one whose order is not told.
_IN_FIGURES = re.compile(r"\d{1,2}([./-]) ?\d{1,2}\1 ?\d{4}")


def is_dated(text: str) -> bool:
    """Whether a line is little more than a date: "Wednesday, February 15, 2017"."""
    dates = find_dates(text)
    if not dates or text.endswith(":"):
        return False
    around = text[: dates[0].start] + " | " + text[dates[-1].end :]
    if _IN_FIGURES.fullmatch(text, dates[0].start, dates[0].end) and len(around.split()) <= 4:
        return True
    rest = residue(around)
    return len(rest) <= 40 and len(rest.split()) <= (4 if dates[0].full else 0)


def is_issue(before: str) -> bool:
    """Whether the words before a date say that it is of one paper of many: "Letter No. 88 of"."""
    return not residue(before) or _ISSUE.search(before) is not None


def is_dated_paper(before: str, after: str) -> bool:
    """Whether a title is no more than a kind of paper with its day, by the words round that:
    "Press briefing, 3 May 2019"."""
    if re.search(r"\w", after):
        return False
    if _DELIVERED.fullmatch(before):
        return True
    paper = _PAPER.match(before)
    if paper is None:
        return False
    return _SUBJECT.search(before, paper.end()) is None

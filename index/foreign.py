"""Names of public bodies, and sentences that they open, in other languages than English."""

import re

from index.languages import language_of

# Names in scripts without capitals, told by what they end or begin with.
OTHER_SCRIPTS = re.compile(
    r"[가-힣]{2,20}(?:부|청|처|위원회|공사|공단|은행|연구원|시청|도청)(?=[(（]|은|는|이|가|에서|에|와|과|,|\s|$)"
    r"|[一-龥ァ-ヶー]{2,24}(?:省|庁|局|機構|委員会|委员会|研究所|銀行|政府|協会|センター|本部|部|厅|廳)(?![一-龥ァ-ヶー])"
    r"|(?:وزارة|هيئة|مجلس|رئاسة|دائرة|مديرية|بلدية|جامعة|ديوان|مكتب|مصرف)(?: [وبل]?ال\w+){1,6}"
)
# Names of which only the first word has a capital, "Agence nationale des ponts", or none has, as
# letters in brackets tell: "la direction interdépartementale des ponts (DIP)".
LOW_WORDS = re.compile(
    r"\b(?:Agence|Direction|Institut|Office|Autorité|Comité|Commission|Observatoire|Agencia|Direcci[óo]n|Instituto"
    r"|Comisi[óo]n|Autoridad|Ag[êe]ncia|Comiss[ãa]o|Agenzia|Istituto|Commissione|Autorit[àa])(?: [a-zà-ÿ]+)?"
    r"(?: (?:de la|de los|du|des|de|del|della|delle|do|da|dos|das) | de l[’']| d[’']| dell[’'])[a-zà-ÿ]{4,}"
    r"|\b(?:direction|agence|institut|office|service|secrétariat|délégation|commission|autorité|inspection|direcci[óo]n"
    r"|agencia|comisi[óo]n|direzione|agenzia|dire[çc][ãa]o|ag[êe]ncia) [a-zà-ÿ][\w’' -]{8,110}?(?= ?\([A-Z]{3,8}\))"
)
# Bodies whose name is a single word.
ONE_WORD = re.compile(
    r"Treasury|Parliament|Staatsanwaltschaft|Bundes\w{4,}|Landes\w{4,}|Rijks\w{4,}|Reg(?:j?er|ier)ingen|Politiet|Polisen"
    r"|\w{4,}(?:ministerium|amt|präsidium|direktion|kanzlei|verwaltung)|Bundesrat|Regierungsrat"
    r"|\w+(?:myndigheten|verket|styrelsen|direktoratet|departementet|ministeriet|inspektionen|tilsynet|vesenet|nämnden)"
)
# What a body's people are named before: "Agentes de la Policía Nacional".
_OWNER = re.compile(
    r"^(?:[A-ZÀ-Þ]\w+ ){1,3}?(?:de la |de los |del |de |do |da |della |dell[’']|der |des |du |de l[’'])(?=[A-ZÀ-Þ])"
)
# A verb before its subject, as German has it: "Nach dem Unfall sucht die Polizei".
_VERB_BEFORE = re.compile(
    r"\b(?!mit |seit |nicht |statt |samt |jetzt |zuletzt |sonst |selbst |laut )[a-zäöüß]{2,}te? (?:das|die|der)\s$"
)
_ACCENTED = re.compile(r"[a-z]*[à-öø-ÿ]\w*")
# The start of a clause after another: "Réuni en séance, le Conseil a voté".
CLAUSE = re.compile(r"[\wà-ÿ], (?:le |la |l[’']|el |o |a |il |die |das |der )$")
_GOES_ON = re.compile(r"\s?[,(]|\s(?:[a-zà-ÿ]|\d)")


def is_foreign(text: str) -> bool:
    """Whether a text is in another language than English, by its common words or its letters."""
    language = language_of(text)
    return language != "en" and (language is not None or len(_ACCENTED.findall(text[:3000])) > 2)


def owner_of(name: str) -> str:
    """`owner_of("Agentes de la Policía Nacional") == "Policía Nacional"`; "" without an owner."""
    match = _OWNER.match(name)
    return name[match.end() :] if match else ""


def is_subject(left: str, right: str, opens: bool) -> bool:
    """Whether a body is the subject of a sentence, by its place alone, for verbs of other languages
    are too many to list: it opens the sentence, or follows its verb."""
    return opens and _GOES_ON.match(right) is not None or _VERB_BEFORE.search(left) is not None

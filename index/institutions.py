"""Names of public bodies: what they are made of, and how a text that names none puts them."""

import re
from functools import lru_cache

# Words that stand in the names of bodies that put out releases, in the languages that are read.
_BODIES = (
    r"department|d[ée]partement|ministry|office|agency|bureau|commission|council|board|house|attorney|police"
    r"|senator|senate|sen\.|governor|mayor|courts?|authority|administration|institute|university"
    r"|service|federal|committee|congress\w*|embassy|district|secretary|secretariat|division"
    r"|center|centre|foundation|association|laborator\w+|bank|treasury|parliament|society|unit"
    r"|(?:ville|ciudad|cidade|citt[àa]|munic[íi]pio|commune) d(?:e|el|i|u|o|a)|ville d[’']\w+"
    r"|\w*(?:amt(?:es)?|inspektion|ministerium\w*|kanzlei|gericht(?:shof|es)?|institut|regierung|polizei|präsidium|direktion|verwaltung|banken|kommission(?:en)?"
    r"|verket|styrelsen|ministeriet|departementet|direktoratet|tilsynet|vesenet|nämnden|myndigheten)|regj?eringen|politiet|polisen"
    r"|(?:city|county|state|town|township|village|commonwealth|republic|borough|government|port|kingdom) of"
    r"|inspectorate|inspector\w*|ombuds\w*|comptroller|auditor|clerk|prosecutors?|sheriff\w*|marshals?|coroner"
    r"|chancell\w*|museum|librar(?:y|ies)|observator\w+|hospital|college|academy|survey|garrison|navy|army"
    r"|(?:air|space) force(?: base)?|trust|fund|network|government|executive|consulate|legislature|cabinet"
    r"|presidency|administrator|ministre|ministerstwo|ministerstvo|urz[ąa]d"
    r"|registry|command|corps|guard|assembly|delegation|mission|directorate|tribunal|registrar"
    r"|bundes\w+|polizei\w*|staatsanwaltschaft|landes\w+|feuerwehr|landtag|stadt|kanton|behörde|verband|senatsverwaltung|zoll|wetterdienst|verfassungsschutz|hilfswerk"
    r"|customs(?: enforcement)?|constabulary|patrol|fire (?:brigade|(?:&|and) rescue)|united nations|joint base"
    r"|chiefs of staff"
    r"|(?:parks|fish) and wildlife|public schools|institutes of|border protection"
    r"|(?:statistics|parks|elections|transport|affairs|health|revenue|sport|historic|natural|geoscience|nhs)"
    r" (?:canada|england|scotland|wales|ireland|australia|ontario|alberta|queensland|victoria|new zealand|jersey"
    r"|finland|norway|sweden|denmark|netherlands|austria|estonia)"
    r"|cour|assembl[ée]e|s[ée]nat|autorit[éà]|s[ûu]ret[ée]|corte|contralor[íi]a|guardia (?:civil|di finanza|costiera)"
    r"|poder judicial|carabinieri|protezione civile|presid(?:enza|ência)|vicepresidencia|autoridade?|comit[ée]"
    r"|rijkswaterstaat"
    r"|regeringskansliet|kommun|policie|policja|ministerul|prim[ăa]ria|guvernul"
    r"|ministerio|secretar[íi]a|fiscal[íi]a|oficina|gobierno|agencia|instituto|ayuntamiento"
    r"|polic[íi]a|presidencia|embajada|comisi[óo]n|junta|procuradur[íi]a|defensor[íi]a|alcald[íi]a"
    r"|minist[èe]re|pr[ée]fecture|agence|gouvernement|mairie|direction|conseil|parquet"
    r"|gendarmerie|minist[ée]rio|prefeitura|governo|secretaria|ag[êe]ncia|pol[íi]cia|procuradoria"
    r"|consejer[íi]a|conseller[íi]a|subsecretar[íi]a|diputaci[óo]n|cabildo|xunta|generalitat|c[âa]mara|ministero|ministerie|conselho|consejo|consiglio|banca|banque|banco|\w{4,}bank|centers|centres"
    r"|direcci[óo]n|direc[çc][ãa]o|direzione|departamento|dipartimento|delegaci[óo]n|superintendencia"
    r"|municipalidad|municipio|municipality|coordinaci[óo]n|servicio|servi[çc]o|congreso|senado|parlamento"
    r"|asamblea|waterschap|provincie|m[ée]tropole|pr[ée]sidence"
    r"|comune|regione|provincia|r[ée]gion|universit(?:[àé]|ät)|universidade?|hochschule|landkreis|gemeinde"
    r"|(?:bundes|regierungs|landes|kantons|stadt|gemeinde|kreis|staats|national|stände|verwaltungs)rat(?:e?s)?"
    r"|kommune|gemeente|politie?|questura|prefettura|procura|agenzia|istituto|league|alliance|coalition|federation|organi[sz]ation"
)
_INSTITUTION = re.compile(rf"\b(?:{_BODIES})(?!\w)", re.I)
_SMALL = (
    r"(?:of|for|and|the|on|de|del|della|delle|dei|degli|la|las|los|les|aux|für|und|des|der|du|da|do|dos|das"
    r"|van|voor|och|og|af|av|e|y|et|&|in)"
)
_NAME = rf"[A-ZÀ-Þ][\w.&’'-]*(?:,? (?:{_SMALL} ){{0,3}}[A-ZÀ-Þ&][\w.&’'-]*){{0,12}}"
_ISSUED_BY = re.compile(
    r"^\W*(?:issued|released|published|prepared"
    r"|distributed) by\s*:?\s*(?:the )?(?P<who>\S.{3,100})$"
    r"|^\W*(?:herausgeber(?:in)?|emitido por|publicado por|publié par"
    r"|émis par)\s*:?\s*(?P<who2>\S.{3,100})$",
    re.I,
)
# What a site's name has round the name of the body: "Agency News", "Newsroom of the Agency".
_ROUND_NAME = re.compile(
    r"^(?:the )?(?:(?:official )?(?:web)?site|home ?page|news(?:room)?|press (?:room|office|releases?))"
    r"(?: (?:of|from|for)(?: the)?)\s+|^(?:welcome to|home|homepage|news(?:room)?)\s*(?:[-–|:]\s*)?(?:the )?"
    r"|\s*(?:[-–|:]\s*)?\b(?:online )?(?:latest news|news(?:room)?(?: home)?|news (?:and|&) (?:events|media)"
    r"|(?:press|media|news) (?:room|office|releases?|cent(?:er|re))|home ?page|(?:official )?(?:web ?)?site"
    r"|home|online|archives?)$",
    re.I,
)
_IN_COUNTRY = re.compile(r" (?:in|to) (?:the )?[A-Z][\w ]+$")
# "dell'Economia", "l’Europe": a small word that runs into the next.
_ELIDED = re.compile(r"^(?:d|l|dell|all|nell|sull)[’'](?=\w)")
_SMALL_WORDS = frozenset(_SMALL.removeprefix("(?:").removesuffix(")").split("|"))
# Verbs of headlines: a line in title case that has one is no name.
_VERB_WORDS = re.compile(
    r"\b(?:to|in|with|over|after|announces?|issues?|urges?|releases?|launch\w*|seeks?|charged|pleads?|sentenced"
    r"|welcomes?|awards?|hosts?|opens?|signs?|names?|appoints?|says|calls|honors?|wins?|gets?|files?|obtains?|sues"
    r"|sets|begins?|expands?|agrees?|approves?|sends?|hails?|marks|warns|meets|joins|applauds?|introduces?|selects?|takes|moves|leads|helps|finds|reaches|secures|adopts|adds"
    r"|makes|creates|holds|plans|receives|reminds|invites|offers|provides|builds|celebrates|completes"
    r"|continues|delivers|faces|gives|grants|lifts|orders|passes|presents|proposes|publishes|raises"
    r"|recalls|recognizes|rejects|resolves|returns|seizes|shares|shows|stops|submits|suspends|unveils"
    r"|updates|visits|votes|lowers|directs|declares|proclaims|extends|activates|authorizes|condemns|commends"
    r"|congratulates|encourages|mourns|thanks|tours|nominates|establishes|vetoes|denies|highlights|observes"
    r"|reaffirms|responds|restores|slams|strengthens|testifies|travels)\b",
    re.I,
)
_OF_A_YEAR = re.compile(r"\([^()]*\b(?:19|20)\d\d\)")  # of a paper: "Executive Summary (May 2019)"
_LABELLED = re.compile(r"[^\W\d_]+:\s")
_POST = re.compile(
    r"(?:(?:the|il|la|lo|el|le|o|a|der|die|l[’'])\s?)?(?:(?:vice|deputy|acting|pro)[- ]?)?"
    r"(?:mayor|sindac[oa]|maire|alcalde(?:sa)?|prefeit[oa]|(?:ober)?bürgermeister(?:in)?|landr[äa]t(?:in)?|governor"
    r"|gobernador(?:a)?|governador(?:a)?|governatore|président?e?|president[ea]?|ministr[oa]|ministre|minister(?:in)?"
    r"|prefetto|préfete?|rector(?:a)?|rektor(?:in)?|reitor(?:a)?|rettore|recteur|intendente|sheriff|chief of police"
    r"|superintendent|commissioner|borgmester|borgmästare|burgemeester),?",
    re.I,
)
# Entries of a site's menu that hold the name of a body: "Meet the Commissioner", "Our Office".
_MENU_ENTRY = re.compile(
    r"(?:web |site |meet|about|contact|visit|follow|like|thank|inside|our|your|join|ask|find|mission (?:statement|and)"
    r"|office (?:overview|history|hours|locations|faqs?)|board members)\b",
    re.I,
)
# What a body that speaks of itself does at the start of a sentence: "The Committee expects".
_SELF = r"(?:^|[.!?]\W+)The {noun} (?:[a-z]\w+)"


@lru_cache(maxsize=8192)
def is_named(text: str) -> bool:
    """Whether the words hold one that names of public bodies are made of."""
    return bool(_INSTITUTION.search(text))


def ends_named(name: str) -> bool:
    """Whether a name ends in the words for a kind of body: "Sarn Fire Brigade"."""
    return any(match.end() == len(name) for match in _INSTITUTION.finditer(name))


def is_name_line(text: str) -> bool:
    """Whether a line is the name of a body: "MINISTRY OF LAW", "Office of the Press Secretary"."""
    if (
        len(text) > 90
        or re.search(r"https?:|www\.|@|:|\d(?!\d?(?:st|nd|rd|th)\b)", text)
        or text.endswith(";")
    ):
        return False
    if _MENU_ENTRY.match(text):
        return False
    words = text.split()
    long = [word for word in words if len(word) > 3]
    capital = sum(word[0].isupper() for word in long)
    opens = _INSTITUTION.match(text) is not None and _VERB_WORDS.search(text) is None
    least = (
        0.5 if opens and not text.endswith(".") else 0.7
    )  # "Cabinet du ministre des Ressources naturelles"
    return len(words) <= 11 and is_named(text) and capital >= least * len(long)


def is_only_name(text: str) -> bool:
    """Whether a line is the name of a body and nothing else: no word that names do not have, such
    as the "to" of "Agency to Rebuild Bridges"."""
    if not is_named(text) or len(text.split()) > 9 or _LABELLED.match(text):
        return False
    if _OF_A_YEAR.search(text):
        return False
    words = [_ELIDED.sub("", word) for word in text.split()]
    if _INSTITUTION.match(text):  # "Embassy of the United States in Kenya"
        text = _IN_COUNTRY.sub("", text)
    names = all(w[:1].isupper() or w in _SMALL_WORDS or not w[:1].isalpha() for w in words)
    return names and _VERB_WORDS.search(text) is None


def is_name_of(text: str) -> bool:
    """Whether a line begins as the name of a body does that is of something, as those of the
    south's languages in lower case: "Ministère de la culture et du patrimoine"."""
    kind = _INSTITUTION.match(text)
    follows = re.match(rf" {_SMALL} \S|(?: \w+)? d[’']", text[kind.end() :]) if kind else None
    return follows is not None and len(text.split()) <= 9 and not re.search(r"[.:;!?]", text)


def is_post(line: str) -> bool:
    """Whether a line is the post of someone in office, as stands below a text: "Il Sindaco"."""
    return _POST.fullmatch(line) is not None


def is_of_body(name: str) -> bool:
    """Whether a name is that of something that a body has, in the languages that put the owner
    last: "Chronique du Gouvernement"."""
    link = re.search(r" (?:de|du|des|del|della|do|da|di|der) |(?: de)? l[’']| dell[’']", name)
    return link is not None and not is_named(name[: link.end()])


def has_verb(text: str) -> bool:
    """Whether a line in title case has a word of headlines, which names have not."""
    return _VERB_WORDS.search(text) is not None


def bare_name(name: str) -> str:
    """A site's name without the words for its news pages: "Agency Newsroom" gives "Agency"."""
    name = " ".join(name.replace("\xad", "").split()).strip("#*_ ")
    bare = _ROUND_NAME.sub("", name).strip(" |–-:")
    return bare if len(bare) > 2 else name


def issued_by(line: str) -> str | None:
    """`issued_by("Issued by: Ministry of Law") == "Ministry of Law"`; None without such a label."""
    match = _ISSUED_BY.match(line) if len(line) <= 140 else None
    return (match["who"] or match["who2"]).strip(" .") if match else None


def self_named_body(text: str) -> str | None:
    """The body that a text names in its first paragraphs and then calls "the Committee", at the
    start of two sentences at least; None when there is no such body."""
    for match in re.finditer(_NAME, text[:1500]):
        name = match.group()
        noun = name.split()[-1]
        if len(name.split()) >= 3 and is_named(noun) and name[:4] != "The ":
            pattern = _SELF.format(noun=re.escape(noun))
            if len(re.findall(pattern, text[:20_000])) >= 2:
                return name
    return None

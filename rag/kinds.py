"""The kind of answer that a question asks for, from its words alone.

The question word of the main clause decides, for "which" and "what" together with the head of the
noun phrase that it opens ("Which Maine town …" asks where); questions without one are judged by
their keywords ("biloxi shelter grant amount 2006" asks how much).
"""

import re

from rag.records import AnswerType

_I = re.IGNORECASE


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PERSONS = _words(
    """senator congressman congresswoman congresman lawmaker sheriff mayor governor secretary
    undersecretary director official offical officer executive witness person professor student
    teenager teen girl boy schoolgirl schoolboy minister president leader member judge justice
    general nominee coach manager owner rancher farmer businessman businesswoman doctor teacher chief
    chair chairman chairwoman ambassador assemblyman commissioner representative company contractor
    firm store candidate corporation employer maker manufacturer producer group organization
    economist scientist expert author reporter democrat republican prosecutor attorney lawyer soldier
    veteran sergeant swimmer appointee aide staffer deputy foundation union couple family athlete
    astronaut colleague counterpart partner sponsor cosponsor co-sponsor recipient winner head
    newspaper department corps employee researcher vice-president figure environmentalist wife
    husband widow mother father son daughter marine airman sailor pilot player legislator delegate
    counsel assistant councilman superintendent principal founder activist actor singer pastor bishop
    priest rabbi investigator inspector administrator spokesman spokeswoman analyst engineer team
    agency airline railroad nonprofit coalition panelist hostage killer guard agent"""
)
_PLACES = _words(
    """town city state county parish country nation building hotel school university college airport
    hospital restaurant street village base venue location province region place address park
    community room courthouse stretch neighborhood island spot camp fort port museum highway church
    borough campus facility site clinic river lake side museum stop district"""
)
_AMOUNTS = _words(
    """amount sum price cost fee premium payment balance budget salary loan grant award total rebate
    cap bonus savings rent loss value worth slice pace toll wage"""
)
_COUNTS = _words(
    """number percent percentage share portion fraction proportion vote margin count tally score
    acreage distance length size ratio age"""
)
_TIMES = _words("year date dates day days month months time deadline hour season week decade")
_SAYINGS = _words(
    """phrase line words word motto message comparison explanation reaction response quote verdict
    view take lesson remark remarks comment comments opinion advice promise answer reply warning
    nickname slogan"""
)
_REASONS = _words("reason reasons cause causes rationale motive grounds")
_NOT_PLURAL = _words(
    "status campus press congress address process access bus gas virus us business news class loss"
    " series analysis crisis basis emphasis"
)
_STOP = _words(
    """did does do is are was were will would has have had can could should must may might of in for
    with from at on by to about that who which whose as over under into when where after before
    during per won got wrote led leads leads went met sent gave made took sat came held stood spoke
    said says told ran runs kept left put drew saw fell rose began became found built gets get give
    makes has't co-wrote shared the a an and or"""
)
_NUMBER = re.compile(r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}", _I)

_SPECIAL: tuple[tuple[re.Pattern[str], AnswerType], ...] = (
    (
        re.compile(
            r"^\W*compare\b|\b(?:what|how)\b.*\bdiffer(?:s|ed|ent|ence|ences)?\b"
            r".*\b(?:between|from|in)\b.*\b(?:and|from)\b.*\d"
            r"|^\W*how (?:do|does|did)\b.*\d.*\b(?:compare|differ)\b"
            r"|^(?!\W*how (?:many|much)\b).*\b(?:versus|vs\b\.?|compared (?:to|with)) (?:in )?(?:\w+ )?(?:19|20)\d\d",
            _I,
        ),
        "compare",
    ),
    (
        re.compile(
            r"\b(?:how|in what ways?) (?:has|have|did|do|does) .*"
            r"\b(?:changed?|evolved?|shift(?:ed)?|develop(?:ed)?)\b"
            r"(?:.*\b(?:over|since|between|from|through|during|in)\b.*|\W*)$"
            r"|\bover (?:time|the (?:years|months))\b|\btimeline\b|\byear by year\b"
            r"|\b(?:chronology|evolution) of\b|^\W*(?:(?:the|a|what is the|give me (?:the|a)|"
            r"show (?:me )?(?:the|a)) )?history of\b",
            _I,
        ),
        "timeline",
    ),
    (
        re.compile(r"\b(?:latest|newest|most recent)\b(?! (?:trip|visit|year|date|session)\b)", _I),
        "latest",
    ),
    (
        re.compile(
            r"\bearliest\b|\b(?:the|her|his|their|its|['’]s)\s+(?:very )?first (?:[\w-]+ ){0,2}"
            r"(?:releases?|statements?|remarks?|announcements?|mentions?|comments?|readouts?|word)\b"
            r"|\bfirst (?:say|speak|announce|mention(?:ed)?)\b",
            _I,
        ),
        "first",
    ),
)

_RELEASES = r"(?:press |news )?(?:releases|statements|readouts|announcements)\b"
_ALL_RELEASES = re.compile(
    rf"^\W*(?:which {_RELEASES}|(?:(?:show|give|find|list|get)(?: me)? )?(?:all |every |any |the )*"
    rf"(?:[\w.’'-]+ ){{0,3}}?{_RELEASES}(?=\W*$|\s+(?:by|from|of|on|about|in|since|between|before|"
    r"after|issued|released|published|dated|regarding|mentioning|that|\d))"
    r"|any(?:thing|\s+(?:word|news))\s+(?:at all )?(?:from|by|on|about)\b"
    r"|(?:(?:show|give|find)(?: me)? )?everything\b.*\b(?:put out|said|issued|released|published))",
    _I,
)

_WH = r"(?:who|whom|whose|what|when|where|which|why|how)"
_PREPOSITION = (
    r"(?:(?:in|on|at|by|to|for|from|with|of|near|until|till|since|through|under|as of|against|"
    r"during|over|into|after|before)\s+)?"
)
_MAIN = re.compile(
    rf"(?:^|[,:;]|\s[-–—])\W*(?:(?:and|so|but|then)\s+)?(?P<place>{_PREPOSITION})(?:about\s+)?"
    rf"(?P<word>{_WH})\b",
    _I,
)
_AUXILIARY = re.compile(
    r"(?:^|,)\W*(?:and |but |so )?(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|"
    r"should|must|may|might)\b",
    _I,
)
_SAY = (
    r"(?:say|tell|predict|describe|comment|write|remark|argue|claim|warn|think|vow|promise|testify|"
    r"declare|answer|respond|reply|liken|characterize|sum up|explain|complain|react|state|note|joke)"
)
_SAID = re.compile(
    rf"\b(?:did|does|do|had|has|have)\b.*\b(?:{_SAY}\b|call\b(?! (?:for|on)\b))|\bmake of\b", _I
)
_HOW_SAID = re.compile(
    rf"\b(?:did|does|do|would|was|has|is)\b.*\b(?:{_SAY}|call|compare|put it|accuse|criticize|praise|"
    r"credit|defend|reword|justify|react|portray|view|see|rate|greet|dismiss|sum|rebut|refer)\b",
    _I,
)
_PAID = re.compile(
    r"\b(?:did|does|will|would|was|were|is|are)\b.*\b(?:get|receive|win|cost|pay|spend|save|earn|be "
    r"authorized|land|secure|collect)\b(?!.*\b(?:do|on|for what|with)\W*$)",
    _I,
)


def kind_of(question: str) -> AnswerType:
    """The kind of answer that is asked for; "what" where nothing more is told.

    Example: kind_of("Which Maine town lost its paper mill?") == "where".
    """
    for pattern, kind in _SPECIAL:
        if pattern.search(question):
            return kind
    if _ALL_RELEASES.search(question):
        return "timeline"
    main = _MAIN.search(question)
    asks = _AUXILIARY.search(question)
    if asks and (main is None or asks.start() < main.start()):
        return "yes_no"
    if main is None:
        return _of_keywords(question)
    kind = _of_word(main["word"].lower(), question[main.end() :])
    if kind == "list" and re.match(r"(?:in|on|at|near)\b", main["place"], _I):
        return "where"
    return kind


def _of_word(word: str, rest: str) -> AnswerType:
    match word:
        case "who" | "whom" | "whose":
            return _of_who(rest)
        case "when":
            return "when"
        case "where":
            return "where"
        case "why":
            return "why"
        case "how":
            return _of_how(rest)
        case _:
            return _of_what(rest)


def _of_who(rest: str) -> AnswerType:
    """ "Who were the senators …" asks for a list; a counted few are still a who."""
    if re.match(r"\s+(?:else )?(?:all )?co-?sponsored", rest, _I):
        return "list"
    several = re.match(r"\s+(?:else )?(?:all|are|were)\b(?P<noun>(?:\s+[\w’'-]+){1,5})", rest, _I)
    if several is None or _NUMBER.search(several["noun"]):
        return "who"
    return "list" if re.search(r"\b\w{3,}s\b(?!['’])", several["noun"]) else "who"


def _of_how(rest: str) -> AnswerType:
    if re.match(r"\s+many\s+(?:\w+ ){0,2}?(?:dollars|cents|billions?|millions?)\b", rest, _I):
        return "how_much"
    if re.match(r"\s+(?:many|long|old|far(?! back)|tall|deep|wide)\b", rest, _I):
        return "how_many"
    if re.match(r"\s+(?:far back|often|soon|late|early)\b", rest, _I):
        return "when"
    if re.match(
        r"\s+(?:m[uc]{1,2}h|\w+ly|big|large|high|hefty|steep|costly|expensive|fast)\b", rest, _I
    ):
        return "how_much"
    if re.match(r"\s+come\b", rest, _I):
        return "why"
    if re.match(r"\s+did\b.*\bvote\b", rest, _I):
        return "how_many"
    return "quote" if _HOW_SAID.search(rest) else "what"


def _of_what(rest: str) -> AnswerType:
    """Of "which" and "what": by the noun phrase right after, else by what is asked of it."""
    head, counted = _head(rest)
    if head:
        return _of_head(head, counted, rest)
    if re.match(r"\W*(?:is|are|was|were|['’]s)\b", rest, _I):
        kind = _of_stated(rest)
        if kind:
            return kind
    if re.match(r".*\bhave to do\b|.*\bwho\b", rest, _I) and "list" in rest:
        return "list"
    if _SAID.search(rest):
        return "quote"
    return "how_much" if _PAID.search(rest) else "what"


def _head(rest: str) -> tuple[str, str]:
    """The head noun of the phrase that opens `rest`, and the number that counts it or "".

    The last known noun before a verb or preposition, else the last word: ("town", "") for
    " Maine town lost its mill".
    """
    words = re.findall(r"[\w’'.-]+", rest)[:9]
    phrase: list[str] = []
    for word in words:
        lower = word.lower().strip(".")
        if lower in _STOP or (phrase and re.fullmatch(r"[a-z]{2,}ed", word)):
            break
        phrase.append(lower)
    counted = next((w for w in phrase if _NUMBER.fullmatch(w)), "")
    known = [w for w in phrase if _class(w)]
    if known:
        return known[-1], counted
    return (phrase[-1], counted) if phrase else ("", "")


_CLASSES: tuple[tuple[frozenset[str], AnswerType], ...] = (
    (_TIMES, "when"),
    (_REASONS, "why"),
    (_SAYINGS, "quote"),
    (_COUNTS, "how_many"),
    (_AMOUNTS, "how_much"),
    (_PLACES, "where"),
    (_PERSONS, "who"),
)


def _class(word: str) -> AnswerType | None:
    """The kind that a noun stands for, singular or plural; possessives stand for none."""
    for words, kind in _CLASSES:
        if word in words or (word.endswith("s") and word[:-1] in words):
            return kind
        if word.endswith("ies") and word[:-3] + "y" in words:
            return kind
        if word.endswith("men") and word[:-3] + "man" in words:
            return kind
        if word.endswith("es") and word[:-2] in words:
            return kind
    return None


def _of_head(head: str, counted: str, rest: str) -> AnswerType:
    kind = _class(head)
    plural = _is_plural(head)
    if head == "number" and re.search(
        r"\b(?:bill|phone|resolution|toll-free|uniform|docket)\b", rest
    ):
        return "what"
    if kind == "how_much" and plural and re.match(r"(?:grant|award|loan)s", head):
        return "list"
    if kind in ("when", "why", "quote", "how_many", "how_much"):
        return kind
    if kind == "who" and plural:
        return "who" if counted in ("two", "three", "2", "3") else "list"
    if plural:
        return "list"
    if kind is None and re.match(r"(?:rate|penalty|fine)\b", head):
        return "how_much"
    return kind or "what"


def _is_plural(word: str) -> bool:
    if word.endswith("men"):
        return True
    return (
        len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word not in _NOT_PLURAL
    )


def _of_stated(rest: str) -> AnswerType | None:
    """Of "What was the … of …": by the nouns before the first preposition or verb."""
    phrase = re.split(r"\b(?:of|for|in|on|by|to|that|from|at|with|when|per|after|under)\b", rest)[0]
    words = re.findall(r"[\w-]+", phrase.lower())
    if "name" in words or "names" in words:
        return "list" if "names" in words else "who"
    kinds = [k for k in (_class(w) for w in words) if k]
    for kind in kinds[::-1]:
        if kind in ("when", "why", "quote", "how_many", "how_much"):
            return kind
    return None


_KEYWORDS: tuple[tuple[str, AnswerType], ...] = (
    (r"\b(?:bill|phone|resolution) number\b", "what"),
    (r"\bhow many\b|\bnumber of\b|^\W*(?:total |the )*(?:count|share)\b", "how_many"),
    (
        r"\bhow much\b|\bamount\b|\bcosts?\b|\bprice\b|\bworth\b|\bvalue\b|\bprofits?\b|\bwage\b"
        r"|\bsize of (?:the )?(?:grant|loan)",
        "how_much",
    ),
    (r"\bwhy\b|\breasons?\b|^\W*cause\b", "why"),
    (r"^\W*(?:the |full )*names of\b|^\W*(?:list|names)\b", "list"),
    (r"\bwho\b|\bwhom\b|^\W*(?:the )?(?:full )?name (?:of|for)\b|^\W*name the\b", "who"),
    (
        r"\bwhen\b|\bdates?\b|\bdeadline\b|\bwhat (?:year|day|time)\b|\btime\W*$"
        r"|^\W*(?:first |founding |the )?year\b(?! in a row)",
        "when",
    ),
    (
        r"\bwhere\b|\blocation\b|\bbirthplace\b|\bhometown\b"
        r"|\bwhich (?:[\w]+ ){0,2}(?:town|city|county|state|building|school)\b"
        r"|^\W*(?:the )?(?:town|city|county|state|address|site|venue) (?:of|where|for|with)\b",
        "where",
    ),
    (r"\bwhich (?:[\w]+ ){0,2}\w{3,}[^s\W]s\b", "list"),
    (
        r"\b(?:reaction|reacts?|quote|quoted|words|comments?|response|remarks?|verdict|statement|"
        r"reply|promise|said|says|opinion|stance)\b|['’]s? (?:view|take|message)\b",
        "quote",
    ),
    (
        r"\bvotes?\b|\btally\b|\bpercent\b|\bnumber\b|\bacres?\b|\bmiles\b|\bkilled\b|\blength\b"
        r"|\bdistance\b|\bdeaths\b|\bsize\b|\bpassengers\b|\bcases\b|\ba year\b",
        "how_many",
    ),
    (
        r"\b(?:money|funding|grant|grants|award|dollars|budget|salary|loan|payments?|savings|share|"
        r"federal aid|fine|fee|aid|funds|earmark|exports|maximum|revenue|spending)\b",
        "how_much",
    ),
    (
        r"^\W*(?:which\s+)?\w+ (?:counties|cities|towns|states|members|senators|schools)\b"
        r"|\b(?:recipients|cosponsors|members|counties|witnesses|partners|interns)\b",
        "list",
    ),
    (r"^\w+ (?:\w+ )?on (?!\d)(?!the \d)", "quote"),
    (
        r"\b(?:director|chief|professor|mayor|student|teacher|judge|nominee|sponsor|chairman|"
        r"president|owner|coach|commander|sheriff|principal|contractor)\b",
        "who",
    ),
    (
        r"\b(?:lost|injured|workers|jobs|veterans|applications|units|beds|people|students|children|"
        r"patients|hearings|found)\b",
        "how_many",
    ),
)
_KEYWORD_PATTERNS = tuple((re.compile(pattern, _I), kind) for pattern, kind in _KEYWORDS)


def _of_keywords(question: str) -> AnswerType:
    for pattern, kind in _KEYWORD_PATTERNS:
        if pattern.search(question):
            return kind
    return "what"

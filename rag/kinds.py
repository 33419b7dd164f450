"""The kind of answer that a question asks for, from its words alone.

An ordered list of patterns, the most telling first; the first that is found decides. The plain
question words come before the nouns of terse questions ("biloxi shelter grant amount 2006"), and a
question word at the start counts more than one inside.
"""

import re

from rag.records import AnswerType

_PEOPLE = (
    r"senator|congress ?m[ae]n|congress ?woman|lawmaker|sheriff|mayor|governor|secretary|undersecretary|"
    r"director|official|offical|officer|executive|witness|person|professor|student|teen(?:ager)?|girl|boy|"
    r"schoolgirl|schoolboy|minister|president|leader|member|judge|justice|general|nominee|coach|manager|"
    r"owner|rancher|farmer|business ?m[ae]n|businesswoman|doctor|teacher|chief|chair(?:man|woman)?|"
    r"ambassador|assembly ?m[ae]n|commissioner|representative|company|contractor|firm|store|candidate|"
    r"corporation|employer|maker|manufacturer|producer|group|organization|agency|economist|scientist|expert|"
    r"author|reporter|democrat|republican|prosecutor|attorney|soldier|veteran|sergeant|swimmer|appointee|"
    r"aide|staffer|deputy|inspector general|foundation|union|couple|family|swimmer|athlete|astronaut|"
    r"colleague|counterpart|partner|sponsor|cosponsor|co-sponsor|author|recipient|winner|head"
)
_PLACES = (
    r"town|city|state|county|parish|country|nation|building|hotel|school|university|college|airport|hospital|"
    r"restaurant|street|village|base|venue|location|province|region|place|address|park|community|room|"
    r"courthouse|stretch|neighborhood|island|spot|camp|fort|port|museum|highway|church|borough|campus"
)
_PLURALS = (
    r"senators|congress ?men|lawmakers|members|counties|cities|towns|states|companies|groups|students|"
    r"organizations|agencies|programs|schools|airports|leaders|countries|nations|witnesses|experts|unions|"
    r"universities|colleges|items|areas|options|services|names|officials|partners|districts|people|groups|"
    r"bands|farmers|republicans|democrats|representatives|tribes|departments|systems|inspectors|hospitals|"
    r"magazines|[a-z]+ies|cosponsors|co-sponsors|sponsors|battalions|newspapers|places|reasons|steps|"
    r"counties|communities|provinces|foundations|islands|projects|recipients|committees|parishes|bills|"
    r"candidates|judges|nominees|conditions|goals|kinds|types|things"
)
_COUNTS = r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|\d{1,2}"
_MONEY = (
    r"amount|cost|price|price tag|worth|sum|money|funding|dollars?|budget|salary|fee|fine|value|spending|"
    r"payment|premium|rent|award|savings?|loss|tax(?:es)? rate|debt|deficit|revenue|sales"
)
_SAYING = (
    r"say|tell|call|predict|describe|comment|write|remark|argue|claim|warn|think|make of|vow|promise|"
    r"declare|answer|respond|reply|liken|compare|characterize|characterise|sum up|put it|accuse|"
    r"criticize|praise|react|credit|note|state|ask|say of|explain|view|complain|feel|express"
)
_RULES: tuple[tuple[str, AnswerType], ...] = (
    (r"^\W*compare\b|\b(?:what|how)\b.*\bdiffer(?:s|ed|ent|ence|ences)?\b.*\b(?:between|from|in)\b.*\b(?:and|from)\b.*\d"
     r"|^(?!.*\bdid\b).*\b(?:versus|vs\b\.?).*\d\d", "compare"),
    (r"\b(?:how|in what ways?) (?:has|have|did|do|does) .*\b(?:changed?|evolved?|evolve|shift(?:ed)?|develop(?:ed)?)\b"
     r"(?:.*\b(?:over|since|between|from|through|during)\b.*|\W*)$"
     r"|\bover (?:time|the (?:years|months))\b|\btimeline\b|\b(?:chronology|evolution) of\b|\byear by year\b"
     r"|^\W*(?:(?:the|a|what is the|give me (?:the|a)|show (?:me )?(?:the|a)) )?history of\b", "timeline"),
    (r"\b(?:latest|newest|most recent)\b(?! (?:trip|visit|year|date)\b)", "latest"),
    (r"\bearliest\b|\b(?:the|her|his|their|its|['’]s)\s+(?:very )?first (?:[\w-]+ ){0,2}(?:releases?|statements?|"
     r"remarks?|announcements?|mentions?|press|comments?|readouts?|word)\b|\bfirst (?:say|mention|speak|announce)\b",
     "first"),
    (rf"\bhow (?:did|does|do|would|was|has|is)\b.*\b(?:{_SAYING})\b", "quote"),
    (r"\bhow many\b|^\W*(?:the |total |approximate )*(?:number|count|percentage|percent|share|tally) of\b", "how_many"),
    (r"\bhow (?:m[uc]*h|big|large|high|hefty|sizable|costly|expensive|steep)\b", "how_much"),
    (r"\bhow far back\b|^\W*(?:(?:by|on|in|since|until|till|from|as of|through|during|at|before|after) )?"
     r"(?:what|which) (?:exact |calendar |fiscal |future |target )?(?:year|date|dates|day|month|time|deadline|hour|season)s?\b", "when"),
    (r"^\W*(?:why\b|for what reason|how come\b)|\bwhat (?:was |is |were |are )?(?:the )?(?:main |two |chief )?"
     r"(?:reasons?|causes?|rationale|motive)\b|\bfor what reason\b|[,:-] why\b|\bwhy\W*$|\bwhy\b(?=[^?]*\?)", "why"),
    (rf"^\W*(?:(?:in|on|at|to|from|for|of) )?(?:which|what) (?:(?:{_COUNTS}|other|of the) )+(?:[\w’'-]+ ){{0,4}}"
     rf"(?:{_PLURALS})\b", "list"),
    (rf"^\W*(?:who|what) (?:were|are) (?:the |some |all )?(?:\w+ ){{0,3}}(?:{_PLURALS})\b|\bwho all\b|"
     rf"^\W*(?:who|what) (?:else )?(?:were|are) the (?:{_COUNTS})\b", "list"),
    (rf"^\W*(?:at |in |on |to |for |from |with |by )?(?:which|what) (?:(?!in\b|on\b|of\b|did\b|was\b|is\b|the\b|were\b|will\b|would\b)"
     rf"[\w.’'&-]+ ){{0,4}}?(?:{_PLURALS})\b", "list"),
    (rf"^\W*(?:the )?names? of (?:all )?(?:the |two |three |four |five |other )*(?:[\w-]+ ){{0,3}}(?:{_PLURALS})\b|"
     r"^\W*(?:list|names)\b", "list"),
    (r"\bwhen\W*$|^\W*(?:and |so |about |around )?when\b|\bdate and time\b|^\W*(?:\w+ )?deadline\b|\bdate\W*$|"
     r"^\W*(?:the |start |end |opening |finish |release )*date\b", "when"),
    (r"^\W*(?:and |so |near |from |to )?where\b|\bwhere\W*$|^\W*(?:the |site |exact )*(?:location|birthplace|hometown|site|venue|place)\b", "where"),
    (rf"^\W*(?:in|at|near|from|to|on) (?:which|what) (?:[\w.’'-]+ ){{0,3}}?(?:{_PLACES})\b", "where"),
    (rf"^\W*(?:which|what) (?:(?!did\b|was\b|is\b|will\b|would\b)[\w.’'&-]+ ){{0,3}}?(?:{_PLACES})\b", "where"),
    (r"^\W*(?:(?:to|for|with|by|from|besides [^,]+, ?) )?(?:who|whom|whose)\b|\bwho\W*$", "who"),
    (rf"^\W*(?:which|what) (?:(?!did\b|was\b|is\b|will\b|would\b|were\b)[\w.’'&-]+ ){{0,4}}?(?:{_PEOPLE})\b", "who"),
    (rf"^\W*(?:the )?(?:full )?names? (?:of|the) .*\b(?:{_PEOPLE}|swimmer|dog)\b|^\W*name the\b", "who"),
    (rf"\b(?:what|which)\b.*\b(?:did|does|do|had|has)\b.*\b(?:{_SAYING})\b", "quote"),
    (r"\b(?:reaction|quote|quoted|remarks?|words|comments?|response|verdict|['’]s? view|message|opinion|take|lesson|stance)\b", "quote"),
    (rf"^\W*(?:what|which) (?:[\w.’'-]+ ){{0,4}}(?:{_MONEY})\b", "how_much"),
    (r"\bvote (?:count|tally)\b|\btally\b|^\W*what (?:percent|percentage|share|portion|fraction|proportion)\b", "how_many"),
    (r"^\W*(?:(?:and|but|so|as of [^,]+,|in [^,]+,) )?(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|"
     r"should|must|may|might)\b", "yes_no"),
    (rf"\b(?:{_MONEY})\b", "how_much"),
    (r"\bnumber of\b|\bhow often\b|\bpercentage\b", "how_many"),
    (r"\bwhich (?:\w+ )?(?:senators|counties|cities|towns|states|members)\b|\bnames of\b", "list"),
    (r"\b(?:location|where)\b", "where"),
    (r"\bwho\b|\bwhom\b|\bwhose\b", "who"),
    (r"\bwhen\b|\bdeadline\b", "when"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in _RULES)


def kind_of(question: str) -> AnswerType:
    """The kind of answer that is asked for; "what" where nothing more is told."""
    for pattern, kind in _PATTERNS:
        if pattern.search(question):
            return kind
    return "what"

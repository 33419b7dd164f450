"""Notices in which a page tells what became of it: moved, archived, out of date."""

import re

# What a page says of itself and its site, rather than its release of the world.
_ITSELF = re.compile(
    r"\b(?:this|diese[rs]?|est[ae]|cett?e|quest[ao]|deze|dit)\s(?:\w+\s)?(?:page|article|release|content|story|item|seite"
    r"|meldung|mitteilung|beitrag|artikel|inhalt|p[áa]gina|noticia|contenido|not[íi]cia|conte[úu]do|contenu|notizia"
    r"|contenuto|bericht)\b",
    re.I,
)
_OF_SITE = re.compile(
    r"\b(?:new|old|former|previous|neuen?|alten?|nuevo|antiguo|novo|antigo|nouveau|ancien|nuovo|vecchio)\s(?:\w+\s)?"
    r"(?:web\s?site|site|portal|web(?:auftritt|seite)|internetauftritt|sitio|sito)\b|\bmigra(?:ted|d[oa]s?|ti|te)\b"
    r"|\bmigriert|\bmigré|\barchiv(?:e|ed|iert\w*|ad[oa]s?|iat[oa]|ée?s?|gearchiveerd)\b|\bacervo\b|\barquivo\b"
    r"|ursprünglichen fassung|\bveraltet|\bdesactualizad|\bdesatualizad|\bout of date\b|\bouder dan\b",
    re.I,
)
# One of these is in every such notice, the last only in those of other languages than English.
_SITE_WORDS = ("site", "Site", "portal", "migr", "rchiv", "sito", "auftritt", "of date", "er dan")
_MORE_SITE_WORDS = (
    "seite",
    "sitio",
    "acervo",
    "arquivo",
    "Fassung",
    "veraltet",
    "desact",
    "desat",
    "Portal",
)
# Nor is what is kept only to be looked up.
_ARCHIVAL = re.compile(
    r"\W*(?:this|these|archived) (?:\w+ )?(?:documents?|pages?|materials?|files?|releases?) (?:is|are|was|were|may|do"
    r"|does|has|have)\b.*\b(?:archiv\w+|historical|reference purposes|out ?dated|no longer|not (?:been )?(?:updated"
    r"|maintained)|reflect current)\b",
    re.I,
)
_LONGEST_NOTICE, _SHORT = 700, 250
# What a paper says of its own standing: that another text counts.
_UNOFFICIAL = re.compile(
    r"\W*(?:this|the following) is (?:an?|the) (?:unofficial|informal|courtesy|machine|automatic|provisional)\b"
    r"|\W*(?:unofficial|courtesy|inoffizielle|traduction|traducci[óo]n|tradu[çc][ãa]o) (?:translation|courtesy"
    r"|übersetzung|no oficial|non officielle|n[ãa]o oficial)\b",
    re.I,
)


def is_notice(line: str) -> bool:
    """Whether the line tells what became of the page itself: "This page was moved to our new site",
    or that it is not the text that counts: "This is an unofficial announcement"."""
    if len(line) > _LONGEST_NOTICE:
        return False
    if _UNOFFICIAL.match(line) or len(line) <= _SHORT and _ARCHIVAL.match(line):
        return True
    words = _SITE_WORDS if line.isascii() else (*_SITE_WORDS, *_MORE_SITE_WORDS)
    if not any(word in line for word in words):
        return False
    return _OF_SITE.search(line) is not None and _ITSELF.search(line) is not None

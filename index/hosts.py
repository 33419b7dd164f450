"""Names of public bodies that the address of a page spells."""

import re
import unicodedata
from collections.abc import Sequence

from index.sheet import Sheet
from index.wording import CUT, is_file_name, tidy

_PARTICLES = frozenset("of for and the de del la der für und des du".split())
_DOMAINS = frozenset("www gov com org net edu mil archives archive news press web home int".split())
# Words that addresses of public bodies are made of.
_HOST_WORDS = tuple(
    sorted(
        "white house state city county treasury justice defense energy health police attorney general "
        "governor senate court federal reserve national office department capitol congress mayor "
        "council bank fire port air force navy army coast guard border customs trade labor parks park "
        "service district ministry minister prosecutor sheriff public safety foreign affairs cabinet president "
        "prime premier parliament commission authority board statistics education transport finance interior "
        "labour environment agriculture information immigration revenue supreme election auditor".split(),
        key=len,
        reverse=True,
    )
)
_OWN_SITE = re.compile(r"\b(?:keep|visiting|welcome to|on) ([\w-]+\.(?:gov|mil|gov\.\w\w))\b", re.I)
# An address where a name is looked for: "Agency.gov".
BARE_HOST = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,8}", re.I)
# Who heads a body, as in "Secretary of Homeland Security" or "Minister for Health".
_HEADED = re.compile(
    r"(?:Secretar(?:y|ies)|Ministers?)(?: of(?: the)?| for) "
    r"(?P<field>[A-Z][\w-]+(?:,? (?:and |& |of |the ){0,2}[A-Z][\w-]+){0,4})"
)
# The last parts of addresses that only states give out: "customs.gov.xy", "bern.admin.ch".
_PUBLIC = re.compile(r"\.(?:gov|govt|gob|gouv|gub|gv|go|gc|mil|admin|bund)(?:\.[a-z]{2})?$")
_KINDS = {"d": "Department", "m": "Ministry"}


def name_of_host(sheet: Sheet, title: str | None) -> str | None:
    """The name that the address spells, in the page's own words where they have it ("White House"
    for "whitehouse", "Department of Justice" for "doj"), else in words that institutions use."""
    host = sheet.host or _host_in_banner(sheet)
    if not host:
        return None
    parts = [p for p in host.lower().split(".") if len(p) > 2 and p not in _DOMAINS]
    if headed := next((n for part in parts if (n := _headed(sheet.text[:20000], part))), None):
        return headed
    if name := _spelt_in(f"{title or ''} . {sheet.text[:20000]}", parts):
        return name
    return next((n for part in parts if (n := _segmented(part))), None)


def _spelt_in(text: str, parts: Sequence[str]) -> str | None:
    words = re.findall(r"\w[\w'’-]*", text)
    for size in (5, 4, 3, 2):
        for start in range(len(words) - size + 1):
            window = words[start : start + size]
            if _is_name(window) and any(spells(window, part) for part in parts):
                return " ".join(window)
    return None


def named_by_mail(text: str, host: str) -> str | None:
    """The body that a text names by the words of a state's mail address: "Sarn Customs" for
    "customs.gov.xy"; None for any other address."""
    parts = [p for p in host.lower().split(".")[:-1] if len(p) > 4 and p not in _DOMAINS]
    if not parts or not _PUBLIC.search(host.lower()):
        return None
    for part in parts:
        last = re.search(rf"\b(?!The )[A-Z][\w-]+ {part.capitalize()}\b(?! [A-Z])", text)
        if last:
            return last.group()
    return _spelt_in(text, parts)


def plain(text: str) -> str:
    """A text without accents, as addresses spell it."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _headed(text: str, part: str) -> str | None:
    """The body that an acronym stands for when the text names only its head: "Department of Home
    Affairs" for "dha" or "doha" beside "the Secretary of Home Affairs"; None otherwise."""
    kind = _KINDS.get(part[0])
    for match in _HEADED.finditer(text) if kind else ():
        words = match["field"].split()
        for size in range(len(words), 0, -1):
            initials = "".join(w[0] for w in words[:size] if w[0].isupper()).lower()
            if len(initials) > 1 and part[1:].removeprefix("o") in {initials, "f" + initials}:
                return f"{kind} of {' '.join(words[:size])}"
    return None


def _host_in_banner(sheet: Sheet) -> str | None:
    """The public site that a banner names as the one that this page is of: "keep X.gov current"."""
    for line in sheet.lines[:60]:
        match = _OWN_SITE.search(line.text) if line.zone == "frame" else None
        if match:
            return match[1]
    return None


def _is_name(window: Sequence[str]) -> bool:
    return (
        window[0][0].isupper()
        and window[-1][0].isupper()
        and all(word[0].isupper() or word in _PARTICLES for word in window)
    )


def spells(window: Sequence[str], part: str) -> bool:
    """`spells(["White", "House"], "mywhitehouse")`; initials must be the whole part."""
    joined = "".join(window).lower()
    if len(joined) >= 6 and part.endswith(joined):
        return True
    initials = "".join(word[0] for word in window).lower()
    return part in {initials, "".join(w[0] for w in window if w not in _PARTICLES).lower()}


def is_whole(words: Sequence[str], part: str) -> bool:
    """Whether a part of an address is a name or its initials: `is_whole(["Zoll"], "zoll")`."""
    joined = "".join(words).lower()
    return len(joined) > 2 and part.replace("-", "") in {
        joined,
        "".join(w[0] for w in words).lower(),
    }


def _segmented(part: str) -> str | None:
    """The words of institutions that a part of an address ends in, two or more, or None."""
    found: list[str] = []
    rest = part
    while rest:
        word = next((w for w in _HOST_WORDS if rest.endswith(w)), None)
        if word is None:
            break
        found.insert(0, word)
        rest = rest[: -len(word)].rstrip("-")
    return " ".join(word.capitalize() for word in found) if len(found) >= 2 else None


def bare_host(sheet: Sheet) -> str | None:
    """The site's address, where the page gives nobody's name: "Agency.gov"."""
    pieces = [p for name in sheet.values("og:site_name", "title") for p in CUT.split(tidy(name))]
    named = next((p for p in pieces if BARE_HOST.fullmatch(p) and not is_file_name(p)), None)
    host = named or sheet.host or _host_in_banner(sheet)
    return host.removeprefix("www.") if host else None
